//! Identity against a real PostgreSQL, as stories of people and companies.

mod house;
mod invitation;
mod log_in;
mod reset;
mod seat;
mod session;
mod sign_up;
mod verification;
