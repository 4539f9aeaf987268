//! Workbooks, opened again to see what is in their cells.

use std::io::Read;

use chrono::{DateTime, NaiveDate, Utc};
use kontor_exchange::write::{Cell, WriteError, xlsx::Encoder};
use rust_decimal::Decimal;

fn created() -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

fn worksheet(bytes: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut xml).unwrap();
    xml
}

#[test]
fn cells_are_typed() {
    let mut encoder =
        Encoder::new("Products: [all]", &["Name", "Price", "Since", "Seen", "Active", "Serial"], created()).unwrap();
    encoder
        .row(&[
            Cell::Text("=1+1 & <b>"),
            Cell::Number(Decimal::new(-1250, 2)),
            Cell::Date(NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()),
            Cell::DateTime(DateTime::parse_from_rfc3339("2026-11-20T12:00:00+01:00").unwrap()),
            Cell::Bool(true),
            Cell::Number(Decimal::new(1_234_567_890_123_456_789, 0)),
        ])
        .unwrap();
    encoder
        .row(&[Cell::Empty, Cell::Empty, Cell::Date(NaiveDate::MIN), Cell::Empty, Cell::Bool(false), Cell::Empty])
        .unwrap();
    let xml = worksheet(encoder.finish().unwrap());
    for part in [
        "<t>=1+1 &amp; &lt;b&gt;</t>",
        "<v>-12.5</v>",
        "<v>46346</v>",
        "<v>46346.5</v>",
        "t=\"b\"><v>1</v>",
        "t=\"b\"><v>0</v>",
        "<t>1234567890123456789</t>",
        "<autoFilter ref=\"A1:F3\"",
        "state=\"frozen\"",
    ] {
        assert!(xml.contains(part), "{part} is missing in {xml}");
    }
    assert!(!xml.contains("<f>"), "no text became a formula");
}

#[test]
fn the_same_table_gives_the_same_bytes() {
    let write = || {
        let mut encoder = Encoder::new("Units", &["Name"], created()).unwrap();
        encoder.row(&[Cell::Text("kg")]).unwrap();
        encoder.finish().unwrap()
    };
    assert_eq!(write(), write());
}

#[test]
fn what_does_not_fit_is_cut_or_refused() {
    let mut encoder = Encoder::new("Notes", &["Note"], created()).unwrap();
    encoder.row(&[Cell::Text(&"ä".repeat(40_000))]).unwrap();
    assert!(matches!(encoder.row(&[]), Err(WriteError::Width { expected: 1, found: 0 })));
    let xml = worksheet(encoder.finish().unwrap());
    assert!(xml.contains("ä…</t>") && xml.matches('ä').count() == 32_766);
}

#[test]
fn ten_thousand_rows_are_written() {
    let mut encoder = Encoder::new("Orders", &["Number", "Total"], created()).unwrap();
    for number in 0..10_000_i64 {
        encoder.row(&[Cell::Text("PO-1"), Cell::Number(Decimal::new(number, 2))]).unwrap();
    }
    assert!(worksheet(encoder.finish().unwrap()).contains("r=\"B10001\""));
}
