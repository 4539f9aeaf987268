//! Descriptions as JSON schemas of a tool's arguments.

use kontor_entity::{EntityMeta, FieldMeta, Kind};
use serde_json::{Map, Value, json};

/// The body of a create: every field a client may write, with the lines.
pub(super) fn draft_schema(meta: &'static EntityMeta) -> Value {
    let writable = meta.fields.iter().filter(|field| !field.read_only);
    let mut schema = fields_schema(writable);
    if let Some(lines) = meta.lines
        && let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut)
    {
        let line = draft_schema((lines.meta)());
        properties.insert("lines".to_owned(), json!({ "type": "array", "items": line, "minItems": 1 }));
    }
    schema
}

/// The parameters of a report.
pub(super) fn parameters_schema(fields: &'static [FieldMeta]) -> Value {
    fields_schema(fields.iter())
}

fn fields_schema(fields: impl Iterator<Item = &'static FieldMeta>) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in fields {
        properties.insert(field.name.to_owned(), field_schema(field));
        if !field.optional() {
            required.push(field.name);
        }
    }
    super::object(Value::Object(properties), &required)
}

fn field_schema(field: &FieldMeta) -> Value {
    let mut schema = match field.kind {
        Kind::Text(_) => json!({ "type": "string", "maxLength": field.max }),
        Kind::Integer => json!({ "type": "integer" }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Amount | Kind::UnitPrice | Kind::Quantity | Kind::Percent | Kind::Factor => {
            json!({ "type": "string", "pattern": r"^-?[0-9]+(\.[0-9]{1,6})?$" })
        }
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Timestamp => json!({ "type": "string", "format": "date-time" }),
        Kind::Id => json!({ "type": "string", "format": "uuid" }),
        Kind::Link(_) => json!({ "type": "string", "format": "uuid" }),
        Kind::Choice(choices) => {
            let values: Vec<&str> = choices.iter().map(|choice| choice.value).collect();
            json!({ "type": "string", "enum": values })
        }
        Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::List(fields) => json!({ "type": "array", "items": fields_schema(fields().iter()) }),
        Kind::Object(fields) => fields_schema(fields().iter()),
    };
    if let Some(object) = schema.as_object_mut() {
        object.insert("description".to_owned(), Value::String(description(field)));
    }
    schema
}

fn description(field: &FieldMeta) -> String {
    let mut text = if field.help.is_empty() { field.title() } else { field.help.to_owned() };
    if let Kind::Link(target) = field.kind {
        text.push_str(&format!(" The id of one of the {}.", target().collection));
    }
    text
}
