//! What this crate promises to those who call it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod limits;
mod redis_server;
