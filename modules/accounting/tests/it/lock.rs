//! The lock date: who moves it where, and what it holds back.

use std::sync::Arc;

use kontor_accounting::{AccountingSettings, LockBooks, UnlockBooks};
use kontor_command::{Command, RecordAction as _, Registered, entity};
use kontor_kernel::{Error, Result, new_id};
use kontor_store::Written;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::{company, company::Company, date, post_any, post_stock};

const SETTINGS: Registered = entity::<AccountingSettings>();

async fn settings_id(company: &Company) -> Uuid {
    let admin = company.db.admin().await;
    sqlx::query_scalar("select id from accounting_settings").fetch_one(&admin).await.unwrap()
}

async fn run<C: Command<Output = Written>>(company: &Company, command: C) -> Result<Value> {
    let mut tx = company.begin().await;
    let written = command.run(&mut tx).await?;
    tx.commit().await?;
    Ok(serde_json::from_str(&written.json).unwrap())
}

async fn lock(company: &Company, through: &str) -> Result<Value> {
    run(company, LockBooks { through: date(through) }.on(settings_id(company).await, None)).await
}

async fn unlock(company: &Company, through: Option<&str>) -> Result<Value> {
    run(company, UnlockBooks { through: through.map(date) }.on(settings_id(company).await, None)).await
}

fn refused(error: &Error) -> (&str, &str) {
    let violation = &error.violations()[0];
    (violation.field.as_ref(), violation.code)
}

/// Until the other task has come to its end, or waits for a row that another transaction holds.
async fn until_it_waits<T>(company: &Company, task: &JoinHandle<T>) {
    let waiting = "select count(*) from pg_stat_activity
                   where wait_event_type = 'Lock' and datname = current_database()";
    while !task.is_finished() && company.db.count(waiting).await == 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn i11_locking_moves_the_date_on_and_unlocking_back() {
    let company = company().await;
    assert_eq!(lock(&company, "2026-10-31").await.unwrap()["locked_through"], "2026-10-31");
    let late = post_stock(&company, "2026-10-31", "1", new_id()).await.unwrap_err();
    assert_eq!(late.code(), "period_locked");
    post_any(&company, "2026-11-01", "1").await;

    assert_eq!(refused(&lock(&company, "2026-09-30").await.unwrap_err()), ("through", "lock_direction"));
    assert_eq!(refused(&lock(&company, "2026-11-21").await.unwrap_err()), ("through", "lock_ahead"));
    assert_eq!(lock(&company, "2026-10-31").await.unwrap()["version"], 2, "nothing changed");
    assert_eq!(lock(&company, "2026-11-20").await.unwrap()["version"], 3);
    let today = post_stock(&company, "2026-11-20", "1", new_id()).await.unwrap_err();
    assert_eq!(today.code(), "period_locked");

    assert_eq!(refused(&unlock(&company, Some("2026-11-21")).await.unwrap_err()), ("through", "lock_direction"));
    assert_eq!(unlock(&company, Some("2026-10-31")).await.unwrap()["locked_through"], "2026-10-31");
    post_any(&company, "2026-11-20", "1").await;
    assert_eq!(unlock(&company, None).await.unwrap()["locked_through"], json!(null));
    post_any(&company, "2024-01-01", "1").await;
    assert_eq!(refused(&unlock(&company, Some("2026-10-31")).await.unwrap_err()), ("through", "lock_direction"));
}

#[tokio::test]
async fn every_move_of_the_lock_is_in_the_audit_trail() {
    let company = company().await;
    lock(&company, "2026-10-31").await.unwrap();
    unlock(&company, None).await.unwrap();
    let admin = company.db.admin().await;
    let trail: Vec<(String, Value)> = sqlx::query_as(
        "select action, changes from audit_log where entity = 'accounting-settings' and action <> 'created' order by id",
    )
    .fetch_all(&admin)
    .await
    .unwrap();
    let expected = [
        ("locked".to_owned(), json!({ "locked_through": [null, "2026-10-31"] })),
        ("unlocked".to_owned(), json!({ "locked_through": ["2026-10-31", null] })),
    ];
    assert_eq!(trail, expected);
    assert_eq!(company.db.count("select count(*) from outbox where topic = 'accounting-settings.locked'").await, 1);
}

#[tokio::test]
async fn the_lock_date_has_no_other_way_in() {
    let company = company().await;
    let id = json!(settings_id(&company).await);
    let sent = company.update(SETTINGS, &id, &json!({ "locked_through": "2026-10-31" })).await.unwrap_err();
    assert_eq!(refused(&sent), ("locked_through", "read_only_field"));
    lock(&company, "2026-10-31").await.unwrap();
    let changed = company.update(SETTINGS, &id, &json!({ "tax_method": "per_document" })).await.unwrap();
    assert_eq!((&changed["locked_through"], &changed["tax_method"]), (&json!("2026-10-31"), &json!("per_document")));
    let stale = LockBooks { through: date("2026-11-01") }.on(settings_id(&company).await, Some(1));
    assert_eq!(run(&company, stale).await.unwrap_err().code(), "stale_version");
}

#[tokio::test]
async fn i11_a_lock_waits_for_a_posting_that_is_under_way() {
    let company = Arc::new(company().await);
    let mut tx = company.begin().await;
    crate::post_within(&mut tx, "2026-10-31", "1", new_id()).await.unwrap();
    tx.settle().await.unwrap();
    let other = Arc::clone(&company);
    let locking = tokio::spawn(async move { lock(&other, "2026-10-31").await });
    until_it_waits(&company, &locking).await;
    assert!(!locking.is_finished());
    tx.commit().await.unwrap();
    locking.await.unwrap().unwrap();
    assert_eq!(company.db.count("select count(*) from journal_entries").await, 1);
    let late = post_stock(&company, "2026-10-31", "1", new_id()).await.unwrap_err();
    assert_eq!(late.code(), "period_locked");
}

#[tokio::test]
async fn i11_a_posting_waits_for_a_lock_that_is_under_way_and_is_refused() {
    let company = Arc::new(company().await);
    let mut tx = company.begin().await;
    let command = LockBooks { through: date("2026-10-31") }.on(settings_id(&company).await, None);
    command.run(&mut tx).await.unwrap();
    let other = Arc::clone(&company);
    let posting = tokio::spawn(async move { post_stock(&other, "2026-10-31", "1", new_id()).await });
    until_it_waits(&company, &posting).await;
    tx.commit().await.unwrap();
    assert_eq!(posting.await.unwrap().unwrap_err().code(), "period_locked");
    assert_eq!(company.db.count("select count(*) from journal_entries").await, 0);
}
