use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use kontor_command::{FindQuery, Found, RecordFinder};
use kontor_kernel::Result;

use crate::indexer::{Inner, blocking};

/// Finds records by words in them. Clones share the indexes.
#[derive(Clone)]
pub struct Search(Arc<Inner>);

impl Search {
    pub(crate) const fn new(inner: Arc<Inner>) -> Self {
        Self(inner)
    }

    /// How many records can be found, of all tenants.
    pub fn count(&self) -> u64 {
        self.0.folder.shards().iter().map(|shard| shard.count()).sum()
    }
}

impl RecordFinder for Search {
    fn find(&self, query: FindQuery) -> BoxFuture<'_, Result<Vec<Found>>> {
        Box::pin(async move {
            let shard = Arc::clone(self.0.folder.shard(query.tenant)?);
            blocking(move || shard.find(&query)).await
        })
    }

    fn catch_up(&self, patience: Duration) -> BoxFuture<'_, bool> {
        Box::pin(async move { self.0.progress.wait(patience, || self.0.hurry()).await })
    }
}
