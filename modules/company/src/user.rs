use chrono::{DateTime, Utc};
use kontor_entity::{Entity, choices};
use kontor_kernel::{Error, Result};
use kontor_store::{Stored, Tx, Written, sql_error};
use serde_json::json;
use uuid::Uuid;

choices! {
    /// Where a user stands.
    pub enum UserState {
        /// Has not accepted yet.
        Invited = "invited" "Invited",
        Active = "active" "Active",
        /// Shut out; what they did stays.
        Deactivated = "deactivated" "Deactivated",
    }
}

/// A person who works for the company in Kontor.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "users",
    collection = "users",
    label = "User",
    plural = "Users",
    permission = "company.user",
    code = "email",
    order = "name",
    section = "settings",
    icon = "users",
    read_only
)]
pub struct User {
    #[field(search, sort, list, max = 200)]
    pub name: String,
    #[field(email, label = "E-mail", search, sort, list)]
    pub email: String,
    #[field(list)]
    pub state: UserState,
    /// Codes of the roles.
    #[field(list)]
    pub roles: Vec<String>,
    /// When the person accepted the invitation or signed the company up.
    #[field(label = "Joined")]
    pub joined_at: Option<DateTime<Utc>>,
}

/// A user whose row is locked until the transaction ends.
pub(crate) struct LockedUser {
    stored: Stored,
    pub user: User,
}

impl LockedUser {
    /// Errors with `not_found`, or with `stale_version` when the client read another version.
    pub async fn lock(tx: &mut Tx, id: Uuid, version: Option<i64>) -> Result<Self> {
        let stored = tx.lock_record(User::META, id, version).await?;
        let user = stored.typed::<User>()?;
        Ok(Self { stored, user })
    }

    pub const fn id(&self) -> Uuid {
        self.stored.id
    }

    /// Writes state and roles, with the audit row and the event.
    pub async fn write(self, tx: &mut Tx, action: &str, changed: User) -> Result<Written> {
        let (tenant, by, now, id) = (tx.tenant(), tx.user(), tx.now(), self.id());
        let done = sqlx::query(
            "update users set state = $3, roles = $4, version = version + 1, updated_at = $5, updated_by = $6
             where tenant_id = $1 and id = $2",
        )
        .bind(tenant)
        .bind(id)
        .bind(kontor_entity::Choices::as_str(changed.state))
        .bind(&changed.roles)
        .bind(now)
        .bind(by)
        .execute(tx.connection().await?)
        .await
        .map_err(sql_error)?;
        if done.rows_affected() != 1 {
            return Err(Error::internal("a locked user is gone"));
        }
        let before = kontor_entity::Shape::into_record(self.user);
        let after = kontor_entity::Shape::into_record(changed);
        tx.audit(action, User::META.collection, id, &kontor_command::changed_fields(User::META, &before, &after));
        tx.emit("users.updated", User::META.collection, id, &json!({ "version": self.stored.version + 1 }));
        tx.record_json(User::META, id).await
    }
}
