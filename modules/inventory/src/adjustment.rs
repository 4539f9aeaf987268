use kontor_access::{Feature, Permission};
use kontor_accounting::{Balanced, Entry, JournalKind, Line, Purpose, books, post};
use kontor_catalog::{Product, StockFacts, stock_facts};
use kontor_command::{OnRecord, RecordAction};
use kontor_entity::{Entity as _, Ref, Shape};
use kontor_kernel::{Error, Fault, Money, Quantity, Result, Rounding, UnitPrice};
use kontor_store::{Meter, Tx, Written};
use uuid::Uuid;

use crate::{
    Code, FEATURE, LocationKind, StockLevel, StockMove, Warehouse,
    holding::Holding,
    stock::{Cause, Stock},
};

/// Sets a product's stock in a warehouse to what was counted there.
#[derive(Debug, Clone, PartialEq, Shape)]
pub struct AdjustStock {
    /// Where it was counted.
    pub warehouse_id: Ref<Warehouse>,
    /// How many there are.
    #[field(at_least = 0)]
    pub quantity_counted: Quantity,
    /// What one is worth, where more was found than was expected; the average or the purchase price when left out.
    #[field(at_least = 0)]
    pub unit_cost: Option<UnitPrice>,
    /// Why it differs, for the journal: "stocktaking", "broken".
    #[field(max = 200)]
    pub reason: String,
}

impl RecordAction for AdjustStock {
    const NAME: &'static str = "inventory.stock.adjust";
    const FEATURE: Feature = FEATURE;
    const PERMISSION: Permission = Permission::new("inventory.stock.adjust");
    const METER: Meter = Meter::Write;
    const PATH: &'static str = "adjust-stock";
    const SUMMARY: &'static str = "Set a product's stock in a warehouse to what was counted";
    const CREATES: bool = false;

    type On = Product;
    type Answer = StockLevel;

    async fn run(OnRecord { id, version, body: count }: OnRecord<Self>, tx: &mut Tx) -> Result<Written> {
        if tx.lock_record(Product::META, id, version).await?.archived {
            return Err(Fault::Archived.error());
        }
        let product: Ref<Product> = Ref::new(id);
        let books = books(tx.currency(), &[Purpose::Inventory, Purpose::StockAdjustment]);
        let (mut facts, books) = tx.ask((stock_facts(vec![id]), books)).await?;
        let facts = facts.remove(&id).ok_or_else(|| Error::internal("a product without its facts"))?;
        if !facts.tracked {
            return Err(Code::NotTracked.error());
        }
        if !facts.divides(count.quantity_counted) {
            return Err(kontor_catalog::Code::TooFine.on("quantity_counted"));
        }
        books.settings.require_open(tx.today())?;
        let warehouse = count.warehouse_id;
        let mut stock = Stock::lock(tx, warehouse, LocationKind::Adjustment, [product]).await?;
        let level = stock.level(product)?;
        let (level_id, holding) = (level.id, level.holding);
        let Some(change) = change(&mut stock, product, &count, &facts, &holding)? else {
            return tx.record_json(StockLevel::META, level_id).await;
        };
        let (inventory, adjustment) = (books.account(Purpose::Inventory)?, books.account(Purpose::StockAdjustment)?);
        let cause = Cause { date: tx.today(), action: "counted", source_type: Product::META.collection, source_id: id };
        stock.write(tx, warehouse, cause).await?;
        if !change.value.is_zero() {
            let (debit, credit) = if change.found { (inventory, adjustment) } else { (adjustment, inventory) };
            let entry = Entry {
                journal: JournalKind::Stock,
                date: tx.today(),
                source_type: StockMove::META.collection,
                source_id: change.stock_move,
                purpose: "stock",
                description: format!("{}: {} {}", count.reason, facts.code, facts.name),
                lines: Balanced::new(vec![Line::debit(debit, change.value), Line::credit(credit, change.value)])?,
            };
            post(tx, entry).await?;
        }
        tx.record_json(StockLevel::META, level_id).await
    }
}

/// What a count changed.
struct Change {
    stock_move: Uuid,
    found: bool,
    value: Money,
}

/// Moves the difference between what was counted and what was expected; nothing when there is none.
fn change(
    stock: &mut Stock,
    product: Ref<Product>,
    count: &AdjustStock,
    facts: &StockFacts,
    holding: &Holding,
) -> Result<Option<Change>> {
    let difference = count.quantity_counted - holding.on_hand;
    if difference.is_zero() {
        return Ok(None);
    }
    if difference < Quantity::ZERO {
        let (stock_move, value) = stock.take_out(product, -difference, None)?;
        return Ok(Some(Change { stock_move, found: false, value }));
    }
    let average = Some(holding.average_cost).filter(|cost| !cost.is_zero());
    let cost = count.unit_cost.or(average).or(facts.purchase_price).ok_or_else(|| Code::CostUnknown.on("unit_cost"))?;
    let value = cost.times(difference, holding.value.currency())?.round(Rounding::HalfUp)?;
    let stock_move = stock.take_in(product, difference, value, None)?;
    Ok(Some(Change { stock_move, found: true, value }))
}
