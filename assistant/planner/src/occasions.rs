//! Days found by counting or by custom: "the first Monday of December", "two days before Christmas", "zweiter Advent".

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::calendar::{monday, month, month_end, ordinal, weekday, weekday_from, without_year};
use crate::dates::{DateReading, Dates, Found};
use crate::durations::{Unit, add};
use crate::lexicon::{Roles, roles};
use crate::tokens::Token;

/// Feasts with a fixed day: name, month, day.
const FIXED: &[(&str, u32, u32)] = &[
    ("christmas eve", 12, 24),
    ("christmas day", 12, 25),
    ("boxing day", 12, 26),
    ("st stephens day", 12, 26),
    ("christmas", 12, 24),
    ("xmas", 12, 24),
    ("weihnachten", 12, 24),
    ("heiligabend", 12, 24),
    ("heiligen abend", 12, 24),
    ("heiliger abend", 12, 24),
    ("heilig abend", 12, 24),
    ("weihnachtsabend", 12, 24),
    ("xmas eve", 12, 24),
    ("xmas day", 12, 25),
    ("st andrews day", 11, 30),
    ("st lucia", 12, 13),
    ("luciafest", 12, 13),
    ("luciatag", 12, 13),
    ("hogmanay", 12, 31),
    ("burns night", 1, 25),
    ("australia day", 1, 26),
    ("candlemas", 2, 2),
    ("lichtmess", 2, 2),
    ("frauentag", 3, 8),
    ("st georges day", 4, 23),
    ("maifeiertag", 5, 1),
    ("may day", 5, 1),
    ("bastille day", 7, 14),
    ("maria himmelfahrt", 8, 15),
    ("tag der deutschen einheit", 10, 3),
    ("reformationstag", 10, 31),
    ("all saints day", 11, 1),
    ("all souls day", 11, 2),
    ("st martins day", 11, 11),
    ("new years eve", 12, 31),
    ("new years day", 1, 1),
    ("new year eve", 12, 31),
    ("new years", 12, 31),
    ("new year", 12, 31),
    ("silvesterabend", 12, 31),
    ("silvester", 12, 31),
    ("sylvester", 12, 31),
    ("neujahr", 1, 1),
    ("neujahrstag", 1, 1),
    ("epiphany", 1, 6),
    ("twelfth night", 1, 5),
    ("heilige drei konige", 1, 6),
    ("heiligen drei konigen", 1, 6),
    ("dreikonigstag", 1, 6),
    ("dreikonig", 1, 6),
    ("st valentines day", 2, 14),
    ("valentines day", 2, 14),
    ("valentines", 2, 14),
    ("valentinstag", 2, 14),
    ("st patricks day", 3, 17),
    ("tag der arbeit", 5, 1),
    ("labour day", 5, 1),
    ("halloween", 10, 31),
    ("allerheiligen", 11, 1),
    ("bonfire night", 11, 5),
    ("martinstag", 11, 11),
    ("st nicholas day", 12, 6),
    ("st nicholas", 12, 6),
    ("saint nicholas", 12, 6),
    ("nikolaustag", 12, 6),
    ("nikolausabend", 12, 5),
    ("nikolaus", 12, 6),
];

/// Feasts that move with Easter: name and days from Easter Sunday.
const MOVABLE: &[(&str, i64)] = &[
    ("weiberfastnacht", -52),
    ("rosenmontag", -48),
    ("faschingsdienstag", -47),
    ("shrove tuesday", -47),
    ("pancake day", -47),
    ("mardi gras", -47),
    ("aschermittwoch", -46),
    ("ash wednesday", -46),
    ("palm sunday", -7),
    ("palmsonntag", -7),
    ("maundy thursday", -3),
    ("grundonnerstag", -3),
    ("karsamstag", -1),
    ("good friday", -2),
    ("karfreitag", -2),
    ("easter monday", 1),
    ("ostermontag", 1),
    ("easter sunday", 0),
    ("ostersonntag", 0),
    ("easter", 0),
    ("ostern", 0),
    ("christi himmelfahrt", 39),
    ("himmelfahrt", 39),
    ("ascension day", 39),
    ("vatertag", 39),
    ("whit sunday", 49),
    ("whitsun", 49),
    ("whit monday", 50),
    ("corpus christi", 60),
    ("fronleichnam", 60),
    ("pfingsten", 49),
    ("pfingstsonntag", 49),
    ("pentecost", 49),
    ("pfingstmontag", 50),
];

/// Words that make a feast a purpose and not a day: "for our Christmas party".
pub(crate) const PURPOSES: &[&str] = &[
    "party",
    "parties",
    "dinner",
    "lunch",
    "event",
    "market",
    "season",
    "feier",
    "sale",
    "sales",
    "menu",
    "rush",
    "promotion",
    "display",
    "buffet",
    "business",
    "markt",
    "special",
    "specials",
    "hampers",
    "orders",
    "stock",
];

/// Words before a feast that make it a day.
const FEAST_LEADS: &[&str] = &[
    "by",
    "before",
    "until",
    "till",
    "bis",
    "vor",
    "zu",
    "on",
    "an",
    "for",
    "fur",
    "am",
    "zum",
    "after",
    "nach",
    "the",
    "den",
    "dem",
    "around",
    "auf",
    "gegen",
    "spatestens",
    "latest",
    "due",
    "delivery",
    "lieferung",
];

/// Easter Sunday of a year, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, rest) = (year.div_euclid(100), year.rem_euclid(100));
    let correction = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - century.div_euclid(4) - correction + 15).rem_euclid(30);
    let weekday = (32 + 2 * century.rem_euclid(4) + 2 * rest.div_euclid(4) - epact - rest.rem_euclid(4)).rem_euclid(7);
    let shift = (golden + 11 * epact + 22 * weekday).div_euclid(451);
    let sum = epact + weekday - 7 * shift + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(sum.div_euclid(31)).ok()?, u32::try_from(sum.rem_euclid(31) + 1).ok()?)
}

/// The n-th such weekday of the month of `first`, its first day; the last for `None`.
fn nth_of_month(first: NaiveDate, day: Weekday, place: Option<u32>) -> Option<NaiveDate> {
    let found = match place {
        Some(place) => weekday_from(first, day)?.checked_add_days(Days::new(7 * u64::from(place.checked_sub(1)?)))?,
        None => weekday_from(month_end(first)?.checked_sub_days(Days::new(6))?, day)?,
    };
    (found.month() == first.month()).then_some(found)
}

impl Dates<'_> {
    /// The day of this year or the next that a rule gives, whichever is the first from today on.
    fn coming(&self, rule: impl Fn(i32) -> Option<NaiveDate>) -> Option<NaiveDate> {
        let year = self.today.year();
        [year, year + 1].into_iter().filter_map(rule).find(|day| *day >= self.today)
    }

    /// "the first Monday of December", "am letzten Freitag im Dezember", "the second Tuesday of next month".
    pub(crate) fn nth_weekday(&self, at: usize) -> Option<Found> {
        let last = self.is(at, &["last", "letzten", "letzter", "letzte"]);
        let (place, next) = match self.day_number(at) {
            _ if last => (None, at + 1),
            Some((place @ 1..=5, next, true)) => (Some(place), next),
            _ => return None,
        };
        let day = weekday(self.word(next), true)?;
        let mut of = next + 1;
        if !self.is(of, &["of", "in", "im", "des", "dieses", "nachsten", "kommenden"]) {
            return None;
        }
        while self.is(of, &["of", "in", "im", "the", "des", "dem"]) {
            of += 1;
        }
        if let Some((month, end)) = self.month_name(of) {
            let year = self.year(end);
            let end = year.map_or(end, |(_, end)| end);
            let rule = |year: i32| nth_of_month(NaiveDate::from_ymd_opt(year, month, 1)?, day, place);
            let found = match year {
                Some((year, _)) => rule(year),
                None => self.coming(rule),
            };
            return Some((found.map_or(DateReading::Unclear, DateReading::On), end));
        }
        let ahead = u32::from(self.is(of, &["next", "nachsten", "kommenden", "following"]));
        let month = if Unit::of(self.word(of)) == Some(Unit::Month) { of } else { of + 1 };
        if Unit::of(self.word(month)) != Some(Unit::Month) {
            return None;
        }
        let first = self.today.with_day(1)?.checked_add_months(Months::new(ahead))?;
        let found = nth_of_month(first, day, place);
        Some((found.map_or(DateReading::Unclear, DateReading::On), month + 1))
    }

    /// "the second week of December", "in der zweiten Dezemberwoche": its Monday; of the first week the first of the month.
    pub(crate) fn nth_week(&self, at: usize) -> Option<Found> {
        let (place, next, true) = self.day_number(at)? else { return None };
        let (month, end) = match self.word(next).strip_suffix("woche").filter(|month| !month.is_empty()) {
            Some(name) => (month(name)?, next + 1),
            None if self.is(next, &["week", "woche"]) => {
                let of = (next + 1..next + 4).find(|of| !self.is(*of, &["of", "in", "im", "the", "des"]))?;
                self.month_name(of)?
            }
            None => return None,
        };
        let weeks = place.checked_sub(1).filter(|weeks| *weeks < 5)?;
        let first = without_year(self.today, month, 1 + 7 * weeks.min(3))?.with_day(1)?;
        let day = if weeks == 0 { first } else { monday(first.checked_add_days(Days::new(7 * u64::from(weeks)))?)? };
        Some((DateReading::On(day), end))
    }

    /// "the end of Q1", "Ende des ersten Quartals", "Anfang Q2 2027": its last or first day; a quarter alone tells no day.
    pub(crate) fn quarter(&self, at: usize) -> Option<Found> {
        let ends = self.is(at, &["end", "ende"]);
        let begins = self.is(at, &["start", "beginning", "anfang", "beginn"]);
        let mut next = at + usize::from(ends || begins);
        while self.is(next, &["of", "the", "des", "im", "vom"]) {
            next += 1;
        }
        let written = self.word(next).strip_prefix('q').and_then(|figure| figure.parse::<u32>().ok());
        let (place, next) = match written {
            Some(place) => (place, next + 1),
            None => match self.day_number(next) {
                Some((place, noun, true)) if self.is(noun, &["quarter", "quartal", "quartals"]) => (place, noun + 1),
                _ => return None,
            },
        };
        if !(1..=4).contains(&place) {
            return None;
        }
        let (year, end) = self.year(next).map_or((None, next), |(year, end)| (Some(year), end));
        let edge = |year: i32| {
            let first = NaiveDate::from_ymd_opt(year, 3 * place - 2, 1)?;
            if ends { month_end(first.checked_add_months(Months::new(2))?) } else { Some(first) }
        };
        let day = match year {
            _ if !(ends || begins) => None,
            Some(year) => edge(year),
            None => self.coming(edge),
        };
        Some((day.map_or(DateReading::Unclear, DateReading::On), end))
    }

    /// "am letzten Novembertag", "zum nächsten Ersten", "before the month is out".
    pub(crate) fn edge_of_month(&self, at: usize) -> Option<Found> {
        let out = ["the month is out", "this month is out", "the month is over", "monatsultimo"];
        if let Some(end) = out.iter().find_map(|phrase| self.phrase(at, phrase)) {
            return Some((DateReading::On(month_end(self.today)?), end));
        }
        let working =
            ["next working day", "next business day", "nachsten werktag", "kommenden werktag", "nachsten arbeitstag"];
        if let Some(end) = working.iter().find_map(|phrase| self.phrase(at, phrase)) {
            return Some((add(self.today, 1, Unit::WorkingDay)?, end));
        }
        let year = ["letzten tag des jahres", "letzten tag im jahr", "last day of the year"];
        if let Some(end) = year.iter().find_map(|phrase| self.phrase(at, phrase)) {
            return Some((DateReading::On(NaiveDate::from_ymd_opt(self.today.year(), 12, 31)?), end));
        }
        if let Some(end) =
            self.phrase(at, "letzten tag des monats").or_else(|| self.phrase(at, "last day of the month"))
        {
            return Some((DateReading::On(month_end(self.today)?), end));
        }
        if self.is(at, &["nachsten", "kommenden"])
            && self.is(at + 1, &["ersten"])
            && self.tokens.get(at + 2).is_none_or(Token::is_sign)
        {
            let first = self.today.with_day(1)?.checked_add_months(Months::new(1))?;
            return Some((DateReading::On(first), at + 2));
        }
        let last = self.is(at, &["letzten", "letzter"]);
        let first = ordinal(self.word(at)) == Some(1);
        let month = month(self.word(at + 1).strip_suffix("tag").filter(|_| last || first)?)?;
        let begins = without_year(self.today, month, if last { 28 } else { 1 })?.with_day(1)?;
        let day = if last { month_end(begins)? } else { begins };
        Some((DateReading::On(day), at + 2))
    }

    /// "two days before Christmas", "eine Woche nach Neujahr", "the day after Boxing Day".
    pub(crate) fn around(&self, at: usize) -> Option<Found> {
        const BEFORE: &[&str] = &["before", "vor", "ahead"];
        const AFTER: &[&str] = &["after", "nach"];
        let (count, unit, next) = if self.is(at, &["day", "tag"]) {
            (1, Unit::Day, at + 1)
        } else if self.is(at, &["week", "woche"]) {
            (1, Unit::Week, at + 1)
        } else {
            self.count_and_unit(at)?
        };
        if !matches!(unit, Unit::Day | Unit::Week) || !(self.is(next, BEFORE) || self.is(next, AFTER)) {
            return None;
        }
        let mut base = next + 1;
        while self.is(base, &["of", "the", "dem", "den", "der"]) {
            base += 1;
        }
        let found = self.feast(base).map(|(day, end)| (DateReading::On(day), end));
        let found = found.or_else(|| self.nth_weekday(base)).or_else(|| self.day_month(base));
        let (DateReading::On(day), end) = found.or_else(|| self.month_day(base))? else { return None };
        let days = Days::new(u64::from(count) * if unit == Unit::Week { 7 } else { 1 });
        let day = if self.is(next, BEFORE) { day.checked_sub_days(days) } else { day.checked_add_days(days) };
        Some((DateReading::On(day?), end))
    }

    /// A feast named without anything around it.
    pub(crate) fn feast(&self, at: usize) -> Option<(NaiveDate, usize)> {
        for (phrase, month, day) in FIXED {
            if let Some(end) = self.phrase(at, phrase) {
                return Some((without_year(self.today, *month, *day)?, end));
            }
        }
        for (phrase, days) in MOVABLE {
            if let Some(end) = self.phrase(at, phrase) {
                let rule = |year: i32| easter(year)?.checked_add_signed(chrono::TimeDelta::days(*days));
                return Some((self.coming(rule)?, end));
            }
        }
        for (phrase, days) in [("thanksgiving", 0), ("black friday", 1), ("cyber monday", 4)] {
            if let Some(end) = self.phrase(at, phrase) {
                let thanksgiving =
                    |year: i32| nth_of_month(NaiveDate::from_ymd_opt(year, 11, 1)?, Weekday::Thu, Some(4));
                let rule = |year: i32| thanksgiving(year)?.checked_add_days(Days::new(days));
                return Some((self.coming(rule)?, end));
            }
        }
        let (place, next, _) = self.day_number(at)?;
        let next = self.phrase(next, "sunday of").or_else(|| self.phrase(next, "sunday in")).unwrap_or(next);
        if self.is(next, &["advent", "adventssonntag"]) && (1..=4).contains(&place) {
            let rule = |year: i32| {
                let fourth = weekday_from(NaiveDate::from_ymd_opt(year, 12, 18)?, Weekday::Sun)?;
                fourth.checked_sub_days(Days::new(7 * u64::from(4 - place)))
            };
            return Some((self.coming(rule)?, next + 1));
        }
        if self.is(next, &["weihnachtstag", "weihnachtsfeiertag", "feiertag"]) && (1..=2).contains(&place) {
            return Some((without_year(self.today, 12, 24 + place)?, next + 1));
        }
        None
    }

    /// "by Christmas", "bis Silvester", "zum zweiten Advent"; "for our Christmas party" is a purpose, not a day.
    pub(crate) fn holiday(&self, at: usize) -> Option<Found> {
        let (day, end) = self.feast(at)?;
        let counted = ordinal(self.word(at)).is_some() || self.figure(at).is_some();
        let led = counted
            || at.checked_sub(1).is_some_and(|before| self.is(before, FEAST_LEADS))
            || self.stands_alone(at, end)
            || self.labelled(at)
            || self.is(
                end,
                &[
                    "muss",
                    "mussen",
                    "soll",
                    "sollte",
                    "sollten",
                    "must",
                    "should",
                    "latest",
                    "spatestens",
                    "ware",
                    "would",
                    "will",
                    "is",
                    "ist",
                    "suffices",
                    "works",
                    "reicht",
                    "reichte",
                    "genugt",
                    "langt",
                    "passt",
                    "geht",
                ],
            );
        // "Nach Weihnachten": some day after it.
        let after = at.checked_sub(1).is_some_and(|before| self.is(before, &["after", "nach"]));
        let reading = if after { DateReading::Unclear } else { DateReading::On(day) };
        // "The Christmas tea is nearly gone".
        let goods = Roles::GENERAL.or(Roles::DESCRIPTION).or(Roles::NOUN).or(Roles::PEOPLE);
        let purpose = self.is(end, PURPOSES) || roles(self.word(end)).has(goods);
        (led && !purpose).then_some((reading, end))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn easter_of_known_years() {
        for (year, wanted) in [(2024, "2024-03-31"), (2026, "2026-04-05"), (2027, "2027-03-28"), (2038, "2038-04-25")] {
            assert_eq!(easter(year), wanted.parse().ok());
        }
    }

    #[test]
    fn the_nth_weekday_stays_in_its_month() {
        let first: NaiveDate = "2026-12-01".parse().unwrap();
        assert_eq!(nth_of_month(first, Weekday::Mon, Some(1)), "2026-12-07".parse().ok());
        assert_eq!(nth_of_month(first, Weekday::Fri, None), "2026-12-25".parse().ok());
        assert_eq!(nth_of_month(first, Weekday::Mon, Some(5)), None);
    }
}
