use kontor_entity::{FieldMeta, Kind};
use kontor_http::Incoming;
use kontor_store::ListQuery;

use super::{
    address::Address,
    equal_to,
    facets::{FEW, Facets, LinkFacet},
};
use crate::{
    Web,
    pages::Target,
    view::{Choice, FilterChip, Icon},
};

/// Fields that a list may have a chip for: choices and yes or no among its columns, and links.
fn chip_fields(target: Target) -> impl Iterator<Item = &'static FieldMeta> {
    let offered = |field: &&FieldMeta| match field.kind {
        Kind::Choice(_) | Kind::Boolean => field.listed,
        Kind::Link(_) => true,
        _ => false,
    };
    target.meta().all_fields().filter(|field| field.filterable).filter(offered)
}

fn parameter(field: &FieldMeta) -> String {
    format!("filter[{}]", field.name)
}

/// The links whose records are asked for: those that the caller may read.
pub(super) fn link_facets(web: &Web, incoming: &Incoming, target: Target, list: &ListQuery) -> Vec<LinkFacet> {
    let Some(caller) = &incoming.caller else { return Vec::new() };
    let facets = chip_fields(target).filter_map(|field| {
        let linked = web.linked_page(caller, field)?;
        let selected = equal_to(list, field.name).and_then(|value| value.as_id());
        Some(LinkFacet { field: field.name, target: linked, selected })
    });
    facets.collect()
}

pub(super) fn chips(
    web: &Web,
    incoming: &Incoming,
    target: Target,
    address: &Address,
    facets: &Facets,
) -> Vec<FilterChip> {
    let Some(caller) = &incoming.caller else { return Vec::new() };
    let chips = chip_fields(target).filter_map(|field| {
        let name = parameter(field);
        let selected = address.get(&name).unwrap_or_default();
        let (icon, choices) = match field.kind {
            Kind::Choice(choices) => {
                (Icon::CircleDot, choices.iter().map(|choice| Choice::new(choice.value, choice.label)).collect())
            }
            Kind::Boolean => (Icon::Check, vec![Choice::new("true", "Yes"), Choice::new("false", "No")]),
            _ => (Icon::of(web.linked_page(caller, field)?.icon), few(facets.choices(field.name), selected)?),
        };
        Some(chip(field, name, icon, choices, selected))
    });
    chips.collect()
}

/// The records to choose from: all of a few, or the chosen one of many. One alone leaves no choice.
fn few(choices: Vec<(&str, &str)>, selected: &str) -> Option<Vec<Choice>> {
    let many = choices.len() > FEW;
    let offered = choices.into_iter().filter(|(id, _)| !many || *id == selected);
    let offered: Vec<Choice> = offered.map(|(id, name)| Choice::new(id, name)).collect();
    (offered.len() > 1 || !selected.is_empty()).then_some(offered)
}

fn chip(field: &FieldMeta, name: String, icon: Icon, choices: Vec<Choice>, selected: &str) -> FilterChip {
    let label = field.title();
    let any = Choice::new("", "Any");
    let choices = Choice::select(std::iter::once(any).chain(choices).collect(), selected);
    let value = choices.iter().find(|choice| choice.selected && !choice.value.is_empty());
    FilterChip { name, id: field.name.replace('_', "-"), label, icon, value: value.map(|c| c.label.clone()), choices }
}
