//! Documents: a header with lines, facts that only the server sets, and states.

use std::collections::HashMap;

use kontor_entity::{Draft, Entity, EntityMeta, LineDraft, Record, Rules, Shape, Value};
use kontor_kernel::{Error, Fault, Result, Violations, new_id};
use kontor_store::{LineRow, LinkNames, NewRecord, Stored, Tx, Written};
use serde_json::{Map, json};
use uuid::Uuid;

use crate::{
    record::{changed_fields, fill_code, merge, number_error, tell_created},
    registered::Saved,
};

/// An entity with lines. The header is `Self`; what only the server sets are the facts.
pub trait Document: Entity + Rules + Clone {
    /// The header's computed part: number, states, totals. Its fields are the description's `computed`.
    type Facts: Shape + Default + Clone;
    type Line: Entity + Rules + Clone;
    type LineFacts: Shape + Default + Clone;

    /// Refuses a change by the client where the document's state does not allow one.
    fn may_change(facts: &Self::Facts) -> Result<()>;

    /// Fills what was left out from the company's data, checks every link, and computes the facts.
    ///
    /// Called at every create and change by the client. `facts` are the stored ones, or the default of a new document.
    fn complete(
        document: &mut Locked<Self>,
        tx: &mut Tx,
        violations: &mut Violations,
    ) -> impl Future<Output = Result<()>> + Send;
}

/// One line with its facts.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentLine<L, F> {
    pub id: Uuid,
    pub fields: L,
    pub facts: F,
}

/// A document in the hands of one transaction: its row is locked, or it is new.
#[derive(Debug)]
pub struct Locked<D: Document> {
    id: Uuid,
    pub fields: D,
    pub facts: D::Facts,
    pub lines: Vec<DocumentLine<D::Line, D::LineFacts>>,
    /// Names of the links as far as they are known: of a stored document all, of a new one those that
    /// [`Document::complete`] came to know.
    pub names: LinkNames,
    stored: Option<(Stored, Vec<LineRow>)>,
}

impl<D: Document> Locked<D> {
    /// Locks the document: what is read cannot change until the transaction ends.
    pub async fn load(tx: &mut Tx, id: Uuid, version: Option<i64>) -> Result<Self> {
        let (stored, rows, names) = tx.lock_document(D::META, id, version).await?;
        let (fields, facts) = split::<D, D::Facts>(&stored.values)?;
        let lines = rows.iter().map(read_line::<D>).collect::<Result<_>>()?;
        Ok(Self { id, fields, facts, lines, names, stored: Some((stored, rows)) })
    }

    pub const fn id(&self) -> Uuid {
        self.id
    }

    pub const fn is_new(&self) -> bool {
        self.stored.is_none()
    }

    /// The client's header as it was before this change; nothing for a new document.
    pub fn fields_before(&self) -> Option<D> {
        self.stored.as_ref().and_then(|(stored, _)| D::from_record(&stored.values))
    }

    /// Writes the document as it now is, with audit and event. `action` is what happened: `confirmed`.
    pub async fn save(self, tx: &mut Tx, action: &str) -> Result<Written> {
        let change = self.into_change()?;
        change.tell(tx, D::META, action);
        let stay = change.lines_stay();
        tx.update_named(D::META, &change.stored, change.record, stay, &change.names).await
    }

    /// [`Locked::save`] for who answers with another record.
    pub async fn save_only(self, tx: &mut Tx, action: &str) -> Result<()> {
        let change = self.into_change()?;
        change.tell(tx, D::META, action);
        let stay = change.lines_stay();
        tx.update_only(D::META, &change.stored, change.record, stay).await
    }

    fn into_change(self) -> Result<Change> {
        let Some((stored, old_lines)) = self.stored else {
            return Err(Error::internal("a new document is inserted, not saved"));
        };
        let record = NewRecord {
            id: self.id,
            values: join(self.fields, self.facts),
            lines: self.lines.into_iter().map(write_line::<D>).collect(),
        };
        Ok(Change { stored, old_lines, record, names: self.names })
    }
}

/// A document as it was and as it will be stored.
struct Change {
    stored: Stored,
    old_lines: Vec<LineRow>,
    record: NewRecord,
    names: LinkNames,
}

impl Change {
    fn lines_stay(&self) -> bool {
        self.record.lines == self.old_lines
    }

    fn tell(&self, tx: &mut Tx, meta: &EntityMeta, action: &str) {
        let mut changes = changed_fields(meta, &self.stored.values, &self.record.values);
        changes.extend(changed_lines(meta, &self.old_lines, &self.record.lines));
        tx.tell(meta.collection, action, self.record.id, self.stored.version + 1, &changes);
    }
}

pub(crate) async fn create<D: Document>(tx: &mut Tx, draft: Draft) -> Result<Written> {
    let meta = D::META;
    let header = Record::new(draft.values.into_iter().map(Option::unwrap_or_default).collect());
    let mut violations = Violations::new();
    let lines = draft.lines.unwrap_or_default();
    let mut document = Locked::<D> {
        id: new_id(),
        fields: D::from_record(&header).ok_or_else(|| misfit(meta))?,
        facts: D::Facts::default(),
        lines: lines.into_iter().map(new_line::<D>).collect::<Result<_>>()?,
        names: LinkNames::default(),
        stored: None,
    };
    check(&document, &mut violations);
    D::complete(&mut document, tx, &mut violations).await?;
    violations.into_result()?;
    let mut values = join(document.fields, document.facts);
    fill_code(tx, meta, &mut values).await?;
    let lines: Vec<LineRow> = document.lines.into_iter().map(write_line::<D>).collect();
    let new = NewRecord { id: document.id, values, lines };
    let refusal = |error, meta: &'static EntityMeta| number_error(error, meta, true);
    tell_created(tx, meta, new.id, &new.values, Some(new.lines.len()));
    tx.insert_named(meta, new, &document.names, refusal).await
}

pub(crate) async fn update<D: Document>(tx: &mut Tx, id: Uuid, version: Option<i64>, draft: Draft) -> Result<Saved> {
    let meta = D::META;
    let mut document = Locked::<D>::load(tx, id, version).await?;
    D::may_change(&document.facts)?;
    let mut violations = Violations::new();
    let present = document.fields_record();
    document.fields = D::from_record(&merge(&present, draft.values)).ok_or_else(|| misfit(meta))?;
    if let Some(lines) = draft.lines {
        document.replace_lines(lines, &mut violations)?;
    }
    check(&document, &mut violations);
    D::complete(&mut document, tx, &mut violations).await?;
    violations.into_result()?;
    if document.is_unchanged() {
        return tx.record_json(meta, id).await.map(Saved::Unchanged);
    }
    document.save(tx, "updated").await.map(Saved::Written)
}

impl<D: Document> Locked<D> {
    fn fields_record(&self) -> Record {
        let values = self.stored.iter().flat_map(|(stored, _)| stored.values.values());
        Record::new(values.take(D::META.fields.len()).cloned().collect())
    }

    /// The client's list replaces the lines. A line with an id is that line, changed; its unsent fields stay.
    fn replace_lines(&mut self, drafts: Vec<LineDraft>, violations: &mut Violations) -> Result<()> {
        let mut present: HashMap<Uuid, _> = self.lines.drain(..).map(|line| (line.id, line)).collect();
        for (number, draft) in drafts.into_iter().enumerate() {
            let line = match draft.id {
                None => new_line::<D>(draft)?,
                Some(id) => match present.remove(&id) {
                    Some(line) => {
                        let merged = merge(&line.fields.into_record(), draft.values);
                        let fields = D::Line::from_record(&merged).ok_or_else(|| misfit(D::Line::META))?;
                        DocumentLine { id, fields, facts: line.facts }
                    }
                    None => {
                        violations.add(Fault::UnknownLink, format!("lines[{number}].id"));
                        continue;
                    }
                },
            };
            self.lines.push(line);
        }
        Ok(())
    }

    fn is_unchanged(&self) -> bool {
        let Some((stored, rows)) = &self.stored else { return false };
        join(self.fields.clone(), self.facts.clone()) == stored.values
            && rows.len() == self.lines.len()
            && rows.iter().zip(&self.lines).all(|(row, line)| *row == write_line::<D>(line.clone()))
    }
}

fn check<D: Document>(document: &Locked<D>, violations: &mut Violations) {
    document.fields.check(violations);
    for (number, line) in document.lines.iter().enumerate() {
        let mut inner = Violations::new();
        line.fields.check(&mut inner);
        violations.nest(&format!("lines[{number}]."), inner);
    }
}

fn new_line<D: Document>(draft: LineDraft) -> Result<DocumentLine<D::Line, D::LineFacts>> {
    let values = Record::new(draft.values.into_iter().map(Option::unwrap_or_default).collect());
    let fields = D::Line::from_record(&values).ok_or_else(|| misfit(D::Line::META))?;
    Ok(DocumentLine { id: new_id(), fields, facts: D::LineFacts::default() })
}

fn read_line<D: Document>(row: &LineRow) -> Result<DocumentLine<D::Line, D::LineFacts>> {
    let (fields, facts) = split::<D::Line, D::LineFacts>(&row.values)?;
    Ok(DocumentLine { id: row.id, fields, facts })
}

fn write_line<D: Document>(line: DocumentLine<D::Line, D::LineFacts>) -> LineRow {
    LineRow { id: line.id, values: join(line.fields, line.facts) }
}

/// The client's fields and the server's, from the values of all fields.
fn split<E: Entity, F: Shape>(values: &Record) -> Result<(E, F)> {
    let facts = Record::new(values.values().skip(E::META.fields.len()).cloned().collect());
    match (E::from_record(values), F::from_record(&facts)) {
        (Some(fields), Some(facts)) => Ok((fields, facts)),
        _ => Err(misfit(E::META)),
    }
}

fn join(fields: impl Shape, facts: impl Shape) -> Record {
    let mut values: Vec<Value> = fields.into_record().into_values();
    values.extend(facts.into_record().into_values());
    Record::new(values)
}

fn misfit(meta: &EntityMeta) -> Error {
    Error::internal(format!("values do not fit {}", meta.name))
}

/// Line id → what happened to it, for the audit trail.
fn changed_lines(meta: &EntityMeta, old: &[LineRow], new: &[LineRow]) -> Map<String, serde_json::Value> {
    let Some(of) = meta.lines else { return Map::new() };
    let line_meta = (of.meta)();
    let before: HashMap<Uuid, &LineRow> = old.iter().map(|line| (line.id, line)).collect();
    let mut changes = Map::new();
    for line in new {
        let change = match before.get(&line.id) {
            None => json!("added"),
            Some(old) if old.values != line.values => json!(changed_fields(line_meta, &old.values, &line.values)),
            Some(_) => continue,
        };
        changes.insert(format!("lines.{}", line.id), change);
    }
    for line in old.iter().filter(|line| new.iter().all(|kept| kept.id != line.id)) {
        changes.insert(format!("lines.{}", line.id), json!("removed"));
    }
    changes
}
