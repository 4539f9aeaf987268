//! The confirmation of an address.

use kontor_access::AccessFault;
use kontor_http::{Endpoint, Incoming, LimitClass};
use kontor_kernel::Result;
use poem::Response;

use super::{Account, form::refused_for};
use crate::view::VerifyEmailView;

pub(super) fn endpoints(account: &Account) -> Vec<Endpoint> {
    vec![account.get("/verify-email", verify).limit(LimitClass::LogIn)]
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
