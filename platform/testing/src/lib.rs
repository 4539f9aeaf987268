//! A database of its own for every test, with the product's schema.
//!
//! The schema is laid once per test run into a template; each [`TestDb`] is a copy of it, so tests neither wait for nor
//! see one another. It connects as the roles that the server uses: row-level security is on.

mod database;

pub use database::{TestDb, at, context};
pub use kontor_kernel::FixedClock;
