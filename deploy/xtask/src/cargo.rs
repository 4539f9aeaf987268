use std::env;
use std::process::{ExitCode, ExitStatus, Stdio};

use anyhow::{Context, Result, bail};
use tokio::process::Command;

/// Variables that `cargo run` sets for us. Build scripts that watch them would run again when our
/// own call of Cargo inherits them, and half the tree be built anew.
const INHERITED: [&str; 5] =
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_NAME", "CARGO_CRATE_NAME", "CARGO_PRIMARY_PACKAGE"];

/// The Cargo that runs us, as if called from the shell.
pub fn command() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if INHERITED.iter().any(|prefix| text.starts_with(prefix)) {
            command.env_remove(&name);
        }
    }
    command
}

/// Installs Cargo's subcommand `name` from source if it is missing, unoptimised: it is built in half the time, and runs
/// for seconds.
pub async fn install_if_missing(name: &str) -> Result<()> {
    let mut probe = command();
    probe.args([name, "--version"]).stdout(Stdio::null()).stderr(Stdio::null());
    if probe.status().await.context("cannot run cargo")?.success() {
        return Ok(());
    }
    let package = format!("cargo-{name}");
    eprintln!("installing {package}, once");
    let mut install = command();
    install.args(["install", "--locked", "--debug", &package]).env("CARGO_PROFILE_DEV_DEBUG", "0");
    if !install.status().await?.success() {
        bail!("cannot install {package}: see Cargo's message above");
    }
    Ok(())
}

/// Our exit code after a program that ended with `status`; 1 when a signal ended it.
pub fn exit_code(status: ExitStatus) -> Result<ExitCode> {
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(ExitCode::from(code))
}
