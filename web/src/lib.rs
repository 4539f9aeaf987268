//! The web app: what a browser shows.
//!
//! [`view`] turns typed structs into pages. It knows templates and formats, no database and no routes.

pub mod view;
