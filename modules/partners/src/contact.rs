use kontor_command::Writable;
use kontor_entity::{Entity, Ref, Rules, SequenceMeta};

use crate::Partner;

/// A person who works for a supplier or a customer.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "contacts",
    collection = "contacts",
    label = "Contact",
    plural = "Contacts",
    permission = "partners.contact",
    sequence = SequenceMeta::new("contacts", "CT-", 5),
    order = "name",
    section = "sales",
    icon = "user"
)]
pub struct Contact {
    /// Short and unique; the next number is taken when left empty.
    #[field(filled, search, list, max = 40)]
    pub code: String,
    #[field(search, sort, list, max = 200, aliases = &["full name"])]
    pub name: String,
    /// The company the person works for.
    #[field(label = "Company", list, aliases = &["company", "company name", "partner", "supplier", "customer"])]
    pub partner_id: Ref<Partner>,
    #[field(list, max = 100, aliases = &["title", "role", "contact title"])]
    pub job_title: Option<String>,
    #[field(email, label = "E-mail", search, list)]
    pub email: Option<String>,
    #[field(phone, search, list)]
    pub phone: Option<String>,
}

impl Rules for Contact {}

impl Writable for Contact {}
