//! The companies a person works for, and where each company lives.

use std::time::Duration;

use kontor_kernel::{Result, TenantId, UserId};
use kontor_store::sql_error;
use moka::sync::Cache;
use uuid::Uuid;

use crate::{AccessFault, Caller, Entered, Identity, Member, SessionKind, Visit};

/// A company by its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub tenant: TenantId,
    pub slug: String,
}

/// One of the companies a person works for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub tenant: TenantId,
    pub user: UserId,
    pub slug: String,
    pub name: String,
}

/// How a company looks to somebody who is not in yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brand {
    pub tenant: TenantId,
    pub slug: String,
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    pub version: i64,
    pub has_logo: bool,
    pub locale: String,
}

/// A company's logo as it was uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    pub content_type: String,
    pub bytes: Vec<u8>,
    /// Counts the brand's changes: an address with it may be kept for ever.
    pub version: i64,
}

/// The plan a company is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub code: String,
    pub name: String,
    /// `trial`, `active` or `ended`.
    pub state: String,
    pub trial_ends_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// Companies by slug, also that there is none: every page on a company's host asks.
#[derive(Clone)]
pub(crate) struct Places(Cache<String, Option<Place>>);

impl Places {
    pub fn new() -> Self {
        Self(Cache::builder().max_capacity(20_000).time_to_live(Duration::from_secs(30)).build())
    }

    pub fn forget(&self, slug: &str) {
        self.0.invalidate(slug);
    }
}

impl Identity {
    /// The company that a host belongs to; every host that is no company's is the platform's.
    pub async fn resolve_host(&self, host: &str) -> Result<Option<Place>> {
        let Some(slug) = self.config.slug_of(host).map(str::to_ascii_lowercase) else { return Ok(None) };
        if slug.len() > 40 {
            return Ok(None);
        }
        if let Some(known) = self.places.0.get(&slug) {
            return Ok(known);
        }
        let tenant: Option<Uuid> =
            sqlx::query_scalar("select id from platform.tenants where slug = $1 and state = 'active'")
                .bind(&slug)
                .fetch_optional(self.databases.identity())
                .await
                .map_err(sql_error)?;
        let place = tenant.map(|id| Place { tenant: TenantId(id), slug: slug.clone() });
        self.places.0.insert(slug, place.clone());
        Ok(place)
    }

    /// How the company looks, for its log-in page and its mails.
    pub async fn brand_of(&self, place: &Place) -> Result<Option<Brand>> {
        let row: Option<(String, String, i64, bool, String)> = sqlx::query_as(
            "select name, brand_color, brand_version, logo is not null, locale from companies where tenant_id = $1",
        )
        .bind(place.tenant.0)
        .fetch_optional(self.databases.reader())
        .await
        .map_err(sql_error)?;
        Ok(row.map(|(name, color, version, has_logo, locale)| Brand {
            tenant: place.tenant,
            slug: place.slug.clone(),
            name,
            color,
            version,
            has_logo,
            locale,
        }))
    }

    /// The company's logo, if it has one.
    pub async fn logo_of(&self, tenant: TenantId) -> Result<Option<Logo>> {
        let row: Option<(Option<Vec<u8>>, Option<String>, i64)> =
            sqlx::query_as("select logo, logo_type, brand_version from companies where tenant_id = $1")
                .bind(tenant.0)
                .fetch_optional(self.databases.reader())
                .await
                .map_err(sql_error)?;
        Ok(row.and_then(|(bytes, content_type, version)| {
            Some(Logo { bytes: bytes?, content_type: content_type?, version })
        }))
    }

    /// The plan the company is on; nothing for one that never had any.
    pub async fn plan_of(&self, tenant: TenantId) -> Result<Option<Plan>> {
        let row: Option<(String, String, String, Option<chrono::DateTime<chrono::Utc>>)> = sqlx::query_as(
            "select p.code, p.name, s.state, s.trial_ends_at from platform.subscriptions s
             join platform.plans p on p.code = s.plan_code where s.tenant_id = $1",
        )
        .bind(tenant.0)
        .fetch_optional(self.databases.identity())
        .await
        .map_err(sql_error)?;
        Ok(row.map(|(code, name, state, trial_ends_at)| Plan { code, name, state, trial_ends_at }))
    }

    /// The companies a person works for, by name.
    pub async fn companies_of(&self, login: Uuid) -> Result<Vec<Membership>> {
        let members = self.members_of(login).await?;
        let tenants: Vec<Uuid> = members.iter().map(|member| member.tenant.0).collect();
        let names: Vec<(Uuid, String)> =
            sqlx::query_as("select tenant_id, name from companies where tenant_id = any($1)")
                .bind(tenants)
                .fetch_all(self.databases.reader())
                .await
                .map_err(sql_error)?;
        let mut companies: Vec<Membership> = members
            .into_iter()
            .map(|member| Membership {
                name: names.iter().find(|(id, _)| *id == member.tenant.0).map_or_else(String::new, |(_, n)| n.clone()),
                tenant: member.tenant,
                user: member.user,
                slug: member.slug,
            })
            .collect();
        companies.sort_by_cached_key(|company| company.name.to_lowercase());
        Ok(companies)
    }

    /// The companies that let the person in, oldest first.
    pub(crate) async fn members_of(&self, login: Uuid) -> Result<Vec<Member>> {
        let rows: Vec<(Uuid, Uuid, String)> = sqlx::query_as(
            "select m.tenant_id, m.user_id, t.slug
             from platform.memberships m join platform.tenants t on t.id = m.tenant_id
             where m.login_id = $1 and m.active and t.state = 'active' order by t.created_at, t.id",
        )
        .bind(login)
        .fetch_all(self.databases.identity())
        .await
        .map_err(sql_error)?;
        let members = rows.into_iter().map(|(tenant, user, slug)| Member {
            login,
            tenant: TenantId(tenant),
            slug,
            user: UserId(user),
        });
        Ok(members.collect())
    }

    /// Begins a session of the same person in another of their companies. A browser leaves the old one with it; a
    /// program may go on in both.
    pub async fn switch(&self, caller: &Caller, slug: &str, visit: &Visit) -> Result<Entered> {
        let members = self.members_of(caller.login).await?;
        let member = members
            .into_iter()
            .find(|member| member.slug.eq_ignore_ascii_case(slug.trim()))
            .ok_or_else(|| AccessFault::CompanyUnknown.on("tenant"))?;
        let mut tx = self.begin(member.tenant, Some(member.user), visit).await?;
        let credential = self.start_session(tx.connection().await?, &member, visit).await?;
        tx.commit().await?;
        if visit.kind == SessionKind::Web {
            self.log_out_caller(caller).await?;
        }
        Ok(Entered { member, credential })
    }
}
