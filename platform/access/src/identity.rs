use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, Instant},
};

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::BoxFuture;
use kontor_kernel::{Clock, Currency, Fault, Result, TenantId, UserId};
use kontor_store::{Databases, Origin, Sequences, Tx, TxContext};
use moka::sync::Cache;

use crate::{
    IdentityConfig, NewCompany,
    authenticate::Callers,
    company::Places,
    password::Passwords,
    token::{AccessTokens, CsrfTokens},
};

/// What a module lays down for a company that signs up, in the transaction of the sign-up.
pub type CompanySetup = for<'t> fn(&'t mut Tx, &'t NewCompany) -> BoxFuture<'t, Result<()>>;

/// For whom a session is: decides what its owner is given to come back with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    /// A program: access and refresh token.
    Api,
    /// A person with a browser: a cookie.
    Web,
}

/// From where and by which way somebody comes who is not known yet.
#[derive(Debug, Clone)]
pub struct Visit {
    pub kind: SessionKind,
    pub request_id: String,
    pub address: Option<String>,
    pub user_agent: Option<String>,
}

impl Visit {
    pub(crate) const fn origin(&self) -> Origin {
        match self.kind {
            SessionKind::Api => Origin::Api,
            SessionKind::Web => Origin::Web,
        }
    }
}

const ADDRESS_WINDOW: Duration = Duration::from_secs(15 * 60);

/// Sign-up, log-in and all that makes a request's caller.
///
/// It works on the connection that may read and write the platform's own rows; what people do inside a company are
/// commands, and run elsewhere.
#[derive(Clone)]
pub struct Identity {
    pub(crate) databases: Databases,
    pub(crate) sequences: Arc<Sequences>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) config: Arc<IdentityConfig>,
    pub(crate) setups: Arc<[CompanySetup]>,
    pub(crate) passwords: Passwords,
    pub(crate) access_tokens: AccessTokens,
    pub(crate) csrf_tokens: CsrfTokens,
    pub(crate) callers: Callers,
    pub(crate) places: Places,
    /// Failed log-ins by address, in this process.
    failures: Cache<String, Arc<AtomicU32>>,
}

impl Identity {
    /// `setups` run for every new company, in the order of the modules.
    pub fn new(
        databases: Databases,
        sequences: Arc<Sequences>,
        clock: Arc<dyn Clock>,
        config: IdentityConfig,
        setups: Vec<CompanySetup>,
    ) -> Result<Self> {
        Ok(Self {
            passwords: Passwords::new(config.password_cost)?,
            access_tokens: AccessTokens::new(&config.secret),
            csrf_tokens: CsrfTokens::new(&config.secret),
            databases,
            sequences,
            clock,
            config: Arc::new(config),
            setups: setups.into(),
            callers: Callers::new(),
            places: Places::new(),
            failures: Cache::builder().max_capacity(100_000).time_to_live(ADDRESS_WINDOW).build(),
        })
    }

    pub fn config(&self) -> &IdentityConfig {
        &self.config
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A transaction for one company on the connection that also writes the platform's rows. It touches no money and no
    /// dates of the books, so it need not know the company's currency and time zone.
    pub(crate) async fn begin(&self, tenant: TenantId, user: Option<UserId>, visit: &Visit) -> Result<Tx> {
        self.begin_books(tenant, user, visit, Currency::EUR, self.now().date_naive()).await
    }

    /// The same, for the sign-up, where modules lay down the first records of the books.
    pub(crate) async fn begin_books(
        &self,
        tenant: TenantId,
        user: Option<UserId>,
        visit: &Visit,
        currency: Currency,
        today: NaiveDate,
    ) -> Result<Tx> {
        let now = self.now();
        let context = TxContext {
            tenant,
            user,
            origin: visit.origin(),
            request_id: visit.request_id.clone(),
            address: visit.address.clone(),
            now,
            today,
            currency,
        };
        Tx::begin_identity(&self.databases, Arc::clone(&self.sequences), context).await
    }

    /// Errors with `rate_limited` when too many log-ins failed from the visit's address lately.
    pub(crate) fn admit_address(&self, visit: &Visit) -> Result<()> {
        let failed = visit.address.as_ref().and_then(|address| self.failures.get(address));
        if failed.is_some_and(|count| count.load(Ordering::Relaxed) >= self.config.address_failures) {
            return Err(Fault::RateLimited.error().retry_after(ADDRESS_WINDOW.as_secs()));
        }
        Ok(())
    }

    pub(crate) fn count_failure(&self, visit: &Visit) {
        if let Some(address) = &visit.address {
            self.failures.get_with(address.clone(), Arc::default).fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Waits until a refusal has taken as long as every refusal does.
    pub(crate) async fn even_out(&self, started: Instant) {
        tokio::time::sleep(self.config.refusal_takes.saturating_sub(started.elapsed())).await;
    }
}
