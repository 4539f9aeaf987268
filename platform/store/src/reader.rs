//! Rows as search reads them: of any tenant, under the reader's role, in batches.

use std::fmt::Write as _;

use kontor_entity::EntityMeta;
use kontor_kernel::{Result, TenantId};
use sqlx::{AssertSqlSafe, Row, postgres::PgRow};
use uuid::Uuid;

use crate::{Databases, Listed, Snapshot, constraint::sql_error, list::listed, sql::EntitySql};

/// A record's place among those of all tenants.
pub type RecordKey = (TenantId, Uuid);

/// A record with its tenant and the names of what it points to.
#[derive(Debug, Clone, PartialEq)]
pub struct TenantRecord {
    pub tenant: TenantId,
    pub listed: Listed,
}

/// The records of one kind with these keys, archived ones too, in one statement. What does not exist, or is of another
/// kind, is left out.
pub async fn read_records(
    databases: &Databases,
    meta: &'static EntityMeta,
    keys: &[RecordKey],
) -> Result<Vec<TenantRecord>> {
    let sql = EntitySql::of(meta);
    let text = format!(
        "select {}, t.tenant_id from unnest($1::uuid[], $2::uuid[]) as k (tenant_id, id)
         join {} t on t.tenant_id = k.tenant_id and t.id = k.id{}{}",
        sql.columns,
        meta.table,
        sql.role_condition(),
        sql.joins_across,
    );
    let (tenants, ids) = columns_of(keys);
    let query = sqlx::query(AssertSqlSafe(text)).bind(tenants).bind(ids);
    let rows = query.fetch_all(databases.reader()).await.map_err(sql_error)?;
    rows.iter().map(|row| tenant_record(&sql, row)).collect()
}

/// The next records of one kind that are not archived, by tenant and id: those of one tenant, or of all.
pub async fn read_record_page(
    databases: &Databases,
    meta: &'static EntityMeta,
    tenant: Option<TenantId>,
    after: RecordKey,
    limit: u32,
) -> Result<Vec<TenantRecord>> {
    let sql = EntitySql::of(meta);
    let mut text = format!(
        "select {}, t.tenant_id from {} t{} where t.archived_at is null and (t.tenant_id, t.id) > ($1, $2){}",
        sql.columns,
        meta.table,
        sql.joins_across,
        sql.role_condition(),
    );
    if tenant.is_some() {
        text.push_str(" and t.tenant_id = $3");
    }
    let _ = write!(text, " order by t.tenant_id, t.id limit {limit}");
    let mut query = sqlx::query(AssertSqlSafe(text)).bind(after.0.0).bind(after.1);
    if let Some(tenant) = tenant {
        query = query.bind(tenant.0);
    }
    let rows = query.fetch_all(databases.reader()).await.map_err(sql_error)?;
    rows.iter().map(|row| tenant_record(&sql, row)).collect()
}

/// The keys of the records whose field `link` points to one of `targets`, by tenant and id.
pub async fn read_linking(
    databases: &Databases,
    meta: &'static EntityMeta,
    link: &'static str,
    targets: &[RecordKey],
    after: RecordKey,
    limit: u32,
) -> Result<Vec<RecordKey>> {
    let role = EntitySql::of(meta).role_condition();
    let text = format!(
        "select t.tenant_id, t.id from unnest($1::uuid[], $2::uuid[]) as k (tenant_id, id)
         join {} t on t.tenant_id = k.tenant_id and t.{link} = k.id{role}
         where (t.tenant_id, t.id) > ($3, $4) order by t.tenant_id, t.id limit {limit}",
        meta.table,
    );
    let (tenants, ids) = columns_of(targets);
    let query = sqlx::query(AssertSqlSafe(text)).bind(tenants).bind(ids).bind(after.0.0).bind(after.1);
    let rows = query.fetch_all(databases.reader()).await.map_err(sql_error)?;
    rows.iter()
        .map(|row| Ok((TenantId(row.try_get(0).map_err(sql_error)?), row.try_get(1).map_err(sql_error)?)))
        .collect()
}

/// The outbox's position now: everything read after this call is at least as new.
pub async fn current_position(databases: &Databases) -> Result<Snapshot> {
    let text: String = sqlx::query_scalar("select pg_current_snapshot()::text")
        .fetch_one(databases.reader())
        .await
        .map_err(sql_error)?;
    Snapshot::read(&text)
}

fn columns_of(keys: &[RecordKey]) -> (Vec<Uuid>, Vec<Uuid>) {
    keys.iter().map(|(tenant, id)| (tenant.0, *id)).unzip()
}

fn tenant_record(sql: &EntitySql, row: &PgRow) -> Result<TenantRecord> {
    let tenant = row.try_get(sql.lines_offset()).map_err(sql_error)?;
    Ok(TenantRecord { tenant: TenantId(tenant), listed: listed(sql, row)? })
}
