//! The guide's module, followed to its end: its migration on a fresh database, its entity over HTTP.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod company;
mod guide;
mod vehicle;
