use kontor_kernel::Result;

use super::Tx;
use crate::{constraint::sql_error, effects::EffectsMark};

/// A place in a transaction to come back to, with what had been gathered for its commit until there.
///
/// Savepoints end in the opposite order they began in: each by [`Tx::release`] or [`Tx::undo`].
#[derive(Debug)]
#[must_use = "a savepoint is released or undone"]
pub struct Savepoint(EffectsMark);

impl Tx {
    pub async fn savepoint(&mut self) -> Result<Savepoint> {
        self.settle().await?;
        sqlx::raw_sql("savepoint part").execute(self.transaction.connection()?).await.map_err(sql_error)?;
        Ok(Savepoint(self.effects.mark()))
    }

    /// Keeps what was done since.
    pub async fn release(&mut self, _: Savepoint) -> Result<()> {
        self.settle().await?;
        sqlx::raw_sql("release savepoint part").execute(self.transaction.connection()?).await.map_err(sql_error)?;
        Ok(())
    }

    /// Takes back what was done since, in the database and of audit, events and meters. Also heals a transaction that a
    /// failed statement has aborted.
    pub async fn undo(&mut self, savepoint: Savepoint) -> Result<()> {
        self.late.clear();
        sqlx::raw_sql("rollback to savepoint part; release savepoint part")
            .execute(self.transaction.connection()?)
            .await
            .map_err(sql_error)?;
        self.effects.back_to(savepoint.0);
        Ok(())
    }
}
