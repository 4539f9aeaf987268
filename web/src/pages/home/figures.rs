//! What the home page asks the database: eight statements at most, between begin and commit.

use chrono::{Datelike, NaiveDate};
use kontor_kernel::Result;
use kontor_store::{Tx, sql_error};
use rust_decimal::Decimal;
use sqlx::Row as _;
use uuid::Uuid;

use super::{
    Sees,
    history::{Month, read_purchasing, read_stock},
};

/// All figures of the page.
#[derive(Debug, Default)]
pub(super) struct Figures {
    pub orders: Orders,
    /// What was ordered, month by month, this year and the last.
    pub months: Vec<Spend>,
    /// The last months of purchasing and of the stock's value, the present one last.
    pub history: Vec<Month>,
    pub stock_changes: Vec<Decimal>,
    pub due: Vec<DueOrder>,
    pub short: Vec<ShortProduct>,
    pub suppliers: Vec<(Uuid, String, Decimal)>,
    pub setup: Setup,
}

/// What was ordered in a month, in the company's currency.
#[derive(Debug)]
pub(super) struct Spend {
    /// The month's first day.
    pub month: NaiveDate,
    pub whole: Decimal,
    /// Of it, what was ordered by the day of the month that is today.
    pub to_date: Decimal,
}

/// The orders as a whole, amounts in the company's currency.
#[derive(Debug, Default)]
pub(super) struct Orders {
    pub open: i64,
    pub late: i64,
    /// What is ordered and has not arrived.
    pub committed: Decimal,
}

/// An order that waits for somebody or is about to arrive.
#[derive(Debug)]
pub(super) struct DueOrder {
    pub id: Uuid,
    pub number: String,
    pub supplier: String,
    pub draft: bool,
    pub expected: Option<NaiveDate>,
    pub total: Decimal,
    pub currency: String,
    pub lines: i64,
}

/// A product of which too little is there.
#[derive(Debug)]
pub(super) struct ShortProduct {
    pub id: Uuid,
    pub name: String,
    pub available: Decimal,
    pub wanted: Decimal,
}

/// How far the company has come in setting up, and what its stock is worth.
#[derive(Debug, Default)]
pub(super) struct Setup {
    pub company: bool,
    pub suppliers: bool,
    pub products: bool,
    pub ordered: bool,
    pub received: bool,
    pub stock_value: Decimal,
}

impl Figures {
    pub async fn read(tx: &mut Tx, sees: Sees, since: NaiveDate) -> Result<Self> {
        let mut figures = Self { setup: read_setup(tx).await?, ..Self::default() };
        if sees.orders {
            figures.orders = read_orders(tx).await?;
            figures.months = read_months(tx).await?;
            figures.history = read_purchasing(tx).await?;
            figures.due = read_due(tx).await?;
            figures.suppliers = read_suppliers(tx, since).await?;
        }
        if sees.stock {
            figures.short = read_short(tx).await?;
            figures.stock_changes = read_stock(tx).await?;
        }
        Ok(figures)
    }
}

async fn read_setup(tx: &mut Tx) -> Result<Setup> {
    let row = sqlx::query(
        "select exists (select from companies where tenant_id = $1 and street is not null and city is not null),
                exists (select from partners where tenant_id = $1 and is_supplier),
                exists (select from products where tenant_id = $1),
                exists (select from purchase_orders where tenant_id = $1),
                exists (select from goods_receipts where tenant_id = $1),
                (select coalesce(sum(value), 0) from stock_levels where tenant_id = $1)",
    )
    .bind(tx.tenant())
    .fetch_one(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let flag = |index: usize| row.try_get::<bool, _>(index).map_err(sql_error);
    Ok(Setup {
        company: flag(0)?,
        suppliers: flag(1)?,
        products: flag(2)?,
        ordered: flag(3)?,
        received: flag(4)?,
        stock_value: row.try_get(5).map_err(sql_error)?,
    })
}

async fn read_orders(tx: &mut Tx) -> Result<Orders> {
    let row = sqlx::query(
        "select count(*), count(*) filter (where o.expected_date < $2), coalesce(sum(l.outstanding), 0)
         from purchase_orders o
         left join lateral (
             select sum(l.amount * (1 - least(l.received, l.quantity) / l.quantity)) * coalesce(o.exchange_rate, 1) as outstanding
             from purchase_order_lines l where l.tenant_id = o.tenant_id and l.order_id = o.id) l on true
         where o.tenant_id = $1 and o.state = 'confirmed'",
    )
    .bind(tx.tenant())
    .bind(tx.today())
    .fetch_one(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    Ok(Orders {
        open: row.try_get(0).map_err(sql_error)?,
        late: row.try_get(1).map_err(sql_error)?,
        committed: row.try_get(2).map_err(sql_error)?,
    })
}

async fn read_months(tx: &mut Tx) -> Result<Vec<Spend>> {
    let today = tx.today();
    let from = NaiveDate::from_ymd_opt(today.year() - 1, 1, 1).unwrap_or(today);
    let rows: Vec<(NaiveDate, Decimal, Decimal)> = sqlx::query_as(
        "select month, sum(spend), coalesce(sum(spend) filter (where day <= extract(day from $3::date)), 0)
         from (select date_trunc('month', order_date)::date as month, extract(day from order_date) as day,
                      untaxed * exchange_rate as spend
               from purchase_orders
               where tenant_id = $1 and state in ('confirmed', 'done') and order_date >= $2) o
         group by 1 order by 1",
    )
    .bind(tx.tenant())
    .bind(from)
    .bind(today)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    Ok(rows.into_iter().map(|(month, whole, to_date)| Spend { month, whole, to_date }).collect())
}

/// Drafts, and confirmed orders that are late or due within a week, the earliest first.
async fn read_due(tx: &mut Tx) -> Result<Vec<DueOrder>> {
    let rows = sqlx::query(
        "select o.id, o.number, p.name, o.state = 'draft', o.expected_date, o.total, o.currency,
                (select count(*) from purchase_order_lines l where l.tenant_id = o.tenant_id and l.order_id = o.id)
         from purchase_orders o join partners p on p.tenant_id = o.tenant_id and p.id = o.supplier_id
         where o.tenant_id = $1 and o.archived_at is null
           and (o.state = 'draft' or o.state = 'confirmed' and o.expected_date <= $2::date + 7)
         order by o.state = 'draft', o.expected_date, o.id limit 40",
    )
    .bind(tx.tenant())
    .bind(tx.today())
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let due = rows.iter().map(|row| {
        Ok(DueOrder {
            id: row.try_get(0)?,
            number: row.try_get(1)?,
            supplier: row.try_get(2)?,
            draft: row.try_get(3)?,
            expected: row.try_get(4)?,
            total: row.try_get(5)?,
            currency: row.try_get(6)?,
            lines: row.try_get(7)?,
        })
    });
    due.collect::<sqlx::Result<_>>().map_err(sql_error)
}

/// Products below their reorder point of which not enough is on its way either.
async fn read_short(tx: &mut Tx) -> Result<Vec<ShortProduct>> {
    let rows = sqlx::query(
        "select p.id, p.name, s.available, p.reorder_point
         from products p,
              lateral (select coalesce(sum(available), 0) as available from stock_levels l
                       where l.tenant_id = p.tenant_id and l.product_id = p.id) s,
              lateral (select coalesce(sum(l.quantity - l.received), 0) as coming
                       from purchase_order_lines l
                       join purchase_orders o on o.tenant_id = l.tenant_id and o.id = l.order_id and o.state = 'confirmed'
                       where l.tenant_id = p.tenant_id and l.product_id = p.id and l.quantity > l.received) i
         where p.tenant_id = $1 and p.archived_at is null and p.tracked and p.reorder_point > 0
           and s.available + i.coming < p.reorder_point
         order by s.available / p.reorder_point, p.name limit 5",
    )
    .bind(tx.tenant())
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let short = rows.iter().map(|row| {
        Ok(ShortProduct {
            id: row.try_get(0)?,
            name: row.try_get(1)?,
            available: row.try_get(2)?,
            wanted: row.try_get(3)?,
        })
    });
    short.collect::<sqlx::Result<_>>().map_err(sql_error)
}

async fn read_suppliers(tx: &mut Tx, since: NaiveDate) -> Result<Vec<(Uuid, String, Decimal)>> {
    sqlx::query_as(
        "select p.id, p.name, o.spend
         from (select supplier_id, sum(untaxed * coalesce(exchange_rate, 1)) as spend
               from purchase_orders
               where tenant_id = $1 and state in ('confirmed', 'done') and order_date >= $2
               group by supplier_id order by spend desc limit 5) o
         join partners p on p.tenant_id = $1 and p.id = o.supplier_id order by o.spend desc, p.name",
    )
    .bind(tx.tenant())
    .bind(since)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)
}
