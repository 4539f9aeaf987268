//! Creates and updates from texts by field name, as a form's inputs give them.

use kontor_kernel::{Fault, Result, Violations};
use uuid::Uuid;

use crate::{
    Draft, EntityMeta, FieldMeta, LineDraft, Mode, Value,
    parse::{fill_defaults, position, refused_name},
    parse_text,
};

/// One line of a document as texts. With an id it is that line, changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextLine {
    pub id: Option<Uuid>,
    pub fields: Vec<(String, String)>,
}

/// Reads the texts of a create or an update, every violation at once.
///
/// Texts are canonical: decimals with a point, ISO dates. Empty text clears an optional field; on a field that has a
/// default or is filled by the system it means "not sent".
pub fn draft_from_texts(meta: &'static EntityMeta, fields: &[(String, String)], mode: Mode) -> Result<Draft> {
    document_from_texts(meta, fields, None, mode)
}

/// The same for a document: the lines, when given, replace its lines. Their violations stand at `lines[n].field`.
pub fn document_from_texts(
    meta: &'static EntityMeta,
    fields: &[(String, String)],
    lines: Option<&[TextLine]>,
    mode: Mode,
) -> Result<Draft> {
    let mut violations = Violations::new();
    let mut draft = Draft { values: values(meta, fields, &mut violations), lines: None };
    if mode == Mode::Create {
        fill_defaults(meta.fields, &mut draft.values, &mut violations);
    }
    if let (Some(lines), Some(of)) = (lines, meta.lines) {
        draft.lines = Some(line_drafts((of.meta)(), lines, &mut violations));
    }
    violations.into_result()?;
    Ok(draft)
}

fn line_drafts(meta: &'static EntityMeta, lines: &[TextLine], violations: &mut Violations) -> Vec<LineDraft> {
    let mut drafts = Vec::with_capacity(lines.len());
    for (number, line) in lines.iter().enumerate() {
        let mut inner = Violations::new();
        let mut draft = LineDraft { id: line.id, values: values(meta, &line.fields, &mut inner) };
        if draft.id.is_none() {
            fill_defaults(meta.fields, &mut draft.values, &mut inner);
        }
        violations.nest(&format!("lines[{number}]."), inner);
        drafts.push(draft);
    }
    drafts
}

fn values(meta: &'static EntityMeta, fields: &[(String, String)], violations: &mut Violations) -> Vec<Option<Value>> {
    let mut values = vec![None; meta.fields.len()];
    for (name, text) in fields {
        match position(meta.fields, name).filter(|(_, field)| !field.read_only) {
            Some((index, field)) => {
                if let Some(slot) = values.get_mut(index) {
                    *slot = value(field, text, violations);
                }
            }
            None => violations.add(refused_name(meta, name), name.clone()),
        }
    }
    values
}

fn value(field: &'static FieldMeta, text: &str, violations: &mut Violations) -> Option<Value> {
    if text.trim().is_empty() {
        if field.required && matches!(field.default, crate::DefaultValue::None) {
            violations.add(Fault::Required, field.name);
        }
        return field.nullable().then_some(Value::Null);
    }
    match parse_text(field, text) {
        Ok(value) => Some(value),
        Err(problem) => {
            violations.add_text(problem.0, field.name, problem.1);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

    use kontor_kernel::Quantity;

    use super::*;
    use crate::{Entity, meta_of};

    /// A list of things to bring.
    #[derive(Debug, Entity)]
    #[entity(table = "lists", collection = "lists", label = "List", plural = "Lists", permission = "x.list", lines = meta_of::<Item>)]
    struct List {
        #[field(filled)]
        code: String,
        name: String,
        note: Option<String>,
        #[field(default_integer = 30)]
        days: i32,
    }

    /// One thing.
    #[derive(Debug, Entity)]
    #[entity(table = "items", parent = "list_id", label = "Item", permission = "x.list")]
    struct Item {
        name: String,
        #[field(positive)]
        quantity: Quantity,
    }

    fn texts(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    fn refused(error: &kontor_kernel::Error) -> Vec<String> {
        error.violations().iter().map(|violation| format!("{} {}", violation.field, violation.code)).collect()
    }

    #[test]
    fn empty_text_clears_what_is_optional_and_leaves_the_rest() {
        let fields = texts(&[("code", ""), ("name", "Picnic"), ("note", " "), ("days", "")]);
        let create = draft_from_texts(List::META, &fields, Mode::Create).unwrap();
        assert_eq!(create.values[0], None);
        assert_eq!(create.values[2], Some(Value::Null));
        assert_eq!(create.values[3], Some(Value::Integer(30)));
        let patch = draft_from_texts(List::META, &fields, Mode::Patch).unwrap();
        assert_eq!((&patch.values[0], &patch.values[3]), (&None, &None));
    }

    #[test]
    fn everything_wrong_is_said_at_once_with_its_line() {
        let fields = texts(&[("name", ""), ("days", "soon"), ("colour", "red")]);
        let lines = [
            TextLine { id: None, fields: texts(&[("name", "Chai"), ("quantity", "0")]) },
            TextLine { id: None, fields: texts(&[("quantity", "2")]) },
        ];
        let error = document_from_texts(List::META, &fields, Some(&lines), Mode::Create).unwrap_err();
        assert_eq!(
            refused(&error),
            [
                "name required",
                "days wrong_type",
                "colour unknown_field",
                "lines[0].quantity too_small",
                "lines[1].name required",
            ]
        );
    }
}
