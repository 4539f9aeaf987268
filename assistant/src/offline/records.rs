//! The tenant's records for the planner: found by search, read from PostgreSQL as the person.

use std::{
    collections::HashMap,
    fmt::Write as _,
    sync::{Arc, Mutex, PoisonError},
};

use kontor_entity::{EntityMeta, Kind};
use kontor_kernel::{Error, Result};
use kontor_planner::{Candidate, RecordKind, Records};
use kontor_store::{Tx, sql_error};
use rust_decimal::Decimal;
use sqlx::{AssertSqlSafe, Row as _, postgres::PgRow};
use uuid::Uuid;

use super::{PRODUCTS, SUPPLIERS};
use crate::Desk;

/// Candidates for one run of words.
const FOUND: usize = 20;
/// Words of a run that are looked up one by one while search is behind.
const WORDS: usize = 8;

/// [`Records`] over a desk. Remembers what it was asked, as one request asks for the same words again.
pub(super) struct DeskRecords<'d> {
    desk: &'d Desk,
    known: Mutex<HashMap<(RecordKind, String), Vec<Candidate>>>,
}

impl<'d> DeskRecords<'d> {
    pub fn new(desk: &'d Desk) -> Self {
        Self { desk, known: Mutex::default() }
    }

    async fn look_up(&self, kind: RecordKind, text: &str) -> Result<Vec<Candidate>> {
        let collection = match kind {
            RecordKind::Product => PRODUCTS,
            RecordKind::Supplier => SUPPLIERS,
        };
        let found = self.desk.find(vec![collection], text, FOUND).await?;
        let ids: Vec<Uuid> = found.iter().map(|found| found.id).collect();
        let meta = self.desk.entity(collection)?.1.meta;
        let wanted = Arc::new(Wanted { ids, codes: codes(text), patterns: self.patterns(text) });
        let mut candidates = self
            .desk
            .read(collection, move |tx| {
                let wanted = Arc::clone(&wanted);
                Box::pin(async move { read_candidates(tx, meta, kind, &wanted).await })
            })
            .await?;
        // Search's order first; what only PostgreSQL knew comes last.
        candidates
            .sort_by_key(|candidate| found.iter().position(|found| found.id == candidate.id).unwrap_or(usize::MAX));
        Ok(candidates)
    }

    /// While search is behind, words are looked for in PostgreSQL too: a question sees what was committed before it.
    fn patterns(&self, text: &str) -> Vec<String> {
        if self.desk.is_caught_up() {
            return Vec::new();
        }
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 3);
        words.take(WORDS).map(|word| format!("%{word}%")).collect()
    }
}

/// A code as it was said, and in capitals.
fn codes(text: &str) -> Vec<String> {
    let text = text.trim();
    vec![text.to_owned(), text.to_uppercase()]
}

struct Wanted {
    ids: Vec<Uuid>,
    codes: Vec<String>,
    patterns: Vec<String>,
}

impl Records for DeskRecords<'_> {
    type Error = Error;

    async fn find(&self, kind: RecordKind, text: &str) -> Result<Vec<Candidate>> {
        let key = (kind, text.to_owned());
        if let Some(known) = self.known.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(known.clone());
        }
        let candidates = self.look_up(kind, text).await?;
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(key, candidates.clone());
        Ok(candidates)
    }
}

/// The link field of a description by its name, with what it points to.
fn link(meta: &EntityMeta, name: &str) -> Option<&'static EntityMeta> {
    match meta.field(name)?.kind {
        Kind::Link(target) => Some(target()),
        _ => None,
    }
}

/// The statement over a description: identifiers are its own, values are parameters.
fn statement(meta: &EntityMeta) -> String {
    let mut columns = format!("t.id, t.{} as code, t.{} as name", meta.code, meta.title);
    let mut joins = String::new();
    for (name, of) in [("unit_id", "u"), ("supplier_id", "s")] {
        if let Some(target) = link(meta, name) {
            let _ = write!(columns, ", t.{name}, {of}.{} as {of}_name", target.title);
            let _ = write!(
                joins,
                " left join {} {of} on {of}.tenant_id = t.tenant_id and {of}.id = t.{name}",
                target.table
            );
        }
    }
    if meta.field("purchase_price").is_some() {
        columns.push_str(", t.purchase_price");
    }
    let role = meta.role.map(|role| format!(" and t.{role}")).unwrap_or_default();
    format!(
        "select {columns} from {} t{joins} where t.tenant_id = $1 and t.archived_at is null{role}
         and (t.id = any($2) or t.{} = any($3) or t.{} ilike any($4)) order by t.{} limit 200",
        meta.table, meta.code, meta.title, meta.title
    )
}

async fn read_candidates(tx: &mut Tx, meta: &EntityMeta, kind: RecordKind, wanted: &Wanted) -> Result<Vec<Candidate>> {
    let tenant = tx.tenant();
    let rows = sqlx::query(AssertSqlSafe(statement(meta)))
        .bind(tenant)
        .bind(&wanted.ids)
        .bind(&wanted.codes)
        .bind(&wanted.patterns)
        .fetch_all(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    rows.iter().map(|row| candidate(row, meta, kind)).collect()
}

fn candidate(row: &PgRow, meta: &EntityMeta, kind: RecordKind) -> Result<Candidate> {
    let unit: Option<String> = match link(meta, "unit_id") {
        Some(_) => row.try_get("u_name").map_err(sql_error)?,
        None => None,
    };
    let supplier: Option<(Uuid, String)> = match link(meta, "supplier_id") {
        Some(_) => {
            let id: Option<Uuid> = row.try_get("supplier_id").map_err(sql_error)?;
            let name: Option<String> = row.try_get("s_name").map_err(sql_error)?;
            id.zip(name)
        }
        None => None,
    };
    let price: Option<Decimal> = match meta.field("purchase_price") {
        Some(_) => row.try_get("purchase_price").map_err(sql_error)?,
        None => None,
    };
    Ok(Candidate {
        id: row.try_get("id").map_err(sql_error)?,
        kind,
        code: row.try_get("code").map_err(sql_error)?,
        name: row.try_get("name").map_err(sql_error)?,
        unit,
        supplier,
        price,
    })
}
