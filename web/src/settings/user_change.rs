//! What an administrator does with people: invite, give a role, shut out, let in.

use kontor_command::{Call, Command, RecordAction as _};
use kontor_company::{DeactivateUser, InviteUser, ReactivateUser, ResendInvitation, SetUserRoles, UserInvitation};
use kontor_entity::Shape;
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{Error, ErrorKind, Result};
use kontor_store::{Origin, Written};
use poem::Response;

use super::{Settings, user::URL};
use crate::{account::form::Form, answer, refusal::is_refusal};

pub(super) fn endpoints(settings: &Settings) -> Vec<Endpoint> {
    vec![
        settings.post("/settings/users/invite", invite),
        settings.post("/settings/users/{id}/role", set_role),
        settings.post("/settings/users/{id}/deactivate", |settings, incoming| async move {
            let id = incoming.id("id")?;
            settings.change(&incoming, DeactivateUser.on(id, None), "can no longer log in").await
        }),
        settings.post("/settings/users/{id}/activate", |settings, incoming| async move {
            let id = incoming.id("id")?;
            settings.change(&incoming, ReactivateUser.on(id, None), "is let in again").await
        }),
        settings.post("/settings/users/invitations/{id}/revoke", |settings, incoming| async move {
            let id = incoming.id("id")?;
            settings.change(&incoming, DeactivateUser.on(id, None), "is not invited any more").await
        }),
        settings.post("/settings/users/invitations/{id}/resend", |settings, incoming| async move {
            let id = incoming.id("id")?;
            settings.change(&incoming, ResendInvitation.on(id, None), "was sent a new link").await
        }),
    ]
}

async fn invite(settings: Settings, incoming: Incoming) -> Result<Response> {
    let call = incoming.call(Origin::Web)?;
    call.caller.require(InviteUser::PERMISSION)?;
    let form = Form::of(&incoming);
    match send(&settings, &call, &form).await {
        Ok(written) => Ok(answer::done(URL, &format!("{} is invited", name(&written)))),
        Err(error) if is_answered(&error) => settings.users_page(&incoming, Some((&form, &error))).await,
        Err(error) => Err(error),
    }
}

async fn send(settings: &Settings, call: &Call, form: &Form) -> Result<Written> {
    let Person { name, email, role } = form.read::<Person>()?;
    settings.web.app.runner.run(call, InviteUser(UserInvitation { name, email, roles: vec![role] })).await
}

/// Who is invited, and as what.
#[derive(Clone, Shape)]
struct Person {
    #[field(max = 200)]
    name: String,
    #[field(email, label = "E-mail")]
    email: String,
    #[field(max = 40)]
    role: String,
}

async fn set_role(settings: Settings, incoming: Incoming) -> Result<Response> {
    let id = incoming.id("id")?;
    let chosen = Form::of(&incoming).text("role").to_owned();
    let roles = chosen.split(',').map(str::trim).filter(|role| !role.is_empty()).map(str::to_owned).collect();
    settings.change(&incoming, SetUserRoles { roles }.on(id, None), "has another role").await
}

impl Settings {
    /// Runs a command on a user and goes back to the page, with a notice of what became of it.
    async fn change<C>(&self, incoming: &Incoming, command: C, done: &str) -> Result<Response>
    where
        C: Command<Output = Written> + Clone + Sync,
    {
        let call = incoming.call(Origin::Web)?;
        match self.web.app.runner.run(&call, command).await {
            Ok(written) => Ok(answer::done(URL, &format!("{} {done}", name(&written)))),
            Err(error) if is_answered(&error) => Ok(answer::refused(URL, reason(&error))),
            Err(error) => Err(error),
        }
    }
}

/// Whether the page itself says why: the person can do something about it here, make room for one more among it.
fn is_answered(error: &Error) -> bool {
    is_refusal(error) || error.kind() == ErrorKind::Plan
}

/// A notice has room for one thing that is wrong.
fn reason(error: &Error) -> &str {
    error.violations().first().map_or(error.text(), |violation| &violation.message)
}

/// The name of the user that was written.
fn name(written: &Written) -> String {
    let json: Option<serde_json::Value> = serde_json::from_str(&written.json).ok();
    json.and_then(|user| user.get("name")?.as_str().map(str::to_owned)).unwrap_or_default()
}
