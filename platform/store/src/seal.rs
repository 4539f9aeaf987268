//! Hash chains over rows that must not change.
//!
//! A row of a sealed table carries the transaction that wrote it (`xid`). Shortly after that committed, the [`Sealer`]
//! takes the row's text, hashes it together with the hash before it, and appends the result to the tenant's chain. No
//! writer waits for a chain: it grows behind them, over committed rows alone. [`verify`] walks a chain again and finds
//! every row that was edited, put in, taken out or put elsewhere since. What it cannot find is a chain that was computed
//! anew to its end, with its head, by somebody who may write every table: for that a head must be kept elsewhere.

mod sealer;
mod text;
mod verify;

pub use sealer::Sealer;
pub use verify::{SealFault, sealed_positions, verify};

/// A table whose rows a chain seals, in the order of their transactions.
///
/// The table has the columns `tenant_id`, `id` and `xid xid8 not null default pg_current_xact_id()`, an index on `(xid)`,
/// and rows that never change. The columns are named one by one, as a column that is added later must not change the
/// hashes of the rows before it; to seal a new column too, begin a new chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedTable {
    /// The chain's name: `ledger`.
    pub chain: &'static str,
    /// The promise that a broken chain breaks, by its id in the catalogue of invariants: `I10`.
    pub invariant: &'static str,
    pub table: &'static str,
    /// What of a row is sealed, beside its id.
    pub columns: &'static [&'static str],
    pub lines: Option<SealedLines>,
}

/// Rows sealed as a part of the row they belong to, written in the same transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SealedLines {
    pub table: &'static str,
    /// The column with the id of the row they belong to.
    pub parent: &'static str,
    /// The column that puts them in order; their id decides among equals.
    pub order: &'static str,
    pub columns: &'static [&'static str],
}

impl SealedTable {
    /// The audit trail, which the platform itself writes.
    pub const AUDIT: Self = Self {
        chain: "audit",
        invariant: "T4",
        table: "audit_log",
        columns: &["at", "actor_id", "via", "action", "entity", "entity_id", "changes", "request_id", "address"],
        lines: None,
    };
}
