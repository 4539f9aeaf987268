//! What is wrong with a file, and where.

use serde::Serialize;

/// The codes of [`RowError`]: stable, in snake case; clients may branch on them.
pub mod code {
    /// The file has no header.
    pub const EMPTY_FILE: &str = "empty_file";
    /// The file has a header and nothing below it.
    pub const NO_ROWS: &str = "no_rows";
    /// The file has more bytes than allowed.
    pub const FILE_TOO_LARGE: &str = "file_too_large";
    /// The file has more rows than allowed.
    pub const TOO_MANY_ROWS: &str = "too_many_rows";
    /// The header has more than 1,000 columns.
    pub const TOO_MANY_COLUMNS: &str = "too_many_columns";
    /// UTF-16 or UTF-32 that does not say so, or is broken.
    pub const UNSUPPORTED_ENCODING: &str = "unsupported_encoding";
    /// A spreadsheet, a PDF, an archive: no text at all.
    pub const UNSUPPORTED_FORMAT: &str = "unsupported_format";
    /// A column without a name.
    pub const MISSING_HEADER: &str = "missing_header";
    /// Two columns of one name.
    pub const DUPLICATE_COLUMN: &str = "duplicate_column";
    /// More or fewer fields than the header has columns.
    pub const RAGGED_ROW: &str = "ragged_row";
    /// A NUL byte in a field.
    pub const NUL_BYTE: &str = "nul_byte";
    /// A quoted field that does not end before the file does.
    pub const UNCLOSED_QUOTE: &str = "unclosed_quote";
    /// Text between the closing quote of a field and the next delimiter.
    pub const STRAY_QUOTE: &str = "stray_quote";
    /// A mapping that names a column the file does not have.
    pub const UNKNOWN_COLUMN: &str = "unknown_column";
    /// A mapping that names a field the record does not have.
    pub const UNKNOWN_FIELD: &str = "unknown_field";
    /// A mapping that gives one field two columns.
    pub const DUPLICATE_FIELD: &str = "duplicate_field";
}

/// One reason why a file is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{}{message}", self.place())]
pub struct RowError {
    /// The data row, counted from 1 without the header; 0 when it is about the file as a whole or its header.
    pub row: u32,
    /// The line of the file the row begins on, counted from 1; 0 when it is about the file as a whole. A quoted field may
    /// go over several lines, so this is not `row` + 1.
    pub line: u32,
    /// The column's name as the file has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// One of [`code`].
    pub code: &'static str,
    /// Lowercase English that says what to do.
    pub message: String,
}

impl RowError {
    /// About the file as a whole.
    pub(crate) fn file(code: &'static str, message: impl Into<String>) -> Self {
        Self::at(0, 0, code, message)
    }

    pub(crate) fn at(row: u32, line: u32, code: &'static str, message: impl Into<String>) -> Self {
        Self { row, line, field: None, code, message: message.into() }
    }

    pub(crate) fn on(self, column: &str) -> Self {
        Self { field: Some(column.to_owned()), ..self }
    }

    fn place(&self) -> String {
        match (self.row, self.line) {
            (0, 0) => String::new(),
            (0, line) => format!("line {line}: "),
            (row, line) => format!("row {row} (line {line}): "),
        }
    }
}
