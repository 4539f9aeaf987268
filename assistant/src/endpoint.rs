//! The assistant over HTTP.

use std::time::Duration;

use futures_util::StreamExt;
use kontor_entity::{FieldMeta, Format, Kind, Shape};
use kontor_http::{Endpoint, Incoming, LimitClass, Parameter, Schema, json_response, reply_response};
use kontor_kernel::{Error, Fault, Result, Violations};
use kontor_store::Origin;
use poem::{
    IntoResponse, Response,
    http::Method,
    web::sse::{Event, SSE},
};
use serde_json::json;
use uuid::Uuid;

use crate::{Answering, Assistant, TEXT_LIMIT, TurnEvent};

const CONVERSATIONS: &str = "/api/v1/assistant/conversations";
const TAG: &str = "Assistant";
/// A comment in a silent stream, so that no proxy takes it for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

#[derive(Debug, Shape)]
struct NewConversation {
    /// What to call it; its first message names it when left out.
    #[field(max = 200)]
    title: Option<String>,
}

const TITLE: FieldMeta =
    FieldMeta::of::<String>("title", "As given, else the beginning of the first message; empty before.");
const CREATED_AT: FieldMeta =
    FieldMeta { kind: Kind::Timestamp, ..FieldMeta::of::<String>("created_at", "When it was begun.") };
const ID: FieldMeta = FieldMeta::of::<Uuid>("id", "Its id.");

const CONVERSATION: &[FieldMeta] = &[ID, TITLE, CREATED_AT];
const CONVERSATION_WITH_MESSAGES: &[FieldMeta] =
    &[ID, TITLE, CREATED_AT, list("messages", "Oldest first.", || MESSAGE)];
const MESSAGE: &[FieldMeta] = &[
    ID,
    FieldMeta::of::<String>("author", "`user` or `assistant`."),
    FieldMeta::of::<String>("text", "What was said."),
    list("citations", "The records behind its figures.", || CITATION),
    list("proposals", "What it offered to do.", || PROPOSAL),
    FieldMeta { kind: Kind::Timestamp, ..FieldMeta::of::<String>("created_at", "When it was said.") },
];
const NEW_MESSAGE: &[FieldMeta] =
    &[FieldMeta::of::<String>("text", "In your own words, 1 to 4,000 characters.").format(Format::Note).max(4_000)];
const ANSWER: &[FieldMeta] = &[
    FieldMeta::of::<Uuid>("message_id", "The stored answer."),
    FieldMeta::of::<String>("text", "The answer."),
    list("citations", "The records behind its figures.", || CITATION),
    list("proposals", "What is to be confirmed.", || PROPOSAL),
];
const CITATION: &[FieldMeta] = &[
    FieldMeta::of::<String>("type", "The collection's name."),
    ID,
    FieldMeta::of::<String>("title", "The record's name or number."),
    FieldMeta::of::<String>("url", "Its page in the web app."),
];
const PROPOSAL: &[FieldMeta] = &[
    ID,
    FieldMeta::of::<String>("command", "What a confirmation runs: `purchase-orders.create`."),
    FieldMeta::of::<String>("title", "It in words."),
    FieldMeta::of::<String>("state", "`open`, `confirmed` or `dismissed`."),
    FieldMeta { kind: Kind::Object(|| PREVIEW), ..FieldMeta::of::<String>("preview", "Exactly what will be written.") },
    FieldMeta { kind: Kind::Timestamp, ..FieldMeta::of::<String>("expires_at", "Until when it can be confirmed.") },
];
const PREVIEW: &[FieldMeta] = &[
    list("fields", "The header.", || PREVIEW_ITEM),
    list("lines", "The lines.", || PREVIEW_ITEM),
    FieldMeta::of::<Option<String>>("total", "The document's total."),
];
const PREVIEW_ITEM: &[FieldMeta] =
    &[FieldMeta::of::<String>("label", "What it is."), FieldMeta::of::<String>("value", "What it comes to.")];
const CREATED: &[FieldMeta] = &[
    FieldMeta::of::<String>("type", "The collection's name."),
    ID,
    FieldMeta::of::<String>("url", "Its page in the web app."),
];
const DISMISSED: &[FieldMeta] = &[ID, FieldMeta::of::<String>("state", "`dismissed`.")];

const fn list(name: &'static str, help: &'static str, of: fn() -> &'static [FieldMeta]) -> FieldMeta {
    FieldMeta { kind: Kind::List(of), ..FieldMeta::of::<String>(name, help) }
}

/// Every endpoint of the assistant.
pub fn assistant_endpoints(assistant: &Assistant) -> Vec<Endpoint> {
    vec![
        begin(assistant.clone()),
        conversations(assistant.clone()),
        conversation(assistant.clone()),
        ask(assistant.clone()),
        confirm(assistant.clone()),
        dismiss(assistant.clone()),
    ]
}

fn begin(assistant: Assistant) -> Endpoint {
    let handler = move |incoming: Incoming| {
        let assistant = assistant.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            assistant.admit(&call).await?;
            let new: NewConversation = incoming.parse()?;
            Ok(reply_response(assistant.begin(&call, new.title).await?))
        }
    };
    Endpoint::api(Method::POST, CONVERSATIONS, "begin_conversation", handler)
        .summary("Begin a conversation with the assistant")
        .tag(TAG)
        .parameter(Parameter::idempotency_key())
        .optional_body(Schema::Shape("NewConversation", NewConversation::FIELDS))
        .answer(201, "The conversation", Schema::Shape("Conversation", CONVERSATION))
}

fn conversations(assistant: Assistant) -> Endpoint {
    let handler = move |incoming: Incoming| {
        let assistant = assistant.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            assistant.admit(&call).await?;
            let (limit, before) = page_of(&incoming.query)?;
            let mut found = assistant.conversations(&call, limit.saturating_add(1), before).await?;
            let more = found.len() > usize::from(limit);
            found.truncate(usize::from(limit));
            let next = found.last().filter(|_| more).map(|last| last.id);
            Ok(json_response(200, json!({ "data": found, "next_cursor": next }).to_string()))
        }
    };
    let text = |name| FieldMeta::of::<Option<String>>(name, "");
    Endpoint::api(Method::GET, CONVERSATIONS, "list_conversations", handler)
        .summary("List your own conversations, newest first")
        .tag(TAG)
        .parameter(Parameter::query(
            "limit",
            FieldMeta::of::<Option<i32>>("limit", "").at_least(1).at_most(200),
            "Conversations a page, 50 unless set",
        ))
        .parameter(Parameter::query("cursor", text("cursor"), "next_cursor of the page before"))
        .answer(200, "A page of conversations", Schema::PageOf("Conversation", CONVERSATION))
}

fn page_of(query: &[(String, String)]) -> Result<(u16, Option<Uuid>)> {
    let (mut limit, mut before) = (50, None);
    let mut violations = Violations::new();
    for (name, value) in query {
        match name.as_str() {
            "limit" => match value.parse().ok().filter(|limit| (1..=200).contains(limit)) {
                Some(given) => limit = given,
                None => violations.add_text(Fault::NotAllowed, "limit", "must be a whole number from 1 to 200"),
            },
            "cursor" if value.is_empty() => {}
            "cursor" => match Uuid::try_parse(value) {
                Ok(id) => before = Some(id),
                Err(_) => violations.add(Fault::BadCursor, "cursor"),
            },
            other => violations.add(Fault::UnknownField, other.to_owned()),
        }
    }
    violations.into_result()?;
    Ok((limit, before))
}

fn conversation(assistant: Assistant) -> Endpoint {
    let handler = move |incoming: Incoming| {
        let assistant = assistant.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            assistant.admit(&call).await?;
            let page = assistant.conversation(&call, incoming.id("id")?).await?;
            Ok(json_response(200, serde_json::to_string(&page).map_err(Error::internal)?))
        }
    };
    Endpoint::api(Method::GET, format!("{CONVERSATIONS}/{{id}}"), "get_conversation", handler)
        .summary("Read one of your conversations with its messages")
        .tag(TAG)
        .parameter(Parameter::id("The conversation's id"))
        .answer(200, "The conversation", Schema::Shape("ConversationWithMessages", CONVERSATION_WITH_MESSAGES))
}

fn ask(assistant: Assistant) -> Endpoint {
    let handler = move |incoming: Incoming| {
        let assistant = assistant.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            assistant.admit(&call).await?;
            let id = incoming.id("id")?;
            let text = match message_text(&incoming) {
                Ok(text) => text,
                Err(error) => {
                    // A conversation that is not the caller's is 404 before anything is said about the body.
                    assistant.conversation(&call, id).await?;
                    return Err(error);
                }
            };
            let answering = assistant.ask(&call, id, &text).await?;
            if wants_json(&incoming) {
                let answer = answering.answer().await?;
                return Ok(json_response(200, serde_json::to_string(&answer).map_err(Error::internal)?));
            }
            Ok(stream_response(answering, &incoming.request_id))
        }
    };
    Endpoint::api(Method::POST, format!("{CONVERSATIONS}/{{id}}/messages"), "ask_assistant", handler)
        .summary("Say something; the answer is streamed, or one object when only JSON is accepted")
        .tag(TAG)
        .limit(LimitClass::Assistant)
        .parameter(Parameter::id("The conversation's id"))
        .parameter(Parameter::idempotency_key())
        .body(Schema::Shape("NewMessage", NEW_MESSAGE))
        .answer_of(
            200,
            "Events `step {text}`, `token {text}`, `card {proposal}`, `done {message_id, text, citations, proposals}`; or the \
             last of them alone",
            vec![("text/event-stream", Schema::Object), ("application/json", Schema::Shape("AssistantAnswer", ANSWER))],
        )
}

fn message_text(incoming: &Incoming) -> Result<String> {
    let record = incoming.parse_fields(NEW_MESSAGE)?;
    let text = record.get(0).as_text().unwrap_or_default();
    debug_assert!(text.chars().count() <= TEXT_LIMIT, "the shape limits the text");
    Ok(text.to_owned())
}

/// JSON where it is accepted and a stream is not; a stream where both are, or anything.
fn wants_json(incoming: &Incoming) -> bool {
    let accept = incoming.header("accept").unwrap_or_default().to_ascii_lowercase();
    accept.contains("application/json") && !accept.contains("text/event-stream")
}

/// An answer as server-sent events. A failure is an `error` event `{code, detail, request_id}`.
pub fn stream_response(answering: Answering, request_id: &str) -> Response {
    let request_id = request_id.to_owned();
    let events = answering.map(move |event| match event {
        TurnEvent::Step(text) => named("step", &json!({ "text": text })),
        TurnEvent::Token(text) => named("token", &json!({ "text": text })),
        TurnEvent::Card(proposal) => named("card", &json!({ "proposal": proposal })),
        TurnEvent::Done(answer) => named("done", &json!(answer)),
        TurnEvent::Failed(error) => {
            named("error", &json!({ "code": error.code(), "detail": error.text(), "request_id": request_id }))
        }
    });
    SSE::new(events).keep_alive(KEEP_ALIVE).into_response()
}

fn named(name: &str, data: &serde_json::Value) -> Event {
    Event::message(data.to_string()).event_type(name)
}

fn confirm(assistant: Assistant) -> Endpoint {
    let handler = move |incoming: Incoming| {
        let assistant = assistant.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            assistant.admit(&call).await?;
            let id = incoming.id("id")?;
            Ok(reply_response(assistant.confirm(&call, id).await?))
        }
    };
    Endpoint::api(Method::POST, "/api/v1/assistant/proposals/{id}/confirm", "confirm_proposal", handler)
        .summary("Write exactly what a proposal showed")
        .tag(TAG)
        .parameter(Parameter::id("The proposal's id"))
        .parameter(Parameter::idempotency_key())
        .answer(201, "Written; where the record is", Schema::Shape("ProposalResult", CREATED))
}

fn dismiss(assistant: Assistant) -> Endpoint {
    let handler = move |incoming: Incoming| {
        let assistant = assistant.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            assistant.admit(&call).await?;
            let id = incoming.id("id")?;
            Ok(reply_response(assistant.dismiss(&call, id).await?))
        }
    };
    Endpoint::api(Method::POST, "/api/v1/assistant/proposals/{id}/dismiss", "dismiss_proposal", handler)
        .summary("Close a proposal without writing anything")
        .tag(TAG)
        .parameter(Parameter::id("The proposal's id"))
        .parameter(Parameter::idempotency_key())
        .answer(200, "Closed", Schema::Shape("ProposalDismissed", DISMISSED))
}
