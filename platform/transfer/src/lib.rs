//! Import and export of every registered entity.
//!
//! [`Imports`] takes a file, guesses which column is which field, and writes all of it or nothing: through the commands
//! that every other way in uses, with rules, audit and events. A dry run does the same and takes it back, so it answers
//! what would really happen. [`export()`] writes any list as CSV or XLSX, page by page; what it writes imports again
//! without a change.

mod apply;
mod background;
mod cell;
mod code;
mod endpoint;
mod export;
mod imports;
mod matching;
mod progress;
mod shape;
mod status;
mod store;
mod table;
mod target;
mod upload;

pub use background::{Background, ImportJob, Spawned};
pub use code::{CODES, Code};
pub use endpoint::transfer_endpoints;
pub use export::{ExportFormat, export};
pub use imports::{FEATURE, ImportPage, Imports, NewImport, Preview, PreviewField};
pub use status::{ImportColumn, ImportError, ImportNotice, ImportState, ImportStatus, ImportSummary};
pub use table::ColumnMapping;
pub use target::{importable_fields, is_needed};
pub use upload::read_upload;
