//! Answers to a browser, and the headers that all of them carry.

use kontor_http::Incoming;
use poem::{
    Response,
    http::{HeaderName, HeaderValue, StatusCode, header},
};

use crate::{
    browser::{self, NOTICE},
    view::Tone,
};

/// Scripts, styles, images and connections of our own only; nothing inline, no frame around us.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
     form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";

/// The answer with the headers that every page has; those that it has of its own stay.
pub fn secured(mut response: Response) -> Response {
    let pairs = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in pairs {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}

pub fn html(status: u16, html: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Response::builder().status(status).content_type("text/html; charset=utf-8").body(html)
}

/// The page to read after something was done: 303.
pub fn see_other(url: &str) -> Response {
    Response::builder().status(StatusCode::SEE_OTHER).header(header::LOCATION, url).finish()
}

/// The page to read after something was done, with a notice that it shows once.
pub fn done(url: &str, notice: &str) -> Response {
    with_notice(see_other(url), Tone::Success, notice)
}

/// The page to go back to after something was refused, with a notice of why.
pub fn refused(url: &str, notice: &str) -> Response {
    with_notice(see_other(url), Tone::Danger, &sentence(notice))
}

fn with_notice(mut response: Response, tone: Tone, text: &str) -> Response {
    let tone = if tone == Tone::Danger { "danger" } else { "success" };
    let value = browser::encode(&format!("{tone}:{text}"));
    append_cookie(&mut response, &format!("{NOTICE}={value}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax"));
    response
}

/// The answer that has shown the request's notice.
pub fn without_notice(incoming: &Incoming, mut response: Response) -> Response {
    if browser::cookie(incoming, NOTICE).is_some() {
        append_cookie(&mut response, &format!("{NOTICE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
    }
    response
}

pub fn append_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// A catalogue text as a sentence: capital first letter, a point at the end.
pub fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut letters = text.chars();
    let mut sentence: String = letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect();
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}
