//! From JSON and text to values, by the description, gathering every violation with its field.

use std::{borrow::Cow, collections::HashSet, fmt, str::FromStr};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use kontor_kernel::{Country, Currency, Error, Fault, Result, Violations};
use rust_decimal::Decimal;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::{DefaultValue, EntityMeta, FieldMeta, Format, Kind, Record, Shape, Value};

/// What an absent field means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The default, or a violation.
    Create,
    /// It stays as it is.
    Patch,
}

/// A request's values before defaults from the database: `None` is "not sent".
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Draft {
    pub values: Vec<Option<Value>>,
    pub lines: Option<Vec<LineDraft>>,
}

impl Draft {
    /// The values that the system itself gives a new record, such as the first ones of a company.
    pub fn of<S: Shape>(values: S) -> Self {
        Self { values: values.into_record().into_values().into_iter().map(Some).collect(), lines: None }
    }
}

/// One line as sent. A line with an id keeps that row; one without is new.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineDraft {
    pub id: Option<Uuid>,
    pub values: Vec<Option<Value>>,
}

/// Decimal places that prices, quantities and factors may have.
const MAX_SCALE: u32 = 6;
/// Digits before the point of any decimal.
const MAX_DECIMAL: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);
/// Lines of one document.
const MAX_LINES: usize = 1_000;

/// Reads the body of a create or an update of an entity.
pub fn parse_draft(meta: &'static EntityMeta, body: &[u8], mode: Mode) -> Result<Draft> {
    let members = read_object(body)?;
    let mut violations = Violations::new();
    let mut draft = Draft { values: vec![None; meta.fields.len()], lines: None };
    for (name, raw) in check_names(members, &mut violations) {
        if let Some(lines) = meta.lines.filter(|_| name == "lines") {
            draft.lines = parse_lines((lines.meta)(), raw, mode, &mut violations);
        } else if let Some((index, field)) = position(meta.fields, &name).filter(|(_, f)| !f.read_only) {
            if let Some(value) = parse_json(field, raw, &mut violations)
                && let Some(slot) = draft.values.get_mut(index)
            {
                *slot = Some(value);
            }
        } else {
            violations.add(refused_name(meta, &name), name);
        }
    }
    if mode == Mode::Create {
        fill_defaults(meta.fields, &mut draft.values, &mut violations);
    }
    violations.into_result()?;
    Ok(draft)
}

pub(crate) fn refused_name(meta: &EntityMeta, name: &str) -> Fault {
    let system = ["id", "version", "created_at", "created_by", "updated_at", "updated_by", "archived_at"];
    if system.contains(&name) || meta.field(name).is_some() { Fault::ReadOnlyField } else { Fault::UnknownField }
}

/// Reads the body of a call that is not an entity's: every field of `fields`, with its nested lists.
pub fn parse_shape(fields: &'static [FieldMeta], body: &[u8]) -> Result<Record> {
    let body = if body.iter().all(u8::is_ascii_whitespace) { b"{}" } else { body };
    let mut violations = Violations::new();
    let record = parse_members(fields, read_object(body)?, &mut violations);
    violations.into_result()?;
    Ok(record)
}

fn parse_members(fields: &'static [FieldMeta], members: Vec<Member<'_>>, violations: &mut Violations) -> Record {
    let mut values = vec![None; fields.len()];
    for (name, raw) in check_names(members, violations) {
        match position(fields, &name) {
            Some((index, field)) => {
                if let Some(value) = parse_json(field, raw, violations)
                    && let Some(slot) = values.get_mut(index)
                {
                    *slot = Some(value);
                }
            }
            None => violations.add(Fault::UnknownField, name),
        }
    }
    fill_defaults(fields, &mut values, violations);
    Record::new(values.into_iter().map(Option::unwrap_or_default).collect())
}

fn parse_lines(
    meta: &'static EntityMeta,
    raw: &RawValue,
    mode: Mode,
    violations: &mut Violations,
) -> Option<Vec<LineDraft>> {
    let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(raw.get()) else {
        violations.add_text(Fault::WrongType, "lines", "must be a list of lines");
        return None;
    };
    if items.len() > MAX_LINES {
        violations.add_text(Fault::TooLong, "lines", format!("has more than {MAX_LINES} lines"));
        return None;
    }
    let mut lines = Vec::with_capacity(items.len());
    let mut seen = HashSet::new();
    for (number, item) in items.into_iter().enumerate() {
        let mut inner = Violations::new();
        let line = parse_line(meta, item, mode, &mut inner);
        if let Some(id) = line.id
            && !seen.insert(id)
        {
            inner.add(Fault::DuplicateField, "id");
        }
        violations.nest(&format!("lines[{number}]."), inner);
        lines.push(line);
    }
    Some(lines)
}

fn parse_line(meta: &'static EntityMeta, raw: &RawValue, mode: Mode, violations: &mut Violations) -> LineDraft {
    let mut line = LineDraft { id: None, values: vec![None; meta.fields.len()] };
    let Ok(members) = read_object(raw.get().as_bytes()) else {
        violations.add_text(Fault::WrongType, "", "must be an object");
        return line;
    };
    for (name, raw) in check_names(members, violations) {
        if name == "id" && mode == Mode::Patch {
            match serde_json::from_str::<Uuid>(raw.get()) {
                Ok(id) => line.id = Some(id),
                Err(_) => violations.add_text(Fault::WrongType, "id", "must be the id of a line of this document"),
            }
        } else if let Some((index, field)) = position(meta.fields, &name).filter(|(_, f)| !f.read_only) {
            if let Some(value) = parse_json(field, raw, violations)
                && let Some(slot) = line.values.get_mut(index)
            {
                *slot = Some(value);
            }
        } else {
            violations.add(refused_name(meta, &name), name);
        }
    }
    if line.id.is_none() {
        fill_defaults(meta.fields, &mut line.values, violations);
    }
    line
}

/// Puts defaults where nothing was sent and says what is missing.
pub(crate) fn fill_defaults(fields: &[FieldMeta], values: &mut [Option<Value>], violations: &mut Violations) {
    for (field, value) in fields.iter().zip(values) {
        if value.is_some() {
            continue;
        }
        *value = match field.default {
            DefaultValue::Boolean(default) => Some(Value::Boolean(default)),
            DefaultValue::Integer(default) => Some(Value::Integer(default.into())),
            DefaultValue::Text(default) => parse_text(field, default).ok(),
            DefaultValue::None if matches!(field.kind, Kind::List(_)) => Some(Value::List(Vec::new())),
            DefaultValue::None if matches!(field.kind, Kind::Texts) => Some(Value::Texts(Vec::new())),
            DefaultValue::None => {
                if field.required && !violations.has(field.name) {
                    violations.add(Fault::Required, field.name);
                }
                continue;
            }
        };
    }
}

pub(crate) fn position(fields: &'static [FieldMeta], name: &str) -> Option<(usize, &'static FieldMeta)> {
    fields.iter().enumerate().find(|(_, field)| field.name == name)
}

type Member<'a> = (String, &'a RawValue);

/// One JSON object, its members in order, duplicates kept so that they can be refused.
struct Members<'a>(Vec<Member<'a>>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, raw)) = map.next_entry::<Cow<'de, str>, &'de RawValue>()? {
                    members.push((name.into_owned(), raw));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

fn read_object(body: &[u8]) -> Result<Vec<Member<'_>>> {
    let members: Members<'_> = serde_json::from_slice(body).map_err(|error| {
        Error::new(Fault::MalformedBody.info()).with_detail(format!("the body is not readable: {error}"))
    })?;
    Ok(members.0)
}

fn check_names<'a>(members: Vec<Member<'a>>, violations: &mut Violations) -> Vec<Member<'a>> {
    let mut seen = HashSet::new();
    members
        .into_iter()
        .filter(|(name, _)| {
            let new = seen.insert(name.clone());
            if !new {
                violations.add(Fault::DuplicateField, name.clone());
            }
            new
        })
        .collect()
}

/// One member's value, or nothing with the violation added.
fn parse_json(field: &'static FieldMeta, raw: &RawValue, violations: &mut Violations) -> Option<Value> {
    let text = raw.get().trim();
    if text == "null" {
        if matches!(field.kind, Kind::List(_)) {
            return Some(Value::List(Vec::new()));
        }
        if field.required && matches!(field.default, DefaultValue::None) {
            violations.add(Fault::Required, field.name);
            return None;
        }
        return if field.required || field.filled { None } else { Some(Value::Null) };
    }
    match field.kind {
        Kind::List(fields) => return parse_list(field, fields(), text, violations),
        Kind::Object(_) => {
            violations.add(Fault::WrongType, field.name);
            return None;
        }
        Kind::Texts => return parse_texts(field, text, violations),
        _ => {}
    }
    match json_to_text(field, text).and_then(|text| parse_text(field, &text)) {
        // As null is: what the system fills is filled or stays.
        Ok(Value::Null) if field.filled => None,
        Ok(value) => Some(value),
        Err(Problem(code, message)) => {
            violations.add_text(code, field.name, message);
            None
        }
    }
}

fn parse_list(
    field: &FieldMeta,
    fields: &'static [FieldMeta],
    text: &str,
    violations: &mut Violations,
) -> Option<Value> {
    let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(text) else {
        violations.add_text(Fault::WrongType, field.name, "must be a list");
        return None;
    };
    if items.len() > MAX_LINES {
        violations.add_text(Fault::TooLong, field.name, format!("has more than {MAX_LINES} entries"));
        return None;
    }
    let mut records = Vec::with_capacity(items.len());
    for (number, item) in items.into_iter().enumerate() {
        let prefix = format!("{}[{number}]", field.name);
        match read_object(item.get().as_bytes()) {
            Ok(members) => {
                let mut inner = Violations::new();
                records.push(parse_members(fields, members, &mut inner));
                violations.nest(&format!("{prefix}."), inner);
            }
            Err(_) => violations.add_text(Fault::WrongType, prefix, "must be an object"),
        }
    }
    Some(Value::List(records))
}

fn parse_texts(field: &FieldMeta, text: &str, violations: &mut Violations) -> Option<Value> {
    match serde_json::from_str::<Vec<String>>(text) {
        Ok(texts)
            if texts.iter().all(|t| t.chars().count() <= 200 && !t.contains('\0')) && texts.len() <= MAX_LINES =>
        {
            Some(Value::Texts(texts))
        }
        Ok(_) => {
            violations.add(Fault::TooLong, field.name);
            None
        }
        Err(_) => {
            violations.add_text(Fault::WrongType, field.name, "must be a list of texts");
            None
        }
    }
}

/// Why a text is no value of a field.
pub struct Problem(pub Fault, pub Cow<'static, str>);

impl Problem {
    fn new(code: Fault, message: impl Into<Cow<'static, str>>) -> Self {
        Self(code, message.into())
    }
}

/// The text inside a JSON scalar, where that JSON type is acceptable for the field.
fn json_to_text<'a>(field: &FieldMeta, json: &'a str) -> Result<Cow<'a, str>, Problem> {
    let first = json.as_bytes().first().copied().unwrap_or_default();
    let wrong = |message| Err(Problem::new(Fault::WrongType, message));
    match field.kind {
        Kind::Boolean => match first {
            b't' | b'f' => Ok(Cow::Borrowed(json)),
            _ => wrong("must be true or false"),
        },
        Kind::Integer => match first {
            b'-' | b'0'..=b'9' => Ok(Cow::Borrowed(json)),
            _ => wrong("must be a whole number"),
        },
        _ if field.is_decimal() => match first {
            b'-' | b'0'..=b'9' => Ok(Cow::Borrowed(json)),
            b'"' => json_string(json),
            _ => wrong("must be a decimal number in a string, such as \"12.50\""),
        },
        _ => match first {
            b'"' => json_string(json),
            _ => wrong("must be a text"),
        },
    }
}

fn json_string(json: &str) -> Result<Cow<'_, str>, Problem> {
    serde_json::from_str::<String>(json)
        .map(Cow::Owned)
        .map_err(|_| Problem::new(Fault::WrongType, "is not a readable text"))
}

/// One value from its text, as JSON strings, forms and imported cells give it.
///
/// Decimals use a point, dates are ISO 8601. Empty text of an optional field is nothing.
pub fn parse_text(field: &FieldMeta, text: &str) -> Result<Value, Problem> {
    match field.kind {
        Kind::Text(format) => parse_plain(field, format, text),
        Kind::Choice(choices) => match choices.iter().find(|choice| choice.value == text) {
            Some(choice) => Ok(Value::Text(choice.value.to_owned())),
            None => {
                let allowed: Vec<_> = choices.iter().map(|choice| choice.value).collect();
                Err(Problem::new(Fault::NotAllowed, format!("must be one of {}", allowed.join(", "))))
            }
        },
        _ if text.trim().is_empty() && field.nullable() => Ok(Value::Null),
        Kind::Boolean => parse_boolean(text),
        Kind::Integer => parse_integer(field, text),
        Kind::Amount | Kind::UnitPrice | Kind::Quantity | Kind::Percent | Kind::Factor => parse_decimal(field, text),
        Kind::Date => parse_date(text),
        Kind::Timestamp => DateTime::parse_from_rfc3339(text)
            .map(|time| Value::Timestamp(time.with_timezone(&Utc)))
            .map_err(|_| Problem::new(Fault::WrongType, "must be a time such as 2026-11-20T09:30:00Z")),
        Kind::Id | Kind::Link(_) => Uuid::try_parse(text)
            .map(Value::Id)
            .map_err(|_| Problem::new(Fault::WrongType, "must be the id of a record")),
        Kind::Texts => Ok(Value::Texts(text.split(',').map(|part| part.trim().to_owned()).collect())),
        Kind::List(_) | Kind::Object(_) => Err(Problem::new(Fault::WrongType, "must be an object")),
    }
}

fn parse_plain(field: &FieldMeta, format: Format, text: &str) -> Result<Value, Problem> {
    let keep = matches!(format, Format::Secret | Format::Verbatim);
    let text = if keep { text } else { text.trim() };
    if text.is_empty() {
        return if field.nullable() || field.filled {
            Ok(Value::Null)
        } else {
            Err(Problem::new(Fault::Required, "must not be empty"))
        };
    }
    if u32::try_from(text.chars().count()).unwrap_or(u32::MAX) > field.max {
        return Err(Problem::new(Fault::TooLong, format!("must have at most {} characters", field.max)));
    }
    let forbidden =
        |c: char| c == '\0' || (c.is_control() && !matches!((format, c), (Format::Note, '\n' | '\r' | '\t')));
    if text.contains(forbidden) {
        return Err(Problem::new(Fault::ControlCharacter, Fault::ControlCharacter.info().text));
    }
    let text = match format {
        Format::Email if !is_email(text) => {
            return Err(Problem::new(Fault::WrongType, "must be an e-mail address such as name@example.com"));
        }
        Format::Country => match Country::parse(text) {
            Some(country) => country.code().to_owned(),
            None => return Err(Problem::new(Fault::NotAllowed, "must be a country, by its code or name")),
        },
        Format::Currency => match Currency::parse(text) {
            Some(currency) => currency.to_string(),
            None => return Err(Problem::new(Fault::NotAllowed, "must be a currency code such as EUR")),
        },
        _ => text.to_owned(),
    };
    Ok(Value::Text(text))
}

/// One `@` between a local part and a domain, no spaces: delivery is the only real check.
fn is_email(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || "<>(),;:\"".contains(c))
    };
    text.split_once('@').is_some_and(|(local, domain)| {
        plain(local)
            && plain(domain)
            && !domain.contains('@')
            && !domain.starts_with(['.', '-'])
            && !domain.ends_with(['.', '-'])
            && !domain.contains("..")
    })
}

fn parse_boolean(text: &str) -> Result<Value, Problem> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" | "on" | "ja" => Ok(Value::Boolean(true)),
        "false" | "no" | "0" | "off" | "nein" => Ok(Value::Boolean(false)),
        _ => Err(Problem::new(Fault::WrongType, "must be true or false")),
    }
}

fn parse_integer(field: &FieldMeta, text: &str) -> Result<Value, Problem> {
    let number = i32::from_str(text.trim())
        .map_err(|_| Problem::new(Fault::WrongType, "must be a whole number between -2147483648 and 2147483647"))?;
    check_range(field, Decimal::from(number))?;
    Ok(Value::Integer(number.into()))
}

fn parse_decimal(field: &FieldMeta, text: &str) -> Result<Value, Problem> {
    let text = text.trim();
    let wrong = || Problem::new(Fault::WrongType, "must be a decimal number such as 12.50");
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !plain || text.len() > 40 {
        return Err(wrong());
    }
    let exponent = text.contains(['e', 'E']);
    let parsed = if exponent { Decimal::from_scientific(text) } else { Decimal::from_str_exact(text) };
    let mut number = parsed.map_err(|error| match error {
        rust_decimal::Error::ExceedsMaximumPossibleValue | rust_decimal::Error::LessThanMinimumPossibleValue => {
            Problem::new(Fault::TooBig, Fault::TooBig.info().text)
        }
        rust_decimal::Error::Underflow | rust_decimal::Error::ScaleExceedsMaximumPrecision(_) => too_precise(),
        _ => wrong(),
    })?;
    if number.scale() > MAX_SCALE {
        number = number.normalize();
    }
    if number.scale() > MAX_SCALE {
        return Err(too_precise());
    }
    if number.abs() >= MAX_DECIMAL {
        return Err(Problem::new(Fault::TooBig, "must be below 1000000000000"));
    }
    if number.is_zero() {
        number.set_sign_positive(true);
    }
    check_range(field, number)?;
    Ok(Value::Decimal(number))
}

fn too_precise() -> Problem {
    Problem::new(Fault::TooPrecise, format!("must have at most {MAX_SCALE} decimal places"))
}

fn check_range(field: &FieldMeta, number: Decimal) -> Result<(), Problem> {
    if field.positive && number <= Decimal::ZERO {
        return Err(Problem::new(Fault::TooSmall, "must be greater than zero"));
    }
    if let Some(min) = field.min_number.filter(|min| number < Decimal::from(*min)) {
        return Err(Problem::new(Fault::TooSmall, format!("must be at least {min}")));
    }
    if let Some(max) = field.max_number.filter(|max| number > Decimal::from(*max)) {
        return Err(Problem::new(Fault::TooBig, format!("must be at most {max}")));
    }
    Ok(())
}

fn parse_date(text: &str) -> Result<Value, Problem> {
    let date = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
        .map_err(|_| Problem::new(Fault::WrongType, "must be a date such as 2026-11-20"))?;
    if !(1900..=2999).contains(&date.year()) {
        return Err(Problem::new(Fault::NotAllowed, "must lie between the years 1900 and 2999"));
    }
    Ok(Value::Date(date))
}
