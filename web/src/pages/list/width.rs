//! How wide columns must be so that numbers, dates and figures are never cut, however a company writes them.

use crate::view::{Cell, CellKind, Column, ListRow};

/// The steps of the style sheet's classes `w-…`, in pixels.
const STEP: u16 = 16;
const WIDEST: u16 = 256;

/// The room around a cell's text, at the table's edges too.
const PADDING: u16 = 34;
/// A column's heading is smaller than its cells, and keeps room for the arrow of its order.
const ARROW: u16 = 16;
/// A state's dot and the ends of its badge; the bar of a progress.
const BADGE: u16 = 30;
const BAR: u16 = 52;

/// Columns of texts share what is left, and end in an ellipsis; all others show what they hold.
pub(super) fn fit(columns: &mut [Column], rows: &[ListRow]) {
    for (index, column) in columns.iter_mut().enumerate() {
        let Some(least) = column.kind.least_width() else { continue };
        let cells = rows.iter().filter_map(|row| row.cells.get(index));
        let needed = cells.map(cell_width).fold(head_width(column), u16::max);
        column.width = (needed > least).then(|| needed.next_multiple_of(STEP).min(WIDEST));
    }
}

fn head_width(column: &Column) -> u16 {
    let arrow = if column.sort.is_some() { ARROW } else { 0 };
    text_width(&column.label).saturating_mul(12) / 13 + arrow + PADDING
}

fn cell_width(cell: &Cell) -> u16 {
    let extra = match cell.kind {
        CellKind::Status => BADGE,
        CellKind::Progress => BAR,
        _ => 0,
    };
    let late = cell.late.as_deref().map_or(0, |late| text_width(late) + 4);
    text_width(&cell.text) + extra + late + PADDING
}

/// About as wide as the typeface draws a text at 13 px, rather more than less.
fn text_width(text: &str) -> u16 {
    let tenths = text.chars().fold(0_u16, |sum, letter| {
        sum.saturating_add(match letter {
            'i' | 'j' | 'l' => 32,
            't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | '\'' | '(' | ')' | ' ' | '\u{a0}' => 45,
            'm' | 'w' | 'M' | 'W' | '%' => 122,
            '0'..='9' => 83,
            'A'..='Z' => 92,
            _ => 76,
        })
    });
    tenths / 10
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::ColumnKind;

    fn width(kind: ColumnKind, cell: Cell) -> Option<u16> {
        let mut columns = [Column::new("x", "X", kind)];
        let row =
            ListRow { id: String::new(), url: String::new(), label: String::new(), meta: None, cells: vec![cell] };
        fit(&mut columns, &[row]);
        columns.first().and_then(|column| column.width)
    }

    #[test]
    fn what_fits_keeps_the_usual_width() {
        assert_eq!(width(ColumnKind::Id, Cell::id("PO-00067", "/")), None);
        assert_eq!(width(ColumnKind::Date, Cell::date("05.11.2026")), None);
        assert_eq!(width(ColumnKind::Date, Cell::date("20 Nov 2026")), None);
        assert_eq!(width(ColumnKind::Money, Cell::money("1.443,00\u{a0}€")), None);
        assert_eq!(width(ColumnKind::Status, Cell::status(crate::view::Status::default())), None);
    }

    #[test]
    fn longer_numbers_dates_and_amounts_get_their_room() {
        assert_eq!(width(ColumnKind::Id, Cell::id("STK-2026-00052", "/")), Some(160));
        assert_eq!(width(ColumnKind::Date, Cell::late("05.11.2026", "16 d late")), Some(176));
        assert_eq!(width(ColumnKind::Date, Cell::late("15 Nov 2026", "116 d late")), Some(192));
        assert_eq!(width(ColumnKind::Money, Cell::money("€\u{a0}141,069,561.22")), Some(160));
    }

    #[test]
    fn a_heading_is_shown_whole_with_its_arrow() {
        let heading = Column::new("code", "Supplier number", ColumnKind::Id);
        let mut columns = [heading.sort("/", crate::view::SortDirection::Ascending)];
        fit(&mut columns, &[]);
        assert_eq!(columns.first().and_then(|column| column.width), Some(144));
    }

    #[test]
    fn texts_share_the_rest_and_nothing_is_wider_than_the_widest() {
        assert_eq!(width(ColumnKind::Text, Cell::text("x".repeat(200))), None);
        assert_eq!(width(ColumnKind::Id, Cell::id("X".repeat(200), "/")), Some(WIDEST));
    }
}
