//! The docked conversation: the assistant's answers as the page's script reads them, in the company's way of writing.

use kontor_assistant::{Assistant, Proposal, Style, TEXT_LIMIT, TurnEvent, event_stream};
use kontor_command::Reply;
use kontor_entity::{Format, Shape};
use kontor_http::{Endpoint, Incoming, LimitClass, reply_response};
use kontor_kernel::{Error, Result};
use kontor_store::Origin;
use poem::http::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    answer,
    pages::{
        display::{Display, StoredJson},
        form::filled_form,
    },
};

/// A message of the docked conversation; without a conversation it begins one.
#[derive(Debug, Shape)]
struct Said {
    conversation_id: Option<Uuid>,
    #[field(format = Format::Note, max = TEXT_LIMIT)]
    text: String,
}

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
            let display = Display::of(&call.caller, assistant.today(&call));
            Ok(answer::secured(event_stream(answering, move |event| told(event, conversation, &display))))
        }
    })
    .limit(LimitClass::Assistant)
}

fn begun(reply: &Reply) -> Result<Uuid> {
    let conversation: Value = serde_json::from_str(&reply.body).map_err(Error::internal)?;
    let id = conversation.get("id").and_then(Value::as_str).and_then(|id| Uuid::try_parse(id).ok());
    id.ok_or_else(|| Error::internal("a conversation without an id"))
}

/// An event's name and data for the page, in the company's way of writing.
fn told(event: TurnEvent, conversation: Uuid, display: &Display) -> (&'static str, Value) {
    match event {
        TurnEvent::Step(text) => ("step", json!({ "text": text })),
        TurnEvent::Token(text) => ("token", json!({ "text": text })),
        TurnEvent::Card(proposal) => ("card", json!({ "proposal": card(&proposal, display) })),
        TurnEvent::Done(done) => {
            let proposals: Vec<Value> = done.proposals.iter().map(|proposal| card(proposal, display)).collect();
            let data = json!({
                "conversation_id": conversation,
                "message_id": done.message_id,
                "text": done.text,
                "citations": done.citations,
                "proposals": proposals,
            });
            ("done", data)
        }
        TurnEvent::Failed(error) => ("error", json!({ "code": error.code(), "detail": error.text() })),
    }
}

/// A proposal as its card shows it.
fn card(proposal: &Proposal, display: &Display) -> Value {
    let draft = if proposal.meta.document { "Saved as a draft. " } else { "" };
    json!({
        "id": proposal.id,
        "icon": proposal.meta.icon,
        "title": proposal.title,
        "preview": proposal.preview(Style::Local(display.locale)),
        "confirm_label": format!("Create {}", proposal.meta.label.to_lowercase()),
        "edit_url": StoredJson::read(&proposal.input).ok().and_then(|input| filled_form(proposal.meta, &input, display)),
        "note": format!("{draft}You can still change it."),
        "expires_at": proposal.expires_at,
    })
}

fn decided(assistant: &Assistant, word: &'static str) -> Endpoint {
    let assistant = assistant.clone();
    Endpoint::page(Method::POST, format!("/assistant/proposals/{{id}}/{word}"), move |incoming: Incoming| {
        let assistant = assistant.clone();
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
