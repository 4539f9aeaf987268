use std::process::ExitCode;

use anyhow::Context as _;

use crate::config::Config;

/// Brings the schema up to date. With a superuser's address the roles and the database are made first, with the password
/// of `DATABASE_URL`.
pub async fn run(config: &Config, admin_url: Option<&str>) -> anyhow::Result<ExitCode> {
    if let Some(admin_url) = admin_url {
        let (database, password) = target(&config.databases.app).context("DATABASE_URL names no database")?;
        kontor_store::bootstrap(admin_url, &database, &password).await?;
    }
    schema(config).await?;
    println!("the schema is up to date");
    Ok(ExitCode::SUCCESS)
}

/// The product's tables, then the jobs' own.
pub async fn schema(config: &Config) -> anyhow::Result<()> {
    kontor_store::migrate(&config.owner_url).await?;
    kontor_jobs::migrate(&config.owner_url).await?;
    Ok(())
}

/// The database and the password that an address names.
fn target(url: &str) -> Option<(String, String)> {
    let (_, rest) = url.split_once("://")?;
    let (authority, path) = rest.split_once('/')?;
    let database = path.split('?').next().filter(|name| !name.is_empty())?;
    let login = authority.rsplit_once('@').map_or("", |(login, _)| login);
    let password = login.split_once(':').map_or("", |(_, password)| password);
    Some((database.to_owned(), password.to_owned()))
}
