//! What the platform itself keeps in order: the outbox's days, answers kept for retries, sessions that ended.

use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use kontor_kernel::{Result, TenantId};
use kontor_store::{Databases, Transaction, sql_error};
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, error::DatabaseError};
use tracing::{info, warn};
use uuid::Uuid;

use crate::{Job, JobContext, Order, Worker};

/// Registers the platform's own jobs with their schedules.
pub fn housekeeping(worker: Worker, databases: &Databases) -> Result<Worker> {
    let databases = Arc::new(databases.clone());
    worker
        .register::<OutboxCare>(Arc::clone(&databases))
        .register::<KeyCleanup>(Arc::clone(&databases))
        .register::<SessionCleanup>(databases)
        .schedule("7 * * * *", &OutboxCare {})?
        .schedule("37 * * * *", &KeyCleanup {})?
        .schedule("17 3 * * *", &SessionCleanup {})
}

/// Gives the coming days of the outbox their partitions, and drops the days that every consumer has read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutboxCare {}

/// Days ahead that have their partition.
const DAYS_AHEAD: i64 = 7;
/// Days that stay though read. Also the longest a transaction may take from its beginning to its commit without its event
/// being dropped with its day.
const DAYS_KEPT: i64 = 2;

impl Job for OutboxCare {
    const NAME: &'static str = "platform.outbox_care";
    const QUEUE: &'static str = "platform";
    const ORDER: Order = Order::OneAtATime;
    const MAX_ATTEMPTS: u16 = 5;

    type State = Databases;

    async fn run(self, databases: Arc<Databases>, _context: JobContext) -> Result<()> {
        care_for_outbox(&databases, Utc::now()).await
    }
}

async fn care_for_outbox(databases: &Databases, now: DateTime<Utc>) -> Result<()> {
    let today = now.date_naive();
    for ahead in 0..=DAYS_AHEAD {
        add_day(databases, today + Duration::days(ahead)).await?;
    }
    let mut before = today - Duration::days(DAYS_KEPT);
    if let Some(unread) = oldest_unread(databases).await? {
        before = before.min(unread.date_naive());
    }
    let mut tx = begin(databases).await?;
    let dropped: i32 = sqlx::query_scalar("select platform.outbox_trim($1)")
        .bind(before)
        .fetch_one(&mut *tx)
        .await
        .map_err(sql_error)?;
    let deleted: i64 = sqlx::query_scalar("select platform.outbox_trim_rest($1)")
        .bind(before.and_time(NaiveTime::MIN).and_utc())
        .fetch_one(&mut *tx)
        .await
        .map_err(sql_error)?;
    tx.commit().await.map_err(sql_error)?;
    if dropped > 0 || deleted > 0 {
        info!(
            days = dropped,
            events = deleted,
            "dropped {dropped} days and {deleted} late events of the outbox before {before}"
        );
    }
    Ok(())
}

/// A transaction that rather fails than makes every writer wait behind it: changing the outbox's partitions needs the
/// table for itself for a moment.
async fn begin(databases: &Databases) -> Result<sqlx::Transaction<'static, sqlx::Postgres>> {
    databases.identity().begin_with("BEGIN; SET LOCAL lock_timeout = '2s'").await.map_err(sql_error)
}

async fn add_day(databases: &Databases, day: NaiveDate) -> Result<()> {
    let mut tx = begin(databases).await?;
    let added = sqlx::query("select platform.outbox_partition($1)").bind(day).execute(&mut *tx).await;
    match added {
        Ok(_) => tx.commit().await.map_err(sql_error),
        Err(error) if error.as_database_error().is_some_and(DatabaseError::is_check_violation) => {
            warn!(%day, "the outbox has events of {day} already, which stay without a partition");
            Ok(())
        }
        Err(error) => Err(sql_error(error)),
    }
}

/// When the oldest event was written that some consumer has not read.
async fn oldest_unread(databases: &Databases) -> Result<Option<DateTime<Utc>>> {
    let positions: Vec<String> = sqlx::query_scalar("select position::text from platform.consumers")
        .fetch_all(databases.identity())
        .await
        .map_err(sql_error)?;
    let mut oldest = None;
    for position in positions {
        let unread: Option<DateTime<Utc>> = sqlx::query_scalar(
            "select min(at) from outbox
             where xid >= pg_snapshot_xmin($1::text::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::text::pg_snapshot)",
        )
        .bind(position)
        .fetch_one(databases.reader())
        .await
        .map_err(sql_error)?;
        oldest = match (oldest, unread) {
            (Some(a), Some(b)) => Some(std::cmp::min(a, b)),
            (a, b) => a.or(b),
        };
    }
    Ok(oldest)
}

/// Deletes the answers kept for retries after two days.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeyCleanup {}

/// Hours for which a retry gets the first answer.
const KEYS_KEPT_HOURS: i64 = 48;
/// Keys deleted in one transaction, so that none holds its rows for long.
const KEYS_AT_ONCE: i64 = 1_000;

impl Job for KeyCleanup {
    const NAME: &'static str = "platform.key_cleanup";
    const QUEUE: &'static str = "platform";
    const ORDER: Order = Order::OneAtATime;
    const MAX_ATTEMPTS: u16 = 5;

    type State = Databases;

    async fn run(self, databases: Arc<Databases>, _context: JobContext) -> Result<()> {
        clean_keys(&databases, Utc::now() - Duration::hours(KEYS_KEPT_HOURS)).await
    }
}

async fn clean_keys(databases: &Databases, before: DateTime<Utc>) -> Result<()> {
    let tenants: Vec<Uuid> = sqlx::query_scalar("select id from platform.tenants")
        .fetch_all(databases.identity())
        .await
        .map_err(sql_error)?;
    // One look into each tenant's index finds those with old keys.
    let tenants: Vec<Uuid> = sqlx::query_scalar(
        "select t.id from unnest($1::uuid[]) as t (id)
         where exists (select from idempotency_keys k where k.tenant_id = t.id and k.created_at < $2)",
    )
    .bind(tenants)
    .bind(before)
    .fetch_all(databases.reader())
    .await
    .map_err(sql_error)?;
    for tenant in tenants.into_iter().map(TenantId) {
        let mut deleted = KEYS_AT_ONCE;
        while deleted == KEYS_AT_ONCE {
            let mut tx = Transaction::of_tenant(databases, tenant).await?;
            deleted = delete_keys(tx.connection()?, tenant, before).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

async fn delete_keys(connection: &mut PgConnection, tenant: TenantId, before: DateTime<Utc>) -> Result<i64> {
    let deleted = sqlx::query(
        "delete from idempotency_keys where tenant_id = $1 and key in (
             select key from idempotency_keys where tenant_id = $1 and created_at < $2 limit $3)",
    )
    .bind(tenant.0)
    .bind(before)
    .bind(KEYS_AT_ONCE)
    .execute(connection)
    .await
    .map_err(sql_error)?;
    Ok(i64::try_from(deleted.rows_affected()).unwrap_or_default())
}

/// Deletes sessions and mailed links a month after their end.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SessionCleanup {}

/// Days for which an ended session still says that its token was used again.
const SESSIONS_KEPT_DAYS: i64 = 30;

impl Job for SessionCleanup {
    const NAME: &'static str = "platform.session_cleanup";
    const QUEUE: &'static str = "platform";
    const ORDER: Order = Order::OneAtATime;
    const MAX_ATTEMPTS: u16 = 5;

    type State = Databases;

    async fn run(self, databases: Arc<Databases>, _context: JobContext) -> Result<()> {
        let before = Utc::now() - Duration::days(SESSIONS_KEPT_DAYS);
        for statement in [
            "delete from platform.sessions where expires_at < $1",
            "delete from platform.mail_links where expires_at < $1",
        ] {
            sqlx::query(statement).bind(before).execute(databases.identity()).await.map_err(sql_error)?;
        }
        Ok(())
    }
}
