use kontor_transfer::{ImportState, NewImport};

use crate::world::{World, came_to, errors, mapping, new};

#[tokio::test]
async fn rows_match_by_code_else_by_name_and_change_only_what_is_mapped() {
    let world = World::new().await;
    let firm = world.northwind().await;
    firm.import("suppliers", "code,name,city,phone,payment_days\nA,Alpha,Bonn,111,10\nB,Beta,Köln,222,20\n").await;
    let status =
        firm.import("suppliers", "code;name;city;payment_days\nA;Alpha Ltd;;\n;Beta;Köln;20\nC;Gamma;Ulm;\n").await;
    assert_eq!(errors(&status), Vec::<String>::new());
    assert_eq!(came_to(&status), (ImportState::Done, 1, 1, 1));
    let rows = "select code, name, city, phone, payment_days::text, version::text from partners where tenant_id = {} order by code";
    let text = |fields: [&str; 6]| fields.map(|field| (!field.is_empty()).then(|| field.to_owned())).to_vec();
    assert_eq!(
        firm.rows(rows).await,
        [
            text(["A", "Alpha Ltd", "", "111", "10", "2"]),
            text(["B", "Beta", "Köln", "222", "20", "1"]),
            text(["C", "Gamma", "Ulm", "", "30", "1"]),
        ]
    );
}

#[tokio::test]
async fn a_price_list_needs_no_more_than_codes_and_prices() {
    let world = World::new().await;
    let firm = world.northwind().await;
    firm.import("products", "code,name,purchase_price\nP1,Pen,1.00\nP2,Ink,2.00\n").await;
    let status = firm.import("products", "sku;Einkaufspreis\nP1;1.234,50 €\nP2;2,00\n").await;
    assert_eq!(came_to(&status), (ImportState::Done, 0, 1, 1));
    let price = "select purchase_price::text from products where tenant_id = {} and code = 'P1'";
    assert_eq!(firm.rows(price).await, [[Some("1234.50".to_owned())]]);
    let status = firm.import("products", "sku;Einkaufspreis\nP9;3,00\n").await;
    assert_eq!(errors(&status), ["1 name required"]);
}

#[tokio::test]
async fn a_given_mapping_replaces_the_guess() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let pairs = mapping(&[("short", "code"), ("name", "contact_name"), ("firm", "name")]);
    let file = "short,name,firm,city\nX,Nancy,Exotic,London\n";
    let status = firm.start(NewImport { mapping: pairs, ..new("suppliers", file) }).await;
    assert_eq!(came_to(&status), (ImportState::Done, 1, 0, 0));
    let row = "select code, contact_name, name, city from partners where tenant_id = {}";
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(firm.rows(row).await, [[some("X"), some("Nancy"), some("Exotic"), None]]);
}

#[tokio::test]
async fn links_take_a_code_or_a_name_and_refuse_two_that_fit() {
    let world = World::new().await;
    let firm = world.northwind().await;
    firm.import("suppliers", "code,name\n1,Exotic Liquids\n2,Twin\n3,Twin\n").await;
    let status = firm.import("products", "name,supplier\nChai,1\nChang,exotic LIQUIDS\n").await;
    assert_eq!(came_to(&status), (ImportState::Done, 2, 0, 0));
    let status = firm.import("products", "name,supplier\nSyrup,Twin\nJam,Nobody\n").await;
    assert_eq!(errors(&status), ["1 supplier_id ambiguous_link", "2 supplier_id unknown_link"]);
    firm.run("update partners set archived_at = now() where tenant_id = {} and code = '3'").await;
    let status = firm.import("products", "name,supplier\nSyrup,Twin\nJam,3\n").await;
    assert_eq!(errors(&status), ["2 supplier_id archived_link"]);
}

#[tokio::test]
async fn a_category_may_be_part_of_one_in_a_row_above() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let file = "code,name,parent\nF,Food,\nD,Drinks,Food\nT,Tea,D\n";
    for (created, unchanged) in [(3, 0), (0, 3)] {
        let status = firm.import("product-categories", file).await;
        assert_eq!(errors(&status), Vec::<String>::new());
        assert_eq!(came_to(&status), (ImportState::Done, created, 0, unchanged));
    }
    let status = firm.import("product-categories", "code,name,parent\nX,Leaf,Y\nY,Tree,\nZ,Bad,W\nZ2,Worse,Z\n").await;
    assert_eq!(errors(&status), ["1 parent_id unknown_link", "3 parent_id unknown_link"]);
    assert!(status.errors[0].message.contains("further down"), "{}", status.errors[0].message);
}

#[tokio::test]
async fn two_of_one_name_are_not_guessed_between_and_the_archived_stay() {
    let world = World::new().await;
    let firm = world.northwind().await;
    firm.import("suppliers", "code,name,city\n1,Twin,Bonn\n2,Twin,Ulm\n3,Old,Kiel\n").await;
    let status = firm.import("suppliers", "name,city\nTwin,Köln\n").await;
    assert_eq!(errors(&status), ["1 name ambiguous_record"]);
    firm.run("update partners set archived_at = now() where tenant_id = {} and code = '3'").await;
    let status = firm.import("suppliers", "code,name,city\n3,Old,Rostock\n").await;
    assert_eq!(errors(&status), ["1 code archived"]);
    let status = firm.import("suppliers", "code,name,city\n3,Old,Kiel\n").await;
    assert_eq!(came_to(&status), (ImportState::Done, 0, 0, 1));
}

#[tokio::test]
async fn numbers_that_imported_records_have_are_passed_over() {
    let world = World::new().await;
    let firm = world.northwind().await;
    firm.import("suppliers", "code,name\nS-00001,One\nS-00002,Two\n").await;
    let traces = firm.traces().await;
    let status = firm.import("suppliers", "name\nThree\nFour\n").await;
    assert_eq!(came_to(&status), (ImportState::Done, 2, 0, 0));
    let codes = "select code from partners where tenant_id = {} and name in ('Three', 'Four') order by code";
    assert_eq!(firm.rows(codes).await, [[Some("S-00003".to_owned())], [Some("S-00004".to_owned())]]);
    assert_eq!(firm.traces().await, (traces.0 + 2, traces.1 + 2, traces.2 + 2));
}

#[tokio::test]
async fn text_that_looks_like_a_formula_is_kept_as_it_is() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let status = firm.import("suppliers", "code,name,phone\n1,=1+1,+49 30 1234\n2,@home,-\n").await;
    assert_eq!(came_to(&status), (ImportState::Done, 2, 0, 0));
    let rows = firm.rows("select name, phone from partners where tenant_id = {} order by code").await;
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(rows, [[some("=1+1"), some("+49 30 1234")], [some("@home"), some("-")]]);
}

#[tokio::test]
async fn one_key_is_one_import() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let mut call = firm.call.clone();
    call.idempotency = Some(("key".to_owned(), b"with another boundary each time".to_vec()));
    let first = world.imports.start(&call, new("suppliers", "code,name\n1,One\n")).await.unwrap();
    call.idempotency = Some(("key".to_owned(), b"another boundary".to_vec()));
    let second = world.imports.start(&call, new("suppliers", "code,name\n1,One\n")).await.unwrap();
    assert_eq!(first, second);
    let error = world.imports.start(&call, new("suppliers", "code,name\n1,Two\n")).await.unwrap_err();
    assert_eq!(error.code(), "idempotency_key_reused");
    assert_eq!(firm.count("select count(*) from imports where tenant_id = {}").await, 1);
}

#[tokio::test]
async fn a_preview_shows_the_guess_and_what_is_wrong_already() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let file = b"Lieferant;PLZ;Land\nM\xfcller;01234;Germany\nMeier;80331;Atlantis\n".to_vec();
    let preview = world.imports.preview(&firm.call, "suppliers", file, None).await.unwrap();
    let guess: Vec<_> = preview.columns.iter().map(|c| c.field.as_deref().unwrap_or("-")).collect();
    assert_eq!(guess, ["name", "postal_code", "country"]);
    assert_eq!(preview.columns[0].samples, ["Müller", "Meier"]);
    assert_eq!(preview.notices[0].code, "read_as_windows_1252");
    assert_eq!((preview.rows, preview.errors.len(), preview.errors[0].row), (2, 1, 2));
    assert!(preview.fields.iter().any(|field| field.name == "name" && field.required));
    assert_eq!(firm.count("select count(*) from imports where tenant_id = {}").await, 0);
}
