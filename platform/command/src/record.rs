//! Create, update, archive and restore of a plain entity.

use kontor_entity::{Draft, Entity, EntityMeta, Record, Rules, Value};
use kontor_kernel::{Error, Fault, Result, Violations, codes, new_id};
use kontor_store::{NewRecord, Tx, Written};
use serde_json::{Map, json};
use uuid::Uuid;

use crate::registered::Saved;

codes! {
    pub(crate) enum RecordFault {
        NumberTaken = "number_taken" => Conflict, "the next number of the series is already taken; try again";
    }
}

/// An entity that clients write. Most need nothing beyond their description and their rules.
pub trait Writable: Entity + Rules {
    /// Fills and checks what depends on the company's other data. `before` is the record as stored, at an update.
    fn prepare(
        &mut self,
        tx: &mut Tx,
        before: Option<&Self>,
        violations: &mut Violations,
    ) -> impl Future<Output = Result<()>> + Send {
        let _ = (tx, before, violations);
        async { Ok(()) }
    }

    /// Follows up a create, in its transaction: what a new record brings with it.
    fn created(tx: &mut Tx, id: Uuid) -> impl Future<Output = Result<()>> + Send {
        let _ = (tx, id);
        async { Ok(()) }
    }

    /// Refuses to archive a record that the company still needs, with `in_use`.
    fn may_archive(&self, tx: &mut Tx, id: Uuid) -> impl Future<Output = Result<()>> + Send {
        let _ = (tx, id);
        async { Ok(()) }
    }
}

pub(crate) async fn create<E: Writable>(tx: &mut Tx, draft: Draft) -> Result<Written> {
    let meta = E::META;
    let mut values = Record::new(draft.values.into_iter().map(Option::unwrap_or_default).collect());
    let numbered = reserve_code(meta, &mut values);
    let mut entity: E = typed(&values)?;
    let mut violations = Violations::new();
    entity.check(&mut violations);
    entity.prepare(tx, None, &mut violations).await?;
    let mut values = entity.into_record();
    tx.check_links(meta, &values, None, &mut violations).await?;
    violations.into_result()?;
    if numbered {
        fill_code(tx, meta, &mut values).await?;
    }
    let new = NewRecord { id: new_id(), values, lines: Vec::new() };
    let written = tx.insert_record(meta, &new).await.map_err(|error| number_error(error, meta, numbered))?;
    E::created(tx, new.id).await?;
    tell_created(tx, meta, new.id, &new.values, None);
    Ok(written)
}

pub(crate) async fn update<E: Writable>(tx: &mut Tx, id: Uuid, version: Option<i64>, draft: Draft) -> Result<Saved> {
    let meta = E::META;
    let stored = tx.lock_record(meta, id, version).await?;
    if stored.archived {
        return Err(Fault::Archived.error());
    }
    let merged = merge(&stored.values, draft.values);
    let before: E = typed(&stored.values)?;
    let mut entity: E = typed(&merged)?;
    let mut violations = Violations::new();
    entity.check(&mut violations);
    entity.prepare(tx, Some(&before), &mut violations).await?;
    let values = entity.into_record();
    tx.check_links(meta, &values, Some(&stored.values), &mut violations).await?;
    violations.into_result()?;
    if values == stored.values {
        return tx.record_json(meta, id).await.map(Saved::Unchanged);
    }
    let record = NewRecord { id, values, lines: Vec::new() };
    let written = tx.update_record(meta, stored.version, &record).await?;
    let changes = changed_fields(meta, &stored.values, &record.values);
    tx.tell(meta.collection, "updated", id, written.version, &changes);
    Ok(Saved::Written(written))
}

/// Archives or restores; a second time changes nothing.
pub(crate) async fn archive<E: Writable>(tx: &mut Tx, id: Uuid, version: Option<i64>, archived: bool) -> Result<()> {
    let meta = E::META;
    let stored = tx.lock_record(meta, id, version).await?;
    if stored.archived == archived {
        return Ok(());
    }
    if archived {
        stored.typed::<E>()?.may_archive(tx, id).await?;
    }
    tx.archive_record(meta, id, archived).await?;
    let action = if archived { "archived" } else { "restored" };
    let changes = json!({ "archived": [!archived, archived] });
    tx.tell(meta.collection, action, id, stored.version + 1, &changes);
    Ok(())
}

/// The values by their struct. A description and its struct cannot differ, so a mismatch is ours.
pub(crate) fn typed<E: Entity>(values: &Record) -> Result<E> {
    E::from_record(values).ok_or_else(|| Error::internal(format!("values do not fit {}", E::META.name)))
}

/// JSON merge patch: what was sent replaces, what was not stays.
pub(crate) fn merge(stored: &Record, sent: Vec<Option<Value>>) -> Record {
    let sent = sent.into_iter().chain(std::iter::repeat(None));
    Record::new(stored.values().zip(sent).map(|(old, new)| new.unwrap_or_else(|| old.clone())).collect())
}

/// Whether the code comes from the sequence; puts a placeholder so that the struct can be made.
fn reserve_code(meta: &EntityMeta, values: &mut Record) -> bool {
    let Some(index) = meta.fields.iter().position(|field| field.name == meta.code && field.filled) else {
        return false;
    };
    let missing = meta.sequence.is_some() && values.get(index).is_null();
    if missing {
        values.set(index, Value::Text(String::new()));
    }
    missing
}

/// Takes the next number of the entity's series for its code.
pub(crate) async fn fill_code(tx: &Tx, meta: &EntityMeta, values: &mut Record) -> Result<()> {
    let index = meta.all_fields().position(|field| field.name == meta.code);
    if let (Some(sequence), Some(index)) = (meta.sequence, index) {
        let number = tx.next_number(sequence.name).await?;
        values.set(index, Value::Text(sequence.format(number)));
    }
    Ok(())
}

/// A number that an imported record already has: the runner tries the next one.
pub(crate) fn number_error(error: Error, meta: &EntityMeta, numbered: bool) -> Error {
    let on_code = error.violations().iter().any(|violation| violation.field == meta.code);
    if numbered && on_code && error.is(Fault::Duplicate) {
        RecordFault::NumberTaken.error().caused_by(error)
    } else {
        error
    }
}

pub(crate) fn tell_created(tx: &mut Tx, meta: &EntityMeta, id: Uuid, values: &Record, lines: Option<usize>) {
    let mut changes = Map::new();
    for (field, value) in meta.all_fields().zip(values.values()) {
        if !value.is_null() {
            changes.insert(field.name.to_owned(), json!(value));
        }
    }
    if let Some(lines) = lines {
        changes.insert("lines".to_owned(), json!(lines));
    }
    tx.tell(meta.collection, "created", id, 1, &changes);
}

/// Field → `[old, new]`, for the fields that differ.
pub fn changed_fields(meta: &EntityMeta, old: &Record, new: &Record) -> Map<String, serde_json::Value> {
    let pairs = old.values().zip(new.values());
    meta.all_fields()
        .zip(pairs)
        .filter(|(_, (old, new))| old != new)
        .map(|(field, (old, new))| (field.name.to_owned(), json!([old, new])))
        .collect()
}

pub(crate) const CATALOGUE: &[&kontor_kernel::CodeInfo] = RecordFault::CATALOGUE;
