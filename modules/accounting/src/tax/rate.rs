use std::collections::HashMap;

use kontor_entity::Ref;
use kontor_kernel::{Percent, Result};
use kontor_store::{Tx, sql_error};
use rust_decimal::Decimal;
use sqlx::Row;
use uuid::Uuid;

use crate::Tax;

/// A tax as a document takes it over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TaxRate {
    pub percent: Percent,
    pub archived: bool,
}

/// The rates of taxes by id, in one statement. A tax that the company does not have is left out.
pub async fn tax_rates(tx: &mut Tx, taxes: &[Ref<Tax>]) -> Result<HashMap<Ref<Tax>, TaxRate>> {
    let tenant = tx.tenant();
    let ids: Vec<Uuid> = taxes.iter().map(|tax| tax.id()).collect();
    let rows =
        sqlx::query("select id, percent, archived_at is not null from taxes where tenant_id = $1 and id = any ($2)")
            .bind(tenant)
            .bind(ids)
            .fetch_all(tx.connection())
            .await
            .map_err(sql_error)?;
    let rates = rows.iter().map(|row| {
        let rate = TaxRate { percent: Percent::new(row.try_get::<Decimal, _>(1)?), archived: row.try_get(2)? };
        Ok((Ref::new(row.try_get(0)?), rate))
    });
    rates.collect::<sqlx::Result<_>>().map_err(sql_error)
}
