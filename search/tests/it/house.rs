use std::{env, fs, path::PathBuf, sync::Arc};

use kontor_command::{FindQuery, Found, ModuleInfo, RecordFinder, Registry};
use kontor_kernel::{TenantId, new_id};
use kontor_search::Indexer;
use kontor_telemetry::Metrics;
use kontor_testing::TestDb;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::entities::Partners;

/// A database and a search folder, and what puts records into the one and finds them by the other.
pub struct House {
    pub db: TestDb,
    pub admin: PgPool,
    pub folder: PathBuf,
    pub registry: Arc<Registry>,
    pub metrics: Metrics,
    pub tenant: TenantId,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl House {
    pub async fn new() -> Self {
        let db = Box::pin(TestDb::new()).await;
        Self {
            admin: db.admin().await,
            db,
            folder: env::temp_dir().join(format!("kontor-search-{}", new_id().simple())),
            registry: Arc::new(Registry::new(vec![ModuleInfo::of::<Partners>()])),
            metrics: Metrics::new().unwrap(),
            tenant: TenantId::new(),
        }
    }

    pub fn open(&self) -> kontor_kernel::Result<Indexer> {
        Indexer::open(&self.folder, Arc::clone(&self.registry), self.db.databases().clone(), self.metrics.clone())
    }

    /// An indexer that has built what was there.
    pub async fn indexer(&self) -> Indexer {
        let indexer = self.open().unwrap();
        indexer.run_once().await.unwrap();
        indexer
    }

    pub async fn supplier(&self, name: &str) -> Uuid {
        let mut connection = self.admin.acquire().await.unwrap();
        let id = insert_partner(&mut connection, self.tenant, name, true, false).await;
        tell(&mut connection, self.tenant, "suppliers", id).await;
        id
    }

    pub async fn sql(&self, statement: &'static str, id: Uuid) {
        sqlx::query(statement).bind(id).execute(&self.admin).await.unwrap();
    }

    pub async fn tell(&self, entity: &str, id: Uuid) {
        let mut connection = self.admin.acquire().await.unwrap();
        tell(&mut connection, self.tenant, entity, id).await;
    }
}

pub async fn insert_partner(
    connection: &mut PgConnection,
    tenant: TenantId,
    name: &str,
    supplier: bool,
    customer: bool,
) -> Uuid {
    let id = new_id();
    sqlx::query(
        "insert into partners (tenant_id, id, is_supplier, is_customer, code, name, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, now(), now())",
    )
    .bind(tenant.0)
    .bind(id)
    .bind(supplier)
    .bind(customer)
    .bind(format!("S-{}", id.simple()))
    .bind(name)
    .execute(connection)
    .await
    .unwrap();
    id
}

/// Leaves the event that a command leaves.
pub async fn tell(connection: &mut PgConnection, tenant: TenantId, entity: &str, id: Uuid) {
    sqlx::query(
        "insert into outbox (tenant_id, id, at, topic, entity, entity_id, payload)
         values ($1, $2, now(), $3 || '.updated', $3, $4, '{}')",
    )
    .bind(tenant.0)
    .bind(new_id())
    .bind(entity)
    .bind(id)
    .execute(connection)
    .await
    .unwrap();
}

pub async fn find(indexer: &Indexer, tenant: TenantId, text: &str) -> Vec<Found> {
    let collections = vec!["suppliers", "customers", "contacts", "partners"];
    let query = FindQuery { tenant, text: text.to_owned(), collections, limit: 10 };
    indexer.search().find(query).await.unwrap()
}

pub async fn titles(indexer: &Indexer, tenant: TenantId, text: &str) -> Vec<String> {
    find(indexer, tenant, text).await.into_iter().map(|found| found.title).collect()
}
