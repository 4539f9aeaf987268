//! Tables pasted into a request, read row by row: "Item | Qty | Price", rows of a spreadsheet, an order form.
//!
//! A row becomes a line such as "40 Chai @ 17.50", which is then read like any other; columns that say nothing of an order
//! (packing, row numbers, sums) fall away.

use std::borrow::Cow;

use crate::lexicon::is_one_of;
use crate::tokens::{fold, tokenise};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Product,
    Code,
    Quantity,
    Price,
    Day,
    Supplier,
    /// Nothing an order needs.
    Other,
    /// A heading nobody knows.
    Unknown,
}

/// Words of a heading and the column they tell, the firmest first.
const HEADINGS: &[(Column, &str)] = &[
    (
        Column::Other,
        "\
         total|totals|gesamt|gesamtpreis|summe|betrag|sum|pos|position|line|lfd|zeile|row|category|kategorie|\
         warengruppe|note|notes|comment|remarks|bemerkung|hinweis|stock|bestand|lagerbestand|vat|mwst|ust|\
         tax|discount|rabatt",
    ),
    (
        Column::Price,
        "\
         price|prices|preis|preise|einzelpreis|stuckpreis|einkaufspreis|nettopreis|epreis|ep|ek|cost|eur|\
         euro|€|rate",
    ),
    (
        Column::Quantity,
        "\
         qty|qnty|quantity|quantities|menge|bestellmenge|anzahl|amount|units|stuck|stuckzahl|stk|pcs|pieces|\
         count|cases|boxes|kisten|kartons|ordered|bedarf|needed|many|viele|wieviel|wieviele",
    ),
    (
        Column::Code,
        "\
         sku|code|id|nr|no|number|nummer|#|art|artnr|artikelnr|artikelnummer|prodnr|produktnr|produktnummer|\
         ref|productid|itemid|ean|gtin",
    ),
    (Column::Day, "date|delivery|due|eta|termin|liefertermin|lieferdatum|liefertag|datum|lieferung|wunschtermin"),
    (Column::Supplier, "supplier|vendor|lieferant|hersteller"),
    (
        Column::Product,
        "\
         item|items|product|products|article|articles|artikel|produkt|produkte|ware|name|description|\
         bezeichnung|artikelbezeichnung|produktname|artikelname|beschreibung|what|was|goods",
    ),
    (Column::Other, "pack|packing|packaging|packung|unit|uom|einheit|einh|gebinde|size|grosse|ve|me"),
];

fn heading(cell: &str) -> Column {
    let words: Vec<String> = tokenise(cell).into_iter().map(|token| token.fold).collect();
    let of = |known: &str| words.iter().any(|word| is_one_of(word, known));
    HEADINGS.iter().find(|(_, known)| of(known)).map_or(Column::Unknown, |(column, _)| *column)
}

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Border {
    Sign(char),
    /// Two spaces or more.
    Gap,
}

const BORDERS: &[Border] = &[Border::Sign('\t'), Border::Sign('|'), Border::Sign(';'), Border::Gap, Border::Sign(',')];

impl Border {
    /// The cells of a line; one if it has no such border.
    fn cells(self, line: &str) -> Vec<&str> {
        let line = line.trim_matches([' ', '\r']);
        match self {
            Self::Sign('|') => line.trim_matches('|').split('|').map(str::trim).collect(),
            Self::Sign(sign) => line.split(sign).map(str::trim).collect(),
            Self::Gap => line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect(),
        }
    }
}

fn has_words(cell: &str) -> bool {
    cell.chars().filter(|c| c.is_alphabetic()).count() > 1
}

/// The row that adds the others up.
fn is_sum(cell: &str) -> bool {
    const SUMS: &str = "total|totals|subtotal|sum|summe|gesamt|gesamtsumme|zwischensumme";
    tokenise(cell).first().is_some_and(|token| is_one_of(&token.fold, SUMS))
}

/// A row that orders nothing: no quantity, or none.
fn is_blank(cell: &str) -> bool {
    matches!(fold(cell).as_str(), "" | "-" | "–" | "—" | "0" | "none" | "keine" | "nil" | "skip" | "x")
}

/// The columns of a table and how they are parted.
struct Layout {
    border: Border,
    columns: Vec<Column>,
}

impl Layout {
    /// Reads the line that names the columns.
    fn named(line: &str) -> Option<Self> {
        BORDERS.iter().find_map(|border| {
            let cells = border.cells(line);
            let columns: Vec<Column> = cells.iter().map(|cell| heading(cell)).collect();
            let has = |column: Column| columns.contains(&column);
            let brief =
                cells.iter().all(|cell| cell.split(' ').count() <= 4 && !cell.chars().any(|c| c.is_ascii_digit()));
            // Commas and gaps part ordinary sentences as well.
            let firm = matches!(border, Border::Sign('\t' | '|' | ';')) || !has(Column::Unknown);
            let names = has(Column::Product) || has(Column::Code);
            (columns.len() > 1 && brief && firm && names && has(Column::Quantity))
                .then_some(Self { border: *border, columns })
        })
    }

    /// The columns of rows without headings: one of words, one of whole figures, one of prices, perhaps one of sums.
    fn unnamed(lines: &[&str]) -> Option<Self> {
        let width = |border: &Border| {
            let widths = lines.iter().map(|line| border.cells(line).len());
            widths.clone().min().filter(|width| widths.max() == Some(*width) && matches!(width, 3..=5))
        };
        let (border, width) = BORDERS.iter().take(4).find_map(|border| width(border).map(|width| (*border, width)))?;
        let rows: Vec<Vec<&str>> = lines.iter().map(|line| border.cells(line)).collect();
        let all = |place: usize, test: &dyn Fn(&str) -> bool| {
            rows.iter().all(|row| row.get(place).is_some_and(|cell| test(cell)))
        };
        let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        let cents = |cell: &str| {
            let cell = cell.trim_matches([' ', '€', '$', '£']);
            cell.rsplit_once(['.', ','])
                .is_some_and(|(whole, part)| part.len() < 3 && digits(part) && whole.split(['.', ',']).all(digits))
        };
        let mut columns: Vec<Column> = (0..width)
            .map(|place| match place {
                0 if width > 3 && is_numbered(&rows) => Column::Other,
                _ if all(place, &has_words) => Column::Product,
                _ if all(place, &cents) => Column::Price,
                _ if all(place, &digits) => Column::Quantity,
                _ => Column::Unknown,
            })
            .collect();
        // Of two columns of money the last one sums up.
        let money = |columns: &[Column]| columns.iter().filter(|column| **column == Column::Price).count();
        if let (true, Some(last)) = (money(&columns) == 2, columns.last_mut()) {
            *last = if *last == Column::Price { Column::Other } else { Column::Unknown };
        }
        let once = |column: Column| columns.iter().filter(|known| **known == column).count() == 1;
        let whole = once(Column::Product) && once(Column::Price) && once(Column::Quantity);
        (lines.len() > 1 && whole && !columns.contains(&Column::Unknown)).then_some(Self { border, columns })
    }

    /// Whether a line may be a row of this table.
    fn takes(&self, line: &str) -> bool {
        let cells = self.border.cells(line).len();
        let strict = matches!(self.border, Border::Gap | Border::Sign(','));
        cells > 1 && (cells == self.columns.len() || !strict && cells < self.columns.len() + 2)
    }

    /// The row as a line of text; empty when it orders nothing.
    fn spelled_out(&self, line: &str) -> String {
        let cells = self.border.cells(line);
        let of = |wanted: Column| {
            let places = self.columns.iter().zip(&cells).filter(move |(column, _)| **column == wanted);
            places.map(|(_, cell)| cell.trim_matches(['*', '`', ' '])).filter(|cell| !cell.is_empty())
        };
        let quantity = of(Column::Quantity).next().unwrap_or_default();
        let name = of(Column::Product).chain(of(Column::Code)).find(|cell| has_words(cell));
        let code = of(Column::Code).chain(of(Column::Product)).find(|cell| cell.chars().any(|c| c.is_ascii_digit()));
        let product = match (name, code) {
            _ if is_blank(quantity) || cells.iter().any(|cell| is_sum(cell)) => return String::new(),
            (Some(name), _) => name.to_owned(),
            (None, Some(code)) => format!("#{}", code.trim_start_matches('#')),
            (None, None) => return String::new(),
        };
        let price = of(Column::Price).find(|cell| !is_blank(cell)).map(|cell| format!(" @ {cell}")).unwrap_or_default();
        let supplier = of(Column::Supplier).next().map(|cell| format!(" from {cell}")).unwrap_or_default();
        let day = of(Column::Day).next().map(|cell| format!(" by {cell}")).unwrap_or_default();
        format!("{quantity} {product}{price}{supplier}{day}")
    }
}

fn has_figures(line: &str) -> bool {
    line.chars().any(|c| c.is_ascii_digit())
}

/// Whether the first cells count the rows: 1, 2, 3.
fn is_numbered(rows: &[Vec<&str>]) -> bool {
    let number = |(at, row): (usize, &Vec<&str>)| {
        row.first().is_some_and(|cell| cell.trim_end_matches('.') == (at + 1).to_string())
    };
    rows.iter().enumerate().all(number)
}

/// Whether a line only draws a border: "|---|---|".
fn is_rule(line: &str) -> bool {
    line.contains('-') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | '+' | '=' | ' ' | '\t' | '\r'))
}

/// The text with its tables written as lists; as it was when it has none.
pub(crate) fn spelled_out(text: &str) -> Cow<'_, str> {
    let lines: Vec<&str> = text.lines().collect();
    let mut written: Vec<Cow<'_, str>> = Vec::new();
    let mut found = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        let (layout, from) = match Layout::named(line) {
            Some(layout) => (layout, 1),
            None => {
                let block = rest.iter().take_while(|line| has_figures(line)).count();
                match Layout::unnamed(rest.get(..block).unwrap_or_default()) {
                    Some(layout) => (layout, 0),
                    None => {
                        written.push(Cow::Borrowed(line));
                        at += 1;
                        continue;
                    }
                }
            }
        };
        let body = rest.get(from..).unwrap_or_default();
        let row = |line: &&&str| is_rule(line) || layout.takes(line) && (from > 0 || has_figures(line));
        let rows: Vec<&str> = body.iter().take_while(row).copied().collect();
        let spelled = rows.iter().filter(|row| !is_rule(row)).map(|row| layout.spelled_out(row));
        let spelled: Vec<String> = spelled.filter(|row| !row.is_empty()).collect();
        if spelled.is_empty() {
            written.push(Cow::Borrowed(line));
            at += 1;
            continue;
        }
        found = true;
        written.extend(spelled.into_iter().map(Cow::Owned));
        at += from + rows.len();
    }
    if found { Cow::Owned(written.join("\n")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_told_by_their_headings() {
        for (text, wanted) in [
            ("Item;Qty\nBolt;40\nNut;25", "40 Bolt\n25 Nut"),
            ("Menge;Artikelnr.;EP\n15;1;17,90", "15 #1 @ 17,90"),
            ("Code | Quantity\n34 | 48", "48 #34"),
            ("SKU\tDescription\tPack\tQty\n1\tBolt\t10 x 20\t15", "15 Bolt"),
            ("product,quantity,price\nBolt,20,5.80", "20 Bolt @ 5.80"),
            ("Pos\tArtikel\tBezeichnung\tMenge\tE-Preis\tGesamt\n1\t45\tBolzen\t30\t9,20\t276,00", "30 Bolzen @ 9,20"),
            ("Name      Qty    Price\nOak bolt  14     18.50", "14 Oak bolt @ 18.50"),
            ("Item;Qty;Supplier;Due\nBolt;3;Acme;2026-12-04", "3 Bolt from Acme by 2026-12-04"),
        ] {
            assert_eq!(spelled_out(text), wanted, "{text}");
        }
    }

    #[test]
    fn rules_sums_and_rows_without_quantity_fall_away() {
        let text = "Hello\n\n| Item | Qty |\n|---|---|\n| Bolt | 12 |\n| Nut | 0 |\n| Screw | |\n| Total | 12 |\n\nBye";
        assert_eq!(spelled_out(text), "Hello\n\n12 Bolt\n\nBye");
    }

    #[test]
    fn columns_without_headings_are_told_by_their_cells() {
        assert_eq!(spelled_out("Bolt;40;17.50\nNut;25;8.00"), "40 Bolt @ 17.50\n25 Nut @ 8.00");
        assert_eq!(spelled_out("Bolt\t40\t17,50\t700,00\nNut\t5\t8,00\t40,00"), "40 Bolt @ 17,50\n5 Nut @ 8,00");
        assert_eq!(spelled_out("1  Bolt    48   13.60\n2  Nut     24   17.40"), "48 Bolt @ 13.60\n24 Nut @ 17.40");
        assert_eq!(spelled_out("Bolt;40;17\nNut;25;8"), "Bolt;40;17\nNut;25;8");
        assert_eq!(
            spelled_out("Bolt;4;7.50\nNut;5;8.00\nName;qty;price"),
            "4 Bolt @ 7.50\n5 Nut @ 8.00\nName;qty;price"
        );
    }

    #[test]
    fn ordinary_text_stays() {
        for text in ["Please order items, quantity 40", "40 Bolts;\n12 Nuts", "Item: bolt\nQty: 40", "a, b, c\nd, e, f"]
        {
            assert_eq!(spelled_out(text), text);
        }
    }
}
