//! Workbooks of Office Open XML (ECMA-376), as spreadsheet programs open them.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet};

use super::{Cell, WriteError};

/// Characters a cell can hold.
const CELL_CHARS: usize = 32_767;
/// Rows a worksheet can hold.
const SHEET_ROWS: u32 = 1_048_576;

/// Makes a workbook of one worksheet row by row. Rows go to a temporary file as they come, so memory does not grow with
/// them; the workbook itself exists only at the end.
///
/// Cells are typed: numbers, dates and truth values can be reckoned with, and text is text, whatever it begins with.
pub struct Encoder {
    workbook: Workbook,
    width: usize,
    /// The row to be written next; 0 is the header.
    next: u32,
    /// Longest text of each column so far, in characters.
    lengths: Vec<usize>,
    formats: Formats,
}

struct Formats {
    header: Format,
    date: Format,
    date_time: Format,
    /// By decimal places.
    numbers: Vec<Format>,
}

impl Formats {
    fn new() -> Self {
        const MOST_PLACES: usize = 10;
        let numbers = (0..=MOST_PLACES).map(|places| match places {
            0 => Format::new().set_num_format("0"),
            _ => Format::new().set_num_format(format!("#,##0.{}", "0".repeat(places))),
        });
        Self {
            header: Format::new().set_bold(),
            date: Format::new().set_num_format("yyyy-mm-dd"),
            date_time: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            numbers: numbers.collect(),
        }
    }
}

impl Encoder {
    /// Begins a table on a worksheet of this name; what a name may not have or is too long is taken out of it. `created`
    /// is written into the workbook's properties.
    ///
    /// # Errors
    ///
    /// [`WriteError::Workbook`] when there is no room for the temporary file.
    pub fn new(name: &str, columns: &[&str], created: DateTime<Utc>) -> Result<Self, WriteError> {
        let mut workbook = Workbook::new();
        let created = ExcelDateTime::from_timestamp(created.timestamp())?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let formats = Formats::new();
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(sheet_name(name))?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, title) in (0..).zip(columns) {
            sheet.write_string_with_format(0, column, *title, &formats.header)?;
        }
        let lengths = columns.iter().map(|title| title.chars().count()).collect();
        Ok(Self { workbook, width: columns.len(), next: 1, lengths, formats })
    }

    /// Adds a row.
    ///
    /// Text longer than the 32,767 characters of a cell is cut and ends in `…`. A number of more than the 15 digits that
    /// spreadsheets reckon with, and a date before 1900, is written as text rather than wrongly.
    ///
    /// # Errors
    ///
    /// [`WriteError::Width`] and [`WriteError::TooManyRows`] before anything of the row is written;
    /// [`WriteError::Workbook`] when the temporary file cannot be written.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        if cells.len() != self.width {
            return Err(WriteError::Width { expected: self.width, found: cells.len() });
        }
        if self.next >= SHEET_ROWS {
            return Err(WriteError::TooManyRows);
        }
        let sheet = self.workbook.worksheet_from_index(0)?;
        for ((column, cell), longest) in (0..).zip(cells).zip(&mut self.lengths) {
            let length = write_cell(sheet, self.next, column, cell, &self.formats)?;
            *longest = length.max(*longest);
        }
        self.next += 1;
        Ok(())
    }

    /// The whole workbook.
    ///
    /// # Errors
    ///
    /// [`WriteError::Workbook`] when the temporary file cannot be read back.
    pub fn finish(mut self) -> Result<Vec<u8>, WriteError> {
        self.lay_out()?;
        Ok(self.workbook.save_to_buffer()?)
    }

    /// Columns as wide as their text within reason, and a filter on the header.
    fn lay_out(&mut self) -> Result<(), WriteError> {
        const WIDTHS: std::ops::RangeInclusive<usize> = 8..=60;
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (column, longest) in (0..).zip(&self.lengths) {
            let width = (longest + 2).clamp(*WIDTHS.start(), *WIDTHS.end());
            sheet.set_column_width(column, u32::try_from(width).unwrap_or(u32::MAX))?;
        }
        if let Some(last) = self.width.checked_sub(1).and_then(|last| u16::try_from(last).ok()) {
            sheet.autofilter(0, 0, self.next - 1, last)?;
        }
        Ok(())
    }
}

/// Writes one cell and tells how many characters it shows.
fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell<'_>,
    formats: &Formats,
) -> Result<usize, WriteError> {
    match *cell {
        Cell::Empty | Cell::Text("") => Ok(0),
        Cell::Text(text) => write_text(sheet, row, column, text),
        Cell::Number(number) => match exact(number) {
            None => write_text(sheet, row, column, &number.to_string()),
            Some(value) => {
                let places = usize::try_from(number.scale()).unwrap_or(usize::MAX);
                match formats.numbers.get(places) {
                    Some(format) => sheet.write_number_with_format(row, column, value, format)?,
                    None => sheet.write_number(row, column, value)?,
                };
                Ok(number.to_string().len())
            }
        },
        Cell::Date(date) => match ExcelDateTime::parse_from_str(&date.to_string()) {
            Ok(value) => {
                sheet.write_datetime_with_format(row, column, value, &formats.date)?;
                Ok("yyyy-mm-dd".len())
            }
            Err(_) => write_text(sheet, row, column, &date.to_string()),
        },
        Cell::DateTime(moment) => {
            let local = moment.format("%Y-%m-%dT%H:%M:%S").to_string();
            match ExcelDateTime::parse_from_str(&local) {
                Ok(value) => {
                    sheet.write_datetime_with_format(row, column, value, &formats.date_time)?;
                    Ok(local.len())
                }
                Err(_) => write_text(sheet, row, column, &local),
            }
        }
        Cell::Bool(truth) => {
            sheet.write_boolean(row, column, truth)?;
            Ok("FALSE".len())
        }
    }
}

fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<usize, WriteError> {
    let length = text.chars().count();
    if length > CELL_CHARS {
        let cut: String = text.chars().take(CELL_CHARS - 1).chain(Some('…')).collect();
        sheet.write_string(row, column, cut)?;
    } else {
        sheet.write_string(row, column, text)?;
    }
    // A text of several lines is as wide as its widest.
    Ok(text.lines().map(|line| line.chars().count()).max().unwrap_or(0))
}

/// The number as a spreadsheet holds it, when it does so without loss.
fn exact(number: Decimal) -> Option<f64> {
    const DIGITS_15: u128 = 1_000_000_000_000_000;
    let digits = number.normalize().mantissa().unsigned_abs();
    if digits < DIGITS_15 { number.to_f64() } else { None }
}

/// A name a worksheet may have: 1 to 31 characters, none of `[]:*?/\`, no apostrophe at either end.
fn sheet_name(name: &str) -> String {
    let plain: String = name.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let cut: String = plain.trim_matches([' ', '\'']).chars().take(31).collect();
    match cut.trim_matches([' ', '\'']) {
        "" => "Export".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worksheet_gets_a_name_it_may_have() {
        assert_eq!(sheet_name("Purchase orders"), "Purchase orders");
        assert_eq!(sheet_name("a/b: [c]"), "a b   c");
        assert_eq!(sheet_name("''"), "Export");
        assert_eq!(sheet_name(&"ü".repeat(40)).chars().count(), 31);
    }

    #[test]
    fn numbers_beyond_fifteen_digits_are_not_rounded() {
        assert_eq!(exact(Decimal::new(-1_250, 2)), Some(-12.5));
        assert_eq!(exact(Decimal::new(999_999_999_999_999, 6)), Some(999_999_999.999_999));
        assert_eq!(exact(Decimal::new(1_234_567_890_123_456, 2)), None);
    }
}
