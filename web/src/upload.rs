//! What the import wizard sends: a file to be judged or imported, and the question how far it is.

use std::sync::Arc;

use kontor_command::Registry;
use kontor_http::{Endpoint, Incoming, json_response};
use kontor_kernel::Result;
use kontor_store::Origin;
use kontor_transfer::{ImportStatus, Imports, importable_fields, is_needed, read_upload};
use poem::{Response, http::Method};
use serde_json::{Value, json};

use crate::answer;

/// Largest file, with room for the rest of the form.
const UPLOAD_LIMIT: usize = 21_000_000;

/// The endpoints that `x-import` calls.
pub fn import_page_endpoints(imports: &Imports, registry: &Arc<Registry>) -> Vec<Endpoint> {
    let (begin, ask) = ((imports.clone(), Arc::clone(registry)), (imports.clone(), Arc::clone(registry)));
    vec![
        Endpoint::page(Method::POST, "/import", move |incoming: Incoming| {
            let (imports, registry) = begin.clone();
            async move {
                let call = incoming.call(Origin::Import)?;
                let status = imports.start(&call, read_upload(&incoming).await?).await?;
                Ok(answer::secured(shown(&registry, &status)?))
            }
        })
        .body_limit(UPLOAD_LIMIT),
        Endpoint::page(Method::GET, "/import/{id}", move |incoming: Incoming| {
            let (imports, registry) = ask.clone();
            async move {
                let call = incoming.call(Origin::Web)?;
                let status = imports.status(&call, incoming.id("id")?).await?;
                Ok(answer::secured(shown(&registry, &status)?))
            }
        }),
    ]
}

/// The import as the API tells it, with the fields that a column can go to and progress under the script's names.
fn shown(registry: &Registry, status: &ImportStatus) -> Result<Response> {
    let mut body = serde_json::to_value(status).map_err(kontor_kernel::Error::internal)?;
    let fields: Vec<Value> = match registry.entity(&status.summary.entity) {
        Some((_, entity)) => importable_fields(entity.meta)
            .map(|(_, field)| json!({ "name": field.name, "label": field.title(), "required": is_needed(field) }))
            .collect(),
        None => Vec::new(),
    };
    let notes: Vec<&str> = status.notices.iter().map(|notice| notice.message.as_str()).collect();
    if let Some(object) = body.as_object_mut() {
        object.insert("fields".to_owned(), json!(fields));
        object.insert("notes".to_owned(), json!(notes));
        object.insert("done".to_owned(), json!(status.summary.processed));
    }
    Ok(json_response(200, body.to_string()))
}
