use chrono::{DateTime, Utc};
use kontor_kernel::{Result, TenantId, new_id};
use kontor_store::{Databases, Meter, Transaction, sql_error};
use uuid::Uuid;

/// Something used, under an id that is fixed before the first try to write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeterEvent {
    pub tenant: TenantId,
    pub id: Uuid,
    pub meter: Meter,
    /// Above zero.
    pub quantity: i64,
    /// Decides the period it counts in.
    pub at: DateTime<Utc>,
}

impl MeterEvent {
    pub fn new(tenant: TenantId, meter: Meter, quantity: i64, at: DateTime<Utc>) -> Self {
        Self { tenant, id: new_id(), meter, quantity, at }
    }

    /// Writes the event, unless it is written already. Whether this call wrote it.
    ///
    /// After a failure it may or may not be written: send it again until it succeeds, and it counts once.
    pub async fn send(&self, databases: &Databases) -> Result<bool> {
        let mut tx = Transaction::of_tenant(databases, self.tenant).await?;
        let written = sqlx::query(
            "insert into meter_events (tenant_id, id, meter, quantity, at) values ($1, $2, $3, $4, $5)
             on conflict (tenant_id, id) do nothing",
        )
        .bind(self.tenant.0)
        .bind(self.id)
        .bind(self.meter.name())
        .bind(self.quantity)
        .bind(self.at)
        .execute(tx.connection()?)
        .await
        .map_err(sql_error)?;
        tx.commit().await?;
        Ok(written.rows_affected() == 1)
    }
}
