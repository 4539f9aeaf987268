//! One run of all tests, with the servers that they share.

use std::env;
use std::io::{IsTerminal, Write};
use std::process::{ExitCode, ExitStatus, Stdio};

use anyhow::{Context, Result};
use kontor_postgres::{Cluster, TEST_DATABASE_URL};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::Command;

use crate::cargo;
use crate::redis::Redis;

/// Tells tests where the run's Redis is; unset when none is installed.
const TEST_REDIS_URL: &str = "KONTOR_TEST_REDIS_URL";

/// Every test process keeps a few connections, and there may be many processes.
const MAX_CONNECTIONS: &str = "500";

/// Runs the tests between the start and the end of their servers, and prints the runner's closing
/// line last.
pub async fn test(arguments: &[String]) -> Result<ExitCode> {
    cargo::install_if_missing("nextest").await?;
    let postgres = Cluster::temporary()
        .setting("max_connections", MAX_CONNECTIONS)
        .start()
        .await
        .context("the tests need a PostgreSQL")?;
    let redis = Redis::start().await?;
    let mut command = runner(arguments);
    command.env(TEST_DATABASE_URL, postgres.admin_url());
    match &redis {
        Some(redis) => command.env(TEST_REDIS_URL, redis.url()),
        None => command.env_remove(TEST_REDIS_URL),
    };
    let ran = run(command).await;
    if let Some(redis) = redis {
        redis.stop().await?;
    }
    postgres.stop().await?;
    let (status, closing_line) = ran?;
    if let Some(line) = closing_line {
        println!("{line}");
    }
    cargo::exit_code(status)
}

fn runner(arguments: &[String]) -> Command {
    let mut command = cargo::command();
    command.args(["nextest", "run"]);
    let chosen = ["-p", "--package", "--manifest-path"];
    if !arguments.iter().any(|argument| chosen.contains(&argument.as_str())) {
        command.arg("--workspace");
    }
    if env::var_os("CI").is_some_and(|value| !value.is_empty()) {
        command.args(["--profile", "ci"]);
    }
    let colour = if std::io::stderr().is_terminal() { "always" } else { "never" };
    command.args(["--color", colour]).args(arguments);
    command
}

/// Runs the command, passes its messages on, and answers with the closing line among them.
async fn run(mut command: Command) -> Result<(ExitStatus, Option<String>)> {
    let mut child = command.stderr(Stdio::piped()).spawn().context("cannot run cargo nextest")?;
    let messages = child.stderr.take().context("the runner's messages are not piped")?;
    let mut lines = BufReader::new(messages).lines();
    let mut closing_line = None;
    loop {
        let line = tokio::select! {
            line = lines.next_line() => line?,
            // At a terminal the runner hears it too and ends; our part is to clear away after it.
            interrupted = tokio::signal::ctrl_c() => {
                interrupted?;
                continue;
            }
        };
        let Some(line) = line else { break };
        writeln!(std::io::stderr(), "{line}")?;
        let plain = without_colour(&line);
        if plain.trim_start().starts_with("Summary [") {
            closing_line = Some(plain.trim().to_owned());
        }
    }
    Ok((child.wait().await?, closing_line))
}

/// The line without the terminal's colour codes.
fn without_colour(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // A colour code is `[`, digits and semicolons, `m`.
        plain.push_str(part.split_once('m').map_or("", |(_, text)| text));
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_codes_are_taken_out() {
        let line = "\u{1b}[32;1m     Summary\u{1b}[0m [   0.1s] \u{1b}[1m3\u{1b}[0m tests run: 3 passed";
        assert_eq!(without_colour(line), "     Summary [   0.1s] 3 tests run: 3 passed");
        assert_eq!(without_colour("plain"), "plain");
    }
}
