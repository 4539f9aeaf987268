//! Work that repeats at short intervals, on one of all workers at a time.

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use kontor_kernel::Result;
use kontor_store::sql_error;
use kontor_telemetry::Metrics;
use sqlx::PgPool;
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval},
};
use tracing::warn;

/// Something done again and again.
#[derive(Clone)]
pub(crate) struct Repeated {
    pub name: &'static str,
    pub period: Duration,
    pub work: Arc<dyn Fn() -> BoxFuture<'static, Result<()>> + Send + Sync>,
}

impl Repeated {
    /// Repeats until `stopped` turns true, and lets what runs then finish.
    pub async fn run(self, pool: PgPool, metrics: Metrics, mut stopped: watch::Receiver<bool>) {
        let mut ticks = interval(self.period);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                _ = stopped.wait_for(|stopped| *stopped) => return,
                _ = ticks.tick() => {}
            }
            let outcome = match self.once(&pool).await {
                Ok(true) => "done",
                Ok(false) => continue,
                Err(error) => {
                    warn!(work = self.name, cause = ?error, "{} failed and is tried again: {error:?}", self.name);
                    "failed"
                }
            };
            metrics.jobs.with_label_values(&[self.name, outcome]).inc();
        }
    }

    /// Does it once, unless another worker is at it. The lock lives in a transaction, which a pooler between us and
    /// PostgreSQL keeps on one connection; it holds back nothing, as it neither writes nor keeps a snapshot.
    async fn once(&self, pool: &PgPool) -> Result<bool> {
        let mut lock = pool.begin().await.map_err(sql_error)?;
        let free: bool =
            sqlx::query_scalar("select pg_try_advisory_xact_lock(hashtext('kontor repeated'), hashtext($1))")
                .bind(self.name)
                .fetch_one(&mut *lock)
                .await
                .map_err(sql_error)?;
        if free {
            (self.work)().await?;
        }
        lock.commit().await.map_err(sql_error)?;
        Ok(free)
    }
}
