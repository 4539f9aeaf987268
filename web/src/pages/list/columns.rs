use kontor_access::{Caller, Verb};
use kontor_entity::{EntityMeta, FieldMeta, Format, Kind};
use kontor_http::Incoming;
use kontor_store::{Listed, Sort};
use uuid::Uuid;

use super::{address::Address, facets::Facets, profile::Profile, query::PageQuery, row::Row};
use crate::{
    Web, browser,
    pages::{
        Target,
        display::{Display, column_kind, record_currency},
        names::Names,
    },
    view::{Cell, Column, ColumnKind, ListRow, MobileSlot, SortDirection},
};

/// The field whose column stands for the record that led to this one.
const SOURCE: &str = "source_type";

/// The columns of a list for one person.
pub(super) struct Columns<'c> {
    web: &'c Web,
    caller: Option<&'c Caller>,
    target: Target,
    address: &'c Address,
    profile: &'static Profile,
    fields: Vec<&'static FieldMeta>,
    hidden: Vec<String>,
}

impl<'c> Columns<'c> {
    pub fn of(web: &'c Web, incoming: &'c Incoming, target: Target, address: &'c Address) -> Self {
        let profile = Profile::of(target.meta());
        Self {
            web,
            caller: incoming.caller.as_deref(),
            target,
            address,
            profile,
            fields: fields(target, profile),
            hidden: browser::hidden_columns(incoming, target.meta().collection)
                .unwrap_or_else(|| profile.hidden.iter().map(|name| (*name).to_owned()).collect()),
        }
    }

    pub fn heads(&self, query: &PageQuery) -> Vec<Column> {
        let sort = Sort { descending: query.list.sort.descending != query.backwards, ..query.list.sort };
        let heads = self.fields.iter().enumerate().map(|(index, field)| {
            let title = if self.is_source(field) { "Source".to_owned() } else { field.title() };
            let mut column = Column::new(field.name, title, self.kind(index, field));
            if field.sortable || field.name == self.target.meta().code {
                let (url, direction) = self.sort(field, sort);
                column = column.sort(url, direction);
            }
            column.hidden = index > 0 && self.hidden.iter().any(|name| name == field.name);
            column.mobile = self.mobile(field);
            column
        });
        let mut heads: Vec<Column> = heads.collect();
        let texts = heads.iter().filter(|column| column.kind == ColumnKind::Text).count();
        for column in heads.iter_mut().filter(|column| texts > 2 && column.kind == ColumnKind::Text) {
            if column.mobile == Some(MobileSlot::Title) {
                column.kind = ColumnKind::Title;
            }
        }
        heads
    }

    fn kind(&self, index: usize, field: &FieldMeta) -> ColumnKind {
        match index {
            0 if field.name == self.target.meta().code => ColumnKind::Id,
            _ if self.is_source(field) => ColumnKind::Id,
            _ => kind_of(field),
        }
    }

    /// The column that shows which record led to this one.
    fn is_source(&self, field: &FieldMeta) -> bool {
        self.target.meta().sourced && field.name == SOURCE
    }

    /// The records that rows came from, those whose names are to be read.
    pub fn sources(web: &Web, target: Target, listed: &[Listed]) -> Vec<(&'static EntityMeta, Uuid)> {
        let shown = target.meta().sourced && Profile::of(target.meta()).columns.contains(&SOURCE);
        let sources = listed.iter().filter(|_| shown).filter_map(|listed| {
            let row = Row { meta: target.meta(), listed };
            let source = Target::of(&web.app.registry, row.text(SOURCE))?;
            Some((source.meta(), row.value("source_id").as_id()?))
        });
        sources.collect()
    }

    fn source_cell(&self, row: &Row<'_>, names: &Names) -> Cell {
        let source = Target::of(&self.web.app.registry, row.text(SOURCE)).zip(row.value("source_id").as_id());
        let Some((source, id)) = source else { return Cell::none() };
        let name = names.get(&id).map_or(source.meta().label, String::as_str);
        match self.caller {
            Some(caller) if source.allows(caller, Verb::Read) => Cell::link(name, source.meta().url(id)),
            _ => Cell::text(name),
        }
    }

    /// The next sort by a column and the present one: a second press turns the order around.
    fn sort(&self, field: &FieldMeta, sort: Sort) -> (String, SortDirection) {
        let now = match (sort.field == field.name, sort.descending) {
            (false, _) => SortDirection::None,
            (true, false) => SortDirection::Ascending,
            (true, true) => SortDirection::Descending,
        };
        // The latest and the largest first, names from A.
        let largest_first = matches!(kind_of(field), ColumnKind::Money | ColumnKind::Number | ColumnKind::Date);
        let descending = match now {
            SortDirection::None => largest_first,
            SortDirection::Ascending => true,
            SortDirection::Descending => false,
        };
        let name = format!("{}{}", if descending { "-" } else { "" }, field.name);
        (self.address.with(&[("sort", &name)]), now)
    }

    /// Where a field stands on a phone: name and figure above, number and state below.
    fn mobile(&self, field: &FieldMeta) -> Option<MobileSlot> {
        let meta = self.target.meta();
        if !self.profile.phone.is_empty() {
            return self.profile.phone.iter().find(|(name, _)| *name == field.name).map(|(_, slot)| *slot);
        }
        let first = |wanted: &dyn Fn(&FieldMeta) -> bool| self.fields.iter().find(|f| wanted(f)).map(|f| f.name);
        let is_link = |f: &FieldMeta| matches!(f.kind, Kind::Link(_));
        let title = if meta.title == meta.code { first(&is_link) } else { Some(meta.title) };
        let title = title.filter(|name| self.fields.iter().any(|f| f.name == *name)).or_else(|| first(&is_link));
        let money = self.fields.iter().rev().find(|f| column_kind(f) == ColumnKind::Money).map(|f| f.name);
        let figure = money.or_else(|| first(&|f| column_kind(f) == ColumnKind::Number));
        let state = first(&|f| matches!(f.kind, Kind::Choice(_)))
            .or_else(|| first(&|f| matches!(f.kind, Kind::Text(Format::Country))));
        let head = self.fields.first().map(|f| f.name);
        match Some(field.name) {
            name if name == title => Some(MobileSlot::Title),
            name if name == figure => Some(MobileSlot::Value),
            name if name == state => Some(MobileSlot::State),
            name if name == head => Some(MobileSlot::Meta),
            _ => None,
        }
    }

    pub fn row(&self, display: &Display, facets: &Facets, sources: &Names, listed: &Listed) -> ListRow {
        let row = Row { meta: self.target.meta(), listed };
        let url = self.target.meta().url(row.id());
        let currency = record_currency(row.meta, |name| Some(row.text(name).to_owned()), &display.currency);
        let cells = self.fields.iter().enumerate().map(|(index, field)| {
            let own = (self.profile.cell)(display, facets, &row, field);
            let own = own.or_else(|| self.is_source(field).then(|| self.source_cell(&row, sources)));
            let cell = own.unwrap_or_else(|| cell(self.web, self.caller, display, &row, field, &currency));
            // The first column is the record itself, whatever it shows.
            if index == 0 { Cell::id(cell.text, url.clone()) } else { cell }
        });
        // On a phone it stands beside the number; where it is the record's own name it is there already.
        let date = self.fields.iter().skip(1).find(|field| matches!(field.kind, Kind::Date));
        ListRow {
            id: row.id().to_string(),
            label: row.title(),
            meta: date
                .map(|field| display.text(field, row.value(field.name), &currency))
                .filter(|text| !text.is_empty()),
            cells: cells.collect(),
            url,
        }
    }
}

/// The listed fields: number and name first.
fn fields(target: Target, profile: &Profile) -> Vec<&'static FieldMeta> {
    let meta = target.meta();
    if !profile.columns.is_empty() {
        return profile.columns.iter().filter_map(|name| meta.field(name)).collect();
    }
    let mut fields: Vec<_> = meta.all_fields().filter(|field| field.listed).collect();
    fields.sort_by_key(|field| match field.name {
        name if name == meta.code => 0,
        name if name == meta.title => 1,
        _ => 2,
    });
    fields
}

/// Cells of the listed fields of a record, for a table on another record's page.
///
/// Where they came from is left out: that is the record whose page it is.
pub(in crate::pages) fn listed_cells(
    web: &Web,
    caller: &Caller,
    display: &Display,
    target: Target,
    listed: &Listed,
) -> Vec<Cell> {
    let row = Row { meta: target.meta(), listed };
    let currency = record_currency(row.meta, |name| Some(row.text(name).to_owned()), &display.currency);
    let cells = listed_fields(target).into_iter().enumerate().map(|(index, field)| {
        let cell = cell(web, Some(caller), display, &row, field, &currency);
        if index == 0 { Cell::link(cell.text, row.meta.url(row.id())) } else { cell }
    });
    cells.collect()
}

pub(in crate::pages) fn listed_fields(target: Target) -> Vec<&'static FieldMeta> {
    let profile = Profile::of(target.meta());
    let fields = fields(target, profile).into_iter();
    fields.filter(|field| field.name != SOURCE && !profile.hidden.contains(&field.name)).collect()
}

fn cell(
    web: &Web,
    caller: Option<&Caller>,
    display: &Display,
    row: &Row<'_>,
    field: &FieldMeta,
    currency: &str,
) -> Cell {
    match row.link(field) {
        Some((id, name)) => match caller.and_then(|caller| web.linked_page(caller, field)) {
            Some(linked) => Cell::link(name, linked.url(id)),
            None => Cell::text(name),
        },
        None => display.cell(field, row.value(field.name), currency),
    }
}

/// Choices are plain words unless a list says what they mean: only states have a dot.
fn kind_of(field: &FieldMeta) -> ColumnKind {
    match field.kind {
        Kind::Choice(_) if is_progress(field) => ColumnKind::Progress,
        Kind::Link(linked) if linked().document => ColumnKind::Id,
        Kind::Link(linked) if linked().collection == "units" => ColumnKind::Short,
        _ => column_kind(field),
    }
}

const fn is_progress(field: &FieldMeta) -> bool {
    matches!(field.name.as_bytes(), b"receipt")
}
