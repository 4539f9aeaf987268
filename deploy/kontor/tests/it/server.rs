use std::{collections::BTreeMap, net::TcpListener, sync::atomic::AtomicU32, sync::atomic::Ordering};

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
        let (port, metrics) = (free_port(), free_port());
        let data = std::env::temp_dir().join(format!("kontor-it-{}", uuid::Uuid::now_v7().simple()));
        let urls = db.urls();
        let mut values: BTreeMap<String, String> = BTreeMap::from([
            ("DATABASE_URL".to_owned(), urls.app.clone()),
            ("DATABASE_IDENTITY_URL".to_owned(), urls.identity.clone()),
            ("DATABASE_READER_URL".to_owned(), urls.reader.clone()),
            ("KONTOR_SECRET".to_owned(), "an integration test's own secret, long enough".to_owned()),
            ("KONTOR_PUBLIC_URL".to_owned(), format!("http://localhost:{port}")),
            ("KONTOR_LISTEN".to_owned(), format!("127.0.0.1:{port}")),
            ("KONTOR_METRICS_LISTEN".to_owned(), format!("127.0.0.1:{metrics}")),
            ("KONTOR_DATA".to_owned(), data.display().to_string()),
            ("KONTOR_LIMIT_CALLS".to_owned(), "1000000".to_owned()),
            ("KONTOR_LIMIT_SIGN_UPS".to_owned(), "1000".to_owned()),
            ("KONTOR_LIMIT_LOG_INS".to_owned(), "1000".to_owned()),
        ]);
        values.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let config = Config::from_values(&values).map_err(|problems| problems.to_string()).unwrap();
        kontor_telemetry::init_logs(kontor_telemetry::LogFormat::Text, "warn");
        let product = compose(&config).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        let running = start(&config, product, Parts::Web, stopped).unwrap();
        let server = Self { url: format!("http://127.0.0.1:{port}"), db, config, stop, running: Some(running), data };
        server.wait().await;
        server
    }

    async fn wait(&self) {
        let address = self.url.trim_start_matches("http://");
        for _ in 0..200 {
            if tokio::net::TcpStream::connect(address).await.is_ok() {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(25)).await;
        }
        panic!("the server does not answer");
    }

    /// A company with its owner logged in.
    pub async fn company(&self) -> Client {
        let number = COMPANIES.fetch_add(1, Ordering::Relaxed);
        let client = Client::anonymous(&self.url);
        let answer = client
            .post("/api/v1/sign-up", &json!({
                "company": format!("Company {number}"), "slug": format!("company-{number}"), "country": "DE",
                "currency": "EUR", "name": "Olga Owner", "email": format!("owner{number}@example.com"),
                "password": PASSWORD,
            }))
            .await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        client.with_token(answer.body["access_token"].as_str().unwrap())
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
        let product = compose_for_check(&self.config).await;
        let tenants: Vec<uuid::Uuid> =
            sqlx::query_scalar("select id from platform.tenants").fetch_all(&self.db.admin().await).await.unwrap();
        let mut all = Vec::new();
        for tenant in tenants {
            let found = product.check(kontor_kernel::TenantId(tenant)).await.unwrap();
            all.extend(found.into_iter().map(|violation| violation.to_string()));
        }
        all
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

/// The parts again, on a search folder of their own: the server's is locked.
async fn compose_for_check(config: &Config) -> kontor::compose::Product {
    let mut config = config.clone();
    config.data = std::env::temp_dir().join(format!("kontor-check-{}", uuid::Uuid::now_v7().simple()));
    compose(&config).await.unwrap()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
