//! Values to parameters and rows to values, by kind.

use chrono::{DateTime, NaiveDate, Utc};
use kontor_entity::{FieldMeta, Kind, Record, Value};
use kontor_kernel::Result;
use rust_decimal::Decimal;
use sqlx::{
    Decode, Encode, Postgres, Row, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgArguments, PgHasArrayType, PgRow, PgTypeInfo, PgValueFormat, PgValueRef},
    query::Query,
};
use uuid::Uuid;

use crate::constraint::sql_error;

/// A decimal that keeps its scale also when it is zero: an amount of `0.00` is not `0`.
///
/// sqlx's own codec for `Decimal` drops the scale of a zero, writing and reading.
pub(crate) struct Numeric(pub Decimal);

/// Bytes of a numeric's header on the wire: digits, weight, sign, scale, two bytes each.
const NUMERIC_HEADER: usize = 8;

impl Type<Postgres> for Numeric {
    fn type_info() -> PgTypeInfo {
        <Decimal as Type<Postgres>>::type_info()
    }
}

impl PgHasArrayType for Numeric {
    fn array_type_info() -> PgTypeInfo {
        <Decimal as PgHasArrayType>::array_type_info()
    }
}

impl Encode<'_, Postgres> for Numeric {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        if !self.0.is_zero() {
            return <Decimal as Encode<'_, Postgres>>::encode_by_ref(&self.0, buffer);
        }
        let scale = u16::try_from(self.0.scale())?.to_be_bytes();
        buffer.extend_from_slice(&[0; NUMERIC_HEADER - 2]);
        buffer.extend_from_slice(&scale);
        Ok(IsNull::No)
    }
}

impl<'r> Decode<'r, Postgres> for Numeric {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        if value.format() == PgValueFormat::Binary
            && let [0, 0, _, _, 0, 0, high, low] = value.as_bytes()?
        {
            return Ok(Self(Decimal::new(0, u32::from(u16::from_be_bytes([*high, *low])))));
        }
        <Decimal as Decode<'r, Postgres>>::decode(value).map(Self)
    }
}

/// A statement under construction.
pub type PgQuery<'q> = Query<'q, Postgres, PgArguments>;

/// How a kind lies in PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ColumnType {
    Text,
    Integer,
    Boolean,
    Numeric,
    Date,
    Timestamp,
    Uuid,
    Texts,
}

impl ColumnType {
    pub const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Text(_) | Kind::Choice(_) | Kind::List(_) | Kind::Object(_) => Self::Text,
            Kind::Integer => Self::Integer,
            Kind::Boolean => Self::Boolean,
            Kind::Amount | Kind::UnitPrice | Kind::Quantity | Kind::Percent | Kind::Factor => Self::Numeric,
            Kind::Date => Self::Date,
            Kind::Timestamp => Self::Timestamp,
            Kind::Id | Kind::Link(_) => Self::Uuid,
            Kind::Texts => Self::Texts,
        }
    }

    /// The array type that carries a column of many lines.
    pub const fn array(self) -> &'static str {
        match self {
            Self::Text | Self::Texts => "text[]",
            Self::Integer => "int4[]",
            Self::Boolean => "bool[]",
            Self::Numeric => "numeric[]",
            Self::Date => "date[]",
            Self::Timestamp => "timestamptz[]",
            Self::Uuid => "uuid[]",
        }
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_text().map(str::to_owned)
}

fn integer(value: &Value) -> Option<i32> {
    match value {
        Value::Integer(number) => i32::try_from(*number).ok(),
        _ => None,
    }
}

fn boolean(value: &Value) -> Option<bool> {
    match value {
        Value::Boolean(value) => Some(*value),
        _ => None,
    }
}

fn date(value: &Value) -> Option<NaiveDate> {
    match value {
        Value::Date(date) => Some(*date),
        _ => None,
    }
}

fn timestamp(value: &Value) -> Option<DateTime<Utc>> {
    match value {
        Value::Timestamp(time) => Some(*time),
        _ => None,
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::Texts(texts) => Some(texts.clone()),
        _ => None,
    }
}

/// One value as one parameter.
pub(crate) fn bind<'q>(query: PgQuery<'q>, kind: Kind, value: &Value) -> PgQuery<'q> {
    match ColumnType::of(kind) {
        ColumnType::Text => query.bind(text(value)),
        ColumnType::Integer => query.bind(integer(value)),
        ColumnType::Boolean => query.bind(boolean(value)),
        ColumnType::Numeric => query.bind(value.as_decimal().map(Numeric)),
        ColumnType::Date => query.bind(date(value)),
        ColumnType::Timestamp => query.bind(timestamp(value)),
        ColumnType::Uuid => query.bind(value.as_id()),
        ColumnType::Texts => query.bind(texts(value)),
    }
}

/// One field of many records as one array parameter.
pub(crate) fn bind_array<'q, 'v>(
    query: PgQuery<'q>,
    kind: Kind,
    values: impl Iterator<Item = &'v Value>,
) -> PgQuery<'q> {
    match ColumnType::of(kind) {
        ColumnType::Text | ColumnType::Texts => query.bind(values.map(text).collect::<Vec<_>>()),
        ColumnType::Integer => query.bind(values.map(integer).collect::<Vec<_>>()),
        ColumnType::Boolean => query.bind(values.map(boolean).collect::<Vec<_>>()),
        ColumnType::Numeric => query.bind(values.map(|value| value.as_decimal().map(Numeric)).collect::<Vec<_>>()),
        ColumnType::Date => query.bind(values.map(date).collect::<Vec<_>>()),
        ColumnType::Timestamp => query.bind(values.map(timestamp).collect::<Vec<_>>()),
        ColumnType::Uuid => query.bind(values.map(Value::as_id).collect::<Vec<_>>()),
    }
}

/// One column of a row as a value.
pub(crate) fn read(row: &PgRow, index: usize, kind: Kind) -> Result<Value> {
    let value = match ColumnType::of(kind) {
        ColumnType::Text => row.try_get::<Option<String>, _>(index).map(|v| v.map(Value::Text)),
        ColumnType::Integer => row.try_get::<Option<i32>, _>(index).map(|v| v.map(|n| Value::Integer(n.into()))),
        ColumnType::Boolean => row.try_get::<Option<bool>, _>(index).map(|v| v.map(Value::Boolean)),
        ColumnType::Numeric => row.try_get::<Option<Numeric>, _>(index).map(|v| v.map(|n| Value::Decimal(n.0))),
        ColumnType::Date => row.try_get::<Option<NaiveDate>, _>(index).map(|v| v.map(Value::Date)),
        ColumnType::Timestamp => row.try_get::<Option<DateTime<Utc>>, _>(index).map(|v| v.map(Value::Timestamp)),
        ColumnType::Uuid => row.try_get::<Option<Uuid>, _>(index).map(|v| v.map(Value::Id)),
        ColumnType::Texts => row.try_get::<Option<Vec<String>>, _>(index).map(|v| v.map(Value::Texts)),
    };
    Ok(value.map_err(sql_error)?.unwrap_or_default())
}

/// The fields' columns, which lie together from `offset`.
pub(crate) fn read_record<'f>(
    row: &PgRow,
    offset: usize,
    fields: impl Iterator<Item = &'f FieldMeta>,
) -> Result<Record> {
    let values: Result<Vec<Value>> =
        fields.enumerate().map(|(index, field)| read(row, offset + index, field.kind)).collect();
    values.map(Record::new)
}
