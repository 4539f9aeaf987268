use std::{sync::Arc, time::Duration};

use chrono::{DateTime, Utc};
use futures_util::future::BoxFuture;
use kontor_access::{Feature, Gate};
use kontor_kernel::{Clock, Error, Fault, Result, TenantId};
use kontor_store::{Databases, Meter};
use moka::sync::Cache;

use crate::{
    Period, Plan, Plans, Subscription,
    plan::load_subscription,
    usage::{meter_label, used},
};

/// How long a change may go unnoticed by a process that did not make it.
const KNOWN_FOR: Duration = Duration::from_secs(30);
const COMPANIES_KNOWN: u64 = 50_000;

/// The gate by the companies' plans.
#[derive(Clone)]
pub struct PlanGate {
    databases: Databases,
    clock: Arc<dyn Clock>,
    plans: Cache<(), Arc<Plans>>,
    subscriptions: Cache<TenantId, Arc<Subscription>>,
    used: Cache<(TenantId, Meter, Period), i64>,
}

impl PlanGate {
    pub fn new(databases: Databases, clock: Arc<dyn Clock>) -> Self {
        Self {
            databases,
            clock,
            plans: Cache::builder().max_capacity(1).time_to_live(KNOWN_FOR).build(),
            subscriptions: Cache::builder().max_capacity(COMPANIES_KNOWN).time_to_live(KNOWN_FOR).build(),
            used: Cache::builder().max_capacity(COMPANIES_KNOWN).time_to_live(KNOWN_FOR).build(),
        }
    }

    /// Forgets what it knows of a company, whose plan was changed.
    pub fn invalidate(&self, tenant: TenantId) {
        self.subscriptions.invalidate(&tenant);
        let period = Period::month_of(self.now());
        for meter in Meter::ALL {
            self.used.invalidate(&(tenant, *meter, period));
        }
    }

    pub(crate) fn databases(&self) -> &Databases {
        &self.databases
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Every plan, the smallest first.
    pub async fn plans(&self) -> Result<Arc<Plans>> {
        if let Some(known) = self.plans.get(&()) {
            return Ok(known);
        }
        let plans = Arc::new(Plans::load(&self.databases).await?);
        self.plans.insert((), Arc::clone(&plans));
        Ok(plans)
    }

    /// How a company stands now.
    pub async fn subscription(&self, tenant: TenantId) -> Result<Subscription> {
        let now = self.now();
        if let Some(known) = self.subscriptions.get(&tenant) {
            return Ok(known.at(now));
        }
        let stored = load_subscription(&self.databases, tenant).await?;
        let subscription = Arc::new(Subscription::from_stored(stored));
        self.subscriptions.insert(tenant, Arc::clone(&subscription));
        Ok(subscription.at(now))
    }

    /// The plan a company is on now.
    pub async fn plan(&self, tenant: TenantId) -> Result<Plan> {
        let (plans, subscription) = (self.plans().await?, self.subscription(tenant).await?);
        plans
            .find(&subscription.plan)
            .cloned()
            .ok_or_else(|| Error::internal(format!("there is no plan {}", subscription.plan)))
    }

    async fn admit(&self, tenant: TenantId, feature: Feature, meter: Meter) -> Result<()> {
        let (plans, subscription) = (self.plans().await?, self.subscription(tenant).await?);
        let Some(plan) = plans.find(&subscription.plan) else {
            return Err(Error::internal(format!("there is no plan {}", subscription.plan)));
        };
        if !plan.includes(feature.name()) {
            let part = listed(&plans.including(feature.name()), "is in none of the plans", "is part of");
            let detail = format!("{} is not in the plan {}; it {part}", feature.name(), plan.name);
            return Err(Fault::PlanRequired.error().with_detail(detail));
        }
        let Some(limit) = plan.limits.of(meter) else { return Ok(()) };
        let used = self.used_this_month(tenant, meter).await?;
        if used < limit {
            return Ok(());
        }
        let more = listed(&plans.with_room(meter, used), "no plan has more", "there is room in");
        let detail =
            format!("{}: the {limit} a month of the plan {} are used up; {more}", meter_label(meter), plan.name);
        Err(Fault::PlanRequired.error().with_detail(detail))
    }

    async fn admit_seats(&self, tenant: TenantId, taken: i64) -> Result<()> {
        let (plans, plan) = (self.plans().await?, self.plan(tenant).await?);
        let Some(limit) = plan.limits.seats().filter(|limit| taken > *limit) else { return Ok(()) };
        let more = listed(&plans.with_seats(taken), "no plan has more", "there is room in");
        let detail = format!("Users: the {limit} of the plan {} are taken; {more}", plan.name);
        Err(Fault::PlanRequired.error().with_detail(detail))
    }

    async fn used_this_month(&self, tenant: TenantId, meter: Meter) -> Result<i64> {
        let key = (tenant, meter, Period::month_of(self.now()));
        if let Some(known) = self.used.get(&key) {
            return Ok(known);
        }
        let sum = used(&self.databases, tenant, meter, key.2).await?;
        self.used.insert(key, sum);
        Ok(sum)
    }
}

impl Gate for PlanGate {
    fn check(&self, tenant: TenantId, feature: Feature, meter: Meter) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.admit(tenant, feature, meter))
    }

    fn check_seats(&self, tenant: TenantId, taken: i64) -> BoxFuture<'_, Result<()>> {
        Box::pin(self.admit_seats(tenant, taken))
    }

    fn features(&self, tenant: TenantId) -> BoxFuture<'_, Result<Vec<String>>> {
        Box::pin(async move { Ok(self.plan(tenant).await?.features) })
    }
}

/// `is part of Starter and Growth`.
fn listed(names: &[&str], none: &str, some: &str) -> String {
    match names {
        [] => none.to_owned(),
        [one] => format!("{some} {one}"),
        [first @ .., last] => format!("{some} {} and {last}", first.join(", ")),
    }
}
