use kontor_transfer::{ImportState, NewImport};

use crate::world::{World, came_to, errors, mapping, new, northwind};

#[tokio::test]
async fn the_ragged_file_is_refused_naming_its_nine_rows() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let status = firm.import_file("suppliers", "broken/suppliers-ragged.csv").await;
    assert_eq!(came_to(&status), (ImportState::Rejected, 0, 0, 0));
    let rows: Vec<u32> = status.errors.iter().map(|error| error.row).collect();
    assert_eq!(rows, [7, 8, 14, 18, 20, 24, 26, 27, 28]);
    assert!(status.errors.iter().all(|error| error.code == "ragged_row"));
    assert_eq!(firm.count("select count(*) from partners where tenant_id = {}").await, 0);
    let read = world.imports.status(&firm.call, status.summary.id).await.unwrap();
    assert_eq!(read, status);
}

#[tokio::test]
async fn nul_bytes_and_doubled_codes_are_refused_by_row() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let nul = firm.import("suppliers", "code,name\n1,Good\n2,B\0d\n").await;
    assert_eq!(errors(&nul), ["2 name nul_byte"]);
    let doubled = firm.import("suppliers", "code,name\nA,One\nB,Two\nA,Three\n").await;
    assert_eq!(came_to(&doubled).0, ImportState::Rejected);
    assert_eq!(errors(&doubled), ["1 code duplicate_in_file", "3 code duplicate_in_file"]);
    assert_eq!(doubled.errors[0].message, "stands in row 3 too");
    let named = firm.import("suppliers", "code,name\nA,One\n,One\n").await;
    assert_eq!(errors(&named), ["1 name duplicate_in_file", "2 name duplicate_in_file"]);
    assert_eq!(firm.count("select count(*) from partners where tenant_id = {}").await, 0);
}

#[tokio::test]
async fn every_row_is_judged_and_nothing_half_written_stays() {
    let world = World::new().await;
    let firm = world.northwind().await;
    firm.import("products", "code,name,barcode\nP1,Pen,111\n").await;
    let file = "code,name,email,country,payment_days\n\
                S1,Good,a@example.com,UK,14\n\
                S2,,b@example.com,Germany,14\n\
                S3,Mail,nobody,Atlantis,14\n\
                S4,Days,,USA,-1\n";
    let status = firm.import("suppliers", file).await;
    assert_eq!(
        errors(&status),
        ["2 name required", "3 email wrong_type", "3 country not_allowed", "4 payment_days too_small"]
    );
    assert_eq!(firm.count("select count(*) from partners where tenant_id = {}").await, 0);
    // Refused by the database itself: the rows around it are judged all the same.
    let file = "code,name,barcode,supplier\nP2,Ink,222,\nP3,Cap,111,\nP4,Nib,333,nobody\nP5,Jar,222,\n";
    let status = firm.check("products", file).await;
    assert_eq!(errors(&status), ["2 barcode duplicate", "3 supplier_id unknown_link", "4 barcode duplicate"]);
    assert_eq!(firm.count("select count(*) from products where tenant_id = {}").await, 1);
}

#[tokio::test]
async fn a_thousand_errors_are_listed_and_the_rest_counted() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let mut file = "code,name,country\n".to_owned();
    (1..=1_000).for_each(|row| file.push_str(&format!("{row},,Atlantis\n")));
    let status = firm.import("suppliers", file).await;
    assert_eq!((status.errors.len(), status.errors[999].row), (1_000, 500));
    assert_eq!(status.notices[0].message, "The first 1000 of 2000 errors are shown.");
}

#[tokio::test]
async fn a_mapping_that_names_nothing_is_a_violation() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let wrong = mapping(&[("supplierID", "code"), ("nothing", "name"), ("city", "town"), ("country", "code")]);
    let new = NewImport { mapping: wrong, ..new("suppliers", northwind("suppliers.csv")) };
    let error = world.imports.start(&firm.call, new).await.unwrap_err();
    let told: Vec<_> = error.violations().iter().map(|v| format!("{} {}", v.field, v.code)).collect();
    assert_eq!(
        told,
        ["mapping[nothing] unknown_column", "mapping[city] unknown_field", "mapping[country] duplicate_field"]
    );
    let unknown = world.imports.start(&firm.call, crate::world::new("journal-entries", "a\n1\n")).await.unwrap_err();
    assert_eq!(unknown.violations()[0].field, "entity");
    assert_eq!(firm.count("select count(*) from imports where tenant_id = {}").await, 0);
}

#[tokio::test]
async fn another_companys_records_are_unknown() {
    let world = World::new().await;
    let (northwind, other) = (world.northwind().await, world.northwind().await);
    let done = northwind.import_file("suppliers", "suppliers.csv").await;
    let status = other.import("products", "name,supplier\nChai,1\nChang,Exotic Liquids\n").await;
    assert_eq!(errors(&status), ["1 supplier_id unknown_link", "2 supplier_id unknown_link"]);
    let status = other.import_file("suppliers", "suppliers.csv").await;
    assert_eq!(came_to(&status), (ImportState::Done, 29, 0, 0));
    let error = world.imports.status(&other.call, done.summary.id).await.unwrap_err();
    assert_eq!(error.code(), "not_found");
    let listed = world.imports.list(&other.call, 50, None).await.unwrap();
    assert_eq!(listed.data.len(), 2);
}

#[tokio::test]
async fn rights_decide_what_may_be_imported_changed_and_seen() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let done = firm.import("suppliers", "code,name\n1,Exotic\n").await;
    let reader = firm.colleague(&["*.read"]);
    let error = world.imports.start(&reader.call, new("suppliers", "code,name\n2,New\n")).await.unwrap_err();
    assert_eq!(error.code(), "forbidden");
    assert_eq!(world.imports.list(&reader.call, 50, None).await.unwrap_err().code(), "forbidden");
    let buyer = firm.colleague(&["partners.supplier.create"]);
    let status = buyer.import("suppliers", "code,name\n1,Exotic Liquids\n2,New\n").await;
    assert_eq!(errors(&status), ["1 code forbidden"]);
    let status = buyer.import("suppliers", "code,name\n1,Exotic\n2,New\n").await;
    assert_eq!(came_to(&status), (ImportState::Done, 1, 0, 1));
    let stranger = firm.colleague(&["catalog.product.create"]);
    let error = world.imports.status(&stranger.call, done.summary.id).await.unwrap_err();
    assert_eq!(error.code(), "not_found");
}
