//! A private PostgreSQL, started from the binaries that the system has installed.
//!
//! `kontor dev` keeps one under `.kontor/pg`; tests use a throw-away one. Both belong to the
//! process that started them: no system service is touched, no port or account is shared, and when
//! that process ends, even by `kill -9`, its PostgreSQL ends too.
//!
//! # Who may connect
//!
//! The unix socket lies in a directory that only the server's own operating-system account (and
//! root) can enter, and whoever reaches it is trusted. TCP listens on the loopback address alone
//! and asks for a password, which is random and stored readable by that account only.
//!
//! # Root
//!
//! PostgreSQL refuses to run as root. When root starts a cluster, the server runs as the account
//! `postgres` or, where there is none, `nobody`. If that account cannot reach the directory asked
//! for (a checkout below `/root`, for example), the data is kept in `/var/lib/kontor` and the
//! directory holds a link to it.

mod account;
mod binaries;
mod cluster;
mod database;
mod error;
mod home;
mod postmaster;
mod test_cluster;
mod url;
mod watchdog;

pub use cluster::{Cluster, ClusterBuilder};
pub use database::{clone_database, create_database, drop_database};
pub use error::{Error, Result};
pub use test_cluster::{TEST_DATABASE_URL, TestCluster};
pub use watchdog::{Signal, Watchdog};
