//! Times of day, hours and terms of payment: no days, but no quantities either.

use crate::calendar::{month, weekday};
use crate::dates::{DateReading, Dates, Found};
use crate::durations::{Unit, add};
use crate::language::Language;

impl Dates<'_> {
    /// Whether the words before speak of paying.
    pub(crate) fn pays(&self, at: usize) -> bool {
        const PAYING: &str = "\
            net|netto|payment|payable|paid|pay|terms|zahlung|zahlbar|zahlungsziel|zahlen|ziel|skonto";
        let near = (at.saturating_sub(4)..at)
            .rev()
            .take_while(|before| self.token(*before).is_some_and(|token| !token.is_sign() || token.is("%")));
        near.into_iter().any(|before| self.is_in(before, PAYING))
    }

    /// "10:30", "9 am", "10 Uhr", "between 8 and 10 am": a time of day is not a quantity.
    pub(crate) fn clock(&self, at: usize) -> Option<Found> {
        const SUFFIXES: &str = "am|pm|oclock|uhr|h";
        let from = at + usize::from(self.is(at, &["between", "zwischen", "from", "von"]));
        if self.figure(from).is_some()
            && self.is(from + 1, &["-", "–", "to", "and", "bis", "und"])
            && self.figure(from + 2).is_some_and(|hour| hour <= 24)
            && self.is_in(from + 3, SUFFIXES)
        {
            return Some((DateReading::Nothing, from + 4));
        }
        // "Deliver between 8 and 10".
        let hours =
            self.figure(from).zip(self.figure(from + 2)).is_some_and(|(first, last)| first < last && last <= 24);
        let ends = self.tokens.get(from + 3).is_none_or(|next| next.is_sign() && !next.glued_dash());
        let dated = at
            .checked_sub(1)
            .map(|before| self.word(before))
            .is_some_and(|before| month(before).is_some() || weekday(before, true).is_some());
        if from > at && hours && ends && self.is(from + 1, &["and", "und", "to", "bis"]) && (dated || self.labelled(at))
        {
            return Some((DateReading::Nothing, from + 3));
        }
        self.figure(at)?;
        // "net 30 days", "Zahlungsziel 30 Tage".
        if self.pays(at) && Unit::of(self.word(at + 1)).is_some() {
            return Some((DateReading::Nothing, at + 2));
        }
        // "30 days net".
        if Unit::of(self.word(at + 1)) == Some(Unit::Day)
            && self.is(at + 2, &["net", "netto", "ziel", "terms", "zahlungsziel"])
        {
            return Some((DateReading::Nothing, at + 3));
        }
        const STRETCHES: &str = "hour|hours|hrs|minute|minutes|min|mins|stunde|stunden|std|minuten";
        // "Within 48 hours".
        let hours =
            self.figure(at).filter(|hours| hours % 24 == 0 && self.is_in(at + 1, "hour|hours|hrs|stunde|stunden|std"));
        let within = at.checked_sub(1).is_some_and(|before| self.is(before, &["in", "within", "innerhalb", "binnen"]));
        if let Some(hours) = hours.filter(|_| within) {
            return Some((add(self.today, hours / 24, Unit::Day)?, at + 2));
        }
        if self.is_in(at + 1, STRETCHES) {
            return Some((DateReading::Nothing, at + 2));
        }
        let suffix = |at: usize| self.is(at, &["am", "pm", "oclock", "uhr"]);
        if self.is(at + 1, &[":"]) && self.token(at + 2).is_some_and(|token| token.glued && token.is_number()) {
            return Some((DateReading::Nothing, at + 3 + usize::from(suffix(at + 3))));
        }
        // "am" is also German for "on the".
        let clock = if self.is(at + 1, &["am"]) {
            self.token(at + 1)?.glued || self.language == Language::English
        } else {
            suffix(at + 1)
        };
        clock.then_some((DateReading::Nothing, at + 2))
    }
}
