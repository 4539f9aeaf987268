use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::binaries::Binaries;
use crate::error::{Error, Result};
use crate::home::Home;
use crate::watchdog::{Signal, Watchdog};

/// Long enough for the recovery of a large cluster after a crash.
const START_TIMEOUT: Duration = Duration::from_secs(120);

/// Long enough for the last checkpoint on a slow disk.
const STOP_TIMEOUT: Duration = Duration::from_secs(30);

/// How often a process is asked for its state.
const POLL: Duration = Duration::from_millis(10);

/// How many lines of the log an error quotes.
const LOG_LINES: usize = 12;

/// The line of `postmaster.pid` that holds the server's state, counted from zero.
const PID_FILE_STATE_LINE: usize = 7;

/// The server's first process, our child.
#[derive(Debug)]
pub(crate) struct Postmaster {
    child: Child,
    stop_signal: Signal,
    _watchdog: Watchdog,
}

impl Postmaster {
    /// Starts the server and waits until it answers.
    ///
    /// `settings` go on its command line. `stop_signal` is how it is stopped, by us or by the
    /// watchdog, which also deletes the cluster when `temporary`.
    pub async fn start(
        binaries: &Binaries,
        home: &Home,
        settings: &[(String, String)],
        stop_signal: Signal,
        temporary: bool,
    ) -> Result<Self> {
        let log = home.log();
        let output = File::create(&log).map_err(Error::io("create", &log))?;
        let errors = output.try_clone().map_err(Error::io("open", &log))?;
        let program = binaries.program("postgres");
        let mut command = home.account.command(&program, home.cluster());
        command.arg("-D").arg(home.data());
        for (name, value) in settings {
            command.arg("-c").arg(format!("{name}={value}"));
        }
        // Ctrl-C at the terminal must not reach the server before those who still write to it.
        let child =
            command.stdout(output).stderr(errors).process_group(0).spawn().map_err(Error::io("run", &program))?;
        let remove = if temporary { home.all().to_vec() } else { Vec::new() };
        let watchdog = Watchdog::over(child.id(), stop_signal, &remove).map_err(Error::io("run", Path::new("sh")))?;
        let mut postmaster = Self { child, stop_signal, _watchdog: watchdog };
        postmaster.ready(home).await?;
        Ok(postmaster)
    }

    /// Waits for the server to declare itself ready in its pid file, as `pg_ctl` does.
    async fn ready(&mut self, home: &Home) -> Result<()> {
        let pid_file = home.data().join("postmaster.pid");
        let own_pid = self.child.id().to_string();
        let deadline = Instant::now() + START_TIMEOUT;
        while self.running(home)? && Instant::now() < deadline {
            let text = fs::read_to_string(&pid_file).unwrap_or_default();
            let pid = text.lines().next();
            let state = text.lines().nth(PID_FILE_STATE_LINE).map(str::trim);
            if pid == Some(own_pid.as_str()) && state == Some("ready") {
                return Ok(());
            }
            sleep(POLL).await;
        }
        Err(Error::Start { log: home.log(), output: log_tail(&home.log()) })
    }

    fn running(&mut self, home: &Home) -> Result<bool> {
        let state = self.child.try_wait().map_err(Error::io("watch", &home.data()))?;
        Ok(state.is_none())
    }

    /// The process's id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Stops the server and waits for its end.
    pub async fn stop(mut self) -> Result<()> {
        let pid = self.child.id();
        self.signal()?;
        let deadline = Instant::now() + STOP_TIMEOUT;
        while Instant::now() < deadline {
            if self.ended() {
                return Ok(());
            }
            sleep(POLL).await;
        }
        Err(Error::Stop(pid))
    }

    fn signal(&mut self) -> Result<()> {
        if self.ended() {
            return Ok(());
        }
        self.stop_signal.send(self.child.id()).map_err(Error::io("run", Path::new("sh")))
    }

    fn ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }
}

impl Drop for Postmaster {
    /// Stops the server if that was not done, and blocks for up to five seconds.
    fn drop(&mut self) {
        if self.ended() {
            return;
        }
        let deadline = Instant::now() + Duration::from_secs(5);
        if self.signal().is_ok() {
            while !self.ended() && Instant::now() < deadline {
                std::thread::sleep(POLL);
            }
        }
        // It may have ended in the meantime; then there is nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Clears away what a run that crashed has left: a server still alive is stopped, a pid file whose
/// process is no server of this cluster is removed.
///
/// PostgreSQL itself is content when *any* process has the recorded id, which after the restart of
/// a container is the rule rather than the exception.
pub(crate) async fn recover(home: &Home) -> Result<()> {
    let data = home.data();
    let pid_file = data.join("postmaster.pid");
    let Ok(text) = fs::read_to_string(&pid_file) else { return Ok(()) };
    if !Path::new("/proc/self/cwd").exists() {
        // Without /proc a process cannot be asked for its directory: PostgreSQL decides alone.
        return Ok(());
    }
    let Some(pid) = text.lines().next().and_then(|line| line.trim().parse::<u32>().ok()) else {
        return fs::remove_file(&pid_file).map_err(Error::io("remove", &pid_file));
    };
    if serves(pid, &data) {
        tracing::warn!(pid, "stopping the PostgreSQL that an earlier run left behind");
        Signal::Interrupt.send(pid).map_err(Error::io("run", Path::new("sh")))?;
        let deadline = Instant::now() + STOP_TIMEOUT;
        while serves(pid, &data) {
            if Instant::now() > deadline {
                return Err(Error::Stop(pid));
            }
            sleep(POLL).await;
        }
    }
    match fs::remove_file(&pid_file) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::io("remove", &pid_file)(error)),
        _ => Ok(()),
    }
}

/// Whether the process `pid` is a server over `data`: servers work in their data directory.
fn serves(pid: u32, data: &Path) -> bool {
    fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|directory| directory == data)
}

fn log_tail(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let tail = lines.get(lines.len().saturating_sub(LOG_LINES)..).unwrap_or_default();
    tail.join("\n")
}
