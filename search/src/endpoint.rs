//! `GET /api/v1/search`.

use std::sync::Arc;

use kontor_access::{Caller, Verb};
use kontor_command::{FindQuery, Found, RecordFinder};
use kontor_entity::{FieldMeta, Kind};
use kontor_http::{App, Endpoint, Incoming, Parameter, Schema, json_response};
use kontor_kernel::{Error, Fault, Result, Violations};
use kontor_store::Meter;
use poem::{Response, http::Method};
use serde::Serialize;
use uuid::Uuid;

/// Letters of a question.
const LETTERS_AT_MOST: u32 = 200;
const LIMIT: usize = 20;
const LIMIT_AT_MOST: usize = 50;

/// The search as programs call it.
pub fn search_endpoints(app: &App, finder: Arc<dyn RecordFinder>) -> Vec<Endpoint> {
    let state = app.clone();
    let handler = move |incoming: Incoming| {
        let (app, finder) = (state.clone(), Arc::clone(&finder));
        async move { answer(&app, &*finder, &incoming).await }
    };
    let q = FieldMeta::of::<String>("q", "").max(LETTERS_AT_MOST);
    let kind = FieldMeta::of::<Option<String>>("type", "").verbatim();
    let limit = FieldMeta::of::<Option<i32>>("limit", "").at_least(1).at_most(50);
    let endpoint = Endpoint::api(Method::GET, "/api/v1/search", "search", handler)
        .summary("Search all records")
        .tag("Search")
        .parameter(Parameter::query("q", q, "Words to find, whole or begun; typing errors are forgiven").required())
        .parameter(Parameter::query("type", kind, "Only records of this collection, such as suppliers"))
        .parameter(Parameter::query("limit", limit, "At most so many records, 20 unless set"))
        .answer(200, "The best matches first", Schema::Shape("SearchAnswer", ANSWER_FIELDS))
        .refuses(&[422]);
    vec![endpoint]
}

const ANSWER_FIELDS: &[FieldMeta] =
    &[FieldMeta { kind: Kind::List(|| HIT_FIELDS), ..FieldMeta::of::<String>("data", "The records found") }];

const HIT_FIELDS: &[FieldMeta] = &[
    FieldMeta::of::<String>("type", "The record's collection"),
    FieldMeta::of::<Uuid>("id", "The record's id"),
    FieldMeta::of::<String>("title", "Its name, or its number"),
    FieldMeta::of::<String>("subtitle", "What tells it from others of the same name"),
    FieldMeta::of::<String>("url", "Where it is in the web app"),
    FieldMeta::of::<i32>("score", "How well it matches; compares the records of one answer"),
];

#[derive(Serialize)]
struct SearchAnswer {
    data: Vec<Hit>,
}

#[derive(Serialize)]
struct Hit {
    #[serde(rename = "type")]
    kind: String,
    id: Uuid,
    title: String,
    subtitle: String,
    url: String,
    score: i32,
}

/// What is asked for, before it is known what the caller may see.
struct Question {
    text: String,
    collection: Option<String>,
    limit: usize,
}

async fn answer(app: &App, finder: &dyn RecordFinder, incoming: &Incoming) -> Result<Response> {
    let caller = incoming.caller()?;
    let question = parse(app, &incoming.query)?;
    let collections = match &question.collection {
        Some(name) => vec![admitted(app, caller, name).await?],
        None => readable(app, caller).await?,
    };
    let query = FindQuery { tenant: caller.tenant(), text: question.text, collections, limit: question.limit };
    let found = finder.find(query).await?;
    let data = found.into_iter().filter_map(|found| hit(app, found)).collect();
    Ok(json_response(200, serde_json::to_string(&SearchAnswer { data }).map_err(Error::internal)?))
}

fn parse(app: &App, pairs: &[(String, String)]) -> Result<Question> {
    let mut violations = Violations::new();
    let (mut text, mut collection, mut limit) = (None, None, LIMIT);
    for (name, value) in pairs {
        match name.as_str() {
            "q" if value.contains('\0') => violations.add(Fault::ControlCharacter, "q"),
            "q" if value.chars().nth(usize::try_from(LETTERS_AT_MOST).unwrap_or(usize::MAX)).is_some() => {
                violations.add_text(Fault::TooLong, "q", "must have at most 200 characters");
            }
            "q" => text = Some(value.clone()).filter(|value| !value.trim().is_empty()),
            "type" if app.registry.entity(value).is_some() => collection = Some(value.clone()),
            "type" => {
                violations.add_text(Fault::NotAllowed, "type", "must be the name of a collection, such as suppliers")
            }
            "limit" => match value.parse().ok().filter(|limit| (1..=LIMIT_AT_MOST).contains(limit)) {
                Some(value) => limit = value,
                None => violations.add_text(Fault::NotAllowed, "limit", "must be a whole number from 1 to 50"),
            },
            other => violations.add(Fault::UnknownField, other.to_owned()),
        }
    }
    if text.is_none() && !violations.has("q") {
        violations.add(Fault::Required, "q");
    }
    violations.into_result()?;
    Ok(Question { text: text.unwrap_or_default(), collection, limit })
}

/// One collection, if the caller's roles and the company's plan include it.
async fn admitted(app: &App, caller: &Caller, name: &str) -> Result<&'static str> {
    let (feature, entity) = app.registry.entity(name).ok_or_else(|| Fault::NotFound.error())?;
    caller.require_verb(entity.meta.permission, Verb::Read)?;
    app.runner.gate().check(caller.tenant(), feature, Meter::Free).await?;
    Ok(entity.meta.collection)
}

/// Every collection that the caller's roles and the company's plan include.
async fn readable(app: &App, caller: &Caller) -> Result<Vec<&'static str>> {
    let features = app.runner.gate().features(caller.tenant()).await?;
    let included = |name: &str| features.iter().any(|feature| feature == "*" || feature == name);
    let entities = app.registry.entities().filter(|(feature, entity)| {
        included(feature.name()) && caller.permissions.allow_verb(entity.meta.permission, Verb::Read)
    });
    Ok(entities.map(|(_, entity)| entity.meta.collection).collect())
}

fn hit(app: &App, found: Found) -> Option<Hit> {
    let (_, entity) = app.registry.entity(&found.collection)?;
    Some(Hit {
        url: entity.meta.url(found.id),
        kind: found.collection,
        id: found.id,
        title: found.title,
        subtitle: found.subtitle,
        score: whole_score(found.score),
    })
}

/// The score in hundredths: enough to compare, and exact in every client.
fn whole_score(score: f32) -> i32 {
    #[expect(
        clippy::as_conversions,
        reason = "there is no other way; it saturates, and scores are far below the limit"
    )]
    let whole = (score * 100.0).round() as i32;
    whole
}
