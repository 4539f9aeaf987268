//! The frame of a page: from who is calling to what the navigation offers them.

use std::sync::Arc;

use chrono::NaiveDate;
use kontor_access::{Caller, Feature, Verb};
use kontor_command::{Registered, Registry};
use kontor_http::Incoming;
use kontor_kernel::{Locale, Result};

use crate::{
    Web, browser,
    pages::SETTINGS,
    view::{AssistantPanel, Crumb, NavGroup, NavItem, PageShell, TenantBadge, TenantChoice, UserBadge, navigation},
};

/// What the frame is made of, beside the request.
#[derive(Debug)]
pub struct Frame<'c> {
    pub caller: &'c Arc<Caller>,
    /// Features of the company's plan; `*` is all.
    pub features: Vec<String>,
    /// The person's companies; empty where only the present one matters.
    pub tenants: Vec<TenantChoice>,
    /// Today where the company is.
    pub today: NaiveDate,
}

impl Web {
    /// The frame of a page for the request's caller.
    pub async fn shell(&self, incoming: &Incoming, title: &str, crumbs: Vec<Crumb>) -> Result<PageShell> {
        let caller = incoming.caller()?;
        let features = self.app.runner.gate().features(caller.tenant()).await?;
        let tenants = self.companies.of(caller.login, caller.tenant()).await?;
        let today = self.today(caller);
        let frame = Frame { caller, features, tenants, today };
        Ok(page_shell(&self.app.registry, incoming, frame, title, crumbs))
    }

    /// Today where the caller's company is.
    pub fn today(&self, caller: &Caller) -> NaiveDate {
        caller.company.today(self.app.runner.clock().now())
    }
}

/// The company's name, logo and colours.
pub fn tenant_badge(caller: &Caller) -> TenantBadge {
    let company = &caller.company;
    brand_badge(&company.name, &company.slug, company.brand_version)
}

/// The same of a company that nobody has logged in to yet.
pub(crate) fn brand_badge(name: &str, slug: &str, version: i64) -> TenantBadge {
    let version = brand_key(slug, version);
    TenantBadge {
        name: name.to_owned(),
        logo_url: format!("/brand/logo?v={version}"),
        brand_url: format!("/brand.css?v={version}"),
    }
}

/// Under what a browser may keep a company's brand for ever. Two companies of one person share an address.
pub(crate) fn brand_key(slug: &str, version: i64) -> String {
    format!("{slug}-{version}")
}

pub(crate) fn page_shell(
    registry: &Registry,
    incoming: &Incoming,
    frame: Frame<'_>,
    title: &str,
    crumbs: Vec<Crumb>,
) -> PageShell {
    let Frame { caller, features, tenants, today } = frame;
    let offers = Offers { registry, caller, features };
    let tenants = if tenants.is_empty() {
        let company = &caller.company;
        vec![TenantChoice { id: company.slug.clone(), name: company.name.clone(), current: true }]
    } else {
        tenants
    };
    PageShell {
        title: title.to_owned(),
        crumbs,
        nav: offers.navigation(&incoming.path),
        create: PageShell::create_items().into_iter().filter(|item| offers.creates(item)).collect(),
        tenant: tenant_badge(caller),
        tenants,
        user: UserBadge::new(&caller.name, role_name(caller), &caller.email),
        theme: browser::theme(incoming),
        density: browser::density(incoming),
        locale: Locale::from_tag(&caller.company.locale),
        today: today.to_string(),
        csrf: incoming.csrf.clone().unwrap_or_default(),
        assistant: AssistantPanel {
            open: browser::cookie(incoming, "assistant").as_deref() == Some("open"),
            suggestions: SUGGESTIONS.map(str::to_owned).to_vec(),
            ..AssistantPanel::default()
        },
        toast: browser::notice(incoming),
    }
}

const SUGGESTIONS: [&str; 3] = ["What should I reorder?", "Which deliveries are late?", "Show my open orders"];

/// A role's code in words: the first role of a person is the main one.
fn role_name(caller: &Caller) -> String {
    let code = caller.roles.first().map(String::as_str).unwrap_or_default().replace(['_', '-'], " ");
    let mut letters = code.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a person's rights and the company's plan leave of the navigation.
struct Offers<'a> {
    registry: &'a Registry,
    caller: &'a Caller,
    features: Vec<String>,
}

impl Offers<'_> {
    fn navigation(&self, path: &str) -> Vec<NavGroup> {
        let mut groups = navigation(path);
        for group in &mut groups {
            group.items.retain(|item| self.shows(item));
        }
        groups.retain(|group| !group.items.is_empty());
        groups
    }

    fn shows(&self, item: &NavItem) -> bool {
        if let Some((feature, entity)) = entity_at(self.registry, &item.url) {
            return includes(&self.features, feature)
                && self.caller.permissions.allow_verb(entity.meta.permission, Verb::Read);
        }
        let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        if let Some(report) = self.registry.reports().find(|report| last(report.path) == last(&item.url)) {
            return includes(&self.features, report.feature) && self.caller.permissions.allow(report.permission);
        }
        item.url != "/settings" || self.caller.permissions.allow_named("company.settings.read")
    }

    fn creates(&self, item: &NavItem) -> bool {
        match item.url.strip_suffix("/new").and_then(|list| entity_at(self.registry, list)) {
            Some((feature, entity)) => {
                includes(&self.features, feature)
                    && self.caller.permissions.allow_verb(entity.meta.permission, Verb::Create)
            }
            // The import: of whatever the person may create.
            None => self.registry.entities().any(|(feature, entity)| {
                entity.meta.importable
                    && entity.meta.section != SETTINGS
                    && entity.has(Verb::Create)
                    && includes(&self.features, feature)
                    && self.caller.permissions.allow_verb(entity.meta.permission, Verb::Create)
            }),
        }
    }
}

/// Whether a plan's features include one.
pub fn includes(features: &[String], feature: Feature) -> bool {
    features.iter().any(|known| known == "*" || known == feature.name())
}

fn entity_at(registry: &Registry, list_url: &str) -> Option<(Feature, &'static Registered)> {
    registry.entities().find(|(_, entity)| entity.meta.list_url() == list_url)
}
