//! From PostgreSQL's constraint names to errors that a user understands.

use kontor_entity::EntityMeta;
use kontor_kernel::{Error, Fault, Result};
use sqlx::error::DatabaseError;

/// Turns a violated constraint into a user's error at the call that can violate it.
pub trait OnConstraint<T> {
    /// `refusal` is made when the named constraint was violated; every other failure is ours.
    fn on_constraint(self, name: &str, refusal: impl FnOnce() -> Error) -> Result<T>;
}

impl<T> OnConstraint<T> for sqlx::Result<T> {
    fn on_constraint(self, name: &str, refusal: impl FnOnce() -> Error) -> Result<T> {
        self.map_err(|error| if is_violated(&error, name) { refusal().caused_by(error) } else { sql_error(error) })
    }
}

pub(crate) fn is_violated(error: &sqlx::Error, constraint: &str) -> bool {
    error.as_database_error().and_then(DatabaseError::constraint) == Some(constraint)
}

/// A failed statement as an error: conflicts that a retry may solve, dependencies that do not answer, and the rest, ours.
pub fn sql_error(error: sqlx::Error) -> Error {
    let code = error.as_database_error().and_then(|e| e.code()).map(|c| c.into_owned());
    match (code.as_deref(), &error) {
        // serialization_failure, deadlock_detected: the runner tries again.
        (Some("40001" | "40P01"), _) => Fault::ConcurrentChange.error().caused_by(error),
        (Some("57P01" | "57P02" | "57P03" | "53300"), _) => Error::unavailable(error),
        (None, sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::PoolClosed) => Error::unavailable(error),
        _ => Error::internal(error),
    }
}

/// The user's error for a constraint of an entity's own table, by the naming rule `<table>_<field>_<kind>`.
pub(crate) fn entity_error(meta: &EntityMeta, error: sqlx::Error) -> Error {
    let Some((constraint, code)) = violated(&error) else { return sql_error(error) };
    let tables = std::iter::once(meta).chain(meta.lines.map(|lines| (lines.meta)()));
    for (depth, table) in tables.enumerate() {
        let Some(field) = field_of(table, &constraint, kind_suffix(&code)) else { continue };
        let fault = match code.as_str() {
            "23505" => Fault::Duplicate,
            "23503" => Fault::UnknownLink,
            _ => Fault::NotAllowed,
        };
        let path = if depth == 0 { field.to_owned() } else { format!("lines.{field}") };
        return fault.on(path).caused_by(error);
    }
    unclaimed_error(error)
}

/// A failure that is of no table written: a foreign key of another one, where the row is still pointed at, or ours.
pub(crate) fn unclaimed_error(error: sqlx::Error) -> Error {
    match violated(&error) {
        Some((_, code)) if code == "23503" => Fault::InUse.error().caused_by(error),
        _ => sql_error(error),
    }
}

/// Whether a failure is told of an entity's own tables.
pub(crate) fn concerns(meta: &EntityMeta, error: &sqlx::Error) -> bool {
    let table = error.as_database_error().and_then(DatabaseError::table);
    table.is_some_and(|table| table == meta.table || meta.lines.is_some_and(|lines| (lines.meta)().table == table))
}

fn violated(error: &sqlx::Error) -> Option<(String, String)> {
    let database = error.as_database_error()?;
    let code = database.code()?.into_owned();
    matches!(code.as_str(), "23505" | "23503" | "23514").then_some(())?;
    Some((database.constraint()?.to_owned(), code))
}

fn kind_suffix(code: &str) -> &'static str {
    match code {
        "23505" => "_key",
        "23503" => "_fkey",
        _ => "_check",
    }
}

/// The longest field name that the constraint's name ends with, before the suffix of its kind.
fn field_of(meta: &EntityMeta, constraint: &str, suffix: &str) -> Option<&'static str> {
    let stem = constraint.strip_prefix(meta.table)?.strip_suffix(suffix)?;
    meta.all_fields()
        .map(|field| field.name)
        .filter(|name| stem.strip_suffix(name).is_some_and(|rest| rest.ends_with('_')))
        .max_by_key(|name| name.len())
}
