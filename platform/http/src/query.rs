//! Query parameters of a list.

use kontor_entity::EntityMeta;
use kontor_kernel::{Fault, Result, Violations};
use kontor_store::{Condition, Cursor, ListQuery, Sort};
use uuid::Uuid;

/// `sort`, `filter[field][op]`, `q`, `limit`, `cursor`, `archived`; every violation at once. `ignored` names parameters
/// that mean something else to the caller.
pub fn parse_list_query(meta: &'static EntityMeta, pairs: &[(String, String)], ignored: &[&str]) -> Result<ListQuery> {
    let mut list = ListQuery::all(meta);
    let mut violations = Violations::new();
    let mut cursor = None;
    for (name, value) in pairs {
        match name.as_str() {
            "sort" if value.is_empty() => {}
            "sort" => match Sort::parse(meta, value) {
                Some(sort) => list.sort = sort,
                None => violations.add_text(
                    Fault::UnknownSort,
                    "sort",
                    format!("this list is not sorted by {}", sortable(meta)),
                ),
            },
            "q" if value.contains('\0') => violations.add(Fault::ControlCharacter, "q"),
            "q" => list.text = Some(value.chars().take(200).collect()),
            "limit" => list.limit = parse_limit(value, &mut violations),
            "archived" => match value.as_str() {
                "true" => list.archived = true,
                "false" => list.archived = false,
                _ => violations.add_text(Fault::WrongType, "archived", "must be true or false"),
            },
            "cursor" => cursor = Some(value.clone()),
            other if ignored.contains(&other) => {}
            other => match filter_name(other) {
                Some((field, operator)) => {
                    list.conditions.extend(Condition::parse(meta, field, operator, value, &mut violations));
                }
                None => violations.add(Fault::UnknownField, other.to_owned()),
            },
        }
    }
    if let Some(text) = cursor.filter(|text| !text.is_empty()) {
        match Cursor::decode(&text).filter(|cursor| cursor.fits(meta, list.sort)) {
            Some(cursor) => list.cursor = Some(cursor),
            None => violations.add(Fault::BadCursor, "cursor"),
        }
    }
    violations.into_result()?;
    Ok(list)
}

/// `limit` and `cursor` of a list that goes by id; every violation at once.
pub fn parse_page(pairs: &[(String, String)]) -> Result<(u16, Option<Uuid>)> {
    let (mut limit, mut after, mut violations) = (ListQuery::DEFAULT_LIMIT, None, Violations::new());
    for (name, value) in pairs {
        match name.as_str() {
            "limit" => limit = parse_limit(value, &mut violations),
            "cursor" if value.is_empty() => {}
            "cursor" => match Uuid::try_parse(value) {
                Ok(id) => after = Some(id),
                Err(_) => violations.add(Fault::BadCursor, "cursor"),
            },
            other => violations.add(Fault::UnknownField, other.to_owned()),
        }
    }
    violations.into_result()?;
    Ok((limit, after))
}

fn parse_limit(text: &str, violations: &mut Violations) -> u16 {
    let limit = text.parse().ok().filter(|limit| (1..=ListQuery::MAX_LIMIT).contains(limit));
    limit.unwrap_or_else(|| {
        violations.add_text(Fault::NotAllowed, "limit", "must be a whole number from 1 to 200");
        ListQuery::DEFAULT_LIMIT
    })
}

fn sortable(meta: &'static EntityMeta) -> String {
    let names: Vec<_> = meta.all_fields().filter(|field| field.sortable).map(|field| field.name).collect();
    format!("this field; it is by {}", names.join(", "))
}

/// `filter[total][gte]` → `(total, gte)`.
fn filter_name(name: &str) -> Option<(&str, &str)> {
    let inner = name.strip_prefix("filter[")?.strip_suffix(']')?;
    match inner.split_once("][") {
        Some((field, operator)) => Some((field, operator)),
        None => Some((inner, "")),
    }
}
