//! Cells and plain tables.

use serde::Serialize;

use super::{Status, Tone};

/// How a cell is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CellKind {
    /// Plain text.
    #[default]
    Text,
    /// The record's own name or number: a link, in medium weight.
    Id,
    /// A link to another record.
    Link,
    /// A state: dot and word, or a filled badge.
    Status,
    /// A date; late ones are said in words beside it.
    Date,
    /// A figure, right-aligned with tabular digits.
    Number,
    /// An amount, right-aligned with tabular digits, in medium weight.
    Money,
    /// A small bar and a percentage.
    Progress,
    /// A person: initials and name.
    Person,
    /// Yes or no.
    Check,
}

/// One cell, ready to show. Empty text is drawn as “–”: not applicable.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Cell {
    /// How it is drawn.
    pub kind: CellKind,
    /// Its text.
    pub text: String,
    /// The record behind it, for `Id` and `Link`.
    pub url: Option<String>,
    /// The colour of a state.
    pub tone: Tone,
    /// Whether a state needs somebody.
    pub attention: bool,
    /// A short remark in the colour of danger: `3 d late`.
    pub late: Option<String>,
    /// 0–100, for `Progress`.
    pub percent: Option<u8>,
    /// The width of the bar in px of 44, for `Progress`.
    pub bar: u8,
    /// Initials, for `Person`.
    pub initials: String,
    /// A second line under the text.
    pub note: Option<String>,
}

impl Cell {
    fn of(kind: CellKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), ..Self::default() }
    }

    /// Plain text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::of(CellKind::Text, text)
    }

    /// Not applicable: drawn as “–”.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The record's own name or number, as a link to it.
    pub fn id(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self { url: Some(url.into()), ..Self::of(CellKind::Id, text) }
    }

    /// A link to another record.
    pub fn link(text: impl Into<String>, url: impl Into<String>) -> Self {
        Self { url: Some(url.into()), ..Self::of(CellKind::Link, text) }
    }

    /// A state.
    #[must_use]
    pub fn status(status: Status) -> Self {
        Self { tone: status.tone, attention: status.attention, ..Self::of(CellKind::Status, status.label) }
    }

    /// A date, ready to show.
    pub fn date(text: impl Into<String>) -> Self {
        Self::of(CellKind::Date, text)
    }

    /// A date that has passed, with how late it is: `3 d late`.
    pub fn late(text: impl Into<String>, late: impl Into<String>) -> Self {
        Self { late: Some(late.into()), ..Self::of(CellKind::Date, text) }
    }

    /// A figure, ready to show.
    pub fn number(text: impl Into<String>) -> Self {
        Self::of(CellKind::Number, text)
    }

    /// An amount, ready to show.
    pub fn money(text: impl Into<String>) -> Self {
        Self::of(CellKind::Money, text)
    }

    /// A share in percent; more than 100 is drawn as full.
    #[must_use]
    pub fn progress(percent: u8) -> Self {
        let percent = percent.min(100);
        let bar = u16::from(percent) * 44 / 100;
        Self {
            percent: Some(percent),
            bar: u8::try_from(bar).unwrap_or(44),
            ..Self::of(CellKind::Progress, format!("{percent}%"))
        }
    }

    /// A person by name.
    pub fn person(name: impl Into<String>) -> Self {
        let name = name.into();
        Self { initials: super::shell::initials(&name), ..Self::of(CellKind::Person, name) }
    }

    /// Yes or no; no is drawn as “–”.
    #[must_use]
    pub fn check(yes: bool) -> Self {
        Self::of(CellKind::Check, if yes { "Yes" } else { "" })
    }

    /// The same cell with a second line under its text.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// A column of a plain table.
#[derive(Debug, Clone, Serialize)]
pub struct TableColumn {
    /// Its heading.
    pub label: String,
    /// Right-aligned figures.
    pub numeric: bool,
}

impl TableColumn {
    /// A column of text.
    pub fn text(label: impl Into<String>) -> Self {
        Self { label: label.into(), numeric: false }
    }

    /// A column of figures.
    pub fn numeric(label: impl Into<String>) -> Self {
        Self { label: label.into(), numeric: true }
    }
}

/// A row of a plain table.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TableRow {
    /// One cell per column.
    pub cells: Vec<Cell>,
    /// A heading over the rows that follow: only the first cell's text is shown.
    pub group: bool,
}

impl TableRow {
    /// A row of cells.
    #[must_use]
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells, group: false }
    }
}

/// A read-only table of a page: moves of a product, lines of a journal entry, receipts of an order.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Table {
    /// Its heading, and its name for people who hear the page.
    pub title: String,
    /// Where all of it is, when the table shows a part.
    pub more: Option<super::Link>,
    /// Its columns.
    pub columns: Vec<TableColumn>,
    /// Its rows.
    pub rows: Vec<TableRow>,
    /// A last row of totals, one cell per column; empty for none.
    pub footer: Vec<Cell>,
    /// What is said when there are no rows.
    pub empty: String,
}
