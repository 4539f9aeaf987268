//! The product as outsiders meet it: a real server over a real PostgreSQL, asked over HTTP.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod bad_input;
mod client;
mod crash;
mod error_pages;
mod faults;
mod invariants;
mod isolation;
mod limits;
mod locking;
mod plans;
mod purchasing_story;
mod roles;
mod seats;
mod server;
mod shutdown;
mod streaming;
