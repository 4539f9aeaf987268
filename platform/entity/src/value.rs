use chrono::{DateTime, NaiveDate, Utc};
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use uuid::Uuid;

/// A field's value, whatever its kind.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    #[default]
    Null,
    Text(String),
    Integer(i64),
    Boolean(bool),
    Decimal(Decimal),
    Date(NaiveDate),
    Timestamp(DateTime<Utc>),
    Id(Uuid),
    Texts(Vec<String>),
    List(Vec<Record>),
}

impl Value {
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub const fn as_id(&self) -> Option<Uuid> {
        match self {
            Self::Id(id) => Some(*id),
            _ => None,
        }
    }

    pub const fn as_decimal(&self) -> Option<Decimal> {
        match self {
            Self::Decimal(decimal) => Some(*decimal),
            _ => None,
        }
    }

    /// The value as it stands in a cell of an export: empty for nothing, ISO dates, plain decimals.
    pub fn to_cell(&self) -> String {
        match self {
            Self::Null | Self::List(_) => String::new(),
            Self::Text(text) => text.clone(),
            Self::Integer(number) => number.to_string(),
            Self::Boolean(value) => value.to_string(),
            Self::Decimal(decimal) => decimal.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Timestamp(time) => time.to_rfc3339(),
            Self::Id(id) => id.to_string(),
            Self::Texts(texts) => texts.join(", "),
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Decimal(decimal) => serializer.collect_str(decimal),
            Self::Date(date) => serializer.collect_str(date),
            Self::Timestamp(time) => time.serialize(serializer),
            Self::Id(id) => serializer.collect_str(id),
            Self::Texts(texts) => texts.serialize(serializer),
            Self::List(records) => serializer.collect_seq(records.iter().map(|record| &record.0)),
        }
    }
}

/// The values of one record, in the order of its description's fields.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record(Vec<Value>);

impl Record {
    pub const fn new(values: Vec<Value>) -> Self {
        Self(values)
    }

    pub fn values(&self) -> std::slice::Iter<'_, Value> {
        self.0.iter()
    }

    pub fn get(&self, index: usize) -> &Value {
        self.0.get(index).unwrap_or(&Value::Null)
    }

    pub fn set(&mut self, index: usize, value: Value) {
        if let Some(slot) = self.0.get_mut(index) {
            *slot = value;
        }
    }

    pub fn into_values(self) -> Vec<Value> {
        self.0
    }

    pub const fn len(&self) -> usize {
        self.0.len()
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
