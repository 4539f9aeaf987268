use crate::{EntityMeta, FieldType};

/// What a field holds: decides its column type, its JSON, its input in a form and how it is checked.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    Text(Format),
    /// A whole number, 32 bit.
    Integer,
    Boolean,
    /// Rounded money in the record's currency.
    Amount,
    UnitPrice,
    Quantity,
    Percent,
    /// A conversion or exchange factor.
    Factor,
    Date,
    Timestamp,
    /// The record's own or another plain id.
    Id,
    /// The id of a record of another entity of the same tenant.
    Link(fn() -> &'static EntityMeta),
    /// One of a fixed set.
    Choice(&'static [Choice]),
    /// A set of short texts, such as permissions.
    Texts,
    /// Objects inside the object, such as lines.
    List(fn() -> &'static [FieldMeta]),
    /// One object inside the object.
    Object(fn() -> &'static [FieldMeta]),
}

/// How a text is checked and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One line.
    Line,
    /// Several lines.
    Note,
    Email,
    Phone,
    /// An ISO 3166-1 alpha-2 code; a country's name is understood.
    Country,
    /// An ISO 4217 code.
    Currency,
    /// Never shown, never logged, never trimmed.
    Secret,
    /// An exact key such as a search type; not trimmed.
    Verbatim,
}

/// One allowed value of a field and what people call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    pub value: &'static str,
    pub label: &'static str,
}

/// What a field holds when a create leaves it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefaultValue {
    None,
    Boolean(bool),
    Integer(i32),
    /// For decimals too, as text: `"0"`.
    Text(&'static str),
}

/// The description of one field.
#[derive(Debug, Clone, Copy)]
pub struct FieldMeta {
    /// The name in JSON, and the column.
    pub name: &'static str,
    /// What people call it; made from the name when not given.
    pub label: &'static str,
    pub help: &'static str,
    pub kind: Kind,
    /// A create without it, or an update to null, is refused.
    pub required: bool,
    pub searchable: bool,
    pub sortable: bool,
    pub filterable: bool,
    /// Shown as a column of the list.
    pub listed: bool,
    /// Set by the system; sending it is a violation.
    pub read_only: bool,
    /// Longest text, in characters.
    pub max: u32,
    /// Smallest and largest number.
    pub min_number: Option<i64>,
    pub max_number: Option<i64>,
    /// A number must be above zero.
    pub positive: bool,
    pub default: DefaultValue,
    /// Filled by the runtime when left out (a sequence, the tenant's unit): optional for the client, never null.
    pub filled: bool,
    /// Other names of it in people's spreadsheets, for the mapping's guess.
    pub aliases: &'static [&'static str],
}

impl FieldMeta {
    /// The longest text where the declaration says nothing.
    pub const DEFAULT_MAX: u32 = 500;

    pub const fn of<T: FieldType>(name: &'static str, help: &'static str) -> Self {
        Self {
            name,
            label: "",
            help,
            kind: T::KIND,
            required: T::REQUIRED,
            searchable: false,
            sortable: false,
            filterable: matches!(T::KIND, Kind::Link(_) | Kind::Choice(_)),
            listed: false,
            read_only: false,
            max: Self::DEFAULT_MAX,
            min_number: None,
            max_number: None,
            positive: false,
            default: DefaultValue::None,
            filled: false,
            aliases: &[],
        }
    }

    pub const fn label(mut self, label: &'static str) -> Self {
        self.label = label;
        self
    }

    /// Found by the list's search box and by the global search.
    pub const fn search(mut self) -> Self {
        self.searchable = true;
        self
    }

    pub const fn sort(mut self) -> Self {
        self.sortable = true;
        self.filterable = true;
        self
    }

    pub const fn filter(mut self) -> Self {
        self.filterable = true;
        self
    }

    /// No filter on a link or choice, where an index for it would cost more than the question is worth.
    pub const fn unfiltered(mut self) -> Self {
        self.filterable = false;
        self
    }

    pub const fn list(mut self) -> Self {
        self.listed = true;
        self
    }

    pub const fn read_only(mut self) -> Self {
        self.read_only = true;
        self.required = false;
        self
    }

    pub const fn max(mut self, characters: u32) -> Self {
        self.max = characters;
        self
    }

    pub const fn at_least(mut self, number: i64) -> Self {
        self.min_number = Some(number);
        self
    }

    pub const fn at_most(mut self, number: i64) -> Self {
        self.max_number = Some(number);
        self
    }

    pub const fn positive(mut self) -> Self {
        self.positive = true;
        self
    }

    pub const fn default_true(mut self) -> Self {
        self.default = DefaultValue::Boolean(true);
        self
    }

    pub const fn default_false(mut self) -> Self {
        self.default = DefaultValue::Boolean(false);
        self
    }

    pub const fn default_integer(mut self, value: i32) -> Self {
        self.default = DefaultValue::Integer(value);
        self
    }

    pub const fn default_text(mut self, value: &'static str) -> Self {
        self.default = DefaultValue::Text(value);
        self
    }

    pub const fn filled(mut self) -> Self {
        self.filled = true;
        self.required = false;
        self
    }

    pub const fn format(mut self, format: Format) -> Self {
        self.kind = Kind::Text(format);
        self
    }

    pub const fn email(self) -> Self {
        self.format(Format::Email).max(254)
    }

    pub const fn phone(self) -> Self {
        self.format(Format::Phone).max(50)
    }

    pub const fn country(self) -> Self {
        self.format(Format::Country)
    }

    pub const fn currency(self) -> Self {
        self.format(Format::Currency)
    }

    pub const fn secret(self) -> Self {
        self.format(Format::Secret)
    }

    pub const fn verbatim(self) -> Self {
        self.format(Format::Verbatim)
    }

    /// Several lines, up to 4,000 characters.
    pub const fn note(self) -> Self {
        self.format(Format::Note).max(4_000)
    }

    pub const fn aliases(mut self, names: &'static [&'static str]) -> Self {
        self.aliases = names;
        self
    }

    /// Whether a create may leave it out.
    pub const fn optional(&self) -> bool {
        !self.required || !matches!(self.default, DefaultValue::None)
    }

    /// Whether the stored value may be null.
    pub const fn nullable(&self) -> bool {
        !self.required && !self.filled
    }

    /// What people call the field: the declared label, or its name in words.
    pub fn title(&self) -> String {
        if !self.label.is_empty() {
            return self.label.to_owned();
        }
        let words = self.name.strip_suffix("_id").unwrap_or(self.name).replace('_', " ");
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// The name under which the linked record's `{id, code, name}` stands: `supplier_id` → `supplier`.
    pub fn link_name(&self) -> Option<&'static str> {
        matches!(self.kind, Kind::Link(_)).then(|| self.name.strip_suffix("_id").unwrap_or(self.name))
    }

    pub const fn is_decimal(&self) -> bool {
        matches!(self.kind, Kind::Amount | Kind::UnitPrice | Kind::Quantity | Kind::Percent | Kind::Factor)
    }
}
