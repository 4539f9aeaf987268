//! What a product's page shows beside its form: stock by warehouse, what is on its way, the latest moves. What a new one
//! begins with.

use chrono::NaiveDate;
use kontor_access::{Caller, Verb};
use kontor_accounting::default_taxes;
use kontor_command::{Call, Operation};
use kontor_entity::EntityMeta;
use kontor_kernel::Result;
use kontor_store::{Tx, sql_error};
use rust_decimal::Decimal;
use sqlx::Row as _;
use uuid::Uuid;

use super::{
    Target,
    display::{Display, StoredJson},
    names::{Names, read_names},
};
use crate::{
    Web,
    view::{Cell, Link, StockCard, Table, TableColumn, TableRow},
};

/// The taxes that the form of a new product begins with.
pub(super) async fn suggested_taxes(web: &Web, call: &Call, operation: Operation) -> Result<Vec<(&'static str, Uuid)>> {
    let taxes = web.app.runner.read(call, operation, &|tx| Box::pin(default_taxes(tx))).await?;
    let fields = [("purchase_tax_id", taxes.purchase), ("sales_tax_id", taxes.sales)];
    Ok(fields.into_iter().filter_map(|(field, tax)| Some((field, tax?.id()))).collect())
}

/// What the caller may see of it.
#[derive(Clone)]
pub(super) struct Wants {
    levels: bool,
    moves: bool,
    /// Collections that moves may come from.
    sources: Vec<&'static EntityMeta>,
}

pub(super) fn wants(web: &Web, caller: &Caller) -> Wants {
    let readable =
        |name: &str| Target::of(&web.app.registry, name).is_some_and(|target| target.allows(caller, Verb::Read));
    let sources = Target::all(web).filter(|target| target.meta().document && target.allows(caller, Verb::Read));
    Wants {
        levels: readable("stock-levels"),
        moves: readable("stock-moves"),
        sources: sources.map(Target::meta).collect(),
    }
}

/// The stock of one product in one warehouse.
struct Level {
    warehouse: String,
    on_hand: Decimal,
    reserved: Decimal,
    available: Decimal,
    value: Decimal,
}

/// Stock and moves of one product.
pub(super) struct ProductFacts {
    levels: Option<Vec<Level>>,
    /// Ordered and not received.
    incoming: Decimal,
    moves: Option<Vec<Move>>,
    sources: Names,
}

/// One movement of the product.
struct Move {
    id: Uuid,
    date: NaiveDate,
    source_type: String,
    source_id: Uuid,
    /// Negative when goods left.
    quantity: Decimal,
    balance: Decimal,
    value: Decimal,
}

impl ProductFacts {
    /// At most three statements: levels, moves, the numbers of what they came from.
    pub async fn read(tx: &mut Tx, product: Uuid, wants: Wants) -> Result<Self> {
        let (levels, incoming) = match wants.levels {
            true => {
                let (levels, incoming) = read_levels(tx, product).await?;
                (Some(levels), incoming)
            }
            false => (None, Decimal::ZERO),
        };
        let mut facts = Self { levels, incoming, moves: None, sources: Names::new() };
        if wants.moves {
            let moves = read_moves(tx, product).await?;
            let sources: Vec<_> = moves
                .iter()
                .filter_map(|one| {
                    let source = wants.sources.iter().find(|source| source.collection == one.source_type)?;
                    Some((*source, one.source_id))
                })
                .collect();
            facts.sources = read_names(tx, &sources).await?;
            facts.moves = Some(moves);
        }
        Ok(facts)
    }

    /// The stock at a glance; nothing where no stock is kept or the caller may not see it.
    pub fn stock_card(&self, web: &Web, caller: &Caller, display: &Display, record: &StoredJson) -> Option<StockCard> {
        let levels = self.levels.as_ref()?;
        if record.0.get("tracked").and_then(serde_json::Value::as_bool) != Some(true) {
            return None;
        }
        let sum = |of: fn(&Level) -> Decimal| levels.iter().map(of).sum::<Decimal>();
        let (on_hand, available, value) = (sum(|l| l.on_hand), sum(|l| l.available), sum(|l| l.value));
        let quantity = |figure| display.locale.quantity(figure);
        let average = if on_hand.is_zero() { Decimal::ZERO } else { (value / on_hand).round_dp(6) };
        let unit = record.0.get("unit").map(|unit| StoredJson(unit.clone())).map(|unit| unit.text("name").to_owned());
        Some(StockCard {
            on_hand: [Some(quantity(on_hand)), unit].into_iter().flatten().collect::<Vec<_>>().join(" "),
            reserved: quantity(sum(|l| l.reserved)),
            available: quantity(available),
            incoming: quantity(self.incoming),
            average_cost: if on_hand.is_zero() { "–".to_owned() } else { display.price(average, &display.currency) },
            value: display.money(value),
            warning: self.warning(display, record, available),
            levels: self.levels_table(web, caller, display, record, levels),
        })
    }

    fn warning(&self, display: &Display, record: &StoredJson, available: Decimal) -> Option<String> {
        let point: Decimal = record.text("reorder_point").parse().ok()?;
        let quantity = |figure| display.locale.quantity(figure);
        if available > point {
            return None;
        }
        let incoming = if self.incoming.is_zero() { "and nothing on its way" } else { "and more is on its way" };
        Some(format!("{} available {incoming}; it is to be ordered at {}.", quantity(available), quantity(point)))
    }

    fn levels_table(
        &self,
        web: &Web,
        caller: &Caller,
        display: &Display,
        record: &StoredJson,
        levels: &[Level],
    ) -> Table {
        let quantity = |figure| Cell::number(display.locale.quantity(figure));
        let stock = Target::of(&web.app.registry, "stock-levels").filter(|target| target.allows(caller, Verb::Read));
        let more = stock.map(|target| {
            let url = format!("{}?filter[product_id]={}", target.meta().list_url(), record.text("id"));
            Link::new("Stock by place", url)
        });
        Table {
            title: "Stock by warehouse".to_owned(),
            more,
            columns: vec![
                TableColumn::text("Warehouse"),
                TableColumn::numeric("On hand"),
                TableColumn::numeric("Reserved"),
                TableColumn::numeric("Available"),
                TableColumn::numeric("Value"),
            ],
            rows: levels
                .iter()
                .map(|level| {
                    TableRow::new(vec![
                        Cell::text(&level.warehouse),
                        quantity(level.on_hand),
                        quantity(level.reserved),
                        quantity(level.available),
                        Cell::money(display.money(level.value)),
                    ])
                })
                .collect(),
            footer: Vec::new(),
            empty: "It was never in stock.".to_owned(),
        }
    }

    /// The latest moves with the records they came from.
    pub fn moves(&self, web: &Web, display: &Display, record: &StoredJson) -> Option<Table> {
        let moves = self.moves.as_ref()?;
        let list = Target::of(&web.app.registry, "stock-moves")?.meta();
        Some(Table {
            title: "Stock moves".to_owned(),
            more: (!moves.is_empty()).then(|| {
                let url = format!("{}?filter[product_id]={}", list.list_url(), record.text("id"));
                Link::new("All moves", url)
            }),
            columns: vec![
                TableColumn::text("Date"),
                TableColumn::text("Source"),
                TableColumn::numeric("Quantity"),
                TableColumn::numeric("On hand after"),
                TableColumn::numeric("Value"),
            ],
            rows: moves.iter().map(|one| self.move_row(web, display, list, one)).collect(),
            footer: Vec::new(),
            empty: "Nothing has moved yet.".to_owned(),
        })
    }

    fn move_row(&self, web: &Web, display: &Display, list: &EntityMeta, one: &Move) -> TableRow {
        let quantity = display.locale.quantity(one.quantity);
        let signed = if one.quantity.is_sign_positive() { format!("+{quantity}") } else { quantity };
        TableRow::new(vec![
            Cell::link(display.locale.date(one.date), list.url(one.id)),
            self.source_cell(web, one),
            Cell::number(signed),
            Cell::number(display.locale.quantity(one.balance)),
            Cell::money(display.money(one.value)),
        ])
    }

    fn source_cell(&self, web: &Web, one: &Move) -> Cell {
        match (Target::of(&web.app.registry, &one.source_type), self.sources.get(&one.source_id)) {
            (Some(source), Some(name)) => Cell::link(name, source.meta().url(one.source_id)),
            (Some(source), None) => Cell::text(source.meta().label),
            (None, _) => Cell::none(),
        }
    }
}

/// The latest ten, in one statement.
async fn read_moves(tx: &mut Tx, product: Uuid) -> Result<Vec<Move>> {
    let rows = sqlx::query(
        "select m.id, m.date, m.source_type, m.source_id,
                case when t.kind = 'internal' then m.quantity else -m.quantity end, m.balance, m.value
         from stock_moves m join locations t on t.tenant_id = m.tenant_id and t.id = m.to_location_id
         where m.tenant_id = $1 and m.product_id = $2 order by m.date desc, m.id desc limit 10",
    )
    .bind(tx.tenant())
    .bind(product)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let moves = rows.iter().map(|row| {
        Ok(Move {
            id: row.try_get(0)?,
            date: row.try_get(1)?,
            source_type: row.try_get(2)?,
            source_id: row.try_get(3)?,
            quantity: row.try_get(4)?,
            balance: row.try_get(5)?,
            value: row.try_get(6)?,
        })
    });
    moves.collect::<sqlx::Result<_>>().map_err(sql_error)
}

async fn read_levels(tx: &mut Tx, product: Uuid) -> Result<(Vec<Level>, Decimal)> {
    let rows = sqlx::query(
        "select i.incoming, w.name, sum(l.on_hand), sum(l.reserved), sum(l.available), sum(l.value)
         from (select coalesce(sum(pl.quantity - pl.received), 0) as incoming
               from purchase_order_lines pl
               join purchase_orders o on o.tenant_id = pl.tenant_id and o.id = pl.order_id and o.state = 'confirmed'
               where pl.tenant_id = $1 and pl.product_id = $2 and pl.quantity > pl.received) i
         left join (stock_levels l join warehouses w on w.tenant_id = l.tenant_id and w.id = l.warehouse_id)
             on l.tenant_id = $1 and l.product_id = $2
         group by i.incoming, w.name order by w.name",
    )
    .bind(tx.tenant())
    .bind(product)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let (mut levels, mut incoming) = (Vec::with_capacity(rows.len()), Decimal::ZERO);
    for row in &rows {
        incoming = row.try_get(0).map_err(sql_error)?;
        let Some(warehouse) = row.try_get::<Option<String>, _>(1).map_err(sql_error)? else { continue };
        let figure = |index: usize| row.try_get::<Decimal, _>(index).map_err(sql_error);
        levels.push(Level {
            warehouse,
            on_hand: figure(2)?,
            reserved: figure(3)?,
            available: figure(4)?,
            value: figure(5)?,
        });
    }
    Ok((levels, incoming))
}
