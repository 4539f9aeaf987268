use kontor_accounting::{
    Account, AccountingSettings, DefaultTaxes, Journal, JournalKind, Purpose, Tax, TaxMethod, account_for, books,
    default_taxes, settings, tax_rates,
};
use kontor_command::{Registered, entity};
use kontor_entity::{Choices as _, Ref};
use kontor_kernel::{Currency, new_id};
use serde_json::json;
use uuid::Uuid;

use crate::{company, post_any};

const ACCOUNTS: Registered = entity::<Account>();
const JOURNALS: Registered = entity::<Journal>();
const SETTINGS: Registered = entity::<AccountingSettings>();

#[tokio::test]
async fn a_new_company_has_chart_journals_and_taxes() {
    let company = company().await;
    assert_eq!(company.db.count("select count(*) from accounts").await, 52);
    assert_eq!(company.db.count("select count(*) from journals").await, 5);
    assert_eq!(company.db.count("select count(*) from taxes where percent in (19, 7, 0)").await, 3);
    let mut tx = company.begin().await;
    let settings = tx.ask(settings(tx.currency())).await.unwrap();
    assert_eq!((settings.currency, settings.tax_method), (Currency::EUR, TaxMethod::PerLine));
    let purposes: Vec<Purpose> = Purpose::ALL.iter().map(|(purpose, _)| *purpose).collect();
    assert_eq!(account_for(&mut tx, &purposes).await.unwrap().len(), 12);
}

#[tokio::test]
async fn a_new_product_begins_with_the_standard_rate_until_the_company_says_otherwise() {
    let company = company().await;
    let suggested = async || {
        let mut tx = company.begin().await;
        default_taxes(&mut tx).await.unwrap()
    };
    let admin = company.db.admin().await;
    let standard: Uuid = sqlx::query_scalar("select id from taxes where percent = 19").fetch_one(&admin).await.unwrap();
    let both = suggested().await;
    assert_eq!((both.purchase.map(Ref::id), both.sales.map(Ref::id)), (Some(standard), Some(standard)));

    let settings: Uuid = sqlx::query_scalar("select id from accounting_settings").fetch_one(&admin).await.unwrap();
    let sales = company
        .create(entity::<Tax>(), &json!({ "name": "On sales", "percent": "19", "scope": "sales" }))
        .await
        .unwrap();
    let change = json!({ "default_purchase_tax_id": sales["id"], "default_sales_tax_id": sales["id"] });
    let refused = company.update(SETTINGS, &json!(settings), &change).await.unwrap_err();
    let fields: Vec<_> = refused.violations().iter().map(|violation| violation.field.as_ref()).collect();
    assert_eq!(fields, ["default_purchase_tax_id"]);
    let change = json!({ "default_purchase_tax_id": null, "default_sales_tax_id": sales["id"] });
    company.update(SETTINGS, &json!(settings), &change).await.unwrap();
    assert_eq!(json!(suggested().await.sales.map(Ref::id)), sales["id"]);
    company.tamper("update taxes set archived_at = now() where scope = 'sales'").await;
    assert_eq!(suggested().await, DefaultTaxes::default(), "one that is archived is not suggested");
}

#[tokio::test]
async fn everything_laid_down_is_in_the_audit_trail() {
    let company = company().await;
    let unaudited = "select count(*) from accounts a where not exists
        (select from audit_log l where l.entity = 'accounts' and l.entity_id = a.id and l.action = 'created')";
    assert_eq!(company.db.count(unaudited).await, 0);
}

#[tokio::test]
async fn an_account_gets_a_number_when_it_is_left_out() {
    let company = company().await;
    let stored = company.create(ACCOUNTS, &json!({ "name": "Leasing", "kind": "expense" })).await.unwrap();
    assert_eq!(stored["code"], "A-0001");
    assert_eq!(stored["purpose"], json!(null));
}

#[tokio::test]
async fn two_accounts_cannot_have_one_purpose() {
    let company = company().await;
    let body = json!({ "name": "Second bank", "kind": "asset", "purpose": "bank" });
    let error = company.create(ACCOUNTS, &body).await.unwrap_err();
    assert_eq!((error.code(), error.violations()[0].field.as_ref()), ("duplicate", "purpose"));
}

#[tokio::test]
async fn a_purpose_without_an_account_is_named() {
    let company = company().await;
    company.tamper("update accounts set purpose = null where purpose = 'bank'").await;
    let mut tx = company.begin().await;
    let error = account_for(&mut tx, &[Purpose::Inventory, Purpose::Bank]).await.unwrap_err();
    assert_eq!(error.code(), "account_missing");
    assert!(error.text().contains("Bank"), "{error}");
    assert!(tx.ask(books(tx.currency(), &[Purpose::Inventory])).await.unwrap().account(Purpose::Bank).is_err());
}

#[tokio::test]
async fn kind_and_purpose_stay_once_an_account_was_posted_to() {
    let company = company().await;
    let mut tx = company.begin().await;
    let account = account_for(&mut tx, &[Purpose::Inventory]).await.unwrap()[0];
    tx.rollback().await.unwrap();
    let id = json!(account.id());
    company.update(ACCOUNTS, &id, &json!({ "kind": "expense" })).await.unwrap();
    company.update(ACCOUNTS, &id, &json!({ "kind": "asset" })).await.unwrap();
    post_any(&company, "2026-11-20", "10").await;
    let error = company.update(ACCOUNTS, &id, &json!({ "kind": "expense", "purpose": null })).await.unwrap_err();
    let fields: Vec<_> =
        error.violations().iter().map(|violation| (violation.code, violation.field.as_ref())).collect();
    assert_eq!(fields, [("already_used", "kind"), ("already_used", "purpose")]);
    company.update(ACCOUNTS, &id, &json!({ "name": "Stock in trade", "code": "3981" })).await.unwrap();
}

#[tokio::test]
async fn an_account_with_a_purpose_is_not_archived() {
    let company = company().await;
    let mut tx = company.begin().await;
    let account = account_for(&mut tx, &[Purpose::Bank]).await.unwrap()[0].id();
    tx.rollback().await.unwrap();
    assert_eq!(company.archive(ACCOUNTS, account).await.unwrap_err().code(), "in_use");
    company.update(ACCOUNTS, &json!(account), &json!({ "purpose": null })).await.unwrap();
    company.archive(ACCOUNTS, account).await.unwrap();
}

#[tokio::test]
async fn a_journals_code_stays_once_it_has_entries() {
    let company = company().await;
    let post = post_any(&company, "2026-11-20", "10").await;
    let entry = company.read(kontor_command::read_only::<kontor_accounting::JournalEntry>(), post).await;
    let error = company.update(JOURNALS, &entry["journal_id"], &json!({ "code": "WH" })).await.unwrap_err();
    assert_eq!(error.violations()[0].code, "already_used");
    let body = json!({ "name": "Cash book", "kind": JournalKind::Bank.as_str() });
    let journal = company.create(JOURNALS, &body).await.unwrap();
    company.update(JOURNALS, &journal["id"], &json!({ "code": "CSH" })).await.unwrap();
}

#[tokio::test]
async fn rates_are_read_by_tax() {
    let company = company().await;
    let body = json!({ "name": "Reduced", "percent": "5.5" });
    let tax = company.create(entity::<Tax>(), &body).await.unwrap();
    assert_eq!((&tax["percent"], &tax["scope"]), (&json!("5.5"), &json!("both")));
    let id: Ref<Tax> = Ref::new(tax["id"].as_str().unwrap().parse().unwrap());
    let mut tx = company.begin().await;
    let rates = tx.ask(tax_rates(&[id, Ref::new(new_id())])).await.unwrap();
    assert_eq!(rates.len(), 1);
    assert_eq!(rates[&id].percent.to_string(), "5.5");
    assert!(!rates[&id].archived);
}
