//! What other modules need to know of products, each in one statement.

use std::collections::HashMap;

use kontor_accounting::Tax;
use kontor_entity::Ref;
use kontor_kernel::{Quantity, Result, UnitPrice};
use kontor_store::{Tx, sql_error};
use rust_decimal::Decimal;
use sqlx::{Row, postgres::PgRow};
use uuid::Uuid;

/// A product as a purchase sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct PurchaseFacts {
    pub name: String,
    /// Decimal places that a quantity in its unit may have.
    pub decimals: u32,
    pub purchase_price: Option<UnitPrice>,
    pub purchase_tax: Option<Ref<Tax>>,
    pub archived: bool,
}

impl PurchaseFacts {
    /// Whether the product can be counted to that many places: half a bottle cannot.
    pub fn divides(&self, quantity: Quantity) -> bool {
        places(quantity) <= self.decimals
    }
}

/// A product as the warehouse sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct StockFacts {
    pub code: String,
    pub name: String,
    /// Decimal places that a quantity in its unit may have.
    pub decimals: u32,
    pub purchase_price: Option<UnitPrice>,
    /// Whether stock is kept.
    pub tracked: bool,
}

impl StockFacts {
    /// Whether the product can be counted to that many places: half a bottle cannot.
    pub fn divides(&self, quantity: Quantity) -> bool {
        places(quantity) <= self.decimals
    }
}

fn places(quantity: Quantity) -> u32 {
    quantity.value().normalize().scale()
}

/// The products by id. One that the company does not have is left out.
pub async fn purchase_facts(tx: &mut Tx, products: &[Uuid]) -> Result<HashMap<Uuid, PurchaseFacts>> {
    let tenant = tx.tenant();
    let rows = sqlx::query(
        "select p.id, p.name, u.decimals, p.purchase_price, p.purchase_tax_id, p.archived_at is not null
         from products p join units u on u.tenant_id = p.tenant_id and u.id = p.unit_id
         where p.tenant_id = $1 and p.id = any ($2)",
    )
    .bind(tenant)
    .bind(products)
    .fetch_all(tx.connection())
    .await
    .map_err(sql_error)?;
    let facts = rows.iter().map(|row| {
        let facts = PurchaseFacts {
            name: row.try_get(1)?,
            decimals: decimals(row, 2)?,
            purchase_price: price(row, 3)?,
            purchase_tax: row.try_get::<Option<Uuid>, _>(4)?.map(Ref::new),
            archived: row.try_get(5)?,
        };
        Ok((row.try_get(0)?, facts))
    });
    facts.collect::<sqlx::Result<_>>().map_err(sql_error)
}

/// The products by id. One that the company does not have is left out.
pub async fn stock_facts(tx: &mut Tx, products: &[Uuid]) -> Result<HashMap<Uuid, StockFacts>> {
    let tenant = tx.tenant();
    let rows = sqlx::query(
        "select p.id, p.code, p.name, u.decimals, p.purchase_price, p.tracked
         from products p join units u on u.tenant_id = p.tenant_id and u.id = p.unit_id
         where p.tenant_id = $1 and p.id = any ($2)",
    )
    .bind(tenant)
    .bind(products)
    .fetch_all(tx.connection())
    .await
    .map_err(sql_error)?;
    let facts = rows.iter().map(|row| {
        let facts = StockFacts {
            code: row.try_get(1)?,
            name: row.try_get(2)?,
            decimals: decimals(row, 3)?,
            purchase_price: price(row, 4)?,
            tracked: row.try_get(5)?,
        };
        Ok((row.try_get(0)?, facts))
    });
    facts.collect::<sqlx::Result<_>>().map_err(sql_error)
}

fn decimals(row: &PgRow, index: usize) -> sqlx::Result<u32> {
    Ok(u32::try_from(row.try_get::<i32, _>(index)?).unwrap_or(0))
}

fn price(row: &PgRow, index: usize) -> sqlx::Result<Option<UnitPrice>> {
    Ok(row.try_get::<Option<Decimal>, _>(index)?.map(UnitPrice::new))
}
