use std::sync::Arc;

use kontor_kernel::Result;
use kontor_store::{Databases, Sequences, Tx, TxContext, sql_error};
use tracing::debug;
use uuid::Uuid;

/// Tells how far an import is while its own transaction, which nobody sees into, is still open.
#[derive(Debug, Clone)]
pub(crate) struct Progress {
    pub databases: Databases,
    pub sequences: Arc<Sequences>,
    pub context: TxContext,
    pub import: Uuid,
}

impl Progress {
    /// Progress is a courtesy: when it cannot be told, the import goes on.
    pub async fn report(&self, processed: usize) {
        if let Err(failure) = self.store(processed).await {
            debug!(import.id = %self.import, cause = ?failure, "progress of import {} not told", self.import);
        }
    }

    async fn store(&self, processed: usize) -> Result<()> {
        let mut tx = Tx::begin(&self.databases, Arc::clone(&self.sequences), self.context.clone()).await?;
        sqlx::query("update imports set processed = $3 where tenant_id = $1 and id = $2 and state = 'running'")
            .bind(self.context.tenant.0)
            .bind(self.import)
            .bind(i32::try_from(processed).unwrap_or(i32::MAX))
            .execute(tx.connection().await?)
            .await
            .map_err(sql_error)?;
        tx.commit().await
    }
}
