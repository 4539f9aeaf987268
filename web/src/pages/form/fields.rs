//! Inputs from descriptions: what a form shows of a record, or of what a person typed.

use std::borrow::Cow;

use kontor_access::Caller;
use kontor_entity::{DefaultValue, EntityMeta, FieldMeta, Format, Kind};
use kontor_http::Incoming;
use kontor_kernel::{Country, Currency, Error, Violation};
use uuid::Uuid;

use crate::{
    Web, answer,
    pages::{
        display::{Display, StoredJson, record_currency},
        names::Names,
    },
    view::{self, Choice, ErrorItem, ErrorSummary, Field, FieldKind},
};

/// Field → what was typed into it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Typed(Vec<(String, String)>);

impl Typed {
    /// The fields of a sent form. A box that is not checked is not sent: it is off.
    pub fn of_form(meta: &'static EntityMeta, form: &[(String, String)]) -> Self {
        let fields = inputs(meta).filter_map(|field| {
            let sent = form.iter().find(|(name, _)| name == field.name).map(|(_, text)| text.clone());
            let off = matches!(field.kind, Kind::Boolean).then(|| "false".to_owned());
            Some((field.name.to_owned(), sent.or(off)?))
        });
        Self(fields.collect())
    }

    /// Values that an address brings for a new record: `?supplier_id=…`.
    pub fn of_query(meta: &'static EntityMeta, incoming: &Incoming) -> Self {
        let fields = inputs(meta).filter_map(|field| {
            let text = incoming.query_value(field.name)?;
            Some((field.name.to_owned(), text.to_owned()))
        });
        Self(fields.collect())
    }

    /// Fills a field that the address says nothing about.
    pub fn suggest(&mut self, name: &str, text: String) {
        if self.get(name).is_none() {
            self.0.push((name.to_owned(), text));
        }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }

    /// The texts as the description reads them.
    pub fn canonical(&self, meta: &EntityMeta, display: &Display) -> Vec<(String, String)> {
        let texts = self.0.iter().filter_map(|(name, text)| {
            let field = meta.field(name)?;
            Some((name.clone(), display.canonical(field, text)))
        });
        texts.collect()
    }

    /// The records that link fields point to.
    pub fn links(&self, meta: &EntityMeta) -> Vec<(&'static EntityMeta, Uuid)> {
        let links = self.0.iter().filter_map(|(name, text)| match meta.field(name)?.kind {
            Kind::Link(target) => Some((target(), Uuid::try_parse(text).ok()?)),
            _ => None,
        });
        links.collect()
    }
}

/// The fields that a form has inputs for.
pub(crate) fn inputs(meta: &'static EntityMeta) -> impl Iterator<Item = &'static FieldMeta> {
    let is_input =
        |field: &&FieldMeta| !field.read_only && !matches!(field.kind, Kind::List(_) | Kind::Object(_) | Kind::Id);
    meta.fields.iter().filter(is_input)
}

/// What a form is filled from.
pub(crate) struct Source<'s> {
    pub web: &'s Web,
    pub caller: &'s Caller,
    pub display: &'s Display,
    pub meta: &'static EntityMeta,
    pub record: Option<&'s StoredJson>,
    /// What was typed stands before what is stored.
    pub typed: Option<&'s Typed>,
    pub names: &'s Names,
    pub refusal: Option<&'s Error>,
}

impl Source<'_> {
    pub fn fields(&self) -> Vec<Field> {
        inputs(self.meta).map(|field| self.field(field)).collect()
    }

    /// One field with its text, its choices and what is wrong with it.
    pub fn field(&self, field: &'static FieldMeta) -> Field {
        let currency = self.currency();
        let text = self.text(field, &currency);
        let mut input = Field::new(field.name, field.title(), kind(field)).value(text.clone());
        if self.is_required(field) {
            input = input.required();
        }
        // What is filled when left out is filled by now.
        if !(field.help.is_empty() || field.filled && self.record.is_some()) {
            input = input.help(field.help);
        }
        input.max = matches!(field.kind, Kind::Text(_)).then_some(field.max);
        input.span = span(field);
        input = match field.kind {
            Kind::Amount | Kind::UnitPrice => input.suffix(currency),
            Kind::Percent => input.suffix("%"),
            Kind::Choice(choices) => {
                input.choices(choices.iter().map(|choice| Choice::new(choice.value, choice.label)).collect())
            }
            Kind::Text(Format::Country) => input.choices(self.countries()),
            Kind::Text(Format::Currency) => input.choices(currencies()),
            Kind::Link(target) => {
                let id = Uuid::try_parse(&text).ok();
                let page = id.zip(self.web.linked_page(self.caller, field)).map(|(id, linked)| linked.url(id));
                let name = id.map(|id| self.name(field, id)).unwrap_or_default();
                input.display(name).lookup(format!("/lookup/{}", target().collection), page)
            }
            Kind::Text(Format::Email) => input.autocomplete("off"),
            // A day as the company writes it, and one counted from today.
            Kind::Date => input.placeholder(format!("{} or +7", self.display.locale.day(self.display.today))),
            _ => input,
        };
        match self.violation(field.name) {
            Some(violation) => input.error(answer::sentence(&violation.message)),
            None => input,
        }
    }

    /// The record's currency, as far as it is known.
    pub fn currency(&self) -> String {
        let known = |name: &str| {
            let typed = self.typed.and_then(|typed| typed.get(name)).filter(|text| !text.is_empty());
            let stored = self.record.map(|record| record.text(name)).filter(|text| !text.is_empty());
            typed.or(stored).map(str::to_owned)
        };
        record_currency(self.meta, known, &self.display.currency)
    }

    fn text(&self, field: &FieldMeta, currency: &str) -> String {
        if let Some(typed) = self.typed.and_then(|typed| typed.get(field.name)) {
            return typed.to_owned();
        }
        match self.record {
            Some(record) => self.display.input(field, &record.value(field), currency),
            None => match field.default {
                DefaultValue::None => String::new(),
                DefaultValue::Boolean(on) => on.to_string(),
                DefaultValue::Integer(number) => number.to_string(),
                DefaultValue::Text(text) => text.to_owned(),
            },
        }
    }

    fn name(&self, field: &'static FieldMeta, id: Uuid) -> String {
        let stored = self.record.and_then(|record| record.link(field)).filter(|(known, _)| *known == id);
        stored.map(|(_, name)| name).or_else(|| self.names.get(&id).cloned()).unwrap_or_default()
    }

    fn violation(&self, name: &str) -> Option<&Violation> {
        self.refusal?.violations().iter().find(|violation| violation.field == name)
    }

    /// A number that is given when left out must be there once the record exists.
    fn is_required(&self, field: &FieldMeta) -> bool {
        let given = field.required && matches!(field.default, DefaultValue::None);
        given || (field.filled && self.record.is_some())
    }

    fn countries(&self) -> Vec<Choice> {
        let mut countries: Vec<Choice> =
            Country::all().map(|country| Choice::new(country.code(), self.display.country(country.code()))).collect();
        countries.sort_by_cached_key(|choice| folded(&choice.label));
        countries
    }
}

/// Names in the order of their letters, whatever their accents.
fn folded(name: &str) -> String {
    let fold = |c: char| match c {
        'Ä' | 'ä' | 'Å' | 'å' => 'a',
        'Ö' | 'ö' => 'o',
        'Ü' | 'ü' => 'u',
        'É' | 'é' => 'e',
        other => other.to_ascii_lowercase(),
    };
    name.chars().map(fold).collect()
}

fn currencies() -> Vec<Choice> {
    Currency::all()
        .map(|currency| Choice::new(currency.code(), format!("{} – {}", currency.code(), currency.name())))
        .collect()
}

const fn kind(field: &FieldMeta) -> FieldKind {
    match field.kind {
        Kind::Text(Format::Note) => FieldKind::LongText,
        Kind::Text(Format::Email) => FieldKind::Email,
        Kind::Text(Format::Phone) => FieldKind::Phone,
        Kind::Text(Format::Country) => FieldKind::Country,
        Kind::Text(Format::Currency) => FieldKind::Currency,
        Kind::Text(Format::Secret) => FieldKind::Password,
        Kind::Integer | Kind::Quantity | Kind::Percent | Kind::Factor => FieldKind::Number,
        Kind::Amount | Kind::UnitPrice => FieldKind::Money,
        Kind::Boolean => FieldKind::Checkbox,
        Kind::Choice(_) => FieldKind::Choice,
        Kind::Link(_) => FieldKind::Link,
        Kind::Date => FieldKind::Date,
        _ => FieldKind::Text,
    }
}

/// Names and streets are long, notes take the whole width.
fn span(field: &FieldMeta) -> u8 {
    match field.kind {
        Kind::Text(Format::Note) => 4,
        Kind::Text(Format::Line) if matches!(field.name, "name" | "street" | "website") => 2,
        _ => 1,
    }
}

/// What has to be fixed before something, each thing with its field's label; lines are counted from 1.
pub(crate) fn summary(meta: &'static EntityMeta, error: &Error, before: &str) -> ErrorSummary {
    if error.violations().is_empty() {
        let item = ErrorItem { text: answer::sentence(error.text()), field: None };
        return ErrorSummary { title: "This was not done".to_owned(), items: vec![item] };
    }
    let items = error.violations().iter().map(|violation| item(meta, violation)).collect();
    view::ErrorSummary::before(before, items)
}

fn item(meta: &'static EntityMeta, violation: &Violation) -> ErrorItem {
    let (label, field) = match line_field(&violation.field) {
        Some((number, name)) => {
            let of = meta.lines.map(|lines| (lines.meta)());
            let label = of
                .and_then(|of| of.field(name))
                .map_or_else(String::new, |f| format!(": {}", f.title().to_lowercase()));
            (Cow::Owned(format!("Line {}{label}", number + 1)), Some("lines".to_owned()))
        }
        None => match meta.field(&violation.field) {
            Some(field) => (Cow::Owned(field.title()), Some(field.name.to_owned())),
            None if violation.field == "lines" => (Cow::Borrowed(""), Some("lines".to_owned())),
            None => (Cow::Borrowed(""), None),
        },
    };
    let text =
        if label.is_empty() { answer::sentence(&violation.message) } else { format!("{label} {}", violation.message) };
    ErrorItem { text, field }
}

/// `lines[2].quantity` → (2, quantity).
pub(crate) fn line_field(path: &str) -> Option<(usize, &str)> {
    let (number, name) = path.strip_prefix("lines[")?.split_once(']')?;
    Some((number.parse().ok()?, name.trim_start_matches('.')))
}
