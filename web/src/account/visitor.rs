//! Somebody on a page before log-in: whose page it is, and the token that ties its form to their browser.
//!
//! A form is only taken with the value of a cookie that the page with the form gave the browser. Another site can make a
//! browser send the form, but can read neither cookie nor page. Over HTTPS the cookie's name begins with `__Host-`: no
//! other host, not even one below the same domain, can set it.

use kontor_access::Brand;
use kontor_http::Incoming;
use kontor_kernel::{Error, Fault, Locale, Result};
use poem::{
    Response,
    http::{HeaderValue, header},
};
use rand::{TryRngCore as _, rngs::OsRng};

use super::{Account, form::Form};
use crate::{
    answer, browser,
    shell::brand_badge,
    view::{Page, PublicShell},
};

/// Where the next one stands who is not known.
pub(super) struct Visitor {
    token: String,
    /// The browser has yet to be given the token.
    fresh: bool,
    /// The company of the address.
    pub brand: Option<Brand>,
}

impl Account {
    pub async fn visitor(&self, incoming: &Incoming) -> Result<Visitor> {
        let brand = match self.identity.resolve_host(&incoming.host).await? {
            Some(place) => self.identity.brand_of(&place).await?,
            None => None,
        };
        let known = browser::cookie(incoming, self.token_cookie()).filter(|token| is_token(token));
        Ok(match known {
            Some(token) => Visitor { token, fresh: false, brand },
            None => Visitor { token: new_token()?, fresh: true, brand },
        })
    }

    /// The form, if it comes from one of our pages. Errors with `csrf_mismatch`.
    pub fn form(&self, incoming: &Incoming) -> Result<Form> {
        let form = Form::of(incoming);
        let token = browser::cookie(incoming, self.token_cookie()).filter(|token| is_token(token));
        match token {
            Some(token) if same(&token, form.text("csrf")) => Ok(form),
            _ => Err(Fault::CsrfMismatch.error()),
        }
    }

    /// A page before log-in. It tells no other site and no log where it was, since its address may hold a secret.
    pub fn show<P: Page>(&self, incoming: &Incoming, visitor: &Visitor, status: u16, page: &P) -> Result<Response> {
        let mut response = self.web.page(incoming, status, page)?;
        response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        if visitor.fresh {
            let secure = if self.identity.config().secure() { "; Secure" } else { "" };
            let (name, token) = (self.token_cookie(), &visitor.token);
            answer::append_cookie(&mut response, &format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax{secure}"));
        }
        Ok(response)
    }

    pub fn public_shell(&self, incoming: &Incoming, visitor: &Visitor, title: &str) -> PublicShell {
        let brand = visitor.brand.as_ref();
        PublicShell {
            title: title.to_owned(),
            csrf: visitor.token.clone(),
            theme: browser::theme(incoming),
            locale: brand.map_or(Locale::En, |brand| Locale::from_tag(&brand.locale)),
            today: self.web.app.runner.clock().now().date_naive().to_string(),
            tenant: brand.map(|brand| brand_badge(&brand.name, &brand.slug, brand.version)),
            toast: browser::notice(incoming),
        }
    }

    fn token_cookie(&self) -> &'static str {
        if self.identity.config().secure() { "__Host-kontor_form" } else { "kontor_form" }
    }
}

/// 128 random bits.
fn new_token() -> Result<String> {
    let mut bytes = [0_u8; 16];
    OsRng.try_fill_bytes(&mut bytes).map_err(Error::internal)?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

fn is_token(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Compares in a time that does not tell how much was right.
fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).fold(0, |difference, (a, b)| difference | (a ^ b)) == 0
}

/// A path of the app to go on to. Another site's address, also one that only browsers read as such, is none; nor is the
/// log-in itself.
pub(super) fn local_path(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('/')?;
    let elsewhere = inner.starts_with(['/', '\\']) || text.contains(|c: char| c.is_control() || c == '\\');
    let account = ["/log-in", "/log-out", "/sign-up"].iter().any(|page| text.starts_with(page));
    (!elsewhere && !account && text.is_ascii() && text.len() <= 2_000).then_some(text)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn only_a_path_of_the_app_is_gone_on_to() {
        for good in ["/", "/purchasing/orders?sort=-date&filter[state]=draft", "/inventory/products/42"] {
            assert_eq!(local_path(good), Some(good));
        }
        for bad in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil.example",
            "/a\r\nb",
            "/log-in?next=/",
        ] {
            assert_eq!(local_path(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn a_token_is_hex_of_its_length_and_compared_whole() {
        let token = new_token().unwrap();
        assert!(is_token(&token) && token != new_token().unwrap());
        assert!(same(&token, &token.clone()));
        assert!(!same(&token, "") && !same(&token, &token.replace(|c: char| c.is_ascii_hexdigit(), "x")));
    }
}
