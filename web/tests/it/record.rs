//! Forms and pages of single records.

use crate::house::House;

#[tokio::test]
async fn a_supplier_is_created_from_its_form() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    nancy
        .get("/purchasing/suppliers/new")
        .await
        .expect(200, &["New supplier", "Create supplier", "Vereinigtes Königreich"]);
    let fields = [("name", "Exotic Liquids"), ("code", ""), ("country", "GB"), ("payment_days", "14"), ("email", "")];
    let page = nancy.post_and_follow("/purchasing/suppliers", &fields).await;
    page.expect(200, &["Exotic Liquids", "Supplier created", "created this supplier", "Nancy Davolio", "Today, 10:00"]);
    assert_eq!(page.input("payment_days"), "14");
    assert_eq!(page.input("code"), "S-00001");
    assert_eq!(page.input("version"), "1");
}

#[tokio::test]
async fn what_is_wrong_is_said_at_every_field_and_the_input_stays() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    let fields = [("name", ""), ("email", "nobody"), ("payment_days", "soon"), ("city", "London")];
    let page = nancy.post("/purchasing/suppliers", &fields).await;
    page.expect(422, &["3 things to fix before this supplier can be saved", "#f-name", "#f-email", "#f-payment_days"]);
    page.expect(422, &["Payment days must be a whole number</a>"]);
    assert_eq!(page.input("city"), "London");
    assert_eq!(page.input("payment_days"), "soon");
    assert_eq!(page.input("email"), "nobody");
    assert_eq!(house.db.count("select count(*) from partners").await, 0);
}

#[tokio::test]
async fn a_change_is_saved_and_told() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    let id = nancy.post("/purchasing/suppliers", &[("name", "Exotic Liquids")]).await.new_id();
    let url = format!("/purchasing/suppliers/{id}");
    let fields = [("name", "Exotic Liquids Ltd."), ("city", "London"), ("payment_days", "30"), ("version", "1")];
    let page = nancy.post_and_follow(&url, &fields).await;
    page.expect(200, &["Changes saved", "changed 2 fields", "<ins>London</ins>", "<del>Exotic Liquids</del>"]);
    assert_eq!(page.input("version"), "2");
    nancy.post_and_follow(&url, &[("city", "London"), ("version", "2")]).await.expect(200, &["Nothing was changed"]);
}

#[tokio::test]
async fn who_comes_second_sees_the_difference_and_keeps_their_input() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    let id = nancy.post("/purchasing/suppliers", &[("name", "Exotic Liquids")]).await.new_id();
    let url = format!("/purchasing/suppliers/{id}");
    nancy.post(&url, &[("name", "Exotic Liquids"), ("city", "London"), ("version", "1")]).await.expect(303, &[]);
    let page = nancy.post(&url, &[("name", "Exotic"), ("city", "Leeds"), ("version", "1")]).await;
    page.expect(412, &["Nancy Davolio changed this", "<td>Leeds</td><td>London</td>", "Take theirs"]);
    assert_eq!(page.input("city"), "Leeds");
    assert_eq!(page.input("version"), "2");
    nancy.post_and_follow(&url, &[("city", "Leeds"), ("version", "2")]).await.expect(200, &["Changes saved"]);
}

#[tokio::test]
async fn an_archived_record_is_only_shown_until_it_is_restored() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    let id = nancy.post("/purchasing/suppliers", &[("name", "Exotic Liquids")]).await.new_id();
    let url = format!("/purchasing/suppliers/{id}");
    nancy.post(&format!("{url}/archive"), &[("version", "1")]).await.expect(303, &[]);
    let page = nancy.get(&url).await;
    page.expect(200, &["Archived", "/restore"]);
    assert!(!page.shows("data-save"));
    nancy.post(&url, &[("name", "Another")]).await.expect(409, &["restore it first"]);
    nancy.post_and_follow(&format!("{url}/restore"), &[]).await.expect(200, &["Supplier restored", "data-save"]);
}

#[tokio::test]
async fn another_companys_record_does_not_exist() {
    let house = House::new().await;
    let (nancy, other) = (house.company("northwind").await, house.company("southridge").await);
    let id = other.post("/purchasing/suppliers", &[("name", "Southridge's own")]).await.new_id();
    let url = format!("/purchasing/suppliers/{id}");
    nancy.get(&url).await.expect(404, &["This page does not exist"]);
    nancy.post(&url, &[("name", "Ours now")]).await.expect(404, &[]);
    nancy.post(&format!("{url}/archive"), &[]).await.expect(404, &[]);
    other.get(&url).await.expect(200, &["Southridge"]);
    let page = nancy.post("/inventory/products", &[("name", "Chai"), ("supplier_id", id.as_str())]).await;
    page.expect(422, &["#f-supplier_id"]);
    assert!(!page.shows("Southridge"));
}

#[tokio::test]
async fn a_viewer_sees_a_record_without_buttons() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    let id = nancy.post("/purchasing/suppliers", &[("name", "Exotic Liquids")]).await.new_id();
    let page = nancy.viewer().get(&format!("/purchasing/suppliers/{id}")).await;
    page.expect(200, &["Exotic Liquids"]);
    for hidden in ["data-save", "/archive", "name=\"city\""] {
        assert!(!page.shows(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn figures_are_typed_in_the_companys_way() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    // A German company: a comma before decimals.
    let fields = [("name", "Chai"), ("purchase_price", "1.234,5"), ("reorder_point", "10"), ("tracked", "true")];
    let page = nancy.post_and_follow("/inventory/products", &fields).await;
    page.expect(200, &["Product created", "On hand"]);
    assert_eq!(page.input("purchase_price"), "1.234,50");
    assert_eq!(house.db.count("select count(*) from products where purchase_price = 1234.5").await, 1);
    nancy.get("/inventory/products").await.expect(200, &["1.234,50\u{a0}€"]);
}
