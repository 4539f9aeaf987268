use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use tokio::io::AsyncWriteExt;

use crate::binaries::Binaries;
use crate::error::{Error, Result};

/// Creates the empty database `name`.
///
/// # Errors
/// [`Error::Database`] when it exists already or `admin_url` may not create one.
pub async fn create_database(admin_url: &str, name: &str) -> Result<()> {
    let action = format!("cannot create database {name}");
    run(admin_url, &action, &[("name", name)], "create database :\"name\";").await.map(drop)
}

/// Creates the database `name` as a copy of `template`, to which nobody may be connected.
///
/// Any number of processes may copy one template at the same time.
///
/// # Errors
/// [`Error::Database`] when `name` exists already, or `template` does not or is in use.
pub async fn clone_database(admin_url: &str, template: &str, name: &str) -> Result<()> {
    let action = format!("cannot copy database {template} to {name}");
    let names = [("name", name), ("template", template)];
    run(admin_url, &action, &names, "create database :\"name\" template :\"template\";").await.map(drop)
}

/// Removes the database `name`, ending the sessions in it; that it does not exist is no error.
///
/// # Errors
/// [`Error::Database`] when `admin_url` may not remove it.
pub async fn drop_database(admin_url: &str, name: &str) -> Result<()> {
    let action = format!("cannot drop database {name}");
    run(admin_url, &action, &[("name", name)], DROP).await.map(drop)
}

/// Has the database `name` removed with the sessions in it, by a process that nobody waits for and that may outlive this
/// one: for a `Drop`, which cannot wait. What fails stays until the server goes.
pub(crate) fn discard_database(admin_url: &str, name: &str) {
    let Ok(mut command) = psql(admin_url, &[("name", name)]) else { return };
    let Ok(mut child) = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn() else {
        return;
    };
    if let Some(mut input) = child.stdin.take() {
        let _ = input.write_all(DROP.as_bytes());
    }
    // A process that has ended keeps its id until somebody asks for it.
    thread::spawn(move || child.wait());
}

const DROP: &str = "drop database if exists :\"name\" with (force);";

/// Whether the database `name` exists.
pub(crate) async fn database_exists(admin_url: &str, name: &str) -> Result<bool> {
    let action = format!("cannot look for database {name}");
    let sql = "select count(*) from pg_database where datname = :'name';";
    let count = run(admin_url, &action, &[("name", name)], sql).await?;
    Ok(count.trim() == "1")
}

/// Gives the database `from` its final name and closes it, so that it can be copied at any time.
pub(crate) async fn finish_template(admin_url: &str, from: &str, name: &str) -> Result<()> {
    let action = format!("cannot finish template {name}");
    let sql = "alter database :\"from\" with allow_connections false;
        select pg_terminate_backend(pid) from pg_stat_activity where datname = :'from';
        alter database :\"from\" rename to :\"name\";";
    run(admin_url, &action, &[("from", from), ("name", name)], sql).await.map(drop)
}

/// Runs `sql` through `psql`, which quotes the variables in it, and answers with what it prints.
async fn run(admin_url: &str, action: &str, variables: &[(&str, &str)], sql: &str) -> Result<String> {
    let command = psql(admin_url, variables)?;
    let program = command.get_program().to_owned();
    let failed = || Error::io("run", Path::new(&program));
    let mut child = tokio::process::Command::from(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(failed())?;
    // Variables are filled in only where the text comes through standard input. If psql has ended
    // before it read all, its own message below says why.
    if let Some(mut input) = child.stdin.take() {
        let _ = input.write_all(sql.as_bytes()).await;
    }
    let output = child.wait_with_output().await.map_err(failed())?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let output = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Error::Database { action: action.to_owned(), output })
}

/// `psql` as the superuser, its variables set.
fn psql(admin_url: &str, variables: &[(&str, &str)]) -> Result<Command> {
    let mut command = Command::new(Binaries::newest()?.program("psql"));
    command.args(["--no-psqlrc", "--no-password", "--quiet", "--tuples-only", "--no-align"]);
    command.args(["--set", "ON_ERROR_STOP=1"]);
    for (name, value) in variables {
        command.arg("--set").arg(format!("{name}={value}"));
    }
    command.arg("--dbname").arg(admin_url).env("LC_ALL", "C");
    Ok(command)
}
