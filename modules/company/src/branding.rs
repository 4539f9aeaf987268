use kontor_access::{AccessFault, Feature, Permission, access_changed};
use kontor_command::Command;
use kontor_entity::{Entity, Shape};
use kontor_kernel::{Fault, Result, Violations, brand::BrandColor};
use kontor_store::{Meter, Tx, Written, sql_error};
use serde_json::{Map, json};
use uuid::Uuid;

use crate::{Company, FEATURE, logo::logo_type, settings::company_id};

/// How the company's pages, documents and mails look. What is left out stays.
#[derive(Debug, Clone, PartialEq, Shape)]
pub struct Branding {
    /// The one colour that all others follow from: `#F5A300`.
    #[field(max = 7)]
    pub color: Option<String>,
    /// Stands at the foot of every document; empty takes it away.
    #[field(verbatim, max = 2000)]
    pub footer: Option<String>,
}

/// What happens to the logo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogoChange {
    Keep,
    Remove,
    /// A PNG, JPEG, WebP or SVG image; its bytes say which.
    Set(Vec<u8>),
}

/// Changes the company's brand.
#[derive(Debug, Clone)]
pub struct UpdateBranding {
    pub version: Option<i64>,
    pub branding: Branding,
    pub logo: LogoChange,
}

/// The brand as it shall be stored.
struct Brand {
    color: String,
    footer: Option<String>,
    logo: Option<(Vec<u8>, &'static str)>,
    keeps_logo: bool,
}

impl Command for UpdateBranding {
    const NAME: &'static str = "company.settings.brand";
    const FEATURE: Feature = FEATURE;
    const PERMISSION: Permission = Permission::new("company.settings.update");
    const METER: Meter = Meter::Write;

    type Output = Written;

    async fn run(self, tx: &mut Tx) -> Result<Written> {
        let meta = Company::META;
        let id = company_id(tx).await?;
        let stored = tx.lock_record(meta, id, self.version).await?;
        let old_color = stored.get(meta, "brand_color").as_text().unwrap_or_default().to_owned();
        let old_footer = stored.get(meta, "document_footer").as_text().map(str::to_owned);
        let brand = check(self.branding, self.logo, &old_color, old_footer.as_deref())?;
        let mut changes = Map::new();
        if brand.color != old_color {
            changes.insert("brand_color".to_owned(), json!([old_color, brand.color]));
        }
        if brand.footer != old_footer {
            changes.insert("document_footer".to_owned(), json!([old_footer, brand.footer]));
        }
        if !brand.keeps_logo {
            changes.insert("logo".to_owned(), json!(brand.logo.as_ref().map(|(_, content_type)| content_type)));
        }
        if changes.is_empty() {
            return tx.record_json(meta, id).await;
        }
        write(tx, id, &brand).await?;
        tx.tell(meta.collection, "updated", id, stored.version + 1, &changes);
        access_changed(tx.tenant());
        tx.record_json(meta, id).await
    }
}

fn check(branding: Branding, logo: LogoChange, old_color: &str, old_footer: Option<&str>) -> Result<Brand> {
    let mut violations = Violations::new();
    let color = branding.color.as_deref().map(str::trim).filter(|color| !color.is_empty()).unwrap_or(old_color);
    if BrandColor::parse(color).is_none() {
        violations.add_text(Fault::NotAllowed, "color", "must be a colour such as #F5A300");
    }
    let footer = match branding.footer.as_deref() {
        None => old_footer.map(str::to_owned),
        Some(text) => Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned),
    };
    let keeps_logo = logo == LogoChange::Keep;
    let logo = match logo {
        LogoChange::Keep | LogoChange::Remove => None,
        LogoChange::Set(bytes) => {
            let content_type = logo_type(&bytes);
            if content_type.is_none() {
                violations.add(AccessFault::BadLogo, "logo");
            }
            content_type.map(|content_type| (bytes, content_type))
        }
    };
    violations.into_result()?;
    Ok(Brand { color: color.to_ascii_uppercase(), footer, logo, keeps_logo })
}

async fn write(tx: &mut Tx, id: Uuid, brand: &Brand) -> Result<()> {
    let (tenant, by, now) = (tx.tenant(), tx.user(), tx.now());
    sqlx::query(
        "update companies
         set brand_color = $3, document_footer = $4,
             logo = case when $5 then logo else $6 end, logo_type = case when $5 then logo_type else $7 end,
             brand_version = brand_version + 1, version = version + 1, updated_at = $8, updated_by = $9
         where tenant_id = $1 and id = $2",
    )
    .bind(tenant)
    .bind(id)
    .bind(&brand.color)
    .bind(brand.footer.as_deref())
    .bind(brand.keeps_logo)
    .bind(brand.logo.as_ref().map(|(bytes, _)| bytes.as_slice()))
    .bind(brand.logo.as_ref().map(|(_, content_type)| *content_type))
    .bind(now)
    .bind(by)
    .execute(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    Ok(())
}
