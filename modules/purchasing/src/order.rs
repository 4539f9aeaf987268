mod cancel;
mod complete;
mod confirm;
mod facts;
mod print;
mod total;

use chrono::NaiveDate;
use kontor_catalog::Product;
use kontor_entity::{Entity, Ref, Rules, SequenceMeta, Shape, meta_of};
use kontor_inventory::Warehouse;
use kontor_kernel::{Currency, FxRate, Percent, Quantity, UnitPrice, Violations};
use kontor_partners::Supplier;

use crate::Code;

pub use cancel::CancelOrder;
pub use confirm::ConfirmOrder;
pub use facts::{LineFacts, OrderFacts, OrderState, Progress};
pub(crate) use print::PRINTOUT;

/// An order we sent to a supplier.
///
/// Receipt and billing progress are derived from lines; only [`OrderState`] is set by people.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "purchase_orders",
    collection = "purchase-orders",
    label = "Purchase order",
    plural = "Purchase orders",
    permission = "purchasing.order",
    sequence = SequenceMeta::new("purchase_orders", "PO-", 5),
    document,
    computed = OrderFacts::FIELDS,
    lines = meta_of::<PurchaseOrderLine>,
    order = "-order_date",
    section = "purchasing",
    page = "orders",
    icon = "shopping-cart"
)]
pub struct PurchaseOrder {
    #[field(list)]
    pub supplier_id: Ref<Supplier>,
    /// Today when left out.
    #[field(filled, label = "Ordered", sort, list)]
    pub order_date: Option<NaiveDate>,
    /// When the goods should arrive.
    #[field(label = "Expected", sort, list)]
    pub expected_date: Option<NaiveDate>,
    /// Where the goods go; the first warehouse when left out.
    #[field(filled, label = "Deliver to")]
    pub warehouse_id: Option<Ref<Warehouse>>,
    /// The supplier's currency when left out.
    #[field(filled, currency)]
    pub currency: Option<Currency>,
    /// Units of the company's currency for one unit of the order's. Needed before an order in a foreign currency is
    /// confirmed.
    #[field(positive)]
    pub exchange_rate: Option<FxRate>,
    /// The supplier's own number for the order or its quotation.
    #[field(search, max = 100)]
    pub supplier_reference: Option<String>,
    /// Printed on the order.
    #[field(label = "Note to supplier", note)]
    pub note: Option<String>,
}

impl Rules for PurchaseOrder {
    fn check(&self, violations: &mut Violations) {
        if let (Some(ordered), Some(expected)) = (self.order_date, self.expected_date)
            && expected < ordered
        {
            violations.add(Code::DateBeforeOrder, "expected_date");
        }
    }
}

/// One product of an order.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "purchase_order_lines",
    parent = "order_id",
    label = "Order line",
    permission = "purchasing.order",
    code = "description",
    title = "description",
    computed = LineFacts::FIELDS
)]
pub struct PurchaseOrderLine {
    pub product_id: Ref<Product>,
    /// What stands on the order; the product's name when left out.
    #[field(filled, max = 1000)]
    pub description: Option<String>,
    #[field(positive)]
    pub quantity: Quantity,
    /// The product's purchase price when left out.
    #[field(filled, at_least = 0)]
    pub unit_price: Option<UnitPrice>,
    #[field(label = "Discount %", at_least = 0, at_most = 100, default_text = "0")]
    pub discount_percent: Percent,
    /// The product's purchase tax when left out.
    pub tax_id: Option<Ref<kontor_accounting::Tax>>,
}

impl Rules for PurchaseOrderLine {}
