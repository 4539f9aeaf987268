//! Values of records as people read and type them, by the description of their field.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use chrono_tz::Tz;
use kontor_access::Caller;
use kontor_entity::{EntityMeta, FieldMeta, Format, Kind, Value};
use kontor_kernel::{Country, Locale};
use rust_decimal::Decimal;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::view::{Cell, ColumnKind, input};

/// How a company writes figures and dates.
#[derive(Debug, Clone)]
pub(crate) struct Display {
    pub locale: Locale,
    pub zone: Tz,
    /// Today where the company is.
    pub today: NaiveDate,
    /// The currency of the company's books.
    pub currency: String,
}

impl Display {
    pub fn of(caller: &Caller, today: NaiveDate) -> Self {
        let company = &caller.company;
        Self {
            locale: Locale::from_tag(&company.locale),
            zone: company.time_zone,
            today,
            currency: company.currency.to_string(),
        }
    }

    pub fn money(&self, amount: Decimal) -> String {
        self.locale.money(amount, &self.currency)
    }

    /// `Today, 09:42`, where the company is.
    pub fn moment(&self, time: DateTime<Utc>) -> String {
        self.locale.moment(self.local(time), self.today)
    }

    fn local(&self, time: DateTime<Utc>) -> DateTime<FixedOffset> {
        time.with_timezone(&self.zone).fixed_offset()
    }

    /// A value to read. `currency` is the record's; nothing for no value and for links, whose name is elsewhere.
    pub fn text(&self, field: &FieldMeta, value: &Value, currency: &str) -> String {
        match (field.kind, value) {
            (Kind::Choice(choices), Value::Text(text)) => choices
                .iter()
                .find(|choice| choice.value == text)
                .map_or(text.as_str(), |choice| choice.label)
                .to_owned(),
            (Kind::Text(Format::Country), Value::Text(code)) => self.country(code),
            (_, Value::Text(text)) => text.clone(),
            (_, Value::Integer(number)) => self.locale.quantity(Decimal::from(*number)),
            (_, Value::Boolean(yes)) => if *yes { "Yes" } else { "No" }.to_owned(),
            (Kind::Amount, Value::Decimal(figure)) => self.locale.money(*figure, currency),
            (Kind::UnitPrice, Value::Decimal(figure)) => self.price(*figure, currency),
            (Kind::Percent, Value::Decimal(figure)) => self.locale.percent(*figure),
            (_, Value::Decimal(figure)) => self.locale.quantity(*figure),
            (_, Value::Date(date)) => self.locale.date(*date),
            (_, Value::Timestamp(time)) => self.moment(*time),
            (_, Value::Texts(texts)) => texts.join(", "),
            (_, Value::Null | Value::Id(_) | Value::List(_)) => String::new(),
        }
    }

    /// A unit price with its currency: as many decimals as it has.
    pub fn price(&self, price: Decimal, currency: &str) -> String {
        self.locale.price(price, currency)
    }

    pub fn country(&self, code: &str) -> String {
        let name = |country: Country| country.name_in(self.locale);
        Country::from_code(code).map_or(code, name).to_owned()
    }

    /// A value as it stands in an input: without symbols, in the company's locale. Links hold the other record's id.
    pub fn input(&self, field: &FieldMeta, value: &Value, currency: &str) -> String {
        match (field.kind, value) {
            (Kind::Amount, Value::Decimal(figure)) => self.locale.amount(*figure, currency),
            (Kind::UnitPrice, Value::Decimal(figure)) => self.locale.unit_price(*figure, currency),
            (_, Value::Decimal(figure)) => self.locale.quantity(*figure),
            (_, Value::Integer(number)) => number.to_string(),
            (_, Value::Date(date)) => self.locale.date(*date),
            (_, other) => other.to_cell(),
        }
    }

    /// What a person typed, as the description reads it: a point in decimals, ISO dates. What is not understood stays, so
    /// that the refusal is the description's own.
    pub fn canonical(&self, field: &FieldMeta, typed: &str) -> String {
        let typed = typed.trim_end_matches(['\r', '\n']);
        if typed.trim().is_empty() {
            return String::new();
        }
        let read = match field.kind {
            Kind::Integer => input::decimal(typed, self.locale).map(|figure| figure.normalize().to_string()),
            Kind::Percent => input::decimal(typed.trim().trim_end_matches('%'), self.locale)
                .map(|figure| figure.normalize().to_string()),
            _ if field.is_decimal() => input::decimal(typed, self.locale).map(|figure| figure.normalize().to_string()),
            Kind::Date => input::date(typed, self.today).map(|date| date.to_string()),
            Kind::Text(Format::Note) => Some(typed.replace("\r\n", "\n")),
            _ => None,
        };
        read.unwrap_or_else(|| typed.to_owned())
    }

    /// A value as a cell of a list or table.
    pub fn cell(&self, field: &FieldMeta, value: &Value, currency: &str) -> Cell {
        let text = self.text(field, value, currency);
        match column_kind(field) {
            ColumnKind::Money => Cell::money(text),
            ColumnKind::Number => Cell::number(text),
            ColumnKind::Date => Cell::date(text),
            _ if matches!(field.kind, Kind::Boolean) => Cell::check(*value == Value::Boolean(true)),
            _ => Cell::text(text),
        }
    }
}

/// How a column of such values is laid out.
pub(crate) const fn column_kind(field: &FieldMeta) -> ColumnKind {
    match field.kind {
        Kind::Amount | Kind::UnitPrice => ColumnKind::Money,
        Kind::Integer | Kind::Quantity | Kind::Percent | Kind::Factor => ColumnKind::Number,
        Kind::Date | Kind::Timestamp => ColumnKind::Date,
        Kind::Boolean | Kind::Text(Format::Currency) => ColumnKind::Short,
        Kind::Choice(_) => ColumnKind::Status,
        Kind::Text(Format::Phone | Format::Country) => ColumnKind::Medium,
        _ => ColumnKind::Text,
    }
}

/// The value of a field from a stored record's JSON.
pub(crate) fn stored_value(field: &FieldMeta, json: &Json) -> Value {
    let text = json.as_str();
    let decimal = || text.and_then(|text| text.parse::<Decimal>().ok()).map(Value::Decimal);
    let value = match field.kind {
        Kind::Text(_) | Kind::Choice(_) => text.map(|text| Value::Text(text.to_owned())),
        Kind::Integer => json.as_i64().map(Value::Integer),
        Kind::Boolean => json.as_bool().map(Value::Boolean),
        Kind::Amount | Kind::UnitPrice | Kind::Quantity | Kind::Percent | Kind::Factor => decimal(),
        Kind::Date => text.and_then(|text| text.parse().ok()).map(Value::Date),
        Kind::Timestamp => text.and_then(timestamp).map(Value::Timestamp),
        Kind::Id | Kind::Link(_) => text.and_then(|text| Uuid::try_parse(text).ok()).map(Value::Id),
        Kind::Texts => json
            .as_array()
            .map(|texts| Value::Texts(texts.iter().filter_map(Json::as_str).map(str::to_owned).collect())),
        Kind::List(_) | Kind::Object(_) => None,
    };
    value.unwrap_or_default()
}

fn timestamp(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.with_timezone(&Utc))
}

/// The currency a record's amounts are in: its own, or the company's.
pub(crate) fn record_currency(meta: &EntityMeta, get: impl Fn(&str) -> Option<String>, company: &str) -> String {
    let own = meta.field("currency").filter(|field| matches!(field.kind, Kind::Text(Format::Currency)));
    // A partner's currency is an agreement, not what amounts of the record are in.
    let own = own.filter(|_| meta.document);
    own.and_then(|field| get(field.name)).unwrap_or_else(|| company.to_owned())
}

/// A stored record as the database gave it.
#[derive(Debug, Clone)]
pub(crate) struct StoredJson(pub Json);

impl StoredJson {
    pub fn read(json: &str) -> kontor_kernel::Result<Self> {
        serde_json::from_str(json).map(Self).map_err(kontor_kernel::Error::internal)
    }

    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Json::as_str).unwrap_or_default()
    }

    pub fn version(&self) -> i64 {
        self.0.get("version").and_then(Json::as_i64).unwrap_or_default()
    }

    pub fn decimal(&self, name: &str) -> Decimal {
        self.text(name).parse().unwrap_or_default()
    }

    pub fn date(&self, name: &str) -> Option<NaiveDate> {
        self.text(name).parse().ok()
    }

    pub fn time(&self, name: &str) -> Option<DateTime<Utc>> {
        timestamp(self.text(name))
    }

    pub fn is_archived(&self) -> bool {
        self.0.get("archived_at").is_some_and(|at| !at.is_null())
    }

    pub fn value(&self, field: &FieldMeta) -> Value {
        self.0.get(field.name).map(|json| stored_value(field, json)).unwrap_or_default()
    }

    /// What a link points to: id, and its name or else its code.
    pub fn link(&self, field: &FieldMeta) -> Option<(Uuid, String)> {
        let linked = Self(self.0.get(field.link_name()?)?.clone());
        let id = Uuid::try_parse(linked.text("id")).ok()?;
        let name = if linked.text("name").is_empty() { linked.text("code") } else { linked.text("name") };
        Some((id, name.to_owned()))
    }

    pub fn lines(&self) -> Vec<Self> {
        self.0.get("lines").and_then(Json::as_array).into_iter().flatten().cloned().map(Self).collect()
    }
}

/// What people call a record: its name, or its number, or what it is about.
pub(crate) fn record_title(meta: &EntityMeta, record: &StoredJson) -> String {
    let title = record.text(meta.title);
    if meta.title != "id" && !title.is_empty() {
        return title.to_owned();
    }
    let about = meta.all_fields().find_map(|field| record.link(field));
    about.map_or_else(|| meta.label.to_owned(), |(_, name)| format!("{}: {name}", meta.label))
}
