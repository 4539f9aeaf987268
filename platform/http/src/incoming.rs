use std::sync::Arc;

use kontor_access::Caller;
use kontor_command::{Call, Reply};
use kontor_entity::{FieldMeta, Record, Shape, parse_shape};
use kontor_kernel::{Error, Fault, Result};
use kontor_store::Origin;
use poem::{
    Body, FromRequest, Request, RequestBody, Response,
    http::{HeaderMap, Method, StatusCode, header},
    web::Multipart,
};
use uuid::Uuid;

/// A request after the mount has let it in: its caller known, its body read and within its limit.
#[derive(Debug, Clone)]
pub struct Incoming {
    pub caller: Option<Arc<Caller>>,
    pub method: Method,
    /// The path as requested.
    pub path: String,
    /// Values of the parameters in the endpoint's path.
    pub path_values: Vec<(String, String)>,
    /// Decoded, in order, repeated names kept.
    pub query: Vec<(String, String)>,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    pub request_id: String,
    pub address: Option<String>,
    /// Host and port as the client named them.
    pub host: String,
    /// The CSRF token of a page's session.
    pub csrf: Option<String>,
}

impl Incoming {
    /// The caller; the mount refuses a session's endpoint without one.
    pub fn caller(&self) -> Result<&Arc<Caller>> {
        self.caller.as_ref().ok_or_else(|| Fault::Unauthenticated.error())
    }

    /// The call as the runner wants it, with the idempotency key if the client sent one.
    pub fn call(&self, origin: Origin) -> Result<Call> {
        let key = self.header("idempotency-key");
        if key.is_some_and(|key| key.is_empty() || key.len() > 200) {
            return Err(Fault::MalformedHeader.error().with_detail("an Idempotency-Key has 1 to 200 characters"));
        }
        Ok(Call {
            caller: Arc::clone(self.caller()?),
            origin,
            request_id: self.request_id.clone(),
            address: self.address.clone(),
            idempotency: key.map(|key| (key.to_owned(), self.fingerprint())),
        })
    }

    /// What makes two requests the same: method, address, user and body.
    fn fingerprint(&self) -> Vec<u8> {
        let user = self.caller.as_ref().map_or(Uuid::nil(), |caller| caller.user.0);
        let mut bytes = format!("{} {} {user}\n", self.method, self.path).into_bytes();
        bytes.extend_from_slice(&self.body);
        bytes
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn path_value(&self, name: &str) -> &str {
        self.path_values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// A record's id from the path. What is no id is no record: 404.
    pub fn id(&self, name: &str) -> Result<Uuid> {
        Uuid::try_parse(self.path_value(name)).map_err(|_| Fault::NotFound.error())
    }

    pub fn query_value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The content type to answer with: the first in `Accept` that is offered, or else the first offered.
    pub fn accepts(&self, offered: &[&'static str]) -> &'static str {
        let wanted = self.header(header::ACCEPT.as_str()).unwrap_or_default().split(',');
        let essences = wanted.filter_map(|range| range.split(';').next()).map(str::trim);
        let mut known = essences.filter_map(|essence| offered.iter().find(|content| **content == essence));
        known.next().or(offered.first()).copied().unwrap_or_default()
    }

    /// The version in `If-Match`: `"7"`, also weak; `*` is any.
    pub fn if_match(&self) -> Result<Option<i64>> {
        let Some(text) = self.header("if-match").map(str::trim) else { return Ok(None) };
        if text == "*" {
            return Ok(None);
        }
        let bare = text.strip_prefix("W/").unwrap_or(text);
        let version = bare.strip_prefix('"').and_then(|t| t.strip_suffix('"')).and_then(|t| t.parse().ok());
        // An ETag that is none of ours matches no version: the record changed, as far as this client knows.
        version.map(Some).ok_or_else(|| Fault::StaleVersion.error())
    }

    /// The JSON body by the fields of `S`, every violation at once.
    pub fn parse<S: Shape>(&self) -> Result<S> {
        S::from_record(&self.parse_fields(S::FIELDS)?)
            .ok_or_else(|| Error::internal("a body that does not fit its shape"))
    }

    pub fn parse_fields(&self, fields: &'static [FieldMeta]) -> Result<Record> {
        self.require_json()?;
        parse_shape(fields, &self.body)
    }

    /// A body must say that it is JSON, if it says anything.
    pub fn require_json(&self) -> Result<()> {
        let Some(content_type) = self.header(header::CONTENT_TYPE.as_str()) else { return Ok(()) };
        let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let json = essence == "application/json" || essence.ends_with("+json");
        if json || self.body.is_empty() { Ok(()) } else { Err(Fault::UnsupportedMediaType.error()) }
    }

    /// One text of a form, whether it brings files or not.
    pub async fn form_value(&self, name: &str) -> Result<Option<String>> {
        if !self.is_multipart() {
            return Ok(self.form().into_iter().find(|(known, _)| known == name).map(|(_, value)| value));
        }
        let mut parts = self.parts().await?;
        while let Some(part) = parts.next_field().await.map_err(cut_off)? {
            if part.name() == Some(name) {
                return part.text().await.map(Some).map_err(cut_off);
            }
        }
        Ok(None)
    }

    pub fn is_multipart(&self) -> bool {
        let content_type = self.header(header::CONTENT_TYPE.as_str()).unwrap_or_default();
        content_type.to_ascii_lowercase().starts_with("multipart/form-data")
    }

    /// The parts of a form that brings files.
    pub async fn parts(&self) -> Result<Multipart> {
        let content_type = self.header(header::CONTENT_TYPE.as_str()).unwrap_or_default();
        let request = Request::builder().content_type(content_type).finish();
        let mut body = RequestBody::new(self.body.clone().into());
        Multipart::from_request(&request, &mut body).await.map_err(|error| cut_off(error.to_string()))
    }

    /// A form's fields.
    pub fn form(&self) -> Vec<(String, String)> {
        parse_pairs(&self.body)
    }
}

fn cut_off(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Fault::MalformedBody.error().with_detail("the form is not readable; send it again").caused_by(cause)
}

/// `application/x-www-form-urlencoded` pairs.
pub(crate) fn parse_pairs(bytes: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(bytes);
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}

/// Percent-decoding, with `+` as a space; what is no UTF-8 becomes the replacement character.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes().iter().copied();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let mut ahead = rest.clone();
                let digits = (ahead.next().and_then(hex), ahead.next().and_then(hex));
                if let (Some(high), Some(low)) = digits {
                    bytes.push(high * 16 + low);
                    rest = ahead;
                } else {
                    bytes.push(b'%');
                }
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

pub fn json_response(status: u16, body: impl Into<Body>) -> Response {
    Response::builder()
        .status(StatusCode::from_u16(status).unwrap_or(StatusCode::OK))
        .content_type("application/json")
        .body(body)
}

/// The runner's reply as a response.
pub fn reply_response(reply: Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
    let mut builder = Response::builder().status(status);
    if let Some(location) = reply.location {
        builder = builder.header(header::LOCATION, location);
    }
    if let Some(etag) = reply.etag {
        builder = builder.header(header::ETAG, etag);
    }
    if reply.body.is_empty() { builder.finish() } else { builder.content_type("application/json").body(reply.body) }
}
