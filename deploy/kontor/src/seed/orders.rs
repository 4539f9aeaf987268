//! The demo company's orders, through the commands that people use.

use std::sync::Arc;

use anyhow::Context as _;
use kontor_access::Verb;
use kontor_command::{Call, Operation, RecordAction as _};
use kontor_entity::{Entity as _, Mode, parse_draft};
use kontor_purchasing::{ConfirmOrder, PurchaseOrder, ReceiveGoods, ReceiveLine};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use uuid::Uuid;

use super::plan::{Planned, Progress, plan};
use crate::compose::Product;

const READ: Operation = Operation::on_records(PurchaseOrder::META.permission, kontor_purchasing::FEATURE, Verb::Read);

/// Makes the orders of the last two years; says how many.
pub(super) async fn fill(product: &Product, call: &Call) -> anyhow::Result<usize> {
    let catalog = catalog(product, call).await?;
    let today = call.caller.company.today(product.app.runner.clock().now());
    let plan = plan(today);
    for (number, planned) in plan.iter().enumerate() {
        order(product, call, &catalog, number, planned).await.with_context(|| format!("demo order {number}"))?;
    }
    Ok(plan.len())
}

/// The products of each supplier with their prices, by their codes.
type Catalog = Vec<(Uuid, Vec<Uuid>, Vec<Decimal>)>;

async fn catalog(product: &Product, call: &Call) -> anyhow::Result<Catalog> {
    let catalog: Catalog = product
        .app
        .runner
        .read(call, READ, &|tx| {
            Box::pin(async move {
                let tenant = tx.tenant();
                sqlx::query_as(
                    "select s.id, array_agg(p.id order by p.code), array_agg(p.purchase_price order by p.code)
                     from products p join partners s on s.tenant_id = p.tenant_id and s.id = p.supplier_id
                     where p.tenant_id = $1 and p.purchase_price > 0 and p.archived_at is null
                     group by s.id, s.code order by s.code",
                )
                .bind(tenant)
                .fetch_all(tx.connection().await?)
                .await
                .map_err(kontor_store::sql_error)
            })
        })
        .await?;
    Ok(catalog)
}

async fn order(
    product: &Product,
    call: &Call,
    catalog: &Catalog,
    number: usize,
    planned: &Planned,
) -> anyhow::Result<()> {
    let place = supplier_of(number) % catalog.len().max(1);
    let (supplier, products, prices) = catalog.get(place).context("the demo company has no products to order")?;
    let lines = products.len().min(1 + number % 4);
    let goods = products.iter().zip(prices).take(lines);
    let lines: Vec<Value> = goods
        .map(|(product, price)| json!({ "product_id": product, "quantity": quantity(planned, lines, *price).to_string() }))
        .collect();
    let body = json!({
        "supplier_id": supplier, "order_date": planned.date, "expected_date": planned.expected, "lines": lines,
    });
    let id = create(product, call, &body).await?;
    if planned.progress == Progress::Draft {
        return Ok(());
    }
    let runner = &product.app.runner;
    runner.run(call, ConfirmOrder.on(id, None)).await?;
    let receipt = match planned.progress {
        Progress::Draft | Progress::Confirmed => return Ok(()),
        Progress::Partly(came) => {
            ReceiveGoods { date: Some(came), lines: half_of_first_line(product, call, id).await? }
        }
        Progress::Received(came) => ReceiveGoods { date: Some(came), lines: Vec::new() },
    };
    runner.run(call, receipt.on(id, None)).await?;
    Ok(())
}

/// Every fourth order goes to one of three; of the others each supplier has its turn.
const fn supplier_of(number: usize) -> usize {
    if number % 4 == 3 { number / 4 % 3 } else { number * 11 }
}

/// As many as cost the line's part of the order, at least two.
fn quantity(planned: &Planned, lines: usize, price: Decimal) -> Decimal {
    let part = Decimal::from(planned.worth) / Decimal::from(lines.max(1));
    (part / price).round().max(Decimal::TWO)
}

async fn create(product: &Product, call: &Call, body: &Value) -> anyhow::Result<Uuid> {
    let meta = PurchaseOrder::META;
    let (feature, entity) = product.app.registry.entity(meta.collection).context("no purchase orders")?;
    let draft = Arc::new(parse_draft(meta, body.to_string().as_bytes(), Mode::Create)?);
    let written = product
        .app
        .runner
        .write(call, entity.operation(feature, Verb::Create), &|tx| {
            let draft = Arc::clone(&draft);
            Box::pin(async move { entity.create(tx, (*draft).clone()).await })
        })
        .await?;
    Ok(written.id)
}

async fn half_of_first_line(product: &Product, call: &Call, order: Uuid) -> anyhow::Result<Vec<ReceiveLine>> {
    let stored =
        product.app.runner.read(call, READ, &|tx| Box::pin(tx.record_json(PurchaseOrder::META, order))).await?;
    let stored: Value = serde_json::from_str(&stored.json)?;
    let line = stored.pointer("/lines/0").context("an order without lines")?;
    let line_id = line.get("id").and_then(Value::as_str).context("a line without an id")?.parse()?;
    let quantity: i64 = line.get("quantity").and_then(Value::as_str).context("a line without a quantity")?.parse()?;
    let half = kontor_kernel::Quantity::new((quantity / 2).max(1).into());
    Ok(vec![ReceiveLine { line_id, quantity: half }])
}
