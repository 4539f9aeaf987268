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

fn values(
    meta: &'static EntityMeta,
    fields: &[(String, String)],
    violations: &mut Violations,
) -> Vec<Option<Value>> {
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
