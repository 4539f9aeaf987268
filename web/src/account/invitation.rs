use kontor_access::{AccessFault, Invitation, InvitationAnswer, PASSWORD_MIN, SessionKind};
use kontor_http::{Endpoint, Incoming, LimitClass};
use kontor_kernel::{Error, ErrorKind, Result};
use poem::Response;

use super::{
    Account,
    form::{Form, refuse, refused_for},
};
use crate::{
    refusal::is_refusal,
    view::{AcceptInvitationView, Field, FieldKind},
};

pub(super) fn endpoints(account: &Account) -> Vec<Endpoint> {
    vec![
        // The address that mails name, and the one that the form is sent to.
        account.get("/invitation", open).limit(LimitClass::LogIn),
        account.get("/invitations/accept", open).limit(LimitClass::LogIn),
        account.post("/invitations/accept", LimitClass::LogIn, accept),
    ]
}

async fn open(account: Account, incoming: Incoming) -> Result<Response> {
    let token = incoming.query_value("token").unwrap_or_default().to_owned();
    account.invitation_page(&incoming, &token, None).await
}

async fn accept(account: Account, incoming: Incoming) -> Result<Response> {
    let form = account.form(&incoming)?;
    let outcome = match form.read::<InvitationAnswer>() {
        Ok(answer) => {
            let visit = incoming.visit(SessionKind::Web);
            account.identity.accept_invitation(&answer, &visit, account.web.app.runner.gate()).await
        }
        Err(error) => Err(error),
    };
    match outcome {
        Ok(entered) => account.enter(&entered, "/"),
        Err(error) if is_answered(&error) => {
            account.invitation_page(&incoming, form.text("token"), Some((&form, &error))).await
        }
        Err(error) => Err(error),
    }
}

/// Whether the page itself says why: the person can do something about it, or have who invited them do it.
fn is_answered(error: &Error) -> bool {
    is_refusal(error) || error.is(AccessFault::InvalidCredentials) || error.kind() == ErrorKind::Plan
}

impl Account {
    async fn invitation_page(
        &self,
        incoming: &Incoming,
        token: &str,
        refused: Option<(&Form, &Error)>,
    ) -> Result<Response> {
        let invitation = match self.identity.invitation(token).await {
            Ok(invitation) => Some(invitation),
            Err(error) if refused_for(&error, AccessFault::LinkSpent.info()) => None,
            Err(error) => return Err(error),
        };
        let visitor = self.visitor(incoming).await?;
        let title =
            invitation.as_ref().map_or_else(|| "Invitation".to_owned(), |open| format!("Join {}", open.company));
        let mut fields =
            invitation.as_ref().map(|open| fields(open, refused.map(|(form, _)| form))).unwrap_or_default();
        let errors = refused.map(|(_, error)| refuse(&mut fields, error, "you can join"));
        let status = match refused {
            Some((_, error)) if error.kind() == ErrorKind::Plan => error.kind().status(),
            _ if errors.is_some() || invitation.is_none() => 422,
            _ => 200,
        };
        let shell = self.public_shell(incoming, &visitor, &title);
        let page = page(shell, token, fields, errors, invitation);
        self.show(incoming, &visitor, status, &page)
    }
}

fn page(
    shell: crate::view::PublicShell,
    token: &str,
    fields: Vec<Field>,
    errors: Option<crate::view::ErrorSummary>,
    invitation: Option<Invitation>,
) -> AcceptInvitationView {
    let token = token.to_owned();
    match invitation {
        Some(open) => AcceptInvitationView {
            shell,
            fields,
            errors,
            token,
            valid: true,
            invited_by: open.inviter.unwrap_or_else(|| open.company.clone()),
            company: open.company,
            role: open.roles.join(", "),
            email: open.email,
        },
        None => AcceptInvitationView {
            shell,
            fields,
            errors,
            token,
            valid: false,
            company: String::new(),
            invited_by: String::new(),
            role: String::new(),
            email: String::new(),
        },
    }
}

/// Somebody new chooses name and password; who has a log-in proves that it is theirs.
fn fields(invitation: &Invitation, typed: Option<&Form>) -> Vec<Field> {
    if invitation.known {
        return vec![
            Field::new("password", "Password of your log-in", FieldKind::Password)
                .required()
                .autocomplete("current-password")
                .autofocus(),
        ];
    }
    let name = typed.map_or(invitation.name.as_str(), |form| form.text("name"));
    vec![
        Field::new("name", "Your name", FieldKind::Text).value(name).required().autocomplete("name"),
        Field::new("password", "Password", FieldKind::Password)
            .required()
            .autocomplete("new-password")
            .help(format!("At least {PASSWORD_MIN} characters"))
            .autofocus(),
    ]
}
