//! Whether a column's values are of a field's kind.

use crate::mapping::TargetKind;
use crate::sheet::Sheet;

/// Rows looked at; more would not change the answer.
const ROWS: usize = 100;

/// Corrects the score of a column's name by its values: a likeness of names counts half when most values are of another
/// kind, and web and mail addresses are known by themselves.
pub(super) fn weigh(score: f64, kind: TargetKind, sheet: &Sheet, column: usize) -> f64 {
    let (mut values, mut fitting, mut plain) = (0_u32, 0_u32, 0_u32);
    for value in sheet.rows.iter().take(ROWS).filter_map(|row| row.get(column)) {
        values += 1;
        fitting += u32::from(fits(value.trim(), kind));
        plain += u32::from(is_plainly(value.trim(), kind));
    }
    match (fitting * 2 >= values, values > 1 && plain == values) {
        (true, true) => score.max(0.6),
        (true, false) => score,
        // The very name of a field is believed all the same: the rows then say what is wrong with their values.
        (false, _) if score >= 1.0 => 0.8,
        (false, _) => score / 2.0,
    }
}

fn fits(value: &str, kind: TargetKind) -> bool {
    let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
    match kind {
        TargetKind::Text | TargetKind::Country | TargetKind::Currency | TargetKind::Link => true,
        TargetKind::Integer => value.parse::<i64>().is_ok(),
        TargetKind::Decimal => has_digit && !value.bytes().any(|byte| byte.is_ascii_alphabetic()) && value.len() < 32,
        TargetKind::Date => is_date(value),
        TargetKind::Bool => {
            let value = value.to_lowercase();
            ["true", "false", "yes", "no", "y", "n", "ja", "nein", "j", "0", "1", "x"].contains(&value.as_str())
        }
        TargetKind::Email => value.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.')),
        TargetKind::Phone => has_digit,
        TargetKind::Url => value.contains('.'),
    }
}

/// Whether a value can be of this kind only.
fn is_plainly(value: &str, kind: TargetKind) -> bool {
    match kind {
        TargetKind::Email => fits(value, kind) && !value.contains(' '),
        TargetKind::Url => ["http://", "https://", "www."].into_iter().any(|start| value.starts_with(start)),
        _ => false,
    }
}

/// Three numbers with one separator between them, a time after them or not.
fn is_date(value: &str) -> bool {
    let day = value.split([' ', 'T']).next().unwrap_or(value);
    ['-', '.', '/'].into_iter().any(|separator| {
        let parts: Vec<&str> = day.split(separator).collect();
        parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_known_by_their_looks() {
        for (value, kind, expected) in [
            ("12", TargetKind::Integer, true),
            ("1.5", TargetKind::Integer, false),
            ("1.234,50 €", TargetKind::Decimal, true),
            ("ten", TargetKind::Decimal, false),
            ("1996-07-04", TargetKind::Date, true),
            ("4.7.1996 10:30", TargetKind::Date, true),
            ("030-12345-6", TargetKind::Date, true),
            ("12.5", TargetKind::Date, false),
            ("a@b.example", TargetKind::Email, true),
            ("a at b", TargetKind::Email, false),
            ("Ja", TargetKind::Bool, true),
            ("maybe", TargetKind::Bool, false),
        ] {
            assert_eq!(fits(value, kind), expected, "{value} as {kind:?}");
        }
    }
}
