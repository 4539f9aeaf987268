//! Schedules and repeated work: once across all workers.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use kontor_jobs::{Job, JobContext, Order};
use kontor_kernel::{Fault, Result};
use kontor_telemetry::Metrics;
use serde::{Deserialize, Serialize};
use tokio::time::sleep;

use crate::support::{Running, database, until, worker};

#[derive(Debug, Serialize, Deserialize)]
struct Nightly {}

impl Job for Nightly {
    const NAME: &'static str = "test.nightly";
    const QUEUE: &'static str = "nightly";
    const ORDER: Order = Order::OneAtATime;
    const MAX_ATTEMPTS: u16 = 3;
    type State = AtomicUsize;

    async fn run(self, runs: Arc<AtomicUsize>, context: JobContext) -> Result<()> {
        assert!(context.tenant.is_none());
        runs.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

#[tokio::test]
async fn repeated_work_is_done_by_one_worker_at_a_time() {
    let (db, metrics) = (database().await, Metrics::new().unwrap());
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let start = || {
        let (running, most) = (Arc::clone(&running), Arc::clone(&most));
        let work = move || {
            let (running, most) = (Arc::clone(&running), Arc::clone(&most));
            async move {
                most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                sleep(Duration::from_millis(15)).await;
                running.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            }
        };
        Running::start(worker(&db, &metrics).every("counting", Duration::from_millis(10), work))
    };
    let workers = [start(), start(), start()];
    until(async || metrics.jobs.with_label_values(&["counting", "done"]).get() >= 20).await;
    for worker in workers {
        worker.stop().await;
    }
    assert_eq!(most.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn repeated_work_goes_on_after_a_failure() {
    let (db, metrics) = (database().await, Metrics::new().unwrap());
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&runs);
    let work = move || {
        let run = counted.fetch_add(1, Ordering::SeqCst);
        async move { if run == 0 { Err(Fault::Unavailable.error()) } else { Ok(()) } }
    };
    let running = Running::start(worker(&db, &metrics).every("stumbling", Duration::from_millis(10), work));
    until(async || runs.load(Ordering::SeqCst) >= 3).await;
    running.stop().await;
    assert_eq!(metrics.jobs.with_label_values(&["stumbling", "failed"]).get(), 1);
}

#[tokio::test]
async fn a_scheduled_job_that_was_missed_is_made_up_for_once() {
    let (db, metrics) = (database().await, Metrics::new().unwrap());
    let runs = Arc::new(AtomicUsize::new(0));
    let admin = db.admin().await;
    sqlx::query(
        "insert into jobs._private_known_crontabs (identifier, known_since, last_execution)
         values ('test.nightly', now() - interval '5 days', now() - interval '20 hours')",
    )
    .execute(&admin)
    .await
    .unwrap();
    let start = || {
        let worker = worker(&db, &metrics).register::<Nightly>(Arc::clone(&runs));
        // Every hour but this and the next, so that none is due while the test runs.
        let hour = chrono::Timelike::hour(&chrono::Utc::now());
        let hours: Vec<String> =
            (0..24).filter(|h| *h != hour && *h != (hour + 1) % 24).map(|h| h.to_string()).collect();
        Running::start(worker.schedule(&format!("0 {} * * *", hours.join(",")), &Nightly {}).unwrap())
    };
    let workers = [start(), start()];
    until(async || metrics.jobs.with_label_values(&["nightly", "done"]).get() >= 1).await;
    sleep(Duration::from_millis(500)).await;
    for worker in workers {
        worker.stop().await;
    }
    assert_eq!(runs.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_schedule_that_cannot_be_read_is_refused() {
    let (db, metrics) = (database().await, Metrics::new().unwrap());
    for times in ["", "every day", "61 * * * *", "0 1 * * *\n0 2 * * *"] {
        assert!(worker(&db, &metrics).schedule(times, &Nightly {}).is_err(), "{times}");
    }
}
