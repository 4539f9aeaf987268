//! Figures and dates as people type them into a page.
//!
//! The browser tidies fields while people type; these are the same rules on the server, so that a
//! form works before its script has loaded. The scripts `decimal.js` and `date.js` are the twins.

use chrono::{Datelike, Days, NaiveDate};
use rust_decimal::Decimal;

use super::format::Locale;

/// English and German names; any beginning of three letters names the month.
const MONTHS: [[&str; 2]; 12] = [
    ["january", "januar"],
    ["february", "februar"],
    ["march", "märz"],
    ["april", "april"],
    ["may", "mai"],
    ["june", "juni"],
    ["july", "juli"],
    ["august", "august"],
    ["september", "september"],
    ["october", "oktober"],
    ["november", "november"],
    ["december", "dezember"],
];

/// English and German names from Monday; any beginning of two letters names the day.
const WEEKDAYS: [[&str; 2]; 7] = [
    ["monday", "montag"],
    ["tuesday", "dienstag"],
    ["wednesday", "mittwoch"],
    ["thursday", "donnerstag"],
    ["friday", "freitag"],
    ["saturday", "samstag"],
    ["sunday", "sonntag"],
];

/// Reads a figure: `1,234.50` and `1234.5` in English, `1.234,50` in German. `None` when it is none.
///
/// The other locale's decimal sign is understood where it cannot be a group: `12,5` in English.
#[must_use]
pub fn decimal(text: &str, locale: Locale) -> Option<Decimal> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
    let plain = plain.replace('\u{2212}', "-");
    let (sign, group) = (locale.decimal_sign(), locale.group_sign());
    let canonical = if plain.contains(sign) {
        plain.chars().filter(|c| *c != group).map(|c| if c == sign { '.' } else { c }).collect()
    } else {
        let parts: Vec<&str> = plain.split(group).collect();
        match parts.as_slice() {
            [_, last] if last.len() != 3 => parts.join("."),
            _ => parts.concat(),
        }
    };
    let readable = canonical.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    readable.then(|| canonical.parse().ok()).flatten()
}

/// Reads a date: `20 Nov`, `20.11.2026`, `2026-11-20`, `+7`, `fri`, `today`. `None` when it is none.
///
/// `today` is the tenant's. Without a year it is the nearest such date; a weekday is the next one.
#[must_use]
pub fn date(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.trim().to_lowercase();
    let text = text.as_str();
    word(text, today)
        .or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
        .or_else(|| weekday(text, today))
        .or_else(|| day_and_month(text, today))
}

fn word(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    match text {
        "today" | "heute" => Some(today),
        "tomorrow" | "morgen" => today.succ_opt(),
        "yesterday" | "gestern" => today.pred_opt(),
        _ => {
            let days = |digits: &str| digits.parse::<u16>().ok().map(|days| Days::new(days.into()));
            if let Some(digits) = text.strip_prefix('+') {
                today.checked_add_days(days(digits)?)
            } else {
                today.checked_sub_days(days(text.strip_prefix('-')?)?)
            }
        }
    }
}

fn weekday(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let wanted = named(text, 2, &WEEKDAYS)?;
    let ahead = (7 + wanted - today.weekday().num_days_from_monday()) % 7;
    today.checked_add_days(Days::new(if ahead == 0 { 7 } else { ahead.into() }))
}

/// Which of the names the text begins, written out to at least `least` letters.
fn named(text: &str, least: usize, names: &[[&str; 2]]) -> Option<u32> {
    let text = text.trim_end_matches('.');
    if text.chars().count() < least {
        return None;
    }
    let index = names.iter().position(|both| both.iter().any(|name| name.starts_with(text)))?;
    u32::try_from(index).ok()
}

/// Day, month and maybe a year, in figures or with the month's name on either side.
fn day_and_month(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let parts: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '.' | '/' | '-' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    let (first, second, year) = match parts.as_slice() {
        [first, second] => (*first, *second, None),
        [first, second, year] => (*first, *second, Some(*year)),
        _ => return None,
    };
    let (day, month) = match (month(first), month(second)) {
        (None, Some(month)) => (first, month),
        (Some(month), None) => (second, month),
        _ => (first, second.parse().ok()?),
    };
    let day: u32 = day.parse().ok()?;
    match year {
        Some(year) => NaiveDate::from_ymd_opt(full_year(year)?, month, day),
        None => nearest(day, month, today),
    }
}

fn month(name: &str) -> Option<u32> {
    named(name, 3, &MONTHS).map(|index| index + 1)
}

fn full_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        2 => Some(2000 + year),
        4 if year >= 1900 => Some(year),
        _ => None,
    }
}

fn nearest(day: u32, month: u32, today: NaiveDate) -> Option<NaiveDate> {
    [-1, 0, 1]
        .into_iter()
        .filter_map(|offset| NaiveDate::from_ymd_opt(today.year() + offset, month, day))
        .min_by_key(|date| (*date - today).num_days().abs())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn figures_are_read_in_the_tenants_locale() {
        let read = |text, locale| decimal(text, locale).map(|figure| figure.to_string());
        assert_eq!(read("1,234.50", Locale::En).as_deref(), Some("1234.50"));
        assert_eq!(read("1.234,50", Locale::De).as_deref(), Some("1234.50"));
        assert_eq!(read("1,234", Locale::En).as_deref(), Some("1234"));
        assert_eq!(read("12,5", Locale::En).as_deref(), Some("12.5"));
        assert_eq!(read("12.5", Locale::De).as_deref(), Some("12.5"));
        assert_eq!(read("1.234", Locale::De).as_deref(), Some("1234"));
        assert_eq!(read("\u{2212}20", Locale::En).as_deref(), Some("-20"));
        assert_eq!(read("1 234,5", Locale::De).as_deref(), Some("1234.5"));
        for wrong in ["", "abc", "1.2.3", "12 pcs", "1e5", "--1"] {
            assert_eq!(read(wrong, Locale::En), None, "{wrong:?}");
        }
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        // A Friday.
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let read = |text| date(text, today).map(|date| date.to_string());
        for (text, expected) in [
            ("20 Nov", "2026-11-20"),
            ("20 Nov 2026", "2026-11-20"),
            ("20. November 2026", "2026-11-20"),
            ("Nov 20, 2026", "2026-11-20"),
            ("20.11.2026", "2026-11-20"),
            ("20/11/26", "2026-11-20"),
            ("2026-11-20", "2026-11-20"),
            ("5 Jan", "2027-01-05"),
            ("3.3.", "2027-03-03"),
            ("1.9.", "2026-09-01"),
            ("+7", "2026-11-27"),
            ("-1", "2026-11-19"),
            ("tomorrow", "2026-11-21"),
            ("heute", "2026-11-20"),
            ("fri", "2026-11-27"),
            ("Montag", "2026-11-23"),
            ("3 Mai", "2027-05-03"),
            ("1 Sept 2026", "2026-09-01"),
            ("di", "2026-11-24"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for wrong in ["", "soon", "marker", "20 Nonsense", "31.2.2026", "20", "20.11.202", "next", "13/13/2026"] {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
    }
}
