//! CSV by RFC 4180: UTF-8, commas, lines ended by CR LF.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{Cell, WriteError};
use crate::escape::escape;

/// Makes CSV row by row; what is ready can be sent on at any time, so an export of any length needs little memory.
///
/// Text that a spreadsheet could run as a formula has an apostrophe put before it, which [`read`](crate::read) takes off
/// again. Dates are ISO 8601, numbers have a point and no grouping, truth values are `true` and `false`.
#[derive(Debug)]
pub struct Encoder {
    width: usize,
    ready: String,
}

impl Encoder {
    /// Begins a table; the header is ready at once.
    pub fn new(columns: &[&str]) -> Self {
        let mut encoder = Self { width: columns.len(), ready: String::new() };
        encoder.line(columns.iter().map(|&name| escape(name)));
        encoder
    }

    /// Adds a row.
    ///
    /// # Errors
    ///
    /// [`WriteError::Width`] when it has more or fewer cells than there are columns; nothing of it is written then.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), WriteError> {
        if cells.len() != self.width {
            return Err(WriteError::Width { expected: self.width, found: cells.len() });
        }
        self.line(cells.iter().map(text));
        Ok(())
    }

    /// Bytes that are ready.
    pub fn len(&self) -> usize {
        self.ready.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ready.is_empty()
    }

    /// Takes the bytes that are ready: whole rows, to be sent before those that follow.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.ready).into_bytes()
    }

    fn line<'c>(&mut self, fields: impl Iterator<Item = Cow<'c, str>>) {
        for (place, field) in fields.enumerate() {
            if place > 0 {
                self.ready.push(',');
            }
            // A single empty field unquoted would be a blank line.
            if (self.width == 1 && field.is_empty()) || needs_quotes(&field) {
                self.ready.push('"');
                self.ready.push_str(&field.replace('"', "\"\""));
                self.ready.push('"');
            } else {
                self.ready.push_str(&field);
            }
        }
        self.ready.push_str("\r\n");
    }
}

fn needs_quotes(field: &str) -> bool {
    // Semicolons and tabs too, so that no reader takes them for the delimiter.
    field.contains([',', ';', '\t', '|', '"', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ')
}

fn text<'c>(cell: &Cell<'c>) -> Cow<'c, str> {
    match *cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => escape(text),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::Date(date) => Cow::Owned(date.to_string()),
        Cell::DateTime(moment) => {
            let mut text = String::with_capacity(25);
            // Writing to a string cannot fail.
            let _ = write!(text, "{}", moment.format("%Y-%m-%dT%H:%M:%S%:z"));
            Cow::Owned(text)
        }
        Cell::Bool(truth) => Cow::Borrowed(if truth { "true" } else { "false" }),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use chrono::{DateTime, NaiveDate};
    use rust_decimal::Decimal;

    use super::*;

    #[test]
    fn a_table_is_written_by_rfc_4180() {
        let mut encoder = Encoder::new(&["name", "+note", "price", "date", "at", "active"]);
        encoder
            .row(&[
                Cell::Text("Chef \"Anton\", Süßwaren"),
                Cell::Text("=HYPERLINK(\"http://x\")"),
                Cell::Number(Decimal::new(-1250, 2)),
                Cell::Date(NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()),
                Cell::DateTime(DateTime::parse_from_rfc3339("2026-11-20T14:00:00.123+01:00").unwrap()),
                Cell::Bool(true),
            ])
            .unwrap();
        encoder.row(&[Cell::Empty, Cell::Text(""), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Bool(false)]).unwrap();
        let expected = concat!(
            "name,'+note,price,date,at,active\r\n",
            "\"Chef \"\"Anton\"\", Süßwaren\",\"'=HYPERLINK(\"\"http://x\"\")\",-12.50,2026-11-20,2026-11-20T14:00:00+01:00,true\r\n",
            ",,,,,false\r\n",
        );
        assert_eq!(String::from_utf8(encoder.take()).unwrap(), expected);
    }

    #[test]
    fn bytes_are_taken_in_whole_rows() {
        let mut encoder = Encoder::new(&["name"]);
        assert_eq!(encoder.take(), b"name\r\n");
        assert!(encoder.is_empty());
        encoder.row(&[Cell::Text("")]).unwrap();
        assert_eq!((encoder.len(), encoder.take()), (4, b"\"\"\r\n".to_vec()));
    }

    #[test]
    fn a_row_of_another_width_is_refused() {
        let mut encoder = Encoder::new(&["a", "b"]);
        assert!(matches!(encoder.row(&[Cell::Empty]), Err(WriteError::Width { expected: 2, found: 1 })));
        assert_eq!(encoder.take(), b"a,b\r\n");
    }
}
