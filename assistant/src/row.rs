use kontor_entity::FieldMeta;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

/// A record in the API's JSON, read by the names of its fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'r>(pub &'r Value);

impl<'r> Row<'r> {
    pub fn text(self, name: &str) -> Option<&'r str> {
        self.0.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    pub fn decimal(self, name: &str) -> Option<Decimal> {
        self.text(name).and_then(|text| text.parse().ok())
    }

    pub fn id(self, name: &str) -> Option<Uuid> {
        self.text(name).and_then(|text| text.parse().ok())
    }

    /// What a link's record is called: its name, else its code.
    pub fn link(self, field: &FieldMeta) -> Option<&'r str> {
        self.linked(field.link_name()?)
    }

    pub fn linked(self, name: &str) -> Option<&'r str> {
        let to = Row(self.0.get(name)?);
        to.text("name").or_else(|| to.text("code"))
    }

    pub fn lines(self) -> impl Iterator<Item = Row<'r>> {
        self.0.get("lines").and_then(Value::as_array).into_iter().flatten().map(Row)
    }
}
