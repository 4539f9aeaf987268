use chrono::NaiveDate;

use super::Refusal;
use crate::Code;

/// The date in ISO 8601, or nothing when the text is none.
///
/// Understood: `2026-11-20`, also with slashes or points and with a time after it, `20.11.2026`, and `20/11/2026` or
/// `11/20/2026` where only one of the two can be meant.
pub(super) fn plain(text: &str) -> Result<Option<String>, Refusal> {
    let text = without_time(text.trim());
    let Some(separator) = text.chars().find(|letter| matches!(letter, '-' | '.' | '/')) else { return Ok(None) };
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let [first, second, third] = parts.as_slice() else { return Ok(None) };
    let numbers = (number(first), number(second), number(third));
    let (Some(first_number), Some(second_number), Some(third_number)) = numbers else { return Ok(None) };
    if first.len() == 4 {
        return Ok(iso(first_number, second_number, third_number));
    }
    if third.len() != 4 {
        return Ok(None);
    }
    let day_first = iso(third_number, second_number, first_number);
    let month_first = iso(third_number, first_number, second_number);
    match (separator, day_first, month_first) {
        ('.', day_first, _) => Ok(day_first),
        (_, Some(day_first), Some(month_first)) if day_first != month_first => Err(Refusal::new(
            Code::AmbiguousDate.info(),
            format!("could be {day_first} or {month_first}: write it in one of these ways"),
        )),
        (_, day_first, month_first) => Ok(day_first.or(month_first)),
    }
}

/// Databases write a date as midnight.
fn without_time(text: &str) -> &str {
    let is_time = |rest: &str| rest.contains(':') && rest.bytes().all(|b| b.is_ascii_digit() || b":.+-Z".contains(&b));
    match text.split_once(['T', ' ']) {
        Some((date, rest)) if is_time(rest.trim()) => date,
        _ => text,
    }
}

fn number(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn iso(year: u32, month: u32, day: u32) -> Option<String> {
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_where_only_one_can_be_meant() {
        for (text, expected) in [
            ("2026-11-20", Some("2026-11-20")),
            ("2026/11/20", Some("2026-11-20")),
            ("1996-07-04 00:00:00.000", Some("1996-07-04")),
            ("1996-07-04T00:00:00Z", Some("1996-07-04")),
            ("20.11.2026", Some("2026-11-20")),
            ("3.4.2026", Some("2026-04-03")),
            ("20/11/2026", Some("2026-11-20")),
            ("11/20/2026", Some("2026-11-20")),
            ("05/05/2026", Some("2026-05-05")),
            ("31.02.2026", None),
            ("20.11.26", None),
            ("next Friday", None),
            ("2026-11", None),
            ("", None),
        ] {
            assert_eq!(plain(text).ok().flatten().as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_date_that_could_be_two_is_refused_with_both() {
        let refusal = plain("03/04/2026").map_err(|refusal| (refusal.code.id, refusal.message.into_owned()));
        let told = "could be 2026-04-03 or 2026-03-04: write it in one of these ways".to_owned();
        assert_eq!(refusal, Err(("ambiguous_date", told)));
    }
}
