//! The parts of the product, put together.

use std::{fmt, sync::Arc, time::Duration};

use anyhow::Context as _;
use kontor_access::{CompanySetup, Identity, IdentityConfig, Mailer, SmtpConfig};
use kontor_assistant::{Assistant, Brain, Model, Offline, assistant_endpoints};
use kontor_billing::{CallCounter, EndTrials, PlanGate};
use kontor_command::{Registry, Runner, Violation, check_tenant};
use kontor_http::{
    App, CodePage, Endpoint, GovernorLimiter, HealthCheck, Limiter, RedisLimiter, document_endpoint, entity_endpoints,
    error_pages, health_endpoint,
};
use kontor_jobs::Worker;
use kontor_kernel::{Clock, CodeInfo, Error, Result, SystemClock, TenantId};
use kontor_search::{Indexer, search_endpoints};
use kontor_store::{Databases, Sealer};
use kontor_telemetry::Metrics;
use kontor_transfer::{Imports, Spawned, transfer_endpoints};
use kontor_web::{
    ErrorPages, IdentityCompanies, Web, account_endpoints, assistant_page_endpoints, import_page_endpoints,
    page_endpoints, settings_endpoints, view::View,
};
use rust_embed::RustEmbed;
use tokio::{sync::watch, task::JoinHandle};
use tracing::error;

use crate::{
    config::{Config, ModelConfig},
    modules,
    serve::{Parts, until},
};

/// The product, ready to serve.
pub struct Product {
    pub app: App,
    pub endpoints: Vec<Endpoint>,
    /// The API's OpenAPI document.
    pub document: String,
    pub identity: Identity,
    pub imports: Imports,
    indexer: Option<Indexer>,
    counter: Arc<CallCounter>,
    worker: Option<Worker>,
}

impl fmt::Debug for Product {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Product").field("endpoints", &self.endpoints.len()).finish_non_exhaustive()
    }
}

/// Opens everything that a process needs. Nothing runs yet; the database may still be starting.
pub async fn compose(config: &Config) -> anyhow::Result<Product> {
    let registry = Arc::new(modules::registry());
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let metrics = Metrics::new()?;
    let databases = Databases::open(&config.databases)?;
    let gate = PlanGate::new(databases.clone(), Arc::clone(&clock));
    let runner = Runner::new(databases.clone(), Arc::new(gate.clone()), Arc::clone(&clock));
    let setups: Vec<CompanySetup> = registry.modules().iter().map(|module| module.setup).collect();
    let identity_config = IdentityConfig::new(config.secret.as_bytes(), &config.public_url)?;
    let identity = Identity::new(databases.clone(), runner.sequences(), Arc::clone(&clock), identity_config, setups)?;
    let counter = Arc::new(CallCounter::new(databases.clone(), Arc::clone(&clock)));
    let indexer =
        Indexer::open(&config.data.join("search"), Arc::clone(&registry), databases.clone(), metrics.clone())?;
    let imports = Imports::new(runner.clone(), Arc::clone(&registry), Arc::new(Spawned));
    let view = Arc::new(View::load()?);
    let pages = ErrorPages::new(Arc::clone(&view), runner.clone(), Arc::clone(&registry));
    let app = App {
        runner: runner.clone(),
        registry: Arc::clone(&registry),
        authenticator: Arc::new(identity.clone()),
        limiter: limiter(config).await?,
        usage: counter.clone(),
        pages: Arc::new(pages.clone()),
        metrics: metrics.clone(),
        trust_forwarded: config.trust_proxy,
    };
    kontor_company::know_permissions(permissions(&app.registry));
    let finder = Arc::new(indexer.search());
    let assistant = Assistant::new(&app, finder.clone(), brain(config.model.as_ref())?);
    let worker = worker(config, &databases, &gate, &app, &clock)?;
    let mut endpoints = api_endpoints(&app, &identity, &gate, &imports, &assistant, finder);
    endpoints.push(error_pages(code_pages(&registry)?, move |page, incoming| pages.explain(page, incoming)));
    let document = kontor_http::api_document(&endpoints);
    endpoints.push(document_endpoint(document.clone()));
    let companies = Arc::new(IdentityCompanies::new(identity.clone()));
    let web = Web::new(app.clone(), view, companies, Some(Arc::new(indexer.search())));
    endpoints.extend(page_endpoints(&web));
    endpoints.extend(account_endpoints(&web, &identity, config.smtp_url.is_none()));
    endpoints.extend(settings_endpoints(&web, &identity, &gate));
    endpoints.extend(assistant_page_endpoints(&assistant));
    endpoints.extend(import_page_endpoints(&imports, &app.registry));
    Ok(Product { app, endpoints, document, identity, imports, indexer: Some(indexer), counter, worker: Some(worker) })
}

/// Everything that the API answers to.
fn api_endpoints(
    app: &App,
    identity: &Identity,
    gate: &PlanGate,
    imports: &Imports,
    assistant: &Assistant,
    finder: Arc<kontor_search::Search>,
) -> Vec<Endpoint> {
    let mut endpoints = kontor_http::identity_endpoints(app, identity);
    endpoints.extend(entity_endpoints(app));
    endpoints.extend(kontor_company::endpoints(app));
    endpoints.extend(transfer_endpoints(app, imports));
    endpoints.extend(search_endpoints(app, finder));
    endpoints.extend(assistant_endpoints(assistant));
    endpoints.extend(kontor_billing::endpoints(app, gate));
    endpoints.push(health_endpoint(health_checks(app)));
    endpoints
}

/// Every error code of the product.
pub fn codes(registry: &Registry) -> Vec<&'static CodeInfo> {
    let mut codes = registry.codes();
    codes.extend(kontor_access::CODES.iter().copied());
    codes.extend(kontor_transfer::CODES.iter().copied());
    codes.extend(kontor_assistant::CODES.iter().copied());
    codes.sort_by_key(|code| code.id);
    codes
}

#[derive(RustEmbed)]
#[folder = "../../docs/errors"]
struct Explanations;

/// Every error code with its page.
fn code_pages(registry: &Registry) -> anyhow::Result<Vec<CodePage>> {
    let pages = codes(registry).into_iter().map(|code| {
        let file = Explanations::get(&format!("{}.md", code.id)).with_context(|| format!("{} has no page", code.id))?;
        let text = String::from_utf8(file.data.into_owned())?;
        Ok(CodePage { code, markdown: text.into() })
    });
    pages.collect()
}

/// Every permission: those of the registry and those of the parts beside it.
pub fn permissions(registry: &Registry) -> Vec<String> {
    let mut all = registry.permissions();
    all.push(kontor_assistant::USE.name().to_owned());
    all.push(kontor_billing::USAGE_READ.name().to_owned());
    all
}

async fn limiter(config: &Config) -> Result<Arc<dyn Limiter>> {
    Ok(match &config.redis_url {
        Some(url) => Arc::new(RedisLimiter::connect(url, config.limits).await?),
        None => Arc::new(GovernorLimiter::new(config.limits)),
    })
}

fn brain(model: Option<&ModelConfig>) -> Result<Arc<dyn Brain>> {
    Ok(match model {
        Some(model) => {
            let key = (!model.key.is_empty()).then(|| model.key.clone());
            Arc::new(Model::new(kontor_assistant::ModelConfig::new(model.url.clone(), key, model.model.clone()))?)
        }
        None => Arc::new(Offline),
    })
}

fn health_checks(app: &App) -> Vec<HealthCheck> {
    let databases = app.runner.databases().clone();
    let database = HealthCheck {
        name: "database",
        ask: Arc::new(move || {
            let databases = databases.clone();
            Box::pin(async move {
                sqlx::query("select 1").execute(databases.identity()).await.map_err(Error::unavailable)?;
                Ok(())
            })
        }),
    };
    vec![database]
}

/// Background work: jobs, schedules, mails, seals.
fn worker(
    config: &Config,
    databases: &Databases,
    gate: &PlanGate,
    app: &App,
    clock: &Arc<dyn Clock>,
) -> Result<Worker> {
    let worker = Worker::new(config.databases.identity.clone(), app.metrics.clone());
    let worker = kontor_jobs::housekeeping(worker, databases)?
        .register::<EndTrials>(Arc::new(gate.clone()))
        .schedule(EndTrials::SCHEDULE, &EndTrials {})?;
    let sealer = Arc::new(Sealer::new(databases.clone(), app.registry.sealed(), Arc::clone(clock)));
    let worker = worker.every("seals", Duration::from_secs(1), move || {
        let sealer = Arc::clone(&sealer);
        async move { sealer.seal_new().await.map(|_| ()) }
    });
    let Some(url) = config.smtp_url.clone() else { return Ok(worker) };
    let smtp = SmtpConfig { url, from: config.mail_from.clone() };
    let mailer = Arc::new(Mailer::new(databases.clone(), Arc::clone(clock), &smtp, &config.public_url)?);
    Ok(worker.every("mail", Duration::from_secs(2), move || {
        let mailer = Arc::clone(&mailer);
        async move { mailer.send_due().await.map(|_| ()) }
    }))
}

impl Product {
    /// Starts what works beside the requests.
    pub fn start_background(&mut self, parts: Parts, stopped: &watch::Receiver<bool>) -> Vec<JoinHandle<()>> {
        let mut tasks = Vec::new();
        if parts != Parts::Worker {
            let imports = self.imports.clone();
            tasks.push(tokio::spawn(async move {
                if let Err(failure) = imports.recover().await {
                    error!("interrupted imports were not looked after: {failure:?}");
                }
            }));
            let (counter, stop) = (Arc::clone(&self.counter), until(stopped.clone()));
            tasks.push(tokio::spawn(async move { counter.run(stop).await }));
            if let Some(indexer) = self.indexer.clone() {
                let stop = until(stopped.clone());
                tasks.push(tokio::spawn(async move { indexer.run(stop).await }));
            }
        }
        if parts != Parts::Web
            && let Some(worker) = self.worker.take()
        {
            let stop = until(stopped.clone());
            tasks.push(tokio::spawn(async move {
                if let Err(failure) = worker.run(stop).await {
                    error!("background work failed: {failure:?}");
                }
            }));
        }
        tasks
    }

    /// Reads the measures that are states, not events, before they are shown.
    pub fn measure(&self) -> impl Fn() + Send + Sync + 'static {
        let (databases, metrics) = (self.app.runner.databases().clone(), self.app.metrics.clone());
        move || {
            let (open, idle) = databases.usage();
            for (state, connections) in [("open", open), ("idle", idle)] {
                metrics.pool.with_label_values(&[state]).set(i64::try_from(connections).unwrap_or(i64::MAX));
            }
        }
    }

    /// The invariants of one company.
    pub async fn check(&self, tenant: TenantId) -> Result<Vec<Violation>> {
        let registry = &self.app.registry;
        check_tenant(self.app.runner.databases(), tenant, &registry.invariants(), &registry.sealed()).await
    }

    pub async fn close(&self) {
        self.app.runner.databases().close().await;
    }
}
