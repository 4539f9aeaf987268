use std::{
    net::TcpListener,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use kontor_postgres::Cluster;
use tokio::process::{Child, Command};

use crate::data::{DATABASE, PASSWORD};

/// The release build of `kontor serve`, as a process of its own.
pub struct Server {
    child: Child,
    pub address: String,
    pub started_in: Duration,
}

impl Server {
    pub async fn start(cluster: &Cluster, folder: &Path) -> anyhow::Result<Self> {
        let (port, metrics) = (free_port()?, free_port()?);
        let address = format!("127.0.0.1:{port}");
        let binary = std::env::current_exe()?.with_file_name("kontor");
        let started = Instant::now();
        let child = Command::new(binary)
            .arg("serve")
            .env_clear()
            .env("DATABASE_URL", url(cluster, "kontor_app"))
            .env("DATABASE_IDENTITY_URL", url(cluster, "kontor_identity"))
            .env("DATABASE_READER_URL", url(cluster, "kontor_reader"))
            .env("KONTOR_SECRET", "the secret of the benchmark, long enough")
            .env("KONTOR_LISTEN", &address)
            .env("KONTOR_METRICS_LISTEN", format!("127.0.0.1:{metrics}"))
            .env("KONTOR_DATA", folder.join("data"))
            .env("KONTOR_LIMIT_CALLS", "100000000")
            .env("KONTOR_LIMIT_SIGN_UPS", "100000")
            .env("KONTOR_LOG", "warn")
            .kill_on_drop(true)
            .spawn()
            .context("target/release/kontor does not start; build it first")?;
        while tokio::net::TcpStream::connect(&address).await.is_err() {
            anyhow::ensure!(started.elapsed() < Duration::from_secs(20), "the server does not answer");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        Ok(Self { child, address, started_in: started.elapsed() })
    }

    /// Processor time used so far, user and system, in milliseconds.
    pub fn cpu_ms(&self) -> anyhow::Result<f64> {
        let id = self.child.id().context("the server has ended")?;
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
        let after_name = stat.rsplit_once(')').context("an unknown /proc format")?.1;
        let fields: Vec<&str> = after_name.split_whitespace().collect();
        let ticks: f64 = [11, 12].into_iter().filter_map(|at| fields.get(at)?.parse::<f64>().ok()).sum();
        Ok(ticks * 10.0)
    }

    pub fn memory_mb(&self) -> anyhow::Result<f64> {
        let id = self.child.id().context("the server has ended")?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        Ok(line.split_whitespace().next().unwrap_or("0").parse::<f64>()? / 1024.0)
    }

    /// Asks the server to end, as an operator does, and waits for it.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        let id = self.child.id().context("the server has ended")?;
        Command::new("kill").arg(id.to_string()).status().await?;
        tokio::time::timeout(Duration::from_secs(30), self.child.wait()).await.context("the server does not end")??;
        Ok(())
    }
}

/// Over TCP, as a server reaches its database in production; pgbench does too.
fn url(cluster: &Cluster, role: &str) -> String {
    format!("postgres://{role}:{PASSWORD}@127.0.0.1:{}/{DATABASE}", cluster.port())
}

fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
