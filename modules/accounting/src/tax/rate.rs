use std::collections::HashMap;

use kontor_entity::Ref;
use kontor_kernel::Percent;
use kontor_store::Question;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::Tax;

/// A tax as a document takes it over.
#[derive(Debug, Clone, PartialEq)]
pub struct TaxRate {
    pub code: String,
    pub name: String,
    pub percent: Percent,
    pub archived: bool,
}

/// The rates of taxes by id. A tax that the company does not have is left out.
pub fn tax_rates(taxes: &[Ref<Tax>]) -> Question<HashMap<Ref<Tax>, TaxRate>> {
    type Row = (Uuid, String, String, Decimal, bool);
    Question::new(
        "select array_agg((id, code, name, percent, archived_at is not null)) from taxes
         where tenant_id = $1 and id = any ($2)",
        |rows: Option<Vec<Row>>| {
            let rates = rows.unwrap_or_default().into_iter().map(|(id, code, name, percent, archived)| {
                (Ref::new(id), TaxRate { code, name, percent: Percent::new(percent), archived })
            });
            Ok(rates.collect())
        },
    )
    .ids(taxes.iter().map(|tax| tax.id()).collect())
}
