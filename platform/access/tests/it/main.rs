//! Identity against a real PostgreSQL, as stories of people and companies.

mod house;
mod invitation;
mod log_in;
mod reset;
mod session;
mod sign_up;
