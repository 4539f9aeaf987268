//! The repository's own tools, run as `cargo xtask <command>`.

mod architecture;
mod cargo;
mod metadata;
mod redis;
mod tests_run;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Run the tests with a private PostgreSQL and, where installed, a private Redis
    Test {
        /// Passed on to `cargo nextest run`
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Check that the crates depend on one another only in the direction of the architecture
    Arrows,
    /// Check licences, bans and sources of the dependencies with cargo-deny
    Deny,
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    match Arguments::parse().task {
        Task::Test { arguments } => Box::pin(tests_run::test(&arguments)).await,
        Task::Arrows => architecture::arrows().await,
        Task::Deny => {
            cargo::install_if_missing("deny").await?;
            // Warnings, such as two versions of one crate, are for who asks for them.
            let checks = ["deny", "--log-level", "error", "check", "bans", "licenses", "sources"];
            cargo::exit_code(cargo::command().args(checks).status().await?)
        }
    }
}
