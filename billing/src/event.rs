use chrono::{DateTime, Utc};
use kontor_kernel::{Result, TenantId, new_id};
use kontor_store::{Databases, Meter, sql_error};
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
        let written = sqlx::query(
            "with tenant as materialized (select set_config('app.tenant_id', $1::text, true))
             insert into meter_events (tenant_id, id, meter, quantity, at)
             select $1::uuid, $2, $3, $4, $5 from tenant
             on conflict (tenant_id, id) do nothing",
        )
        .bind(self.tenant.0.to_string())
        .bind(self.id)
        .bind(self.meter.name())
        .bind(self.quantity)
        .bind(self.at)
        .execute(databases.pool(self.tenant))
        .await
        .map_err(sql_error)?;
        Ok(written.rows_affected() == 1)
    }
}
