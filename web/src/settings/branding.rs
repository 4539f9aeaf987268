use kontor_access::Place;
use kontor_command::Command;
use kontor_company::{Branding, LogoChange, UpdateBranding};
use kontor_http::{Endpoint, Incoming, json_response};
use kontor_kernel::{
    Error, Fault, Result,
    brand::{BrandColor, checks, css, tokens},
};
use kontor_store::Origin;
use poem::Response;
use serde_json::json;

use super::{SETTINGS_READ, Settings};
use crate::{
    account::form::{Form, refuse},
    answer,
    pages::form::version_of,
    refusal::is_refusal,
    view::{BrandingView, ErrorItem, ErrorSummary, Field, FieldKind},
};

pub(super) const URL: &str = "/settings/branding";
/// Characters of the documents' footer.
const FOOTER_MAX: u32 = 2_000;

pub(super) fn endpoints(settings: &Settings) -> Vec<Endpoint> {
    vec![
        settings.get(URL, |settings, incoming| async move { settings.branding_page(&incoming, None, None).await }),
        settings.get("/settings/branding/preview", preview),
        settings.post(URL, update),
    ]
}

/// What a colour makes of the pages, before it is saved.
async fn preview(_: Settings, incoming: Incoming) -> Result<Response> {
    incoming.caller()?.require(SETTINGS_READ)?;
    let typed = with_hash(incoming.query_value("color").unwrap_or_default());
    let refused = || Fault::NotAllowed.on("color").with_detail("must be a colour such as F5A300");
    let color = BrandColor::parse(&typed).ok_or_else(refused)?;
    let found = checks(color);
    let passes = [found.button_text.passes(), found.links.passes(), found.exact];
    let lines: Vec<_> =
        passes.into_iter().zip(found.lines()).map(|(ok, text)| json!({ "ok": ok, "text": text })).collect();
    Ok(json_response(200, json!({ "css": css(&tokens(color)), "checks": lines }).to_string()))
}

async fn update(settings: Settings, incoming: Incoming) -> Result<Response> {
    let call = incoming.call(Origin::Web)?;
    let form = Form::of(&incoming);
    let command = UpdateBranding {
        version: version_of(&incoming.form()),
        branding: Branding {
            color: Some(with_hash(form.text("color"))),
            footer: Some(form.text("document_footer").replace("\r\n", "\n")),
        },
        logo: LogoChange::Keep,
    };
    let outcome = match check_footer(&command.branding) {
        Ok(()) => settings.web.app.runner.run(&call, command).await,
        Err(error) => Err(error),
    };
    match outcome {
        Ok(_) => Ok(answer::done(URL, "Branding saved")),
        Err(error) if is_refusal(&error) => settings.branding_page(&incoming, Some(&form), Some(&error)).await,
        Err(error) => Err(error),
    }
}

fn check_footer(branding: &Branding) -> Result<()> {
    let footer = branding.footer.as_deref().unwrap_or_default();
    let length = u32::try_from(footer.chars().count()).unwrap_or(u32::MAX);
    if length > FOOTER_MAX {
        return Err(Fault::TooLong.on("footer").with_detail(format!("has more than {FOOTER_MAX} characters")));
    }
    if footer.contains(|c: char| c.is_control() && c != '\n' && c != '\t') {
        return Err(Fault::ControlCharacter.on("footer"));
    }
    Ok(())
}

/// A colour is also understood without its `#`.
fn with_hash(typed: &str) -> String {
    let typed = typed.trim();
    if typed.is_empty() || typed.starts_with('#') { typed.to_owned() } else { format!("#{typed}") }
}

impl Settings {
    pub(super) async fn branding_page(
        &self,
        incoming: &Incoming,
        typed: Option<&Form>,
        refusal: Option<&Error>,
    ) -> Result<Response> {
        let caller = incoming.caller()?;
        let (record, _) = self.company(incoming).await?;
        let place = Place { tenant: caller.tenant(), slug: caller.company.slug.clone() };
        let brand = self.identity.brand_of(&place).await?;
        let (shell, nav) = self.frame(incoming, "Branding", URL).await?;
        let text = |name: &str, stored: &str| typed.map_or(stored, |form| form.text(name)).to_owned();
        let mut fields = [
            Field::new("color", "Colour", FieldKind::Text).value(text("color", record.text("brand_color"))),
            Field::new("footer", "Footer text", FieldKind::LongText)
                .value(text("document_footer", record.text("document_footer"))),
        ];
        let errors = refusal.map(|error| named(refuse(&mut fields, error, "the branding can be saved")));
        let [color, footer] = fields;
        let page = BrandingView {
            shell,
            nav,
            color: color.value,
            has_logo: brand.is_some_and(|brand| brand.has_logo),
            document_footer: Field { name: "document_footer".to_owned(), max: Some(FOOTER_MAX), ..footer },
            version: record.version(),
            editable: caller.permissions.allow(UpdateBranding::PERMISSION),
            errors,
        };
        self.web.page(incoming, refusal.map_or(200, |error| error.kind().status()), &page)
    }
}

/// The command calls the footer by a shorter name than the page.
fn named(summary: ErrorSummary) -> ErrorSummary {
    let rename = |field: String| if field == "footer" { "document_footer".to_owned() } else { field };
    let items = summary.items.into_iter().map(|item| ErrorItem { field: item.field.map(rename), ..item });
    ErrorSummary { title: summary.title, items: items.collect() }
}
