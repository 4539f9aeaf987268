//! Endpoints to routes. What happens before a handler, in this order: request id, who is calling, rate limit, body within
//! its limit, CSRF for pages. What happens after: the error's form, the headers, the metrics.

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use futures_util::future::BoxFuture;
use kontor_access::Caller;
use kontor_command::{Registry, Runner};
use kontor_kernel::{Error, Fault, Result, TenantId, new_id};
use kontor_telemetry::Metrics;
use poem::{
    Endpoint as _, EndpointExt, IntoResponse, Request, Response, Route, RouteMethod,
    endpoint::{BoxEndpoint, make},
    http::{HeaderValue, Method, StatusCode, header},
};

use crate::{
    Access, Audience, Endpoint, Incoming, LimitClass,
    incoming::parse_pairs,
    limit::{SharedLimiter, Verdict},
    problem::problem_response,
};

/// Who a token or a cookie stands for.
pub trait Authenticator: Send + Sync {
    fn bearer<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Arc<Caller>>>;

    /// The caller and the session's CSRF token. `host` decides the company where it is a company's own.
    fn cookie<'a>(&'a self, cookie: &'a str, host: &'a str) -> BoxFuture<'a, Result<(Arc<Caller>, String)>>;
}

/// Counts what is served, beside the transactions.
pub trait UsageMeter: Send + Sync {
    fn api_call(&self, tenant: TenantId);
}

/// How errors and the way to the log-in look to people. The web app provides it.
pub trait Pages: Send + Sync {
    fn error(&self, error: &Error, incoming: &Incoming) -> Response;

    /// Where somebody who is not logged in is sent.
    fn log_in(&self, incoming: &Incoming) -> Response;
}

/// What every handler's surroundings share.
#[derive(Clone)]
pub struct App {
    pub runner: Runner,
    pub registry: Arc<Registry>,
    pub authenticator: Arc<dyn Authenticator>,
    pub limiter: SharedLimiter,
    pub usage: Arc<dyn UsageMeter>,
    pub pages: Arc<dyn Pages>,
    pub metrics: Metrics,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trust_forwarded: bool,
}

/// The cookie that carries a page's session.
pub const SESSION_COOKIE: &str = "kontor_session";

/// The routes of all endpoints.
pub fn mount(app: &App, endpoints: Vec<Endpoint>) -> BoxEndpoint<'static> {
    let mut by_path: BTreeMap<String, Vec<Endpoint>> = BTreeMap::new();
    for endpoint in endpoints {
        by_path.entry(route_path(&endpoint.path)).or_default().push(endpoint);
    }
    let mut route = Route::new();
    for (path, endpoints) in by_path {
        let mut methods = RouteMethod::new();
        for endpoint in endpoints {
            methods = methods.method(endpoint.method.clone(), serve(app.clone(), endpoint));
        }
        route = route.at(path, methods);
    }
    let app = app.clone();
    route
        .map_to_response()
        .around(|next, request| async move {
            // Panics become errors of ours, not a closed connection.
            let outcome = futures_util::FutureExt::catch_unwind(std::panic::AssertUnwindSafe(next.call(request))).await;
            outcome.unwrap_or_else(|_| Err(poem::Error::from_status(StatusCode::INTERNAL_SERVER_ERROR)))
        })
        .around(move |next, request| {
            let app = app.clone();
            async move {
                let (path, host) = (request.uri().path().to_owned(), host_of(&request));
                match next.call(request).await {
                    Ok(response) => Ok(response),
                    Err(error) => Ok(unrouted(&app, &error, path, host)),
                }
            }
        })
        .boxed()
}

/// `/suppliers/{id}` in the document is `/suppliers/:id` to the router; `{*rest}` takes the rest of the path.
fn route_path(path: &str) -> String {
    let parts = path.split('/').map(|part| match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
        Some(name) if name.starts_with('*') => name.to_owned(),
        Some(name) => format!(":{name}"),
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("/")
}

/// What the router itself refuses: no such address, no such method.
fn unrouted(app: &App, error: &poem::Error, path: String, host: String) -> Response {
    let fault = match error.status() {
        StatusCode::NOT_FOUND => Fault::NotFound.error(),
        StatusCode::METHOD_NOT_ALLOWED => Fault::MethodNotAllowed.error(),
        StatusCode::INTERNAL_SERVER_ERROR => Error::internal(error.to_string()),
        _ => Fault::MalformedQuery.error(),
    };
    let api = path.starts_with("/api/");
    let incoming = Incoming {
        caller: None,
        method: Method::GET,
        path,
        path_values: Vec::new(),
        query: Vec::new(),
        headers: poem::http::HeaderMap::new(),
        body: Vec::new(),
        request_id: new_id().to_string(),
        address: None,
        host,
        csrf: None,
    };
    let response =
        if api { problem_response(&fault, &incoming.request_id) } else { app.pages.error(&fault, &incoming) };
    finish(response, &incoming.request_id, None)
}

fn serve(app: App, endpoint: Endpoint) -> BoxEndpoint<'static, Response> {
    let endpoint = Arc::new(endpoint);
    make(move |request: Request| {
        let (app, endpoint) = (app.clone(), Arc::clone(&endpoint));
        async move {
            let started = Instant::now();
            let response = answer(&app, &endpoint, request).await;
            let status = response.status().as_u16().to_string();
            app.metrics
                .requests
                .with_label_values(&[endpoint.path.as_str(), endpoint.method.as_str(), status.as_str()])
                .observe(started.elapsed().as_secs_f64());
            Ok::<_, poem::Error>(response)
        }
    })
    .map_to_response()
    .boxed()
}

async fn answer(app: &App, endpoint: &Endpoint, request: Request) -> Response {
    let (mut incoming, body) = read_head(app, endpoint, request);
    let mut verdict = None;
    let outcome = handle(app, endpoint, &mut incoming, body, &mut verdict).await;
    let response = match outcome {
        Ok(response) => response,
        Err(error) => refuse(app, endpoint, &error, &incoming),
    };
    finish(response, &incoming.request_id, verdict)
}

async fn handle(
    app: &App,
    endpoint: &Endpoint,
    incoming: &mut Incoming,
    body: poem::Body,
    verdict: &mut Option<Verdict>,
) -> Result<Response> {
    authenticate(app, endpoint, incoming).await?;
    limit(app, endpoint, incoming, verdict).await?;
    let announced = incoming.header(header::CONTENT_LENGTH.as_str()).and_then(|text| text.parse::<usize>().ok());
    if announced.is_some_and(|bytes| bytes > endpoint.body_limit) {
        return Err(Fault::BodyTooLarge.error());
    }
    incoming.body = read_body(body, endpoint.body_limit).await?;
    check_csrf(endpoint, incoming).await?;
    if let (Audience::Api, Some(caller)) = (endpoint.audience, &incoming.caller) {
        app.usage.api_call(caller.tenant());
    }
    (endpoint.handler)(incoming.clone()).await
}

fn read_head(app: &App, endpoint: &Endpoint, request: Request) -> (Incoming, poem::Body) {
    let names = endpoint.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let path_values = names
        .map(|name| name.trim_start_matches('*'))
        .map(|name| (name.to_owned(), request.raw_path_param(name).unwrap_or_default().to_owned()))
        .collect();
    let address = client_address(app, &request);
    let host = host_of(&request);
    let (parts, body) = request.into_parts();
    let query = parts.uri.query().map(|query| parse_pairs(query.as_bytes())).unwrap_or_default();
    let incoming = Incoming {
        caller: None,
        method: parts.method,
        path: parts.uri.path().to_owned(),
        path_values,
        query,
        headers: parts.headers,
        body: Vec::new(),
        request_id: new_id().to_string(),
        address,
        host,
        csrf: None,
    };
    (incoming, body)
}

fn host_of(request: &Request) -> String {
    let header = request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
    header.or_else(|| request.uri().authority().map(|a| a.as_str())).unwrap_or_default().to_ascii_lowercase()
}

fn client_address(app: &App, request: &Request) -> Option<String> {
    let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let first = forwarded.filter(|_| app.trust_forwarded).and_then(|list| list.split(',').next_back());
    match first {
        Some(address) => Some(address.trim().to_owned()),
        None => request.remote_addr().as_socket_addr().map(|address| address.ip().to_string()),
    }
}

async fn read_body(body: poem::Body, limit: usize) -> Result<Vec<u8>> {
    body.into_bytes_limit(limit).await.map(Into::into).map_err(|error| match error {
        poem::error::ReadBodyError::PayloadTooLarge => Fault::BodyTooLarge.error(),
        other => Fault::MalformedBody.error().caused_by(other),
    })
}

async fn authenticate(app: &App, endpoint: &Endpoint, incoming: &mut Incoming) -> Result<()> {
    if endpoint.access == Access::Public {
        return Ok(());
    }
    let outcome = match endpoint.audience {
        Audience::Api => match incoming.header("authorization").and_then(bearer_token) {
            Some(token) => app.authenticator.bearer(token).await.map(|caller| (caller, None)),
            None => Err(Fault::Unauthenticated.error()),
        },
        Audience::Page => match cookie_value(incoming, SESSION_COOKIE) {
            Some(cookie) => {
                app.authenticator.cookie(cookie, &incoming.host).await.map(|(caller, csrf)| (caller, Some(csrf)))
            }
            None => Err(Fault::Unauthenticated.error()),
        },
    };
    match outcome {
        Ok((caller, csrf)) => {
            incoming.caller = Some(caller);
            incoming.csrf = csrf;
            Ok(())
        }
        Err(_) if endpoint.access == Access::Optional => Ok(()),
        Err(error) => Err(error),
    }
}

fn bearer_token(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// One cookie of the request.
pub(crate) fn cookie_value<'a>(incoming: &'a Incoming, name: &str) -> Option<&'a str> {
    let cookies = incoming.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// Every page's POST proves that it comes from one of our pages.
async fn check_csrf(endpoint: &Endpoint, incoming: &Incoming) -> Result<()> {
    let changes = !matches!(incoming.method, Method::GET | Method::HEAD);
    let Some(expected) = incoming.csrf.as_deref().filter(|_| changes && endpoint.audience == Audience::Page) else {
        return Ok(());
    };
    let sent = match incoming.header("x-csrf-token") {
        Some(token) => Some(token.to_owned()),
        None => incoming.form_value("csrf").await?,
    };
    if sent.is_some_and(|sent| constant_time_equal(sent.as_bytes(), expected.as_bytes())) {
        return Ok(());
    }
    Err(Fault::CsrfMismatch.error())
}

fn constant_time_equal(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0_u8, |difference, (x, y)| difference | (x ^ y)) == 0
}

/// Counts the call in every limit that it falls under. `told` is what the caller is told of the last one asked, also when
/// that one refuses.
async fn limit(app: &App, endpoint: &Endpoint, incoming: &Incoming, told: &mut Option<Verdict>) -> Result<()> {
    let key = match (&incoming.caller, endpoint.limit) {
        (_, LimitClass::None) => return Ok(()),
        (Some(caller), LimitClass::Calls | LimitClass::Assistant) => caller.session.to_string(),
        _ => incoming.address.clone().unwrap_or_default(),
    };
    let own = (endpoint.limit != LimitClass::Calls).then_some(endpoint.limit);
    for class in std::iter::once(LimitClass::Calls).chain(own) {
        let Some(verdict) = app.limiter.check(class, &key).await? else { continue };
        *told = Some(verdict);
        if !verdict.allowed {
            app.metrics.limits_hit.with_label_values(&[class.name()]).inc();
            return Err(Fault::RateLimited.error().retry_after(verdict.reset_seconds));
        }
    }
    Ok(())
}

fn refuse(app: &App, endpoint: &Endpoint, error: &Error, incoming: &Incoming) -> Response {
    match endpoint.audience {
        Audience::Api => problem_response(error, &incoming.request_id),
        Audience::Page if error.is(Fault::Unauthenticated) || error.is(Fault::SessionExpired) => {
            app.pages.log_in(incoming)
        }
        Audience::Page => {
            crate::problem::log(error, &incoming.request_id);
            app.pages.error(error, incoming)
        }
    }
}

/// Headers that every answer has.
fn finish(mut response: Response, request_id: &str, verdict: Option<Verdict>) -> Response {
    let headers = response.headers_mut();
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert("x-request-id", value);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Some(verdict) = verdict {
        headers.insert("ratelimit-limit", HeaderValue::from(verdict.limit));
        headers.insert("ratelimit-remaining", HeaderValue::from(verdict.remaining));
        headers.insert("ratelimit-reset", HeaderValue::from(verdict.reset_seconds));
    }
    response.into_response()
}
