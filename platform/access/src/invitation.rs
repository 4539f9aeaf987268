//! How a colleague gets in: an administrator invites, the mailed link lets them in.
//!
//! The link alone is not enough where the person has a log-in already: its password is asked for too, since whoever made
//! that log-in may not have been the owner of the address.

use kontor_entity::Shape;
use kontor_kernel::{Error, Fault, Locale, Result, TenantId, UserId, Violations, new_id};
use kontor_store::{OnConstraint, Tx, sql_error};
use serde_json::json;
use sqlx::Row;
use tracing::info;
use uuid::Uuid;

use crate::{
    AccessFault, Entered, Gate, Identity, Member, Stationery, Visit, access_changed,
    letter::Letter,
    log_in::Login,
    mail,
    mail_link::{OpenLink, Purpose, link_spent, spend_link, verify},
    seat::grant_invited_seat,
    token::OpaqueToken,
};

/// A colleague to be invited. The roles are codes that were checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUser {
    pub name: String,
    /// In lower case.
    pub email: String,
    pub roles: Vec<String>,
}

/// An invitation that may still be accepted, for its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    pub company: String,
    pub name: String,
    pub email: String,
    /// Who invited; nothing where the person has left since.
    pub inviter: Option<String>,
    /// The names of the roles.
    pub roles: Vec<String>,
    /// The person has a log-in: they give its password rather than choose one.
    pub known: bool,
}

/// The answer to an invitation.
#[derive(Clone, Shape)]
pub struct InvitationAnswer {
    #[field(verbatim, max = 200)]
    pub token: String,
    /// Your name; as the invitation says it when left out.
    #[field(max = 200)]
    pub name: Option<String>,
    /// The password you choose, or that of your log-in if you have one.
    #[field(secret, max = 200)]
    pub password: String,
}

/// Makes the user, in the state *invited*, and sends the invitation. Runs in the company's own transaction.
pub async fn invite_user(tx: &mut Tx, new: &NewUser) -> Result<Uuid> {
    let (tenant, by, now, id) = (tx.tenant(), tx.user(), tx.now(), new_id());
    let already = || Fault::Duplicate.on("email").with_detail("is already a user of your company");
    let login: Uuid = sqlx::query_scalar("select platform.member_add($1, $2, $3, $4, $5)")
        .bind(new_id())
        .bind(&new.email)
        .bind(&new.name)
        .bind(id)
        .bind(now)
        .fetch_one(tx.connection().await?)
        .await
        .on_constraint("memberships_pkey", already)?;
    sqlx::query(
        "insert into users (tenant_id, id, login_id, name, email, state, roles, created_at, created_by, updated_at, updated_by)
         values ($1, $2, $3, $4, $5, 'invited', $6, $7, $8, $7, $8)",
    )
    .bind(tenant)
    .bind(id)
    .bind(login)
    .bind(&new.name)
    .bind(&new.email)
    .bind(&new.roles)
    .bind(now)
    .bind(by)
    .execute(tx.connection().await?)
    .await
    .on_constraint("users_email_key", already)?;
    send_invitation(tx, id).await?;
    Ok(id)
}

/// Sends a new link to somebody who was invited; earlier links are worth nothing then. Claims the seat that it takes.
pub async fn send_invitation(tx: &mut Tx, user: Uuid) -> Result<()> {
    tx.claim_seat();
    let (email, letter, token) = invitation_letter(tx, user).await?;
    let now = tx.now();
    sqlx::query("select platform.invitation_renew($1, $2, $3, $4)")
        .bind(user)
        .bind(token.hash.as_slice())
        .bind(now)
        .bind(now + Purpose::Invitation.lasts())
        .execute(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    mail::queue(tx, &email, &letter).await
}

async fn invitation_letter(tx: &mut Tx, user: Uuid) -> Result<(String, Letter, OpaqueToken)> {
    let (tenant, by) = (tx.tenant(), tx.user());
    let row = sqlx::query(
        "select u.name, u.email, c.name as company, c.brand_color, c.locale,
                coalesce((select b.name from users b where b.tenant_id = $1 and b.id = $3), c.name) as inviter
         from users u join companies c on c.tenant_id = u.tenant_id where u.tenant_id = $1 and u.id = $2",
    )
    .bind(tenant)
    .bind(user)
    .bind(by)
    .fetch_optional(tx.connection().await?)
    .await
    .map_err(sql_error)?
    .ok_or_else(|| Fault::NotFound.error())?;
    let text = |name: &str| row.try_get::<String, _>(name).map_err(sql_error);
    let token = OpaqueToken::new()?;
    let locale = Locale::from_tag(&text("locale")?);
    let stationery = Stationery::of(&text("company")?, Some(&text("brand_color")?), locale);
    let letter = stationery.invitation(&text("name")?, &text("inviter")?, &token.text);
    Ok((text("email")?, letter, token))
}

/// Lets a user of the company in or shuts them out: out means that every session of theirs ends, here at once and on
/// other nodes within half a minute; in claims a seat. The user's own row is the caller's to write.
pub async fn admit_member(tx: &mut Tx, user: Uuid, active: bool) -> Result<()> {
    if active {
        tx.claim_seat();
    }
    let (tenant, now) = (tx.tenant(), tx.now());
    sqlx::query("select platform.member_set_active($1, $2, $3)")
        .bind(user)
        .bind(active)
        .bind(now)
        .execute(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    access_changed(tenant);
    Ok(())
}

/// Whom an open invitation is for.
struct Invited {
    tenant: TenantId,
    slug: String,
    company: String,
    user: UserId,
    name: String,
    inviter: Option<String>,
    roles: Vec<String>,
    login: Login,
}

impl Identity {
    /// What an invitation's page shows. Errors with `link_spent` on `token`.
    pub async fn invitation(&self, token: &str) -> Result<Invitation> {
        let link = self.open_link(token, Purpose::Invitation).await?.ok_or_else(link_spent)?;
        let invited = self.invited(link).await?;
        Ok(Invitation {
            company: invited.company,
            name: invited.name,
            inviter: invited.inviter,
            roles: invited.roles,
            known: invited.login.password_hash.is_some(),
            email: invited.login.email,
        })
    }

    /// Lets an invited person in and begins their session.
    ///
    /// Errors with `link_spent` on `token`; with what is wrong with a new password; with `invalid_credentials` when the
    /// person has a log-in and this is not its password; with `plan_required` when the company's plan has no seat left.
    pub async fn accept_invitation(
        &self,
        answer: &InvitationAnswer,
        visit: &Visit,
        gate: &dyn Gate,
    ) -> Result<Entered> {
        self.admit_address(visit)?;
        let Some(link) = self.open_link(&answer.token, Purpose::Invitation).await? else {
            self.count_failure(visit);
            return Err(link_spent());
        };
        let invited = self.invited(link).await?;
        let name = answer.name.as_deref().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(&invited.name);
        let hash = self.invited_password(&invited, name, &answer.password, visit).await?;
        let member =
            Member { login: invited.login.id, tenant: invited.tenant, slug: invited.slug.clone(), user: invited.user };
        // The gate reads the plan by a connection of the pool that the transaction holds one of, and keeps it.
        gate.check_seats(member.tenant, 1).await?;
        let mut tx = self.begin(member.tenant, Some(member.user), visit).await?;
        spend_link(tx.connection().await?, &answer.token, Purpose::Invitation, self.now()).await?;
        join_company(&mut tx, &member, name, hash.as_deref()).await?;
        grant_invited_seat(&mut tx, gate).await?;
        verify(tx.connection().await?, member.login, self.now()).await?;
        tx.audit(
            "joined",
            "users",
            member.user.0,
            &json!({ "state": ["invited", "active"], "name": [invited.name, name] }),
        );
        tx.emit("users.updated", "users", member.user.0, &json!({ "state": "active" }));
        let credential = self.start_session(tx.connection().await?, &member, visit).await?;
        tx.commit().await?;
        access_changed(member.tenant.0);
        info!(login.id = %member.login, tenant.id = %member.tenant, "login {} joined by invitation", member.login);
        Ok(Entered { member, credential })
    }

    /// The hash of a password that is chosen now; nothing where the known one was given.
    async fn invited_password(
        &self,
        invited: &Invited,
        name: &str,
        password: &str,
        visit: &Visit,
    ) -> Result<Option<String>> {
        if invited.login.password_hash.is_some() {
            self.prove(Some(invited.login.clone()), password, visit)
                .await
                .inspect_err(|_| self.count_failure(visit))?;
            return Ok(None);
        }
        let about = [invited.login.email.as_str(), name, invited.company.as_str()];
        let mut violations = Violations::new();
        if let Some(refusal) = self.passwords.refusal(password, &about).await? {
            violations.add(refusal, "password");
        }
        violations.into_result()?;
        self.passwords.hash(password).await.map(Some)
    }

    async fn invited(&self, link: OpenLink) -> Result<Invited> {
        let tenant = link.tenant_id.ok_or_else(|| Error::internal("an invitation without a company"))?;
        let login = self.login_by_id(link.login_id).await?.ok_or_else(link_spent)?;
        let slug: Option<String> =
            sqlx::query_scalar("select slug from platform.tenants where id = $1 and state = 'active'")
                .bind(tenant)
                .fetch_optional(self.databases.identity())
                .await
                .map_err(sql_error)?;
        type Row = (Uuid, String, String, Option<String>, Vec<String>);
        let row: Option<Row> = sqlx::query_as(
            "select u.id, u.name, c.name, b.name,
                    array(select r.name from roles r
                          where r.tenant_id = u.tenant_id and r.code = any(u.roles) order by r.name)
             from users u join companies c on c.tenant_id = u.tenant_id
             left join users b on b.tenant_id = u.tenant_id and b.id = u.created_by
             where u.tenant_id = $1 and u.login_id = $2 and u.state = 'invited'",
        )
        .bind(tenant)
        .bind(link.login_id)
        .fetch_optional(self.databases.reader())
        .await
        .map_err(sql_error)?;
        let (slug, (user, name, company, inviter, roles)) = slug.zip(row).ok_or_else(link_spent)?;
        Ok(Invited { tenant: TenantId(tenant), slug, company, user: UserId(user), name, inviter, roles, login })
    }
}

/// Turns the invited user into an active one. Errors with `user_state` when an administrator took it back meanwhile.
async fn join_company(tx: &mut Tx, member: &Member, name: &str, hash: Option<&str>) -> Result<()> {
    let now = tx.now();
    let joined = sqlx::query(
        "update users set state = 'active', name = $3, joined_at = $4, version = version + 1, updated_at = $4, updated_by = $2
         where tenant_id = $1 and id = $2 and state = 'invited'",
    )
    .bind(member.tenant.0)
    .bind(member.user.0)
    .bind(name)
    .bind(now)
    .execute(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    if joined.rows_affected() == 0 {
        return Err(AccessFault::UserState.error());
    }
    sqlx::query("update platform.memberships set active = true where login_id = $1 and tenant_id = $2")
        .bind(member.login)
        .bind(member.tenant.0)
        .execute(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    if let Some(hash) = hash {
        sqlx::query("update platform.logins set password_hash = $2, name = $3 where id = $1")
            .bind(member.login)
            .bind(hash)
            .bind(name)
            .execute(tx.connection().await?)
            .await
            .map_err(sql_error)?;
    }
    Ok(())
}
