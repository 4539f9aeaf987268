//! The order as a PDF for the supplier.

use kontor_command::Printout;
use kontor_entity::{Entity as _, meta_of};
use kontor_kernel::{Country, Error, Locale, Result};
use kontor_partners::Supplier;
use kontor_store::Tx;
use serde_json::{Value, json};
use uuid::Uuid;

use super::PurchaseOrder;

pub(crate) const PRINTOUT: Printout = Printout {
    on: meta_of::<PurchaseOrder>,
    template: include_str!("order.typ"),
    data: |tx, order, locale| Box::pin(order_print(tx, order, locale)),
};

async fn order_print(tx: &mut Tx, order: Uuid, locale: Locale) -> Result<Value> {
    let order: Value = read(&tx.record_json(PurchaseOrder::META, order).await?.json)?;
    let supplier = order.get("supplier_id").and_then(Value::as_str).and_then(|id| Uuid::try_parse(id).ok());
    let supplier = supplier.ok_or_else(|| Error::internal("an order without a supplier"))?;
    let supplier: Value = read(&tx.record_json(Supplier::META, supplier).await?.json)?;
    let currency = text(&order, "currency").unwrap_or_default();
    let lines: Vec<Value> = order
        .get("lines")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|line| line_data(line, locale, &currency))
        .collect();
    Ok(json!({
        "number": text(&order, "number"),
        "recipient": recipient(&supplier, locale),
        "facts": facts(&order, &supplier, locale),
        "lines": lines,
        "untaxed": locale.money(decimal(&order, "untaxed"), &currency),
        "tax": locale.money(decimal(&order, "tax"), &currency),
        "total": locale.money(decimal(&order, "total"), &currency),
        "note": text(&order, "note"),
        "words": words(locale),
    }))
}

fn line_data(line: &Value, locale: Locale, currency: &str) -> Value {
    let discount = decimal(line, "discount_percent");
    json!({
        "description": text(line, "description"),
        "code": line.get("product").and_then(|product| text(product, "code")),
        "quantity": locale.quantity(decimal(line, "quantity")),
        "price": locale.unit_price(decimal(line, "unit_price"), currency),
        "discount": if discount.is_zero() { String::new() } else { locale.percent(discount) },
        "amount": locale.amount(decimal(line, "amount"), currency),
    })
}

/// The supplier's address as it stands in a window.
fn recipient(supplier: &Value, locale: Locale) -> Vec<String> {
    let place =
        [text(supplier, "postal_code"), text(supplier, "city")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let country = text(supplier, "country").and_then(|code| Country::parse(&code));
    let country = country.map(|country| country.name_in(locale));
    let parts = [
        text(supplier, "name"),
        text(supplier, "contact_name"),
        text(supplier, "street"),
        (!place.is_empty()).then_some(place),
        text(supplier, "region"),
        country.map(str::to_owned),
    ];
    parts.into_iter().flatten().collect()
}

fn facts(order: &Value, supplier: &Value, locale: Locale) -> Vec<(&'static str, String)> {
    let date = |field| text(order, field).and_then(|date| date.parse().ok()).map(|date| locale.date(date));
    let german = locale == Locale::De;
    let word = |english, in_german| if german { in_german } else { english };
    let facts = [
        (word("Order date", "Bestelldatum"), date("order_date")),
        (word("Expected", "Liefertermin"), date("expected_date")),
        (word("Your reference", "Ihre Referenz"), text(order, "supplier_reference")),
        (word("Supplier number", "Lieferantennummer"), text(supplier, "code")),
        (word("Deliver to", "Lieferung an"), order.get("warehouse").and_then(|warehouse| text(warehouse, "name"))),
    ];
    facts.into_iter().filter_map(|(label, value)| value.map(|value| (label, value))).collect()
}

fn words(locale: Locale) -> Value {
    match locale {
        Locale::En => json!({
            "title": "Purchase order", "description": "Description", "quantity": "Quantity", "price": "Unit price",
            "discount": "Discount", "amount": "Amount", "untaxed": "Untaxed", "tax": "Tax", "total": "Total",
        }),
        Locale::De => json!({
            "title": "Bestellung", "description": "Bezeichnung", "quantity": "Menge", "price": "Einzelpreis",
            "discount": "Rabatt", "amount": "Betrag", "untaxed": "Netto", "tax": "Steuer", "total": "Gesamt",
        }),
    }
}

fn read(json: &str) -> Result<Value> {
    serde_json::from_str(json).map_err(Error::internal)
}

fn text(value: &Value, field: &str) -> Option<String> {
    value.get(field).and_then(Value::as_str).map(str::to_owned)
}

fn decimal(value: &Value, field: &str) -> rust_decimal::Decimal {
    value.get(field).and_then(Value::as_str).and_then(|text| text.parse().ok()).unwrap_or_default()
}
