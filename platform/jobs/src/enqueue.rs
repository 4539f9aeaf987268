use chrono::{DateTime, Utc};
use kontor_kernel::{Error, Result};
use kontor_store::{Tx, sql_error};
use sqlx::PgConnection;

use crate::{Job, Order};

/// When and how often a job is wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EnqueueOptions {
    /// Not before this; at once when not given.
    pub due: Option<DateTime<Utc>>,
    /// While a job of the tenant with the same key waits, this one takes its place instead of joining it.
    pub key: Option<String>,
}

/// Enqueues a job for the transaction's tenant; it exists when the transaction commits. Returns its id.
///
/// Wakes the workers by a `NOTIFY`, for which transactions queue up at commit: enqueue what people ask for, not
/// something in every write. What follows from every write reads the outbox.
pub async fn enqueue<J: Job>(tx: &mut Tx, job: &J) -> Result<i64> {
    enqueue_with(tx, job, EnqueueOptions::default()).await
}

/// [`enqueue`], later or under a key.
pub async fn enqueue_with<J: Job>(tx: &mut Tx, job: &J, options: EnqueueOptions) -> Result<i64> {
    let queue = match J::ORDER {
        Order::Parallel => None,
        Order::OnePerTenant => Some(format!("{}/{}", J::QUEUE, tx.tenant())),
        Order::OneAtATime => Some(J::QUEUE.to_owned()),
    };
    insert(tx.connection().await?, "select platform.enqueue($1, $2, $3, $4, $5, $6)", job, queue, options).await
}

/// Enqueues work that belongs to no tenant, on a connection of `kontor_identity`.
pub async fn enqueue_platform<J: Job>(connection: &mut PgConnection, job: &J, options: EnqueueOptions) -> Result<i64> {
    insert(connection, "select platform.enqueue_platform($1, $2, $3, $4, $5, $6)", job, platform_queue::<J>(), options)
        .await
}

/// The line in which work of no tenant waits.
pub(crate) fn platform_queue<J: Job>() -> Option<String> {
    (J::ORDER != Order::Parallel).then(|| J::QUEUE.to_owned())
}

async fn insert<J: Job>(
    connection: &mut PgConnection,
    statement: &'static str,
    job: &J,
    queue: Option<String>,
    options: EnqueueOptions,
) -> Result<i64> {
    let input = serde_json::to_string(job).map_err(Error::internal)?;
    enqueue_text(connection, statement, (J::NAME, input, queue, J::MAX_ATTEMPTS), options.due, options.key).await
}

/// Enqueues a job by its name, input, queue and number of attempts.
pub(crate) async fn enqueue_text(
    connection: &mut PgConnection,
    statement: &'static str,
    (name, input, queue, max_attempts): (&str, String, Option<String>, u16),
    due: Option<DateTime<Utc>>,
    key: Option<String>,
) -> Result<i64> {
    sqlx::query_scalar(statement)
        .bind(name)
        .bind(input)
        .bind(queue)
        .bind(i32::from(max_attempts))
        .bind(due)
        .bind(key)
        .fetch_one(connection)
        .await
        .map_err(sql_error)
}
