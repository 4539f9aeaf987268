//! The catalog against a real PostgreSQL.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../../../partners/tests/it/company.rs"]
#[expect(dead_code, reason = "shared with the tests of other modules")]
mod company;

use company::Company;
use kontor_accounting::Accounting;
use kontor_catalog::{Catalog, Product, ProductCategory, purchase_facts, stock_facts};
use kontor_command::{Module as _, Registered, entity};
use kontor_kernel::{Fault, Quantity, new_id};
use kontor_partners::Supplier;
use serde_json::{Value, json};
use uuid::Uuid;

const PRODUCTS: Registered = entity::<Product>();
const CATEGORIES: Registered = entity::<ProductCategory>();

async fn company() -> Company {
    Company::new(&[Accounting::SETUP, Catalog::SETUP]).await
}

fn id(record: &Value) -> Uuid {
    record["id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_product_needs_no_more_than_a_name() {
    let company = company().await;
    let chai = company.create(PRODUCTS, &json!({ "name": "Chai" })).await.unwrap();
    assert_eq!(chai["code"], "P-00001");
    assert_eq!(chai["unit"]["code"], "unit");
    assert_eq!(chai["tracked"], true);
    assert_eq!(chai["purchase_price"], Value::Null);
}

#[tokio::test]
async fn a_product_links_to_supplier_category_and_unit() {
    let company = company().await;
    let supplier = company.create(entity::<Supplier>(), &json!({ "name": "Exotic Liquids" })).await.unwrap();
    let category = company.create(CATEGORIES, &json!({ "name": "Beverages" })).await.unwrap();
    let body = json!({ "name": "Chai", "supplier_id": supplier["id"], "category_id": category["id"],
                       "purchase_price": "18.00", "packaging": "10 boxes x 20 bags", "reorder_point": "10" });
    let chai = company.create(PRODUCTS, &body).await.unwrap();
    assert_eq!(chai["supplier"]["name"], "Exotic Liquids");
    assert_eq!(chai["category"]["code"], "CAT-001");
    let unknown = json!({ "name": "Chang", "supplier_id": new_id(), "unit_id": new_id(), "purchase_price": "-1" });
    let error = company.create(PRODUCTS, &unknown).await.unwrap_err();
    assert_eq!(error.violations()[0].field, "purchase_price");
    let unknown = json!({ "name": "Chang", "supplier_id": new_id(), "unit_id": new_id() });
    let error = company.create(PRODUCTS, &unknown).await.unwrap_err();
    let fields: Vec<_> =
        error.violations().iter().map(|violation| (violation.code, violation.field.as_ref())).collect();
    assert_eq!(fields, [("unknown_link", "unit_id"), ("unknown_link", "supplier_id")]);
}

#[tokio::test]
async fn a_unit_that_is_taken_away_stays_needed() {
    let company = company().await;
    company.tamper("update units set archived_at = now() where code = 'unit'").await;
    let error = company.create(PRODUCTS, &json!({ "name": "Chai" })).await.unwrap_err();
    assert_eq!((error.violations()[0].code, error.violations()[0].field.as_ref()), ("required", "unit_id"));
}

#[tokio::test]
async fn categories_are_parts_of_categories_and_never_of_themselves() {
    let company = company().await;
    let drinks = company.create(CATEGORIES, &json!({ "name": "Drinks" })).await.unwrap();
    let tea = company.create(CATEGORIES, &json!({ "name": "Tea", "parent_id": drinks["id"] })).await.unwrap();
    let green = company.create(CATEGORIES, &json!({ "name": "Green tea", "parent_id": tea["id"] })).await.unwrap();
    assert_eq!(green["parent"]["name"], "Tea");
    for parent in [&drinks, &tea, &green] {
        let error = company.update(CATEGORIES, &drinks["id"], &json!({ "parent_id": parent["id"] })).await.unwrap_err();
        assert_eq!((error.violations()[0].code, error.violations()[0].field.as_ref()), ("category_cycle", "parent_id"));
    }
    company.update(CATEGORIES, &green["id"], &json!({ "parent_id": drinks["id"] })).await.unwrap();
    company.update(CATEGORIES, &tea["id"], &json!({ "parent_id": green["id"] })).await.unwrap();
}

#[tokio::test]
async fn two_products_cannot_have_one_barcode() {
    let company = company().await;
    company.create(PRODUCTS, &json!({ "name": "Chai", "barcode": "4006381333931" })).await.unwrap();
    let error = company.create(PRODUCTS, &json!({ "name": "Chang", "barcode": "4006381333931" })).await.unwrap_err();
    assert!(error.is(Fault::Duplicate));
    assert_eq!(error.violations()[0].field, "barcode");
}

#[tokio::test]
async fn facts_of_products_are_read_by_id() {
    let company = company().await;
    let chai = company.create(PRODUCTS, &json!({ "name": "Chai", "purchase_price": "18.00" })).await.unwrap();
    let advice = company.create(PRODUCTS, &json!({ "name": "Advice", "tracked": false })).await.unwrap();
    let ids = [id(&chai), id(&advice), new_id()];
    let mut tx = company.begin().await;
    let facts = tx.ask(stock_facts(ids.to_vec())).await.unwrap();
    assert_eq!(facts.len(), 2);
    assert!(facts[&ids[0]].tracked && !facts[&ids[1]].tracked);
    assert!(facts[&ids[0]].divides(Quantity::new("2.000".parse().unwrap())));
    assert!(!facts[&ids[0]].divides(Quantity::new("2.5".parse().unwrap())));
    let facts = tx.ask(purchase_facts(ids.to_vec())).await.unwrap();
    assert_eq!(facts[&ids[0]].purchase_price.unwrap().to_string(), "18.00");
    assert_eq!((facts[&ids[1]].purchase_price, facts[&ids[1]].archived), (None, false));
}
