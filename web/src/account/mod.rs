//! Pages before log-in, and what comes with being somebody: sign-up, log-in, mailed links, switching companies, the
//! company's colours and logo.

mod brand;
mod dev_mail;
mod email;
pub(crate) mod form;
mod invitation;
mod log_in;
mod membership;
mod password;
mod sign_up;
mod visitor;

use kontor_access::{Entered, Identity, SESSION_LASTS};
use kontor_http::{Endpoint, Incoming, LimitClass, SESSION_COOKIE};
use kontor_kernel::Result;
use poem::{Response, http::Method};

pub use membership::IdentityCompanies;

use crate::{Web, answer};

/// The endpoints of accounts. `keeps_mail` says that no server sends mails: they are shown at `/dev/mail` then, to a
/// browser on the same machine.
pub fn account_endpoints(web: &Web, identity: &Identity, keeps_mail: bool) -> Vec<Endpoint> {
    let account = Account { web: web.clone(), identity: identity.clone() };
    let mut endpoints = sign_up::endpoints(&account);
    endpoints.extend(log_in::endpoints(&account));
    endpoints.extend(password::endpoints(&account));
    endpoints.extend(email::endpoints(&account));
    endpoints.extend(invitation::endpoints(&account));
    endpoints.extend(membership::endpoints(&account));
    endpoints.extend(brand::endpoints(&account));
    if keeps_mail {
        endpoints.extend(dev_mail::endpoints(&account));
    }
    endpoints
}

/// What the handlers of accounts share.
#[derive(Clone)]
struct Account {
    web: Web,
    identity: Identity,
}

impl Account {
    /// A page that anybody may see; who is logged in is known to it.
    fn get<F, Fut>(&self, path: &str, handler: F) -> Endpoint
    where
        F: Fn(Self, Incoming) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Response>> + Send + 'static,
    {
        self.endpoint(Method::GET, path, handler).optional()
    }

    /// A form that anybody may send. Its handler checks the form's token, since there is no session that the mount could
    /// check it by.
    fn post<F, Fut>(&self, path: &str, limit: LimitClass, handler: F) -> Endpoint
    where
        F: Fn(Self, Incoming) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Response>> + Send + 'static,
    {
        self.endpoint(Method::POST, path, handler).public().limit(limit)
    }

    fn endpoint<F, Fut>(&self, method: Method, path: &str, handler: F) -> Endpoint
    where
        F: Fn(Self, Incoming) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Response>> + Send + 'static,
    {
        let account = self.clone();
        self.web.endpoint(method, path, move |_, incoming| handler(account.clone(), incoming))
    }

    /// Goes on as the one who has just come in.
    fn enter(&self, entered: &Entered, url: &str) -> Result<Response> {
        let mut response = answer::see_other(url);
        answer::append_cookie(
            &mut response,
            &self.session_cookie(entered.cookie()?, SESSION_LASTS.num_seconds() * KEPT),
        );
        Ok(response)
    }

    /// The session's cookie is taken away.
    fn forget(&self, response: &mut Response) {
        answer::append_cookie(response, &self.session_cookie("", 0));
    }

    fn session_cookie(&self, value: &str, max_age_seconds: i64) -> String {
        let secure = if self.identity.config().secure() { "; Secure" } else { "" };
        format!("{SESSION_COOKIE}={value}; Path=/; Max-Age={max_age_seconds}; HttpOnly; SameSite=Lax{secure}")
    }
}

/// A session's end moves on with its use and is the server's to know, so the browser keeps the cookie for many times a
/// session's length: about a year.
const KEPT: i64 = 52;
