//! Kontor with two companies, and browsers that use it.

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use kontor_access::{
    Caller, Identity, IdentityConfig, OpenGate, PasswordCost, Permissions, SessionKind, SignUp, Visit,
};
use kontor_assistant::{Assistant, Offline};
use kontor_command::{FindQuery, Found, ModuleInfo, RecordFinder, Registry, Runner};
use kontor_http::{App, Authenticator, GovernorLimiter, Limits, SESSION_COOKIE, UsageMeter, mount};
use kontor_kernel::{Result, TenantId};
use kontor_telemetry::Metrics;
use kontor_testing::{FixedClock, TestDb, at};
use kontor_web::{
    Companies, ErrorPages, Web, assistant_page_endpoints, page_endpoints,
    view::{TenantChoice, View},
};
use poem::{
    endpoint::BoxEndpoint,
    http::{StatusCode, header},
    test::{TestClient, TestRequestBuilder},
};
use uuid::Uuid;

use crate::screen::Screen;

/// Before a cookie: the same person, who may only look.
const VIEWER: &str = "viewer.";

struct Doorkeeper(Identity);

impl Authenticator for Doorkeeper {
    fn bearer<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Arc<Caller>>> {
        Box::pin(self.0.authenticate_bearer(token))
    }

    fn cookie<'a>(&'a self, cookie: &'a str, host: &'a str) -> BoxFuture<'a, Result<(Arc<Caller>, String)>> {
        Box::pin(async move {
            let Some(cookie) = cookie.strip_prefix(VIEWER) else {
                return self.0.authenticate_cookie(cookie, host).await;
            };
            let (caller, csrf) = self.0.authenticate_cookie(cookie, host).await?;
            let permissions = Arc::new(Permissions::new(vec!["*.read".to_owned()]));
            Ok((Arc::new(Caller { permissions, roles: vec!["viewer".to_owned()], ..(*caller).clone() }), csrf))
        })
    }
}

struct OneCompany;

impl Companies for OneCompany {
    fn of(&self, _: Uuid, current: TenantId) -> BoxFuture<'_, Result<Vec<TenantChoice>>> {
        let choice = TenantChoice { id: current.0.to_string(), name: "Northwind Traders".to_owned(), current: true };
        Box::pin(async move { Ok(vec![choice]) })
    }
}

/// Search that is behind for ever: the assistant reads names from the database itself.
struct SearchBehind;

impl RecordFinder for SearchBehind {
    fn find(&self, _: FindQuery) -> BoxFuture<'_, Result<Vec<Found>>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn catch_up(&self, _: Duration) -> BoxFuture<'_, bool> {
        Box::pin(async { false })
    }
}

struct Uncounted;

impl UsageMeter for Uncounted {
    fn api_call(&self, _: TenantId) {}
}

/// The server on Friday, 20 November 2026.
pub struct House {
    pub db: TestDb,
    client: Arc<TestClient<BoxEndpoint<'static>>>,
    identity: Identity,
}

impl House {
    pub async fn new() -> Self {
        let db = TestDb::new().await;
        let clock = Arc::new(FixedClock::at(at("2026-11-20T09:00:00Z")));
        let registry = Arc::new(registry());
        let setups = registry.modules().iter().map(|module| module.setup).collect();
        let mut config = IdentityConfig::new(&[7; 32], "http://localhost:8080").unwrap();
        config.password_cost = PasswordCost::CHEAP;
        config.refusal_takes = Duration::ZERO;
        let identity = Identity::new(db.databases().clone(), db.sequences(), clock.clone(), config, setups).unwrap();
        let runner = Runner::new(db.databases().clone(), Arc::new(OpenGate), clock);
        let view = Arc::new(View::load().unwrap());
        let app = App {
            pages: Arc::new(ErrorPages::new(Arc::clone(&view), runner.clone(), Arc::clone(&registry))),
            runner,
            registry,
            authenticator: Arc::new(Doorkeeper(identity.clone())),
            limiter: Arc::new(GovernorLimiter::new(Limits::default())),
            usage: Arc::new(Uncounted),
            metrics: Metrics::new().unwrap(),
            trust_forwarded: false,
        };
        let web = Web::new(app.clone(), view, Arc::new(OneCompany), None);
        let assistant = Assistant::new(&app, Arc::new(SearchBehind), Arc::new(Offline));
        let mut endpoints = page_endpoints(&web);
        endpoints.extend(assistant_page_endpoints(&assistant));
        let client = Arc::new(TestClient::new(mount(&app, endpoints)));
        Self { db, client, identity }
    }

    /// Somebody signs a company up and opens a browser.
    pub async fn company(&self, slug: &str) -> Browser {
        let sign_up = SignUp {
            company: "Northwind Traders".to_owned(),
            slug: slug.to_owned(),
            country: "Germany".to_owned(),
            currency: None,
            name: "Nancy Davolio".to_owned(),
            email: format!("nancy@{slug}.example"),
            password: "pickled gherkins at dawn".to_owned(),
        };
        let visit = Visit {
            kind: SessionKind::Web,
            request_id: "test".to_owned(),
            address: None,
            user_agent: Some("test".to_owned()),
        };
        let entered = self.identity.sign_up(&sign_up, &visit).await.unwrap();
        let cookie = entered.cookie().unwrap().to_owned();
        let (_, csrf) = self.identity.authenticate_cookie(&cookie, "localhost").await.unwrap();
        Browser { client: Arc::clone(&self.client), cookie, csrf, more: String::new() }
    }

    /// A browser without a session.
    pub fn stranger(&self) -> Browser {
        Browser { client: Arc::clone(&self.client), cookie: String::new(), csrf: String::new(), more: String::new() }
    }
}

pub fn registry() -> Registry {
    Registry::new(vec![
        ModuleInfo::of::<kontor_company::CompanyModule>(),
        ModuleInfo::of::<kontor_partners::Partners>(),
        ModuleInfo::of::<kontor_accounting::Accounting>(),
        ModuleInfo::of::<kontor_catalog::Catalog>(),
        ModuleInfo::of::<kontor_inventory::Inventory>(),
        ModuleInfo::of::<kontor_purchasing::Purchasing>(),
    ])
}

/// A browser with its cookies.
#[derive(Clone)]
pub struct Browser {
    client: Arc<TestClient<BoxEndpoint<'static>>>,
    cookie: String,
    pub csrf: String,
    /// Cookies beside the session's.
    more: String,
}

impl Browser {
    /// The same person, who may only look.
    pub fn viewer(&self) -> Self {
        Self { cookie: format!("{VIEWER}{}", self.cookie), ..self.clone() }
    }

    /// The same browser with one more cookie.
    pub fn with_cookie(&self, pair: &str) -> Self {
        Self { more: format!("{}; {pair}", self.more), ..self.clone() }
    }

    pub async fn get(&self, url: &str) -> Screen {
        self.send(self.client.get(url)).await
    }

    /// As a script asks, for the part of the page with this id.
    pub async fn part(&self, url: &str, id: &str) -> Screen {
        let request = self.client.get(url).header("hx-request", "true").header("hx-target", format!("section#{id}"));
        self.send(request).await
    }

    /// Sends a form, its CSRF token with it.
    pub async fn post(&self, url: &str, fields: &[(&str, &str)]) -> Screen {
        let mut fields = fields.to_vec();
        fields.push(("csrf", &self.csrf));
        self.post_bare(url, &fields).await
    }

    pub async fn post_bare(&self, url: &str, fields: &[(&str, &str)]) -> Screen {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
        let request = self
            .client
            .post(url)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(pairs.join("&"));
        self.send(request).await
    }

    /// As a script sends JSON and reads an answer or a stream.
    pub async fn post_json(&self, url: &str, body: &serde_json::Value) -> Screen {
        let request = self
            .client
            .post(url)
            .header(header::ACCEPT, "application/json, text/event-stream")
            .header("x-csrf-token", &self.csrf)
            .content_type("application/json")
            .body(body.to_string());
        self.send(request).await
    }

    /// Sends a form and reads the page that it leads to.
    pub async fn post_and_follow(&self, url: &str, fields: &[(&str, &str)]) -> Screen {
        let answer = self.post(url, fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        let notice = answer.set_cookie.iter().find(|cookie| cookie.starts_with("notice="));
        let browser = match notice.and_then(|cookie| cookie.split(';').next()) {
            Some(pair) => self.with_cookie(pair),
            None => self.clone(),
        };
        let mut screen = browser.get(&answer.location).await;
        screen.location = answer.location;
        screen
    }

    async fn send(&self, request: TestRequestBuilder<'_, BoxEndpoint<'static>>) -> Screen {
        let cookies = format!("{SESSION_COOKIE}={}{}", self.cookie, self.more);
        let request = if self.cookie.is_empty() { request } else { request.header(header::COOKIE, cookies) };
        Screen::of(request.header(header::HOST, "localhost:8080").send().await).await
    }
}

fn escape(text: &str) -> String {
    kontor_web::browser::encode(text)
}
