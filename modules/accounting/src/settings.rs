//! What the company decided about its books, and which accounts the system posts to.

mod lock;
mod record;

use chrono::NaiveDate;
use kontor_entity::{Choices, Ref};
use kontor_kernel::{Currency, Error, Result};
use kontor_store::{Tx, sql_error};
use sqlx::{Row, postgres::PgRow};
use uuid::Uuid;

use crate::{Account, Code, Purpose, TaxMethod};

pub use lock::{LockBooks, UnlockBooks};
pub use record::{AccountingSettings, DefaultTaxes, default_taxes};

/// The company's decisions about its books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The currency the books are kept in.
    pub currency: Currency,
    /// Nothing is posted on or before this date.
    pub locked_through: Option<NaiveDate>,
    /// How taxes of a document are rounded where the document does not say.
    pub tax_method: TaxMethod,
}

impl Settings {
    /// `period_locked` when nothing may be posted on the date.
    pub fn require_open(&self, date: NaiveDate) -> Result<()> {
        match self.locked_through {
            Some(locked) if date <= locked => Err(period_locked(date)),
            _ => Ok(()),
        }
    }
}

pub(crate) fn period_locked(date: NaiveDate) -> Error {
    Code::PeriodLocked
        .error()
        .with_detail(format!("the books are locked for {date}; choose a later date or have it unlocked"))
}

/// The settings with the accounts that were asked for: what a posting needs, read in one statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Books {
    pub settings: Settings,
    accounts: Vec<(Purpose, Ref<Account>)>,
}

impl Books {
    /// The account with a purpose. Errors with `account_missing` when there is none, or it was not asked for.
    pub fn account(&self, purpose: Purpose) -> Result<Ref<Account>> {
        let found = self.accounts.iter().find(|(known, _)| *known == purpose);
        found.map(|(_, account)| *account).ok_or_else(|| {
            let detail =
                format!("no account has the purpose “{}”; give it to one in the chart of accounts", purpose.label());
            Code::AccountMissing.error().with_detail(detail)
        })
    }
}

/// The settings of the books.
pub async fn settings(tx: &mut Tx) -> Result<Settings> {
    books(tx, &[]).await.map(|books| books.settings)
}

/// The settings, and the accounts with these purposes, in one statement.
pub async fn books(tx: &mut Tx, purposes: &[Purpose]) -> Result<Books> {
    let tenant = tx.tenant();
    let wanted: Vec<&str> = purposes.iter().map(|purpose| purpose.as_str()).collect();
    let rows = sqlx::query(
        "select s.locked_through, s.tax_method, a.purpose, a.id
         from accounting_settings s
         left join accounts a on a.tenant_id = s.tenant_id and a.purpose = any ($2) and a.archived_at is null
         where s.tenant_id = $1",
    )
    .bind(tenant)
    .bind(wanted)
    .fetch_all(tx.connection())
    .await
    .map_err(sql_error)?;
    let first = rows.first().ok_or_else(|| Error::internal("the company has no accounting settings"))?;
    let mut accounts = Vec::with_capacity(rows.len());
    for row in &rows {
        let purpose: Option<&str> = row.try_get(2).map_err(sql_error)?;
        let account: Option<Uuid> = row.try_get(3).map_err(sql_error)?;
        accounts.extend(purpose.and_then(Purpose::parse).zip(account.map(Ref::new)));
    }
    Ok(Books { settings: read_settings(first, tx.currency())?, accounts })
}

fn read_settings(row: &PgRow, currency: Currency) -> Result<Settings> {
    let method: &str = row.try_get(1).map_err(sql_error)?;
    Ok(Settings {
        currency,
        locked_through: row.try_get(0).map_err(sql_error)?,
        tax_method: TaxMethod::parse(method).ok_or_else(|| Error::internal("the books have an unknown tax method"))?,
    })
}

/// The accounts with these purposes, in their order, in one statement.
pub async fn account_for(tx: &mut Tx, purposes: &[Purpose]) -> Result<Vec<Ref<Account>>> {
    let books = books(tx, purposes).await?;
    purposes.iter().map(|purpose| books.account(*purpose)).collect()
}
