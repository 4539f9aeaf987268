//! The web app: what a browser shows.
//!
//! [`view`] turns typed structs into pages. It knows templates and formats, no database and no routes. [`pages`] answer
//! requests with them: they read what a page shows, run commands through the same runner as every other way in, and know
//! entities by their description. [`Web`] is what they share, [`shell`] the frame around them.

mod account;
pub mod answer;
mod assistant;
pub mod browser;
mod markdown;
pub mod pages;
mod refusal;
mod settings;
pub mod shell;
mod upload;
pub mod view;
mod web;

pub use account::{IdentityCompanies, account_endpoints};
pub use assistant::assistant_page_endpoints;
pub use refusal::ErrorPages;
pub use settings::settings_endpoints;
pub use upload::import_page_endpoints;
pub use web::{Companies, Web, page_endpoints};
