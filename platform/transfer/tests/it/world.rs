use std::sync::Arc;

use kontor_access::{Caller, Company, NewCompany, OpenGate, Permissions};
use kontor_accounting::Accounting;
use kontor_catalog::Catalog;
use kontor_command::{Call, ModuleInfo, Registry, Runner};
use kontor_kernel::{Country, Currency, FixedClock, Locale, TenantId, UserId, new_id};
use kontor_partners::Partners;
use kontor_store::{Meter, Origin};
use kontor_testing::{TestDb, at};
use kontor_transfer::{ColumnMapping, ImportError, ImportState, ImportStatus, Imports, NewImport, Spawned};
use sqlx::{PgPool, Row, postgres::PgRow};

pub const NOW: &str = "2026-11-20T09:30:00Z";

/// A database with the product's modules, and companies in it.
pub struct World {
    pub runner: Runner,
    pub registry: Arc<Registry>,
    pub imports: Imports,
    pub admin: PgPool,
    _db: TestDb,
}

impl World {
    pub async fn new() -> Self {
        let db = TestDb::new().await;
        let clock = Arc::new(FixedClock::at(at(NOW)));
        let runner = Runner::new(db.databases().clone(), Arc::new(OpenGate), clock);
        let modules = vec![ModuleInfo::of::<Partners>(), ModuleInfo::of::<Accounting>(), ModuleInfo::of::<Catalog>()];
        let registry = Arc::new(Registry::new(modules));
        let imports = Imports::new(runner.clone(), Arc::clone(&registry), Arc::new(Spawned));
        let admin = db.admin().await;
        Self { runner, registry, imports, admin, _db: db }
    }

    /// A company with its first units, and somebody in it with these rights.
    pub async fn company(&self, rights: &[&str]) -> Firm<'_> {
        let tenant = TenantId::new();
        let firm = Firm { world: self, call: call(tenant, rights) };
        let company = NewCompany {
            tenant,
            name: "Northwind".to_owned(),
            country: Country::from_code("US").unwrap(),
            currency: Currency::parse("USD").unwrap(),
            locale: Locale::En,
        };
        let setup = ModuleInfo::of::<Catalog>().setup;
        let operation = kontor_command::Operation {
            name: "setup",
            feature: kontor_transfer::FEATURE,
            need: kontor_command::Need::Permission(kontor_access::Permission::new("setup.read")),
            meter: Meter::Free,
        };
        let owner = call(tenant, &["*"]);
        self.runner
            .write(&owner, operation, &|tx| {
                let company = company.clone();
                Box::pin(async move { setup(tx, &company).await })
            })
            .await
            .unwrap();
        firm
    }

    pub async fn northwind(&self) -> Firm<'_> {
        self.company(&["*"]).await
    }

    pub async fn count(&self, sql: &str) -> i64 {
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql.to_owned())).fetch_one(&self.admin).await.unwrap()
    }

    pub async fn rows(&self, sql: &str) -> Vec<Vec<Option<String>>> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).fetch_all(&self.admin).await.unwrap();
        rows.iter().map(texts).collect()
    }

    pub async fn run(&self, sql: &str) {
        sqlx::query(sqlx::AssertSqlSafe(sql.to_owned())).execute(&self.admin).await.unwrap();
    }
}

fn texts(row: &PgRow) -> Vec<Option<String>> {
    (0..row.len()).map(|column| row.get(column)).collect()
}

fn call(tenant: TenantId, rights: &[&str]) -> Call {
    let company = Company {
        tenant,
        slug: "northwind".to_owned(),
        name: "Northwind".to_owned(),
        currency: Currency::parse("USD").unwrap(),
        locale: "en".to_owned(),
        time_zone: chrono_tz::Europe::Berlin,
        brand_version: 1,
        brand_color: "#336699".to_owned(),
    };
    let caller = Caller {
        user: UserId::new(),
        login: new_id(),
        session: new_id(),
        name: "Nancy".to_owned(),
        email: "nancy@example.com".to_owned(),
        email_verified: true,
        roles: vec!["owner".to_owned()],
        company: Arc::new(company),
        permissions: Arc::new(Permissions::new(rights.iter().map(|right| (*right).to_owned()).collect())),
    };
    Call {
        caller: Arc::new(caller),
        origin: Origin::Api,
        request_id: "test".to_owned(),
        address: None,
        idempotency: None,
    }
}

/// A company, as one of its people sees it.
pub struct Firm<'w> {
    pub world: &'w World,
    pub call: Call,
}

impl Firm<'_> {
    /// Another person of the same company.
    pub fn colleague(&self, rights: &[&str]) -> Self {
        Self { world: self.world, call: call(self.tenant(), rights) }
    }

    pub fn tenant(&self) -> TenantId {
        self.call.caller.tenant()
    }

    pub async fn start(&self, new: NewImport) -> ImportStatus {
        self.world.imports.start(&self.call, new).await.unwrap()
    }

    pub async fn import(&self, entity: &str, content: impl AsRef<[u8]>) -> ImportStatus {
        self.start(new(entity, content)).await
    }

    pub async fn check(&self, entity: &str, content: impl AsRef<[u8]>) -> ImportStatus {
        self.start(NewImport { dry_run: true, ..new(entity, content) }).await
    }

    pub async fn import_file(&self, entity: &str, file: &str) -> ImportStatus {
        self.import(entity, northwind(file)).await
    }

    /// A number that `sql` gives; `{}` in it is the company.
    pub async fn count(&self, sql: &str) -> i64 {
        self.world.count(&self.own(sql)).await
    }

    pub async fn rows(&self, sql: &str) -> Vec<Vec<Option<String>>> {
        self.world.rows(&self.own(sql)).await
    }

    pub async fn run(&self, sql: &str) {
        self.world.run(&self.own(sql)).await;
    }

    fn own(&self, sql: &str) -> String {
        sql.replace("{}", &format!("'{}'::uuid", self.tenant()))
    }

    /// Everything that a write leaves: audit rows, events, metered writes.
    pub async fn traces(&self) -> (i64, i64, i64) {
        (
            self.count("select count(*) from audit_log where tenant_id = {}").await,
            self.count("select count(*) from outbox where tenant_id = {}").await,
            self.count(
                "select coalesce(sum(quantity), 0)::int8 from meter_events where tenant_id = {} and meter = 'writes'",
            )
            .await,
        )
    }
}

pub fn new(entity: &str, content: impl AsRef<[u8]>) -> NewImport {
    NewImport {
        entity: entity.to_owned(),
        file_name: format!("{entity}.csv"),
        content: content.as_ref().to_vec(),
        mapping: None,
        dry_run: false,
    }
}

pub fn mapping(pairs: &[(&str, &str)]) -> Option<ColumnMapping> {
    Some(pairs.iter().map(|(column, field)| ((*column).to_owned(), (*field).to_owned())).collect())
}

pub fn northwind(file: &str) -> Vec<u8> {
    std::fs::read(format!("../exchange/tests/data/northwind/{file}")).unwrap()
}

/// State, created, updated, unchanged.
pub fn came_to(status: &ImportStatus) -> (ImportState, i32, i32, i32) {
    let summary = &status.summary;
    (summary.state, summary.created, summary.updated, summary.unchanged)
}

/// `row field code` of every error.
pub fn errors(status: &ImportStatus) -> Vec<String> {
    let text = |error: &ImportError| format!("{} {} {}", error.row, error.field.as_deref().unwrap_or("-"), error.code);
    status.errors.iter().map(text).collect()
}
