//! What the company buys, keeps and sells: products, their categories and units.

mod category;
mod code;
mod product;
mod setup;
mod unit;

use kontor_access::Feature;
use kontor_command::{Action, Invariant, Module, Registered, Report, Setup, entity};
use kontor_kernel::CodeInfo;

pub use category::ProductCategory;
pub use code::Code;
pub use product::{Product, PurchaseFacts, StockFacts, purchase_facts, stock_facts};
pub use unit::{Unit, default_unit};

/// The module's part of the product.
#[derive(Debug)]
pub struct Catalog;

impl Module for Catalog {
    const NAME: &'static str = "catalog";
    const FEATURE: Feature = Feature::new("catalog");
    const ENTITIES: &'static [Registered] = &[entity::<Product>(), entity::<ProductCategory>(), entity::<Unit>()];
    const ACTIONS: &'static [Action] = &[];
    const REPORTS: &'static [Report] = &[];
    const CODES: &'static [&'static CodeInfo] = Code::CATALOGUE;
    const INVARIANTS: &'static [Invariant] = &[];
    const SETUP: Setup = |tx, company| Box::pin(setup::run(tx, company));
}
