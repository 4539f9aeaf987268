use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::binaries::Binaries;
use crate::error::{Error, Result};
use crate::home::Home;
use crate::postmaster::{self, Postmaster};
use crate::url;
use crate::watchdog::Signal;

/// The superuser of every cluster.
const SUPERUSER: &str = "postgres";

/// How often another port is tried when one was taken between choosing and using it.
const PORT_ATTEMPTS: u32 = 5;

/// How long the processes of a killed server may take to notice and let go of its memory.
const ORPHANS_GONE: Duration = Duration::from_secs(10);

/// A running private PostgreSQL.
///
/// [`stop`](Self::stop) ends it in good order. Dropping it stops it too, blocking for up to five
/// seconds.
#[derive(Debug)]
pub struct Cluster {
    // Dropped first: the server has to be gone before its files are.
    postmaster: Option<Postmaster>,
    home: Home,
    port: u16,
    password: String,
    temporary: bool,
}

/// What a cluster shall be like; made by [`Cluster::builder`] and [`Cluster::temporary`].
#[derive(Debug, Clone)]
pub struct ClusterBuilder {
    /// None: a fresh one, removed afterwards.
    directory: Option<PathBuf>,
    durable: bool,
    port: Option<u16>,
    settings: Vec<(String, String)>,
}

impl Cluster {
    /// A cluster whose data stays in `directory` between starts. It is durable, on a free port,
    /// unless told otherwise.
    pub fn builder(directory: impl Into<PathBuf>) -> ClusterBuilder {
        let directory = Some(directory.into());
        ClusterBuilder { directory, durable: true, port: None, settings: Vec::new() }
    }

    /// A throw-away cluster in the directory for temporary files: fast, not durable, gone when
    /// stopped or dropped.
    pub fn temporary() -> ClusterBuilder {
        ClusterBuilder { directory: None, durable: false, port: None, settings: Vec::new() }
    }

    /// A URL for `user` in `database` over the unix socket, where no password is asked for.
    pub fn url(&self, user: &str, database: &str) -> String {
        url::socket_url(user, database, &self.home.socket_directory, self.port)
    }

    /// A URL for the superuser in the database `postgres`, over the unix socket.
    pub fn admin_url(&self) -> String {
        self.url(SUPERUSER, "postgres")
    }

    /// A URL for the superuser in `database` over TCP, with the password.
    pub fn tcp_url(&self, database: &str) -> String {
        url::tcp_url(SUPERUSER, &self.password, database, self.port)
    }

    /// The TCP port, on the loopback address; it also names the socket.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The directory of the unix socket.
    pub fn socket_directory(&self) -> &Path {
        &self.home.socket_directory
    }

    /// The server's log of this run.
    pub fn log(&self) -> PathBuf {
        self.home.log()
    }

    /// The id of the server's first process.
    pub fn pid(&self) -> Option<u32> {
        self.postmaster.as_ref().map(Postmaster::id)
    }

    /// Ends all sessions, stops the server, and removes the cluster if it is temporary.
    ///
    /// # Errors
    /// [`Error::Stop`] when the server does not end within 30 s (it is killed then);
    /// [`Error::Io`] when a file cannot be removed.
    pub async fn stop(mut self) -> Result<()> {
        if let Some(postmaster) = self.postmaster.take() {
            postmaster.stop().await?;
        }
        if self.temporary { self.home.remove() } else { Ok(()) }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let Some(postmaster) = self.postmaster.take() else { return };
        drop(postmaster);
        if self.temporary
            && let Err(error) = self.home.remove()
        {
            tracing::warn!(error = %error, "a temporary database stays behind");
        }
    }
}

impl ClusterBuilder {
    /// Whether what is committed survives a crash of the machine.
    ///
    /// A cluster that is not durable skips `fsync`, which makes tests several times faster, and
    /// has no autovacuum, which would hold up the copying of templates: a test that looks at plans
    /// has to say `analyze` itself.
    #[must_use]
    pub fn durable(mut self, durable: bool) -> Self {
        self.durable = durable;
        self
    }

    /// The TCP port; none (the default) takes one that is free.
    #[must_use]
    pub fn port(mut self, port: Option<u16>) -> Self {
        self.port = port;
        self
    }

    /// Sets one of PostgreSQL's configuration parameters.
    #[must_use]
    pub fn setting(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Makes the cluster if it does not exist, recovers it if its last run crashed, and starts it.
    ///
    /// # Errors
    /// [`Error::NotInstalled`] and [`Error::DataVersion`] when no suitable PostgreSQL is there;
    /// [`Error::InUse`] when another process runs this cluster; [`Error::PortTaken`];
    /// [`Error::NoPlainAccount`] when root has nobody to run it as; [`Error::Initdb`],
    /// [`Error::Start`] and [`Error::Io`] for all else, with what was said.
    pub async fn start(self) -> Result<Cluster> {
        let begun = Instant::now();
        let newest = Binaries::newest()?;
        let home = match &self.directory {
            Some(directory) => Home::open(directory)?,
            None => Home::temporary()?,
        };
        let started = self.start_in(&home, newest).await;
        let temporary = self.directory.is_none();
        match started {
            Ok((postmaster, port, password)) => {
                tracing::info!(port, "started PostgreSQL in {} ms", begun.elapsed().as_millis());
                Ok(Cluster { postmaster: Some(postmaster), home, port, password, temporary })
            }
            Err(error) => {
                if temporary {
                    home.remove()?;
                }
                Err(error)
            }
        }
    }

    async fn start_in(&self, home: &Home, newest: Binaries) -> Result<(Postmaster, u16, String)> {
        let password = home.password()?;
        let binaries = match home.data_version()? {
            Some(version) if version == newest.major => newest,
            Some(version) => Binaries::of_version(version, home.cluster())?,
            None => {
                self.initialise(&newest, home).await?;
                newest
            }
        };
        postmaster::recover(home).await?;
        let (postmaster, port) = self.serve(&binaries, home).await?;
        Ok((postmaster, port, password))
    }

    /// Runs `initdb` beside the final place, so that an interrupted run leaves nothing that looks
    /// like a cluster.
    ///
    /// Text sorts by code point and indexes serve prefixes (`lc_collate=C`), while upper and
    /// lower case are Unicode's.
    async fn initialise(&self, binaries: &Binaries, home: &Home) -> Result<()> {
        let unfinished = home.cluster().join("data.new");
        if unfinished.exists() {
            fs::remove_dir_all(&unfinished).map_err(Error::io("remove", &unfinished))?;
        }
        let program = binaries.program("initdb");
        let mut command = home.account.command(&program, home.cluster());
        command.arg("-D").arg(&unfinished).arg("--pwfile").arg(home.password_file()).args([
            "--username",
            SUPERUSER,
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            "--encoding=UTF8",
            "--lc-collate=C",
            "--lc-ctype=C.UTF-8",
            "--lc-messages=C",
            "--lc-monetary=C",
            "--lc-numeric=C",
            "--lc-time=C",
        ]);
        if !self.durable {
            command.arg("--no-sync");
        }
        let output = tokio::process::Command::from(command).output().await.map_err(Error::io("run", &program))?;
        if !output.status.success() {
            return Err(Error::Initdb(String::from_utf8_lossy(&output.stderr).trim().to_owned()));
        }
        fs::rename(&unfinished, home.data()).map_err(Error::io("rename", &unfinished))
    }

    /// Starts the server, on another port if the one found free has been taken meanwhile.
    async fn serve(&self, binaries: &Binaries, home: &Home) -> Result<(Postmaster, u16)> {
        let mut ports_left = PORT_ATTEMPTS;
        let deadline = Instant::now() + ORPHANS_GONE;
        loop {
            let port = free_port(self.port)?;
            let settings = self.all_settings(home, port);
            // A server that is not durable has nothing to write when it stops for good.
            let temporary = self.directory.is_none();
            let signal = if temporary { Signal::Quit } else { Signal::Interrupt };
            match Postmaster::start(binaries, home, &settings, signal, temporary).await {
                Err(Error::Start { output, .. }) if output.contains("could not bind") => {
                    ports_left -= 1;
                    if self.port.is_some() || ports_left == 0 {
                        return Err(Error::PortTaken(port));
                    }
                }
                Err(Error::Start { output, .. })
                    if output.contains("pre-existing shared memory block") && Instant::now() < deadline =>
                {
                    sleep(Duration::from_millis(100)).await;
                }
                Ok(postmaster) => return Ok((postmaster, port)),
                Err(error) => return Err(error),
            }
        }
    }

    fn all_settings(&self, home: &Home, port: u16) -> Vec<(String, String)> {
        let sockets = home.socket_directory.to_string_lossy();
        let mut settings = vec![
            ("port", port.to_string()),
            ("listen_addresses", "127.0.0.1".to_owned()),
            // A list in which a quoted entry may contain commas and blanks.
            ("unix_socket_directories", format!("\"{sockets}\"")),
            ("timezone", "UTC".to_owned()),
            ("log_timezone", "UTC".to_owned()),
        ];
        if !self.durable {
            let off = ["fsync", "synchronous_commit", "full_page_writes", "autovacuum"];
            settings.extend(off.map(|name| (name, "off".to_owned())));
        }
        let own = settings.into_iter().map(|(name, value)| (name.to_owned(), value));
        own.chain(self.settings.iter().cloned()).collect()
    }
}

/// The port asked for, if it is free, or any that is.
fn free_port(asked: Option<u16>) -> Result<u16> {
    match TcpListener::bind(("127.0.0.1", asked.unwrap_or(0))).and_then(|l| l.local_addr()) {
        Ok(address) => Ok(address.port()),
        Err(source) => match asked {
            Some(port) => Err(Error::PortTaken(port)),
            None => Err(Error::Io { action: "find a free port".to_owned(), source }),
        },
    }
}
