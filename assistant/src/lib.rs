#![doc = include_str!("../README.md")]

mod assistant;
mod brain;
mod citation;
mod code;
mod conversation;
mod desk;
mod endpoint;
mod event;
mod message;
mod model;
mod offline;
mod preview;
mod proposal;
mod row;
mod tool;
mod turn;

pub use assistant::{Assistant, FEATURE, TEXT_LIMIT, USE};
pub use brain::{Brain, Past, Request, Thought, Usage};
pub use citation::Citation;
pub use code::Code;
pub use conversation::{Conversation, ConversationPage};
pub use desk::Desk;
pub use endpoint::{assistant_endpoints, stream_response};
pub use event::{Answer, Answering, TurnEvent};
pub use message::{Author, Message};
pub use model::{Model, ModelConfig};
pub use offline::Offline;
pub use preview::{Preview, PreviewItem, Style};
pub use proposal::{Proposal, ProposalState};
pub use tool::{Tool, ToolKind, tools_of};

/// The refusals of this crate, for the catalogue.
pub const CODES: &[&kontor_kernel::CodeInfo] = Code::CATALOGUE;
