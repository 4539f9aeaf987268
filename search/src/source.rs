//! Which records are found, and what each says.

use std::collections::BTreeSet;

use kontor_command::Registry;
use kontor_entity::{Choice, EntityMeta, FieldMeta, Format, Kind};
use kontor_kernel::Country;
use kontor_store::TenantRecord;

use crate::schema::Document;

/// One kind of record that is found.
#[derive(Debug)]
pub(crate) struct Source {
    pub meta: &'static EntityMeta,
    /// Fields beside code and title under which it is found, by their place.
    texts: Vec<usize>,
    /// What tells it from those of the same name.
    marks: Vec<Mark>,
}

/// One part of the second line.
#[derive(Debug, Clone, Copy)]
enum Mark {
    Code,
    /// A text field by its place.
    Text(usize),
    Country(usize),
    Choice(usize, &'static [Choice]),
    /// A link by its place among the links, with its field and the table it points into.
    Link(usize, &'static str, &'static str),
}

/// Every kind of record that is found.
#[derive(Debug)]
pub(crate) struct Sources(Vec<Source>);

impl Sources {
    /// Kinds with something to search in. A kind that only shows the rows of others, such as partners for suppliers and
    /// customers, is left out: its records are found as what they are.
    pub fn of(registry: &Registry) -> Self {
        let metas: Vec<_> = registry.entities().map(|(_, entity)| entity.meta).collect();
        let with_roles: BTreeSet<_> = metas.iter().filter(|meta| meta.role.is_some()).map(|meta| meta.table).collect();
        let sources = metas
            .into_iter()
            .filter(|meta| meta.all_fields().any(|field| field.searchable))
            .filter(|meta| meta.role.is_some() || !with_roles.contains(meta.table))
            .map(Source::of);
        Self(sources.collect())
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Source> {
        self.0.iter()
    }

    /// The kinds whose second line names a record of `table`, with the field that points to it.
    pub fn naming(&self, table: &str) -> impl Iterator<Item = (&Source, &'static str)> {
        self.0
            .iter()
            .filter_map(move |source| source.link().filter(|(_, to)| *to == table).map(|(field, _)| (source, field)))
    }
}

impl Source {
    fn of(meta: &'static EntityMeta) -> Self {
        let named = [meta.code, meta.title];
        let texts = meta
            .all_fields()
            .enumerate()
            .filter(|(_, field)| field.searchable && is_text(field) && !named.contains(&field.name))
            .map(|(place, _)| place);
        Self { meta, texts: texts.collect(), marks: marks(meta) }
    }

    /// The link that the second line names: its field and the table it points into.
    fn link(&self) -> Option<(&'static str, &'static str)> {
        self.marks.iter().find_map(|mark| match mark {
            Mark::Link(_, field, table) => Some((*field, *table)),
            _ => None,
        })
    }

    pub fn document(&self, record: &TenantRecord) -> Document {
        let stored = &record.listed.stored;
        let text = |field: &str| stored.get(self.meta, field).as_text().unwrap_or_default().to_owned();
        let (code, title) = (text(self.meta.code), text(self.meta.title));
        let marks: Vec<String> =
            self.marks.iter().filter_map(|mark| self.mark(*mark, record)).filter(|text| !text.is_empty()).collect();
        let texts = self.texts.iter().filter_map(|place| stored.values.get(*place).as_text().map(str::to_owned));
        let body: BTreeSet<String> = texts.chain(marks.iter().filter(|mark| **mark != code).cloned()).collect();
        Document {
            tenant: record.tenant,
            collection: self.meta.collection,
            id: stored.id,
            subtitle: self.subtitle(&marks),
            body: body.into_iter().collect::<Vec<_>>().join("\n"),
            code,
            title,
        }
    }

    /// `Supplier · London, United Kingdom`; `Product · P-00001 · 10 boxes x 20 bags`.
    fn subtitle(&self, marks: &[String]) -> String {
        let between = if self.marks.iter().any(|mark| matches!(mark, Mark::Country(_))) { ", " } else { " · " };
        if marks.is_empty() {
            return self.meta.label.to_owned();
        }
        format!("{} · {}", self.meta.label, marks.join(between))
    }

    fn mark(&self, mark: Mark, record: &TenantRecord) -> Option<String> {
        let stored = &record.listed.stored;
        let text = |place| stored.values.get(place).as_text();
        match mark {
            Mark::Code => stored.get(self.meta, self.meta.code).as_text().map(str::to_owned),
            Mark::Text(place) => text(place).map(|text| text.lines().next().unwrap_or_default().to_owned()),
            Mark::Country(place) => {
                let code = text(place)?;
                Some(Country::from_code(code).map_or_else(|| code.to_owned(), |country| country.name().to_owned()))
            }
            Mark::Choice(place, choices) => {
                let value = text(place)?;
                let choice = choices.iter().find(|choice| choice.value == value);
                Some(choice.map_or_else(|| value.to_owned(), |choice| choice.label.to_owned()))
            }
            Mark::Link(number, ..) => {
                let (code, name) = record.listed.links.get(number)?;
                name.clone().or_else(|| code.clone())
            }
        }
    }
}

/// At most two parts. A place, where the record has one. Else what it belongs to or its code, then its state or kind, or
/// its next line of text.
fn marks(meta: &'static EntityMeta) -> Vec<Mark> {
    let fields: Vec<_> = meta.all_fields().enumerate().collect();
    let country = fields.iter().find(|(_, field)| matches!(field.kind, Kind::Text(Format::Country)));
    if let Some((country, _)) = country {
        let city = fields.iter().find(|(_, field)| field.name == "city").map(|(place, _)| Mark::Text(*place));
        return city.into_iter().chain([Mark::Country(*country)]).collect();
    }
    let link = fields.iter().filter_map(|(_, field)| link_of(field)).enumerate().find(|(_, (field, _))| field.required);
    let link = link.map(|(number, (field, target))| Mark::Link(number, field.name, target.table));
    let code = (meta.code != meta.title).then_some(Mark::Code);
    let choice = fields.iter().find_map(|(place, field)| match field.kind {
        Kind::Choice(choices) => Some(Mark::Choice(*place, choices)),
        _ => None,
    });
    let line = fields.iter().find(|(_, field)| {
        field.listed && matches!(field.kind, Kind::Text(Format::Line)) && ![meta.code, meta.title].contains(&field.name)
    });
    let line = line.map(|(place, _)| Mark::Text(*place));
    link.or(code).into_iter().chain(choice.or(line)).collect()
}

fn link_of(field: &'static FieldMeta) -> Option<(&'static FieldMeta, &'static EntityMeta)> {
    match field.kind {
        Kind::Link(target) => Some((field, target())),
        _ => None,
    }
}

const fn is_text(field: &FieldMeta) -> bool {
    matches!(field.kind, Kind::Text(_))
}
