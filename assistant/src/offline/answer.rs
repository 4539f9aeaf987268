//! Questions answered from the records. Every figure's record is cited.

use std::collections::HashMap;

use chrono::NaiveDate;
use kontor_kernel::Result;
use kontor_planner::{Candidate, Query};
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use super::{
    ORDERS, PRODUCTS, STOCK, SUPPLIERS,
    wording::{OrderLine, Place, Scarce, Wording},
};
use crate::{Citation, Desk, row::Row};

/// Orders and products that one answer names.
const NAMED: usize = 20;
/// Records that one answer counts.
const COUNTED: usize = 5_000;

/// The answer in a sentence or a short list.
pub(super) async fn answer_query(desk: &mut Desk, query: &Query, words: Wording, today: NaiveDate) -> Result<String> {
    match query {
        Query::Stock { product } => stock(desk, product, words).await,
        Query::OpenOrders { supplier } => open_orders(desk, supplier.as_ref(), words).await,
        Query::Overdue => overdue(desk, words, today).await,
        Query::Price { product } => price(desk, product, words).await,
        Query::SupplierOf { product } => supplier_of(desk, product, words).await,
        Query::ProductsOf { supplier } => products_of(desk, supplier, words).await,
        Query::LowStock => low_stock(desk, words).await,
    }
}

fn cite(desk: &mut Desk, collection: &str, record: &Value) -> Result<()> {
    let meta = desk.entity(collection)?.1.meta;
    if let Some(citation) = Citation::of(meta, record) {
        desk.cite(citation);
    }
    Ok(())
}

fn cite_named(desk: &mut Desk, collection: &str, candidate: &Candidate) -> Result<()> {
    let meta = desk.entity(collection)?.1.meta;
    desk.cite(Citation::named(meta, candidate.id, &candidate.name));
    Ok(())
}

/// The sums per warehouse, and over all.
async fn stock(desk: &mut Desk, product: &Candidate, words: Wording) -> Result<String> {
    let id = product.id.to_string();
    let (levels, _) = desk.all(STOCK, &[("filter[product_id]", &id)], COUNTED).await?;
    let mut places: Vec<Place> = Vec::new();
    for level in &levels {
        let row = Row(level);
        let name = row.linked("warehouse").unwrap_or_default();
        let (on_hand, available) =
            (row.decimal("on_hand").unwrap_or_default(), row.decimal("available").unwrap_or_default());
        match places.iter_mut().find(|place| place.name == name) {
            Some(place) => {
                place.on_hand += on_hand;
                place.available += available;
            }
            None => places.push(Place { name: name.to_owned(), on_hand, available }),
        }
    }
    cite_named(desk, PRODUCTS, product)?;
    for level in &levels {
        cite(desk, STOCK, level)?;
    }
    places.sort_by(|a, b| b.on_hand.cmp(&a.on_hand).then_with(|| a.name.cmp(&b.name)));
    Ok(words.stock(&product.name, product.unit.as_deref(), &places))
}

const OPEN: [(&str, &str); 2] = [("filter[state]", "confirmed"), ("filter[receipt][in]", "none,partial")];

/// Confirmed orders of which goods are still to come.
async fn open_orders(desk: &mut Desk, supplier: Option<&Candidate>, words: Wording) -> Result<String> {
    let id = supplier.map(|supplier| supplier.id.to_string());
    let mut conditions = OPEN.to_vec();
    if let Some(id) = &id {
        conditions.push(("filter[supplier_id]", id));
    }
    conditions.push(("sort", "expected_date"));
    let (orders, more) = desk.all(ORDERS, &conditions, COUNTED).await?;
    if let Some(supplier) = supplier {
        cite_named(desk, SUPPLIERS, supplier)?;
    }
    let lines = order_lines(desk, &orders)?;
    Ok(words.open_orders(supplier.map(|supplier| supplier.name.as_str()), &lines, orders.len(), more))
}

async fn overdue(desk: &mut Desk, words: Wording, today: NaiveDate) -> Result<String> {
    let today_text = today.to_string();
    let mut conditions = OPEN.to_vec();
    conditions.push(("filter[expected_date][lt]", &today_text));
    conditions.push(("sort", "expected_date"));
    let (orders, more) = desk.all(ORDERS, &conditions, COUNTED).await?;
    let lines = order_lines(desk, &orders)?;
    Ok(words.overdue(&lines, orders.len(), more, today))
}

/// The first orders in words, each cited.
fn order_lines(desk: &mut Desk, orders: &[Value]) -> Result<Vec<OrderLine>> {
    let mut lines = Vec::new();
    for order in orders.iter().take(NAMED) {
        cite(desk, ORDERS, order)?;
        let row = Row(order);
        lines.push(OrderLine {
            number: row.text("number").unwrap_or_default().to_owned(),
            supplier: row.linked("supplier").unwrap_or_default().to_owned(),
            total: row.decimal("total").unwrap_or_default(),
            currency: row.text("currency").unwrap_or_default().to_owned(),
            expected: row.text("expected_date").and_then(|date| date.parse().ok()),
            partly: row.text("receipt") == Some("partial"),
        });
    }
    Ok(lines)
}

async fn price(desk: &mut Desk, product: &Candidate, words: Wording) -> Result<String> {
    let record = desk.record(PRODUCTS, product.id).await?;
    cite(desk, PRODUCTS, &record)?;
    let row = Row(&record);
    Ok(words.price(&product.name, product.unit.as_deref(), row.decimal("purchase_price"), row.decimal("sales_price")))
}

async fn supplier_of(desk: &mut Desk, product: &Candidate, words: Wording) -> Result<String> {
    let record = desk.record(PRODUCTS, product.id).await?;
    cite(desk, PRODUCTS, &record)?;
    let row = Row(&record);
    if let (Some(id), Some(name)) = (row.id("supplier_id"), row.linked("supplier")) {
        let meta = desk.entity(SUPPLIERS)?.1.meta;
        desk.cite(Citation::named(meta, id, name));
    }
    Ok(words.supplier_of(&product.name, row.linked("supplier")))
}

async fn products_of(desk: &mut Desk, supplier: &Candidate, words: Wording) -> Result<String> {
    let id = supplier.id.to_string();
    let (products, more) = desk.all(PRODUCTS, &[("filter[supplier_id]", &id), ("sort", "name")], COUNTED).await?;
    cite_named(desk, SUPPLIERS, supplier)?;
    let mut names = Vec::new();
    for product in products.iter().take(NAMED) {
        cite(desk, PRODUCTS, product)?;
        names.push(Row(product).text("name").unwrap_or_default().to_owned());
    }
    Ok(words.products_of(&supplier.name, &names, products.len(), more))
}

/// Products of which no more than their reorder point is available.
async fn low_stock(desk: &mut Desk, words: Wording) -> Result<String> {
    let (products, more) = desk.all(PRODUCTS, &[("sort", "name")], COUNTED).await?;
    let (levels, more_levels) = desk.all(STOCK, &[], COUNTED).await?;
    let mut available: HashMap<Uuid, Decimal> = HashMap::new();
    for level in &levels {
        let row = Row(level);
        if let Some(id) = row.id("product_id") {
            *available.entry(id).or_default() += row.decimal("available").unwrap_or_default();
        }
    }
    let mut scarce = Vec::new();
    let mut count = 0_usize;
    for product in &products {
        let row = Row(product);
        let (Some(id), Some(point)) = (row.id("id"), row.decimal("reorder_point")) else { continue };
        let here = available.get(&id).copied().unwrap_or_default();
        if point.is_zero() || here > point {
            continue;
        }
        count += 1;
        if scarce.len() < NAMED {
            cite(desk, PRODUCTS, product)?;
            for level in levels.iter().filter(|level| Row(level).id("product_id") == Some(id)) {
                cite(desk, STOCK, level)?;
            }
            scarce.push(Scarce { product: row.text("name").unwrap_or_default().to_owned(), available: here, point });
        }
    }
    Ok(words.low_stock(&scarce, count, more || more_levels))
}
