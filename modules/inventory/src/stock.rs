//! Stock levels in the hands of one transaction, and the moves that change them.
//!
//! Whatever moves goods locks the levels first, always in the order of the products' ids, decides on them in memory, and
//! writes all moves and all levels in one statement.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kontor_catalog::Product;
use kontor_entity::{Choices, Entity as _, Ref};
use kontor_kernel::{Currency, Error, Fault, Money, Quantity, Result, Rounding, UnitPrice, Unrounded, new_id};
use kontor_store::{LateWrite, PgQuery, Question, Tx, sql_error};
use rust_decimal::Decimal;
use serde_json::json;
use uuid::Uuid;

use crate::{
    Code, LocationKind, StockLevel, Warehouse,
    holding::{Holding, unit_cost},
};

/// A stock level whose row is locked.
#[derive(Debug, Clone)]
pub struct Level {
    pub(crate) id: Uuid,
    location: Uuid,
    version: i64,
    stored: Holding,
    pub(crate) holding: Holding,
}

/// The levels by product.
pub type Levels = BTreeMap<Uuid, Level>;

/// The locked levels of one warehouse, and the moves so far.
#[derive(Debug)]
pub(crate) struct Stock {
    levels: Levels,
    moves: Vec<Move>,
    /// Where goods come from or go to.
    outside: LocationKind,
}

/// Why goods move.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause {
    pub date: NaiveDate,
    /// What happened, for the audit trail: `received`.
    pub action: &'static str,
    pub source_type: &'static str,
    pub source_id: Uuid,
}

#[derive(Debug)]
struct Move {
    id: Uuid,
    source_line: Uuid,
    product: Uuid,
    inside: Uuid,
    inward: bool,
    quantity: Quantity,
    unit_cost: UnitPrice,
    /// What the move adds to the worth of stock.
    value: Decimal,
    balance: Quantity,
}

/// Product, id, location, version, on hand, reserved, value, average cost.
type LevelRow = (Uuid, Uuid, Uuid, i64, Decimal, Decimal, Decimal, Decimal);

const LOCK: &str = "
select array_agg((product_id, id, location_id, version, on_hand, reserved, value, average_cost))
from (select product_id, id, location_id, version, on_hand, reserved, value, average_cost
      from stock_levels where tenant_id = $1 and warehouse_id = $2 and product_id = any ($3)
      order by product_id for no key update) s";

/// Makes the levels that are missing. One that another transaction made in the meantime is locked and given back.
const OPEN: &str = "
insert into stock_levels as s (tenant_id, id, product_id, warehouse_id, location_id, on_hand, value, average_cost,
                               created_at, created_by, updated_at, updated_by)
select $1, m.id, m.product_id, $2, o.id, 0, round(0, $5), 0, $6, $7, $6, $7
from unnest($3::uuid[], $4::uuid[]) as m (id, product_id),
     (select id from locations where tenant_id = $1 and warehouse_id = $2 and kind = 'internal' order by code limit 1) o
order by m.product_id
on conflict (tenant_id, product_id, location_id) do update set version = s.version
returning product_id, id, location_id, version, on_hand, reserved, value, average_cost";

const WRITE: &str = "
stock_level as (
    update stock_levels s
    set on_hand = l.on_hand, value = round(l.value, $22), average_cost = l.average_cost, version = s.version + 1,
        updated_at = $2, updated_by = $3
    from (select unnest($4::uuid[]) as id, unnest($5::numeric[]) as on_hand, unnest($6::numeric[]) as value,
                 unnest($7::numeric[]) as average_cost) l
    where s.tenant_id = $1 and s.id = l.id
), stock_outside as (
    select id from locations where tenant_id = $1 and kind = $8 order by code limit 1
), stock_move as (
insert into stock_moves (tenant_id, id, date, product_id, warehouse_id, from_location_id, to_location_id, quantity,
                         unit_cost, value, balance, source_type, source_id, source_line_id,
                         created_at, created_by, updated_at, updated_by)
select $1, m.id, $9, m.product_id, $10, case when m.inward then o.id else m.inside end,
       case when m.inward then m.inside else o.id end, m.quantity, m.unit_cost, round(m.value, $22), m.balance,
       $11, $12, m.source_line_id, $2, $3, $2, $3
from stock_outside o,
     (select unnest($13::uuid[]) as id, unnest($14::uuid[]) as product_id, unnest($15::uuid[]) as inside,
             unnest($16::bool[]) as inward, unnest($17::numeric[]) as quantity, unnest($18::numeric[]) as unit_cost,
             unnest($19::numeric[]) as value, unnest($20::numeric[]) as balance, unnest($21::uuid[]) as source_line_id) m
returning id
)";

const WRITTEN: &str = "(select count(*) from stock_move) = cardinality($13::uuid[])";

/// Locks the levels of these products in a warehouse, as far as there are any.
pub(crate) fn lock_levels(currency: Currency, warehouse: Ref<Warehouse>, products: Vec<Uuid>) -> Question<Levels> {
    Question::new(LOCK, move |rows: Option<Vec<LevelRow>>| read_levels(rows.unwrap_or_default(), currency))
        .id(warehouse.id())
        .ids(products)
}

impl Stock {
    /// Locks the levels of these products in a warehouse, and opens those that are not there yet.
    ///
    /// One statement, or two when a product comes there for the first time. Errors with `unknown_link` on `warehouse_id`
    /// when the company has no such warehouse.
    pub async fn lock(
        tx: &mut Tx,
        warehouse: Ref<Warehouse>,
        outside: LocationKind,
        products: impl IntoIterator<Item = Ref<Product>>,
    ) -> Result<Self> {
        let wanted: Vec<Uuid> = products.into_iter().map(Ref::id).collect();
        let locked = tx.ask(lock_levels(tx.currency(), warehouse, wanted.clone())).await?;
        Self::open(tx, warehouse, outside, wanted, locked).await
    }

    /// [`Stock::lock`] where the levels are locked already: opens those that are not there yet.
    pub async fn open(
        tx: &mut Tx,
        warehouse: Ref<Warehouse>,
        outside: LocationKind,
        mut wanted: Vec<Uuid>,
        mut levels: Levels,
    ) -> Result<Self> {
        let (tenant, now, user, currency) = (tx.tenant(), tx.now(), tx.user(), tx.currency());
        wanted.sort();
        wanted.dedup();
        wanted.retain(|product| !levels.contains_key(product));
        if !wanted.is_empty() {
            let rows: Vec<LevelRow> = sqlx::query_as(OPEN)
                .bind(tenant)
                .bind(warehouse.id())
                .bind(wanted.iter().map(|_| new_id()).collect::<Vec<_>>())
                .bind(&wanted)
                .bind(places(currency))
                .bind(now)
                .bind(user)
                .fetch_all(tx.connection().await?)
                .await
                .map_err(sql_error)?;
            if rows.is_empty() {
                return Err(Fault::UnknownLink.on("warehouse_id"));
            }
            levels.extend(read_levels(rows, currency)?);
        }
        Ok(Self { levels, moves: Vec::new(), outside })
    }

    /// The level of a product that was asked for when the stock was locked.
    pub fn level(&self, product: Ref<Product>) -> Result<&Level> {
        self.levels.get(&product.id()).ok_or_else(not_locked)
    }

    /// Takes goods of a known value in. Returns the move's id; it stands for the source's line where there is none.
    pub fn take_in(
        &mut self,
        product: Ref<Product>,
        quantity: Quantity,
        value: Money,
        source_line: Option<Uuid>,
    ) -> Result<Uuid> {
        let level = self.levels.get_mut(&product.id()).ok_or_else(not_locked)?;
        level.holding.take_in(quantity, value)?;
        let moved = Move::new(product, level, true, quantity, value, source_line);
        Ok(self.record(moved))
    }

    /// Takes goods out at their average cost. Returns the move's id and what the goods were worth.
    pub fn take_out(
        &mut self,
        product: Ref<Product>,
        quantity: Quantity,
        source_line: Option<Uuid>,
    ) -> Result<(Uuid, Money)> {
        let level = self.levels.get_mut(&product.id()).ok_or_else(not_locked)?;
        let value = level.holding.take_out(quantity)?;
        let moved = Move::new(product, level, false, quantity, value, source_line);
        Ok((self.record(moved), value))
    }

    fn record(&mut self, moved: Move) -> Uuid {
        let id = moved.id;
        self.moves.push(moved);
        id
    }

    /// Writes the moves and the levels they changed, with audit and events, when the transaction writes what waits. Writes
    /// nothing when nothing moved.
    pub async fn write(self, tx: &mut Tx, warehouse: Ref<Warehouse>, cause: Cause) -> Result<()> {
        if self.moves.is_empty() {
            return Ok(());
        }
        let changed: Vec<Level> = self.levels.into_values().filter(|level| level.holding != level.stored).collect();
        for level in &changed {
            tell(tx, level, cause.action);
        }
        let (moves, outside, places) = (self.moves, self.outside, places(tx.currency()));
        let write = LateWrite::new("stock_levels", WRITE, WRITTEN, move |query| {
            bind_write(query, &changed, &moves, warehouse, cause, outside, places)
        });
        let write = write
            .unwritten(|| Error::internal("the company lacks the location that goods come from or go to"))
            .refusing(|error| {
                let database = error.as_database_error();
                match (database.and_then(|error| error.table()), database.and_then(|error| error.constraint())) {
                    (_, Some("stock_moves_source_key")) => Ok(Code::AlreadyMoved.error().caused_by(error)),
                    (Some("stock_levels" | "stock_moves"), _) => Ok(sql_error(error)),
                    _ => Err(error),
                }
            });
        tx.later(write).await
    }
}

fn bind_write<'q>(
    query: PgQuery<'q>,
    changed: &[Level],
    moves: &[Move],
    warehouse: Ref<Warehouse>,
    cause: Cause,
    outside: LocationKind,
    places: i32,
) -> PgQuery<'q> {
    query
        .bind(changed.iter().map(|level| level.id).collect::<Vec<_>>())
        .bind(changed.iter().map(|level| level.holding.on_hand.value()).collect::<Vec<_>>())
        .bind(changed.iter().map(|level| level.holding.value.amount().value()).collect::<Vec<_>>())
        .bind(changed.iter().map(|level| level.holding.average_cost.value()).collect::<Vec<_>>())
        .bind(outside.as_str())
        .bind(cause.date)
        .bind(warehouse.id())
        .bind(cause.source_type)
        .bind(cause.source_id)
        .bind(moves.iter().map(|moved| moved.id).collect::<Vec<_>>())
        .bind(moves.iter().map(|moved| moved.product).collect::<Vec<_>>())
        .bind(moves.iter().map(|moved| moved.inside).collect::<Vec<_>>())
        .bind(moves.iter().map(|moved| moved.inward).collect::<Vec<_>>())
        .bind(moves.iter().map(|moved| moved.quantity.value()).collect::<Vec<_>>())
        .bind(moves.iter().map(|moved| moved.unit_cost.value()).collect::<Vec<_>>())
        .bind(moves.iter().map(|moved| moved.value).collect::<Vec<_>>())
        .bind(moves.iter().map(|moved| moved.balance.value()).collect::<Vec<_>>())
        .bind(moves.iter().map(|moved| moved.source_line).collect::<Vec<_>>())
        .bind(places)
}

impl Move {
    /// A move after which the level is as it is now. `value` is what the goods are worth, either way.
    fn new(
        product: Ref<Product>,
        level: &Level,
        inward: bool,
        quantity: Quantity,
        value: Money,
        source_line: Option<Uuid>,
    ) -> Self {
        let (id, worth) = (new_id(), value.amount().value());
        Self {
            id,
            source_line: source_line.unwrap_or(id),
            product: product.id(),
            inside: level.location,
            inward,
            quantity,
            unit_cost: unit_cost(value, quantity).unwrap_or_default(),
            value: if inward { worth } else { -worth },
            balance: level.holding.on_hand,
        }
    }
}

fn read_levels(rows: Vec<LevelRow>, currency: Currency) -> Result<Levels> {
    rows.into_iter()
        .map(|(product, id, location, version, on_hand, reserved, value, average_cost)| {
            let holding = Holding {
                on_hand: Quantity::new(on_hand),
                reserved: Quantity::new(reserved),
                value: Unrounded::new(value, currency).round(Rounding::HalfUp)?,
                average_cost: UnitPrice::new(average_cost),
            };
            Ok((product, Level { id, location, version, stored: holding, holding }))
        })
        .collect()
}

fn tell(tx: &mut Tx, level: &Level, action: &str) {
    let (old, new) = (&level.stored, &level.holding);
    let changes = json!({
        "on_hand": [old.on_hand, new.on_hand],
        "value": [old.value.amount(), new.value.amount()],
        "average_cost": [old.average_cost, new.average_cost],
    });
    tx.tell(StockLevel::META.collection, action, level.id, level.version + 1, &changes);
}

/// Decimal places of amounts: the driver drops those of a zero, so the statements round to them.
fn places(currency: Currency) -> i32 {
    i32::try_from(currency.exponent()).unwrap_or(0)
}

fn not_locked() -> Error {
    Error::internal("a product moves whose stock level was not locked")
}
