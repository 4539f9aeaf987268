//! The schema's history and the roles it needs.

use kontor_kernel::{Error, Result};
use sqlx::{AssertSqlSafe, Connection, PgConnection, migrate::Migrator};

use crate::constraint::sql_error;

/// Plain SQL, forward only, one line of history.
pub static MIGRATOR: Migrator = sqlx::migrate!("../../migrations");

const ROLES: [&str; 4] = ["kontor_owner", "kontor_app", "kontor_identity", "kontor_reader"];

/// Makes the roles and the database if they are missing. Needs a superuser or a role that may create both.
pub async fn bootstrap(admin_url: &str, database: &str, password: &str) -> Result<()> {
    let mut admin = PgConnection::connect(admin_url).await.map_err(sql_error)?;
    for role in ROLES {
        let known: bool = sqlx::query_scalar("select exists (select from pg_roles where rolname = $1)")
            .bind(role)
            .fetch_one(&mut admin)
            .await
            .map_err(sql_error)?;
        if !known {
            execute(&mut admin, format!("create role {role} login nosuperuser nobypassrls")).await?;
        }
        execute(&mut admin, format!("alter role {role} password {}", quoted(password))).await?;
    }
    execute(&mut admin, "grant kontor_app to kontor_identity".to_owned()).await?;
    let known: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(database)
        .fetch_one(&mut admin)
        .await
        .map_err(sql_error)?;
    if !known {
        execute(&mut admin, format!("create database {} owner kontor_owner", identifier(database)?)).await?;
    }
    admin.close().await.map_err(sql_error)
}

/// Runs what is missing of the schema's history, as its owner.
pub async fn migrate(owner_url: &str) -> Result<()> {
    let mut owner = PgConnection::connect(owner_url).await.map_err(sql_error)?;
    MIGRATOR.run(&mut owner).await.map_err(Error::internal)?;
    owner.close().await.map_err(sql_error)
}

async fn execute(connection: &mut PgConnection, statement: String) -> Result<()> {
    sqlx::query(AssertSqlSafe(statement)).execute(connection).await.map_err(sql_error)?;
    Ok(())
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn identifier(name: &str) -> Result<&str> {
    let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if plain { Ok(name) } else { Err(Error::internal("a database name may have a-z, 0-9 and _ only")) }
}
