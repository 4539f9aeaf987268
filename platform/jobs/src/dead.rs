use chrono::{DateTime, Utc};
use kontor_kernel::{Fault, Result};
use kontor_store::{Databases, sql_error};
use uuid::Uuid;

/// A job whose attempts are used up.
#[derive(Debug, Clone, PartialEq, sqlx::FromRow)]
pub struct DeadJob {
    pub id: i64,
    pub name: String,
    pub tenant: Option<Uuid>,
    pub attempts: i16,
    /// The last failure with its causes.
    pub error: Option<String>,
    pub enqueued_at: DateTime<Utc>,
}

/// The jobs that wait for an operator.
#[derive(Debug, Clone)]
pub struct DeadJobs {
    databases: Databases,
}

/// A job that a newer one replaced while it ran is used up too, but nobody misses it.
const DEAD: &str = "j.locked_at is null and j.attempts >= j.max_attempts
      and not exists (select from jobs._private_job_retirements r where r.id = j.id)";

impl DeadJobs {
    pub fn new(databases: Databases) -> Self {
        Self { databases }
    }

    /// The newest dead jobs.
    pub async fn list(&self, limit: u16) -> Result<Vec<DeadJob>> {
        let sql = format!(
            "select j.id, t.identifier as name, (j.payload ->> 'tenant')::uuid as tenant, j.attempts,
                    j.last_error as error, j.created_at as enqueued_at
             from jobs._private_jobs j join jobs._private_tasks t on t.id = j.task_id
             where {DEAD} order by j.id desc limit $1"
        );
        sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(i64::from(limit))
            .fetch_all(self.databases.identity())
            .await
            .map_err(sql_error)
    }

    /// Gives a dead job all its attempts again, from now. `not_found` when there is no such dead job.
    pub async fn replay(&self, id: i64) -> Result<()> {
        self.take(id, "select id from jobs.reschedule_jobs(array(select id from dead), run_at => now(), attempts => 0)")
            .await
    }

    /// Removes a dead job for good. `not_found` when there is no such dead job.
    pub async fn discard(&self, id: i64) -> Result<()> {
        self.take(id, "select id from jobs.complete_jobs(array(select id from dead))").await
    }

    async fn take(&self, id: i64, action: &str) -> Result<()> {
        let sql = format!(
            "with dead as materialized (select j.id from jobs._private_jobs j where j.id = $1 and {DEAD}) {action}"
        );
        let taken: Option<i64> = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .bind(id)
            .fetch_optional(self.databases.identity())
            .await
            .map_err(sql_error)?;
        taken.map(|_| ()).ok_or_else(|| Fault::NotFound.error())
    }
}
