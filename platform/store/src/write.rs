//! Records in and out of their tables, by their description.

use std::sync::Arc;

use kontor_entity::{Entity, EntityMeta, Kind, Record, Value};
use kontor_kernel::{Error, Fault, Result, Violations, new_id};
use sqlx::{AssertSqlSafe, Row, postgres::PgRow};
use uuid::Uuid;

use crate::{
    constraint::{entity_error, sql_error},
    json::JsonWriter,
    sql::{EntitySql, LINE_COLUMNS, SYSTEM_COLUMNS},
    tx::Tx,
    value::{PgQuery, bind, bind_array, read_record},
};

/// A record to be inserted: values of all fields, the client's and the server's, in the description's order.
#[derive(Debug)]
pub struct NewRecord {
    pub id: Uuid,
    pub values: Record,
    pub lines: Vec<LineRow>,
}

/// One line with its values; its position is its place in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct LineRow {
    pub id: Uuid,
    pub values: Record,
}

impl LineRow {
    pub fn new(values: Record) -> Self {
        Self { id: new_id(), values }
    }
}

/// A record as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    pub id: Uuid,
    pub version: i64,
    pub archived: bool,
    /// Values of all fields in the description's order.
    pub values: Record,
}

impl Stored {
    /// The client's part as its struct.
    pub fn typed<E: Entity>(&self) -> Result<E> {
        E::from_record(&self.values).ok_or_else(|| Error::internal(format!("{} does not fit its table", E::META.name)))
    }

    /// One field by name.
    pub fn get(&self, meta: &EntityMeta, field: &str) -> &Value {
        meta.all_fields().position(|f| f.name == field).map_or(&Value::Null, |index| self.values.get(index))
    }
}

/// What a write left: the version and the whole record as JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub id: Uuid,
    pub version: i64,
    pub json: String,
}

impl Tx {
    /// Inserts a record, with its lines where it is a document, and gives it back as stored.
    pub async fn insert_record(&mut self, meta: &'static EntityMeta, new: &NewRecord) -> Result<Written> {
        let sql = EntitySql::of(meta);
        let query = sqlx::query(AssertSqlSafe(Arc::clone(&sql.insert)))
            .bind(self.tenant())
            .bind(new.id)
            .bind(self.now())
            .bind(self.user());
        let query = bind_lines(bind_fields(query, meta, &new.values), meta, &new.lines);
        let rows = query.fetch_all(self.connection()).await.map_err(|error| entity_error(meta, error))?;
        written(&sql, &rows)
    }

    /// Writes all fields of a record that was read at `version`; its lines become exactly `lines`.
    ///
    /// Errors with `stale_version` when the record changed in between.
    pub async fn update_record(
        &mut self,
        meta: &'static EntityMeta,
        version: i64,
        record: &NewRecord,
    ) -> Result<Written> {
        let sql = EntitySql::of(meta);
        let query = sqlx::query(AssertSqlSafe(Arc::clone(&sql.update)));
        let query = bind_lines(self.bind_update(query, meta, version, record), meta, &record.lines);
        let rows = query.fetch_all(self.connection()).await.map_err(|error| entity_error(meta, error))?;
        updated(&sql, &rows)
    }

    /// [`Tx::update_record`] for who needs no more than the new version.
    pub async fn update_record_only(
        &mut self,
        meta: &'static EntityMeta,
        version: i64,
        record: &NewRecord,
    ) -> Result<i64> {
        let sql = EntitySql::of(meta);
        let query = sqlx::query(AssertSqlSafe(Arc::clone(&sql.update_only)));
        let query = bind_lines(self.bind_update(query, meta, version, record), meta, &record.lines);
        let row = query.fetch_optional(self.connection()).await.map_err(|error| entity_error(meta, error))?;
        row.ok_or_else(|| Fault::StaleVersion.error())?.try_get(1).map_err(sql_error)
    }

    /// [`Tx::update_record`] where the lines stay as they are.
    pub async fn update_header(
        &mut self,
        meta: &'static EntityMeta,
        version: i64,
        record: &NewRecord,
    ) -> Result<Written> {
        let sql = EntitySql::of(meta);
        let query = sqlx::query(AssertSqlSafe(Arc::clone(&sql.update_header)));
        let query = self.bind_update(query, meta, version, record);
        let rows = query.fetch_all(self.connection()).await.map_err(|error| entity_error(meta, error))?;
        updated(&sql, &rows)
    }

    fn bind_update<'q>(
        &self,
        query: PgQuery<'q>,
        meta: &'static EntityMeta,
        version: i64,
        record: &NewRecord,
    ) -> PgQuery<'q> {
        let query = query.bind(self.tenant()).bind(record.id).bind(self.now()).bind(self.user()).bind(version);
        bind_fields(query, meta, &record.values)
    }

    /// Sets or clears `archived_at`.
    pub async fn archive_record(&mut self, meta: &'static EntityMeta, id: Uuid, archived: bool) -> Result<()> {
        let sql = EntitySql::of(meta);
        let at = archived.then(|| self.now());
        sqlx::query(AssertSqlSafe(Arc::clone(&sql.archive)))
            .bind(self.tenant())
            .bind(id)
            .bind(self.now())
            .bind(self.user())
            .bind(at)
            .execute(self.connection())
            .await
            .map_err(sql_error)?;
        Ok(())
    }

    /// One record as JSON, with its lines. `not_found` when the tenant has none.
    pub async fn record_json(&mut self, meta: &'static EntityMeta, id: Uuid) -> Result<Written> {
        let sql = EntitySql::of(meta);
        let tenant = self.tenant();
        let rows = sqlx::query(AssertSqlSafe(Arc::clone(&sql.one)))
            .bind(tenant)
            .bind(id)
            .fetch_all(self.connection())
            .await
            .map_err(sql_error)?;
        if rows.is_empty() {
            return Err(Fault::NotFound.error());
        }
        written(&sql, &rows)
    }

    /// One record, its row locked until the transaction ends, with its version checked when the caller names one.
    pub async fn lock_record(&mut self, meta: &'static EntityMeta, id: Uuid, version: Option<i64>) -> Result<Stored> {
        let sql = EntitySql::of(meta);
        let tenant = self.tenant();
        let row = sqlx::query(AssertSqlSafe(Arc::clone(&sql.locked)))
            .bind(tenant)
            .bind(id)
            .fetch_optional(self.connection())
            .await
            .map_err(sql_error)?
            .ok_or_else(|| Fault::NotFound.error())?;
        let stored = stored(meta, &row)?;
        match version {
            Some(version) if version != stored.version => Err(Fault::StaleVersion.error()),
            _ => Ok(stored),
        }
    }

    /// The lines of a document, in order. Read after the document is locked.
    pub async fn record_lines(&mut self, meta: &'static EntityMeta, id: Uuid) -> Result<Vec<LineRow>> {
        let sql = EntitySql::of(meta);
        let Some(lines) = &sql.lines else { return Ok(Vec::new()) };
        let tenant = self.tenant();
        let rows = sqlx::query(AssertSqlSafe(Arc::clone(&lines.of_parent)))
            .bind(tenant)
            .bind(id)
            .fetch_all(self.connection())
            .await
            .map_err(sql_error)?;
        rows.iter()
            .map(|row| {
                Ok(LineRow {
                    id: row.try_get(0).map_err(sql_error)?,
                    values: read_record(row, LINE_COLUMNS, lines.meta.all_fields())?,
                })
            })
            .collect()
    }

    /// Checks that every link of a record points to a record of the tenant that is of the right kind and not archived.
    ///
    /// One statement for all links. `before` are the values as stored: a link that stays may point to an archived record.
    pub async fn check_links(
        &mut self,
        meta: &'static EntityMeta,
        values: &Record,
        before: Option<&Record>,
        violations: &mut Violations,
    ) -> Result<()> {
        let links: Vec<_> = meta
            .fields
            .iter()
            .enumerate()
            .filter(|(index, _)| before.is_none_or(|before| before.get(*index) != values.get(*index)))
            .filter_map(|(index, field)| match field.kind {
                Kind::Link(target) => values.get(index).as_id().map(|id| (field.name, target(), id)),
                _ => None,
            })
            .collect();
        if links.is_empty() {
            return Ok(());
        }
        let mut text = String::from("select");
        for (number, (_, target, _)) in links.iter().enumerate() {
            let role = target.role.map(|role| format!(" and {role}")).unwrap_or_default();
            let comma = if number == 0 { "" } else { "," };
            let parameter = number + 2;
            text.push_str(&format!(
                "{comma} (select archived_at is not null from {} where tenant_id = $1 and id = ${parameter}{role})",
                target.table
            ));
        }
        let mut query = sqlx::query(AssertSqlSafe(text)).bind(self.tenant());
        for (_, _, id) in &links {
            query = query.bind(*id);
        }
        let row = query.fetch_one(self.connection()).await.map_err(sql_error)?;
        for (number, (field, ..)) in links.iter().enumerate() {
            match row.try_get::<Option<bool>, _>(number).map_err(sql_error)? {
                None => violations.add(Fault::UnknownLink, *field),
                Some(true) => violations.add(Fault::ArchivedLink, *field),
                Some(false) => {}
            }
        }
        Ok(())
    }
}

fn bind_fields<'q>(mut query: PgQuery<'q>, meta: &'static EntityMeta, values: &Record) -> PgQuery<'q> {
    for (index, field) in meta.all_fields().enumerate() {
        query = bind(query, field.kind, values.get(index));
    }
    query
}

fn bind_lines<'q>(query: PgQuery<'q>, meta: &'static EntityMeta, lines: &[LineRow]) -> PgQuery<'q> {
    let Some(of) = meta.lines else { return query };
    let ids: Vec<Uuid> = lines.iter().map(|line| line.id).collect();
    let positions: Vec<i32> = (1..).take(lines.len()).collect();
    let mut query = query.bind(ids).bind(positions);
    for (index, field) in (of.meta)().all_fields().enumerate() {
        query = bind_array(query, field.kind, lines.iter().map(|line| line.values.get(index)));
    }
    query
}

fn updated(sql: &EntitySql, rows: &[PgRow]) -> Result<Written> {
    if rows.is_empty() { Err(Fault::StaleVersion.error()) } else { written(sql, rows) }
}

fn written(sql: &EntitySql, rows: &[PgRow]) -> Result<Written> {
    let Some(row) = rows.first() else { return Err(Error::internal("a write that gave no row")) };
    let mut json = JsonWriter::with_capacity(1_024);
    json.record(sql, rows)?;
    Ok(Written {
        id: row.try_get(0).map_err(sql_error)?,
        version: row.try_get(1).map_err(sql_error)?,
        json: json.into_string()?,
    })
}

pub(crate) fn stored(meta: &'static EntityMeta, row: &PgRow) -> Result<Stored> {
    let archived: Option<chrono::DateTime<chrono::Utc>> = row.try_get(6).map_err(sql_error)?;
    Ok(Stored {
        id: row.try_get(0).map_err(sql_error)?,
        version: row.try_get(1).map_err(sql_error)?,
        archived: archived.is_some(),
        values: read_record(row, SYSTEM_COLUMNS, meta.all_fields())?,
    })
}
