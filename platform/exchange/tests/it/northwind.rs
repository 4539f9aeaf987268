//! The Northwind files, as a company sends them: read whole, every column's guess looked at.

use kontor_exchange::{Limits, Mapping, RowError, Sheet, Target, TargetKind, code, read};

const fn target<'t>(name: &'t str, label: &'t str, aliases: &'t [&'t str], kind: TargetKind) -> Target<'t> {
    Target { name, label, aliases, kind, required: false }
}

const NAME: Target<'static> = Target { required: true, ..target("name", "Name", &[], TargetKind::Text) };

const PARTNER: [Target<'static>; 18] = [
    target("code", "Code", &[], TargetKind::Text),
    NAME,
    target("contact_name", "Contact", &[], TargetKind::Text),
    target("contact_title", "Contact's title", &[], TargetKind::Text),
    target("email", "E-mail", &[], TargetKind::Email),
    target("phone", "Phone", &[], TargetKind::Phone),
    target("fax", "Fax", &[], TargetKind::Phone),
    target("website", "Website", &[], TargetKind::Url),
    target("street", "Street", &[], TargetKind::Text),
    target("city", "City", &[], TargetKind::Text),
    target("region", "Region", &[], TargetKind::Text),
    target("postal_code", "Postal code", &[], TargetKind::Text),
    target("country", "Country", &[], TargetKind::Country),
    target("tax_number", "Tax number", &[], TargetKind::Text),
    target("currency", "Currency", &[], TargetKind::Currency),
    target("payment_days", "Payment days", &["payment terms"], TargetKind::Integer),
    target("category_id", "Category", &[], TargetKind::Link),
    target("note", "Note", &[], TargetKind::Text),
];

const PRODUCT: [Target<'static>; 12] = [
    target("code", "Code", &["sku"], TargetKind::Text),
    NAME,
    target("description", "Description", &["quantity per unit"], TargetKind::Text),
    target("category_id", "Category", &[], TargetKind::Link),
    target("unit_id", "Unit", &["unit of measure", "uom"], TargetKind::Link),
    target("supplier_id", "Supplier", &["vendor"], TargetKind::Link),
    target("purchase_price", "Purchase price", &["unit price", "cost", "Einkaufspreis"], TargetKind::Decimal),
    target("sales_price", "Sales price", &["list price", "Verkaufspreis"], TargetKind::Decimal),
    target("reorder_point", "Reorder point", &["reorder level", "minimum stock", "Meldebestand"], TargetKind::Decimal),
    target("barcode", "Barcode", &["ean", "gtin"], TargetKind::Text),
    target("tracked", "Stock is kept", &[], TargetKind::Bool),
    target("note", "Note", &[], TargetKind::Text),
];

const CATEGORY: [Target<'static>; 4] = [
    target("code", "Code", &[], TargetKind::Text),
    NAME,
    target("description", "Description", &[], TargetKind::Text),
    target("parent_id", "Part of", &["parent category"], TargetKind::Link),
];

fn load(file: &str) -> Result<Sheet, Vec<RowError>> {
    let bytes = std::fs::read(format!("tests/data/northwind/{file}")).unwrap();
    read(&bytes, Limits::default())
}

/// The guess as `column=field`, `column=-` for an ignored one, in the file's order.
fn guessed(sheet: &Sheet, collection: &str, targets: &[Target<'_>]) -> String {
    let mapping = Mapping::guess(sheet, collection, targets);
    assert_eq!(mapping.missing(targets), Vec::<&str>::new());
    let pairs = mapping.columns.iter().map(|c| format!("{}={}", c.column, c.field.as_deref().unwrap_or("-")));
    pairs.collect::<Vec<_>>().join(" ")
}

#[test]
fn suppliers() {
    let sheet = load("suppliers.csv").unwrap();
    assert_eq!(sheet.rows.len(), 29);
    assert_eq!(
        guessed(&sheet, "suppliers", &PARTNER),
        "supplierID=code companyName=name contactName=contact_name contactTitle=contact_title address=street city=city \
         region=region postalCode=postal_code country=country phone=phone fax=fax homePage=website"
    );
}

#[test]
fn customers() {
    let sheet = load("customers.csv").unwrap();
    assert_eq!(sheet.rows.len(), 91);
    assert_eq!(
        guessed(&sheet, "customers", &PARTNER),
        "customerID=code companyName=name contactName=contact_name contactTitle=contact_title address=street city=city \
         region=region postalCode=postal_code country=country phone=phone fax=fax"
    );
}

#[test]
fn products() {
    let sheet = load("products.csv").unwrap();
    assert_eq!(sheet.rows.len(), 77);
    assert_eq!(
        guessed(&sheet, "products", &PRODUCT),
        "productID=code productName=name supplierID=supplier_id categoryID=category_id quantityPerUnit=description \
         unitPrice=purchase_price unitsInStock=- unitsOnOrder=- reorderLevel=reorder_point discontinued=-"
    );
}

#[test]
fn categories() {
    let sheet = load("categories.csv").unwrap();
    assert_eq!(sheet.rows.len(), 8);
    for collection in ["categories", "product-categories"] {
        assert_eq!(
            guessed(&sheet, collection, &CATEGORY),
            "categoryID=code categoryName=name description=description picture=-"
        );
    }
}

#[test]
fn shippers_without_contact_fields_take_nothing_that_is_not_theirs() {
    let sheet = load("shippers.csv").unwrap();
    assert_eq!(guessed(&sheet, "shippers", &PARTNER), "shipperID=code companyName=name phone=phone");
    let sheet = load("suppliers.csv").unwrap();
    let few = [PARTNER[0], PARTNER[1], PARTNER[5]];
    let guess = guessed(&sheet, "suppliers", &few);
    assert!(guess.starts_with("supplierID=code companyName=name contactName=- contactTitle=- address=-"), "{guess}");
}

#[test]
fn the_rest_is_read_whole() {
    for (file, rows) in [("employees.csv", 9), ("orders.csv", 830), ("order-details.csv", 2_155)] {
        assert_eq!(load(file).unwrap().rows.len(), rows, "{file}");
    }
    let employees = load("employees.csv").unwrap();
    let address = employees.column("address").unwrap();
    assert_eq!(employees.rows.first().unwrap().get(address), Some("507 - 20th Ave. E.\\nApt. 2A"));
    assert_eq!(employees.rows[1].get(employees.column("reportsTo").unwrap()), None);
}

#[test]
fn the_ragged_file_is_refused_naming_its_nine_rows() {
    let errors = load("broken/suppliers-ragged.csv").unwrap_err();
    assert!(errors.iter().all(|error| error.code == code::RAGGED_ROW));
    let rows: Vec<u32> = errors.iter().map(|error| error.row).collect();
    assert_eq!(rows, [7, 8, 14, 18, 20, 24, 26, 27, 28]);
    assert!(errors.iter().all(|error| error.line == error.row + 1));
}
