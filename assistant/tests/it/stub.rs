//! A language model that speaks OpenAI's wire format and says what it was told to.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use kontor_assistant::{Model, ModelConfig};
use poem::{
    EndpointExt, IntoResponse, Response, Route, Server, handler,
    http::StatusCode,
    listener::{Acceptor, Listener, TcpListener},
    post,
    web::{Data, Json},
};
use serde_json::{Value, json};

/// What the model does when it is asked.
pub enum Turn {
    /// Says words, in pieces.
    Say(&'static str),
    /// Calls tools: name and arguments of each.
    Call(Vec<(&'static str, Value)>),
    /// Begins to speak, then breaks the stream off with something that is no chunk.
    Break,
    /// Is not there.
    Refuse,
    /// Says nothing for a long time.
    Hang,
}

/// The model's script and what it was asked.
#[derive(Clone, Default)]
pub struct Stub {
    script: Arc<Mutex<VecDeque<Turn>>>,
    asked: Arc<Mutex<Vec<Value>>>,
}

/// What the stub says that one completion used.
pub const TOKENS_IN: u64 = 100;
pub const TOKENS_OUT: u64 = 20;

#[handler]
async fn complete(body: Json<Value>, stub: Data<&Stub>) -> Response {
    stub.asked.lock().unwrap().push(body.0);
    let turn = stub.script.lock().unwrap().pop_front();
    match turn {
        Some(Turn::Say(words)) => {
            let pieces = words.split_inclusive(' ').map(|piece| delta(&json!({ "content": piece }), None));
            events(pieces.chain([delta(&json!({}), Some("stop")), usage()]))
        }
        Some(Turn::Call(calls)) => {
            let pieces = calls
                .iter()
                .enumerate()
                .flat_map(|(index, (name, arguments))| call(index, name, &arguments.to_string()));
            events(pieces.chain([delta(&json!({}), Some("tool_calls")), usage()]))
        }
        Some(Turn::Break) => "data: {\"half\n\n".with_content_type("text/event-stream").into_response(),
        Some(Turn::Hang) => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            StatusCode::OK.into_response()
        }
        Some(Turn::Refuse) | None => StatusCode::UNAUTHORIZED.into_response(),
    }
}

/// One call in three pieces, as models stream them.
fn call(index: usize, name: &str, arguments: &str) -> Vec<Value> {
    let middle = (0..=arguments.len() / 2).rev().find(|at| arguments.is_char_boundary(*at)).unwrap();
    let (first, second) = arguments.split_at(middle);
    let piece = |function: Value| json!({ "tool_calls": [{ "index": index, "function": function }] });
    let head = json!({ "tool_calls": [{ "index": index, "id": format!("call_{index}"), "type": "function",
                                        "function": { "name": name, "arguments": "" } }] });
    [head, piece(json!({ "arguments": first })), piece(json!({ "arguments": second }))]
        .map(|one| delta(&one, None))
        .to_vec()
}

fn delta(delta: &Value, finish: Option<&str>) -> Value {
    chunk(&json!([{ "index": 0, "delta": delta, "finish_reason": finish }]), &Value::Null)
}

fn usage() -> Value {
    let total = TOKENS_IN + TOKENS_OUT;
    chunk(&json!([]), &json!({ "prompt_tokens": TOKENS_IN, "completion_tokens": TOKENS_OUT, "total_tokens": total }))
}

fn chunk(choices: &Value, usage: &Value) -> Value {
    json!({ "id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "stub", "choices": choices, "usage": usage })
}

fn events(chunks: impl Iterator<Item = Value>) -> Response {
    let mut text: String = chunks.map(|chunk| format!("data: {chunk}\n\n")).collect();
    text.push_str("data: [DONE]\n\n");
    text.with_content_type("text/event-stream").into_response()
}

impl Stub {
    pub fn will(&self, turn: Turn) -> &Self {
        self.script.lock().unwrap().push_back(turn);
        self
    }

    /// Everything it was asked, oldest first.
    pub fn asked(&self) -> Vec<Value> {
        self.asked.lock().unwrap().clone()
    }

    /// The names of the tools it was offered at first.
    pub fn offered(&self) -> Vec<String> {
        let asked = self.asked();
        let tools =
            asked.first().and_then(|first| first.get("tools")).and_then(Value::as_array).cloned().unwrap_or_default();
        tools.iter().map(|tool| tool.pointer("/function/name").and_then(Value::as_str).unwrap().to_owned()).collect()
    }

    /// What the tools answered, of the last time it was asked.
    pub fn answers(&self) -> Vec<String> {
        let last = self.asked().pop().unwrap();
        let messages = last.get("messages").and_then(Value::as_array).unwrap();
        let tools = messages.iter().filter(|message| message.get("role").and_then(Value::as_str) == Some("tool"));
        tools.map(|message| message.get("content").and_then(Value::as_str).unwrap().to_owned()).collect()
    }

    /// Starts it on a free port; it ends with the test.
    pub async fn start(&self) -> Model {
        let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await.unwrap();
        let address = acceptor.local_addr().first().unwrap().as_socket_addr().unwrap().to_owned();
        let route = Route::new().at("/v1/chat/completions", post(complete)).data(self.clone());
        tokio::spawn(Server::new_with_acceptor(acceptor).run(route));
        let config = ModelConfig::new(format!("http://{address}/v1"), Some("key".to_owned()), "stub".to_owned());
        Model::new(ModelConfig { patience: Duration::from_millis(1_500), ..config }).unwrap()
    }
}
