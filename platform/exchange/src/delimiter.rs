//! Which character stands between the fields.

use serde::Serialize;

use crate::record::Records;

/// The character between two fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    Comma,
    /// What spreadsheets write where the comma is the decimal sign.
    Semicolon,
    Tab,
    Pipe,
}

impl Delimiter {
    const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    pub fn as_char(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Semicolon => ';',
            Self::Tab => '\t',
            Self::Pipe => '|',
        }
    }

    /// For a sentence: `comma`, `semicolon`, `tab`, `pipe`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Pipe => "pipe",
        }
    }
}

/// Finds the delimiter of a text, and the text after the line `sep=;` with which Excel names it.
///
/// Each candidate is tried on the beginning of the text with quotes respected. The one under which the most rows have as
/// many fields as the header wins, weighed with how many those are: a few ragged rows do not hide the delimiter of a wide
/// table. A delimiter that is mostly followed by a space is more likely prose. A text of one column has a comma.
pub(crate) fn sniff(text: &str) -> (Delimiter, &str) {
    if let Some(found) = declared(text) {
        return found;
    }
    let mut best = (Delimiter::Comma, 0.0);
    for delimiter in Delimiter::ALL {
        let weight = weigh(text, delimiter);
        if weight > best.1 {
            best = (delimiter, weight);
        }
    }
    (best.0, text)
}

fn declared(text: &str) -> Option<(Delimiter, &str)> {
    let rest = text.strip_prefix("sep=")?;
    let delimiter = Delimiter::ALL.into_iter().find(|delimiter| rest.starts_with(delimiter.as_char()))?;
    let rest = rest.strip_prefix(delimiter.as_char())?;
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r']))?;
    Some((delimiter, rest))
}

fn weigh(text: &str, delimiter: Delimiter) -> f64 {
    const ROWS: usize = 100;
    let mut records = Records::new(text, delimiter.as_char()).filter(|record| !record.is_blank());
    let Some(header) = records.next().filter(|header| header.count > 1) else { return 0.0 };
    let (mut rows, mut alike, mut fields, mut spaced) = (0_u32, 0_u32, 0_u32, 0_u32);
    let columns = header.count;
    for field in header.fields.iter().skip(1) {
        fields += 1;
        spaced += u32::from(field.starts_with(' '));
    }
    for record in records.take(ROWS) {
        rows += 1;
        alike += u32::from(record.count == columns && record.flaw.is_none());
        for field in record.fields.iter().skip(1) {
            fields += 1;
            spaced += u32::from(field.starts_with(' '));
        }
    }
    let consistency = f64::from(alike + 1) / f64::from(rows + 1);
    let prose = f64::from(spaced) / f64::from(fields.max(1));
    let width = f64::from(u32::try_from(columns).unwrap_or(u32::MAX)).ln();
    consistency * width * (1.0 - prose / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Delimiter {
        sniff(text).0
    }

    #[test]
    fn the_delimiter_is_found_with_the_others_inside_the_fields() {
        assert_eq!(found("name,city\nChai,Berlin\n"), Delimiter::Comma);
        assert_eq!(found("Name;Preis\nChai;1,50\nChang;12,00\n"), Delimiter::Semicolon);
        assert_eq!(found("name\tnote\nChai\ta, b; c\n"), Delimiter::Tab);
        assert_eq!(found("name|note\nChai|a, b\n"), Delimiter::Pipe);
        assert_eq!(found("name,note\n\"a;b;c\",\"d;e\"\n\"x;y\",z\n"), Delimiter::Comma);
        assert_eq!(found("\"a,b\";\"c,d\"\n\"1,2\n3\";4\n"), Delimiter::Semicolon);
        assert_eq!(found("Name (last, first);Amount (EUR, net)\nMüller, Hans;1,50\n"), Delimiter::Semicolon);
    }

    #[test]
    fn ragged_rows_do_not_hide_it() {
        assert_eq!(found("a,b,c,d\n1,2,3,4\n1,2,3,4,5\n1,2,3,4,5\n1;1,2,3,4\n"), Delimiter::Comma);
    }

    #[test]
    fn one_column_or_none_has_a_comma() {
        assert_eq!(found("name\nChai; black\n"), Delimiter::Comma);
        assert_eq!(found(""), Delimiter::Comma);
    }

    #[test]
    fn excels_own_line_is_believed_and_taken_off() {
        assert_eq!(sniff("sep=;\r\na,b;c\r\n"), (Delimiter::Semicolon, "a,b;c\r\n"));
        assert_eq!(found("sep=x\na,b\n"), Delimiter::Comma);
    }
}
