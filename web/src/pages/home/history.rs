//! How the figures of the home page came about: the last months, from what happened in them.

use chrono::NaiveDate;
use kontor_kernel::Result;
use kontor_store::{Tx, sql_error};
use rust_decimal::Decimal;

/// One month of purchasing, amounts in the company's currency.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Month {
    pub ordered: Decimal,
    pub received: Decimal,
    /// Orders that were late when it ended.
    pub late: i64,
}

/// The last eight months, the present one last.
pub(super) async fn read_purchasing(tx: &mut Tx) -> Result<Vec<Month>> {
    let rows: Vec<(NaiveDate, Decimal, Decimal, i64)> = sqlx::query_as(include_str!("history.sql"))
        .bind(tx.tenant())
        .bind(tx.today())
        .fetch_all(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    Ok(rows.into_iter().map(|(_, ordered, received, late)| Month { ordered, received, late }).collect())
}

/// What the last eight months changed of the stock's value, the present one last.
///
/// From the ledger, which knows the value of stock at every date (I8) on fewer rows than there are moves.
pub(super) async fn read_stock(tx: &mut Tx) -> Result<Vec<Decimal>> {
    sqlx::query_scalar(
        "select coalesce((select sum(l.debit - l.credit)
                          from accounts a
                          join journal_lines l on l.tenant_id = a.tenant_id and l.account_id = a.id
                          where a.tenant_id = $1 and a.purpose = 'inventory'
                            and l.date >= m.first and l.date < (m.first + interval '1 month')::date), 0)
         from (select (date_trunc('month', $2::date) - make_interval(months => n))::date as first
               from generate_series(0, 7) n) m
         order by m.first",
    )
    .bind(tx.tenant())
    .bind(tx.today())
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)
}

/// What stood at the end of each month, from what stands now and what each changed.
pub(super) fn levels(now: Decimal, changes: &[Decimal]) -> Vec<Decimal> {
    let mut level = now;
    let mut levels: Vec<Decimal> = changes
        .iter()
        .rev()
        .map(|change| {
            let end = level;
            level -= change;
            end
        })
        .collect();
    levels.reverse();
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_lead_to_what_stands_now() {
        let changes = [3, -1, 5].map(Decimal::from);
        assert_eq!(levels(Decimal::from(10), &changes), [6, 5, 10].map(Decimal::from));
        assert_eq!(levels(Decimal::TEN, &[]), []);
    }
}
