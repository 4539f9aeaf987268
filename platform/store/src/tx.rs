mod savepoint;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use kontor_kernel::{Currency, Error, Fault, Result, TenantId, UserId};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, PgConnection, Row};
use uuid::Uuid;

use crate::{
    Databases, Sequences,
    constraint::sql_error,
    effects::{Answered, Effects, IdempotentAnswer, Meter},
    late::{self, LateWrite},
    pool::{Pool, Transaction, begin_as},
};

pub use savepoint::Savepoint;

/// By which way a write came in. The audit trail says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Api,
    Web,
    Import,
    Job,
    Assistant,
    System,
}

impl Origin {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Web => "web",
            Self::Import => "import",
            Self::Job => "job",
            Self::Assistant => "assistant",
            Self::System => "system",
        }
    }
}

/// Who does it, for whom, when and from where.
#[derive(Debug, Clone)]
pub struct TxContext {
    pub tenant: TenantId,
    /// Nobody for the system's own work.
    pub user: Option<UserId>,
    pub origin: Origin,
    pub request_id: String,
    pub address: Option<String>,
    /// The one time of this transaction.
    pub now: DateTime<Utc>,
    /// Today where the company is.
    pub today: NaiveDate,
    /// The currency of the company's books.
    pub currency: Currency,
}

/// One transaction of one tenant, under row-level security.
///
/// Dropped without [`Tx::commit`] it is rolled back. Audit rows, events and meter rows are gathered and written with the
/// commit.
pub struct Tx {
    transaction: Transaction,
    context: TxContext,
    effects: Effects,
    /// Writes that nothing was asked of since.
    pub(crate) late: Vec<LateWrite>,
    /// Nothing in a rehearsal, which takes no number.
    sequences: Option<Arc<Sequences>>,
}

impl Tx {
    /// Begins a transaction that may write.
    pub async fn begin(databases: &Databases, sequences: Arc<Sequences>, context: TxContext) -> Result<Self> {
        Self::begin_on(databases.pool(context.tenant), "BEGIN", Some(sequences), context).await
    }

    /// Begins a transaction that only reads; PostgreSQL refuses any write in it.
    pub async fn begin_read(databases: &Databases, sequences: Arc<Sequences>, context: TxContext) -> Result<Self> {
        Self::begin_on(databases.pool(context.tenant), "BEGIN READ ONLY", Some(sequences), context).await
    }

    /// Begins a transaction that tries a write and is then rolled back: it reaches no sequence and cannot be committed.
    pub async fn begin_rehearsal(databases: &Databases, context: TxContext) -> Result<Self> {
        Self::begin_on(databases.pool(context.tenant), "BEGIN", None, context).await
    }

    /// Begins on the connection of `kontor_identity`: sign-up writes the platform's rows and the tenant's in one.
    pub async fn begin_identity(databases: &Databases, sequences: Arc<Sequences>, context: TxContext) -> Result<Self> {
        Self::begin_on(databases.identity_work(), "BEGIN", Some(sequences), context).await
    }

    async fn begin_on(pool: &Pool, begin: &str, sequences: Option<Arc<Sequences>>, context: TxContext) -> Result<Self> {
        let transaction = Transaction::begin(pool, AssertSqlSafe(begin_as(context.tenant, begin))).await?;
        Ok(Self { transaction, context, effects: Effects::default(), late: Vec::new(), sequences })
    }

    pub const fn context(&self) -> &TxContext {
        &self.context
    }

    pub const fn tenant(&self) -> Uuid {
        self.context.tenant.0
    }

    pub fn user(&self) -> Option<Uuid> {
        self.context.user.map(|user| user.0)
    }

    pub const fn now(&self) -> DateTime<Utc> {
        self.context.now
    }

    /// Today in the company's time zone.
    pub const fn today(&self) -> NaiveDate {
        self.context.today
    }

    /// The currency of the company's books.
    pub const fn currency(&self) -> Currency {
        self.context.currency
    }

    /// The connection, for statements of a module's own. They name `tenant_id` as every index begins with it.
    ///
    /// Writes that wait are written first, so that the statement sees them.
    pub async fn connection(&mut self) -> Result<&mut PgConnection> {
        self.settle().await?;
        self.transaction.connection()
    }

    /// Writes what waits for a next statement.
    pub async fn settle(&mut self) -> Result<()> {
        let late = std::mem::take(&mut self.late);
        late::settle(late, &mut self.effects, self.transaction.connection()?, &self.context).await
    }

    /// The next number of a series that may have gaps. A rehearsal takes none: it gets a stand-in below zero.
    pub async fn next_number(&self, series: &str) -> Result<i64> {
        match &self.sequences {
            Some(sequences) => sequences.next(self.context.tenant, series).await,
            None => Ok(stand_in()),
        }
    }

    /// Records who changed what. `changes` is one JSON object: field → new value, or field → [old, new].
    pub fn audit(&mut self, action: &str, entity: &str, id: Uuid, changes: &impl Serialize) {
        let changes = serde_json::to_string(changes).unwrap_or_else(|_| "{}".to_owned());
        self.effects.audit(action, entity, id, changes);
    }

    /// Tells the rest of the system, once this transaction commits.
    pub fn emit(&mut self, topic: &str, entity: &str, id: Uuid, payload: &impl Serialize) {
        let payload = serde_json::to_string(payload).unwrap_or_else(|_| "{}".to_owned());
        self.effects.event(topic, entity, id, payload);
    }

    /// What most writes leave: who changed what, and the event `<collection>.<action>` with the version that came of it.
    pub fn tell(&mut self, collection: &str, action: &str, id: Uuid, version: i64, changes: &impl Serialize) {
        self.audit(action, collection, id, changes);
        self.emit(&format!("{collection}.{action}"), collection, id, &json!({ "version": version }));
    }

    pub fn meter(&mut self, meter: Meter, quantity: i64) {
        self.effects.meter(meter, quantity);
    }

    /// Says that somebody gets a seat by this transaction. It does not commit before [`Tx::grant_seats`], which is for who
    /// has held the plan's limit against it.
    pub fn claim_seat(&mut self) {
        self.effects.claim_seat();
    }

    /// Whether a seat was claimed since seats were granted.
    pub fn seat_claimed(&self) -> bool {
        self.effects.seat_claimed()
    }

    pub fn grant_seats(&mut self) {
        self.effects.grant_seats();
    }

    /// The answer that an earlier request under the same idempotency key got, if there was one.
    ///
    /// Errors with `idempotency_key_reused` when that was another request.
    pub async fn earlier_answer(&mut self, key: &str, request: &[u8]) -> Result<Option<IdempotentAnswer>> {
        let tenant = self.tenant();
        let row = sqlx::query(
            "select request_hash, status, location, etag, answer from idempotency_keys where tenant_id = $1 and key = $2",
        )
        .bind(tenant)
        .bind(key)
        .fetch_optional(self.transaction.connection()?)
        .await
        .map_err(sql_error)?;
        let Some(row) = row else { return Ok(None) };
        let stored: Vec<u8> = row.try_get(0).map_err(sql_error)?;
        if stored[..] != Sha256::digest(request)[..] {
            return Err(Fault::IdempotencyKeyReused.error());
        }
        let status: i16 = row.try_get(1).map_err(sql_error)?;
        Ok(Some(IdempotentAnswer {
            status: u16::try_from(status).map_err(Error::internal)?,
            location: row.try_get(2).map_err(sql_error)?,
            etag: row.try_get(3).map_err(sql_error)?,
            body: row.try_get(4).map_err(sql_error)?,
        }))
    }

    /// Writes what was gathered and commits.
    pub async fn commit(self) -> Result<()> {
        self.commit_answered(None).await
    }

    /// Writes what was gathered and the answer for the idempotency key, and commits. A twin under the same key that is not
    /// done yet is waited for; when it is, this errors with `concurrent_change` and has written nothing.
    pub async fn commit_answered(mut self, answered: Option<Answered<'_>>) -> Result<()> {
        if self.effects.seat_claimed() {
            return Err(Error::internal("a seat was claimed and the plan's limit not held against it"));
        }
        let effects = std::mem::take(&mut self.effects);
        let late = std::mem::take(&mut self.late);
        late::finish(late, effects, self.transaction.connection()?, &self.context, answered).await?;
        self.end().await
    }

    /// Ends a transaction that only read. Nobody waits for it.
    pub fn end_read(self) -> Result<()> {
        self.refuse_rehearsal()?;
        self.transaction.end();
        Ok(())
    }

    async fn end(self) -> Result<()> {
        self.refuse_rehearsal()?;
        self.transaction.commit().await
    }

    fn refuse_rehearsal(&self) -> Result<()> {
        match self.sequences {
            Some(_) => Ok(()),
            None => Err(Error::internal("a rehearsal cannot be committed")),
        }
    }

    pub async fn rollback(self) -> Result<()> {
        self.transaction.rollback().await
    }
}

/// Never the same twice, so that two rehearsals beside each other do not wait for one number.
fn stand_in() -> i64 {
    let (_, random) = Uuid::new_v4().as_u64_pair();
    i64::try_from(random >> 1).map_or(i64::MIN, |number| -number)
}
