//! From the outbox into the indexes.

mod batch;
mod listen;
mod rebuild;

use std::{
    cmp::Reverse,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::Utc;
use kontor_command::Registry;
use kontor_kernel::{Error, Result, TenantId};
use kontor_store::{Consumer, Databases, Event, Snapshot};
use kontor_telemetry::Metrics;
use tokio::sync::{Mutex, MutexGuard, Notify};
use tracing::{info, warn};

use crate::{
    Search,
    folder::Folder,
    progress::Progress,
    shard::{Change, Shard},
    source::Sources,
};

/// How long the indexer sleeps when nobody wakes it.
const POLL: Duration = Duration::from_millis(250);
/// How long it gathers events before the next commit, unless somebody waits: a commit costs as much for one as for many.
const PACE: Duration = Duration::from_millis(800);
const AFTER_FAILURE: Duration = Duration::from_secs(1);
/// An index that has nothing to do with so many events saves its position all the same, so that a restart does not read
/// them again.
const IDLE_EVENTS: usize = 10_000;
/// How often the position is reported for those who trim the outbox.
const REPORT: Duration = Duration::from_secs(10);
/// The name under which search reads the outbox.
const CONSUMER: &str = "search";

/// Keeps the indexes as PostgreSQL is. One per process and folder; clones share it.
#[derive(Clone)]
pub struct Indexer(Arc<Inner>);

pub(crate) struct Inner {
    pub folder: Folder,
    pub progress: Progress,
    sources: Sources,
    registry: Arc<Registry>,
    databases: Databases,
    consumer: Consumer,
    metrics: Metrics,
    wake: Notify,
    /// Somebody waits: the pace is not kept.
    hurry: Notify,
    /// Whoever has it changes the indexes.
    turn: Mutex<Turn>,
}

/// Where the indexer stands.
struct Turn {
    /// Nothing before the indexes were built for the first time.
    position: Option<Snapshot>,
    /// Events read since an index that they do not touch saved its position.
    idle_events: usize,
    reported: Option<Instant>,
    /// Whoever had the turn last did not come to its end: what it staged must not be committed by the next.
    broken: bool,
}

impl Indexer {
    /// Opens the folder with the indexes, made where it is missing. What it lacks is read from PostgreSQL by
    /// [`Indexer::run`].
    ///
    /// Errors when another process has the folder open.
    pub fn open(folder: &Path, registry: Arc<Registry>, databases: Databases, metrics: Metrics) -> Result<Self> {
        let folder = Folder::open(folder)?;
        let positions: Vec<Snapshot> = folder.shards().iter().filter_map(|shard| shard.position()).collect();
        let position = positions.into_iter().min_by_key(age);
        Ok(Self(Arc::new(Inner {
            folder,
            progress: Progress::new(),
            sources: Sources::of(&registry),
            registry,
            consumer: Consumer::new(databases.clone()),
            databases,
            metrics,
            wake: Notify::new(),
            hurry: Notify::new(),
            turn: Mutex::new(Turn { position, idle_events: 0, reported: None, broken: false }),
        })))
    }

    /// What the rest of the system searches with.
    pub fn search(&self) -> Search {
        Search::new(Arc::clone(&self.0))
    }

    /// Says that something was committed, so that it is looked for at once.
    pub fn wake(&self) {
        self.0.wake();
    }

    /// Indexes until `stop`. Failures are logged and tried again.
    pub async fn run(self, stop: impl Future<Output = ()> + Send) {
        let listener = tokio::spawn(listen::listen(self.clone()));
        tokio::pin!(stop);
        loop {
            let pause = match self.0.cycle().await {
                Ok(0) => Duration::ZERO,
                Ok(_) => PACE,
                Err(error) => {
                    warn!(?error, "search could not take in what happened; it tries again");
                    AFTER_FAILURE
                }
            };
            let next = async {
                if tokio::time::timeout(pause, self.0.hurry.notified()).await.is_err() {
                    let _ = tokio::time::timeout(POLL, self.0.wake.notified()).await;
                }
            };
            tokio::select! {
                () = &mut stop => break,
                () = next => {}
            }
        }
        listener.abort();
        if let Err(error) = self.0.save_positions().await {
            warn!(?error, "search could not save its position; it reads some events again");
        }
    }

    /// One cycle: what happened since the last. For tests and tools; [`Indexer::run`] does it all the time.
    pub async fn run_once(&self) -> Result<()> {
        self.0.cycle().await.map(|_| ())
    }

    /// Builds the documents of one tenant, or all, anew from PostgreSQL; gives back how many there are. It goes on to its
    /// end even when nobody waits for it any more.
    pub async fn rebuild(&self, tenant: Option<TenantId>) -> Result<u64> {
        let inner = Arc::clone(&self.0);
        tokio::spawn(async move { inner.rebuild(tenant).await }).await.map_err(Error::internal)?
    }

    /// Takes a tenant out of the indexes; as with [`Indexer::rebuild`], to its end.
    pub async fn forget(&self, tenant: TenantId) -> Result<()> {
        let inner = Arc::clone(&self.0);
        tokio::spawn(async move { inner.forget(tenant).await }).await.map_err(Error::internal)?
    }
}

impl Inner {
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    pub fn hurry(&self) {
        self.hurry.notify_one();
        self.wake.notify_one();
    }

    /// The turn to change the indexes. Its holder says at its end that it is not broken.
    async fn turn(&self) -> Result<MutexGuard<'_, Turn>> {
        let mut turn = self.turn.lock().await;
        if turn.broken {
            for shard in self.folder.shards() {
                let shard = Arc::clone(shard);
                blocking(move || {
                    shard.discard();
                    Ok(())
                })
                .await?;
            }
        }
        turn.broken = true;
        Ok(turn)
    }

    /// Reads and indexes what happened since the last cycle; gives back how many events that was.
    async fn cycle(&self) -> Result<usize> {
        let mut turn = self.turn().await?;
        let number = self.progress.begin();
        self.build_missing(&mut turn).await?;
        let Some(from) = turn.position.clone() else { return Err(Error::internal("search has no position")) };
        let (events, next) = self.consumer.read(&from).await?;
        self.metrics.outbox_lag.set(count(events.len()));
        if !events.is_empty() {
            self.take_in(&events, &next, &mut turn).await?;
            self.metrics.outbox_lag.set(0);
            self.metrics.search_lag_ms.set(lag_ms(&events));
        }
        turn.position = Some(next);
        turn.broken = false;
        self.progress.done(number);
        self.report(&mut turn).await;
        Ok(events.len())
    }

    async fn forget(&self, tenant: TenantId) -> Result<()> {
        let mut turn = self.turn().await?;
        let shard = Arc::clone(self.folder.shard(tenant)?);
        // An index that was never built holds nothing of it.
        if let Some(position) = shard.position() {
            let change = move || {
                shard.stage([Change::Forget(tenant)])?;
                shard.commit(&position)
            };
            blocking(change).await?;
        }
        turn.broken = false;
        Ok(())
    }

    /// Tells the trimming of the outbox how far search has saved its position.
    async fn report(&self, turn: &mut Turn) {
        if turn.reported.is_some_and(|reported| reported.elapsed() < REPORT) {
            return;
        }
        turn.reported = Some(Instant::now());
        let positions: Option<Vec<Snapshot>> = self.folder.shards().iter().map(|shard| shard.position()).collect();
        if let Some(oldest) = positions.and_then(|positions| positions.into_iter().min_by_key(age))
            && let Err(error) = self.consumer.save(CONSUMER, &oldest).await
        {
            warn!(?error, "search could not report its position; the outbox is trimmed later");
        }
    }

    /// Saves the position with every index.
    async fn save_positions(&self) -> Result<()> {
        let mut turn = self.turn().await?;
        let Some(position) = turn.position.clone() else { return Ok(()) };
        for shard in self.folder.shards() {
            // An index that was never built must not look as if it were.
            if shard.position().is_some_and(|saved| saved != position) {
                commit(shard, &position).await?;
            }
        }
        turn.broken = false;
        Ok(())
    }
}

/// Orders positions of one server: the older is less.
fn age(position: &Snapshot) -> (u64, u64, Reverse<usize>) {
    let mut parts = position.as_str().split(':');
    let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or_default();
    let (xmin, xmax) = (number(), number());
    // What was in progress ends, so the younger of two has fewer.
    let running = parts.next().map_or(0, |list| list.split(',').filter(|id| !id.is_empty()).count());
    (xmax, xmin, Reverse(running))
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// From the oldest event of a batch to now.
fn lag_ms(events: &[Event]) -> i64 {
    let oldest = events.iter().map(|event| event.at).min();
    oldest.map_or(0, |at| (Utc::now() - at).num_milliseconds().max(0))
}

async fn commit(shard: &Arc<Shard>, position: &Snapshot) -> Result<()> {
    let (shard, position) = (Arc::clone(shard), position.clone());
    blocking(move || shard.commit(&position)).await
}

/// Work on an index, which waits for the disk, apart from the tasks that answer requests.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> tantivy::Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?.map_err(Error::internal)
}

fn log_built(documents: u64, since: Instant) {
    let ms = since.elapsed().as_millis();
    info!(documents, ms, "built the search index: {documents} documents in {ms} ms");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_position_is_less() {
        let ages: Vec<_> = ["1:1:", "5:9:5,7", "5:9:5", "9:9:", "9:12:9,10,11", "9:12:9"]
            .into_iter()
            .filter_map(Snapshot::parse)
            .map(|position| age(&position))
            .collect();
        assert_eq!(ages.len(), 6);
        assert!(ages.is_sorted());
    }
}
