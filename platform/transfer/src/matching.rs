//! The company's records that a file's rows and links mean, looked up for all rows at once.

use std::collections::{HashMap, HashSet};

use kontor_entity::{EntityMeta, FieldMeta, Kind, Value};
use kontor_kernel::Result;
use kontor_store::{Condition, Cursor, ListQuery, Operator, Stored, Tx, sql_error};
use sqlx::{AssertSqlSafe, Row};
use uuid::Uuid;

use crate::{
    Code,
    cell::Refusal,
    table::{Cell, Table, TableRow},
};

/// Values of one condition; always this many, so that the statement's text stays the same.
const BATCH: usize = 1_000;
/// Records read at a time. A code has one record, so that one page holds a batch of them.
const PAGE: u16 = 1_000;

/// The records of the entity itself, by what rows are matched by.
#[derive(Debug, Default)]
pub(crate) struct Matches {
    by_code: HashMap<String, Stored>,
    by_name: HashMap<String, Vec<Stored>>,
}

impl Matches {
    pub async fn load(tx: &mut Tx, meta: &'static EntityMeta, table: &Table) -> Result<Self> {
        let mut codes: HashSet<&str> = table.rows.iter().filter_map(|row| row.code.as_deref()).collect();
        let codeless = table.rows.iter().filter(|row| row.code.is_none());
        let names: HashSet<&str> = codeless.filter_map(|row| row.name.as_deref()).collect();
        let mut matches = Self::default();
        for archived in [false, true] {
            for record in records_by(tx, meta, meta.code, &codes, archived).await? {
                if let Some(code) = record.get(meta, meta.code).as_text() {
                    codes.remove(code);
                    matches.by_code.insert(code.to_owned(), record);
                }
            }
        }
        for record in records_by(tx, meta, meta.title, &names, false).await? {
            if let Some(name) = record.get(meta, meta.title).as_text() {
                matches.by_name.entry(name.to_owned()).or_default().push(record);
            }
        }
        Ok(matches)
    }

    /// The record that a row means: by its code, else by its exact name. Nothing for a new one.
    pub fn find(&self, row: &TableRow) -> Result<Option<&Stored>, Refusal> {
        if let Some(code) = &row.code {
            return Ok(self.by_code.get(code));
        }
        match row.name.as_ref().and_then(|name| self.by_name.get(name)).map(Vec::as_slice) {
            None | Some([]) => Ok(None),
            Some([only]) => Ok(Some(only)),
            Some(_) => Err(Refusal::of(Code::AmbiguousRecord.info())),
        }
    }
}

async fn records_by(
    tx: &mut Tx,
    meta: &'static EntityMeta,
    column: &'static str,
    values: &HashSet<&str>,
    archived: bool,
) -> Result<Vec<Stored>> {
    let values: Vec<&str> = values.iter().copied().collect();
    let mut records = Vec::new();
    for batch in values.chunks(BATCH) {
        let filler = std::iter::repeat_n(batch.last(), BATCH - batch.len()).flatten();
        let texts = batch.iter().chain(filler).map(|text| Value::Text((*text).to_owned())).collect();
        let conditions = vec![Condition { field: column, operator: Operator::In, values: texts }];
        let mut list = ListQuery { conditions, archived, limit: PAGE, ..ListQuery::all(meta) };
        loop {
            let (page, next) = tx.list_records(meta, &list).await?;
            records.extend(page.into_iter().map(|listed| listed.stored));
            let Some(cursor) = next.as_deref().and_then(Cursor::decode) else { break };
            list.cursor = Some(cursor);
        }
    }
    Ok(records)
}

/// What the links of one field can mean.
#[derive(Debug, Default)]
struct Targets {
    by_code: HashMap<String, Vec<Uuid>>,
    /// Case does not matter; the keys are as the file writes them.
    by_name: HashMap<String, Vec<Uuid>>,
}

/// Everything that the links of a file can mean, by the place of their field among the table's.
#[derive(Debug, Default)]
pub(crate) struct Links {
    fields: HashMap<usize, Targets>,
}

impl Links {
    pub async fn load(tx: &mut Tx, table: &Table) -> Result<Self> {
        let mut links = Self::default();
        for (place, (_, field)) in table.fields.iter().enumerate() {
            let Kind::Link(target) = field.kind else { continue };
            let mut texts: Vec<String> = table
                .rows
                .iter()
                .filter_map(|row| match row.cells.get(place) {
                    Some(Cell::Link(text)) => Some(text.clone()),
                    _ => None,
                })
                .collect();
            texts.sort();
            texts.dedup();
            links.fields.insert(place, Targets::load(tx, target(), texts).await?);
        }
        Ok(links)
    }

    /// The records with a code, or where there is none with this name.
    pub fn candidates(&self, place: usize, text: &str) -> &[Uuid] {
        let Some(targets) = self.fields.get(&place) else { return &[] };
        targets.by_code.get(text).or_else(|| targets.by_name.get(text)).map_or(&[], Vec::as_slice)
    }
}

impl Targets {
    async fn load(tx: &mut Tx, target: &'static EntityMeta, mut texts: Vec<String>) -> Result<Self> {
        if texts.is_empty() {
            return Ok(Self::default());
        }
        let by_code = find(tx, target, "t.{} = x.text", target.code, &texts).await?;
        texts.retain(|text| !by_code.contains_key(text));
        let by_name = match target.code == target.title || texts.is_empty() {
            true => HashMap::new(),
            false => find(tx, target, "lower(t.{}) = lower(x.text)", target.title, &texts).await?,
        };
        Ok(Self { by_code, by_name })
    }
}

/// The records that fit each text by a condition on one column. One that is archived counts only where no other fits.
async fn find(
    tx: &mut Tx,
    target: &'static EntityMeta,
    condition: &'static str,
    column: &'static str,
    texts: &[String],
) -> Result<HashMap<String, Vec<Uuid>>> {
    let role = target.role.map(|role| format!(" and t.{role}")).unwrap_or_default();
    let statement = format!(
        "select x.text, t.id, t.archived_at is not null from unnest($2::text[]) as x (text)
         join {} t on t.tenant_id = $1 and {}{role}
         order by x.text, t.archived_at is not null, t.id",
        target.table,
        condition.replace("{}", column),
    );
    let tenant = tx.tenant();
    let rows = sqlx::query(AssertSqlSafe(statement))
        .bind(tenant)
        .bind(texts)
        .fetch_all(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    let mut found: HashMap<String, (Vec<Uuid>, bool)> = HashMap::new();
    for row in rows {
        let text: String = row.try_get(0).map_err(sql_error)?;
        let id: Uuid = row.try_get(1).map_err(sql_error)?;
        let archived: bool = row.try_get(2).map_err(sql_error)?;
        let (ids, only_archived) = found.entry(text).or_insert_with(|| (Vec::new(), archived));
        if archived == *only_archived {
            ids.push(id);
        }
    }
    Ok(found.into_iter().map(|(text, (ids, _))| (text, ids)).collect())
}

/// Whether a field points to records of its own entity.
pub(crate) fn is_own(meta: &EntityMeta, field: &FieldMeta) -> bool {
    matches!(field.kind, Kind::Link(target) if target().name == meta.name)
}
