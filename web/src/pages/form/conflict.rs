//! What two people changed at the same time.

use kontor_entity::Kind;

use super::fields::{Source, Typed, inputs};
use crate::{
    pages::{activity::AuditEntry, display::StoredJson},
    view::{Conflict, ConflictField},
};

/// Who saved first, and where what is stored now differs from what was typed.
pub(crate) fn conflict(
    source: &Source<'_>,
    typed: &Typed,
    record: &StoredJson,
    audit: &[AuditEntry],
    url: String,
) -> Conflict {
    let last = audit.first();
    Conflict {
        who: last.map_or_else(|| "Somebody else".to_owned(), |entry| entry.actor.clone()),
        when: last.map_or_else(String::new, |entry| source.display.moment(entry.at).to_lowercase()),
        fields: differences(source, typed, record),
        theirs_url: url,
    }
}

/// The fields whose typed text reads as something else than what is stored.
fn differences(source: &Source<'_>, typed: &Typed, record: &StoredJson) -> Vec<ConflictField> {
    let currency = source.currency();
    let differing = inputs(source.meta).filter_map(|field| {
        let yours = typed.get(field.name)?;
        let value = record.value(field);
        let theirs = source.display.input(field, &value, &currency);
        let canonical = |text: &str| source.display.canonical(field, text);
        if canonical(yours).trim() == canonical(&theirs).trim() {
            return None;
        }
        let (yours, theirs) = match field.kind {
            Kind::Link(_) => {
                let name = |id: &str| id.parse().ok().and_then(|id| source.names.get(&id).cloned());
                let stored = record.link(field).map(|(_, name)| name);
                (name(yours).unwrap_or_default(), stored.unwrap_or_default())
            }
            _ => (yours.to_owned(), theirs),
        };
        Some(ConflictField { label: field.title(), yours, theirs })
    });
    differing.collect()
}
