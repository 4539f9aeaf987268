//! Records of delimited text, by RFC 4180 as far as files keep to it.
//!
//! Written here rather than taken from the `csv` crate, which reads a quote that is never closed to the end of the file
//! without a word and joins text after a closing quote to the field: an import has to refuse both by row. The tests hold
//! the two against each other on everything RFC 4180 allows.

/// Fields of a record that are kept. A file of nothing but delimiters would else take many times its size in memory.
pub(crate) const MOST_FIELDS: usize = 1_000;

/// One record as it stands in the text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Record {
    /// Line the record begins on, from 1. Line breaks are `\n`, `\r\n` and `\r`, also inside quotes.
    pub(crate) line: u32,
    /// The first [`MOST_FIELDS`].
    pub(crate) fields: Vec<String>,
    /// Fields it has in all.
    pub(crate) count: usize,
    pub(crate) flaw: Option<Flaw>,
}

impl Record {
    /// A line with nothing, or nothing but delimiters, on it: spreadsheets write those below a table.
    pub(crate) fn is_blank(&self) -> bool {
        let all_kept = self.count == self.fields.len();
        all_kept && self.flaw.is_none() && self.fields.iter().all(String::is_empty)
    }
}

/// What cannot be read as it was meant. The number is the field's, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// The text ended inside quotes.
    UnclosedQuote(usize),
    /// Text followed the closing quote.
    StrayQuote(usize),
}

/// Iterates over the records of a text, blank lines included.
pub(crate) struct Records<'t> {
    rest: &'t str,
    delimiter: char,
    line: u32,
}

/// How a field ended.
enum End {
    Delimiter,
    Record,
}

impl<'t> Records<'t> {
    pub(crate) fn new(text: &'t str, delimiter: char) -> Self {
        Self { rest: text, delimiter, line: 1 }
    }

    /// Takes text up to the next delimiter or line break.
    fn plain(&mut self, field: &mut String) -> End {
        let end = self.rest.find([self.delimiter, '\n', '\r']).unwrap_or(self.rest.len());
        let (text, rest) = self.rest.split_at(end);
        field.push_str(text);
        self.rest = rest;
        self.end()
    }

    /// Takes the delimiter or line break that stands next.
    fn end(&mut self) -> End {
        if let Some(rest) = self.rest.strip_prefix(self.delimiter) {
            self.rest = rest;
            return End::Delimiter;
        }
        if let Some(rest) = self.rest.strip_prefix("\r\n").or_else(|| self.rest.strip_prefix(['\n', '\r'])) {
            self.rest = rest;
            self.line = self.line.saturating_add(1);
        }
        End::Record
    }

    /// Takes text up to the closing quote, a doubled quote being one of the text. `false` when there is none.
    fn quoted(&mut self, field: &mut String) -> bool {
        loop {
            let Some((text, rest)) = self.rest.split_once('"') else {
                field.push_str(self.rest);
                self.count_lines(self.rest);
                self.rest = "";
                return false;
            };
            field.push_str(text);
            self.count_lines(text);
            match rest.strip_prefix('"') {
                Some(rest) => {
                    field.push('"');
                    self.rest = rest;
                }
                None => {
                    self.rest = rest;
                    return true;
                }
            }
        }
    }

    fn count_lines(&mut self, text: &str) {
        let feeds = text.bytes().filter(|&byte| byte == b'\n').count();
        let returns = text.bytes().filter(|&byte| byte == b'\r').count();
        let breaks = feeds + returns - text.matches("\r\n").count();
        self.line = self.line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        if self.rest.is_empty() {
            return None;
        }
        let mut record = Record { line: self.line, fields: Vec::new(), count: 0, flaw: None };
        loop {
            let number = record.count;
            let mut field = String::new();
            let end = match self.rest.strip_prefix('"') {
                None => self.plain(&mut field),
                Some(rest) => {
                    self.rest = rest;
                    let closed = self.quoted(&mut field);
                    let quoted = field.len();
                    let end = self.plain(&mut field);
                    if !closed {
                        record.flaw.get_or_insert(Flaw::UnclosedQuote(number));
                    } else if field.len() > quoted {
                        record.flaw.get_or_insert(Flaw::StrayQuote(number));
                    }
                    end
                }
            };
            record.count += 1;
            if record.count <= MOST_FIELDS {
                record.fields.push(field);
            }
            match end {
                End::Delimiter => {}
                End::Record => return Some(record),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

    use proptest::prelude::*;

    use super::*;

    fn records(text: &str) -> Vec<Record> {
        Records::new(text, ',').collect()
    }

    fn fields(text: &str) -> Vec<Vec<String>> {
        records(text).into_iter().map(|record| record.fields).collect()
    }

    #[test]
    fn quotes_hold_delimiters_quotes_and_line_breaks() {
        assert_eq!(
            fields("a,\"b, \"\"c\"\"\nd\",\r\ne,5\" pipe,\"\""),
            [["a", "b, \"c\"\nd", ""], ["e", "5\" pipe", ""]]
        );
        assert_eq!(fields(",\n"), [["", ""]]);
        assert_eq!(fields("a,"), [["a", ""]]);
    }

    #[test]
    fn lines_are_counted_whatever_breaks_them() {
        let lines = |text| records(text).iter().map(|record| record.line).collect::<Vec<_>>();
        assert_eq!(lines("a\nb\nc"), [1, 2, 3]);
        assert_eq!(lines("a\r\nb\r\nc"), [1, 2, 3]);
        assert_eq!(lines("a\rb\rc"), [1, 2, 3]);
        assert_eq!(lines("a\n\nb"), [1, 2, 3]);
        assert_eq!(lines("\"a\r\nb\rc\nd\"\ne"), [1, 5]);
    }

    #[test]
    fn flaws_are_told_and_reading_goes_on() {
        let read = records("a,\"b\" c,d\ne,f,g\nh,\"i,j\nk");
        assert_eq!(read[0].flaw, Some(Flaw::StrayQuote(1)));
        assert_eq!(read[0].fields, ["a", "b c", "d"]);
        assert_eq!(read[1].flaw, None);
        assert_eq!((read[2].line, read[2].flaw), (3, Some(Flaw::UnclosedQuote(1))));
        assert_eq!(read.len(), 3);
    }

    #[test]
    fn a_record_of_very_many_fields_is_counted_and_not_kept() {
        let read = records(&",".repeat(5_000));
        assert_eq!((read[0].count, read[0].fields.len(), read[0].is_blank()), (5_001, 1_000, false));
    }

    proptest! {
        #[test]
        fn well_formed_text_reads_as_the_csv_crate_reads_it(
            table in prop::collection::vec(prop::collection::vec("[a-z ,;\"'\r\nü]{0,6}", 1..5), 1..6),
            crlf: bool,
        ) {
            let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
            let mut writer = csv::WriterBuilder::new().flexible(true).terminator(terminator).from_writer(Vec::new());
            for row in &table {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(fields(&text), table);
        }

        #[test]
        fn any_text_is_read_to_its_end(text in "[ab,\"\r\n]{0,40}") {
            let read = records(&text);
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&read.iter().flat_map(|record| &record.fields).cloned().collect::<String>()), letters(&text));
        }
    }
}
