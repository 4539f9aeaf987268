//! Records that are only read, and reports.

use serde::Serialize;

use super::{Action, Export, Fact, Field, Page, PageShell, Rail, Status, Table, Tone};

/// A record that nobody edits: a journal entry, a goods receipt, a stock move. Template `record.html`.
#[derive(Debug, Clone, Serialize)]
pub struct RecordView {
    /// The frame.
    pub shell: PageShell,
    /// Its number.
    pub title: String,
    /// Its states.
    pub statuses: Vec<Status>,
    /// Buttons of the head; one may be primary.
    pub actions: Vec<Action>,
    /// Items of the “…” menu.
    pub menu: Vec<Action>,
    /// Its fields, in a grid of four columns.
    pub facts: Vec<Fact>,
    /// Its lines, and what belongs to it.
    pub tables: Vec<Table>,
    /// Audit trail.
    pub rail: Rail,
}

impl Page for RecordView {
    const TEMPLATE: &'static str = "record.html";
}

/// A report with its parameters: the trial balance. Template `report.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ReportView {
    /// The frame.
    pub shell: PageShell,
    /// `Trial balance`.
    pub title: String,
    /// What it covers: `Posted entries up to 20 Nov 2026, in EUR`.
    pub subtitle: String,
    /// The report's path; its parameters are sent to it by GET.
    pub url: String,
    /// Its parameters.
    pub parameters: Vec<Field>,
    /// Files of it.
    pub exports: Vec<Export>,
    /// What its figures say: `Debits equal credits`.
    pub verdict: Option<(Tone, String)>,
    /// The figures, with totals in its footer.
    pub table: Table,
}

impl Page for ReportView {
    const TEMPLATE: &'static str = "report.html";
}
