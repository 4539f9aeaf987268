//! Files as people send them: what is read, what is refused, and how it is said.

use kontor_exchange::{Delimiter, Encoding, Limits, RowError, Sheet, code, read};

fn table(bytes: impl AsRef<[u8]>) -> Sheet {
    read(bytes.as_ref(), Limits::default()).unwrap()
}

fn refused(bytes: impl AsRef<[u8]>) -> Vec<RowError> {
    read(bytes.as_ref(), Limits::default()).unwrap_err()
}

/// Row, line, column and code of each error.
fn places(errors: &[RowError]) -> Vec<(u32, u32, Option<&str>, &str)> {
    errors.iter().map(|error| (error.row, error.line, error.field.as_deref(), error.code)).collect()
}

fn values(sheet: &Sheet) -> Vec<Vec<Option<&str>>> {
    sheet.rows.iter().map(|row| row.values().collect()).collect()
}

#[test]
fn a_plain_table_is_read() {
    let sheet = table("name, city ,note\nChai,Berlin,\"a, \"\"b\"\"\"\n\n,NULL, x \n");
    assert_eq!(sheet.columns, ["name", "city", "note"]);
    assert_eq!(values(&sheet), [vec![Some("Chai"), Some("Berlin"), Some("a, \"b\"")], vec![None, None, Some(" x ")]]);
    assert_eq!((sheet.delimiter, sheet.encoding), (Delimiter::Comma, Encoding::Utf8));
    assert!(sheet.notices.is_empty());
    assert_eq!(sheet.column("city"), Some(1));
}

#[test]
fn rows_and_lines_are_counted_apart() {
    let sheet = table("name,note\n\"a\",\"two\nlines\"\n\n,\nb,\n");
    let numbers: Vec<(u32, u32)> = sheet.rows.iter().map(|row| (row.row, row.line)).collect();
    assert_eq!(numbers, [(1, 2), (2, 6)]);
}

#[test]
fn windows_1252_is_read_and_said_so() {
    let sheet = table(b"name;city\nS\xfc\xdfwaren;K\xf6ln\n");
    assert_eq!(values(&sheet), [vec![Some("Süßwaren"), Some("Köln")]]);
    assert_eq!((sheet.encoding, sheet.delimiter), (Encoding::Windows1252, Delimiter::Semicolon));
    assert_eq!(sheet.notices.first().unwrap().code, "read_as_windows_1252");
}

#[test]
fn what_looks_like_a_formula_is_kept_and_our_own_apostrophe_taken_off() {
    let sheet = table("a,b,c,d,e\n=1+1,+49 30,-5,@x,'s\n'=1+1,'+49 30,'-5,'@x,''=1\n");
    assert_eq!(values(&sheet)[..1], [vec![Some("=1+1"), Some("+49 30"), Some("-5"), Some("@x"), Some("'s")]]);
    assert_eq!(values(&sheet)[1..], [vec![Some("=1+1"), Some("+49 30"), Some("-5"), Some("@x"), Some("'=1")]]);
}

#[test]
fn every_bad_row_is_named() {
    let errors = refused("a,b\n1,2\n1,2,3\n\"x\ny\",2\n1\n\"1\"2,3\n4,5\0\n6,\"7\n8,9\n");
    assert_eq!(
        places(&errors),
        [
            (2, 3, None, code::RAGGED_ROW),
            (4, 6, None, code::RAGGED_ROW),
            (5, 7, Some("a"), code::STRAY_QUOTE),
            (6, 8, Some("b"), code::NUL_BYTE),
            (7, 9, Some("b"), code::UNCLOSED_QUOTE),
        ]
    );
    assert_eq!(
        errors[0].to_string(),
        "row 2 (line 3): the row has 3 fields and the header 2: quote values that contain the delimiter"
    );
}

#[test]
fn a_header_needs_names_all_different() {
    let errors = refused("name, ,name\n1,2,3\n");
    assert_eq!(places(&errors), [(0, 1, None, code::MISSING_HEADER), (0, 1, Some("name"), code::DUPLICATE_COLUMN)]);
    assert_eq!(places(&refused("a\0b,c\n1,2\n")), [(0, 1, Some("a\0b"), code::NUL_BYTE)]);
    assert_eq!(places(&refused("a,\"b\n1,2\n")), [(0, 1, None, code::UNCLOSED_QUOTE)]);
}

#[test]
fn a_file_without_rows_is_refused() {
    for empty in ["", "\n\n", "\u{feff}", ",,\n"] {
        assert_eq!(places(&refused(empty)), [(0, 0, None, code::EMPTY_FILE)], "{empty:?}");
    }
    assert_eq!(places(&refused("name,city\n\n,\n")), [(0, 0, None, code::NO_ROWS)]);
}

#[test]
fn limits_hold_to_the_row_and_byte() {
    let rows = |count: usize| format!("name\n{}", "x\n".repeat(count));
    assert_eq!(table(rows(10_000)).rows.len(), 10_000);
    assert_eq!(places(&refused(rows(10_001))), [(10_001, 10_002, None, code::TOO_MANY_ROWS)]);
    let wide = |columns: usize| {
        format!(
            "{}\n{}\n",
            (1..=columns).map(|n| format!("c{n}")).collect::<Vec<_>>().join(","),
            "x,".repeat(columns - 1)
        )
    };
    assert_eq!(table(wide(1_000)).columns.len(), 1_000);
    assert_eq!(places(&refused(wide(1_001))), [(0, 1, None, code::TOO_MANY_COLUMNS)]);
    assert_eq!(places(&refused(",".repeat(1_000_000))), [(0, 1, None, code::TOO_MANY_COLUMNS)]);
    let limits = Limits { bytes: 7, ..Limits::default() };
    assert!(read(b"name\nx\n", limits).is_ok());
    assert_eq!(read(b"name\nxx\n", limits).unwrap_err().first().unwrap().code, code::FILE_TOO_LARGE);
}

#[test]
fn utf_16_needs_its_mark() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let sheet = table(utf16("\u{feff}name\tcity\r\nChai\tKöln\r\n"));
    assert_eq!((sheet.encoding, sheet.delimiter), (Encoding::Utf16Le, Delimiter::Tab));
    assert_eq!(values(&sheet), [vec![Some("Chai"), Some("Köln")]]);
    assert_eq!(places(&refused(utf16("name\tcity\r\nChai\tKöln\r\n"))), [(0, 0, None, code::UNSUPPORTED_ENCODING)]);
}

#[test]
fn excels_line_that_names_the_delimiter_is_no_header() {
    let sheet = table("sep=;\r\na;b\r\n1;2\r\n");
    assert_eq!((sheet.columns.len(), sheet.rows.first().unwrap().line), (2, 3));
}
