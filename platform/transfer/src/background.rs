use futures_util::future::BoxFuture;
use kontor_command::Call;
use kontor_kernel::Result;
use kontor_store::Tx;
use tokio::sync::Semaphore;
use tracing::error;
use uuid::Uuid;

use crate::Imports;

/// An import that goes on after the request that started it.
#[derive(Debug, Clone)]
pub struct ImportJob {
    pub id: Uuid,
    /// Who started it; it is done with their rights.
    pub call: Call,
}

/// Where long imports are done: [`Imports::run`] has to be called for each of them, once or more.
pub trait Background: Send + Sync {
    /// Told inside the transaction that stores the import, for a queue that lives in the same database.
    fn enqueue<'t>(&'t self, tx: &'t mut Tx, job: &'t ImportJob) -> BoxFuture<'t, Result<()>> {
        let _ = (tx, job);
        Box::pin(async { Ok(()) })
    }

    /// Told once that transaction has committed, for work in this process.
    fn committed(&self, imports: Imports, job: ImportJob) {
        let _ = (imports, job);
    }
}

/// Imports at a time, so that they leave connections and processors to requests; the others wait.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Imports as tasks of this process. What a stopped process leaves is found by [`Imports::recover`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Spawned;

impl Background for Spawned {
    fn committed(&self, imports: Imports, job: ImportJob) {
        tokio::spawn(async move {
            // The semaphore is never closed; without a permit the import would only be less polite.
            let _turn = TURNS.acquire().await.ok();
            if let Err(failure) = imports.run(&job).await {
                error!(import.id = %job.id, cause = ?failure, "import {} failed", job.id);
            }
        });
    }
}
