mod facts;

use kontor_accounting::Tax;
use kontor_command::Writable;
use kontor_entity::{Entity, Ref, Rules, SequenceMeta};
use kontor_kernel::{Fault, Quantity, Result, UnitPrice, Violations};
use kontor_partners::Supplier;
use kontor_store::Tx;

use crate::{ProductCategory, Unit, default_unit};

pub use facts::{PurchaseFacts, StockFacts, purchase_facts, stock_facts};

/// Something the company buys, keeps or sells.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "products",
    collection = "products",
    label = "Product",
    plural = "Products",
    permission = "catalog.product",
    sequence = SequenceMeta::new("products", "P-", 5),
    section = "inventory",
    icon = "package"
)]
pub struct Product {
    /// The article number; the next one is taken when left empty.
    #[field(filled, search, list, max = 40, aliases = &["product id", "sku", "article number", "item number", "part number", "Artikelnummer"])]
    pub code: String,
    #[field(search, sort, list, max = 200, aliases = &["product name", "article", "item", "Artikel"])]
    pub name: String,
    #[field(note)]
    pub description: Option<String>,
    /// How it is packed, in words: "24 - 12 oz bottles".
    #[field(max = 100, list, aliases = &["quantity per unit", "package", "pack size", "Verpackung"])]
    pub packaging: Option<String>,
    #[field(list, aliases = &["category id", "product category", "product group", "Warengruppe"])]
    pub category_id: Option<Ref<ProductCategory>>,
    /// What it is counted in; the unit with the code "unit" when left empty.
    #[field(filled, list, aliases = &["unit of measure", "uom", "Einheit", "Mengeneinheit"])]
    pub unit_id: Option<Ref<Unit>>,
    /// Whom we usually buy it from.
    #[field(list, aliases = &["supplier id", "vendor", "Lieferant"])]
    pub supplier_id: Option<Ref<Supplier>>,
    /// What one unit costs us, in the supplier's currency or the company's own.
    #[field(sort, list, at_least = 0, aliases = &["unit price", "cost", "cost price", "buying price", "Einkaufspreis"])]
    pub purchase_price: Option<UnitPrice>,
    /// What one unit is sold for, without tax.
    #[field(sort, list, at_least = 0, aliases = &["list price", "selling price", "retail price", "Verkaufspreis"])]
    pub sales_price: Option<UnitPrice>,
    #[field(label = "Tax on purchases", aliases = &["purchase tax", "Vorsteuer"])]
    pub purchase_tax_id: Option<Ref<Tax>>,
    #[field(label = "Tax on sales", aliases = &["sales tax", "Umsatzsteuer"])]
    pub sales_tax_id: Option<Ref<Tax>>,
    /// More is to be ordered when less than this is available.
    #[field(at_least = 0, aliases = &["reorder level", "minimum stock", "min stock", "Meldebestand"])]
    pub reorder_point: Option<Quantity>,
    /// The number under its bar code, such as an EAN.
    #[field(search, max = 50, aliases = &["ean", "gtin", "upc"])]
    pub barcode: Option<String>,
    /// Stock is kept. Services and what is used up at once are not tracked.
    #[field(label = "Stock is kept", default_true, aliases = &["stocked", "inventory tracked", "Lagerartikel"])]
    pub tracked: bool,
}

impl Rules for Product {}

impl Writable for Product {
    async fn prepare(&mut self, tx: &mut Tx, _: Option<&Self>, violations: &mut Violations) -> Result<()> {
        if self.unit_id.is_none() {
            self.unit_id = default_unit(tx).await?;
        }
        if self.unit_id.is_none() {
            violations.add(Fault::Required, "unit_id");
        }
        Ok(())
    }
}
