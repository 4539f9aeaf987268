use kontor_catalog::Product;
use kontor_entity::Ref;
use kontor_kernel::{Quantity, Result};
use kontor_store::{Tx, sql_error};
use rust_decimal::Decimal;
use sqlx::Row;
use uuid::Uuid;

use crate::Warehouse;

/// How much of a product is in one warehouse.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OnHand {
    pub product: Ref<Product>,
    pub warehouse: Ref<Warehouse>,
    pub on_hand: Quantity,
    /// On hand and not reserved.
    pub available: Quantity,
}

/// The stock of products in every warehouse, in one statement. A product that never was in a warehouse has no row.
pub async fn stock_on_hand(tx: &mut Tx, products: &[Ref<Product>]) -> Result<Vec<OnHand>> {
    let tenant = tx.tenant();
    let ids: Vec<Uuid> = products.iter().map(|product| product.id()).collect();
    let rows = sqlx::query(
        "select product_id, warehouse_id, sum(on_hand), sum(available) from stock_levels
         where tenant_id = $1 and product_id = any ($2)
         group by product_id, warehouse_id order by product_id, warehouse_id",
    )
    .bind(tenant)
    .bind(ids)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let stock = rows.iter().map(|row| {
        Ok(OnHand {
            product: Ref::new(row.try_get(0)?),
            warehouse: Ref::new(row.try_get(1)?),
            on_hand: Quantity::new(row.try_get::<Decimal, _>(2)?),
            available: Quantity::new(row.try_get::<Decimal, _>(3)?),
        })
    });
    stock.collect::<sqlx::Result<_>>().map_err(sql_error)
}
