//! Links sent by mail: each is good once and for a while, and only its hash is kept.

use std::time::Instant;

use chrono::{DateTime, Duration, Utc};
use kontor_entity::Shape;
use kontor_kernel::{Fault, Locale, Result, Violations};
use kontor_store::{Tx, sql_error};
use serde_json::json;
use sqlx::PgConnection;
use tracing::info;
use uuid::Uuid;

use crate::{
    AccessFault, Caller, Identity, Stationery, Visit, access_changed,
    address::email_address,
    company::Place,
    log_in::Login,
    mail,
    token::{OpaqueToken, hash_of},
};

/// Whoever forgot their password.
#[derive(Clone, Shape)]
pub struct PasswordReset {
    #[field(max = 254)]
    pub email: String,
}

/// The new password, with the token of the mailed link.
#[derive(Clone, Shape)]
pub struct NewPassword {
    #[field(verbatim, max = 200)]
    pub token: String,
    #[field(secret, max = 200)]
    pub password: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Reset,
    Verify,
    Invitation,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Verify => "verify",
            Self::Invitation => "invitation",
        }
    }

    pub const fn lasts(self) -> Duration {
        match self {
            Self::Reset => Duration::hours(1),
            Self::Verify | Self::Invitation => Duration::days(7),
        }
    }
}

/// A link that may still be redeemed.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub(crate) struct OpenLink {
    pub login_id: Uuid,
    pub tenant_id: Option<Uuid>,
}

/// Mails of one purpose that a person gets within an hour, however often they are asked for.
const MAILS_AN_HOUR: usize = 5;

impl Identity {
    /// Sends a link that sets a new password, if a login has the address. The answer and its time are always the same.
    pub async fn request_password_reset(&self, reset: &PasswordReset, visit: &Visit) -> Result<()> {
        let started = Instant::now();
        self.admit_address(visit)?;
        let login = match email_address(&reset.email) {
            Some(email) => self.find_login(&email).await?,
            None => None,
        };
        if let Some(login) = login {
            self.send_reset(&login, visit).await?;
        }
        self.even_out(started).await;
        Ok(())
    }

    async fn send_reset(&self, login: &Login, visit: &Visit) -> Result<()> {
        let now = self.now();
        let members = self.members_of(login.id).await?;
        let Some(member) = members.first() else { return Ok(()) };
        let stationery = self.stationery(login.id).await?;
        let mut tx = self.begin(member.tenant, None, visit).await?;
        if next_mail_at(tx.connection().await?, login.id, Purpose::Reset, now).await?.is_some() {
            return tx.rollback().await;
        }
        let token = insert_link(tx.connection().await?, Purpose::Reset, login.id, None, now).await?;
        mail::queue(&mut tx, &login.email, &stationery.password_reset(&login.name, &token)).await?;
        tx.commit().await?;
        info!(login.id = %login.id, "sent a password reset to login {}", login.id);
        Ok(())
    }

    /// Sets the password of the link's login. Every session of the person ends, and a lock opens.
    ///
    /// Errors with `link_spent` on `token`, or with what is wrong with the password.
    pub async fn reset_password(&self, new: &NewPassword, visit: &Visit) -> Result<()> {
        self.admit_address(visit)?;
        let Some(link) = self.open_link(&new.token, Purpose::Reset).await? else {
            self.count_failure(visit);
            return Err(link_spent());
        };
        let Some(login) = self.login_by_id(link.login_id).await? else { return Err(link_spent()) };
        let mut violations = Violations::new();
        if let Some(refusal) = self.passwords.refusal(&new.password, &[&login.email, &login.name]).await? {
            violations.add(refusal, "password");
        }
        violations.into_result()?;
        let hash = self.passwords.hash(&new.password).await?;
        let members = self.members_of(login.id).await?;
        let Some(member) = members.first() else { return Err(link_spent()) };
        let stationery = self.stationery(login.id).await?;
        let mut tx = self.begin(member.tenant, None, visit).await?;
        spend_link(tx.connection().await?, &new.token, Purpose::Reset, self.now()).await?;
        spend_others(tx.connection().await?, login.id, Purpose::Reset, self.now()).await?;
        self.set_password(tx.connection().await?, login.id, &hash).await?;
        verify(tx.connection().await?, login.id, self.now()).await?;
        mail::queue(&mut tx, &login.email, &stationery.password_changed(&login.name)).await?;
        tx.commit().await?;
        info!(login.id = %login.id, "set a new password for login {}", login.id);
        Ok(())
    }

    /// Sends the link that confirms the caller's address once more; earlier ones stay good.
    ///
    /// Errors with `already_verified`, and with `rate_limited` after five within an hour.
    pub async fn resend_verification(&self, caller: &Caller, visit: &Visit) -> Result<()> {
        let now = self.now();
        let stationery = self.stationery(caller.login).await?;
        let mut tx = self.begin(caller.tenant(), Some(caller.user), visit).await?;
        if let Some(at) = next_mail_at(tx.connection().await?, caller.login, Purpose::Verify, now).await? {
            let seconds = u64::try_from((at - now).num_seconds()).unwrap_or(0) + 1;
            return Err(Fault::RateLimited.error().retry_after(seconds));
        }
        // Read behind the login's lock: a link may have been opened a moment ago.
        let (email, name, verified) = addressee(tx.connection().await?, caller.login).await?;
        if verified {
            return Err(AccessFault::AlreadyVerified.error());
        }
        self.send_verification(&mut tx, caller.login, &email, &name, &stationery).await?;
        tx.audit("verification_sent", "users", caller.user.0, &json!({ "email": email }));
        tx.commit().await?;
        info!(login.id = %caller.login, "sent the verification of login {} again", caller.login);
        Ok(())
    }

    /// Confirms the address of the link's login and tells which it is. Errors with `link_spent` on `token`.
    pub async fn verify_email(&self, token: &str) -> Result<String> {
        let mut transaction = self.databases.identity().begin().await.map_err(sql_error)?;
        let link = spend_link(&mut transaction, token, Purpose::Verify, self.now()).await?;
        verify(&mut transaction, link.login_id, self.now()).await?;
        transaction.commit().await.map_err(sql_error)?;
        access_changed(link.login_id);
        let login = self.login_by_id(link.login_id).await?.ok_or_else(link_spent)?;
        Ok(login.email)
    }

    /// Whether the person has confirmed their address.
    pub async fn is_verified(&self, login: Uuid) -> Result<bool> {
        Ok(self.login_by_id(login).await?.is_some_and(|login| login.verified_at.is_some()))
    }

    /// Sends the link that confirms an address.
    pub(crate) async fn send_verification(
        &self,
        tx: &mut Tx,
        login: Uuid,
        email: &str,
        name: &str,
        stationery: &Stationery,
    ) -> Result<()> {
        let now = tx.now();
        let token = insert_link(tx.connection().await?, Purpose::Verify, login, None, now).await?;
        mail::queue(tx, email, &stationery.verification(name, &token)).await
    }

    pub(crate) async fn open_link(&self, token: &str, purpose: Purpose) -> Result<Option<OpenLink>> {
        sqlx::query_as(
            "select login_id, tenant_id from platform.mail_links
             where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3",
        )
        .bind(hash_of(token).as_slice())
        .bind(purpose.name())
        .bind(self.now())
        .fetch_optional(self.databases.identity())
        .await
        .map_err(sql_error)
    }

    /// The company's paper for a person who works for one, the product's own for all others.
    async fn stationery(&self, login: Uuid) -> Result<Stationery> {
        let members = self.members_of(login).await?;
        let [member] = members.as_slice() else { return Ok(Stationery::own()) };
        let place = Place { tenant: member.tenant, slug: member.slug.clone() };
        let brand = self.brand_of(&place).await?;
        Ok(brand.map_or_else(Stationery::own, |brand| {
            Stationery::of(&brand.name, Some(&brand.color), Locale::from_tag(&brand.locale))
        }))
    }
}

/// The answer to a link that is unknown, used or too old.
pub(crate) fn link_spent() -> kontor_kernel::Error {
    let mut violations = Violations::new();
    violations.add(AccessFault::LinkSpent, "token");
    violations.into()
}

/// When the person may be sent the next mail of a purpose, if not now. Their login is locked until the transaction ends, so
/// that those who ask at the same moment are counted.
async fn next_mail_at(
    connection: &mut PgConnection,
    login: Uuid,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>> {
    sqlx::query("select from platform.logins where id = $1 for no key update")
        .bind(login)
        .execute(&mut *connection)
        .await
        .map_err(sql_error)?;
    let sent: Vec<DateTime<Utc>> = sqlx::query_scalar(
        "select created_at from platform.mail_links where login_id = $1 and purpose = $2 and created_at > $3
         order by created_at desc",
    )
    .bind(login)
    .bind(purpose.name())
    .bind(now - Duration::hours(1))
    .fetch_all(connection)
    .await
    .map_err(sql_error)?;
    Ok(sent.get(MAILS_AN_HOUR - 1).map(|oldest| *oldest + Duration::hours(1)))
}

/// Address and name of a login, and whether the address is confirmed.
async fn addressee(connection: &mut PgConnection, login: Uuid) -> Result<(String, String, bool)> {
    sqlx::query_as("select email, name, verified_at is not null from platform.logins where id = $1")
        .bind(login)
        .fetch_one(connection)
        .await
        .map_err(sql_error)
}

async fn insert_link(
    connection: &mut PgConnection,
    purpose: Purpose,
    login: Uuid,
    tenant: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<String> {
    let token = OpaqueToken::new()?;
    sqlx::query(
        "insert into platform.mail_links (token_hash, purpose, login_id, tenant_id, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(token.hash.as_slice())
    .bind(purpose.name())
    .bind(login)
    .bind(tenant)
    .bind(now)
    .bind(now + purpose.lasts())
    .execute(connection)
    .await
    .map_err(sql_error)?;
    Ok(token.text)
}

/// Uses a link up. Of two that try at once, one gets `link_spent`.
pub(crate) async fn spend_link(
    connection: &mut PgConnection,
    token: &str,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<OpenLink> {
    let link: Option<OpenLink> = sqlx::query_as(
        "update platform.mail_links set used_at = $3
         where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3 returning login_id, tenant_id",
    )
    .bind(hash_of(token).as_slice())
    .bind(purpose.name())
    .bind(now)
    .fetch_optional(connection)
    .await
    .map_err(sql_error)?;
    link.ok_or_else(link_spent)
}

/// A new password makes earlier links for another one worthless.
async fn spend_others(connection: &mut PgConnection, login: Uuid, purpose: Purpose, now: DateTime<Utc>) -> Result<()> {
    sqlx::query("update platform.mail_links set used_at = $3 where login_id = $1 and purpose = $2 and used_at is null")
        .bind(login)
        .bind(purpose.name())
        .bind(now)
        .execute(connection)
        .await
        .map_err(sql_error)?;
    Ok(())
}

/// Whoever has a link from the mailbox has the mailbox.
pub(crate) async fn verify(connection: &mut PgConnection, login: Uuid, now: DateTime<Utc>) -> Result<()> {
    sqlx::query("update platform.logins set verified_at = coalesce(verified_at, $2) where id = $1")
        .bind(login)
        .bind(now)
        .execute(connection)
        .await
        .map_err(sql_error)?;
    Ok(())
}
