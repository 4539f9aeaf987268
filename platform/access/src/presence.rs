//! What an administrator is told about the log-ins of a company's people.

use chrono::{DateTime, Utc};
use kontor_kernel::{Result, TenantId, UserId};
use kontor_store::sql_error;
use uuid::Uuid;

use crate::{Identity, session::SESSION_LASTS};

impl Identity {
    /// When each of the company's people was here last, to the hour; nobody is named who has not been within a session's
    /// keeping.
    ///
    /// A browser's session tells it by its end, which moves on with its use; a program's by its newest token.
    pub async fn last_seen(&self, tenant: TenantId) -> Result<Vec<(UserId, DateTime<Utc>)>> {
        let rows: Vec<(Uuid, DateTime<Utc>)> = sqlx::query_as(
            "select user_id, max(case when kind = 'web' then expires_at - $2 else created_at end)
             from platform.sessions where tenant_id = $1 group by user_id",
        )
        .bind(tenant.0)
        .bind(SESSION_LASTS)
        .fetch_all(self.databases.identity())
        .await
        .map_err(sql_error)?;
        Ok(rows.into_iter().map(|(user, seen)| (UserId(user), seen)).collect())
    }

    /// Until when each open invitation of the company holds.
    pub async fn open_invitations(&self, tenant: TenantId) -> Result<Vec<(UserId, DateTime<Utc>)>> {
        let rows: Vec<(Uuid, DateTime<Utc>)> = sqlx::query_as(
            "select m.user_id, max(l.expires_at)
             from platform.memberships m
             join platform.mail_links l on l.login_id = m.login_id and l.purpose = 'invitation' and l.tenant_id = m.tenant_id
             where m.tenant_id = $1 and l.used_at is null and l.expires_at > $2
             group by m.user_id",
        )
        .bind(tenant.0)
        .bind(self.now())
        .fetch_all(self.databases.identity())
        .await
        .map_err(sql_error)?;
        Ok(rows.into_iter().map(|(user, until)| (UserId(user), until)).collect())
    }
}
