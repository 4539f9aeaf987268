use chrono::NaiveDate;
use kontor_entity::{Entity, Ref, meta_of};
use kontor_kernel::Amount;
use kontor_partners::Partner;
use uuid::Uuid;

use crate::{Account, Journal};

/// A posted entry of the ledger. It never changes; a correction is an entry that reverses it.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "journal_entries",
    collection = "journal-entries",
    label = "Journal entry",
    plural = "Journal entries",
    permission = "accounting.entry",
    code = "number",
    title = "number",
    order = "-date",
    lines = meta_of::<JournalLine>,
    read_only,
    sourced,
    section = "accounting",
    page = "entries",
    icon = "book-open"
)]
pub struct JournalEntry {
    /// Without gaps within the journal and the year.
    #[field(search, list, filter)]
    pub number: String,
    #[field(sort, list)]
    pub date: NaiveDate,
    #[field(list)]
    pub journal_id: Ref<Journal>,
    #[field(search, list)]
    pub description: String,
    /// What its debits sum to, and its credits, in the company's currency.
    #[field(sort, list)]
    pub amount: Amount,
    /// The collection of the record it came from.
    #[field(filter)]
    pub source_type: String,
    /// The record it came from.
    #[field(filter)]
    pub source_id: Uuid,
    /// Which of the entries that its source leads to it is.
    pub purpose: String,
    /// The entry that this one takes back.
    #[field(label = "Reverses", filter)]
    pub reverses_id: Option<Ref<JournalEntry>>,
}

/// One line of a journal entry: an amount on the debit or the credit side of an account, in the company's currency.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "journal_lines",
    label = "Journal line",
    permission = "accounting.entry",
    parent = "entry_id",
    read_only,
    code = "position",
    title = "position"
)]
pub struct JournalLine {
    pub account_id: Ref<Account>,
    /// Whose balance it changes, on accounts of suppliers and customers.
    pub partner_id: Option<Ref<Partner>>,
    pub debit: Amount,
    pub credit: Amount,
}
