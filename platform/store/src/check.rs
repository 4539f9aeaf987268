use kontor_kernel::{Result, TenantId};
use sqlx::{AssertSqlSafe, PgConnection};

use crate::{
    Databases,
    constraint::sql_error,
    pool::{Transaction, begin_as},
};

/// What a text of a stored value must not depend on: how a session writes times, bytes and floats.
pub(crate) const CANONICAL_TEXT: &str = "set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, MDY', true), \
     set_config('IntervalStyle', 'postgres', true), set_config('bytea_output', 'hex', true), \
     set_config('extra_float_digits', '1', true)";

/// One look at all of a tenant's rows as they stood at one moment, under row-level security. PostgreSQL refuses any
/// write in it.
pub struct CheckTx {
    transaction: Transaction,
    tenant: TenantId,
}

impl CheckTx {
    pub async fn begin(databases: &Databases, tenant: TenantId) -> Result<Self> {
        let begin = begin_as(tenant, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        let begin = format!("{begin}; SELECT {CANONICAL_TEXT}");
        let transaction = Transaction::begin(databases.pool(tenant), AssertSqlSafe(begin)).await?;
        Ok(Self { transaction, tenant })
    }

    pub const fn tenant(&self) -> TenantId {
        self.tenant
    }

    pub fn connection(&mut self) -> Result<&mut PgConnection> {
        self.transaction.connection()
    }

    /// The first column, a text, of every row that a question gives.
    pub async fn ask(&mut self, question: &'static str) -> Result<Vec<String>> {
        sqlx::query_scalar(question).fetch_all(self.transaction.connection()?).await.map_err(sql_error)
    }

    pub async fn end(self) -> Result<()> {
        self.transaction.commit().await
    }
}
