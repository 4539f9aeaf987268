//! Entities over the product's tables, as small as they can be.

use kontor_access::Feature;
use kontor_command::{Action, Invariant, Module, Registered, Report, Setup, Writable, entity, read_only};
use kontor_entity::{Entity, Ref, Rules};
use kontor_kernel::{CodeInfo, Country};

/// A company we buy from.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "partners",
    collection = "suppliers",
    role = "is_supplier",
    label = "Supplier",
    plural = "Suppliers",
    permission = "partners.supplier",
    section = "purchasing"
)]
pub struct Supplier {
    #[field(search)]
    pub code: String,
    #[field(search)]
    pub name: String,
    #[field(email, search)]
    pub email: Option<String>,
    #[field(search)]
    pub city: Option<String>,
    #[field(country)]
    pub country: Option<Country>,
}

impl Rules for Supplier {}
impl Writable for Supplier {}

/// A company we sell to.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "partners",
    collection = "customers",
    role = "is_customer",
    label = "Customer",
    plural = "Customers",
    permission = "partners.customer",
    section = "sales"
)]
pub struct Customer {
    #[field(search)]
    pub code: String,
    #[field(search)]
    pub name: String,
}

impl Rules for Customer {}
impl Writable for Customer {}

/// Either of them.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "partners",
    collection = "partners",
    label = "Partner",
    plural = "Partners",
    permission = "partners.partner",
    read_only,
    section = "sales"
)]
pub struct Partner {
    #[field(search)]
    pub code: String,
    #[field(search)]
    pub name: String,
}

/// A person who works for one.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "contacts",
    collection = "contacts",
    label = "Contact",
    plural = "Contacts",
    permission = "partners.contact",
    section = "sales"
)]
pub struct Contact {
    #[field(search)]
    pub code: String,
    #[field(search)]
    pub name: String,
    pub partner_id: Ref<Partner>,
}

impl Rules for Contact {}
impl Writable for Contact {}

pub struct Partners;

impl Module for Partners {
    const NAME: &'static str = "partners";
    const FEATURE: Feature = Feature::new("partners");
    const ENTITIES: &'static [Registered] =
        &[entity::<Supplier>(), entity::<Customer>(), entity::<Contact>(), read_only::<Partner>()];
    const ACTIONS: &'static [Action] = &[];
    const REPORTS: &'static [Report] = &[];
    const CODES: &'static [&'static CodeInfo] = &[];
    const INVARIANTS: &'static [Invariant] = &[];
    const SETUP: Setup = |_, _| Box::pin(async { Ok(()) });
}
