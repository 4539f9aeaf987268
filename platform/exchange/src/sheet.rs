//! A file read as a table.

use std::collections::HashMap;

use serde::Serialize;

use crate::decode::{Encoding, decode};
use crate::delimiter::{Delimiter, sniff};
use crate::error::{RowError, code};
use crate::escape::unescape;
use crate::record::{Flaw, MOST_FIELDS, Record, Records};

/// What databases write for a value that is absent.
pub(crate) const ABSENT: &str = "NULL";

/// How large a file may be.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Data rows, the header not counted.
    pub rows: u32,
    pub bytes: usize,
}

impl Default for Limits {
    /// 10,000 rows, 20 MB.
    fn default() -> Self {
        Self { rows: 10_000, bytes: 20 * 1024 * 1024 }
    }
}

/// Something the reader decided that the person should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Stable, in snake case.
    pub code: &'static str,
    /// An English sentence.
    pub message: String,
}

/// A table: named columns and rows that have a value or none in each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// Trimmed, all different and none empty, in the file's order.
    pub columns: Vec<String>,
    /// At least one.
    #[serde(skip)]
    pub rows: Vec<Row>,
    pub delimiter: Delimiter,
    pub encoding: Encoding,
    pub notices: Vec<Notice>,
}

/// One data row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Counted from 1 without the header and blank lines.
    pub row: u32,
    /// The line of the file it begins on, from 1.
    pub line: u32,
    values: Vec<Option<String>>,
}

impl Row {
    /// The value in a column (by its place, from 0); `None` when it is empty, `NULL`, or there is no such column.
    pub fn get(&self, column: usize) -> Option<&str> {
        self.values.get(column)?.as_deref()
    }

    /// All values, in the order of the columns.
    pub fn values(&self) -> impl ExactSizeIterator<Item = Option<&str>> {
        self.values.iter().map(Option::as_deref)
    }
}

impl Sheet {
    /// The place of a column by its exact name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }
}

/// Reads a file as a table.
///
/// Delimiter and encoding are found out and told in the result. Values stay as they are, spaces included; an empty one and
/// `NULL` are absent; the apostrophe that [`write::csv`](crate::write::csv) puts before text that could run as a formula is
/// taken off. Lines with nothing on them but delimiters are skipped.
///
/// # Errors
///
/// One error about the file or its header, or one for each row that cannot be read: all of them, so that a person can
/// mend the file in one go.
pub fn read(bytes: &[u8], limits: Limits) -> Result<Sheet, Vec<RowError>> {
    if bytes.len() > limits.bytes {
        let message = format!("the file has more than {} MB: split it", limits.bytes / (1024 * 1024));
        return Err(vec![RowError::file(code::FILE_TOO_LARGE, message)]);
    }
    let (text, encoding) = decode(bytes).map_err(|error| vec![error])?;
    let (delimiter, body) = sniff(&text);
    // Excel's line `sep=;` is not part of the table but is a line of the file.
    let skipped = u32::from(body.len() < text.len());
    let mut records = Records::new(body, delimiter.as_char())
        .map(|record| Record { line: record.line.saturating_add(skipped), ..record })
        .filter(|record| !record.is_blank());
    let Some(header) = records.next() else {
        return Err(vec![RowError::file(
            code::EMPTY_FILE,
            "the file is empty: it needs a line with the columns' names",
        )]);
    };
    let columns = read_header(header)?;
    let rows = read_rows(records, &columns, limits)?;
    let mut notices = Vec::new();
    if encoding == Encoding::Windows1252 {
        let message = "The file is not UTF-8 and was read as Windows-1252. Check that accented letters are right.";
        notices.push(Notice { code: "read_as_windows_1252", message: message.to_owned() });
    }
    Ok(Sheet { columns, rows, delimiter, encoding, notices })
}

fn read_header(header: Record) -> Result<Vec<String>, Vec<RowError>> {
    if header.count > MOST_FIELDS {
        let message = format!("the file has more than {MOST_FIELDS} columns: leave out what is not needed");
        return Err(vec![RowError::at(0, header.line, code::TOO_MANY_COLUMNS, message)]);
    }
    let mut errors = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut columns = Vec::with_capacity(header.fields.len());
    if let Some(flaw) = header.flaw {
        errors.push(flaw_error(flaw, 0, header.line, &header.fields));
    }
    for (place, name) in (1..).zip(&header.fields) {
        let name = unescape(name).trim();
        let at = |code, message| RowError::at(0, header.line, code, message).on(name);
        if name.is_empty() {
            let message = format!("column {place} has no name: name it or delete it");
            errors.push(RowError::at(0, header.line, code::MISSING_HEADER, message));
        } else if name.contains('\0') {
            errors.push(at(code::NUL_BYTE, format!("the name of column {place} has a NUL byte: take it out")));
        } else if let Some(first) = places.insert(name.to_owned(), place) {
            let message = format!("columns {first} and {place} have one name: rename or delete one");
            errors.push(at(code::DUPLICATE_COLUMN, message));
        }
        columns.push(name.to_owned());
    }
    if errors.is_empty() { Ok(columns) } else { Err(errors) }
}

fn read_rows(
    records: impl Iterator<Item = Record>,
    columns: &[String],
    limits: Limits,
) -> Result<Vec<Row>, Vec<RowError>> {
    let (mut rows, mut errors) = (Vec::new(), Vec::new());
    for (row, record) in (1..).zip(records) {
        if row > limits.rows {
            let message = format!("the file has more than {} rows: split it", limits.rows);
            errors.push(RowError::at(row, record.line, code::TOO_MANY_ROWS, message));
            break;
        }
        let before = errors.len();
        check_record(&record, row, columns, &mut errors);
        if errors.len() == before {
            let values = record.fields.into_iter().map(value).collect();
            rows.push(Row { row, line: record.line, values });
        }
    }
    if errors.is_empty() && rows.is_empty() {
        errors.push(RowError::file(code::NO_ROWS, "the file has columns and no rows"));
    }
    if errors.is_empty() { Ok(rows) } else { Err(errors) }
}

fn check_record(record: &Record, row: u32, columns: &[String], errors: &mut Vec<RowError>) {
    if let Some(flaw) = record.flaw {
        errors.push(flaw_error(flaw, row, record.line, columns));
        return;
    }
    if record.count != columns.len() {
        let (fields, width) = (record.count, columns.len());
        let hint = if fields > width { "quote values that contain the delimiter" } else { "fill in the missing ones" };
        let message = format!("the row has {fields} fields and the header {width}: {hint}");
        errors.push(RowError::at(row, record.line, code::RAGGED_ROW, message));
    }
    // The first is enough to find the row; a row of nothing else would have hundreds.
    if let Some(place) = record.fields.iter().position(|field| field.contains('\0')) {
        let error = RowError::at(row, record.line, code::NUL_BYTE, "the value has a NUL byte: take it out");
        errors.push(match columns.get(place) {
            Some(column) => error.on(column),
            None => error,
        });
    }
}

fn flaw_error(flaw: Flaw, row: u32, line: u32, columns: &[String]) -> RowError {
    let (place, error) = match flaw {
        Flaw::UnclosedQuote(place) => {
            let message =
                "the value begins with a quote that is never closed: close it, or double the quotes of the text";
            (place, RowError::at(row, line, code::UNCLOSED_QUOTE, message))
        }
        Flaw::StrayQuote(place) => {
            let message = "the value goes on after its closing quote: double the quotes inside it";
            (place, RowError::at(row, line, code::STRAY_QUOTE, message))
        }
    };
    match columns.get(place) {
        // A column's name is only worth telling when it is one; the header's own flaw may have swallowed the file.
        Some(column) if row > 0 => error.on(column),
        _ => error,
    }
}

fn value(field: String) -> Option<String> {
    if field.is_empty() || field == ABSENT {
        return None;
    }
    let bare = unescape(&field).len();
    Some(if bare == field.len() { field } else { field.chars().skip(1).collect() })
}
