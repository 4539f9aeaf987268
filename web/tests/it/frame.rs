//! What holds for every page.

use crate::house::House;

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
                   font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
                   base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

#[tokio::test]
async fn every_page_has_its_security_headers() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    let pages = [
        "/",
        "/purchasing/orders",
        "/purchasing/orders/new",
        "/purchasing/suppliers",
        "/purchasing/suppliers/new",
        "/purchasing/receipts",
        "/sales/customers",
        "/sales/contacts",
        "/inventory/products",
        "/inventory/products/new",
        "/inventory/categories",
        "/inventory/units",
        "/inventory/warehouses",
        "/inventory/locations",
        "/inventory/stock",
        "/inventory/moves",
        "/accounting/entries",
        "/accounting/accounts",
        "/accounting/taxes",
        "/accounting/journals",
        "/accounting/trial-balance",
        "/import",
        "/lookup/suppliers?q=",
        "/search?q=chai",
    ];
    for url in pages {
        let screen = nancy.get(url).await;
        screen.expect(200, &[]);
        assert_eq!(screen.header("content-security-policy"), CSP, "{url}");
        assert_eq!(screen.header("x-content-type-options"), "nosniff", "{url}");
        assert_eq!(screen.header("referrer-policy"), "same-origin", "{url}");
        assert_eq!(screen.header("cross-origin-opener-policy"), "same-origin", "{url}");
    }
    for (screen, status) in [
        (nancy.get("/nowhere").await, 404),
        (nancy.get("/purchasing/suppliers/not-an-id").await, 404),
        (house.stranger().get("/purchasing/suppliers").await, 303),
        (nancy.post_bare("/purchasing/suppliers", &[("name", "Exotic Liquids")]).await, 403),
    ] {
        screen.expect(status, &[]);
        assert_eq!(screen.header("content-security-policy"), CSP);
    }
}

#[tokio::test]
async fn an_unknown_address_is_answered_inside_the_app() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    nancy.get("/nowhere/at/all").await.expect(404, &["This page does not exist", "id=\"side\"", "id=\"page\""]);
    house.stranger().get("/nowhere").await.expect(404, &["This page does not exist"]);
    let api = nancy.get("/api/v1/nowhere").await;
    api.expect(404, &["not_found"]);
    assert_eq!(api.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn a_stranger_is_sent_to_the_log_in_and_back() {
    let house = House::new().await;
    let screen = house.stranger().get("/purchasing/suppliers?q=chai").await;
    screen.expect(303, &[]);
    assert_eq!(screen.location, "/log-in?next=%2Fpurchasing%2Fsuppliers%3Fq%3Dchai");
    let part = house.stranger().part("/purchasing/suppliers", "list").await;
    part.expect(401, &[]);
    assert_eq!(part.header("hx-redirect"), "/log-in?next=%2Fpurchasing%2Fsuppliers");
}

#[tokio::test]
async fn a_form_without_its_token_is_refused() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    nancy.post_bare("/purchasing/suppliers", &[("name", "Exotic Liquids")]).await.expect(403, &["reload it"]);
    assert_eq!(house.db.count("select count(*) from partners").await, 0);
}

#[tokio::test]
async fn the_navigation_offers_what_the_roles_allow() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    let owner = nancy.get("/purchasing/suppliers").await;
    owner.expect(200, &["/purchasing/suppliers/new", "/import?entity=suppliers", "New purchase order"]);
    let viewer = nancy.viewer().get("/purchasing/suppliers").await;
    viewer.expect(200, &["/accounting/trial-balance"]);
    for hidden in ["/purchasing/suppliers/new", "/import", "id=\"bulk\""] {
        assert!(!viewer.shows(hidden), "{hidden}");
    }
    nancy.viewer().get("/purchasing/suppliers/new").await.expect(403, &["You may not do this"]);
    nancy.viewer().post("/purchasing/suppliers", &[("name", "Mine")]).await.expect(403, &[]);
}

#[tokio::test]
async fn the_first_steps_can_be_put_away() {
    let house = House::new().await;
    let nancy = house.company("northwind").await;
    nancy.get("/").await.expect(200, &["Good morning, Nancy", "Import your suppliers", "0 of 5"]);
    let answer = nancy.post("/onboarding/dismiss", &[]).await;
    let cookie = answer.set_cookie[0].split(';').next().unwrap().to_owned();
    assert!(!nancy.with_cookie(&cookie).get("/").await.shows("Import your suppliers"));
}

#[tokio::test]
async fn files_of_the_browser_are_served_to_anybody() {
    let house = House::new().await;
    house.stranger().get("/favicon.svg").await.expect(200, &["<svg"]);
    house.stranger().get("/assets/manifest.json").await.expect(404, &[]);
    house.stranger().get("/assets/nothing-here.js").await.expect(404, &[]);
}
