use std::sync::Arc;

use futures_util::future::BoxFuture;
use kontor_entity::{EntityMeta, FieldMeta};
use kontor_kernel::Result;
use poem::{Response, http::Method};
use uuid::Uuid;

use crate::Incoming;

pub type Handler = Arc<dyn Fn(Incoming) -> BoxFuture<'static, Result<Response>> + Send + Sync>;

/// Who may come in before the handler decides more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody: sign-up, log-in, health.
    Public,
    /// Anybody; who is logged in is known to the handler.
    Optional,
    /// Somebody logged in.
    Session,
}

/// For whom an endpoint is: decides how a caller proves who they are and how an error looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Programs: bearer token, JSON, problem+json.
    Api,
    /// People: cookie, HTML; a POST carries its CSRF token.
    Page,
}

/// Which of the rate limits counts a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitClass {
    /// All calls of one token.
    Calls,
    /// Messages to the assistant, of one token; they count as calls too.
    Assistant,
    /// Sign-ups from one address.
    SignUp,
    /// Log-ins, password resets and the like from one address.
    LogIn,
    /// Pages and files anybody may have: never counted.
    None,
}

impl LimitClass {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Calls => "calls",
            Self::Assistant => "assistant",
            Self::SignUp => "sign_up",
            Self::LogIn => "log_in",
            Self::None => "none",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Path,
    Query,
    Header,
}

/// A parameter as the document tells it.
#[derive(Debug, Clone)]
pub struct Parameter {
    pub name: String,
    pub place: Place,
    pub field: FieldMeta,
    pub help: String,
    pub required: bool,
}

/// What a body or an answer looks like.
#[derive(Debug, Clone)]
pub enum Schema {
    /// A stored record.
    Record(&'static EntityMeta),
    /// The body of a create.
    Create(&'static EntityMeta),
    /// The body of a change: a JSON merge patch.
    Patch(&'static EntityMeta),
    /// A page of records.
    Page(&'static EntityMeta),
    /// An object by its fields, under a name of its own.
    Shape(&'static str, &'static [FieldMeta]),
    /// `{"data": […], "next_cursor": …}` of such objects.
    PageOf(&'static str, &'static [FieldMeta]),
    /// Any JSON object.
    Object,
    /// A file's bytes.
    File,
    Text,
    Problem,
}

/// A body that a call takes.
#[derive(Debug, Clone)]
pub struct RequestBody {
    pub content_type: &'static str,
    pub schema: Schema,
    pub required: bool,
}

/// One answer that a call may give.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub help: &'static str,
    /// Content type and shape; nothing for an empty answer.
    pub content: Vec<(&'static str, Schema)>,
}

/// One method on one address.
#[derive(Clone)]
pub struct Endpoint {
    pub method: Method,
    /// In full, parameters in braces: `/api/v1/suppliers/{id}`.
    pub path: String,
    /// Unique in the API's document: `list_suppliers`.
    pub operation: String,
    pub summary: String,
    pub tag: String,
    pub access: Access,
    pub audience: Audience,
    pub limit: LimitClass,
    pub parameters: Vec<Parameter>,
    pub body: Option<RequestBody>,
    pub answers: Vec<Answer>,
    /// Largest body in bytes.
    pub body_limit: usize,
    pub handler: Handler,
}

/// Largest JSON body.
const BODY_LIMIT: usize = 1_000_000;

impl Endpoint {
    /// A call of the API, for somebody logged in.
    pub fn api<F, Fut>(method: Method, path: impl Into<String>, operation: impl Into<String>, handler: F) -> Self
    where
        F: Fn(Incoming) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Response>> + Send + 'static,
    {
        Self {
            method,
            path: path.into(),
            operation: operation.into(),
            summary: String::new(),
            tag: String::new(),
            access: Access::Session,
            audience: Audience::Api,
            limit: LimitClass::Calls,
            parameters: Vec::new(),
            body: None,
            answers: Vec::new(),
            body_limit: BODY_LIMIT,
            handler: Arc::new(move |incoming| Box::pin(handler(incoming))),
        }
    }

    /// A page of the web app, for somebody logged in.
    pub fn page<F, Fut>(method: Method, path: impl Into<String>, handler: F) -> Self
    where
        F: Fn(Incoming) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Response>> + Send + 'static,
    {
        Self { audience: Audience::Page, ..Self::api(method, path, "", handler) }
    }

    #[must_use]
    pub fn public(self) -> Self {
        Self { access: Access::Public, limit: LimitClass::None, ..self }
    }

    #[must_use]
    pub fn optional(self) -> Self {
        Self { access: Access::Optional, limit: LimitClass::None, ..self }
    }

    #[must_use]
    pub fn limit(self, limit: LimitClass) -> Self {
        Self { limit, ..self }
    }

    #[must_use]
    pub fn summary(self, summary: impl Into<String>) -> Self {
        Self { summary: summary.into(), ..self }
    }

    #[must_use]
    pub fn tag(self, tag: impl Into<String>) -> Self {
        Self { tag: tag.into(), ..self }
    }

    #[must_use]
    pub fn parameter(mut self, parameter: Parameter) -> Self {
        self.parameters.push(parameter);
        self
    }

    #[must_use]
    pub fn body(self, schema: Schema) -> Self {
        self.body_of("application/json", schema, true)
    }

    #[must_use]
    pub fn optional_body(self, schema: Schema) -> Self {
        self.body_of("application/json", schema, false)
    }

    #[must_use]
    pub fn body_of(self, content_type: &'static str, schema: Schema, required: bool) -> Self {
        Self { body: Some(RequestBody { content_type, schema, required }), ..self }
    }

    #[must_use]
    pub fn body_limit(self, bytes: usize) -> Self {
        Self { body_limit: bytes, ..self }
    }

    #[must_use]
    pub fn answer(self, status: u16, help: &'static str, schema: Schema) -> Self {
        self.answer_of(status, help, vec![("application/json", schema)])
    }

    #[must_use]
    pub fn answer_of(mut self, status: u16, help: &'static str, content: Vec<(&'static str, Schema)>) -> Self {
        self.answers.push(Answer { status, help, content });
        self
    }

    /// Refusals beyond those that every call of its kind may give.
    #[must_use]
    pub fn refuses(mut self, statuses: &[u16]) -> Self {
        for status in statuses {
            self.answers.push(Answer {
                status: *status,
                help: "Refused; the code says why",
                content: vec![("application/problem+json", Schema::Problem)],
            });
        }
        self
    }
}

impl Parameter {
    pub fn path(name: &str, field: FieldMeta) -> Self {
        Self { name: name.to_owned(), place: Place::Path, field, help: field.help.to_owned(), required: true }
    }

    pub fn query(name: impl Into<String>, field: FieldMeta, help: impl Into<String>) -> Self {
        Self { name: name.into(), place: Place::Query, field, help: help.into(), required: false }
    }

    pub fn header(name: &str, field: FieldMeta, help: &str) -> Self {
        Self { name: name.to_owned(), place: Place::Header, field, help: help.to_owned(), required: false }
    }

    /// The id in the address; `help` says of what.
    pub fn id(help: &'static str) -> Self {
        Self::path("id", FieldMeta::of::<Uuid>("id", help))
    }

    /// The client's name for this very request.
    pub fn idempotency_key() -> Self {
        let field = FieldMeta::of::<Option<String>>("Idempotency-Key", "").max(200);
        let help = "A retry with the same key and body gets the same answer and writes nothing more";
        Self::header("Idempotency-Key", field, help)
    }

    /// The version that the client read.
    pub fn if_match() -> Self {
        let field = FieldMeta::of::<Option<String>>("If-Match", "");
        Self::header("If-Match", field, "The ETag that was read; refused with 412 when the record changed since")
    }

    #[must_use]
    pub fn required(self) -> Self {
        Self { required: true, ..self }
    }
}
