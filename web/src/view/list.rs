//! Lists of any collection. The address of the page holds all of a list's state.

use serde::Serialize;

use super::{Action, Cell, Choice, Confirm, Icon, Page, PageShell, table::CellKind};

/// A saved or built-in view over a list: a tab with its count.
#[derive(Debug, Clone, Serialize)]
pub struct ViewTab {
    /// Its text.
    pub label: String,
    /// How many records it holds, ready to show.
    pub count: Option<String>,
    /// The list's address with this view.
    pub url: String,
    /// Whether it is the one on screen.
    pub current: bool,
}

/// The search field and what a search must keep.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Search {
    /// What was searched for.
    pub query: String,
    /// `Find orders`.
    pub placeholder: String,
    /// Parameters of the address that a search keeps: view, sort.
    pub keep: Vec<Choice>,
}

/// One filter: a chip with a menu of choices. Sent as `name=value` by GET.
#[derive(Debug, Clone, Serialize)]
pub struct FilterChip {
    /// The parameter's name: `filter[supplier_id]`.
    pub name: String,
    /// A short unique id of letters, for the menu.
    pub id: String,
    /// Its text: `Supplier`.
    pub label: String,
    /// Its icon.
    pub icon: Icon,
    /// What is chosen, in words; none when it does not filter.
    pub value: Option<String>,
    /// The choices; the first, with an empty value, means any.
    pub choices: Vec<Choice>,
}

/// How a column is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    /// Shares the room that is left with its like.
    Text,
    /// The record's name among other texts: takes more of that room than they do.
    Title,
    /// A code or number.
    Id,
    /// A state.
    Status,
    /// A date, and how late it is.
    Date,
    /// A person.
    Person,
    /// A share.
    Progress,
    /// A figure, right-aligned.
    Number,
    /// An amount, right-aligned.
    Money,
    /// Units, currencies, yes or no.
    Short,
    /// A phone number or a country.
    Medium,
}

/// Where a column stands in the two-line rows of a phone; other columns are left out there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MobileSlot {
    /// First line, left.
    Title,
    /// First line, right.
    Value,
    /// Second line, left.
    Meta,
    /// Second line, right.
    State,
}

/// The direction of a sort, in ARIA's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SortDirection {
    /// Not sorted by this column.
    None,
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A column that can be sorted by.
#[derive(Debug, Clone, Serialize)]
pub struct Sort {
    /// The list's address with the next sort by this column.
    pub url: String,
    /// How it is sorted now.
    pub direction: SortDirection,
}

/// A column of a list.
#[derive(Debug, Clone, Serialize)]
pub struct Column {
    /// The field's name; letters, digits and `_` only: it becomes a class and a part of a cookie.
    pub name: String,
    /// Its heading.
    pub label: String,
    /// How it is laid out.
    pub kind: ColumnKind,
    /// In pixels, where what it shows needs more than its kind usually does: one of the style sheet's classes `w-…`.
    pub width: Option<u16>,
    /// Its sort; none when it cannot be sorted by.
    pub sort: Option<Sort>,
    /// From the cookie `columns-<list>`: names joined by points.
    pub hidden: bool,
    /// Its place on a phone.
    pub mobile: Option<MobileSlot>,
}

impl Column {
    /// A column that is shown and not sortable.
    pub fn new(name: impl Into<String>, label: impl Into<String>, kind: ColumnKind) -> Self {
        Self { name: name.into(), label: label.into(), kind, width: None, sort: None, hidden: false, mobile: None }
    }

    /// Makes the column sortable.
    #[must_use]
    pub fn sort(mut self, url: impl Into<String>, direction: SortDirection) -> Self {
        self.sort = Some(Sort { url: url.into(), direction });
        self
    }

    /// Gives the column its place on a phone.
    #[must_use]
    pub fn mobile(mut self, slot: MobileSlot) -> Self {
        self.mobile = Some(slot);
        self
    }
}

/// One record of a list.
#[derive(Debug, Clone, Serialize)]
pub struct ListRow {
    /// Its id, sent by bulk actions as `id`.
    pub id: String,
    /// Its page.
    pub url: String,
    /// Its name or number, for `Select PO-10482`.
    pub label: String,
    /// More for the second line on a phone: `19 Nov 2026`.
    pub meta: Option<String>,
    /// One cell per column, in the columns' order.
    pub cells: Vec<Cell>,
}

/// Where in the list the page stands.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ListFooter {
    /// The first row's place, ready to show.
    pub from: String,
    /// The last row's place.
    pub to: String,
    /// How many there are in the view.
    pub total: String,
    /// Whether the view holds more than the page.
    pub more: bool,
    /// The sum of the view: label and amount.
    pub sum: Option<super::Fact>,
    /// The page before.
    pub previous_url: Option<String>,
    /// The page after.
    pub next_url: Option<String>,
}

/// Something that can be done to all selected records: a POST of `id=…` (repeated) or `all=true`
/// with the list's own parameters, and the CSRF token.
#[derive(Debug, Clone, Serialize)]
pub struct BulkAction {
    /// A short unique id of letters.
    pub id: String,
    /// Its text.
    pub label: String,
    /// Its icon.
    pub icon: Icon,
    /// Where it is sent.
    pub url: String,
    /// The answer is a file, so the page stays as it is.
    pub download: bool,
    /// The question before it, for what cannot be undone.
    pub confirm: Option<Confirm>,
}

/// A file of the view.
#[derive(Debug, Clone, Serialize)]
pub struct Export {
    /// `CSV`, `Excel (.xlsx)`.
    pub label: String,
    /// Its icon.
    pub icon: Icon,
    /// Its address with the list's filters.
    pub url: String,
}

/// What a list says when it has no rows.
#[derive(Debug, Clone, Serialize)]
pub struct EmptyState {
    /// Its image.
    pub icon: Icon,
    /// What is the case: `No orders match these filters`.
    pub title: String,
    /// What to do about it.
    pub text: String,
    /// The ways to do it.
    pub actions: Vec<Action>,
}

/// A list of any collection. Template `list/list.html`; `list/_list.html` is its swappable part.
#[derive(Debug, Clone, Serialize)]
pub struct ListView {
    /// The frame.
    pub shell: PageShell,
    /// The list's short name, letters and `-`: part of its cookie.
    pub name: String,
    /// The list's path: `/purchasing/orders`.
    pub url: String,
    /// `Purchase orders`.
    pub title: String,
    /// The plural in a sentence: `orders`.
    pub noun: String,
    /// Buttons of the page's head; one may be primary.
    pub actions: Vec<Action>,
    /// The same and the files of the view, for a phone.
    pub menu: Vec<Action>,
    /// Files of the view.
    pub exports: Vec<Export>,
    /// Views; none draws no tabs.
    pub views: Vec<ViewTab>,
    /// The search field; none for lists without search.
    pub search: Option<Search>,
    /// Filters.
    pub filters: Vec<FilterChip>,
    /// The list without its filters, when it has any.
    pub clear_url: Option<String>,
    /// Columns, the record's own name or number first.
    pub columns: Vec<Column>,
    /// The rows of this page.
    pub rows: Vec<ListRow>,
    /// Where in the list it stands.
    pub footer: ListFooter,
    /// What can be done to selected rows; none draws no check boxes.
    pub bulk: Vec<BulkAction>,
    /// What is said without rows.
    pub empty: EmptyState,
}

impl Page for ListView {
    const TEMPLATE: &'static str = "list/list.html";
}

impl ColumnKind {
    /// How wide such a column is at least, in pixels: the style sheet's class `k-…`. Columns of texts have no width.
    #[must_use]
    pub const fn least_width(self) -> Option<u16> {
        match self {
            Self::Text | Self::Title => None,
            Self::Short => Some(88),
            Self::Id => Some(108),
            Self::Number => Some(112),
            Self::Date | Self::Progress | Self::Medium => Some(132),
            Self::Status => Some(136),
            Self::Money => Some(140),
            Self::Person => Some(164),
        }
    }

    /// How the cells of such a column are usually drawn.
    #[must_use]
    pub const fn cell(self) -> CellKind {
        match self {
            Self::Text | Self::Title | Self::Short | Self::Medium => CellKind::Text,
            Self::Id => CellKind::Id,
            Self::Status => CellKind::Status,
            Self::Date => CellKind::Date,
            Self::Person => CellKind::Person,
            Self::Progress => CellKind::Progress,
            Self::Number => CellKind::Number,
            Self::Money => CellKind::Money,
        }
    }
}
