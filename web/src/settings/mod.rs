//! Settings of the company: its data, its brand, its people, its plan.

mod branding;
mod company;
mod logo;
mod role;
mod usage;
mod user;
mod user_change;

use kontor_access::{Caller, Identity, Permission};
use kontor_billing::{PlanGate, USAGE_READ};
use kontor_company::Company;
use kontor_entity::{Entity, EntityMeta};
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{Error, Fault, Result};
use kontor_store::ListQuery;
use poem::{Response, http::Method};

use crate::{
    Web, answer,
    pages::{
        Target,
        activity::{AuditEntry, read_activity},
        display::StoredJson,
    },
    view::{Crumb, PageShell, SettingsNav},
};

/// The endpoints of the settings.
pub fn settings_endpoints(web: &Web, identity: &Identity, gate: &PlanGate) -> Vec<Endpoint> {
    let settings = Settings { web: web.clone(), identity: identity.clone(), gate: gate.clone() };
    let mut endpoints = vec![settings.endpoint(Method::GET, "/settings", first_page)];
    endpoints.extend(company::endpoints(&settings));
    endpoints.extend(branding::endpoints(&settings));
    endpoints.extend(logo::endpoints(&settings));
    endpoints.extend(user::endpoints(&settings));
    endpoints.extend(user_change::endpoints(&settings));
    endpoints.extend(usage::endpoints(&settings));
    endpoints
}

/// What the handlers of the settings share.
#[derive(Clone)]
struct Settings {
    web: Web,
    identity: Identity,
    gate: PlanGate,
}

const SETTINGS_READ: Permission = Permission::new("company.settings.read");
const USERS_READ: Permission = Permission::new("company.user.read");

/// The pages with the right that opens each.
const PAGES: [(&str, Permission); 4] = [
    ("/settings/company", SETTINGS_READ),
    ("/settings/branding", SETTINGS_READ),
    ("/settings/users", USERS_READ),
    ("/settings/usage", USAGE_READ),
];

impl Settings {
    fn endpoint<F, Fut>(&self, method: Method, path: &str, handler: F) -> Endpoint
    where
        F: Fn(Self, Incoming) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Response>> + Send + 'static,
    {
        let settings = self.clone();
        self.web.endpoint(method, path, move |_, incoming| handler(settings.clone(), incoming))
    }

    fn get<F, Fut>(&self, path: &str, handler: F) -> Endpoint
    where
        F: Fn(Self, Incoming) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Response>> + Send + 'static,
    {
        self.endpoint(Method::GET, path, handler)
    }

    fn post<F, Fut>(&self, path: &str, handler: F) -> Endpoint
    where
        F: Fn(Self, Incoming) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Response>> + Send + 'static,
    {
        self.endpoint(Method::POST, path, handler)
    }

    /// The frame of one of the pages, and the way to those that the caller may open.
    async fn frame(&self, incoming: &Incoming, title: &str, path: &str) -> Result<(PageShell, SettingsNav)> {
        let caller = incoming.caller()?;
        let crumbs = vec![Crumb::to("Settings", "/settings"), Crumb::here(title)];
        let mut nav = SettingsNav::at(path);
        nav.items.retain(|(_, url, _)| may_open(caller, url));
        Ok((self.web.shell(incoming, title, crumbs).await?, nav))
    }

    fn target(&self, meta: &EntityMeta) -> Result<Target> {
        let target = Target::of(&self.web.app.registry, meta.collection);
        target.ok_or_else(|| Error::internal(format!("{} are not registered", meta.collection)))
    }

    /// The company as stored, with its latest changes.
    async fn company(&self, incoming: &Incoming) -> Result<(StoredJson, Vec<AuditEntry>)> {
        self.web
            .read(incoming, self.target(Company::META)?, &|tx| {
                Box::pin(async move {
                    let meta = Company::META;
                    let (companies, _) = tx.list_records(meta, &ListQuery::all(meta)).await?;
                    let id = companies.first().map(|company| company.stored.id);
                    let id = id.ok_or_else(|| Error::internal("a caller without a company"))?;
                    let record = StoredJson::read(&tx.record_json(meta, id).await?.json)?;
                    Ok((record, read_activity(tx, meta, id).await?))
                })
            })
            .await
    }
}

fn may_open(caller: &Caller, url: &str) -> bool {
    PAGES.iter().any(|(path, permission)| *path == url && caller.permissions.allow(*permission))
}

async fn first_page(_: Settings, incoming: Incoming) -> Result<Response> {
    let caller = incoming.caller()?;
    match PAGES.iter().find(|(url, _)| may_open(caller, url)) {
        Some((url, _)) => Ok(answer::see_other(url)),
        None => Err(Fault::Forbidden.error().with_detail("your roles do not allow the company's settings")),
    }
}
