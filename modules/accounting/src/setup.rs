//! The books of a company that signs up.

use kontor_access::NewCompany;
use kontor_command::entity;
use kontor_entity::{Draft, Ref};
use kontor_kernel::{Country, Locale, Result};
use kontor_store::Tx;

use crate::{Account, AccountingSettings, Journal, JournalKind, Tax, TaxMethod, TaxScope, chart, tax};

/// Code, kind, English name, German name.
const JOURNALS: [(&str, JournalKind, &str, &str); 5] = [
    ("BNK", JournalKind::Bank, "Bank", "Bank"),
    ("GEN", JournalKind::General, "General journal", "Allgemeines Journal"),
    ("PUR", JournalKind::Purchase, "Purchases", "Eingangsrechnungen"),
    ("SAL", JournalKind::Sales, "Sales", "Ausgangsrechnungen"),
    ("STK", JournalKind::Stock, "Stock", "Warenbewegungen"),
];

/// Chart of accounts, journals and the country's taxes, named in the company's language; settings.
pub(crate) async fn run(tx: &mut Tx, company: &NewCompany) -> Result<()> {
    let german = company.locale == Locale::De;
    let name = |english: &'static str, in_german: &'static str| if german { in_german } else { english }.to_owned();
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
    let standard = taxes(tx, company.country, german).await?;
    let settings = AccountingSettings {
        locked_through: None,
        tax_method: TaxMethod::PerLine,
        default_purchase_tax_id: standard,
        default_sales_tax_id: standard,
    };
    entity::<AccountingSettings>().create(tx, Draft::of(settings)).await?;
    Ok(())
}

/// The country's taxes. Gives back the one with the standard rate, where the country has one.
async fn taxes(tx: &mut Tx, country: Country, german: bool) -> Result<Option<Ref<Tax>>> {
    let name = tax::national::name(country, german);
    let (standard_rate, mut standard) = (tax::national::standard_rate(country), None);
    for percent in tax::national::rates(country) {
        let tax =
            Tax { code: format!("T{percent}"), name: format!("{name} {percent} %"), percent, scope: TaxScope::Both };
        let written = entity::<Tax>().create(tx, Draft::of(tax)).await?;
        if standard_rate == Some(percent) {
            standard = Some(Ref::new(written.id));
        }
    }
    Ok(standard)
}
