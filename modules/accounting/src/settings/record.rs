use chrono::NaiveDate;
use kontor_command::Writable;
use kontor_entity::{Choices, Entity, Ref, Rules};
use kontor_kernel::{Fault, Result, Violations};
use kontor_store::{Tx, sql_error};
use uuid::Uuid;

use crate::{Tax, TaxMethod, TaxScope};

/// What the company decided about its books.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "accounting_settings",
    collection = "accounting-settings",
    label = "Accounting settings",
    plural = "Accounting settings",
    permission = "accounting.settings",
    code = "id",
    title = "id",
    order = "created_at",
    single,
    section = "settings",
    icon = "landmark"
)]
pub struct AccountingSettings {
    /// Nothing is posted on or before this day. Locking and unlocking set it.
    #[field(read_only)]
    pub locked_through: Option<NaiveDate>,
    /// How taxes of new documents are rounded: each line by itself, or the sum of each rate once.
    #[field(label = "Rounding of taxes", unfiltered)]
    pub tax_method: TaxMethod,
    /// What the form of a new product begins with.
    #[field(label = "Tax on purchases", unfiltered)]
    pub default_purchase_tax_id: Option<Ref<Tax>>,
    /// What the form of a new product begins with.
    #[field(label = "Tax on sales", unfiltered)]
    pub default_sales_tax_id: Option<Ref<Tax>>,
}

impl Rules for AccountingSettings {}

impl Writable for AccountingSettings {
    async fn prepare(&mut self, tx: &mut Tx, _: Option<&Self>, violations: &mut Violations) -> Result<()> {
        if scope_of(tx, self.default_purchase_tax_id).await? == Some(TaxScope::Sales) {
            let text = "is a tax on sales only; choose one on purchases";
            violations.add_text(Fault::NotAllowed, "default_purchase_tax_id", text);
        }
        if scope_of(tx, self.default_sales_tax_id).await? == Some(TaxScope::Purchases) {
            let text = "is a tax on purchases only; choose one on sales";
            violations.add_text(Fault::NotAllowed, "default_sales_tax_id", text);
        }
        Ok(())
    }
}

/// Where a tax may be chosen; nothing for one that the company does not have.
async fn scope_of(tx: &mut Tx, tax: Option<Ref<Tax>>) -> Result<Option<TaxScope>> {
    let Some(tax) = tax else { return Ok(None) };
    let tenant = tx.tenant();
    let scope: Option<String> = sqlx::query_scalar("select scope from taxes where tenant_id = $1 and id = $2")
        .bind(tenant)
        .bind(tax.id())
        .fetch_optional(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    Ok(scope.as_deref().and_then(TaxScope::parse))
}

/// The taxes that a new product begins with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DefaultTaxes {
    pub purchase: Option<Ref<Tax>>,
    pub sales: Option<Ref<Tax>>,
}

/// The taxes that a new product begins with, as far as they are in use still.
///
/// A suggestion for people: an import, the API and the assistant give a product the taxes that they were told, or none.
pub async fn default_taxes(tx: &mut Tx) -> Result<DefaultTaxes> {
    let tenant = tx.tenant();
    let row: Option<(Option<Uuid>, Option<Uuid>)> = sqlx::query_as(
        "select p.id, t.id
         from accounting_settings s
         left join taxes p on p.tenant_id = $1 and p.id = s.default_purchase_tax_id and p.archived_at is null
         left join taxes t on t.tenant_id = $1 and t.id = s.default_sales_tax_id and t.archived_at is null
         where s.tenant_id = $1",
    )
    .bind(tenant)
    .fetch_optional(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let (purchase, sales) = row.unwrap_or_default();
    Ok(DefaultTaxes { purchase: purchase.map(Ref::new), sales: sales.map(Ref::new) })
}
