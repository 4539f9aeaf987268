use std::sync::Arc;

use futures_util::future::BoxFuture;
use kontor_command::RecordFinder;
use kontor_http::{App, Endpoint, Incoming};
use kontor_kernel::{Error, Result, TenantId};
use poem::{Response, http::Method};
use uuid::Uuid;

use crate::{
    answer, pages,
    view::{Page, TenantChoice, View},
};

/// The companies a person may switch to. Identity knows them.
pub trait Companies: Send + Sync {
    /// The companies of a login by name, `current` marked.
    fn of(&self, login: Uuid, current: TenantId) -> BoxFuture<'_, Result<Vec<TenantChoice>>>;
}

/// What all page handlers share.
#[derive(Clone)]
pub struct Web {
    pub app: App,
    pub view: Arc<View>,
    pub companies: Arc<dyn Companies>,
    /// Full-text search; without it, lookups ask the lists and the global search finds nothing.
    pub finder: Option<Arc<dyn RecordFinder>>,
}

impl Web {
    pub fn new(
        app: App,
        view: Arc<View>,
        companies: Arc<dyn Companies>,
        finder: Option<Arc<dyn RecordFinder>>,
    ) -> Self {
        Self { app, view, companies, finder }
    }

    /// A page handler as an endpoint. Every answer gets the headers of a page.
    pub fn endpoint<F, Fut>(&self, method: Method, path: impl Into<String>, handler: F) -> Endpoint
    where
        F: Fn(Self, Incoming) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Response>> + Send + 'static,
    {
        let web = self.clone();
        Endpoint::page(method, path, move |incoming| {
            let answered = handler(web.clone(), incoming);
            async move { answered.await.map(answer::secured) }
        })
    }

    pub fn get<F, Fut>(&self, path: impl Into<String>, handler: F) -> Endpoint
    where
        F: Fn(Self, Incoming) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Response>> + Send + 'static,
    {
        self.endpoint(Method::GET, path, handler)
    }

    pub fn post<F, Fut>(&self, path: impl Into<String>, handler: F) -> Endpoint
    where
        F: Fn(Self, Incoming) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Response>> + Send + 'static,
    {
        self.endpoint(Method::POST, path, handler)
    }

    /// A whole page. It shows the notice that the last action left, so that notice is spent.
    pub fn page<P: Page>(&self, incoming: &Incoming, status: u16, page: &P) -> Result<Response> {
        let html = self.view.render(page).map_err(Error::internal)?;
        Ok(answer::without_notice(incoming, answer::html(status, html)))
    }

    /// The part of a page that a swap asked for.
    pub fn part<P: Page>(&self, template: &str, page: &P) -> Result<Response> {
        Ok(answer::html(200, self.view.render_as(template, page).map_err(Error::internal)?))
    }
}

/// The endpoints of every page but those of accounts and settings.
pub fn page_endpoints(web: &Web) -> Vec<Endpoint> {
    pages::endpoints(web)
}
