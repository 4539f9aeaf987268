//! Confirming and cancelling.

use kontor_command::RecordAction as _;
use kontor_http::Incoming;
use kontor_kernel::{Error, Result};
use kontor_purchasing::{CancelOrder, ConfirmOrder};
use kontor_store::{Origin, Written};
use poem::Response;
use uuid::Uuid;

use super::{Order, page::Outcome};
use crate::{
    Web, answer,
    pages::{display::StoredJson, form::version_of},
    refusal::is_refusal,
};

impl Order {
    pub(super) async fn confirm(self, web: Web, incoming: Incoming) -> Result<Response> {
        let (call, order) = (incoming.call(Origin::Web)?, incoming.id("id")?);
        let version = version_of(&incoming.form());
        let outcome = web.app.runner.run(&call, ConfirmOrder.on(order, version)).await;
        self.told(&web, &incoming, order, outcome, "confirmed").await
    }

    pub(super) async fn cancel(self, web: Web, incoming: Incoming) -> Result<Response> {
        let (call, order) = (incoming.call(Origin::Web)?, incoming.id("id")?);
        let version = version_of(&incoming.form());
        let outcome = web.app.runner.run(&call, CancelOrder.on(order, version)).await;
        self.told(&web, &incoming, order, outcome, "cancelled").await
    }

    /// The order as it is now: after the command, or with the reason why not.
    async fn told(
        self,
        web: &Web,
        incoming: &Incoming,
        order: Uuid,
        outcome: Result<Written, Error>,
        done: &str,
    ) -> Result<Response> {
        match outcome {
            Ok(written) => {
                let record = StoredJson::read(&written.json)?;
                Ok(answer::done(&self.target.meta().url(order), &format!("{} {done}", record.text("number"))))
            }
            Err(error) if is_refusal(&error) => {
                let loaded = self.load(web, incoming, Some(order), None).await?;
                let outcome = Outcome { refusal: Some(&error), ..Outcome::default() };
                self.render(web, incoming, &loaded, outcome).await
            }
            Err(error) => Err(error),
        }
    }
}
