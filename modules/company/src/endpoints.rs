//! What the registry does not make by itself: inviting, settings, branding.

use kontor_command::{Call, Operation, Reply};
use kontor_entity::{Entity, FieldMeta, Mode, Shape, parse_draft};
use kontor_http::{App, Endpoint, Incoming, Parameter, Schema, reply_response};
use kontor_kernel::{Fault, Result};
use kontor_store::Origin;
use poem::{Response, http::Method};
use uuid::Uuid;

use crate::{
    Branding, Company, InviteUser, LOGO_MAX_BYTES, LogoChange, UpdateBranding, UpdateCompany, User, UserInvitation,
};

/// The module's own endpoints of the API.
pub fn endpoints(app: &App) -> Vec<Endpoint> {
    vec![invite(app), update(app), brand(app), upload_logo(app), remove_logo(app)]
}

fn invite(app: &App) -> Endpoint {
    let app = app.clone();
    let handler = move |incoming: Incoming| {
        let app = app.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            let operation = Operation::of::<InviteUser>();
            app.runner.admit(&call, operation).await?;
            let invitation = incoming.parse::<UserInvitation>()?;
            let reply = app
                .runner
                .reply(&call, operation, &|tx| {
                    let command = InviteUser(invitation.clone());
                    Box::pin(async move {
                        let written = kontor_command::Command::run(command, tx).await?;
                        Ok(Reply::created(written, User::META.collection))
                    })
                })
                .await?;
            Ok(reply_response(reply))
        }
    };
    Endpoint::api(Method::POST, "/api/v1/users", "invite_user", handler)
        .summary("Invite a colleague by e-mail")
        .tag(User::META.plural)
        .parameter(Parameter::idempotency_key())
        .body(Schema::Shape("UserInvitation", UserInvitation::FIELDS))
        .answer(201, "The user, in the state invited", Schema::Record(User::META))
}

fn update(app: &App) -> Endpoint {
    let app = app.clone();
    let handler = move |incoming: Incoming| {
        let app = app.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            let operation = Operation::of::<UpdateCompany>();
            app.runner.admit(&call, operation).await?;
            same_company(&app, &call, &incoming, operation).await?;
            incoming.require_json()?;
            let version = incoming.if_match()?;
            let draft = parse_draft(Company::META, &incoming.body, Mode::Patch)?;
            let reply = app
                .runner
                .reply(&call, operation, &|tx| {
                    let command = UpdateCompany { version, draft: draft.clone() };
                    Box::pin(async move { Ok(Reply::ok(kontor_command::Command::run(command, tx).await?)) })
                })
                .await?;
            Ok(reply_response(reply))
        }
    };
    on_company(Method::PATCH, "", "update_companies", handler)
        .summary("Change the company's settings by a JSON merge patch")
        .body(Schema::Patch(Company::META))
}

fn brand(app: &App) -> Endpoint {
    let app = app.clone();
    let handler = move |incoming: Incoming| {
        let app = app.clone();
        async move {
            let branding =
                |incoming: &Incoming| incoming.parse::<Branding>().map(|branding| (branding, LogoChange::Keep));
            change_brand(&app, &incoming, branding).await
        }
    };
    on_company(Method::PATCH, "/branding", "update_branding", handler)
        .summary("Change the company's colour and the footer of its documents; what is left out stays")
        .body(Schema::Shape("Branding", Branding::FIELDS))
}

const UNCHANGED: Branding = Branding { color: None, footer: None };

fn upload_logo(app: &App) -> Endpoint {
    let app = app.clone();
    let handler = move |incoming: Incoming| {
        let app = app.clone();
        async move {
            let logo = |incoming: &Incoming| Ok((UNCHANGED, LogoChange::Set(incoming.body.clone())));
            change_brand(&app, &incoming, logo).await
        }
    };
    on_company(Method::PUT, "/logo", "upload_logo", handler)
        .summary("Set the company's logo: a PNG, JPEG, WebP or plain SVG image of at most 256 kB")
        .body_of("application/octet-stream", Schema::File, true)
        .body_limit(LOGO_MAX_BYTES)
}

fn remove_logo(app: &App) -> Endpoint {
    let app = app.clone();
    let handler = move |incoming: Incoming| {
        let app = app.clone();
        async move { change_brand(&app, &incoming, |_| Ok((UNCHANGED, LogoChange::Remove))).await }
    };
    on_company(Method::DELETE, "/logo", "remove_logo", handler).summary("Remove the company's logo")
}

/// An endpoint on `/companies/{id}`, which answers with the company.
fn on_company<F, Fut>(method: Method, rest: &str, operation: &str, handler: F) -> Endpoint
where
    F: Fn(Incoming) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<Response>> + Send + 'static,
{
    Endpoint::api(method, format!("/api/v1/companies/{{id}}{rest}"), operation, handler)
        .tag(Company::META.plural)
        .parameter(Parameter::path("id", FieldMeta::of::<Uuid>("id", "The company's id")))
        .parameter(Parameter::if_match())
        .answer(200, "The company as stored", Schema::Record(Company::META))
}

async fn change_brand(
    app: &App,
    incoming: &Incoming,
    read: impl Fn(&Incoming) -> Result<(Branding, LogoChange)> + Send + Sync,
) -> Result<Response> {
    let call = incoming.call(Origin::Api)?;
    let operation = Operation::of::<UpdateBranding>();
    app.runner.admit(&call, operation).await?;
    same_company(app, &call, incoming, operation).await?;
    let version = incoming.if_match()?;
    let (branding, logo) = read(incoming)?;
    let reply = app
        .runner
        .reply(&call, operation, &|tx| {
            let command = UpdateBranding { version, branding: branding.clone(), logo: logo.clone() };
            Box::pin(async move { Ok(Reply::ok(kontor_command::Command::run(command, tx).await?)) })
        })
        .await?;
    Ok(reply_response(reply))
}

/// A company that is not the caller's own does not exist, whatever else is wrong with the request.
async fn same_company(app: &App, call: &Call, incoming: &Incoming, operation: Operation) -> Result<()> {
    let id = incoming.id("id")?;
    let own = app.runner.read(call, operation, &|tx| Box::pin(crate::settings::company_id(tx))).await?;
    if own == id { Ok(()) } else { Err(Fault::NotFound.error()) }
}
