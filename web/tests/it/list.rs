//! Lists of any entity.

use crate::house::{Browser, House};

async fn suppliers(nancy: &Browser, names: &[&str]) {
    for name in names {
        nancy.post("/purchasing/suppliers", &[("name", name), ("country", "GB")]).await.expect(303, &[]);
    }
}

#[tokio::test]
async fn a_list_shows_searches_and_sorts() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    nancy.get("/purchasing/suppliers").await.expect(200, &["No suppliers yet"]);
    suppliers(&nancy, &["Exotic Liquids", "Tokyo Traders", "Pavlova, Ltd."]).await;
    let all = nancy.get("/purchasing/suppliers?sort=-name").await;
    all.expect(200, &["S-00001", "Vereinigtes Königreich", "<strong>1–3</strong> of 3", "aria-sort=\"descending\""]);
    assert!(all.text.find("Tokyo Traders").unwrap() < all.text.find("Exotic Liquids").unwrap());
    let found = nancy.part("/purchasing/suppliers?q=tokyo", "list").await;
    found.expect(200, &["Tokyo Traders", "value=\"tokyo\""]);
    assert!(found.text.trim_start().starts_with("<section"), "only the list's part");
    assert!(!found.shows("Pavlova"));
    nancy.get("/purchasing/suppliers?q=zzz").await.expect(200, &["No suppliers match these filters", "Clear filters"]);
    nancy.get("/purchasing/suppliers?filter[nothing]=1").await.expect(422, &[]);
}

#[tokio::test]
async fn pages_go_forward_and_back() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    let names: Vec<String> = (0..120).map(|number| format!("Supplier {number:03}")).collect();
    suppliers(&nancy, &names.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let link = |screen: &crate::screen::Screen, rel: &str| {
        let tag = screen.text.split('<').find(|tag| tag.contains(&format!("rel=\"{rel}\""))).unwrap().to_owned();
        tag.split_once("href=\"").unwrap().1.split_once('"').unwrap().0.replace("&amp;", "&")
    };
    let first = nancy.get("/purchasing/suppliers?sort=name").await;
    first.expect(200, &["<strong>1–50</strong> of 120", "Supplier 049"]);
    let second = nancy.get(&link(&first, "next")).await;
    second.expect(200, &["<strong>51–100</strong> of 120", "Supplier 050", "Supplier 099"]);
    let third = nancy.get(&link(&second, "next")).await;
    third.expect(200, &["<strong>101–120</strong> of 120", "Supplier 119"]);
    assert!(!third.shows("rel=\"next\""));
    let back = nancy.get(&link(&third, "prev")).await;
    back.expect(200, &["<strong>51–100</strong> of 120", "Supplier 050", "Supplier 099", "rel=\"next\""]);
    assert!(!back.shows("Supplier 100") && !back.shows("Supplier 049"));
    nancy.get(&link(&back, "prev")).await.expect(200, &["<strong>1–50</strong> of 120", "Supplier 000"]);
}

#[tokio::test]
async fn chosen_records_are_archived_together_and_restored() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    suppliers(&nancy, &["Exotic Liquids", "Tokyo Traders", "Pavlova, Ltd."]).await;
    let ids = nancy.get("/purchasing/suppliers").await.inputs("id");
    let fields = [("all", "false"), ("id", ids[0].as_str()), ("id", ids[1].as_str())];
    let after = nancy.post_and_follow("/purchasing/suppliers/bulk", &fields).await;
    after.expect(200, &["2 suppliers archived", "of 1"]);
    nancy.get("/purchasing/suppliers?archived=true").await.expect(200, &["of 2", "Restore"]);
    let fields = [("all", "true"), ("archived", "true")];
    nancy.post_and_follow("/purchasing/suppliers/bulk", &fields).await.expect(200, &["2 suppliers restored"]);
    nancy.get("/purchasing/suppliers").await.expect(200, &["of 3"]);
    nancy.post("/purchasing/suppliers/bulk", &[("all", "false")]).await.expect(303, &[]);
}

#[tokio::test]
async fn a_view_is_a_file_too() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    suppliers(&nancy, &["Exotic Liquids", "Tokyo Traders"]).await;
    let file = nancy.get("/purchasing/suppliers/export?format=csv&q=tokyo").await;
    file.expect(200, &["Tokyo Traders"]);
    assert!(!file.shows("Exotic"));
    assert!(file.header("content-disposition").contains("suppliers-2026-11-20.csv"));
    nancy.get("/purchasing/suppliers/export?format=pdf").await.expect(422, &[]);
}

#[tokio::test]
async fn a_list_offers_the_import_to_whom_may_create_on_a_phone_too() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    for (list, entity) in [("/purchasing/suppliers", "suppliers"), ("/accounting/accounts", "accounts")] {
        let (page, link) = (nancy.get(list).await, format!("/import?entity={entity}"));
        let menu = page.text.split("id=\"m-list\"").nth(1).unwrap().split("</div>").next().unwrap().to_owned();
        assert!(menu.contains(&link) && menu.contains("Export as CSV") && menu.contains("/new\""), "{menu}");
        assert!(page.text.matches(&link).count() > 1, "{list} has a button beside the phone's menu");
        let viewer = nancy.viewer().get(list).await;
        assert!(viewer.shows("Export as CSV") && !viewer.shows(&link));
    }
    let empty = nancy.get("/purchasing/suppliers").await;
    let offered = empty.text.split("class=\"empty\"").nth(1).unwrap();
    assert!(offered.contains("/import?entity=suppliers") && offered.contains("/purchasing/suppliers/new"));
    assert!(!nancy.get("/accounting/entries").await.shows("/import?entity="), "entries are only posted");
}

#[tokio::test]
async fn the_import_begins_with_what_companies_bring() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    let page = nancy.get("/import").await;
    let offered: Vec<&str> = page.text.split("<option value=\"").skip(1).filter_map(|o| o.split('"').next()).collect();
    assert_eq!(offered[..5], ["suppliers", "product-categories", "products", "customers", "contacts"]);
    assert!(offered.contains(&"accounts") && !offered.contains(&"roles"));
    let chosen = |page: &str| {
        let option = page.split("<option value=\"").skip(1).find(|option| option.contains(" selected>"));
        option.and_then(|option| option.split('"').next()).map(str::to_owned)
    };
    assert_eq!(chosen(&page.text), None, "the first stands there by itself");
    let page = nancy.get("/import?entity=customers").await;
    assert_eq!(chosen(&page.text).as_deref(), Some("customers"));
}

#[tokio::test]
async fn hidden_columns_stay_hidden() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    suppliers(&nancy, &["Exotic Liquids"]).await;
    let page = nancy.with_cookie("columns-suppliers=city.country").get("/purchasing/suppliers").await;
    page.expect(200, &["c-city col-hidden", "c-country col-hidden"]);
    assert!(!page.shows("c-name col-hidden"));
}

#[tokio::test]
async fn another_companys_records_are_in_no_list() {
    let house = House::new().await;
    let (nancy, other) = (house.company("northwind").await, house.company("southridge").await);
    suppliers(&other, &["Southridge's own"]).await;
    assert!(!nancy.get("/purchasing/suppliers").await.shows("Southridge"));
    assert!(!nancy.get("/lookup/suppliers?q=South").await.shows("Southridge"));
    other.get("/lookup/suppliers?q=south").await.expect(200, &["Southridge's own"]);
}
