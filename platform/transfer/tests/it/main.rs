//! Imports and exports against a real PostgreSQL, with the product's own partners and catalog.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod api;
mod export;
mod large;
mod northwind;
mod refusal;
mod rows;
mod world;
