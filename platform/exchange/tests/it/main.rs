//! Files in and out, as people and other programs write them.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod mapping;
mod northwind;
mod read;
mod round_trip;
mod workbook;
