use kontor_accounting::Accounting;
use kontor_command::Module as _;
use kontor_entity::{Record, Value};
use serde_json::json;

use crate::{company, company::Company, date, post_any};

async fn report(company: &Company, day: Option<&str>) -> serde_json::Value {
    let mut tx = company.begin().await;
    let parameter = day.map_or(Value::Null, |day| Value::Date(date(day)));
    let json = (Accounting::REPORTS[0].run)(&mut tx, Record::new(vec![parameter])).await.unwrap();
    serde_json::from_str(&json).unwrap()
}

#[tokio::test]
async fn i9_the_trial_balance_sums_to_zero_at_every_date() {
    let company = company().await;
    post_any(&company, "2026-10-15", "100").await;
    post_any(&company, "2026-11-20", "20.5").await;
    post_any(&company, "2026-11-21", "3").await;
    let october = report(&company, Some("2026-10-31")).await;
    assert_eq!((&october["total_debit"], &october["total_credit"]), (&json!("100.00"), &json!("100.00")));
    let today = report(&company, None).await;
    assert_eq!(today["total_debit"], "120.50");
    let lines = today["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["account"]["code"], "1605");
    assert_eq!(lines[0]["account"]["name"], "Goods received, not invoiced");
    let figures = (&lines[0]["debit"], &lines[0]["credit"], &lines[0]["balance"]);
    assert_eq!(figures, (&json!("0.00"), &json!("120.50"), &json!("-120.50")));
}

#[tokio::test]
async fn an_empty_ledger_has_an_empty_trial_balance() {
    let company = company().await;
    assert_eq!(report(&company, None).await, json!({ "lines": [], "total_debit": "0.00", "total_credit": "0.00" }));
}
