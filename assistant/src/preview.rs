//! What is shown of a record, in words, by its description.

use kontor_entity::{EntityMeta, FieldMeta, Format, Kind};
use kontor_kernel::{Country, Currency, Locale, locale::minor_places};
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;

use crate::{row::Row, shown::LineFields};

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
    pub detail: Option<String>,
}

/// What a person checks before they confirm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preview {
    pub fields: Vec<PreviewItem>,
    pub lines: Vec<PreviewItem>,
    /// What the total is made of, where that is more than one amount.
    pub amounts: Vec<PreviewItem>,
    pub total: Option<String>,
}

impl Preview {
    /// The preview of what is shown of a record. Its amounts are in `books` where it has no currency of its own.
    pub fn of(meta: &EntityMeta, shown: &Value, books: Currency, style: Style) -> Self {
        let row = Row(shown);
        let writer = Writer { currency: row.text("currency").unwrap_or(books.code()), style };
        let header = meta.fields.iter().filter_map(|field| writer.item(row, field)).collect();
        let total = meta.field(TOTAL);
        let lines = meta.lines.map(|lines| (lines.meta)());
        Self {
            fields: header,
            lines: lines.map_or_else(Vec::new, |meta| row.lines().map(|line| writer.line(meta, line)).collect()),
            amounts: parts_of_total(meta, row).filter_map(|field| writer.item(row, field)).collect(),
            total: total.and_then(|field| writer.value(row, field)),
        }
    }
}

const TOTAL: &str = "total";

/// The amounts beside the total, without those that are nothing or all of it: an untaxed order has a total alone.
fn parts_of_total(meta: &EntityMeta, row: Row<'_>) -> impl Iterator<Item = &'static FieldMeta> {
    let total = row.decimal(TOTAL);
    let amounts = meta.computed.iter().filter(|field| matches!(field.kind, Kind::Amount) && field.name != TOTAL);
    amounts.filter(move |field| {
        let amount = row.decimal(field.name);
        amount != total && amount.is_some_and(|amount| !amount.is_zero())
    })
}

/// Writes the values of one record.
#[derive(Clone, Copy)]
struct Writer<'r> {
    currency: &'r str,
    style: Style,
}

impl Writer<'_> {
    fn item(self, row: Row<'_>, field: &FieldMeta) -> Option<PreviewItem> {
        Some(PreviewItem { label: field.title(), value: self.value(row, field)?, detail: None })
    }

    /// One line: what it is about, what it comes to, and of what that is made.
    fn line(self, meta: &EntityMeta, line: Row<'_>) -> PreviewItem {
        let main = LineFields::of(meta);
        let value = |field: Option<&FieldMeta>| field.and_then(|field| self.value(line, field));
        let label = value(main.about).unwrap_or_else(|| meta.label.to_owned());
        let factors: Vec<String> = [main.quantity, main.price].into_iter().filter_map(value).collect();
        let mut parts: Vec<String> = if factors.is_empty() { Vec::new() } else { vec![factors.join(" × ")] };
        for field in meta.fields.iter().filter(|field| !main.has(field)) {
            let nothing = field.is_decimal() && line.decimal(field.name).is_some_and(|value| value.is_zero());
            if let Some(value) = self.value(line, field).filter(|value| !nothing && *value != label) {
                // The sign of a rate stands in its value.
                parts.push(format!("{} {value}", field.title().trim_end_matches(" %")));
            }
        }
        let comes_to = value(main.amount.or(main.quantity)).unwrap_or_default();
        PreviewItem { label, value: comes_to, detail: (!parts.is_empty()).then(|| parts.join(" · ")) }
    }

    /// A field's value, or nothing where there is none.
    fn value(self, row: Row<'_>, field: &FieldMeta) -> Option<String> {
        match field.kind {
            Kind::Link(_) => row.link(field).map(str::to_owned),
            Kind::Choice(choices) => {
                let value = row.text(field.name)?;
                let choice = choices.iter().find(|choice| choice.value == value);
                Some(choice.map_or(value, |choice| choice.label).to_owned())
            }
            Kind::Boolean => row.0.get(field.name)?.as_bool().map(|yes| self.boolean(yes).to_owned()),
            Kind::Integer => row.0.get(field.name)?.as_i64().map(|number| number.to_string()),
            Kind::Texts => {
                let texts = row.0.get(field.name)?.as_array()?.iter().filter_map(Value::as_str);
                let joined = texts.collect::<Vec<_>>().join(", ");
                (!joined.is_empty()).then_some(joined)
            }
            Kind::Text(Format::Country) => row.text(field.name).map(|code| self.country(code)),
            Kind::Date => {
                let text = row.text(field.name)?;
                match (self.style, text.parse()) {
                    (Style::Local(locale), Ok(date)) => Some(locale.date(date)),
                    _ => Some(text.to_owned()),
                }
            }
            _ if field.is_decimal() => row.decimal(field.name).map(|value| self.decimal(value, field.kind)),
            _ => row.text(field.name).map(str::to_owned),
        }
    }

    const fn boolean(self, yes: bool) -> &'static str {
        match (self.style, yes) {
            (Style::Plain, true) => "true",
            (Style::Plain, false) => "false",
            (Style::Local(_), true) => "Yes",
            (Style::Local(_), false) => "No",
        }
    }

    fn country(self, code: &str) -> String {
        let name = match (self.style, Country::from_code(code)) {
            (Style::Local(Locale::En), Some(country)) => country.name(),
            (Style::Local(Locale::De), Some(country)) => country.name_german(),
            (Style::Plain, _) | (_, None) => code,
        };
        name.to_owned()
    }

    fn decimal(self, value: Decimal, kind: Kind) -> String {
        match (self.style, kind) {
            (Style::Local(locale), Kind::Amount) => locale.money(value, self.currency),
            (Style::Local(locale), Kind::UnitPrice) => locale.price(value, self.currency),
            (Style::Local(locale), Kind::Percent) => locale.percent(value),
            (Style::Local(locale), _) => locale.quantity(value),
            (Style::Plain, Kind::Amount | Kind::UnitPrice) => plain_money(value, self.currency),
            (Style::Plain, _) => value.normalize().to_string(),
        }
    }
}

/// At least the currency's decimals.
fn plain_money(value: Decimal, currency: &str) -> String {
    let mut plain = value.normalize();
    let places = minor_places(currency);
    if plain.scale() < places {
        plain.rescale(places);
    }
    plain.to_string()
}
