//! A file as rows of values for an entity's fields: everything that can be judged without the database.

use std::collections::HashMap;

use kontor_command::Registered;
use kontor_entity::{EntityMeta, FieldMeta, Kind, Value};
use kontor_exchange::{Limits, Mapping, Row, Sheet, code, read};
use kontor_kernel::{Error, Fault, Result, Violations};

use crate::{
    Code, ImportColumn, ImportError, ImportNotice,
    cell::{Refusal, parse_cell},
    status::Errors,
    target::{Place, importable_fields, labels, targets},
};

/// Column → field, as a person says it.
pub type ColumnMapping = Vec<(String, String)>;

/// What a cell says about its field.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Empty,
    Value(Value),
    /// The code or name of another record.
    Link(String),
    /// Refused; its error is among the table's.
    Refused,
}

#[derive(Debug)]
pub(crate) struct TableRow {
    /// Counted from 1 without the header.
    pub row: u32,
    /// In the order of the table's fields.
    pub cells: Vec<Cell>,
    /// What it is matched by; the code counts before the name.
    pub code: Option<String>,
    pub name: Option<String>,
    /// Something in it was refused: it is not written.
    pub refused: bool,
}

/// A file that could be read.
#[derive(Debug)]
pub(crate) struct Table {
    pub fields: Vec<Place>,
    pub rows: Vec<TableRow>,
    pub errors: Errors,
}

/// What reading a file gives, also when it is refused.
#[derive(Debug)]
pub(crate) struct Reading {
    pub columns: Vec<ImportColumn>,
    pub notices: Vec<ImportNotice>,
    pub rows: usize,
    /// The table, or why there is none.
    pub table: Result<Table, Errors>,
}

/// Reads a file by the guessed or given mapping.
///
/// Takes seconds for a large file: not to be called on a thread that serves requests.
///
/// # Errors
/// One violation for each column or field that the mapping names wrongly.
pub(crate) fn read_table(entity: &Registered, content: &[u8], mapping: Option<&ColumnMapping>) -> Result<Reading> {
    let meta = entity.meta;
    let sheet = match read(content, Limits::default()) {
        Ok(sheet) => sheet,
        Err(refusals) => {
            let mut errors = Errors::default();
            errors.extend(refusals.into_iter().map(ImportError::from));
            return Ok(Reading { columns: Vec::new(), notices: Vec::new(), rows: 0, table: Err(errors) });
        }
    };
    let mapping = map_columns(meta, &sheet, mapping)?;
    let table = Table::of(meta, &sheet, &mapping);
    let Sheet { rows, notices, .. } = sheet;
    Ok(Reading {
        columns: ImportColumn::of(mapping),
        notices: notices.into_iter().map(ImportNotice::from).collect(),
        rows: rows.len(),
        table: Ok(table),
    })
}

fn map_columns(meta: &'static EntityMeta, sheet: &Sheet, given: Option<&ColumnMapping>) -> Result<Mapping> {
    let labels = labels(meta);
    let targets = targets(meta, &labels);
    let Some(pairs) = given else { return Ok(Mapping::guess(sheet, meta.collection, &targets)) };
    let pairs = pairs.iter().map(|(column, field)| (column.as_str(), field.as_str()));
    Mapping::given(sheet, &targets, pairs).map_err(|refusals| {
        let mut violations = Violations::new();
        for refusal in refusals {
            let path = format!("mapping[{}]", refusal.field.as_deref().unwrap_or_default());
            let code = match refusal.code {
                code::UNKNOWN_COLUMN => Code::UnknownColumn.info(),
                code::DUPLICATE_FIELD => Fault::DuplicateField.info(),
                _ => Fault::UnknownField.info(),
            };
            violations.add_text(code, path, refusal.message);
        }
        Error::from(violations)
    })
}

impl Table {
    fn of(meta: &'static EntityMeta, sheet: &Sheet, mapping: &Mapping) -> Self {
        let places: HashMap<&str, Place> = importable_fields(meta).map(|place| (place.1.name, place)).collect();
        // Each mapped column with its field.
        let mapped: Vec<(usize, Place)> = mapping
            .columns
            .iter()
            .enumerate()
            .filter_map(|(column, mapped)| Some((column, *places.get(mapped.field.as_deref()?)?)))
            .collect();
        let mut errors = Errors::default();
        let mut rows: Vec<TableRow> = sheet.rows.iter().map(|row| read_row(meta, row, &mapped, &mut errors)).collect();
        let mut doubles = Errors::default();
        refuse_doubles(meta, &mut rows, &mut doubles);
        errors.merge(doubles);
        Self { fields: mapped.into_iter().map(|(_, place)| place).collect(), rows, errors }
    }
}

fn read_row(meta: &EntityMeta, row: &Row, mapped: &[(usize, Place)], errors: &mut Errors) -> TableRow {
    let mut cells = Vec::with_capacity(mapped.len());
    let (mut code, mut name, mut refused) = (None, None, false);
    for (column, (_, field)) in mapped {
        let cell = read_cell(field, row.get(*column)).unwrap_or_else(|refusal| {
            errors.push(refused_cell(row.row, field.name, &refusal));
            refused = true;
            Cell::Refused
        });
        if let Cell::Value(Value::Text(text)) = &cell {
            if field.name == meta.code {
                code = Some(text.clone());
            } else if field.name == meta.title {
                name = Some(text.clone());
            }
        }
        cells.push(cell);
    }
    TableRow { row: row.row, cells, code, name, refused }
}

fn read_cell(field: &'static FieldMeta, text: Option<&str>) -> Result<Cell, Refusal> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        return if crate::target::is_needed(field) { Err(Refusal::of(Fault::Required)) } else { Ok(Cell::Empty) };
    };
    if let Kind::Link(_) = field.kind {
        return Ok(Cell::Link(text.trim().to_owned()));
    }
    Ok(match parse_cell(field, text)? {
        Value::Null => Cell::Empty,
        value => Cell::Value(value),
    })
}

/// An error as it stands in the list.
pub(crate) fn refused_cell(row: u32, field: &str, refusal: &Refusal) -> ImportError {
    ImportError {
        row,
        field: Some(field.to_owned()),
        code: refusal.code.id.to_owned(),
        message: refusal.message.clone().into_owned(),
    }
}

/// Rows that would be the same record: of one code, or of one name where one of them has no code.
fn refuse_doubles(meta: &EntityMeta, rows: &mut [TableRow], errors: &mut Errors) {
    let mut codes: HashMap<&str, Vec<u32>> = HashMap::new();
    let mut names: HashMap<&str, (Vec<u32>, bool)> = HashMap::new();
    for row in rows.iter() {
        if let Some(code) = &row.code {
            codes.entry(code).or_default().push(row.row);
        }
        if let Some(name) = &row.name {
            let (rows, codeless) = names.entry(name).or_default();
            rows.push(row.row);
            *codeless |= row.code.is_none();
        }
    }
    let mut doubles: Vec<(u32, &'static str, String)> = Vec::new();
    let by_code = codes.into_values().map(|rows| (meta.code, rows));
    let by_name = names.into_values().filter(|(_, codeless)| *codeless).map(|(rows, _)| (meta.title, rows));
    for (field, rows) in by_code.chain(by_name).filter(|(_, rows)| rows.len() > 1) {
        doubles.extend(rows.iter().map(|row| (*row, field, doubles_text(*row, &rows))));
    }
    doubles.sort();
    for (row, field, message) in doubles {
        errors.push(refused_cell(row, field, &Refusal::new(Code::DuplicateInFile.info(), message)));
        let index = rows.binary_search_by_key(&row, |row| row.row).ok();
        if let Some(row) = index.and_then(|index| rows.get_mut(index)) {
            row.refused = true;
        }
    }
}

fn doubles_text(row: u32, rows: &[u32]) -> String {
    const NAMED: usize = 5;
    let others: Vec<String> = rows.iter().filter(|other| **other != row).take(NAMED).map(u32::to_string).collect();
    let noun = if others.len() == 1 { "row" } else { "rows" };
    let more = if rows.len() > NAMED + 1 { " and others" } else { "" };
    format!("stands in {noun} {}{more} too", others.join(", "))
}
