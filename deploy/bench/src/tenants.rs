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
const BEFORE: usize = 100;
/// How long the server rests before it is measured, and how often it is looked at then.
const REST: Duration = Duration::from_secs(15);
const LOOKS: u32 = 60;

/// Signs `count` companies up, opens a list and searches in each, and answers by how many kB the server has grown for
/// each of them.
pub async fn idle(server: &Server, count: usize) -> anyhow::Result<f64> {
    visit_each(server, 0..BEFORE).await?;
    let before = at_rest(server).await?;
    visit_each(server, BEFORE..BEFORE + count).await?;
    Ok((at_rest(server).await? - before) * 1_024.0 / f64::from(u32::try_from(count)?))
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

/// The memory of the server at rest, in MB: the least that it has while nobody asks. Its indexer and its password hashing
/// borrow blocks of 15 to 20 MB and give them back in their own time, so one look would count them or not by chance.
async fn at_rest(server: &Server) -> anyhow::Result<f64> {
    let mut least = f64::INFINITY;
    for _ in 0..LOOKS {
        tokio::time::sleep(REST / LOOKS).await;
        least = least.min(server.memory_mb()?);
    }
    Ok(least)
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
