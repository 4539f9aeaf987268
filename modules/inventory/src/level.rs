use kontor_catalog::Product;
use kontor_entity::{Entity, Ref};
use kontor_kernel::{Amount, Quantity, UnitPrice};

use crate::{Location, Warehouse};

/// How much of a product is at a place and what it is worth: the running sum of its moves.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "stock_levels",
    collection = "stock-levels",
    label = "Stock level",
    plural = "Stock",
    permission = "inventory.level",
    code = "id",
    title = "id",
    order = "-on_hand",
    read_only,
    section = "inventory",
    page = "stock",
    icon = "boxes"
)]
pub struct StockLevel {
    #[field(list)]
    pub product_id: Ref<Product>,
    #[field(list)]
    pub warehouse_id: Ref<Warehouse>,
    #[field(unfiltered)]
    pub location_id: Ref<Location>,
    #[field(sort, list)]
    pub on_hand: Quantity,
    /// Promised to customers already.
    #[field(list)]
    pub reserved: Quantity,
    /// On hand and not promised.
    #[field(list)]
    pub available: Quantity,
    /// What one is worth at present: value divided by quantity on hand, or the last such cost when nothing is left.
    #[field(list)]
    pub average_cost: UnitPrice,
    #[field(sort, list)]
    pub value: Amount,
}
