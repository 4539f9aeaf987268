//! The vehicles the company runs.

mod vehicle;

use kontor_access::Feature;
use kontor_command::{Action, Invariant, Module, Registered, Report, Setup, entity};
use kontor_kernel::CodeInfo;

pub use vehicle::Vehicle;

/// The module's part of the product.
#[derive(Debug)]
pub struct Fleet;

impl Module for Fleet {
    const NAME: &'static str = "fleet";
    const FEATURE: Feature = Feature::new("fleet");
    const ENTITIES: &'static [Registered] = &[entity::<Vehicle>()];
    const ACTIONS: &'static [Action] = &[];
    const REPORTS: &'static [Report] = &[];
    const CODES: &'static [&'static CodeInfo] = &[];
    const INVARIANTS: &'static [Invariant] = &[];
    const SETUP: Setup = |_, _| Box::pin(async { Ok(()) });
}
