//! Who is calling and what they may do.

mod caller;
mod gate;
mod permission;

pub use caller::{Caller, Company, NewCompany};
pub use gate::{Feature, Gate, OpenGate};
pub use permission::{Permission, Permissions, Verb};
