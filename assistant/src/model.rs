//! The brain with a language model behind any OpenAI-compatible endpoint.

mod prompt;
mod wire;

use std::time::Duration;

use async_openai::{
    Client,
    config::OpenAIConfig,
    types::chat::{
        ChatCompletionMessageToolCall, ChatCompletionMessageToolCalls, ChatCompletionRequestAssistantMessage,
        ChatCompletionRequestMessage, ChatCompletionRequestSystemMessage, ChatCompletionRequestToolMessage,
        ChatCompletionRequestUserMessage, FunctionCall,
    },
};
use futures_util::future::BoxFuture;
use kontor_kernel::{Error, Result};
use kontor_store::Meter;
use tracing::warn;

use crate::{
    Author, Brain, Citation, Desk, Offline, Request, Thought, Usage,
    offline::wording_of,
    tool::{Tool, run_tool, tools_of},
};

use self::{
    prompt::system_prompt,
    wire::{Failure, ToolCall, complete},
};

/// Where the model is.
#[derive(Clone)]
pub struct ModelConfig {
    /// The base address, to which `/chat/completions` is added: `https://llm.example.com/v1`.
    pub url: String,
    pub key: Option<String>,
    pub model: String,
    /// The longest silence before and within an answer.
    pub patience: Duration,
}

impl ModelConfig {
    /// With a patience of 30 seconds.
    pub const fn new(url: String, key: Option<String>, model: String) -> Self {
        Self { url, key, model, patience: Duration::from_secs(30) }
    }
}

impl std::fmt::Debug for ModelConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ModelConfig").field("url", &self.url).field("model", &self.model).finish_non_exhaustive()
    }
}

/// Answers and tool calls of one message, at most.
const ROUNDS: usize = 8;

/// Answers with a language model; without one, when it fails, by [`Offline`].
pub struct Model {
    client: Client<OpenAIConfig>,
    model: String,
    patience: Duration,
    offline: Offline,
}

impl Model {
    /// Errors when the machine has no certificates to trust.
    pub fn new(config: ModelConfig) -> Result<Self> {
        // Whoever came first has chosen; without any the client could not be made.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .connect_timeout(config.patience)
            .read_timeout(config.patience)
            .build()
            .map_err(Error::internal)?;
        let api = OpenAIConfig::new()
            .with_api_base(config.url.trim_end_matches('/'))
            .with_api_key(config.key.unwrap_or_default());
        let client = Client::build(http, api);
        Ok(Self { client, model: config.model, patience: config.patience, offline: Offline })
    }

    async fn converse(&self, request: &Request, desk: &mut Desk, usage: &mut Usage) -> Result<Thought, Failure> {
        let features = desk.features().await?;
        let tools = tools_of(desk.registry(), desk.caller(), &features);
        let mut messages = opening(request, desk);
        let mut seen: Vec<Citation> = Vec::new();
        let mut text = String::new();
        for _ in 0..ROUNDS {
            let said = complete(&self.client, &self.model, self.patience, &messages, &tools, desk, usage).await?;
            text.push_str(&said.text);
            if said.calls.is_empty() {
                cite(desk, &seen, &text);
                return Ok(Thought { text: text.trim().to_owned(), usage: *usage, ..Thought::default() });
            }
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
                desk.token("\n");
            }
            messages.push(repeat(&said.text, &said.calls));
            for call in said.calls {
                desk.step(step_of(&tools, &call.name));
                let outcome = run_tool(desk, &tools, &call.name, &call.arguments).await?;
                seen.extend(outcome.seen);
                messages.push(answer_to(call.id, outcome.text));
            }
        }
        text.push_str(&wording_of(request, desk).too_many_rounds());
        cite(desk, &seen, &text);
        Ok(Thought { text, usage: *usage, ..Thought::default() })
    }

    /// Answers offline. What the model used until it failed is still metered.
    async fn go_on(&self, request: &Request, desk: &mut Desk, usage: Usage, cause: &str) -> Result<Thought> {
        warn!(cause, "the language model failed: {cause}");
        desk.step(wording_of(request, desk).model_silent());
        desk.clear();
        let thought = self.offline.think(request, desk).await?;
        Ok(Thought { usage, ..thought })
    }
}

impl Brain for Model {
    fn meter(&self) -> Meter {
        Meter::AssistantToken
    }

    fn think<'a>(&'a self, request: &'a Request, desk: &'a mut Desk) -> BoxFuture<'a, Result<Thought>> {
        Box::pin(async move {
            let mut usage = Usage::default();
            match self.converse(request, desk, &mut usage).await {
                Ok(thought) if !thought.text.is_empty() || desk.has_proposals() => Ok(thought),
                Ok(_) => self.go_on(request, desk, usage, "it said nothing").await,
                Err(Failure::Ours(error)) => Err(error),
                Err(Failure::Model(cause)) => self.go_on(request, desk, usage, &cause).await,
            }
        })
    }
}

fn opening(request: &Request, desk: &Desk) -> Vec<ChatCompletionRequestMessage> {
    let mut messages = vec![ChatCompletionRequestSystemMessage::from(system_prompt(request, desk)).into()];
    for past in &request.history {
        messages.push(match past.author {
            Author::User => ChatCompletionRequestUserMessage::from(past.text.as_str()).into(),
            Author::Assistant => ChatCompletionRequestAssistantMessage::from(past.text.as_str()).into(),
        });
    }
    messages.push(ChatCompletionRequestUserMessage::from(request.text.as_str()).into());
    messages
}

/// The model's own words and calls, as it wants to be reminded of them.
fn repeat(text: &str, calls: &[ToolCall]) -> ChatCompletionRequestMessage {
    let calls = calls.iter().map(|call| {
        ChatCompletionMessageToolCalls::Function(ChatCompletionMessageToolCall {
            id: call.id.clone(),
            function: FunctionCall { name: call.name.clone(), arguments: call.arguments.clone() },
        })
    });
    let message = ChatCompletionRequestAssistantMessage {
        content: (!text.is_empty()).then(|| text.to_owned().into()),
        tool_calls: Some(calls.collect()),
        ..ChatCompletionRequestAssistantMessage::default()
    };
    message.into()
}

fn answer_to(call: String, text: String) -> ChatCompletionRequestMessage {
    ChatCompletionRequestToolMessage { content: text.into(), tool_call_id: call }.into()
}

fn step_of(tools: &[Tool], name: &str) -> String {
    let known = tools.iter().any(|tool| tool.name == name);
    if known { name.replace('_', " ") } else { "unknown tool".to_owned() }
}

/// Cites the records that the answer speaks of.
fn cite(desk: &mut Desk, seen: &[Citation], text: &str) {
    for citation in seen.iter().filter(|citation| text.contains(citation.title.as_str())) {
        desk.cite(citation.clone());
    }
}
