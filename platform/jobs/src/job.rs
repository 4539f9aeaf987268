use std::{fmt, sync::Arc};

use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use kontor_kernel::{Error, Result, TenantId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tracing::{info, warn};

/// Which jobs wait for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// None.
    Parallel,
    /// Those of the same queue and tenant.
    OnePerTenant,
    /// All of the queue.
    OneAtATime,
}

/// One piece of work. Its fields are the payload: ids, never secrets, as they are stored and may be logged.
///
/// A job runs at least once: when its worker dies after the work and before the note of it, it runs again.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Unique in the product, and kept for ever, as rows name it: `imports.run`.
    const NAME: &'static str;
    /// What the metrics count by; with [`Order`], also the line it waits in.
    const QUEUE: &'static str;
    const ORDER: Order;
    /// After so many tries it is dead and waits for an operator.
    const MAX_ATTEMPTS: u16;

    /// What it works with, given at [`Worker::register`](crate::Worker::register).
    type State: Send + Sync + 'static;

    fn run(self, state: Arc<Self::State>, context: JobContext) -> impl Future<Output = Result<()>> + Send;
}

/// What a job knows of its own run.
#[derive(Debug, Clone)]
pub struct JobContext {
    pub id: i64,
    /// For whom; nobody for the platform's own work. Taken from the transaction that enqueued it.
    pub tenant: Option<TenantId>,
    /// From 1.
    pub attempt: u16,
    pub max_attempts: u16,
}

impl JobContext {
    /// The tenant of a job that cannot be without.
    pub fn tenant(&self) -> Result<TenantId> {
        self.tenant.ok_or_else(|| Error::internal(format!("job {} was enqueued without a tenant", self.id)))
    }

    /// Whether a failure now is the end of it.
    pub const fn is_last_attempt(&self) -> bool {
        self.attempt >= self.max_attempts
    }
}

/// A job's row as it is stored, and how the library runs it.
#[derive(Serialize, Deserialize)]
#[serde(bound(serialize = "J: Serialize", deserialize = "J: DeserializeOwned"))]
pub(crate) struct Envelope<J> {
    pub tenant: Option<TenantId>,
    pub input: J,
}

/// The state of the jobs of type `J`, under a type of its own in the library's map of types.
pub(crate) struct StateOf<J: Job>(pub Arc<J::State>);

impl<J: Job> Clone for StateOf<J> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<J: Job> fmt::Debug for StateOf<J> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "state of {}", J::NAME)
    }
}

impl<J: Job> TaskHandler for Envelope<J> {
    const IDENTIFIER: &'static str = J::NAME;

    async fn run(self, context: WorkerContext) -> impl IntoTaskHandlerResult {
        let job = context.job();
        let own = JobContext {
            id: *job.id(),
            tenant: self.tenant,
            attempt: u16::try_from(*job.attempts()).unwrap_or(1),
            max_attempts: u16::try_from(*job.max_attempts()).unwrap_or(1),
        };
        let (id, attempt) = (own.id, own.attempt);
        let Some(StateOf(state)) = context.get_ext::<StateOf<J>>().cloned() else {
            return Err(Error::internal(format!("{} has no state", J::NAME)));
        };
        let outcome = Box::pin(self.input.run(state, own)).await;
        match &outcome {
            Ok(()) => info!(job.id = id, job.name = J::NAME, attempt, "job {id} {} done", J::NAME),
            Err(error) => {
                warn!(job.id = id, job.name = J::NAME, attempt, cause = ?error, "job {id} {} failed: {error:?}", J::NAME);
            }
        }
        outcome
    }
}
