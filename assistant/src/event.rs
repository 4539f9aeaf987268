//! What a person sees while their message is answered.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use futures_util::{Stream, StreamExt};
use kontor_kernel::{Error, Result};
use serde::Serialize;
use tokio::sync::mpsc::UnboundedReceiver;
use uuid::Uuid;

use crate::{Citation, Proposal};

/// The whole answer, as it is stored.
#[derive(Debug, Clone, Serialize)]
pub struct Answer {
    pub message_id: Uuid,
    pub text: String,
    pub citations: Vec<Citation>,
    pub proposals: Vec<Proposal>,
}

/// One event of an answer in the making.
#[derive(Debug)]
pub enum TurnEvent {
    /// What is being done now, in the person's language.
    Step(String),
    /// The next words of the answer.
    Token(String),
    /// Something to be confirmed; it is stored by now.
    Card(Box<Proposal>),
    /// The answer is stored. Nothing follows.
    Done(Box<Answer>),
    /// It came to nothing. Nothing follows.
    Failed(Error),
}

/// A message that is being answered. The answer is stored also when nobody listens any longer.
#[derive(Debug)]
pub struct Answering {
    events: UnboundedReceiver<TurnEvent>,
}

impl Answering {
    pub(crate) const fn new(events: UnboundedReceiver<TurnEvent>) -> Self {
        Self { events }
    }

    /// Waits for the whole answer.
    pub async fn answer(mut self) -> Result<Answer> {
        while let Some(event) = self.next().await {
            match event {
                TurnEvent::Done(answer) => return Ok(*answer),
                TurnEvent::Failed(error) => return Err(error),
                TurnEvent::Step(_) | TurnEvent::Token(_) | TurnEvent::Card(_) => {}
            }
        }
        Err(Error::internal("an answer that did not end"))
    }
}

impl Stream for Answering {
    type Item = TurnEvent;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<TurnEvent>> {
        self.events.poll_recv(context)
    }
}
