use kontor_exchange::{Limits, read};
use kontor_store::ListQuery;
use kontor_transfer::{ExportFormat, ImportState, export};

use crate::world::{Firm, World, came_to, errors};

async fn exported(firm: &Firm<'_>, collection: &str, format: ExportFormat) -> Vec<u8> {
    let (feature, entity) = firm.world.registry.entity(collection).unwrap();
    let list = ListQuery::all(entity.meta);
    let response = export(&firm.world.runner, &firm.call, feature, entity, list, format).await.unwrap();
    response.into_body().into_bytes().await.unwrap().to_vec()
}

#[tokio::test]
async fn an_export_imports_again_without_a_change() {
    let world = World::new().await;
    let firm = world.northwind().await;
    firm.import_file("suppliers", "suppliers.csv").await;
    firm.import_file("product-categories", "categories.csv").await;
    firm.import_file("products", "products.csv").await;
    firm.import_file("customers", "customers.csv").await;
    firm.import(
        "suppliers",
        "code,name,note\nF,\"=HYPERLINK(\"\"x\"\")\",\"two\nlines, \"\"quoted\"\"\"\nN,NULLE,'=x\n",
    )
    .await;
    firm.import("contacts", "name,partner\nNancy,Exotic Liquids\nAndrew,Tokyo Traders\n").await;
    let traces = firm.traces().await;
    for (collection, rows) in [
        ("suppliers", 31),
        ("product-categories", 8),
        ("products", 77),
        ("customers", 91),
        ("units", 13),
        ("contacts", 2),
    ] {
        let file = exported(&firm, collection, ExportFormat::Csv).await;
        let status = firm.import(collection, &file).await;
        assert_eq!(errors(&status), Vec::<String>::new(), "{collection}");
        assert_eq!(came_to(&status), (ImportState::Done, 0, 0, rows), "{collection}");
    }
    assert_eq!(firm.traces().await, traces);
}

#[tokio::test]
async fn an_export_fills_an_empty_company_with_the_same() {
    let world = World::new().await;
    let (firm, empty) = (world.northwind().await, world.northwind().await);
    firm.import_file("suppliers", "suppliers.csv").await;
    firm.import_file("product-categories", "categories.csv").await;
    firm.import_file("products", "products.csv").await;
    for collection in ["suppliers", "product-categories", "products"] {
        empty.import(collection, exported(&firm, collection, ExportFormat::Csv).await).await;
        let copy = exported(&empty, collection, ExportFormat::Csv).await;
        assert_eq!(copy, exported(&firm, collection, ExportFormat::Csv).await, "{collection}");
    }
}

#[tokio::test]
async fn formulas_are_escaped_and_links_are_codes() {
    let world = World::new().await;
    let firm = world.northwind().await;
    firm.import("suppliers", "code,name\nEL,Exotic Liquids\n").await;
    firm.import("products", "code,name,supplier,purchase_price\nP,=1+1,EL,18\n").await;
    let text = String::from_utf8(exported(&firm, "products", ExportFormat::Csv).await).unwrap();
    assert!(text.contains("P,'=1+1,"), "{text}");
    let sheet = read(text.as_bytes(), Limits::default()).unwrap();
    let get = |column: &str| sheet.rows[0].get(sheet.column(column).unwrap());
    assert_eq!((get("supplier_id"), get("unit_id"), get("purchase_price")), (Some("EL"), Some("unit"), Some("18")));
    assert_eq!((get("name"), get("tracked")), (Some("=1+1"), Some("true")));
}

#[tokio::test]
async fn many_pages_become_one_file() {
    let world = World::new().await;
    let firm = world.northwind().await;
    firm.run(
        "insert into partners (tenant_id, id, is_supplier, code, name, created_at, updated_at)
         select {}, gen_random_uuid(), true, 'S' || n, 'Supplier', now(), now() from generate_series(1, 2345) n",
    )
    .await;
    let file = exported(&firm, "suppliers", ExportFormat::Csv).await;
    let sheet = read(&file, Limits::default()).unwrap();
    let codes: std::collections::HashSet<_> = sheet.rows.iter().filter_map(|row| row.get(0)).collect();
    assert_eq!((sheet.rows.len(), codes.len()), (2_345, 2_345));
    let workbook = exported(&firm, "suppliers", ExportFormat::Xlsx).await;
    assert_eq!(&workbook[..2], b"PK");
}
