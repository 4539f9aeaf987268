//! Search over a real PostgreSQL, from the outbox to the answer.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod api;
mod entities;
mod house;
mod indexing;
mod position;
