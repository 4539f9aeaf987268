use std::path::PathBuf;

use clap::{Parser, Subcommand as Subcommands};

/// ERP for small and mid-sized companies.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Arguments {
    #[command(subcommand)]
    pub subcommand: Subcommand,
}

#[derive(Debug, Subcommands)]
pub enum Subcommand {
    /// Everything on this machine: a private PostgreSQL, the schema, a demo company, web and worker. Ctrl-C stops all.
    Dev {
        /// The port of the web app, on the loopback address.
        #[arg(long, env = "PORT", default_value_t = 8080)]
        port: u16,
        /// Where the database, the search index and the secret are kept.
        #[arg(long, default_value = ".kontor")]
        data: PathBuf,
        /// Without the demo company.
        #[arg(long)]
        no_demo: bool,
    },
    /// The web app and the API.
    Serve,
    /// Background work: jobs and schedules.
    Worker,
    /// Brings the database's schema up to date, as its owner.
    Migrate {
        /// A superuser's address; makes the roles and the database first.
        #[arg(long)]
        admin_url: Option<String>,
    },
    /// Fills in data.
    Seed {
        #[command(subcommand)]
        what: Seed,
    },
    /// Checks the invariants; the exit code is 1 when one is violated.
    Check {
        /// One company by its slug; all when left out.
        tenant: Option<String>,
    },
    /// The configuration.
    Config {
        #[command(subcommand)]
        what: ConfigAction,
    },
    /// Prints the API's OpenAPI document.
    Openapi,
}

#[derive(Debug, Clone, Copy, Subcommands)]
pub enum Seed {
    /// The company Northwind Traders with its suppliers, customers, products and a year of orders.
    Demo,
}

#[derive(Debug, Clone, Copy, Subcommands)]
pub enum ConfigAction {
    /// Reads every setting, names all that are wrong, and shows the rest.
    Check,
}
