use kontor_entity::{Entity, Ref, Shape, choices};
use kontor_kernel::{Result, new_id};
use kontor_store::{NewRecord, Tx, sql_error};
use serde_json::json;

use crate::Warehouse;

choices! {
    /// Whether a location holds stock, or is where goods come from and go to.
    pub enum LocationKind {
        Internal = "internal" "In a warehouse",
        Supplier = "supplier" "At suppliers",
        Customer = "customer" "At customers",
        Adjustment = "adjustment" "Adjustments",
    }
}

/// A place goods can be at. Only one in a warehouse holds stock.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "locations",
    collection = "locations",
    label = "Location",
    plural = "Locations",
    permission = "inventory.location",
    read_only,
    section = "inventory",
    icon = "layers"
)]
pub struct Location {
    #[field(search, list)]
    pub code: String,
    #[field(search, sort, list)]
    pub name: String,
    #[field(list)]
    pub kind: LocationKind,
    /// The warehouse it is in.
    #[field(list)]
    pub warehouse_id: Option<Ref<Warehouse>>,
}

fn code_in(warehouse: &str) -> String {
    format!("{warehouse}/Stock")
}

pub(crate) async fn create_internal(tx: &mut Tx, id: Ref<Warehouse>, warehouse: &Warehouse) -> Result<()> {
    let location = Location {
        code: code_in(&warehouse.code),
        name: warehouse.name.clone(),
        kind: LocationKind::Internal,
        warehouse_id: Some(id),
    };
    create(tx, location).await
}

pub(crate) async fn create(tx: &mut Tx, location: Location) -> Result<()> {
    let meta = Location::META;
    let facts = json!({ "code": location.code, "name": location.name });
    let new = NewRecord { id: new_id(), values: location.into_record(), lines: Vec::new() };
    tx.insert_record(meta, &new).await?;
    tx.tell(meta.collection, "created", new.id, 1, &facts);
    Ok(())
}

/// Follows a warehouse's new code.
pub(crate) async fn rename(tx: &mut Tx, old: &str, new: &str) -> Result<()> {
    let (tenant, now, user) = (tx.tenant(), tx.now(), tx.user());
    sqlx::query(
        "update locations set code = $3, version = version + 1, updated_at = $4, updated_by = $5
         where tenant_id = $1 and code = $2",
    )
    .bind(tenant)
    .bind(code_in(old))
    .bind(code_in(new))
    .bind(now)
    .bind(user)
    .execute(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    Ok(())
}
