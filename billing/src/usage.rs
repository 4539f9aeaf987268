use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, Utc};
use kontor_access::seats_taken;
use kontor_kernel::{Result, TenantId};
use kontor_store::{Databases, Meter, Tx, sql_error};
use serde::Serialize;

use crate::{Plan, plan::SEATS};

/// A calendar month in UTC, the same for every company: its limits begin anew on the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    pub start: DateTime<Utc>,
    /// The first moment that is not in it.
    pub end: DateTime<Utc>,
}

impl Period {
    pub fn month_of(time: DateTime<Utc>) -> Self {
        let today = time.date_naive();
        let first = today.with_day(1).unwrap_or(today);
        let next = first.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
        Self { start: first.and_time(NaiveTime::MIN).and_utc(), end: next.and_time(NaiveTime::MIN).and_utc() }
    }
}

/// What was used of one meter, or how many seats are taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeterUsage {
    pub meter: &'static str,
    pub label: &'static str,
    pub used: i64,
    /// Null: as much as you like.
    pub limit: Option<i64>,
    /// Null for seats, which are taken as long as somebody has them.
    pub period_start: Option<DateTime<Utc>>,
    pub period_end: Option<DateTime<Utc>>,
}

impl MeterUsage {
    /// Whether it counts people and not what they do.
    pub fn is_seats(&self) -> bool {
        self.meter == SEATS
    }
}

/// What people call a meter.
pub const fn meter_label(meter: Meter) -> &'static str {
    match meter {
        Meter::Free => "Free of charge",
        Meter::Write => "Records written",
        Meter::ApiCall => "API calls",
        Meter::AssistantToken => "Assistant tokens",
    }
}

/// The seats that are taken, then the sum of the company's raw events, meter by meter; each beside the plan's limit.
pub async fn usage(tx: &mut Tx, period: Period, plan: &Plan) -> Result<Vec<MeterUsage>> {
    let tenant = tx.tenant();
    let sums: Vec<(String, i64)> = sqlx::query_as(
        "select meter, sum(quantity)::int8 from meter_events where tenant_id = $1 and at >= $2 and at < $3 group by meter",
    )
    .bind(tenant)
    .bind(period.start)
    .bind(period.end)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let sum_of = |meter: &Meter| sums.iter().find(|(name, _)| name == meter.name()).map_or(0, |(_, sum)| *sum);
    let seats = MeterUsage {
        meter: SEATS,
        label: "Users",
        used: seats_taken(tx).await?.all(),
        limit: plan.limits.seats(),
        period_start: None,
        period_end: None,
    };
    let of = |meter: &Meter| MeterUsage {
        meter: meter.name(),
        label: meter_label(*meter),
        used: sum_of(meter),
        limit: plan.limits.of(*meter),
        period_start: Some(period.start),
        period_end: Some(period.end),
    };
    Ok(std::iter::once(seats).chain(Meter::ALL.iter().map(of)).collect())
}

/// The sum of one meter, for the gate, which has no transaction of the company.
pub(crate) async fn used(databases: &Databases, tenant: TenantId, meter: Meter, period: Period) -> Result<i64> {
    sqlx::query_scalar(
        "select coalesce(sum(quantity), 0)::int8 from meter_events
         where tenant_id = $1 and at >= $2 and at < $3 and meter = $4",
    )
    .bind(tenant.0)
    .bind(period.start)
    .bind(period.end)
    .bind(meter.name())
    .fetch_one(databases.reader())
    .await
    .map_err(sql_error)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_month_ends_where_the_next_begins() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let december = Period::month_of(at("2025-12-31T23:59:59.999Z"));
        assert_eq!((december.start, december.end), (at("2025-12-01T00:00:00Z"), at("2026-01-01T00:00:00Z")));
        assert_eq!(Period::month_of(at("2026-01-01T00:00:00Z")).start, december.end);
        assert_eq!(Period::month_of(at("2028-02-29T12:00:00Z")).end, at("2028-03-01T00:00:00Z"));
    }
}
