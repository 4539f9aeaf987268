//! `GET /api/v1/search` as programs call it.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use kontor_access::{Caller, Company, Feature, Gate, Permissions};
use kontor_command::{RecordFinder, Runner};
use kontor_http::{App, Authenticator, GovernorLimiter, Incoming, Limits, Pages, UsageMeter, mount};
use kontor_kernel::{Currency, Error, Fault, Result, SystemClock, TenantId, UserId};
use kontor_search::{Indexer, search_endpoints};
use kontor_store::Meter;
use poem::{Response, endpoint::BoxEndpoint, test::TestClient};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::house::House;

/// A plan of certain features.
struct Plan(&'static [&'static str]);

impl Gate for Plan {
    fn check(&self, _: TenantId, feature: Feature, _: Meter) -> BoxFuture<'_, Result<()>> {
        Box::pin(
            async move { if self.0.contains(&feature.name()) { Ok(()) } else { Err(Fault::PlanRequired.error()) } },
        )
    }

    fn check_seats(&self, _: TenantId, _: i64) -> BoxFuture<'_, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn features(&self, _: TenantId) -> BoxFuture<'_, Result<Vec<String>>> {
        Box::pin(async move { Ok(self.0.iter().map(|name| (*name).to_owned()).collect()) })
    }
}

/// Knows one caller, whose token is their permissions.
struct Door(TenantId);

impl Door {
    fn caller(&self, permissions: &str) -> Arc<Caller> {
        Arc::new(Caller {
            user: UserId::new(),
            login: Uuid::nil(),
            session: Uuid::nil(),
            name: "Nancy".to_owned(),
            email: "nancy@northwind.example".to_owned(),
            email_verified: true,
            roles: Vec::new(),
            company: Arc::new(Company {
                tenant: self.0,
                slug: "northwind".to_owned(),
                name: "Northwind".to_owned(),
                currency: Currency::parse("USD").unwrap(),
                locale: "en".to_owned(),
                time_zone: chrono_tz::UTC,
                brand_version: 1,
                brand_color: "#336699".to_owned(),
            }),
            permissions: Arc::new(Permissions::new(permissions.split(',').map(str::to_owned).collect())),
        })
    }
}

impl Authenticator for Door {
    fn bearer<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Arc<Caller>>> {
        Box::pin(async move { Ok(self.caller(token)) })
    }

    fn cookie<'a>(&'a self, _: &'a str, _: &'a str) -> BoxFuture<'a, Result<(Arc<Caller>, String)>> {
        Box::pin(async { Err(Fault::Unauthenticated.error()) })
    }
}

struct Plain;

impl UsageMeter for Plain {
    fn api_call(&self, _: TenantId) {}
}

impl Pages for Plain {
    fn error(&self, _: &Error, _: &Incoming) -> Response {
        Response::default()
    }

    fn log_in(&self, _: &Incoming) -> Response {
        Response::default()
    }
}

async fn house() -> (House, Indexer) {
    let house = House::new().await;
    let id = house.supplier("Exotic Liquids").await;
    house.sql("update partners set is_customer = true, city = 'London', country = 'GB' where id = $1", id).await;
    let indexer = house.indexer().await;
    (house, indexer)
}

fn client(house: &House, indexer: &Indexer, plan: &'static [&'static str]) -> TestClient<BoxEndpoint<'static>> {
    let app = App {
        runner: Runner::new(house.db.databases().clone(), Arc::new(Plan(plan)), Arc::new(SystemClock)),
        registry: Arc::clone(&house.registry),
        authenticator: Arc::new(Door(house.tenant)),
        limiter: Arc::new(GovernorLimiter::new(Limits::default())),
        usage: Arc::new(Plain),
        pages: Arc::new(Plain),
        metrics: house.metrics.clone(),
        trust_forwarded: false,
    };
    let finder: Arc<dyn RecordFinder> = Arc::new(indexer.search());
    TestClient::new(mount(&app, search_endpoints(&app, finder)))
}

async fn ask(client: &TestClient<BoxEndpoint<'static>>, permissions: &str, query: &str) -> (u16, Value) {
    let answer = client
        .get(format!("/api/v1/search?{query}"))
        .header("authorization", format!("Bearer {permissions}"))
        .send()
        .await;
    let status = answer.0.status().as_u16();
    let body = answer.0.into_body().into_string().await.unwrap();
    (status, serde_json::from_str(&body).unwrap())
}

fn kinds(answer: &Value) -> Vec<&str> {
    let mut kinds: Vec<_> =
        answer["data"].as_array().unwrap().iter().map(|hit| hit["type"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    kinds
}

#[tokio::test]
async fn an_answer_says_what_was_found_and_where_it_is() {
    let (house, indexer) = house().await;
    let client = client(&house, &indexer, &["partners"]);
    let (status, answer) = ask(&client, "*", "q=exotic+liq&type=suppliers").await;
    assert_eq!(status, 200);
    let hit = &answer["data"][0];
    let id = hit["id"].as_str().unwrap();
    assert_eq!(hit["type"], "suppliers");
    assert_eq!(hit["title"], "Exotic Liquids");
    assert_eq!(hit["subtitle"], "Supplier · London, United Kingdom");
    assert_eq!(hit["url"], format!("/purchasing/suppliers/{id}"));
    assert!(hit["score"].as_i64().unwrap() > 0);
    assert_eq!(ask(&client, "*", "q=nothing+of+the+kind").await, (200, json!({ "data": [] })));
}

#[tokio::test]
async fn only_what_roles_and_plan_allow_is_found() {
    let (house, indexer) = house().await;
    let open = client(&house, &indexer, &["partners"]);
    assert_eq!(kinds(&ask(&open, "*.read", "q=exotic").await.1), ["customers", "suppliers"]);
    assert_eq!(kinds(&ask(&open, "partners.customer.read", "q=exotic").await.1), ["customers"]);
    assert!(kinds(&ask(&open, "partners.supplier.create", "q=exotic").await.1).is_empty());
    assert_eq!(ask(&open, "partners.customer.read", "q=exotic&type=suppliers").await.0, 403);
    let small = client(&house, &indexer, &["catalog"]);
    assert!(kinds(&ask(&small, "*", "q=exotic").await.1).is_empty());
    assert_eq!(ask(&small, "*", "q=exotic&type=suppliers").await.0, 402);
}

#[tokio::test]
async fn a_question_that_cannot_be_asked_is_refused_by_field() {
    let (house, indexer) = house().await;
    let client = client(&house, &indexer, &["partners"]);
    let long = format!("q={}", "a".repeat(201));
    for (query, field) in [
        ("", "q"),
        ("q=", "q"),
        ("q=+", "q"),
        (long.as_str(), "q"),
        ("q=a%00b", "q"),
        ("q=a&type=ghosts", "type"),
        ("q=a&type=", "type"),
        ("q=a&limit=0", "limit"),
        ("q=a&limit=51", "limit"),
        ("q=a&limit=x", "limit"),
        ("q=a&color=red", "color"),
    ] {
        let (status, problem) = ask(&client, "*", query).await;
        assert_eq!(status, 422, "{query}");
        assert!(problem.to_string().contains(&format!("\"{field}\"")), "{query}: {problem}");
    }
}
