//! The confirmation of an address, and the mail for it once more.

use kontor_access::{AccessFault, SessionKind};
use kontor_http::{Endpoint, Incoming, LimitClass};
use kontor_kernel::{Fault, Result};
use poem::{Response, http::Method};

use super::{Account, form::refused_for};
use crate::{answer, view::VerifyEmailView};

pub(super) fn endpoints(account: &Account) -> Vec<Endpoint> {
    vec![
        account.get("/verify-email", verify).limit(LimitClass::LogIn),
        account.endpoint(Method::POST, "/verify-email/send", resend).limit(LimitClass::LogIn),
    ]
}

/// Sends the link once more to somebody who is logged in.
async fn resend(account: Account, incoming: Incoming) -> Result<Response> {
    let caller = incoming.caller()?;
    match account.identity.resend_verification(caller, &incoming.visit(SessionKind::Web)).await {
        Ok(()) => Ok(answer::done("/", &format!("A message with a link is on its way to {}", caller.email))),
        Err(error) if error.is(AccessFault::AlreadyVerified) => {
            Ok(answer::done("/", "Your address is confirmed already"))
        }
        Err(error) if error.is(Fault::RateLimited) => {
            Ok(answer::refused("/", "enough messages were sent for now; look among your spam, or ask again in an hour"))
        }
        Err(error) => Err(error),
    }
}

/// Opening the link is enough. A mail program that opens it first has used it up, so who is logged in and confirmed sees
/// no failure.
async fn verify(account: Account, incoming: Incoming) -> Result<Response> {
    let token = incoming.query_value("token").unwrap_or_default();
    let verified = match account.identity.verify_email(token).await {
        Ok(email) => Some(email),
        Err(error) if refused_for(&error, AccessFault::LinkSpent.info()) => match &incoming.caller {
            Some(caller) if account.identity.is_verified(caller.login).await? => Some(caller.email.clone()),
            _ => None,
        },
        Err(error) => return Err(error),
    };
    let visitor = account.visitor(&incoming).await?;
    let title = if verified.is_some() { "Address confirmed" } else { "This link has expired" };
    let page = VerifyEmailView {
        shell: account.public_shell(&incoming, &visitor, title),
        verified: verified.is_some(),
        email: verified.unwrap_or_default(),
    };
    account.show(&incoming, &visitor, if page.verified { 200 } else { 422 }, &page)
}
