use serde_json::json;

use crate::server::Server;

#[tokio::test]
async fn every_violation_is_said_at_once_by_field() {
    let server = Server::start().await;
    let owner = server.company().await;
    let answer = owner
        .post("/api/v1/suppliers", &json!({
            "email": "nobody", "payment_days": -1, "country": "Atlantis", "colour": "red", "id": "x", "category_id": "7",
        }))
        .await
        .expect(422);
    let mut fields = answer.fields();
    fields.sort_unstable();
    assert_eq!(fields, ["category_id", "colour", "country", "email", "id", "name", "payment_days"]);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(owner.get("/api/v1/suppliers").await.body["data"], json!([]));
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_refused_with_its_own_status() {
    let server = Server::start().await;
    let owner = server.company().await;
    let json_type = [("content-type", "application/json")];
    let broken = owner.send("POST", "/api/v1/suppliers", &json_type, Some(b"{\"name\":".to_vec())).await;
    assert_eq!(broken.expect(400).code(), "malformed_body");
    let large = owner.send("POST", "/api/v1/suppliers", &json_type, Some(vec![b' '; 2_000_000])).await;
    assert_eq!(large.expect(413).code(), "body_too_large");
    let text =
        owner.send("POST", "/api/v1/suppliers", &[("content-type", "text/plain")], Some(b"hello".to_vec())).await;
    assert_eq!(text.expect(415).code(), "unsupported_media_type");
    assert_eq!(owner.get("/api/v1/nothing").await.expect(404).code(), "not_found");
    assert_eq!(owner.send("PUT", "/api/v1/suppliers", &[], None).await.expect(405).code(), "method_not_allowed");
    assert_eq!(owner.get("/api/v1/suppliers/none").await.expect(404).code(), "not_found");
    let twice =
        owner.send("POST", "/api/v1/suppliers", &json_type, Some(b"{\"name\":\"a\",\"name\":\"b\"}".to_vec())).await;
    assert_eq!(twice.expect(422).fields(), ["name"]);
}

#[tokio::test]
async fn a_list_refuses_what_it_does_not_know() {
    let server = Server::start().await;
    let owner = server.company().await;
    let answer =
        owner.get("/api/v1/suppliers?sort=colour&limit=0&filter[colour]=red&cursor=zz&foo=1").await.expect(422);
    let mut fields = answer.fields();
    fields.sort_unstable();
    assert_eq!(fields, ["cursor", "filter[colour]", "foo", "limit", "sort"]);
}

#[tokio::test]
async fn negative_quantities_and_unknown_links_change_nothing() {
    let server = Server::start().await;
    let owner = server.company().await;
    let nobody = uuid::Uuid::now_v7();
    let answer = owner
        .post(
            "/api/v1/purchase-orders",
            &json!({"supplier_id": nobody, "lines": [
            {"product_id": nobody, "quantity": "-1"}, {"product_id": nobody, "quantity": "1e30"}]}),
        )
        .await
        .expect(422);
    assert_eq!(answer.fields(), ["lines[0].quantity", "lines[1].quantity"]);
    let answer = owner
        .post(
            "/api/v1/purchase-orders",
            &json!({"supplier_id": nobody, "lines": [{"product_id": nobody, "quantity": "1"}]}),
        )
        .await
        .expect(422);
    assert_eq!(answer.fields(), ["supplier_id", "lines[0].product_id"]);
    assert_eq!(owner.get("/api/v1/purchase-orders").await.body["data"], json!([]));
}

#[tokio::test]
async fn an_empty_code_leaves_the_code_as_it_is() {
    let server = Server::start().await;
    let owner = server.company().await;
    let made = owner.post("/api/v1/taxes", &json!({"name": "T", "percent": "5", "code": ""})).await.expect(201);
    assert_ne!(made.text("/code"), "");
    for empty in [json!(""), json!(null)] {
        let path = format!("/api/v1/taxes/{}", made.id());
        let changed = owner.patch(&path, &json!({"name": "U", "code": empty})).await.expect(200);
        assert_eq!(changed.text("/code"), made.text("/code"));
    }
}
