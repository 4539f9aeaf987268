//! What an order's page shows beside the order: taxes to choose from, units, the supplier, what came of it.

use kontor_accounting::TaxMethod;
use kontor_entity::Choices;
use kontor_kernel::Result;
use kontor_store::{Tx, sql_error};
use rust_decimal::Decimal;
use sqlx::Row as _;
use uuid::Uuid;

use crate::{
    pages::{
        Target,
        display::{Display, StoredJson},
    },
    view::{Cell, Fact, Link, Rail, Table, TableColumn, TableRow, TaxChoice},
};

#[derive(Debug, Clone)]
struct TaxOption {
    id: Uuid,
    name: String,
    percent: Decimal,
}

#[derive(Debug, Clone)]
struct Receipt {
    id: Uuid,
    number: String,
    date: chrono::NaiveDate,
    entry: Option<(Uuid, String)>,
    value: Decimal,
}

#[derive(Debug, Clone, Default)]
struct Supplier {
    id: Uuid,
    name: String,
    payment_days: i32,
    open: i64,
    spend: Decimal,
    /// Orders of the last year that were due, and those of them that came in time.
    due: i64,
    in_time: i64,
}

#[derive(Debug, Default)]
pub(super) struct OrderFacts {
    taxes: Vec<TaxOption>,
    /// Product → its unit.
    units: Vec<(Uuid, String)>,
    receipts: Vec<Receipt>,
    supplier: Option<Supplier>,
    /// How a new order's tax is rounded.
    pub tax_method: Option<TaxMethod>,
}

impl OrderFacts {
    /// Three statements for a new order, five for a stored one.
    pub async fn read(tx: &mut Tx, order: Option<Uuid>, supplier: Option<Uuid>, products: Vec<Uuid>) -> Result<Self> {
        let mut facts = Self { units: read_units(tx, products).await?, ..Self::default() };
        (facts.taxes, facts.tax_method) = read_taxes(tx, order).await?;
        if let Some(supplier) = supplier {
            facts.supplier = read_supplier(tx, supplier).await?;
        }
        if let Some(order) = order {
            facts.receipts = read_receipts(tx, order).await?;
        }
        Ok(facts)
    }

    pub fn unit_of(&self, product: &str) -> String {
        let unit = self.units.iter().find(|(id, _)| id.to_string() == product);
        unit.map(|(_, unit)| unit.clone()).unwrap_or_default()
    }

    pub fn rate_of(&self, tax: &str) -> Decimal {
        self.taxes.iter().find(|known| known.id.to_string() == tax).map(|known| known.percent).unwrap_or_default()
    }

    pub fn tax_choices(&self) -> Vec<TaxChoice> {
        let choices = self.taxes.iter().map(|tax| TaxChoice {
            id: tax.id.to_string(),
            label: tax.name.clone(),
            rate: tax.percent.normalize().to_string(),
        });
        choices.collect()
    }

    /// The goods receipts and the entries they were posted as.
    pub fn receipts_table(
        &self,
        display: &Display,
        receipts: Option<Target>,
        entries: Option<Target>,
    ) -> Option<Table> {
        let receipts = receipts.filter(|_| !self.receipts.is_empty())?;
        let rows = self.receipts.iter().map(|receipt| {
            TableRow::new(vec![
                Cell::link(&receipt.number, receipts.meta().url(receipt.id)),
                Cell::date(display.locale.date(receipt.date)),
                match (&receipt.entry, entries) {
                    (Some((id, number)), Some(entries)) => Cell::link(number, entries.meta().url(id)),
                    (Some((_, number)), None) => Cell::text(number),
                    (None, _) => Cell::none(),
                },
                Cell::money(display.money(receipt.value)),
            ])
        });
        Some(Table {
            title: "Goods receipts".to_owned(),
            more: None,
            columns: vec![
                TableColumn::text("Receipt"),
                TableColumn::text("Date"),
                TableColumn::text("Journal entry"),
                TableColumn::numeric("Value"),
            ],
            rows: rows.collect(),
            footer: Vec::new(),
            empty: String::new(),
        })
    }

    /// The supplier at a glance, for the rail.
    pub fn rail(&self, display: &Display, suppliers: Option<Target>) -> Rail {
        let Some(supplier) = &self.supplier else { return Rail::default() };
        let mut facts = vec![Fact::new("Open orders", display.locale.quantity(Decimal::from(supplier.open)))];
        if let Some(share) = (supplier.in_time * 100).checked_div(supplier.due) {
            facts.push(Fact::new("On time, 12 months", display.locale.percent(Decimal::from(share))));
        }
        facts.push(Fact::new("Spend this year", display.money(supplier.spend)));
        facts.push(Fact::new(
            "Payment",
            match supplier.payment_days {
                0 => "At once".to_owned(),
                1 => "1 day".to_owned(),
                days => format!("{days} days"),
            },
        ));
        Rail {
            title: supplier.name.clone(),
            facts,
            link: suppliers.map(|target| Link::new("Supplier details", target.meta().url(supplier.id))),
            activity: Vec::new(),
        }
    }
}

/// The products that lines name, for their units.
pub(super) fn products_of(record: Option<&StoredJson>, typed: impl Iterator<Item = String>) -> Vec<Uuid> {
    let stored = record.map(StoredJson::lines).unwrap_or_default();
    let stored: Vec<String> = stored.iter().map(|line| line.text("product_id").to_owned()).collect();
    stored.into_iter().chain(typed).filter_map(|id| Uuid::try_parse(&id).ok()).collect()
}

/// The taxes for purchases, and archived ones that a line of the order has already.
async fn read_taxes(tx: &mut Tx, order: Option<Uuid>) -> Result<(Vec<TaxOption>, Option<TaxMethod>)> {
    let rows = sqlx::query(
        "select t.id, t.name, t.percent, s.tax_method
         from accounting_settings s
         left join taxes t on t.tenant_id = s.tenant_id
             and (t.scope in ('purchases', 'both') and t.archived_at is null
                  or exists (select from purchase_order_lines l
                             where l.tenant_id = t.tenant_id and l.order_id = $2 and l.tax_id = t.id))
         where s.tenant_id = $1 order by t.percent desc, t.name",
    )
    .bind(tx.tenant())
    .bind(order)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let (mut taxes, mut method) = (Vec::with_capacity(rows.len()), None);
    for row in &rows {
        method = TaxMethod::parse(row.try_get(3).map_err(sql_error)?);
        let Some(id) = row.try_get::<Option<Uuid>, _>(0).map_err(sql_error)? else { continue };
        let name = row.try_get(1).map_err(sql_error)?;
        taxes.push(TaxOption { id, name, percent: row.try_get(2).map_err(sql_error)? });
    }
    Ok((taxes, method))
}

async fn read_units(tx: &mut Tx, products: Vec<Uuid>) -> Result<Vec<(Uuid, String)>> {
    if products.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(
        "select p.id, u.name from products p join units u on u.tenant_id = p.tenant_id and u.id = p.unit_id
         where p.tenant_id = $1 and p.id = any ($2)",
    )
    .bind(tx.tenant())
    .bind(products)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<sqlx::Result<_>>().map_err(sql_error)
}

async fn read_receipts(tx: &mut Tx, order: Uuid) -> Result<Vec<Receipt>> {
    let rows = sqlx::query(
        "select r.id, r.number, r.date, e.id, e.number,
                coalesce((select sum(l.debit) from journal_lines l
                          where l.tenant_id = e.tenant_id and l.entry_id = e.id), 0)
         from goods_receipts r
         left join journal_entries e
             on e.tenant_id = r.tenant_id and e.source_id = r.id and e.source_type = 'goods-receipts' and e.reverses_id is null
         where r.tenant_id = $1 and r.purchase_order_id = $2 order by r.date desc, r.id desc",
    )
    .bind(tx.tenant())
    .bind(order)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let receipts = rows.iter().map(|row| {
        Ok(Receipt {
            id: row.try_get(0)?,
            number: row.try_get(1)?,
            date: row.try_get(2)?,
            entry: row.try_get::<Option<Uuid>, _>(3)?.zip(row.try_get::<Option<String>, _>(4)?),
            value: row.try_get(5)?,
        })
    });
    receipts.collect::<sqlx::Result<_>>().map_err(sql_error)
}

/// One statement over the supplier's orders of the last year and the open ones.
async fn read_supplier(tx: &mut Tx, supplier: Uuid) -> Result<Option<Supplier>> {
    let row = sqlx::query(
        "select p.name, p.payment_days, o.open, o.spend, o.due, o.in_time
         from partners p, lateral (
             select count(*) filter (where o.state = 'confirmed') as open,
                    coalesce(sum(o.untaxed * coalesce(o.exchange_rate, 1)) filter (
                        where o.state in ('confirmed', 'done') and o.order_date >= date_trunc('year', $3::date)), 0) as spend,
                    count(*) filter (where l.last is not null) as due,
                    count(*) filter (where l.last <= o.expected_date) as in_time
             from purchase_orders o
             left join lateral (
                 select max(r.date) as last from goods_receipts r
                 where r.tenant_id = o.tenant_id and r.purchase_order_id = o.id
                   and o.state = 'done' and o.expected_date >= $3::date - 365) l on true
             where o.tenant_id = $1 and o.supplier_id = $2
               and (o.state = 'confirmed' or o.order_date >= $3::date - 730)) o
         where p.tenant_id = $1 and p.id = $2",
    )
    .bind(tx.tenant())
    .bind(supplier)
    .bind(tx.today())
    .fetch_optional(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let read = row.map(|row| {
        Ok(Supplier {
            id: supplier,
            name: row.try_get(0)?,
            payment_days: row.try_get(1)?,
            open: row.try_get(2)?,
            spend: row.try_get(3)?,
            due: row.try_get(4)?,
            in_time: row.try_get(5)?,
        })
    });
    read.transpose().map_err(sql_error)
}
