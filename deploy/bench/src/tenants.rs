use std::{
    ops::Range,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::{client::Connection, server::Server};

const PEOPLE_AT_ONCE: usize = 4;
/// Companies that come first, so that what the server sets up once is not counted for each that follows.
const BEFORE: usize = 20;

/// Signs `count` companies up, opens a list and searches in each, and answers by how many kB the server has grown for
/// each of them.
pub async fn idle(server: &Server, count: usize) -> anyhow::Result<f64> {
    visit_each(server, 0..BEFORE).await?;
    settle().await;
    let before = server.memory_mb()?;
    visit_each(server, BEFORE..BEFORE + count).await?;
    settle().await;
    Ok((server.memory_mb()? - before) * 1_024.0 / f64::from(u32::try_from(count)?))
}

async fn visit_each(server: &Server, numbers: Range<usize>) -> anyhow::Result<()> {
    let next = Arc::new(AtomicUsize::new(numbers.start));
    let mut people = Vec::new();
    for _ in 0..PEOPLE_AT_ONCE {
        let (next, address, numbers) = (Arc::clone(&next), server.address.clone(), numbers.clone());
        people.push(tokio::spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= numbers.end {
                    return anyhow::Ok(());
                }
                visit(&address, number).await?;
            }
        }));
    }
    for person in people {
        person.await??;
    }
    Ok(())
}

/// Until the workers have caught up and what was lent is given back.
async fn settle() {
    tokio::time::sleep(Duration::from_secs(10)).await;
}

async fn visit(address: &str, number: usize) -> anyhow::Result<()> {
    let mut anonymous = Connection::open(address, "").await?;
    let body = json!({
        "company": format!("Idle {number}"), "slug": format!("idle-{number}"), "country": "DE", "currency": "EUR",
        "name": "Idle Owner", "email": format!("owner-{number}@example.com"), "password": "a long bench password 42",
    });
    let (status, answer) = anonymous.send("POST", "/api/v1/sign-up", None, &body.to_string()).await?;
    anyhow::ensure!(status == 201, "sign-up answered {status}: {answer}");
    let answer: Value = serde_json::from_str(&answer)?;
    let token = answer.get("access_token").and_then(Value::as_str).context("no token")?;
    let mut http = Connection::open(address, token).await?;
    for path in ["/api/v1/accounts?limit=50", "/api/v1/search?q=idl"] {
        let (status, answer) = http.send("GET", path, None, "").await?;
        anyhow::ensure!(status == 200, "{path} answered {status}: {answer}");
    }
    Ok(())
}
