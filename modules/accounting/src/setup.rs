//! The books of a company that signs up.

use kontor_access::NewCompany;
use kontor_command::entity;
use kontor_entity::Draft;
use kontor_kernel::Result;
use kontor_store::{Tx, sql_error};

use crate::{Account, Journal, JournalKind, Tax, TaxScope, chart, tax};

/// Code, kind, English name, German name.
const JOURNALS: [(&str, JournalKind, &str, &str); 5] = [
    ("BNK", JournalKind::Bank, "Bank", "Bank"),
    ("GEN", JournalKind::General, "General journal", "Allgemeines Journal"),
    ("PUR", JournalKind::Purchase, "Purchases", "Eingangsrechnungen"),
    ("SAL", JournalKind::Sales, "Sales", "Ausgangsrechnungen"),
    ("STK", JournalKind::Stock, "Stock", "Warenbewegungen"),
];

/// Settings, chart of accounts, journals and the country's taxes, named in the company's language.
pub(crate) async fn run(tx: &mut Tx, company: &NewCompany) -> Result<()> {
    let german = company.locale.starts_with("de");
    let name = |english: &'static str, in_german: &'static str| if german { in_german } else { english }.to_owned();
    let tenant = tx.tenant();
    sqlx::query("insert into accounting_settings (tenant_id) values ($1)")
        .bind(tenant)
        .execute(tx.connection())
        .await
        .map_err(sql_error)?;
    for row in chart::of(company.country) {
        let account = Account {
            code: row.code.to_owned(),
            name: name(row.english, row.german),
            kind: row.kind,
            purpose: row.purpose,
        };
        entity::<Account>().create(tx, Draft::of(account)).await?;
    }
    for (code, kind, english, in_german) in JOURNALS {
        let journal = Journal { code: code.to_owned(), name: name(english, in_german), kind };
        entity::<Journal>().create(tx, Draft::of(journal)).await?;
    }
    let tax_name = tax::national::name(company.country, german);
    for percent in tax::national::rates(company.country) {
        let tax = Tax {
            code: format!("T{percent}"),
            name: format!("{tax_name} {percent} %"),
            percent,
            scope: TaxScope::Both,
        };
        entity::<Tax>().create(tx, Draft::of(tax)).await?;
    }
    Ok(())
}
