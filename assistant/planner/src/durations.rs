//! Stretches of time: "in two weeks", "10 days from now", "a week from Friday", "vor zwei Wochen".

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use rust_decimal::Decimal;

use crate::dates::{DateReading, Dates, Found};
use crate::numbers::{Amount, Numbers};

impl Dates<'_> {
    /// "… the day before", "am Tag davor", "two days later": counted from a day named before.
    pub(crate) fn shift(&self, at: usize) -> Option<Found> {
        const PHRASES: &[(&str, i64)] = &[
            ("the day before", -1),
            ("a day before", -1),
            ("a day earlier", -1),
            ("the previous day", -1),
            ("tag davor", -1),
            ("tag zuvor", -1),
            ("tag vorher", -1),
            ("tags zuvor", -1),
            ("tags davor", -1),
            ("vortag", -1),
            ("the day after", 1),
            ("a day later", 1),
            ("the following day", 1),
            ("tag danach", 1),
            ("tag darauf", 1),
            ("tag spater", 1),
        ];
        let found = PHRASES.iter().find_map(|(phrase, days)| self.phrase(at, phrase).map(|end| (*days, end)));
        let (days, end) = found.or_else(|| {
            let (count, unit, end) = self.count_and_unit(at)?;
            let days = i64::from(count) * if unit == Unit::Week { 7 } else { 1 };
            let back = self.is(end, &["before", "earlier", "davor", "zuvor", "vorher", "fruher"]);
            let ahead = self.is(end, &["later", "afterwards", "danach", "spater"]);
            (matches!(unit, Unit::Day | Unit::Week) && (back || ahead))
                .then_some((if back { -days } else { days }, end + 1))
        })?;
        // "The day before Christmas" names its day.
        let ends = self
            .tokens
            .get(end)
            .is_none_or(|next| next.is_sign() || self.is(end, &["please", "bitte", "and", "und", "at", "that"]));
        ends.then_some((DateReading::Shift(days), end))
    }

    /// "two weeks", "10 days", "a fortnight", "einer Woche".
    pub(crate) fn count_and_unit(&self, at: usize) -> Option<(u32, Unit, usize)> {
        if self.is(at, &["a", "one"]) && self.is(at + 1, &["fortnight"]) {
            return Some((2, Unit::Week, at + 2));
        }
        if self.is(at, &["fortnight"]) {
            return Some((2, Unit::Week, at + 1));
        }
        let numbers = Numbers { tokens: self.tokens, language: self.language, taken: self.taken };
        let (count, mut next) = if self.is(at, &["a", "an", "one", "ein", "eine", "einer", "einem", "ner", "na", "nem"])
            && Unit::of(self.word(at + 1)).is_some()
        {
            (1, at + 1)
        } else {
            match numbers.read(at)? {
                (Amount::Exact(count), next) if count.fract().is_zero() => (u32::try_from(count).ok()?, next),
                // "a week and a half", "anderthalb Wochen": the day it is full.
                (Amount::Exact(count), next) if Unit::of(self.word(next)) == Some(Unit::Week) => {
                    return Some((
                        u32::try_from(count.checked_mul(Decimal::from(7))?.ceil()).ok()?,
                        Unit::Day,
                        next + 1,
                    ));
                }
                _ => return None,
            }
        };
        while self.is(next, &["full", "whole", "more", "-"]) {
            next += 1;
        }
        if self.is(next, &["working", "business", "work"]) && Unit::of(self.word(next + 1)) == Some(Unit::Day) {
            return Some((count, Unit::WorkingDay, next + 2));
        }
        Some((count, Unit::of(self.word(next))?, next + 1))
    }

    /// "a few weeks", "2-3 Wochen": no day to be told.
    fn vague_stretch(&self, at: usize) -> Option<usize> {
        let numbers = Numbers { tokens: self.tokens, language: self.language, taken: self.taken };
        let (Amount::OneOf(_) | Amount::Vague, end) = numbers.read(at)? else { return None };
        Unit::of(self.word(end)).map(|_| end + 1)
    }

    /// "in two weeks", "10 days from now", "a week from Friday", "vor zwei Wochen", "3 days ago".
    pub(crate) fn span(&self, at: usize) -> Option<Found> {
        const INTO: &[&str] = &["in", "within", "innerhalb", "binnen"];
        let lead = self.is(at, INTO);
        let mut start = at + usize::from(lead);
        while lead
            && self.is(
                start,
                &["von", "the", "next", "den", "der", "nachsten", "kommenden", "about", "etwa", "spatestens", "ca"],
            )
        {
            start += 1;
        }
        let ago = self.is(at, &["vor"]);
        if lead && let Some(end) = self.vague_stretch(start) {
            return Some((DateReading::Unclear, end));
        }
        let (count, unit, end) = self.count_and_unit(start + usize::from(ago))?;
        if ago || self.is(end, &["ago"]) {
            let days = u64::from(count) * unit.days();
            let past = self.today.checked_sub_days(Days::new(days.max(1)))?;
            return Some((DateReading::On(past), end + usize::from(!ago)));
        }
        if lead {
            let end = end + usize::from(self.is(end, &["time"]));
            let end = self
                .phrase(end, "from now")
                .or_else(|| self.phrase(end, "ab heute"))
                .or_else(|| self.phrase(end, "ab jetzt"))
                .or_else(|| self.phrase(end, "from today"))
                .unwrap_or(end);
            return Some((add(self.today, count, unit)?, end));
        }
        let from_today = ["from now", "from today", "ab heute", "ab jetzt", "von heute an", "hence", "time"];
        if let Some(end) = from_today.iter().find_map(|phrase| self.phrase(end, phrase)) {
            return Some((add(self.today, count, unit)?, end));
        }
        if self.is(end, &["today", "tomorrow", "heute", "morgen"])
            && let Some((DateReading::On(base), end)) = self.relative(end)
        {
            return Some((add(base, count, unit)?, end));
        }
        if self.is(end, &["from", "after", "on"])
            && let Some((DateReading::On(base), end)) = self.relative(end + 1).or_else(|| self.weekday(end + 1, true))
        {
            return Some((add(base, count, unit)?, end));
        }
        None
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Day,
    WorkingDay,
    Week,
    Month,
    Year,
}

impl Unit {
    pub(crate) fn of(word: &str) -> Option<Self> {
        Some(match word {
            "day" | "days" | "tag" | "tage" | "tagen" => Self::Day,
            "werktag" | "werktage" | "werktagen" | "arbeitstage" | "arbeitstagen" | "arbeitstag"
            | "bankarbeitstagen" => Self::WorkingDay,
            "week" | "weeks" | "wk" | "wks" | "woche" | "wochen" => Self::Week,
            "month" | "months" | "mth" | "mths" | "monat" | "monate" | "monaten" | "monats" => Self::Month,
            "year" | "years" | "jahr" | "jahre" | "jahren" | "jahres" => Self::Year,
            _ => return None,
        })
    }

    /// Days in one, roughly; only to place something in the past.
    const fn days(self) -> u64 {
        match self {
            Self::Day | Self::WorkingDay => 1,
            Self::Week => 7,
            Self::Month => 30,
            Self::Year => 365,
        }
    }
}

/// So many units after a day; a day beyond the calendar is impossible.
pub(crate) fn add(base: NaiveDate, count: u32, unit: Unit) -> Option<DateReading> {
    let day = match unit {
        Unit::Day | Unit::Week => base.checked_add_days(Days::new(u64::from(count) * unit.days())),
        Unit::Month => base.checked_add_months(Months::new(count)),
        Unit::Year => base.checked_add_months(Months::new(count.saturating_mul(12))),
        Unit::WorkingDay => {
            let mut day = base;
            for _ in 0..count.min(1000) {
                day = day.succ_opt()?;
                while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
                    day = day.succ_opt()?;
                }
            }
            Some(day)
        }
    };
    Some(day.map_or(DateReading::Unclear, DateReading::On))
}
