//! The text of a row that is hashed, and its hash.

use std::collections::HashMap;

use kontor_kernel::{Result, TenantId};
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, PgConnection, Row};
use uuid::Uuid;

use super::{SealedLines, SealedTable};
use crate::constraint::sql_error;

/// Rows read at a time: bounds the memory, whatever a tenant has.
pub(super) const PAGE: i64 = 500;

/// The values of one row or line, as PostgreSQL writes them.
pub(super) type Values = Vec<Option<String>>;

/// The lines of the rows of one page, by the row they belong to.
pub(super) type LinesByRow = HashMap<Uuid, Vec<Values>>;

/// What the first hash of a chain follows: no chain is the beginning of another tenant's or another chain's.
pub(super) fn genesis(tenant: TenantId, chain: &str) -> Vec<u8> {
    Sha256::digest(format!("kontor seal 1\n{tenant}\n{chain}\n")).to_vec()
}

/// The hash of a row that follows `previous`.
///
/// Every value is written with its name and its length, so that no two different rows have one text.
pub(super) fn row_hash(previous: &[u8], sealed: &SealedTable, id: Uuid, values: &Values, lines: &[Values]) -> Vec<u8> {
    let mut text = format!("{}\nid=36:{id}\n", sealed.table);
    write_values(&mut text, sealed.columns, values);
    if let Some(kind) = sealed.lines {
        for line in lines {
            text.push_str(kind.table);
            text.push('\n');
            write_values(&mut text, kind.columns, line);
        }
    }
    Sha256::new().chain_update(previous).chain_update(text).finalize().to_vec()
}

fn write_values(text: &mut String, columns: &[&str], values: &Values) {
    for (column, value) in columns.iter().zip(values) {
        text.push_str(column);
        match value {
            Some(value) => {
                text.push_str(&format!("={}:", value.len()));
                text.push_str(value);
            }
            None => text.push('~'),
        }
        text.push('\n');
    }
}

/// The columns as one array of texts. The names are `&'static str` from a declaration, never a client's.
pub(super) fn text_array(alias: &str, columns: &[&str]) -> String {
    let texts: Vec<String> = columns.iter().map(|column| format!("{alias}.{column}::text")).collect();
    format!("array[{}]::text[]", texts.join(", "))
}

/// The lines of these rows; nothing for a table without lines.
pub(super) async fn read_lines(
    connection: &mut PgConnection,
    tenant: TenantId,
    sealed: &SealedTable,
    rows: Vec<Uuid>,
) -> Result<LinesByRow> {
    let Some(SealedLines { table, parent, order, columns }) = sealed.lines else { return Ok(LinesByRow::new()) };
    let sql = format!(
        "select l.{parent}, {} from {table} l where l.tenant_id = $1 and l.{parent} = any($2)
         order by l.{parent}, l.{order}, l.id",
        text_array("l", columns)
    );
    let lines =
        sqlx::query(AssertSqlSafe(sql)).bind(tenant.0).bind(rows).fetch_all(connection).await.map_err(sql_error)?;
    let mut by_row = LinesByRow::new();
    for line in lines {
        let row: Uuid = line.try_get(0).map_err(sql_error)?;
        by_row.entry(row).or_default().push(line.try_get(1).map_err(sql_error)?);
    }
    Ok(by_row)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTES: SealedTable = SealedTable {
        chain: "notes",
        invariant: "I10",
        table: "notes",
        columns: &["title", "text"],
        lines: Some(SealedLines { table: "note_lines", parent: "note_id", order: "position", columns: &["word"] }),
    };

    fn hash(values: [Option<&str>; 2], lines: &[&str]) -> Vec<u8> {
        let values = values.iter().map(|value| value.map(str::to_owned)).collect();
        let lines: Vec<Values> = lines.iter().map(|line| vec![Some((*line).to_owned())]).collect();
        row_hash(b"before", &NOTES, Uuid::nil(), &values, &lines)
    }

    #[test]
    fn no_two_rows_share_a_text() {
        let rows = [
            hash([Some("a"), Some("b")], &[]),
            hash([Some("ab"), Some("")], &[]),
            hash([Some("ab"), None], &[]),
            hash([None, Some("ab")], &[]),
            hash([Some("a\ntext=1:b"), None], &[]),
            hash([Some("a"), Some("b")], &["c"]),
            hash([Some("a"), Some("b")], &["c", "d"]),
            hash([Some("a"), Some("b")], &["d", "c"]),
            hash([Some("a"), Some("b\nnote_lines\nword=1:c")], &[]),
        ];
        for (index, row) in rows.iter().enumerate() {
            assert!(rows.iter().skip(index + 1).all(|other| other != row), "row {index} has a twin");
        }
    }

    #[test]
    fn chains_begin_differently() {
        let (one, other) = (TenantId::new(), TenantId::new());
        assert_ne!(genesis(one, "ledger"), genesis(other, "ledger"));
        assert_ne!(genesis(one, "ledger"), genesis(one, "stock"));
    }
}
