//! Rows to JSON by the description, without a detour through a tree of values.

use chrono::{DateTime, Datelike as _, NaiveDate, SecondsFormat, Timelike as _, Utc};
use kontor_entity::{EntityMeta, FieldMeta, Kind, Record, Value};
use kontor_kernel::{Error, Result};
use rust_decimal::Decimal;
use serde::Serialize;
use sqlx::{Decode, Postgres, Row, postgres::PgRow};
use uuid::Uuid;

use crate::{
    constraint::sql_error,
    names::LinkNames,
    sql::{EntitySql, LINE_COLUMNS, LinesSql, Links, SYSTEM_COLUMNS},
    value::{ColumnType, Numeric},
    write::{NewRecord, Stamp},
};

/// A record as it has just been written, known without reading it back.
pub(crate) struct Known<'a> {
    pub record: &'a NewRecord,
    pub version: i64,
    pub created: Stamp,
    pub updated: Stamp,
    pub names: &'a LinkNames,
}

/// JSON text under construction.
pub(crate) struct JsonWriter(Vec<u8>);

impl JsonWriter {
    pub fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    pub fn into_string(self) -> Result<String> {
        String::from_utf8(self.0).map_err(Error::internal)
    }

    pub fn raw(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    fn key(&mut self, name: &str) {
        if !matches!(self.0.last(), Some(b'{')) {
            self.0.push(b',');
        }
        self.raw("\"");
        self.raw(name);
        self.raw("\":");
    }

    fn value(&mut self, value: &(impl Serialize + ?Sized)) -> Result<()> {
        serde_json::to_writer(&mut self.0, value).map_err(Error::internal)
    }

    fn null(&mut self) {
        self.raw("null");
    }

    fn decimal(&mut self, decimal: Decimal) -> Result<()> {
        use std::io::Write as _;
        write!(self.0, "\"{decimal}\"").map_err(Error::internal)
    }

    fn id(&mut self, id: Uuid) {
        self.raw("\"");
        self.0.extend_from_slice(id.hyphenated().encode_lower(&mut Uuid::encode_buffer()).as_bytes());
        self.raw("\"");
    }

    // Dates and times are on every row. The general formatting of chrono took a third of a list's time.

    fn date(&mut self, date: NaiveDate) -> Result<()> {
        match u32::try_from(date.year()) {
            Ok(year @ 0..=9_999) => {
                self.raw("\"");
                self.day(year, date);
                self.raw("\"");
                Ok(())
            }
            _ => self.value(&date.to_string()),
        }
    }

    fn time(&mut self, time: DateTime<Utc>) -> Result<()> {
        match u32::try_from(time.year()) {
            Ok(year @ 0..=9_999) => {
                self.raw("\"");
                self.day(year, time.date_naive());
                self.raw("T");
                self.figures(time.hour(), 2);
                self.raw(":");
                self.figures(time.minute(), 2);
                self.raw(":");
                self.figures(time.second(), 2);
                self.raw(".");
                self.figures(time.timestamp_subsec_micros(), 6);
                self.raw("Z\"");
                Ok(())
            }
            _ => self.value(&time.to_rfc3339_opts(SecondsFormat::Micros, true)),
        }
    }

    fn day(&mut self, year: u32, date: NaiveDate) {
        self.figures(year, 4);
        self.raw("-");
        self.figures(date.month(), 2);
        self.raw("-");
        self.figures(date.day(), 2);
    }

    /// The last `places` decimal figures of a number.
    fn figures(&mut self, number: u32, places: u32) {
        for place in (0..places).rev() {
            let figure = number / 10_u32.pow(place) % 10;
            self.0.push(b'0' + u8::try_from(figure).unwrap_or_default());
        }
    }

    /// A stored record as one object. `rows` are its header joined with its lines, where it has lines.
    pub fn record(&mut self, sql: &EntitySql, rows: &[PgRow]) -> Result<()> {
        let Some(row) = rows.first() else { return Err(Error::internal("a record without its row")) };
        self.header(sql, row)?;
        if let Some(lines) = &sql.lines {
            self.key("lines");
            self.raw("[");
            let mut first = true;
            for row in rows {
                let offset = sql.lines_offset();
                if row.try_get::<Option<Uuid>, _>(offset).map_err(sql_error)?.is_none() {
                    continue;
                }
                if !first {
                    self.raw(",");
                }
                first = false;
                self.line(lines, row, offset)?;
            }
            self.raw("]");
        }
        self.raw("}");
        Ok(())
    }

    /// A record without its lines, as a list shows it.
    pub fn listed(&mut self, sql: &EntitySql, row: &PgRow) -> Result<()> {
        self.header(sql, row)?;
        self.raw("}");
        Ok(())
    }

    /// The same object as [`JsonWriter::record`] makes of rows, of a record in use whose links are all named.
    pub fn known(&mut self, sql: &EntitySql, known: &Known<'_>) -> Result<()> {
        let stamp = |stamp: Stamp| (Value::Timestamp(stamp.at), stamp.by.map_or(Value::Null, Value::Id));
        let (created_at, created_by) = stamp(known.created);
        let (updated_at, updated_by) = stamp(known.updated);
        self.raw("{");
        self.key("id");
        self.id(known.record.id);
        self.key("version");
        self.value(&known.version)?;
        let system = [
            ("created_at", created_at),
            ("created_by", created_by),
            ("updated_at", updated_at),
            ("updated_by", updated_by),
            ("archived_at", Value::Null),
        ];
        for (name, value) in &system {
            self.key(name);
            self.known_value(value)?;
        }
        self.known_fields(sql.meta, &sql.links, &known.record.values, known.names)?;
        if let Some(lines) = &sql.lines {
            self.key("lines");
            self.raw("[");
            for (number, line) in (1..).zip(&known.record.lines) {
                self.raw(if number == 1 { "{" } else { ",{" });
                self.key("id");
                self.id(line.id);
                self.key("position");
                self.value(&number)?;
                self.known_fields(lines.meta, &lines.links, &line.values, known.names)?;
                self.raw("}");
            }
            self.raw("]");
        }
        self.raw("}");
        Ok(())
    }

    fn known_fields(&mut self, meta: &EntityMeta, links: &Links, values: &Record, names: &LinkNames) -> Result<()> {
        for (field, value) in meta.all_fields().zip(values.values()) {
            self.key(field.name);
            self.known_value(value)?;
        }
        for (index, field) in links {
            let Some(name) = field.link_name() else { continue };
            self.key(name);
            let Some(id) = values.get(*index).as_id() else {
                self.null();
                continue;
            };
            let named = names.get(id).ok_or_else(|| Error::internal("a record written with an unnamed link"))?;
            self.raw("{");
            self.key("id");
            self.id(id);
            self.key("code");
            self.value(&named.code)?;
            self.key("name");
            self.value(&named.name)?;
            self.raw("}");
        }
        Ok(())
    }

    fn known_value(&mut self, value: &Value) -> Result<()> {
        match value {
            Value::Null => self.null(),
            Value::Decimal(decimal) => self.decimal(*decimal)?,
            Value::Date(date) => self.date(*date)?,
            Value::Timestamp(time) => self.time(*time)?,
            Value::Id(id) => self.id(*id),
            other => self.value(other)?,
        }
        Ok(())
    }

    /// The object of a header, left open.
    fn header(&mut self, sql: &EntitySql, row: &PgRow) -> Result<()> {
        self.raw("{");
        self.key("id");
        self.uuid(row, 0)?;
        self.key("version");
        let version: i64 = row.try_get(1).map_err(sql_error)?;
        self.value(&version)?;
        self.key("created_at");
        self.column(row, 2, ColumnType::Timestamp)?;
        self.key("created_by");
        self.uuid(row, 3)?;
        self.key("updated_at");
        self.column(row, 4, ColumnType::Timestamp)?;
        self.key("updated_by");
        self.uuid(row, 5)?;
        self.key("archived_at");
        self.column(row, 6, ColumnType::Timestamp)?;
        self.fields(row, SYSTEM_COLUMNS, sql.meta.all_fields())?;
        self.source(sql.meta, row)?;
        self.links(row, &sql.links, SYSTEM_COLUMNS, sql.links_offset())
    }

    /// `"source": {"type": …, "id": …}`: the record, of any kind, that led to this one.
    fn source(&mut self, meta: &EntityMeta, row: &PgRow) -> Result<()> {
        if !meta.sourced {
            return Ok(());
        }
        let column = |name| meta.all_fields().position(|field| field.name == name).map(|index| SYSTEM_COLUMNS + index);
        let (Some(kind), Some(id)) = (column("source_type"), column("source_id")) else {
            return Err(Error::internal(format!("{} is sourced without the columns for it", meta.name)));
        };
        self.key("source");
        self.raw("{");
        self.key("type");
        self.column(row, kind, ColumnType::Text)?;
        self.key("id");
        self.uuid(row, id)?;
        self.raw("}");
        Ok(())
    }

    fn line(&mut self, sql: &LinesSql, row: &PgRow, offset: usize) -> Result<()> {
        self.raw("{");
        self.key("id");
        self.uuid(row, offset)?;
        self.key("position");
        self.column(row, offset + 1, ColumnType::Integer)?;
        let fields = offset + LINE_COLUMNS;
        self.fields(row, fields, sql.meta.all_fields())?;
        self.links(row, &sql.links, fields, fields + sql.meta.all_fields().count())?;
        self.raw("}");
        Ok(())
    }

    fn fields(&mut self, row: &PgRow, offset: usize, fields: impl Iterator<Item = &'static FieldMeta>) -> Result<()> {
        for (index, field) in fields.enumerate() {
            self.key(field.name);
            self.column(row, offset + index, ColumnType::of(field.kind))?;
        }
        Ok(())
    }

    /// `"supplier": {"id": …, "code": …, "name": …}` beside each `supplier_id`.
    fn links(&mut self, row: &PgRow, links: &[(usize, &'static FieldMeta)], fields: usize, names: usize) -> Result<()> {
        for (number, (index, field)) in links.iter().enumerate() {
            let Some(name) = field.link_name() else { continue };
            debug_assert!(matches!(field.kind, Kind::Link(_)));
            self.key(name);
            if row.try_get::<Option<Uuid>, _>(fields + index).map_err(sql_error)?.is_none() {
                self.null();
                continue;
            }
            self.raw("{");
            self.key("id");
            self.uuid(row, fields + index)?;
            self.key("code");
            self.column(row, names + 2 * number, ColumnType::Text)?;
            self.key("name");
            self.column(row, names + 2 * number + 1, ColumnType::Text)?;
            self.raw("}");
        }
        Ok(())
    }

    fn uuid(&mut self, row: &PgRow, index: usize) -> Result<()> {
        self.column(row, index, ColumnType::Uuid)
    }

    fn column(&mut self, row: &PgRow, index: usize, column: ColumnType) -> Result<()> {
        match column {
            ColumnType::Text => match read::<&str>(row, index)? {
                Some(text) => self.value(text)?,
                None => self.null(),
            },
            ColumnType::Integer => self.value(&read::<i32>(row, index)?)?,
            ColumnType::Boolean => self.value(&read::<bool>(row, index)?)?,
            ColumnType::Numeric => match read::<Numeric>(row, index)? {
                Some(number) => self.decimal(number.0)?,
                None => self.null(),
            },
            ColumnType::Date => match read(row, index)? {
                Some(date) => self.date(date)?,
                None => self.null(),
            },
            ColumnType::Timestamp => match read(row, index)? {
                Some(time) => self.time(time)?,
                None => self.null(),
            },
            ColumnType::Uuid => match read(row, index)? {
                Some(id) => self.id(id),
                None => self.null(),
            },
            ColumnType::Texts => self.value(&read::<Vec<String>>(row, index)?)?,
        }
        Ok(())
    }
}

/// A column of the type that its description says. A test holds the descriptions against the tables, so that it is not
/// compared anew for every value.
fn read<'r, T: Decode<'r, Postgres>>(row: &'r PgRow, index: usize) -> Result<Option<T>> {
    row.try_get_unchecked(index).map_err(sql_error)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
    use uuid::Uuid;

    use super::JsonWriter;

    fn written(write: impl FnOnce(&mut JsonWriter)) -> String {
        let mut json = JsonWriter::with_capacity(64);
        write(&mut json);
        json.into_string().unwrap()
    }

    #[test]
    fn days_and_times_are_written_as_chrono_writes_them() {
        for day in ["0000-01-01", "0987-06-05", "1999-12-31", "2024-02-29", "9999-12-31", "+12345-01-02", "-0001-03-04"]
        {
            let day: NaiveDate = day.parse().unwrap();
            assert_eq!(written(|json| json.date(day).unwrap()), format!("\"{day}\""));
            let time = day.and_hms_micro_opt(4, 5, 59, 60_708).unwrap().and_utc();
            let expected = format!("\"{}\"", time.to_rfc3339_opts(SecondsFormat::Micros, true));
            assert_eq!(written(|json| json.time(time).unwrap()), expected);
        }
        let whole: DateTime<Utc> = "2026-11-20T00:00:00Z".parse().unwrap();
        assert_eq!(written(|json| json.time(whole).unwrap()), "\"2026-11-20T00:00:00.000000Z\"");
    }

    #[test]
    fn ids_are_lower_case_with_hyphens() {
        let id = "0198A7C0-1234-7ABC-8DEF-0123456789AB".parse::<Uuid>().unwrap();
        assert_eq!(written(|json| json.id(id)), "\"0198a7c0-1234-7abc-8def-0123456789ab\"");
    }
}
