use kontor_kernel::Fault;
use serde_json::json;

use crate::*;

const WAREHOUSES: Registered = entity::<Warehouse>();

#[tokio::test]
async fn a_warehouse_brings_its_stock_location_and_renames_it() {
    let shop = Shop::new().await;
    let stored = shop.company.create(WAREHOUSES, &json!({ "name": "Harbour" })).await.unwrap();
    assert_eq!(stored["code"], "WH-01");
    let there = "select count(*) from locations where code = 'WH-01/Stock' and kind = 'internal'";
    assert_eq!(shop.company.db.count(there).await, 1);
    shop.company.update(WAREHOUSES, &stored["id"], &json!({ "code": "HBR" })).await.unwrap();
    assert_eq!(shop.company.db.count("select count(*) from locations where code = 'HBR/Stock'").await, 1);
    shop.company.create(WAREHOUSES, &json!({ "name": "New", "code": "WH-01" })).await.unwrap();
}

#[tokio::test]
async fn the_first_warehouse_in_use_is_chosen() {
    let shop = Shop::new().await;
    let second = shop.company.create(WAREHOUSES, &json!({ "name": "Harbour" })).await.unwrap();
    let second: Ref<Warehouse> = Ref::new(second["id"].as_str().unwrap().parse().unwrap());
    let mut tx = shop.company.begin().await;
    assert_eq!(tx.ask(choose_warehouse(None)).await.unwrap().unwrap().id, shop.warehouse);
    assert_eq!(tx.ask(choose_warehouse(Some(second))).await.unwrap().unwrap().id, second);
    assert_eq!(tx.ask(choose_warehouse(Some(Ref::new(new_id())))).await.unwrap(), None);
    drop(tx);
    shop.company.tamper("update warehouses set archived_at = now() where code = 'WH'").await;
    let mut tx = shop.company.begin().await;
    assert_eq!(tx.ask(choose_warehouse(None)).await.unwrap().unwrap().id, second);
    assert!(tx.ask(choose_warehouse(Some(shop.warehouse))).await.unwrap().unwrap().archived);
}

#[tokio::test]
async fn a_warehouse_is_archived_once_it_is_empty() {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    shop.receive("2026-11-20", &[(chai, "10", "100")]).await.unwrap();
    let refused = shop.company.archive(WAREHOUSES, shop.warehouse.id()).await.unwrap_err();
    assert!(refused.is(Fault::InUse), "{refused}");
    shop.deliver("2026-11-20", &[(chai, "10")]).await.unwrap();
    shop.company.archive(WAREHOUSES, shop.warehouse.id()).await.unwrap();
}
