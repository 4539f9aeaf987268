//! What a company's administrator sees of all this.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use futures_util::future::BoxFuture;
use kontor_access::{Caller, Company, Permissions};
use kontor_billing::{CallCounter, MeterEvent, endpoints};
use kontor_command::{Registry, Runner};
use kontor_http::{App, Authenticator, GovernorLimiter, Incoming, Limits, Pages, mount};
use kontor_kernel::{Clock, Currency, Error, Fault, Result, TenantId, UserId, new_id};
use kontor_store::Meter;
use kontor_telemetry::Metrics;
use kontor_testing::at;
use poem::{Response, endpoint::BoxEndpoint, http::StatusCode, test::TestClient};

use crate::support::World;

/// Everybody with a token is somebody of the one company; the token is what their role allows.
struct OneCompany(TenantId);

impl Authenticator for OneCompany {
    fn bearer<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Arc<Caller>>> {
        let company = Company {
            tenant: self.0,
            slug: "northwind".to_owned(),
            name: "Northwind".to_owned(),
            currency: Currency::parse("EUR").unwrap(),
            locale: "en".to_owned(),
            time_zone: "Europe/Berlin".parse().unwrap(),
            brand_version: 1,
            brand_color: "#4F46E5".to_owned(),
        };
        let caller = Caller {
            user: UserId::new(),
            login: new_id(),
            session: new_id(),
            name: "Ada".to_owned(),
            email: "ada@northwind.example".to_owned(),
            email_verified: true,
            roles: vec!["owner".to_owned()],
            company: Arc::new(company),
            permissions: Arc::new(Permissions::new(vec![token.to_owned()])),
        };
        Box::pin(async move { Ok(Arc::new(caller)) })
    }

    fn cookie<'a>(&'a self, _cookie: &'a str, _host: &'a str) -> BoxFuture<'a, Result<(Arc<Caller>, String)>> {
        Box::pin(async { Err(Fault::Unauthenticated.error()) })
    }
}

struct NoPages;

impl Pages for NoPages {
    fn error(&self, _error: &Error, _incoming: &Incoming) -> Response {
        StatusCode::IM_A_TEAPOT.into()
    }

    fn log_in(&self, _incoming: &Incoming) -> Response {
        StatusCode::IM_A_TEAPOT.into()
    }
}

fn client(world: &World, tenant: TenantId) -> TestClient<BoxEndpoint<'static>> {
    let clock: Arc<dyn Clock> = Arc::new(world.clock.clone());
    let app = App {
        runner: Runner::new(world.db.databases().clone(), Arc::new(world.gate.clone()), Arc::clone(&clock)),
        registry: Arc::new(Registry::new(Vec::new())),
        authenticator: Arc::new(OneCompany(tenant)),
        limiter: Arc::new(GovernorLimiter::new(Limits::default())),
        usage: Arc::new(CallCounter::new(world.db.databases().clone(), clock)),
        pages: Arc::new(NoPages),
        metrics: Metrics::new().unwrap(),
        trust_forwarded: false,
    };
    let endpoints = endpoints(&app, &world.gate);
    TestClient::new(mount(&app, endpoints))
}

async fn get(client: &TestClient<BoxEndpoint<'static>>, path: &str, token: &str) -> (StatusCode, serde_json::Value) {
    let response = client.get(path).header("authorization", format!("Bearer {token}")).send().await;
    let status = response.0.status();
    let body = response.0.into_body().into_bytes().await.unwrap();
    (status, serde_json::from_slice(&body).unwrap())
}

#[tokio::test]
async fn usage_shows_the_seats_and_every_meter_with_the_plans_limit() {
    let world = World::new().await;
    let company = world.company("starter", None).await;
    world.people(company, &["active", "active", "invited", "deactivated"]).await;
    MeterEvent::new(company, Meter::Write, 12, world.clock.now()).send(world.db.databases()).await.unwrap();
    let (status, body) = get(&client(&world, company), "/api/v1/usage", "company.usage.read").await;
    assert_eq!(status, StatusCode::OK);
    let month = |meter: &str, label: &str, used: i64, limit: i64| {
        serde_json::json!({
            "meter": meter, "label": label, "used": used, "limit": limit,
            "period_start": "2026-03-01T00:00:00Z", "period_end": "2026-04-01T00:00:00Z",
        })
    };
    let expected = serde_json::json!({
        "data": [
            {"meter": "users", "label": "Users", "used": 3, "limit": 5, "period_start": null, "period_end": null},
            month("writes", "Records written", 12, 20_000),
            month("api_calls", "API calls", 0, 200_000),
            month("assistant_tokens", "Assistant tokens", 0, 200_000),
        ],
        "next_cursor": null,
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn the_subscription_says_what_it_includes() {
    let world = World::new().await;
    let company = world.company("growth", Some(at("2026-03-16T09:00:00Z"))).await;
    let (status, body) = get(&client(&world, company), "/api/v1/subscription", "*").await;
    assert_eq!(status, StatusCode::OK);
    let expected = serde_json::json!({
        "plan": "growth", "name": "Growth", "state": "trial", "trial_ends_at": "2026-03-16T09:00:00Z",
        "features": ["core", "partners", "catalog", "inventory", "accounting", "purchasing", "search", "imports", "assistant"],
        "limits": {"api_calls": null, "assistant_tokens": 5_000_000, "users": 25, "writes": null},
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn plans_are_listed_the_smallest_first_with_decimal_prices() {
    let world = World::new().await;
    let company = world.company("free", None).await;
    let (status, body) = get(&client(&world, company), "/api/v1/plans", "company.usage.read").await;
    assert_eq!(status, StatusCode::OK);
    let plans = body.get("data").unwrap().as_array().unwrap();
    let shown: Vec<_> = plans
        .iter()
        .map(|plan| (plan.get("code").unwrap().as_str().unwrap(), plan.get("price_monthly").unwrap()))
        .collect();
    assert_eq!(shown, [("free", &"0".into()), ("starter", &"29".into()), ("growth", &"89".into())]);
}

#[tokio::test]
async fn nobody_sees_it_without_the_permission() {
    let world = World::new().await;
    let company = world.company("growth", None).await;
    let client = client(&world, company);
    for path in ["/api/v1/usage", "/api/v1/subscription", "/api/v1/plans"] {
        let (status, body) = get(&client, path, "purchasing.*").await;
        assert_eq!((status, body.get("code").unwrap().as_str()), (StatusCode::FORBIDDEN, Some("forbidden")), "{path}");
        client.get(path).send().await.assert_status(StatusCode::UNAUTHORIZED);
    }
}
