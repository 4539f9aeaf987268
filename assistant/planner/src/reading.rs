//! A request read into pieces: amounts, prices, days, names, and the words around them.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::asides;
use crate::calendar::{self, ordinal, weekday, weekday_from};
use crate::dates::{DateReading, Dates};
use crate::language::Language;
use crate::lexicon::{self, Roles};
use crate::mentions::Pool;
use crate::numbers::Amount;
use crate::numerals::multiplier;
use crate::prices::Price;
use crate::records::{Candidate, RecordKind};
use crate::tokens::Token;

/// What a piece of a request is.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    /// A quantity; `weak` when a weight or volume follows, which may describe the product instead.
    Amount { amount: Amount, weak: bool },
    /// A price.
    Price(Price),
    /// A day.
    Date(DateReading),
    /// A record, or several that fit equally. `general` when only a description such as "sauce" was said.
    Name { kind: RecordKind, meant: Vec<Candidate>, general: bool, grade: Grade },
    /// A known word or phrase.
    Words(Roles),
    /// Words nobody knows.
    Stray,
    /// The code of no record.
    NoSuchCode,
    /// A comma, semicolon, full stop or line break.
    Break(char),
    /// A colon or an equals sign.
    Colon,
}

/// How well some words name a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grade {
    /// The whole name, letter by letter.
    Whole,
    /// A part of it letter by letter, or all of several words with a slip.
    Part,
    /// One word that is a whole name with a slip.
    Misspelt,
    /// A part of a name with a slip.
    Guess,
}

/// A part and its place.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub part: Part,
    /// Tokens it takes.
    pub tokens: Range<usize>,
    /// Its words, as written.
    pub said: String,
}

impl Piece {
    pub(crate) fn roles(&self) -> Roles {
        match self.part {
            Part::Words(roles) => roles,
            _ => Roles::default(),
        }
    }

    pub(crate) fn has(&self, roles: Roles) -> bool {
        self.roles().has(roles)
    }
}

/// What reading needs to know.
pub(crate) struct Reader<'r> {
    pub text: &'r str,
    pub tokens: &'r [Token],
    pub pool: &'r Pool,
    pub language: Language,
    pub today: NaiveDate,
    /// What the last question asked for.
    pub expects: Option<RecordKind>,
}

impl Reader<'_> {
    /// Reads the whole request.
    pub(crate) fn read(&self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = self.codes();
        let mut taken = vec![false; self.tokens.len()];
        mark(&mut taken, &pieces);
        let mut named = taken.clone();
        for span in self.spans(&taken, &[], false).iter().filter(|span| span.is_whole_name() && span.tokens.len() > 1) {
            fill(&mut named, &span.tokens);
        }
        let dates = self.dates(&named);
        mark(&mut named, &dates);
        mark(&mut taken, &dates);
        let (amounts, priced) = self.amounts(&named);
        mark(&mut taken, &amounts);
        mark(&mut taken, &priced);
        pieces.extend(dates);
        pieces.extend(amounts);
        pieces.extend(priced);
        let persons = self.persons(&taken);
        mark(&mut taken, &persons);
        pieces.extend(persons);
        let names: Vec<Piece> = self.named(&taken, &pieces);
        mark(&mut taken, &names);
        pieces.extend(names);
        let rest = self.rest(&taken, &pieces);
        pieces.extend(rest);
        pieces.sort_by_key(|piece| piece.tokens.start);
        self.companies(&mut pieces);
        self.articles(&mut pieces);
        asides::without(self.tokens, pieces)
    }

    pub(crate) fn said(&self, tokens: &Range<usize>) -> String {
        let start = self.tokens.get(tokens.start).map_or(0, |token| token.span.start);
        let end =
            tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(start, |token| token.span.end);
        self.text.get(start..end).unwrap_or_default().to_owned()
    }

    pub(crate) fn piece(&self, part: Part, tokens: Range<usize>) -> Piece {
        Piece { part, said: self.said(&tokens), tokens }
    }

    pub(crate) fn token(&self, at: usize) -> Option<&Token> {
        self.tokens.get(at)
    }

    pub(crate) fn roles(&self, at: usize) -> Roles {
        self.token(at).map(|token| lexicon::roles(&token.fold)).unwrap_or_default()
    }

    fn dates(&self, taken: &[bool]) -> Vec<Piece> {
        let dates = Dates { tokens: self.tokens, language: self.language, today: self.today, taken };
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            match dates.read(at) {
                Some((reading, end)) if end > at => {
                    pieces.push(self.piece(Part::Date(reading), at..end));
                    at = end;
                }
                _ => at += 1,
            }
        }
        self.same_month(&mut pieces);
        pieces
    }

    /// "Am 24. Dezember haben wir zu, also am 23.", "in KW 50, am Donnerstag": a day told by its number or weekday alone is
    /// of the month or week named before.
    fn same_month(&self, days: &mut [Piece]) {
        const LEADS: &str =
            "the|on|by|am|den|dem|der|zum|bis|for|until|till|before|vor|ab|due|to|no|later|than|spatestens|im|in";
        const WEEKS: &str = "kw|cw|wk|week|kalenderwoche|woche";
        let words = |piece: &Piece| self.tokens.get(piece.tokens.clone()).unwrap_or_default();
        let lead = |token: &Token| lexicon::is_one_of(&token.fold, LEADS);
        let numbered = |piece: &Piece| {
            let figure = |token: &Token| ordinal(&token.fold).is_some() || token.is_number() && token.fold.len() < 3;
            let suffix = |token: &Token| token.glued && matches!(token.fold.as_str(), "st" | "nd" | "rd" | "th" | ".");
            words(piece).iter().any(figure)
                && words(piece).iter().all(|token| figure(token) || suffix(token) || lead(token))
        };
        let named = |token: &Token| weekday(&token.fold, true);
        let weekly = |piece: &Piece| words(piece).iter().all(|token| named(token).is_some() || lead(token));
        let of_week = |piece: &Piece| {
            let week = words(piece).iter().any(|token| lexicon::is_one_of(&token.fold, WEEKS));
            week && !words(piece).iter().any(|token| named(token).is_some())
        };
        let mut before: Option<(usize, NaiveDate)> = None;
        for at in 0..days.len() {
            let Some(piece) = days.get(at) else { continue };
            let Part::Date(DateReading::On(day)) = piece.part else { continue };
            let earlier = before.and_then(|(place, day)| Some((place, days.get(place)?, day)));
            let near = |other: &Piece| {
                let between = self.tokens.get(other.tokens.end..piece.tokens.start).unwrap_or_default();
                between.len() < 6
                    && !between.iter().any(|token| {
                        matches!(token.fold.as_str(), "." | "\n") || lexicon::roles(&token.fold).has(Roles::OR)
                    })
            };
            let found = match earlier {
                Some((_, _, named)) if numbered(piece) => {
                    named.with_day(day.day()).filter(|same| *same > day && *same < named).map(|same| (same, None))
                }
                Some((place, week, first)) if weekly(piece) && of_week(week) && near(week) => calendar::monday(first)
                    .and_then(|monday| weekday_from(monday, day.weekday()))
                    .map(|same| (same, Some(place))),
                _ => None,
            };
            if !numbered(piece) {
                before = Some((at, day));
            }
            let Some((same, replaced)) = found else { continue };
            if let Some(piece) = days.get_mut(at) {
                piece.part = Part::Date(DateReading::On(same));
            }
            if let Some(week) = replaced.and_then(|place| days.get_mut(place)) {
                week.part = Part::Date(DateReading::Nothing);
            }
        }
    }

    pub(crate) fn is_capital(&self, at: usize) -> bool {
        self.said(&(at..at + 1)).chars().next().is_some_and(char::is_uppercase)
    }

    /// Everything no other reader took: phrases, words, signs.
    fn rest(&self, taken: &[bool], read: &[Piece]) -> Vec<Piece> {
        let amount =
            |at: usize| read.iter().any(|piece| piece.tokens.end == at && matches!(piece.part, Part::Amount { .. }));
        // "10 office chairs" counts chairs.
        let counted = |at: usize| {
            let between =
                at.checked_sub(1).filter(|word| self.roles(*word).known() && !self.roles(*word).has(Roles::JOINT));
            amount(at) || between.is_some_and(amount)
        };
        let free = |at: usize| !taken.get(at).copied().unwrap_or(true);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut at = 0;
        while let Some(token) = self.token(at) {
            if !free(at) {
                at += 1;
                continue;
            }
            let rest = self.tokens.get(at..).unwrap_or_default();
            if let Some((length, roles)) = lexicon::phrase(rest).filter(|(length, _)| (at..at + length).all(free)) {
                pieces.push(self.piece(Part::Words(roles), at..at + length));
                at += length;
                continue;
            }
            if self.is_enumerator(at) || matches!(token.fold.as_str(), "comma" | "komma") {
                pieces.push(self.piece(Part::Break(','), at..at + 1));
            } else if token.is_sign() {
                pieces.extend(self.sign(token, at));
            } else {
                let roles = if self.compares(at) {
                    Roles::FILLER.or(Roles::ENGLISH)
                } else {
                    lexicon::roles_misspelt(&token.fold)
                };
                let foreign = roles.has(Roles::FOREIGN_ANYWHERE) && !roles.has(Roles::FILLER);
                let noun = roles.has(Roles::NOUN) || foreign && (roles.has(Roles::ENGLISH) || self.is_capital(at));
                let thing = noun && !roles.has(Roles::PACK);
                if roles.known() && !(thing && counted(at)) {
                    pieces.push(self.piece(Part::Words(roles), at..at + 1));
                } else {
                    self.stray(&mut pieces, at);
                }
            }
            at += 1;
        }
        pieces
    }

    /// "It sells like hot cakes": only behind somebody who wishes is "like" a verb that asks.
    fn compares(&self, at: usize) -> bool {
        const WISHING: &str = "i|we|id|wed|would|should|also|really|might|to|he|she|they|hed|shed|theyd|you|youd|who|do|does|ud|wld|guests|customers|boss|chef";
        let wishes = at
            .checked_sub(1)
            .and_then(|before| self.token(before))
            .is_none_or(|before| before.is_sign() || lexicon::is_one_of(&before.fold, WISHING));
        self.token(at).is_some_and(|token| token.is("like")) && !wishes
    }

    /// "a) 40 Chai b) 12 Chang": a letter that numbers an item.
    fn is_enumerator(&self, at: usize) -> bool {
        let letter = self.token(at).is_some_and(|token| token.is_word() && token.fold.chars().count() == 1);
        letter && self.token(at + 1).is_some_and(|token| token.is(")") && token.glued)
    }

    /// A word nobody knows joins the one right before it.
    fn stray(&self, pieces: &mut Vec<Piece>, at: usize) {
        // "Müller & Söhne OHG".
        let and = at.checked_sub(1).filter(|and| self.token(*and).is_some_and(|token| token.is("&")));
        if let (Some(and), [.., before, _]) = (and, pieces.as_slice())
            && matches!(before.part, Part::Stray)
            && before.tokens.end == and
        {
            pieces.pop();
        }
        let from = and.unwrap_or(at);
        let joins =
            |last: &Piece| matches!(last.part, Part::Stray) && (last.tokens.end == at || last.tokens.end == from);
        if let Some(last) = pieces.last_mut().filter(|last| joins(last)) {
            last.tokens.end = at + 1;
            last.said = self.said(&last.tokens);
        } else {
            pieces.push(self.piece(Part::Stray, at..at + 1));
        }
    }

    /// "3 dz. Chai", "12 Fl. Chang", "bzw.": the dot of an abbreviation ends no sentence unless the line ends with it.
    fn abbreviates(&self, at: usize) -> bool {
        const LONGEST: usize = 4;
        const ABBREVIATIONS: &[&str] = &[
            "bzw", "ca", "inkl", "exkl", "zzgl", "evtl", "ggf", "vgl", "bspw", "approx", "incl", "excl", "resp", "dr",
            "hr", "mr", "mrs", "ms", "z", "b", "d", "h", "u", "e", "g", "i", "bzgl", "betr", "min", "max", "spat",
        ];
        let Some(word) = at.checked_sub(1).filter(|_| self.token(at).is_some_and(|dot| dot.glued)) else {
            return false;
        };
        let Some(said) = self.token(word).filter(|token| token.is_word()).map(|token| token.fold.as_str()) else {
            return false;
        };
        let unit = Roles::PACK.or(Roles::MEASURE).or(Roles::CODE_LEAD);
        let counts = said.len() <= LONGEST && (multiplier(said).is_some() || self.roles(word).has(unit));
        let next = self.token(at + 1);
        let name = next.is_some_and(|next| next.is_word() && !lexicon::roles(&next.fold).known());
        // "Spät. Freitag", and not "… war zu spät. Bitte".
        if said == "spat" {
            return next.is_some_and(|next| next.is_number() || weekday(&next.fold, true).is_some());
        }
        ABBREVIATIONS.contains(&said) && next.is_some_and(|next| !next.is("\n")) || counts && name
    }

    fn sign(&self, token: &Token, at: usize) -> Option<Piece> {
        let spaced = |at: usize| self.token(at).is_none_or(|next| !next.glued);
        let part = match token.fold.as_str() {
            "," => Part::Break(','),
            ";" | "•" | "·" | "|" | "\t" => Part::Break(';'),
            "\n" => Part::Break('\n'),
            "." if self.abbreviates(at) => return None,
            "." | "!" | "?" | "…" => Part::Break('.'),
            "+" | "&" => Part::Words(Roles::AND),
            "*" => Part::Words(Roles::PACK),
            "×" => Part::Words(Roles::PACK),
            ":" | "=" => Part::Colon,
            "/" if spaced(at + 1) => Part::Break(','),
            _ if token.is_dash() && spaced(at + 1) => Part::Words(Roles::FILLER),
            _ => return None,
        };
        Some(self.piece(part, at..at + 1))
    }

    /// "a case of", "eine Kiste", "ein Chai": an article that counts one.
    fn articles(&self, pieces: &mut [Piece]) {
        for index in 0..pieces.len() {
            let after = pieces.get(index + 1..).unwrap_or_default();
            let next = after.iter().find(|next| !(next.has(Roles::DESCRIPTION) || next.has(Roles::MORE)));
            let counts = next.is_some_and(|next| match &next.part {
                Part::Words(roles) => roles.has(Roles::PACK),
                Part::Name { kind, .. } => *kind == RecordKind::Product,
                _ => false,
            });
            let alone = index
                .checked_sub(1)
                .and_then(|before| pieces.get(before))
                .is_none_or(|before| !matches!(before.part, Part::Amount { .. } | Part::Price(_)));
            // "an Chang" in German is no article.
            let foreign = |piece: &Piece| {
                self.language == Language::German
                    && (!piece.has(Roles::GERMAN) || piece.said.eq_ignore_ascii_case("an"))
            };
            if let Some(piece) =
                pieces.get_mut(index).filter(|piece| piece.has(Roles::ARTICLE) && counts && alone && !foreign(piece))
            {
                piece.part = Part::Amount { amount: Amount::Exact(rust_decimal::Decimal::ONE), weak: false };
            }
        }
    }
}

fn fill(taken: &mut [bool], tokens: &Range<usize>) {
    for place in taken.iter_mut().skip(tokens.start).take(tokens.len()) {
        *place = true;
    }
}

fn mark(taken: &mut [bool], pieces: &[Piece]) {
    for piece in pieces {
        fill(taken, &piece.tokens);
    }
}
