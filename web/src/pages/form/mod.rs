//! The form of any entity: new, open, save, archive. A product's page grows from it.

mod conflict;
mod fields;
mod filled;

use kontor_access::{Caller, Verb};
use kontor_command::Saved;
use kontor_entity::{Mode, draft_from_texts};
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{Error, ErrorKind, Result};
use kontor_store::{Listed, Origin};
use poem::Response;
use uuid::Uuid;

use super::{
    Target,
    activity::{AuditEntry, activity, mentioned, read_activity},
    display::{Display, StoredJson, record_title},
    names::{Names, read_names},
    product::{self, ProductFacts},
    table::{read_related, related_table},
};
use crate::{
    Web, answer,
    refusal::is_refusal,
    view::{Action, ActionTarget, Fact, Field, FieldSection, FormView, Icon, ProductView, Rail, Status, Table, Tone},
};

pub(crate) use conflict::conflict;
pub(crate) use fields::{Source, Typed, line_field, summary};
pub(crate) use filled::filled_form;

/// What the form grows into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    /// With stock and moves.
    Product,
}

pub(super) fn endpoints(web: &Web, target: Target, kind: Kind) -> Vec<Endpoint> {
    let url = target.meta().list_url();
    let form = Form { target, kind };
    let mut endpoints = vec![web.get(format!("{url}/{{id}}"), move |web, incoming| form.open(web, incoming))];
    if target.entity.has(Verb::Create) {
        endpoints.push(web.get(format!("{url}/new"), move |web, incoming| form.blank(web, incoming)));
        endpoints.push(web.post(url.clone(), move |web, incoming| form.create(web, incoming)));
        endpoints.push(web.post(format!("{url}/{{id}}"), move |web, incoming| form.update(web, incoming)));
    }
    if target.entity.has(Verb::Archive) {
        for (path, archived) in [("archive", true), ("restore", false)] {
            let handler = move |web, incoming| archive(web, incoming, target, archived);
            endpoints.push(web.post(format!("{url}/{{id}}/{path}"), handler));
        }
    }
    endpoints
}

#[derive(Clone, Copy)]
struct Form {
    target: Target,
    kind: Kind,
}

/// What the page of a record was read as.
#[derive(Default)]
struct Loaded {
    record: Option<StoredJson>,
    audit: Vec<AuditEntry>,
    names: Names,
    related: Vec<(Target, &'static str, Vec<Listed>, bool)>,
    product: Option<ProductFacts>,
}

impl Form {
    async fn blank(self, web: Web, incoming: Incoming) -> Result<Response> {
        let call = incoming.call(Origin::Web)?;
        let operation = self.target.operation(Verb::Create);
        web.app.runner.admit(&call, operation).await?;
        let mut typed = Typed::of_query(self.target.meta(), &incoming);
        if self.kind == Kind::Product {
            for (name, tax) in product::suggested_taxes(&web, &call, operation).await? {
                typed.suggest(name, tax.to_string());
            }
        }
        let loaded = self.load(&web, &incoming, None, Some(&typed)).await?;
        self.render(&web, &incoming, loaded, Some(&typed), None).await
    }

    async fn open(self, web: Web, incoming: Incoming) -> Result<Response> {
        let loaded = self.load(&web, &incoming, Some(incoming.id("id")?), None).await?;
        self.render(&web, &incoming, loaded, None, None).await
    }

    async fn create(self, web: Web, incoming: Incoming) -> Result<Response> {
        let call = incoming.call(Origin::Web)?;
        web.app.runner.admit(&call, self.target.operation(Verb::Create)).await?;
        let meta = self.target.meta();
        let display = Display::of(incoming.caller()?, web.today(incoming.caller()?));
        let typed = Typed::of_form(meta, &incoming.form());
        let draft = draft_from_texts(meta, &typed.canonical(meta, &display), Mode::Create);
        match web.create(&call, self.target, draft).await {
            Ok(written) => Ok(answer::done(&meta.url(written.id), &format!("{} created", meta.label))),
            Err(error) if is_refusal(&error) => {
                let loaded = self.load(&web, &incoming, None, Some(&typed)).await?;
                self.render(&web, &incoming, loaded, Some(&typed), Some(&error)).await
            }
            Err(error) => Err(error),
        }
    }

    async fn update(self, web: Web, incoming: Incoming) -> Result<Response> {
        let call = incoming.call(Origin::Web)?;
        web.app.runner.admit(&call, self.target.operation(Verb::Update)).await?;
        let (meta, id) = (self.target.meta(), incoming.id("id")?);
        let display = Display::of(incoming.caller()?, web.today(incoming.caller()?));
        let form = incoming.form();
        let (typed, version) = (Typed::of_form(meta, &form), version_of(&form));
        let draft = draft_from_texts(meta, &typed.canonical(meta, &display), Mode::Patch);
        match web.update(&call, self.target, id, version, draft).await {
            Ok(Saved::Written(_)) => Ok(answer::done(&meta.url(id), "Changes saved")),
            Ok(Saved::Unchanged(_)) => Ok(answer::done(&meta.url(id), "Nothing was changed")),
            Err(error) if is_refusal(&error) => {
                let loaded = self.load(&web, &incoming, Some(id), Some(&typed)).await?;
                self.render(&web, &incoming, loaded, Some(&typed), Some(&error)).await
            }
            Err(error) => Err(error),
        }
    }

    /// Everything that the page shows, in one transaction.
    async fn load(self, web: &Web, incoming: &Incoming, id: Option<Uuid>, typed: Option<&Typed>) -> Result<Loaded> {
        let (meta, caller) = (self.target.meta(), incoming.caller()?);
        let related: Vec<_> = if id.is_some() { related(web, caller, self.target) } else { Vec::new() };
        let of_product = self.kind == Kind::Product && id.is_some();
        let wants = if of_product { Some(product::wants(web, caller)) } else { None };
        let links = typed.map(|typed| typed.links(meta)).unwrap_or_default();
        web.read(incoming, self.target, &|tx| {
            let (mut links, related, wants) = (links.clone(), related.clone(), wants.clone());
            Box::pin(async move {
                let mut loaded = Loaded::default();
                if let Some(id) = id {
                    loaded.record = Some(StoredJson::read(&tx.record_json(meta, id).await?.json)?);
                    loaded.audit = read_activity(tx, meta, id).await?;
                    links.extend(mentioned(meta, &loaded.audit));
                    for (target, field) in related {
                        let (rows, more) = read_related(tx, target.meta(), field, id).await?;
                        loaded.related.push((target, field, rows, more));
                    }
                    if let Some(wants) = wants {
                        loaded.product = Some(ProductFacts::read(tx, id, wants).await?);
                    }
                }
                loaded.names = read_names(tx, &links).await?;
                Ok(loaded)
            })
        })
        .await
    }

    async fn render(
        self,
        web: &Web,
        incoming: &Incoming,
        loaded: Loaded,
        typed: Option<&Typed>,
        refusal: Option<&Error>,
    ) -> Result<Response> {
        let caller = incoming.caller()?;
        let display = Display::of(caller, web.today(caller));
        let form = self.view(web, incoming, caller, &display, &loaded, typed, refusal).await?;
        let status = refusal.map_or(200, |error| error.kind().status());
        match (self.kind, &loaded.product) {
            (Kind::Product, Some(facts)) => {
                let record = loaded.record.as_ref();
                let stock = record.and_then(|record| facts.stock_card(web, caller, &display, record));
                let moves = record.and_then(|record| facts.moves(web, &display, record));
                web.page(incoming, status, &ProductView { form, stock, moves })
            }
            (Kind::Product, None) => web.page(incoming, status, &ProductView { form, stock: None, moves: None }),
            (Kind::Plain, _) => web.page(incoming, status, &form),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one page, each made once by its caller")]
    async fn view(
        self,
        web: &Web,
        incoming: &Incoming,
        caller: &Caller,
        display: &Display,
        loaded: &Loaded,
        typed: Option<&Typed>,
        refusal: Option<&Error>,
    ) -> Result<FormView> {
        let (target, meta) = (self.target, self.target.meta());
        let record = loaded.record.as_ref();
        let title = record.map_or_else(|| format!("New {}", target.label()), |record| record_title(meta, record));
        let archived = record.is_some_and(StoredJson::is_archived);
        let verb = if record.is_some() { Verb::Update } else { Verb::Create };
        let stale = refusal.filter(|error| error.kind() == ErrorKind::Stale);
        let source = Source { web, caller, display, meta, record, typed, names: &loaded.names, refusal };
        let mut fields = source.fields();
        if let Some(first) = fields.first_mut().filter(|_| record.is_none()) {
            first.autofocus = refusal.is_none();
        }
        let url = record.map_or_else(|| meta.list_url(), |record| meta.url(record.text("id")));
        let before = format!("this {} can be saved", target.label());
        Ok(FormView {
            shell: web.shell(incoming, &title, target.crumbs(Some(&title))).await?,
            statuses: if archived { vec![Status::quiet("Archived", Tone::Neutral)] } else { Vec::new() },
            version: record.map(StoredJson::version),
            editable: !archived && target.allows(caller, verb),
            save_label: if record.is_some() { "Save".to_owned() } else { format!("Create {}", target.label()) },
            back_url: meta.list_url(),
            menu: record.map(|record| self.menu(web, caller, record)).unwrap_or_default(),
            sections: sections(fields),
            errors: refusal.filter(|_| stale.is_none()).map(|error| summary(meta, error, &before)),
            conflict: stale
                .and(typed)
                .zip(record)
                .map(|(typed, record)| conflict(&source, typed, record, &loaded.audit, url.clone())),
            rail: record.map(|record| rail(meta, record, loaded, display)),
            tables: self.tables(web, caller, display, loaded),
            action: url,
            title,
        })
    }

    fn menu(self, web: &Web, caller: &Caller, record: &StoredJson) -> Vec<Action> {
        let meta = self.target.meta();
        let url = meta.url(record.text("id"));
        let mut menu: Vec<Action> = related_lists(web, caller, self.target)
            .map(|(target, field)| {
                let url = format!("{}?filter[{field}]={}", target.meta().list_url(), record.text("id"));
                Action::new(target.meta().plural, Icon::of(target.meta().icon), ActionTarget::Link { url })
            })
            .collect();
        if self.target.allows(caller, Verb::Archive) {
            let version = Some(record.version());
            menu.push(if record.is_archived() {
                let target = ActionTarget::Post { url: format!("{url}/restore"), version };
                Action::new("Restore", Icon::RotateCcw, target)
            } else {
                let target = ActionTarget::Post { url: format!("{url}/archive"), version };
                Action::new("Archive", Icon::Trash, target).danger()
            });
        }
        menu
    }

    fn tables(self, web: &Web, caller: &Caller, display: &Display, loaded: &Loaded) -> Vec<Table> {
        let Some(record) = &loaded.record else { return Vec::new() };
        let tables = loaded.related.iter().map(|(target, field, rows, more)| {
            let url = format!("{}?filter[{field}]={}", target.meta().list_url(), record.text("id"));
            related_table(web, caller, display, *target, rows, more.then_some(url))
        });
        tables.collect()
    }
}

/// Lists of records that point to one of this entity, which the caller may read.
fn related_lists<'w>(
    web: &'w Web,
    caller: &'w Caller,
    target: Target,
) -> impl Iterator<Item = (Target, &'static str)> + 'w {
    let links = web.app.registry.links_to(target.meta()).into_iter();
    links.filter_map(move |(meta, field)| {
        let related = Target::of(&web.app.registry, meta.collection)?;
        let filterable = meta.field(field)?.filterable;
        (filterable && related.allows(caller, Verb::Read)).then_some((related, field))
    })
}

/// The documents that a record's page shows under its fields.
fn related(web: &Web, caller: &Caller, target: Target) -> Vec<(Target, &'static str)> {
    let documents = |related: &Target| related.meta().document && !related.meta().read_only;
    related_lists(web, caller, target).filter(|(related, _)| documents(related)).collect()
}

/// The fields of an address stand under their own heading.
fn sections(fields: Vec<Field>) -> Vec<FieldSection> {
    const ADDRESS: [&str; 5] = ["street", "city", "region", "postal_code", "country"];
    let (address, rest): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|field| ADDRESS.contains(&field.name.as_str()));
    let (notes, main): (Vec<_>, Vec<_>) = rest.into_iter().partition(|field| field.span == 4);
    let mut sections = vec![FieldSection { title: None, fields: main }];
    if !address.is_empty() {
        sections.push(FieldSection { title: Some("Address".to_owned()), fields: address });
    }
    if !notes.is_empty() {
        sections.push(FieldSection { title: Some("Notes".to_owned()), fields: notes });
    }
    sections
}

fn rail(meta: &kontor_entity::EntityMeta, record: &StoredJson, loaded: &Loaded, display: &Display) -> Rail {
    let fact = |label: &str, name: &str| {
        let time = record.time(name)?;
        Some(Fact::new(label, display.moment(time)))
    };
    Rail {
        title: "About".to_owned(),
        facts: [fact("Created", "created_at"), fact("Changed", "updated_at")].into_iter().flatten().collect(),
        link: None,
        activity: activity(meta, &loaded.audit, &loaded.names, display),
    }
}

async fn archive(web: Web, incoming: Incoming, target: Target, archived: bool) -> Result<Response> {
    let call = incoming.call(Origin::Web)?;
    let id = incoming.id("id")?;
    let version = version_of(&incoming.form());
    let url = target.meta().url(id);
    match web.archive(&call, target, id, version, archived).await {
        Ok(()) if archived => Ok(answer::done(&target.meta().list_url(), &format!("{} archived", target.meta().label))),
        Ok(()) => Ok(answer::done(&url, &format!("{} restored", target.meta().label))),
        Err(error) if is_refusal(&error) => Ok(answer::refused(&url, error.text())),
        Err(error) => Err(error),
    }
}

/// The version that was on screen.
pub(crate) fn version_of(form: &[(String, String)]) -> Option<i64> {
    form.iter().find(|(name, _)| name == "version").and_then(|(_, text)| text.parse().ok())
}
