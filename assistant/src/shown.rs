//! What of a record its card shows: what was asked for, what had to be chosen, and what it comes to.
//!
//! What the system filled in by itself (today's date, the only warehouse, the currency of the books) is written all the
//! same; a card that repeats it hides what is to be checked.

use kontor_entity::{EntityMeta, FieldMeta, Format, Kind};
use kontor_kernel::{Currency, Result};
use kontor_store::{Tx, sql_error};
use serde_json::{Map, Value};
use sqlx::AssertSqlSafe;

/// The fields that make up a line: what it is about, how many, at what price, and what that comes to.
#[derive(Clone, Copy)]
pub(crate) struct LineFields {
    pub about: Option<&'static FieldMeta>,
    pub quantity: Option<&'static FieldMeta>,
    pub price: Option<&'static FieldMeta>,
    pub amount: Option<&'static FieldMeta>,
}

impl LineFields {
    pub fn of(meta: &EntityMeta) -> Self {
        let first = |of_kind: fn(&Kind) -> bool| meta.all_fields().find(|field| of_kind(&field.kind));
        Self {
            about: first(|kind| matches!(kind, Kind::Link(_))),
            quantity: first(|kind| matches!(kind, Kind::Quantity)),
            price: first(|kind| matches!(kind, Kind::UnitPrice)),
            amount: first(|kind| matches!(kind, Kind::Amount)),
        }
    }

    pub fn has(self, field: &FieldMeta) -> bool {
        let Self { about, quantity, price, amount } = self;
        [about, quantity, price, amount].into_iter().flatten().any(|one| one.name == field.name)
    }
}

/// Whether a body says something for a field.
pub(crate) fn is_given(body: &Value, field: &str) -> bool {
    body.get(field).is_some_and(|value| !value.is_null() && value.as_str().is_none_or(|text| !text.trim().is_empty()))
}

/// The part of `record` that its card shows. `asked` is the body that it came of, `books` the currency of the company's
/// books, and `sole` the links that left nothing to choose.
pub(crate) fn shown_part(meta: &EntityMeta, asked: &Value, record: &Value, books: Currency, sole: &[&str]) -> Value {
    let is_shown = |field: &&'static FieldMeta| match field.kind {
        Kind::Text(Format::Currency) => record.get(field.name).and_then(Value::as_str) != Some(books.code()),
        Kind::Link(_) if field.filled => !sole.contains(&field.name),
        _ => is_chosen(field, asked),
    };
    let amounts = meta.computed.iter().filter(|field| matches!(field.kind, Kind::Amount));
    let mut shown = part_of(record, meta.fields.iter().filter(is_shown).chain(amounts));
    if let (Some(of), Some(lines)) = (meta.lines, record.get("lines").and_then(Value::as_array)) {
        let nothing = Value::Null;
        let asked = |number| asked.get("lines").and_then(|lines| lines.get(number)).unwrap_or(&nothing);
        let lines = lines.iter().enumerate().map(|(number, line)| shown_line((of.meta)(), asked(number), line));
        shown.insert("lines".to_owned(), lines.collect());
    }
    Value::Object(shown)
}

fn shown_line(meta: &EntityMeta, asked: &Value, line: &Value) -> Value {
    let main = LineFields::of(meta);
    let chosen = meta.fields.iter().filter(|field| main.has(field) || is_chosen(field, asked));
    let worked_out = meta.computed.iter().filter(|field| main.has(field));
    Value::Object(part_of(line, chosen.chain(worked_out)))
}

/// Whether the field was asked for, or nothing else could have decided it.
fn is_chosen(field: &FieldMeta, asked: &Value) -> bool {
    !field.read_only && (is_given(asked, field.name) || !field.optional())
}

/// The fields of a record that have a value, a link with what it points to.
fn part_of(record: &Value, fields: impl Iterator<Item = &'static FieldMeta>) -> Map<String, Value> {
    let names = fields.flat_map(|field| [Some(field.name), field.link_name()]).flatten();
    names
        .filter_map(|name| Some((name.to_owned(), record.get(name).filter(|value| !value.is_null())?.clone())))
        .collect()
}

/// The same part of a record as `shown` is of another one.
pub(crate) fn same_part(shown: &Value, record: &Value) -> Value {
    match (shown, record) {
        (Value::Object(shown), Value::Object(record)) => {
            let both = shown.iter().filter_map(|(name, value)| Some((name, value, record.get(name)?)));
            both.map(|(name, shown, value)| (name.clone(), same_part(shown, value))).collect()
        }
        (Value::Array(shown), Value::Array(record)) if shown.len() == record.len() => {
            shown.iter().zip(record).map(|(shown, value)| same_part(shown, value)).collect()
        }
        _ => record.clone(),
    }
}

/// The links that are filled in when left out and of which the company has no two records to choose from.
pub(crate) async fn sole_links(tx: &mut Tx, meta: &'static EntityMeta) -> Result<Vec<&'static str>> {
    let tenant = tx.tenant();
    let mut sole = Vec::new();
    for field in meta.fields.iter().filter(|field| field.filled) {
        let Kind::Link(target) = field.kind else { continue };
        let target = target();
        let role = target.role.map(|role| format!(" and {role}")).unwrap_or_default();
        let sql = format!(
            "select count(*) from (
                 select 1 from {} where tenant_id = $1 and archived_at is null{role} limit 2) as few",
            target.table
        );
        let few: i64 = sqlx::query_scalar(AssertSqlSafe(sql))
            .bind(tenant)
            .fetch_one(tx.connection().await?)
            .await
            .map_err(sql_error)?;
        if few < 2 {
            sole.push(field.name);
        }
    }
    Ok(sole)
}
