//! The form that brings a file.

use kontor_http::Incoming;
use kontor_kernel::{Error, Fault, Result, Violations};
use poem::{FromRequest, Request, RequestBody, http::header, web::Multipart};
use serde_json::Value;

use crate::{ColumnMapping, NewImport};

/// Longest file name that is kept, in characters.
const NAME_LENGTH: usize = 200;

/// The parts of the form as they came in.
#[derive(Debug, Default)]
struct Parts {
    entity: Option<String>,
    file: Option<(String, Vec<u8>)>,
    mapping: Option<ColumnMapping>,
    dry_run: bool,
    seen: Vec<String>,
}

/// Reads the form `entity`, `file`, `mapping?`, `dry_run?`. A page's form may have its `csrf` in it too.
///
/// # Errors
/// `unsupported_media_type` for a body that is no form, `malformed_body` for one that is cut off, and one violation for
/// each part that is missing, unknown, given twice or not understood.
pub async fn read_upload(incoming: &Incoming) -> Result<NewImport> {
    let (mut form, mut violations) = (open(incoming).await?, Violations::new());
    let mut parts = Parts::default();
    while let Some(field) = form.next_field().await.map_err(cut_off)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let content = field.bytes().await.map_err(cut_off)?;
        if parts.seen.contains(&name) {
            violations.add(Fault::DuplicateField, name);
            continue;
        }
        parts.seen.push(name.clone());
        parts.take(name, file_name, content, &mut violations);
    }
    for (part, missing) in [("entity", parts.entity.is_none()), ("file", parts.file.is_none())] {
        if missing && !violations.has(part) {
            violations.add(Fault::Required, part);
        }
    }
    violations.into_result()?;
    let (file_name, content) = parts.file.unwrap_or_default();
    let entity = parts.entity.unwrap_or_default();
    Ok(NewImport { entity, file_name, content, mapping: parts.mapping, dry_run: parts.dry_run })
}

async fn open(incoming: &Incoming) -> Result<Multipart> {
    let content_type = incoming.header(header::CONTENT_TYPE.as_str()).unwrap_or_default();
    if !content_type.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Err(Fault::UnsupportedMediaType.error().with_detail("send the body as multipart/form-data"));
    }
    let request = Request::builder().content_type(content_type).finish();
    let mut body = RequestBody::new(incoming.body.clone().into());
    Multipart::from_request(&request, &mut body).await.map_err(|error| cut_off(error.to_string()))
}

fn cut_off(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Fault::MalformedBody
        .error()
        .with_detail("the form is not readable; send it as multipart/form-data")
        .caused_by(cause)
}

impl Parts {
    fn take(&mut self, name: String, file_name: Option<String>, content: Vec<u8>, violations: &mut Violations) {
        match name.as_str() {
            "file" => self.file = Some((plain_name(file_name.as_deref().unwrap_or_default()), content)),
            "entity" => match text(content) {
                Some(text) if !text.is_empty() => self.entity = Some(text),
                Some(_) => {}
                None => violations.add(Fault::WrongType, "entity"),
            },
            "mapping" => match text(content).map(|text| mapping(&text)) {
                Some(Ok(mapping)) => self.mapping = mapping,
                _ => violations.add_text(Fault::WrongType, "mapping", "must be a JSON object of column and field"),
            },
            "dry_run" => match text(content).as_deref() {
                Some("true" | "1" | "on") => self.dry_run = true,
                Some("" | "false" | "0") => {}
                _ => violations.add_text(Fault::WrongType, "dry_run", "must be true or false"),
            },
            "csrf" => {}
            _ => violations.add(Fault::UnknownField, name),
        }
    }
}

fn text(content: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(content).ok()?;
    (!text.contains('\0')).then(|| text.trim().to_owned())
}

/// `{"column": "field"}`; null or an empty text ignores a column. Nothing when the part is empty: the guess is taken.
fn mapping(text: &str) -> Result<Option<ColumnMapping>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    let Ok(Value::Object(members)) = serde_json::from_str(text) else { return Err(()) };
    let pairs = members.into_iter().map(|(column, field)| match field {
        Value::String(field) => Ok((column, field)),
        Value::Null => Ok((column, String::new())),
        _ => Err(()),
    });
    pairs.collect::<Result<ColumnMapping, ()>>().map(Some)
}

/// The last part of a path, without what could not be stored or shown.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).take(NAME_LENGTH).collect()
}
