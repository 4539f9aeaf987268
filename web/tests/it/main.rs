//! Page handlers against a real PostgreSQL, as a browser meets them.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod account;
mod assistant;
mod books;
mod fixture;
mod frame;
mod gallery;
mod house;
mod list;
mod order;
mod record;
mod role;
mod screen;
mod server;
mod settings;
