//! From JSON bodies to values, by the description, gathering every violation with its field.

use std::{borrow::Cow, collections::HashSet, fmt};

use kontor_kernel::{Error, Fault, Result, Violations};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::{
    DefaultValue, EntityMeta, FieldMeta, Kind, Record, Shape, Value,
    scalar::{Problem, parse_text},
};

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
        } else if !put(meta.fields, &name, raw, &mut draft.values, &mut violations) {
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
        if !put(fields, &name, raw, &mut values, violations) {
            violations.add(Fault::UnknownField, name);
        }
    }
    fill_defaults(fields, &mut values, violations);
    Record::new(values.into_iter().map(Option::unwrap_or_default).collect())
}

/// Reads a member into its place; `false` when clients write no field of this name.
fn put(
    fields: &'static [FieldMeta],
    name: &str,
    raw: &RawValue,
    values: &mut [Option<Value>],
    violations: &mut Violations,
) -> bool {
    let Some((index, field)) = position(fields, name).filter(|(_, field)| !field.read_only) else { return false };
    if let Some(value) = parse_json(field, raw, violations)
        && let Some(slot) = values.get_mut(index)
    {
        *slot = Some(value);
    }
    true
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
        } else if !put(meta.fields, &name, raw, &mut line.values, violations) {
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
        *value = default_value(field);
        if value.is_none() && field.required && !violations.has(field.name) {
            violations.add(Fault::Required, field.name);
        }
    }
}

/// What a create that leaves a field out stores there; nothing where the description does not say.
pub fn default_value(field: &FieldMeta) -> Option<Value> {
    match field.default {
        DefaultValue::Boolean(default) => Some(Value::Boolean(default)),
        DefaultValue::Integer(default) => Some(Value::Integer(default.into())),
        DefaultValue::Text(default) => parse_text(field, default).ok(),
        DefaultValue::None => match field.kind {
            Kind::List(_) => Some(Value::List(Vec::new())),
            Kind::Texts => Some(Value::Texts(Vec::new())),
            _ => None,
        },
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
