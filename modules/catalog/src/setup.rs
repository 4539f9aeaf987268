use kontor_access::NewCompany;
use kontor_command::entity;
use kontor_entity::Draft;
use kontor_kernel::{Locale, Result};
use kontor_store::Tx;

use crate::{Unit, unit};

/// Code, English name, German name, decimal places.
const UNITS: [(&str, &str, &str, i32); 13] = [
    (unit::DEFAULT, "Unit", "Stück", 0),
    ("box", "Box", "Karton", 0),
    ("pack", "Pack", "Packung", 0),
    ("pair", "Pair", "Paar", 0),
    ("pallet", "Pallet", "Palette", 0),
    ("kg", "Kilogram", "Kilogramm", 3),
    ("g", "Gram", "Gramm", 0),
    ("l", "Litre", "Liter", 3),
    ("ml", "Millilitre", "Milliliter", 0),
    ("m", "Metre", "Meter", 3),
    ("m2", "Square metre", "Quadratmeter", 3),
    ("h", "Hour", "Stunde", 2),
    ("day", "Day", "Tag", 2),
];

/// The units of a new company, named in its language.
pub(crate) async fn run(tx: &mut Tx, company: &NewCompany) -> Result<()> {
    let german = company.locale == Locale::De;
    for (code, english, in_german, decimals) in UNITS {
        let name = if german { in_german } else { english };
        let unit = Unit { code: code.to_owned(), name: name.to_owned(), decimals };
        entity::<Unit>().create(tx, Draft::of(unit)).await?;
    }
    Ok(())
}
