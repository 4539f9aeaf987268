//! What is written is read back unchanged.

use kontor_exchange::write::{Cell, csv::Encoder};
use kontor_exchange::{Delimiter, Encoding, Limits, read};
use proptest::prelude::*;

/// Text with all that CSV and spreadsheets find special, more often than chance would have it.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z=+@'\",;|\t\r\n -]{0,8}",
        "'{0,2}(NULL|=1\\+1|-12\\.50|\\+49)",
        any::<String>().prop_map(|text| text.replace('\0', "")),
    ]
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1_usize..5).prop_flat_map(|width| prop::collection::vec(prop::collection::vec(text(), width), 1..8))
}

/// Written by the encoder, in chunks, under columns `column 1`, `column 2`, ….
fn written(table: &[Vec<String>]) -> Vec<u8> {
    let names: Vec<String> = (1..=table.first().unwrap().len()).map(|place| format!("column {place}")).collect();
    let mut encoder = Encoder::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut bytes = encoder.take();
    for row in table {
        encoder.row(&row.iter().map(|text| Cell::Text(text)).collect::<Vec<_>>()).unwrap();
        bytes.extend(encoder.take());
    }
    bytes
}

/// As the reader gives it: empty is absent, and a row of nothing is no row.
fn expected(table: &[Vec<String>]) -> Vec<Vec<Option<String>>> {
    let rows = table.iter().filter(|row| row.iter().any(|text| !text.is_empty()));
    rows.map(|row| row.iter().map(|text| Some(text.clone()).filter(|text| !text.is_empty())).collect()).collect()
}

fn read_back(bytes: &[u8]) -> Vec<Vec<Option<String>>> {
    match read(bytes, Limits::default()) {
        Ok(sheet) => {
            sheet.rows.iter().map(|row| row.values().map(|value| value.map(str::to_owned)).collect()).collect()
        }
        Err(errors) => {
            assert!(errors.iter().all(|error| error.code == "no_rows"), "{errors:?}");
            Vec::new()
        }
    }
}

proptest! {
    #[test]
    fn export_then_import_changes_nothing(table in table()) {
        prop_assert_eq!(read_back(&written(&table)), expected(&table));
    }

    #[test]
    fn a_second_export_is_the_same_file(table in table()) {
        let bytes = written(&table);
        let again: Vec<Vec<String>> =
            read_back(&bytes).into_iter().map(|row| row.into_iter().map(Option::unwrap_or_default).collect()).collect();
        let kept: Vec<Vec<String>> = table.into_iter().filter(|row| row.iter().any(|text| !text.is_empty())).collect();
        if !kept.is_empty() {
            prop_assert_eq!(written(&again), written(&kept));
        }
    }

    #[test]
    fn no_cell_of_an_export_can_run(table in table()) {
        let bytes = written(&table);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes.as_slice());
        for record in reader.records() {
            for field in &record.unwrap() {
                let number = field.strip_prefix('-').is_some_and(|rest| rest.parse::<f64>().is_ok());
                prop_assert!(number || !field.starts_with(['=', '+', '-', '@', '\t', '\r']), "{:?}", field);
            }
        }
    }

    /// Any delimiter is found, whatever the (quoted) fields hold and in whatever encoding the file is.
    #[test]
    fn the_delimiter_is_found(
        table in prop::collection::vec(prop::collection::vec("[a-zäß0-9 ,;|\t\"\n.-]{0,12}", 3), 2..8),
        delimiter in prop::sample::select(vec![Delimiter::Comma, Delimiter::Semicolon, Delimiter::Tab, Delimiter::Pipe]),
        encoding in prop::sample::select(vec![Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252]),
    ) {
        let byte = u8::try_from(delimiter.as_char()).unwrap();
        let mut writer = csv::WriterBuilder::new().delimiter(byte).from_writer(Vec::new());
        writer.write_record(["id", "näme", "note"]).unwrap();
        for row in &table {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let bytes: Vec<u8> = match encoding {
            Encoding::Utf8 => text.clone().into_bytes(),
            Encoding::Utf16Le => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
            Encoding::Windows1252 => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(),
        };
        match read(&bytes, Limits::default()) {
            Ok(sheet) => {
                prop_assert_eq!((sheet.delimiter, sheet.encoding), (delimiter, encoding));
                prop_assert_eq!(sheet.columns, ["id", "näme", "note"]);
            }
            Err(errors) => prop_assert!(errors.iter().all(|error| error.code == "no_rows"), "{:?}", errors),
        }
    }

    /// No bytes at all make the reader panic.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, Limits::default());
    }

    #[test]
    fn any_marks_are_read_or_refused(bytes in "[ab,;\"\r\n'=\0]{0,60}") {
        if let Err(errors) = read(bytes.as_bytes(), Limits::default()) {
            prop_assert!(!errors.is_empty());
        }
    }
}
