//! From bytes to text.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::Serialize;

use crate::error::{RowError, code};

/// How the text of a file was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Encoding {
    #[serde(rename = "UTF-8")]
    Utf8,
    #[serde(rename = "UTF-16LE")]
    Utf16Le,
    #[serde(rename = "UTF-16BE")]
    Utf16Be,
    /// Assumed for what is not UTF-8: what spreadsheets on Windows write in Western Europe.
    #[serde(rename = "Windows-1252")]
    Windows1252,
}

impl Encoding {
    /// The name of the WHATWG encoding standard.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
            Self::Windows1252 => "Windows-1252",
        }
    }
}

/// First bytes of files that people take for tables, with what they are.
const FORMATS: [(&[u8], &str); 6] = [
    (b"PK\x03\x04", "a spreadsheet or an archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
];

/// Decodes a file by its byte order mark, else as UTF-8 when it is that, else as Windows-1252, in which every byte is a
/// character.
///
/// # Errors
///
/// [`code::UNSUPPORTED_FORMAT`] for what is no text; [`code::UNSUPPORTED_ENCODING`] for UTF-32, for broken UTF-16, and for
/// UTF-16 without a mark: which of its two byte orders is meant would be a guess.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), RowError> {
    if let Some((_, what)) = FORMATS.iter().find(|(start, _)| bytes.starts_with(start)) {
        let message = format!("the file is {what}: save the table as CSV and send that");
        return Err(RowError::file(code::UNSUPPORTED_FORMAT, message));
    }
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(unsupported("UTF-32"));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        let text = UTF_16LE.decode_without_bom_handling_and_without_replacement(rest);
        return text.map(|text| (text, Encoding::Utf16Le)).ok_or_else(|| unsupported("broken UTF-16"));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        let text = UTF_16BE.decode_without_bom_handling_and_without_replacement(rest);
        return text.map(|text| (text, Encoding::Utf16Be)).ok_or_else(|| unsupported("broken UTF-16"));
    }
    if looks_like_utf16(bytes) {
        return Err(unsupported("UTF-16 without a byte order mark"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((Cow::Borrowed(text), Encoding::Utf8)),
        Err(_) => Ok((WINDOWS_1252.decode_without_bom_handling(bytes).0, Encoding::Windows1252)),
    }
}

fn unsupported(what: &str) -> RowError {
    RowError::file(code::UNSUPPORTED_ENCODING, format!("the file is {what}: save it as UTF-8 and send that"))
}

/// Whether NUL bytes are where UTF-16 has them: beside most line breaks, all on one side, and often enough not to be
/// stray ones (which are refused row by row).
fn looks_like_utf16(bytes: &[u8]) -> bool {
    const SAMPLE: usize = 64 * 1024;
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let (mut first, mut second, mut breaks, mut paired) = (0_usize, 0_usize, 0_usize, 0_usize);
    for pair in sample.chunks_exact(2) {
        let &[one, other] = pair else { continue };
        first += usize::from(one == 0);
        second += usize::from(other == 0);
        breaks += usize::from(one == b'\n') + usize::from(other == b'\n');
        paired += usize::from(matches!((one, other), (b'\n', 0) | (0, b'\n')));
    }
    let (many, few) = (first.max(second), first.min(second));
    // A tenth of the code units is little for a table in any script: delimiters, digits and line breaks are ASCII. Some
    // letters of other scripts have the byte of a line break in them, so not all breaks need be paired.
    let often = if breaks > 0 { many * 20 } else { many * 4 };
    many > 0 && often >= sample.len() && few * 10 <= many && paired * 4 >= breaks * 3
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_mark_is_followed_and_stripped() {
        let text = "name\nSüßwaren 日本 🦀\n";
        assert_eq!(decode(text.as_bytes()).unwrap(), (text.into(), Encoding::Utf8));
        assert_eq!(decode(format!("\u{feff}{text}").as_bytes()).unwrap(), (text.into(), Encoding::Utf8));
        let marked = format!("\u{feff}{text}");
        assert_eq!(decode(&utf16(&marked, u16::to_le_bytes)).unwrap(), (text.into(), Encoding::Utf16Le));
        assert_eq!(decode(&utf16(&marked, u16::to_be_bytes)).unwrap(), (text.into(), Encoding::Utf16Be));
    }

    #[test]
    fn what_is_not_utf_8_is_windows_1252() {
        let (text, encoding) = decode(b"name\nS\xfc\xdfwaren \x80\x99\n").unwrap();
        assert_eq!((text.as_ref(), encoding), ("name\nSüßwaren €™\n", Encoding::Windows1252));
    }

    #[test]
    fn utf_16_without_a_mark_is_refused() {
        for text in [
            "name,city\nChai,Berlin\n",
            "name\r\nx\r\n",
            "name,city",
            "name,名前\nお茶,東京都渋谷区\n緑茶,大阪府大阪市北区\n",
        ] {
            for bytes in [utf16(text, u16::to_le_bytes), utf16(text, u16::to_be_bytes)] {
                assert_eq!(decode(&bytes).unwrap_err().code, code::UNSUPPORTED_ENCODING, "{text}");
            }
        }
    }

    #[test]
    fn stray_nul_bytes_are_left_for_the_rows() {
        for bytes in [
            &b"name,city\nCh\0ai,Berlin\n"[..],
            b"a\0b,c\n1,2\n",
            b"name\nabc\0\n",
            b"name\nx\n\0\n",
            b"n\n1\n2\n3\n4\0\n",
        ] {
            assert!(decode(bytes).is_ok(), "{bytes:?}");
        }
    }

    #[test]
    fn other_formats_are_named() {
        assert_eq!(decode(b"PK\x03\x04rest").unwrap_err().code, code::UNSUPPORTED_FORMAT);
        assert_eq!(decode(b"%PDF-1.7").unwrap_err().code, code::UNSUPPORTED_FORMAT);
        assert_eq!(decode(b"\xff\xfe\0\0n\0\0\0").unwrap_err().code, code::UNSUPPORTED_ENCODING);
        assert_eq!(decode(b"\xff\xfea").unwrap_err().code, code::UNSUPPORTED_ENCODING);
    }
}
