//! Errors as `application/problem+json` (RFC 9457), with a stable code and every violation by field.

use std::error::Error as _;

use kontor_kernel::{Error, ErrorKind};
use poem::{
    Response,
    http::{StatusCode, header},
};
use serde::Serialize;
use tracing::{error, info};

#[derive(Serialize)]
struct Problem<'a> {
    r#type: String,
    title: &'a str,
    status: u16,
    code: &'a str,
    detail: &'a str,
    request_id: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Field<'a>>,
}

#[derive(Serialize)]
struct Field<'a> {
    field: &'a str,
    code: &'a str,
    message: &'a str,
}

/// The response for an error. A failure of ours is logged here, once, with its whole cause.
pub fn problem_response(error: &Error, request_id: &str) -> Response {
    log(error, request_id);
    let kind = error.kind();
    let problem = Problem {
        r#type: format!("/docs/errors/{}", error.code()),
        title: title(kind),
        status: kind.status(),
        code: error.code(),
        detail: error.text(),
        request_id,
        errors: error
            .violations()
            .iter()
            .map(|v| Field { field: &v.field, code: v.code, message: &v.message })
            .collect(),
    };
    let body = serde_json::to_string(&problem).unwrap_or_default();
    let mut builder = Response::builder()
        .status(StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR))
        .content_type("application/problem+json");
    if let Some(seconds) = error.retry_after_seconds() {
        builder = builder.header(header::RETRY_AFTER, seconds);
    }
    if kind == ErrorKind::Unauthenticated {
        builder = builder.header(header::WWW_AUTHENTICATE, "Bearer");
    }
    builder.body(body)
}

pub(crate) fn log(error: &Error, request_id: &str) {
    match error.kind() {
        ErrorKind::Internal | ErrorKind::Unavailable => {
            error!(request.id = request_id, code = error.code(), cause = ?error, "request {request_id} failed: {error:?}");
        }
        ErrorKind::Forbidden | ErrorKind::Unauthenticated => {
            info!(request.id = request_id, code = error.code(), "request {request_id} refused: {}", error.code());
        }
        _ if error.source().is_some() => {
            info!(request.id = request_id, code = error.code(), cause = ?error, "request {request_id} refused: {error:?}");
        }
        _ => {}
    }
}

const fn title(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Malformed => "The request could not be read",
        ErrorKind::Unauthenticated => "Not logged in",
        ErrorKind::Plan => "Not in the plan",
        ErrorKind::Forbidden => "Not allowed",
        ErrorKind::NotFound => "Not found",
        ErrorKind::MethodNotAllowed => "Method not allowed",
        ErrorKind::Conflict => "Conflict",
        ErrorKind::Stale => "Changed in the meantime",
        ErrorKind::TooLarge => "Too large",
        ErrorKind::MediaType => "Unsupported media type",
        ErrorKind::Violation => "Some fields need attention",
        ErrorKind::Limit => "Too many requests",
        ErrorKind::Internal => "Our mistake",
        ErrorKind::Unavailable => "Not available now",
    }
}
