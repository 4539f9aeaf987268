//! A record as a card shows it: every field that will be written, by the description.

use kontor_entity::{EntityMeta, FieldMeta, Kind};
use kontor_kernel::{Locale, locale::minor_places};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;

use crate::row::Row;

/// How figures and dates are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// For programs: decimals with a point, ISO 8601.
    Plain,
    /// For people.
    Local(Locale),
}

/// One line of a [`Preview`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PreviewItem {
    pub label: String,
    pub value: String,
    /// What the value is made of: `40 × 18.00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// Exactly what a confirmation writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preview {
    pub fields: Vec<PreviewItem>,
    pub lines: Vec<PreviewItem>,
    pub total: Option<String>,
}

impl Preview {
    /// The preview of a record in the API's JSON.
    pub fn of(meta: &EntityMeta, record: &Value, style: Style) -> Self {
        let row = Row(record);
        let currency = row.text("currency").unwrap_or_default();
        let show = |row: Row<'_>, field: &FieldMeta| shown(row, field, currency, style);
        let written = meta.fields.iter().filter(|field| !field.read_only);
        // What the server works out, such as the tax; the total stands at the end.
        let worked_out =
            meta.computed.iter().filter(|field| matches!(field.kind, Kind::Amount) && field.name != "total");
        let fields = written
            .chain(worked_out)
            .filter_map(|field| Some(PreviewItem { label: field.title(), value: show(row, field)?, detail: None }))
            .collect();
        let lines = meta.lines.map(|lines| (lines.meta)());
        Self {
            fields,
            lines: lines.map_or_else(Vec::new, |meta| row.lines().map(|line| line_item(meta, line, &show)).collect()),
            total: meta.field("total").and_then(|field| show(row, field)),
        }
    }
}

/// One line: what it is about, what it comes to, and of what that is made.
fn line_item(meta: &EntityMeta, line: Row<'_>, show: &dyn Fn(Row<'_>, &FieldMeta) -> Option<String>) -> PreviewItem {
    let first = |kind: fn(&Kind) -> bool| meta.all_fields().find(|field| kind(&field.kind));
    let about = first(|kind| matches!(kind, Kind::Link(_)));
    let quantity = first(|kind| matches!(kind, Kind::Quantity));
    let price = first(|kind| matches!(kind, Kind::UnitPrice));
    let amount = first(|kind| matches!(kind, Kind::Amount));
    let label = about.and_then(|field| show(line, field)).unwrap_or_else(|| meta.label.to_owned());
    let main = [about, quantity, price, amount];
    let product: Vec<String> = [quantity, price].into_iter().flatten().filter_map(|field| show(line, field)).collect();
    let mut parts: Vec<String> = if product.is_empty() { Vec::new() } else { vec![product.join(" × ")] };
    for field in meta.fields {
        let known = main.iter().flatten().any(|one| one.name == field.name);
        let nothing = field.is_decimal() && Row(line.0).decimal(field.name).is_some_and(|value| value.is_zero());
        if let Some(value) = show(line, field).filter(|value| !known && !nothing && *value != label) {
            parts.push(format!("{} {value}", field.title()));
        }
    }
    let value = amount.or(quantity).and_then(|field| show(line, field)).unwrap_or_default();
    PreviewItem { label, value, detail: (!parts.is_empty()).then(|| parts.join(" · ")) }
}

/// A field's value, or nothing where there is none.
fn shown(row: Row<'_>, field: &FieldMeta, currency: &str, style: Style) -> Option<String> {
    match field.kind {
        Kind::Link(_) => row.link(field).map(str::to_owned),
        Kind::Choice(choices) => {
            let value = row.text(field.name)?;
            Some(choices.iter().find(|choice| choice.value == value).map_or(value, |choice| choice.label).to_owned())
        }
        Kind::Boolean => row.0.get(field.name)?.as_bool().map(|yes| yes_no(yes, style).to_owned()),
        Kind::Integer => row.0.get(field.name)?.as_i64().map(|number| number.to_string()),
        Kind::Texts => {
            let texts = row.0.get(field.name)?.as_array()?.iter().filter_map(Value::as_str);
            let joined = texts.collect::<Vec<_>>().join(", ");
            (!joined.is_empty()).then_some(joined)
        }
        Kind::Date => {
            let text = row.text(field.name)?;
            match (style, text.parse()) {
                (Style::Local(locale), Ok(date)) => Some(locale.date(date)),
                _ => Some(text.to_owned()),
            }
        }
        _ if field.is_decimal() => row.decimal(field.name).map(|value| decimal(value, field.kind, currency, style)),
        _ => row.text(field.name).map(str::to_owned),
    }
}

const fn yes_no(yes: bool, style: Style) -> &'static str {
    match (style, yes) {
        (Style::Plain, true) => "true",
        (Style::Plain, false) => "false",
        (Style::Local(Locale::En), true) => "Yes",
        (Style::Local(Locale::En), false) => "No",
        (Style::Local(Locale::De), true) => "Ja",
        (Style::Local(Locale::De), false) => "Nein",
    }
}

fn decimal(value: Decimal, kind: Kind, currency: &str, style: Style) -> String {
    match (style, kind) {
        (Style::Local(locale), Kind::Amount) if !currency.is_empty() => locale.money(value, currency),
        (Style::Local(locale), Kind::Amount) => locale.amount(value, currency),
        (Style::Local(locale), Kind::UnitPrice) => locale.unit_price(value, currency),
        (Style::Local(locale), Kind::Percent) => locale.percent(value),
        (Style::Local(locale), _) => locale.quantity(value),
        (Style::Plain, Kind::Amount | Kind::UnitPrice) => plain_money(value, currency),
        (Style::Plain, _) => value.normalize().to_string(),
    }
}

/// At least the currency's decimals.
pub(crate) fn plain_money(value: Decimal, currency: &str) -> String {
    let mut plain = value.normalize();
    let places = minor_places(currency);
    if plain.scale() < places {
        plain.rescale(places);
    }
    plain.to_string()
}
