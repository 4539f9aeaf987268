//! The two rules above the permissions: rights are only passed on by who has them, and an owner always remains.

use std::sync::OnceLock;

use kontor_access::{AccessFault, OWNER, Permissions};
use kontor_command::Command;
use kontor_kernel::{Result, Violations};
use kontor_store::{Tx, sql_error};
use uuid::Uuid;

use crate::UpdateCompany;

/// Every permission of the product, once all modules are known.
static KNOWN: OnceLock<Vec<String>> = OnceLock::new();

/// Tells which permissions there are (see [`Registry::permissions`](kontor_command::Registry::permissions)), so that a
/// role with a misspelt one is refused. Said once, when the program is put together; those that no entity or action of
/// the registry asks for are added here.
pub fn know_permissions(mut permissions: Vec<String>) {
    permissions.push(UpdateCompany::PERMISSION.name().to_owned());
    permissions.sort();
    permissions.dedup();
    // A second time, as tests of one process do, says the same.
    let _ = KNOWN.set(permissions);
}

/// Every permission of the product, sorted, for the page of roles.
pub fn known_permissions() -> &'static [String] {
    KNOWN.get().map_or(&[], Vec::as_slice)
}

/// Adds a violation for each entry that is neither a permission nor a pattern that covers one. What the role `had`
/// before may stay: it may be of a module that is not in this edition of the product.
pub(crate) fn check_permissions(entries: &[String], had: &[String], violations: &mut Violations) {
    for (number, entry) in entries.iter().enumerate().filter(|(_, entry)| !had.contains(entry)) {
        let known = match KNOWN.get() {
            Some(known) => {
                let alone = Permissions::new(vec![entry.clone()]);
                known.iter().any(|permission| alone.allow_named(permission))
            }
            None => true,
        };
        if !well_formed(entry) || !known {
            violations.add(AccessFault::UnknownPermission, format!("permissions[{number}]"));
        }
    }
}

/// Parts of small letters, or `*` for a whole part, joined by points.
fn well_formed(entry: &str) -> bool {
    let letters =
        |part: &str| part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-');
    entry.split('.').all(|part| part == "*" || (!part.is_empty() && letters(part)))
}

/// What the user of this transaction may do, as it stands now; nothing for the system's own work, which may do all.
async fn actor(tx: &mut Tx) -> Result<Option<Permissions>> {
    let Some(user) = tx.user() else { return Ok(None) };
    let tenant = tx.tenant();
    let patterns: Vec<String> = sqlx::query_scalar(
        "select distinct p from users u
         join roles r on r.tenant_id = u.tenant_id and r.code = any(u.roles) and (r.archived_at is null or r.code = $3)
         cross join unnest(r.permissions) p
         where u.tenant_id = $1 and u.id = $2 and u.state = 'active'",
    )
    .bind(tenant)
    .bind(user)
    .bind(OWNER)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    Ok(Some(Permissions::new(patterns)))
}

/// Errors with `rights_exceeded` unless the actor has all of `patterns` themselves.
pub(crate) async fn require_rights(tx: &mut Tx, patterns: &[String]) -> Result<()> {
    let Some(actor) = actor(tx).await? else { return Ok(()) };
    match actor.lacking(patterns).as_slice() {
        [] => Ok(()),
        lacking => {
            let text = format!("you do not have these rights yourself: {}", lacking.join(", "));
            Err(AccessFault::RightsExceeded.error().with_detail(text))
        }
    }
}

/// Errors with `rights_exceeded` unless the actor has all that these roles allow.
pub(crate) async fn require_rights_of_roles(tx: &mut Tx, roles: &[String]) -> Result<()> {
    let tenant = tx.tenant();
    let patterns: Vec<String> = sqlx::query_scalar(
        "select distinct p from roles r cross join unnest(r.permissions) p where r.tenant_id = $1 and r.code = any($2)",
    )
    .bind(tenant)
    .bind(roles)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    require_rights(tx, &patterns).await
}

/// The roles without repetition, each of which exists; one that a user has already may be archived.
///
/// Errors with a violation on `roles` for each that does not, and when there is none.
pub(crate) async fn check_roles(tx: &mut Tx, roles: &[String], before: &[String]) -> Result<Vec<String>> {
    let mut wanted: Vec<String> = roles.iter().map(|role| role.trim().to_owned()).collect();
    wanted.sort();
    wanted.dedup();
    let tenant = tx.tenant();
    let known: Vec<(String, bool)> =
        sqlx::query_as("select code, archived_at is not null from roles where tenant_id = $1 and code = any($2)")
            .bind(tenant)
            .bind(&wanted)
            .fetch_all(tx.connection().await?)
            .await
            .map_err(sql_error)?;
    let mut violations = Violations::new();
    if wanted.is_empty() {
        violations.add(kontor_kernel::Fault::Required, "roles");
    }
    for role in &wanted {
        match known.iter().find(|(code, _)| code == role) {
            Some((_, true)) if !before.contains(role) => {
                violations.add_text(AccessFault::UnknownRole, "roles", format!("the role {role} is archived"));
            }
            Some(_) => {}
            None => {
                let shown: String = role.chars().take(40).collect();
                violations.add_text(AccessFault::UnknownRole, "roles", format!("there is no role {shown}"));
            }
        }
    }
    violations.into_result()?;
    Ok(wanted)
}

/// Errors with `last_owner` when nobody but `leaving` is an active owner.
///
/// Everything that takes an owner away passes here and locks the owner's role first, so that two owners cannot remove
/// each other at the same moment.
pub(crate) async fn keep_an_owner(tx: &mut Tx, leaving: Uuid) -> Result<()> {
    let tenant = tx.tenant();
    sqlx::query("select from roles where tenant_id = $1 and code = $2 for no key update")
        .bind(tenant)
        .bind(OWNER)
        .execute(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    let others: bool = sqlx::query_scalar(
        "select exists (select from users where tenant_id = $1 and id <> $2 and state = 'active' and $3 = any(roles))",
    )
    .bind(tenant)
    .bind(leaving)
    .bind(OWNER)
    .fetch_one(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    if others { Ok(()) } else { Err(AccessFault::LastOwner.error()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_is_made_of_parts() {
        for good in
            ["*", "purchasing.*", "*.read", "purchasing.order.confirm", "purchasing.*.read", "hr.leave_request.read"]
        {
            assert!(well_formed(good), "{good}");
        }
        for bad in ["", ".", "a.", "purchasing.ord*", "Purchasing.read", "a b", "**", "a..b"] {
            assert!(!well_formed(bad), "{bad}");
        }
    }
}
