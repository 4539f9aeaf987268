use std::sync::Arc;

use chrono::NaiveDate;
use kontor_access::{Feature, Permission, Verb};
use kontor_command::{Call, Need, Operation, RecordFinder, Registry, Reply, Runner};
use kontor_http::App;
use kontor_kernel::{Error, Locale, Result};
use kontor_planner::Language;
use kontor_store::{Meter, Origin};
use kontor_telemetry::Metrics;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use uuid::Uuid;

use crate::{
    Answer, Answering, Brain, Conversation, ConversationPage, Desk, Past, Request, TurnEvent,
    conversation::{
        conversation_insert, conversation_list, conversation_load, conversation_pending, conversation_touch,
    },
    message::{Message, message_answer, message_insert_question, message_list, message_text},
    proposal::{proposal_confirm, proposal_dismiss, proposal_entity},
    turn::Turn,
};

/// What a plan must include.
pub const FEATURE: Feature = Feature::new("assistant");
/// The right to talk to the assistant. What it then may do are the person's other rights.
pub const USE: Permission = Permission::new("assistant.use");
/// Messages that a brain sees of what was said before.
const HISTORY: i64 = 20;
/// Messages that are shown of a conversation.
const SHOWN: i64 = 500;

/// An operation of the assistant itself.
pub(crate) const fn operation(name: &'static str, meter: Meter) -> Operation {
    Operation { name, feature: FEATURE, need: Need::Permission(USE), meter }
}

/// Conversations, answers and proposals: what the API, the pages and others call.
#[derive(Clone)]
pub struct Assistant {
    runner: Runner,
    registry: Arc<Registry>,
    finder: Arc<dyn RecordFinder>,
    brain: Arc<dyn Brain>,
    metrics: Metrics,
}

/// What is known when a message comes in.
struct Opening {
    history: Vec<Past>,
    pending: Option<Value>,
    answered: Option<Message>,
}

#[derive(Deserialize)]
struct Asked {
    id: Uuid,
}

impl Assistant {
    /// Over the app's runner and registry. `brain` is [`Offline`](crate::Offline) or [`Model`](crate::Model).
    pub fn new(app: &App, finder: Arc<dyn RecordFinder>, brain: Arc<dyn Brain>) -> Self {
        Self {
            runner: app.runner.clone(),
            registry: Arc::clone(&app.registry),
            finder,
            brain,
            metrics: app.metrics.clone(),
        }
    }

    /// The date where the caller's company is.
    pub fn today(&self, call: &Call) -> NaiveDate {
        call.caller.company.today(self.runner.clock().now())
    }

    pub(crate) fn runner(&self) -> &Runner {
        &self.runner
    }

    pub(crate) fn brain(&self) -> Arc<dyn Brain> {
        Arc::clone(&self.brain)
    }

    pub(crate) const fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    pub(crate) fn desk(&self, call: Call, events: UnboundedSender<TurnEvent>) -> Desk {
        Desk::new(self.runner.clone(), Arc::clone(&self.registry), Arc::clone(&self.finder), call, events)
    }

    /// `forbidden` or `plan_required` unless the caller may use the assistant.
    pub async fn admit(&self, call: &Call) -> Result<()> {
        self.runner.admit(call, operation("assistant.use", Meter::Free)).await
    }

    /// Begins a conversation: 201 with `{id, title, created_at}`. Without a title its first message names it.
    pub async fn begin(&self, call: &Call, title: Option<String>) -> Result<Reply> {
        let title = title.unwrap_or_default();
        self.runner
            .reply(call, operation("assistant.begin", Meter::Free), &move |tx| {
                let title = title.clone();
                Box::pin(async move {
                    let conversation = conversation_insert(tx, &title).await?;
                    let location = Some(format!("/api/v1/assistant/conversations/{}", conversation.id));
                    let body = serde_json::to_string(&conversation).map_err(Error::internal)?;
                    Ok(Reply { location, ..Reply::json(201, body) })
                })
            })
            .await
    }

    /// The caller's own conversations, newest first, those before `before`.
    pub async fn conversations(&self, call: &Call, limit: u16, before: Option<Uuid>) -> Result<Vec<Conversation>> {
        let operation = operation("assistant.list", Meter::Free);
        self.runner.read(call, operation, &move |tx| Box::pin(conversation_list(tx, limit, before))).await
    }

    /// One of the caller's conversations with what was said in it.
    pub async fn conversation(&self, call: &Call, id: Uuid) -> Result<ConversationPage> {
        let registry = Arc::clone(&self.registry);
        self.runner
            .read(call, operation("assistant.read", Meter::Free), &move |tx| {
                let registry = Arc::clone(&registry);
                Box::pin(async move {
                    let conversation = conversation_load(tx, id).await?;
                    let messages = message_list(tx, &registry, id, SHOWN).await?;
                    Ok(ConversationPage { conversation, messages })
                })
            })
            .await
    }

    /// Says something in a conversation of the caller's; the answer comes as a stream of events.
    ///
    /// Errors before anything is streamed: `not_found`, a violation on `text`, `forbidden`, `plan_required`. The message
    /// is stored before this returns, the answer also when the stream is dropped. A retry under the same idempotency key
    /// gets the same answer.
    pub async fn ask(&self, call: &Call, conversation: Uuid, text: &str) -> Result<Answering> {
        self.runner.admit(call, operation("assistant.ask", self.brain.meter())).await?;
        let text = message_text(text)?;
        let (question, opening) = self.open(call, conversation, &text).await?;
        let (events, receiver) = unbounded_channel();
        if let Some(message) = opening.answered {
            replay(message, &events);
            return Ok(Answering::new(receiver));
        }
        let turn = Turn {
            assistant: self.clone(),
            call: Call { origin: Origin::Assistant, idempotency: None, ..call.clone() },
            conversation,
            question,
            request: Request {
                text,
                history: opening.history,
                pending: opening.pending,
                today: self.today(call),
                language: language(&call.caller.company.locale),
            },
            events,
        };
        tokio::spawn(Box::pin(turn.run()));
        Ok(Answering::new(receiver))
    }

    /// Stores the message and reads what was said before it.
    async fn open(&self, call: &Call, conversation: Uuid, text: &str) -> Result<(Uuid, Opening)> {
        let said = text.to_owned();
        let reply = self
            .runner
            .reply(call, operation("assistant.ask", Meter::Free), &move |tx| {
                let said = said.clone();
                Box::pin(async move {
                    conversation_load(tx, conversation).await?;
                    let id = message_insert_question(tx, conversation, &said).await?;
                    conversation_touch(tx, conversation, &said).await?;
                    Ok(Reply::json(200, json!({ "id": id }).to_string()))
                })
            })
            .await?;
        let Asked { id } = serde_json::from_str(&reply.body).map_err(Error::internal)?;
        let registry = Arc::clone(&self.registry);
        let opening = self
            .runner
            .read(call, operation("assistant.ask", Meter::Free), &move |tx| {
                let registry = Arc::clone(&registry);
                Box::pin(async move {
                    let answered = message_answer(tx, &registry, id).await?;
                    let messages = message_list(tx, &registry, conversation, HISTORY).await?;
                    let pending = conversation_pending(tx, conversation).await?;
                    let before = messages.into_iter().filter(|message| message.id < id);
                    let history = before.map(|message| Past { author: message.author, text: message.text }).collect();
                    Ok(Opening { history, pending, answered })
                })
            })
            .await?;
        Ok((id, opening))
    }

    /// Writes what a proposal showed, once: 201 `{type, id, title, url}`. The caller's rights to write it are checked again.
    pub async fn confirm(&self, call: &Call, proposal: Uuid) -> Result<Reply> {
        let registry = Arc::clone(&self.registry);
        let (feature, entity) = self
            .runner
            .read(call, operation("assistant.confirm", Meter::Free), &move |tx| {
                let registry = Arc::clone(&registry);
                Box::pin(async move { proposal_entity(tx, &registry, proposal).await })
            })
            .await?;
        let call = Call { origin: Origin::Assistant, ..call.clone() };
        let registry = Arc::clone(&self.registry);
        self.runner
            .reply(&call, entity.operation(feature, Verb::Create), &move |tx| {
                let registry = Arc::clone(&registry);
                Box::pin(async move { proposal_confirm(tx, &registry, proposal).await })
            })
            .await
    }

    /// Closes a proposal; nothing is written. 200 `{id, state}`.
    pub async fn dismiss(&self, call: &Call, proposal: Uuid) -> Result<Reply> {
        let registry = Arc::clone(&self.registry);
        self.runner
            .reply(call, operation("assistant.dismiss", Meter::Free), &move |tx| {
                let registry = Arc::clone(&registry);
                Box::pin(async move { proposal_dismiss(tx, &registry, proposal).await })
            })
            .await
    }
}

/// The language of a company's people, where what they say does not tell it.
fn language(locale: &str) -> Language {
    match Locale::from_tag(locale) {
        Locale::En => Language::English,
        Locale::De => Language::German,
    }
}

/// The stored answer again, for a retry.
fn replay(message: Message, events: &UnboundedSender<TurnEvent>) {
    let Message { id, text, citations, proposals, .. } = message;
    let _ = events.send(TurnEvent::Token(text.clone()));
    for proposal in &proposals {
        let _ = events.send(TurnEvent::Card(Box::new(proposal.clone())));
    }
    let _ = events.send(TurnEvent::Done(Box::new(Answer { message_id: id, text, citations, proposals })));
}
