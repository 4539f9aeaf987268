use std::time::{Duration, Instant};

use anyhow::Context as _;
use kontor_postgres::Cluster;
use serde_json::Value;
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

use crate::{
    client::Connection,
    data::{DATABASE, Data, ids},
    server::Server,
};

const DOCUMENTS: usize = 100_000;
const QUESTIONS: i64 = 400;

/// Customers whose names are words of two to four syllables, some 20,000 different ones, unevenly spread as in real names.
const FILL: &str = "
with syllables as (
    select array['ba','che','di','fro','gu','ha','ik','jo','ka','li','mo','nu','or','pa','que','ros','si','tor','ul','vin',
                 'wa','xe','yo','zan','schu','tra','ber','mar','len','ton'] as s
), word as (
    select id, n, k, initcap(string_agg(s[1 + floor(30 * power(random(), 1.5))::int], '')) as w
    from syllables, unnest($2::uuid[]) with ordinality c (id, n), generate_series(1, 4) k,
         generate_series(1, 2 + ((n * k) % 3)::int) p
    group by id, n, k
)
insert into partners (tenant_id, id, is_customer, code, name, contact_name, city, country, payment_days, created_at, updated_at)
select $1, id, true, 'C-' || lpad(n::text, 6, '0'), string_agg(w, ' ' order by k) filter (where k <= 2),
       max(w) filter (where k = 3), max(w) filter (where k = 4), 'DE', 30, now(), now()
from word group by id, n";

/// How long one kind of question takes.
pub struct Asked {
    pub what: &'static str,
    pub p50_ms: f64,
    pub p95_ms: f64,
}

/// Stores 100,000 customers; a server that starts with an empty index reads them into it.
pub async fn load(cluster: &Cluster, data: &Data) -> anyhow::Result<()> {
    let mut admin = PgConnection::connect(&cluster.url("postgres", DATABASE)).await?;
    let customers = ids(DOCUMENTS)?;
    sqlx::query(FILL).bind(data.tenant).bind(&customers).execute(&mut admin).await?;
    sqlx::query("vacuum analyze partners").execute(&mut admin).await?;
    Ok(())
}

/// Asks one after the other over one kept-alive connection, as somebody who types does.
pub async fn run(cluster: &Cluster, server: &Server, data: &Data) -> anyhow::Result<Vec<Asked>> {
    let mut admin = PgConnection::connect(&cluster.url("postgres", DATABASE)).await?;
    let names: Vec<String> = sqlx::query_scalar(
        "select name from partners where tenant_id = $1 and is_customer order by md5(id::text) limit $2",
    )
    .bind(data.tenant)
    .bind(QUESTIONS)
    .fetch_all(&mut admin)
    .await?;
    let mut http = Connection::open(&server.address, &data.token).await?;
    indexed(&mut admin, &mut http, data.tenant).await?;
    let mut results = Vec::new();
    for (what, letters) in [("1 letter", 1), ("3 letters", 3), ("6 letters", 6), ("whole names", usize::MAX)] {
        let mut times = Vec::with_capacity(names.len());
        for name in &names {
            let text: String = name.chars().take(letters).collect();
            let started = Instant::now();
            let found = find(&mut http, &text).await?;
            times.push(started.elapsed().as_secs_f64() * 1_000.0);
            anyhow::ensure!(!found.is_empty(), "'{text}' finds nothing");
        }
        times.sort_by(f64::total_cmp);
        let at = |percent: usize| times.get((times.len() - 1) * percent / 100).copied().unwrap_or_default();
        results.push(Asked { what, p50_ms: at(50), p95_ms: at(95) });
    }
    Ok(results)
}

/// Waits until the customer that is read last is found.
async fn indexed(admin: &mut PgConnection, http: &mut Connection, tenant: Uuid) -> anyhow::Result<()> {
    let last: String = sqlx::query_scalar("select max(code) from partners where tenant_id = $1 and is_customer")
        .bind(tenant)
        .fetch_one(admin)
        .await?;
    let started = Instant::now();
    while find(http, &last).await?.is_empty() {
        anyhow::ensure!(started.elapsed() < Duration::from_secs(180), "the index is not built");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    Ok(())
}

async fn find(http: &mut Connection, text: &str) -> anyhow::Result<Vec<Value>> {
    let path = format!("/api/v1/search?q={}", text.replace(' ', "%20"));
    let (status, answer) = http.send("GET", &path, None, "").await?;
    anyhow::ensure!(status == 200, "{path} answered {status}: {answer}");
    let answer: Value = serde_json::from_str(&answer)?;
    Ok(answer.get("data").and_then(Value::as_array).context("no data")?.clone())
}
