//! The books: chart of accounts, journals, double entry and taxes.
//!
//! What other modules post goes through [`post`]; what they need to know of the books through [`books`] and [`settings`].

mod account;
mod balance;
mod chart;
mod code;
mod entry;
mod invariant;
mod journal;
mod posting;
mod settings;
mod setup;
mod tax;
mod trial_balance;

use kontor_access::Feature;
use kontor_command::{Action, Invariant, Module, Registered, Report, Setup, action, entity, read_only};
use kontor_kernel::CodeInfo;
use kontor_store::{SealedLines, SealedTable};

pub use account::{Account, AccountKind, Purpose};
pub use balance::{Balanced, Line, Side};
pub use code::Code;
pub use entry::{JournalEntry, JournalLine};
pub use journal::{Journal, JournalKind};
pub use posting::{Entry, post, reverse};
pub use settings::{
    AccountingSettings, Books, DefaultTaxes, LockBooks, Settings, UnlockBooks, account_for, books, default_taxes,
    settings,
};
pub use tax::{
    GrossLine, NetLine, Tax, TaxMethod, TaxPart, TaxRate, TaxScope, TaxTotals, tax_in_gross, tax_on_net, tax_rates,
};

/// What a plan must include for the pages and calls of this module. Postings of other modules do not ask.
pub const FEATURE: Feature = Feature::new("accounting");

/// The module's part of the product.
#[derive(Debug)]
pub struct Accounting;

impl Module for Accounting {
    const NAME: &'static str = "accounting";
    const FEATURE: Feature = FEATURE;
    const ENTITIES: &'static [Registered] = &[
        entity::<Account>(),
        entity::<Tax>(),
        entity::<Journal>(),
        read_only::<JournalEntry>(),
        entity::<AccountingSettings>(),
    ];
    const ACTIONS: &'static [Action] = &[action::<LockBooks>(), action::<UnlockBooks>()];
    const REPORTS: &'static [Report] = &[trial_balance::TRIAL_BALANCE];
    const CODES: &'static [&'static CodeInfo] = Code::CATALOGUE;
    const INVARIANTS: &'static [Invariant] = invariant::ALL;
    const SETUP: Setup = |tx, company| Box::pin(setup::run(tx, company));
    const SEALED: &'static [SealedTable] = &[SealedTable {
        chain: "ledger",
        invariant: "I10",
        table: "journal_entries",
        columns: &["number", "journal_id", "date", "source_type", "source_id", "purpose", "description", "reverses_id"],
        lines: Some(SealedLines {
            table: "journal_lines",
            parent: "entry_id",
            order: "position",
            columns: &["position", "date", "account_id", "partner_id", "debit", "credit"],
        }),
    }];
}
