//! The docked conversation: the assistant's answers as the page's script reads them, in the company's way of writing.

use std::{sync::Arc, time::Duration};

use futures_util::StreamExt;
use kontor_assistant::{Answering, Assistant, Proposal, Style, TurnEvent};
use kontor_command::Reply;
use kontor_entity::{Format, Shape};
use kontor_http::{Endpoint, Incoming, LimitClass, reply_response};
use kontor_kernel::{Error, Locale, Result};
use kontor_store::Origin;
use poem::{
    IntoResponse, Response,
    http::Method,
    web::sse::{Event, SSE},
};
use serde_json::{Value, json};

use uuid::Uuid;

use crate::answer;

/// A message of the docked conversation; without a conversation it begins one.
#[derive(Debug, Shape)]
struct Said {
    conversation_id: Option<Uuid>,
    #[field(format = Format::Note, max = 4000)]
    text: String,
}

/// A proxy in front must not take silence for an end.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// The endpoints that `x-assistant` calls.
pub fn assistant_page_endpoints(assistant: &Assistant) -> Vec<Endpoint> {
    vec![said(assistant), decided(assistant, "confirm"), decided(assistant, "dismiss")]
}

fn said(assistant: &Assistant) -> Endpoint {
    let assistant = assistant.clone();
    Endpoint::page(Method::POST, "/assistant/messages", move |incoming: Incoming| {
        let assistant = assistant.clone();
        async move {
            let call = incoming.call(Origin::Web)?;
            let said: Said = incoming.parse()?;
            let conversation = match said.conversation_id {
                Some(conversation) => conversation,
                None => begun(&assistant.begin(&call, None).await?)?,
            };
            let answering = assistant.ask(&call, conversation, &said.text).await?;
            let locale = Locale::from_tag(&call.caller.company.locale);
            Ok(answer::secured(stream(answering, conversation, locale)))
        }
    })
    .limit(LimitClass::Assistant)
}

fn begun(reply: &Reply) -> Result<Uuid> {
    let conversation: Value = serde_json::from_str(&reply.body).map_err(Error::internal)?;
    let id = conversation.get("id").and_then(Value::as_str).and_then(|id| Uuid::try_parse(id).ok());
    id.ok_or_else(|| Error::internal("a conversation without an id"))
}

fn stream(answering: Answering, conversation: Uuid, locale: Locale) -> Response {
    let events = answering.map(move |event| match event {
        TurnEvent::Step(text) => named("step", &json!({ "text": text })),
        TurnEvent::Token(text) => named("token", &json!({ "text": text })),
        TurnEvent::Card(proposal) => named("card", &json!({ "proposal": card(&proposal, locale) })),
        TurnEvent::Done(done) => {
            let proposals: Vec<Value> = done.proposals.iter().map(|proposal| card(proposal, locale)).collect();
            named(
                "done",
                &json!({
                    "conversation_id": conversation,
                    "message_id": done.message_id,
                    "text": done.text,
                    "citations": done.citations,
                    "proposals": proposals,
                }),
            )
        }
        TurnEvent::Failed(error) => named("error", &json!({ "code": error.code(), "detail": error.text() })),
    });
    SSE::new(events).keep_alive(KEEP_ALIVE).into_response()
}

fn named(name: &str, data: &Value) -> Event {
    Event::message(data.to_string()).event_type(name)
}

/// A proposal as its card shows it.
fn card(proposal: &Proposal, locale: Locale) -> Value {
    json!({
        "id": proposal.id,
        "command": proposal.command(),
        "title": proposal.title,
        "preview": proposal.preview(Style::Local(locale)),
        "confirm_label": format!("Create {}", proposal.meta.label.to_lowercase()),
        "expires_at": proposal.expires_at,
    })
}

fn decided(assistant: &Assistant, word: &'static str) -> Endpoint {
    let assistant = Arc::new(assistant.clone());
    Endpoint::page(Method::POST, format!("/assistant/proposals/{{id}}/{word}"), move |incoming: Incoming| {
        let assistant = Arc::clone(&assistant);
        async move {
            let call = incoming.call(Origin::Assistant)?;
            let id = incoming.id("id")?;
            let reply = match word {
                "confirm" => assistant.confirm(&call, id).await?,
                _ => assistant.dismiss(&call, id).await?,
            };
            Ok(answer::secured(reply_response(reply)))
        }
    })
}
