use kontor_command::{ModuleInfo, Registry};

/// Every module of the product, each after those it uses.
pub fn registry() -> Registry {
    Registry::new(vec![
        ModuleInfo::of::<kontor_company::CompanyModule>(),
        ModuleInfo::of::<kontor_partners::Partners>(),
        ModuleInfo::of::<kontor_accounting::Accounting>(),
        ModuleInfo::of::<kontor_catalog::Catalog>(),
        ModuleInfo::of::<kontor_inventory::Inventory>(),
        ModuleInfo::of::<kontor_purchasing::Purchasing>(),
    ])
}
