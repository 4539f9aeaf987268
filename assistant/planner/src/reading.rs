//! A request read into pieces: amounts, prices, days, names, and the words around them.

use std::collections::HashSet;
use std::ops::Range;

use chrono::NaiveDate;

use crate::asides;
use crate::calendar::weekday;
use crate::dates::{DateReading, Dates};
use crate::language::Language;
use crate::lexicon::{self, Roles};
use crate::mentions::{Pool, Span, Wanted};
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
        for span in self.spans(&taken, &[]).iter().filter(|span| span.is_whole_name() && span.tokens.len() > 1) {
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
        let names: Vec<Piece> = self.spans(&taken, &pieces).iter().map(|span| self.name(span)).collect();
        mark(&mut taken, &names);
        pieces.extend(names);
        let rest = self.rest(&taken, &pieces);
        pieces.extend(rest);
        pieces.sort_by_key(|piece| piece.tokens.start);
        self.articles(&mut pieces);
        asides::without(self.tokens, pieces)
    }

    /// The company named here, by its whole name or by more than one word of it.
    pub(crate) fn company(&self) -> Option<Candidate> {
        let spans = self.spans(&vec![false; self.tokens.len()], &[]);
        let named = spans.iter().find(|span| {
            span.kind == RecordKind::Supplier && (span.is_whole_name() || span.tokens.len() > 1 && span.is_sure())
        })?;
        match self.pool.meant(named).as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        }
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

    fn name(&self, span: &Span) -> Piece {
        let general = span.tokens.clone().all(|at| self.roles(at).has(Roles::DESCRIPTION.or(Roles::GENERAL)));
        let grade = match (span.is_whole_name(), span.is_sure(), span.is_near()) {
            (true, _, _) => Grade::Whole,
            (false, true, _) => Grade::Part,
            (false, false, true) => Grade::Misspelt,
            (false, false, false) => Grade::Guess,
        };
        let part = Part::Name { kind: span.kind, meant: self.pool.meant(span), general, grade };
        self.piece(part, span.tokens.clone())
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
        pieces
    }

    fn spans(&self, taken: &[bool], pieces: &[Piece]) -> Vec<Span> {
        let free = |at: usize| !taken.get(at).copied().unwrap_or(true);
        let idioms = self.idioms();
        let telling = |at: usize| {
            let roles = self.roles(at);
            // "No, hang on" is no slip of "Chang".
            let named = |kind: RecordKind| self.token(at).is_some_and(|token| self.pool.names(kind, &token.fold));
            if idioms.contains(&at) && !named(RecordKind::Product) && !named(RecordKind::Supplier) {
                return false;
            }
            let word = self.token(at).is_some_and(Token::is_word);
            let led = at
                .checked_sub(1)
                .and_then(|before| self.token(before))
                .is_some_and(|before| matches!(before.fold.as_str(), "from" | "bei" | "von"));
            word && (!roles.known() || roles.has(Roles::DESCRIPTION.or(Roles::GENERAL)) || (led && self.is_capital(at)))
        };
        // Asked of every word for every record.
        let tellings: Vec<bool> = (0..self.tokens.len()).map(telling).collect();
        let telling = |at: usize| tellings.get(at).copied().unwrap_or(false);
        let wanted = |at: usize, supplier: bool| self.wanted(at, supplier, pieces);
        let mut spans = self.pool.spans(self.tokens, &free, &telling, &wanted);
        spans.retain(|span| span.is_full() || !self.names_place(span));
        let suppliers: Vec<Span> = spans.iter().filter(|span| span.kind == RecordKind::Supplier).cloned().collect();
        spans.retain(|span| !span.is_clipped() || suppliers.iter().any(|supplier| self.pool.sells(supplier, span)));
        spans
    }

    /// Tokens that belong to a phrase of the lexicon.
    fn idioms(&self) -> HashSet<usize> {
        let phrase = |at: usize| {
            let found = self.tokens.get(at..).and_then(lexicon::phrase);
            found.map(|(length, _)| at..at + length)
        };
        (0..self.tokens.len()).filter_map(phrase).flatten().collect()
    }

    /// "Our Perth branch", "the Tokyo office": a part of a name says where, not what.
    fn names_place(&self, span: &Span) -> bool {
        let ours = Roles::PLACE.or(Roles::PEOPLE);
        const WITHIN: &str = "im|ins|vom|am|zum|unser|unserem|unseren|unserm|eigenen";
        let before = span.tokens.start.checked_sub(1).and_then(|before| self.token(before));
        let next = self.token(span.tokens.end).filter(|next| next.is_word() && !next.glued);
        // "Vom Lager": the store, not the beer.
        let within = self.roles(span.tokens.start).has(Roles::PLACE)
            && before.is_some_and(|before| lexicon::is_one_of(&before.fold, WITHIN));
        let beside = next.is_some_and(|next| lexicon::roles(&next.fold).has(ours));
        // "20 for Perth", "in Boston".
        let preceded = |list: &str| before.is_some_and(|before| lexicon::is_one_of(&before.fold, list));
        let earlier = span.tokens.start.checked_sub(2).and_then(|at| self.token(at));
        let counts =
            earlier.is_some_and(|earlier| earlier.is_number() || matches!(earlier.fold.as_str(), "them" | "davon"));
        if span.tokens.len() == 1
            && self.is_capital(span.tokens.start)
            && (preceded("in") || counts && preceded("for|fur"))
        {
            return true;
        }
        span.tokens.len() == 1 && (within || beside && !before.is_some_and(Token::is_number))
    }

    /// "Frau Winkler", "Mr. Tanaka": somebody, and no company nobody knows.
    fn persons(&self, taken: &[bool]) -> Vec<Piece> {
        const TITLES: &str = "frau|fr|herr|herrn|hr|mr|mrs|ms|miss|mme|madame|mlle|monsieur|signor|signora|senor|senora|\
            dr|prof|kollege|kollegin|colleague";
        let mut pieces = Vec::new();
        for at in 0..self.tokens.len() {
            if !self.token(at).is_some_and(|token| lexicon::is_one_of(&token.fold, TITLES)) {
                continue;
            }
            let name = at + 1 + usize::from(self.token(at + 1).is_some_and(|dot| dot.is(".") && dot.glued));
            let is_name = |at: usize| {
                let free = !taken.get(at).copied().unwrap_or(true);
                free && self.token(at).is_some_and(|token| {
                    let named = self.pool.names(RecordKind::Product, &token.fold);
                    token.is_word() && !named && !lexicon::roles(&token.fold).known()
                })
            };
            if is_name(name) {
                let end = name + 1 + usize::from(is_name(name + 1) && self.is_capital(name + 1));
                pieces.push(self.piece(Part::Words(Roles::FILLER), at..end));
            }
        }
        pieces
    }

    pub(crate) fn is_capital(&self, at: usize) -> bool {
        self.said(&(at..at + 1)).chars().next().is_some_and(char::is_uppercase)
    }

    /// What kind of record may begin here, by the words before.
    fn wanted(&self, at: usize, supplier: bool, pieces: &[Piece]) -> Wanted {
        let counts = |at: usize| {
            pieces.iter().any(|piece| piece.tokens.contains(&at) && matches!(piece.part, Part::Amount { .. }))
        };
        let mut before = at;
        while let Some(previous) = before.checked_sub(1) {
            let Some(token) = self.token(previous) else { break };
            let word = token.fold.as_str();
            let roles = self.roles(previous);
            if counts(previous) || (roles.has(Roles::PACK) && before == at) || word == "of" {
                return Wanted::Product;
            }
            match word {
                "from" | "via" | "through" | "bei" | "beim" | "supplier" | "lieferant" | "vendor" | "lieferanten" => {
                    return Wanted::Supplier;
                }
                "von" | "vom" | "uber" => {
                    let of = Roles::PACK.or(Roles::STOCK).or(Roles::PRICE).or(Roles::SUPPLIES);
                    let named = |at: usize| {
                        self.token(at).is_some_and(|token| self.pool.names(RecordKind::Product, &token.fold))
                    };
                    let counted =
                        previous.checked_sub(1).is_some_and(|at| counts(at) || (self.roles(at).has(of) && !named(at)));
                    return match (counted, supplier) {
                        (true, false) => Wanted::Product,
                        // "35 Packungen von G'day Mate": the product may have been said before.
                        (true, true) => Wanted::Either,
                        (false, true) => Wanted::Supplier,
                        (false, false) => Wanted::Either,
                    };
                }
                "with" | "at" | "by" | "to" | "an" | "durch" => {
                    return if supplier { Wanted::Supplier } else { Wanted::Either };
                }
                "the" | "our" | "their" | "der" | "dem" | "den" | "die" | "das" | "unserem" | "unserer" | "firma"
                | "friends" | "people" | "folks" | "guys" | "same" | "(" | "company" | "good" | "\"" | "“" | "”"
                | "„" | "«" | "'" => {}
                _ if roles.has(Roles::DESCRIPTION) && before != at => {}
                _ => break,
            }
            before = previous;
        }
        if self.expects == Some(RecordKind::Supplier) || (supplier && self.heads_list(at)) {
            Wanted::Supplier
        } else {
            Wanted::Either
        }
    }

    /// Whether a list follows the words from here: "Pavlova: 10 Outback Lager".
    fn heads_list(&self, at: usize) -> bool {
        let starts = at
            .checked_sub(1)
            .and_then(|before| self.token(before))
            .is_none_or(|token| token.is_sign() && !token.is(","));
        let Some(colon) = (at..at + 7).find(|next| self.token(*next).is_some_and(|token| token.is(":"))) else {
            return false;
        };
        let rest = self.tokens.get(colon + 1..).unwrap_or_default();
        let clause: Vec<&Token> = rest.iter().take_while(|token| !token.is_sign() || token.is_dash()).collect();
        let names = clause.iter().any(|token| token.is_word() && !lexicon::roles(&token.fold).known());
        starts && (names || clause.is_empty())
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
                let roles = lexicon::roles_misspelt(&token.fold);
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
