//! The docked conversation, as its script meets the server.

use serde_json::{Value, json};

use crate::{
    house::{Browser, House},
    screen::Screen,
};

/// The German company's owner, with a supplier and a product of theirs.
async fn nancy(house: &House) -> Browser {
    let nancy = house.company("northwind").await;
    let supplier = nancy.post("/purchasing/suppliers", &[("name", "Exotic Liquids")]).await.new_id();
    let chai = [("name", "Chai"), ("supplier_id", &supplier), ("purchase_price", "18"), ("tracked", "true")];
    nancy.post("/inventory/products", &chai).await.expect(303, &[]);
    nancy
}

/// Name and data of each event of a stream.
fn events(stream: &Screen) -> Vec<(String, Value)> {
    stream.expect(200, &["event: done"]);
    let field = |event: &str, name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
    let events = stream.text.split("\n\n");
    events.filter_map(|event| Some((field(event, "event: ")?, field(event, "data: ")?))).map(parsed).collect()
}

fn parsed((name, data): (String, String)) -> (String, Value) {
    (name, serde_json::from_str(&data).unwrap())
}

/// The items of a preview's part as one text each.
fn items(part: &Value) -> Vec<String> {
    let words = |item: &Value| ["label", "detail", "value"].map(|name| item[name].as_str().unwrap_or("–").to_owned());
    part.as_array().unwrap().iter().map(|item| words(item).join(" | ")).collect()
}

#[tokio::test]
async fn the_answer_and_its_card_write_figures_and_dates_as_the_pages_do() {
    let house = House::new().await;
    let nancy = nancy(&house).await;
    let said = json!({ "text": "order 40 Chai from Exotic Liquids for next Friday" });
    let events = events(&nancy.post_json("/assistant/messages", &said).await);
    let tokens = events.iter().filter(|(name, _)| name == "token");
    let told: String = tokens.filter_map(|(_, data)| data["text"].as_str()).collect();
    assert!(told.contains("27.11.2026"), "{told}");
    let card = &events.iter().find(|(name, _)| name == "card").unwrap().1["proposal"];
    let preview = &card["preview"];
    assert_eq!(items(&preview["fields"]), ["Supplier | – | Exotic Liquids", "Expected | – | 27.11.2026"]);
    assert_eq!(items(&preview["lines"]), ["Chai | 40 × 18,00\u{a0}€ | 720,00\u{a0}€"]);
    let total = preview["total"].as_str().unwrap();
    assert!(total.ends_with("\u{a0}€") && told.contains(total), "{total} in {told}");

    let form = nancy.get(card["edit_url"].as_str().unwrap()).await;
    form.expect(200, &["Exotic Liquids", "value=\"27.11.2026\""]);
    for (name, text) in [("line_product", "Chai"), ("line_quantity", "40"), ("line_unit_price", "18,00")] {
        assert_eq!(form.input(name), text, "{name}");
    }

    let confirm = format!("/assistant/proposals/{}/confirm", card["id"].as_str().unwrap());
    let confirmed = nancy.post_json(&confirm, &json!({})).await;
    confirmed.expect(201, &[]);
    let order: Value = serde_json::from_str(&confirmed.text).unwrap();
    assert_eq!((&order["type"], &order["title"]), (&json!("purchase-orders"), &json!("PO-00001")));
    nancy.get(order["url"].as_str().unwrap()).await.expect(200, &["PO-00001", total, "27.11.2026"]);
}

#[tokio::test]
async fn a_message_beyond_the_pages_limit_is_refused_with_the_reason() {
    let house = House::new().await;
    let nancy = nancy(&house).await;
    nancy.get("/").await.expect(200, &["maxlength=\"4000\""]);
    let refused = nancy.post_json("/assistant/messages", &json!({ "text": "order Chai ".repeat(1_820) })).await;
    refused.expect(422, &[]);
    assert_eq!(refused.header("content-type"), "application/problem+json");
    let problem: Value = serde_json::from_str(&refused.text).unwrap();
    let errors = json!([{ "field": "text", "code": "too_long", "message": "must have at most 4000 characters" }]);
    assert_eq!(problem["errors"], errors);
    let begun = "select (select count(*) from conversations) + (select count(*) from messages)";
    assert_eq!(house.db.count(begun).await, 0);
}
