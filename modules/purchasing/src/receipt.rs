mod receive;

use chrono::NaiveDate;
use kontor_catalog::Product;
use kontor_entity::{Entity, Ref, SequenceMeta, Shape, meta_of};
use kontor_inventory::Warehouse;
use kontor_kernel::Quantity;
use kontor_partners::Supplier;

use crate::{PurchaseOrder, PurchaseOrderLine};

pub use receive::{ReceiveGoods, ReceiveLine};

/// Goods that arrived for an order, at once and together. Never changes; what was wrong is returned.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "goods_receipts",
    collection = "goods-receipts",
    label = "Goods receipt",
    plural = "Goods receipts",
    permission = "purchasing.receipt",
    sequence = SequenceMeta::new("goods_receipts", "GR-", 5),
    document,
    read_only,
    computed = ReceiptFacts::FIELDS,
    lines = meta_of::<GoodsReceiptLine>,
    order = "-date",
    section = "purchasing",
    page = "receipts",
    icon = "package-check"
)]
pub struct GoodsReceipt {
    #[field(list)]
    pub purchase_order_id: Ref<PurchaseOrder>,
    #[field(list)]
    pub supplier_id: Ref<Supplier>,
    #[field(list)]
    pub warehouse_id: Ref<Warehouse>,
    #[field(sort, list)]
    pub date: NaiveDate,
}

/// What only the server sets on a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Default, Shape)]
pub struct ReceiptFacts {
    #[field(search, sort, list)]
    pub number: String,
}

/// How much of one line of the order arrived.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "goods_receipt_lines",
    parent = "receipt_id",
    label = "Receipt line",
    permission = "purchasing.receipt"
)]
pub struct GoodsReceiptLine {
    pub purchase_order_line_id: Ref<PurchaseOrderLine>,
    pub product_id: Ref<Product>,
    pub quantity: Quantity,
}
