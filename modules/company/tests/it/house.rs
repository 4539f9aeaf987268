#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{sync::Arc, time::Duration};

use kontor_access::{
    Entered, Identity, IdentityConfig, InvitationAnswer, OpenGate, PasswordCost, SessionKind, SignUp, Visit,
};
use kontor_command::{Call, Command, ModuleInfo, Registry, Runner};
use kontor_company::{CompanyModule, InviteUser, UserInvitation, know_permissions};
use kontor_kernel::{Error, Result};
use kontor_store::Origin;
use kontor_testing::{FixedClock, TestDb, at};
use serde_json::Value;
use uuid::Uuid;

/// A company, Northwind, with Nancy as its owner.
pub struct House {
    pub db: TestDb,
    pub identity: Identity,
    pub runner: Runner,
    pub registry: Registry,
    pub nancy: Entered,
}

impl House {
    pub async fn new() -> Self {
        let db = TestDb::new().await;
        let clock = Arc::new(FixedClock::at(at("2026-03-02T09:00:00Z")));
        let mut config = IdentityConfig::new(&[7; 32], "http://localhost:8080").unwrap();
        config.password_cost = PasswordCost::CHEAP;
        config.refusal_takes = Duration::ZERO;
        let runner = Runner::new(db.databases().clone(), Arc::new(OpenGate), clock.clone());
        let registry = Registry::new(vec![ModuleInfo::of::<CompanyModule>()]);
        know_permissions(registry.permissions().into_iter().chain(["purchasing.order.read".to_owned()]).collect());
        let identity = Identity::new(db.databases().clone(), runner.sequences(), clock, config, Vec::new()).unwrap();
        let sign_up = SignUp {
            company: "Northwind Traders".to_owned(),
            slug: "northwind".to_owned(),
            country: "GB".to_owned(),
            currency: None,
            name: "Nancy Davolio".to_owned(),
            email: "nancy@northwind.example".to_owned(),
            password: password("nancy"),
        };
        let nancy = identity.sign_up(&sign_up, &visit()).await.unwrap();
        Self { db, identity, runner, registry, nancy }
    }

    /// A call by somebody who came in.
    pub async fn call(&self, entered: &Entered) -> Call {
        let token = &entered.tokens().unwrap().access_token;
        Call {
            caller: self.identity.authenticate_bearer(token).await.unwrap(),
            origin: Origin::Api,
            request_id: "test".to_owned(),
            address: None,
            idempotency: None,
        }
    }

    pub async fn run<C: Command + Clone + Sync>(&self, by: &Entered, command: C) -> Result<C::Output> {
        self.runner.run(&self.call(by).await, command).await
    }

    /// Somebody invited and come in, with these roles; `first` is the first name.
    pub async fn colleague(&self, first: &str, roles: &[&str]) -> Entered {
        let invited = self.run(&self.nancy, invite(first, roles)).await.unwrap();
        let mails = self.identity.recent_mails(1).await.unwrap();
        let token =
            mails.first().unwrap().text.split_once("token=").unwrap().1.split_whitespace().next().unwrap().to_owned();
        let answer = InvitationAnswer { token, name: None, password: password(first) };
        let entered = self.identity.accept_invitation(&answer, &visit(), &OpenGate).await.unwrap();
        assert_eq!(entered.member.user.0, invited.id);
        entered
    }

    /// A user's row as the API shows it.
    pub async fn user(&self, id: Uuid) -> Value {
        self.record("users", id).await
    }

    pub async fn record(&self, collection: &str, id: Uuid) -> Value {
        let (_, entity) = self.registry.entity(collection).unwrap();
        let call = self.call(&self.nancy).await;
        let operation = entity.operation(kontor_company::FEATURE, kontor_access::Verb::Read);
        let written =
            self.runner.read(&call, operation, &|tx| Box::pin(tx.record_json(entity.meta, id))).await.unwrap();
        serde_json::from_str(&written.json).unwrap()
    }
}

pub fn invite(first: &str, roles: &[&str]) -> InviteUser {
    InviteUser(UserInvitation {
        name: first.to_owned(),
        email: format!("{first}@northwind.example"),
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
    })
}

pub fn password(first: &str) -> String {
    format!("{first} sells pickled gherkins")
}

pub fn visit() -> Visit {
    Visit { kind: SessionKind::Api, request_id: "test".to_owned(), address: None, user_agent: None }
}

/// `field code` of each violation.
pub fn violations(error: &Error) -> Vec<String> {
    error.violations().iter().map(|violation| format!("{} {}", violation.field, violation.code)).collect()
}
