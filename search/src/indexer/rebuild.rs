//! The indexes anew from PostgreSQL.

use std::{collections::BTreeSet, sync::Arc, time::Instant};

use kontor_kernel::{Result, TenantId};
use kontor_store::{current_position, read_record_page};

use super::{
    Inner, Turn,
    batch::{BATCH_LIMIT, FIRST},
    blocking, commit, log_built,
};
use crate::{folder::Folder, shard::Change};

impl Inner {
    /// Builds the indexes that hold nothing yet.
    pub(super) async fn build_missing(&self, turn: &mut Turn) -> Result<()> {
        let shards = self.folder.shards().iter().enumerate();
        let missing: BTreeSet<usize> =
            shards.filter(|(_, shard)| shard.position().is_none()).map(|(number, _)| number).collect();
        if !missing.is_empty() {
            self.build(&missing, turn).await?;
        }
        Ok(())
    }

    pub(super) async fn rebuild(&self, tenant: Option<TenantId>) -> Result<u64> {
        let mut turn = self.turn().await?;
        self.build_missing(&mut turn).await?;
        let documents = match tenant {
            Some(tenant) => self.build_tenant(tenant).await?,
            None => self.build(&(0..self.folder.shards().len()).collect(), &mut turn).await?,
        };
        turn.broken = false;
        Ok(documents)
    }

    async fn build_tenant(&self, tenant: TenantId) -> Result<u64> {
        let shard = self.folder.shard(tenant)?;
        let clear = Arc::clone(shard);
        blocking(move || clear.stage([Change::Forget(tenant)])).await?;
        let documents = self.read_all(Some(tenant), &BTreeSet::from([Folder::number(tenant)])).await?;
        // What happened to others since the saved position is still to be read.
        if let Some(position) = shard.position() {
            commit(shard, &position).await?;
        }
        Ok(documents)
    }

    /// Builds whole indexes. The position is taken first, so that nothing is missed in between.
    async fn build(&self, numbers: &BTreeSet<usize>, turn: &mut Turn) -> Result<u64> {
        let since = Instant::now();
        let position = current_position(&self.databases).await?;
        let shards: Vec<_> = numbers.iter().filter_map(|number| self.folder.shards().get(*number)).collect();
        for shard in &shards {
            let shard = Arc::clone(shard);
            blocking(move || shard.stage([Change::Clear])).await?;
        }
        let documents = self.read_all(None, numbers).await?;
        for shard in &shards {
            commit(shard, &position).await?;
        }
        if turn.position.is_none() || shards.len() == self.folder.shards().len() {
            turn.position = Some(position);
        }
        log_built(documents, since);
        Ok(documents)
    }

    /// Stages every record of a tenant or of all, for the indexes with these numbers.
    async fn read_all(&self, tenant: Option<TenantId>, numbers: &BTreeSet<usize>) -> Result<u64> {
        let mut documents = 0;
        for source in self.sources.iter() {
            let mut after = FIRST;
            loop {
                let page = read_record_page(&self.databases, source.meta, tenant, after, BATCH_LIMIT).await?;
                let Some(last) = page.last() else { break };
                after = (last.tenant, last.listed.stored.id);
                let wanted: Vec<_> =
                    page.iter().filter(|record| numbers.contains(&Folder::number(record.tenant))).collect();
                documents += u64::try_from(wanted.len()).unwrap_or_default();
                let changes = wanted.into_iter().map(|record| (record.tenant, Change::Put(source.document(record))));
                self.stage(changes).await?;
            }
        }
        Ok(documents)
    }
}
