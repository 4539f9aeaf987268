//! The list of any entity: `GET /purchasing/suppliers`, its files, and what can be done to many records at once.

mod address;
mod bulk;
mod chips;
mod columns;
mod facets;
mod profile;
mod query;
mod row;
mod width;

use kontor_entity::Value;
use kontor_http::{Endpoint, Incoming};
use kontor_kernel::{Fault, Result};
use kontor_store::{Cursor, Listed, Operator, Origin, Sort};
use kontor_transfer::{ExportFormat, export};
use poem::Response;
use rust_decimal::Decimal;

use super::{
    Target,
    display::Display,
    names::{Names, read_names},
};
use crate::{
    Web, browser,
    view::{
        Action, ActionTarget, Choice, EmptyState, Export, Fact, FilterChip, Icon, ListFooter, ListRow, ListView,
        Search, ViewTab,
    },
};
use address::Address;
use columns::Columns;
use facets::Facets;
use kontor_access::Verb;
use profile::Profile;
use query::{PAGE, PageQuery};

pub(super) use columns::{listed_cells, listed_fields};
pub(super) use profile::order_state;
pub(super) use row::Row;

pub(super) fn endpoints(web: &Web, target: Target) -> Vec<Endpoint> {
    let url = target.meta().list_url();
    let mut endpoints = vec![
        web.get(url.clone(), move |web, incoming| show(web, incoming, target)),
        web.get(format!("{url}/export"), move |web, incoming| file(web, incoming, target)),
    ];
    if target.entity.has(Verb::Archive) {
        endpoints.push(web.post(format!("{url}/bulk"), move |web, incoming| bulk::archive(web, incoming, target)));
    }
    endpoints
}

/// What one page of a list was read as.
struct Rows {
    listed: Vec<Listed>,
    /// Whether there are rows after these.
    more: bool,
    facets: Facets,
    /// What the records that rows came from are called.
    sources: Names,
    total: u64,
    sum: Option<Decimal>,
}

async fn show(web: Web, incoming: Incoming, target: Target) -> Result<Response> {
    let caller = incoming.caller()?;
    let today = web.today(caller);
    let address = Address::new(target.meta().list_url(), &incoming.query);
    let query = PageQuery::read(target, &address, &incoming.query, today)?;
    let rows = read(&web, &incoming, target, &query).await?;
    let display = Display::of(caller, today);
    let shell = web.shell(&incoming, target.meta().plural, target.crumbs(None)).await?;
    let columns = Columns::of(&web, &incoming, target, &address);
    let filters = chips::chips(&web, &incoming, target, &address, &rows.facets);
    let mut heads = columns.heads(&query);
    let listed: Vec<ListRow> =
        rows.listed.iter().map(|listed| columns.row(&display, &rows.facets, &rows.sources, listed)).collect();
    width::fit(&mut heads, &listed);
    let page = ListView {
        shell,
        name: target.meta().collection.to_owned(),
        url: target.meta().list_url(),
        title: target.meta().plural.to_owned(),
        noun: target.noun(),
        actions: actions(&incoming, target),
        menu: menu(&incoming, target, &address),
        exports: exports(&address),
        views: views(target, &address, &query, &rows.facets, &display),
        search: search(target, &address, &filters),
        filters,
        clear_url: address.is_narrowed().then(|| address.cleared()),
        rows: listed,
        footer: footer(target, &address, &query, &rows, &display),
        columns: heads,
        bulk: bulk::actions(&incoming, target, &address),
        empty: empty(&incoming, target, &address),
    };
    if browser::swaps_into(&incoming, "list") {
        return web.part("list/_list.html", &page);
    }
    web.page(&incoming, 200, &page)
}

async fn read(web: &Web, incoming: &Incoming, target: Target, query: &PageQuery) -> Result<Rows> {
    let meta = target.meta();
    let links = chips::link_facets(web, incoming, target, &query.list);
    let own = Profile::of(meta).facets;
    let (sum, backwards) = (summed(target), query.backwards);
    web.read(incoming, target, &|tx| {
        let (web, list, links) = (web.clone(), query.list.clone(), links.clone());
        Box::pin(async move {
            let (mut listed, next) = tx.list_records(meta, &list).await?;
            let more = next.is_some() || backwards;
            if backwards {
                listed.reverse();
            }
            let ids: Vec<_> = listed.iter().map(|row| row.stored.id).collect();
            let facets = Facets::read(tx, own, &links, &ids).await?;
            let sources = read_names(tx, &Columns::sources(&web, target, &listed)).await?;
            let (total, sum) = tx.list_totals(meta, &list, sum).await?;
            Ok(Rows { listed, more, facets, sources, total: u64::try_from(total).unwrap_or(0), sum })
        })
    })
    .await
}

/// The amount whose sum says something about a list: what it can be ordered by.
fn summed(target: Target) -> Option<&'static str> {
    let fields = target.meta().all_fields();
    fields
        .filter(|field| field.listed && field.sortable && matches!(field.kind, kontor_entity::Kind::Amount))
        .map(|field| field.name)
        .last()
}

fn actions(incoming: &Incoming, target: Target) -> Vec<Action> {
    let Some(caller) = &incoming.caller else { return Vec::new() };
    if !target.allows(caller, Verb::Create) {
        return Vec::new();
    }
    let mut actions = Vec::new();
    if target.imports(caller) {
        let url = format!("/import?entity={}", target.meta().collection);
        actions.push(Action::new("Import", Icon::FileSpreadsheet, ActionTarget::Link { url }));
    }
    actions.push(new_record(target).primary().key('c'));
    actions
}

/// What the head of the page offers, where it has no room for buttons.
fn menu(incoming: &Incoming, target: Target, address: &Address) -> Vec<Action> {
    let files = exports(address).into_iter().map(|export| {
        Action::new(format!("Export as {}", export.label), Icon::Download, ActionTarget::Download { url: export.url })
    });
    let actions =
        actions(incoming, target).into_iter().rev().map(|action| Action { primary: false, key: None, ..action });
    actions.chain(files).collect()
}

fn new_record(target: Target) -> Action {
    let url = format!("{}/new", target.meta().list_url());
    Action::new(format!("New {}", target.label()), Icon::Plus, ActionTarget::Link { url })
}

fn exports(address: &Address) -> Vec<Export> {
    let file = |label: &str, icon, format| Export {
        label: label.to_owned(),
        icon,
        url: address.of("/export", &[("format", format)]),
    };
    vec![file("CSV", Icon::FileText, "csv"), file("Excel (.xlsx)", Icon::FileSpreadsheet, "xlsx")]
}

/// The view as a file: the same rows that the page shows, all of them.
async fn file(web: Web, incoming: Incoming, target: Target) -> Result<Response> {
    let named = incoming.query_value("format").unwrap_or("csv");
    let format = ExportFormat::parse(named)
        .ok_or_else(|| Fault::NotAllowed.on("format").with_detail("a list is exported as csv or xlsx"))?;
    let address = Address::new(target.meta().list_url(), &incoming.query);
    let query = PageQuery::read(target, &address, &[], web.today(incoming.caller()?))?;
    let call = incoming.call(Origin::Web)?;
    export(&web.app.runner, &call, target.feature, target.entity, query.list, format).await
}

fn views(target: Target, address: &Address, query: &PageQuery, facets: &Facets, display: &Display) -> Vec<ViewTab> {
    let own = Profile::of(target.meta()).views;
    if !own.is_empty() {
        let tab = |view: &profile::ViewSpec| ViewTab {
            label: view.label.to_owned(),
            count: facets.count("view", view.name).map(|count| display.locale.count(count)),
            url: address.view(view.name),
            current: query.view.is_some_and(|current| current.name == view.name),
        };
        return own.iter().map(tab).collect();
    }
    if !target.entity.has(Verb::Archive) {
        return Vec::new();
    }
    let tab = |label: &str, archived: &str, current| ViewTab {
        label: label.to_owned(),
        count: None,
        url: address.with(&[("archived", archived)]),
        current,
    };
    vec![tab("All", "", !query.list.archived), tab("Archived", "true", query.list.archived)]
}

fn search(target: Target, address: &Address, filters: &[FilterChip]) -> Option<Search> {
    target.meta().all_fields().any(|field| field.searchable).then(|| {
        // What a chip sends by itself is not sent twice.
        let shown = |name: &str| name == "q" || filters.iter().any(|chip| chip.name == name);
        let kept = address.pairs().iter().filter(|(name, _)| !shown(name));
        Search {
            query: address.get("q").unwrap_or_default().to_owned(),
            placeholder: format!("Find {}", target.noun()),
            // The template reads a kept parameter's name as the choice's value, and its value as the label.
            keep: kept.map(|(name, value)| Choice::new(name, value)).collect(),
        }
    })
}

fn footer(target: Target, address: &Address, query: &PageQuery, rows: &Rows, display: &Display) -> ListFooter {
    let shown = u64::try_from(rows.listed.len()).unwrap_or(0);
    let count = |count| display.locale.count(count);
    let sort = Sort { descending: query.list.sort.descending != query.backwards, ..query.list.sort };
    let at = |listed: &Listed| {
        let value = match sort.field {
            "created_at" => Value::Null,
            field => listed.stored.get(target.meta(), field).clone(),
        };
        Cursor::new(sort, &value, listed.stored.id).encode()
    };
    let offset = query.offset.min(rows.total);
    let next = rows
        .listed
        .last()
        .filter(|_| rows.more)
        .map(|last| address.with(&[("cursor", &at(last)), ("offset", &(offset + shown).to_string())]));
    let previous = rows.listed.first().filter(|_| offset > 0).map(|first| {
        let page = u64::from(PAGE);
        if offset <= page {
            return address.with(&[]);
        }
        address.with(&[("before", &at(first)), ("offset", &(offset - page).to_string())])
    });
    ListFooter {
        from: count(if shown == 0 { 0 } else { offset + 1 }),
        to: count(offset + shown),
        total: count(rows.total),
        more: rows.total > shown,
        sum: sum(target, rows, display),
        previous_url: previous,
        next_url: next,
    }
}

/// Amounts in several currencies have no sum.
fn sum(target: Target, rows: &Rows, display: &Display) -> Option<Fact> {
    let name = summed(target)?;
    let currency = match target.meta().field("currency").filter(|_| target.meta().document) {
        Some(_) => rows.facets.only("currency")?,
        None => &display.currency,
    };
    let label = target.meta().field(name)?.title();
    Some(Fact::new(label, display.locale.money(rows.sum?, currency)))
}

fn empty(incoming: &Incoming, target: Target, address: &Address) -> EmptyState {
    let (noun, narrowed) = (target.noun(), address.is_narrowed());
    let creates = incoming.caller.as_ref().is_some_and(|caller| target.allows(caller, Verb::Create));
    if narrowed {
        let text = match address.get("q") {
            Some(words) => format!("Nothing found for “{words}”. Try another word, or clear the filters to see all."),
            None => "Clear the filters to see all.".to_owned(),
        };
        let url = address.cleared();
        let clear = Action::new("Clear filters", Icon::RotateCcw, ActionTarget::Link { url });
        return EmptyState {
            icon: Icon::SearchX,
            title: format!("No {noun} match these filters"),
            text,
            actions: vec![clear],
        };
    }
    let viewed = address.get("view").is_some() || address.get("archived").is_some();
    EmptyState {
        icon: Icon::of(target.meta().icon),
        title: if viewed { format!("No {noun} here") } else { format!("No {noun} yet") },
        text: match (creates, target.meta().importable) {
            _ if viewed => "Another view may have what you look for.".to_owned(),
            (true, true) => "Create one, or import them from a file.".to_owned(),
            (true, false) => "Create the first one, or let the assistant draft it.".to_owned(),
            (false, _) => "They appear here once there are any.".to_owned(),
        },
        actions: if viewed { Vec::new() } else { actions(incoming, target) },
    }
}

/// The value that a filter of the address has, where it is for equality.
fn equal_to(list: &kontor_store::ListQuery, field: &str) -> Option<Value> {
    let condition = list.conditions.iter().find(|c| c.field == field && c.operator == Operator::Equal)?;
    condition.values.first().cloned()
}
