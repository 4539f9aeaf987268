//! From what a request shows to its caller.

use std::{sync::Arc, time::Instant};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use kontor_kernel::{Currency, Error, Fault, Result, TenantId, UserId};
use kontor_store::{Tx, TxContext, sql_error};
use moka::sync::Cache;
use sqlx::Row;
use uuid::Uuid;

use crate::{
    Caller, Company, Identity, Permissions,
    change::{KEPT, is_stale},
    role::OWNER,
    session::SESSION_LASTS,
    token::{TokenHash, hash_of},
};

/// Callers by company, user and session, and browsers' sessions by their cookie, kept for half a minute: a request
/// usually asks the database nothing, and a user who is shut out is out within that time everywhere.
#[derive(Clone)]
pub(crate) struct Callers {
    callers: Cache<(TenantId, UserId, Uuid), Kept>,
    cookies: Cache<TokenHash, CookieSession>,
}

#[derive(Clone)]
struct Kept {
    caller: Arc<Caller>,
    read: Instant,
}

#[derive(Debug, Clone, Copy)]
struct CookieSession {
    tenant: TenantId,
    user: UserId,
    session: Uuid,
}

impl Callers {
    pub fn new() -> Self {
        Self {
            callers: Cache::builder().max_capacity(100_000).time_to_live(KEPT).build(),
            cookies: Cache::builder().max_capacity(100_000).time_to_live(KEPT).build(),
        }
    }
}

const CALLER: &str = "
select s.login_id, l.verified_at is not null as email_verified, u.name, u.email, u.roles, t.slug, c.name as company, c.currency, c.locale, c.time_zone,
       c.brand_version, c.brand_color,
       array(select distinct p from roles r, unnest(r.permissions) p
             where r.tenant_id = $1 and r.code = any(u.roles) and (r.archived_at is null or r.code = $5)) as permissions
from platform.sessions s
join platform.logins l on l.id = s.login_id
join platform.tenants t on t.id = s.tenant_id and t.state = 'active'
join platform.memberships m on m.login_id = s.login_id and m.tenant_id = s.tenant_id and m.active
join users u on u.tenant_id = s.tenant_id and u.id = s.user_id and u.state = 'active'
join companies c on c.tenant_id = s.tenant_id
where s.family = $3 and s.tenant_id = $1 and s.user_id = $2
  and s.revoked_at is null and s.rotated_at is null and s.expires_at > $4";

impl Identity {
    /// The caller behind an access token.
    ///
    /// Errors with `unauthenticated` or, where the token is ours and its time is over, `session_expired`.
    pub async fn authenticate_bearer(&self, token: &str) -> Result<Arc<Caller>> {
        let claims = self.access_tokens.read(token, self.now())?;
        self.caller(claims.tenant, claims.user, claims.session).await
    }

    /// The caller behind a browser's cookie, and the token that their forms carry.
    ///
    /// On a company's own host only a session of that company counts.
    pub async fn authenticate_cookie(&self, cookie: &str, host: &str) -> Result<(Arc<Caller>, String)> {
        let session = self.cookie_session(cookie).await?;
        if let Some(place) = self.resolve_host(host).await?
            && place.tenant != session.tenant
        {
            return Err(Fault::Unauthenticated.error());
        }
        let caller = self.caller(session.tenant, session.user, session.session).await?;
        Ok((caller, self.csrf_tokens.of(cookie)))
    }

    async fn caller(&self, tenant: TenantId, user: UserId, session: Uuid) -> Result<Arc<Caller>> {
        let key = (tenant, user, session);
        if let Some(kept) = self.callers.callers.get(&key)
            && !is_stale(kept.read, &[tenant.0, session, kept.caller.login])
        {
            return Ok(kept.caller);
        }
        let read = Instant::now();
        match self.read_caller(tenant, user, session).await? {
            Some(caller) => {
                let caller = Arc::new(caller);
                self.callers.callers.insert(key, Kept { caller: Arc::clone(&caller), read });
                Ok(caller)
            }
            None => {
                self.callers.callers.invalidate(&key);
                Err(Fault::SessionExpired.error())
            }
        }
    }

    async fn read_caller(&self, tenant: TenantId, user: UserId, session: Uuid) -> Result<Option<Caller>> {
        let now = self.now();
        let mut tx = self.begin_read(tenant, now).await?;
        let row = sqlx::query(CALLER)
            .bind(tenant.0)
            .bind(user.0)
            .bind(session)
            .bind(now)
            .bind(OWNER)
            .fetch_optional(tx.connection().await?)
            .await
            .map_err(sql_error)?;
        tx.end_read()?;
        row.map(|row| caller_of(&row, tenant, user, session)).transpose()
    }

    /// A transaction that only asks who somebody is: the company's books do not matter to it.
    async fn begin_read(&self, tenant: TenantId, now: DateTime<Utc>) -> Result<Tx> {
        let context = TxContext {
            tenant,
            user: None,
            origin: kontor_store::Origin::System,
            request_id: String::new(),
            address: None,
            now,
            today: now.date_naive(),
            currency: Currency::EUR,
        };
        Tx::begin_identity(&self.databases, Arc::clone(&self.sequences), context).await
    }

    /// The session behind a cookie. Its end moves on with its use, written at most once an hour.
    async fn cookie_session(&self, cookie: &str) -> Result<CookieSession> {
        let hash = hash_of(cookie);
        if let Some(session) = self.callers.cookies.get(&hash) {
            return Ok(session);
        }
        let now = self.now();
        let row: Option<(Uuid, Uuid, Uuid)> = sqlx::query_as(
            "with slid as (
                 update platform.sessions set expires_at = $3
                 where token_hash = $1 and kind = 'web' and revoked_at is null and expires_at > $2
                   and expires_at < $3 - interval '1 hour'
             )
             select tenant_id, user_id, family from platform.sessions
             where token_hash = $1 and kind = 'web' and revoked_at is null and expires_at > $2",
        )
        .bind(hash.as_slice())
        .bind(now)
        .bind(now + SESSION_LASTS)
        .fetch_optional(self.databases.identity())
        .await
        .map_err(sql_error)?;
        let (tenant, user, session) = row.ok_or_else(|| Fault::SessionExpired.error())?;
        let session = CookieSession { tenant: TenantId(tenant), user: UserId(user), session };
        self.callers.cookies.insert(hash, session);
        Ok(session)
    }
}

fn caller_of(row: &sqlx::postgres::PgRow, tenant: TenantId, user: UserId, session: Uuid) -> Result<Caller> {
    let text = |name: &str| row.try_get::<String, _>(name).map_err(sql_error);
    let (currency, zone) = (text("currency")?, text("time_zone")?);
    let company = Company {
        tenant,
        slug: text("slug")?,
        name: text("company")?,
        currency: Currency::parse(&currency).ok_or_else(|| Error::internal(format!("no currency {currency}")))?,
        locale: text("locale")?,
        time_zone: zone.parse::<Tz>().map_err(|_| Error::internal(format!("no time zone {zone}")))?,
        brand_version: row.try_get("brand_version").map_err(sql_error)?,
        brand_color: text("brand_color")?,
    };
    Ok(Caller {
        user,
        login: row.try_get("login_id").map_err(sql_error)?,
        session,
        name: text("name")?,
        email: text("email")?,
        email_verified: row.try_get("email_verified").map_err(sql_error)?,
        roles: row.try_get("roles").map_err(sql_error)?,
        company: Arc::new(company),
        permissions: Arc::new(Permissions::new(row.try_get("permissions").map_err(sql_error)?)),
    })
}
