use chrono::NaiveDate;
use kontor_accounting::{Balanced, Entry, JournalKind, Line, Purpose, books, post};
use kontor_catalog::{Product, StockFacts, stock_facts};
use kontor_entity::Ref;
use kontor_kernel::{Error, Money, Quantity, Result};
use kontor_store::Tx;
use uuid::Uuid;

use crate::{
    Code, LocationKind, Warehouse,
    stock::{Cause, Stock, lock_levels},
};

/// Goods that go to a customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    pub warehouse: Ref<Warehouse>,
    pub date: NaiveDate,
    /// The collection of the record behind it.
    pub source_type: &'static str,
    pub source_id: Uuid,
    pub lines: Vec<DeliveredLine>,
}

/// One line of a delivery. The same product may be on several.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeliveredLine {
    pub source_line_id: Uuid,
    pub product: Ref<Product>,
    /// Above zero.
    pub quantity: Quantity,
}

/// Takes goods out at their average cost and returns what they were worth: debit cost of sales, credit inventory.
///
/// Lines of products whose stock is not kept move nothing and cost nothing. Call it last in a command. Errors with
/// `insufficient_stock` when more is asked for than is on hand and not reserved; nothing is written then.
pub async fn deliver(tx: &mut Tx, delivery: Delivery) -> Result<Money> {
    let products: Vec<Uuid> = delivery.lines.iter().map(|line| line.product.id()).collect();
    let books = books(tx.currency(), &[Purpose::Inventory, Purpose::CostOfSales]);
    let levels = lock_levels(tx.currency(), delivery.warehouse, products.clone());
    let (facts, books, levels) = tx.ask((stock_facts(products), books, levels)).await?;
    books.settings.require_open(delivery.date)?;
    let mut tracked = Vec::with_capacity(delivery.lines.len());
    for line in &delivery.lines {
        let product =
            facts.get(&line.product.id()).ok_or_else(|| Error::internal("a delivered product that is none"))?;
        if product.tracked {
            tracked.push((line, product));
        }
    }
    let mut cost = Money::zero(tx.currency());
    if tracked.is_empty() {
        return Ok(cost);
    }
    let wanted = tracked.iter().map(|(line, _)| line.product.id()).collect();
    let mut stock = Stock::open(tx, delivery.warehouse, LocationKind::Customer, wanted, levels).await?;
    for (line, product) in &tracked {
        let available = stock.level(line.product)?.holding.available();
        let taken = stock.take_out(line.product, line.quantity, Some(line.source_line_id));
        let (_, value) = taken.map_err(|error| with_figures(error, line, product, available))?;
        cost = cost.checked_add(value)?;
    }
    let cause = Cause {
        date: delivery.date,
        action: "delivered",
        source_type: delivery.source_type,
        source_id: delivery.source_id,
    };
    stock.write(tx, delivery.warehouse, cause).await?;
    if cost.is_zero() {
        return Ok(cost);
    }
    let debit = Line::debit(books.account(Purpose::CostOfSales)?, cost);
    let credit = Line::credit(books.account(Purpose::Inventory)?, cost);
    let entry = Entry {
        journal: JournalKind::Stock,
        date: delivery.date,
        source_type: delivery.source_type,
        source_id: delivery.source_id,
        purpose: "stock",
        description: "Goods delivered".to_owned(),
        lines: Balanced::new(vec![debit, credit])?,
    };
    post(tx, entry).await?;
    Ok(cost)
}

/// A shortage says of what, and how much there is.
fn with_figures(error: Error, line: &DeliveredLine, product: &StockFacts, available: Quantity) -> Error {
    if !error.is(Code::InsufficientStock) {
        return error;
    }
    error.with_detail(format!(
        "{} of {} {} were asked for, {} are available",
        line.quantity.value().normalize(),
        product.code,
        product.name,
        available.value().normalize(),
    ))
}
