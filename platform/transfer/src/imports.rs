mod job;

use std::sync::Arc;

use kontor_access::{Caller, Feature, Verb};
use kontor_command::{Call, Need, Operation, Registered, Registry, Reply, Runner};
use kontor_entity::EntityMeta;
use kontor_kernel::{Error, Fault, Result, Violations, new_id};
use kontor_store::{Meter, Origin, Tx};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{
    Background, ColumnMapping, ImportColumn, ImportError, ImportJob, ImportNotice, ImportState, ImportStatus,
    ImportSummary,
    apply::{Outcome, apply},
    progress::Progress,
    status::Errors,
    store::{insert_import, list_imports, read_file, read_import},
    table::{Reading, Table, read_table},
    target::{importable_fields, is_needed},
};

/// The part of the product that imports are.
pub const FEATURE: Feature = Feature::new("imports");

/// Rows of an import that is done before its request is answered.
const AT_ONCE: usize = 1_000;

/// A file to be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewImport {
    /// The collection's name in its path: `suppliers`.
    pub entity: String,
    pub file_name: String,
    pub content: Vec<u8>,
    /// Replaces the guess; columns that are not in it are ignored.
    pub mapping: Option<ColumnMapping>,
    /// Tells what would happen, and writes nothing.
    pub dry_run: bool,
}

/// What a file holds and where its columns would go, before anything is started.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    pub rows: usize,
    pub columns: Vec<ImportColumn>,
    /// Every field that a column can go to.
    pub fields: Vec<PreviewField>,
    pub notices: Vec<ImportNotice>,
    /// What is wrong with the file or with single cells, as far as it shows without the company's records.
    pub errors: Vec<ImportError>,
}

/// A field that a column can go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewField {
    pub name: &'static str,
    pub label: String,
    /// A new record needs it.
    pub required: bool,
}

/// A page of imports, the newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportPage {
    pub data: Vec<ImportSummary>,
    /// Where the next page begins: give it as `after`.
    pub next: Option<Uuid>,
}

/// Imports of any entity.
#[derive(Clone)]
pub struct Imports {
    runner: Runner,
    registry: Arc<Registry>,
    background: Arc<dyn Background>,
}

/// A file read and judged as far as possible without the database.
#[derive(Clone)]
struct Prepared {
    entity: &'static Registered,
    id: Uuid,
    new: Arc<NewImport>,
    reading: Arc<Reading>,
}

impl Imports {
    pub fn new(runner: Runner, registry: Arc<Registry>, background: Arc<dyn Background>) -> Self {
        Self { runner, registry, background }
    }

    /// The entities that somebody may import.
    pub fn entities(&self, caller: &Caller) -> Vec<&'static EntityMeta> {
        let all = self.registry.entities().map(|(_, entity)| entity).filter(|entity| is_importable(entity));
        all.map(|entity| entity.meta)
            .filter(|meta| caller.permissions.allow_verb(meta.permission, Verb::Create))
            .collect()
    }

    /// Reads a file and guesses its mapping; writes nothing.
    ///
    /// # Errors
    /// Violations of `entity`, and of `mapping` when one is given; `forbidden`, `plan_required`.
    pub async fn preview(
        &self,
        call: &Call,
        entity: &str,
        content: Vec<u8>,
        mapping: Option<ColumnMapping>,
    ) -> Result<Preview> {
        let entity = self.admit(call, entity).await?;
        let reading = read_apart(entity, content, mapping).await?;
        let errors = match reading.table {
            Ok(table) => table.errors,
            Err(errors) => errors,
        };
        let (errors, more) = errors.into_parts();
        let fields = importable_fields(entity.meta).map(|(_, field)| PreviewField {
            name: field.name,
            label: field.title(),
            required: is_needed(field),
        });
        Ok(Preview {
            rows: reading.rows,
            columns: reading.columns,
            fields: fields.collect(),
            notices: reading.notices.into_iter().chain(more).collect(),
            errors,
        })
    }

    /// Starts an import, under the call's idempotency key if it has one. Up to 1,000 rows are done when this returns;
    /// more go on in the background.
    ///
    /// # Errors
    /// Violations of `entity` and `mapping`; `forbidden`, `plan_required`. A file that cannot be imported is no error
    /// here but an import that is rejected.
    pub async fn start(&self, call: &Call, new: NewImport) -> Result<ImportStatus> {
        status_of(&self.start_reply(call, new).await?)
    }

    /// [`Imports::start`] as the API answers it.
    pub(crate) async fn start_reply(&self, call: &Call, new: NewImport) -> Result<Reply> {
        let entity = self.admit(call, &new.entity).await?;
        let call = import_call(call, &new)?;
        let new = Arc::new(new);
        let reading = Arc::new(read_apart(entity, new.content.clone(), new.mapping.clone()).await?);
        let prepared = Prepared { entity, id: new_id(), new, reading };
        let job = ImportJob { id: prepared.id, call: Call { idempotency: None, ..call.clone() } };
        let long = prepared.reading.table.as_ref().is_ok_and(|table| table.rows.len() > AT_ONCE);
        let reply = self
            .runner
            .reply(&call, operation(entity, FEATURE), &|tx| {
                let (prepared, job) = (prepared.clone(), job.clone());
                let background = Arc::clone(&self.background);
                let may_update = may_update(&job.call, entity);
                Box::pin(async move {
                    if !long {
                        return answer(&prepared.run(tx, may_update).await?);
                    }
                    let status = prepared.status(tx, ImportState::Running, &Outcome::default());
                    insert_import(tx, &status, &prepared.new.content, prepared.new.mapping.as_ref()).await?;
                    background.enqueue(tx, &job).await?;
                    answer(&status)
                })
            })
            .await?;
        // A retry gets the answer of its first try, whose import goes on already.
        if long && status_of(&reply)?.summary.id == job.id {
            self.background.committed(self.clone(), job);
        }
        Ok(reply)
    }

    /// Starts an import of a file that was sent before, with another mapping or for good after a dry run.
    ///
    /// # Errors
    /// `not_found` when the file is kept no longer: a week, or until it was imported.
    pub async fn again(
        &self,
        call: &Call,
        id: Uuid,
        mapping: Option<ColumnMapping>,
        dry_run: bool,
    ) -> Result<ImportStatus> {
        let collections = self.collections(call);
        let file = self
            .runner
            .read(call, self.reading(call)?, &|tx| {
                let collections = collections.clone();
                Box::pin(async move { read_file(tx, id, &collections).await })
            })
            .await?;
        let mapping = mapping.or(file.mapping);
        let new = NewImport { entity: file.entity, file_name: file.file_name, content: file.content, mapping, dry_run };
        self.start(call, new).await
    }

    /// How far an import is.
    ///
    /// # Errors
    /// `not_found` where there is none, or one of an entity that the caller may not import.
    pub async fn status(&self, call: &Call, id: Uuid) -> Result<ImportStatus> {
        let collections = self.collections(call);
        self.runner
            .read(call, self.reading(call)?, &|tx| {
                let collections = collections.clone();
                Box::pin(async move { read_import(tx, id, &collections).await })
            })
            .await
    }

    /// The imports of entities that the caller may import, the newest first.
    pub async fn list(&self, call: &Call, limit: u16, after: Option<Uuid>) -> Result<ImportPage> {
        let collections = self.collections(call);
        let mut data = self
            .runner
            .read(call, self.reading(call)?, &|tx| {
                let collections = collections.clone();
                Box::pin(async move { list_imports(tx, &collections, limit, after).await })
            })
            .await?;
        let more = data.len() > usize::from(limit);
        data.truncate(usize::from(limit));
        let next = data.last().filter(|_| more).map(|import| import.id);
        Ok(ImportPage { data, next })
    }

    fn collections(&self, call: &Call) -> Vec<&'static str> {
        self.entities(&call.caller).into_iter().map(|meta| meta.collection).collect()
    }

    /// Whoever may import anything may look at imports; which ones is decided by entity.
    fn reading(&self, call: &Call) -> Result<Operation> {
        let Some(meta) = self.entities(&call.caller).first().copied() else {
            return Err(Fault::Forbidden.error().with_detail("your roles do not allow any import"));
        };
        let need = Need::Verb(meta.permission, Verb::Create);
        Ok(Operation { name: "imports.read", feature: FEATURE, need, meter: Meter::Free })
    }

    /// Refuses somebody who may import nothing, before anything is said about what was sent.
    pub(crate) async fn admit_any(&self, call: &Call) -> Result<()> {
        self.runner.admit(call, self.reading(call)?).await
    }

    /// The entity, once it is clear that the caller may import it and that the plan includes both.
    async fn admit(&self, call: &Call, collection: &str) -> Result<&'static Registered> {
        let known = self.registry.entity(collection).filter(|(_, entity)| is_importable(entity));
        let Some((feature, entity)) = known else {
            let mut violations = Violations::new();
            let names: Vec<&str> = self.collections(call);
            let message = format!("is nothing that can be imported; it is one of {}", names.join(", "));
            violations.add_text(Fault::NotAllowed, "entity", message);
            return Err(violations.into());
        };
        for feature in [feature, FEATURE] {
            let operation = Operation { meter: Meter::Write, ..operation(entity, feature) };
            self.runner.admit(call, operation).await?;
        }
        Ok(entity)
    }
}

impl Prepared {
    /// Does the whole import inside the transaction that stores it.
    async fn run(&self, tx: &mut Tx, may_update: bool) -> Result<ImportStatus> {
        let (state, outcome) = match &self.reading.table {
            Ok(table) => write(tx, self.entity, table, self.new.dry_run, may_update, None).await?,
            Err(errors) => (ImportState::Rejected, Outcome { errors: errors.clone(), ..Outcome::default() }),
        };
        let status = self.status(tx, state, &outcome);
        let content: &[u8] = if state == ImportState::Done { &[] } else { &self.new.content };
        insert_import(tx, &status, content, self.new.mapping.as_ref()).await?;
        Ok(status)
    }

    fn status(&self, tx: &Tx, state: ImportState, outcome: &Outcome) -> ImportStatus {
        let summary = ImportSummary {
            id: self.id,
            entity: self.entity.meta.collection.to_owned(),
            file_name: self.new.file_name.clone(),
            state,
            dry_run: self.new.dry_run,
            rows: count(self.reading.rows),
            processed: 0,
            created: 0,
            updated: 0,
            unchanged: 0,
            created_at: tx.now(),
        };
        let columns = self.reading.columns.clone();
        let status = ImportStatus { summary, columns, notices: self.reading.notices.clone(), errors: Vec::new() };
        ended(status, state, outcome)
    }
}

/// The status with what an import came to.
fn ended(mut status: ImportStatus, state: ImportState, outcome: &Outcome) -> ImportStatus {
    let (errors, more) = outcome.errors.clone().into_parts();
    status.errors = errors;
    status.notices.extend(more);
    let summary = &mut status.summary;
    summary.state = state;
    if state != ImportState::Running {
        summary.processed = summary.rows;
    }
    // Of a rejected import nothing was written, and nothing would be.
    if state != ImportState::Rejected {
        summary.created = count(outcome.created);
        summary.updated = count(outcome.updated);
        summary.unchanged = count(outcome.unchanged);
    }
    status
}

/// Writes a table and keeps it only when nothing is wrong with any row and it is meant.
async fn write(
    tx: &mut Tx,
    entity: &'static Registered,
    table: &Table,
    dry_run: bool,
    may_update: bool,
    progress: Option<&Progress>,
) -> Result<(ImportState, Outcome)> {
    let savepoint = tx.savepoint().await?;
    let outcome = apply(tx, entity, table, may_update, progress).await?;
    let state = match (outcome.errors.is_empty(), dry_run) {
        (false, _) => ImportState::Rejected,
        (true, true) => ImportState::Checked,
        (true, false) => ImportState::Done,
    };
    if state == ImportState::Done {
        tx.release(savepoint).await?;
        tx.meter(Meter::Write, i64::try_from(outcome.created + outcome.updated).unwrap_or(i64::MAX));
    } else {
        tx.undo(savepoint).await?;
    }
    Ok((state, outcome))
}

fn is_importable(entity: &Registered) -> bool {
    entity.meta.importable && entity.has(Verb::Create)
}

/// An import asks for the right to create; rows that change a record ask for that to update as well. Writes are metered
/// by row.
fn operation(entity: &Registered, feature: Feature) -> Operation {
    let need = Need::Verb(entity.meta.permission, Verb::Create);
    Operation { name: "imports.start", feature, need, meter: Meter::Free }
}

fn may_update(call: &Call, entity: &Registered) -> bool {
    call.caller.permissions.allow_verb(entity.meta.permission, Verb::Update)
}

fn answer(status: &ImportStatus) -> Result<Reply> {
    let body = serde_json::to_string(status).map_err(Error::internal)?;
    let location = Some(format!("/api/v1/imports/{}", status.summary.id));
    Ok(Reply { location, ..Reply::json(201, body) })
}

fn status_of(reply: &Reply) -> Result<ImportStatus> {
    serde_json::from_str(&reply.body).map_err(Error::internal)
}

/// The call as an import's. Its idempotency key stands for what was sent, not for the boundary it was sent with.
fn import_call(call: &Call, new: &NewImport) -> Result<Call> {
    let mut call = Call { origin: Origin::Import, ..call.clone() };
    if let Some((_, request)) = &mut call.idempotency {
        let head = (call.caller.user.0, &new.entity, &new.file_name, &new.mapping, new.dry_run);
        *request = serde_json::to_vec(&head).map_err(Error::internal)?;
        request.extend_from_slice(&Sha256::digest(&new.content));
    }
    Ok(call)
}

/// Reads a file on a thread where seconds do not matter.
async fn read_apart(entity: &'static Registered, content: Vec<u8>, mapping: Option<ColumnMapping>) -> Result<Reading> {
    let reading = tokio::task::spawn_blocking(move || read_table(entity, &content, mapping.as_ref()));
    reading.await.map_err(Error::internal)?
}

fn count(rows: usize) -> i32 {
    i32::try_from(rows).unwrap_or(i32::MAX)
}

/// Errors of a whole import: one, about no row.
fn failed(code: &str, message: &str) -> Outcome {
    let mut errors = Errors::default();
    errors.push(ImportError { row: 0, field: None, code: code.to_owned(), message: message.to_owned() });
    Outcome { errors, ..Outcome::default() }
}
