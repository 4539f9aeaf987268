//! What a company's people do to their company, against a real PostgreSQL.

mod api;
mod house;
mod role;
mod settings;
mod user;
