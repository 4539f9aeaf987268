//! Templates, and what they may call.

use std::fmt;

use rust_decimal::Decimal;
use rust_embed::RustEmbed;
use serde::Serialize;
use tera::{Context, Function, Kwargs, State, Tera, Value};

use super::{Assets, format::Locale};

#[derive(RustEmbed)]
#[folder = "templates"]
struct Templates;

/// A page: a struct whose fields are all its template reads.
pub trait Page: Serialize {
    /// The template's path under `web/templates`.
    const TEMPLATE: &'static str;
}

/// A template could not be read or rendered. Always a fault of ours, never of what people sent.
#[derive(Debug)]
pub struct ViewError {
    template: String,
    cause: tera::Error,
}

impl fmt::Display for ViewError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "template {} failed: {}", self.template, self.cause)
    }
}

impl std::error::Error for ViewError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// The templates, ready to render.
///
/// A release build holds them in memory. A debug build reads them again for each page, so that a
/// change shows at the next reload.
#[derive(Debug)]
pub struct View {
    tera: Tera,
}

impl View {
    /// Reads and checks all templates.
    ///
    /// # Errors
    /// When a template does not parse, or uses a function or component that does not exist.
    pub fn load() -> Result<Self, ViewError> {
        Ok(Self { tera: read_templates()? })
    }

    /// Renders a whole page.
    ///
    /// # Errors
    /// When the template reads a field the page does not have.
    pub fn render<P: Page>(&self, page: &P) -> Result<String, ViewError> {
        self.render_as(P::TEMPLATE, page)
    }

    /// Renders a page's struct with another template: a partial for a swap, the print of a document.
    ///
    /// # Errors
    /// When there is no such template, or it reads a field the page does not have.
    pub fn render_as<T: Serialize>(&self, template: &str, page: &T) -> Result<String, ViewError> {
        let failed = |cause| ViewError { template: template.to_owned(), cause };
        let context = Context::from_serialize(page).map_err(failed)?;
        if cfg!(debug_assertions) {
            return read_templates()?.render(template, &context).map_err(failed);
        }
        self.tera.render(template, &context).map_err(failed)
    }

    /// The names of all templates.
    pub fn templates(&self) -> impl Iterator<Item = &str> {
        self.tera.get_template_names()
    }
}

fn read_templates() -> Result<Tera, ViewError> {
    let mut tera = Tera::new();
    register(&mut tera, &Assets::load());
    let mut sources = Vec::new();
    for name in Templates::iter() {
        if let Some(file) = Templates::get(&name) {
            sources.push((name.to_string(), String::from_utf8_lossy(&file.data).into_owned()));
        }
    }
    let sources = sources.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    tera.add_raw_templates(sources).map_err(|cause| ViewError { template: "(all)".to_owned(), cause })?;
    Ok(tera)
}

/// What templates may call beside Tera's own: `icon`, `asset`, and figures in the tenant's locale.
fn register(tera: &mut Tera, assets: &Assets) {
    tera.register_function("icon", IconFunction { sprite: assets.url("icons.svg") });
    let assets = assets.clone();
    tera.register_function("asset", move |kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
        Ok(assets.url(kwargs.must_get::<&str>("name")?))
    });
    tera.register_filter("json", |value: &Value, _: Kwargs, _: &State| -> tera::TeraResult<String> {
        serde_json::to_string(value).map_err(|error| tera::Error::message(error.to_string()))
    });
    tera.register_filter("money", |text: &str, kwargs: Kwargs, state: &State| -> tera::TeraResult<String> {
        Ok(locale(state)?.money(figure(text)?, kwargs.must_get::<&str>("currency")?))
    });
    tera.register_filter("number", |text: &str, _: Kwargs, state: &State| -> tera::TeraResult<String> {
        Ok(locale(state)?.quantity(figure(text)?))
    });
    tera.register_filter("date", |text: &str, _: Kwargs, state: &State| -> tera::TeraResult<String> {
        let date = text.parse().map_err(|_| tera::Error::message(format!("{text:?} is no ISO date")))?;
        Ok(locale(state)?.date(date))
    });
    tera.register_filter("datetime", |text: &str, _: Kwargs, state: &State| -> tera::TeraResult<String> {
        let moment = chrono::DateTime::parse_from_rfc3339(text)
            .map_err(|_| tera::Error::message(format!("{text:?} is no RFC 3339 time")))?;
        Ok(locale(state)?.datetime(moment))
    });
}

fn figure(text: &str) -> tera::TeraResult<Decimal> {
    text.parse().map_err(|_| tera::Error::message(format!("{text:?} is no decimal")))
}

/// The locale of the page that is being rendered, from its `shell`.
fn locale(state: &State) -> tera::TeraResult<Locale> {
    let shell = state.get::<Value>("shell")?;
    let code = shell.as_ref().and_then(|shell| shell.get_from_path("locale")).and_then(|code| code.as_str());
    code.map(Locale::from_tag).ok_or_else(|| tera::Error::message("the page has no shell with a locale"))
}

/// `icon(name="house", class="icon-sm")`: an image of the sprite, hidden from people who hear the page.
struct IconFunction {
    sprite: String,
}

impl Function<tera::TeraResult<String>> for IconFunction {
    fn call(&self, kwargs: Kwargs, _: &State) -> tera::TeraResult<String> {
        let name = kwargs.must_get::<&str>("name")?;
        let class = kwargs.get::<&str>("class")?.unwrap_or_default();
        let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ' '));
        if !plain(name) || !plain(class) {
            return Err(tera::Error::message(format!("{name:?} is no icon")));
        }
        let space = if class.is_empty() { "" } else { " " };
        Ok(format!(r#"<svg class="icon{space}{class}" aria-hidden="true"><use href="{}#{name}"/></svg>"#, self.sprite))
    }

    /// The name and class were checked above, so nothing in it can become other markup.
    fn is_safe(&self) -> bool {
        true
    }
}
