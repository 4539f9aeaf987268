//! Reading the outbox by position. A position is a snapshot: an event that commits late is not skipped, and a long
//! transaction of one tenant does not hold back the others.

use chrono::{DateTime, Utc};
use kontor_kernel::{Error, Result, TenantId};
use sqlx::Row;
use uuid::Uuid;

use crate::{Databases, constraint::sql_error};

/// A position in the outbox: what was visible to its reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot(String);

impl Snapshot {
    /// Before every event there ever was.
    pub fn beginning() -> Self {
        Self("1:1:".to_owned())
    }

    pub fn parse(text: &str) -> Option<Self> {
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b == b':' || b == b',');
        plain.then(|| Self(text.to_owned()))
    }

    /// A snapshot as PostgreSQL wrote it.
    pub(crate) fn read(text: &str) -> Result<Self> {
        Self::parse(text).ok_or_else(|| Error::internal(format!("{text} is no snapshot")))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One event of the outbox.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub tenant: TenantId,
    pub id: Uuid,
    pub at: DateTime<Utc>,
    /// `purchase-orders.created`.
    pub topic: String,
    pub entity: String,
    pub entity_id: Uuid,
    pub payload: serde_json::Value,
}

/// One reader of the outbox. It must take the same event twice without harm.
#[derive(Debug, Clone)]
pub struct Consumer {
    databases: Databases,
}

impl Consumer {
    pub fn new(databases: Databases) -> Self {
        Self { databases }
    }

    /// Every event that became visible after `from`, and the position to go on from.
    pub async fn read(&self, from: &Snapshot) -> Result<(Vec<Event>, Snapshot)> {
        let mut tx = self
            .databases
            .reader()
            .begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            .await
            .map_err(sql_error)?;
        let now: String =
            sqlx::query_scalar("select pg_current_snapshot()::text").fetch_one(&mut *tx).await.map_err(sql_error)?;
        let rows = sqlx::query(
            "select tenant_id, id, at, topic, entity, entity_id, payload from outbox
             where xid >= pg_snapshot_xmin($1::text::pg_snapshot) and not pg_visible_in_snapshot(xid, $1::text::pg_snapshot)
             order by xid, id",
        )
        .bind(from.as_str())
        .fetch_all(&mut *tx)
        .await
        .map_err(sql_error)?;
        tx.commit().await.map_err(sql_error)?;
        let events: sqlx::Result<Vec<Event>> = rows
            .iter()
            .map(|row| {
                Ok(Event {
                    tenant: TenantId(row.try_get(0)?),
                    id: row.try_get(1)?,
                    at: row.try_get(2)?,
                    topic: row.try_get(3)?,
                    entity: row.try_get(4)?,
                    entity_id: row.try_get(5)?,
                    payload: row.try_get(6)?,
                })
            })
            .collect();
        Ok((events.map_err(sql_error)?, Snapshot::read(&now)?))
    }

    /// Where a named consumer stands; the beginning when it never read.
    pub async fn position(&self, name: &str) -> Result<Snapshot> {
        let text: Option<String> = sqlx::query_scalar("select position::text from platform.consumers where name = $1")
            .bind(name)
            .fetch_optional(self.databases.identity())
            .await
            .map_err(sql_error)?;
        text.map_or_else(|| Ok(Snapshot::beginning()), |text| Snapshot::read(&text))
    }

    pub async fn save(&self, name: &str, position: &Snapshot) -> Result<()> {
        sqlx::query(
            "insert into platform.consumers (name, position) values ($1, $2::text::pg_snapshot)
             on conflict (name) do update set position = excluded.position, updated_at = now()",
        )
        .bind(name)
        .bind(position.as_str())
        .execute(self.databases.identity())
        .await
        .map_err(sql_error)?;
        Ok(())
    }
}
