//! Connections for transactions.
//!
//! sqlx's own pool asks the server whenever a connection comes back whether it is still there, and hands out the one that
//! rested longest. A transaction of a few statements feels both: one more round trip, and a session whose memory is cold.
//!
//! A transaction that only read is ended by its connection's next beginning, in the same message. Where nobody begins
//! soon it is ended then, so that no session idles in a transaction.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use deadpool::{
    Runtime,
    managed::{
        Manager, Metrics, Object, Pool as ManagedPool, PoolConfig, PoolError, QueueMode, RecycleError, RecycleResult,
        Timeouts,
    },
};
use kontor_kernel::{Error, Result, TenantId};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqlSafeStr, postgres::PgConnectOptions};
use tokio::{runtime::Handle, time::sleep};

use crate::{Databases, constraint::sql_error};

/// How long a transaction waits for a connection.
const WAIT: Duration = Duration::from_secs(5);
/// A connection that rested longer is asked whether it is still there.
const RESTED: Duration = Duration::from_secs(1);
const LIFETIME: Duration = Duration::from_secs(30 * 60);

/// How long a transaction that only read may stay open for the connection's next beginning.
const PAUSE: Duration = Duration::from_millis(5);

/// The connections of one role, each for one transaction at a time; the one used last is the next.
#[derive(Debug, Clone)]
pub struct Pool {
    sessions: ManagedPool<Sessions>,
    pausing: Arc<Mutex<Pausing>>,
}

#[derive(Debug)]
pub(crate) struct Sessions(PgConnectOptions);

#[derive(Debug)]
pub(crate) struct Session {
    connection: PgConnection,
    /// When a transaction that only read was left open.
    open: Option<Instant>,
}

/// Sessions whose transaction is still open, the one used last at the end.
#[derive(Debug, Default)]
struct Pausing {
    sessions: Vec<Object<Sessions>>,
    /// A task will end those that pause too long.
    watched: bool,
}

impl Manager for Sessions {
    type Type = Session;
    type Error = sqlx::Error;

    async fn create(&self) -> sqlx::Result<Session> {
        Ok(Session { connection: PgConnection::connect_with(&self.0).await?, open: None })
    }

    async fn recycle(&self, session: &mut Session, metrics: &Metrics) -> RecycleResult<sqlx::Error> {
        if metrics.age() > LIFETIME {
            return Err(RecycleError::message("it served its time"));
        }
        if metrics.last_used() > RESTED {
            session.connection.ping().await?;
        }
        Ok(())
    }
}

impl Pool {
    /// Connects when a first transaction needs it.
    pub(crate) fn lazy(options: PgConnectOptions, connections: u32) -> Result<Self> {
        let config = PoolConfig {
            max_size: usize::try_from(connections).map_err(Error::internal)?,
            timeouts: Timeouts { wait: Some(WAIT), create: Some(WAIT), recycle: Some(WAIT) },
            queue_mode: QueueMode::Lifo,
        };
        let sessions = ManagedPool::builder(Sessions(options)).config(config).runtime(Runtime::Tokio1).build();
        Ok(Self { sessions: sessions.map_err(Error::internal)?, pausing: Arc::default() })
    }

    /// `(open, idle)` connections.
    pub(crate) fn usage(&self) -> (usize, usize) {
        let (status, pausing) = (self.sessions.status(), self.pausing().sessions.len());
        (status.size, status.available + pausing)
    }

    pub(crate) fn close(&self) {
        self.sessions.close();
        self.pausing().sessions.clear();
    }

    async fn session(&self) -> Result<Object<Sessions>> {
        let pausing = self.pausing().sessions.pop();
        if let Some(session) = pausing {
            return Ok(session);
        }
        // Boxed: it is large, and part of every command's future.
        Box::pin(self.sessions.get()).await.map_err(|error| match error {
            PoolError::Backend(error) => sql_error(error),
            error => Error::unavailable(error),
        })
    }

    /// Keeps a session with its transaction still open for the next beginning; who waits for one gets it at once.
    fn pause(&self, mut session: Object<Sessions>) {
        let served = Object::metrics(&session).age() > LIFETIME;
        let Some(runtime) = Handle::try_current().ok().filter(|_| !served) else {
            drop(Object::take(session));
            return;
        };
        session.open = Some(Instant::now());
        let awaited = self.sessions.status().waiting > 0;
        let mut pausing = self.pausing();
        if !awaited {
            pausing.sessions.push(session);
        }
        if !std::mem::replace(&mut pausing.watched, true) {
            runtime.spawn(self.clone().end_pauses());
        }
    }

    async fn end_pauses(self) {
        loop {
            sleep(PAUSE).await;
            let (over, more) = self.pauses_over();
            for session in over {
                roll_back(session).await;
            }
            if !more {
                return;
            }
        }
    }

    /// The sessions that paused long enough, and whether to look again.
    fn pauses_over(&self) -> (Vec<Object<Sessions>>, bool) {
        let long = |session: &Session| session.open.is_some_and(|since| since.elapsed() >= PAUSE);
        let mut pausing = self.pausing();
        let count = pausing.sessions.iter().take_while(|session| long(session)).count();
        let over = pausing.sessions.drain(..count).collect();
        // One that was for somebody who waited lies in the pool when they were gone by then. It is given up.
        let mut left = false;
        self.sessions.retain(|session, _| {
            let keep = !long(session);
            left |= keep && session.open.is_some();
            keep
        });
        pausing.watched = left || !pausing.sessions.is_empty();
        (over, pausing.watched)
    }

    fn pausing(&self) -> MutexGuard<'_, Pausing> {
        self.pausing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A transaction that is rolled back unless it is committed.
pub struct Transaction {
    pool: Pool,
    /// Gone when the transaction has ended.
    session: Option<Object<Sessions>>,
}

/// The beginning of a tenant's transaction, in one round trip. Only a typed id is written into the text, never a client's
/// string.
pub(crate) fn begin_as(tenant: TenantId, begin: &str) -> String {
    format!("{begin}; SET LOCAL app.tenant_id = '{}'", tenant.0)
}

impl Transaction {
    /// Begins one of a tenant, under row-level security.
    pub async fn of_tenant(databases: &Databases, tenant: TenantId) -> Result<Self> {
        Self::begin(databases.pool(tenant), AssertSqlSafe(begin_as(tenant, "BEGIN"))).await
    }

    /// Begins with a statement of its own: `BEGIN` and what else is to be set for it, in one round trip.
    pub async fn begin(pool: &Pool, statement: impl SqlSafeStr) -> Result<Self> {
        let session = pool.session().await?;
        let open = session.open.is_some();
        let mut transaction = Self { pool: pool.clone(), session: Some(session) };
        if open {
            let statement = statement.into_sql_str();
            transaction.run(AssertSqlSafe(format!("ROLLBACK; {}", statement.as_str()))).await?;
        } else {
            transaction.run(statement).await?;
        }
        transaction.session()?.open = None;
        Ok(transaction)
    }

    pub fn connection(&mut self) -> Result<&mut PgConnection> {
        Ok(&mut self.session()?.connection)
    }

    fn session(&mut self) -> Result<&mut Object<Sessions>> {
        self.session.as_mut().ok_or_else(|| Error::internal("the transaction has ended"))
    }

    /// Ends a transaction that only read, without a statement of its own: the connection's next beginning ends it, soon.
    pub fn end(mut self) {
        if let Some(session) = self.session.take() {
            self.pool.pause(session);
        }
    }

    pub async fn commit(mut self) -> Result<()> {
        self.run("COMMIT").await?;
        self.session = None;
        Ok(())
    }

    pub async fn rollback(mut self) -> Result<()> {
        self.run("ROLLBACK").await?;
        self.session = None;
        Ok(())
    }

    /// Runs what has no parameters and is not worth being prepared.
    async fn run(&mut self, statement: impl SqlSafeStr) -> Result<()> {
        self.connection()?.execute(sqlx::raw_sql(statement)).await.map_err(sql_error)?;
        Ok(())
    }
}

impl Drop for Transaction {
    /// Rolls back apart, as nobody waits here: what a caller gave up in the middle of a statement has to end first.
    fn drop(&mut self) {
        let Some(session) = self.session.take() else { return };
        match Handle::try_current() {
            Ok(runtime) => {
                runtime.spawn(roll_back(session));
            }
            Err(_) => drop(Object::take(session)),
        }
    }
}

/// A connection that does not roll back is not used again.
async fn roll_back(mut session: Object<Sessions>) {
    match session.connection.execute(sqlx::raw_sql("ROLLBACK")).await {
        Ok(_) => session.open = None,
        Err(_) => drop(Object::take(session)),
    }
}
