//! What the company decided about its books, and which accounts the system posts to.

mod lock;
mod record;

use chrono::NaiveDate;
use kontor_entity::{Choices, Ref};
use kontor_kernel::{Currency, Error, Result};
use kontor_store::{Question, Tx};
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

/// The settings with the accounts that were asked for: what a posting needs.
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

/// The settings of the books, which are kept in `currency`.
pub fn settings(currency: Currency) -> Question<Settings> {
    Question::new(
        "select (locked_through, tax_method) from accounting_settings where tenant_id = $1",
        move |row: Option<(Option<NaiveDate>, String)>| {
            let (locked_through, method) = row.ok_or_else(no_settings)?;
            read_settings(currency, locked_through, &method)
        },
    )
}

/// The settings, and the accounts with these purposes.
pub fn books(currency: Currency, purposes: &[Purpose]) -> Question<Books> {
    type Row = (Option<NaiveDate>, String, Vec<(String, Uuid)>);
    Question::new(
        "select (locked_through, tax_method, array(
             select (purpose, id) from accounts where tenant_id = $1 and purpose = any ($2) and archived_at is null))
         from accounting_settings where tenant_id = $1",
        move |row: Option<Row>| {
            let (locked_through, method, found) = row.ok_or_else(no_settings)?;
            let accounts = found.into_iter().filter_map(|(name, id)| Some((Purpose::parse(&name)?, Ref::new(id))));
            Ok(Books { settings: read_settings(currency, locked_through, &method)?, accounts: accounts.collect() })
        },
    )
    .texts(purposes.iter().map(|purpose| purpose.as_str()).collect())
}

fn read_settings(currency: Currency, locked_through: Option<NaiveDate>, method: &str) -> Result<Settings> {
    let tax_method = TaxMethod::parse(method).ok_or_else(|| Error::internal("the books have an unknown tax method"))?;
    Ok(Settings { currency, locked_through, tax_method })
}

fn no_settings() -> Error {
    Error::internal("the company has no accounting settings")
}

/// The accounts with these purposes, in their order, in one statement.
pub async fn account_for(tx: &mut Tx, purposes: &[Purpose]) -> Result<Vec<Ref<Account>>> {
    let books = tx.ask(books(tx.currency(), purposes)).await?;
    purposes.iter().map(|purpose| books.account(*purpose)).collect()
}
