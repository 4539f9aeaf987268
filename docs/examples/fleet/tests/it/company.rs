use std::sync::Arc;

use kontor_access::{Identity, IdentityConfig, PasswordCost};
use kontor_billing::PlanGate;
use kontor_command::{ModuleInfo, Registry, Runner};
use kontor_example_fleet::Fleet;
use kontor_http::{
    App, GovernorLimiter, Incoming, Limits, Pages, UsageMeter, entity_endpoints, identity_endpoints, mount,
};
use kontor_kernel::{Error, SystemClock, TenantId};
use kontor_partners::Partners;
use kontor_telemetry::Metrics;
use kontor_testing::TestDb;
use kontor_transfer::{Imports, Spawned, transfer_endpoints};
use poem::{
    Response,
    endpoint::BoxEndpoint,
    http::{Method, StatusCode},
    test::TestClient,
};
use serde_json::{Value, json};
use sqlx::{Connection, Executor, PgConnection};

const MIGRATION: &str = include_str!("../../0100_fleet.sql");

/// A company that has just signed up to a product with the modules partners and fleet.
pub struct Company {
    client: TestClient<BoxEndpoint<'static>>,
    token: String,
    _db: TestDb,
}

impl Company {
    pub async fn new() -> Self {
        let db = TestDb::new().await;
        migrate(&db).await;
        let client = TestClient::new(product(&db));
        let mut company = Self { client, token: String::new(), _db: db };
        let sign_up = json!({
            "company": "Northwind Traders", "slug": "northwind", "country": "DE", "name": "Nancy Davolio",
            "email": "nancy@northwind.example", "password": "twelve crates of Chang",
        });
        let entered = company.json(Method::POST, "/sign-up", &sign_up, 201).await;
        entered["access_token"].as_str().unwrap().clone_into(&mut company.token);
        company
    }

    /// Calls the API with a body, and expects a status.
    pub async fn json(&self, method: Method, path: &str, body: &Value, status: u16) -> Value {
        let text = self.text(method, path, Some(body), status).await;
        serde_json::from_str(&text).unwrap()
    }

    pub async fn get(&self, path: &str, status: u16) -> Value {
        serde_json::from_str(&self.download(path, status).await).unwrap()
    }

    /// The answer as it came: a file.
    pub async fn download(&self, path: &str, status: u16) -> String {
        self.text(Method::GET, path, None, status).await
    }

    async fn text(&self, method: Method, path: &str, body: Option<&Value>, status: u16) -> String {
        let request = self
            .client
            .request(method, format!("/api/v1{path}"))
            .header("authorization", format!("Bearer {}", self.token));
        let request = match body {
            Some(body) => request.content_type("application/json").body(body.to_string()),
            None => request,
        };
        let response = request.send().await.0;
        let got = response.status().as_u16();
        let text = response.into_body().into_string().await.unwrap();
        assert_eq!(got, status, "{text}");
        text
    }
}

/// A copy of a database belongs to whoever made it, and the schema `public` to the database's owner.
const OWNED: &str = "do $$ begin execute format('alter database %I owner to kontor_owner', current_database()); end $$";

/// Lays the module's migration as the schema's owner, as `kontor migrate` does.
async fn migrate(db: &TestDb) {
    let mut owner = PgConnection::connect(&db.admin_url()).await.unwrap();
    owner.execute(sqlx::raw_sql(OWNED)).await.unwrap();
    owner.execute("set role kontor_owner").await.unwrap();
    owner.execute(sqlx::raw_sql(MIGRATION)).await.unwrap();
    owner.close().await.unwrap();
}

fn product(db: &TestDb) -> BoxEndpoint<'static> {
    let registry = Arc::new(Registry::new(vec![ModuleInfo::of::<Partners>(), ModuleInfo::of::<Fleet>()]));
    let clock = Arc::new(SystemClock);
    let gate = PlanGate::new(db.databases().clone(), clock.clone());
    let runner = Runner::new(db.databases().clone(), Arc::new(gate), clock.clone());
    let mut config = IdentityConfig::new(&[7; 32], "http://localhost:8080").unwrap();
    config.password_cost = PasswordCost::CHEAP;
    let identity = Identity::new(db.databases().clone(), runner.sequences(), clock, config, Vec::new()).unwrap();
    let imports = Imports::new(runner.clone(), Arc::clone(&registry), Arc::new(Spawned));
    let app = App {
        runner,
        registry,
        authenticator: Arc::new(identity.clone()),
        limiter: Arc::new(GovernorLimiter::new(Limits::default())),
        usage: Arc::new(Uncounted),
        pages: Arc::new(Uncounted),
        metrics: Metrics::new().unwrap(),
        trust_forwarded: false,
    };
    let mut endpoints = entity_endpoints(&app);
    endpoints.extend(identity_endpoints(&app, &identity));
    endpoints.extend(transfer_endpoints(&app, &imports));
    mount(&app, endpoints)
}

/// No pages, and nobody counts.
struct Uncounted;

impl UsageMeter for Uncounted {
    fn api_call(&self, _: TenantId) {}
}

impl Pages for Uncounted {
    fn error(&self, error: &Error, _: &Incoming) -> Response {
        Response::builder().status(StatusCode::from_u16(error.kind().status()).unwrap()).finish()
    }

    fn log_in(&self, _: &Incoming) -> Response {
        Response::builder().status(StatusCode::UNAUTHORIZED).finish()
    }
}
