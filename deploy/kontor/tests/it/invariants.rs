use serde_json::json;
use uuid::Uuid;

use crate::{client::Client, server::Server};

/// A small, repeatable source of choices.
struct Choices(u64);

impl Choices {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }

    fn of(&mut self, among: &[String]) -> String {
        let count = u64::try_from(among.len()).unwrap();
        among[usize::try_from(self.below(count)).unwrap()].clone()
    }
}

/// Random work of one task: orders, confirms, cancels, receipts, counts, each with its key and sometimes retried.
async fn work(owner: Client, supplier: String, products: Vec<String>, warehouse: String, seed: u64, operations: u64) {
    let mut choices = Choices(seed);
    let mut orders: Vec<String> = Vec::new();
    for _ in 0..operations {
        let key = Uuid::now_v7().to_string();
        let (path, body) = next_operation(&mut choices, &orders, &supplier, &products, &warehouse);
        let mut answer = owner.json("POST", &path, &[("idempotency-key", &key)], &body).await;
        if choices.below(5) == 0 {
            let again = owner.json("POST", &path, &[("idempotency-key", &key)], &body).await;
            if answer.status < 300 {
                assert_eq!(again.body, answer.body, "a retry got another answer");
            }
            answer = again;
        }
        assert!(answer.status < 500, "{path}: {}", answer.body);
        if path == "/api/v1/purchase-orders" && answer.status == 201 {
            orders.push(answer.id());
        }
    }
}

fn next_operation(
    choices: &mut Choices,
    orders: &[String],
    supplier: &str,
    products: &[String],
    warehouse: &str,
) -> (String, serde_json::Value) {
    let known = |choices: &mut Choices| choices.of(orders);
    let product = |choices: &mut Choices| choices.of(products);
    match choices.below(10) {
        0..=2 => {
            let lines: Vec<_> = (0..=choices.below(3))
                .map(|_| {
                    let price = format!("{}.{:03}", choices.below(50), choices.below(1000));
                    json!({"product_id": product(choices), "quantity": (1 + choices.below(30)).to_string(), "unit_price": price})
                })
                .collect();
            ("/api/v1/purchase-orders".to_owned(), json!({"supplier_id": supplier, "lines": lines}))
        }
        3..=4 if !orders.is_empty() => (format!("/api/v1/purchase-orders/{}/confirm", known(choices)), json!({})),
        5 if !orders.is_empty() => (format!("/api/v1/purchase-orders/{}/cancel", known(choices)), json!({})),
        6..=8 if !orders.is_empty() => (format!("/api/v1/purchase-orders/{}/receipts", known(choices)), json!({})),
        _ => {
            let counted = choices.below(40).to_string();
            let body =
                json!({"warehouse_id": warehouse, "quantity_counted": counted, "unit_cost": "1.25", "reason": "count"});
            (format!("/api/v1/products/{}/adjust-stock", product(choices)), body)
        }
    }
}

/// Operations of the property test, over all its tasks.
const OPERATIONS: u64 = 10_000;

#[tokio::test(flavor = "multi_thread")]
async fn random_work_of_eight_tasks_leaves_every_invariant_i1_i4_i5_i6_i8_i9_i13_i14() {
    let server = Server::start().await;
    let owner = server.company().await;
    let supplier = owner.post("/api/v1/suppliers", &json!({"name": "S"})).await.expect(201).id();
    let warehouse =
        owner.get("/api/v1/warehouses").await.expect(200).body["data"][0]["id"].as_str().unwrap().to_owned();
    let mut products = Vec::new();
    for number in 0..6 {
        let body = json!({"name": format!("P{number}"), "purchase_price": "3.333"});
        products.push(owner.post("/api/v1/products", &body).await.expect(201).id());
    }
    let tasks: Vec<_> = (1..=8)
        .map(|task| {
            let (owner, supplier, products) = (owner.clone(), supplier.clone(), products.clone());
            tokio::spawn(work(owner, supplier, products, warehouse.clone(), 7_919 * task, OPERATIONS / 8))
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(server.violations().await, Vec::<String>::new());
    let moves = owner.get("/api/v1/stock-moves").await.expect(200);
    assert!(!moves.body["data"].as_array().unwrap().is_empty(), "the random work moved nothing");
}
