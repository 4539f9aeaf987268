use std::env;
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use tokio::sync::OnceCell;

use crate::cluster::Cluster;
use crate::database::{
    clone_database, create_database, database_exists, discard_database, drop_database, finish_template,
};
use crate::error::{Error, Result};
use crate::url;

/// The environment variable with the superuser's URL of the server that a test run shares.
pub const TEST_DATABASE_URL: &str = "KONTOR_TEST_DATABASE_URL";

/// The server that tests use: one for the whole run, however many processes it has.
///
/// `cargo xtask test` starts it and tells by [`TEST_DATABASE_URL`]. A test that is run by other
/// means gets a server of its own process, which ends with that.
#[derive(Debug)]
pub struct TestCluster {
    admin_url: String,
    /// Ended by its watchdog: what is in a static is never dropped.
    _own: Option<Cluster>,
}

static SHARED: OnceCell<TestCluster> = OnceCell::const_new();

impl TestCluster {
    /// The server of this test run.
    ///
    /// # Errors
    /// Those of [`ClusterBuilder::start`](crate::ClusterBuilder::start).
    pub async fn shared() -> Result<&'static Self> {
        SHARED.get_or_try_init(Self::find).await
    }

    async fn find() -> Result<Self> {
        if let Ok(admin_url) = env::var(TEST_DATABASE_URL) {
            return Ok(Self { admin_url, _own: None });
        }
        let own = Box::pin(Cluster::temporary().setting("max_connections", "300").start()).await?;
        Ok(Self { admin_url: own.admin_url(), _own: Some(own) })
    }

    /// The superuser's URL, in the database `postgres`.
    pub fn admin_url(&self) -> &str {
        &self.admin_url
    }

    /// The superuser's URL in `database`.
    pub fn admin_url_in(&self, database: &str) -> String {
        self.url_at(None, database)
    }

    /// A URL for `user` in `database`.
    pub fn url(&self, user: &str, database: &str) -> String {
        self.url_at(Some(user), database)
    }

    fn url_at(&self, user: Option<&str>, database: &str) -> String {
        // What is no URL is passed on: the connection's error will name it.
        url::at(&self.admin_url, user, database).unwrap_or_else(|| self.admin_url.clone())
    }

    /// Creates the empty database `name`.
    ///
    /// # Errors
    /// [`Error::Database`] when it exists already.
    pub async fn create_database(&self, name: &str) -> Result<()> {
        create_database(&self.admin_url, name).await
    }

    /// Creates the database `name` as a copy of `template`.
    ///
    /// # Errors
    /// [`Error::Database`] when `name` exists already, or `template` does not.
    pub async fn clone_database(&self, template: &str, name: &str) -> Result<()> {
        clone_database(&self.admin_url, template, name).await
    }

    /// Removes the database `name` with its sessions.
    ///
    /// # Errors
    /// [`Error::Database`] when the server refuses.
    pub async fn drop_database(&self, name: &str) -> Result<()> {
        drop_database(&self.admin_url, name).await
    }

    /// Has the database `name` removed with its sessions, soon and without waiting for it.
    pub fn discard_database(&self, name: &str) {
        discard_database(&self.admin_url, name);
    }

    /// Makes the template database `name` unless it is there, once for all processes of the run.
    ///
    /// `fill` gets the superuser's URL of an empty database, and closes its connections when it
    /// is done; the result has the name `name` and lets nobody in. If `fill` fails, the next
    /// caller tries again.
    ///
    /// # Errors
    /// What `fill` returns; [`Error::Database`] and [`Error::Io`].
    pub async fn template<F, E>(&self, name: &str, fill: F) -> Result<(), E>
    where
        F: AsyncFnOnce(String) -> Result<(), E>,
        E: From<Error>,
    {
        if database_exists(&self.admin_url, name).await? {
            return Ok(());
        }
        let _lock = self.lock(name).await?;
        if database_exists(&self.admin_url, name).await? {
            return Ok(());
        }
        let unfinished = format!("{name}_unfinished");
        self.drop_database(&unfinished).await?;
        self.create_database(&unfinished).await?;
        fill(self.admin_url_in(&unfinished)).await?;
        finish_template(&self.admin_url, &unfinished, name).await?;
        Ok(())
    }

    /// Waits for the lock that all processes of the run know by `name`.
    async fn lock(&self, name: &str) -> Result<File> {
        let mut hasher = DefaultHasher::new();
        (&self.admin_url, name).hash(&mut hasher);
        // The socket's directory goes with the server, and the lock with it.
        let directory = url::socket_directory(&self.admin_url)
            .map(PathBuf::from)
            .filter(|directory| directory.is_dir())
            .unwrap_or_else(env::temp_dir);
        let path = directory.join(format!("kontor-template-{:016x}.lock", hasher.finish()));
        let locked = tokio::task::spawn_blocking(move || lock_file(&path)).await;
        locked
            .map_err(|error| Error::Io { action: "wait for another test process".to_owned(), source: error.into() })?
    }
}

fn lock_file(path: &Path) -> Result<File> {
    let file = File::create(path).map_err(Error::io("open", path))?;
    file.lock().map_err(Error::io("lock", path))?;
    Ok(file)
}
