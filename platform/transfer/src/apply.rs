//! The rows of a file written through the entity's own commands, inside one transaction.

mod earlier;

use kontor_command::{Registered, Saved};
use kontor_entity::{Draft, FieldMeta, Kind, Value, default_value};
use kontor_kernel::{Error, ErrorKind, Fault, Result};
use kontor_store::{Stored, Tx};
use uuid::Uuid;

use self::earlier::{Earlier, RowEnd};
use crate::{
    Code, ImportError,
    cell::Refusal,
    matching::{Links, Matches, is_own},
    progress::Progress,
    status::Errors,
    table::{Cell, Table, TableRow, refused_cell},
};

/// Rows written under one savepoint. Few savepoints keep other transactions' snapshots cheap (PostgreSQL caches 64 a
/// transaction); small parts keep what is repeated after a refusal short.
const PART: usize = 250;
/// A number of a series may be taken by a record that was imported with it; each try takes the next one.
const NUMBER_TRIES: usize = 200;

/// What became of the rows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Outcome {
    pub created: usize,
    pub updated: usize,
    pub unchanged: usize,
    pub errors: Errors,
}

/// How a row ended.
enum Written {
    Created(Uuid),
    Updated(Uuid),
    Unchanged(Uuid),
    Refused(Vec<ImportError>),
}

/// What a row means.
struct Judged<'m> {
    /// The record it changes; nothing for a new one.
    stored: Option<&'m Stored>,
    /// By the description's fields; `None` where the file says nothing.
    values: Vec<Option<Value>>,
}

/// A refusal that leaves the transaction usable, or one that has aborted it.
enum Trouble {
    Refused(Error),
    Aborted(Error),
}

/// Writes every row of a table. Errors are in the outcome; whoever called takes everything back when there are any.
///
/// # Errors
/// What has nothing to do with the rows: a database that fails, another transaction in the way.
pub(crate) async fn apply(
    tx: &mut Tx,
    entity: &'static Registered,
    table: &Table,
    may_update: bool,
    progress: Option<&Progress>,
) -> Result<Outcome> {
    let matches = Matches::load(tx, entity.meta, table).await?;
    let links = Links::load(tx, table).await?;
    let mut work =
        Work { entity, table, matches, links, may_update, earlier: Earlier::of(table), outcome: Outcome::default() };
    for start in (0..table.rows.len()).step_by(PART) {
        let end = table.rows.len().min(start + PART);
        work.write_part(tx, start..end).await?;
        if let Some(progress) = progress {
            progress.report(end).await;
        }
    }
    let mut errors = table.errors.clone();
    errors.merge(work.outcome.errors);
    Ok(Outcome { errors, ..work.outcome })
}

struct Work<'t> {
    entity: &'static Registered,
    table: &'t Table,
    matches: Matches,
    links: Links,
    may_update: bool,
    earlier: Earlier,
    /// Its errors are those found here, beside the table's own.
    outcome: Outcome,
}

impl Work<'_> {
    /// Writes some rows under one savepoint; when a statement fails, again with one savepoint for each row, so that every
    /// row is judged by itself.
    async fn write_part(&mut self, tx: &mut Tx, rows: std::ops::Range<usize>) -> Result<()> {
        let savepoint = tx.savepoint().await?;
        let before = self.outcome.clone();
        if self.write_rows(tx, rows.clone(), false).await? {
            return tx.release(savepoint).await;
        }
        tx.undo(savepoint).await?;
        self.outcome = before;
        self.write_rows(tx, rows, true).await.map(|_| ())
    }

    /// `false` when a statement failed and the transaction has to go back.
    async fn write_rows(&mut self, tx: &mut Tx, rows: std::ops::Range<usize>, each: bool) -> Result<bool> {
        for index in rows {
            let Some(row) = self.table.rows.get(index) else { continue };
            let written = if each {
                self.write_alone(tx, index, row).await?
            } else {
                match self.write_row(tx, index, row).await {
                    Ok(written) => written,
                    Err(Trouble::Refused(error)) => Written::Refused(row_errors(row, error)?),
                    Err(Trouble::Aborted(_)) => return Ok(false),
                }
            };
            self.count(index, written);
        }
        Ok(true)
    }

    /// Writes one row under a savepoint of its own.
    async fn write_alone(&mut self, tx: &mut Tx, index: usize, row: &TableRow) -> Result<Written> {
        let mut tries = 0;
        loop {
            let savepoint = tx.savepoint().await?;
            let error = match self.write_row(tx, index, row).await {
                Ok(written) => {
                    tx.release(savepoint).await?;
                    return Ok(written);
                }
                Err(Trouble::Refused(error) | Trouble::Aborted(error)) => error,
            };
            tries += 1;
            let number_taken = error.code() == "number_taken" && tries < NUMBER_TRIES;
            if error.is(Fault::ConcurrentChange) {
                return Err(error);
            }
            tx.undo(savepoint).await?;
            if !number_taken {
                return Ok(Written::Refused(row_errors(row, error)?));
            }
        }
    }

    fn count(&mut self, index: usize, written: Written) {
        let end = match written {
            Written::Created(id) => {
                self.outcome.created += 1;
                RowEnd::Written(id)
            }
            Written::Updated(id) => {
                self.outcome.updated += 1;
                RowEnd::Written(id)
            }
            Written::Unchanged(id) => {
                self.outcome.unchanged += 1;
                RowEnd::Written(id)
            }
            Written::Refused(errors) => {
                self.outcome.errors.extend(errors);
                RowEnd::Refused
            }
        };
        self.earlier.end(index, end);
    }

    async fn write_row(&self, tx: &mut Tx, index: usize, row: &TableRow) -> Result<Written, Trouble> {
        let Judged { stored, values } = match self.judge(index, row) {
            Ok(judged) => judged,
            Err(errors) => return Ok(Written::Refused(errors)),
        };
        let Some(stored) = stored else {
            let draft = match self.complete(row, values) {
                Ok(draft) => draft,
                Err(errors) => return Ok(Written::Refused(errors)),
            };
            let written = self.entity.create(tx, draft).await.map_err(trouble)?;
            return Ok(Written::Created(written.id));
        };
        if is_same(stored, &values) {
            return Ok(Written::Unchanged(stored.id));
        }
        let draft = Draft { values, lines: None };
        Ok(match self.entity.update(tx, stored.id, None, draft).await.map_err(trouble)? {
            Saved::Written(written) => Written::Updated(written.id),
            Saved::Unchanged(written) => Written::Unchanged(written.id),
        })
    }

    /// The record that a row means and the values that it gives, or everything that is wrong with it.
    fn judge(&self, index: usize, row: &TableRow) -> Result<Judged<'_>, Vec<ImportError>> {
        let mut errors = Vec::new();
        let key = if row.code.is_some() { self.entity.meta.code } else { self.entity.meta.title };
        let stored = self.matches.find(row).unwrap_or_else(|refusal| {
            errors.push(refused_cell(row.row, key, &refusal));
            None
        });
        let mut values = vec![None; self.entity.meta.fields.len()];
        for (place, ((at, field), cell)) in self.table.fields.iter().zip(&row.cells).enumerate() {
            let value = match cell {
                Cell::Empty => field.nullable().then_some(Value::Null),
                Cell::Value(value) => Some(value.clone()),
                Cell::Link(text) => match self.resolve(index, place, field, text, stored.map(|s| s.values.get(*at))) {
                    Ok(id) => id.map(Value::Id),
                    Err(refusal) => {
                        errors.push(refused_cell(row.row, field.name, &refusal));
                        None
                    }
                },
                Cell::Refused => None,
            };
            if let Some(slot) = values.get_mut(*at) {
                *slot = value;
            }
        }
        if let Some(stored) = stored {
            errors.extend(self.refuse_update(row, key, stored, &values));
        }
        if row.refused || !errors.is_empty() { Err(errors) } else { Ok(Judged { stored, values }) }
    }

    /// Why a stored record may not be changed by a row, if it would be.
    fn refuse_update(
        &self,
        row: &TableRow,
        key: &str,
        stored: &Stored,
        values: &[Option<Value>],
    ) -> Option<ImportError> {
        if is_same(stored, values) {
            return None;
        }
        if stored.archived {
            return Some(refused_cell(row.row, key, &Refusal::of(Fault::Archived)));
        }
        if !self.may_update {
            let message = format!("your roles do not allow {}.update", self.entity.meta.permission);
            return Some(refused_cell(row.row, key, &Refusal::new(Fault::Forbidden, message)));
        }
        None
    }

    /// The record that a link means. Nothing without an error when it is a row above that was refused itself.
    fn resolve(
        &self,
        index: usize,
        place: usize,
        field: &FieldMeta,
        text: &str,
        present: Option<&Value>,
    ) -> Result<Option<Uuid>, Refusal> {
        let mut candidates = self.links.candidates(place, text).to_vec();
        let mut hint = "";
        if is_own(self.entity.meta, field) {
            let rows = self.earlier.find(index, text);
            candidates.extend(rows.written);
            candidates.sort();
            candidates.dedup();
            if candidates.is_empty() && rows.refused {
                return Ok(None);
            }
            if rows.below {
                hint = "; it stands further down in the file, move it above this row";
            }
        }
        match candidates.as_slice() {
            [] => {
                let message = format!("no {} has the code or name {text:?}{hint}", label(field));
                Err(Refusal::new(Fault::UnknownLink, message))
            }
            [only] => Ok(Some(*only)),
            // What is stored already is one of those meant: an export says no more than the code either.
            several => match present.and_then(Value::as_id).filter(|id| several.contains(id)) {
                Some(id) => Ok(Some(id)),
                None => Err(Refusal::of(Code::AmbiguousLink)),
            },
        }
    }

    /// A new record: defaults where the file says nothing.
    fn complete(&self, row: &TableRow, mut values: Vec<Option<Value>>) -> Result<Draft, Vec<ImportError>> {
        let mut errors = Vec::new();
        for (field, value) in self.entity.meta.fields.iter().zip(&mut values) {
            if value.is_none() {
                *value = default_value(field);
            }
            if value.is_none() && crate::target::is_needed(field) {
                let message = "must be given for a new record: no column goes to this field";
                errors.push(refused_cell(row.row, field.name, &Refusal::new(Fault::Required, message)));
            }
        }
        if errors.is_empty() { Ok(Draft { values, lines: None }) } else { Err(errors) }
    }
}

fn label(field: &FieldMeta) -> String {
    match field.kind {
        Kind::Link(target) => target().label.to_lowercase(),
        _ => "record".to_owned(),
    }
}

/// Whether a record already has all values that a row gives.
fn is_same(stored: &Stored, values: &[Option<Value>]) -> bool {
    values.iter().enumerate().all(|(at, value)| value.as_ref().is_none_or(|value| value == stored.values.get(at)))
}

/// A failed statement has aborted the transaction; it is the only refusal with a cause.
fn trouble(error: Error) -> Trouble {
    if std::error::Error::source(&error).is_some() { Trouble::Aborted(error) } else { Trouble::Refused(error) }
}

/// A command's refusal as errors of its row; a failure that is nobody's fault but ours goes on.
fn row_errors(row: &TableRow, error: Error) -> Result<Vec<ImportError>> {
    if matches!(error.kind(), ErrorKind::Internal | ErrorKind::Unavailable) || error.is(Fault::ConcurrentChange) {
        return Err(error);
    }
    if error.violations().is_empty() {
        let (code, message) = (error.code().to_owned(), error.text().to_owned());
        return Ok(vec![ImportError { row: row.row, field: None, code, message }]);
    }
    let violations = error.violations().iter().map(|violation| ImportError {
        row: row.row,
        field: Some(violation.field.clone().into_owned()),
        code: violation.code.to_owned(),
        message: violation.message.clone().into_owned(),
    });
    Ok(violations.collect())
}
