//! Figures and dates as the tenant writes them.
//!
//! The rules are the kernel's, so that pages, printed documents and mails of one company read the same. Reading what
//! people type back is in [`super::input`].

pub use kontor_kernel::locale::{Locale, lateness, minor_places, symbol};
