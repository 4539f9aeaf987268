//! Days in plain words: "next Friday", "by 4 December", "in zwei Wochen", "Mitte Dezember", "KW 49".

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::calendar::{month, ordinal, weekday, without_year};
use crate::durations::add;
use crate::language::Language;
use crate::lexicon::{self, is_one_of};
use crate::tokens::Token;

/// What some words say about a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum DateReading {
    /// One day.
    On(NaiveDate),
    /// One of several: "4/12", "Monday 4 December" when that is a Friday.
    OneOf(Vec<NaiveDate>),
    /// A day no calendar has, or none in particular: "31 November", "in a few weeks".
    Unclear,
    /// So many days from the day named before: "the day before", "zwei Tage später".
    Shift(i64),
    /// A time of day or "last year": no expected day, but no quantity either.
    Nothing,
}

/// Words that lead to a day.
const LEADS: &str = "\
    for|per|by|on|until|till|til|before|due|from|the|of|to|arrive|at|within|bis|zum|am|den|dem|der|fur|ab|vor|\
    spatestens|auf|im|zu|zur|nach|after|around|about|no|later|than|latest|gegen|an|wc|commencing|beginning|\
    starting|ending|onwards|spater|als|towards|ahead|come";

/// Leads after which a bare ordinal or a doubtful month is a day.
const FIRM_LEADS: &str = "per|by|on|until|till|before|due|bis|zum|am|den|ab|spatestens|gegen|vom|than|als";

/// Words of delivery, alone or as the label of a field, after which a doubtful figure is a day.
pub(crate) const LABELS: &str = "\
    date|delivery|deliver|delivered|delivering|due|eta|arrival|arrive|arrives|arriving|needed|required|wanted|\
    expected|requested|shipping|deadline|latest|when|termin|liefertermin|lieferdatum|liefertag|lieferung|\
    anlieferung|wunschtermin|ankunft|datum|wann|fallig|liefern";

/// What people wrote and said, whose day is not the delivery's.
const NOTES: &str = "note|mail|email|message|call|chat|meeting|conversation|letter|fax|talk|discussion|quote|offer|\
    nachricht|anruf|gesprach|telefonat|schreiben|brief|angebot|besprechung|preisliste";

pub(crate) type Found = (DateReading, usize);

/// Reads days from tokens; stops at tokens that belong to something else.
pub(crate) struct Dates<'t> {
    pub tokens: &'t [Token],
    pub language: Language,
    pub today: NaiveDate,
    pub taken: &'t [bool],
}

/// "20261211".
fn compact(figure: &str) -> Option<NaiveDate> {
    if figure.len() != 8 || !figure.is_ascii() {
        return None;
    }
    let part = |range: std::ops::Range<usize>| figure.get(range).and_then(|part| part.parse::<u32>().ok());
    NaiveDate::from_ymd_opt(i32::try_from(part(0..4)?).ok()?, part(4..6)?, part(6..8)?)
}

impl Dates<'_> {
    pub(crate) fn token(&self, at: usize) -> Option<&Token> {
        if self.taken.get(at).copied().unwrap_or(true) { None } else { self.tokens.get(at) }
    }

    pub(crate) fn word(&self, at: usize) -> &str {
        self.token(at).map_or("", |token| token.fold.as_str())
    }

    pub(crate) fn is(&self, at: usize, words: &[&str]) -> bool {
        self.token(at).is_some() && words.contains(&self.word(at))
    }

    /// The same with a list whose entries are separated by `|`.
    pub(crate) fn is_in(&self, at: usize, list: &str) -> bool {
        is_one_of(self.word(at), list)
    }

    /// Matches a phrase of words from here; the index after it.
    pub(crate) fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut next = at;
        for word in phrase.split(' ') {
            if self.word(next) != word {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// The day that begins at this token, with the words that lead to it.
    pub(crate) fn read(&self, at: usize) -> Option<Found> {
        self.token(at)?;
        if let Some(end) = self.farewell(at) {
            return Some((DateReading::Nothing, end));
        }
        // "My note from Tuesday".
        let noted =
            self.is(at, &["from", "von", "vom"]) && at.checked_sub(1).is_some_and(|before| self.is_in(before, NOTES));
        if noted && let Some((_, end)) = self.day(at + 1, true) {
            return Some((DateReading::Nothing, end));
        }
        let mut start = at;
        let mut firm = false;
        while start < at + 4 && self.is_in(start, LEADS) {
            if let Some((reading, end)) = self.day(start, firm) {
                let terms =
                    self.pays(at) && self.count_and_unit(start + 1).or_else(|| self.count_and_unit(start)).is_some();
                // "10 more than last month".
                let than = start.checked_sub(1).is_some_and(|before| self.is(before, &["than", "als", "like", "wie"]));
                let compared = than && matches!(reading, DateReading::On(day) if day < self.today);
                return Some((if terms || compared { DateReading::Nothing } else { reading }, end));
            }
            firm |= self.is_in(start, FIRM_LEADS);
            start += 1;
        }
        let stretch = start + usize::from(self.is(start, &["in", "within", "binnen", "innerhalb", "nach"]));
        if self.pays(at) && self.count_and_unit(stretch).is_some() {
            return self.day(start, firm).map(|(_, end)| (DateReading::Nothing, end));
        }
        let before = |list: &str| at.checked_sub(1).is_some_and(|before| self.is_in(before, list));
        let (reading, end) = self.day(start, firm || before(FIRM_LEADS) || self.labelled(at))?;
        // "Zu den 20 von gestern" tells when those were ordered.
        let past = matches!(reading, DateReading::On(day) if day < self.today);
        Some((if past && before("von|from|of|like|wie|than|als") { DateReading::Nothing } else { reading }, end))
    }

    /// "Schönes Wochenende", "have a nice Friday": a wish, and no day.
    fn farewell(&self, at: usize) -> Option<usize> {
        const WISHES: &str = "schones|schonen|schone|nice|good|great|lovely|happy|pleasant|relaxing|angenehmes|angenehmen|erholsames|wonderful|fab|super";
        const TIMES: &str = "weekend|wochenende|we|week|woche|day|tag|evening|abend|feierabend|restwoche|one";
        let said = |at: usize| self.is_in(at, TIMES) || weekday(self.word(at), false).is_some();
        (self.is_in(at, WISHES) && said(at + 1)).then_some(at + 2)
    }

    /// "4 December (Friday)": the weekday behind a day, when it is that day's.
    fn named_behind(&self, (reading, end): Found) -> Found {
        let bracket = usize::from(self.is(end, &["("]));
        let DateReading::On(day) = reading else { return (reading, end) };
        let fits = weekday(self.word(end + bracket), bracket > 0) == Some(day.weekday());
        let closed = bracket == 0 || self.is(end + 2, &[")"]);
        (reading, if fits && closed { end + 1 + 2 * bracket } else { end })
    }

    /// "Date: 15/12", "ETA 5.12".
    pub(crate) fn labelled(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back);
        let colon = before(1).is_some_and(|colon| self.is(colon, &[":", "="]));
        before(if colon { 2 } else { 1 }).is_some_and(|label| self.is_in(label, LABELS))
    }

    /// Whether nothing but signs stands on both sides: "…, 28.11."
    pub(crate) fn stands_alone(&self, at: usize, end: usize) -> bool {
        let border = |token: Option<&Token>| token.is_none_or(|token| token.is_sign() && !token.glued_dash());
        border(at.checked_sub(1).and_then(|before| self.tokens.get(before))) && border(self.tokens.get(end))
    }

    fn day(&self, at: usize, firm: bool) -> Option<Found> {
        let (reading, end) = self
            .clock(at)
            .or_else(|| self.nth_weekday(at))
            .or_else(|| self.nth_week(at))
            .or_else(|| self.day_of_next_month(at))
            .or_else(|| self.quarter(at))
            .or_else(|| self.edge_of_month(at))
            .or_else(|| self.around(at))
            .or_else(|| self.holiday(at))
            .or_else(|| self.choice(at))
            .or_else(|| self.figures(at, firm))
            .or_else(|| self.day_month(at))
            .or_else(|| self.month_day(at))
            .or_else(|| self.relative(at))
            .or_else(|| self.shift(at))
            .or_else(|| self.span(at))
            .or_else(|| self.weekday(at, firm))
            .or_else(|| self.period(at))
            .or_else(|| self.week_number(at))
            .or_else(|| self.bare_month(at, firm))
            .or_else(|| self.day_of_month(at, firm))?;
        Some(self.named_behind((reading, end)))
    }

    /// A whole number of up to four digits.
    pub(crate) fn figure(&self, at: usize) -> Option<u32> {
        self.token(at).filter(|token| token.is_number() && token.fold.len() <= 4)?.fold.parse().ok()
    }

    pub(crate) fn year(&self, at: usize) -> Option<(i32, usize)> {
        let start =
            if self.is(at, &[",", "."]) && self.token(at + 1).is_some_and(Token::is_number) { at + 1 } else { at };
        let token = self.token(start).filter(|token| token.is_number())?;
        let figure = self.figure(start)?;
        let year = match token.fold.len() {
            4 if (1900..=2999).contains(&figure) => figure,
            _ => return None,
        };
        i32::try_from(year).ok().map(|year| (year, start + 1))
    }

    /// The year after a day and month: in full, or "26" where nothing follows that it could count.
    fn year_behind(&self, at: usize) -> Option<(i32, usize)> {
        self.year(at).or_else(|| {
            let year = self.long_year(at).filter(|_| self.word(at).len() == 2)?;
            let last = self.tokens.get(at + 1).is_none_or(|next| next.is_sign() && !next.is("%") && !next.is(":"));
            let near = (self.today.year()..=self.today.year() + 5).contains(&year);
            (last && near).then_some((year, at + 1))
        })
    }

    pub(crate) fn date(&self, year: Option<i32>, month: u32, day: u32) -> DateReading {
        let date = match year {
            Some(year) => NaiveDate::from_ymd_opt(year, month, day),
            None => without_year(self.today, month, day),
        };
        date.map_or(DateReading::Unclear, DateReading::On)
    }

    /// "2026-12-01", "15.12.", "15.12.2026", "4/12/2026".
    pub(crate) fn figures(&self, at: usize, firm: bool) -> Option<Found> {
        let token = self.token(at).filter(|token| token.is_number())?;
        let glued = |at: usize, sign: &str| self.token(at).is_some_and(|token| token.glued && token.is(sign));
        let year_first = ["-", "/"].into_iter().any(|sign| glued(at + 1, sign) && glued(at + 3, sign));
        if token.fold.len() == 4 && year_first {
            let (year, month, day) = (self.figure(at)?, self.figure(at + 2)?, self.figure(at + 4)?);
            return Some((self.date(i32::try_from(year).ok(), month, day), at + 5));
        }
        if token.fold.contains('.') {
            return self.dotted(at, firm);
        }
        if let Some(day) = compact(&token.fold).filter(|day| (0..6).contains(&(day.year() - self.today.year()))) {
            return Some((DateReading::On(day), at + 1));
        }
        let sign = ["/", "-"].into_iter().find(|sign| glued(at + 1, sign) && self.figure(at + 2).is_some())?;
        let (first, second) = (self.figure(at)?, self.figure(at + 2)?);
        let year = if glued(at + 3, sign) { self.long_year(at + 4) } else { None };
        let end = if year.is_some() { at + 5 } else { at + 3 };
        let fraction = first < second && matches!(second, 2..=4);
        // "dlvry 30/11" is no fraction.
        let ends = self.tokens.get(end).is_none_or(|next| next.is_sign() && !next.glued_dash());
        let calendar = (13..=31).contains(&first) && (1..=12).contains(&second) && ends && sign == "/";
        let dated = firm || calendar || self.stands_alone(at, end) && !fraction;
        if year.is_none() && (sign == "-" || !dated) {
            return None;
        }
        Some((self.day_and_month(first, second, year), end))
    }

    /// A year of four or two digits.
    fn long_year(&self, at: usize) -> Option<i32> {
        let figure = self.figure(at)?;
        let year = if figure < 100 { 2000 + figure } else { figure };
        i32::try_from(year).ok()
    }

    /// Two figures whose order may be day-month or month-day.
    fn day_and_month(&self, first: u32, second: u32, year: Option<i32>) -> DateReading {
        let day_first = self.date(year, second, first);
        if self.language == Language::German {
            return day_first;
        }
        let month_first = self.date(year, first, second);
        let future = |reading: &DateReading| matches!(reading, DateReading::On(date) if *date >= self.today);
        match (&day_first, &month_first) {
            (DateReading::On(a), DateReading::On(b)) if a == b => day_first,
            (DateReading::On(a), DateReading::On(b)) if future(&day_first) && future(&month_first) => {
                DateReading::OneOf(vec![*a, *b])
            }
            (_, DateReading::On(_)) if !future(&day_first) => month_first,
            _ => day_first,
        }
    }

    fn dotted(&self, at: usize, firm: bool) -> Option<Found> {
        let token = self.token(at)?;
        let mut figures = token.fold.split('.').map(str::parse::<u32>);
        let (day, month) = (figures.next()?.ok()?, figures.next()?.ok()?);
        let dot = self.token(at + 1).is_some_and(|token| token.glued && token.is("."));
        let year = match figures.next() {
            Some(year) => {
                let year = year.ok()?;
                i32::try_from(if year < 100 { 2000 + year } else { year }).ok()
            }
            None => None,
        };
        if figures.next().is_some() || month > 12 || month == 0 || day > 31 {
            return None;
        }
        if year.is_some() {
            return Some((self.date(year, month, day), at + 1));
        }
        let priced =
            at.checked_sub(1).is_some_and(|before| self.is(before, &["zu", "at", "@", "à", "je", "for", "€", "$"]));
        let end = at + 1 + usize::from(dot);
        let alone = dot && self.stands_alone(at, end);
        let dated = firm || (dot && (self.language == Language::German || alone));
        if !dated || priced {
            return None;
        }
        let (year, end) = self.year(end).map_or((None, end), |(year, end)| (Some(year), end));
        Some((self.date(year, month, day), end))
    }

    /// The day number at this token: "4", "4th", "4.", "fourth".
    pub(crate) fn day_number(&self, at: usize) -> Option<(u32, usize, bool)> {
        if let Some(day) = ordinal(self.word(at)) {
            return Some((day, at + 1, true));
        }
        // "twenty-third".
        let tens = match self.word(at) {
            "twenty" => 20,
            "thirty" => 30,
            _ => 0,
        };
        let next = if self.token(at + 1).is_some_and(Token::glued_dash) { at + 2 } else { at + 1 };
        if let Some(ones) = ordinal(self.word(next)).filter(|ones| tens > 0 && *ones < 10) {
            return Some((tens + ones, next + 1, true));
        }
        let day = self.figure(at).filter(|day| *day <= 99)?;
        let suffix = self
            .token(at + 1)
            .is_some_and(|token| token.glued && ["st", "nd", "rd", "th", "."].contains(&token.fold.as_str()));
        Some((day, at + 1 + usize::from(suffix), suffix))
    }

    pub(crate) fn month_name(&self, at: usize) -> Option<(u32, usize)> {
        let month = month(self.word(at))?;
        let dot = self.token(at + 1).is_some_and(|token| token.glued && token.is(".")) && self.word(at).len() <= 4;
        Some((month, at + 1 + usize::from(dot)))
    }

    /// "4 December 2026", "the 4th of Dec", "4. Dezember", "4-Dec-2026".
    pub(crate) fn day_month(&self, at: usize) -> Option<Found> {
        let (day, mut next, suffixed) = self.day_number(at)?;
        while self.is(next, &["of", "day", "-", "."]) && next < at + 4 {
            next += 1;
        }
        let (month, mut end) = self.month_name(next).or_else(|| self.counted_month(next).filter(|_| suffixed))?;
        if self.is(end, &["-"]) && self.year_behind(end + 1).is_some() {
            end += 1;
        }
        let (year, end) = self.year_behind(end).map_or((None, end), |(year, end)| (Some(year), end));
        Some((self.date(year, month, day), end))
    }

    /// "3 or 4 December", "3.–5. Dezember": one day of two.
    fn choice(&self, at: usize) -> Option<Found> {
        let (first, joint, _) = self.day_number(at)?;
        if !self.is(joint, &["or", "oder", "-", "–", "to", "bis"]) {
            return None;
        }
        let second = joint + 1 + usize::from(self.is(joint + 1, &["the", "am", "den"]));
        let (DateReading::On(last), end) = self.day_month(second)? else { return None };
        let day = last.with_day(first).filter(|day| *day < last)?;
        Some((DateReading::OneOf(vec![day, last]), end))
    }

    /// "4. 12. 2026", "am vierten Zwölften": a month by its number.
    fn counted_month(&self, at: usize) -> Option<(u32, usize)> {
        let (month, end, suffixed) = self.day_number(at)?;
        let word = self.token(at)?.is_word();
        // "30. 11."
        let dots = self.tokens.get(end - 1).is_some_and(|token| token.is("."))
            && self.tokens.get(end).is_none_or(Token::is_sign);
        let german = self.language == Language::German;
        let firm = german && (word || dots) || self.year(end).is_some();
        (suffixed && (1..=12).contains(&month) && firm).then_some((month, end))
    }

    /// "December 4", "Dec 4th, 2026", "December the fourth".
    pub(crate) fn month_day(&self, at: usize) -> Option<Found> {
        let (month, next) = self.month_name(at)?;
        let next = if self.is(next, &["the"]) { next + 1 } else { next };
        let (day, end, suffixed) = self.day_number(next)?;
        if !suffixed && !(1..=31).contains(&day) {
            return None;
        }
        let end = if suffixed && self.tokens.get(end - 1).is_some_and(|token| token.is(".")) { end - 1 } else { end };
        let (year, end) = self.year_behind(end).map_or((None, end), |(year, end)| (Some(year), end));
        Some((self.date(year, month, day), end))
    }

    pub(crate) fn relative(&self, at: usize) -> Option<Found> {
        const PHRASES: &[(&str, i64)] = &[
            ("the day after tomorrow", 2),
            ("day after tomorrow", 2),
            ("the day before yesterday", -2),
            ("tomorrow", 1),
            ("tomorow", 1),
            ("tommorrow", 1),
            ("tommorow", 1),
            ("today", 0),
            ("tonight", 0),
            ("yesterday", -1),
            ("ubermorgen", 2),
            ("uebermorgen", 2),
            ("heute", 0),
            ("vorgestern", -2),
            ("gestern", -1),
            ("tmrw", 1),
            ("tmw", 1),
            ("tomoz", 1),
            ("2 moro", 1),
            ("2 morrow", 1),
            ("morgen", 1),
        ];
        if self.is(at, &["morgen"]) && at.checked_sub(1).is_some_and(|before| self.is(before, &["guten", "good"])) {
            return None;
        }
        let (end, days) = PHRASES.iter().find_map(|(phrase, days)| self.phrase(at, phrase).map(|end| (end, *days)))?;
        if let Some((reading, end)) = self.counted_from(at, end, days) {
            return Some((reading, end));
        }
        let day = self.today.checked_add_signed(chrono::TimeDelta::days(days))?;
        let end = end
            + usize::from(self.is(
                end,
                &[
                    "morning",
                    "afternoon",
                    "evening",
                    "noon",
                    "fruh",
                    "mittag",
                    "abend",
                    "vormittag",
                    "nachmittag",
                    "night",
                    "lunchtime",
                ],
            ));
        Some((DateReading::On(day), end))
    }

    /// "heute in 14 Tagen", "tomorrow week".
    fn counted_from(&self, at: usize, end: usize, days: i64) -> Option<Found> {
        let base = self.today.checked_add_signed(chrono::TimeDelta::days(days))?;
        if self.is(at, &["today", "tomorrow"]) && self.is(end, &["week"]) {
            return Some((DateReading::On(base.checked_add_days(Days::new(7))?), end + 1));
        }
        if !self.is(end, &["in"]) {
            return None;
        }
        let (count, unit, after) = self.count_and_unit(end + 1)?;
        Some((add(base, count, unit)?, after))
    }

    /// "the 15th", "am 15.": the next such day.
    pub(crate) fn day_of_month(&self, at: usize, firm: bool) -> Option<Found> {
        let (day, end, suffixed) = self.day_number(at)?;
        let word = self.token(at)?.is_word();
        if self.is(end, &["thought", "thoughts", "hand", "place", "half", "time", "choice", "option"]) {
            return None;
        }
        // "5th Avenue", "the 3rd floor".
        let english = self.tokens.get(end - 1).is_some_and(|suffix| !suffix.is_sign());
        let numbers = !word
            && english
            && self.tokens.get(end).is_some_and(|next| next.is_word() && !lexicon::roles(&next.fold).known());
        if !suffixed || numbers || (word && !firm) || day == 0 || day > 31 {
            return None;
        }
        // A full stop after a figure ends a sentence unless a preposition or a verb behind it makes it an ordinal.
        let dot = self.tokens.get(end - 1).is_some_and(|token| token.is("."));
        let led = at.checked_sub(1).is_some_and(|before| self.is(before, &["der", "den", "dem"]));
        let firm = firm || led && self.is(end, &["ist", "ware", "war", "geht", "passt", "reicht", "klappt", "wird"]);
        if dot && !(firm && self.language == Language::German) {
            return None;
        }
        let mut month = self.today.with_day(1)?;
        for _ in 0..12 {
            match month.with_day(day) {
                Some(date) if date >= self.today => return Some((DateReading::On(date), end)),
                _ => month = month.checked_add_months(Months::new(1))?,
            }
        }
        Some((DateReading::Unclear, end))
    }
}
