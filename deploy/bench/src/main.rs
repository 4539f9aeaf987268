//! Measures the release build of `kontor serve` against pgbench: the same rows, the same PostgreSQL, the same kind of
//! socket, interleaved in one run. Ratios decide; absolute times are reported.

mod client;
mod data;
mod load;
mod pgbench;
mod report;
mod search;
mod server;
mod statements;
mod tenants;

use std::path::PathBuf;

use anyhow::Context as _;
use kontor_postgres::Cluster;

/// How often and how long each measure is taken; the median counts.
#[derive(Clone, Copy)]
struct Effort {
    rounds: usize,
    seconds: u64,
    idle_tenants: usize,
}

impl Effort {
    const FULL: Self = Self { rounds: 5, seconds: 4, idle_tenants: 1_000 };
    /// To see that everything runs; its figures mean nothing.
    const QUICK: Self = Self { rounds: 1, seconds: 1, idle_tenants: 20 };
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("kontor-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let quick = std::env::args().any(|argument| argument == "--quick");
    let outcome = run(&folder, if quick { Effort::QUICK } else { Effort::FULL }).await;
    std::fs::remove_dir_all(&folder).ok();
    let passed = outcome?;
    anyhow::ensure!(passed || quick, "a bound does not hold");
    Ok(())
}

async fn run(folder: &std::path::Path, effort: Effort) -> anyhow::Result<bool> {
    let cluster = Cluster::builder(folder.join("pg"))
        .durable(true)
        .setting("shared_preload_libraries", "pg_stat_statements")
        .start()
        .await?;
    kontor_store::bootstrap(&cluster.admin_url(), data::DATABASE, data::PASSWORD).await?;
    kontor_store::migrate(&cluster.url("kontor_owner", data::DATABASE)).await?;
    let server = server::Server::start(&cluster, folder).await?;
    let data = data::load(&cluster, &server).await.context("the data of the benchmark")?;
    statements::track(&cluster, "none").await?;
    let mut report = report::Report::default();
    for round in 1..=effort.rounds {
        println!("round {round} of {}", effort.rounds);
        for clients in [1_usize, 8] {
            for work in load::Work::ALL {
                if let Some(script) = work.yardstick() {
                    report.add_yardstick(
                        work,
                        clients,
                        pgbench::run(&cluster, &data, script, clients, effort.seconds).await?,
                    );
                }
                let before = server.cpu_ms()?;
                let measured = load::run(work, &server, &data, clients, effort.seconds).await?;
                report.add(work, clients, measured, server.cpu_ms()? - before);
            }
        }
    }
    report.memory_mb = server.memory_mb()?;
    report.statements = statements::count(&cluster, &server, &data).await?;
    server.stop().await?;
    for _ in 0..5 {
        let server = server::Server::start(&cluster, folder).await?;
        report.starts.push(server.started_in.as_secs_f64());
        server.stop().await?;
    }
    let server = server::Server::start(&cluster, folder).await?;
    report.idle_tenant_kb = tenants::idle(&server, effort.idle_tenants).await?;
    server.stop().await?;
    search::load(&cluster, &data).await?;
    std::fs::remove_dir_all(folder.join("data/search"))?;
    let server = server::Server::start(&cluster, folder).await?;
    report.searches = search::run(&cluster, &server, &data).await?;
    let path = if effort.rounds == 1 { folder.join("benchmarks.md") } else { PathBuf::from("docs/benchmarks.md") };
    let passed = report.write(&path)?;
    println!("{}", std::fs::read_to_string(&path)?);
    server.stop().await?;
    cluster.stop().await?;
    Ok(passed)
}
