//! Tables of records from and to files.
//!
//! [`read`] makes a [`Sheet`] of whatever a spreadsheet, a shop or an old database wrote as CSV, or names every row it
//! cannot read. [`Mapping`] guesses which column is which field. [`mod@write`] makes CSV and XLSX, and what it writes,
//! [`read`] takes back unchanged.
//!
//! No input or output, and no knowledge of what the records are: fields come in as [`Target`]s.

mod decode;
mod delimiter;
mod error;
mod escape;
mod heading;
mod mapping;
mod record;
mod sheet;
mod vocabulary;
pub mod write;

pub use decode::Encoding;
pub use delimiter::Delimiter;
pub use error::{RowError, code};
pub use mapping::{MappedColumn, Mapping, Target, TargetKind};
pub use sheet::{Limits, Notice, Row, Sheet, read};
