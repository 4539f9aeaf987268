//! The companies of one person, and going from one to another.

use std::{sync::Arc, time::Duration};

use futures_util::future::BoxFuture;
use kontor_access::{AccessFault, Identity, Membership, SessionKind};
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{Result, TenantId};
use moka::sync::Cache;
use poem::{
    Response,
    http::{HeaderValue, Method, header},
};
use uuid::Uuid;

use super::{Account, form::Form};
use crate::{
    Companies, answer,
    view::{Action, ActionTarget, ErrorView, Icon, TenantChoice},
};

/// The people's companies as identity knows them, kept for half a minute: every page shows them.
#[derive(Clone)]
pub struct IdentityCompanies {
    identity: Identity,
    known: Cache<Uuid, Arc<[Membership]>>,
}

impl IdentityCompanies {
    pub fn new(identity: Identity) -> Self {
        let known = Cache::builder().max_capacity(100_000).time_to_live(Duration::from_secs(30)).build();
        Self { identity, known }
    }

    /// A list without the company that the person is in was read before they joined it.
    async fn read(&self, login: Uuid, current: TenantId) -> Result<Arc<[Membership]>> {
        let fits = |companies: &Arc<[Membership]>| companies.iter().any(|company| company.tenant == current);
        if let Some(known) = self.known.get(&login).filter(fits) {
            return Ok(known);
        }
        let companies: Arc<[Membership]> = self.identity.companies_of(login).await?.into();
        self.known.insert(login, Arc::clone(&companies));
        Ok(companies)
    }
}

impl Companies for IdentityCompanies {
    fn of(&self, login: Uuid, current: TenantId) -> BoxFuture<'_, Result<Vec<TenantChoice>>> {
        Box::pin(async move {
            let companies = self.read(login, current).await?;
            let choice = |company: &Membership| TenantChoice {
                id: company.slug.clone(),
                name: company.name.clone(),
                current: company.tenant == current,
            };
            Ok(companies.iter().map(choice).collect())
        })
    }
}

pub(super) fn endpoints(account: &Account) -> Vec<Endpoint> {
    vec![account.endpoint(Method::POST, "/switch-company", switch)]
}

async fn switch(account: Account, incoming: Incoming) -> Result<Response> {
    let caller = incoming.caller()?;
    let form = Form::of(&incoming);
    let slug = form.text("tenant");
    if slug == caller.company.slug {
        return Ok(answer::see_other("/"));
    }
    if account.identity.resolve_host(&incoming.host).await?.is_some() {
        return account.elsewhere(&incoming, slug).await;
    }
    let entered = account.identity.switch(caller, slug, &incoming.visit(SessionKind::Web)).await?;
    account.enter(&entered, "/")
}

impl Account {
    /// On a company's own host only its sessions count, so the other company is gone to at its own. A form may not be
    /// redirected there (the page's policy), hence a page that goes on by itself.
    async fn elsewhere(&self, incoming: &Incoming, slug: &str) -> Result<Response> {
        let companies = self.identity.companies_of(incoming.caller()?.login).await?;
        let company = companies.into_iter().find(|company| company.slug == slug);
        let company = company.ok_or_else(|| AccessFault::CompanyUnknown.on("tenant"))?;
        let url = self.identity.config().company_url(&company.slug);
        let refresh = HeaderValue::from_str(&format!("0; url={url}")).ok();
        let visitor = self.visitor(incoming).await?;
        let page = ErrorView {
            shell: self.public_shell(incoming, &visitor, &company.name),
            status: 200,
            icon: Icon::Building,
            title: format!("{} has its own address", company.name),
            text: "You are taken there.".to_owned(),
            request_id: None,
            actions: vec![
                Action::new(format!("Open {}", company.name), Icon::Building, ActionTarget::Link { url }).primary(),
            ],
        };
        let mut response = self.show(incoming, &visitor, 200, &page)?;
        if let Some(refresh) = refresh {
            response.headers_mut().insert(header::REFRESH, refresh);
        }
        Ok(response)
    }
}
