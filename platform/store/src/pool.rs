//! Connections for transactions.
//!
//! sqlx's own pool asks the server whenever a connection comes back whether it is still there, and hands out the one that
//! rested longest. A transaction of a few statements feels both: one more round trip, and a session whose memory is cold.

use std::time::Duration;

use deadpool::{
    Runtime,
    managed::{
        Manager, Metrics, Object, Pool as ManagedPool, PoolConfig, PoolError, QueueMode, RecycleError, RecycleResult,
        Timeouts,
    },
};
use futures_util::FutureExt as _;
use kontor_kernel::{Error, Result, TenantId};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqlSafeStr, postgres::PgConnectOptions};
use tokio::runtime::Handle;

use crate::{Databases, constraint::sql_error};

/// How long a transaction waits for a connection.
const WAIT: Duration = Duration::from_secs(5);
/// A connection that rested longer is asked whether it is still there.
const RESTED: Duration = Duration::from_secs(1);
const LIFETIME: Duration = Duration::from_secs(30 * 60);

/// The connections of one role, each for one transaction at a time; the one used last is the next.
#[derive(Debug, Clone)]
pub struct Pool(ManagedPool<Sessions>);

#[derive(Debug)]
pub(crate) struct Sessions(PgConnectOptions);

impl Manager for Sessions {
    type Type = PgConnection;
    type Error = sqlx::Error;

    async fn create(&self) -> sqlx::Result<PgConnection> {
        PgConnection::connect_with(&self.0).await
    }

    async fn recycle(&self, connection: &mut PgConnection, metrics: &Metrics) -> RecycleResult<sqlx::Error> {
        if metrics.age() > LIFETIME {
            return Err(RecycleError::message("it served its time"));
        }
        if metrics.last_used() > RESTED {
            connection.ping().await?;
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
        let pool = ManagedPool::builder(Sessions(options)).config(config).runtime(Runtime::Tokio1).build();
        Ok(Self(pool.map_err(Error::internal)?))
    }

    /// `(open, idle)` connections.
    pub(crate) fn usage(&self) -> (usize, usize) {
        let status = self.0.status();
        (status.size, status.available)
    }

    pub(crate) fn close(&self) {
        self.0.close();
    }
}

/// A transaction that is rolled back unless it is committed.
pub struct Transaction {
    /// Gone when the transaction has ended.
    connection: Option<Object<Sessions>>,
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
        // Boxed: it is large, and part of every command's future.
        let connection = Box::pin(pool.0.get()).await.map_err(|error| match error {
            PoolError::Backend(error) => sql_error(error),
            error => Error::unavailable(error),
        })?;
        let mut transaction = Self { connection: Some(connection) };
        transaction.run(statement).await?;
        Ok(transaction)
    }

    pub fn connection(&mut self) -> Result<&mut PgConnection> {
        let connection = self.connection.as_mut().ok_or_else(|| Error::internal("the transaction has ended"))?;
        Ok(connection)
    }

    /// Ends a transaction whose statements all were answered, without waiting for the end: that is sent, and the
    /// connection's next transaction reads the answer first.
    pub fn end(mut self) {
        let Ok(connection) = self.connection() else { return };
        let at_rest = matches!(connection.flush().now_or_never(), Some(Ok(())));
        let refused = at_rest && matches!(connection.execute(sqlx::raw_sql("ROLLBACK")).now_or_never(), Some(Err(_)));
        if at_rest && !refused && !connection.should_flush() {
            self.connection = None;
        }
    }

    pub async fn commit(mut self) -> Result<()> {
        self.run("COMMIT").await?;
        self.connection = None;
        Ok(())
    }

    pub async fn rollback(mut self) -> Result<()> {
        self.run("ROLLBACK").await?;
        self.connection = None;
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
        let Some(connection) = self.connection.take() else { return };
        match Handle::try_current() {
            Ok(runtime) => {
                runtime.spawn(roll_back(connection));
            }
            Err(_) => drop(Object::take(connection)),
        }
    }
}

/// A connection that does not roll back is not used again.
async fn roll_back(mut connection: Object<Sessions>) {
    if connection.execute(sqlx::raw_sql("ROLLBACK")).await.is_err() {
        drop(Object::take(connection));
    }
}
