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
    Question::new(
        "select payment_days, currency, archived_at is not null, code, name from partners
         where tenant_id = $1 and id = $2 and is_supplier",
        5,
        |answer| {
            let Some(payment_days) = answer.get(0)? else { return Ok(None) };
            let currency: Option<&str> = answer.get(1)?;
            let currency = currency.and_then(Currency::parse);
            Ok(Some(SupplierTerms {
                code: answer.get(3)?,
                name: answer.get(4)?,
                currency,
                payment_days,
                archived: answer.get(2)?,
            }))
        },
    )
    .id(supplier.id())
}
