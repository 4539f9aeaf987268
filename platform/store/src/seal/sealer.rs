use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};
use kontor_kernel::{Clock, ErrorKind, Fault, Result, TenantId};
use sqlx::{AssertSqlSafe, PgConnection, Row};
use tracing::{error, warn};
use uuid::Uuid;

use super::{
    SealedTable, sealed_positions,
    text::{PAGE, Values, genesis, read_lines, row_hash, text_array},
};
use crate::{
    Databases, Snapshot,
    check::CANONICAL_TEXT,
    constraint::sql_error,
    pool::{Transaction, begin_as},
};

/// Seals what was committed, for every tenant.
#[derive(Clone)]
pub struct Sealer {
    databases: Databases,
    tables: Arc<[SealedTable]>,
    clock: Arc<dyn Clock>,
}

/// The end of a chain, and how far it is sealed.
struct Head {
    position: i64,
    hash: Vec<u8>,
    sealed_to: Snapshot,
}

/// One page of rows to seal.
struct Page {
    ids: Vec<Uuid>,
    values: Vec<Values>,
    /// Where the next page begins: transaction and id of the last row.
    last: Option<(String, Uuid)>,
}

impl Sealer {
    pub fn new(databases: Databases, tables: Vec<SealedTable>, clock: Arc<dyn Clock>) -> Self {
        Self { databases, tables: tables.into(), clock }
    }

    /// Seals every row that was committed since the last time; the number of rows sealed.
    ///
    /// One question over the tables' `xid` indexes finds the tenants that wrote, so idle tenants cost nothing. A tenant
    /// whose chain cannot go on, because somebody changed it, is logged and left as it is: `kontor check` tells what is
    /// wrong with it, and the others are sealed.
    pub async fn seal_new(&self) -> Result<u64> {
        let positions = sealed_positions(&self.databases, &self.tables).await?;
        let from: Vec<_> = positions.into_iter().map(|position| position.unwrap_or_else(Snapshot::beginning)).collect();
        let (now, found) = self.unsealed(&from).await?;
        let mut tenants: BTreeMap<TenantId, Vec<usize>> = BTreeMap::new();
        for (index, ids) in found.iter().enumerate() {
            for id in ids {
                tenants.entry(TenantId(*id)).or_default().push(index);
            }
        }
        let (mut sealed, mut all) = (0, true);
        for (tenant, indexes) in tenants {
            let chains = indexes.iter().filter_map(|index| self.tables.get(*index).zip(from.get(*index)));
            match self.seal_chains(tenant, chains.collect()).await {
                Ok(count) => sealed += count,
                Err(failure) if failure.kind() == ErrorKind::Unavailable || failure.is(Fault::ConcurrentChange) => {
                    warn!(tenant = %tenant, cause = ?failure, "sealing for tenant {tenant} is tried again");
                    all = false;
                }
                Err(failure) => {
                    error!(tenant = %tenant, cause = ?failure, "the chains of tenant {tenant} cannot be sealed")
                }
            }
        }
        if all {
            self.save_positions(&found, &now).await?;
        }
        Ok(sealed)
    }

    /// Only the chains that grew are saved: while nothing is written, sealing writes nothing.
    async fn save_positions(&self, found: &[Vec<Uuid>], now: &Snapshot) -> Result<()> {
        let grown = self.tables.iter().zip(found).filter(|(_, tenants)| !tenants.is_empty());
        let chains: Vec<&str> = grown.map(|(sealed, _)| sealed.chain).collect();
        if chains.is_empty() {
            return Ok(());
        }
        sqlx::query(
            "insert into platform.sealing (chain, position) select chain, $2::text::pg_snapshot from unnest($1::text[]) as c (chain)
             on conflict (chain) do update set position = excluded.position",
        )
        .bind(chains)
        .bind(now.as_str())
        .execute(self.databases.identity())
        .await
        .map_err(sql_error)?;
        Ok(())
    }

    /// The tenants with new rows, table by table, and the moment they were looked for.
    async fn unsealed(&self, from: &[Snapshot]) -> Result<(Snapshot, Vec<Vec<Uuid>>)> {
        let questions: Vec<String> = self
            .tables
            .iter()
            .enumerate()
            .map(|(index, sealed)| {
                let (table, n) = (sealed.table, index + 1);
                format!(
                    ", array(select distinct r.tenant_id from {table} r where r.xid >= pg_snapshot_xmin(${n}::text::pg_snapshot)
                       and not pg_visible_in_snapshot(r.xid, ${n}::text::pg_snapshot))"
                )
            })
            .collect();
        let sql = format!("select pg_current_snapshot()::text{}", questions.concat());
        let query = from.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, position| query.bind(position.as_str()));
        let row = query.fetch_one(self.databases.reader()).await.map_err(sql_error)?;
        let now: String = row.try_get(0).map_err(sql_error)?;
        let found: sqlx::Result<_> = (1..=self.tables.len()).map(|column| row.try_get(column)).collect();
        Ok((Snapshot::read(&now)?, found.map_err(sql_error)?))
    }

    /// Seals chains of one tenant in one transaction.
    async fn seal_chains(&self, tenant: TenantId, chains: Vec<(&SealedTable, &Snapshot)>) -> Result<u64> {
        let begin = format!("{}; SELECT {CANONICAL_TEXT}", begin_as(tenant, "BEGIN"));
        let mut tx = Transaction::begin(self.databases.pool(tenant), AssertSqlSafe(begin)).await?;
        let connection = tx.connection()?;
        // Two sealers of one tenant take turns. What they read comes after this, so the second sees the first one's end.
        sqlx::query("select pg_advisory_xact_lock(hashtextextended('kontor seal ' || $1, 0))")
            .bind(tenant.0.to_string())
            .execute(&mut *connection)
            .await
            .map_err(sql_error)?;
        let now: String = sqlx::query_scalar("select pg_current_snapshot()::text")
            .fetch_one(&mut *connection)
            .await
            .map_err(sql_error)?;
        let now = Snapshot::read(&now)?;
        let mut sealed = 0;
        for (table, from) in chains {
            sealed += seal_chain(connection, tenant, table, from, &now, self.clock.now()).await?;
        }
        tx.commit().await?;
        Ok(sealed)
    }
}

/// Seals the rows of one chain that are visible in `now`; `from` only bounds where to look for them.
async fn seal_chain(
    connection: &mut PgConnection,
    tenant: TenantId,
    table: &SealedTable,
    from: &Snapshot,
    now: &Snapshot,
    at: DateTime<Utc>,
) -> Result<u64> {
    let begun = read_head(connection, tenant, table.chain).await?;
    let (mut position, mut hash) = (begun.position, begun.hash);
    let mut after = None;
    loop {
        let page = read_page(connection, tenant, table, [&begun.sealed_to, from, now], after).await?;
        if page.ids.is_empty() {
            break;
        }
        let lines = read_lines(connection, tenant, table, page.ids.clone()).await?;
        let mut hashes = Vec::with_capacity(page.ids.len());
        for (id, values) in page.ids.iter().zip(&page.values) {
            hash = row_hash(&hash, table, *id, values, lines.get(id).map_or(&[], Vec::as_slice));
            hashes.push(hash.clone());
        }
        position = append(connection, tenant, table.chain, position, (page.ids, hashes), at).await?;
        after = page.last;
    }
    if position > begun.position {
        move_head(connection, tenant, table.chain, begun.position, &Head { position, hash, sealed_to: now.clone() })
            .await?;
    }
    Ok(u64::try_from(position - begun.position).unwrap_or_default())
}

async fn read_head(connection: &mut PgConnection, tenant: TenantId, chain: &str) -> Result<Head> {
    let head: Option<(i64, Vec<u8>, String)> =
        sqlx::query_as("select position, hash, sealed_to::text from seal_heads where tenant_id = $1 and chain = $2")
            .bind(tenant.0)
            .bind(chain)
            .fetch_optional(connection)
            .await
            .map_err(sql_error)?;
    Ok(match head {
        Some((position, hash, sealed_to)) => Head { position, hash, sealed_to: Snapshot::read(&sealed_to)? },
        None => Head { position: 0, hash: genesis(tenant, chain), sealed_to: Snapshot::beginning() },
    })
}

/// The next rows that are visible in `now` and not in `sealed_to`, by transaction and id.
async fn read_page(
    connection: &mut PgConnection,
    tenant: TenantId,
    table: &SealedTable,
    [sealed_to, from, now]: [&Snapshot; 3],
    after: Option<(String, Uuid)>,
) -> Result<Page> {
    let (xid, id) = after.unwrap_or_else(|| ("0".to_owned(), Uuid::nil()));
    let sql = format!(
        "select r.id, r.xid::text, {} from {} r where r.tenant_id = $1
           and r.xid >= greatest(pg_snapshot_xmin($2::text::pg_snapshot), pg_snapshot_xmin($3::text::pg_snapshot), $5::text::xid8)
           and not pg_visible_in_snapshot(r.xid, $2::text::pg_snapshot)
           and pg_visible_in_snapshot(r.xid, $4::text::pg_snapshot) and (r.xid, r.id) > ($5::text::xid8, $6)
         order by r.xid, r.id limit {PAGE}",
        text_array("r", table.columns),
        table.table
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(tenant.0)
        .bind(sealed_to.as_str())
        .bind(from.as_str())
        .bind(now.as_str())
        .bind(xid)
        .bind(id)
        .fetch_all(connection)
        .await
        .map_err(sql_error)?;
    let mut page = Page { ids: Vec::with_capacity(rows.len()), values: Vec::with_capacity(rows.len()), last: None };
    for row in rows {
        let id = row.try_get(0).map_err(sql_error)?;
        page.last = Some((row.try_get(1).map_err(sql_error)?, id));
        page.ids.push(id);
        page.values.push(row.try_get(2).map_err(sql_error)?);
    }
    Ok(page)
}

/// Appends seals after `position`; the position of the last.
async fn append(
    connection: &mut PgConnection,
    tenant: TenantId,
    chain: &str,
    position: i64,
    (ids, hashes): (Vec<Uuid>, Vec<Vec<u8>>),
    at: DateTime<Utc>,
) -> Result<i64> {
    let last = position + i64::try_from(ids.len()).unwrap_or_default();
    sqlx::query(
        "insert into seals (tenant_id, chain, position, row_id, hash, sealed_at)
         select $1, $2, $3 + s.n, s.row_id, s.hash, $6
         from unnest($4::uuid[], $5::bytea[]) with ordinality as s (row_id, hash, n)",
    )
    .bind(tenant.0)
    .bind(chain)
    .bind(position)
    .bind(ids)
    .bind(hashes)
    .bind(at)
    .execute(connection)
    .await
    .map_err(sql_error)?;
    Ok(last)
}

async fn move_head(connection: &mut PgConnection, tenant: TenantId, chain: &str, from: i64, to: &Head) -> Result<()> {
    let moved = sqlx::query(
        "insert into seal_heads as h (tenant_id, chain, position, hash, sealed_to)
         values ($1, $2, $3, $4, $5::text::pg_snapshot)
         on conflict (tenant_id, chain) do update
         set position = excluded.position, hash = excluded.hash, sealed_to = excluded.sealed_to where h.position = $6",
    )
    .bind(tenant.0)
    .bind(chain)
    .bind(to.position)
    .bind(&to.hash)
    .bind(to.sealed_to.as_str())
    .bind(from)
    .execute(connection)
    .await
    .map_err(sql_error)?;
    if moved.rows_affected() == 1 { Ok(()) } else { Err(Fault::ConcurrentChange.error()) }
}
