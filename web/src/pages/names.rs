//! Names of linked records by their ids, in one statement.

use std::collections::HashMap;

use kontor_entity::EntityMeta;
use kontor_kernel::Result;
use kontor_store::{Tx, sql_error};
use sqlx::{AssertSqlSafe, Row};
use uuid::Uuid;

/// Id → what people call the record.
pub(crate) type Names = HashMap<Uuid, String>;

/// Reads the names of records; of those that the company does not have there is none. Asks nothing for nothing.
pub(crate) async fn read_names(tx: &mut Tx, wanted: &[(&'static EntityMeta, Uuid)]) -> Result<Names> {
    let mut tables: Vec<&'static EntityMeta> = Vec::new();
    for (meta, _) in wanted.iter().filter(|(meta, _)| meta.title != "id") {
        if tables.iter().all(|known| known.table != meta.table) {
            tables.push(meta);
        }
    }
    if tables.is_empty() {
        return Ok(Names::new());
    }
    let selects: Vec<String> = tables
        .iter()
        .map(|meta| {
            format!("select id, {}::text from {} where tenant_id = $1 and id = any ($2)", meta.title, meta.table)
        })
        .collect();
    let ids: Vec<Uuid> = wanted.iter().map(|(_, id)| *id).collect();
    let rows = sqlx::query(AssertSqlSafe(selects.join(" union all ")))
        .bind(tx.tenant())
        .bind(ids)
        .fetch_all(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<sqlx::Result<_>>().map_err(sql_error)
}
