use std::collections::HashSet;

use chrono::NaiveDate;
use kontor_access::{Feature, Permission};
use kontor_command::{DocumentLine, Locked, OnRecord, RecordAction, States};
use kontor_entity::{Entity as _, Ref, Shape};
use kontor_inventory::{Receipt, ReceivedLine, Warehouse, receipt_questions, receive};
use kontor_kernel::{Error, FxRate, Money, Percent, Quantity, Rate, Result, Rounding, Violations};
use kontor_store::{LineRow, LinkNames, Meter, NewRecord, Tx, Written};
use serde_json::json;
use uuid::Uuid;

use super::{GoodsReceipt, GoodsReceiptLine, ReceiptFacts};
use crate::{
    Code, FEATURE, OrderState, Progress, PurchaseOrder, PurchaseOrderLine, order::LineFacts,
    settings::receipt_tolerance,
};

/// Takes in goods of a confirmed order: stock rises, the ledger follows, the order's progress is derived anew.
#[derive(Debug, Clone, PartialEq, Shape)]
pub struct ReceiveGoods {
    /// The day the goods arrived; today when left out.
    pub date: Option<NaiveDate>,
    /// Everything that is outstanding when left out.
    pub lines: Vec<ReceiveLine>,
}

/// How much of one line arrived.
#[derive(Debug, Clone, PartialEq, Shape)]
pub struct ReceiveLine {
    /// The order's line.
    pub line_id: Uuid,
    #[field(positive)]
    pub quantity: Quantity,
}

type OrderLine = DocumentLine<PurchaseOrderLine, LineFacts>;

impl RecordAction for ReceiveGoods {
    const NAME: &'static str = "purchasing.order.receive";
    const FEATURE: Feature = FEATURE;
    const PERMISSION: Permission = Permission::new("purchasing.order.receive");
    const METER: Meter = Meter::Write;
    const PATH: &'static str = "receipts";
    const SUMMARY: &'static str = "Receive goods of a confirmed purchase order";
    const CREATES: bool = true;

    type On = PurchaseOrder;
    type Answer = GoodsReceipt;

    async fn run(call: OnRecord<Self>, tx: &mut Tx) -> Result<Written> {
        let mut order = Locked::<PurchaseOrder>::load(tx, call.id, call.version).await?;
        if !matches!(order.facts.state, OrderState::Confirmed | OrderState::Done) {
            return Err(Code::OrderNotOpen.error());
        }
        let warehouse =
            order.fields.warehouse_id.ok_or_else(|| Error::internal("a stored order without a warehouse"))?;
        let products = order.lines.iter().map(|line| line.fields.product_id.id()).collect();
        let questions = (receipt_tolerance(), receipt_questions(tx.currency(), warehouse, products));
        let (tolerance, known) = tx.ask(questions).await?;
        let arrived = arrived_lines(&order.lines, &call.body.lines, tolerance)?;
        let date = call.body.date.unwrap_or_else(|| tx.today());
        let (receipt, rows) = receipt_of(&order, warehouse, date, &arrived);
        let values = valued_lines(&order, &arrived, &rows, tx)?;
        for (index, quantity) in &arrived {
            if let Some(line) = order.lines.get_mut(*index) {
                line.facts.received = line.facts.received + *quantity;
            }
        }
        order.facts.receipt = Progress::of(order.lines.iter().map(|line| (line.facts.received, line.fields.quantity)));
        if order.facts.receipt == Progress::Full && order.facts.state == OrderState::Confirmed {
            order.facts.state = order.facts.state.become_state(OrderState::Done)?;
        }
        let names = names(&order);
        order.save_only(tx, "received").await?;
        let written = receipt_write(tx, receipt, rows, &names).await?;
        let moved = Receipt {
            warehouse,
            date,
            source_type: GoodsReceipt::META.collection,
            source_id: written.id,
            lines: values,
        };
        receive(tx, moved, known).await?;
        Ok(written)
    }
}

/// Which lines arrive with how much: as the client says, or all that is outstanding.
fn arrived_lines(lines: &[OrderLine], wanted: &[ReceiveLine], tolerance: Percent) -> Result<Vec<(usize, Quantity)>> {
    if wanted.is_empty() {
        let outstanding: Vec<_> = lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.fields.quantity > line.facts.received)
            .map(|(index, line)| (index, line.fields.quantity - line.facts.received))
            .collect();
        return if outstanding.is_empty() { Err(Code::NothingOutstanding.error()) } else { Ok(outstanding) };
    }
    let mut violations = Violations::new();
    let (mut seen, mut arrived) = (HashSet::new(), Vec::with_capacity(wanted.len()));
    for (number, part) in wanted.iter().enumerate() {
        let Some((index, line)) = lines.iter().enumerate().find(|(_, line)| line.id == part.line_id) else {
            violations.add(Code::LineUnknown, format!("lines[{number}].line_id"));
            continue;
        };
        if !seen.insert(part.line_id) {
            violations.add(Code::LineTwice, format!("lines[{number}].line_id"));
        }
        let most = most_receivable(line.fields.quantity, tolerance) - line.facts.received;
        if part.quantity > most {
            let outstanding = (line.fields.quantity - line.facts.received).value().normalize();
            let text = format!("is more than is outstanding: {outstanding}");
            violations.add_text(Code::TooMuch, format!("lines[{number}].quantity"), text);
        }
        arrived.push((index, part.quantity));
    }
    violations.into_result()?;
    Ok(arrived)
}

fn most_receivable(ordered: Quantity, tolerance: Percent) -> Quantity {
    Quantity::new(ordered.value() + ordered.value() * tolerance.rate().value())
}

/// The receipt and its lines as they will be stored.
fn receipt_of(
    order: &Locked<PurchaseOrder>,
    warehouse: Ref<Warehouse>,
    date: NaiveDate,
    arrived: &[(usize, Quantity)],
) -> (GoodsReceipt, Vec<LineRow>) {
    let receipt = GoodsReceipt {
        purchase_order_id: Ref::new(order.id()),
        supplier_id: order.fields.supplier_id,
        warehouse_id: warehouse,
        date,
    };
    let rows = arrived.iter().filter_map(|(index, quantity)| {
        let line = order.lines.get(*index)?;
        let row = GoodsReceiptLine {
            purchase_order_line_id: Ref::new(line.id),
            product_id: line.fields.product_id,
            quantity: *quantity,
        };
        Some(LineRow::new(row.into_record()))
    });
    (receipt, rows.collect())
}

/// What the receipt points to: the order, its lines, and what these point to themselves.
fn names(order: &Locked<PurchaseOrder>) -> LinkNames {
    let mut names = order.names.clone();
    names.add(order.id(), order.facts.number.as_str(), order.facts.number.as_str());
    for line in &order.lines {
        let description = line.fields.description.as_deref().unwrap_or_default();
        names.add(line.id, description, description);
    }
    names
}

/// What the arrived goods cost in the company's currency: their share of each line's amount.
///
/// The share is taken of the whole line, less what earlier receipts took, so that a line received in parts costs exactly
/// what it costs at once.
fn valued_lines(
    order: &Locked<PurchaseOrder>,
    arrived: &[(usize, Quantity)],
    rows: &[LineRow],
    tx: &Tx,
) -> Result<Vec<ReceivedLine>> {
    let rate = order.fields.exchange_rate.unwrap_or(FxRate::new(rust_decimal::Decimal::ONE));
    let mut values = Vec::with_capacity(arrived.len());
    for ((index, quantity), row) in arrived.iter().zip(rows) {
        let line = order.lines.get(*index).ok_or_else(|| Error::internal("a received line that is none"))?;
        let upto = |received: Quantity| share(line, received, rate, tx);
        let value = upto(line.facts.received + *quantity)?.checked_sub(upto(line.facts.received)?)?;
        values.push(ReceivedLine {
            source_line_id: row.id,
            product: line.fields.product_id,
            quantity: *quantity,
            value,
        });
    }
    Ok(values)
}

/// The value of the first `received` units of a line, in the company's currency.
fn share(line: &OrderLine, received: Quantity, rate: FxRate, tx: &Tx) -> Result<Money> {
    let part = Rate::new(received.value() / line.fields.quantity.value());
    let whole = kontor_kernel::Unrounded::new(line.facts.amount.value(), tx.currency());
    Ok(whole.times(Rate::new(rate.value()))?.times(part)?.round(Rounding::HalfUp)?)
}

async fn receipt_write(tx: &mut Tx, receipt: GoodsReceipt, lines: Vec<LineRow>, names: &LinkNames) -> Result<Written> {
    let meta = GoodsReceipt::META;
    let number = tx.next_number("goods_receipts").await?;
    let number = meta.sequence.map_or_else(String::new, |sequence| sequence.format(number));
    let order = receipt.purchase_order_id;
    let mut values = receipt.into_record().into_values();
    values.extend(ReceiptFacts { number: number.clone() }.into_record().into_values());
    let new = NewRecord { id: kontor_kernel::new_id(), values: kontor_entity::Record::new(values), lines };
    let facts = json!({ "number": number, "purchase_order_id": order.id(), "lines": new.lines.len() });
    tx.tell(meta.collection, "created", new.id, 1, &facts);
    tx.insert_named(meta, new, names, |error, _| error).await
}
