#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{sync::Arc, time::Duration};

use chrono::Utc;
use futures_util::future::BoxFuture;
use kontor_access::{Caller, Company, NewCompany, OpenGate, Permissions};
use kontor_assistant::{Assistant, Brain, Offline, assistant_endpoints};
use kontor_command::{FindQuery, Found, ModuleInfo, RecordFinder, Registry, Runner};
use kontor_http::{
    App, Authenticator, GovernorLimiter, Incoming, Limits, Pages, UsageMeter, entity_endpoints, mount, problem_response,
};
use kontor_kernel::{Country, Currency, Error, Fault, FixedClock, Locale, Result, TenantId, UserId, new_id};
use kontor_store::{Tx, TxContext};
use kontor_telemetry::Metrics;
use kontor_testing::{TestDb, at, context};
use poem::{
    Response,
    endpoint::BoxEndpoint,
    http::Method,
    test::{TestClient, TestResponse},
};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, PgPool};
use uuid::Uuid;

/// A company in Germany that keeps its books in euros, on Friday, 20 November 2026, with four of Northwind's suppliers'
/// products; and who works there.
pub struct House {
    pub db: TestDb,
    pub admin: PgPool,
    pub clock: FixedClock,
    pub app: App,
    client: TestClient<BoxEndpoint<'static>>,
}

/// Who calls, by the token they send: an owner, somebody who may only look, an employee, and another company's owner.
const PEOPLE: [(&str, &[&str]); 4] = [
    ("nancy", &["*"]),
    ("viewer", &["*.read", "assistant.*"]),
    ("clerk", &["partners.*.read", "catalog.*.read", "assistant.*"]),
    ("outsider", &["*.read"]),
];

pub struct Doors(Vec<(String, Arc<Caller>)>);

impl Authenticator for Doors {
    fn bearer<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Arc<Caller>>> {
        let found = self.0.iter().find(|(name, _)| name == token).map(|(_, caller)| Arc::clone(caller));
        Box::pin(async move { found.ok_or_else(|| Fault::Unauthenticated.error()) })
    }

    fn cookie<'a>(&'a self, _: &'a str, _: &'a str) -> BoxFuture<'a, Result<(Arc<Caller>, String)>> {
        Box::pin(async { Err(Fault::Unauthenticated.error()) })
    }
}

struct Silence;

impl UsageMeter for Silence {
    fn api_call(&self, _: TenantId) {}
}

impl Pages for Silence {
    fn error(&self, error: &Error, incoming: &Incoming) -> Response {
        problem_response(error, &incoming.request_id)
    }

    fn log_in(&self, _: &Incoming) -> Response {
        Response::default()
    }
}

/// Search as it should be: everything committed, names forgiven a letter or two.
struct Shelf(PgPool);

impl RecordFinder for Shelf {
    fn find(&self, query: FindQuery) -> BoxFuture<'_, Result<Vec<Found>>> {
        Box::pin(async move {
            let mut found = Vec::new();
            for collection in query.collections {
                let table = match collection {
                    "products" => "products",
                    "suppliers" => "partners",
                    _ => continue,
                };
                let sql = format!(
                    "select id, code, name from {table} where tenant_id = $1 and archived_at is null order by name"
                );
                let rows: Vec<(Uuid, String, String)> =
                    sqlx::query_as(AssertSqlSafe(sql)).bind(query.tenant.0).fetch_all(&self.0).await.unwrap();
                let near = rows.into_iter().filter(|(_, code, name)| is_near(&query.text, code, name));
                found.extend(near.map(|(id, code, title)| Found {
                    collection: collection.to_owned(),
                    id,
                    code,
                    title,
                    subtitle: String::new(),
                    score: 1.0,
                }));
            }
            found.truncate(query.limit);
            Ok(found)
        })
    }

    fn catch_up(&self, _: Duration) -> BoxFuture<'_, bool> {
        Box::pin(async { true })
    }
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a word of a name is nearly a word of the text, or the code is the text.
pub fn is_near(text: &str, code: &str, name: &str) -> bool {
    let asked = words(text);
    let near = |a: &str, b: &str| {
        let start = |text: &str| text.chars().take(3).collect::<String>();
        a == b || (a.len() > 2 && start(a) == start(b)) || (a.len() > 3 && strsim::osa_distance(a, b) <= 2)
    };
    code.eq_ignore_ascii_case(text.trim()) || words(name).iter().any(|name| asked.iter().any(|word| near(word, name)))
}

fn registry() -> Registry {
    Registry::new(vec![
        ModuleInfo::of::<kontor_partners::Partners>(),
        ModuleInfo::of::<kontor_accounting::Accounting>(),
        ModuleInfo::of::<kontor_catalog::Catalog>(),
        ModuleInfo::of::<kontor_inventory::Inventory>(),
        ModuleInfo::of::<kontor_purchasing::Purchasing>(),
    ])
}

fn company(tenant: TenantId, slug: &str, locale: &str) -> Company {
    Company {
        tenant,
        slug: slug.to_owned(),
        name: slug.to_owned(),
        currency: Currency::EUR,
        locale: locale.to_owned(),
        time_zone: chrono_tz::Europe::Berlin,
        brand_version: 1,
        brand_color: "#0f766e".to_owned(),
    }
}

impl House {
    pub async fn new() -> Self {
        Self::in_locale("en").await
    }

    /// A house whose company writes figures and dates in another way.
    pub async fn in_locale(locale: &str) -> Self {
        Self::furnished(Arc::new(Offline), locale).await
    }

    /// A house whose assistant thinks with `brain`.
    pub async fn with(brain: Arc<dyn Brain>) -> Self {
        Self::furnished(brain, "en").await
    }

    async fn furnished(brain: Arc<dyn Brain>, locale: &str) -> Self {
        let db = TestDb::new().await;
        let admin = db.admin().await;
        let clock = FixedClock::at(at("2026-11-20T09:00:00Z"));
        let registry = registry();
        let northwind = company(TenantId::new(), "northwind", locale);
        let other = company(TenantId::new(), "other", locale);
        for company in [&northwind, &other] {
            set_up(&db, &registry, company).await;
        }
        let (northwind, other) = (Arc::new(northwind), Arc::new(other));
        let mut doors: Vec<(String, Arc<Caller>)> = Vec::new();
        for (name, patterns) in PEOPLE {
            doors.push((name.to_owned(), person(&admin, name, patterns, &northwind).await));
        }
        doors.push(("stranger".to_owned(), person(&admin, "stranger", &["*"], &other).await));
        let app = App {
            runner: Runner::new(db.databases().clone(), Arc::new(OpenGate), Arc::new(clock.clone())),
            registry: Arc::new(registry),
            authenticator: Arc::new(Doors(doors)),
            limiter: Arc::new(GovernorLimiter::new(Limits { assistant_a_minute: 60, ..Limits::default() })),
            usage: Arc::new(Silence),
            pages: Arc::new(Silence),
            metrics: Metrics::new().unwrap(),
            trust_forwarded: false,
        };
        let assistant = Assistant::new(&app, Arc::new(Shelf(admin.clone())), brain);
        let mut endpoints = entity_endpoints(&app);
        endpoints.extend(assistant_endpoints(&assistant));
        let client = TestClient::new(mount(&app, endpoints));
        let house = Self { db, admin, clock, app, client };
        house.stock_up().await;
        house
    }

    async fn stock_up(&self) {
        let exotic = self.create("suppliers", json!({ "name": "Exotic Liquids" })).await;
        let tokyo = self.create("suppliers", json!({ "name": "Tokyo Traders" })).await;
        for (name, supplier, price) in [
            ("Chai", &exotic, "18.00"),
            ("Chang", &exotic, "19.00"),
            ("Aniseed Syrup", &exotic, "10.00"),
            ("Ikura", &tokyo, "31.00"),
        ] {
            let body = json!({ "name": name, "supplier_id": supplier.get("id"), "purchase_price": price });
            self.create("products", body).await;
        }
    }

    /// A call of the API, answered with JSON.
    pub async fn call(&self, who: &str, method: Method, path: &str, body: Option<&Value>) -> (u16, Value) {
        let response = self.send(who, method, path, body, &[("accept", "application/json")]).await;
        let status = response.0.status().as_u16();
        let text = response.0.into_body().into_string().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    pub async fn send(
        &self,
        who: &str,
        method: Method,
        path: &str,
        body: Option<&Value>,
        headers: &[(&str, &str)],
    ) -> TestResponse {
        let mut request =
            self.client.request(method, format!("/api/v1{path}")).header("authorization", format!("Bearer {who}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.content_type("application/json").body(body.to_string());
        }
        request.send().await
    }

    pub async fn post(&self, who: &str, path: &str, body: &Value) -> (u16, Value) {
        self.call(who, Method::POST, path, Some(body)).await
    }

    pub async fn get(&self, who: &str, path: &str) -> (u16, Value) {
        self.call(who, Method::GET, path, None).await
    }

    /// Creates a record as Nancy.
    pub async fn create(&self, collection: &str, body: Value) -> Value {
        let (status, record) = self.post("nancy", &format!("/{collection}"), &body).await;
        assert_eq!(status, 201, "{record}");
        record
    }

    /// A new conversation's id.
    pub async fn begin(&self, who: &str) -> String {
        let (status, conversation) = self.post(who, "/assistant/conversations", &json!({})).await;
        assert_eq!(status, 201, "{conversation}");
        text(&conversation, "/id").to_owned()
    }

    /// Says something and gives the answer.
    pub async fn ask(&self, who: &str, conversation: &str, said: &str) -> Value {
        let path = format!("/assistant/conversations/{conversation}/messages");
        let (status, answer) = self.post(who, &path, &json!({ "text": said })).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }

    /// Says something in a conversation of its own.
    pub async fn ask_anew(&self, who: &str, said: &str) -> Value {
        let conversation = self.begin(who).await;
        self.ask(who, &conversation, said).await
    }

    /// Changes a record as Nancy.
    pub async fn change(&self, path: &str, body: Value) {
        let (status, record) = self.call("nancy", Method::PATCH, path, Some(&body)).await;
        assert_eq!(status, 200, "{record}");
    }

    /// Purchase orders in the whole database.
    pub async fn orders(&self) -> i64 {
        self.db.count("select count(*) from purchase_orders").await
    }

    pub async fn product(&self, name: &str) -> Uuid {
        sqlx::query_scalar("select id from products where name = $1").bind(name).fetch_one(&self.admin).await.unwrap()
    }

    pub async fn supplier(&self, name: &str) -> Uuid {
        sqlx::query_scalar("select id from partners where name = $1").bind(name).fetch_one(&self.admin).await.unwrap()
    }
}

async fn set_up(db: &TestDb, registry: &Registry, company: &Company) {
    let now = at("2026-11-20T08:00:00Z");
    let context = TxContext { now, today: now.date_naive(), currency: company.currency, ..context(company.tenant) };
    let new = NewCompany {
        tenant: company.tenant,
        name: company.name.clone(),
        country: Country::from_code("DE").unwrap(),
        currency: company.currency,
        locale: Locale::from_tag(&company.locale),
    };
    let mut tx = Tx::begin(db.databases(), db.sequences(), context).await.unwrap();
    for module in registry.modules() {
        (module.setup)(&mut tx, &new).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn person(admin: &PgPool, name: &str, patterns: &[&str], company: &Arc<Company>) -> Arc<Caller> {
    let (user, login) = (UserId::new(), new_id());
    let email = format!("{name}@{}.example", company.slug);
    let mut tx = admin.begin().await.unwrap();
    sqlx::query("set local session_replication_role = replica").execute(&mut *tx).await.unwrap();
    sqlx::query(
        "insert into users (tenant_id, id, login_id, name, email, state, roles, joined_at, created_at, updated_at)
         values ($1, $2, $3, $4, $5, 'active', '{owner}', $6, $6, $6)",
    )
    .bind(company.tenant.0)
    .bind(user.0)
    .bind(login)
    .bind(name)
    .bind(&email)
    .bind(Utc::now())
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    Arc::new(Caller {
        user,
        login,
        session: new_id(),
        name: name.to_owned(),
        email,
        email_verified: true,
        roles: Vec::new(),
        company: Arc::clone(company),
        permissions: Arc::new(Permissions::new(patterns.iter().map(|pattern| (*pattern).to_owned()).collect())),
    })
}

/// A text by its JSON pointer.
pub fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no text at {pointer} in {value}"))
}

/// `label: value` of each item in a part of a preview.
pub fn items(value: &Value, pointer: &str) -> Vec<String> {
    let items = value.pointer(pointer).and_then(Value::as_array).unwrap_or_else(|| panic!("no {pointer} in {value}"));
    items.iter().map(|item| format!("{}: {}", text(item, "/label"), text(item, "/value"))).collect()
}

pub fn count(value: &Value, pointer: &str) -> usize {
    value.pointer(pointer).and_then(Value::as_array).unwrap_or_else(|| panic!("no list at {pointer} in {value}")).len()
}
