//! The API of imports and exports.

use kontor_access::Feature;
use kontor_command::Registered;
use kontor_entity::FieldMeta;
use kontor_http::{
    App, Endpoint, Incoming, Parameter, Schema, json_response, parse_list_query, parse_page, reply_response,
};
use kontor_kernel::{Error, Fault, Result};
use kontor_store::{ListQuery, Origin};
use poem::{Response, http::Method};
use serde_json::json;

use crate::{
    ExportFormat, Imports, export, read_upload,
    shape::{IMPORT, SUMMARY, UPLOAD},
};

/// Largest form of an import: a file of 20 MB and what stands around it.
const UPLOAD_LIMIT: usize = 20 * 1024 * 1024 + 64 * 1024;
const TAG: &str = "Imports";

/// `/imports`, and `/{entity}/export` of every entity.
pub fn transfer_endpoints(app: &App, imports: &Imports) -> Vec<Endpoint> {
    let mut endpoints = vec![start(imports), status(imports), list(imports)];
    endpoints.extend(app.registry.entities().map(|(feature, entity)| export_endpoint(app, feature, entity)));
    endpoints
}

fn start(imports: &Imports) -> Endpoint {
    let imports = imports.clone();
    let handler = move |incoming: Incoming| {
        let imports = imports.clone();
        async move {
            let call = incoming.call(Origin::Import)?;
            imports.admit_any(&call).await?;
            let new = read_upload(&incoming).await?;
            Ok(reply_response(imports.start_reply(&call, new).await?))
        }
    };
    Endpoint::api(Method::POST, "/api/v1/imports", "create_import", handler)
        .summary("Import a file: all of it or nothing. More than 1,000 rows go on after the answer")
        .tag(TAG)
        .parameter(Parameter::idempotency_key())
        .body_of("multipart/form-data", Schema::Shape("ImportUpload", &UPLOAD), true)
        .body_limit(UPLOAD_LIMIT)
        .answer(201, "The import; one that is rejected wrote nothing and says why", Schema::Shape("Import", &IMPORT))
}

fn status(imports: &Imports) -> Endpoint {
    let imports = imports.clone();
    let handler = move |incoming: Incoming| {
        let imports = imports.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            let status = imports.status(&call, incoming.id("id")?).await?;
            answer(&status)
        }
    };
    Endpoint::api(Method::GET, "/api/v1/imports/{id}", "get_import", handler)
        .summary("How far an import is, and what is wrong with its rows")
        .tag(TAG)
        .parameter(Parameter::id("The import's id"))
        .answer(200, "The import", Schema::Shape("Import", &IMPORT))
}

fn list(imports: &Imports) -> Endpoint {
    let imports = imports.clone();
    let handler = move |incoming: Incoming| {
        let imports = imports.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            let (limit, after) = parse_page(&incoming.query)?;
            let page = imports.list(&call, limit, after).await?;
            answer(&json!({ "data": page.data, "next_cursor": page.next }))
        }
    };
    let limit = FieldMeta::of::<Option<i32>>("limit", "").at_least(1).at_most(200);
    let cursor = FieldMeta::of::<Option<String>>("cursor", "");
    Endpoint::api(Method::GET, "/api/v1/imports", "list_imports", handler)
        .summary("List imports, the newest first")
        .tag(TAG)
        .parameter(Parameter::query("limit", limit, "Imports a page, 50 unless set"))
        .parameter(Parameter::query("cursor", cursor, "next_cursor of the page before"))
        .answer(200, "A page of imports", Schema::PageOf("ImportSummary", &SUMMARY))
}

fn answer(value: &impl serde::Serialize) -> Result<Response> {
    Ok(json_response(200, serde_json::to_string(value).map_err(Error::internal)?))
}

fn export_endpoint(app: &App, feature: Feature, entity: &'static Registered) -> Endpoint {
    let (runner, meta) = (app.runner.clone(), entity.meta);
    let handler = move |incoming: Incoming| {
        let runner = runner.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            let (list, format) = parse_export(entity, &incoming.query)?;
            export(&runner, &call, feature, entity, list, format).await
        }
    };
    let text = |name| FieldMeta::of::<Option<String>>(name, "");
    let file = |format: ExportFormat| (format.content_type(), Schema::File);
    let mut endpoint =
        Endpoint::api(Method::GET, format!("/api/v1/{}/export", meta.collection), meta.operation("export"), handler)
            .summary(format!("Export {} to a file", meta.plural.to_lowercase()))
            .tag(meta.plural)
            .parameter(Parameter::query("format", text("format"), "csv or xlsx; csv unless set"))
            .parameter(Parameter::query("sort", text("sort"), "As in the list"))
            .parameter(Parameter::query("q", text("q").max(200), "Words that must occur in the searchable fields"))
            .parameter(Parameter::query(
                "archived",
                FieldMeta::of::<Option<bool>>("archived", ""),
                "true: the archived records instead",
            ))
            .answer_of(200, "The file", vec![file(ExportFormat::Csv), file(ExportFormat::Xlsx)]);
    for field in meta.all_fields().filter(|field| field.filterable) {
        endpoint = endpoint.parameter(Parameter::query(format!("filter[{}]", field.name), *field, "As in the list"));
    }
    endpoint
}

fn parse_export(entity: &'static Registered, query: &[(String, String)]) -> Result<(ListQuery, ExportFormat)> {
    let named = query.iter().find(|(name, _)| name == "format").map_or("csv", |(_, value)| value);
    let Some(format) = ExportFormat::parse(named) else {
        return Err(Fault::NotAllowed.on("format").with_detail("must be csv or xlsx"));
    };
    Ok((parse_list_query(entity.meta, query, &["format"])?, format))
}
