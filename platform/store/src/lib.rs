//! The tenant's transaction over PostgreSQL.
//!
//! [`Databases`] gives connections by tenant and by role, [`Tx`] is one transaction of one tenant under row-level
//! security, and records are read and written by their description ([`EntitySql`]). What a write leaves behind (audit,
//! event, meter, stored answer) is gathered on the [`Tx`] and written in one statement before commit.

mod check;
mod constraint;
mod consumer;
mod database;
mod effects;
mod json;
mod late;
mod list;
mod migrate;
mod names;
mod numbering;
mod pool;
mod question;
mod reader;
mod seal;
mod sequence;
mod sql;
mod tx;
mod value;
mod write;

pub use check::CheckTx;
pub use constraint::{OnConstraint, sql_error};
pub use consumer::{Consumer, Event, Snapshot};
pub use database::{DatabaseUrls, Databases};
pub use effects::{Answered, IdempotentAnswer, Meter};
pub use late::{LateWrite, Refusal};
pub use list::{Condition, Cursor, ListPage, ListQuery, Listed, Operator, Sort};
pub use migrate::{MIGRATOR, bootstrap, migrate};
pub use names::{LinkName, LinkNames};
pub use pool::{Pool, Transaction};
pub use question::{Question, Questions};
pub use reader::{RecordKey, TenantRecord, current_position, read_linking, read_record_page, read_records};
pub use seal::{SealFault, SealedLines, SealedTable, Sealer, sealed_positions, verify};
pub use sequence::Sequences;
pub use sql::EntitySql;
pub use tx::{Origin, Savepoint, Tx, TxContext};
pub use value::PgQuery;
pub use write::{LineRow, NewRecord, Stamp, Stored, Written};
