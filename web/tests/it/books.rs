//! The settings of the books: the lock date, and what new products begin with.

use crate::server::{Jar, Server};

/// A tax by its rate.
async fn tax(server: &Server, percent: i32) -> String {
    let admin = server.db.admin().await;
    let id: uuid::Uuid =
        sqlx::query_scalar("select id from taxes where percent = $1").bind(percent).fetch_one(&admin).await.unwrap();
    id.to_string()
}

async fn set(by: &mut Jar, through: &str) -> crate::screen::Screen {
    let version = by.get("/settings/accounting").await.input("version");
    by.post("/settings/accounting/lock", &[("version", version.as_str()), ("through", through)]).await
}

#[tokio::test]
async fn the_lock_date_is_set_moved_on_and_moved_back() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    nancy.get("/settings/accounting").await.expect(200, &["Lock date", "name=\"through\"", "Set lock date"]);
    assert_eq!(set(&mut nancy, "31 Oct 2026").await.location, "/settings/accounting");
    let page = nancy.get("/settings/accounting").await;
    page.expect(200, &["The books are locked through 31 Oct 2026", "value=\"31 Oct 2026\"", "locked the books"]);
    set(&mut nancy, "21 Nov 2026").await.expect(422, &["f-through-error", "Lies after today", "value=\"21 Nov 2026\""]);
    set(&mut nancy, "soon").await.expect(422, &["must be a date"]);
    set(&mut nancy, "30 Sep 2026").await.expect(303, &[]);
    nancy.get("/settings/accounting").await.expect(200, &["locked through 30 Sep 2026", "unlocked the books"]);
    let stale = [("version", "1"), ("through", "1 Nov 2026")];
    nancy.post("/settings/accounting/lock", &stale).await.expect(412, &["This was not done"]);
    set(&mut nancy, "").await.expect(303, &[]);
    nancy.get("/settings/accounting").await.expect(200, &["Every day is open again"]);
    let trail = "select count(*) from audit_log where entity = 'accounting-settings' and via = 'web'";
    assert_eq!(server.db.count(trail).await, 3 + 1, "three moves, and the sign-up");
}

#[tokio::test]
async fn who_may_lock_may_not_always_unlock() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    nancy.get("/settings/roles/new").await.expect(200, &[]);
    let role = [
        ("name", "Bookkeeper"),
        ("code", "bookkeeper"),
        ("permissions", "accounting.*.read"),
        ("permissions", "accounting.settings.lock"),
    ];
    nancy.post("/settings/roles", &role).await.expect(303, &[]);
    let mut anne = server.colleague(&mut nancy, "anne", "bookkeeper").await;
    let page = anne.get("/settings/accounting").await;
    page.expect(200, &["Set lock date", "Only who may unlock"]);
    assert!(!page.shows("data-save>"), "she may not change the taxes");
    set(&mut anne, "31 Oct 2026").await.expect(303, &[]);
    set(&mut anne, "30 Sep 2026").await.expect(403, &["company.books.unlock"]);
    anne.get("/settings/accounting").await.expect(200, &[]);
    set(&mut anne, "").await.expect(403, &[]);
    assert_eq!(
        server.db.count("select count(*) from accounting_settings where locked_through = '2026-10-31'").await,
        1
    );

    let mut viewer = server.colleague(&mut nancy, "robert", "viewer").await;
    let page = viewer.get("/settings/accounting").await;
    page.expect(200, &["31 Oct 2026"]);
    assert!(!page.shows("Set lock date"));
    set(&mut viewer, "1 Nov 2026").await.expect(403, &[]);
    viewer.post("/settings/accounting", &[("tax_method", "per_document")]).await.expect(403, &[]);

    let mut margaret = server.colleague(&mut nancy, "margaret", "accountant").await;
    set(&mut margaret, "15 Nov 2026").await.expect(303, &[]);
    set(&mut margaret, "31 Oct 2026").await.expect(403, &["company.books.unlock"]);
    set(&mut nancy, "31 Oct 2026").await.expect(303, &[]);
}

#[tokio::test]
async fn a_new_product_s_form_begins_with_the_company_s_taxes_and_keeps_what_is_chosen() {
    let server = Server::new().await;
    let mut nancy = server.company("northwind").await;
    let (standard, reduced) = (tax(&server, 20).await, tax(&server, 5).await);
    let page = nancy.get("/inventory/products/new").await;
    let value = |tax: &str| format!("value=\"{tax}\"");
    assert_eq!(page.text.matches(&value(&standard)).count(), 2, "purchases and sales");
    page.expect(200, &["VAT 20 %"]);
    let page = nancy.get(&format!("/inventory/products/new?sales_tax_id={reduced}")).await;
    assert_eq!((page.text.matches(&value(&standard)).count(), page.text.matches(&value(&reduced)).count()), (1, 1));

    let version = nancy.get("/settings/accounting").await.input("version");
    let fields = [
        ("version", version.as_str()),
        ("tax_method", "per_document"),
        ("default_purchase_tax_id", ""),
        ("default_sales_tax_id", reduced.as_str()),
    ];
    nancy.post("/settings/accounting", &fields).await.expect(303, &[]);
    nancy.get("/settings/accounting").await.expect(200, &["Changes saved", "VAT 5 %", "changed 3 fields"]);
    let page = nancy.get("/inventory/products/new").await;
    assert_eq!((page.text.matches(&value(&standard)).count(), page.text.matches(&value(&reduced)).count()), (0, 1));
    // What is sent without a tax has none.
    nancy.post("/inventory/products", &[("name", "Chai")]).await.expect(303, &[]);
    assert_eq!(
        server.db.count("select count(*) from products where coalesce(purchase_tax_id, sales_tax_id) is null").await,
        1
    );
    let unknown = [("tax_method", "per_line"), ("default_sales_tax_id", "0197f000-0000-7000-8000-000000000000")];
    nancy.get("/settings/accounting").await.expect(200, &[]);
    nancy.post("/settings/accounting", &unknown).await.expect(422, &["f-default_sales_tax_id-error"]);
}
