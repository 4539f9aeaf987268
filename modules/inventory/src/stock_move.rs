use chrono::NaiveDate;
use kontor_catalog::Product;
use kontor_entity::{Entity, Ref};
use kontor_kernel::{Amount, Quantity, UnitPrice};
use uuid::Uuid;

use crate::{Location, Warehouse};

/// One movement of one product. It never changes; a correction is another movement.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "stock_moves",
    collection = "stock-moves",
    label = "Stock move",
    plural = "Stock moves",
    permission = "inventory.move",
    code = "id",
    title = "id",
    order = "-date",
    read_only,
    sourced,
    section = "inventory",
    page = "moves",
    icon = "truck"
)]
pub struct StockMove {
    #[field(sort, list)]
    pub date: NaiveDate,
    #[field(list)]
    pub product_id: Ref<Product>,
    #[field(list)]
    pub warehouse_id: Ref<Warehouse>,
    #[field(label = "From", unfiltered, list)]
    pub from_location_id: Ref<Location>,
    #[field(label = "To", unfiltered, list)]
    pub to_location_id: Ref<Location>,
    /// Always above zero; from and to say the direction.
    #[field(list)]
    pub quantity: Quantity,
    /// What one was moved at.
    #[field(list)]
    pub unit_cost: UnitPrice,
    /// What the movement adds to the worth of stock; negative when goods leave.
    #[field(list)]
    pub value: Amount,
    /// How much was on hand in the warehouse afterwards.
    #[field(label = "Balance", list)]
    pub balance: Quantity,
    /// The collection of the record it came from.
    #[field(filter)]
    pub source_type: String,
    /// The record it came from.
    #[field(filter)]
    pub source_id: Uuid,
    /// The line of that record.
    pub source_line_id: Uuid,
}
