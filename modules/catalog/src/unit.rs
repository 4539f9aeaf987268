use kontor_command::Writable;
use kontor_entity::{Entity, Ref, Rules, SequenceMeta};
use kontor_kernel::Result;
use kontor_store::{Tx, sql_error};
use uuid::Uuid;

/// What a product is counted or measured in.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "units",
    collection = "units",
    label = "Unit",
    plural = "Units",
    permission = "catalog.unit",
    sequence = SequenceMeta::new("units", "U-", 2),
    section = "inventory",
    icon = "ruler"
)]
pub struct Unit {
    /// Short and unique, printed behind quantities; the next number is taken when left empty.
    #[field(filled, search, list, max = 20, aliases = &["symbol", "abbreviation"])]
    pub code: String,
    #[field(search, sort, list, max = 100)]
    pub name: String,
    /// How many decimal places a quantity in this unit has.
    #[field(list, default_integer = 0, at_least = 0, at_most = 6, aliases = &["decimal places", "precision"])]
    pub decimals: i32,
}

impl Rules for Unit {}

impl Writable for Unit {}

/// The code of the unit that a product gets when none is named.
pub(crate) const DEFAULT: &str = "unit";

/// The unit of products that name none: the one with the code `unit`.
pub async fn default_unit(tx: &mut Tx) -> Result<Option<Ref<Unit>>> {
    let tenant = tx.tenant();
    let id: Option<Uuid> =
        sqlx::query_scalar("select id from units where tenant_id = $1 and code = $2 and archived_at is null")
            .bind(tenant)
            .bind(DEFAULT)
            .fetch_optional(tx.connection().await?)
            .await
            .map_err(sql_error)?;
    Ok(id.map(Ref::new))
}
