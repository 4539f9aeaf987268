//! The writes that every form makes through the runner.

use kontor_access::Verb;
use kontor_command::{Call, Saved};
use kontor_entity::Draft;
use kontor_kernel::Result;
use kontor_store::Written;
use uuid::Uuid;

use super::Target;
use crate::Web;

impl Web {
    /// A new record. `draft` is what the form was read as, its violations among the refusals.
    pub(crate) async fn create(&self, call: &Call, target: Target, draft: Result<Draft>) -> Result<Written> {
        let draft = draft?;
        self.app
            .runner
            .write(call, target.operation(Verb::Create), &|tx| {
                let draft = draft.clone();
                Box::pin(async move { target.entity.create(tx, draft).await })
            })
            .await
    }

    /// A changed record; `version` is the one that was on screen.
    pub(crate) async fn update(
        &self,
        call: &Call,
        target: Target,
        id: Uuid,
        version: Option<i64>,
        draft: Result<Draft>,
    ) -> Result<Saved> {
        let draft = draft?;
        self.app
            .runner
            .write(call, target.operation(Verb::Update), &|tx| {
                let draft = draft.clone();
                Box::pin(async move { target.entity.update(tx, id, version, draft).await })
            })
            .await
    }

    /// A record put away, or taken back.
    pub(crate) async fn archive(
        &self,
        call: &Call,
        target: Target,
        id: Uuid,
        version: Option<i64>,
        archived: bool,
    ) -> Result<()> {
        let work: kontor_command::Work<'_, ()> = &|tx| Box::pin(target.entity.archive(tx, id, version, archived));
        self.app.runner.write(call, target.operation(Verb::Archive), work).await
    }
}
