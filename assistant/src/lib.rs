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
mod shown;
mod tool;
mod turn;

pub use assistant::{Assistant, FEATURE, USE};
pub use brain::{Brain, Past, Request, Thought, Usage};
pub use citation::Citation;
pub use code::Code;
pub use conversation::{Conversation, ConversationPage};
pub use desk::Desk;
pub use endpoint::{assistant_endpoints, event_stream};
pub use event::{Answer, Answering, TurnEvent};
pub use message::{Author, Message, TEXT_LIMIT};
pub use model::{Model, ModelConfig};
pub use offline::Offline;
pub use preview::{Preview, PreviewItem, Style};
pub use proposal::{Proposal, ProposalState};

/// The refusals of this crate, for the catalogue.
pub const CODES: &[&kontor_kernel::CodeInfo] = Code::CATALOGUE;
