use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use kontor::config::Config;
use kontor_testing::TestDb;
use serde_json::{Value, json};
use tokio::process::{Child, Command};
use uuid::Uuid;

use crate::{
    client::{Answer, Client},
    server::{sign_up, usual_settings, violations, wait_for},
};

/// Buyers who work at the same time.
const BUYERS: usize = 8;
/// The server is killed after so many more acknowledged calls, and then again.
const CALLS_BEFORE_KILLS: [usize; 3] = [60, 45, 90];
/// Orders of each buyer.
const ORDERS: usize = 12;

/// The real binary, as an operator runs it.
struct Process {
    child: Child,
}

impl Process {
    async fn start(settings: &BTreeMap<String, String>) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_kontor"))
            .arg("serve")
            .envs(settings)
            .env("KONTOR_LOG", "error")
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        wait_for(&format!("http://{}", settings["KONTOR_LISTEN"])).await;
        Self { child }
    }

    /// `kill -9`: nothing is told, nothing is finished.
    async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}

/// One write with its key, and what was answered to it.
#[derive(Debug, Clone)]
struct Write {
    key: String,
    path: String,
    body: Value,
    answer: Option<Answer>,
}

impl Write {
    fn new(path: String, body: Value) -> Self {
        Self { key: Uuid::now_v7().to_string(), path, body, answer: None }
    }

    /// Sends it; a connection that breaks leaves it open whether it was done.
    async fn send(&self, client: &Client) -> Option<Answer> {
        let headers = [("idempotency-key", self.key.as_str()), ("content-type", "application/json")];
        client.try_send("POST", &self.path, &headers, Some(self.body.to_string().into_bytes())).await.ok()
    }
}

/// Somebody who orders, confirms and receives, one after the other, and knows what was acknowledged.
struct Buyer {
    client: Client,
    supplier: String,
    product: String,
    writes: Vec<Write>,
}

impl Buyer {
    /// What comes after the writes so far: an order of three, its confirmation, its receipt in two parts.
    fn next(&self) -> Option<Write> {
        let order = self.writes.len() / 4;
        if order == ORDERS {
            return None;
        }
        let of_order = |what: &str| format!("/api/v1/purchase-orders/{}/{what}", self.answered(order * 4).id());
        Some(match self.writes.len() % 4 {
            0 => Write::new(
                "/api/v1/purchase-orders".to_owned(),
                json!({"supplier_id": self.supplier, "lines": [{"product_id": self.product, "quantity": "3"}]}),
            ),
            1 => Write::new(of_order("confirm"), json!({})),
            2 => {
                let line = self.answered(order * 4).text("/lines/0/id");
                Write::new(of_order("receipts"), json!({"lines": [{"line_id": line, "quantity": "1"}]}))
            }
            _ => Write::new(of_order("receipts"), json!({})),
        })
    }

    fn answered(&self, index: usize) -> &Answer {
        self.writes[index].answer.as_ref().unwrap()
    }

    /// Works until nothing is left to do or the server is gone.
    async fn work(mut self, acknowledged: Arc<AtomicUsize>) -> Self {
        while let Some(mut write) = self.next() {
            write.answer = write.send(&self.client).await;
            let answer = write.answer.clone();
            self.writes.push(write);
            match answer {
                Some(answer) => assert!(answer.status < 300, "{}", answer.body),
                None => break,
            }
            acknowledged.fetch_add(1, Ordering::Relaxed);
        }
        self
    }

    /// Sends every write again with its key: what was acknowledged is answered as it was, what was left open is done now.
    async fn retry(mut self) -> Self {
        for write in &mut self.writes {
            let again = write.send(&self.client).await.expect("an answer after the restart");
            match &write.answer {
                Some(before) => {
                    assert_eq!((again.status, &again.body), (before.status, &before.body), "{}", write.path)
                }
                None => assert!(again.status < 300, "{}: {}", write.path, again.body),
            }
            write.answer = Some(again);
        }
        self
    }
}

/// Lets all buyers do the same at the same time.
async fn together<F: Future<Output = Buyer> + Send + 'static>(
    buyers: Vec<Buyer>,
    what: impl Fn(Buyer) -> F,
) -> Vec<Buyer> {
    let tasks: Vec<_> = buyers.into_iter().map(|buyer| tokio::spawn(what(buyer))).collect();
    let mut done = Vec::new();
    for task in tasks {
        done.push(task.await.unwrap());
    }
    done
}

async fn hire(url: &str) -> Vec<Buyer> {
    let client = sign_up(url).await;
    let supplier = client.post("/api/v1/suppliers", &json!({"name": "S"})).await.expect(201).id();
    let mut buyers = Vec::new();
    for number in 0..BUYERS {
        // Two buyers each meet at one product's stock.
        let product = match buyers.last() {
            Some(Buyer { product, .. }) if number % 2 == 1 => product.clone(),
            _ => {
                let body = json!({"name": format!("P{number}"), "purchase_price": "1.11"});
                client.post("/api/v1/products", &body).await.expect(201).id()
            }
        };
        buyers.push(Buyer { client: client.clone(), supplier: supplier.clone(), product, writes: Vec::new() });
    }
    buyers
}

/// What the database has, against what was acknowledged.
async fn compare(db: &TestDb, buyers: &[Buyer]) {
    let mut ids = BTreeSet::new();
    for buyer in buyers {
        assert_eq!(buyer.writes.len(), ORDERS * 4);
        ids.extend((0..ORDERS).map(|order| buyer.answered(order * 4).id()));
    }
    assert_eq!(ids.len(), BUYERS * ORDERS, "two keys were answered with one order");
    let admin = db.admin().await;
    let stored: Vec<String> = sqlx::query_scalar("select id::text from purchase_orders where state = 'done'")
        .fetch_all(&admin)
        .await
        .unwrap();
    assert_eq!(stored.into_iter().collect::<BTreeSet<_>>(), ids);
    let orders = i64::try_from(ids.len()).unwrap();
    assert_eq!(db.count("select count(*) from purchase_orders").await, orders);
    assert_eq!(db.count("select count(*) from goods_receipts").await, 2 * orders);
    assert_eq!(db.count("select count(*) from journal_entries").await, 2 * orders);
    assert_eq!(db.count("select sum(on_hand)::bigint from stock_levels").await, 3 * orders);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_lost_nothing_it_acknowledged_and_does_nothing_twice_i19() {
    let db = TestDb::new().await;
    let data: PathBuf = std::env::temp_dir().join(format!("kontor-crash-{}", Uuid::now_v7().simple()));
    let settings = usual_settings(&db, &data);
    let config = Config::from_values(&settings).map_err(|problems| problems.to_string()).unwrap();
    let mut process = Process::start(&settings).await;
    let mut buyers = hire(&format!("http://{}", config.listen)).await;
    for calls in CALLS_BEFORE_KILLS {
        let acknowledged = Arc::new(AtomicUsize::new(0));
        let work = tokio::spawn(together(buyers, {
            let acknowledged = Arc::clone(&acknowledged);
            move |buyer| buyer.work(Arc::clone(&acknowledged))
        }));
        while acknowledged.load(Ordering::Relaxed) < calls {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        process.kill().await;
        buyers = work.await.unwrap();
        let open = buyers.iter().flat_map(|buyer| &buyer.writes).filter(|write| write.answer.is_none()).count();
        assert!(open > 0, "the server was killed when nothing was under way");
        process = Process::start(&settings).await;
        buyers = together(buyers, Buyer::retry).await;
    }
    let acknowledged = Arc::new(AtomicUsize::new(0));
    buyers = together(buyers, |buyer| buyer.work(Arc::clone(&acknowledged))).await;
    buyers = together(buyers, Buyer::retry).await;
    compare(&db, &buyers).await;
    assert_eq!(violations(&db, &config).await, Vec::<String>::new());
    process.kill().await;
    std::fs::remove_dir_all(&data).ok();
}
