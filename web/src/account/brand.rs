//! A company's colours and logo, as files that a browser may keep for as long as they hold.

use kontor_access::Place;
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{
    Result, TenantId,
    brand::{BrandColor, css, tokens},
};
use poem::{
    Response,
    http::{HeaderValue, header},
};

use super::Account;
use crate::{shell::brand_key, view::initials};

/// The product's own colour, for pages of no company.
const OWN_COLOR: BrandColor = BrandColor::new(0x4f, 0x46, 0xe5);
const OWN_LOGO: &str = include_str!("../../favicon.svg");

/// A logo is an image and nothing more, also when somebody opens it by its address: an SVG runs and loads nothing.
const LOGO_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

pub(super) fn endpoints(account: &Account) -> Vec<Endpoint> {
    vec![account.get("/brand.css", style_sheet), account.get("/brand/logo", logo)]
}

/// Whose brand is shown: the company's of the session, else of the address.
struct Shown {
    tenant: TenantId,
    slug: String,
    name: String,
    color: BrandColor,
    version: i64,
}

impl Shown {
    fn key(&self) -> String {
        brand_key(&self.slug, self.version)
    }
}

impl Account {
    async fn shown(&self, incoming: &Incoming) -> Result<Option<Shown>> {
        if let Some(caller) = &incoming.caller {
            let company = &caller.company;
            return Ok(Some(Shown {
                tenant: company.tenant,
                slug: company.slug.clone(),
                name: company.name.clone(),
                color: BrandColor::parse(&company.brand_color).unwrap_or(OWN_COLOR),
                version: company.brand_version,
            }));
        }
        let Some(place) = self.identity.resolve_host(&incoming.host).await? else { return Ok(None) };
        let Some(brand) = self.identity.brand_of(&place).await? else { return Ok(None) };
        let Place { tenant, slug } = place;
        let color = BrandColor::parse(&brand.color).unwrap_or(OWN_COLOR);
        Ok(Some(Shown { tenant, slug, name: brand.name, color, version: brand.version }))
    }
}

async fn style_sheet(account: Account, incoming: Incoming) -> Result<Response> {
    let shown = account.shown(&incoming).await?;
    let color = shown.as_ref().map_or(OWN_COLOR, |shown| shown.color);
    let key = shown.as_ref().map(Shown::key);
    Ok(file(&incoming, key.as_deref(), "text/css; charset=utf-8", css(&tokens(color)).into_bytes()))
}

async fn logo(account: Account, incoming: Incoming) -> Result<Response> {
    let Some(shown) = account.shown(&incoming).await? else {
        return Ok(image(file(&incoming, None, "image/svg+xml", OWN_LOGO.as_bytes().to_vec())));
    };
    Ok(image(match account.identity.logo_of(shown.tenant).await? {
        Some(logo) => {
            let key = brand_key(&shown.slug, logo.version);
            file(&incoming, Some(&key), &logo.content_type, logo.bytes)
        }
        None => file(&incoming, Some(&shown.key()), "image/svg+xml", monogram(&shown).into_bytes()),
    }))
}

fn image(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(LOGO_POLICY));
    response
}

/// A file of the brand under `key`. Only the address that names the key may be kept; it changes with the brand.
fn file(incoming: &Incoming, key: Option<&str>, content_type: &str, bytes: Vec<u8>) -> Response {
    let named = incoming.query_value("v");
    let cache = if named.is_some() && named == key { "private, max-age=31536000, immutable" } else { "no-cache" };
    Response::builder().content_type(content_type).header(header::CACHE_CONTROL, cache).body(bytes)
}

/// The initials in the company's colour, for a company without a logo.
fn monogram(shown: &Shown) -> String {
    let palette = tokens(shown.color).light;
    let letters: String = initials(&shown.name).chars().filter(|c| c.is_alphanumeric()).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\"><rect width=\"48\" height=\"48\" rx=\"11\" \
         fill=\"{}\"/><text x=\"24\" y=\"24\" dy=\".35em\" text-anchor=\"middle\" font-family=\"system-ui,sans-serif\" \
         font-size=\"21\" font-weight=\"600\" fill=\"{}\">{letters}</text></svg>",
        palette.brand, palette.brand_on,
    )
}
