//! Events to changes.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use kontor_kernel::{Result, TenantId};
use kontor_store::{Event, RecordKey, Snapshot, read_linking, read_records};
use uuid::Uuid;

use super::{IDLE_EVENTS, Inner, Turn, blocking, commit};
use crate::{folder::Folder, schema::Document, shard::Change, source::Source};

/// Records read with one statement.
pub(super) const BATCH: usize = 1_000;
pub(super) const BATCH_LIMIT: u32 = 1_000;
/// Before every record.
pub(super) const FIRST: RecordKey = (TenantId(Uuid::nil()), Uuid::nil());

impl Inner {
    /// Takes a batch of events in and commits it with the position after it.
    pub(super) async fn take_in(&self, events: &[Event], next: &Snapshot, turn: &mut Turn) -> Result<()> {
        let mut touched = BTreeSet::new();
        for (table, keys) in self.changed(events) {
            let keys: Vec<RecordKey> = keys.into_iter().collect();
            for source in self.sources.iter().filter(|source| source.meta.table == table) {
                for batch in keys.chunks(BATCH) {
                    let renamed = self.refresh(source, batch, &mut touched).await?;
                    self.refresh_naming(table, &renamed, &mut touched).await?;
                }
            }
        }
        turn.idle_events += events.len();
        let all = turn.idle_events >= IDLE_EVENTS;
        for (number, shard) in self.folder.shards().iter().enumerate() {
            if all || touched.contains(&number) {
                commit(shard, next).await?;
            }
        }
        if all {
            turn.idle_events = 0;
        }
        Ok(())
    }

    /// The records that events speak of, by table: kinds that share a table change together.
    fn changed(&self, events: &[Event]) -> BTreeMap<&'static str, BTreeSet<RecordKey>> {
        let mut changed: BTreeMap<_, BTreeSet<RecordKey>> = BTreeMap::new();
        for event in events {
            if let Some((_, entity)) = self.registry.entity(&event.entity) {
                changed.entry(entity.meta.table).or_default().insert((event.tenant, event.entity_id));
            }
        }
        changed
    }

    /// Reads records and stages them as they are now; gives back those whose code or name became another.
    async fn refresh(
        &self,
        source: &Source,
        keys: &[RecordKey],
        touched: &mut BTreeSet<usize>,
    ) -> Result<Vec<RecordKey>> {
        let records = read_records(&self.databases, source.meta, keys).await?;
        let found = records.iter().filter(|record| !record.listed.stored.archived);
        let documents: Vec<Document> = found.map(|record| source.document(record)).collect();
        let renamed = if self.sources.naming(source.meta.table).next().is_some() {
            self.renamed(source, &documents).await?
        } else {
            Vec::new()
        };
        let kept: BTreeSet<RecordKey> = documents.iter().map(|document| (document.tenant, document.id)).collect();
        let gone = keys.iter().filter(|key| !kept.contains(key));
        let gone = gone.map(|key| (key.0, Change::Remove(source.meta.collection, *key)));
        let changes = gone.chain(documents.into_iter().map(|document| (document.tenant, Change::Put(document))));
        touched.extend(self.stage(changes).await?);
        Ok(renamed)
    }

    /// Stages the records whose second line names one of `targets`.
    async fn refresh_naming(&self, table: &str, targets: &[RecordKey], touched: &mut BTreeSet<usize>) -> Result<()> {
        if targets.is_empty() {
            return Ok(());
        }
        for (source, link) in self.sources.naming(table) {
            let mut after = FIRST;
            loop {
                let keys = read_linking(&self.databases, source.meta, link, targets, after, BATCH_LIMIT).await?;
                let Some(last) = keys.last() else { break };
                after = *last;
                self.refresh_once(source, &keys, touched).await?;
            }
        }
        Ok(())
    }

    /// As [`Inner::refresh`], where what names these records is not looked at: names are not passed on further.
    async fn refresh_once(&self, source: &Source, keys: &[RecordKey], touched: &mut BTreeSet<usize>) -> Result<()> {
        let records = read_records(&self.databases, source.meta, keys).await?;
        let found = records.iter().filter(|record| !record.listed.stored.archived);
        let changes = found.map(|record| (record.tenant, Change::Put(source.document(record))));
        touched.extend(self.stage(changes).await?);
        Ok(())
    }

    /// Which of the records are known under another code or name.
    async fn renamed(&self, source: &Source, documents: &[Document]) -> Result<Vec<RecordKey>> {
        let mut by_shard: BTreeMap<usize, Vec<RecordKey>> = BTreeMap::new();
        for document in documents {
            by_shard.entry(Folder::number(document.tenant)).or_default().push((document.tenant, document.id));
        }
        let mut known = HashMap::new();
        for (number, keys) in by_shard {
            if let Some(shard) = self.folder.shards().get(number).map(Arc::clone) {
                let collection = source.meta.collection;
                known.extend(blocking(move || shard.names(collection, &keys)).await?);
            }
        }
        let renamed = documents.iter().filter(|document| {
            let before = known.get(&(document.tenant, document.id));
            before.is_some_and(|(code, title)| *code != document.code || *title != document.title)
        });
        Ok(renamed.map(|document| (document.tenant, document.id)).collect())
    }

    /// Hands changes to the indexes of their tenants; gives back the numbers of those.
    pub(super) async fn stage(&self, changes: impl Iterator<Item = (TenantId, Change)>) -> Result<Vec<usize>> {
        let mut by_shard: BTreeMap<usize, Vec<Change>> = BTreeMap::new();
        for (tenant, change) in changes {
            by_shard.entry(Folder::number(tenant)).or_default().push(change);
        }
        let touched = by_shard.keys().copied().collect();
        for (number, changes) in by_shard {
            if let Some(shard) = self.folder.shards().get(number).map(Arc::clone) {
                blocking(move || shard.stage(changes)).await?;
            }
        }
        Ok(touched)
    }
}
