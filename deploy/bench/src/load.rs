use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{client::Connection, data::Data, pgbench::Script, server::Server};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Work {
    Create,
    Flow,
    List,
    Read,
}

impl Work {
    pub const ALL: [Self; 4] = [Self::Create, Self::Flow, Self::List, Self::Read];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Create => "create an order of 5 lines",
            Self::Flow => "create, confirm, receive all, stock and journal posted",
            Self::List => "list 50 of 10,000 by supplier, newest first",
            Self::Read => "read one order with its lines",
        }
    }

    /// The flow is compared with the create's yardstick.
    pub const fn yardstick(self) -> Option<Script> {
        match self {
            Self::Create => Some(Script::Insert),
            Self::Flow => None,
            Self::List => Some(Script::List),
            Self::Read => Some(Script::Read),
        }
    }
}

/// One round of one kind of work.
#[derive(Debug, Clone)]
pub struct Measured {
    pub count: u64,
    pub seconds: f64,
    pub p50_ms: f64,
    pub p95_ms: f64,
}

static TURN: AtomicU64 = AtomicU64::new(1);

pub async fn run(work: Work, server: &Server, data: &Data, clients: usize, seconds: u64) -> anyhow::Result<Measured> {
    let picks = Arc::new(Picks {
        suppliers: data.suppliers.clone(),
        products: data.products.clone(),
        orders: data.orders.clone(),
    });
    let until = Instant::now() + Duration::from_secs(seconds);
    let started = Instant::now();
    let mut tasks = Vec::new();
    for _ in 0..clients {
        let mut connection = Connection::open(&server.address, &data.token).await?;
        let picks = Arc::clone(&picks);
        tasks.push(tokio::spawn(async move {
            let mut times = Vec::new();
            while Instant::now() < until {
                one(work, &mut connection, &picks).await?;
                times.push(connection.waited().as_secs_f64() * 1_000.0);
            }
            Ok::<_, anyhow::Error>(times)
        }));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    Ok(Measured {
        count: u64::try_from(times.len())?,
        seconds: started.elapsed().as_secs_f64(),
        p50_ms: at(50),
        p95_ms: at(95),
    })
}

struct Picks {
    suppliers: Vec<Uuid>,
    products: Vec<Uuid>,
    orders: Vec<Uuid>,
}

/// Another record each turn, the same sequence for every run.
fn pick(ids: &[Uuid], turn: u64) -> Uuid {
    let place = usize::try_from(turn.wrapping_mul(2_654_435_761) % 1_000_003).unwrap_or(0) % ids.len().max(1);
    ids.get(place).copied().unwrap_or_default()
}

pub async fn one_of(work: Work, connection: &mut Connection, data: &Data) -> anyhow::Result<()> {
    let picks =
        Picks { suppliers: data.suppliers.clone(), products: data.products.clone(), orders: data.orders.clone() };
    one(work, connection, &picks).await
}

async fn one(work: Work, connection: &mut Connection, picks: &Picks) -> anyhow::Result<()> {
    let turn = TURN.fetch_add(1, Ordering::Relaxed);
    match work {
        Work::Create => create(connection, picks, turn).await.map(|_| ()),
        Work::Flow => {
            let id = create(connection, picks, turn).await?;
            let path = format!("/api/v1/purchase-orders/{id}");
            call(connection, "POST", &format!("{path}/confirm"), true, "{}", 200).await?;
            call(connection, "POST", &format!("{path}/receipts"), true, "{}", 201).await?;
            Ok(())
        }
        Work::List => {
            let supplier = pick(&picks.suppliers, turn);
            let path = format!("/api/v1/purchase-orders?filter[supplier_id]={supplier}&sort=-order_date&limit=50");
            call(connection, "GET", &path, false, "", 200).await.map(|_| ())
        }
        Work::Read => {
            let path = format!("/api/v1/purchase-orders/{}", pick(&picks.orders, turn));
            call(connection, "GET", &path, false, "", 200).await.map(|_| ())
        }
    }
}

async fn create(connection: &mut Connection, picks: &Picks, turn: u64) -> anyhow::Result<String> {
    let lines: Vec<Value> =
        (0..5).map(|line| json!({ "product_id": pick(&picks.products, turn * 5 + line), "quantity": "2" })).collect();
    let body = json!({ "supplier_id": pick(&picks.suppliers, turn), "order_date": "2026-11-20", "lines": lines });
    let answer = call(connection, "POST", "/api/v1/purchase-orders", true, &body.to_string(), 201).await?;
    let answer: Value = serde_json::from_str(&answer)?;
    Ok(answer.get("id").and_then(Value::as_str).unwrap_or_default().to_owned())
}

async fn call(
    connection: &mut Connection,
    method: &str,
    path: &str,
    keyed: bool,
    body: &str,
    expected: u16,
) -> anyhow::Result<String> {
    let key = keyed.then(|| Uuid::now_v7().to_string());
    let (status, answer) = connection.send(method, path, key.as_deref(), body).await?;
    anyhow::ensure!(status == expected, "{method} {path} answered {status}: {answer}");
    Ok(answer)
}
