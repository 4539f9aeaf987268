//! Tables of related records on a record's page.

use kontor_access::Caller;
use kontor_entity::{EntityMeta, FieldMeta, Kind, Value};
use kontor_kernel::Result;
use kontor_store::{Condition, ListQuery, Listed, Operator, Tx};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{
    Target,
    display::{Display, StoredJson, column_kind},
    list::{listed_cells, listed_fields},
};
use crate::{
    Web,
    view::{Cell, ColumnKind, Link, Table, TableColumn, TableRow},
};

/// Rows that a table on a page shows; the rest is in the list.
const SHOWN: u16 = 10;

/// The latest records of an entity whose field points to a record.
pub(crate) async fn read_related(
    tx: &mut Tx,
    meta: &'static EntityMeta,
    field: &'static str,
    id: Uuid,
) -> Result<(Vec<Listed>, bool)> {
    let condition = Condition { field, operator: Operator::Equal, values: vec![Value::Id(id)] };
    let list = ListQuery { conditions: vec![condition], limit: SHOWN, ..ListQuery::all(meta) };
    let (listed, next) = tx.list_records(meta, &list).await?;
    Ok((listed, next.is_some()))
}

/// Such records as a table, with a way to the whole list.
pub(crate) fn related_table(
    web: &Web,
    caller: &Caller,
    display: &Display,
    target: Target,
    rows: &[Listed],
    more: Option<String>,
) -> Table {
    Table {
        title: target.meta().plural.to_owned(),
        more: more.map(|url| Link::new(format!("All {}", target.noun()), url)),
        columns: listed_fields(target).into_iter().map(column).collect(),
        rows: rows.iter().map(|listed| TableRow::new(listed_cells(web, caller, display, target, listed))).collect(),
        footer: Vec::new(),
        empty: format!("No {} yet.", target.noun()),
    }
}

fn column(field: &FieldMeta) -> TableColumn {
    match column_kind(field) {
        ColumnKind::Money | ColumnKind::Number => TableColumn::numeric(field.title()),
        _ => TableColumn::text(field.title()),
    }
}

/// A document's lines as a table: links first, those that no line has left out, amounts summed in the footer.
pub(crate) fn lines_table(
    web: &Web,
    caller: &Caller,
    display: &Display,
    meta: &EntityMeta,
    record: &StoredJson,
) -> Table {
    let Some(of) = meta.lines.map(|lines| (lines.meta)()) else { return Table::default() };
    let lines = record.lines();
    let named =
        |field: &FieldMeta| !matches!(field.kind, Kind::Link(_)) || lines.iter().any(|line| line.link(field).is_some());
    let fields: Vec<&'static FieldMeta> = of.all_fields().filter(|field| is_shown(of, field) && named(field)).collect();
    let rows = lines
        .iter()
        .map(|line| TableRow::new(fields.iter().map(|field| line_cell(web, caller, display, field, line)).collect()));
    Table {
        title: "Lines".to_owned(),
        more: None,
        columns: fields.iter().map(|field| column(field)).collect(),
        rows: rows.collect(),
        footer: footer(display, &fields, &lines),
        empty: "There are no lines.".to_owned(),
    }
}

/// Ids and links to lines of other documents say nothing to people.
fn is_shown(of: &EntityMeta, field: &FieldMeta) -> bool {
    let to_a_line = matches!(field.kind, Kind::Link(target) if target().parent.is_some());
    !to_a_line && !matches!(field.kind, Kind::Id) && of.parent != Some(field.name)
}

fn line_cell(web: &Web, caller: &Caller, display: &Display, field: &'static FieldMeta, line: &StoredJson) -> Cell {
    if let Some((id, name)) = line.link(field) {
        let code = field.link_name().and_then(|link| line.0.get(link)).map(|link| StoredJson(link.clone()));
        let code = code.map(|link| link.text("code").to_owned()).filter(|code| *code != name && !code.is_empty());
        let name = code.map_or(name.clone(), |code| format!("{code} {name}"));
        return match web.linked_page(caller, field) {
            Some(linked) => Cell::link(name, linked.url(id)),
            None => Cell::text(name),
        };
    }
    match line.value(field) {
        // The other side of an entry's line: nothing rather than a zero.
        Value::Decimal(figure) if figure.is_zero() && matches!(field.kind, Kind::Amount) => Cell::money(""),
        Value::Decimal(figure) if matches!(field.kind, Kind::Amount) => {
            Cell::money(display.locale.amount(figure, &display.currency))
        }
        value => display.cell(field, &value, &display.currency),
    }
}

fn footer(display: &Display, fields: &[&'static FieldMeta], lines: &[StoredJson]) -> Vec<Cell> {
    let sums = fields.iter().any(|field| matches!(field.kind, Kind::Amount));
    if !sums || lines.is_empty() {
        return Vec::new();
    }
    let cells = fields.iter().enumerate().map(|(index, field)| match field.kind {
        Kind::Amount => {
            let sum: Decimal = lines.iter().map(|line| line.decimal(field.name)).sum();
            Cell::money(display.locale.amount(sum, &display.currency))
        }
        _ if index == 0 => Cell::text("Total"),
        _ => Cell::none(),
    });
    cells.collect()
}
