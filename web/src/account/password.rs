//! A forgotten password: the link is asked for, then redeemed.

use kontor_access::{AccessFault, NewPassword, PASSWORD_MIN, PasswordReset, SessionKind};
use kontor_http::{Endpoint, Incoming, LimitClass};
use kontor_kernel::{Error, Result};
use poem::Response;

use super::{
    Account,
    form::{Form, refuse, refused_for},
};
use crate::{
    answer,
    refusal::is_refusal,
    view::{Field, FieldKind, ForgotPasswordView, ResetPasswordView},
};

pub(super) fn endpoints(account: &Account) -> Vec<Endpoint> {
    vec![
        account.get(
            "/forgot-password",
            |account, incoming| async move { account.forgot_page(&incoming, None, None).await },
        ),
        account.post("/forgot-password", LimitClass::LogIn, ask),
        account.get("/reset-password", open),
        account.post("/reset-password", LimitClass::LogIn, redeem),
    ]
}

/// Says the same whether or not somebody has the address.
async fn ask(account: Account, incoming: Incoming) -> Result<Response> {
    let form = account.form(&incoming)?;
    match form.read::<PasswordReset>() {
        Ok(reset) => {
            account.identity.request_password_reset(&reset, &incoming.visit(SessionKind::Web)).await?;
            account.forgot_page(&incoming, Some(reset.email), None).await
        }
        Err(error) => account.forgot_page(&incoming, None, Some((&form, &error))).await,
    }
}

async fn open(account: Account, incoming: Incoming) -> Result<Response> {
    let token = incoming.query_value("token").unwrap_or_default().to_owned();
    account.reset_page(&incoming, &token, None).await
}

async fn redeem(account: Account, incoming: Incoming) -> Result<Response> {
    let form = account.form(&incoming)?;
    let outcome = match form.read::<NewPassword>() {
        Ok(new) => account.identity.reset_password(&new, &incoming.visit(SessionKind::Web)).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(()) => {
            let mut response = answer::done("/log-in", "Your password is set. Log in with it");
            account.forget(&mut response);
            Ok(response)
        }
        Err(error) if is_refusal(&error) => account.reset_page(&incoming, form.text("token"), Some(&error)).await,
        Err(error) => Err(error),
    }
}

impl Account {
    async fn forgot_page(
        &self,
        incoming: &Incoming,
        sent_to: Option<String>,
        refused: Option<(&Form, &Error)>,
    ) -> Result<Response> {
        let visitor = self.visitor(incoming).await?;
        let email = refused.map_or("", |(form, _)| form.text("email"));
        let mut fields = vec![
            Field::new("email", "E-mail", FieldKind::Email)
                .value(email)
                .required()
                .autocomplete("username")
                .autofocus(),
        ];
        let errors = refused.map(|(_, error)| refuse(&mut fields, error, "a link can be sent"));
        let status = if errors.is_some() { 422 } else { 200 };
        let shell = self.public_shell(incoming, &visitor, "Reset your password");
        self.show(incoming, &visitor, status, &ForgotPasswordView { shell, fields, errors, sent_to })
    }

    async fn reset_page(&self, incoming: &Incoming, token: &str, refused: Option<&Error>) -> Result<Response> {
        let visitor = self.visitor(incoming).await?;
        let spent = refused.is_some_and(|error| refused_for(error, AccessFault::LinkSpent.info()));
        let mut fields = vec![
            Field::new("password", "New password", FieldKind::Password)
                .required()
                .autocomplete("new-password")
                .help(format!("At least {PASSWORD_MIN} characters"))
                .autofocus(),
        ];
        let errors = refused.map(|error| refuse(&mut fields, error, "the password can be set"));
        let page = ResetPasswordView {
            shell: self.public_shell(incoming, &visitor, "Set a new password"),
            fields,
            token: token.to_owned(),
            valid: !spent && !token.is_empty(),
            errors,
        };
        self.show(incoming, &visitor, if refused.is_some() { 422 } else { 200 }, &page)
    }
}
