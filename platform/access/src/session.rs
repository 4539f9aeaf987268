//! Log-ins that last.
//!
//! A program's session is a family of refresh tokens of which the newest alone is good: each use gives the next one. A
//! token that was used before means that two hold it, one of them a thief, and ends the family. Two uses that are under
//! way at the same moment are told apart from that: the one that found the token good and then lost the race for it is
//! refused, and the family lives on with the winner.

use chrono::{DateTime, Duration, Utc};
use kontor_kernel::{Fault, Result, TenantId, UserId, new_id};
use kontor_store::sql_error;
use sqlx::PgConnection;
use tracing::{info, warn};
use uuid::Uuid;

use crate::{
    Caller, Identity, SessionKind, Visit, access_changed,
    token::{ACCESS_TOKEN_LASTS, OpaqueToken, TokenHash, hash_of},
};

/// How long a session lasts after its last use.
pub const SESSION_LASTS: Duration = Duration::days(7);

/// What a program comes back with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    pub access_token: String,
    pub refresh_token: String,
    /// Seconds that the access token is good for.
    pub expires_in: i64,
}

/// What the owner of a session is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    Tokens(Tokens),
    /// The value of the session's cookie.
    Cookie(String),
}

/// A person in one of their companies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub login: Uuid,
    pub tenant: TenantId,
    pub slug: String,
    pub user: UserId,
}

/// Somebody who has just come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    pub member: Member,
    pub credential: Credential,
}

impl Entered {
    /// The tokens of a program's session.
    pub fn tokens(&self) -> Result<&Tokens> {
        match &self.credential {
            Credential::Tokens(tokens) => Ok(tokens),
            Credential::Cookie(_) => Err(kontor_kernel::Error::internal("a browser's session has no tokens")),
        }
    }

    /// The cookie of a browser's session.
    pub fn cookie(&self) -> Result<&str> {
        match &self.credential {
            Credential::Cookie(cookie) => Ok(cookie),
            Credential::Tokens(_) => Err(kontor_kernel::Error::internal("a program's session has no cookie")),
        }
    }
}

#[derive(sqlx::FromRow)]
struct TokenRow {
    id: Uuid,
    family: Uuid,
    login_id: Uuid,
    tenant_id: Uuid,
    user_id: Uuid,
    slug: String,
    expires_at: DateTime<Utc>,
    rotated_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
}

impl Identity {
    /// Begins a session, in the transaction that let the member in.
    pub(crate) async fn start_session(
        &self,
        connection: &mut PgConnection,
        member: &Member,
        visit: &Visit,
    ) -> Result<Credential> {
        let family = new_id();
        let token = self.insert_token(connection, member, family, visit).await?;
        match visit.kind {
            SessionKind::Web => Ok(Credential::Cookie(token)),
            SessionKind::Api => self.tokens(member, family, token).map(Credential::Tokens),
        }
    }

    fn tokens(&self, member: &Member, family: Uuid, refresh_token: String) -> Result<Tokens> {
        let access_token = self.access_tokens.sign(member.tenant, member.user, family, self.now())?;
        Ok(Tokens { access_token, refresh_token, expires_in: ACCESS_TOKEN_LASTS.num_seconds() })
    }

    async fn insert_token(
        &self,
        connection: &mut PgConnection,
        member: &Member,
        family: Uuid,
        visit: &Visit,
    ) -> Result<String> {
        let token = OpaqueToken::new()?;
        let now = self.now();
        sqlx::query(
            "insert into platform.sessions (id, family, login_id, tenant_id, user_id, kind, token_hash, address, user_agent,
                                            created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(new_id())
        .bind(family)
        .bind(member.login)
        .bind(member.tenant.0)
        .bind(member.user.0)
        .bind(kind_name(visit.kind))
        .bind(token.hash.as_slice())
        .bind(visit.address.as_deref())
        .bind(visit.user_agent.as_deref().map(|agent| agent.chars().take(300).collect::<String>()))
        .bind(now)
        .bind(now + SESSION_LASTS)
        .execute(connection)
        .await
        .map_err(sql_error)?;
        Ok(token.text)
    }

    /// New tokens for a refresh token, which is spent by it.
    ///
    /// Errors with `session_expired` for a token that is unknown, spent, revoked or too old. A spent one ends its family.
    pub async fn refresh(&self, refresh_token: &str, visit: &Visit) -> Result<Tokens> {
        let row = self.find_token(hash_of(refresh_token), SessionKind::Api).await?;
        let now = self.now();
        let Some(row) = row.filter(|row| row.revoked_at.is_none() && row.expires_at > now) else {
            return Err(Fault::SessionExpired.error());
        };
        if row.rotated_at.is_some() {
            warn!(login.id = %row.login_id, address = ?visit.address, "a spent refresh token was used again, its session ends");
            self.end_session(row.family).await?;
            return Err(Fault::SessionExpired.error());
        }
        let member =
            Member { login: row.login_id, tenant: TenantId(row.tenant_id), slug: row.slug, user: UserId(row.user_id) };
        let mut transaction = self.databases.identity().begin().await.map_err(sql_error)?;
        let spent = sqlx::query(
            "update platform.sessions set rotated_at = $2 where id = $1 and rotated_at is null and revoked_at is null",
        )
        .bind(row.id)
        .bind(now)
        .execute(&mut *transaction)
        .await
        .map_err(sql_error)?;
        if spent.rows_affected() == 0 {
            return Err(Fault::SessionExpired.error().with_detail("another request has just used this refresh token"));
        }
        let token = self.insert_token(&mut transaction, &member, row.family, visit).await?;
        transaction.commit().await.map_err(sql_error)?;
        self.tokens(&member, row.family, token)
    }

    /// Ends the session of a refresh token or a cookie. What is unknown or has ended already is no error.
    pub async fn log_out(&self, token: &str) -> Result<()> {
        let hash = hash_of(token);
        for kind in [SessionKind::Api, SessionKind::Web] {
            if let Some(row) = self.find_token(hash, kind).await? {
                self.end_session(row.family).await?;
                info!(login.id = %row.login_id, "logged out login {}", row.login_id);
            }
        }
        Ok(())
    }

    /// Ends the caller's own session.
    pub async fn log_out_caller(&self, caller: &Caller) -> Result<()> {
        self.end_session(caller.session).await
    }

    async fn end_session(&self, family: Uuid) -> Result<()> {
        sqlx::query("update platform.sessions set revoked_at = $2 where family = $1 and revoked_at is null")
            .bind(family)
            .bind(self.now())
            .execute(self.databases.identity())
            .await
            .map_err(sql_error)?;
        access_changed(family);
        Ok(())
    }

    async fn find_token(&self, hash: TokenHash, kind: SessionKind) -> Result<Option<TokenRow>> {
        sqlx::query_as(
            "select s.id, s.family, s.login_id, s.tenant_id, s.user_id, t.slug, s.expires_at, s.rotated_at, s.revoked_at
             from platform.sessions s join platform.tenants t on t.id = s.tenant_id
             where s.token_hash = $1 and s.kind = $2 and t.state = 'active'",
        )
        .bind(hash.as_slice())
        .bind(kind_name(kind))
        .fetch_optional(self.databases.identity())
        .await
        .map_err(sql_error)
    }
}

/// Ends every session of a person, in the transaction that had a reason to.
pub(crate) async fn end_sessions(connection: &mut PgConnection, login: Uuid, now: DateTime<Utc>) -> Result<()> {
    sqlx::query("update platform.sessions set revoked_at = $2 where login_id = $1 and revoked_at is null")
        .bind(login)
        .bind(now)
        .execute(connection)
        .await
        .map_err(sql_error)?;
    access_changed(login);
    Ok(())
}

pub(crate) const fn kind_name(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Api => "api",
        SessionKind::Web => "web",
    }
}
