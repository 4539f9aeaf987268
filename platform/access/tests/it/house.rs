#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{sync::Arc, time::Duration};

use kontor_access::{
    Caller, CompanySetup, Entered, Identity, IdentityConfig, LogIn, PasswordCost, SessionKind, SignUp, Visit,
};
use kontor_kernel::{Currency, Error, Result, TenantId, UserId};
use kontor_store::{Origin, Tx, TxContext};
use kontor_testing::{FixedClock, TestDb, at};

pub const PASSWORD: &str = "pickled gherkins at dawn";

/// Kontor on the morning of 2 March 2026, with nobody in it.
pub struct House {
    pub db: TestDb,
    pub clock: FixedClock,
    pub identity: Identity,
}

impl House {
    pub async fn new() -> Self {
        Self::with_setups(Vec::new()).await
    }

    pub async fn with_setups(setups: Vec<CompanySetup>) -> Self {
        let db = TestDb::new().await;
        let clock = FixedClock::at(at("2026-03-02T09:00:00Z"));
        let mut config = IdentityConfig::new(&[7; 32], "http://localhost:8080").unwrap();
        config.password_cost = PasswordCost::CHEAP;
        config.refusal_takes = Duration::ZERO;
        config.address_failures = 50;
        let identity =
            Identity::new(db.databases().clone(), db.sequences(), Arc::new(clock.clone()), config, setups).unwrap();
        Self { db, clock, identity }
    }

    /// Nancy signs Northwind up.
    pub async fn northwind(&self) -> Entered {
        self.identity.sign_up(&sign_up("northwind"), &api()).await.unwrap()
    }

    pub async fn log_in(&self, email: &str, password: &str) -> Result<Entered> {
        self.identity.log_in(&credentials(email, password, None), &api()).await
    }

    pub async fn caller(&self, entered: &Entered) -> Result<Arc<Caller>> {
        self.identity.authenticate_bearer(&entered.tokens()?.access_token).await
    }

    /// A transaction as a command has it: the company's own, on the connection of the tenants' work.
    pub async fn tx(&self, tenant: TenantId, user: UserId) -> Tx {
        let context = TxContext {
            tenant,
            user: Some(user),
            origin: Origin::Api,
            request_id: "test".to_owned(),
            address: None,
            now: at("2026-03-02T09:00:00Z"),
            today: at("2026-03-02T09:00:00Z").date_naive(),
            currency: Currency::EUR,
        };
        Tx::begin(self.db.databases(), self.db.sequences(), context).await.unwrap()
    }

    /// The token in the newest mail with a link to `page`.
    pub async fn mailed_token(&self, page: &str) -> String {
        let start = format!("http://localhost:8080/{page}?token=");
        let mails = self.identity.recent_mails(50).await.unwrap();
        let text = mails.iter().find_map(|mail| mail.text.split_once(&start)).unwrap().1;
        text.split_whitespace().next().unwrap().to_owned()
    }
}

pub fn sign_up(slug: &str) -> SignUp {
    SignUp {
        company: "Northwind Traders".to_owned(),
        slug: slug.to_owned(),
        country: "Germany".to_owned(),
        currency: None,
        name: "Nancy Davolio".to_owned(),
        email: "Nancy@northwind.example".to_owned(),
        password: PASSWORD.to_owned(),
    }
}

pub fn credentials(email: &str, password: &str, tenant: Option<&str>) -> LogIn {
    LogIn { email: email.to_owned(), password: password.to_owned(), tenant: tenant.map(str::to_owned) }
}

pub fn api() -> Visit {
    Visit {
        kind: SessionKind::Api,
        request_id: "test".to_owned(),
        address: Some("192.0.2.7".to_owned()),
        user_agent: Some("test".to_owned()),
    }
}

pub fn web() -> Visit {
    Visit { kind: SessionKind::Web, ..api() }
}

/// `field code` of each violation.
pub fn violations(error: &Error) -> Vec<String> {
    error.violations().iter().map(|violation| format!("{} {}", violation.field, violation.code)).collect()
}
