use serde_json::{Value, json};

use crate::{client::Client, server::Server};

const SUPPLIERS: &[u8] = include_bytes!("../../demo/northwind/suppliers.csv");
const CATEGORIES: &[u8] = include_bytes!("../../demo/northwind/categories.csv");
const PRODUCTS: &[u8] = include_bytes!("../../demo/northwind/products.csv");
const CUSTOMERS: &[u8] = include_bytes!("../../demo/northwind/customers.csv");

async fn import(owner: &Client, entity: &str, content: &[u8]) -> Value {
    let answer = owner.upload("/api/v1/imports", &[("entity", entity)], ("file.csv", content)).await.expect(201);
    assert_eq!(answer.body["state"], "done", "{}", answer.body);
    answer.body
}

async fn northwind(owner: &Client) {
    for (entity, content, rows) in [
        ("suppliers", SUPPLIERS, 29),
        ("product-categories", CATEGORIES, 8),
        ("products", PRODUCTS, 77),
        ("customers", CUSTOMERS, 91),
    ] {
        let done = import(owner, entity, content).await;
        assert_eq!(done["created"], rows, "{entity}");
        let again = import(owner, entity, content).await;
        assert_eq!((&again["created"], &again["updated"], &again["unchanged"]), (&json!(0), &json!(0), &json!(rows)));
    }
}

async fn find(owner: &Client, collection: &str, name: &str) -> Value {
    let page = owner.get(&format!("/api/v1/{collection}?q={}", name.replace(' ', "%20"))).await.expect(200);
    let found = page.body["data"].as_array().unwrap().iter().find(|record| record["name"] == name);
    found.unwrap_or_else(|| panic!("no {name} in {collection}")).clone()
}

#[tokio::test]
async fn from_sign_up_to_goods_received_and_booked() {
    let server = Server::start().await;
    let owner = server.company().await;
    northwind(&owner).await;
    let supplier = find(&owner, "suppliers", "Exotic Liquids").await;
    let (chai, syrup) = (find(&owner, "products", "Chai").await, find(&owner, "products", "Aniseed Syrup").await);
    assert_eq!(chai["supplier"]["name"], "Exotic Liquids");
    assert_eq!(chai["category"]["name"], "Beverages");

    let order = owner
        .post(
            "/api/v1/purchase-orders",
            &json!({
                "supplier_id": supplier["id"], "expected_date": "2999-01-01",
                "lines": [{"product_id": chai["id"], "quantity": "40"}, {"product_id": syrup["id"], "quantity": "12"}],
            }),
        )
        .await
        .expect(201);
    assert_eq!(order.body["state"], "draft");
    assert_eq!(order.body["untaxed"], "840.00", "40 × 18.00 + 12 × 10.00");
    assert_eq!(order.header("location"), format!("/api/v1/purchase-orders/{}", order.id()));
    assert_eq!(order.header("etag"), "\"1\"");
    let path = format!("/api/v1/purchase-orders/{}", order.id());

    let confirmed = owner.post(&format!("{path}/confirm"), &json!({})).await.expect(200);
    assert_eq!(confirmed.body["state"], "confirmed");
    assert_eq!(owner.post(&format!("{path}/confirm"), &json!({})).await.expect(409).code(), "illegal_state");

    let line = order.text("/lines/0/id");
    let too_much =
        owner.post(&format!("{path}/receipts"), &json!({"lines": [{"line_id": line, "quantity": "41"}]})).await;
    assert_eq!(too_much.expect(422).fields(), ["lines[0].quantity"]);
    let receipt = owner
        .post(&format!("{path}/receipts"), &json!({"lines": [{"line_id": line, "quantity": "15"}]}))
        .await
        .expect(201);
    assert_eq!(receipt.body["lines"][0]["quantity"], "15");
    let partial = owner.get(&path).await.expect(200);
    assert_eq!((&partial.body["receipt"], &partial.body["state"]), (&json!("partial"), &json!("confirmed")));
    assert_eq!(partial.body["lines"][0]["received"], "15");

    owner.post(&format!("{path}/receipts"), &json!({})).await.expect(201);
    let done = owner.get(&path).await.expect(200);
    assert_eq!((&done.body["receipt"], &done.body["state"]), (&json!("full"), &json!("done")));

    let levels = owner
        .get(&format!("/api/v1/stock-levels?filter[product_id]={}", chai["id"].as_str().unwrap()))
        .await
        .expect(200);
    let level = &levels.body["data"][0];
    assert_eq!((&level["on_hand"], &level["value"]), (&json!("40"), &json!("720.00")), "{level}");
    let balance = owner.get("/api/v1/reports/trial-balance").await.expect(200);
    assert_eq!((&balance.body["total_debit"], &balance.body["total_credit"]), (&json!("840.00"), &json!("840.00")));
    let entries = owner.get("/api/v1/journal-entries").await.expect(200);
    assert_eq!(entries.body["data"].as_array().unwrap().len(), 2);

    let pdf = owner.get(&format!("{path}/pdf")).await.expect(200);
    assert!(pdf.body.as_str().unwrap().starts_with("%PDF-"));
    assert_eq!(server.violations().await, Vec::<String>::new());
}

#[tokio::test]
async fn an_order_retried_with_its_key_is_one_order_i19() {
    let server = Server::start().await;
    let owner = server.company().await;
    let body = json!({"name": "Tokyo Traders"});
    let headers = [("idempotency-key", "k-1")];
    let first = owner.json("POST", "/api/v1/suppliers", &headers, &body).await.expect(201);
    let second = owner.json("POST", "/api/v1/suppliers", &headers, &body).await.expect(201);
    assert_eq!(first.body, second.body);
    let other = owner.json("POST", "/api/v1/suppliers", &headers, &json!({"name": "Someone else"})).await;
    assert_eq!(other.expect(422).code(), "idempotency_key_reused");
    let all = owner.get("/api/v1/suppliers").await.expect(200);
    assert_eq!(all.body["data"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_cannot_be_done_twice_is_answered_again_under_its_key() {
    let server = Server::start().await;
    let owner = server.company().await;
    let supplier = owner.post("/api/v1/suppliers", &json!({"name": "Tokyo Traders"})).await.expect(201).id();
    let product = owner.post("/api/v1/products", &json!({"name": "Ikura", "purchase_price": "31"})).await.expect(201);
    let lines = json!([{"product_id": product.id(), "quantity": "4"}]);
    let body = json!({"supplier_id": supplier, "lines": lines});
    let path =
        format!("/api/v1/purchase-orders/{}", owner.post("/api/v1/purchase-orders", &body).await.expect(201).id());
    for (action, status, refusal) in [("confirm", 200, "illegal_state"), ("receipts", 201, "nothing_outstanding")] {
        let (path, headers) = (format!("{path}/{action}"), [("idempotency-key", action)]);
        let first = owner.json("POST", &path, &headers, &json!({})).await.expect(status);
        let again = owner.json("POST", &path, &headers, &json!({})).await.expect(status);
        assert_eq!(first.body, again.body);
        let other = owner.json("POST", &path, &[("idempotency-key", "another")], &json!({})).await;
        assert_eq!(other.expect(409).code(), refusal);
    }
    let levels = owner.get("/api/v1/stock-levels").await.expect(200);
    assert_eq!(levels.body["data"][0]["on_hand"], "4");
    assert_eq!(server.violations().await, Vec::<String>::new());
}

#[tokio::test]
async fn the_answer_to_a_write_is_the_record_as_it_is_read() {
    let server = Server::start().await;
    let owner = server.company().await;
    let supplier = json!({"name": "Tokyo \"Ichiban\" Traders", "code": "T-1", "currency": "USD"});
    let supplier = owner.post("/api/v1/suppliers", &supplier).await.expect(201).id();
    let tax = owner.post("/api/v1/taxes", &json!({"name": "Odd", "percent": "5.50"})).await.expect(201).id();
    let product = json!({"name": "Ikura\n", "purchase_price": "31.00", "purchase_tax_id": tax});
    let product = owner.post("/api/v1/products", &product).await.expect(201).id();
    let body = json!({"supplier_id": supplier, "exchange_rate": "0.90", "note": "né à 8\t\"h\"", "lines": [
        {"product_id": product, "quantity": "4", "discount_percent": "0.00"},
        {"product_id": product, "quantity": "3", "unit_price": "0", "description": "a gift", "tax_id": null},
    ]});
    let order = owner.post("/api/v1/purchase-orders", &body).await.expect(201);
    let path = format!("/api/v1/purchase-orders/{}", order.id());
    assert_eq!(order.body, owner.get(&path).await.expect(200).body);
    let changed = owner.json("PATCH", &path, &[], &json!({"supplier_reference": "Q-7"})).await.expect(200);
    assert_eq!(changed.body, owner.get(&path).await.expect(200).body);
    let confirmed = owner.post(&format!("{path}/confirm"), &json!({})).await.expect(200);
    assert_eq!(confirmed.body, owner.get(&path).await.expect(200).body);
    let part = json!({"lines": [{"line_id": order.body["lines"][0]["id"], "quantity": "1.0"}]});
    let receipt = owner.post(&format!("{path}/receipts"), &part).await.expect(201);
    assert_eq!(receipt.body, owner.get(&format!("/api/v1/goods-receipts/{}", receipt.id())).await.expect(200).body);
}

#[tokio::test]
async fn sixteen_twins_with_one_key_make_one_order() {
    let server = Server::start().await;
    let owner = server.company().await;
    let twins = (0..16).map(|_| {
        let owner = owner.clone();
        tokio::spawn(async move {
            let headers = [("idempotency-key", "twin")];
            owner.json("POST", "/api/v1/suppliers", &headers, &json!({"name": "One"})).await.expect(201).id()
        })
    });
    let mut ids = Vec::new();
    for twin in twins.collect::<Vec<_>>() {
        ids.push(twin.await.unwrap());
    }
    ids.dedup();
    assert_eq!(ids.len(), 1);
}

#[tokio::test]
async fn a_changed_draft_keeps_the_lines_whose_ids_are_given() {
    let server = Server::start().await;
    let owner = server.company().await;
    let supplier = owner.post("/api/v1/suppliers", &json!({"name": "S"})).await.expect(201).id();
    let product = |name: &str, price: &str| {
        let (owner, body) = (owner.clone(), json!({"name": name, "purchase_price": price}));
        async move { owner.post("/api/v1/products", &body).await.expect(201).id() }
    };
    let (a, b) = (product("A", "2.50").await, product("B", "4").await);
    let order = owner
        .post(
            "/api/v1/purchase-orders",
            &json!({"supplier_id": supplier, "lines": [
            {"product_id": a, "quantity": "2"}, {"product_id": b, "quantity": "1"}]}),
        )
        .await
        .expect(201);
    let path = format!("/api/v1/purchase-orders/{}", order.id());
    let kept = order.text("/lines/1/id");
    let changed = owner
        .patch(
            &path,
            &json!({"note": "soon", "lines": [{"id": kept, "quantity": "3"}, {"product_id": a, "quantity": "1"}]}),
        )
        .await
        .expect(200);
    assert_eq!(changed.body["lines"][0]["id"], json!(kept));
    assert_eq!(changed.body["lines"][0]["quantity"], "3");
    assert_eq!(changed.body["untaxed"], "14.50");
    assert_eq!(changed.body["lines"].as_array().unwrap().len(), 2);
    let stale = owner.json("PATCH", &path, &[("if-match", "\"1\"")], &json!({"note": "x"})).await;
    assert_eq!(stale.expect(412).code(), "stale_version");
    let unknown =
        owner.patch(&path, &json!({"lines": [{"id": uuid::Uuid::now_v7(), "quantity": "1", "product_id": a}]})).await;
    assert_eq!(unknown.expect(422).fields(), ["lines[0].id"]);
    owner.post(&format!("{path}/confirm"), &json!({})).await.expect(200);
    assert_eq!(owner.patch(&path, &json!({"note": "late"})).await.expect(409).code(), "order_not_draft");
}
