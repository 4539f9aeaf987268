//! What a company's administrator sees: usage, subscription, plans.

use chrono::{DateTime, Utc};
use kontor_access::{Feature, Permission};
use kontor_command::{Need, Operation};
use kontor_entity::{FieldMeta, Kind};
use kontor_http::{App, Endpoint, Incoming, Schema, json_response};
use kontor_kernel::{Amount, Error, Result};
use kontor_store::{Meter, Origin};
use poem::{Response, http::Method};
use serde::Serialize;

use crate::{Limits, Period, Plan, PlanGate, SubscriptionState, usage};

/// Looking at what the company used and what it pays for.
pub const USAGE_READ: Permission = Permission::new("company.usage.read");

/// The same for the runner.
pub const USAGE: Operation = Operation {
    name: USAGE_READ.name(),
    feature: Feature::new("core"),
    need: Need::Permission(USAGE_READ),
    meter: Meter::Free,
};

/// `GET /usage`, `/subscription`, `/plans`.
pub fn endpoints(app: &App, gate: &PlanGate) -> Vec<Endpoint> {
    vec![usage_list(app, gate), subscription_read(app, gate), plan_list(app, gate)]
}

fn usage_list(app: &App, gate: &PlanGate) -> Endpoint {
    let (app, gate) = (app.clone(), gate.clone());
    let handler = move |incoming: Incoming| {
        let (app, gate) = (app.clone(), gate.clone());
        async move {
            let call = incoming.call(Origin::Api)?;
            app.runner.admit(&call, USAGE).await?;
            let plan = gate.plan(call.caller.tenant()).await?;
            let period = Period::month_of(app.runner.clock().now());
            let meters = app
                .runner
                .read(&call, USAGE, &|tx| {
                    let plan = plan.clone();
                    Box::pin(async move { usage(tx, period, &plan).await })
                })
                .await?;
            listed(&meters)
        }
    };
    Endpoint::api(Method::GET, "/api/v1/usage", "list_usage", handler)
        .summary("The seats that are taken and what the company used this month, by meter")
        .tag("Subscription")
        .answer(200, "The seats, then one entry per meter", Schema::PageOf("usage", USAGE_FIELDS))
}

fn subscription_read(app: &App, gate: &PlanGate) -> Endpoint {
    let (app, gate) = (app.clone(), gate.clone());
    let handler = move |incoming: Incoming| {
        let (app, gate) = (app.clone(), gate.clone());
        async move {
            let call = incoming.call(Origin::Api)?;
            app.runner.admit(&call, USAGE).await?;
            let tenant = call.caller.tenant();
            let (subscription, plan) = (gate.subscription(tenant).await?, gate.plan(tenant).await?);
            let shown = ShownSubscription {
                plan: &plan.code,
                name: &plan.name,
                state: subscription.state,
                trial_ends_at: subscription.trial_ends_at,
                features: &plan.features,
                limits: &plan.limits,
            };
            Ok(json_response(200, serde_json::to_string(&shown).map_err(Error::internal)?))
        }
    };
    Endpoint::api(Method::GET, "/api/v1/subscription", "get_subscription", handler)
        .summary("The company's plan and what it includes")
        .tag("Subscription")
        .answer(200, "The subscription", Schema::Shape("subscription", SUBSCRIPTION_FIELDS))
}

fn plan_list(app: &App, gate: &PlanGate) -> Endpoint {
    let (app, gate) = (app.clone(), gate.clone());
    let handler = move |incoming: Incoming| {
        let (app, gate) = (app.clone(), gate.clone());
        async move {
            let call = incoming.call(Origin::Api)?;
            app.runner.admit(&call, USAGE).await?;
            let plans = gate.plans().await?;
            listed::<Plan>(plans.all())
        }
    };
    Endpoint::api(Method::GET, "/api/v1/plans", "list_plans", handler)
        .summary("The plans there are, the smallest first")
        .tag("Subscription")
        .answer(200, "The plans", Schema::PageOf("plan", PLAN_FIELDS))
}

#[derive(Serialize)]
struct ShownSubscription<'a> {
    plan: &'a str,
    name: &'a str,
    state: SubscriptionState,
    trial_ends_at: Option<DateTime<Utc>>,
    features: &'a [String],
    limits: &'a Limits,
}

/// A list that always fits one page.
#[derive(Serialize)]
struct Page<'a, T> {
    data: &'a [T],
    next_cursor: Option<&'a str>,
}

fn listed<T: Serialize>(data: &[T]) -> Result<Response> {
    let page = Page { data, next_cursor: None };
    Ok(json_response(200, serde_json::to_string(&page).map_err(Error::internal)?))
}

const USAGE_FIELDS: &[FieldMeta] = &[
    FieldMeta::of::<String>("meter", "Its name: users, writes, api_calls, assistant_tokens"),
    FieldMeta::of::<String>("label", "What people call it"),
    FieldMeta::of::<i32>("used", "Used since the month began; of users, how many seats are taken now"),
    FieldMeta::of::<Option<i32>>("limit", "What the plan includes, a month or at a time; null is no limit"),
    FieldMeta::of::<Option<DateTime<Utc>>>("period_start", "The first moment of the month, in UTC; null for users"),
    FieldMeta::of::<Option<DateTime<Utc>>>("period_end", "The first moment of the next month; null for users"),
];

const LIMIT_FIELDS: &[FieldMeta] = &[
    FieldMeta::of::<Option<i32>>("users", "People with access and open invitations at a time; null is no limit"),
    FieldMeta::of::<Option<i32>>("writes", "Records written a month; null is no limit"),
    FieldMeta::of::<Option<i32>>("api_calls", "API calls a month; null is no limit"),
    FieldMeta::of::<Option<i32>>("assistant_tokens", "Assistant tokens a month; null is no limit"),
];

const LIMITS: FieldMeta =
    FieldMeta { kind: Kind::Object(|| LIMIT_FIELDS), ..FieldMeta::of::<String>("limits", "What may be used a month") };

const SUBSCRIPTION_FIELDS: &[FieldMeta] = &[
    FieldMeta::of::<String>("plan", "The plan's code"),
    FieldMeta::of::<String>("name", "The plan's name"),
    FieldMeta::of::<String>("state", "trial, active or ended"),
    FieldMeta::of::<Option<DateTime<Utc>>>("trial_ends_at", "When the trial ends or ended"),
    FieldMeta::of::<Vec<String>>("features", "The parts of the product it includes"),
    LIMITS,
];

const PLAN_FIELDS: &[FieldMeta] = &[
    FieldMeta::of::<String>("code", "Unique, in lower case"),
    FieldMeta::of::<String>("name", "What people call it"),
    FieldMeta::of::<Amount>("price_monthly", "Price of a month"),
    FieldMeta::of::<String>("currency", "Of the price"),
    FieldMeta::of::<Vec<String>>("features", "The parts of the product it includes"),
    LIMITS,
];
