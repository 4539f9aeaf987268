//! Lists: filter, sort and keyset paging by the description.

use std::fmt::Write as _;

use chrono::NaiveDate;
use kontor_entity::{EntityMeta, FieldMeta, Kind, Value, parse_text};
use kontor_kernel::{Fault, Result, Violations};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Row, postgres::PgRow};
use uuid::Uuid;

use crate::{
    constraint::sql_error,
    json::JsonWriter,
    sql::{EntitySql, SYSTEM_COLUMNS},
    tx::Tx,
    value::{ColumnType, PgQuery, bind, read},
    write::{Stored, stored},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Equal,
    AtLeast,
    AtMost,
    Above,
    Below,
    In,
    Null,
}

impl Operator {
    /// The name in `filter[field][name]`; equality has none.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "" | "eq" => Self::Equal,
            "gte" => Self::AtLeast,
            "lte" => Self::AtMost,
            "gt" => Self::Above,
            "lt" => Self::Below,
            "in" => Self::In,
            "null" => Self::Null,
            _ => return None,
        })
    }
}

/// One condition on one field. `In` has several values; `Null` one boolean.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    pub field: &'static str,
    pub operator: Operator,
    pub values: Vec<Value>,
}

impl Condition {
    /// A condition from a query parameter's text, or nothing with the violation added.
    pub fn parse(
        meta: &'static EntityMeta,
        field: &str,
        operator: &str,
        text: &str,
        violations: &mut Violations,
    ) -> Option<Self> {
        let path =
            || if operator.is_empty() { format!("filter[{field}]") } else { format!("filter[{field}][{operator}]") };
        let known = meta.field(field).filter(|f| f.filterable);
        let (Some(field_meta), Some(operator)) = (known, Operator::parse(operator)) else {
            violations.add(Fault::UnknownFilter, path());
            return None;
        };
        let parts: Vec<&str> = if operator == Operator::In { text.split(',').collect() } else { vec![text] };
        let mut values = Vec::with_capacity(parts.len());
        for part in parts {
            let parsed = match operator {
                Operator::Null => parse_flag(part).map_err(|()| (Fault::WrongType, "must be true or false".into())),
                _ => parse_text(&loose(field_meta), part).map_err(|problem| (problem.0, problem.1)),
            };
            match parsed {
                Ok(Value::Null) => violations.add(Fault::Required, path()),
                Ok(value) => values.push(value),
                Err((fault, message)) => violations.add_text(fault, path(), message),
            }
        }
        (!values.is_empty()).then_some(Self { field: field_meta.name, operator, values })
    }
}

/// A filter may ask beyond the field's own limits: `total < 0` is a fair question with the answer "none".
fn loose(field: &FieldMeta) -> FieldMeta {
    FieldMeta { min_number: None, max_number: None, positive: false, ..*field }
}

fn parse_flag(text: &str) -> Result<Value, ()> {
    match text {
        "true" => Ok(Value::Boolean(true)),
        "false" => Ok(Value::Boolean(false)),
        _ => Err(()),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    pub field: &'static str,
    pub descending: bool,
}

impl Sort {
    /// `-order_date`: newest first.
    pub fn parse(meta: &'static EntityMeta, text: &str) -> Option<Self> {
        let (name, descending) = text.strip_prefix('-').map_or((text, false), |name| (name, true));
        if name == "created_at" {
            return Some(Self { field: "created_at", descending });
        }
        let field = meta.field(name)?;
        (field.sortable || name == meta.code).then_some(Self { field: field.name, descending })
    }

    /// The description's own order.
    pub fn standard(meta: &'static EntityMeta) -> Self {
        Self::parse(meta, meta.order).unwrap_or(Self { field: "created_at", descending: true })
    }
}

/// A place in a list: the sort value and id of the last row seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cursor {
    s: String,
    v: Option<String>,
    id: Uuid,
}

impl Cursor {
    /// The place of a row in a list of that order, by the row's sort value.
    pub fn new(sort: Sort, value: &Value, id: Uuid) -> Self {
        let value = (!value.is_null()).then(|| value.to_cell());
        Self { s: format!("{}{}", if sort.descending { "-" } else { "" }, sort.field), v: value, id }
    }

    /// Opaque to clients: hexadecimal of JSON, safe in an address.
    pub fn encode(&self) -> String {
        let json = serde_json::to_vec(self).unwrap_or_default();
        json.iter().fold(String::with_capacity(json.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    pub fn decode(text: &str) -> Option<Self> {
        if !text.is_ascii() || !text.len().is_multiple_of(2) {
            return None;
        }
        let bytes: Option<Vec<u8>> =
            (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect();
        serde_json::from_slice(&bytes?).ok()
    }
}

/// Which records, in which order, from where.
#[derive(Debug, Clone, PartialEq)]
pub struct ListQuery {
    pub conditions: Vec<Condition>,
    pub sort: Sort,
    /// Words to be found in the searchable fields.
    pub text: Option<String>,
    pub archived: bool,
    pub limit: u16,
    pub cursor: Option<Cursor>,
}

impl ListQuery {
    pub const DEFAULT_LIMIT: u16 = 50;
    pub const MAX_LIMIT: u16 = 200;

    pub fn all(meta: &'static EntityMeta) -> Self {
        Self {
            conditions: Vec::new(),
            sort: Sort::standard(meta),
            text: None,
            archived: false,
            limit: Self::DEFAULT_LIMIT,
            cursor: None,
        }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListPage {
    /// The records, comma-separated JSON objects.
    pub json: String,
    pub count: usize,
    pub next_cursor: Option<String>,
}

/// A statement under construction with its parameters; parameter 1 is the tenant.
struct Statement {
    text: String,
    parameters: Vec<(Kind, Value)>,
}

impl Statement {
    fn parameter(&mut self, kind: Kind, value: Value) -> usize {
        self.parameters.push((kind, value));
        self.parameters.len() + 1
    }

    fn bind<'q>(&self, mut query: PgQuery<'q>) -> PgQuery<'q> {
        for (kind, value) in &self.parameters {
            query = bind(query, *kind, value);
        }
        query
    }
}

const TEXT: Kind = Kind::Text(kontor_entity::Format::Line);

impl Tx {
    /// One page, as JSON.
    pub async fn list_json(&mut self, meta: &'static EntityMeta, list: &ListQuery) -> Result<ListPage> {
        let sql = EntitySql::of(meta);
        let (rows, next_cursor) = self.list_rows(&sql, list).await?;
        let mut json = JsonWriter::with_capacity(1_536 * rows.len());
        for (number, row) in rows.iter().enumerate() {
            if number > 0 {
                json.raw(",");
            }
            json.listed(&sql, row)?;
        }
        Ok(ListPage { json: json.into_string()?, count: rows.len(), next_cursor })
    }

    /// One page of records with, for each link, its code and name in the order of the description's link fields.
    pub async fn list_records(
        &mut self,
        meta: &'static EntityMeta,
        list: &ListQuery,
    ) -> Result<(Vec<Listed>, Option<String>)> {
        let sql = EntitySql::of(meta);
        let (rows, next) = self.list_rows(&sql, list).await?;
        let records: Result<Vec<Listed>> = rows.iter().map(|row| listed(&sql, row)).collect();
        Ok((records?, next))
    }

    /// How many records the conditions leave, and the sum of one amount over them.
    pub async fn list_totals(
        &mut self,
        meta: &'static EntityMeta,
        list: &ListQuery,
        sum: Option<&'static str>,
    ) -> Result<(i64, Option<Decimal>)> {
        let sum =
            sum.and_then(|name| meta.field(name)).map_or("null::numeric".to_owned(), |f| format!("sum(t.{})", f.name));
        let mut statement = Statement {
            text: format!("select count(*), {sum} from {} t where t.tenant_id = $1", meta.table),
            parameters: Vec::new(),
        };
        conditions(&mut statement, &EntitySql::of(meta), list);
        let text = std::mem::take(&mut statement.text);
        let query = statement.bind(sqlx::query(AssertSqlSafe(text)).bind(self.tenant()));
        let row = query.fetch_one(self.connection().await?).await.map_err(sql_error)?;
        Ok((row.try_get(0).map_err(sql_error)?, row.try_get(1).map_err(sql_error)?))
    }

    /// The statement of a list as text, for the test that looks at its plan.
    pub fn list_statement(meta: &'static EntityMeta, list: &ListQuery) -> String {
        list_statement(&EntitySql::of(meta), list).text
    }

    async fn list_rows(&mut self, sql: &EntitySql, list: &ListQuery) -> Result<(Vec<PgRow>, Option<String>)> {
        let mut statement = list_statement(sql, list);
        let text = std::mem::take(&mut statement.text);
        let query = statement.bind(sqlx::query(AssertSqlSafe(text)).bind(self.tenant()));
        let mut rows = query.fetch_all(self.connection().await?).await.map_err(sql_error)?;
        let more = rows.len() > usize::from(list.limit);
        rows.truncate(usize::from(list.limit));
        let next = match rows.last() {
            Some(row) if more => {
                let value = match sort_column(sql, list.sort) {
                    Some((index, kind)) => read(row, index, kind)?,
                    None => Value::Null,
                };
                Some(Cursor::new(list.sort, &value, row.try_get(0).map_err(sql_error)?).encode())
            }
            _ => None,
        };
        Ok((rows, next))
    }
}

/// A record of a list with the names of what it points to.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    pub stored: Stored,
    /// Code and name per link field, in the description's order.
    pub links: Vec<(Option<String>, Option<String>)>,
}

pub(crate) fn listed(sql: &EntitySql, row: &PgRow) -> Result<Listed> {
    let offset = sql.links_offset();
    let links: Result<Vec<_>> = (0..sql.links.len())
        .map(|number| {
            Ok((
                row.try_get(offset + 2 * number).map_err(sql_error)?,
                row.try_get(offset + 2 * number + 1).map_err(sql_error)?,
            ))
        })
        .collect();
    Ok(Listed { stored: stored(sql.meta, row)?, links: links? })
}

fn sort_column(sql: &EntitySql, sort: Sort) -> Option<(usize, Kind)> {
    sql.meta
        .all_fields()
        .enumerate()
        .find(|(_, field)| field.name == sort.field)
        .map(|(index, field)| (SYSTEM_COLUMNS + index, field.kind))
}

fn list_statement(sql: &EntitySql, list: &ListQuery) -> Statement {
    let mut statement = Statement {
        text: format!("select {} from {} t{} where t.tenant_id = $1", sql.columns, sql.meta.table, sql.joins),
        parameters: Vec::new(),
    };
    conditions(&mut statement, sql, list);
    let direction = if list.sort.descending { "desc" } else { "asc" };
    let column = sort_column(sql, list.sort).map(|(_, kind)| (list.sort.field, kind));
    if let Some(cursor) = &list.cursor {
        after(&mut statement, column, list.sort, cursor);
    }
    // Without NULLS clauses the order is the index's own: nulls last ascending, first descending.
    match column {
        Some((name, _)) => {
            let _ = write!(statement.text, " order by t.{name} {direction}, t.id {direction}");
        }
        None => {
            let _ = write!(statement.text, " order by t.id {direction}");
        }
    }
    let _ = write!(statement.text, " limit {}", u32::from(list.limit) + 1);
    statement
}

fn conditions(statement: &mut Statement, sql: &EntitySql, list: &ListQuery) {
    statement.text.push_str(&sql.role_condition());
    statement.text.push_str(if list.archived {
        " and t.archived_at is not null"
    } else {
        " and t.archived_at is null"
    });
    for condition in &list.conditions {
        condition_sql(statement, sql.meta, condition);
    }
    if let Some(words) = list.text.as_deref().filter(|text| !text.trim().is_empty()) {
        for word in words.split_whitespace().take(8) {
            text_sql(statement, sql.meta, word);
        }
    }
}

fn condition_sql(statement: &mut Statement, meta: &'static EntityMeta, condition: &Condition) {
    let Some(field) = meta.field(condition.field) else { return };
    let name = field.name;
    let sign = match condition.operator {
        Operator::Null => {
            let is = if condition.values.first() == Some(&Value::Boolean(true)) { "is null" } else { "is not null" };
            let _ = write!(statement.text, " and t.{name} {is}");
            return;
        }
        Operator::In => {
            let numbers: Vec<String> = condition
                .values
                .iter()
                .map(|value| format!("${}", statement.parameter(field.kind, value.clone())))
                .collect();
            let _ = write!(statement.text, " and t.{name} in ({})", numbers.join(", "));
            return;
        }
        Operator::Equal => "=",
        Operator::AtLeast => ">=",
        Operator::AtMost => "<=",
        Operator::Above => ">",
        Operator::Below => "<",
    };
    if let Some(value) = condition.values.first() {
        let number = statement.parameter(field.kind, value.clone());
        let _ = write!(statement.text, " and t.{name} {sign} ${number}");
    }
}

/// Each word must be found in one of the searchable texts.
fn text_sql(statement: &mut Statement, meta: &'static EntityMeta, word: &str) {
    let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    let number = statement.parameter(TEXT, Value::Text(format!("%{escaped}%")));
    let fields: Vec<String> = meta
        .all_fields()
        .filter(|field| field.searchable && ColumnType::of(field.kind) == ColumnType::Text)
        .map(|field| format!("t.{} ilike ${number}", field.name))
        .collect();
    if fields.is_empty() {
        statement.text.push_str(" and false");
    } else {
        let _ = write!(statement.text, " and ({})", fields.join(" or "));
    }
}

/// The rows after a cursor: exact also where the sort value is null or equal.
fn after(statement: &mut Statement, column: Option<(&'static str, Kind)>, sort: Sort, cursor: &Cursor) {
    let beyond = if sort.descending { "<" } else { ">" };
    let id = statement.parameter(Kind::Id, Value::Id(cursor.id));
    let Some((name, kind)) = column else {
        let _ = write!(statement.text, " and t.id {beyond} ${id}");
        return;
    };
    match &cursor.v {
        Some(text) => {
            let field = FieldMeta { kind, ..FieldMeta::of::<Option<NaiveDate>>(name, "") };
            let value = parse_text(&field, text).unwrap_or(Value::Null);
            let number = statement.parameter(kind, value);
            let nulls = if sort.descending { String::new() } else { format!(" or t.{name} is null") };
            let _ = write!(statement.text, " and ((t.{name}, t.id) {beyond} (${number}, ${id}){nulls})");
        }
        None if sort.descending => {
            let _ = write!(statement.text, " and (t.{name} is not null or t.id {beyond} ${id})");
        }
        None => {
            let _ = write!(statement.text, " and t.{name} is null and t.id {beyond} ${id}");
        }
    }
}

/// Whether a cursor belongs to a list's order.
impl Cursor {
    pub fn fits(&self, meta: &'static EntityMeta, sort: Sort) -> bool {
        let name = format!("{}{}", if sort.descending { "-" } else { "" }, sort.field);
        let kind = meta.field(sort.field).map(|field| field.kind);
        let readable = match (&self.v, kind) {
            (Some(text), Some(kind)) => {
                let field = FieldMeta { kind, max: u32::MAX, ..FieldMeta::of::<Option<NaiveDate>>("", "") };
                parse_text(&field, text).is_ok()
            }
            (Some(_), None) => false,
            (None, _) => true,
        };
        self.s == name && readable
    }
}
