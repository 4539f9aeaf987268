use kontor_command::Command;
use kontor_company::{Branding, LogoChange, UpdateBranding};
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{Error, Fault, Result};
use kontor_store::Origin;
use poem::Response;

use super::{Settings, branding};
use crate::{answer, refusal::is_refusal};

/// Much more than a logo may have, so that whoever sends a photograph is told what a logo is.
const BODY_LIMIT: usize = 8_000_000;

pub(super) fn endpoints(settings: &Settings) -> Vec<Endpoint> {
    vec![settings.post("/settings/branding/logo", change).body_limit(BODY_LIMIT)]
}

async fn change(settings: Settings, incoming: Incoming) -> Result<Response> {
    let call = incoming.call(Origin::Web)?;
    call.caller.require(UpdateBranding::PERMISSION)?;
    let logo = read(&incoming).await?;
    let notice = if logo == LogoChange::Remove { "Logo removed" } else { "Logo saved" };
    let command = UpdateBranding { version: None, branding: Branding { color: None, footer: None }, logo };
    match settings.web.app.runner.run(&call, command).await {
        Ok(_) => Ok(answer::done(branding::URL, notice)),
        Err(error) if is_refusal(&error) => settings.branding_page(&incoming, None, Some(&error)).await,
        Err(error) => Err(error),
    }
}

/// The file named `logo`, or `remove`.
async fn read(incoming: &Incoming) -> Result<LogoChange> {
    if incoming.form_value("remove").await?.as_deref() == Some("true") {
        return Ok(LogoChange::Remove);
    }
    if !incoming.is_multipart() {
        return Err(Fault::UnsupportedMediaType.error());
    }
    let mut parts = incoming.parts().await?;
    while let Some(part) = parts.next_field().await.map_err(cut_off)? {
        if part.name() == Some("logo") {
            return part.bytes().await.map(LogoChange::Set).map_err(cut_off);
        }
    }
    Ok(LogoChange::Set(Vec::new()))
}

fn cut_off(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Fault::MalformedBody.error().caused_by(cause)
}
