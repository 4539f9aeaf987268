//! The one place that makes routes.
//!
//! Whatever answers over HTTP is an [`Endpoint`]: a description with a handler. [`mount`] turns them into routes, so that
//! none of them can miss authentication, limits, the size of a body, metrics or the form of an error. Every entity of the
//! registry gets its endpoints from its description; the API's document is written from the same descriptions.

mod endpoint;
mod entities;
mod files;
mod identity;
mod incoming;
mod limit;
mod mount;
mod openapi;
mod printouts;
mod problem;
mod query;
mod schema;
mod system;

pub use endpoint::{Access, Answer, Audience, Endpoint, Handler, LimitClass, Parameter, Place, RequestBody, Schema};
pub use entities::entity_endpoints;
pub use files::static_file;
pub use identity::identity_endpoints;
pub use incoming::{Incoming, json_response, reply_response};
pub use limit::{GovernorLimiter, Limiter, Limits, RedisLimiter, Verdict};
pub use mount::{App, Authenticator, Pages, SESSION_COOKIE, UsageMeter, mount};
pub use openapi::api_document;
pub use printouts::print_record;
pub use problem::problem_response;
pub use query::{parse_list_query, parse_page};
pub use system::{CodePage, HealthCheck, document_endpoint, error_pages, health_endpoint, metrics_route};
