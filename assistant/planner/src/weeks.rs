//! Weekdays, weeks, parts of months and years, and holidays: "next Friday", "KW 49", "Mitte Dezember".

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use crate::calendar::{monday, month_end, month_is_doubtful, weekday, weekday_after, weekday_from, without_year};
use crate::dates::{DateReading, Dates, Found};
use crate::durations::{Unit, add};
use crate::language::Language;
use crate::lexicon::is_one_of;
use crate::occasions::PURPOSES;
use crate::tokens::Token;

impl Dates<'_> {
    /// A weekday with what qualifies it, and a date that must agree with it.
    pub(crate) fn weekday(&self, at: usize, firm: bool) -> Option<Found> {
        let (week_shift, start) = self
            .week_qualifier(at)
            .map(|(shift, end)| (shift, end + usize::from(self.is(end, &["on", "am", ","]))))
            .filter(|(_, start)| weekday(self.word(*start), true).is_some())
            .map_or((None, at), |(shift, start)| (Some(shift), start));
        let (qualifier, start) = if week_shift.is_some() {
            (Which::Bare, start)
        } else {
            Which::read(self.word(start)).map_or((Which::Bare, start), |which| (which, start + 1))
        };
        let short = firm || qualifier != Which::Bare || week_shift.is_some();
        let day = self.weekday_name(start, short)?;
        // "On a Friday evening" tells of some Friday, "every Monday" of all.
        let lead = at.checked_sub(1).map(|before| self.word(before)).unwrap_or_default();
        if qualifier == Which::Bare && is_one_of(lead, "a|an|einem|each|every|any|jeden|jedem") {
            let reading = if is_one_of(lead, "a|an|einem") { DateReading::Nothing } else { DateReading::Unclear };
            return Some((reading, start + 1));
        }
        // "We'd" is no Wednesday.
        if self.word(start).len() <= 3 && self.token(start)?.span.len() != self.word(start).len() {
            return None;
        }
        let mut end = start + 1;
        if let Some(token) = self.token(end).filter(|token| token.glued && token.is(".") && self.word(start).len() <= 3)
        {
            end += usize::from(token.is("."));
        }
        if let Some((DateReading::On(week), end)) =
            self.week_number(if self.is(end, &["of", "in", "der", ","]) { end + 1 } else { end })
        {
            return Some((DateReading::On(weekday_from(monday(week)?, day)?), end));
        }
        let shift = match week_shift {
            Some(shift) => Some(shift),
            None => match self.week_qualifier(end) {
                Some((shift, after)) => {
                    end = after;
                    Some(shift)
                }
                None => None,
            },
        };
        let found = match shift {
            Some(shift) => monday(self.today)?
                .checked_add_signed(chrono::TimeDelta::weeks(shift))
                .and_then(|monday| weekday_from(monday, day))?,
            None => qualifier.apply(self.today, day)?,
        };
        if let Some(weeks) =
            [("week", 1), ("fortnight", 2)].into_iter().find_map(|(word, weeks)| self.is(end, &[word]).then_some(weeks))
        {
            return Some((DateReading::On(found.checked_add_days(Days::new(7 * weeks))?), end + 1));
        }
        if let Some((day, end)) = self.beside_feast(day, end) {
            return Some((DateReading::On(day), end));
        }
        if let Some(end) = self.phrase(end, "after next") {
            return Some((DateReading::On(found.checked_add_days(Days::new(7))?), end));
        }
        if self.is(end, &["in"])
            && let Some((count, unit, after)) = self.count_and_unit(end + 1)
        {
            // "Freitag in acht Tagen" is the one a week on.
            let idiom = self.is(end + 1, &["acht"]) && unit == Unit::Day;
            return Some((add(found, if idiom { 7 } else { count }, unit)?, after));
        }
        Some(self.agreeing(found, day, end))
    }

    /// The weekday of this word; a short form only where `short` or what stands around it allows.
    fn weekday_name(&self, at: usize, short: bool) -> Option<Weekday> {
        const CLOSING: &str = "pls|plz|please|thx|thanks|ta|asap|bitte|danke|latest|spatestens|and|und|or|oder";
        // "So" and "do" are too common to be weekdays by themselves.
        let alone = !self.is(at, &["so", "do", "sun"]) && self.stands_alone(at, at + 1);
        let next = self.tokens.get(at + 1);
        let english = self.language == Language::English;
        let plain = english && self.is(at, &["thu", "thur", "thurs", "fri", "tue", "tues"]);
        let brief = self.is(at, &["mon", "tue", "wed", "thu", "fri", "mo", "di", "mi", "fr"]);
        let closes =
            brief && next.is_none_or(|next| next.is_sign() && !next.glued_dash() || is_one_of(&next.fold, CLOSING));
        // "So gegen 10 Uhr": no Sunday unless nothing follows, or a date.
        let doubtful = self.is(at, &["so", "do"]) && !self.is_dated(at + 1) && !next.is_none_or(Token::is_sign);
        let short = short || plain || closes || alone || self.is_dated(at + 1);
        weekday(self.word(at), short && !doubtful)
    }

    /// "… before Christmas", "… nach Ostern": the nearest such weekday.
    fn beside_feast(&self, day: Weekday, at: usize) -> Option<(NaiveDate, usize)> {
        let before = self.is(at, &["before", "vor"]);
        if !before && !self.is(at, &["after", "nach"]) {
            return None;
        }
        let from = at + 1 + usize::from(self.is(at + 1, &["the", "dem", "den"]));
        let (feast, end) = self.feast(from)?;
        let found =
            if before { weekday_from(feast.checked_sub_days(Days::new(7))?, day)? } else { weekday_after(feast, day)? };
        Some((found, end))
    }

    /// "the 5th of next month", "am 5. des nächsten Monats".
    pub(crate) fn day_of_next_month(&self, at: usize) -> Option<Found> {
        let (day, mut next, suffixed) = self.day_number(at)?;
        while self.is(next, &["of", "des", "im", "in"]) && next < at + 4 {
            next += 1;
        }
        let ahead = match Which::read(self.word(next))? {
            Which::This => 0,
            Which::Next | Which::Coming => 1,
            Which::AfterNext => 2,
            Which::Last | Which::Bare => return None,
        };
        if !suffixed || Unit::of(self.word(next + 1)) != Some(Unit::Month) {
            return None;
        }
        let first = self.today.with_day(1)?.checked_add_months(Months::new(ahead))?;
        Some((first.with_day(day).map_or(DateReading::Unclear, DateReading::On), next + 2))
    }

    /// "Friday, 4 December": both must be the same day.
    fn agreeing(&self, found: NaiveDate, day: Weekday, end: usize) -> Found {
        let mut next = end;
        while self.is(next, &[",", "the", "den", "dem", "der", "on"]) {
            next += 1;
        }
        let dated = self.figures(next, true).or_else(|| self.day_month(next)).or_else(|| self.month_day(next));
        let dated = dated.or_else(|| {
            if next > end { self.day_of_month(next, self.is(next - 1, &["the", "den", "dem", "der"])) } else { None }
        });
        match dated {
            Some((DateReading::On(date), end)) if date.weekday() == day => (DateReading::On(date), end),
            // "Fri 4/12": only one of the two readings is a Friday.
            Some((DateReading::OneOf(days), end)) if days.iter().filter(|date| date.weekday() == day).count() == 1 => {
                let fits = days.into_iter().find(|date| date.weekday() == day);
                (fits.map_or(DateReading::Unclear, DateReading::On), end)
            }
            Some((DateReading::On(date), end)) => {
                let near = weekday_from(date, day).unwrap_or(date);
                (DateReading::OneOf(vec![date, near]), end)
            }
            Some(other) => other,
            None => (DateReading::On(found), end),
        }
    }

    /// "Mo 30.11.", "Fr., 4. Dez.": a date follows a short weekday.
    fn is_dated(&self, at: usize) -> bool {
        let dot = at + usize::from(self.token(at).is_some_and(|token| token.glued && token.is(".")));
        let next = dot + usize::from(self.is(dot, &[","]));
        self.figures(next, true).or_else(|| self.day_month(next)).is_some()
    }

    /// "next week", "nachster Woche": weeks from this one.
    fn week_qualifier(&self, at: usize) -> Option<(i64, usize)> {
        let mut start = at;
        while self.is(start, &["of", "in", "der", "the", "on"]) {
            start += 1;
        }
        if let Some(end) = self.phrase(start, "week after next") {
            return Some((2, end));
        }
        if !self.is(start + 1, &["week", "woche"]) {
            return None;
        }
        let shift = match Which::read(self.word(start))? {
            Which::This => 0,
            Which::Next | Which::Coming => 1,
            Which::AfterNext => 2,
            Which::Last => -1,
            Which::Bare => return None,
        };
        Some((shift, start + 2))
    }

    /// "next week", "end of the month", "Mitte Dezember", "this weekend", "year end".
    pub(crate) fn period(&self, at: usize) -> Option<Found> {
        let place = match self.word(at) {
            "monatsende" => Some(Place::End),
            "monatsmitte" => Some(Place::Middle),
            "monatsanfang" | "monatsbeginn" => Some(Place::Start),
            _ => None,
        };
        if let (Some(place), Some((month, end))) = (place, self.month_name(at + 1)) {
            let (year, end) = self.year(end).map_or((None, end), |(year, end)| (Some(year), end));
            return Some((self.in_month(month, year, place)?, end));
        }
        let compound = self.compound(self.word(at));
        if let Some(day) = compound.filter(|_| !self.is(at + 1, PURPOSES)) {
            return Some((DateReading::On(day), at + 1));
        }
        if Which::read(self.word(at)) == Some(Which::This) && self.is(at + 1, &["weekend", "wochenende"]) {
            return Some((DateReading::On(weekday_from(self.today, Weekday::Sat)?), at + 2));
        }
        let new_year = ["in the new year", "im neuen jahr", "early in the new year"];
        if let Some(end) = new_year.iter().find_map(|phrase| self.phrase(at, phrase)) {
            return Some((DateReading::On(NaiveDate::from_ymd_opt(self.today.year() + 1, 1, 1)?), end));
        }
        if let Some(end) = self.phrase(at, "week after next").or_else(|| self.phrase(at, "the week after next")) {
            return Some((self.in_period(Unit::Week, 2, Place::Unsaid)?, end));
        }
        let (place, mut next) = match self.word(at) {
            "end" | "ende" | "late" | "ultimo" => (Place::End, at + 1),
            "middle" | "mid" | "mitte" => (Place::Middle, at + 1),
            "start" | "beginning" | "anfang" | "early" | "beginn" => (Place::Start, at + 1),
            _ => (Place::Unsaid, at),
        };
        if place != Place::Unsaid {
            while self.is(next, &["of", "the", "des", "der", "-", "in"]) {
                next += 1;
            }
            if let Some((DateReading::On(week), end)) = self.week_number(next) {
                let ahead = match place {
                    Place::End => 4,
                    Place::Middle => 2,
                    Place::Start | Place::Unsaid => 0,
                };
                let day = monday(week)?.checked_add_days(Days::new(ahead))?;
                return Some((DateReading::On(day.max(self.today)), end));
            }
            if let Some((month, end)) = self.month_name(next) {
                let (year, end) = self.year(end).map_or((None, end), |(year, end)| (Some(year), end));
                return Some((self.in_month(month, year, place)?, end));
            }
        }
        // "month end", "year end".
        let dash = usize::from(self.token(at + 1).is_some_and(Token::is_dash));
        if place == Place::Unsaid
            && self.is(at + 1 + dash, &["end"])
            && self.is(at, &["month", "year", "week", "months", "years", "weeks"])
        {
            return Some((self.in_period(Unit::of(self.word(at))?, 0, Place::End)?, at + 2 + dash));
        }
        let which = Which::read(self.word(next));
        let shift = match which {
            Some(Which::This) => 0,
            Some(Which::Next | Which::Coming) => 1,
            Some(Which::AfterNext) => 2,
            Some(Which::Last) => -1,
            Some(Which::Bare) | None => 0,
        };
        let named = if which.is_some() { next + 1 } else { next };
        let unit = Unit::of(self.word(named)).filter(|unit| matches!(unit, Unit::Week | Unit::Month | Unit::Year))?;
        if which.is_none() && place == Place::Unsaid {
            return None;
        }
        // "Last month's price", "last week's invoice": no day.
        if shift < 0 && self.token(named).is_some_and(|unit| unit.span.len() > self.word(named).len()) {
            return Some((DateReading::Nothing, named + 1));
        }
        if shift < 0 && place == Place::Unsaid {
            return Some((self.in_period(unit, shift, Place::End)?, named + 1));
        }
        Some((self.in_period(unit, shift, place)?, named + 1))
    }

    /// "Monatsende", "EOW": a day told by one word.
    fn compound(&self, word: &str) -> Option<NaiveDate> {
        match word {
            "monatsersten" | "monatsanfang" | "monatsbeginn" => {
                self.today.with_day(1)?.checked_add_months(Months::new(1))
            }
            "monatsmitte" => {
                let middle = self.today.with_day(15)?;
                if middle < self.today { middle.checked_add_months(Months::new(1)) } else { Some(middle) }
            }
            "jahreswechsel" => NaiveDate::from_ymd_opt(self.today.year(), 12, 31),
            "wochenmitte" => weekday_from(self.today, Weekday::Wed),
            "jahresanfang" | "jahresbeginn" => NaiveDate::from_ymd_opt(self.today.year() + 1, 1, 1),
            "quartalsende" => self.quarter_end(),
            "eod" | "cob" => Some(self.today),
            "eow" => weekday_from(self.today, Weekday::Fri),
            "eom" => Some(month_end(self.today)?),
            "eoy" => NaiveDate::from_ymd_opt(self.today.year(), 12, 31),
            "monatsende" => Some(month_end(self.today)?),
            "jahresende" => NaiveDate::from_ymd_opt(self.today.year(), 12, 31),
            "wochenende" | "weekend" => weekday_from(self.today, Weekday::Sat),
            "wochenanfang" | "wochenbeginn" | "wochenstart" => weekday_after(self.today, Weekday::Mon),
            _ => None,
        }
    }

    fn quarter_end(&self) -> Option<NaiveDate> {
        let last = self.today.month0() / 3 * 3 + 3;
        month_end(NaiveDate::from_ymd_opt(self.today.year(), last, 1)?)
    }

    fn in_month(&self, month: u32, year: Option<i32>, place: Place) -> Option<DateReading> {
        let day = match place {
            Place::Start | Place::Unsaid => 1,
            Place::Middle => 15,
            Place::End => 28,
        };
        let year = year.or_else(|| without_year(self.today, month, day).map(|date| date.year()))?;
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        Some(DateReading::On(if place == Place::End { month_end(date)? } else { date }))
    }

    fn in_period(&self, unit: Unit, shift: i64, place: Place) -> Option<DateReading> {
        let day = match unit {
            Unit::Week => {
                let monday = monday(self.today)?.checked_add_signed(chrono::TimeDelta::weeks(shift))?;
                let ahead = match place {
                    Place::End => 4,
                    Place::Middle => 2,
                    Place::Start => 0,
                    // "this week" is by its Friday, "next week" from its Monday.
                    Place::Unsaid => {
                        if shift == 0 {
                            4
                        } else {
                            0
                        }
                    }
                };
                let day = monday.checked_add_days(Days::new(ahead))?;
                if shift == 0 { day.max(self.today) } else { day }
            }
            Unit::Month => {
                let first = self.today.with_day(1)?;
                let first = if shift < 0 {
                    first.checked_sub_months(Months::new(1))?
                } else {
                    first.checked_add_months(Months::new(u32::try_from(shift).ok()?))?
                };
                match place {
                    Place::End => month_end(first)?,
                    Place::Middle => first.with_day(15)?,
                    Place::Start => first,
                    Place::Unsaid => {
                        if shift == 0 {
                            month_end(first)?
                        } else {
                            first
                        }
                    }
                }
            }
            _ => {
                let year = self.today.year() + i32::try_from(shift).ok()?;
                match place {
                    Place::Middle => NaiveDate::from_ymd_opt(year, 6, 30)?,
                    Place::Start => NaiveDate::from_ymd_opt(year, 1, 1)?,
                    Place::Unsaid if shift > 0 => NaiveDate::from_ymd_opt(year, 1, 1)?,
                    Place::End | Place::Unsaid => NaiveDate::from_ymd_opt(year, 12, 31)?,
                }
            }
        };
        Some(DateReading::On(day))
    }

    /// "KW 49", "calendar week 49", "week 49": its Monday, or today when that week has begun.
    pub(crate) fn week_number(&self, at: usize) -> Option<Found> {
        const WEEKS: &[&str] = &["kw", "kalenderwoche", "woche"];
        let dot = at + 1 + usize::from(self.is(at + 1, &["."]));
        // "Chai 8. KW 49": the eight are goods.
        let numbered = self.figure(dot + 1).is_some_and(|week| (1..=53).contains(&week));
        let behind = self.figure(at).filter(|week| (1..=53).contains(week) && self.is(dot, WEEKS) && !numbered);
        if let Some(week) = behind {
            let (year, end) = self.year(dot + 1).map_or((None, dot + 1), |(year, end)| (Some(year), end));
            return Some(self.week(week, year, end));
        }
        let next = self
            .phrase(at, "calendar week")
            .or_else(|| self.is(at, &["kw", "cw", "wk", "w", "week", "kalenderwoche", "woche"]).then_some(at + 1))?;
        let next = if self.is(next, &["."]) { next + 1 } else { next };
        let week = self.figure(next)?;
        let (year, end) = match self
            .year(next + 1)
            .or_else(|| if self.is(next + 1, &["/", "of"]) { self.year(next + 2) } else { None })
        {
            Some((year, end)) => (Some(year), end),
            None => (None, next + 1),
        };
        Some(self.week(week, year, end))
    }

    /// The week of this number: its Monday, or the weekday said behind it.
    fn week(&self, week: u32, year: Option<i32>, end: usize) -> Found {
        if let Some((day, end)) = self.day_of_week(end) {
            let year = year.unwrap_or_else(|| self.year_of_week(week));
            let day = NaiveDate::from_isoywd_opt(year, week, day);
            return (day.map_or(DateReading::Unclear, DateReading::On), end);
        }
        let this = self.today.iso_week();
        let of = |year: i32| NaiveDate::from_isoywd_opt(year, week, Weekday::Mon);
        let day = match year {
            Some(year) => of(year),
            None if week == this.week() => Some(self.today),
            None if week > this.week() => of(this.year()).or_else(|| of(this.year() + 1)),
            None if this.week() - week <= 8 => of(this.year()),
            None => of(this.year() + 1),
        };
        (day.map_or(DateReading::Unclear, DateReading::On), end)
    }

    /// The weekday said behind the number of a week: "KW 49 Montag", "week 50, Thursday".
    fn day_of_week(&self, at: usize) -> Option<(Weekday, usize)> {
        let mut next = at;
        while self.is(next, &[",", "-", "–", "/", "(", "am", "on"]) && next < at + 3 {
            next += 1;
        }
        let short = self.tokens.get(next + 1).is_none_or(Token::is_sign);
        let day = weekday(self.word(next), short)?;
        let bracket = self.is(next + 1, &[")"]);
        Some((day, next + 1 + usize::from(bracket)))
    }

    /// The year in which a week without one is meant.
    fn year_of_week(&self, week: u32) -> i32 {
        let this = self.today.iso_week();
        if week + 8 < this.week() { this.year() + 1 } else { this.year() }
    }

    /// "in December", "by December", "im Dezember": its first day.
    pub(crate) fn bare_month(&self, at: usize, firm: bool) -> Option<Found> {
        let (start, led) = if self.is(at, &["in", "im"]) { (at + 1, true) } else { (at, firm) };
        if month_is_doubtful(self.word(start)) && !led {
            return None;
        }
        let (month, end) = self.month_name(start)?;
        let (year, end) = self.year(end).map_or((None, end), |(year, end)| (Some(year), end));
        if year.is_none() && month == self.today.month() {
            return Some((DateReading::On(month_end(self.today)?), end));
        }
        Some((self.in_month(month, year, Place::Start)?, end))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Start,
    Middle,
    End,
    Unsaid,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Bare,
    This,
    Next,
    Coming,
    AfterNext,
    Last,
}

impl Which {
    fn read(word: &str) -> Option<Self> {
        Some(match word {
            "this" | "diesen" | "dieser" | "diese" | "dieses" | "diesem" | "current" | "laufenden" => Self::This,
            "next" | "nxt" | "nachsten" | "nachster" | "nachste" | "nachstes" | "nachstem" | "naechsten"
            | "naechste" | "naechster" | "following" | "folgenden" | "folgender" => Self::Next,
            "coming" | "upcoming" | "kommenden" | "kommender" | "kommende" | "kommendes" | "kommendem" => Self::Coming,
            "ubernachsten" | "ubernachste" | "ubernachster" | "ubernachstem" | "uebernaechsten" | "uebernaechste" => {
                Self::AfterNext
            }
            "last" | "past" | "previous" | "letzten" | "letzte" | "letzter" | "vergangenen" | "vorigen" => Self::Last,
            _ => return None,
        })
    }

    fn apply(self, today: NaiveDate, day: Weekday) -> Option<NaiveDate> {
        match self {
            Self::Bare | Self::Next | Self::Coming => weekday_after(today, day),
            Self::This => weekday_from(today, day),
            Self::AfterNext => weekday_after(today, day)?.checked_add_days(Days::new(7)),
            Self::Last => weekday_from(today.checked_sub_days(Days::new(7))?, day),
        }
    }
}
