//! Full-text search over the records of all companies.
//!
//! A disposable view of PostgreSQL: the [`Indexer`] reads the outbox and keeps a few tantivy indexes, shared by the tenants,
//! as the records are; [`Search`] answers from them. What a record says follows from its description. The position in the
//! outbox is saved in the same commit as what was read up to it, so that neither is ahead of the other; an empty, damaged
//! or older folder is built anew.

mod endpoint;
mod finder;
mod folder;
mod indexer;
mod progress;
mod query;
mod schema;
mod shard;
mod source;
mod word;
mod words;

pub use endpoint::search_endpoints;
pub use finder::Search;
pub use indexer::Indexer;
