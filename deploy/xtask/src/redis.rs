use std::env;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use kontor_postgres::{Signal, Watchdog};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::sleep;

/// How long Redis may take to answer.
const START_TIMEOUT: Duration = Duration::from_secs(10);

/// A private Redis that keeps nothing.
#[derive(Debug)]
pub struct Redis {
    server: Child,
    _watchdog: Watchdog,
    port: u16,
    directory: PathBuf,
}

impl Redis {
    /// Starts the `redis-server` in PATH on a free port; none when there is none.
    pub async fn start() -> Result<Option<Self>> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let directory = env::temp_dir().join(format!("kontor-redis-{}", std::process::id()));
        std::fs::create_dir_all(&directory).context("cannot make a directory for Redis")?;
        let spawned = Command::new("redis-server")
            .args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port"])
            .arg(port.to_string())
            .arg("--dir")
            .arg(&directory)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            // Ctrl-C must not reach it before the tests that use it.
            .process_group(0)
            .kill_on_drop(true)
            .spawn();
        let server = match spawned {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                std::fs::remove_dir_all(&directory)?;
                return Ok(None);
            }
            other => other.context("cannot run redis-server")?,
        };
        let pid = server.id().context("redis-server ended at once")?;
        let watchdog = Watchdog::over(pid, Signal::Terminate, &[&directory])?;
        let mut redis = Self { server, _watchdog: watchdog, port, directory };
        redis.ready().await?;
        Ok(Some(redis))
    }

    async fn ready(&mut self) -> Result<()> {
        let deadline = Instant::now() + START_TIMEOUT;
        while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
            if let Some(status) = self.server.try_wait()? {
                bail!("redis-server ended at once: {status}");
            }
            if Instant::now() > deadline {
                bail!("redis-server does not answer on port {}", self.port);
            }
            sleep(Duration::from_millis(10)).await;
        }
        Ok(())
    }

    pub fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    pub async fn stop(mut self) -> Result<()> {
        self.server.kill().await.context("cannot stop redis-server")?;
        std::fs::remove_dir_all(&self.directory).context("cannot remove Redis's directory")
    }
}
