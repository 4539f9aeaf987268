//! A form for a new record that is filled before anybody types: its address says with what.

use kontor_entity::EntityMeta;

use super::fields::inputs;
use crate::{
    browser,
    pages::display::{Display, StoredJson, record_currency},
};

/// A proxy may cut off what is longer.
const LONGEST: usize = 4_000;

/// The inputs of a document's line, and the fields that they hold.
const LINE: [(&str, &str); 6] = [
    ("line_product_id", "product_id"),
    ("line_product", "description"),
    ("line_quantity", "quantity"),
    ("line_unit_price", "unit_price"),
    ("line_discount_percent", "discount_percent"),
    ("line_tax_id", "tax_id"),
];

/// The address of the form for a new record, filled with this one; none where it would be too long.
pub(crate) fn filled_form(meta: &'static EntityMeta, record: &StoredJson, display: &Display) -> Option<String> {
    let known = |name: &str| Some(record.text(name).to_owned()).filter(|text| !text.is_empty());
    let currency = record_currency(meta, known, &display.currency);
    let header = inputs(meta).map(|field| (field.name, display.input(field, &record.value(field), &currency)));
    let mut pairs: Vec<_> = header.filter(|(_, text)| !text.is_empty()).collect();
    if let Some(lines) = meta.lines {
        for line in record.lines() {
            // The n-th inputs of each name belong together, so that an empty one is named as well.
            pairs.extend(LINE.map(|(input, name)| {
                let field = (lines.meta)().field(name);
                (input, field.map_or_else(String::new, |field| display.input(field, &line.value(field), &currency)))
            }));
        }
    }
    let pairs: Vec<_> = pairs.iter().map(|(name, text)| format!("{name}={}", browser::encode(text))).collect();
    let url = format!("{}/new?{}", meta.list_url(), pairs.join("&"));
    (url.len() <= LONGEST).then_some(url)
}
