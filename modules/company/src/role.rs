use kontor_access::{AccessFault, OWNER, access_changed};
use kontor_command::Writable;
use kontor_entity::{Entity, Rules};
use kontor_kernel::{Fault, Result, Violations};
use kontor_store::{Tx, sql_error};
use uuid::Uuid;

use crate::rights::{check_permissions, require_rights};

/// A named set of rights that users are given.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "roles",
    collection = "roles",
    label = "Role",
    plural = "Roles",
    permission = "company.role",
    order = "name",
    section = "settings",
    icon = "shield"
)]
pub struct Role {
    /// Short, unique and for good: users hold their roles by it.
    #[field(search, sort, list, max = 40)]
    pub code: String,
    #[field(search, sort, list, max = 100)]
    pub name: String,
    /// Permissions such as `purchasing.order.confirm`, or patterns: `purchasing.*`, `*.read`.
    pub permissions: Vec<String>,
}

/// Entries of one role; patterns make more unnecessary.
const MAX_PERMISSIONS: usize = 200;

impl Rules for Role {
    fn check(&self, violations: &mut Violations) {
        let inner = self.code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-');
        let ends = !self.code.starts_with(['-', '_']) && !self.code.ends_with(['-', '_']);
        violations.require(inner && ends, "code", "must be made of a-z, 0-9, hyphens and underscores, such as buyer");
        violations.require(!self.permissions.is_empty(), "permissions", "must have at least one entry");
        if self.permissions.len() > MAX_PERMISSIONS {
            violations.add_text(Fault::TooLong, "permissions", format!("has more than {MAX_PERMISSIONS} entries"));
        }
    }
}

impl Writable for Role {
    async fn prepare(&mut self, tx: &mut Tx, before: Option<&Self>, violations: &mut Violations) -> Result<()> {
        let had: &[String] = before.map_or(&[], |before| &before.permissions);
        check_permissions(&self.permissions, had, violations);
        self.permissions.sort();
        self.permissions.dedup();
        if let Some(before) = before {
            if before.code == OWNER && before != self {
                return Err(AccessFault::RoleBuiltIn.error());
            }
            if before.code != self.code {
                violations.add_text(Fault::ReadOnlyField, "code", "cannot change, users hold the role by it");
            }
        }
        let given = self.permissions.iter().filter(|entry| !had.contains(entry));
        let taken = had.iter().filter(|entry| !self.permissions.contains(entry));
        let touched: Vec<String> = given.chain(taken).cloned().collect();
        if violations.is_empty() {
            require_rights(tx, &touched).await?;
        }
        access_changed(tx.tenant());
        Ok(())
    }

    async fn may_archive(&self, tx: &mut Tx, _: Uuid) -> Result<()> {
        if self.code == OWNER {
            return Err(AccessFault::RoleBuiltIn.error());
        }
        let tenant = tx.tenant();
        let held: bool = sqlx::query_scalar(
            "select exists (select from users where tenant_id = $1 and $2 = any(roles) and state <> 'deactivated')",
        )
        .bind(tenant)
        .bind(&self.code)
        .fetch_one(tx.connection().await?)
        .await
        .map_err(sql_error)?;
        if held {
            Err(Fault::InUse.error().with_detail("users have this role; give them another one first"))
        } else {
            Ok(())
        }
    }
}
