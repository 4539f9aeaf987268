use chrono::{DateTime, Days, Utc};
use kontor_billing::{MeterUsage, Period, Plan, Subscription, SubscriptionState, USAGE, usage};
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{Locale, Result};
use kontor_store::{Meter as Metered, Origin};
use poem::Response;

use super::Settings;
use crate::{
    pages::display::Display,
    view::{Meter, Tone, UsageView},
};

const URL: &str = "/settings/usage";

pub(super) fn endpoints(settings: &Settings) -> Vec<Endpoint> {
    vec![settings.get(URL, show)]
}

async fn show(settings: Settings, incoming: Incoming) -> Result<Response> {
    let call = incoming.call(Origin::Web)?;
    let runner = &settings.web.app.runner;
    runner.admit(&call, USAGE).await?;
    let (caller, now) = (&call.caller, runner.clock().now());
    let (plan, subscription) =
        (settings.gate.plan(caller.tenant()).await?, settings.gate.subscription(caller.tenant()).await?);
    let plans = settings.gate.plans().await?;
    let period = Period::month_of(now);
    let used = runner
        .read(&call, USAGE, &|tx| {
            let plan = plan.clone();
            Box::pin(async move { usage(tx, period, &plan).await })
        })
        .await?;
    let display = Display::of(caller, settings.web.today(caller));
    let (shell, nav) = settings.frame(&incoming, "Usage", URL).await?;
    let page = UsageView {
        shell,
        nav,
        plan_text: plan_text(&plan, &subscription, now, &display),
        period: month(period, display.locale),
        meters: used.iter().map(|usage| meter(usage, display.locale)).collect(),
        features: features(&plan, plans.all()),
        plan: plan.name,
    };
    settings.web.page(&incoming, 200, &page)
}

/// `Trial until 4 Dec 2026, 14 days left`, or what it costs.
fn plan_text(plan: &Plan, subscription: &Subscription, now: DateTime<Utc>, display: &Display) -> String {
    let ends = subscription.trial_ends_at.filter(|_| subscription.state == SubscriptionState::Trial);
    if let Some(ends) = ends {
        let until = display.locale.date(ends.with_timezone(&display.zone).date_naive());
        let left = (ends - now).num_hours().max(0).unsigned_abs().div_ceil(24);
        return format!("Trial until {until}, {left} {} left", if left == 1 { "day" } else { "days" });
    }
    if plan.price_monthly.is_zero() {
        return "Free of charge".to_owned();
    }
    format!("{} a month", display.locale.money(plan.price_monthly, &plan.currency))
}

/// `1–30 Nov 2026`.
fn month(period: Period, locale: Locale) -> String {
    let last = period.end.date_naive().checked_sub_days(Days::new(1)).unwrap_or(period.end.date_naive());
    let first = if locale == Locale::De { "1." } else { "1" };
    format!("{first}–{}", locale.date(last))
}

fn meter(usage: &MeterUsage, locale: Locale) -> Meter {
    let text = match usage.limit {
        Some(_) if usage.is_seats() => {
            "People with access and open invitations. At the limit nobody more can be invited."
        }
        None if usage.is_seats() => "People with access and open invitations. Not limited in this plan.",
        None => "Not limited in this plan.",
        Some(0) => "Not part of this plan.",
        Some(_) if usage.meter == Metered::Write.name() => {
            "At the limit nothing more can be written until the month ends; reading and exporting go on."
        }
        Some(_) => "At the limit they are refused until the month ends.",
    };
    let count = |number: i64| locale.count(number.max(0).unsigned_abs());
    let percent = usage.limit.map_or(0, |limit| percent(usage.used, limit));
    Meter {
        label: usage.label.to_owned(),
        used: count(usage.used),
        limit: usage.limit.map(count),
        percent,
        tone: match (usage.limit, percent) {
            (None, _) => Tone::Neutral,
            (Some(_), 100..) => Tone::Danger,
            (Some(_), 80..) => Tone::Warning,
            (Some(_), _) => Tone::Neutral,
        },
        text: text.to_owned(),
    }
}

/// How much of a limit is used, from 0 to 100; what is not allowed at all is not used up.
fn percent(used: i64, limit: i64) -> u8 {
    if limit <= 0 {
        return 0;
    }
    u8::try_from(used.max(0).saturating_mul(100) / limit).unwrap_or(100).min(100)
}

/// Everything that some plan includes, and whether this one does.
fn features(plan: &Plan, plans: &[Plan]) -> Vec<(String, bool)> {
    let mut names: Vec<&str> = Vec::new();
    for name in plans.iter().flat_map(|plan| &plan.features) {
        // What every company has is not worth a line.
        if name != "core" && !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names.into_iter().map(|name| (titled(name), plan.includes(name))).collect()
}

fn titled(name: &str) -> String {
    let name = name.replace(['_', '-'], " ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_month_is_told_from_its_first_to_its_last_day() {
        let period = Period::month_of("2026-11-20T12:00:00Z".parse().unwrap());
        assert_eq!(month(period, Locale::En), "1–30 Nov 2026");
        assert_eq!(month(period, Locale::De), "1.–30.11.2026");
    }

    #[test]
    fn a_meter_warns_before_its_limit() {
        let of = |used, limit| {
            let label = "Records written";
            let usage = MeterUsage { meter: "writes", label, used, limit, period_start: None, period_end: None };
            let meter = meter(&usage, Locale::En);
            (meter.percent, meter.tone)
        };
        assert_eq!(of(79, Some(100)), (79, Tone::Neutral));
        assert_eq!(of(80, Some(100)), (80, Tone::Warning));
        assert_eq!(of(100, Some(100)), (100, Tone::Danger));
        assert_eq!(of(i64::MAX, Some(1)), (100, Tone::Danger));
        assert_eq!(of(5_000, None), (0, Tone::Neutral));
        assert_eq!(of(0, Some(0)), (0, Tone::Neutral));
    }
}
