mod computation;
pub(crate) mod national;
mod rate;

use kontor_command::Writable;
use kontor_entity::{Entity, Rules, SequenceMeta, choices};
use kontor_kernel::Percent;

pub use computation::{GrossLine, NetLine, TaxMethod, TaxPart, TaxTotals, tax_in_gross, tax_on_net};
pub use rate::{TaxRate, tax_rates};

choices! {
    /// Where a tax may be chosen.
    pub enum TaxScope {
        Purchases = "purchases" "Purchases",
        Sales = "sales" "Sales",
        Both = "both" "Both",
    }
}

/// A rate of value-added or sales tax.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "taxes",
    collection = "taxes",
    label = "Tax",
    plural = "Taxes",
    permission = "accounting.tax",
    sequence = SequenceMeta::new("taxes", "T-", 3),
    section = "accounting",
    icon = "percent"
)]
pub struct Tax {
    /// Short and unique; the next number is taken when left empty.
    #[field(filled, search, list, max = 40)]
    pub code: String,
    #[field(search, sort, list, max = 200)]
    pub name: String,
    /// 19 for nineteen per cent.
    #[field(list, at_least = 0, at_most = 100, aliases = &["rate", "tax rate", "Steuersatz"])]
    pub percent: Percent,
    #[field(list, default_text = "both")]
    pub scope: TaxScope,
}

impl Rules for Tax {}

impl Writable for Tax {}
