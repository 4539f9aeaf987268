use kontor_command::Writable;
use kontor_entity::{Entity, Ref, Rules, SequenceMeta};
use kontor_kernel::{Result, Violations};
use kontor_store::{Tx, sql_error};
use uuid::Uuid;

use crate::Code;

/// A group of products; groups may be parts of groups.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "product_categories",
    collection = "product-categories",
    label = "Product category",
    plural = "Product categories",
    permission = "catalog.category",
    sequence = SequenceMeta::new("product_categories", "CAT-", 3),
    section = "inventory",
    page = "categories",
    icon = "tags"
)]
pub struct ProductCategory {
    /// Short and unique; the next number is taken when left empty.
    #[field(filled, search, list, max = 40, aliases = &["category id"])]
    pub code: String,
    #[field(search, sort, list, max = 200, aliases = &["category name"])]
    pub name: String,
    #[field(note, list)]
    pub description: Option<String>,
    /// The category it is a part of.
    #[field(label = "Part of", list, aliases = &["parent", "parent category"])]
    pub parent_id: Option<Ref<ProductCategory>>,
}

impl Rules for ProductCategory {}

impl Writable for ProductCategory {
    /// A category cannot become a part of one of its own parts.
    async fn prepare(&mut self, tx: &mut Tx, before: Option<&Self>, violations: &mut Violations) -> Result<()> {
        let (Some(before), Some(parent)) = (before, self.parent_id) else { return Ok(()) };
        if before.parent_id != Some(parent) && would_cycle(tx, &before.code, parent.id()).await? {
            violations.add(Code::CategoryCycle, "parent_id");
        }
        Ok(())
    }
}

/// Whether the category with a code is the new parent, or one that the parent is a part of.
async fn would_cycle(tx: &mut Tx, code: &str, parent: Uuid) -> Result<bool> {
    let tenant = tx.tenant();
    // Two moves at the same moment could close a circle that neither sees: moves within a company go one by one.
    sqlx::query("select pg_advisory_xact_lock(hashtextextended('product_categories ' || $1::text, 0))")
        .bind(tenant)
        .execute(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    sqlx::query_scalar(
        "with recursive above as (
             select id, code, parent_id from product_categories where tenant_id = $1 and id = $2
             union
             select c.id, c.code, c.parent_id
             from product_categories c join above a on c.tenant_id = $1 and c.id = a.parent_id
         )
         select exists (select from above where code = $3)",
    )
    .bind(tenant)
    .bind(parent)
    .bind(code)
    .fetch_one(tx.connection().await?)
    .await
    .map_err(sql_error)
}
