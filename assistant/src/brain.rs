//! What understands a message.

use chrono::NaiveDate;
use futures_util::future::BoxFuture;
use kontor_kernel::Result;
use kontor_planner::Language;
use kontor_store::Meter;
use serde_json::Value;

use crate::{Author, Desk};

/// Something said before in the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    pub author: Author,
    pub text: String,
}

/// What is to be answered.
#[derive(Debug, Clone)]
pub struct Request {
    /// 1 to [`TEXT_LIMIT`](crate::TEXT_LIMIT) characters.
    pub text: String,
    /// The latest messages before it, oldest first.
    pub history: Vec<Past>,
    /// What the planner left open at the last turn.
    pub pending: Option<Value>,
    /// Today where the company is.
    pub today: NaiveDate,
    /// The company's language, for what does not tell its own.
    pub language: Language,
}

/// Tokens that a model reported, or an estimate of a quarter of the characters where it reports none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    pub tokens_in: u64,
    pub tokens_out: u64,
}

impl Usage {
    pub const fn total(self) -> u64 {
        self.tokens_in.saturating_add(self.tokens_out)
    }
}

/// What a brain came to. Its citations and proposals are on the desk.
#[derive(Debug, Clone, Default)]
pub struct Thought {
    pub text: String,
    /// For the next turn's [`Request::pending`].
    pub pending: Option<Value>,
    /// The new proposal is the last one, corrected: that one closes.
    pub supersedes: bool,
    pub usage: Usage,
}

/// Understands a message and answers it, with nothing but the desk.
pub trait Brain: Send + Sync {
    /// What its turns use up.
    fn meter(&self) -> Meter;

    /// Errors are failures of ours; a refusal is an answer.
    fn think<'a>(&'a self, request: &'a Request, desk: &'a mut Desk) -> BoxFuture<'a, Result<Thought>>;
}
