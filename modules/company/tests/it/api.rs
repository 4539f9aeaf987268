//! The calls as outsiders make them, from sign-up to log-out.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::sync::Arc;

use kontor_company::endpoints;
use kontor_http::{
    App, Endpoint, GovernorLimiter, Incoming, Limits, Pages, UsageMeter, api_document, entity_endpoints,
    identity_endpoints, mount,
};
use kontor_kernel::{Error, TenantId};
use kontor_telemetry::Metrics;
use poem::{
    Response,
    endpoint::BoxEndpoint,
    http::StatusCode,
    test::{TestClient, TestResponse},
};
use serde_json::{Value, json};

use crate::house::House;

struct Nothing;

impl UsageMeter for Nothing {
    fn api_call(&self, _: TenantId) {}
}

impl Pages for Nothing {
    fn error(&self, error: &Error, _: &Incoming) -> Response {
        Response::builder().status(StatusCode::from_u16(error.kind().status()).unwrap()).finish()
    }

    fn log_in(&self, _: &Incoming) -> Response {
        Response::builder().status(StatusCode::UNAUTHORIZED).finish()
    }
}

fn client(house: &House) -> (TestClient<BoxEndpoint<'static>>, Vec<Endpoint>) {
    let app = App {
        runner: house.runner.clone(),
        registry: Arc::new(house.registry.clone()),
        authenticator: Arc::new(house.identity.clone()),
        limiter: Arc::new(GovernorLimiter::new(Limits::default())),
        usage: Arc::new(Nothing),
        pages: Arc::new(Nothing),
        metrics: Metrics::new().unwrap(),
        trust_forwarded: false,
    };
    let mut all = entity_endpoints(&app);
    all.extend(identity_endpoints(&app, &house.identity));
    all.extend(endpoints(&app));
    (TestClient::new(mount(&app, all.clone())), all)
}

async fn body(response: TestResponse, status: u16) -> Value {
    let got = response.0.status().as_u16();
    let text = response.0.into_body().into_string().await.unwrap();
    assert_eq!(got, status, "{text}");
    if text.is_empty() {
        Value::Null
    } else {
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("no JSON: {text}"))
    }
}

async fn post(client: &TestClient<BoxEndpoint<'static>>, path: &str, token: &str, sent: Value, status: u16) -> Value {
    let request = client.post(format!("/api/v1{path}")).header("authorization", format!("Bearer {token}"));
    body(request.content_type("application/json").body(sent.to_string()).send().await, status).await
}

async fn get(client: &TestClient<BoxEndpoint<'static>>, path: &str, token: &str, status: u16) -> Value {
    let request = client.get(format!("/api/v1{path}")).header("authorization", format!("Bearer {token}"));
    body(request.send().await, status).await
}

fn sign_up() -> Value {
    json!({
        "company": "Tradewinds", "slug": "tradewinds", "country": "de", "currency": "EUR", "name": "Janet Leverling",
        "email": "janet@tradewinds.example", "password": "twelve crates of Chang"
    })
}

#[tokio::test]
async fn from_sign_up_to_log_out() {
    let house = House::new().await;
    let (client, _) = client(&house);
    let entered = post(&client, "/sign-up", "", sign_up(), 201).await;
    assert_eq!((&entered["tenant"]["slug"], &entered["expires_in"]), (&json!("tradewinds"), &json!(900)));
    let taken = post(&client, "/sign-up", "", json!({ "slug": "www", "colour": "red" }), 422).await;
    assert_eq!(taken["code"], "invalid_fields");

    let credentials = json!({ "email": "janet@tradewinds.example", "password": "twelve crates of Chang" });
    let entered = post(&client, "/auth/login", "", credentials, 200).await;
    let wrong = json!({ "email": "janet@tradewinds.example", "password": "wrong" });
    assert_eq!(post(&client, "/auth/login", "", wrong, 401).await["code"], "invalid_credentials");
    let token = entered["access_token"].as_str().unwrap();
    let me = get(&client, "/me", token, 200).await;
    assert_eq!((&me["user"]["name"], &me["roles"]), (&json!("Janet Leverling"), &json!(["owner"])));
    assert_eq!((&me["plan"]["code"], &me["email_verified"]), (&json!("growth"), &json!(false)));
    assert_eq!(get(&client, "/auth/companies", token, 200).await["data"][0]["current"], true);
    assert_eq!(get(&client, "/me", "forged", 401).await["code"], "unauthenticated");

    let refresh = json!({ "refresh_token": entered["refresh_token"] });
    let next = post(&client, "/auth/refresh", "", refresh.clone(), 200).await;
    let next_token = next["access_token"].as_str().unwrap();
    get(&client, "/me", next_token, 200).await;
    post(&client, "/auth/logout", next_token, json!({}), 204).await;
    assert_eq!(get(&client, "/me", next_token, 401).await["code"], "session_expired");
    post(&client, "/auth/refresh", "", refresh, 401).await;
    post(&client, "/auth/logout", "", json!({}), 401).await;
    for unknown in ["nobody@tradewinds.example", "janet@tradewinds.example"] {
        assert_eq!(post(&client, "/auth/password-resets", "", json!({ "email": unknown }), 202).await, Value::Null);
    }
}

#[tokio::test]
async fn users_roles_and_the_company_are_kept_through_the_api() {
    let house = House::new().await;
    let (client, _) = client(&house);
    let token = &house.nancy.tokens().unwrap().access_token;
    let invitation = json!({ "name": "Andrew Fuller", "email": "Andrew@Northwind.example", "roles": ["manager"] });
    let user = post(&client, "/users", token, invitation, 201).await;
    assert_eq!((&user["state"], &user["email"]), (&json!("invited"), &json!("andrew@northwind.example")));
    let page = get(&client, "/users?sort=email&filter[state]=invited", token, 200).await;
    assert_eq!(page["data"][0]["roles"], json!(["manager"]));
    let path = format!("/users/{}/set-roles", user["id"].as_str().unwrap());
    assert_eq!(post(&client, &path, token, json!({ "roles": ["viewer"] }), 200).await["version"], 2);
    post(&client, &path, token, json!({ "roles": ["nobody"] }), 422).await;

    let company = get(&client, "/companies", token, 200).await["data"][0].clone();
    let own = format!("/api/v1/companies/{}", company["id"].as_str().unwrap());
    let patch = |path: String, sent: Value| {
        client
            .patch(path)
            .header("authorization", format!("Bearer {token}"))
            .content_type("application/json")
            .body(sent.to_string())
    };
    let changed = body(patch(own.clone(), json!({ "city": "London" })).send().await, 200).await;
    assert_eq!(changed["city"], "London");
    let branded = body(patch(format!("{own}/branding"), json!({ "color": "#F5A300" })).send().await, 200).await;
    assert_eq!(branded["brand_color"], "#F5A300");
    let foreign = format!("/api/v1/companies/{}", kontor_kernel::new_id());
    body(patch(foreign, json!({ "city": "London" })).send().await, 404).await;
    let logo = |bytes: &'static [u8]| {
        client
            .put(format!("{own}/logo"))
            .header("authorization", format!("Bearer {token}"))
            .content_type("image/png")
            .body(bytes)
    };
    body(logo(b"\x89PNG\r\n\x1a\n").send().await, 200).await;
    body(logo(b"GIF89a").send().await, 422).await;
}

#[tokio::test]
async fn every_call_stands_in_the_document_once() {
    let house = House::new().await;
    let (_, endpoints) = client(&house);
    let document: Value = serde_json::from_str(&api_document(&endpoints)).unwrap();
    let mut operations: Vec<&str> = endpoints.iter().map(|endpoint| endpoint.operation.as_str()).collect();
    operations.sort_unstable();
    let count = operations.len();
    operations.dedup();
    assert_eq!(operations.len(), count);
    for endpoint in &endpoints {
        let method = endpoint.method.as_str().to_lowercase();
        let operation = &document["paths"][&endpoint.path][&method];
        assert_eq!(operation["operationId"], endpoint.operation.as_str(), "{method} {}", endpoint.path);
    }
}
