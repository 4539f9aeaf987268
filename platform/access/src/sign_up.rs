use chrono::Duration;
use kontor_entity::Shape;
use kontor_kernel::{Country, Currency, Fault, Locale, Result, TenantId, UserId, Violations, new_id};
use kontor_store::{OnConstraint, Tx, sql_error};
use serde_json::json;
use tracing::info;
use uuid::Uuid;

use crate::{
    AccessFault, DefaultRole, Entered, Identity, Member, NewCompany, OWNER, Stationery, Visit, address::email_address,
    log_in::Login,
};

/// A company that wants to use Kontor, and its first user.
#[derive(Clone, Shape)]
pub struct SignUp {
    #[field(max = 200)]
    pub company: String,
    /// The company's address: `northwind` for northwind.example.com.
    #[field(max = 100)]
    pub slug: String,
    /// By code or name.
    #[field(max = 100)]
    pub country: String,
    /// The currency the books are kept in; the country's own when left out.
    #[field(max = 100)]
    pub currency: Option<String>,
    /// Your name.
    #[field(max = 200)]
    pub name: String,
    #[field(max = 254)]
    pub email: String,
    /// At least 10 characters; that of your log-in, if you have one already.
    #[field(secret, max = 200)]
    pub password: String,
}

/// Addresses that no company gets: they are the product's own, or would be mistaken for it.
pub const RESERVED_SLUGS: &[&str] = &[
    "about",
    "abuse",
    "account",
    "accounts",
    "admin",
    "administrator",
    "api",
    "app",
    "apps",
    "assets",
    "assistant",
    "auth",
    "autoconfig",
    "autodiscover",
    "beta",
    "billing",
    "blog",
    "cdn",
    "contact",
    "dashboard",
    "demo-admin",
    "dev",
    "developer",
    "developers",
    "docs",
    "download",
    "email",
    "files",
    "ftp",
    "help",
    "host",
    "hostmaster",
    "imap",
    "info",
    "internal",
    "kontor",
    "legal",
    "localhost",
    "log-in",
    "login",
    "logout",
    "mail",
    "mailer-daemon",
    "metrics",
    "mx",
    "news",
    "noreply",
    "ns",
    "ns1",
    "ns2",
    "operator",
    "partner",
    "pay",
    "payment",
    "payments",
    "platform",
    "pop",
    "pop3",
    "postmaster",
    "pricing",
    "privacy",
    "proxy",
    "public",
    "register",
    "root",
    "sales",
    "secure",
    "security",
    "shop",
    "sign-up",
    "signup",
    "smtp",
    "ssl",
    "staging",
    "static",
    "status",
    "stripe",
    "support",
    "sysadmin",
    "system",
    "terms",
    "test",
    "tls",
    "web",
    "webmail",
    "webmaster",
    "websocket",
    "wpad",
    "ws",
    "www",
];

/// The plan a company tries, and for how long.
const TRIAL_PLAN: &str = "growth";
const TRIAL_LASTS: Duration = Duration::days(14);

/// A sign-up that may be carried out.
struct Checked {
    company: String,
    slug: String,
    country: Country,
    currency: Currency,
    name: String,
    email: String,
    /// The person's login, if they have one and proved it.
    login: Option<Login>,
}

impl Identity {
    /// Makes a company with its owner: everything in one transaction, so that a failure leaves nothing.
    ///
    /// Errors with every violation at once, by field. A known address is accepted with its own password: the person then
    /// owns a second company; any other password is answered as a wrong one, and counted like a failed log-in.
    pub async fn sign_up(&self, sign_up: &SignUp, visit: &Visit) -> Result<Entered> {
        self.admit_address(visit)?;
        let checked = self.check_sign_up(sign_up, visit).await?;
        let hash = match &checked.login {
            Some(_) => None,
            None => Some(self.passwords.hash(&sign_up.password).await?),
        };
        let (tenant, user) = (TenantId::new(), UserId::new());
        let zone = checked.country.zone().parse().unwrap_or(chrono_tz::UTC);
        let today = self.now().with_timezone(&zone).date_naive();
        let mut tx = self.begin_books(tenant, Some(user), visit, checked.currency, today).await?;
        insert_tenant(&mut tx, &checked.slug).await?;
        let login = match &checked.login {
            Some(login) => login.id,
            None => insert_login(&mut tx, &checked, hash.as_deref()).await?,
        };
        let member = Member { login, tenant, slug: checked.slug.clone(), user };
        insert_membership(&mut tx, &member).await?;
        let company = insert_company(&mut tx, &checked).await?;
        let language = Locale::from_tag(checked.country.locale());
        insert_roles(&mut tx, language).await?;
        insert_owner(&mut tx, &member, &checked).await?;
        let new = NewCompany {
            tenant,
            name: checked.company.clone(),
            country: checked.country,
            currency: checked.currency,
            locale: language,
        };
        for setup in self.setups.iter() {
            setup(&mut tx, &new).await?;
        }
        if checked.login.as_ref().is_none_or(|login| login.verified_at.is_none()) {
            let stationery = Stationery::of(&checked.company, None, language);
            self.send_verification(&mut tx, login, &checked.email, &checked.name, &stationery).await?;
        }
        tell(&mut tx, company, user, &checked);
        let credential = self.start_session(tx.connection().await?, &member, visit).await?;
        tx.commit().await?;
        self.places.forget(&checked.slug);
        info!(tenant.id = %tenant, login.id = %login, "signed up company {tenant}");
        Ok(Entered { member, credential })
    }

    async fn check_sign_up(&self, sign_up: &SignUp, visit: &Visit) -> Result<Checked> {
        let mut violations = Violations::new();
        let company = required(&sign_up.company, "company", &mut violations);
        let name = required(&sign_up.name, "name", &mut violations);
        let slug = sign_up.slug.trim().to_ascii_lowercase();
        self.check_slug(&slug, &mut violations).await?;
        let country = Country::parse(&sign_up.country);
        if country.is_none() {
            violations.add_text(Fault::NotAllowed, "country", "must be a country, by its code or name");
        }
        let currency = match sign_up.currency.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => {
                let currency = Currency::parse(text);
                if currency.is_none() {
                    violations.add_text(Fault::NotAllowed, "currency", "must be a currency code such as EUR");
                }
                currency
            }
            None => country.map(Country::currency),
        };
        let email = email_address(&sign_up.email);
        if email.is_none() {
            violations.add_text(Fault::WrongType, "email", "must be an e-mail address such as name@example.com");
        }
        let login = self.check_password(sign_up, email.as_deref(), visit, &mut violations).await?;
        violations.into_result()?;
        match (country, currency, email) {
            (Some(country), Some(currency), Some(email)) => {
                Ok(Checked { company, slug, country, currency, name, email, login })
            }
            _ => Err(Fault::InvalidFields.error()),
        }
    }

    async fn check_slug(&self, slug: &str, violations: &mut Violations) -> Result<()> {
        if !is_slug(slug) {
            violations.add(AccessFault::SlugMalformed, "slug");
            return Ok(());
        }
        if RESERVED_SLUGS.contains(&slug) || slug.starts_with("xn--") {
            violations.add(AccessFault::SlugReserved, "slug");
            return Ok(());
        }
        let taken: bool = sqlx::query_scalar("select exists (select from platform.tenants where slug = $1)")
            .bind(slug)
            .fetch_one(self.databases.identity())
            .await
            .map_err(sql_error)?;
        if taken {
            violations.add(AccessFault::SlugTaken, "slug");
        }
        Ok(())
    }

    /// A new person's password is judged; a known one's is compared.
    async fn check_password(
        &self,
        sign_up: &SignUp,
        email: Option<&str>,
        visit: &Visit,
        violations: &mut Violations,
    ) -> Result<Option<Login>> {
        let known = match email {
            Some(email) => self.find_login(email).await?.filter(|login| login.password_hash.is_some()),
            None => None,
        };
        let is_known = known.is_some();
        if is_known {
            match self.prove(known, &sign_up.password, visit).await {
                Ok(login) => return Ok(Some(login)),
                Err(error) if error.is(AccessFault::InvalidCredentials) => self.count_failure(visit),
                Err(error) => return Err(error),
            }
        }
        let about = [sign_up.email.as_str(), &sign_up.name, &sign_up.company];
        if let Some(refusal) = self.passwords.refusal(&sign_up.password, &about).await? {
            violations.add(refusal, "password");
        } else if is_known {
            violations.add(AccessFault::LoginKnown, "password");
        }
        Ok(None)
    }
}

fn required(text: &str, field: &'static str, violations: &mut Violations) -> String {
    let text = text.trim();
    if text.is_empty() {
        violations.add(Fault::Required, field);
    } else if text.contains(char::is_control) {
        violations.add(Fault::ControlCharacter, field);
    }
    text.to_owned()
}

fn is_slug(slug: &str) -> bool {
    let inner = slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    (1..=40).contains(&slug.len()) && inner && !slug.starts_with('-') && !slug.ends_with('-')
}

/// The country's own locale where we speak its language, else English.
fn locale(country: Country) -> &'static str {
    let own = country.locale();
    if own.starts_with("de") || own.starts_with("en") { own } else { "en" }
}

async fn insert_tenant(tx: &mut Tx, slug: &str) -> Result<()> {
    let (tenant, now) = (tx.tenant(), tx.now());
    sqlx::query(
        "with tenant as (insert into platform.tenants (id, slug, created_at) values ($1, $2, $3) returning id)
         insert into platform.subscriptions (tenant_id, plan_code, state, trial_ends_at, started_at)
         select id, $4, 'trial', $5, $3 from tenant",
    )
    .bind(tenant)
    .bind(slug)
    .bind(now)
    .bind(TRIAL_PLAN)
    .bind(now + TRIAL_LASTS)
    .execute(tx.connection().await?)
    .await
    .on_constraint("tenants_slug_key", || {
        let mut violations = Violations::new();
        violations.add(AccessFault::SlugTaken, "slug");
        violations.into()
    })?;
    Ok(())
}

/// A new login; an invited person who never set a password may sign a company up too, and sets it with that.
async fn insert_login(tx: &mut Tx, checked: &Checked, hash: Option<&str>) -> Result<Uuid> {
    let now = tx.now();
    let inserted: Option<Uuid> = sqlx::query_scalar(
        "insert into platform.logins as l (id, email, name, password_hash, created_at) values ($1, $2, $3, $4, $5)
         on conflict (email) do update set password_hash = excluded.password_hash, name = excluded.name
         where l.password_hash is null
         returning id",
    )
    .bind(new_id())
    .bind(&checked.email)
    .bind(&checked.name)
    .bind(hash)
    .bind(now)
    .fetch_optional(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    inserted.ok_or_else(|| Fault::ConcurrentChange.error())
}

async fn insert_membership(tx: &mut Tx, member: &Member) -> Result<()> {
    sqlx::query("insert into platform.memberships (login_id, tenant_id, user_id) values ($1, $2, $3)")
        .bind(member.login)
        .bind(member.tenant.0)
        .bind(member.user.0)
        .execute(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    Ok(())
}

async fn insert_company(tx: &mut Tx, checked: &Checked) -> Result<Uuid> {
    let (tenant, user, now, id) = (tx.tenant(), tx.user(), tx.now(), new_id());
    sqlx::query(
        "insert into companies (tenant_id, id, name, country, currency, locale, time_zone, email,
                                created_at, created_by, updated_at, updated_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $9, $10)",
    )
    .bind(tenant)
    .bind(id)
    .bind(&checked.company)
    .bind(checked.country.code())
    .bind(checked.currency.code())
    .bind(locale(checked.country))
    .bind(checked.country.zone())
    .bind(&checked.email)
    .bind(now)
    .bind(user)
    .execute(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    Ok(id)
}

async fn insert_roles(tx: &mut Tx, language: Locale) -> Result<()> {
    let (tenant, user, now) = (tx.tenant(), tx.user(), tx.now());
    for role in DefaultRole::ALL {
        sqlx::query(
            "insert into roles (tenant_id, id, code, name, permissions, created_at, created_by, updated_at, updated_by)
             values ($1, $2, $3, $4, $5, $6, $7, $6, $7)",
        )
        .bind(tenant)
        .bind(new_id())
        .bind(role.code)
        .bind(role.name(language))
        .bind(role.permissions)
        .bind(now)
        .bind(user)
        .execute(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    }
    Ok(())
}

async fn insert_owner(tx: &mut Tx, member: &Member, checked: &Checked) -> Result<()> {
    let now = tx.now();
    sqlx::query(
        "insert into users (tenant_id, id, login_id, name, email, state, roles, joined_at,
                            created_at, created_by, updated_at, updated_by)
         values ($1, $2, $3, $4, $5, 'active', $6, $7, $7, $2, $7, $2)",
    )
    .bind(member.tenant.0)
    .bind(member.user.0)
    .bind(member.login)
    .bind(&checked.name)
    .bind(&checked.email)
    .bind([OWNER])
    .bind(now)
    .execute(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    Ok(())
}

fn tell(tx: &mut Tx, company: Uuid, user: UserId, checked: &Checked) {
    let changes = json!({
        "name": checked.company,
        "slug": checked.slug,
        "country": checked.country.code(),
        "currency": checked.currency.code(),
    });
    tx.audit("signed_up", "companies", company, &changes);
    tx.emit("companies.created", "companies", company, &json!({ "version": 1 }));
    let owner = json!({ "name": checked.name, "email": checked.email, "roles": [OWNER] });
    tx.tell("users", "created", user.0, 1, &owner);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_label_of_a_host() {
        for good in ["a", "northwind", "acme-2", "4711", "a-b-c"] {
            assert!(is_slug(good), "{good}");
        }
        for bad in ["", "-a", "a-", "a.b", "a_b", "Ä", "a b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] {
            assert!(!is_slug(bad), "{bad}");
        }
    }
}
