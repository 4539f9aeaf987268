use std::collections::HashMap;

use chrono::NaiveDate;
use kontor_accounting::{Balanced, Books, Entry, JournalKind, Line, Purpose, books, post};
use kontor_catalog::{Product, StockFacts, stock_facts};
use kontor_entity::Ref;
use kontor_kernel::{Currency, Error, Money, Quantity, Result};
use kontor_store::{Questions, Tx};
use uuid::Uuid;

use crate::{
    LocationKind, Warehouse,
    stock::{Cause, Levels, Stock, lock_levels},
};

/// Goods that came from a supplier.
#[derive(Debug, Clone, PartialEq)]
pub struct Receipt {
    pub warehouse: Ref<Warehouse>,
    pub date: NaiveDate,
    /// The collection of the record behind it: `goods-receipts`.
    pub source_type: &'static str,
    pub source_id: Uuid,
    pub lines: Vec<ReceivedLine>,
}

/// One line of a receipt. The same product may be on several.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReceivedLine {
    pub source_line_id: Uuid,
    pub product: Ref<Product>,
    /// Above zero.
    pub quantity: Quantity,
    /// What the goods cost, in the company's currency; zero or above.
    pub value: Money,
}

/// What taking goods in must know: the products, the accounts it posts to, and the levels that rise.
pub type ReceiptKnowledge = (HashMap<Uuid, StockFacts>, Books, Levels);

/// The questions for it, to be asked together with the command's own. They lock the levels.
pub fn receipt_questions(
    currency: Currency,
    warehouse: Ref<Warehouse>,
    products: Vec<Uuid>,
) -> impl Questions<Answers = ReceiptKnowledge> {
    let accounts = &[Purpose::Inventory, Purpose::GoodsReceived, Purpose::CostOfSales];
    (stock_facts(products.clone()), books(currency, accounts), lock_levels(currency, warehouse, products))
}

/// Takes goods in: each line is a stock move, levels rise at their cost, and the ledger follows with one entry.
///
/// Debit inventory, credit goods received but not invoiced. Lines of products whose stock is not kept move nothing: they
/// are used up as they come, so their cost is debited to cost of sales. Goods for nothing are posted nowhere.
///
/// What it writes waits for the commit; one statement goes before where a product comes to the warehouse for the first
/// time. Call it last in a command: it ends with the ledger's number. Errors with `period_locked` on or before the lock
/// date; `already_moved` for a line that was received before comes with the writing.
pub async fn receive(tx: &mut Tx, receipt: Receipt, known: ReceiptKnowledge) -> Result<()> {
    let (facts, books, levels) = known;
    books.settings.require_open(receipt.date)?;
    let (tracked, untracked) = by_tracking(&receipt.lines, &facts)?;
    if !tracked.is_empty() {
        let wanted = tracked.iter().map(|line| line.product.id()).collect();
        let mut stock = Stock::open(tx, receipt.warehouse, LocationKind::Supplier, wanted, levels).await?;
        for line in &tracked {
            stock.take_in(line.product, line.quantity, line.value, Some(line.source_line_id))?;
        }
        let cause = Cause {
            date: receipt.date,
            action: "received",
            source_type: receipt.source_type,
            source_id: receipt.source_id,
        };
        stock.write(tx, receipt.warehouse, cause).await?;
    }
    let lines = ledger_lines(&books, sum(&tracked, tx)?, sum(&untracked, tx)?)?;
    if lines.is_empty() {
        return Ok(());
    }
    let entry = Entry {
        journal: JournalKind::Stock,
        date: receipt.date,
        source_type: receipt.source_type,
        source_id: receipt.source_id,
        purpose: "stock",
        description: "Goods received".to_owned(),
        lines: Balanced::new(lines)?,
    };
    post(tx, entry).await?;
    Ok(())
}

/// The lines that move stock, and those that don't.
fn by_tracking(
    lines: &[ReceivedLine],
    facts: &HashMap<Uuid, StockFacts>,
) -> Result<(Vec<ReceivedLine>, Vec<ReceivedLine>)> {
    let (mut tracked, mut untracked) = (Vec::with_capacity(lines.len()), Vec::new());
    for line in lines {
        let product =
            facts.get(&line.product.id()).ok_or_else(|| Error::internal("a received product that is none"))?;
        if product.tracked { tracked.push(*line) } else { untracked.push(*line) }
    }
    Ok((tracked, untracked))
}

fn sum(lines: &[ReceivedLine], tx: &Tx) -> Result<Money> {
    lines.iter().try_fold(Money::zero(tx.currency()), |total, line| Ok(total.checked_add(line.value)?))
}

fn ledger_lines(books: &Books, stocked: Money, used_up: Money) -> Result<Vec<Line>> {
    let mut lines = Vec::with_capacity(3);
    if !stocked.is_zero() {
        lines.push(Line::debit(books.account(Purpose::Inventory)?, stocked));
    }
    if !used_up.is_zero() {
        lines.push(Line::debit(books.account(Purpose::CostOfSales)?, used_up));
    }
    if !lines.is_empty() {
        lines.push(Line::credit(books.account(Purpose::GoodsReceived)?, stocked.checked_add(used_up)?));
    }
    Ok(lines)
}
