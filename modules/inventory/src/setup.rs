use kontor_access::NewCompany;
use kontor_command::entity;
use kontor_entity::Draft;
use kontor_kernel::{Locale, Result};
use kontor_store::Tx;

use crate::{Location, LocationKind, Warehouse, location};

/// Code, kind, English name, German name.
const OUTSIDE: [(&str, LocationKind, &str, &str); 3] = [
    ("Suppliers", LocationKind::Supplier, "Suppliers", "Lieferanten"),
    ("Customers", LocationKind::Customer, "Customers", "Kunden"),
    ("Adjustments", LocationKind::Adjustment, "Stock adjustments", "Bestandskorrekturen"),
];

/// The places goods come from and go to, and a first warehouse.
pub(crate) async fn run(tx: &mut Tx, company: &NewCompany) -> Result<()> {
    let german = company.locale == Locale::De;
    for (code, kind, english, in_german) in OUTSIDE {
        let name = if german { in_german } else { english }.to_owned();
        location::create(tx, Location { code: code.to_owned(), name, kind, warehouse_id: None }).await?;
    }
    let warehouse = Warehouse {
        code: "WH".to_owned(),
        name: if german { "Hauptlager" } else { "Main warehouse" }.to_owned(),
        street: None,
        city: None,
        postal_code: None,
        country: Some(company.country),
    };
    entity::<Warehouse>().create(tx, Draft::of(warehouse)).await?;
    Ok(())
}
