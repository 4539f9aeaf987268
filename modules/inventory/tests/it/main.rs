//! Stock against a real PostgreSQL.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod adjustment;
#[path = "../../../partners/tests/it/company.rs"]
mod company;
mod delivery;
mod faults;
mod many_at_a_time;
mod receipt;
mod warehouse;

use chrono::NaiveDate;
use company::Company;
use kontor_accounting::Accounting;
use kontor_catalog::{Catalog, Product};
use kontor_command::{Module, Registered, entity};
use kontor_entity::Ref;
use kontor_inventory::{
    DeliveredLine, Delivery, Inventory, Receipt, ReceivedLine, Warehouse, choose_warehouse, deliver, receipt_questions,
    receive,
};
use kontor_kernel::{Currency, Money, Quantity, Result, Rounding, Unrounded, new_id};
use kontor_store::Tx;
use serde_json::{Value, json};
use uuid::Uuid;

const PRODUCTS: Registered = entity::<Product>();

/// Receives, with what it must know asked first.
async fn take_in(tx: &mut Tx, receipt: Receipt) -> Result<()> {
    let products = receipt.lines.iter().map(|line| line.product.id()).collect();
    let known = tx.ask(receipt_questions(tx.currency(), receipt.warehouse, products)).await?;
    receive(tx, receipt, known).await
}

/// A company with a warehouse, and what tests do in it.
struct Shop {
    company: Company,
    warehouse: Ref<Warehouse>,
}

impl Shop {
    async fn new() -> Self {
        let company = Company::new(&[Accounting::SETUP, Catalog::SETUP, Inventory::SETUP]).await;
        let mut tx = company.begin().await;
        let warehouse = tx.ask(choose_warehouse(None)).await.unwrap().unwrap().id;
        tx.rollback().await.unwrap();
        Self { company, warehouse }
    }

    async fn product(&self, body: Value) -> Ref<Product> {
        let stored = self.company.create(PRODUCTS, &body).await.unwrap();
        Ref::new(stored["id"].as_str().unwrap().parse().unwrap())
    }

    /// Receives `(product, quantity, value)` lines on a day; gives the receipt's id.
    async fn receive(&self, day: &str, lines: &[(Ref<Product>, &str, &str)]) -> Result<Uuid> {
        let source_id = new_id();
        let lines = lines.iter().map(|(product, number, value)| ReceivedLine {
            source_line_id: new_id(),
            product: *product,
            quantity: quantity(number),
            value: eur(value),
        });
        let receipt = Receipt {
            warehouse: self.warehouse,
            date: date(day),
            source_type: "goods-receipts",
            source_id,
            lines: lines.collect(),
        };
        let mut tx = self.company.begin().await;
        take_in(&mut tx, receipt).await?;
        tx.commit().await?;
        Ok(source_id)
    }

    /// Delivers `(product, quantity)` lines on a day; gives what they cost.
    async fn deliver(&self, day: &str, lines: &[(Ref<Product>, &str)]) -> Result<Money> {
        let lines = lines.iter().map(|(product, number)| DeliveredLine {
            source_line_id: new_id(),
            product: *product,
            quantity: quantity(number),
        });
        let delivery = Delivery {
            warehouse: self.warehouse,
            date: date(day),
            source_type: "deliveries",
            source_id: new_id(),
            lines: lines.collect(),
        };
        let mut tx = self.company.begin().await;
        let cost = deliver(&mut tx, delivery).await?;
        tx.commit().await?;
        Ok(cost)
    }

    /// On hand, average cost and value of a product, as they are stored.
    async fn level(&self, product: Ref<Product>) -> (String, String, String) {
        sqlx::query_as("select on_hand::text, average_cost::text, value::text from stock_levels where product_id = $1")
            .bind(product.id())
            .fetch_one(&self.company.db.admin().await)
            .await
            .unwrap()
    }

    /// The ledger by account number: debit minus credit.
    async fn ledger(&self) -> Vec<(String, String)> {
        let sql =
            "select a.code, sum(l.debit - l.credit)::text from journal_lines l join accounts a on a.id = l.account_id
                   group by a.code order by a.code";
        sqlx::query_as(sql).fetch_all(&self.company.db.admin().await).await.unwrap()
    }

    async fn assert_sound(&self) {
        for invariant in Inventory::INVARIANTS.iter().chain(Accounting::INVARIANTS) {
            assert_eq!(self.company.violations(invariant).await, Vec::<String>::new(), "{}", invariant.id);
        }
    }
}

fn level(on_hand: &str, average: &str, value: &str) -> (String, String, String) {
    (on_hand.to_owned(), average.to_owned(), value.to_owned())
}

fn quantity(text: &str) -> Quantity {
    Quantity::new(text.parse().unwrap())
}

fn eur(text: &str) -> Money {
    Unrounded::new(text.parse().unwrap(), Currency::EUR).round(Rounding::HalfUp).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn chai() -> Value {
    json!({ "name": "Chai", "purchase_price": "18.00" })
}
