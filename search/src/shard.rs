//! One of the indexes that the tenants share.

use std::{
    collections::HashMap,
    fs, io,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

use kontor_command::{FindQuery, Found};
use kontor_kernel::TenantId;
use kontor_store::{RecordKey, Snapshot};
use serde::{Deserialize, Serialize};
use tantivy::{
    DocId, Index, IndexReader, IndexWriter, ReloadPolicy, Score, SegmentReader, TantivyError, Term, collector::TopDocs,
    indexer::IndexWriterOptions, query::TermQuery, schema::IndexRecordOption,
};
use tracing::warn;

use crate::{
    query::query,
    schema::{Document, Fields, LENGTH, VERSION},
};

/// Bytes that a writer gathers before it writes a segment: the least that tantivy takes.
const WRITER_BYTES: usize = 15_000_000;
/// Letters of a title that halve what it gains by being short: of two equal matches the shorter title is first.
const HALVING_LENGTH: u16 = 16;

/// One change to an index.
#[derive(Debug)]
pub(crate) enum Change {
    /// The record is as this document says.
    Put(Document),
    /// The record is no longer found.
    Remove(&'static str, RecordKey),
    /// No record of the tenant is found.
    Forget(TenantId),
    /// Nothing is found.
    Clear,
}

/// What a commit says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    version: u32,
    position: String,
}

pub(crate) struct Shard {
    fields: Fields,
    index: Index,
    reader: IndexReader,
    /// Opened at the first change; given up after an error, and with it what was not committed.
    writer: Mutex<Option<IndexWriter>>,
    /// How far the outbox was read into the last commit; nothing where the index must be built first.
    position: Mutex<Option<Snapshot>>,
}

impl Shard {
    /// Opens the index in a folder. One that is missing, damaged or of another version is made anew, empty.
    pub fn open(folder: &Path) -> tantivy::Result<Self> {
        let fields = Fields::new();
        let present = open_present(folder, &fields).unwrap_or_else(|error| {
            warn!(folder = %folder.display(), %error, "a search index cannot be read and is built anew");
            None
        });
        let (index, position) = match present {
            Some((index, position)) => (index, Some(position)),
            None => (create(folder, &fields)?, None),
        };
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { fields, index, reader, writer: Mutex::new(None), position: Mutex::new(position) })
    }

    pub fn position(&self) -> Option<Snapshot> {
        lock(&self.position).clone()
    }

    /// Takes changes in, to be found after the next commit.
    pub fn stage(&self, changes: impl IntoIterator<Item = Change>) -> tantivy::Result<()> {
        self.with_writer(|writer| {
            for change in changes {
                self.change(writer, change)?;
            }
            Ok(())
        })
    }

    /// Makes what was staged lasting and found, together with the position it stands for.
    pub fn commit(&self, position: &Snapshot) -> tantivy::Result<()> {
        let payload = Payload { version: VERSION, position: position.as_str().to_owned() };
        let payload = serde_json::to_string(&payload).map_err(io::Error::from)?;
        self.with_writer(|writer| {
            let mut prepared = writer.prepare_commit()?;
            prepared.set_payload(&payload);
            prepared.commit().map(|_| ())
        })?;
        *lock(&self.position) = Some(position.clone());
        self.reader.reload()
    }

    /// Drops what was staged and not committed.
    pub fn discard(&self) {
        drop(lock(&self.writer).take());
    }

    fn change(&self, writer: &IndexWriter, change: Change) -> tantivy::Result<()> {
        match change {
            Change::Put(document) => {
                writer.delete_term(self.fields.key_term(document.tenant, document.collection, document.id));
                writer.add_document(self.fields.document(&document))?;
            }
            Change::Remove(collection, (tenant, id)) => {
                writer.delete_term(self.fields.key_term(tenant, collection, id));
            }
            Change::Forget(tenant) => {
                writer.delete_term(self.fields.tenant_term(tenant));
            }
            Change::Clear => {
                writer.delete_all_documents()?;
            }
        }
        Ok(())
    }

    /// After an error the writer is of no more use: it is given up, and the next one begins at the last commit.
    fn with_writer<T>(&self, work: impl FnOnce(&mut IndexWriter) -> tantivy::Result<T>) -> tantivy::Result<T> {
        let mut slot = lock(&self.writer);
        let mut writer = match slot.take() {
            Some(writer) => writer,
            None => {
                let options = IndexWriterOptions::builder()
                    .num_worker_threads(1)
                    .num_merge_threads(1)
                    .memory_budget_per_thread(WRITER_BYTES)
                    .build();
                self.index.writer_with_options(options)?
            }
        };
        let outcome = work(&mut writer)?;
        *slot = Some(writer);
        Ok(outcome)
    }

    /// The best matches first.
    pub fn find(&self, find: &FindQuery) -> tantivy::Result<Vec<Found>> {
        let Some(query) = query(&self.fields, find)? else { return Ok(Vec::new()) };
        if find.limit == 0 {
            return Ok(Vec::new());
        }
        let searcher = self.reader.searcher();
        let best = TopDocs::with_limit(find.limit).tweak_score(|segment: &SegmentReader| {
            let lengths = segment.fast_fields().u64(LENGTH).ok().map(|column| column.first_or_default_col(u64::MAX));
            move |doc: DocId, score: Score| {
                let length = lengths.as_ref().map_or(u64::MAX, |lengths| lengths.get_val(doc));
                score + shortness(length)
            }
        });
        let best: Vec<(Score, _)> = searcher.search(&query, &best)?;
        let found = best.into_iter().map(|(score, address)| self.fields.found(&searcher, address, score));
        let mut found: Vec<Found> = found.collect::<tantivy::Result<_>>()?;
        found.sort_by(|a, b| {
            let by_name = || (&a.title, &a.code, a.id).cmp(&(&b.title, &b.code, b.id));
            b.score.total_cmp(&a.score).then_with(by_name)
        });
        Ok(found)
    }

    /// Code and title under which records are found now.
    pub fn names(&self, collection: &str, keys: &[RecordKey]) -> tantivy::Result<HashMap<RecordKey, (String, String)>> {
        let searcher = self.reader.searcher();
        let mut names = HashMap::with_capacity(keys.len());
        for (tenant, id) in keys {
            let term: Term = self.fields.key_term(*tenant, collection, *id);
            let query = TermQuery::new(term, IndexRecordOption::Basic);
            let first = searcher.search(&query, &TopDocs::with_limit(1).order_by_score())?;
            if let Some((score, address)) = first.first() {
                let found = self.fields.found(&searcher, *address, *score)?;
                names.insert((*tenant, *id), (found.code, found.title));
            }
        }
        Ok(names)
    }

    /// How many documents there are.
    pub fn count(&self) -> u64 {
        self.reader.searcher().num_docs()
    }
}

/// Between 1 for no letters and 0.
fn shortness(letters: u64) -> Score {
    let letters = Score::from(u16::try_from(letters).unwrap_or(u16::MAX));
    1.0 / (1.0 + letters / Score::from(HALVING_LENGTH))
}

/// The index in a folder with the position of its last commit, if it is one of this version.
fn open_present(folder: &Path, fields: &Fields) -> tantivy::Result<Option<(Index, Snapshot)>> {
    if !folder.join("meta.json").exists() {
        return Ok(None);
    }
    let index = Index::open_in_dir(folder)?;
    if index.schema() != fields.schema() {
        return Ok(None);
    }
    let Some(payload) = index.load_metas()?.payload else { return Ok(None) };
    let payload: Payload = serde_json::from_str(&payload).map_err(io::Error::from)?;
    let position = Snapshot::parse(&payload.position).filter(|_| payload.version == VERSION);
    Ok(position.map(|position| (index, position)))
}

fn create(folder: &Path, fields: &Fields) -> tantivy::Result<Index> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(TantivyError::from(error)),
        _ => fs::create_dir_all(folder)?,
    }
    Index::create_in_dir(folder, fields.schema())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
