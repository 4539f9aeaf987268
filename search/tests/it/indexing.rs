//! What happens to a record is what is found of it.

use std::time::{Duration, Instant};

use kontor_command::RecordFinder;
use kontor_kernel::TenantId;
use kontor_search::Indexer;
use tokio::sync::oneshot;

use crate::house::{House, find, insert_partner, tell, titles};

const NOTHING: [&str; 0] = [];

#[tokio::test]
async fn a_new_record_is_found_and_its_changes_follow() {
    let house = House::new().await;
    let indexer = house.indexer().await;
    let id = house.supplier("Exotic Liquids").await;
    house
        .sql("update partners set city = 'London', country = 'GB', email = 'sales@exotic.example' where id = $1", id)
        .await;
    indexer.run_once().await.unwrap();
    for asked in ["exotic", "exo", "exotik", "liq", "london", "united kingdom", "sales@exotic.example"] {
        assert_eq!(titles(&indexer, house.tenant, asked).await, ["Exotic Liquids"], "{asked}");
    }
    let found = find(&indexer, house.tenant, "exotic liquids").await;
    assert_eq!((found[0].collection.as_str(), found[0].id), ("suppliers", id));
    assert_eq!(found[0].subtitle, "Supplier · London, United Kingdom");

    house.sql("update partners set name = 'Côte de Blaye & fils' where id = $1", id).await;
    house.tell("suppliers", id).await;
    indexer.run_once().await.unwrap();
    assert_eq!(titles(&indexer, house.tenant, "exotic liquids").await, NOTHING);
    assert_eq!(titles(&indexer, house.tenant, "cote de blaye").await, ["Côte de Blaye & fils"]);
}

#[tokio::test]
async fn an_archived_record_vanishes_and_a_restored_one_returns() {
    let house = House::new().await;
    let indexer = house.indexer().await;
    let id = house.supplier("Tokyo Traders").await;
    indexer.run_once().await.unwrap();
    assert_eq!(titles(&indexer, house.tenant, "tokyo").await, ["Tokyo Traders"]);
    for (statement, expected) in [
        ("update partners set archived_at = now() where id = $1", 0),
        ("update partners set archived_at = null where id = $1", 1),
        ("delete from partners where id = $1", 0),
    ] {
        house.sql(statement, id).await;
        house.tell("suppliers", id).await;
        indexer.run_once().await.unwrap();
        assert_eq!(titles(&indexer, house.tenant, "tokyo").await.len(), expected, "{statement}");
    }
}

#[tokio::test]
async fn a_partner_in_two_roles_is_found_as_both_and_never_as_a_third() {
    let house = House::new().await;
    let indexer = house.indexer().await;
    let id = house.supplier("Pavlova Ltd").await;
    house.sql("update partners set is_customer = true where id = $1", id).await;
    indexer.run_once().await.unwrap();
    let mut kinds: Vec<_> =
        find(&indexer, house.tenant, "pavlova").await.into_iter().map(|found| found.collection).collect();
    kinds.sort();
    assert_eq!(kinds, ["customers", "suppliers"]);
    house.sql("update partners set is_supplier = false where id = $1", id).await;
    house.tell("suppliers", id).await;
    indexer.run_once().await.unwrap();
    let found = find(&indexer, house.tenant, "pavlova").await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].collection, "customers");
}

#[tokio::test]
async fn who_names_a_record_follows_when_it_is_renamed() {
    let house = House::new().await;
    let indexer = house.indexer().await;
    let id = house.supplier("Exotic Liquids").await;
    sqlx::query(
        "insert into contacts (tenant_id, id, code, partner_id, name, created_at, updated_at)
         values ($1, gen_random_uuid(), 'CT-1', $2, 'Charlotte Cooper', now(), now())",
    )
    .bind(house.tenant.0)
    .bind(id)
    .execute(&house.admin)
    .await
    .unwrap();
    let contact: uuid::Uuid = sqlx::query_scalar("select id from contacts").fetch_one(&house.admin).await.unwrap();
    house.tell("contacts", contact).await;
    indexer.run_once().await.unwrap();
    assert_eq!(find(&indexer, house.tenant, "charlotte").await[0].subtitle, "Contact · Exotic Liquids");
    house.sql("update partners set name = 'Plain Liquids' where id = $1", id).await;
    house.tell("suppliers", id).await;
    indexer.run_once().await.unwrap();
    assert_eq!(find(&indexer, house.tenant, "charlotte").await[0].subtitle, "Contact · Plain Liquids");
    assert_eq!(titles(&indexer, house.tenant, "plain").await, ["Plain Liquids", "Charlotte Cooper"]);
}

#[tokio::test]
async fn t1_another_tenant_sees_nothing() {
    let house = House::new().await;
    let indexer = house.indexer().await;
    house.supplier("Exotic Liquids").await;
    indexer.run_once().await.unwrap();
    // Many others, so that some share the index.
    for _ in 0..32 {
        assert_eq!(titles(&indexer, TenantId::new(), "exotic").await, NOTHING);
    }
    assert_eq!(titles(&indexer, house.tenant, "exotic").await.len(), 1);
}

#[tokio::test]
async fn what_was_there_before_is_built_and_a_tenant_is_forgotten() {
    let house = House::new().await;
    house.supplier("Exotic Liquids").await;
    let indexer = house.indexer().await;
    assert_eq!(titles(&indexer, house.tenant, "exotic").await.len(), 1);
    indexer.forget(house.tenant).await.unwrap();
    assert_eq!(titles(&indexer, house.tenant, "exotic").await, NOTHING);
    assert_eq!(indexer.rebuild(Some(house.tenant)).await.unwrap(), 1);
    assert_eq!(titles(&indexer, house.tenant, "exotic").await.len(), 1);
    assert_eq!(indexer.rebuild(None).await.unwrap(), 1);
    assert_eq!(indexer.search().count(), 1);
}

struct Running {
    stop: oneshot::Sender<()>,
    task: tokio::task::JoinHandle<()>,
}

fn run(indexer: &Indexer) -> Running {
    let (stop, stopped) = oneshot::channel::<()>();
    let task = tokio::spawn(indexer.clone().run(async move {
        let _ = stopped.await;
    }));
    Running { stop, task }
}

#[tokio::test]
async fn a_question_can_wait_for_what_was_committed_before_it() {
    let house = House::new().await;
    let indexer = house.open().unwrap();
    let search = indexer.search();
    assert!(!search.catch_up(Duration::from_millis(50)).await, "nobody indexes yet");
    let running = run(&indexer);
    for number in 1..=5 {
        house.supplier(&format!("Supplier {number}")).await;
        assert!(search.catch_up(Duration::from_secs(10)).await);
        assert_eq!(titles(&indexer, house.tenant, "supplier").await.len(), number);
    }
    running.stop.send(()).unwrap();
    running.task.await.unwrap();
    assert_eq!(house.metrics.outbox_lag.get(), 0);
}

#[tokio::test]
async fn ten_thousand_imported_records_are_found_within_seconds() {
    let house = House::new().await;
    let indexer = house.indexer().await;
    let mut tx = house.admin.begin().await.unwrap();
    sqlx::query(
        "insert into partners (tenant_id, id, is_supplier, code, name, city, country, created_at, updated_at)
         select $1, gen_random_uuid(), true, 'S-' || n, 'Company ' || n, 'City ' || n % 100, 'DE', now(), now()
         from generate_series(1, 10000) n",
    )
    .bind(house.tenant.0)
    .execute(&mut *tx)
    .await
    .unwrap();
    sqlx::query(
        "insert into outbox (tenant_id, id, at, topic, entity, entity_id, payload)
         select tenant_id, gen_random_uuid(), now(), 'suppliers.created', 'suppliers', id, '{}' from partners",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let started = Instant::now();
    indexer.run_once().await.unwrap();
    let took = started.elapsed();
    println!("10,000 records in {} ms", took.as_millis());
    assert_eq!(titles(&indexer, house.tenant, "company 7777").await, ["Company 7777"]);
    assert_eq!(indexer.search().count(), 10_000);
    assert!(took < Duration::from_secs(30), "{took:?}, unoptimised; optimised it must be 5 s");
}

#[tokio::test]
async fn an_event_of_something_unknown_is_passed_over() {
    let house = House::new().await;
    let indexer = house.indexer().await;
    let mut connection = house.admin.acquire().await.unwrap();
    tell(&mut connection, house.tenant, "ghosts", kontor_kernel::new_id()).await;
    tell(&mut connection, house.tenant, "suppliers", kontor_kernel::new_id()).await;
    insert_partner(&mut connection, house.tenant, "Never told of", true, false).await;
    drop(connection);
    indexer.run_once().await.unwrap();
    assert_eq!(indexer.search().count(), 0);
}
