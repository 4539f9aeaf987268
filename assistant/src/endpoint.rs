//! The assistant over HTTP.

use std::time::Duration;

use futures_util::StreamExt;
use kontor_command::Call;
use kontor_entity::{FieldMeta, Kind, Shape};
use kontor_http::{Endpoint, Incoming, LimitClass, Parameter, Schema, json_response, parse_page, reply_response};
use kontor_kernel::{Error, Result};
use kontor_store::Origin;
use poem::{
    IntoResponse, Response,
    http::Method,
    web::sse::{Event, SSE},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Answering, Assistant, TurnEvent, message::TEXT};

const CONVERSATIONS: &str = "/api/v1/assistant/conversations";
const PROPOSALS: &str = "/api/v1/assistant/proposals";
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
const NEW_MESSAGE: &[FieldMeta] = &[TEXT];
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
    FieldMeta { kind: Kind::Object(|| PREVIEW), ..FieldMeta::of::<String>("preview", "What to check before it is.") },
    FieldMeta { kind: Kind::Timestamp, ..FieldMeta::of::<String>("expires_at", "Until when it can be confirmed.") },
];
const PREVIEW: &[FieldMeta] = &[
    list("fields", "Of the header what was asked for or had to be chosen.", || PREVIEW_ITEM),
    list("lines", "The lines.", || PREVIEW_ITEM),
    list("amounts", "What the total is made of, where that is more than one amount.", || PREVIEW_ITEM),
    FieldMeta::of::<Option<String>>("total", "The document's total."),
];
const PREVIEW_ITEM: &[FieldMeta] = &[
    FieldMeta::of::<String>("label", "What it is."),
    FieldMeta::of::<String>("value", "What it comes to."),
    FieldMeta::of::<Option<String>>("detail", "What that is made of: `40 × 18.00`."),
];
const DISMISSED: &[FieldMeta] = &[ID, FieldMeta::of::<String>("state", "`dismissed`.")];

const fn list(name: &'static str, help: &'static str, of: fn() -> &'static [FieldMeta]) -> FieldMeta {
    FieldMeta { kind: Kind::List(of), ..FieldMeta::of::<String>(name, help) }
}

/// Every endpoint of the assistant.
pub fn assistant_endpoints(assistant: &Assistant) -> Vec<Endpoint> {
    vec![
        begin(assistant),
        conversations(assistant),
        conversation(assistant),
        ask(assistant),
        confirm(assistant),
        dismiss(assistant),
    ]
}

/// A call of the API. Who may not use the assistant is told so before anything else.
fn endpoint<F, Fut>(
    assistant: &Assistant,
    method: Method,
    path: impl Into<String>,
    operation: &str,
    handle: F,
) -> Endpoint
where
    F: Fn(Assistant, Call, Incoming) -> Fut + Copy + Send + Sync + 'static,
    Fut: Future<Output = Result<Response>> + Send + 'static,
{
    let assistant = assistant.clone();
    let handler = move |incoming: Incoming| {
        let assistant = assistant.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            assistant.admit(&call).await?;
            handle(assistant, call, incoming).await
        }
    };
    Endpoint::api(method, path, operation, handler).tag("Assistant")
}

fn begin(assistant: &Assistant) -> Endpoint {
    endpoint(assistant, Method::POST, CONVERSATIONS, "begin_conversation", |assistant, call, incoming| async move {
        let new: NewConversation = incoming.parse()?;
        Ok(reply_response(assistant.begin(&call, new.title).await?))
    })
    .summary("Begin a conversation with the assistant")
    .parameter(Parameter::idempotency_key())
    .optional_body(Schema::Shape("NewConversation", NewConversation::FIELDS))
    .answer(201, "The conversation", Schema::Shape("Conversation", CONVERSATION))
}

fn conversations(assistant: &Assistant) -> Endpoint {
    let text = |name| FieldMeta::of::<Option<String>>(name, "");
    endpoint(assistant, Method::GET, CONVERSATIONS, "list_conversations", |assistant, call, incoming| async move {
        let (limit, before) = parse_page(&incoming.query)?;
        let mut found = assistant.conversations(&call, limit.saturating_add(1), before).await?;
        let more = found.len() > usize::from(limit);
        found.truncate(usize::from(limit));
        let next = found.last().filter(|_| more).map(|last| last.id);
        Ok(json_response(200, json!({ "data": found, "next_cursor": next }).to_string()))
    })
    .summary("List your own conversations, newest first")
    .parameter(Parameter::query(
        "limit",
        FieldMeta::of::<Option<i32>>("limit", "").at_least(1).at_most(200),
        "Conversations a page, 50 unless set",
    ))
    .parameter(Parameter::query("cursor", text("cursor"), "next_cursor of the page before"))
    .answer(200, "A page of conversations", Schema::PageOf("Conversation", CONVERSATION))
}

fn conversation(assistant: &Assistant) -> Endpoint {
    let path = format!("{CONVERSATIONS}/{{id}}");
    endpoint(assistant, Method::GET, path, "get_conversation", |assistant, call, incoming| async move {
        let page = assistant.conversation(&call, incoming.id("id")?).await?;
        Ok(json_response(200, serde_json::to_string(&page).map_err(Error::internal)?))
    })
    .summary("Read one of your conversations with its messages")
    .parameter(Parameter::id("The conversation's id"))
    .answer(200, "The conversation", Schema::Shape("ConversationWithMessages", CONVERSATION_WITH_MESSAGES))
}

fn ask(assistant: &Assistant) -> Endpoint {
    let path = format!("{CONVERSATIONS}/{{id}}/messages");
    endpoint(assistant, Method::POST, path, "ask_assistant", |assistant, call, incoming| async move {
        let id = incoming.id("id")?;
        let said = match incoming.parse_fields(NEW_MESSAGE) {
            Ok(said) => said,
            Err(error) => {
                // A conversation that is not the caller's is 404 before anything is said about the body.
                assistant.conversation(&call, id).await?;
                return Err(error);
            }
        };
        let answering = assistant.ask(&call, id, said.get(0).as_text().unwrap_or_default()).await?;
        if wants_json(&incoming) {
            let answer = answering.answer().await?;
            return Ok(json_response(200, serde_json::to_string(&answer).map_err(Error::internal)?));
        }
        Ok(event_stream(answering, move |event| told(event, &incoming.request_id)))
    })
    .summary("Say something; the answer is streamed, or one object when only JSON is accepted")
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

/// JSON where it is accepted and a stream is not; a stream where both are, or anything.
fn wants_json(incoming: &Incoming) -> bool {
    let accept = incoming.header("accept").unwrap_or_default().to_ascii_lowercase();
    accept.contains("application/json") && !accept.contains("text/event-stream")
}

/// An event's name and data for programs. A failure is `error {code, detail, request_id}`.
fn told(event: TurnEvent, request_id: &str) -> (&'static str, Value) {
    match event {
        TurnEvent::Step(text) => ("step", json!({ "text": text })),
        TurnEvent::Token(text) => ("token", json!({ "text": text })),
        TurnEvent::Card(proposal) => ("card", json!({ "proposal": proposal })),
        TurnEvent::Done(answer) => ("done", json!(answer)),
        TurnEvent::Failed(error) => {
            ("error", json!({ "code": error.code(), "detail": error.text(), "request_id": request_id }))
        }
    }
}

/// An answer as server-sent events; `tell` gives the name and the data of each.
pub fn event_stream(
    answering: Answering,
    tell: impl Fn(TurnEvent) -> (&'static str, Value) + Send + 'static,
) -> Response {
    let events = answering.map(move |event| {
        let (name, data) = tell(event);
        Event::message(data.to_string()).event_type(name)
    });
    SSE::new(events).keep_alive(KEEP_ALIVE).into_response()
}

fn confirm(assistant: &Assistant) -> Endpoint {
    let path = format!("{PROPOSALS}/{{id}}/confirm");
    endpoint(assistant, Method::POST, path, "confirm_proposal", |assistant, call, incoming| async move {
        Ok(reply_response(assistant.confirm(&call, incoming.id("id")?).await?))
    })
    .summary("Write exactly what a proposal showed")
    .parameter(Parameter::id("The proposal's id"))
    .parameter(Parameter::idempotency_key())
    .answer(201, "Written; where the record is and what it is called", Schema::Shape("ProposalResult", CITATION))
}

fn dismiss(assistant: &Assistant) -> Endpoint {
    let path = format!("{PROPOSALS}/{{id}}/dismiss");
    endpoint(assistant, Method::POST, path, "dismiss_proposal", |assistant, call, incoming| async move {
        Ok(reply_response(assistant.dismiss(&call, incoming.id("id")?).await?))
    })
    .summary("Close a proposal without writing anything")
    .parameter(Parameter::id("The proposal's id"))
    .parameter(Parameter::idempotency_key())
    .answer(200, "Closed", Schema::Shape("ProposalDismissed", DISMISSED))
}
