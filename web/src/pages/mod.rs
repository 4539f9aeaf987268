//! Page handlers. All of them are driven by the registry: an entity has its list, its form or its record page from its
//! description alone; documents, products, reports and the home page add what is particular.

pub(crate) mod activity;
mod asset;
pub(crate) mod display;
pub(crate) mod form;
mod home;
mod import;
mod list;
mod lookup;
pub(crate) mod names;
mod order;
mod product;
mod record;
mod report;
mod table;
mod target;
mod write;

use kontor_http::{Endpoint, problem_response};
use kontor_kernel::Fault;
use poem::http::Method;

use crate::{Web, browser};

pub(crate) use target::Target;

/// The section whose pages are not made from metadata.
pub(crate) const SETTINGS: &str = "settings";

pub(crate) fn endpoints(web: &Web) -> Vec<Endpoint> {
    let mut endpoints = asset::endpoints(web);
    endpoints.push(home::endpoint(web));
    endpoints.push(home::dismiss_endpoint(web));
    endpoints.extend(lookup::endpoints(web));
    endpoints.extend(import::endpoints(web));
    endpoints.extend(report::endpoints(web));
    for target in Target::all(web).filter(|target| target.meta().section != SETTINGS) {
        endpoints.extend(list::endpoints(web, target));
        endpoints.extend(match target.meta().collection {
            "purchase-orders" => order::endpoints(web, target),
            "products" => form::endpoints(web, target, form::Kind::Product),
            _ if target.entity.meta.read_only => record::endpoints(web, target),
            _ => form::endpoints(web, target, form::Kind::Plain),
        });
    }
    endpoints.extend(unknown(web));
    endpoints
}

/// Every other address: 404 inside the app for somebody logged in, as a problem for programs.
fn unknown(web: &Web) -> Vec<Endpoint> {
    let methods = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    // Two patterns, as one for everything would take the home page too.
    let patterns = ["/{page}", "/{page}/{*rest}"];
    let endpoints = patterns.into_iter().flat_map(|pattern| methods.clone().map(|method| (method, pattern)));
    let endpoints = endpoints.map(|(method, pattern)| {
        let handler = |_, incoming: kontor_http::Incoming| async move {
            let error = Fault::NotFound.error();
            if incoming.path.starts_with("/api/") || browser::wants_json(&incoming) {
                return Ok(problem_response(&error, &incoming.request_id));
            }
            Err(error)
        };
        web.endpoint(method, pattern, handler).optional()
    });
    endpoints.collect()
}
