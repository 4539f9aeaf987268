//! The API's document, through poem-openapi's own registry and types.

use std::{
    collections::{HashMap, HashSet},
    sync::{Mutex, OnceLock, PoisonError},
};

use poem::{endpoint::BoxEndpoint, http::Method};
use poem_openapi::{
    OpenApi, OpenApiService,
    registry::{
        MetaApi, MetaMediaType, MetaOperation, MetaOperationParam, MetaParamIn, MetaPath, MetaRequest, MetaResponse,
        MetaResponses, MetaSecurityScheme, Registry,
    },
};

use crate::{
    Answer, Audience, Endpoint, Parameter, Place, Schema,
    endpoint::Access,
    schema::{Schemas, parameter_schema},
};

/// The endpoints that the document tells of. poem-openapi's trait asks for its metadata without an instance, so they are
/// the process's own; set once.
static DESCRIBED: OnceLock<Vec<Endpoint>> = OnceLock::new();

/// The OpenAPI document as JSON, written once.
pub fn api_document(endpoints: &[Endpoint]) -> String {
    let described = endpoints.iter().filter(|endpoint| endpoint.audience == Audience::Api).cloned();
    let _ = DESCRIBED.set(described.collect());
    OpenApiService::new(Described, "Kontor", env!("CARGO_PKG_VERSION"))
        .summary("ERP for small and mid-sized companies")
        .server("/")
        .spec()
}

struct Described;

impl OpenApi for Described {
    fn meta() -> Vec<MetaApi> {
        let mut schemas = Schemas::default();
        let mut paths: Vec<MetaPath> = Vec::new();
        for endpoint in DESCRIBED.get().into_iter().flatten() {
            let operation = operation(endpoint, &mut schemas);
            match paths.iter_mut().find(|path| path.path == endpoint.path) {
                Some(path) => path.operations.push(operation),
                None => paths.push(MetaPath { path: endpoint.path.clone(), operations: vec![operation] }),
            }
        }
        vec![MetaApi { paths }]
    }

    fn register(registry: &mut Registry) {
        let mut schemas = Schemas::default();
        for endpoint in DESCRIBED.get().into_iter().flatten() {
            operation(endpoint, &mut schemas);
        }
        registry.schemas.extend(schemas.0);
        registry.create_security_scheme("bearer", bearer());
    }

    fn add_routes(self, _routes: &mut HashMap<String, HashMap<Method, BoxEndpoint<'static>>>) {
        // Routes are made by the mount alone.
    }
}

fn bearer() -> MetaSecurityScheme {
    MetaSecurityScheme {
        ty: "http",
        description: Some("The access token of a log-in"),
        name: None,
        key_in: None,
        scheme: Some("bearer"),
        bearer_format: Some("JWT"),
        flows: None,
        openid_connect_url: None,
    }
}

fn operation(endpoint: &Endpoint, schemas: &mut Schemas) -> MetaOperation {
    let security = match endpoint.access {
        Access::Session => vec![HashMap::from([("bearer", Vec::new())])],
        Access::Public | Access::Optional => Vec::new(),
    };
    MetaOperation {
        method: endpoint.method.clone(),
        tags: vec![intern(&endpoint.tag)],
        summary: Some(intern(&endpoint.summary)),
        description: None,
        external_docs: None,
        params: endpoint.parameters.iter().map(parameter).collect(),
        request: endpoint.body.as_ref().map(|body| MetaRequest {
            description: None,
            content: vec![MetaMediaType { content_type: body.content_type, schema: schemas.reference(&body.schema) }],
            required: body.required,
        }),
        responses: MetaResponses { responses: answers(endpoint, schemas) },
        deprecated: false,
        security,
        operation_id: Some(intern(&endpoint.operation)),
        code_samples: Vec::new(),
    }
}

fn parameter(parameter: &Parameter) -> MetaOperationParam {
    MetaOperationParam {
        name: parameter.name.clone(),
        schema: parameter_schema(&parameter.field),
        in_type: match parameter.place {
            Place::Path => MetaParamIn::Path,
            Place::Query => MetaParamIn::Query,
            Place::Header => MetaParamIn::Header,
        },
        description: (!parameter.help.is_empty()).then(|| parameter.help.clone()),
        required: parameter.required,
        deprecated: false,
        explode: false,
        style: None,
    }
}

/// What the endpoint says, and what the mount itself may answer to any call.
fn answers(endpoint: &Endpoint, schemas: &mut Schemas) -> Vec<MetaResponse> {
    let mut seen = HashSet::new();
    let own = endpoint.answers.iter().map(|answer| response(answer, schemas)).collect::<Vec<_>>();
    let common = common_statuses(endpoint).into_iter().map(|status| Answer {
        status,
        help: "Refused; the code says why",
        content: vec![("application/problem+json", Schema::Problem)],
    });
    let common = common.map(|answer| response(&answer, schemas)).collect::<Vec<_>>();
    own.into_iter().chain(common).filter(|response| seen.insert(response.status)).collect()
}

fn common_statuses(endpoint: &Endpoint) -> Vec<u16> {
    let mut statuses = vec![400, 404, 429, 500, 503];
    if endpoint.access == Access::Session {
        statuses.extend([401, 402, 403]);
    }
    if endpoint.body.is_some() || !matches!(endpoint.method, Method::GET) {
        statuses.extend([409, 412, 413, 415]);
    }
    statuses.push(422);
    statuses
}

fn response(answer: &Answer, schemas: &mut Schemas) -> MetaResponse {
    MetaResponse {
        description: answer.help,
        status: Some(answer.status),
        status_range: None,
        content: answer
            .content
            .iter()
            .map(|(content_type, schema)| MetaMediaType { content_type, schema: schemas.reference(schema) })
            .collect(),
        headers: Vec::new(),
    }
}

/// A text of the description for as long as the process lives. There are as many as the product has words, each kept once.
fn intern(text: &str) -> &'static str {
    static KNOWN: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known.get_or_insert_with(HashSet::new);
    if let Some(found) = known.get(text) {
        return found;
    }
    let kept: &'static str = Box::leak(text.to_owned().into_boxed_str());
    known.insert(kept);
    kept
}
