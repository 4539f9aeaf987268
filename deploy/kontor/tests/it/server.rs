use std::{
    collections::BTreeMap,
    net::TcpListener,
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
};

use kontor::{
    compose::compose,
    config::Config,
    serve::{Parts, Running, start},
};
use kontor_testing::TestDb;
use serde_json::json;
use tokio::sync::watch;

use crate::client::Client;

/// The whole product on a port of its own, over a database of its own.
pub struct Server {
    pub url: String,
    pub db: TestDb,
    pub config: Config,
    stop: watch::Sender<bool>,
    running: Option<Running>,
    data: std::path::PathBuf,
}

/// Every owner's.
const PASSWORD: &str = "correct horse battery 42";

static COMPANIES: AtomicU32 = AtomicU32::new(1);

impl Server {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// With settings beside the usual ones.
    pub async fn start_with(settings: &[(&str, &str)]) -> Self {
        let db = TestDb::new().await;
        let data = std::env::temp_dir().join(format!("kontor-it-{}", uuid::Uuid::now_v7().simple()));
        let mut values = usual_settings(&db, &data);
        values.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let config = Config::from_values(&values).map_err(|problems| problems.to_string()).unwrap();
        kontor_telemetry::init_logs(kontor_telemetry::LogFormat::Text, "warn");
        let product = compose(&config).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        let running = start(&config, product, Parts::Web, stopped).unwrap();
        let server = Self { url: format!("http://{}", config.listen), db, config, stop, running: Some(running), data };
        wait_for(&server.url).await;
        server
    }

    /// A company with its owner logged in.
    pub async fn company(&self) -> Client {
        sign_up(&self.url).await
    }
    /// Somebody with that role alone, in a company of their own.
    pub async fn member(&self, role: &str) -> Client {
        let member = self.company().await;
        let me = member.get("/api/v1/me").await.expect(200);
        let user: uuid::Uuid = me.text("/user/id").parse().unwrap();
        sqlx::query("update users set roles = array[$2::text] where id = $1")
            .bind(user)
            .bind(role)
            .execute(&self.db.admin().await)
            .await
            .unwrap();
        // What a member may do is kept in memory; a new log-in reads it again.
        let again = json!({"email": me.text("/user/email"), "password": PASSWORD});
        let tokens = Client::anonymous(&self.url).post("/api/v1/auth/login", &again).await.expect(200);
        member.with_token(&tokens.text("/access_token"))
    }

    /// Violations of the invariants in all companies.
    pub async fn violations(&self) -> Vec<String> {
        violations(&self.db, &self.config).await
    }

    pub async fn stop(mut self) {
        self.stop.send(true).ok();
        if let Some(running) = self.running.take() {
            running.ended().await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.send(true).ok();
        std::fs::remove_dir_all(&self.data).ok();
    }
}

/// What every server of a test is told, but for what the test itself sets.
pub fn usual_settings(db: &TestDb, data: &Path) -> BTreeMap<String, String> {
    let (port, metrics, urls) = (free_port(), free_port(), db.urls());
    let settings = [
        ("DATABASE_URL", urls.app),
        ("DATABASE_IDENTITY_URL", urls.identity),
        ("DATABASE_READER_URL", urls.reader),
        ("KONTOR_SECRET", "an integration test's own secret, long enough".to_owned()),
        ("KONTOR_PUBLIC_URL", format!("http://localhost:{port}")),
        ("KONTOR_LISTEN", format!("127.0.0.1:{port}")),
        ("KONTOR_METRICS_LISTEN", format!("127.0.0.1:{metrics}")),
        ("KONTOR_DATA", data.display().to_string()),
        ("KONTOR_LIMIT_CALLS", "1000000".to_owned()),
        ("KONTOR_LIMIT_SIGN_UPS", "1000".to_owned()),
        ("KONTOR_LIMIT_LOG_INS", "1000".to_owned()),
    ];
    settings.map(|(name, value)| (name.to_owned(), value)).into()
}

/// Until the server takes connections.
pub async fn wait_for(url: &str) {
    let address = url.trim_start_matches("http://");
    for _ in 0..400 {
        if tokio::net::TcpStream::connect(address).await.is_ok() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("the server does not answer");
}

/// A new company at that server, with its owner logged in.
pub async fn sign_up(url: &str) -> Client {
    let number = COMPANIES.fetch_add(1, Ordering::Relaxed);
    let client = Client::anonymous(url);
    let answer = client
        .post(
            "/api/v1/sign-up",
            &json!({
                "company": format!("Company {number}"), "slug": format!("company-{number}"), "country": "DE",
                "currency": "EUR", "name": "Olga Owner", "email": format!("owner{number}@example.com"),
                "password": PASSWORD,
            }),
        )
        .await
        .expect(201);
    client.with_token(&answer.text("/access_token"))
}

/// Violations of the invariants in all companies of a database.
pub async fn violations(db: &TestDb, config: &Config) -> Vec<String> {
    let product = compose_for_check(config).await;
    let tenants: Vec<uuid::Uuid> =
        sqlx::query_scalar("select id from platform.tenants").fetch_all(&db.admin().await).await.unwrap();
    let mut all = Vec::new();
    for tenant in tenants {
        let found = product.check(kontor_kernel::TenantId(tenant)).await.unwrap();
        all.extend(found.into_iter().map(|violation| violation.to_string()));
    }
    all
}

/// The parts again, on a search folder of their own: the server's is locked.
async fn compose_for_check(config: &Config) -> kontor::compose::Product {
    let mut config = config.clone();
    config.data = std::env::temp_dir().join(format!("kontor-check-{}", uuid::Uuid::now_v7().simple()));
    compose(&config).await.unwrap()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
