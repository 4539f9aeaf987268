//! The books against a real PostgreSQL.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../../../partners/tests/it/company.rs"]
mod company;
mod faults;
mod lock;
mod posting;
mod setup;
mod trial_balance;

use chrono::NaiveDate;
use company::Company;
use kontor_accounting::{Accounting, Balanced, Entry, JournalKind, Line, Purpose, account_for, post};
use kontor_command::Module;
use kontor_kernel::{Currency, Money, Result, Rounding, Unrounded, new_id};
use kontor_store::Tx;
use uuid::Uuid;

async fn company() -> Company {
    Company::new(&[Accounting::SETUP]).await
}

fn eur(text: &str) -> Money {
    Unrounded::new(text.parse().unwrap(), Currency::EUR).round(Rounding::HalfUp).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An amount from goods received into inventory, posted for a source.
async fn post_stock(company: &Company, day: &str, amount: &str, source: Uuid) -> Result<Uuid> {
    let mut tx = company.begin().await;
    let id = post_within(&mut tx, day, amount, source).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same, in a transaction that goes on.
async fn post_within(tx: &mut Tx, day: &str, amount: &str, source: Uuid) -> Result<Uuid> {
    let accounts = account_for(tx, &[Purpose::Inventory, Purpose::GoodsReceived]).await?;
    let lines = vec![Line::debit(accounts[0], eur(amount)), Line::credit(accounts[1], eur(amount))];
    let entry = Entry {
        journal: JournalKind::Stock,
        date: date(day),
        source_type: "goods-receipts",
        source_id: source,
        purpose: "stock",
        description: "Goods received".to_owned(),
        lines: Balanced::new(lines)?,
    };
    post(tx, entry).await
}

async fn post_any(company: &Company, day: &str, amount: &str) -> Uuid {
    post_stock(company, day, amount, new_id()).await.unwrap()
}
