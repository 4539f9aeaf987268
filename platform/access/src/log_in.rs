use std::time::Instant;

use chrono::{DateTime, Utc};
use kontor_entity::Shape;
use kontor_kernel::{Result, Violations};
use kontor_store::sql_error;
use sqlx::PgConnection;
use tracing::{info, warn};
use uuid::Uuid;

use crate::{AccessFault, Entered, Identity, Member, Membership, Visit, address::email_address, session::end_sessions};

/// What a person logs in with.
#[derive(Clone, Shape)]
pub struct LogIn {
    #[field(max = 254)]
    pub email: String,
    #[field(secret, max = 1_000)]
    pub password: String,
    /// The address (slug) of the company, when the person works for several.
    #[field(max = 100)]
    pub tenant: Option<String>,
}

/// Consecutive failures that lock a log-in.
const FAILURES_ALLOWED: i32 = 10;

/// A person's log-in as it is kept.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct Login {
    pub id: Uuid,
    pub email: String,
    pub name: String,
    pub password_hash: Option<String>,
    pub verified_at: Option<DateTime<Utc>>,
    locked_until: Option<DateTime<Utc>>,
}

impl Identity {
    /// Lets a person in.
    ///
    /// Every failure is the same `invalid_credentials` and takes the same time: an unknown address, a wrong password, a
    /// locked log-in, a person without a company. Only who gave the right password learns that a company must be named,
    /// and which ones there are.
    pub async fn log_in(&self, log_in: &LogIn, visit: &Visit) -> Result<Entered> {
        let started = Instant::now();
        let outcome = self.try_log_in(log_in, visit).await;
        self.even_out_refusal(started, visit, outcome).await
    }

    async fn try_log_in(&self, log_in: &LogIn, visit: &Visit) -> Result<Entered> {
        let login = self.identify(log_in, visit).await?;
        let member = self.choose_company(&login, log_in.tenant.as_deref()).await?;
        let mut tx = self.begin(member.tenant, Some(member.user), visit).await?;
        let credential = self.start_session(tx.connection().await?, &member, visit).await?;
        tx.commit().await?;
        info!(login.id = %login.id, tenant.id = %member.tenant, "logged in login {}", login.id);
        Ok(Entered { member, credential })
    }

    /// The companies that a person may name at the log-in, for whoever gives the right password; refused like a log-in
    /// otherwise.
    pub async fn log_in_companies(&self, log_in: &LogIn, visit: &Visit) -> Result<Vec<Membership>> {
        let started = Instant::now();
        let outcome = self.identify(log_in, visit).await;
        let login = self.even_out_refusal(started, visit, outcome).await?;
        self.companies_of(login.id).await
    }

    async fn identify(&self, log_in: &LogIn, visit: &Visit) -> Result<Login> {
        self.admit_address(visit)?;
        let login = match email_address(&log_in.email) {
            Some(email) => self.find_login(&email).await?,
            None => None,
        };
        self.prove(login, &log_in.password, visit).await
    }

    /// Counts a refused log-in and lets it take as long as any other.
    async fn even_out_refusal<T>(&self, started: Instant, visit: &Visit, outcome: Result<T>) -> Result<T> {
        if outcome.as_ref().is_err_and(|error| error.is(AccessFault::InvalidCredentials)) {
            self.count_failure(visit);
            self.even_out(started).await;
        }
        outcome
    }

    pub(crate) async fn find_login(&self, email: &str) -> Result<Option<Login>> {
        sqlx::query_as(
            "select id, email, name, password_hash, verified_at, locked_until
             from platform.logins where email = $1",
        )
        .bind(email)
        .fetch_optional(self.databases.identity())
        .await
        .map_err(sql_error)
    }

    pub(crate) async fn login_by_id(&self, id: Uuid) -> Result<Option<Login>> {
        sqlx::query_as(
            "select id, email, name, password_hash, verified_at, locked_until
             from platform.logins where id = $1",
        )
        .bind(id)
        .fetch_optional(self.databases.identity())
        .await
        .map_err(sql_error)
    }

    /// The login, if the password is its own and it is not locked.
    pub(crate) async fn prove(&self, login: Option<Login>, password: &str, visit: &Visit) -> Result<Login> {
        let hash = login.as_ref().and_then(|login| login.password_hash.as_deref());
        let right = self.passwords.verify(password, hash).await?;
        let address = visit.address.as_deref().unwrap_or("-");
        let Some(login) = login else {
            warn!(address, "a log-in failed: no login has the address");
            return Err(AccessFault::InvalidCredentials.error());
        };
        if login.locked_until.is_some_and(|until| until > self.now()) {
            warn!(login.id = %login.id, address, "a log-in failed: login {} is locked", login.id);
            return Err(AccessFault::InvalidCredentials.error());
        }
        if !right {
            self.count_wrong_password(&login).await?;
            warn!(login.id = %login.id, address, "a log-in failed: wrong password for login {}", login.id);
            return Err(AccessFault::InvalidCredentials.error());
        }
        if !self.forgive(&login).await? {
            warn!(login.id = %login.id, address, "a log-in failed: login {} was locked meanwhile", login.id);
            return Err(AccessFault::InvalidCredentials.error());
        }
        Ok(login)
    }

    /// Counts a failure; the tenth locks for 15 minutes and each one after a lock for twice as long, up to a day.
    async fn count_wrong_password(&self, login: &Login) -> Result<()> {
        sqlx::query(
            "update platform.logins
             set failed_attempts = failed_attempts + 1,
                 locked_until = case when failed_attempts + 1 >= $3
                     then $2 + least(interval '15 minutes' * 2 ^ least(failed_attempts + 1 - $3, 7), interval '1 day') end
             where id = $1 and (locked_until is null or locked_until <= $2)",
        )
        .bind(login.id)
        .bind(self.now())
        .bind(FAILURES_ALLOWED)
        .execute(self.databases.identity())
        .await
        .map_err(sql_error)?;
        Ok(())
    }

    /// Starts the count anew, unless guesses that ran beside this one have locked the log-in: then even the right one
    /// comes too late, so that no number of guesses at a time gets more than ten answers.
    async fn forgive(&self, login: &Login) -> Result<bool> {
        sqlx::query_scalar(
            "with forgiven as (
                 update platform.logins set failed_attempts = 0, locked_until = null
                 where id = $1 and failed_attempts > 0 and (locked_until is null or locked_until <= $2)
             )
             select locked_until is null or locked_until <= $2 from platform.logins where id = $1",
        )
        .bind(login.id)
        .bind(self.now())
        .fetch_one(self.databases.identity())
        .await
        .map_err(sql_error)
    }

    async fn choose_company(&self, login: &Login, slug: Option<&str>) -> Result<Member> {
        let mut members = self.members_of(login.id).await?;
        if members.is_empty() {
            warn!(login.id = %login.id, "a log-in failed: no company lets login {} in", login.id);
            return Err(AccessFault::InvalidCredentials.error());
        }
        let slugs = members.iter().map(|member| member.slug.as_str()).collect::<Vec<_>>().join(", ");
        let refuse = |fault: AccessFault, says: &str| {
            let mut violations = Violations::new();
            violations.add_text(fault.info(), "tenant", format!("{says}: {slugs}"));
            violations.into()
        };
        match slug.map(str::trim).filter(|slug| !slug.is_empty()) {
            Some(slug) => match members.iter().position(|member| member.slug.eq_ignore_ascii_case(slug)) {
                Some(index) => Ok(members.swap_remove(index)),
                None => Err(refuse(AccessFault::CompanyUnknown, "must be one of your companies")),
            },
            None if members.len() == 1 => Ok(members.swap_remove(0)),
            None => Err(refuse(AccessFault::CompanyRequired, "say which of your companies")),
        }
    }

    /// Gives a login another password: ends its sessions and opens its lock.
    pub(crate) async fn set_password(&self, connection: &mut PgConnection, login: Uuid, hash: &str) -> Result<()> {
        sqlx::query(
            "update platform.logins set password_hash = $2, failed_attempts = 0, locked_until = null where id = $1",
        )
        .bind(login)
        .bind(hash)
        .execute(&mut *connection)
        .await
        .map_err(sql_error)?;
        end_sessions(connection, login, self.now()).await
    }
}
