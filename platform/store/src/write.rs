//! Records in and out of their tables, by their description.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use kontor_entity::{Entity, EntityMeta, Kind, Record, Value};
use kontor_kernel::{Error, Fault, Result, Violations, new_id};
use sqlx::{AssertSqlSafe, Row, postgres::PgRow};
use uuid::Uuid;

use crate::{
    constraint::{entity_error, sql_error},
    json::{JsonWriter, Known},
    late::{LateWrite, Refusal, WriteKind},
    names::LinkNames,
    sql::{EntitySql, LINE_COLUMNS, LinesSql, SYSTEM_COLUMNS},
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

/// When something was done, and by whom; nobody for the system's own work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    pub at: DateTime<Utc>,
    pub by: Option<Uuid>,
}

/// A record as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    pub id: Uuid,
    pub version: i64,
    pub created: Stamp,
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
        let query = self.stamped(&sql.insert);
        let query = WriteKind::Insert.bind(query, meta, new);
        let rows = query.fetch_all(self.connection().await?).await.map_err(|error| entity_error(meta, error))?;
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
        let query = self.stamped(&sql.update);
        let query = WriteKind::Update(version).bind(query, meta, record);
        let rows = query.fetch_all(self.connection().await?).await.map_err(|error| entity_error(meta, error))?;
        if rows.is_empty() {
            return Err(Fault::StaleVersion.error());
        }
        written(&sql, &rows)
    }

    /// [`Tx::insert_record`] for who knows the names of the record's links: nothing is read back, and the write waits for
    /// the next statement or the commit, where `refusal` says what its failure means. Where a name is missing it is all
    /// the same as `insert_record`.
    pub async fn insert_named(
        &mut self,
        meta: &'static EntityMeta,
        new: NewRecord,
        names: &LinkNames,
        refusal: Refusal,
    ) -> Result<Written> {
        if !names.cover(meta, &new) {
            return self.insert_record(meta, &new).await.map_err(|error| refusal(error, meta));
        }
        let now = Stamp { at: self.now(), by: self.user() };
        let written = written_known(meta, &Known { record: &new, version: 1, created: now, updated: now, names })?;
        self.later(LateWrite::record(meta, WriteKind::Insert, new, refusal)).await?;
        Ok(written)
    }

    /// [`Tx::update_record`] of a locked record for who knows the names of its links; it waits as [`Tx::insert_named`]
    /// does. Lines that `stay` are not written.
    pub async fn update_named(
        &mut self,
        meta: &'static EntityMeta,
        stored: &Stored,
        record: NewRecord,
        stay: bool,
        names: &LinkNames,
    ) -> Result<Written> {
        if !names.cover(meta, &record) {
            return self.update_record(meta, stored.version, &record).await;
        }
        let updated = Stamp { at: self.now(), by: self.user() };
        let known = Known { record: &record, version: stored.version + 1, created: stored.created, updated, names };
        let written = written_known(meta, &known)?;
        self.update_only(meta, stored, record, stay).await?;
        Ok(written)
    }

    /// [`Tx::update_named`] for who needs no answer.
    pub async fn update_only(
        &mut self,
        meta: &'static EntityMeta,
        stored: &Stored,
        record: NewRecord,
        stay: bool,
    ) -> Result<()> {
        let version = stored.version;
        let kind = if stay { WriteKind::UpdateHeader(version) } else { WriteKind::Update(version) };
        self.later(LateWrite::record(meta, kind, record, |error, _| error)).await
    }

    /// A statement with tenant, now and user bound.
    fn stamped<'q>(&self, text: &Arc<str>) -> PgQuery<'q> {
        sqlx::query(AssertSqlSafe(Arc::clone(text))).bind(self.tenant()).bind(self.now()).bind(self.user())
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
            .execute(self.connection().await?)
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
            .fetch_all(self.connection().await?)
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
            .fetch_optional(self.connection().await?)
            .await
            .map_err(sql_error)?
            .ok_or_else(|| Fault::NotFound.error())?;
        locked_at(version, stored(meta, &row)?)
    }

    /// One document with its lines, in order, and the names of all links. Its row is locked until the transaction ends,
    /// and with it the lines: nobody writes them without it.
    pub async fn lock_document(
        &mut self,
        meta: &'static EntityMeta,
        id: Uuid,
        version: Option<i64>,
    ) -> Result<(Stored, Vec<LineRow>, LinkNames)> {
        let sql = EntitySql::of(meta);
        let lines = sql.lines.as_ref().ok_or_else(|| Error::internal(format!("{} has no lines", meta.name)))?;
        let tenant = self.tenant();
        let query = |text: &Arc<str>| sqlx::query(AssertSqlSafe(Arc::clone(text))).bind(tenant).bind(id);
        let rows = query(&lines.locked).fetch_all(self.connection().await?).await.map_err(sql_error)?;
        let row = rows.first().ok_or_else(|| Fault::NotFound.error())?;
        let stored = locked_at(version, stored(meta, row)?)?;
        let mut names = LinkNames::default();
        names.read(row, &sql.links, &stored.values, sql.links_offset())?;
        let begun: i64 = row.try_get(row.len() - 1).map_err(sql_error)?;
        if begun == stored.version {
            let lines = read_lines(lines, &rows, sql.lines_offset(), &mut names)?;
            return Ok((stored, lines, names));
        }
        // It was changed while its lock was waited for.
        let rows = query(&lines.of_parent).fetch_all(self.connection().await?).await.map_err(sql_error)?;
        let lines = read_lines(lines, &rows, 0, &mut names)?;
        Ok((stored, lines, names))
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
        let row = query.fetch_one(self.connection().await?).await.map_err(sql_error)?;
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

pub(crate) fn bind_fields<'q>(mut query: PgQuery<'q>, meta: &'static EntityMeta, values: &Record) -> PgQuery<'q> {
    for (index, field) in meta.all_fields().enumerate() {
        query = bind(query, field.kind, values.get(index));
    }
    query
}

pub(crate) fn bind_lines<'q>(query: PgQuery<'q>, meta: &'static EntityMeta, lines: &[LineRow]) -> PgQuery<'q> {
    let Some(of) = meta.lines else { return query };
    let ids: Vec<Uuid> = lines.iter().map(|line| line.id).collect();
    let positions: Vec<i32> = (1..).take(lines.len()).collect();
    let mut query = query.bind(ids).bind(positions);
    for (index, field) in (of.meta)().all_fields().enumerate() {
        query = bind_array(query, field.kind, lines.iter().map(|line| line.values.get(index)));
    }
    query
}

/// A record that is locked, at the version that the caller names.
fn locked_at(version: Option<i64>, stored: Stored) -> Result<Stored> {
    match version {
        Some(version) if version != stored.version => Err(Fault::StaleVersion.error()),
        _ => Ok(stored),
    }
}

/// The lines in rows whose columns of the line begin at `offset`, adding the names of their links to `names`.
fn read_lines(lines: &LinesSql, rows: &[PgRow], offset: usize, names: &mut LinkNames) -> Result<Vec<LineRow>> {
    let mut read = Vec::with_capacity(rows.len());
    for row in rows {
        // A document without lines is one row of the header alone.
        let Some(id) = row.try_get(offset).map_err(sql_error)? else { continue };
        let fields = offset + LINE_COLUMNS;
        let values = read_record(row, fields, lines.meta.all_fields())?;
        names.read(row, &lines.links, &values, fields + values.len())?;
        read.push(LineRow { id, values });
    }
    Ok(read)
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

/// What was written, told without reading it back.
fn written_known(meta: &'static EntityMeta, known: &Known<'_>) -> Result<Written> {
    let mut json = JsonWriter::with_capacity(4_096);
    json.known(&EntitySql::of(meta), known)?;
    Ok(Written { id: known.record.id, version: known.version, json: json.into_string()? })
}

pub(crate) fn stored(meta: &'static EntityMeta, row: &PgRow) -> Result<Stored> {
    let archived: Option<chrono::DateTime<chrono::Utc>> = row.try_get(6).map_err(sql_error)?;
    Ok(Stored {
        id: row.try_get(0).map_err(sql_error)?,
        version: row.try_get(1).map_err(sql_error)?,
        created: Stamp { at: row.try_get(2).map_err(sql_error)?, by: row.try_get(3).map_err(sql_error)? },
        archived: archived.is_some(),
        values: read_record(row, SYSTEM_COLUMNS, meta.all_fields())?,
    })
}
