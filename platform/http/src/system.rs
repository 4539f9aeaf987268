//! What is about the server itself: health, the API's document, metrics.

use std::{borrow::Cow, sync::Arc, time::Instant};

use futures_util::future::{BoxFuture, join_all};
use kontor_entity::{FieldMeta, Format, Kind};
use kontor_kernel::{CodeInfo, Fault, Result};
use kontor_telemetry::Metrics;
use poem::{
    EndpointExt, Response, Route,
    endpoint::{BoxEndpoint, make_sync},
    http::{HeaderValue, Method, StatusCode, header},
};
use serde_json::{Map, json};
use tokio::time::{Duration, timeout};
use tracing::warn;

use crate::{Endpoint, Incoming, Parameter, Schema, incoming::json_response};

/// Asks one part that the server depends on.
#[derive(Clone)]
pub struct HealthCheck {
    pub name: &'static str,
    pub ask: Arc<dyn Fn() -> BoxFuture<'static, Result<()>> + Send + Sync>,
}

/// A part that does not answer within this is down.
const PATIENCE: Duration = Duration::from_secs(2);

const HEALTH: &[FieldMeta] = &[
    FieldMeta::of::<String>("status", "ok, or failing"),
    FieldMeta {
        kind: Kind::Object(|| &[]),
        ..FieldMeta::of::<String>("checks", "Each part: its status and how long it took")
    },
];

/// `GET /health`: every part asked at once; 503 when one fails.
pub fn health_endpoint(checks: Vec<HealthCheck>) -> Endpoint {
    let handler = move |_| {
        let checks = checks.clone();
        async move { Ok(health(&checks).await) }
    };
    Endpoint::api(Method::GET, "/health", "health", handler)
        .public()
        .summary("Whether the server and each part it depends on work")
        .tag("System")
        .answer(200, "All parts work", Schema::Shape("Health", HEALTH))
        .answer(503, "At least one part does not", Schema::Shape("Health", HEALTH))
}

async fn health(checks: &[HealthCheck]) -> Response {
    let asked = checks.iter().map(|check| async move {
        let started = Instant::now();
        let outcome = timeout(PATIENCE, (check.ask)()).await;
        let works = matches!(outcome, Ok(Ok(())));
        if let Ok(Err(error)) = &outcome {
            warn!(check = check.name, "{} does not work: {error:?}", check.name);
        }
        let ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        (check.name, works, ms)
    });
    let outcomes = join_all(asked).await;
    let all = outcomes.iter().all(|(_, works, _)| *works);
    let word = |works| if works { "ok" } else { "failing" };
    let parts: Map<_, _> = outcomes
        .into_iter()
        .map(|(name, works, ms)| (name.to_owned(), json!({ "status": word(works), "ms": ms })))
        .collect();
    json_response(if all { 200 } else { 503 }, json!({ "status": word(all), "checks": parts }).to_string())
}

/// `GET /api/v1/openapi.json`, without a token.
pub fn document_endpoint(document: String) -> Endpoint {
    let document: Arc<str> = document.into();
    let handler = move |_| {
        let document = Arc::clone(&document);
        async move { Ok(json_response(200, document.to_string())) }
    };
    Endpoint::api(Method::GET, "/api/v1/openapi.json", "openapi", handler)
        .public()
        .summary("This document")
        .tag("System")
        .answer(200, "The OpenAPI document", Schema::Object)
}

/// A code of the catalogue with its page: cause, check, fix.
#[derive(Debug, Clone)]
pub struct CodePage {
    pub code: &'static CodeInfo,
    pub markdown: Cow<'static, str>,
}

/// `GET /docs/errors/{code}`: what an error means, where its `type` points. A person who follows it in a browser gets
/// the page as `html` makes it, a program that asks for `text/markdown` the page as it is written, and any other JSON.
pub fn error_pages<F>(pages: Vec<CodePage>, html: F) -> Endpoint
where
    F: Fn(&CodePage, &Incoming) -> Response + Send + Sync + 'static,
{
    let shared = Arc::new((pages, html));
    let handler = move |incoming: Incoming| {
        let shared = Arc::clone(&shared);
        async move {
            let (pages, html) = &*shared;
            let page = pages.iter().find(|page| page.code.id == incoming.path_value("code"));
            let page = page.ok_or_else(|| Fault::NotFound.error())?;
            let mut response = match incoming.accepts(&["application/json", "text/html", "text/markdown"]) {
                "text/html" => html(page, &incoming),
                "text/markdown" => {
                    Response::builder().content_type("text/markdown; charset=utf-8").body(page.markdown.to_string())
                }
                _ => {
                    let CodeInfo { id, kind, text } = page.code;
                    json_response(200, json!({ "code": id, "status": kind.status(), "text": text }).to_string())
                }
            };
            response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept"));
            Ok(response)
        }
    };
    let code = FieldMeta { kind: Kind::Text(Format::Verbatim), ..FieldMeta::of::<String>("code", "The error's code") };
    const ERROR: &[FieldMeta] = &[
        FieldMeta::of::<String>("code", ""),
        FieldMeta::of::<i32>("status", "The HTTP status it comes with"),
        FieldMeta::of::<String>("text", "What it means and what to do"),
    ];
    Endpoint::api(Method::GET, "/docs/errors/{code}", "error_code", handler)
        .public()
        .summary("What an error code means")
        .tag("System")
        .parameter(Parameter::path("code", code))
        .answer_of(
            200,
            "The code",
            vec![
                ("application/json", Schema::Shape("ErrorCode", ERROR)),
                ("text/html", Schema::Text),
                ("text/markdown", Schema::Text),
            ],
        )
}

/// `/metrics`, for the operator's own port.
pub fn metrics_route(metrics: Metrics, refresh: impl Fn() + Send + Sync + 'static) -> BoxEndpoint<'static> {
    let endpoint = make_sync(move |_| {
        refresh();
        match metrics.encode() {
            Ok(text) => Response::builder().content_type("text/plain; version=0.0.4").body(text),
            Err(_) => Response::builder().status(StatusCode::INTERNAL_SERVER_ERROR).finish(),
        }
    });
    Route::new().at("/metrics", endpoint).map_to_response().boxed()
}
