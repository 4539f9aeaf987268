//! One streamed completion: text as it comes, tool calls put together from their pieces.

use std::{collections::BTreeMap, time::Duration};

use async_openai::{
    Client,
    config::OpenAIConfig,
    types::chat::{
        ChatCompletionMessageToolCallChunk, ChatCompletionRequestMessage, ChatCompletionStreamOptions,
        ChatCompletionTool, ChatCompletionTools, CreateChatCompletionRequest, CreateChatCompletionStreamResponse,
        FunctionObject,
    },
};
use futures_util::StreamExt;
use kontor_kernel::Error;
use tokio::time::timeout;

use crate::{Desk, Usage, tool::Tool};

/// Characters of one completion; a model that goes on for ever is stopped.
const LONGEST: usize = 40_000;
/// Tool calls of one completion.
const MOST_CALLS: u32 = 32;

/// Why a conversation with a model ended early.
pub(super) enum Failure {
    /// The model, its endpoint or the way there.
    Model(String),
    /// The database, or a mistake of ours.
    Ours(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

/// A call of a tool, whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ToolCall {
    pub id: String,
    pub name: String,
    /// JSON, as the model wrote it.
    pub arguments: String,
}

/// What one completion said.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub text: String,
    pub calls: Vec<ToolCall>,
}

/// Asks the model once and tells its words as they come. Adds what it used to `usage`, also when it fails half-way.
pub(super) async fn complete(
    client: &Client<OpenAIConfig>,
    model: &str,
    patience: Duration,
    messages: &[ChatCompletionRequestMessage],
    tools: &[Tool],
    desk: &Desk,
    usage: &mut Usage,
) -> Result<Said, Failure> {
    let request = CreateChatCompletionRequest {
        model: model.to_owned(),
        messages: messages.to_vec(),
        tools: (!tools.is_empty()).then(|| tools.iter().map(function).collect()),
        stream: Some(true),
        stream_options: Some(ChatCompletionStreamOptions { include_usage: Some(true), include_obfuscation: None }),
        ..CreateChatCompletionRequest::default()
    };
    let asked = serde_json::to_string(&request).map_or(0, |text| text.chars().count());
    let mut gathered = Gathered::default();
    let outcome = async {
        let chat = client.chat();
        let opened = timeout(patience, chat.create_stream(request)).await;
        let mut stream = opened.map_err(|_| silent())?.map_err(|error| Failure::Model(error.to_string()))?;
        while let Some(chunk) = timeout(patience, stream.next()).await.map_err(|_| silent())? {
            let chunk = chunk.map_err(|error| Failure::Model(error.to_string()))?;
            gathered.take(chunk, desk)?;
        }
        Ok(())
    }
    .await;
    let used = gathered.usage(asked);
    usage.tokens_in = usage.tokens_in.saturating_add(used.tokens_in);
    usage.tokens_out = usage.tokens_out.saturating_add(used.tokens_out);
    outcome.map(|()| gathered.said())
}

fn silent() -> Failure {
    Failure::Model("it did not answer in time".to_owned())
}

fn function(tool: &Tool) -> ChatCompletionTools {
    ChatCompletionTools::Function(ChatCompletionTool {
        function: FunctionObject {
            name: tool.name.clone(),
            description: Some(tool.description.clone()),
            parameters: Some(tool.parameters.clone()),
            strict: None,
        },
    })
}

/// A stream so far.
#[derive(Default)]
struct Gathered {
    text: String,
    calls: BTreeMap<u32, ToolCall>,
    reported: Option<Usage>,
    /// Characters of text and arguments.
    characters: usize,
}

impl Gathered {
    fn take(&mut self, chunk: CreateChatCompletionStreamResponse, desk: &Desk) -> Result<(), Failure> {
        if let Some(usage) = chunk.usage {
            self.reported =
                Some(Usage { tokens_in: usage.prompt_tokens.into(), tokens_out: usage.completion_tokens.into() });
        }
        let Some(choice) = chunk.choices.into_iter().next() else { return Ok(()) };
        if let Some(words) = choice.delta.content.filter(|words| !words.is_empty()) {
            self.characters += words.chars().count();
            desk.token(words.as_str());
            self.text.push_str(&words);
        }
        for piece in choice.delta.tool_calls.into_iter().flatten() {
            self.take_call(piece)?;
        }
        if self.characters > LONGEST {
            return Err(Failure::Model("its answer has no end".to_owned()));
        }
        Ok(())
    }

    /// A call comes in pieces under one index: first its id and name, then its arguments bit by bit.
    fn take_call(&mut self, piece: ChatCompletionMessageToolCallChunk) -> Result<(), Failure> {
        if piece.index >= MOST_CALLS {
            return Err(Failure::Model("it calls too many tools at once".to_owned()));
        }
        let call = self.calls.entry(piece.index).or_default();
        if let Some(id) = piece.id.filter(|id| !id.is_empty()) {
            call.id = id;
        }
        let Some(function) = piece.function else { return Ok(()) };
        // Some endpoints repeat the name in every piece, others send it in the first one alone.
        if let Some(name) = function.name.filter(|name| !name.is_empty()) {
            call.name = name;
        }
        if let Some(arguments) = function.arguments {
            self.characters += arguments.chars().count();
            call.arguments.push_str(&arguments);
        }
        Ok(())
    }

    /// What was used: as reported, else a quarter of the characters.
    fn usage(&self, asked: usize) -> Usage {
        let estimate = |characters: usize| u64::try_from(characters.div_ceil(4)).unwrap_or(u64::MAX);
        match self.reported {
            Some(usage) => usage,
            None if self.characters == 0 => Usage::default(),
            None => Usage { tokens_in: estimate(asked), tokens_out: estimate(self.characters) },
        }
    }

    fn said(self) -> Said {
        let numbered = self.calls.into_iter().map(|(index, call)| {
            let id = if call.id.is_empty() { format!("call_{index}") } else { call.id };
            ToolCall { id, ..call }
        });
        Said { text: self.text, calls: numbered.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(index: u32, id: &str, name: &str, arguments: &str) -> ChatCompletionMessageToolCallChunk {
        let text =
            serde_json::json!({ "index": index, "id": id, "function": { "name": name, "arguments": arguments } });
        serde_json::from_value(text).unwrap_or_default()
    }

    #[test]
    fn pieces_of_two_calls_come_in_any_mixture() {
        let mut gathered = Gathered::default();
        for one in [
            piece(0, "a", "find_records", ""),
            piece(1, "b", "read_record", "{\"id\":"),
            piece(0, "", "", "{\"text\":\"Ch"),
            piece(1, "", "", "\"1\"}"),
            piece(0, "", "find_records", "ai\"}"),
        ] {
            assert!(gathered.take_call(one).is_ok());
        }
        let calls = gathered.said().calls;
        let call = |id: &str, name: &str, arguments: &str| ToolCall {
            id: id.to_owned(),
            name: name.to_owned(),
            arguments: arguments.to_owned(),
        };
        let first = call("a", "find_records", "{\"text\":\"Chai\"}");
        assert_eq!(calls, [first, call("b", "read_record", "{\"id\":\"1\"}")]);
    }

    #[test]
    fn tokens_are_estimated_only_where_none_are_reported() {
        let mut gathered = Gathered { characters: 10, ..Gathered::default() };
        assert_eq!(gathered.usage(400), Usage { tokens_in: 100, tokens_out: 3 });
        gathered.reported = Some(Usage { tokens_in: 7, tokens_out: 2 });
        assert_eq!(gathered.usage(400), Usage { tokens_in: 7, tokens_out: 2 });
    }
}
