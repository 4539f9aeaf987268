use std::path::{Path, PathBuf};

/// The outcome of everything that can go wrong around a private PostgreSQL.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a private PostgreSQL could not be started, used or stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No usable `initdb` and `postgres` were found.
    #[error(
        "no PostgreSQL {oldest} or newer was found in {looked}: install it \
         (Debian, Ubuntu: `apt-get install postgresql`; Fedora: `dnf install postgresql-server`; \
         macOS: `brew install postgresql`), or set KONTOR_POSTGRES_BIN to the directory that holds \
         `initdb`, `postgres` and `psql`"
    )]
    NotInstalled {
        /// The oldest major version that will do.
        oldest: u32,
        /// The places that were searched.
        looked: String,
    },

    /// The data was written by a major version that is not installed any more.
    #[error(
        "the data in {} was made by PostgreSQL {data}, which is not installed: install \
         `postgresql-{data}`, or remove the directory to start afresh", .directory.display()
    )]
    DataVersion {
        /// The major version that wrote the data.
        data: u32,
        /// The cluster's directory.
        directory: PathBuf,
    },

    /// Another live process owns the cluster.
    #[error(
        "the database in {} is in use by another `kontor` process: stop that one first",
        .0.display()
    )]
    InUse(PathBuf),

    /// Root asked for a cluster, and no plain account exists to run it.
    #[error(
        "PostgreSQL does not run as root, and there is neither an account `postgres` nor `nobody` \
         to run it: create one (`useradd --system postgres`) or start as a plain user"
    )]
    NoPlainAccount,

    /// The port asked for is taken.
    #[error("port {0} is taken by another program: stop it or choose another port")]
    PortTaken(u16),

    /// Somebody else made the directory in which the socket would lie.
    #[error("the socket directory {} belongs to somebody else: remove it", .0.display())]
    SocketDirectory(PathBuf),

    /// `initdb` failed.
    #[error("initdb failed: {0}")]
    Initdb(String),

    /// The server ended before it was ready, or did not become ready in time.
    #[error("PostgreSQL did not start (log: {}): {output}", .log.display())]
    Start {
        /// The whole log.
        log: PathBuf,
        /// Its last lines.
        output: String,
    },

    /// The server was told to stop and did not.
    #[error("PostgreSQL (process {0}) did not stop in time")]
    Stop(u32),

    /// `psql` reported an error.
    #[error("{action}: {output}")]
    Database {
        /// What was being done.
        action: String,
        /// What `psql` said.
        output: String,
    },

    /// The operating system refused something.
    #[error("cannot {action}: {source}")]
    Io {
        /// What was being done.
        action: String,
        /// The operating system's answer.
        source: std::io::Error,
    },
}

impl Error {
    /// Wraps an operating-system error that happened while doing `action` to `path`.
    pub(crate) fn io(action: &str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let action = format!("{action} {}", path.display());
        move |source| Self::Io { action, source }
    }
}
