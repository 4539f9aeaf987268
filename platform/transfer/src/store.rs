//! Imports in their table.

use chrono::TimeDelta;
use kontor_entity::Choices;
use kontor_kernel::{Error, Fault, Result};
use kontor_store::{Tx, sql_error};
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{Row, postgres::PgRow};
use uuid::Uuid;

use crate::{ColumnMapping, ImportState, ImportStatus, ImportSummary};

/// How long the file of an import that was not written is kept, so that it can be mapped anew without another upload.
const KEPT: TimeDelta = TimeDelta::days(7);

const SUMMARY: &str = "id, entity, file_name, state, dry_run, rows, processed, created, updated, unchanged, created_at";

/// The file of an import with what is needed to do it.
#[derive(Debug)]
pub(crate) struct StoredFile {
    pub entity: String,
    pub file_name: String,
    pub content: Vec<u8>,
    pub mapping: Option<ColumnMapping>,
    pub dry_run: bool,
}

/// Stores an import, and forgets the files of old ones.
pub(crate) async fn insert_import(
    tx: &mut Tx,
    import: &ImportStatus,
    content: &[u8],
    mapping: Option<&ColumnMapping>,
) -> Result<()> {
    let (tenant, user, now) = (tx.tenant(), tx.user(), tx.now());
    let summary = &import.summary;
    sqlx::query(
        "insert into imports (tenant_id, id, entity, file_name, content, mapping, columns, notices, dry_run, state, rows,
             processed, created, updated, unchanged, errors, created_at, created_by, updated_at, updated_by)
         values ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8::jsonb, $9, $10, $11, $12, $13, $14, $15, $16::jsonb, $17,
             $18, $17, $18)",
    )
    .bind(tenant)
    .bind(summary.id)
    .bind(&summary.entity)
    .bind(&summary.file_name)
    .bind(content)
    .bind(mapping.map(json).transpose()?)
    .bind(json(&import.columns)?)
    .bind(json(&import.notices)?)
    .bind(summary.dry_run)
    .bind(summary.state.as_str())
    .bind(summary.rows)
    .bind(summary.processed)
    .bind(summary.created)
    .bind(summary.updated)
    .bind(summary.unchanged)
    .bind(json(&import.errors)?)
    .bind(summary.created_at)
    .bind(user)
    .execute(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    sqlx::query(
        "update imports set content = '' where tenant_id = $1 and created_at < $2 and octet_length(content) > 0
             and state <> 'running'",
    )
    .bind(tenant)
    .bind(now - KEPT)
    .execute(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    Ok(())
}

/// Ends a running import. `false` when it has been ended already.
pub(crate) async fn end_import(tx: &mut Tx, import: &ImportStatus) -> Result<bool> {
    let (tenant, user, now) = (tx.tenant(), tx.user(), tx.now());
    let summary = &import.summary;
    let ended = sqlx::query(
        "update imports set version = version + 1, state = $3, processed = $4, created = $5, updated = $6, unchanged = $7,
             errors = $8::jsonb, notices = $9::jsonb, updated_at = $10, updated_by = $11,
             content = case when $3 = 'done' then ''::bytea else content end
         where tenant_id = $1 and id = $2 and state = 'running'",
    )
    .bind(tenant)
    .bind(summary.id)
    .bind(summary.state.as_str())
    .bind(summary.processed)
    .bind(summary.created)
    .bind(summary.updated)
    .bind(summary.unchanged)
    .bind(json(&import.errors)?)
    .bind(json(&import.notices)?)
    .bind(now)
    .bind(user)
    .execute(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    Ok(ended.rows_affected() == 1)
}

/// Takes the right to work on an import for the rest of the transaction, unless somebody alive has it.
pub(crate) async fn claim_import(tx: &mut Tx, id: Uuid) -> Result<bool> {
    sqlx::query_scalar("select pg_try_advisory_xact_lock(hashtextextended('import ' || $1::text, 0))")
        .bind(id)
        .fetch_one(tx.connection().await?)
        .await
        .map_err(sql_error)
}

/// An import of one of these collections; `not_found` for others, and where there is none.
pub(crate) async fn read_import(tx: &mut Tx, id: Uuid, collections: &[&'static str]) -> Result<ImportStatus> {
    let tenant = tx.tenant();
    let statement = sqlx::AssertSqlSafe(format!(
        "select {SUMMARY}, columns::text, notices::text, errors::text from imports
         where tenant_id = $1 and id = $2 and entity = any($3)"
    ));
    let row = sqlx::query(statement)
        .bind(tenant)
        .bind(id)
        .bind(collections)
        .fetch_optional(tx.connection().await?)
        .await
        .map_err(sql_error)?
        .ok_or_else(|| Fault::NotFound.error())?;
    Ok(ImportStatus {
        summary: summary(&row)?,
        columns: parsed(&row, "columns")?,
        notices: parsed(&row, "notices")?,
        errors: parsed(&row, "errors")?,
    })
}

/// Imports of these collections, the newest first, older than `after`; one more than the limit when there are more.
pub(crate) async fn list_imports(
    tx: &mut Tx,
    collections: &[&'static str],
    limit: u16,
    after: Option<Uuid>,
) -> Result<Vec<ImportSummary>> {
    let tenant = tx.tenant();
    let statement = sqlx::AssertSqlSafe(format!(
        "select {SUMMARY} from imports where tenant_id = $1 and entity = any($2) and ($3::uuid is null or id < $3)
         order by id desc limit $4"
    ));
    let rows = sqlx::query(statement)
        .bind(tenant)
        .bind(collections)
        .bind(after)
        .bind(i64::from(limit) + 1)
        .fetch_all(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    rows.iter().map(summary).collect()
}

/// The file of an import of one of these collections; `not_found` where it is kept no longer.
pub(crate) async fn read_file(tx: &mut Tx, id: Uuid, collections: &[&'static str]) -> Result<StoredFile> {
    let tenant = tx.tenant();
    let row = sqlx::query(
        "select entity, file_name, content, mapping::text, dry_run from imports
         where tenant_id = $1 and id = $2 and entity = any($3) and octet_length(content) > 0",
    )
    .bind(tenant)
    .bind(id)
    .bind(collections)
    .fetch_optional(tx.connection().await?)
    .await
    .map_err(sql_error)?
    .ok_or_else(|| Fault::NotFound.error())?;
    let mapping: Option<String> = row.try_get("mapping").map_err(sql_error)?;
    Ok(StoredFile {
        entity: row.try_get("entity").map_err(sql_error)?,
        file_name: row.try_get("file_name").map_err(sql_error)?,
        content: row.try_get("content").map_err(sql_error)?,
        mapping: mapping.map(|text| serde_json::from_str(&text)).transpose().map_err(Error::internal)?,
        dry_run: row.try_get("dry_run").map_err(sql_error)?,
    })
}

fn summary(row: &PgRow) -> Result<ImportSummary> {
    let number = |column| row.try_get::<i32, _>(column).map_err(sql_error);
    Ok(ImportSummary {
        id: row.try_get("id").map_err(sql_error)?,
        entity: row.try_get("entity").map_err(sql_error)?,
        file_name: row.try_get("file_name").map_err(sql_error)?,
        state: state(row)?,
        dry_run: row.try_get("dry_run").map_err(sql_error)?,
        rows: number("rows")?,
        processed: number("processed")?,
        created: number("created")?,
        updated: number("updated")?,
        unchanged: number("unchanged")?,
        created_at: row.try_get("created_at").map_err(sql_error)?,
    })
}

fn state(row: &PgRow) -> Result<ImportState> {
    let text: &str = row.try_get("state").map_err(sql_error)?;
    ImportState::parse(text).ok_or_else(|| Error::internal(format!("an import in the state {text}")))
}

fn parsed<T: DeserializeOwned>(row: &PgRow, column: &str) -> Result<T> {
    let text: &str = row.try_get(column).map_err(sql_error)?;
    serde_json::from_str(text).map_err(Error::internal)
}

fn json(value: &(impl Serialize + ?Sized)) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}
