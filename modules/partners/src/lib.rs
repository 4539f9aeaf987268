//! The companies and people we trade with.
//!
//! Suppliers and customers are two roles of one table: each is a resource with its own terms, numbers and rights.

mod category;
mod contact;
mod partner;
mod terms;

use kontor_access::Feature;
use kontor_command::{Action, Invariant, Module, Registered, Report, Setup, entity, read_only};
use kontor_kernel::CodeInfo;

pub use category::PartnerCategory;
pub use contact::Contact;
pub use partner::{Customer, Partner, Supplier};
pub use terms::{SupplierTerms, supplier_terms};

/// The module's part of the product.
#[derive(Debug)]
pub struct Partners;

impl Module for Partners {
    const NAME: &'static str = "partners";
    const FEATURE: Feature = Feature::new("partners");
    const ENTITIES: &'static [Registered] = &[
        entity::<Supplier>(),
        entity::<Customer>(),
        entity::<Contact>(),
        entity::<PartnerCategory>(),
        read_only::<Partner>(),
    ];
    const ACTIONS: &'static [Action] = &[];
    const REPORTS: &'static [Report] = &[];
    const CODES: &'static [&'static CodeInfo] = &[];
    const INVARIANTS: &'static [Invariant] = &[];
    const SETUP: Setup = |_, _| Box::pin(async { Ok(()) });
}
