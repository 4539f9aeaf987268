//! Sign-up, log-in and all that follows from them, as endpoints of the API.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use kontor_access::{
    Caller, Entered, Identity, InvitationAnswer, LogIn, NewPassword, PasswordReset, SessionKind, SignUp, Tokens, Visit,
};
use kontor_command::Runner;
use kontor_entity::{FieldMeta, Kind, Shape};
use kontor_kernel::{Fault, Result};
use poem::{Response, http::Method};
use serde_json::{Value, json};

use crate::{App, Authenticator, Endpoint, Incoming, LimitClass, Schema, incoming::json_response};

impl Authenticator for Identity {
    fn bearer<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Arc<Caller>>> {
        Box::pin(self.authenticate_bearer(token))
    }

    fn cookie<'a>(&'a self, cookie: &'a str, host: &'a str) -> BoxFuture<'a, Result<(Arc<Caller>, String)>> {
        Box::pin(self.authenticate_cookie(cookie, host))
    }
}

impl Incoming {
    /// The visit of somebody who is not known yet.
    pub fn visit(&self, kind: SessionKind) -> Visit {
        Visit {
            kind,
            request_id: self.request_id.clone(),
            address: self.address.clone(),
            user_agent: self.header("user-agent").map(str::to_owned),
        }
    }
}

/// The endpoints of the API for people's identities.
pub fn identity_endpoints(app: &App, identity: &Identity) -> Vec<Endpoint> {
    vec![
        sign_up(app, identity),
        log_in(identity),
        refresh(identity),
        log_out(identity),
        switch(identity),
        companies(identity),
        me(&app.runner, identity),
        request_reset(identity),
        reset_password(identity),
        verify_email(identity),
        resend_verification(identity),
        accept_invitation(&app.runner, identity),
    ]
}

/// A refresh token.
#[derive(Clone, Shape)]
struct RefreshToken {
    #[field(verbatim, max = 200)]
    refresh_token: String,
}

/// What a log-out ends: the session of this refresh token, else that of the bearer token.
#[derive(Clone, Shape)]
struct LogOut {
    #[field(verbatim, max = 200)]
    refresh_token: Option<String>,
}

/// Another company of the same person.
#[derive(Clone, Shape)]
struct Switch {
    /// Its address (slug).
    #[field(max = 100)]
    tenant: String,
}

/// The token of a mailed link.
#[derive(Clone, Shape)]
struct LinkToken {
    #[field(verbatim, max = 200)]
    token: String,
}

const TENANT: &[FieldMeta] = &[
    FieldMeta::of::<uuid::Uuid>("id", ""),
    FieldMeta::of::<String>("slug", "The company's address"),
    FieldMeta::of::<String>("name", ""),
    FieldMeta::of::<String>("currency", "The currency of the books"),
    FieldMeta::of::<String>("locale", ""),
    FieldMeta::of::<String>("time_zone", ""),
];
const USER: &[FieldMeta] =
    &[FieldMeta::of::<uuid::Uuid>("id", ""), FieldMeta::of::<String>("name", ""), FieldMeta::of::<String>("email", "")];
const PLAN: &[FieldMeta] = &[
    FieldMeta::of::<String>("code", ""),
    FieldMeta::of::<String>("name", ""),
    FieldMeta::of::<String>("state", "trial, active or ended"),
    FieldMeta::of::<Option<chrono::DateTime<chrono::Utc>>>("trial_ends_at", ""),
];

const fn object(name: &'static str, help: &'static str, fields: fn() -> &'static [FieldMeta]) -> FieldMeta {
    FieldMeta { kind: Kind::Object(fields), ..FieldMeta::of::<String>(name, help) }
}

const ACCESS_TOKEN: FieldMeta = FieldMeta::of::<String>("access_token", "Sent as a bearer token");
const REFRESH_TOKEN: FieldMeta = FieldMeta::of::<String>("refresh_token", "Gives the next tokens, once");
const EXPIRES_IN: FieldMeta = FieldMeta::of::<i32>("expires_in", "Seconds that the access token is good for");

const TOKENS: &[FieldMeta] = &[ACCESS_TOKEN, REFRESH_TOKEN, EXPIRES_IN];
const ENTERED: &[FieldMeta] = &[
    object("tenant", "The company", || TENANT),
    object("user", "The person in this company", || USER),
    ACCESS_TOKEN,
    REFRESH_TOKEN,
    EXPIRES_IN,
];
const ME: &[FieldMeta] = &[
    object("user", "The person in this company", || USER),
    object("tenant", "The company", || TENANT),
    FieldMeta::of::<Vec<String>>("roles", "Codes of the person's roles"),
    FieldMeta::of::<Vec<String>>("permissions", "What they allow: permissions and patterns"),
    FieldMeta { required: false, ..object("plan", "The company's plan", || PLAN) },
    FieldMeta::of::<Vec<String>>("features", "What the plan includes"),
    FieldMeta::of::<bool>("email_verified", "Whether the person has confirmed their address"),
];
const MEMBERSHIP: &[FieldMeta] = &[
    FieldMeta::of::<uuid::Uuid>("id", ""),
    FieldMeta::of::<String>("slug", ""),
    FieldMeta::of::<String>("name", ""),
    FieldMeta::of::<bool>("current", "The one this token is for"),
];

fn call<F, Fut>(method: Method, path: &str, operation: &str, identity: &Identity, handler: F) -> Endpoint
where
    F: Fn(Identity, Incoming) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Response>> + Send + 'static,
{
    let identity = identity.clone();
    Endpoint::api(method, format!("/api/v1{path}"), operation, move |incoming| handler(identity.clone(), incoming))
        .tag("Identity")
}

fn sign_up(app: &App, identity: &Identity) -> Endpoint {
    let sign_ups = app.metrics.sign_ups.clone();
    call(Method::POST, "/sign-up", "sign_up", identity, move |identity, incoming| {
        let sign_ups = sign_ups.clone();
        async move {
            let sign_up = incoming.parse::<SignUp>()?;
            let entered = identity.sign_up(&sign_up, &incoming.visit(SessionKind::Api)).await?;
            sign_ups.inc();
            entered_response(&identity, 201, &entered).await
        }
    })
    .public()
    .limit(LimitClass::SignUp)
    .summary("Sign a company up: with its owner, a trial of 14 days, roles and first records")
    .body(Schema::Shape("SignUp", SignUp::FIELDS))
    .answer(201, "The company, its owner and their tokens", Schema::Shape("Entered", ENTERED))
    .refuses(&[422, 429])
}

fn log_in(identity: &Identity) -> Endpoint {
    call(Method::POST, "/auth/login", "log_in", identity, |identity, incoming| async move {
        let log_in = incoming.parse::<LogIn>()?;
        let entered = identity.log_in(&log_in, &incoming.visit(SessionKind::Api)).await?;
        entered_response(&identity, 200, &entered).await
    })
    .public()
    .limit(LimitClass::LogIn)
    .summary("Log in; a person of several companies names one in tenant")
    .body(Schema::Shape("LogIn", LogIn::FIELDS))
    .answer(200, "The person, their company and tokens", Schema::Shape("Entered", ENTERED))
    .refuses(&[401, 422, 429])
}

fn refresh(identity: &Identity) -> Endpoint {
    call(Method::POST, "/auth/refresh", "refresh_tokens", identity, |identity, incoming| async move {
        let token = incoming.parse::<RefreshToken>()?.refresh_token;
        let tokens = identity.refresh(&token, &incoming.visit(SessionKind::Api)).await?;
        Ok(json_response(200, tokens_json(&tokens).to_string()))
    })
    .public()
    .limit(LimitClass::LogIn)
    .summary("New tokens for a refresh token; a token that was used before ends its whole session")
    .body(Schema::Shape("RefreshToken", RefreshToken::FIELDS))
    .answer(200, "The next tokens", Schema::Shape("Tokens", TOKENS))
    .refuses(&[401, 422, 429])
}

fn log_out(identity: &Identity) -> Endpoint {
    call(Method::POST, "/auth/logout", "log_out", identity, |identity, incoming| async move {
        let token = incoming.parse::<LogOut>()?.refresh_token;
        match (token, &incoming.caller) {
            (Some(token), _) => identity.log_out(&token).await?,
            (None, Some(caller)) => identity.log_out_caller(caller).await?,
            (None, None) => return Err(Fault::Unauthenticated.error()),
        }
        Ok(Response::builder().status(poem::http::StatusCode::NO_CONTENT).finish())
    })
    .optional()
    .limit(LimitClass::LogIn)
    .summary("End a session: that of the refresh token, else that of the bearer token")
    .optional_body(Schema::Shape("LogOut", LogOut::FIELDS))
    .answer_of(204, "The session has ended", Vec::new())
    .refuses(&[401, 422, 429])
}

fn switch(identity: &Identity) -> Endpoint {
    call(Method::POST, "/auth/switch", "switch_company", identity, |identity, incoming| async move {
        let tenant = incoming.parse::<Switch>()?.tenant;
        let entered = identity.switch(incoming.caller()?, &tenant, &incoming.visit(SessionKind::Api)).await?;
        entered_response(&identity, 200, &entered).await
    })
    .summary("Tokens for another company of the same person")
    .body(Schema::Shape("SwitchCompany", Switch::FIELDS))
    .answer(200, "The person in that company, and tokens for it", Schema::Shape("Entered", ENTERED))
    .refuses(&[422])
}

fn companies(identity: &Identity) -> Endpoint {
    call(Method::GET, "/auth/companies", "list_own_companies", identity, |identity, incoming| async move {
        let caller = incoming.caller()?;
        let companies = identity.companies_of(caller.login).await?;
        let data: Vec<Value> = companies
            .iter()
            .map(|company| {
                let current = company.tenant == caller.tenant();
                json!({ "id": company.tenant, "slug": company.slug, "name": company.name, "current": current })
            })
            .collect();
        Ok(json_response(200, json!({ "data": data, "next_cursor": null }).to_string()))
    })
    .summary("The companies the person works for")
    .answer(200, "All of them", Schema::PageOf("OwnCompany", MEMBERSHIP))
}

fn me(runner: &Runner, identity: &Identity) -> Endpoint {
    let runner = runner.clone();
    call(Method::GET, "/me", "me", identity, move |identity, incoming| {
        let runner = runner.clone();
        async move {
            let caller = incoming.caller()?;
            let plan = identity.plan_of(caller.tenant()).await?;
            let plan = plan.map(|plan| {
                json!({ "code": plan.code, "name": plan.name, "state": plan.state, "trial_ends_at": plan.trial_ends_at })
            });
            let body = json!({
                "user": user_json(caller),
                "tenant": tenant_json(caller),
                "roles": caller.roles,
                "permissions": caller.permissions.patterns(),
                "plan": plan,
                "features": runner.gate().features(caller.tenant()).await?,
                "email_verified": identity.is_verified(caller.login).await?,
            });
            Ok(json_response(200, body.to_string()))
        }
    })
    .summary("Who is calling: person, company, roles, plan")
    .answer(200, "The caller", Schema::Shape("Me", ME))
}

fn request_reset(identity: &Identity) -> Endpoint {
    call(Method::POST, "/auth/password-resets", "request_password_reset", identity, |identity, incoming| async move {
        let reset = incoming.parse::<PasswordReset>()?;
        identity.request_password_reset(&reset, &incoming.visit(SessionKind::Api)).await?;
        Ok(Response::builder().status(poem::http::StatusCode::ACCEPTED).finish())
    })
    .public()
    .limit(LimitClass::LogIn)
    .summary("Send a link that sets a new password, if anybody has this address; the answer is always the same")
    .body(Schema::Shape("PasswordReset", PasswordReset::FIELDS))
    .answer_of(202, "Sent, if there is somebody to send it to", Vec::new())
    .refuses(&[422, 429])
}

fn reset_password(identity: &Identity) -> Endpoint {
    call(Method::POST, "/auth/password", "reset_password", identity, |identity, incoming| async move {
        let new = incoming.parse::<NewPassword>()?;
        identity.reset_password(&new, &incoming.visit(SessionKind::Api)).await?;
        Ok(Response::builder().status(poem::http::StatusCode::NO_CONTENT).finish())
    })
    .public()
    .limit(LimitClass::LogIn)
    .summary("Set a new password with the token of a mailed link; every session of the person ends")
    .body(Schema::Shape("NewPassword", NewPassword::FIELDS))
    .answer_of(204, "The password is set", Vec::new())
    .refuses(&[422, 429])
}

fn verify_email(identity: &Identity) -> Endpoint {
    call(Method::POST, "/auth/verify-email", "verify_email", identity, |identity, incoming| async move {
        let token = incoming.parse::<LinkToken>()?.token;
        identity.verify_email(&token).await?;
        Ok(Response::builder().status(poem::http::StatusCode::NO_CONTENT).finish())
    })
    .public()
    .limit(LimitClass::LogIn)
    .summary("Confirm an e-mail address with the token of a mailed link")
    .body(Schema::Shape("LinkToken", LinkToken::FIELDS))
    .answer_of(204, "The address is confirmed", Vec::new())
    .refuses(&[422, 429])
}

fn resend_verification(identity: &Identity) -> Endpoint {
    call(
        Method::POST,
        "/auth/email-verifications",
        "request_email_verification",
        identity,
        |identity, incoming| async move {
            identity.resend_verification(incoming.caller()?, &incoming.visit(SessionKind::Api)).await?;
            Ok(Response::builder().status(poem::http::StatusCode::ACCEPTED).finish())
        },
    )
    .limit(LimitClass::LogIn)
    .summary("Send the link that confirms your e-mail address again; at most five an hour")
    .answer_of(202, "Sent", Vec::new())
    .refuses(&[409, 429])
}

fn accept_invitation(runner: &Runner, identity: &Identity) -> Endpoint {
    let runner = runner.clone();
    call(Method::POST, "/auth/invitation", "accept_invitation", identity, move |identity, incoming| {
        let runner = runner.clone();
        async move {
            let answer = incoming.parse::<InvitationAnswer>()?;
            let visit = incoming.visit(SessionKind::Api);
            let entered = identity.accept_invitation(&answer, &visit, runner.gate()).await?;
            entered_response(&identity, 200, &entered).await
        }
    })
    .public()
    .limit(LimitClass::LogIn)
    .summary("Accept an invitation with the token of the mailed link and a password: a new one, or that of the log-in")
    .body(Schema::Shape("InvitationAnswer", InvitationAnswer::FIELDS))
    .answer(200, "The person, their company and tokens", Schema::Shape("Entered", ENTERED))
    .refuses(&[401, 402, 422, 429])
}

async fn entered_response(identity: &Identity, status: u16, entered: &Entered) -> Result<Response> {
    let tokens = entered.tokens()?;
    let caller = identity.authenticate_bearer(&tokens.access_token).await?;
    let mut body = json!({ "tenant": tenant_json(&caller), "user": user_json(&caller) });
    if let (Some(body), Value::Object(tokens)) = (body.as_object_mut(), tokens_json(tokens)) {
        body.extend(tokens);
    }
    Ok(json_response(status, body.to_string()))
}

fn tokens_json(tokens: &Tokens) -> Value {
    json!({
        "access_token": tokens.access_token,
        "refresh_token": tokens.refresh_token,
        "expires_in": tokens.expires_in,
    })
}

fn user_json(caller: &Caller) -> Value {
    json!({ "id": caller.user, "name": caller.name, "email": caller.email })
}

fn tenant_json(caller: &Caller) -> Value {
    let company = &caller.company;
    json!({
        "id": company.tenant,
        "slug": company.slug,
        "name": company.name,
        "currency": company.currency,
        "locale": company.locale,
        "time_zone": company.time_zone.name(),
    })
}
