use kontor_entity::Ref;
use kontor_kernel::{Currency, Result};
use kontor_store::{Tx, sql_error};
use sqlx::Row;

use crate::Supplier;

/// How we deal with a supplier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SupplierTerms {
    /// The currency agreed on; none is the company's own.
    pub currency: Option<Currency>,
    /// How many days after the invoice's date it is due.
    pub payment_days: i32,
    pub archived: bool,
}

/// The terms of a supplier, or nothing when the company has no such supplier.
pub async fn supplier_terms(tx: &mut Tx, supplier: Ref<Supplier>) -> Result<Option<SupplierTerms>> {
    let tenant = tx.tenant();
    let row = sqlx::query(
        "select currency, payment_days, archived_at is not null from partners
         where tenant_id = $1 and id = $2 and is_supplier",
    )
    .bind(tenant)
    .bind(supplier.id())
    .fetch_optional(tx.connection())
    .await
    .map_err(sql_error)?;
    let terms = row.map(|row| {
        Ok(SupplierTerms {
            currency: row.try_get::<Option<&str>, _>(0)?.and_then(Currency::parse),
            payment_days: row.try_get(1)?,
            archived: row.try_get(2)?,
        })
    });
    terms.transpose().map_err(sql_error)
}
