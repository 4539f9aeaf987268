//! Jobs from the transaction that wants them to their end.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use kontor_jobs::{DeadJobs, EnqueueOptions, Job, JobContext, Order, enqueue, enqueue_platform, enqueue_with};
use kontor_kernel::{Fault, Result, TenantId};
use kontor_store::Transaction;
use kontor_telemetry::Metrics;
use serde::{Deserialize, Serialize};
use sqlx::Connection;
use tokio::time::sleep;

use crate::support::{Running, begin, database, owner_url, until, worker};

/// Sends a greeting; names decide how it goes.
#[derive(Debug, Serialize, Deserialize)]
struct Greet {
    name: String,
}

#[derive(Default)]
struct Greeted(Mutex<Vec<(String, Option<TenantId>, u16)>>);

impl Greeted {
    fn names(&self) -> Vec<String> {
        self.0.lock().unwrap().iter().map(|(name, ..)| name.clone()).collect()
    }
}

impl Job for Greet {
    const NAME: &'static str = "test.greet";
    const QUEUE: &'static str = "greetings";
    const ORDER: Order = Order::Parallel;
    const MAX_ATTEMPTS: u16 = 2;
    type State = Greeted;

    async fn run(self, greeted: Arc<Greeted>, context: JobContext) -> Result<()> {
        greeted.0.lock().unwrap().push((self.name.clone(), context.tenant, context.attempt));
        match self.name.as_str() {
            "shy" if !context.is_last_attempt() => Err(Fault::Unavailable.error().with_detail("not yet")),
            "rude" => panic!("no greeting"),
            "slow" => {
                sleep(Duration::from_millis(700)).await;
                greeted.0.lock().unwrap().push(("slow is done".to_owned(), context.tenant, context.attempt));
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// Fails while told to, once only.
#[derive(Debug, Serialize, Deserialize)]
struct Fragile {}

impl Job for Fragile {
    const NAME: &'static str = "test.fragile";
    const QUEUE: &'static str = "fragile";
    const ORDER: Order = Order::Parallel;
    const MAX_ATTEMPTS: u16 = 1;
    type State = std::sync::atomic::AtomicBool;

    async fn run(self, broken: Arc<Self::State>, _context: JobContext) -> Result<()> {
        if broken.load(Ordering::SeqCst) { Err(Fault::Internal.error().with_detail("broken")) } else { Ok(()) }
    }
}

/// Notes how many of its kind run beside it.
#[derive(Debug, Serialize, Deserialize)]
struct InLine {}

#[derive(Default)]
struct Line {
    running: AtomicUsize,
    most: AtomicUsize,
    done: AtomicUsize,
}

impl Job for InLine {
    const NAME: &'static str = "test.in_line";
    const QUEUE: &'static str = "line";
    const ORDER: Order = Order::OnePerTenant;
    const MAX_ATTEMPTS: u16 = 1;
    type State = Line;

    async fn run(self, line: Arc<Line>, _context: JobContext) -> Result<()> {
        let running = line.running.fetch_add(1, Ordering::SeqCst) + 1;
        line.most.fetch_max(running, Ordering::SeqCst);
        sleep(Duration::from_millis(50)).await;
        line.running.fetch_sub(1, Ordering::SeqCst);
        line.done.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

fn greet(name: &str) -> Greet {
    Greet { name: name.to_owned() }
}

fn count(metrics: &Metrics, queue: &str, outcome: &str) -> u64 {
    metrics.jobs.with_label_values(&[queue, outcome]).get()
}

#[tokio::test]
async fn a_job_runs_for_the_tenant_whose_transaction_committed_and_not_if_it_was_rolled_back() {
    let (db, metrics, tenant) = (database().await, Metrics::new().unwrap(), TenantId::new());
    let greeted = Arc::new(Greeted::default());
    let mut taken_back = begin(&db, tenant).await;
    enqueue(&mut taken_back, &greet("nobody")).await.unwrap();
    taken_back.rollback().await.unwrap();
    let running = Running::start(worker(&db, &metrics).register::<Greet>(Arc::clone(&greeted)));
    let mut tx = begin(&db, tenant).await;
    enqueue(&mut tx, &greet("Ada")).await.unwrap();
    tx.commit().await.unwrap();
    until(async || count(&metrics, "greetings", "done") == 1).await;
    assert_eq!(*greeted.0.lock().unwrap(), [("Ada".to_owned(), Some(tenant), 1)]);
    running.stop().await;
}

#[tokio::test]
async fn work_of_no_tenant_has_none() {
    let (db, metrics) = (database().await, Metrics::new().unwrap());
    let greeted = Arc::new(Greeted::default());
    let mut connection = db.databases().identity().acquire().await.unwrap();
    enqueue_platform(&mut connection, &greet("all"), EnqueueOptions::default()).await.unwrap();
    let running = Running::start(worker(&db, &metrics).register::<Greet>(Arc::clone(&greeted)));
    until(async || count(&metrics, "greetings", "done") == 1).await;
    assert_eq!(*greeted.0.lock().unwrap(), [("all".to_owned(), None, 1)]);
    running.stop().await;
}

#[tokio::test]
async fn what_fails_is_tried_again() {
    let (db, metrics, tenant) = (database().await, Metrics::new().unwrap(), TenantId::new());
    let greeted = Arc::new(Greeted::default());
    let running = Running::start(worker(&db, &metrics).register::<Greet>(Arc::clone(&greeted)));
    let mut tx = begin(&db, tenant).await;
    enqueue(&mut tx, &greet("shy")).await.unwrap();
    tx.commit().await.unwrap();
    until(async || count(&metrics, "greetings", "done") == 1).await;
    assert_eq!(count(&metrics, "greetings", "retried"), 1);
    let attempts: Vec<u16> = greeted.0.lock().unwrap().iter().map(|(_, _, attempt)| *attempt).collect();
    assert_eq!(attempts, [1, 2]);
    running.stop().await;
}

#[tokio::test]
async fn a_dead_job_waits_for_an_operator_who_replays_it() {
    let (db, metrics, tenant) = (database().await, Metrics::new().unwrap(), TenantId::new());
    let broken = Arc::new(std::sync::atomic::AtomicBool::new(true));
    let running = Running::start(worker(&db, &metrics).register::<Fragile>(Arc::clone(&broken)));
    let mut tx = begin(&db, tenant).await;
    let id = enqueue(&mut tx, &Fragile {}).await.unwrap();
    tx.commit().await.unwrap();
    let dead = DeadJobs::new(db.databases().clone());
    until(async || dead.list(10).await.unwrap().len() == 1).await;
    assert_eq!(count(&metrics, "fragile", "dead"), 1);
    let found = dead.list(10).await.unwrap().remove(0);
    assert_eq!((found.id, found.name.as_str(), found.tenant, found.attempts), (id, Fragile::NAME, Some(tenant.0), 1));
    assert!(found.error.unwrap().contains("broken"));

    broken.store(false, Ordering::SeqCst);
    dead.replay(id).await.unwrap();
    until(async || count(&metrics, "fragile", "done") == 1).await;
    assert_eq!(dead.list(10).await.unwrap(), []);
    assert!(dead.replay(id).await.unwrap_err().is(Fault::NotFound));
    running.stop().await;
}

#[tokio::test]
async fn a_dead_job_can_be_discarded_and_a_living_one_cannot() {
    let (db, metrics, tenant) = (database().await, Metrics::new().unwrap(), TenantId::new());
    let dead = DeadJobs::new(db.databases().clone());
    let mut tx = begin(&db, tenant).await;
    let living = enqueue(&mut tx, &greet("Ada")).await.unwrap();
    let dying = enqueue(&mut tx, &Fragile {}).await.unwrap();
    tx.commit().await.unwrap();
    assert!(dead.discard(living).await.unwrap_err().is(Fault::NotFound));
    let broken = Arc::new(std::sync::atomic::AtomicBool::new(true));
    let running = Running::start(worker(&db, &metrics).register::<Fragile>(broken));
    until(async || dead.list(10).await.unwrap().len() == 1).await;
    dead.discard(dying).await.unwrap();
    assert_eq!(dead.list(10).await.unwrap(), []);
    assert_eq!(db.count("select count(*) from jobs._private_jobs").await, 1);
    running.stop().await;
}

#[tokio::test]
async fn a_panic_is_a_failure_of_the_job_and_not_of_the_worker() {
    let (db, metrics, tenant) = (database().await, Metrics::new().unwrap(), TenantId::new());
    let greeted = Arc::new(Greeted::default());
    let running = Running::start(worker(&db, &metrics).register::<Greet>(Arc::clone(&greeted)));
    let mut tx = begin(&db, tenant).await;
    enqueue(&mut tx, &greet("rude")).await.unwrap();
    enqueue(&mut tx, &greet("Ada")).await.unwrap();
    tx.commit().await.unwrap();
    until(async || count(&metrics, "greetings", "done") == 1 && count(&metrics, "greetings", "retried") == 1).await;
    running.stop().await;
}

#[tokio::test]
async fn a_stop_lets_what_runs_finish_and_leaves_the_rest_for_later() {
    let (db, metrics, tenant) = (database().await, Metrics::new().unwrap(), TenantId::new());
    let greeted = Arc::new(Greeted::default());
    let start = || Running::start(worker(&db, &metrics).concurrency(1).register::<Greet>(Arc::clone(&greeted)));
    let mut tx = begin(&db, tenant).await;
    enqueue(&mut tx, &greet("slow")).await.unwrap();
    enqueue(&mut tx, &greet("next")).await.unwrap();
    tx.commit().await.unwrap();
    let running = start();
    until(async || !greeted.names().is_empty()).await;
    running.stop().await;
    assert_eq!(greeted.names(), ["slow", "slow is done"]);
    let running = start();
    until(async || greeted.names().len() == 3).await;
    running.stop().await;
    assert_eq!(db.count("select count(*) from jobs._private_jobs").await, 0);
}

#[tokio::test]
async fn jobs_of_one_tenant_can_wait_for_each_other() {
    let (db, metrics) = (database().await, Metrics::new().unwrap());
    let line = Arc::new(Line::default());
    let mut tx = begin(&db, TenantId::new()).await;
    for _ in 0..5 {
        enqueue(&mut tx, &InLine {}).await.unwrap();
    }
    tx.commit().await.unwrap();
    let running = Running::start(worker(&db, &metrics).concurrency(4).register::<InLine>(Arc::clone(&line)));
    until(async || line.done.load(Ordering::SeqCst) == 5).await;
    assert_eq!(line.most.load(Ordering::SeqCst), 1);
    running.stop().await;
}

#[tokio::test]
async fn a_key_keeps_one_waiting_job_per_tenant() {
    let db = database().await;
    for tenant in [TenantId::new(), TenantId::new()] {
        for name in ["first", "second"] {
            let mut tx = begin(&db, tenant).await;
            let options = EnqueueOptions { key: Some("greeting".to_owned()), ..EnqueueOptions::default() };
            enqueue_with(&mut tx, &greet(name), options).await.unwrap();
            tx.commit().await.unwrap();
        }
    }
    let waiting = "select count(*) from jobs._private_jobs where payload -> 'input' ->> 'name' = 'second'";
    assert_eq!((db.count(waiting).await, db.count("select count(*) from jobs._private_jobs").await), (2, 2));
}

#[tokio::test]
async fn a_worker_goes_on_after_its_connections_were_cut() {
    let (db, metrics, tenant) = (database().await, Metrics::new().unwrap(), TenantId::new());
    let running = Running::start(worker(&db, &metrics).register::<Greet>(Arc::default()));
    let admin = db.admin().await;
    let cut = "select count(*) filter (where pg_terminate_backend(pid)) from pg_stat_activity
               where application_name = 'kontor-worker' and datname = current_database()";
    until(async || sqlx::query_scalar::<_, i64>(cut).fetch_one(&admin).await.unwrap() > 0).await;
    let mut tx = begin(&db, tenant).await;
    enqueue(&mut tx, &greet("Ada")).await.unwrap();
    tx.commit().await.unwrap();
    until(async || count(&metrics, "greetings", "done") == 1).await;
    running.stop().await;
}

#[tokio::test]
async fn a_worker_without_the_jobs_schema_says_so() {
    let (db, metrics) = (kontor_testing::TestDb::new().await, Metrics::new().unwrap());
    let worker = worker(&db, &metrics).register::<Greet>(Arc::default());
    assert!(worker.run(std::future::pending()).await.is_err());
}

#[tokio::test]
async fn two_thousand_jobs_are_done_in_seconds() {
    let (db, metrics) = (database().await, Metrics::new().unwrap());
    let mut tx = begin(&db, TenantId::new()).await;
    for _ in 0..2_000 {
        enqueue(&mut tx, &greet("one of many")).await.unwrap();
    }
    tx.commit().await.unwrap();
    let running = Running::start(worker(&db, &metrics).register::<Greet>(Arc::default()));
    until(async || count(&metrics, "greetings", "done") == 2_000).await;
    running.stop().await;
}

#[tokio::test]
async fn t1_a_tenant_reaches_jobs_only_through_enqueue_and_only_as_itself() {
    let db = database().await;
    let app = db.databases().pool(TenantId::new());
    for refused in [
        "select count(*) from jobs._private_jobs",
        "select jobs.add_job('test.greet', '{}')",
        "select platform.enqueue_platform('test.greet', '{}', null, 1, null, null)",
        // Without a tenant there is nobody to enqueue for.
        "select platform.enqueue('test.greet', '{}', null, 1, null, null)",
    ] {
        let mut tx = Transaction::begin(app, "begin").await.unwrap();
        assert!(sqlx::query(refused).execute(tx.connection().unwrap()).await.is_err(), "{refused}");
    }
}

#[tokio::test]
async fn the_schema_is_laid_once_by_many_at_a_time() {
    let db = database().await;
    let url = owner_url(&db);
    let (a, b, c) = tokio::join!(kontor_jobs::migrate(&url), kontor_jobs::migrate(&url), kontor_jobs::migrate(&url));
    a.and(b).and(c).unwrap();
    let mut owner = sqlx::PgConnection::connect(&url).await.unwrap();
    let ahead: i64 = sqlx::query_scalar("select count(*) from pg_class where relname ~ '^outbox_\\d{8}$'")
        .fetch_one(&mut owner)
        .await
        .unwrap();
    assert_eq!(ahead, 8);
}

#[tokio::test]
async fn an_idle_worker_leaves_the_database_alone_and_still_hears_at_once() {
    let (db, metrics) = (database().await, Metrics::new().unwrap());
    let running = Running::start(worker(&db, &metrics).register::<Greet>(Arc::default()));
    sleep(Duration::from_secs(1)).await;
    let commits = "select xact_commit from pg_stat_database where datname = current_database()";
    let before = db.count(commits).await;
    sleep(Duration::from_secs(3)).await;
    let transactions = db.count(commits).await - before;
    assert!(transactions < 60, "{transactions} transactions in three idle seconds");
    let mut tx = begin(&db, TenantId::new()).await;
    enqueue(&mut tx, &greet("Ada")).await.unwrap();
    tx.commit().await.unwrap();
    let committed = std::time::Instant::now();
    until(async || count(&metrics, "greetings", "done") == 1).await;
    assert!(committed.elapsed() < Duration::from_millis(300), "{:?}", committed.elapsed());
    running.stop().await;
}
