//! The calls as outsiders make them.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use kontor_access::Caller;
use kontor_http::{App, Authenticator, GovernorLimiter, Incoming, Limits, Pages, UsageMeter, entity_endpoints, mount};
use kontor_kernel::{Error, Fault, Result, TenantId};
use kontor_telemetry::Metrics;
use kontor_transfer::transfer_endpoints;
use poem::{
    Response,
    endpoint::BoxEndpoint,
    http::{StatusCode, header},
    test::{TestClient, TestForm, TestFormField},
};
use serde_json::{Value, json};

use crate::world::{Firm, World, northwind};

/// One token, one person.
struct OneToken(Arc<Caller>);

impl Authenticator for OneToken {
    fn bearer<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Arc<Caller>>> {
        let known = (token == "token").then(|| Arc::clone(&self.0));
        Box::pin(async move { known.ok_or_else(|| Fault::Unauthenticated.error()) })
    }

    fn cookie<'a>(&'a self, _: &'a str, _: &'a str) -> BoxFuture<'a, Result<(Arc<Caller>, String)>> {
        Box::pin(async { Err(Fault::Unauthenticated.error()) })
    }
}

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

fn client(firm: &Firm<'_>) -> TestClient<BoxEndpoint<'static>> {
    let app = App {
        runner: firm.world.runner.clone(),
        registry: Arc::clone(&firm.world.registry),
        authenticator: Arc::new(OneToken(Arc::clone(&firm.call.caller))),
        limiter: Arc::new(GovernorLimiter::new(Limits::default())),
        usage: Arc::new(Nothing),
        pages: Arc::new(Nothing),
        metrics: Metrics::new().unwrap(),
        trust_forwarded: false,
    };
    let mut endpoints = entity_endpoints(&app);
    endpoints.extend(transfer_endpoints(&app, &firm.world.imports));
    TestClient::new(mount(&app, endpoints)).default_header("authorization", "Bearer token")
}

fn file(content: impl Into<Vec<u8>>) -> TestFormField {
    TestFormField::bytes(content).name("file").filename("C:\\data\\suppliers.csv")
}

async fn body(response: poem::test::TestResponse) -> Value {
    let text = response.0.into_body().into_string().await.unwrap();
    serde_json::from_str(&text).unwrap_or_else(|_| panic!("no JSON: {text}"))
}

#[tokio::test]
async fn a_file_is_imported_looked_at_and_listed() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let client = client(&firm);
    let form = TestForm::new().text("entity", "suppliers").field(file(northwind("suppliers.csv")));
    let response = client.post("/api/v1/imports").multipart(form).send().await;
    response.assert_status(StatusCode::CREATED);
    let location = response.0.headers().get(header::LOCATION).unwrap().to_str().unwrap().to_owned();
    let import = body(response).await;
    assert_eq!(location, format!("/api/v1/imports/{}", import["id"].as_str().unwrap()));
    for (field, value) in [
        ("state", json!("done")),
        ("rows", json!(29)),
        ("processed", json!(29)),
        ("created", json!(29)),
        ("updated", json!(0)),
        ("unchanged", json!(0)),
        ("errors", json!([])),
        ("notices", json!([])),
        ("entity", json!("suppliers")),
        ("file_name", json!("suppliers.csv")),
        ("dry_run", json!(false)),
    ] {
        assert_eq!(import[field], value, "{field}");
    }
    let first = &import["columns"][0];
    assert_eq!((&first["column"], &first["field"]), (&json!("supplierID"), &json!("code")));
    assert!(first["confidence"].is_string() && first["samples"].is_array(), "{first}");
    let response = client.get(location).send().await;
    response.assert_status_is_ok();
    assert_eq!(body(response).await, import);
    let page = body(client.get("/api/v1/imports").query("limit", &1).send().await).await;
    assert_eq!((&page["data"][0]["id"], &page["next_cursor"]), (&import["id"], &Value::Null));
    assert_eq!(page["data"][0].get("errors"), None);
}

#[tokio::test]
async fn forms_that_do_not_fit_are_refused_with_every_violation() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let client = client(&firm);
    let form = TestForm::new().text("entety", "suppliers").text("mapping", "[1]").text("dry_run", "perhaps");
    let response = client.post("/api/v1/imports").multipart(form).send().await;
    response.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    let problem = body(response).await;
    let told: Vec<String> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| format!("{} {}", error["field"].as_str().unwrap(), error["code"].as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        ["entety unknown_field", "mapping wrong_type", "dry_run wrong_type", "entity required", "file required"]
    );
    let json = client.post("/api/v1/imports").content_type("application/json").body("{}").send().await;
    json.assert_status(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let cut =
        client.post("/api/v1/imports").content_type("multipart/form-data; boundary=x").body("--x\r\nCont").send().await;
    cut.assert_status(StatusCode::BAD_REQUEST);
    let large =
        client.post("/api/v1/imports").content_type("multipart/form-data; boundary=x").body(vec![b'a'; 21 << 20]);
    large.send().await.assert_status(StatusCode::PAYLOAD_TOO_LARGE);
    for (query, field) in [(("limit", "0"), "limit"), (("cursor", "x"), "cursor"), (("state", "done"), "state")] {
        let response = client.get("/api/v1/imports").query(query.0, &query.1).send().await;
        response.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(body(response).await["errors"][0]["field"], field);
    }
    client
        .get(format!("/api/v1/imports/{}", kontor_kernel::new_id()))
        .send()
        .await
        .assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_list_is_exported_with_its_filters_and_order() {
    let world = World::new().await;
    let firm = world.northwind().await;
    firm.import_file("suppliers", "suppliers.csv").await;
    let client = client(&firm);
    let response = client
        .get("/api/v1/suppliers/export")
        .query("filter[country]", &"GB")
        .query("sort", &"-name")
        .query("format", &"csv")
        .send()
        .await;
    response.assert_status_is_ok();
    response.assert_header("content-type", "text/csv; charset=utf-8");
    response.assert_header("content-disposition", "attachment; filename=\"suppliers-2026-11-20.csv\"");
    let text = response.0.into_body().into_string().await.unwrap();
    let sheet = kontor_exchange::read(text.as_bytes(), kontor_exchange::Limits::default()).unwrap();
    let names: Vec<_> = sheet.rows.iter().map(|row| row.get(1).unwrap()).collect();
    assert_eq!(names, ["Specialty Biscuits, Ltd.", "Exotic Liquids"]);
    let response = client.get("/api/v1/suppliers/export").query("format", &"xlsx").send().await;
    response.assert_header("content-type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assert!(response.0.into_body().into_bytes().await.unwrap().starts_with(b"PK"));
    for query in [("format", "pdf"), ("sort", "fax"), ("filter[note]", "x"), ("colour", "red")] {
        let response = client.get("/api/v1/suppliers/export").query(query.0, &query.1).send().await;
        response.assert_status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    // The address of an export is no record's.
    client
        .get(format!("/api/v1/suppliers/{}", kontor_kernel::new_id()))
        .send()
        .await
        .assert_status(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_document_tells_of_imports_and_exports() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let app_endpoints = {
        let app = App {
            runner: world.runner.clone(),
            registry: Arc::clone(&world.registry),
            authenticator: Arc::new(OneToken(Arc::clone(&firm.call.caller))),
            limiter: Arc::new(GovernorLimiter::new(Limits::default())),
            usage: Arc::new(Nothing),
            pages: Arc::new(Nothing),
            metrics: Metrics::new().unwrap(),
            trust_forwarded: false,
        };
        transfer_endpoints(&app, &world.imports)
    };
    let document: Value = serde_json::from_str(&kontor_http::api_document(&app_endpoints)).unwrap();
    let paths = &document["paths"];
    assert_eq!(paths["/api/v1/imports"]["post"]["operationId"], "create_import");
    let form = &paths["/api/v1/imports"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]["$ref"];
    assert_eq!(form, "#/components/schemas/ImportUpload");
    assert_eq!(document["components"]["schemas"]["ImportUpload"]["required"], json!(["entity", "file"]));
    let export = &paths["/api/v1/product-categories/export"]["get"];
    assert_eq!(export["operationId"], "export_product_categories");
    let kinds = export["responses"]["200"]["content"].as_object().unwrap();
    assert_eq!(kinds.len(), 2);
    assert_eq!(kinds["text/csv"]["schema"], json!({ "type": "string", "format": "binary" }));
}
