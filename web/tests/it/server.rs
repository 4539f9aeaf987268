//! The server with its accounts and settings, and browsers that keep cookies.

use std::{sync::Arc, time::Duration};

use kontor_access::{Identity, IdentityConfig, PasswordCost};
use kontor_billing::PlanGate;
use kontor_command::Runner;
use kontor_http::{App, GovernorLimiter, Limits, UsageMeter, mount};
use kontor_kernel::TenantId;
use kontor_telemetry::Metrics;
use kontor_testing::{FixedClock, TestDb, at};
use kontor_web::{
    ErrorPages, IdentityCompanies, Web, account_endpoints, page_endpoints, settings_endpoints, view::View,
};
use poem::{
    endpoint::BoxEndpoint,
    http::header,
    test::{TestClient, TestForm, TestFormField, TestRequestBuilder},
};

use crate::{house::registry, screen::Screen};

pub const PASSWORD: &str = "pickled gherkins at dawn";
/// The fields of a form that is only a button.
pub const NOTHING: [(&str, &str); 0] = [];

struct Uncounted;

impl UsageMeter for Uncounted {
    fn api_call(&self, _: TenantId) {}
}

/// The server on Friday, 20 November 2026, with nobody in it.
pub struct Server {
    pub db: TestDb,
    pub identity: Identity,
    pub gate: PlanGate,
    client: Arc<TestClient<BoxEndpoint<'static>>>,
}

impl Server {
    pub async fn new() -> Self {
        Self::at("http://localhost:8080").await
    }

    /// The server as people reach it at this address.
    pub async fn at(public_url: &str) -> Self {
        let db = TestDb::new().await;
        let clock = Arc::new(FixedClock::at(at("2026-11-20T09:00:00Z")));
        let registry = Arc::new(registry());
        let setups = registry.modules().iter().map(|module| module.setup).collect();
        let mut config = IdentityConfig::new(&[7; 32], public_url).unwrap();
        config.password_cost = PasswordCost::CHEAP;
        config.refusal_takes = Duration::ZERO;
        let identity = Identity::new(db.databases().clone(), db.sequences(), clock.clone(), config, setups).unwrap();
        let gate = PlanGate::new(db.databases().clone(), clock.clone());
        let runner = Runner::new(db.databases().clone(), Arc::new(gate.clone()), clock);
        let view = Arc::new(View::load().unwrap());
        let app = App {
            pages: Arc::new(ErrorPages::new(Arc::clone(&view), runner.clone(), Arc::clone(&registry))),
            runner,
            registry,
            authenticator: Arc::new(identity.clone()),
            limiter: Arc::new(GovernorLimiter::new(Limits::default())),
            usage: Arc::new(Uncounted),
            metrics: Metrics::new().unwrap(),
            trust_forwarded: true,
        };
        let web = Web::new(app.clone(), view, Arc::new(IdentityCompanies::new(identity.clone())), None);
        let mut endpoints = page_endpoints(&web);
        endpoints.extend(account_endpoints(&web, &identity, true));
        endpoints.extend(settings_endpoints(&web, &identity, &gate));
        let client = Arc::new(TestClient::new(mount(&app, endpoints)));
        Self { db, identity, gate, client }
    }

    /// A browser that has never been here.
    pub fn browser(&self) -> Jar {
        self.browser_at("localhost:8080")
    }

    pub fn browser_at(&self, host: &str) -> Jar {
        Jar {
            client: Arc::clone(&self.client),
            host: host.to_owned(),
            address: "192.0.2.7".to_owned(),
            cookies: Vec::new(),
            csrf: String::new(),
        }
    }

    /// Nancy signs a company up, and her browser is at its home page.
    pub async fn company(&self, slug: &str) -> Jar {
        let mut nancy = self.browser();
        nancy.get("/sign-up").await.expect(200, &["Start with Kontor"]);
        let answer = nancy.post("/sign-up", &sign_up(slug)).await;
        assert_eq!((answer.status.as_u16(), answer.location.as_str()), (303, "/"), "{}", answer.words());
        nancy.get("/").await.expect(200, &["Nancy"]);
        nancy
    }

    /// Nancy invites somebody, who comes in with a browser of their own.
    pub async fn colleague(&self, nancy: &mut Jar, first: &str, role: &str) -> Jar {
        nancy.get("/settings/users").await.expect(200, &[]);
        let email = format!("{first}@northwind.example");
        let fields = [("name", first), ("email", &email), ("role", role)];
        nancy.post("/settings/users/invite", &fields).await.expect(303, &[]);
        let mut colleague = self.browser();
        let token = self.mailed_token("invitation").await;
        colleague.get(&format!("/invitation?token={token}")).await.expect(200, &[&email]);
        let fields = [("token", token.as_str()), ("name", first), ("password", PASSWORD)];
        let answer = colleague.post("/invitations/accept", &fields).await;
        assert_eq!((answer.status.as_u16(), answer.location.as_str()), (303, "/"), "{}", answer.words());
        colleague.get("/").await.expect(200, &[]);
        colleague
    }

    /// The token in the newest mail with a link to `page`.
    pub async fn mailed_token(&self, page: &str) -> String {
        let start = format!("/{page}?token=");
        let mails = self.identity.recent_mails(50).await.unwrap();
        let text = mails.iter().find_map(|mail| mail.text.split_once(&start)).unwrap().1;
        text.split_whitespace().next().unwrap().to_owned()
    }
}

/// The fields of a sign-up.
pub fn sign_up(slug: &str) -> Vec<(&'static str, String)> {
    let fields = [
        ("company", "Northwind Traders"),
        ("slug", slug),
        ("country", "GB"),
        ("currency", "EUR"),
        ("name", "Nancy Davolio"),
        ("email", "nancy@northwind.example"),
        ("password", PASSWORD),
    ];
    fields.map(|(name, value)| (name, value.to_owned())).to_vec()
}

/// A browser: it keeps cookies, and sends the token of the page that it showed last.
#[derive(Clone)]
pub struct Jar {
    client: Arc<TestClient<BoxEndpoint<'static>>>,
    host: String,
    pub address: String,
    pub cookies: Vec<(String, String)>,
    pub csrf: String,
}

impl Jar {
    pub async fn get(&mut self, url: &str) -> Screen {
        let client = Arc::clone(&self.client);
        self.send(client.get(url)).await
    }

    /// A form of the page that was shown last.
    pub async fn post<N: AsRef<str>, V: AsRef<str>>(&mut self, url: &str, fields: &[(N, V)]) -> Screen {
        let csrf = self.csrf.clone();
        let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
        all.push(("csrf", &csrf));
        self.post_bare(url, &all).await
    }

    /// A form without a token, as another site would have it sent.
    pub async fn post_bare(&mut self, url: &str, fields: &[(&str, &str)]) -> Screen {
        let encode = kontor_web::browser::encode;
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let client = Arc::clone(&self.client);
        let request = client.post(url).content_type("application/x-www-form-urlencoded").body(pairs.join("&"));
        self.send(request).await
    }

    /// A form that brings a file.
    pub async fn upload(&mut self, url: &str, name: &str, bytes: &[u8]) -> Screen {
        let csrf = self.csrf.clone();
        self.upload_with(url, &csrf, name, bytes).await
    }

    pub async fn upload_with(&mut self, url: &str, csrf: &str, name: &str, bytes: &[u8]) -> Screen {
        let file = TestFormField::bytes(bytes.to_vec()).name(name).filename("file");
        let client = Arc::clone(&self.client);
        self.send(client.post(url).multipart(TestForm::new().text("csrf", csrf).field(file))).await
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    async fn send(&mut self, request: TestRequestBuilder<'_, BoxEndpoint<'static>>) -> Screen {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = if pairs.is_empty() { request } else { request.header(header::COOKIE, pairs.join("; ")) };
        let request = request.header(header::HOST, &self.host).header("x-forwarded-for", &self.address);
        let screen = Screen::of(request.send().await).await;
        for cookie in &screen.set_cookie {
            self.keep(cookie);
        }
        if let Some((_, rest)) = screen.text.split_once("<meta name=\"csrf\" content=\"") {
            self.csrf = rest.split('"').next().unwrap_or_default().to_owned();
        }
        screen
    }

    fn keep(&mut self, cookie: &str) {
        let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
        self.cookies.retain(|(known, _)| known != name);
        if !cookie.contains("Max-Age=0") {
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }
}
