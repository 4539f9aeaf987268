//! Tables to files.

pub mod csv;
pub mod xlsx;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;

/// One value of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'c> {
    /// An absent value. An empty text is written the same way.
    Empty,
    Text(&'c str),
    /// With the decimal places it has.
    Number(Decimal),
    Date(NaiveDate),
    /// In the time zone it is to be shown in.
    DateTime(DateTime<FixedOffset>),
    Bool(bool),
}

/// Why a table cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("the row has {found} cells and the table {expected} columns")]
    Width { expected: usize, found: usize },
    #[error("a worksheet holds at most 1,048,575 rows below its header")]
    TooManyRows,
    #[error("cannot write the workbook")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
}
