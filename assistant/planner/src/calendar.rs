//! Arithmetic on days: weekdays, months, weeks, and the names people have for them.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::numerals::{german, written_out};

/// How long ago, in days, a day and month without a year still mean the past rather than next year.
const JUST_PASSED_DAYS: i64 = 90;

/// The first such weekday strictly after `day`.
pub(crate) fn weekday_after(day: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    weekday_from(day.succ_opt()?, weekday)
}

/// The first such weekday on or after `day`.
pub(crate) fn weekday_from(day: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    let ahead = weekday.days_since(day.weekday());
    day.checked_add_days(Days::new(u64::from(ahead)))
}

/// The Monday of the week of `day`.
pub(crate) fn monday(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))
}

/// The last day of the month of `day`.
pub(crate) fn month_end(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// Day and month without a year: the next such day, unless it has only just passed, when the past one is meant (and will
/// be refused). `None` for a day no year has.
pub(crate) fn without_year(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    let this_year = NaiveDate::from_ymd_opt(today.year(), month, day);
    match this_year {
        Some(date) if (today - date).num_days() <= JUST_PASSED_DAYS => Some(date),
        _ => (1..=4).find_map(|years| NaiveDate::from_ymd_opt(today.year() + years, month, day)),
    }
}

/// The month a name or its usual short form stands for.
pub(crate) fn month(word: &str) -> Option<u32> {
    Some(match word {
        "january" | "jan" | "januar" | "janner" => 1,
        "february" | "feb" | "februar" | "febuary" => 2,
        "march" | "mar" | "marz" | "maerz" | "mrz" => 3,
        "april" | "apr" => 4,
        "may" | "mai" => 5,
        "june" | "jun" | "juni" => 6,
        "july" | "jul" | "juli" => 7,
        "august" | "aug" => 8,
        "september" | "sep" | "sept" | "septemer" => 9,
        "october" | "oct" | "oktober" | "okt" => 10,
        "november" | "nov" | "novembr" => 11,
        "december" | "dec" | "dezember" | "dez" | "decembre" | "decmber" => 12,
        _ => return None,
    })
}

/// Month names that are also ordinary words and need a day, a year or a preposition beside them.
pub(crate) fn month_is_doubtful(word: &str) -> bool {
    matches!(
        word,
        "may"
            | "mar"
            | "march"
            | "jan"
            | "jun"
            | "dec"
            | "sep"
            | "oct"
            | "nov"
            | "apr"
            | "aug"
            | "feb"
            | "jul"
            | "okt"
            | "dez"
            | "mrz"
    )
}

/// The weekday a name stands for; short forms only where `short` allows them.
pub(crate) fn weekday(word: &str, short: bool) -> Option<Weekday> {
    let word = word.strip_suffix('s').filter(|stem| stem.ends_with("day") || stem.ends_with("tag")).unwrap_or(word);
    // "Freitagabend", "Montagmorgen".
    let word = ["abend", "morgen", "vormittag", "nachmittag", "mittag", "fruh"]
        .iter()
        .find_map(|part| word.strip_suffix(part).filter(|day| day.ends_with("tag") || *day == "mittwoch"))
        .unwrap_or(word);
    let full = match word {
        "monday" | "montag" => Some(Weekday::Mon),
        "tuesday" | "dienstag" | "teusday" => Some(Weekday::Tue),
        "wednesday" | "mittwoch" | "wensday" | "wednsday" => Some(Weekday::Wed),
        "thursday" | "donnerstag" | "thurday" | "thrusday" => Some(Weekday::Thu),
        "friday" | "freitag" | "firday" | "fryday" => Some(Weekday::Fri),
        "saturday" | "samstag" | "sonnabend" => Some(Weekday::Sat),
        "sunday" | "sonntag" => Some(Weekday::Sun),
        _ => None,
    };
    let brief = match word {
        "mon" | "mo" => Some(Weekday::Mon),
        "tue" | "tues" | "di" => Some(Weekday::Tue),
        "wed" | "mi" => Some(Weekday::Wed),
        "thu" | "thur" | "thurs" | "do" => Some(Weekday::Thu),
        "fri" | "fr" => Some(Weekday::Fri),
        "sat" | "sa" => Some(Weekday::Sat),
        "sun" | "so" => Some(Weekday::Sun),
        _ => None,
    };
    full.or(brief.filter(|_| short))
}

/// "first", "4th" as a word, "ersten": the day of a month.
pub(crate) fn ordinal(word: &str) -> Option<u32> {
    const ENGLISH: &[&str] = &[
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    const GERMAN: &[&str] = &[
        "erste",
        "zweite",
        "dritte",
        "vierte",
        "funfte",
        "sechste",
        "siebte",
        "achte",
        "neunte",
        "zehnte",
        "elfte",
        "zwolfte",
        "dreizehnte",
        "vierzehnte",
        "funfzehnte",
        "sechzehnte",
        "siebzehnte",
        "achtzehnte",
        "neunzehnte",
        "zwanzigste",
    ];
    let stem = word.strip_suffix('n').or_else(|| word.strip_suffix('r')).unwrap_or(word);
    if matches!(word, "thirtieth") {
        return Some(30);
    }
    if let Some(day) =
        stem.strip_suffix("ste").and_then(|number| german(&written_out(number))).filter(|day| (20..=31).contains(day))
    {
        return u32::try_from(day).ok();
    }
    let place =
        ENGLISH.iter().position(|known| *known == word).or_else(|| GERMAN.iter().position(|known| *known == stem))?;
    u32::try_from(place + 1).ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_weekday_after_itself_is_a_week_later() {
        assert_eq!(weekday_after(day("2026-11-20"), Weekday::Fri), Some(day("2026-11-27")));
        assert_eq!(weekday_from(day("2026-11-20"), Weekday::Fri), Some(day("2026-11-20")));
    }

    #[test]
    fn a_day_without_year_is_the_next_one_unless_just_passed() {
        assert_eq!(without_year(day("2026-11-20"), 12, 4), Some(day("2026-12-04")));
        assert_eq!(without_year(day("2026-11-20"), 1, 5), Some(day("2027-01-05")));
        assert_eq!(without_year(day("2026-11-20"), 11, 15), Some(day("2026-11-15")));
        assert_eq!(without_year(day("2026-11-20"), 2, 30), None);
    }
}
