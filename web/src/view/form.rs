//! Forms of any entity, and the product's page that grows from one.

use serde::Serialize;

use super::{Action, Choice, Conflict, ErrorSummary, Page, PageShell, Rail, Status, Table};

/// What is typed into a field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// One line.
    #[default]
    Text,
    /// Several lines.
    LongText,
    /// A figure in the tenant's locale; read it with [`super::input::decimal`].
    Number,
    /// An amount in the tenant's locale.
    Money,
    /// `true` when checked; not sent otherwise.
    Checkbox,
    /// One of [`Field::choices`].
    Choice,
    /// Another record: the form sends its id under the field's name.
    Link,
    /// A date in the tenant's locale; read it with [`super::input::date`].
    Date,
    /// An address.
    Email,
    /// A telephone number.
    Phone,
    /// A country, one of [`Field::choices`], which are codes and names.
    Country,
    /// A currency, one of [`Field::choices`].
    Currency,
    /// A new or present password.
    Password,
}

/// Where a link field looks for records: `GET {url}?q=` → `{"data": [{"id", "code", "name"}]}`.
#[derive(Debug, Clone, Serialize)]
pub struct Lookup {
    /// `/lookup/suppliers`.
    pub url: String,
    /// The chosen record's page.
    pub record_url: Option<String>,
}

/// One field of a form.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Field {
    /// Its name in the form and in `f-<name>`, the id errors link to.
    pub name: String,
    /// Its label.
    pub label: String,
    /// A hint under it.
    pub help: Option<String>,
    /// What is typed into it.
    pub kind: FieldKind,
    /// Whether it must be filled.
    pub required: bool,
    /// Whether it is only shown.
    pub readonly: bool,
    /// How many of the grid's four columns it takes: 1, 2 or 4.
    pub span: u8,
    /// What the form sends: text as typed, `true`, a choice's value, a link's id.
    pub value: String,
    /// What is shown, where that differs: a link's name, a read-only date.
    pub display: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// Where a link looks.
    pub lookup: Option<Lookup>,
    /// Shown while it is empty.
    pub placeholder: Option<String>,
    /// The most characters.
    pub max: Option<u32>,
    /// A unit or currency after the field: `days`, `EUR`.
    pub suffix: Option<String>,
    /// The browser's hint for filling: `email`, `new-password`.
    pub autocomplete: Option<String>,
    /// Takes the cursor when the page opens.
    pub autofocus: bool,
}

impl Field {
    /// A field of one column.
    pub fn new(name: impl Into<String>, label: impl Into<String>, kind: FieldKind) -> Self {
        Self { name: name.into(), label: label.into(), kind, span: 1, ..Self::default() }
    }

    /// What it holds; also what is shown, until [`Field::display`] says otherwise.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        if self.display.is_empty() {
            self.display.clone_from(&self.value);
        }
        self
    }

    /// Shown while it is empty.
    #[must_use]
    pub fn placeholder(mut self, placeholder: impl Into<String>) -> Self {
        self.placeholder = Some(placeholder.into());
        self
    }

    /// What is shown.
    #[must_use]
    pub fn display(mut self, display: impl Into<String>) -> Self {
        self.display = display.into();
        self
    }

    /// Must be filled.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Only shown.
    #[must_use]
    pub fn readonly(mut self, readonly: bool) -> Self {
        self.readonly = readonly;
        self
    }

    /// Takes 2 or 4 of the grid's columns.
    #[must_use]
    pub fn span(mut self, span: u8) -> Self {
        self.span = span;
        self
    }

    /// A hint under it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What can be chosen; the choice of the field's value is marked.
    #[must_use]
    pub fn choices(mut self, choices: Vec<Choice>) -> Self {
        self.choices = Choice::select(choices, &self.value);
        if let Some(chosen) = self.choices.iter().find(|choice| choice.selected) {
            self.display.clone_from(&chosen.label);
        }
        self
    }

    /// Where a link looks for records.
    #[must_use]
    pub fn lookup(mut self, url: impl Into<String>, record_url: Option<String>) -> Self {
        self.lookup = Some(Lookup { url: url.into(), record_url });
        self
    }

    /// What is wrong with it.
    #[must_use]
    pub fn error(mut self, error: impl Into<String>) -> Self {
        self.error = Some(error.into());
        self
    }

    /// A unit or currency after the field.
    #[must_use]
    pub fn suffix(mut self, suffix: impl Into<String>) -> Self {
        self.suffix = Some(suffix.into());
        self
    }

    /// The browser's hint for filling.
    #[must_use]
    pub fn autocomplete(mut self, hint: impl Into<String>) -> Self {
        self.autocomplete = Some(hint.into());
        self
    }

    /// Takes the cursor when the page opens.
    #[must_use]
    pub fn autofocus(mut self) -> Self {
        self.autofocus = true;
        self
    }
}

/// Fields under a heading.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FieldSection {
    /// The heading; the first section needs none.
    pub title: Option<String>,
    /// Its fields, in a grid of four columns.
    pub fields: Vec<Field>,
}

/// A record of any entity, or a new one. Template `form/form.html`.
///
/// The form is a POST of its fields with `csrf` and, for a stored record, `version`. Errors come
/// back as the same page with status 422, a newer version with [`Conflict`] and status 412.
#[derive(Debug, Clone, Serialize)]
pub struct FormView {
    /// The frame.
    pub shell: PageShell,
    /// The record's name, or `New supplier`.
    pub title: String,
    /// Its states: archived, held.
    pub statuses: Vec<Status>,
    /// Where the form is sent.
    pub action: String,
    /// The version on screen; none for a new record.
    pub version: Option<i64>,
    /// Whether the person may change it; otherwise its fields are only shown.
    pub editable: bool,
    /// The save button's text: `Create supplier`, `Save`.
    pub save_label: String,
    /// Where leaving goes: the list.
    pub back_url: String,
    /// Items of the “…” menu: archive, duplicate.
    pub menu: Vec<Action>,
    /// The fields.
    pub sections: Vec<FieldSection>,
    /// What has to be fixed.
    pub errors: Option<ErrorSummary>,
    /// What somebody else changed meanwhile.
    pub conflict: Option<Conflict>,
    /// Facts and audit trail; none for a new record.
    pub rail: Option<Rail>,
    /// Related records under the fields.
    pub tables: Vec<Table>,
}

impl Page for FormView {
    const TEMPLATE: &'static str = "form/form.html";
}

/// A product's stock at a glance, ready to show.
#[derive(Debug, Clone, Serialize)]
pub struct StockCard {
    /// On hand, with its unit.
    pub on_hand: String,
    /// Reserved for customers.
    pub reserved: String,
    /// On hand less reserved.
    pub available: String,
    /// Ordered from suppliers and not received.
    pub incoming: String,
    /// Moving average per unit.
    pub average_cost: String,
    /// On hand at moving average.
    pub value: String,
    /// Said when it is at or below the reorder point.
    pub warning: Option<String>,
    /// On hand per warehouse.
    pub levels: Table,
}

/// A product: its form with stock and moves. Template `form/product.html`.
#[derive(Debug, Clone, Serialize)]
pub struct ProductView {
    /// The form.
    #[serde(flatten)]
    pub form: FormView,
    /// Its stock; none when no stock is kept.
    pub stock: Option<StockCard>,
    /// Its latest moves.
    pub moves: Option<Table>,
}

impl Page for ProductView {
    const TEMPLATE: &'static str = "form/product.html";
}
