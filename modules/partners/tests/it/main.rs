//! Partners against a real PostgreSQL.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
#![expect(dead_code, reason = "the company is shared with the tests of later modules")]

mod company;

use company::Company;
use kontor_command::{Registered, entity};
use kontor_entity::Ref;
use kontor_kernel::{Currency, Fault};
use kontor_partners::{Contact, Customer, PartnerCategory, Supplier, supplier_terms};
use serde_json::json;

const SUPPLIERS: Registered = entity::<Supplier>();
const CUSTOMERS: Registered = entity::<Customer>();

#[tokio::test]
async fn a_supplier_gets_a_number_and_its_country_is_understood() {
    let company = Company::new(&[]).await;
    let body = json!({ "name": "Exotic Liquids", "country": "UK", "email": "orders@exotic.example" });
    let stored = company.create(SUPPLIERS, &body).await.unwrap();
    assert_eq!(stored["code"], "S-00001");
    assert_eq!(stored["country"], "GB");
    assert_eq!(stored["payment_days"], 30);
    let other = company.create(CUSTOMERS, &json!({ "name": "Alfreds Futterkiste" })).await.unwrap();
    assert_eq!(other["code"], "C-00001");
}

#[tokio::test]
async fn supplier_and_customer_numbers_are_two_series() {
    let company = Company::new(&[]).await;
    company.create(SUPPLIERS, &json!({ "name": "Exotic Liquids", "code": "1" })).await.unwrap();
    company.create(CUSTOMERS, &json!({ "name": "Alfreds Futterkiste", "code": "1" })).await.unwrap();
    let error = company.create(SUPPLIERS, &json!({ "name": "Tokyo Traders", "code": "1" })).await.unwrap_err();
    assert!(error.is(Fault::Duplicate));
    assert_eq!(error.violations()[0].field, "code");
}

#[tokio::test]
async fn what_is_wrong_is_said_all_at_once() {
    let company = Company::new(&[]).await;
    let body = json!({ "email": "nobody", "country": "Atlantis", "currency": "XXX", "payment_days": -1 });
    let error = company.create(SUPPLIERS, &body).await.unwrap_err();
    let mut fields: Vec<_> = error.violations().iter().map(|violation| violation.field.as_ref()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["country", "currency", "email", "name", "payment_days"]);
}

#[tokio::test]
async fn a_contact_works_for_a_supplier_or_a_customer() {
    let company = Company::new(&[]).await;
    for entity in [SUPPLIERS, CUSTOMERS] {
        let partner = company.create(entity, &json!({ "name": "Exotic Liquids" })).await.unwrap();
        let body = json!({ "name": "Charlotte Cooper", "partner_id": partner["id"] });
        let contact = company.create(kontor_command::entity::<Contact>(), &body).await.unwrap();
        assert_eq!(contact["partner"]["name"], "Exotic Liquids");
    }
}

#[tokio::test]
async fn a_customer_is_no_supplier() {
    let company = Company::new(&[]).await;
    let customer = company.create(CUSTOMERS, &json!({ "name": "Alfreds Futterkiste" })).await.unwrap();
    let error = company.update(SUPPLIERS, &customer["id"], &json!({ "name": "Alfred" })).await.unwrap_err();
    assert!(error.is(Fault::NotFound));
    let mut tx = company.begin().await;
    let id = customer["id"].as_str().unwrap().parse().unwrap();
    assert_eq!(tx.ask(supplier_terms(Ref::new(id))).await.unwrap(), None);
}

#[tokio::test]
async fn a_suppliers_terms_are_read() {
    let company = Company::new(&[]).await;
    let category = company.create(entity::<PartnerCategory>(), &json!({ "name": "Wholesale" })).await.unwrap();
    assert_eq!(category["code"], "PC-001");
    let body = json!({ "name": "Tokyo Traders", "currency": "jpy", "payment_days": 60, "category_id": category["id"] });
    let supplier = company.create(SUPPLIERS, &body).await.unwrap();
    let mut tx = company.begin().await;
    let id = supplier["id"].as_str().unwrap().parse().unwrap();
    let terms = tx.ask(supplier_terms(Ref::new(id))).await.unwrap().unwrap();
    assert_eq!((terms.currency, terms.payment_days, terms.archived), (Some(Currency::JPY), 60, false));
}
