//! What the platform keeps in order by itself.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::{DateTime, Duration, Utc};
use kontor_jobs::{EnqueueOptions, Job, KeyCleanup, OutboxCare, SessionCleanup, enqueue_platform, housekeeping};
use kontor_kernel::{TenantId, new_id};
use kontor_store::Consumer;
use kontor_telemetry::Metrics;
use kontor_testing::TestDb;
use sqlx::PgPool;

use crate::support::{Running, database, until, worker};

/// Runs one of the platform's jobs to its end.
async fn run<J: Job>(db: &TestDb, job: &J) {
    let metrics = Metrics::new().unwrap();
    let mut connection = db.databases().identity().acquire().await.unwrap();
    enqueue_platform(&mut connection, job, EnqueueOptions::default()).await.unwrap();
    drop(connection);
    let running = Running::start(housekeeping(worker(db, &metrics), db.databases()).unwrap());
    until(async || metrics.jobs.with_label_values(&[J::QUEUE, "done"]).get() >= 1).await;
    running.stop().await;
}

async fn event(admin: &PgPool, at: DateTime<Utc>) {
    sqlx::query("insert into outbox (tenant_id, id, at, topic, entity, entity_id, payload) values ($1, $2, $3, 't', 'e', $2, '{}')")
        .bind(TenantId::new().0)
        .bind(new_id())
        .bind(at)
        .execute(admin)
        .await
        .unwrap();
}

async fn partition(admin: &PgPool, at: DateTime<Utc>) {
    sqlx::query("select platform.outbox_partition($1)").bind(at.date_naive()).execute(admin).await.unwrap();
}

#[tokio::test]
async fn the_outbox_gets_its_days_ahead_and_an_event_of_today_lies_in_one() {
    let db = database().await;
    let admin = db.admin().await;
    run(&db, &OutboxCare {}).await;
    event(&admin, Utc::now()).await;
    assert_eq!(db.count("select count(*) from outbox_rest").await, 0);
    assert_eq!(db.count("select count(*) from pg_inherits where inhparent = 'outbox'::regclass").await, 1 + 8);
}

#[tokio::test]
async fn days_that_every_consumer_has_read_are_dropped_and_no_others() {
    let db = database().await;
    let admin = db.admin().await;
    let day = |days: i64| Utc::now() - Duration::days(days);
    for days in [9, 8, 4] {
        partition(&admin, day(days)).await;
    }
    event(&admin, day(9)).await;
    event(&admin, day(8)).await;
    // Its day never had a partition.
    event(&admin, day(6)).await;
    let consumer = Consumer::new(db.databases().clone());
    let (_, quick) = consumer.read(&kontor_store::Snapshot::beginning()).await.unwrap();
    event(&admin, day(4)).await;
    consumer.save("slow", &quick).await.unwrap();
    let (_, all) = consumer.read(&quick).await.unwrap();
    consumer.save("quick", &all).await.unwrap();

    run(&db, &OutboxCare {}).await;
    assert_eq!(db.count("select count(*) from outbox").await, 1);
    consumer.save("slow", &all).await.unwrap();
    event(&admin, day(1)).await;
    consumer.save("slow", &consumer.read(&all).await.unwrap().1).await.unwrap();
    run(&db, &OutboxCare {}).await;
    // Yesterday's was read by one consumer only, and is too young.
    assert_eq!(db.count("select count(*) from outbox").await, 1);
    assert_eq!(db.count("select count(*) from outbox where at < now() - interval '2 days'").await, 0);
}

#[tokio::test]
async fn answers_for_retries_are_kept_two_days() {
    let db = database().await;
    let admin = db.admin().await;
    let (old, young) = (TenantId::new(), TenantId::new());
    sqlx::query("insert into platform.tenants (id, slug, created_at) values ($1, 'old', now()), ($2, 'young', now())")
        .bind(old.0)
        .bind(young.0)
        .execute(&admin)
        .await
        .unwrap();
    sqlx::query(
        "insert into idempotency_keys (tenant_id, key, request_hash, status, answer, created_at)
         select $1, 'old ' || n, '\\x00'::bytea, 200, '{}', now() - interval '49 hours' from generate_series(1, 2500) n
         union all select $1, 'fresh', 'x', 200, '{}', now() - interval '47 hours'
         union all select $2, 'fresh', 'x', 200, '{}', now()",
    )
    .bind(old.0)
    .bind(young.0)
    .execute(&admin)
    .await
    .unwrap();
    run(&db, &KeyCleanup {}).await;
    assert_eq!(db.count("select count(*) from idempotency_keys").await, 2);
    assert_eq!(db.count("select count(*) from idempotency_keys where key = 'fresh'").await, 2);
}

#[tokio::test]
async fn sessions_and_links_go_a_month_after_their_end() {
    let db = database().await;
    let admin = db.admin().await;
    sqlx::raw_sql(
        "insert into platform.tenants (id, slug, created_at) values (gen_random_uuid(), 'northwind', now());
         insert into platform.logins (id, email, name, created_at) values (gen_random_uuid(), 'a@b.example', 'A', now());
         insert into platform.sessions (id, family, login_id, tenant_id, user_id, kind, token_hash, created_at, expires_at)
         select gen_random_uuid(), gen_random_uuid(), l.id, t.id, gen_random_uuid(), 'web', convert_to(n::text, 'UTF8'), now(),
                now() - make_interval(days => n)
         from platform.logins l, platform.tenants t, unnest(array[-1, 29, 31]) n;
         insert into platform.mail_links (token_hash, purpose, login_id, created_at, expires_at)
         select convert_to(n::text, 'UTF8'), 'reset', l.id, now(), now() - make_interval(days => n)
         from platform.logins l, unnest(array[29, 31]) n",
    )
    .execute(&admin)
    .await
    .unwrap();
    run(&db, &SessionCleanup {}).await;
    assert_eq!(db.count("select count(*) from platform.sessions").await, 2);
    assert_eq!(db.count("select count(*) from platform.mail_links").await, 1);
}
