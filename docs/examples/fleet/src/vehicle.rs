use chrono::NaiveDate;
use kontor_command::Writable;
use kontor_entity::{Entity, Ref, Rules, SequenceMeta};
use kontor_kernel::Violations;
use kontor_partners::Supplier;

/// A car, van or truck that the company runs.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "vehicles",
    collection = "vehicles",
    label = "Vehicle",
    plural = "Vehicles",
    permission = "fleet.vehicle",
    sequence = SequenceMeta::new("vehicles", "V-", 4),
    section = "fleet",
    icon = "truck"
)]
pub struct Vehicle {
    /// Short and unique; the next number is taken when left empty.
    #[field(filled, search, list, max = 40, aliases = &["vehicle number"])]
    pub code: String,
    #[field(search, sort, list, max = 200, aliases = &["vehicle", "model"])]
    pub name: String,
    /// What is written on it, such as "HH KT 42".
    #[field(label = "Licence plate", search, list, max = 20, aliases = &["plate number", "registration", "Kennzeichen"])]
    pub plate: String,
    #[field(label = "Mileage (km)", sort, list, default_integer = 0, at_least = 0, aliases = &["mileage", "Kilometerstand"])]
    pub mileage_km: i32,
    #[field(label = "Acquired on", sort, list, aliases = &["acquired", "bought on", "Anschaffungsdatum"])]
    pub acquired_on: Option<NaiveDate>,
    /// Whom it was bought from.
    #[field(list, aliases = &["dealer", "seller", "Lieferant"])]
    pub supplier_id: Option<Ref<Supplier>>,
}

impl Rules for Vehicle {
    fn check(&self, violations: &mut Violations) {
        let dated = self.supplier_id.is_none() || self.acquired_on.is_some();
        violations.require(dated, "acquired_on", "must be given with the supplier");
    }
}

impl Writable for Vehicle {}
