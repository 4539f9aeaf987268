//! What other modules need to know of products.

use std::collections::HashMap;

use kontor_accounting::Tax;
use kontor_entity::Ref;
use kontor_kernel::{Quantity, UnitPrice};
use kontor_store::Question;
use rust_decimal::Decimal;
use uuid::Uuid;

/// A product as a purchase sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct PurchaseFacts {
    pub code: String,
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
pub fn purchase_facts(products: Vec<Uuid>) -> Question<HashMap<Uuid, PurchaseFacts>> {
    type Row = (Uuid, String, String, i32, Option<Decimal>, Option<Uuid>, bool);
    Question::new(
        "select array_agg((
             p.id, p.code, p.name, u.decimals, p.purchase_price, p.purchase_tax_id, p.archived_at is not null))
         from products p join units u on u.tenant_id = p.tenant_id and u.id = p.unit_id
         where p.tenant_id = $1 and p.id = any ($2)",
        |rows: Option<Vec<Row>>| {
            let facts = rows.unwrap_or_default().into_iter().map(|(id, code, name, decimals, price, tax, archived)| {
                let facts = PurchaseFacts {
                    code,
                    name,
                    decimals: u32::try_from(decimals).unwrap_or(0),
                    purchase_price: price.map(UnitPrice::new),
                    purchase_tax: tax.map(Ref::new),
                    archived,
                };
                (id, facts)
            });
            Ok(facts.collect())
        },
    )
    .ids(products)
}

/// The products by id. One that the company does not have is left out.
pub fn stock_facts(products: Vec<Uuid>) -> Question<HashMap<Uuid, StockFacts>> {
    type Row = (Uuid, String, String, i32, Option<Decimal>, bool);
    Question::new(
        "select array_agg((p.id, p.code, p.name, u.decimals, p.purchase_price, p.tracked))
         from products p join units u on u.tenant_id = p.tenant_id and u.id = p.unit_id
         where p.tenant_id = $1 and p.id = any ($2)",
        |rows: Option<Vec<Row>>| {
            let facts = rows.unwrap_or_default().into_iter().map(|(id, code, name, decimals, price, tracked)| {
                let facts = StockFacts {
                    code,
                    name,
                    decimals: u32::try_from(decimals).unwrap_or(0),
                    purchase_price: price.map(UnitPrice::new),
                    tracked,
                };
                (id, facts)
            });
            Ok(facts.collect())
        },
    )
    .ids(products)
}
