use kontor_entity::Ref;
use kontor_kernel::Currency;
use kontor_store::Question;

use crate::Supplier;

/// How we deal with a supplier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplierTerms {
    pub code: String,
    pub name: String,
    /// The currency agreed on; none is the company's own.
    pub currency: Option<Currency>,
    /// How many days after the invoice's date it is due.
    pub payment_days: i32,
    pub archived: bool,
}

/// The terms of a supplier, or nothing when the company has no such supplier.
pub fn supplier_terms(supplier: Ref<Supplier>) -> Question<Option<SupplierTerms>> {
    type Row = (String, String, Option<String>, i32, bool);
    Question::new(
        "select (code, name, currency, payment_days, archived_at is not null) from partners
         where tenant_id = $1 and id = $2 and is_supplier",
        |row: Option<Row>| {
            Ok(row.map(|(code, name, currency, payment_days, archived)| {
                let currency = currency.as_deref().and_then(Currency::parse);
                SupplierTerms { code, name, currency, payment_days, archived }
            }))
        },
    )
    .id(supplier.id())
}
