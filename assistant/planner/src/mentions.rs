//! Which records some words of a request name.
//!
//! All candidates the records offer for the request are gathered once into a [`Pool`]; then every run of words is
//! aligned with every name, word by word, and the runs that explain most win.

use std::collections::HashMap;
use std::ops::Range;

use uuid::Uuid;

use crate::likeness::{CLIPPED, EXACT, likeness, slipped_twice};
use crate::records::{Candidate, RecordKind};
use crate::tokens::{Token, name_words};

/// Words of company names that tell nothing about which company is meant.
const NOISE: &[&str] = &[
    "ltd", "limited", "inc", "gmbh", "ag", "kg", "co", "mbh", "ab", "oy", "ltda", "llc", "plc", "corp", "sa", "srl",
    "s", "r", "l", "bv", "nv", "spa", "and", "und", "the", "company",
];

/// Two fits closer than this can't be told apart.
const MARGIN: f64 = 0.06;

/// From this likeness on two words of a name may be said as one: "gravlax" for "Gravad lax".
const JOINED: f64 = 0.78;

/// How well a run of words fits one record.
#[derive(Debug, Clone)]
pub(crate) struct Fit {
    /// Index into the pool.
    candidate: usize,
    /// Sum of the likeness of its words.
    weight: f64,
    /// Every word equal or only inflected.
    exact: bool,
    /// A word is hardly half said.
    clipped: bool,
    /// Every telling word of the name is said.
    full: bool,
    /// How much of the name is said, from 0 to 1.
    coverage: f64,
    /// Mean likeness.
    likeness: f64,
}

impl Fit {
    /// Full and exact, then exact, then the rest by likeness; coverage breaks ties only between misspellings.
    fn score(&self) -> f64 {
        match (self.exact, self.full) {
            (true, true) => 2.0,
            (true, false) => 1.0,
            (false, true) => self.likeness,
            (false, false) => self.likeness - 0.05,
        }
    }
}

/// A run of words that names one record, or may name several.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    pub tokens: Range<usize>,
    pub kind: RecordKind,
    weight: f64,
    fits: Vec<Fit>,
}

impl Span {
    /// Whether the words are a whole name, exactly.
    pub(crate) fn is_whole_name(&self) -> bool {
        self.fits.iter().any(|fit| fit.exact && fit.full)
    }

    /// Whether the words are part of a name without a misspelling, or all of one of several words.
    pub(crate) fn is_sure(&self) -> bool {
        self.fits.iter().any(|fit| fit.exact || self.tokens.len() > 1 && (fit.full || fit.likeness >= 0.85))
    }

    /// Whether hardly more than a letter is wrong, or nothing but the end of a word is missing.
    pub(crate) fn is_near(&self) -> bool {
        self.fits.iter().any(|fit| fit.full || fit.likeness >= 0.88)
    }

    /// Whether it is one word and hardly half of it.
    pub(crate) fn is_clipped(&self) -> bool {
        self.tokens.len() == 1 && self.fits.iter().all(|fit| fit.clipped)
    }

    /// Whether all telling words of a name are said, well or not.
    pub(crate) fn is_full(&self) -> bool {
        self.fits.iter().any(|fit| fit.full)
    }

    /// Whether it is more than the beginning of one word among several: "the deli" is not "New Orleans Cajun Delights".
    fn is_likely(&self) -> bool {
        self.tokens.len() > 1 || self.fits.iter().any(|fit| fit.exact || fit.full || fit.coverage >= 0.5)
    }

    fn best(&self) -> f64 {
        self.fits.iter().map(Fit::score).fold(0.0, f64::max)
    }

    /// Whether enough is said to take it for a supplier without a word such as "from" before it.
    fn speaks_for_itself(&self) -> bool {
        let tells = |fit: &Fit| fit.full && fit.likeness >= 0.8 || fit.exact && fit.coverage >= 0.5;
        self.tokens.len() >= 2 || self.fits.iter().any(tells)
    }
}

/// All records that may be named in one request.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    candidates: Vec<Candidate>,
    names: Vec<Vec<String>>,
    codes: HashMap<String, Vec<usize>>,
    known: HashMap<Uuid, usize>,
}

/// A code without its punctuation and leading zeros: "PRD-0012" and "prd 12" are alike.
fn code_key(code: &str) -> String {
    let plain: String = crate::tokens::fold(code).chars().filter(|c| c.is_alphanumeric()).collect();
    let mut key = String::with_capacity(plain.len());
    let mut in_number = false;
    for c in plain.chars() {
        if c != '0' || in_number {
            key.push(c);
        }
        in_number = c.is_ascii_digit() && (in_number || c != '0');
    }
    key
}

impl Pool {
    /// Adds what is not there yet.
    pub(crate) fn add(&mut self, found: impl IntoIterator<Item = Candidate>) {
        for candidate in found {
            if self.known.contains_key(&candidate.id) {
                continue;
            }
            let index = self.candidates.len();
            self.known.insert(candidate.id, index);
            if !candidate.code.is_empty() {
                self.codes.entry(code_key(&candidate.code)).or_default().push(index);
            }
            self.names.push(name_words(&candidate.name));
            self.candidates.push(candidate);
        }
    }

    /// The records of this kind with this code.
    pub(crate) fn by_code(&self, kind: RecordKind, code: &str) -> Vec<Candidate> {
        let found = self.codes.get(&code_key(code)).into_iter().flatten();
        found
            .filter_map(|index| self.candidates.get(*index))
            .filter(|candidate| candidate.kind == kind)
            .cloned()
            .collect()
    }

    /// A product's supplier as a record, if it was offered.
    pub(crate) fn supplier(&self, id: Uuid) -> Option<&Candidate> {
        self.known.get(&id).and_then(|index| self.candidates.get(*index))
    }

    /// The records a span means: those whose fit is as good as the best.
    pub(crate) fn meant(&self, span: &Span) -> Vec<Candidate> {
        let best = span.best();
        let mut meant: Vec<&Fit> = span.fits.iter().filter(|fit| fit.score() >= best - MARGIN).collect();
        // A part of a name said exactly may as well be a whole name misspelt by a letter.
        if best == 1.0 {
            meant.extend(span.fits.iter().filter(|fit| !fit.exact && fit.full && fit.likeness >= 0.85));
        }
        meant.sort_by(|a, b| b.score().total_cmp(&a.score()).then(a.candidate.cmp(&b.candidate)));
        meant.into_iter().filter_map(|fit| self.candidates.get(fit.candidate)).cloned().collect()
    }

    /// Whether a supplier named here sells a product named there.
    pub(crate) fn sells(&self, supplier: &Span, product: &Span) -> bool {
        let of = |span: &Span| self.meant(span);
        let theirs = |product: &Candidate| product.supplier.as_ref().map(|(id, _)| *id);
        of(supplier).iter().any(|one| of(product).iter().any(|product| theirs(product) == Some(one.id)))
    }

    /// Whether a word is one of a record's name, letter by letter.
    pub(crate) fn names(&self, kind: RecordKind, word: &str) -> bool {
        let all = self.candidates.iter().zip(&self.names);
        all.filter(|(candidate, _)| candidate.kind == kind).any(|(_, name)| name.iter().any(|part| part == word))
    }

    /// The products of a supplier whose names hold all these words.
    pub(crate) fn sold_by(&self, supplier: Uuid, words: &str) -> Vec<Candidate> {
        let words = name_words(words);
        let holds = |name: &[String]| {
            words
                .iter()
                .all(|word| name.iter().any(|part| likeness(word, part).is_some_and(|likeness| likeness >= EXACT)))
        };
        let theirs = |candidate: &Candidate| candidate.supplier.as_ref().is_some_and(|(id, _)| *id == supplier);
        let all = self.candidates.iter().zip(&self.names);
        all.filter(|(candidate, name)| theirs(candidate) && holds(name))
            .map(|(candidate, _)| candidate.clone())
            .collect()
    }

    /// The record whose name comes nearest to these words, for a suggestion.
    pub(crate) fn nearest(&self, kind: RecordKind, words: &str) -> Option<Candidate> {
        let said = name_words(words).join(" ");
        let rank = |index: &usize| {
            let name = self.names.get(*index).map(|name| name.join(" ")).unwrap_or_default();
            let words = name_words(words);
            let partly = words
                .iter()
                .filter(|word| word.len() >= 3)
                .any(|word| name.split(' ').any(|part| likeness(word, part).is_some()));
            strsim::jaro_winkler(&said, &name) + if partly { 0.2 } else { 0.0 }
        };
        let of_kind = (0..self.candidates.len())
            .filter(|index| self.candidates.get(*index).is_some_and(|candidate| candidate.kind == kind));
        let best = of_kind.map(|index| (rank(&index), index)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        if best.0 < 0.78 {
            return None;
        }
        self.candidates.get(best.1).cloned()
    }

    /// All runs of free words that name records, the best first and without overlaps.
    ///
    /// `usable` says of each token whether it may be part of a name, `telling` whether it may stand for one alone, and
    /// `wanted` of each token whether only a supplier or only a product may begin there.
    pub(crate) fn spans(
        &self,
        tokens: &[Token],
        usable: &dyn Fn(usize) -> bool,
        telling: &dyn Fn(usize) -> bool,
        wanted: &dyn Fn(usize, bool) -> Wanted,
    ) -> Vec<Span> {
        let mut runs: HashMap<(usize, usize, RecordKind), Vec<Fit>> = HashMap::new();
        let mut memory: HashMap<(&str, &str), Option<f64>> = HashMap::new();
        for (index, (candidate, name)) in self.candidates.iter().zip(&self.names).enumerate() {
            for start in 0..tokens.len() {
                if let Some((end, fit)) = align(tokens, start, index, name, usable, telling, &mut memory) {
                    runs.entry((start, end, candidate.kind)).or_default().push(fit);
                }
            }
        }
        let mut spans: Vec<Span> = runs
            .into_iter()
            .map(|((start, end, kind), fits)| {
                let weight = fits.iter().map(|fit| fit.weight).fold(0.0, f64::max);
                Span { tokens: start..end, kind, weight, fits }
            })
            .filter(|span| self.allowed(span, wanted))
            .collect();
        spans.sort_by(|a, b| {
            let rank = |span: &Span| span.weight + preference(span, wanted);
            rank(b).total_cmp(&rank(a)).then(a.tokens.start.cmp(&b.tokens.start)).then(b.tokens.end.cmp(&a.tokens.end))
        });
        let mut chosen: Vec<Span> = Vec::new();
        for span in spans {
            if chosen.iter().all(|other| other.tokens.end <= span.tokens.start || span.tokens.end <= other.tokens.start)
            {
                chosen.push(span);
            }
        }
        chosen.sort_by_key(|span| span.tokens.start);
        chosen
    }

    fn allowed(&self, span: &Span, wanted: &dyn Fn(usize, bool) -> Wanted) -> bool {
        match (wanted(span.tokens.start, span.kind == RecordKind::Supplier), span.kind) {
            // "The Acme Trading stuff": a whole name of several words needs no word before it.
            (Wanted::Product, RecordKind::Supplier) => span.is_whole_name() && span.tokens.len() > 1,
            (Wanted::Supplier, RecordKind::Product) => false,
            (Wanted::Either, RecordKind::Supplier) => span.speaks_for_itself(),
            (Wanted::Supplier, RecordKind::Supplier) => span.is_likely(),
            _ => true,
        }
    }
}

/// Nudges the choice between two runs of about the same weight by what is expected and how well they fit.
fn preference(span: &Span, wanted: &dyn Fn(usize, bool) -> Wanted) -> f64 {
    let expected = match (wanted(span.tokens.start, span.kind == RecordKind::Supplier), span.kind) {
        (Wanted::Supplier, RecordKind::Supplier) | (Wanted::Product, RecordKind::Product) => 0.4,
        (_, RecordKind::Product) => 0.1,
        _ => 0.0,
    };
    let whole = if span.is_whole_name() { 0.5 } else { 0.0 };
    expected + whole
}

/// What kind of record may begin at a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    Supplier,
    Product,
    Either,
}

/// A word of the request laid on words of a name.
struct Step {
    /// Tokens of the request it takes.
    said: usize,
    /// First word of the name and how many.
    place: usize,
    places: usize,
    likeness: f64,
}

/// Lays as many words as possible, from `start` on, on the words of one name.
fn align<'w>(
    tokens: &'w [Token],
    start: usize,
    candidate: usize,
    name: &'w [String],
    usable: &dyn Fn(usize) -> bool,
    telling: &dyn Fn(usize) -> bool,
    memory: &mut HashMap<(&'w str, &'w str), Option<f64>>,
) -> Option<(usize, Fit)> {
    let mut used = vec![false; name.len()];
    let (mut at, mut end) = (start, start);
    let (mut weight, mut steps, mut exact, mut in_order) = (0.0_f64, 0_u32, true, true);
    let (mut tells, mut last, mut glue) = (false, None, 0.0_f64);
    let mut clipped = false;
    while let Some(token) = tokens.get(at) {
        if token.is_sign() && !token.is("&") {
            // Punctuation inside a name: "Pavlova, Ltd.", "s.r.l.", "Nuss-Nougat".
            let inside = end > start && at == end && matches!(token.fold.as_str(), "," | "." | "-" | "'" | "\"" | "–");
            if !inside || !usable(at) {
                break;
            }
            at += 1;
            continue;
        }
        if !usable(at) {
            break;
        }
        let Some(step) = step(tokens, at, name, &used, last, memory) else { break };
        let comma = at > end && tokens.get(end).is_some_and(|token| token.is(",") || (token.is(".") && at > end));
        let ordered = last.is_none_or(|last| step.place == last + 1);
        // A comma holds a name together only where the name goes on.
        if comma && !ordered {
            break;
        }
        glue += if comma { 0.15 } else { 0.0 };
        in_order &= last.is_none_or(|last| step.place > last);
        for place in used.iter_mut().skip(step.place).take(step.places) {
            *place = true;
        }
        tells |= (at..at + step.said).any(telling);
        weight += step.likeness * f64::from(u32::try_from(step.said.max(step.places)).ok()?);
        exact &= step.likeness >= EXACT;
        clipped |= (step.likeness - CLIPPED).abs() < f64::EPSILON;
        steps += u32::try_from(step.said.max(step.places)).ok()?;
        last = Some(step.place + step.places - 1);
        at += step.said;
        end = at;
    }
    if steps == 0 {
        return None;
    }
    let noise = |word: &str| NOISE.contains(&word);
    let words = name.iter().filter(|word| !noise(word)).count();
    let said = name.iter().zip(&used).filter(|(word, used)| **used && !noise(word)).count();
    let full = said == words;
    // Words such as "new" or "box" name something only as part of more, or when they are all there is.
    if said == 0 || !(tells || (full && words > 1)) {
        return None;
    }
    let coverage = f64::from(u32::try_from(said).ok()?) / f64::from(u32::try_from(words.max(1)).ok()?);
    let disorder = if in_order { 0.0 } else { 0.2 };
    let fit = Fit {
        candidate,
        weight: weight - glue - disorder,
        exact,
        clipped,
        full,
        coverage,
        likeness: weight / f64::from(steps),
    };
    Some((end, fit))
}

/// The best place in the name for the word at `at`, alone or joined with its neighbour.
fn step<'w>(
    tokens: &'w [Token],
    at: usize,
    name: &'w [String],
    used: &[bool],
    last: Option<usize>,
    memory: &mut HashMap<(&'w str, &'w str), Option<f64>>,
) -> Option<Step> {
    let token = tokens.get(at)?;
    let said = if token.is("&") || token.is("und") { "and" } else { token.fold.as_str() };
    let mut best: Option<Step> = None;
    let mut offer = |step: Step| {
        let nearer = best.as_ref().is_none_or(|best| {
            let follows = |step: &Step| last.is_some_and(|last| step.place == last + 1);
            (step.likeness, follows(&step)) > (best.likeness, follows(best))
        });
        if nearer {
            best = Some(step);
        }
    };
    for (place, word) in name.iter().enumerate() {
        if used.get(place).copied().unwrap_or(true) {
            continue;
        }
        let alike = *memory.entry((said, word.as_str())).or_insert_with(|| likeness(said, word));
        // Beside a word of the name a second slip is forgiven: "genen shoju".
        if let Some(likeness) = alike.or_else(|| last.and_then(|_| slipped_twice(said, word))) {
            offer(Step { said: 1, place, places: 1, likeness });
        }
        // "Longlife" for "Long life", "oakboltlarge" for three words, and the other way round.
        for places in 2..=5 {
            let free = used.get(place..place + places).is_some_and(|used| !used.contains(&true));
            let joined = name.get(place..place + places).map(<[String]>::concat).filter(|_| free).unwrap_or_default();
            if said.len() > word.len()
                && said.len().abs_diff(joined.len()) <= 2
                && let Some(likeness) = likeness(said, &joined).filter(|likeness| *likeness > JOINED)
            {
                offer(Step { said: 1, place, places, likeness });
            }
        }
        if let Some(next) = tokens.get(at + 1).filter(|next| next.is_word())
            // A short word is joined only where the letters are the name's: "d erable", not "a Tourtière".
            && (said.len() > 2 || word.strip_prefix(said) == Some(next.fold.as_str()))
            && word.len() > said.len()
            && word.len().abs_diff(said.len() + next.fold.len()) <= 1
            && let Some(likeness) = likeness(&format!("{said}{}", next.fold), word).filter(|likeness| *likeness > 0.85)
        {
            offer(Step { said: 2, place, places: 1, likeness });
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_alike_without_punctuation_and_leading_zeros() {
        assert_eq!(code_key("PRD-0012"), code_key("prd12"));
        assert_ne!(code_key("P-102"), code_key("P-12"));
        assert_ne!(code_key("P-100"), code_key("P-10"));
    }
}
