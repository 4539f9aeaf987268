//! A company with a database of its own, for the tests of every module. Later modules include this file.

use chrono::{DateTime, NaiveDate, Utc};
use kontor_access::NewCompany;
use kontor_command::{Invariant, Registered, Setup};
use kontor_entity::{Mode, parse_draft};
use kontor_kernel::{Country, Currency, Locale, Result, TenantId, UserId};
use kontor_store::{Origin, Tx, TxContext};
use kontor_testing::{TestDb, at};
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use uuid::Uuid;

/// A company in Germany that keeps its books in euros, on Friday, 20 November 2026.
pub struct Company {
    pub db: TestDb,
    tenant: TenantId,
    user: UserId,
    now: DateTime<Utc>,
}

impl Company {
    /// A company as these modules lay it down, first to last.
    pub async fn new(setups: &[Setup]) -> Self {
        let company = Self {
            db: TestDb::new().await,
            tenant: TenantId::new(),
            user: UserId::new(),
            now: at("2026-11-20T09:00:00Z"),
        };
        let new = NewCompany {
            tenant: company.tenant,
            name: "Northwind".to_owned(),
            country: Country::from_code("DE").unwrap(),
            currency: Currency::EUR,
            locale: Locale::En,
        };
        let mut tx = company.begin().await;
        for setup in setups {
            setup(&mut tx, &new).await.unwrap();
        }
        tx.commit().await.unwrap();
        company
    }

    pub fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    fn context(&self) -> TxContext {
        TxContext {
            tenant: self.tenant,
            user: Some(self.user),
            currency: Currency::EUR,
            origin: Origin::System,
            request_id: "test".to_owned(),
            address: None,
            now: self.now,
            today: self.today(),
        }
    }

    pub async fn begin(&self) -> Tx {
        Tx::begin(self.db.databases(), self.db.sequences(), self.context()).await.unwrap()
    }

    /// Creates a record as a client does, and commits. Gives the stored record.
    pub async fn create(&self, entity: Registered, body: &Value) -> Result<Value> {
        let draft = parse_draft(entity.meta, body.to_string().as_bytes(), Mode::Create)?;
        let mut tx = self.begin().await;
        let written = entity.create(&mut tx, draft).await?;
        tx.commit().await?;
        Ok(serde_json::from_str(&written.json).unwrap())
    }

    /// Changes a record as a client does, and commits. Gives the stored record.
    pub async fn update(&self, entity: Registered, id: &Value, body: &Value) -> Result<Value> {
        let draft = parse_draft(entity.meta, body.to_string().as_bytes(), Mode::Patch)?;
        let mut tx = self.begin().await;
        let id = id.as_str().unwrap().parse().unwrap();
        let written = entity.update(&mut tx, id, None, draft).await?.into_written();
        tx.commit().await?;
        Ok(serde_json::from_str(&written.json).unwrap())
    }

    /// Archives a record as a client does, and commits.
    pub async fn archive(&self, entity: Registered, id: Uuid) -> Result<()> {
        let mut tx = self.begin().await;
        entity.archive(&mut tx, id, None, true).await?;
        tx.commit().await
    }

    /// One record as the API answers it.
    pub async fn read(&self, entity: Registered, id: Uuid) -> Value {
        let mut tx = self.begin().await;
        let written = tx.record_json(entity.meta, id).await.unwrap();
        serde_json::from_str(&written.json).unwrap()
    }

    /// What an invariant's question answers.
    pub async fn violations(&self, invariant: &Invariant) -> Vec<String> {
        let mut tx = self.begin().await;
        sqlx::query_scalar(invariant.sql).fetch_all(tx.connection().await.unwrap()).await.unwrap()
    }

    /// The ids of the invariants that do not hold.
    pub async fn broken(&self, invariants: &'static [Invariant]) -> Vec<&'static str> {
        let mut broken = Vec::new();
        for invariant in invariants {
            if !self.violations(invariant).await.is_empty() {
                broken.push(invariant.id);
            }
        }
        broken
    }

    /// Runs statements past row-level security, triggers and foreign keys, as somebody with the disk in hands could.
    pub async fn tamper(&self, sql: &str) {
        let mut admin = PgConnection::connect(&self.db.admin_url()).await.unwrap();
        admin.execute("set session_replication_role = replica").await.unwrap();
        admin.execute(sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))).await.unwrap();
        admin.close().await.unwrap();
    }

    /// PostgreSQL's code for refusing a statement of the application's role, at once or at the commit.
    pub async fn refusal(&self, sql: &str) -> String {
        let mut tx = self.begin().await;
        let done = tx.connection().await.unwrap().execute(sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))).await;
        let error = match done {
            Err(error) => error,
            Ok(_) => tx.connection().await.unwrap().execute("set constraints all immediate").await.unwrap_err(),
        };
        error.as_database_error().unwrap().code().unwrap().into_owned()
    }
}
