#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use chrono::{DateTime, Utc};
use kontor_billing::{MeterUsage, Period, PlanGate, usage};
use kontor_kernel::{FixedClock, TenantId};
use kontor_store::{Meter, Tx, TxContext};
use kontor_testing::{TestDb, at, context};

/// Companies with plans, at a time that tests move.
pub struct World {
    pub db: TestDb,
    pub clock: FixedClock,
    pub gate: PlanGate,
}

impl World {
    /// The morning of 2 March 2026.
    pub async fn new() -> Self {
        let (db, clock) = (TestDb::new().await, FixedClock::at(at("2026-03-02T09:00:00Z")));
        let gate = PlanGate::new(db.databases().clone(), Arc::new(clock.clone()));
        Self { db, clock, gate }
    }

    /// A company on a plan; a trial when it has an end.
    pub async fn company(&self, plan: &str, trial_ends_at: Option<DateTime<Utc>>) -> TenantId {
        let tenant = TenantId::new();
        sqlx::query(
            "with tenant as (insert into platform.tenants (id, slug, created_at) values ($1, 'c' || left(md5($1::text), 20), now()) returning id)
             insert into platform.subscriptions (tenant_id, plan_code, state, trial_ends_at, started_at)
             select id, $2, case when $3::timestamptz is null then 'active' else 'trial' end, $3, now() from tenant",
        )
        .bind(tenant.0)
        .bind(plan)
        .bind(trial_ends_at)
        .execute(self.db.databases().identity())
        .await
        .unwrap();
        tenant
    }

    /// People of a company, each in a state.
    pub async fn people(&self, tenant: TenantId, states: &[&str]) {
        let rows = sqlx::query(
            "insert into users (tenant_id, id, login_id, name, email, state, roles, joined_at, created_at, updated_at)
             select $1, id, id, 'Ada', id || '@example.com', state, '{}', now(), now(), now()
             from (select gen_random_uuid() as id, state from unnest($2::text[]) as state) people",
        );
        rows.bind(tenant.0).bind(states).execute(&self.db.admin().await).await.unwrap();
    }

    /// What the company used of a meter in the month of the clock.
    pub async fn used(&self, tenant: TenantId, meter: Meter) -> i64 {
        let meters = self.usage(tenant).await;
        meters.iter().find(|usage| usage.meter == meter.name()).unwrap().used
    }

    pub async fn usage(&self, tenant: TenantId) -> Vec<MeterUsage> {
        let plan = self.gate.plan(tenant).await.unwrap();
        let now = kontor_kernel::Clock::now(&self.clock);
        let context = TxContext { now, today: now.date_naive(), ..context(tenant) };
        let mut tx = Tx::begin_read(self.db.databases(), self.db.sequences(), context).await.unwrap();
        let meters = usage(&mut tx, Period::month_of(now), &plan).await.unwrap();
        tx.end_read().unwrap();
        meters
    }
}
