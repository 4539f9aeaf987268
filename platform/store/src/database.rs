use std::time::Duration;

use kontor_kernel::{Error, Result, TenantId};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::pool::Pool;

/// Where the database is, for each of the roles that the server uses.
#[derive(Debug, Clone)]
pub struct DatabaseUrls {
    /// `kontor_app`: the tenants' work.
    pub app: String,
    /// `kontor_identity`: sign-up, log-in, subscriptions.
    pub identity: String,
    /// `kontor_reader`: search and sealing, across tenants, read-only.
    pub reader: String,
    /// Connections for the tenants' work; two to four per core serve best.
    pub app_connections: u32,
}

/// The connections of one server process.
#[derive(Debug, Clone)]
pub struct Databases {
    app: Pool,
    /// Short statements that must commit apart from a transaction in progress: blocks of numbers. A pool of its own, so
    /// that transactions that wait for a number never wait for each other's connections.
    aside: PgPool,
    identity: PgPool,
    identity_work: Pool,
    reader: PgPool,
}

impl Databases {
    /// Opens the pools without waiting for a first connection: a server starts while its database still does.
    pub fn open(urls: &DatabaseUrls) -> Result<Self> {
        Ok(Self {
            app: Pool::lazy(work_options(&urls.app)?, urls.app_connections)?,
            aside: pool(work_options(&urls.app)?, 2),
            identity: pool(options(&urls.identity)?, 4),
            identity_work: Pool::lazy(options(&urls.identity)?, 2)?,
            reader: pool(options(&urls.reader)?, 3),
        })
    }

    /// The database a tenant lives on. One today; a tenant may be given another.
    pub fn pool(&self, _tenant: TenantId) -> &Pool {
        &self.app
    }

    pub(crate) fn aside(&self, _tenant: TenantId) -> &PgPool {
        &self.aside
    }

    /// People, sessions, plans: what spans tenants.
    pub fn identity(&self) -> &PgPool {
        &self.identity
    }

    /// Writes of the same role that are one with a tenant's rows, under their row-level security.
    pub(crate) fn identity_work(&self) -> &Pool {
        &self.identity_work
    }

    /// Every tenant's rows, read-only.
    pub fn reader(&self) -> &PgPool {
        &self.reader
    }

    /// `(open, idle)` connections for the tenants' work, for the metrics.
    pub fn usage(&self) -> (usize, usize) {
        self.app.usage()
    }

    pub async fn close(&self) {
        self.app.close();
        self.identity_work.close();
        self.aside.close().await;
        self.identity.close().await;
        self.reader.close().await;
    }
}

fn options(url: &str) -> Result<PgConnectOptions> {
    let options: PgConnectOptions = url.parse().map_err(Error::internal)?;
    Ok(sqlx::ConnectOptions::disable_statement_logging(options).application_name("kontor"))
}

/// The tenants' work is the same few statements by key, again and again. Left to itself PostgreSQL plans many of them
/// anew at each call, because an array of known length looks cheaper than one of unknown length; planning then costs
/// more than the work. And it reads whole tables, which have every tenant's rows, where an index leads to the few wanted.
fn work_options(url: &str) -> Result<PgConnectOptions> {
    Ok(options(url)?.options([
        ("plan_cache_mode", "force_generic_plan"),
        ("enable_seqscan", "off"),
        ("random_page_cost", "1.1"),
        ("jit", "off"),
    ]))
}

fn pool(options: PgConnectOptions, connections: u32) -> PgPool {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(5))
        .test_before_acquire(false)
        .max_lifetime(Duration::from_secs(30 * 60))
        .connect_lazy_with(options)
}
