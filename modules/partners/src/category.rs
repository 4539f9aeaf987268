use kontor_command::Writable;
use kontor_entity::{Entity, Rules, SequenceMeta};

/// A group of suppliers or customers, such as "wholesale".
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "partner_categories",
    collection = "partner-categories",
    label = "Partner category",
    plural = "Partner categories",
    permission = "partners.category",
    sequence = SequenceMeta::new("partner_categories", "PC-", 3),
    section = "sales",
    icon = "tags"
)]
pub struct PartnerCategory {
    /// Short and unique; the next number is taken when left empty.
    #[field(filled, search, list, max = 40)]
    pub code: String,
    #[field(search, sort, list, max = 200)]
    pub name: String,
}

impl Rules for PartnerCategory {}

impl Writable for PartnerCategory {}
