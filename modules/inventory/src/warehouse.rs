use kontor_command::Writable;
use kontor_entity::{Entity, Ref, Rules, SequenceMeta};
use kontor_kernel::{Country, Fault, Result, Violations};
use kontor_store::{Question, Tx, sql_error};
use uuid::Uuid;

use crate::location;

/// A building or yard where goods are kept.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "warehouses",
    collection = "warehouses",
    label = "Warehouse",
    plural = "Warehouses",
    permission = "inventory.warehouse",
    sequence = SequenceMeta::new("warehouses", "WH-", 2),
    section = "inventory",
    icon = "warehouse"
)]
pub struct Warehouse {
    /// Short and unique; the next number is taken when left empty.
    #[field(filled, search, list, max = 20)]
    pub code: String,
    #[field(search, sort, list, max = 200)]
    pub name: String,
    #[field(max = 300, aliases = &["address"])]
    pub street: Option<String>,
    #[field(list, max = 100, aliases = &["town"])]
    pub city: Option<String>,
    #[field(max = 20, aliases = &["zip", "zip code", "postcode"])]
    pub postal_code: Option<String>,
    #[field(country, list)]
    pub country: Option<Country>,
}

impl Rules for Warehouse {}

impl Writable for Warehouse {
    /// The stock location is called after its warehouse, also after a new code.
    async fn prepare(&mut self, tx: &mut Tx, before: Option<&Self>, _: &mut Violations) -> Result<()> {
        match before.filter(|before| before.code != self.code) {
            Some(before) => location::rename(tx, &before.code, &self.code).await,
            None => Ok(()),
        }
    }

    /// A new warehouse has one place in it.
    async fn created(tx: &mut Tx, id: Uuid) -> Result<()> {
        let stored = tx.lock_record(Self::META, id, None).await?;
        location::create_internal(tx, Ref::new(id), &stored.typed()?).await
    }

    async fn may_archive(&self, tx: &mut Tx, id: Uuid) -> Result<()> {
        let tenant = tx.tenant();
        let stocked: bool = sqlx::query_scalar(
            "select exists (select from stock_levels where tenant_id = $1 and warehouse_id = $2 and on_hand <> 0)",
        )
        .bind(tenant)
        .bind(id)
        .fetch_one(tx.connection().await?)
        .await
        .map_err(sql_error)?;
        if stocked {
            Err(Fault::InUse.error().with_detail("goods are in stock here; take them out first"))
        } else {
            Ok(())
        }
    }
}

/// The warehouse that a document will use.
#[derive(Debug, Clone, PartialEq)]
pub struct ChosenWarehouse {
    pub id: Ref<Warehouse>,
    pub code: String,
    pub name: String,
    pub archived: bool,
}

/// The warehouse that was asked for, or else the company's first one in use; nothing when there is none.
pub fn choose_warehouse(wanted: Option<Ref<Warehouse>>) -> Question<Option<ChosenWarehouse>> {
    Question::new(
        "select (id, code, name, archived_at is not null) from warehouses
         where tenant_id = $1 and (id = $2 or ($2::uuid is null and archived_at is null))
         order by id limit 1",
        |row: Option<(Uuid, String, String, bool)>| {
            Ok(row.map(|(id, code, name, archived)| ChosenWarehouse { id: Ref::new(id), code, name, archived }))
        },
    )
    .id(wanted.map(Ref::id))
}
