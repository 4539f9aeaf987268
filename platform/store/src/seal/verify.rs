use std::fmt;

use kontor_kernel::Result;
use sqlx::{AssertSqlSafe, PgConnection, Row};
use uuid::Uuid;

use super::{
    SealedTable,
    text::{PAGE, Values, genesis, read_lines, row_hash, text_array},
};
use crate::{CheckTx, Databases, Snapshot, constraint::sql_error};

/// Faults told per chain and kind of search; a table that was emptied has as many as it had rows.
const MOST_FAULTS: usize = 1_000;

/// One thing wrong with a chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealFault {
    /// The row is not what was sealed: it, its lines or the order of the seals was changed.
    Changed { position: i64, row: Uuid },
    /// The sealed row is gone.
    Deleted { position: i64, row: Uuid },
    /// A row that was there when the chain was sealed, by the transaction it names, and has no seal.
    Inserted { row: Uuid },
    /// Seals are missing: positions from one to the other, both included.
    Missing { from: i64, to: i64 },
    /// The chain does not end where its head says: seals or the head were taken away or put in.
    HeadDiffers { head: i64, last: i64 },
    /// There are more; the first thousand are told.
    More,
}

impl fmt::Display for SealFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { position, row } => write!(f, "row {row} at position {position} is not what was sealed"),
            Self::Deleted { position, row } => write!(f, "row {row} at position {position} was deleted"),
            Self::Inserted { row } => write!(f, "row {row} was put in after its time and has no seal"),
            Self::Missing { from, to } if from == to => write!(f, "the seal at position {from} is missing"),
            Self::Missing { from, to } => write!(f, "the seals at positions {from} to {to} are missing"),
            Self::HeadDiffers { head, last } => {
                write!(f, "the chain's head is at position {head}, its last seal at {last}, or their hashes differ")
            }
            Self::More => write!(f, "and more than {MOST_FAULTS} others"),
        }
    }
}

/// Up to where each of the tables' chains is sealed for every tenant; read before the transaction that verifies.
pub async fn sealed_positions(databases: &Databases, tables: &[SealedTable]) -> Result<Vec<Option<Snapshot>>> {
    let known: Vec<(String, String)> = sqlx::query_as("select chain, position::text from platform.sealing")
        .fetch_all(databases.identity())
        .await
        .map_err(sql_error)?;
    let position = |chain: &str| known.iter().find(|(name, _)| name == chain).map(|(_, at)| Snapshot::read(at));
    tables.iter().map(|sealed| position(sealed.chain).transpose()).collect()
}

/// Computes a tenant's chain again and tells everything that is wrong with it.
///
/// `sealed_for_all` is the chain's entry of [`sealed_positions`]: a row that was committed by then must have a seal, even
/// if the whole chain is gone. Rows that were committed later and are not sealed yet are no fault.
pub async fn verify(
    tx: &mut CheckTx,
    table: &SealedTable,
    sealed_for_all: Option<&Snapshot>,
) -> Result<Vec<SealFault>> {
    let head = read_head(tx, table.chain).await?;
    let (mut faults, last, hash) = walk(tx, table).await?;
    match &head {
        Some((position, head_hash, _)) if *position == last && *head_hash == hash => {}
        None if last == 0 => {}
        _ => faults.push(SealFault::HeadDiffers { head: head.as_ref().map_or(0, |(position, ..)| *position), last }),
    }
    let beginning = Snapshot::beginning();
    let sealed_to = head.map_or_else(|| Ok(beginning.clone()), |(.., sealed_to)| Snapshot::read(&sealed_to))?;
    faults.extend(inserted(tx, table, &sealed_to, sealed_for_all.unwrap_or(&beginning)).await?);
    Ok(faults)
}

async fn read_head(tx: &mut CheckTx, chain: &str) -> Result<Option<(i64, Vec<u8>, String)>> {
    let tenant = tx.tenant().0;
    sqlx::query_as("select position, hash, sealed_to::text from seal_heads where tenant_id = $1 and chain = $2")
        .bind(tenant)
        .bind(chain)
        .fetch_optional(tx.connection()?)
        .await
        .map_err(sql_error)
}

/// One seal with the row it stands for.
struct Sealed {
    position: i64,
    row: Uuid,
    hash: Vec<u8>,
    present: bool,
    values: Values,
}

/// Walks the chain from its beginning; its faults, and position and hash of its last seal.
///
/// Each row is judged by the *stored* hash before it, so that one changed row is one fault and not as many as follow it.
async fn walk(tx: &mut CheckTx, table: &SealedTable) -> Result<(Vec<SealFault>, i64, Vec<u8>)> {
    let tenant = tx.tenant();
    let (mut last, mut hash) = (0, genesis(tenant, table.chain));
    let mut faults = Vec::new();
    loop {
        let page = read_seals(tx.connection()?, tenant.0, table, last).await?;
        if page.is_empty() {
            return Ok((faults, last, hash));
        }
        let rows = page.iter().map(|sealed| sealed.row).collect();
        let lines = read_lines(tx.connection()?, tenant, table, rows).await?;
        for sealed in page {
            let Sealed { position, row, .. } = sealed;
            if position != last + 1 {
                report(&mut faults, SealFault::Missing { from: last + 1, to: position - 1 });
            }
            let own_lines = lines.get(&row).map_or(&[][..], Vec::as_slice);
            if !sealed.present {
                report(&mut faults, SealFault::Deleted { position, row });
            } else if position == last + 1 && row_hash(&hash, table, row, &sealed.values, own_lines) != sealed.hash {
                report(&mut faults, SealFault::Changed { position, row });
            }
            (last, hash) = (position, sealed.hash);
        }
    }
}

fn report(faults: &mut Vec<SealFault>, fault: SealFault) {
    match faults.len() {
        0..MOST_FAULTS => faults.push(fault),
        MOST_FAULTS => faults.push(SealFault::More),
        _ => {}
    }
}

async fn read_seals(
    connection: &mut PgConnection,
    tenant: Uuid,
    table: &SealedTable,
    after: i64,
) -> Result<Vec<Sealed>> {
    let sql = format!(
        "select s.position, s.row_id, s.hash, r.id is not null, {} from seals s
         left join {} r on r.tenant_id = s.tenant_id and r.id = s.row_id
         where s.tenant_id = $1 and s.chain = $2 and s.position > $3 order by s.position limit {PAGE}",
        text_array("r", table.columns),
        table.table
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(tenant)
        .bind(table.chain)
        .bind(after)
        .fetch_all(connection)
        .await
        .map_err(sql_error)?;
    let sealed: sqlx::Result<Vec<Sealed>> = rows
        .iter()
        .map(|row| {
            Ok(Sealed {
                position: row.try_get(0)?,
                row: row.try_get(1)?,
                hash: row.try_get(2)?,
                present: row.try_get(3)?,
                values: row.try_get(4)?,
            })
        })
        .collect();
    sealed.map_err(sql_error)
}

/// Rows without a seal that were there when the chain was sealed.
async fn inserted(
    tx: &mut CheckTx,
    table: &SealedTable,
    sealed_to: &Snapshot,
    sealed_for_all: &Snapshot,
) -> Result<Vec<SealFault>> {
    let tenant = tx.tenant().0;
    let sql = format!(
        "select r.id from {} r where r.tenant_id = $1
           and (pg_visible_in_snapshot(r.xid, $3::text::pg_snapshot) or pg_visible_in_snapshot(r.xid, $4::text::pg_snapshot))
           and not exists (select from seals s where s.tenant_id = r.tenant_id and s.chain = $2 and s.row_id = r.id)
         order by r.xid, r.id limit {}",
        table.table,
        MOST_FAULTS + 1
    );
    let rows: Vec<Uuid> = sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(tenant)
        .bind(table.chain)
        .bind(sealed_to.as_str())
        .bind(sealed_for_all.as_str())
        .fetch_all(tx.connection()?)
        .await
        .map_err(sql_error)?;
    let mut faults = Vec::new();
    for row in rows {
        report(&mut faults, SealFault::Inserted { row });
    }
    Ok(faults)
}
