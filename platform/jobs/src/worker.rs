use std::{collections::HashMap, mem, sync::Arc, time::Duration};

use chrono::Utc;
use graphile_worker::{
    FailureReason, JobComplete, JobFail, JobInterrupted, JobPermanentlyFail, JobRecovery, JobRecoveryResult,
    LocalQueueConfig, RefetchDelayConfig, WorkerOptions, WorkerRecoveryConfig,
};
use kontor_kernel::{Error, Result};
use kontor_telemetry::Metrics;
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::{sync::watch, task::JoinSet};
use tracing::{info, warn};

use crate::{
    Job,
    job::{Envelope, StateOf},
    repeat::Repeated,
    schedule::Schedule,
    schema::SCHEMA,
};

/// Jobs fetched in one round trip. Without fetching ahead, each job costs its own search through the table.
const LOCAL_QUEUE: usize = 50;
/// What waits for its time is found within this, should a notification be lost.
const POLL: Duration = Duration::from_secs(1);
/// A worker that was silent for this long is taken for dead and its jobs for failed.
const SILENCE: Duration = Duration::from_secs(60);

type Register = Box<dyn Fn(WorkerOptions) -> WorkerOptions + Send + Sync>;

/// Runs jobs, schedules and repeated work until it is told to stop.
pub struct Worker {
    url: String,
    metrics: Metrics,
    /// What each kind of job adds to the library's worker, which is made anew when the database was away.
    registered: Vec<Register>,
    queues: HashMap<&'static str, &'static str>,
    schedules: Vec<Schedule>,
    repeated: Vec<Repeated>,
    concurrency: usize,
    grace: Duration,
}

impl Worker {
    /// A worker on the database of `url`, as `kontor_identity`.
    pub fn new(url: impl Into<String>, metrics: Metrics) -> Self {
        Self {
            url: url.into(),
            metrics,
            registered: Vec::new(),
            queues: HashMap::new(),
            schedules: Vec::new(),
            repeated: Vec::new(),
            concurrency: 4,
            grace: Duration::from_secs(30),
        }
    }

    /// How many jobs run at a time; 4 unless set.
    #[must_use]
    pub fn concurrency(self, jobs: usize) -> Self {
        Self { concurrency: jobs.max(1), ..self }
    }

    /// How long jobs that run may go on after the stop; 30 s unless set. Those that need longer are begun anew elsewhere.
    #[must_use]
    pub fn grace(self, grace: Duration) -> Self {
        Self { grace, ..self }
    }

    /// Lets this worker run the jobs of type `J`, with what they work with.
    #[must_use]
    pub fn register<J: Job>(mut self, state: Arc<J::State>) -> Self {
        let earlier = self.queues.insert(J::NAME, J::QUEUE);
        debug_assert!(earlier.is_none(), "two jobs are called {}", J::NAME);
        self.registered.push(Box::new(move |options| {
            options.define_job::<Envelope<J>>().add_extension(StateOf::<J>(Arc::clone(&state)))
        }));
        self
    }

    /// Enqueues `job` for no tenant at the times of a cron expression (minute, hour, day, month, weekday, in UTC), once
    /// across all workers. If it was due within the last day while no worker ran, it runs once at the start.
    pub fn schedule<J: Job>(mut self, times: &str, job: &J) -> Result<Self> {
        self.schedules.push(Schedule::new(times, job)?);
        Ok(self)
    }

    /// Repeats `work`, on one worker at a time. `name` is unique and stands as the queue in the metrics.
    #[must_use]
    pub fn every<F, Fut>(mut self, name: &'static str, period: Duration, work: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<()>> + Send + 'static,
    {
        self.repeated.push(Repeated { name, period, work: Arc::new(move || Box::pin(work())) });
        self
    }

    /// Works until `shutdown`, then finishes what runs. Waits for a database that is away, also at the start.
    ///
    /// Errors when the jobs' schema is missing.
    pub async fn run(mut self, shutdown: impl Future<Output = ()> + Send + 'static) -> Result<()> {
        let pool = self.pool()?;
        let (stop, stopped) = watch::channel(false);
        let stop = Arc::new(stop);
        let mut beside = JoinSet::new();
        for repeated in mem::take(&mut self.repeated) {
            beside.spawn(repeated.run(pool.clone(), self.metrics.clone(), stopped.clone()));
        }
        let stopping = Arc::clone(&stop);
        let waiter = tokio::spawn(async move {
            shutdown.await;
            stopping.send_replace(true);
        });
        let outcome = self.work(&pool, &stopped).await;
        stop.send_replace(true);
        waiter.abort();
        while beside.join_next().await.is_some() {}
        pool.close().await;
        info!("worker stopped");
        outcome
    }

    /// Runs jobs until the stop, beginning anew whenever the database was away.
    async fn work(&self, pool: &PgPool, stopped: &watch::Receiver<bool>) -> Result<()> {
        while connected(pool, stopped).await? {
            match self.begin(pool, stopped).await {
                Ok(worker) => {
                    info!("worker started with {} kinds of jobs", self.registered.len());
                    match Box::pin(worker.run()).await {
                        Ok(()) => return Ok(()),
                        Err(failure) => warn!(cause = %failure, "the worker begins anew: {failure}"),
                    }
                }
                Err(failure) => warn!(cause = ?failure, "the worker cannot begin yet: {failure:?}"),
            }
            pause(stopped).await;
        }
        Ok(())
    }

    async fn begin(&self, pool: &PgPool, stopped: &watch::Receiver<bool>) -> Result<graphile_worker::Worker> {
        let options = self.registered.iter().fold(WorkerOptions::default(), |options, register| register(options));
        let worker = counted(options, &self.queues, &self.metrics)
            .with_crons(self.schedules.iter().map(|schedule| schedule.crontab.clone()))
            .pg_pool(pool.clone())
            .schema(SCHEMA)
            .concurrency(self.concurrency)
            .poll_interval(POLL)
            .local_queue(fetching(self.concurrency))
            .worker_recovery(recovery())
            .listen_os_shutdown_signals(false)
            .shutdown_grace_period(self.grace)
            .shutdown_interrupted_job_retry_delay(Duration::from_secs(1))
            .shutdown_signal(until(stopped.clone()))
            .init()
            .await
            .map_err(Error::internal)?;
        for schedule in &self.schedules {
            schedule.catch_up(pool, Utc::now()).await?;
        }
        Ok(worker)
    }

    /// Connections for the jobs' own bookkeeping, for listening, and one for each repeated work while it runs.
    fn pool(&self) -> Result<PgPool> {
        let options: PgConnectOptions = self.url.parse().map_err(Error::internal)?;
        let connections = self.concurrency + 3 + self.repeated.len();
        Ok(PgPoolOptions::new()
            .max_connections(u32::try_from(connections).unwrap_or(u32::MAX))
            .acquire_timeout(Duration::from_secs(10))
            .connect_lazy_with(
                sqlx::ConnectOptions::disable_statement_logging(options).application_name("kontor-worker"),
            ))
    }
}

/// Waits for the database; false when the stop came first. Errors when the database is there and the jobs' schema is not.
async fn connected(pool: &PgPool, stopped: &watch::Receiver<bool>) -> Result<bool> {
    while !*stopped.borrow() {
        let laid = sqlx::query_scalar("select to_regclass('jobs.migrations') is not null").fetch_one(pool).await;
        match laid {
            Ok(true) => return Ok(true),
            Ok(false) => return Err(Error::internal("the jobs' schema is missing: run `kontor migrate`")),
            Err(failure) => warn!(cause = %failure, "the worker waits for the database: {failure}"),
        }
        pause(stopped).await;
    }
    Ok(false)
}

/// A moment before the next try, cut short by the stop.
async fn pause(stopped: &watch::Receiver<bool>) {
    tokio::select! {
        () = until(stopped.clone()) => {}
        () = tokio::time::sleep(Duration::from_secs(1)) => {}
    }
}

async fn until(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

/// Fetches ahead, and pauses after it found nothing until the next poll or notification: without that pause the library
/// asks again at once, thousands of times a second.
fn fetching(concurrency: usize) -> LocalQueueConfig {
    let pause = RefetchDelayConfig::default().with_duration(POLL).with_threshold(0).with_max_abort_threshold(1);
    LocalQueueConfig::default().with_size(LOCAL_QUEUE.max(concurrency)).with_refetch_delay(pause)
}

fn recovery() -> WorkerRecoveryConfig {
    WorkerRecoveryConfig::default()
        .heartbeat_interval(Duration::from_secs(10))
        .sweep_interval(Duration::from_secs(15))
        .sweep_threshold(SILENCE)
        .enabled(true)
}

/// Counts how jobs end, by queue, and lets a crash count as an attempt: a job that takes its worker down with it must not
/// do so for ever.
fn counted(options: WorkerOptions, queues: &HashMap<&'static str, &'static str>, metrics: &Metrics) -> WorkerOptions {
    let queues = Arc::new(queues.clone());
    let jobs = metrics.jobs.clone();
    let count = move |name: &str, outcome: &str| {
        let queue = queues.get(name).copied().unwrap_or("unknown");
        jobs.with_label_values(&[queue, outcome]).inc();
    };
    let (done, retried, dead, interrupted, crashed) =
        (count.clone(), count.clone(), count.clone(), count.clone(), count);
    options
        .on(JobComplete, move |context| {
            done(context.job.task_identifier(), "done");
            std::future::ready(())
        })
        .on(JobFail, move |context| {
            retried(context.job.task_identifier(), "retried");
            std::future::ready(())
        })
        .on(JobPermanentlyFail, move |context| {
            dead(context.job.task_identifier(), "dead");
            std::future::ready(())
        })
        .on(JobInterrupted, move |context| {
            interrupted(context.job.task_identifier(), "interrupted");
            std::future::ready(())
        })
        .on(JobRecovery, move |context| {
            let decision = if context.reason == FailureReason::WorkerCrashed {
                crashed(context.job.task_identifier(), "crashed");
                JobRecoveryResult::FailWithBackoff
            } else {
                JobRecoveryResult::Default
            };
            std::future::ready(decision)
        })
}
