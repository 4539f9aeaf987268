use kontor_transfer::{ImportState, ImportStatus};

use crate::world::{Firm, World, came_to, errors};

fn guess(status: &ImportStatus) -> String {
    let pairs = status.columns.iter().map(|c| format!("{}={}", c.column, c.field.as_deref().unwrap_or("-")));
    pairs.collect::<Vec<_>>().join(" ")
}

async fn import_all(firm: &Firm<'_>) -> [ImportStatus; 4] {
    [
        firm.import_file("suppliers", "suppliers.csv").await,
        firm.import_file("product-categories", "categories.csv").await,
        firm.import_file("products", "products.csv").await,
        firm.import_file("customers", "customers.csv").await,
    ]
}

#[tokio::test]
async fn the_northwind_files_come_in_whole_with_their_links() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let statuses = import_all(&firm).await;
    for (status, rows) in statuses.iter().zip([29, 8, 77, 91]) {
        assert_eq!(errors(status), Vec::<String>::new());
        assert_eq!(came_to(status), (ImportState::Done, rows, 0, 0), "{}", status.summary.entity);
        assert_eq!((status.summary.rows, status.summary.processed), (rows, rows));
    }
    let unlinked =
        "select count(*) from products where tenant_id = {} and (supplier_id is null or category_id is null)";
    assert_eq!(firm.count(unlinked).await, 0);
    let chai = firm
        .rows(
            "select p.name, s.name, c.name, p.purchase_price::text, p.packaging, u.code, p.tracked::text
             from products p join partners s on s.tenant_id = p.tenant_id and s.id = p.supplier_id
             join product_categories c on c.tenant_id = p.tenant_id and c.id = p.category_id
             join units u on u.tenant_id = p.tenant_id and u.id = p.unit_id
             where p.tenant_id = {} and p.code = '3'",
        )
        .await;
    let expected = ["Aniseed Syrup", "Exotic Liquids", "Condiments", "10.00", "12 - 550 ml bottles", "unit", "true"];
    assert_eq!(chai[0].iter().flatten().collect::<Vec<_>>(), expected);
    let countries = "select distinct country from partners where tenant_id = {} and name in ('Exotic Liquids', 'Tokyo Traders') order by 1";
    assert_eq!(firm.rows(countries).await, [[Some("GB".to_owned())], [Some("JP".to_owned())]]);
}

#[tokio::test]
async fn every_column_of_the_northwind_files_is_guessed() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let [suppliers, categories, products, customers] = import_all(&firm).await;
    assert_eq!(
        guess(&suppliers),
        "supplierID=code companyName=name contactName=contact_name contactTitle=contact_title address=street city=city \
         region=region postalCode=postal_code country=country phone=phone fax=fax homePage=website"
    );
    assert_eq!(
        guess(&customers),
        "customerID=code companyName=name contactName=contact_name contactTitle=contact_title address=street city=city \
         region=region postalCode=postal_code country=country phone=phone fax=fax"
    );
    assert_eq!(guess(&categories), "categoryID=code categoryName=name description=description picture=-");
    assert_eq!(
        guess(&products),
        "productID=code productName=name supplierID=supplier_id categoryID=category_id quantityPerUnit=packaging \
         unitPrice=purchase_price unitsInStock=- unitsOnOrder=- reorderLevel=reorder_point discontinued=-"
    );
}

#[tokio::test]
async fn a_second_import_changes_nothing_and_says_so() {
    let world = World::new().await;
    let firm = world.northwind().await;
    import_all(&firm).await;
    let traces = firm.traces().await;
    for (status, rows) in import_all(&firm).await.iter().zip([29, 8, 77, 91]) {
        assert_eq!(came_to(status), (ImportState::Done, 0, 0, rows), "{}", status.summary.entity);
    }
    assert_eq!(firm.traces().await, traces);
    assert_eq!(firm.count("select max(version) from products where tenant_id = {}").await, 1);
}

#[tokio::test]
async fn an_import_leaves_audit_events_and_meters_for_each_row() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let (audit, events, writes) = firm.traces().await;
    firm.import_file("suppliers", "suppliers.csv").await;
    assert_eq!(firm.traces().await, (audit + 29, events + 29, writes + 29));
    let via = "select count(*) from audit_log where tenant_id = {} and via = 'import' and action = 'created' and entity = 'suppliers'";
    assert_eq!(firm.count(via).await, 29);
}

#[tokio::test]
async fn a_dry_run_tells_what_would_happen_and_writes_nothing() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let traces = firm.traces().await;
    let status = firm.check("suppliers", crate::world::northwind("suppliers.csv")).await;
    assert_eq!(came_to(&status), (ImportState::Checked, 29, 0, 0));
    assert_eq!(firm.count("select count(*) from partners where tenant_id = {}").await, 0);
    assert_eq!(firm.traces().await, traces);
    let done = world.imports.again(&firm.call, status.summary.id, None, false).await.unwrap();
    assert_eq!(came_to(&done), (ImportState::Done, 29, 0, 0));
    assert_eq!(done.summary.file_name, "suppliers.csv");
}
