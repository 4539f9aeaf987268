use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use kontor_kernel::{Country, Currency, Fault, Locale, Result, TenantId, UserId};
use uuid::Uuid;

use crate::{Permission, Permissions, Verb};

/// What every page and call needs to know of the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    pub tenant: TenantId,
    pub slug: String,
    pub name: String,
    pub currency: Currency,
    /// `en` or `de`, with a region where it matters.
    pub locale: String,
    pub time_zone: Tz,
    pub brand_version: i64,
    pub brand_color: String,
}

impl Company {
    /// The date where the company is.
    pub fn today(&self, now: DateTime<Utc>) -> NaiveDate {
        now.with_timezone(&self.time_zone).date_naive()
    }
}

/// A company that signs up, as the modules see it when they lay down its first records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCompany {
    pub tenant: TenantId,
    pub name: String,
    pub country: Country,
    pub currency: Currency,
    /// The language of the first records' names.
    pub locale: Locale,
}

/// Somebody who has logged in, in one company.
#[derive(Debug, Clone)]
pub struct Caller {
    pub user: UserId,
    pub login: Uuid,
    pub session: Uuid,
    pub name: String,
    pub email: String,
    /// Whether the person has confirmed that the address is theirs.
    pub email_verified: bool,
    /// Codes of the roles.
    pub roles: Vec<String>,
    pub company: Arc<Company>,
    pub permissions: Arc<Permissions>,
}

impl Caller {
    pub fn tenant(&self) -> TenantId {
        self.company.tenant
    }

    /// `forbidden` unless a role allows it.
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.permissions.allow(permission) {
            return Ok(());
        }
        Err(Fault::Forbidden.error().with_detail(format!("your roles do not allow {permission}")))
    }

    /// `forbidden` unless a role allows the verb on the entity.
    pub fn require_verb(&self, entity: &str, verb: Verb) -> Result<()> {
        if self.permissions.allow_verb(entity, verb) {
            return Ok(());
        }
        Err(Fault::Forbidden.error().with_detail(format!("your roles do not allow {entity}.{}", verb.name())))
    }
}
