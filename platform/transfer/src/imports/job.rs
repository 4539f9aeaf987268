//! Imports that go on after their request.

use std::sync::Arc;

use kontor_command::{Call, Registered};
use kontor_entity::Choices;
use kontor_kernel::{Currency, Error, Result, TenantId};
use kontor_store::{Origin, Tx, TxContext, sql_error};
use sqlx::Row;
use tracing::{info, warn};
use uuid::Uuid;

use super::{Imports, ended, failed, is_importable, may_update, operation, read_apart, write};
use crate::{
    Code, ImportJob, ImportState, ImportStatus,
    apply::Outcome,
    progress::Progress,
    store::{StoredFile, claim_import, end_import, read_file, read_import},
    table::Reading,
};

/// What a transaction that does an import works with.
#[derive(Clone)]
struct Run {
    entity: &'static Registered,
    id: Uuid,
    file: Arc<StoredFile>,
    reading: Arc<Reading>,
    may_update: bool,
}

impl Imports {
    /// Does an import that [`Imports::start`] has left to the background. A second call for the same import, at the same
    /// time or later, does nothing.
    ///
    /// # Errors
    /// Failures of the system only; the import is rejected then, with the failure's code.
    pub async fn run(&self, job: &ImportJob) -> Result<()> {
        match self.run_once(job).await {
            Ok(()) => Ok(()),
            Err(failure) => {
                let outcome = failed(failure.code(), failure.text());
                self.end(job.call.caller.tenant(), job.id, &outcome).await?;
                Err(failure)
            }
        }
    }

    async fn run_once(&self, job: &ImportJob) -> Result<()> {
        let call = Call { origin: Origin::Import, idempotency: None, ..job.call.clone() };
        let (id, collections) = (job.id, self.all_collections());
        let file = self
            .runner
            .read(&call, self.reading(&call)?, &|tx| {
                let collections = collections.clone();
                Box::pin(async move {
                    let status = read_import(tx, id, &collections).await?;
                    match status.summary.state {
                        ImportState::Running => read_file(tx, id, &collections).await.map(Some),
                        _ => Ok(None),
                    }
                })
            })
            .await?;
        let Some(file) = file else { return Ok(()) };
        let entity = self.admit(&call, &file.entity).await?;
        let reading = Arc::new(read_apart(entity, file.content.clone(), file.mapping.clone()).await?);
        let run = Run { entity, id, file: Arc::new(file), reading, may_update: may_update(&call, entity) };
        let ended = self
            .runner
            .write(&call, operation(entity, super::FEATURE), &|tx| {
                let (run, imports) = (run.clone(), self.clone());
                Box::pin(async move { imports.run_in(tx, &run).await })
            })
            .await?;
        if let Some(state) = ended {
            info!(import.id = %id, import.state = state.as_str(), "import {id} of {} ended", entity.meta.collection);
        }
        Ok(())
    }

    /// The state it ended in; nothing when another process has it.
    async fn run_in(&self, tx: &mut Tx, run: &Run) -> Result<Option<ImportState>> {
        if !claim_import(tx, run.id).await? {
            return Ok(None);
        }
        let status = read_import(tx, run.id, &[run.entity.meta.collection]).await?;
        if status.summary.state != ImportState::Running {
            return Ok(None);
        }
        let progress = Progress {
            databases: self.runner.databases().clone(),
            sequences: self.runner.sequences(),
            context: tx.context().clone(),
            import: run.id,
        };
        let (state, outcome) = match &run.reading.table {
            Ok(table) => write(tx, run.entity, table, run.file.dry_run, run.may_update, Some(&progress)).await?,
            Err(errors) => (ImportState::Rejected, Outcome { errors: errors.clone(), ..Outcome::default() }),
        };
        if !end_import(tx, &ended(status, state, &outcome)).await? {
            return Err(Error::internal(format!("import {} was ended while it was done", run.id)));
        }
        Ok(Some(state))
    }

    /// Rejects the imports that a stopped process left, with the code `interrupted`; how many. Nothing of them was
    /// written: an import is one transaction. For a start without a queue that would do them again.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn recover(&self) -> Result<usize> {
        let rows = sqlx::query("select tenant_id, id from imports where state = 'running'")
            .fetch_all(self.runner.databases().reader())
            .await
            .map_err(sql_error)?;
        let info = Code::Interrupted.info();
        let outcome = failed(info.id, info.text);
        let mut ended = 0;
        for row in rows {
            let tenant = TenantId(row.try_get(0).map_err(sql_error)?);
            let id: Uuid = row.try_get(1).map_err(sql_error)?;
            if self.end(tenant, id, &outcome).await? {
                warn!(import.id = %id, tenant.id = %tenant, "import {id} was interrupted and is rejected");
                ended += 1;
            }
        }
        Ok(ended)
    }

    /// Rejects a running import that nobody works on.
    async fn end(&self, tenant: TenantId, id: Uuid, outcome: &Outcome) -> Result<bool> {
        let now = self.runner.clock().now();
        let context = TxContext {
            tenant,
            user: None,
            origin: Origin::System,
            request_id: id.to_string(),
            address: None,
            now,
            today: now.date_naive(),
            currency: Currency::EUR,
        };
        let mut tx = Tx::begin(self.runner.databases(), self.runner.sequences(), context).await?;
        if !claim_import(&mut tx, id).await? {
            return Ok(false);
        }
        let status: ImportStatus = read_import(&mut tx, id, &self.all_collections()).await?;
        let rejected = end_import(&mut tx, &ended(status, ImportState::Rejected, outcome)).await?;
        tx.commit().await?;
        Ok(rejected)
    }

    fn all_collections(&self) -> Vec<&'static str> {
        let entities = self.registry.entities().map(|(_, entity)| entity).filter(|entity| is_importable(entity));
        entities.map(|entity| entity.meta.collection).collect()
    }
}
