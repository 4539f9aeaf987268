//! Orders to suppliers and the goods that come of them.

mod code;
mod order;
mod receipt;
mod settings;

use kontor_access::Feature;
use kontor_command::{Action, Invariant, Module, Printout, Registered, Report, Setup, action, document, read_only};
use kontor_kernel::CodeInfo;
use kontor_store::{SealedLines, SealedTable};

pub use code::Code;
pub use order::{CancelOrder, ConfirmOrder, OrderFacts, OrderState, Progress, PurchaseOrder, PurchaseOrderLine};
pub use receipt::{GoodsReceipt, GoodsReceiptLine, ReceiveGoods, ReceiveLine};

/// What a plan must include.
pub const FEATURE: Feature = Feature::new("purchasing");

/// The module's part of the product.
#[derive(Debug)]
pub struct Purchasing;

impl Module for Purchasing {
    const NAME: &'static str = "purchasing";
    const FEATURE: Feature = FEATURE;
    const ENTITIES: &'static [Registered] = &[document::<PurchaseOrder>(), read_only::<GoodsReceipt>()];
    const ACTIONS: &'static [Action] = &[action::<ConfirmOrder>(), action::<CancelOrder>(), action::<ReceiveGoods>()];
    const REPORTS: &'static [Report] = &[];
    const CODES: &'static [&'static CodeInfo] = Code::CATALOGUE;
    const INVARIANTS: &'static [Invariant] = &[Invariant {
        id: "I13",
        says: "received is at most ordered plus the tolerance, and is the sum of the goods receipts",
        sql: include_str!("../checks/i13.sql"),
    }];
    const SETUP: Setup = |tx, _| Box::pin(settings::lay_down(tx));
    const PRINTOUTS: &'static [Printout] = &[order::PRINTOUT];
    const SEALED: &'static [SealedTable] = &[SealedTable {
        chain: "receipts",
        invariant: "I10",
        table: "goods_receipts",
        columns: &["number", "purchase_order_id", "supplier_id", "warehouse_id", "date"],
        lines: Some(SealedLines {
            table: "goods_receipt_lines",
            parent: "receipt_id",
            order: "position",
            columns: &["position", "purchase_order_line_id", "product_id", "quantity"],
        }),
    }];
}
