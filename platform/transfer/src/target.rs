//! Which fields of an entity a file can fill.

use kontor_entity::{EntityMeta, FieldMeta, Format, Kind};
use kontor_exchange::{Target, TargetKind};

/// A field with its place among the description's own.
pub(crate) type Place = (usize, &'static FieldMeta);

/// The fields that a column can go to: what a client may write and what fits into one cell.
pub fn importable_fields(meta: &'static EntityMeta) -> impl Iterator<Item = Place> {
    meta.fields.iter().enumerate().filter(|(_, field)| !field.read_only && fits_cell(field))
}

/// Whether a field's value can be written into one cell. Secrets are never written anywhere.
pub(crate) fn fits_cell(field: &FieldMeta) -> bool {
    !matches!(field.kind, Kind::List(_) | Kind::Object(_) | Kind::Text(Format::Secret))
}

/// The titles of an entity's fields, which the targets borrow.
pub(crate) fn labels(meta: &'static EntityMeta) -> Vec<String> {
    importable_fields(meta).map(|(_, field)| field.title()).collect()
}

/// The targets of the mapping's guess.
pub(crate) fn targets<'t>(meta: &'static EntityMeta, labels: &'t [String]) -> Vec<Target<'t>> {
    let fields = importable_fields(meta).zip(labels);
    fields
        .map(|((_, field), label)| Target {
            name: field.name,
            label,
            aliases: field.aliases,
            kind: kind(field),
            required: is_needed(field),
        })
        .collect()
}

/// Whether a new record cannot be without a value from the file.
pub const fn is_needed(field: &FieldMeta) -> bool {
    !field.optional() && !field.filled
}

fn kind(field: &FieldMeta) -> TargetKind {
    match field.kind {
        Kind::Integer => TargetKind::Integer,
        Kind::Boolean => TargetKind::Bool,
        Kind::Date | Kind::Timestamp => TargetKind::Date,
        Kind::Link(_) => TargetKind::Link,
        Kind::Text(Format::Email) => TargetKind::Email,
        Kind::Text(Format::Phone) => TargetKind::Phone,
        Kind::Text(Format::Country) => TargetKind::Country,
        Kind::Text(Format::Currency) => TargetKind::Currency,
        _ if field.is_decimal() => TargetKind::Decimal,
        _ => TargetKind::Text,
    }
}
