//! The purchase order, from draft to goods in stock.

use crate::{
    house::{Browser, House},
    screen::Screen,
};

/// Northwind with a supplier and two products, in the browser of its owner.
struct Shop {
    house: House,
    nancy: Browser,
    supplier: String,
    chai: String,
}

impl Shop {
    async fn new() -> Self {
        let house = House::new().await;
        let nancy = house.company("northwind").await;
        let supplier = nancy.post("/purchasing/suppliers", &[("name", "Exotic Liquids")]).await.new_id();
        let chai = Self::product(&nancy, "Chai", "CHAI", "18").await;
        Self::product(&nancy, "Aniseed Syrup", "SYRUP", "10").await;
        Self { house, nancy, supplier, chai }
    }

    async fn product(nancy: &Browser, name: &str, code: &str, price: &str) -> String {
        let fields = [("name", name), ("code", code), ("purchase_price", price), ("tracked", "true")];
        let answer = nancy.post("/inventory/products", &fields).await;
        answer.expect(303, &[]);
        answer.new_id()
    }

    /// A draft of 40 Chai and 12 Aniseed Syrup, the syrup named by its text alone.
    async fn draft(&self) -> Screen {
        let fields = [
            ("supplier_id", self.supplier.as_str()),
            ("order_date", "20.11.2026"),
            ("expected_date", "27.11.2026"),
            ("note", "Dock 4"),
            ("line_id", ""),
            ("line_product_id", &self.chai),
            ("line_product", "Chai"),
            ("line_quantity", "40"),
            ("line_unit_price", "18,00"),
            ("line_discount_percent", ""),
            ("line_tax_id", ""),
            ("line_id", ""),
            ("line_product_id", ""),
            ("line_product", "aniseed syrup"),
            ("line_quantity", "12"),
            ("line_unit_price", ""),
            ("line_discount_percent", "5"),
            ("line_tax_id", ""),
        ];
        self.nancy.post_and_follow("/purchasing/orders", &fields).await
    }
}

#[tokio::test]
async fn an_order_is_drafted_confirmed_and_received_in_part() {
    let shop = Shop::new().await;
    let (nancy, draft) = (&shop.nancy, shop.draft().await);
    draft.expect(
        200,
        &["PO-00001 created as a draft", "Confirm order", "Aniseed Syrup", "720,00", "114,00", "834,00\u{a0}€"],
    );
    assert_eq!(draft.inputs("line_quantity")[..2], ["40", "12"]);
    let url = draft.location.clone();
    let confirmed = nancy.post_and_follow(&format!("{url}/confirm"), &[("version", "1")]).await;
    confirmed.expect(
        200,
        &["PO-00001 confirmed", "Receive goods", "Not received", "Not billed", "confirmed this purchase order"],
    );
    let lines = confirmed.inputs("line_id");
    let fields = [("line_id", lines[0].as_str()), ("quantity", "24"), ("line_id", lines[1].as_str()), ("quantity", "")];
    let received = nancy.post_and_follow(&format!("{url}/receipts"), &fields).await;
    received
        .expect(200, &["Goods received as GR-00001", "Partly received", "24 of 40", "received goods", "432,00\u{a0}€"]);
    nancy
        .get(&received.link("GR-00001"))
        .await
        .expect(200, &["GR-00001", "CHAI Chai", "Stock moves", "Exotic Liquids"]);
    let entry = received.text.split("/accounting/entries/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    nancy.get(&format!("/accounting/entries/{entry}")).await.expect(200, &["432,00", "Total", "GR-00001"]);
    let journal = nancy.get("/accounting/entries?sort=-amount").await;
    journal.expect(200, &["STK-2026-00001", "k-id c-number w-160", "Goods received", ">Source<", "Amount"]);
    assert_eq!(journal.link("GR-00001"), received.link("GR-00001"), "an entry leads to what it came from");
    assert!(
        journal.shows("s-value t-money r num\">432,00\u{a0}€</td>") && journal.shows("Amount <strong>432,00\u{a0}€")
    );
    let product = nancy.get(&format!("/inventory/products/{}", shop.chai)).await;
    product.expect(200, &["Stock by warehouse", "+24", "GR-00001", "432,00\u{a0}€", "18,00\u{a0}€"]);
    nancy.get("/accounting/trial-balance").await.expect(200, &["Debits equal credits", "432,00"]);
    let list = nancy.get("/purchasing/orders").await;
    list.expect(200, &["PO-00001", "46%", "Exotic Liquids", "834,00\u{a0}€", "27.11.2026"]);
    nancy.get("/").await.expect(200, &["Open commitments", "432\u{a0}€", "Exotic Liquids", "PO-00001"]);
}

/// The card of the home page with this label, in words: figure, change, comparison; and whether its course is drawn.
fn card(home: &Screen, label: &str) -> (String, bool) {
    let card = home.text.split("class=\"card kpi\"").find(|card| card.contains(&format!(">{label}<"))).unwrap();
    let card = card.split("</a>").next().unwrap();
    let words = card.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim());
    (words.skip(2).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" "), card.contains("class=\"spark\""))
}

#[tokio::test]
async fn the_home_page_compares_with_the_months_before() {
    let shop = Shop::new().await;
    let nancy = &shop.nancy;
    for label in ["Open commitments", "Spend this month", "Late deliveries", "Stock value"] {
        assert!(!card(&nancy.get("/").await, label).1, "{label} has no course yet");
    }
    // What is ordered on the 20th is spent by today, on the 25th it is not.
    for (ordered, expected, quantity) in
        [("20.10.2026", "30.10.2026", "10"), ("25.10.2026", "29.10.2026", "5"), ("10.11.2026", "25.11.2026", "15")]
    {
        let fields = [
            ("supplier_id", shop.supplier.as_str()),
            ("order_date", ordered),
            ("expected_date", expected),
            ("line_id", ""),
            ("line_product_id", &shop.chai),
            ("line_product", "Chai"),
            ("line_quantity", quantity),
            ("line_unit_price", "18,00"),
            ("line_discount_percent", ""),
            ("line_tax_id", ""),
        ];
        let url = nancy.post_and_follow("/purchasing/orders", &fields).await.location;
        nancy.post(&format!("{url}/confirm"), &[]).await.expect(303, &[]);
        if quantity == "5" {
            let line = nancy.get(&url).await.input("line_id");
            let fields = [("line_id", line.as_str()), ("quantity", "5")];
            nancy.post(&format!("{url}/receipts"), &fields).await.expect(303, &[]);
        }
    }
    let home = nancy.get("/").await;
    let said = |label| card(&home, label);
    // In October 15 were ordered and none came; since then 15 were ordered and 5 came.
    assert_eq!(said("Open commitments"), ("450\u{a0}€ 66,7\u{a0}% vs last month".to_owned(), true));
    assert_eq!(said("Spend this month"), ("270\u{a0}€ 50\u{a0}% vs 1.–20.10.".to_owned(), true));
    // Two were late when October ended; of them one has come.
    assert_eq!(said("Late deliveries"), ("1 1 vs last month".to_owned(), true));
    assert_eq!(said("Stock value"), ("90\u{a0}€ at moving average".to_owned(), true));
}

#[tokio::test]
async fn more_than_outstanding_is_refused_in_the_dialog() {
    let shop = Shop::new().await;
    let (nancy, draft) = (&shop.nancy, shop.draft().await);
    let url = draft.location.clone();
    let confirmed = nancy.post_and_follow(&format!("{url}/confirm"), &[]).await;
    let lines = confirmed.inputs("line_id");
    let fields = [("line_id", lines[0].as_str()), ("quantity", ""), ("line_id", lines[1].as_str()), ("quantity", "13")];
    let refused = nancy.post(&format!("{url}/receipts"), &fields).await;
    let said = "Quantity of Aniseed Syrup is more than is outstanding: 12</a>";
    refused.expect(422, &["data-open", said, "Is more than is outstanding: 12.</span>"]);
    assert_eq!(refused.inputs("quantity"), ["", "13"]);
    let nothing = [("line_id", lines[0].as_str()), ("quantity", "0")];
    nancy.post(&format!("{url}/receipts"), &nothing).await.expect(422, &["Enter how much arrived"]);
    assert_eq!(shop.house.db.count("select count(*) from goods_receipts").await, 0);
}

#[tokio::test]
async fn a_refused_order_keeps_what_was_typed() {
    let shop = Shop::new().await;
    let fields = [
        ("supplier_id", ""),
        ("order_date", "20.11.2026"),
        ("expected_date", "12.11.2026"),
        ("line_id", ""),
        ("line_product_id", ""),
        ("line_product", "Unobtainium"),
        ("line_quantity", "0"),
        ("line_unit_price", "1"),
        ("line_discount_percent", ""),
        ("line_tax_id", ""),
    ];
    let page = shop.nancy.post("/purchasing/orders", &fields).await;
    page.expect(422, &["#f-supplier_id", "Line 1: product", "Unobtainium", "aria-invalid"]);
    assert_eq!(page.input("line_product"), "Unobtainium");
    assert_eq!(page.input("expected_date"), "12.11.2026");
    assert_eq!(shop.house.db.count("select count(*) from purchase_orders").await, 0);
}

#[tokio::test]
async fn an_empty_order_is_not_confirmed() {
    let shop = Shop::new().await;
    let draft = shop.nancy.post_and_follow("/purchasing/orders", &[("supplier_id", &shop.supplier)]).await;
    let refused = shop.nancy.post(&format!("{}/confirm", draft.location), &[("version", "1")]).await;
    refused.expect(409, &["An order needs at least one line", "Confirm order"]);
}

#[tokio::test]
async fn a_draft_is_changed_and_a_conflict_shows_the_difference() {
    let shop = Shop::new().await;
    let (nancy, draft) = (&shop.nancy, shop.draft().await);
    let lines = draft.inputs("line_id");
    let fields = |quantity: &'static str, version: &'static str| {
        vec![
            ("supplier_id".to_owned(), shop.supplier.clone()),
            ("note".to_owned(), "Dock 5".to_owned()),
            ("line_id".to_owned(), lines[0].clone()),
            ("line_product_id".to_owned(), shop.chai.clone()),
            ("line_product".to_owned(), "Chai".to_owned()),
            ("line_quantity".to_owned(), quantity.to_owned()),
            ("line_unit_price".to_owned(), "18".to_owned()),
            ("version".to_owned(), version.to_owned()),
        ]
    };
    let send = async |quantity, version| {
        let fields = fields(quantity, version);
        let pairs: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        nancy.post(&draft.location, &pairs).await
    };
    send("30", "1").await.expect(303, &[]);
    nancy.get(&draft.location).await.expect(200, &["540,00", "Dock 5", "changed 1 field and 2 lines"]);
    let conflict = send("35", "1").await;
    conflict.expect(412, &["Nancy Davolio changed this", "35 × Chai", "30 × Chai"]);
    assert_eq!(conflict.input("version"), "2");
    send("35", "2").await.expect(303, &[]);
}

#[tokio::test]
async fn an_order_is_cancelled_and_then_closed() {
    let shop = Shop::new().await;
    let draft = shop.draft().await;
    draft.expect(200, &["Cancel PO-00001?"]);
    let cancelled = shop.nancy.post_and_follow(&format!("{}/cancel", draft.location), &[("version", "1")]).await;
    cancelled.expect(200, &["PO-00001 cancelled", "Cancelled"]);
    for gone in ["data-save", "Confirm order", "Cancel PO-00001?"] {
        assert!(!cancelled.shows(gone), "{gone}");
    }
    shop.nancy.post(&format!("{}/confirm", draft.location), &[]).await.expect(409, &[]);
    shop.nancy.get("/purchasing/orders?view=cancelled").await.expect(200, &["PO-00001"]);
    shop.nancy.get("/purchasing/orders?view=drafts").await.expect(200, &["No purchase orders here"]);
}

#[tokio::test]
async fn an_order_is_duplicated_without_its_dates() {
    let shop = Shop::new().await;
    let draft = shop.draft().await;
    let id = draft.new_id();
    let copy = shop.nancy.get(&format!("/purchasing/orders/new?from={id}")).await;
    copy.expect(200, &["New purchase order", "Exotic Liquids", "834,00\u{a0}€"]);
    assert_eq!(copy.inputs("line_id")[..2], ["", ""]);
    assert_eq!(copy.input("expected_date"), "");
}

#[tokio::test]
async fn a_viewer_sees_the_order_without_its_commands() {
    let shop = Shop::new().await;
    let draft = shop.draft().await;
    let page = shop.nancy.viewer().get(&draft.location).await;
    page.expect(200, &["PO-00001", "Chai", "834,00\u{a0}€"]);
    for hidden in ["Confirm order", "Cancel order", "data-save", "data-editable", "Duplicate"] {
        assert!(!page.shows(hidden), "{hidden}");
    }
    shop.nancy.viewer().post(&format!("{}/confirm", draft.location), &[]).await.expect(403, &[]);
}

#[tokio::test]
async fn another_companys_order_does_not_exist() {
    let shop = Shop::new().await;
    let draft = shop.draft().await;
    let other = shop.house.company("southridge").await;
    for path in ["", "/pdf"] {
        other.get(&format!("{}{path}", draft.location)).await.expect(404, &[]);
    }
    for path in ["", "/confirm", "/cancel"] {
        other.post(&format!("{}{path}", draft.location), &[]).await.expect(404, &[]);
    }
    other.get(&format!("/purchasing/orders/new?from={}", draft.new_id())).await.expect(404, &[]);
}

#[tokio::test]
async fn a_line_finds_its_product_with_price_and_unit() {
    let shop = Shop::new().await;
    let answer = shop.nancy.get("/lookup/products?q=chai").await;
    answer.expect(200, &["\"name\":\"Chai\"", "\"code\":\"CHAI\"", "\"price\":\"18\"", "\"stock\":\"0\"", "\"unit\":"]);
}
