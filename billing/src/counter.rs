use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, stream};
use kontor_http::UsageMeter;
use kontor_kernel::{Clock, Result, TenantId};
use kontor_store::{Databases, Meter};
use tokio::{sync::Mutex as AsyncMutex, time};
use tracing::warn;

use crate::MeterEvent;

/// How long a call is only counted in memory.
const FLUSH_EVERY: Duration = Duration::from_secs(1);
/// Companies whose events are written at the same time: a few of the pool's connections, so that a flush never keeps
/// requests waiting.
const WRITES_AT_ONCE: usize = 2;

/// Counts the calls that are served, in memory, and writes them as one event a second and company.
///
/// A process that is killed loses at most the second since the last flush; one that stops by [`CallCounter::run`]'s
/// shutdown loses nothing.
pub struct CallCounter {
    databases: Databases,
    clock: Arc<dyn Clock>,
    counts: Mutex<HashMap<TenantId, Count>>,
    /// Events that have their id and are not written for certain. The lock also lets flushes take turns.
    pending: AsyncMutex<Vec<MeterEvent>>,
}

struct Count {
    calls: i64,
    /// When the first of them came: decides the month that they count in.
    since: DateTime<Utc>,
}

impl CallCounter {
    pub fn new(databases: Databases, clock: Arc<dyn Clock>) -> Self {
        Self { databases, clock, counts: Mutex::default(), pending: AsyncMutex::default() }
    }

    /// Flushes every second until `shutdown`, and once more after it.
    pub async fn run(&self, shutdown: impl Future<Output = ()> + Send) {
        tokio::pin!(shutdown);
        let mut ticks = time::interval(FLUSH_EVERY);
        ticks.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        loop {
            let stopping = tokio::select! {
                () = &mut shutdown => true,
                _ = ticks.tick() => false,
            };
            if let Err(error) = self.flush().await {
                warn!(cause = ?error, "counted calls are not written yet, tried again: {error:?}");
            }
            if stopping {
                return;
            }
        }
    }

    /// Writes what was counted and what earlier flushes could not write. What fails stays for the next flush.
    pub async fn flush(&self) -> Result<()> {
        let mut pending = self.pending.lock().await;
        let counts = mem::take(&mut *self.counts.lock().unwrap_or_else(PoisonError::into_inner));
        let events =
            counts.into_iter().map(|(tenant, count)| MeterEvent::new(tenant, Meter::ApiCall, count.calls, count.since));
        pending.extend(events);
        // Cloned, so that a flush that is cancelled in the middle leaves every event that it may not have written.
        let outcomes: Vec<_> = stream::iter(pending.clone())
            .map(|event| async move {
                let outcome = event.send(&self.databases).await;
                (event.id, outcome)
            })
            .buffer_unordered(WRITES_AT_ONCE)
            .collect()
            .await;
        let mut first_error = Ok(());
        for (id, outcome) in outcomes {
            match outcome {
                Ok(_) => pending.retain(|event| event.id != id),
                Err(error) => first_error = first_error.and(Err(error)),
            }
        }
        first_error
    }
}

impl UsageMeter for CallCounter {
    fn api_call(&self, tenant: TenantId) {
        let now = self.clock.now();
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts.entry(tenant).or_insert(Count { calls: 0, since: now }).calls += 1;
    }
}
