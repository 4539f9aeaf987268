//! The import wizard.

use serde::Serialize;

use super::{Page, PageShell};

/// A collection that can be imported.
#[derive(Debug, Clone, Serialize)]
pub struct ImportEntity {
    /// The collection's name in its path: `suppliers`.
    pub name: String,
    /// `Suppliers`.
    pub label: String,
    /// Its list.
    pub url: String,
    /// Whether it is chosen.
    pub selected: bool,
}

/// The import wizard. Template `import.html`.
///
/// POST `/import` (multipart: `entity`, `file`, `dry_run`, `mapping` as JSON column → field) and
/// GET `/import/{id}` both answer `{id, state, rows, done, created, updated, unchanged, notes,
/// errors: [{row, field, message}], columns: [{column, field, samples}], fields: [{name, label,
/// required}]}`. While `state` is `running` the page asks again.
#[derive(Debug, Clone, Serialize)]
pub struct ImportView {
    /// The frame.
    pub shell: PageShell,
    /// What can be imported.
    pub entities: Vec<ImportEntity>,
}

impl Page for ImportView {
    const TEMPLATE: &'static str = "import.html";
}
