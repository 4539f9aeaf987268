//! Rows to JSON by the description, without a detour through a tree of values.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use kontor_entity::{EntityMeta, FieldMeta, Kind, Record, Value};
use kontor_kernel::{Error, Result};
use serde::Serialize;
use sqlx::{Row, postgres::PgRow};
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

    fn quoted(&mut self, value: &impl std::fmt::Display) -> Result<()> {
        use std::io::Write as _;
        write!(self.0, "\"{value}\"").map_err(Error::internal)
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
        self.quoted(&known.record.id)?;
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
                self.quoted(&line.id)?;
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
                self.raw("null");
                continue;
            };
            let named = names.get(id).ok_or_else(|| Error::internal("a record written with an unnamed link"))?;
            self.raw("{");
            self.key("id");
            self.quoted(&id)?;
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
            Value::Null => self.quoted_or_null(None::<Uuid>),
            Value::Decimal(decimal) => self.quoted(decimal),
            Value::Date(date) => self.quoted(date),
            Value::Timestamp(time) => self.quoted(&time.to_rfc3339_opts(SecondsFormat::Micros, true)),
            Value::Id(id) => self.quoted(id),
            other => self.value(other),
        }
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
                self.raw("null");
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
            ColumnType::Text => {
                let text: Option<&str> = row.try_get(index).map_err(sql_error)?;
                self.value(&text)
            }
            ColumnType::Integer => {
                let number: Option<i32> = row.try_get(index).map_err(sql_error)?;
                self.value(&number)
            }
            ColumnType::Boolean => {
                let value: Option<bool> = row.try_get(index).map_err(sql_error)?;
                self.value(&value)
            }
            ColumnType::Numeric => {
                let number: Option<Numeric> = row.try_get(index).map_err(sql_error)?;
                self.quoted_or_null(number.map(|number| number.0))
            }
            ColumnType::Date => self.quoted_or_null(row.try_get::<Option<NaiveDate>, _>(index).map_err(sql_error)?),
            ColumnType::Timestamp => {
                let time: Option<DateTime<Utc>> = row.try_get(index).map_err(sql_error)?;
                self.quoted_or_null(time.map(|time| time.to_rfc3339_opts(SecondsFormat::Micros, true)))
            }
            ColumnType::Uuid => self.quoted_or_null(row.try_get::<Option<Uuid>, _>(index).map_err(sql_error)?),
            ColumnType::Texts => {
                let texts: Option<Vec<String>> = row.try_get(index).map_err(sql_error)?;
                self.value(&texts)
            }
        }
    }

    fn quoted_or_null(&mut self, value: Option<impl std::fmt::Display>) -> Result<()> {
        match value {
            Some(value) => self.quoted(&value),
            None => {
                self.raw("null");
                Ok(())
            }
        }
    }
}
