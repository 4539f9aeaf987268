//! `kontor`: the whole product in one binary. This crate only puts the parts together.

use kontor::{
    check,
    command_line::{self, Arguments, Subcommand},
    compose,
    config::Config,
    dev, migrate, seed, serve,
};

use std::process::ExitCode;

use clap::Parser as _;

/// Gives back to the system what is freed: with glibc's allocator each thread that has hashed a password keeps the 19 MB
/// of it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    rustls::crypto::ring::default_provider().install_default().ok();
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("kontor: the runtime does not start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(Box::pin(run(arguments.subcommand))) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("kontor: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run(subcommand: Subcommand) -> anyhow::Result<ExitCode> {
    // What needs no configuration of a server.
    match subcommand {
        Subcommand::Dev { port, data, no_demo } => return dev::run(port, data, !no_demo).await,
        Subcommand::Openapi => {
            println!("{}", compose::compose(&Config::for_description()?).await?.document);
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    let config = match Config::from_environment() {
        Ok(config) => config,
        Err(problems) => {
            eprintln!("{problems}");
            return Ok(ExitCode::FAILURE);
        }
    };
    config.start_logs();
    match subcommand {
        Subcommand::Serve => serve::run(&config, serve::Parts::Web).await,
        Subcommand::Worker => serve::run(&config, serve::Parts::Worker).await,
        Subcommand::Migrate { admin_url } => migrate::run(&config, admin_url.as_deref()).await,
        Subcommand::Seed { what: command_line::Seed::Demo } => seed::run(&config).await,
        Subcommand::Check { tenant } => check::run(&config, tenant.as_deref()).await,
        Subcommand::Config { what: command_line::ConfigAction::Check } => {
            println!("{config}");
            Ok(ExitCode::SUCCESS)
        }
        Subcommand::Dev { .. } | Subcommand::Openapi => Ok(ExitCode::SUCCESS),
    }
}
