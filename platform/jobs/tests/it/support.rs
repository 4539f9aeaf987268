#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{future::Future, time::Duration};

use kontor_jobs::{Worker, migrate};
use kontor_kernel::{Result, TenantId};
use kontor_store::Tx;
use kontor_telemetry::Metrics;
use kontor_testing::{TestDb, context};
use tokio::{sync::oneshot, task::JoinHandle, time};

/// A database with the jobs' schema.
pub async fn database() -> TestDb {
    let db = TestDb::new().await;
    // A copy belongs to who copied it; a real database to the owner of its schema.
    let give = "do $$ begin execute format('alter database %I owner to kontor_owner', current_database()); end $$";
    sqlx::raw_sql(give).execute(&db.admin().await).await.unwrap();
    migrate(&owner_url(&db)).await.unwrap();
    db
}

pub fn owner_url(db: &TestDb) -> String {
    db.urls().identity.replacen("kontor_identity", "kontor_owner", 1)
}

pub fn worker(db: &TestDb, metrics: &Metrics) -> Worker {
    Worker::new(db.urls().identity, metrics.clone())
}

pub async fn begin(db: &TestDb, tenant: TenantId) -> Tx {
    Tx::begin(db.databases(), db.sequences(), context(tenant)).await.unwrap()
}

/// A worker that runs until it is told to stop.
pub struct Running {
    stop: oneshot::Sender<()>,
    ended: JoinHandle<Result<()>>,
}

impl Running {
    pub fn start(worker: Worker) -> Self {
        let (stop, stopped) = oneshot::channel();
        let ended = tokio::spawn(async move {
            worker
                .run(async {
                    let _ = stopped.await;
                })
                .await
        });
        Self { stop, ended }
    }

    pub async fn stop(self) {
        self.stop.send(()).unwrap();
        self.ended.await.unwrap().unwrap();
    }
}

/// Waits until `holds`, at most 20 s.
pub async fn until<F, Fut>(mut holds: F)
where
    F: FnMut() -> Fut,
    Fut: Future<Output = bool>,
{
    let deadline = time::Instant::now() + Duration::from_secs(20);
    while !holds().await {
        assert!(time::Instant::now() < deadline, "it did not come to pass in 20 s");
        time::sleep(Duration::from_millis(20)).await;
    }
}
