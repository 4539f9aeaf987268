//! Where goods are, how many, and what they are worth: at moving average, posted to the ledger as they move.

mod adjustment;
mod code;
mod delivery;
mod holding;
mod invariant;
mod level;
mod location;
mod on_hand;
mod receipt;
mod setup;
mod stock;
mod stock_move;
mod warehouse;

use kontor_access::Feature;
use kontor_command::{Action, Invariant, Module, Registered, Report, Setup, action, entity, read_only};
use kontor_kernel::CodeInfo;
use kontor_store::SealedTable;

pub use adjustment::AdjustStock;
pub use code::Code;
pub use delivery::{DeliveredLine, Delivery, deliver};
pub use level::StockLevel;
pub use location::{Location, LocationKind};
pub use on_hand::{OnHand, stock_on_hand};
pub use receipt::{Receipt, ReceiptKnowledge, ReceivedLine, receipt_questions, receive};
pub use stock_move::StockMove;
pub use warehouse::{ChosenWarehouse, Warehouse, choose_warehouse};

/// What a plan must include.
pub const FEATURE: Feature = Feature::new("inventory");

/// The module's part of the product.
#[derive(Debug)]
pub struct Inventory;

impl Module for Inventory {
    const NAME: &'static str = "inventory";
    const FEATURE: Feature = FEATURE;
    const ENTITIES: &'static [Registered] =
        &[entity::<Warehouse>(), read_only::<Location>(), read_only::<StockLevel>(), read_only::<StockMove>()];
    const ACTIONS: &'static [Action] = &[action::<AdjustStock>()];
    const REPORTS: &'static [Report] = &[];
    const CODES: &'static [&'static CodeInfo] = Code::CATALOGUE;
    const INVARIANTS: &'static [Invariant] = invariant::ALL;
    const SETUP: Setup = |tx, company| Box::pin(setup::run(tx, company));
    const SEALED: &'static [SealedTable] = &[SealedTable {
        chain: "stock",
        invariant: "I10",
        table: "stock_moves",
        columns: &[
            "date",
            "product_id",
            "from_location_id",
            "to_location_id",
            "warehouse_id",
            "quantity",
            "unit_cost",
            "value",
            "source_type",
            "source_id",
            "source_line_id",
        ],
        lines: None,
    }];
}
