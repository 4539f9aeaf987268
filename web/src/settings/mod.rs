//! Settings of the company: its data, its brand, its books, its people, its plan.

mod accounting;
mod branding;
mod company;
mod logo;
mod role;
mod role_page;
mod role_right;
mod usage;
mod user;
mod user_change;

use kontor_access::{Caller, Feature, Gate as _, Identity, Permission};
use kontor_billing::{PlanGate, USAGE_READ};
use kontor_company::Company;
use kontor_entity::{Entity, EntityMeta};
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{Error, Fault, Result};
use kontor_store::ListQuery;
use poem::{Response, http::Method};
use uuid::Uuid;

use crate::{
    Web, answer,
    pages::{
        Target,
        activity::{AuditEntry, mentioned, read_activity},
        display::StoredJson,
        names::{Names, read_names},
    },
    shell::includes,
    view::{Crumb, PageShell, SettingsNav},
};

/// The endpoints of the settings.
pub fn settings_endpoints(web: &Web, identity: &Identity, gate: &PlanGate) -> Vec<Endpoint> {
    let settings = Settings { web: web.clone(), identity: identity.clone(), gate: gate.clone() };
    let mut endpoints = vec![settings.endpoint(Method::GET, "/settings", first_page)];
    endpoints.extend(company::endpoints(&settings));
    endpoints.extend(branding::endpoints(&settings));
    endpoints.extend(logo::endpoints(&settings));
    endpoints.extend(accounting::endpoints(&settings));
    endpoints.extend(user::endpoints(&settings));
    endpoints.extend(user_change::endpoints(&settings));
    endpoints.extend(role_page::endpoints(&settings));
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

/// A page, with the right that opens it and the part of the product that it belongs to.
#[derive(Debug, Clone, Copy)]
struct Page {
    url: &'static str,
    permission: Permission,
    feature: Feature,
}

const fn page(url: &'static str, permission: Permission) -> Page {
    Page { url, permission, feature: kontor_company::FEATURE }
}

const PAGES: [Page; 5] = [
    page("/settings/company", SETTINGS_READ),
    page("/settings/branding", SETTINGS_READ),
    accounting::PAGE,
    page("/settings/users", USERS_READ),
    page("/settings/usage", USAGE_READ),
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
        let features = self.gate.features(caller.tenant()).await?;
        nav.items.retain(|(_, url, _)| PAGES.iter().any(|page| page.url == url && may_open(caller, &features, page)));
        Ok((self.web.shell(incoming, title, crumbs).await?, nav))
    }

    fn target(&self, meta: &EntityMeta) -> Result<Target> {
        let target = Target::of(&self.web.app.registry, meta.collection);
        target.ok_or_else(|| Error::internal(format!("{} are not registered", meta.collection)))
    }

    /// The company as stored, with its latest changes.
    async fn company(&self, incoming: &Incoming) -> Result<(StoredJson, Vec<AuditEntry>)> {
        let company = self.only(incoming, Company::META, Vec::new()).await?;
        Ok((company.record, company.audit))
    }

    /// The record that a company has once. `links` are records to be named beside those that its trail mentions.
    async fn only(
        &self,
        incoming: &Incoming,
        meta: &'static EntityMeta,
        links: Vec<(&'static EntityMeta, Uuid)>,
    ) -> Result<Only> {
        self.web
            .read(incoming, self.target(meta)?, &|tx| {
                let mut links = links.clone();
                Box::pin(async move {
                    let (records, _) = tx.list_records(meta, &ListQuery::all(meta)).await?;
                    let id = records.first().map(|record| record.stored.id);
                    let id = id.ok_or_else(|| Error::internal(format!("a company without its {}", meta.label)))?;
                    let record = StoredJson::read(&tx.record_json(meta, id).await?.json)?;
                    let audit = read_activity(tx, meta, id).await?;
                    links.extend(mentioned(meta, &audit));
                    Ok(Only { record, names: read_names(tx, &links).await?, audit })
                })
            })
            .await
    }
}

/// A record that a company has once, with its latest changes and the names of what it points to.
struct Only {
    record: StoredJson,
    audit: Vec<AuditEntry>,
    names: Names,
}

fn may_open(caller: &Caller, features: &[String], page: &Page) -> bool {
    caller.permissions.allow(page.permission) && includes(features, page.feature)
}

async fn first_page(settings: Settings, incoming: Incoming) -> Result<Response> {
    let caller = incoming.caller()?;
    let features = settings.gate.features(caller.tenant()).await?;
    match PAGES.iter().find(|page| may_open(caller, &features, page)) {
        Some(page) => Ok(answer::see_other(page.url)),
        None => Err(Fault::Forbidden.error().with_detail("your roles do not allow the company's settings")),
    }
}
