use kontor_command::Writable;
use kontor_entity::{Entity, Ref, Rules, SequenceMeta};
use kontor_kernel::{Country, Currency};

use crate::PartnerCategory;

/// Declares one role of a partner: the fields are the same, the number and the words are the role's own.
macro_rules! role {
    (
        $(#[$attribute:meta])*
        $name:ident, code = { $label:literal, $help:literal, $code_aliases:expr }, name = $name_aliases:expr
    ) => {
        $(#[$attribute])*
        pub struct $name {
            #[doc = $help]
            #[field(filled, label = $label, search, list, max = 40, aliases = $code_aliases)]
            pub code: String,
            #[field(search, sort, list, max = 200, aliases = $name_aliases)]
            pub name: String,
            /// The person to talk to.
            #[field(label = "Contact", search, list, max = 200, aliases = &["contact person", "contact"])]
            pub contact_name: Option<String>,
            /// What the contact does there.
            #[field(label = "Contact's title", max = 100, aliases = &["contact title", "job title"])]
            pub contact_title: Option<String>,
            #[field(email, label = "E-mail", search, list)]
            pub email: Option<String>,
            #[field(phone, search, list)]
            pub phone: Option<String>,
            #[field(phone)]
            pub fax: Option<String>,
            #[field(max = 500, aliases = &["home page", "homepage", "url"])]
            pub website: Option<String>,
            #[field(max = 300, aliases = &["address", "street address"])]
            pub street: Option<String>,
            #[field(search, sort, list, max = 100, aliases = &["town"])]
            pub city: Option<String>,
            /// State, province or county.
            #[field(max = 100, aliases = &["state", "province"])]
            pub region: Option<String>,
            #[field(max = 20, aliases = &["zip", "zip code", "postcode"])]
            pub postal_code: Option<String>,
            #[field(country, sort, list)]
            pub country: Option<Country>,
            /// The number for value-added tax or the like.
            #[field(max = 50, search, aliases = &["vat number", "vat id", "tax id"])]
            pub tax_number: Option<String>,
            /// The currency we deal in; the company's own when empty.
            #[field(currency)]
            pub currency: Option<Currency>,
            /// How many days after the invoice's date it is due.
            #[field(default_integer = 30, at_least = 0, at_most = 3650, aliases = &["payment terms", "credit days"])]
            pub payment_days: i32,
            #[field(aliases = &["category", "group"])]
            pub category_id: Option<Ref<PartnerCategory>>,
            #[field(note)]
            pub note: Option<String>,
        }

        impl Rules for $name {}

        impl Writable for $name {}
    };
}

role! {
    /// A company we buy from.
    #[derive(Debug, Clone, PartialEq, Entity)]
    #[entity(
        table = "partners",
        collection = "suppliers",
        role = "is_supplier",
        label = "Supplier",
        plural = "Suppliers",
        permission = "partners.supplier",
        sequence = SequenceMeta::new("suppliers", "S-", 5),
        section = "purchasing",
        icon = "building-2"
    )]
    Supplier,
    code = {
        "Supplier number",
        "Printed on orders; the next number is taken when left empty.",
        &["supplier id", "vendor id", "supplier number", "vendor number", "creditor number", "Lieferantennummer"]
    },
    name = &["company name", "supplier name", "vendor", "vendor name", "supplier", "Lieferant"]
}

role! {
    /// A company or person we sell to.
    #[derive(Debug, Clone, PartialEq, Entity)]
    #[entity(
        table = "partners",
        collection = "customers",
        role = "is_customer",
        label = "Customer",
        plural = "Customers",
        permission = "partners.customer",
        sequence = SequenceMeta::new("customers", "C-", 5),
        section = "sales",
        icon = "users"
    )]
    Customer,
    code = {
        "Customer number",
        "Printed on invoices; the next number is taken when left empty.",
        &["customer id", "client id", "customer number", "debtor number", "Kundennummer"]
    },
    name = &["company name", "customer name", "client", "client name", "customer", "Kunde"]
}

/// A supplier or a customer, where it does not matter which: for a contact's company and a ledger line's partner.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "partners",
    collection = "partners",
    label = "Partner",
    plural = "Partners",
    permission = "partners.partner",
    read_only,
    section = "sales",
    icon = "building-2"
)]
pub struct Partner {
    #[field(search, list)]
    pub code: String,
    #[field(search, sort, list)]
    pub name: String,
    #[field(list)]
    pub is_supplier: bool,
    #[field(list)]
    pub is_customer: bool,
    #[field(email, label = "E-mail", list)]
    pub email: Option<String>,
    #[field(phone, list)]
    pub phone: Option<String>,
    #[field(sort, list)]
    pub city: Option<String>,
    #[field(country, sort, list)]
    pub country: Option<Country>,
}
