use chrono_tz::Tz;
use kontor_access::{Feature, Permission, access_changed};
use kontor_command::{Command, changed_fields};
use kontor_entity::{Draft, Entity, Record, Rules, Shape};
use kontor_kernel::{Country, Currency, Error, Fault, Result, Violations};
use kontor_store::{Meter, NewRecord, Tx, Written, sql_error};
use uuid::Uuid;

use crate::FEATURE;

/// The company: what stands on its documents, and how it counts days and years.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "companies",
    collection = "companies",
    label = "Company",
    plural = "Companies",
    permission = "company.settings",
    code = "name",
    computed = CompanyFacts::FIELDS,
    order = "created_at",
    section = "settings",
    icon = "building",
    read_only
)]
pub struct Company {
    #[field(list, max = 200)]
    pub name: String,
    /// As it is registered, where that differs.
    #[field(max = 200)]
    pub legal_name: Option<String>,
    #[field(max = 300)]
    pub street: Option<String>,
    #[field(max = 100)]
    pub city: Option<String>,
    #[field(max = 20)]
    pub postal_code: Option<String>,
    /// Language and region, such as `en-GB` or `de-AT`.
    #[field(verbatim, max = 20)]
    pub locale: String,
    /// Where the company's day begins, such as `Europe/Berlin`.
    #[field(verbatim, max = 60)]
    pub time_zone: String,
    /// The month the fiscal year begins with, 1 to 12.
    #[field(label = "Fiscal year starts in month", at_least = 1, at_most = 12)]
    pub fiscal_year_start: i32,
    /// The number for value-added tax or the like.
    #[field(max = 50)]
    pub tax_number: Option<String>,
    #[field(email, label = "E-mail")]
    pub email: Option<String>,
    #[field(phone)]
    pub phone: Option<String>,
}

/// What is settled at sign-up, since the books follow from it, and what the branding sets.
#[derive(Debug, Clone, PartialEq, Shape)]
pub struct CompanyFacts {
    #[field(country, list)]
    pub country: Country,
    /// The currency of the books.
    #[field(currency, list)]
    pub currency: Currency,
    pub brand_color: String,
    /// Stands at the foot of every document.
    #[field(note)]
    pub document_footer: Option<String>,
}

impl Rules for Company {
    fn check(&self, violations: &mut Violations) {
        let (language, region) = self.locale.split_once('-').unwrap_or((&self.locale, ""));
        let known = matches!(language, "en" | "de") && (region.is_empty() || Country::from_code(region).is_some());
        violations.require(known, "locale", "must be en or de, or one of them with a country, such as en-GB");
        violations.require(
            self.time_zone.parse::<Tz>().is_ok(),
            "time_zone",
            "must be a time zone such as Europe/Berlin",
        );
    }
}

/// Changes the company's settings by a merge patch.
#[derive(Debug, Clone)]
pub struct UpdateCompany {
    pub version: Option<i64>,
    pub draft: Draft,
}

impl Command for UpdateCompany {
    const NAME: &'static str = "company.settings.update";
    const FEATURE: Feature = FEATURE;
    const PERMISSION: Permission = Permission::new("company.settings.update");
    const METER: Meter = Meter::Write;

    type Output = Written;

    async fn run(self, tx: &mut Tx) -> Result<Written> {
        let meta = Company::META;
        let id = company_id(tx).await?;
        let stored = tx.lock_record(meta, id, self.version).await?;
        let sent = self.draft.values.into_iter().chain(std::iter::repeat(None));
        let merged: Vec<_> =
            stored.values.values().zip(sent).map(|(old, new)| new.unwrap_or_else(|| old.clone())).collect();
        let values = Record::new(merged);
        let company = Company::from_record(&values).ok_or_else(|| Error::internal("values do not fit the company"))?;
        let mut violations = Violations::new();
        company.check(&mut violations);
        violations.into_result()?;
        if values == stored.values {
            return tx.record_json(meta, id).await;
        }
        let changes = changed_fields(meta, &stored.values, &values);
        let written = tx.update_record(meta, stored.version, &NewRecord { id, values, lines: Vec::new() }).await?;
        tx.tell(meta.collection, "updated", id, written.version, &changes);
        access_changed(tx.tenant());
        Ok(written)
    }
}

/// The one company of this tenant.
pub(crate) async fn company_id(tx: &mut Tx) -> Result<Uuid> {
    let tenant = tx.tenant();
    let id: Option<Uuid> = sqlx::query_scalar("select id from companies where tenant_id = $1")
        .bind(tenant)
        .fetch_optional(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    id.ok_or_else(|| Fault::NotFound.error())
}
