use serde_json::{Value, json};

use crate::{client::Client, server::Server};

/// One record of every kind that the API lets a company make.
async fn records(owner: &Client) -> Vec<(String, String)> {
    let mut made = Vec::new();
    let mut make = async |collection: &str, body: Value| -> String {
        let id = owner.post(&format!("/api/v1/{collection}"), &body).await.expect(201).id();
        made.push((collection.to_owned(), id.clone()));
        id
    };
    let supplier = make("suppliers", json!({"name": "S"})).await;
    make("customers", json!({"name": "C"})).await;
    make("partner-categories", json!({"name": "PC"})).await;
    make("product-categories", json!({"name": "PC"})).await;
    make("units", json!({"name": "crate"})).await;
    make("taxes", json!({"name": "T", "percent": "5"})).await;
    make("accounts", json!({"name": "A", "kind": "asset"})).await;
    make("warehouses", json!({"name": "W"})).await;
    let product = make("products", json!({"name": "P", "purchase_price": "2"})).await;
    let order =
        make("purchase-orders", json!({"supplier_id": supplier, "lines": [{"product_id": product, "quantity": "3"}]}))
            .await;
    owner.post(&format!("/api/v1/purchase-orders/{order}/confirm"), &json!({})).await.expect(200);
    let receipt = owner.post(&format!("/api/v1/purchase-orders/{order}/receipts"), &json!({})).await.expect(201).id();
    made.push(("goods-receipts".to_owned(), receipt));
    for collection in ["stock-levels", "stock-moves", "journal-entries", "accounting-settings"] {
        let page = owner.get(&format!("/api/v1/{collection}")).await.expect(200);
        made.push((collection.to_owned(), page.body["data"][0]["id"].as_str().unwrap().to_owned()));
    }
    made
}

/// Every address with an id in it, from the API's own document: the walk grows with the product.
async fn addresses(client: &Client) -> Vec<(String, String)> {
    let document = client.get("/api/v1/openapi.json").await.expect(200).body;
    let paths = document["paths"].as_object().unwrap().clone();
    let mut all = Vec::new();
    for (path, operations) in paths {
        if path.contains("{id}") {
            all.extend(operations.as_object().unwrap().keys().map(|method| (method.to_uppercase(), path.clone())));
        }
    }
    all
}

#[tokio::test]
async fn another_companys_id_is_not_found_by_any_route_t1() {
    let server = Server::start().await;
    let (one, two) = (server.company().await, server.company().await);
    let records = records(&one).await;
    let mut walked = 0;
    for (method, path) in addresses(&two).await {
        let collection = path.trim_start_matches("/api/v1/").split('/').next().unwrap().to_owned();
        for (known, id) in records.iter().filter(|(known, _)| *known == collection) {
            let path = path.replace("{id}", id);
            let answer = two.json(&method, &path, &[], &json!({})).await;
            assert_eq!(answer.status, 404, "{method} {path} ({known}): {}", answer.body);
            walked += 1;
        }
    }
    assert!(walked > 40, "only {walked} routes were walked");
    for (collection, id) in &records {
        let page = two.get(&format!("/api/v1/{collection}")).await.expect(200);
        assert!(!page.body.to_string().contains(id), "{collection} shows another company's record");
        one.get(&format!("/api/v1/{collection}/{id}")).await.expect(200);
    }
}

#[tokio::test]
async fn another_companys_id_as_a_link_is_unknown() {
    let server = Server::start().await;
    let (one, two) = (server.company().await, server.company().await);
    let supplier = one.post("/api/v1/suppliers", &json!({"name": "S"})).await.expect(201).id();
    let product = one.post("/api/v1/products", &json!({"name": "P", "purchase_price": "1"})).await.expect(201).id();
    let answer = two.post("/api/v1/products", &json!({"name": "Q", "supplier_id": supplier})).await.expect(422);
    assert_eq!(answer.fields(), ["supplier_id"]);
    let answer = two
        .post(
            "/api/v1/purchase-orders",
            &json!({"supplier_id": supplier, "lines": [{"product_id": product, "quantity": "1"}]}),
        )
        .await
        .expect(422);
    assert_eq!(answer.fields(), ["supplier_id", "lines[0].product_id"]);
}

#[tokio::test]
async fn every_tenant_table_is_protected_t2() {
    let server = Server::start().await;
    let admin = server.db.admin().await;
    let unprotected: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname not like '\\_sqlx%'
           and (not c.relrowsecurity or not c.relforcerowsecurity
                or not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and a.attnotnull)
                or not exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary
                    and i.indkey[0] = (select attnum from pg_attribute where attrelid = c.oid and attname = 'tenant_id')))",
    )
    .fetch_all(&admin)
    .await
    .unwrap();
    assert_eq!(unprotected, Vec::<String>::new());
    let loose_keys: Vec<String> = sqlx::query_scalar(
        "select con.conname::text from pg_constraint con join pg_namespace n on n.oid = con.connamespace
         where n.nspname = 'public' and con.contype = 'f'
           and not exists (select from pg_attribute a where a.attrelid = con.conrelid and a.attname = 'tenant_id'
                           and a.attnum = any (con.conkey))",
    )
    .fetch_all(&admin)
    .await
    .unwrap();
    assert_eq!(loose_keys, Vec::<String>::new());
    let loose_unique: Vec<String> = sqlx::query_scalar(
        "select c.relname::text from pg_index i join pg_class c on c.oid = i.indexrelid
         join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
         where n.nspname = 'public' and i.indisunique and t.relname not like '\\_sqlx%'
           and i.indkey[0] <> (select attnum from pg_attribute where attrelid = t.oid and attname = 'tenant_id')",
    )
    .fetch_all(&admin)
    .await
    .unwrap();
    assert_eq!(loose_unique, Vec::<String>::new());
    let powerful: Vec<String> = sqlx::query_scalar(
        "select rolname::text from pg_roles where rolname like 'kontor\\_%' and (rolsuper or rolbypassrls)",
    )
    .fetch_all(&admin)
    .await
    .unwrap();
    assert_eq!(powerful, Vec::<String>::new());
}
