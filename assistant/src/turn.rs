//! One turn: what was understood is stored, and told.

use std::{sync::Arc, time::Duration};

use kontor_command::Call;
use kontor_kernel::{Error, Result};
use kontor_store::{Meter, Tx};
use tokio::sync::mpsc::UnboundedSender;
use tracing::{info, warn};
use uuid::Uuid;

use crate::{
    Answer, Assistant, Brain, Request, Thought, TurnEvent,
    assistant::operation,
    conversation::conversation_keep,
    desk::Left,
    message::message_insert_answer,
    proposal::{proposal_insert, proposal_supersede},
};

/// The longest a message may take to be answered.
const LONGEST: Duration = Duration::from_secs(180);

/// One message on its way to its answer.
pub(crate) struct Turn {
    pub assistant: Assistant,
    pub call: Call,
    pub conversation: Uuid,
    pub question: Uuid,
    pub request: Request,
    pub events: UnboundedSender<TurnEvent>,
}

impl Turn {
    /// Answers the message and stores the answer, also when nobody listens any longer.
    pub async fn run(self) {
        let events = self.events.clone();
        match self.answer().await {
            Ok(answer) => {
                for proposal in &answer.proposals {
                    let _ = events.send(TurnEvent::Card(Box::new(proposal.clone())));
                }
                let _ = events.send(TurnEvent::Done(Box::new(answer)));
            }
            Err(error) => {
                warn!(cause = ?error, "a message to the assistant came to nothing: {error}");
                let _ = events.send(TurnEvent::Failed(error));
            }
        }
    }

    async fn answer(self) -> Result<Answer> {
        let brain: Arc<dyn Brain> = self.assistant.brain();
        let mut desk = self.assistant.desk(self.call.clone(), self.events.clone());
        let thinking = tokio::time::timeout(LONGEST, brain.think(&self.request, &mut desk));
        let thought = thinking.await.map_err(|_| Error::unavailable("the answer took too long"))??;
        self.count(&thought);
        self.store(thought, desk.leave()).await
    }

    fn count(&self, thought: &Thought) {
        let metrics = self.assistant.metrics();
        metrics.assistant_turns.inc();
        metrics.assistant_tokens.with_label_values(&["in"]).inc_by(thought.usage.tokens_in);
        metrics.assistant_tokens.with_label_values(&["out"]).inc_by(thought.usage.tokens_out);
        info!(
            conversation.id = %self.conversation,
            tokens = thought.usage.total(),
            "answered a message in conversation {}",
            self.conversation
        );
    }

    /// Answer, proposals, what is open and the tokens used: in one transaction.
    async fn store(&self, thought: Thought, left: Left) -> Result<Answer> {
        let (conversation, question) = (self.conversation, self.question);
        let runner = self.assistant.runner();
        runner
            .write(&self.call, operation("assistant.answer", Meter::Free), &move |tx| {
                Box::pin(store(tx, conversation, question, thought.clone(), left.clone()))
            })
            .await
    }
}

async fn store(tx: &mut Tx, conversation: Uuid, question: Uuid, thought: Thought, left: Left) -> Result<Answer> {
    let message_id = message_insert_answer(tx, conversation, question, &thought.text, &left.citations).await?;
    if thought.supersedes && !left.proposals.is_empty() {
        proposal_supersede(tx, conversation).await?;
    }
    let mut proposals = Vec::with_capacity(left.proposals.len());
    for new in left.proposals {
        proposals.push(proposal_insert(tx, conversation, message_id, new).await?);
    }
    conversation_keep(tx, conversation, thought.pending.as_ref()).await?;
    tx.meter(Meter::AssistantToken, i64::try_from(thought.usage.total()).unwrap_or(i64::MAX));
    Ok(Answer { message_id, text: thought.text, citations: left.citations, proposals })
}
