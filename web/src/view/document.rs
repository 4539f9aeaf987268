//! Documents with lines: the purchase order.

use serde::Serialize;

use super::{Action, Conflict, ErrorSummary, Fact, Field, Page, PageShell, Rail, Status, Table};

/// How far a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum StepState {
    /// Behind it.
    Done,
    /// Here.
    Now,
    /// Ahead.
    Next,
}

/// One step of a document's way.
#[derive(Debug, Clone, Serialize)]
pub struct Step {
    /// `Draft`, `Confirmed`, `Done`.
    pub label: String,
    /// How far.
    pub state: StepState,
}

impl Step {
    /// The steps with `labels`, the one at `now` being here.
    #[must_use]
    pub fn along(labels: &[&str], now: usize) -> Vec<Self> {
        labels
            .iter()
            .enumerate()
            .map(|(index, label)| Self {
                label: (*label).to_owned(),
                state: match index.cmp(&now) {
                    std::cmp::Ordering::Less => StepState::Done,
                    std::cmp::Ordering::Equal => StepState::Now,
                    std::cmp::Ordering::Greater => StepState::Next,
                },
            })
            .collect()
    }
}

/// Where tax is rounded; stored on the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TaxMethod {
    /// For each line.
    Line,
    /// For each tax of the document.
    Document,
}

/// A tax a line may carry.
#[derive(Debug, Clone, Serialize)]
pub struct TaxChoice {
    /// Its id.
    pub id: String,
    /// `VAT 21 %`.
    pub label: String,
    /// The rate in percent, a plain decimal string: `21`, `7.5`.
    pub rate: String,
}

/// One line.
///
/// The form sends each line's inputs in the same order, so the n-th of each name belong together:
/// `line_id`, `line_product_id`, `line_product`, `line_quantity`, `line_unit_price`,
/// `line_discount_percent`, `line_tax_id`. Every name is sent once per line, empty or not.
/// `line_product` without `line_product_id` is a code or name to look up.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DocumentLine {
    /// The stored line's id; empty for a new one.
    pub id: String,
    /// The product's id.
    pub product_id: String,
    /// The product's name.
    pub product: String,
    /// The product's page, shown when the document is closed.
    pub product_url: Option<String>,
    /// In the tenant's locale.
    pub quantity: String,
    /// The unit's name.
    pub unit: String,
    /// In the tenant's locale.
    pub unit_price: String,
    /// In the tenant's locale; empty for none.
    pub discount_percent: String,
    /// The tax's id; empty for none.
    pub tax_id: String,
    /// The tax's text, shown when the document is closed.
    pub tax: String,
    /// The line's amount without symbol, ready to show.
    pub amount: String,
    /// Received so far, of a confirmed order: `24 of 40`.
    pub received: Option<String>,
    /// The input that is wrong, by its name: `line_quantity`.
    pub error_field: Option<String>,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// The lines as a small spreadsheet.
#[derive(Debug, Clone, Serialize)]
pub struct LineEditor {
    /// The lines.
    pub rows: Vec<DocumentLine>,
    /// What a new line starts with.
    pub blank: DocumentLine,
    /// The taxes a line may carry.
    pub taxes: Vec<TaxChoice>,
    /// `/lookup/products`; its answers' `extra` holds price, unit, stock and `tax_id`. The price and
    /// stock are plain decimal strings.
    pub lookup: String,
    /// Where tax is rounded.
    pub tax_method: TaxMethod,
    /// The currency's decimals.
    pub minor_places: u32,
    /// From [`super::format::Locale::money_pattern`].
    pub money_pattern: String,
    /// Whether the column of what is received is shown.
    pub show_received: bool,
}

/// One of the totals under the lines; the last is the total.
#[derive(Debug, Clone, Serialize)]
pub struct TotalLine {
    /// `Untaxed`, `VAT 21 %`, `Total`.
    pub label: String,
    /// The amount; the total carries its symbol.
    pub amount: String,
}

/// One line of the receive dialog.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiveLine {
    /// The order line's id, sent as `line_id`.
    pub id: String,
    /// The product's name.
    pub product: String,
    /// The unit's name.
    pub unit: String,
    /// What is still to come, in the tenant's locale; the quantity field starts with it.
    pub outstanding: String,
    /// What the person typed before an error.
    pub quantity: Option<String>,
    /// What is wrong with it.
    pub error: Option<String>,
}

/// Receives goods: a POST of `line_id` and `quantity` (repeated, in order) to `…/receipts`.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiveDialog {
    /// `/purchasing/orders/{id}/receipts`.
    pub action: String,
    /// Where the goods go.
    pub warehouse: String,
    /// The lines with something outstanding.
    pub lines: Vec<ReceiveLine>,
    /// Open when the page comes, after an error.
    pub open: bool,
    /// What has to be fixed.
    pub errors: Option<ErrorSummary>,
}

/// Cancels a document.
#[derive(Debug, Clone, Serialize)]
pub struct CancelDialog {
    /// `/purchasing/orders/{id}/cancel`.
    pub action: String,
    /// `Cancel PO-10482?`
    pub title: String,
    /// What will happen.
    pub text: String,
    /// `Keep order`.
    pub keep_label: String,
    /// `Cancel order`.
    pub cancel_label: String,
}

/// A document with lines. Template `document/document.html`; `document/print.html` is its paper.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentView {
    /// The frame.
    pub shell: PageShell,
    /// `PO-10482`, or `New purchase order`.
    pub title: String,
    /// The state that people set: draft, confirmed, done, cancelled; none for a new one.
    pub state: Option<Status>,
    /// What follows from its lines, each apart: receipt, billing. Empty for a new one.
    pub progress: Vec<Status>,
    /// The way it goes.
    pub steps: Vec<Step>,
    /// Where the form is sent.
    pub action: String,
    /// The version on screen; none for a new one.
    pub version: Option<i64>,
    /// Whether its fields and lines can be changed.
    pub editable: bool,
    /// The save button's text; the button is there when it is editable.
    pub save_label: String,
    /// Buttons of the head; one may be primary.
    pub actions: Vec<Action>,
    /// Items of the “…” menu.
    pub menu: Vec<Action>,
    /// The header's fields, in a grid of four columns.
    pub fields: Vec<Field>,
    /// The note under the lines.
    pub note: Field,
    /// The lines.
    pub lines: LineEditor,
    /// The totals, computed by the server.
    pub totals: Vec<TotalLine>,
    /// What came of it: goods receipts, journal entries.
    pub tables: Vec<Table>,
    /// The supplier's facts and the audit trail.
    pub rail: Rail,
    /// Receiving; none when nothing is outstanding.
    pub receive: Option<ReceiveDialog>,
    /// Cancelling; none when it cannot be.
    pub cancel: Option<CancelDialog>,
    /// What has to be fixed.
    pub errors: Option<ErrorSummary>,
    /// What somebody else changed meanwhile.
    pub conflict: Option<Conflict>,
    /// Whether the fields hold what was typed and refused; a refused command leaves them as stored.
    pub unsaved: bool,
    /// Our address and the supplier's, and other facts for paper.
    pub print: Vec<Fact>,
}

impl Page for DocumentView {
    const TEMPLATE: &'static str = "document/document.html";
}
