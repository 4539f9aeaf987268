#![expect(clippy::expect_used, reason = "a test whose database cannot be made fails by panicking")]

use std::sync::Arc;

use chrono::{DateTime, Utc};
use kontor_kernel::{Currency, Error, Result, TenantId, new_id};
use kontor_postgres::TestCluster;
use kontor_store::{DatabaseUrls, Databases, Origin, Sequences, TxContext, bootstrap, migrate};
use sqlx::{Connection, PgConnection, PgPool, postgres::PgPoolOptions};

const TEMPLATE: &str = "kontor_template";
/// Connections of a test's pool of tenants' work: enough for tests that run many tasks at a time.
const APP_CONNECTIONS: u32 = 8;

/// One test's database. It goes with its last handle: hundreds of them at a time fill the disk, and to delete their files
/// from there takes longer than the tests.
#[derive(Debug, Clone)]
pub struct TestDb {
    place: Arc<Place>,
    databases: Databases,
    sequences: Arc<Sequences>,
}

/// Where it is.
#[derive(Debug)]
struct Place {
    cluster: &'static TestCluster,
    name: String,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.cluster.discard_database(&self.name);
    }
}

impl TestDb {
    /// A fresh database with the whole schema and no company.
    ///
    /// # Panics
    /// When PostgreSQL is not installed or a migration fails.
    pub async fn new() -> Self {
        let cluster = Box::pin(TestCluster::shared()).await.expect("a PostgreSQL for the tests");
        let template =
            cluster.template(TEMPLATE, async |url| lay_schema(cluster, &url).await.map_err(TemplateError::Schema));
        template.await.expect("the schema as a template");
        let name = format!("test_{}", new_id().simple());
        cluster.clone_database(TEMPLATE, &name).await.expect("a copy of the template");
        let databases = Databases::open(&urls(cluster, &name)).expect("addresses that can be read");
        let sequences = Arc::new(Sequences::new(databases.clone()));
        Self { place: Arc::new(Place { cluster, name }), databases, sequences }
    }

    /// The pools by role, as the server has them.
    pub fn databases(&self) -> &Databases {
        &self.databases
    }

    pub fn sequences(&self) -> Arc<Sequences> {
        Arc::clone(&self.sequences)
    }

    /// The addresses by role, for what opens its own connections.
    pub fn urls(&self) -> DatabaseUrls {
        urls(self.place.cluster, &self.place.name)
    }

    /// The superuser's address: past row-level security, to look at what a test left.
    pub fn admin_url(&self) -> String {
        self.place.cluster.admin_url_in(&self.place.name)
    }

    /// A connection past row-level security.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn admin(&self) -> PgPool {
        PgPoolOptions::new().max_connections(2).connect(&self.admin_url()).await.expect("the test's database")
    }

    /// The one number that `sql` gives, asked past row-level security.
    ///
    /// # Panics
    /// When the statement fails.
    pub async fn count(&self, sql: &'static str) -> i64 {
        let mut admin = PgConnection::connect(&self.admin_url()).await.expect("the test's database");
        let count = sqlx::query_scalar(sql).fetch_one(&mut admin).await.expect("a number");
        admin.close().await.expect("a closed connection");
        count
    }
}

/// What the system does for a tenant that keeps its books in euros, on the morning of 2026-03-02.
pub fn context(tenant: TenantId) -> TxContext {
    let now = at("2026-03-02T09:00:00Z");
    TxContext {
        tenant,
        user: None,
        origin: Origin::System,
        request_id: "test".to_owned(),
        address: None,
        now,
        today: now.date_naive(),
        currency: Currency::EUR,
    }
}

/// A moment by its RFC 3339 text, such as `2026-03-02T09:00:00Z`.
///
/// # Panics
/// When the text is no time.
pub fn at(time: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(time).expect("a time such as 2026-03-02T09:00:00Z").with_timezone(&Utc)
}

#[derive(Debug)]
enum TemplateError {
    #[expect(dead_code, reason = "shown by the panic's message")]
    Cluster(kontor_postgres::Error),
    #[expect(dead_code, reason = "shown by the panic's message")]
    Schema(Error),
}

impl From<kontor_postgres::Error> for TemplateError {
    fn from(error: kontor_postgres::Error) -> Self {
        Self::Cluster(error)
    }
}

fn urls(cluster: &TestCluster, name: &str) -> DatabaseUrls {
    DatabaseUrls {
        app: cluster.url("kontor_app", name),
        identity: cluster.url("kontor_identity", name),
        reader: cluster.url("kontor_reader", name),
        app_connections: APP_CONNECTIONS,
    }
}

/// Makes the roles and lays the schema as its owner, as an operator does.
async fn lay_schema(cluster: &TestCluster, admin_url: &str) -> Result<()> {
    let mut admin = PgConnection::connect(admin_url).await.map_err(Error::internal)?;
    let name: String =
        sqlx::query_scalar("select current_database()").fetch_one(&mut admin).await.map_err(Error::internal)?;
    bootstrap(admin_url, &name, "test").await?;
    sqlx::query("do $$ begin execute format('alter database %I owner to kontor_owner', current_database()); end $$")
        .execute(&mut admin)
        .await
        .map_err(Error::internal)?;
    admin.close().await.map_err(Error::internal)?;
    migrate(&cluster.url("kontor_owner", &name)).await
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn a_database_goes_with_its_last_handle() {
        let (other, db) = (TestDb::new().await, TestDb::new().await);
        let name = db.place.name.clone();
        let exists = async || {
            let admin = other.admin().await;
            let counted = sqlx::query_scalar("select count(*) from pg_database where datname = $1").bind(&name);
            let counted: i64 = counted.fetch_one(&admin).await.expect("a number");
            counted == 1
        };
        let second = db.clone();
        let open = db.admin().await;
        drop(db);
        assert_eq!(second.count("select count(*) from users").await, 0);
        assert!(exists().await);
        drop(second);
        while exists().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(sqlx::query("select 1").execute(&open).await.is_err(), "its sessions are over");
    }
}
