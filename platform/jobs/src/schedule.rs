//! Jobs by the clock.

use chrono::{DateTime, Duration, DurationRound, Utc};
use graphile_worker::{CronJobKeyMode, Crontab, parse_crontab};
use kontor_kernel::{Error, Result};
use kontor_store::sql_error;
use sqlx::PgPool;
use tracing::info;

use crate::{
    Job,
    enqueue::{enqueue_text, platform_queue},
    job::Envelope,
};

/// How far back a start looks for what was missed.
const LOOK_BACK: Duration = Duration::days(1);

/// A job and the times at which it is enqueued, once across all workers.
#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    pub crontab: Crontab,
    name: &'static str,
    input: String,
    queue: Option<String>,
    max_attempts: u16,
}

impl Schedule {
    /// `times` is a cron expression of minute, hour, day, month and weekday, in UTC.
    pub fn new<J: Job>(times: &str, job: &J) -> Result<Self> {
        let parsed =
            parse_crontab(&format!("{times} scheduled")).map_err(|error| Error::internal(error.to_string()))?;
        let Ok([mut crontab]) = <[Crontab; 1]>::try_from(parsed) else {
            return Err(Error::internal(format!("{times} is not one schedule")));
        };
        J::NAME.clone_into(&mut crontab.task_identifier);
        crontab.payload = Some(serde_json::to_value(Envelope { tenant: None, input: job }).map_err(Error::internal)?);
        crontab.options.id = Some(J::NAME.to_owned());
        crontab.options.queue = platform_queue::<J>();
        crontab.options.max = Some(J::MAX_ATTEMPTS);
        // Under a key, so that runs that wait for a worker do not pile up. `enqueue_platform` puts its part before it too.
        crontab.options.job_key = Some(format!("platform/{}", key(J::NAME)));
        crontab.options.job_key_mode = Some(CronJobKeyMode::Replace);
        let input = serde_json::to_string(job).map_err(Error::internal)?;
        Ok(Self { crontab, name: J::NAME, input, queue: platform_queue::<J>(), max_attempts: J::MAX_ATTEMPTS })
    }

    /// Enqueues one run if any was missed while no worker ran. The library's own way would enqueue every one of them.
    pub async fn catch_up(&self, pool: &PgPool, now: DateTime<Utc>) -> Result<()> {
        let mut tx = pool.begin().await.map_err(sql_error)?;
        let last: Option<DateTime<Utc>> = sqlx::query_scalar(
            "select coalesce(last_execution, known_since) from jobs._private_known_crontabs where identifier = $1 for update",
        )
        .bind(self.name)
        .fetch_optional(&mut *tx)
        .await
        .map_err(sql_error)?;
        let now = now.duration_trunc(Duration::minutes(1)).map_err(Error::internal)?;
        let Some(last) = last.filter(|last| self.is_due_between(*last, now)) else { return Ok(()) };
        sqlx::query("update jobs._private_known_crontabs set last_execution = $2 where identifier = $1")
            .bind(self.name)
            .bind(now)
            .execute(&mut *tx)
            .await
            .map_err(sql_error)?;
        let job = (self.name, self.input.clone(), self.queue.clone(), self.max_attempts);
        enqueue_text(
            &mut tx,
            "select platform.enqueue_platform($1, $2, $3, $4, $5, $6)",
            job,
            None,
            Some(key(self.name)),
        )
        .await?;
        tx.commit().await.map_err(sql_error)?;
        info!(job.name = self.name, "{} was due since {last} while no worker ran, and runs once now", self.name);
        Ok(())
    }

    fn is_due_between(&self, last: DateTime<Utc>, now: DateTime<Utc>) -> bool {
        let mut minute = last.max(now - LOOK_BACK).duration_trunc(Duration::minutes(1)).unwrap_or(now);
        while minute < now {
            minute += Duration::minutes(1);
            if self.crontab.should_run_at(&minute.naive_utc()) {
                return true;
            }
        }
        false
    }
}

fn key(name: &str) -> String {
    format!("schedule/{name}")
}
