//! The page of a record that nobody edits: a goods receipt, a journal entry, a stock level or move.

use kontor_access::{Caller, Verb};
use kontor_entity::{EntityMeta, FieldMeta, Kind};
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::Result;
use kontor_store::Listed;
use poem::Response;
use uuid::Uuid;

use super::{
    Target,
    activity::{AuditEntry, activity, mentioned, read_activity},
    display::{Display, StoredJson, record_currency, record_title},
    names::{Names, read_names},
    table::{lines_table, read_related, related_table},
};
use crate::{
    Web,
    view::{Action, ActionTarget, Fact, Icon, Rail, RecordView},
};

pub(super) fn endpoints(web: &Web, target: Target) -> Vec<Endpoint> {
    let url = format!("{}/{{id}}", target.meta().list_url());
    vec![web.get(url, move |web, incoming| show(web, incoming, target))]
}

struct Loaded {
    record: StoredJson,
    audit: Vec<AuditEntry>,
    names: Names,
    /// What the record led to.
    results: Vec<(Target, Vec<Listed>)>,
}

async fn show(web: Web, incoming: Incoming, target: Target) -> Result<Response> {
    let (caller, id, meta) = (incoming.caller()?, incoming.id("id")?, target.meta());
    let display = Display::of(caller, web.today(caller));
    let loaded = load(&web, &incoming, target, id).await?;
    let record = &loaded.record;
    let source = source(&web, caller, meta, record);
    let title = record_title(meta, record);
    let mut tables = Vec::new();
    if meta.lines.is_some() {
        tables.push(lines_table(&web, caller, &display, meta, record));
    }
    for (result, rows) in loaded.results.iter().filter(|(_, rows)| !rows.is_empty()) {
        tables.push(related_table(&web, caller, &display, *result, rows, None));
    }
    let page = RecordView {
        shell: web.shell(&incoming, &title, target.crumbs(Some(&title))).await?,
        title,
        statuses: Vec::new(),
        actions: Vec::new(),
        menu: source.iter().map(|(source, id)| open(*source, *id)).collect(),
        facts: facts(&web, caller, &display, meta, record, source, &loaded.names),
        tables,
        rail: Rail { activity: activity(meta, &loaded.audit, &loaded.names, &display), ..Rail::default() },
    };
    web.page(&incoming, 200, &page)
}

fn open(source: Target, id: Uuid) -> Action {
    let url = source.meta().url(id);
    Action::new(format!("Open {}", source.label()), Icon::of(source.meta().icon), ActionTarget::Link { url })
}

async fn load(web: &Web, incoming: &Incoming, target: Target, id: Uuid) -> Result<Loaded> {
    let (meta, caller) = (target.meta(), incoming.caller()?);
    let sourced: Vec<Target> = Target::all(web)
        .filter(|other| other.meta().sourced && meta.document && other.allows(caller, Verb::Read))
        .collect();
    let sources: Vec<&'static EntityMeta> = Target::all(web).map(Target::meta).collect();
    web.read(incoming, target, &|tx| {
        let (sourced, sources) = (sourced.clone(), sources.clone());
        Box::pin(async move {
            let record = StoredJson::read(&tx.record_json(meta, id).await?.json)?;
            let audit = read_activity(tx, meta, id).await?;
            let mut links = mentioned(meta, &audit);
            if meta.sourced {
                let source = sources.into_iter().find(|source| source.collection == record.text("source_type"));
                links.extend(source.zip(record.text("source_id").parse().ok()));
            }
            let names = read_names(tx, &links).await?;
            let mut results = Vec::new();
            for result in sourced {
                let (rows, _) = read_related(tx, result.meta(), "source_id", id).await?;
                results.push((result, rows));
            }
            Ok(Loaded { record, audit, names, results })
        })
    })
    .await
}

/// The record that led to this one, where the caller may open it.
fn source(web: &Web, caller: &Caller, meta: &EntityMeta, record: &StoredJson) -> Option<(Target, Uuid)> {
    let target = Target::of(&web.app.registry, record.text("source_type")).filter(|_| meta.sourced)?;
    let id = record.text("source_id").parse().ok()?;
    target.allows(caller, Verb::Read).then_some((target, id))
}

fn facts(
    web: &Web,
    caller: &Caller,
    display: &Display,
    meta: &EntityMeta,
    record: &StoredJson,
    source: Option<(Target, Uuid)>,
    names: &Names,
) -> Vec<Fact> {
    let currency = record_currency(meta, |name| Some(record.text(name).to_owned()), &display.currency);
    let shown = meta.all_fields().filter(|field| is_fact(meta, field) && !leads_nowhere(record, field));
    let mut facts: Vec<Fact> = shown
        .map(|field| match record.link(field) {
            Some((id, name)) => match web.linked_page(caller, field) {
                Some(linked) => Fact::new(field.title(), name).to(linked.url(id)),
                None => Fact::new(field.title(), name),
            },
            None => Fact::new(field.title(), display.text(field, &record.value(field), &currency)),
        })
        .collect();
    facts.extend(source.map(|(target, id)| {
        let name = names.get(&id).map_or(target.meta().label, String::as_str);
        Fact::new("Source", name).to(target.meta().url(id))
    }));
    facts
}

/// Most entries take back no other: a link to nothing is no fact.
fn leads_nowhere(record: &StoredJson, field: &FieldMeta) -> bool {
    matches!(field.kind, Kind::Link(_)) && !field.required && record.link(field).is_none()
}

/// Ids say nothing to people, nor does which of its source's entries one is; the number is in the title.
fn is_fact(meta: &EntityMeta, field: &FieldMeta) -> bool {
    let of_source = meta.sourced && (field.name.starts_with("source_") || field.name == "purpose");
    !of_source && !matches!(field.kind, Kind::Id | Kind::List(_) | Kind::Object(_)) && field.name != meta.title
}
