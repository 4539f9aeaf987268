use std::sync::Arc;

use kontor_jobs::{Job, JobContext, Order};
use kontor_kernel::{Result, TenantId};
use kontor_store::sql_error;
use serde::{Deserialize, Serialize};
use tracing::info;
use uuid::Uuid;

use crate::{PlanGate, plan::FREE};

/// Writes down that trials are over. The gate knows it by the second; this makes it the subscription's own state.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EndTrials {}

impl EndTrials {
    /// Every ten minutes.
    pub const SCHEDULE: &'static str = "*/10 * * * *";
}

impl Job for EndTrials {
    const NAME: &'static str = "billing.end_trials";
    const QUEUE: &'static str = "billing";
    const ORDER: Order = Order::OneAtATime;
    const MAX_ATTEMPTS: u16 = 5;

    type State = PlanGate;

    async fn run(self, gate: Arc<PlanGate>, _context: JobContext) -> Result<()> {
        let ended: Vec<Uuid> = sqlx::query_scalar(
            "update platform.subscriptions set plan_code = $1, state = 'active'
             where state = 'trial' and trial_ends_at <= $2 returning tenant_id",
        )
        .bind(FREE)
        .bind(gate.now())
        .fetch_all(gate.databases().identity())
        .await
        .map_err(sql_error)?;
        for tenant in ended.into_iter().map(TenantId) {
            gate.invalidate(tenant);
            info!(tenant = %tenant, "the trial of tenant {tenant} is over");
        }
        Ok(())
    }
}
