use std::collections::BTreeMap;

use kontor_kernel::{Result, TenantId};
use kontor_store::{Databases, Meter, sql_error};
use rust_decimal::Decimal;
use serde::Serialize;
use sqlx::types::Json;

/// What plans and the list of what was used call the seats.
pub(crate) const SEATS: &str = "users";

/// How many people may have access, and what may be used in a month, by meter. What is not named has no limit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Limits(pub BTreeMap<String, Option<i64>>);

impl Limits {
    pub fn of(&self, meter: Meter) -> Option<i64> {
        self.0.get(meter.name()).copied().flatten()
    }

    /// People with access and open invitations, at a time.
    pub fn seats(&self) -> Option<i64> {
        self.0.get(SEATS).copied().flatten()
    }
}

/// What a company can subscribe to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    pub code: String,
    pub name: String,
    /// Per month, in `currency`.
    pub price_monthly: Decimal,
    pub currency: String,
    pub features: Vec<String>,
    pub limits: Limits,
}

impl Plan {
    pub fn includes(&self, feature: &str) -> bool {
        self.features.iter().any(|known| known == feature)
    }
}

/// Every plan, the smallest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plans(Vec<Plan>);

/// What a company without another plan is on.
pub(crate) const FREE: &str = "free";

impl Plans {
    pub(crate) async fn load(databases: &Databases) -> Result<Self> {
        type Row = (String, String, Decimal, String, Vec<String>, Json<BTreeMap<String, Option<i64>>>);
        let rows: Vec<Row> = sqlx::query_as(
            "select code, name, price_monthly, currency, features, limits from platform.plans order by position, code",
        )
        .fetch_all(databases.identity())
        .await
        .map_err(sql_error)?;
        let plans = rows.into_iter().map(|(code, name, price_monthly, currency, features, Json(limits))| Plan {
            code,
            name,
            price_monthly,
            currency,
            features,
            limits: Limits(limits),
        });
        Ok(Self(plans.collect()))
    }

    pub fn all(&self) -> &[Plan] {
        &self.0
    }

    pub fn find(&self, code: &str) -> Option<&Plan> {
        self.0.iter().find(|plan| plan.code == code)
    }

    /// The names of the plans that include a feature, for the refusal.
    pub(crate) fn including(&self, feature: &str) -> Vec<&str> {
        self.0.iter().filter(|plan| plan.includes(feature)).map(|plan| plan.name.as_str()).collect()
    }

    /// The names of the plans that leave room where `used` is too much.
    pub(crate) fn with_room(&self, meter: Meter, used: i64) -> Vec<&str> {
        let roomy = |plan: &&Plan| plan.limits.of(meter).is_none_or(|limit| limit > used);
        self.0.iter().filter(roomy).map(|plan| plan.name.as_str()).collect()
    }

    /// The names of the plans that have this many seats.
    pub(crate) fn with_seats(&self, taken: i64) -> Vec<&str> {
        let roomy = |plan: &&Plan| plan.limits.seats().is_none_or(|limit| limit >= taken);
        self.0.iter().filter(roomy).map(|plan| plan.name.as_str()).collect()
    }
}

/// The plan's code, state and end of trial as they are stored.
pub(crate) type StoredSubscription = (String, String, Option<chrono::DateTime<chrono::Utc>>);

pub(crate) async fn load_subscription(databases: &Databases, tenant: TenantId) -> Result<Option<StoredSubscription>> {
    sqlx::query_as("select plan_code, state, trial_ends_at from platform.subscriptions where tenant_id = $1")
        .bind(tenant.0)
        .fetch_optional(databases.identity())
        .await
        .map_err(sql_error)
}
