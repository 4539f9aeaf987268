//! One word asked for, against the words of one tenant.

use std::{fmt, sync::Arc};

use tantivy::{
    DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term,
    index::InvertedIndexReader,
    postings::TermInfo,
    query::{DfaWrapper, EnableScoring, Explanation, FuzzyTermQuery, Query, Scorer, Weight},
    schema::{Field, IndexRecordOption},
};
use tantivy_fst::Automaton;

use crate::schema::{Fields, SHORT, beginning_key};

/// What a match is worth in the title; in the code and in other texts less.
const EXACT: Score = 10.0;
/// A beginning is worth this and, the more of the word it is, up to [`PREFIX_MORE`] more.
const PREFIX: Score = 5.0;
const PREFIX_MORE: Score = 3.0;
const ONE_ERROR: Score = 3.5;
const TWO_ERRORS: Score = 2.0;
const PREFIX_WITH_ERROR: Score = 1.5;
const IN_TITLE: Score = 1.0;
const IN_CODE: Score = 0.9;
const IN_BODY: Score = 0.4;

/// Letters from which on one error, two errors, and one error in an unfinished word are forgiven.
const LETTERS_FOR_ONE_ERROR: usize = 4;
const LETTERS_FOR_TWO_ERRORS: usize = 8;
const LETTERS_FOR_PREFIX_WITH_ERROR: usize = 5;
/// Longer words are found by their beginning only: nobody mistypes them, and their automata are large.
const LETTERS_AT_MOST: usize = 32;

/// Documents with a word that is the one asked for, begins with it, or differs from it by a typing error.
#[derive(Clone)]
pub(crate) struct WordQuery(Arc<Word>);

struct Word {
    /// The tenant's key, then the word.
    term: String,
    key_length: usize,
    /// The term of all words that begin with this one, where it is so short that there may be very many.
    beginning: Option<String>,
    fields: [(Field, Score, bool); 3],
    /// The forms of typing errors, the nearest first, each with what it is worth.
    errors: Vec<(DfaWrapper, Score)>,
    /// What the word's match is multiplied by.
    share: Score,
}

impl WordQuery {
    /// `last`: the word may be unfinished, so that its beginning may have an error too.
    pub fn new(fields: &Fields, key: &str, word: &str, last: bool, share: Score) -> tantivy::Result<Self> {
        let letters = word.chars().count();
        let mut errors = Vec::new();
        if word.chars().all(char::is_alphabetic) && letters <= LETTERS_AT_MOST {
            let term = Term::from_field_text(fields.title_words, word);
            if letters >= LETTERS_FOR_ONE_ERROR {
                errors.push((FuzzyTermQuery::new(term.clone(), 1, true).automaton()?, ONE_ERROR));
            }
            if letters >= LETTERS_FOR_TWO_ERRORS {
                errors.push((FuzzyTermQuery::new(term.clone(), 2, true).automaton()?, TWO_ERRORS));
            }
            if last && letters >= LETTERS_FOR_PREFIX_WITH_ERROR {
                errors.push((FuzzyTermQuery::new_prefix(term, 1, true).automaton()?, PREFIX_WITH_ERROR));
            }
        }
        let fields = [
            (fields.title_words, IN_TITLE, true),
            // A code with an error is another code.
            (fields.code_words, IN_CODE, false),
            (fields.body_words, IN_BODY, true),
        ];
        Ok(Self(Arc::new(Word {
            term: format!("{key}{word}"),
            key_length: key.len(),
            beginning: (letters <= SHORT).then(|| beginning_key(key, word)),
            fields,
            errors,
            share,
        })))
    }
}

impl fmt::Debug for WordQuery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WordQuery").field("term", &self.0.term).finish_non_exhaustive()
    }
}

impl Query for WordQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for WordQuery {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut hits = Vec::new();
        for (field, worth, forgiving) in self.0.fields {
            let index = reader.inverted_index(field)?;
            let worth = worth * self.0.share * boost;
            self.0.beginnings(&index, worth, &mut hits)?;
            if forgiving {
                self.0.errors(&index, worth, &mut hits)?;
            }
        }
        Ok(Box::new(WordScorer { docs: best(hits, reader.max_doc()), at: 0 }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() <= doc && scorer.seek(doc) == doc {
            return Ok(Explanation::new("best word of the document", scorer.score()));
        }
        Err(TantivyError::InvalidArgument("the document does not match".to_owned()))
    }
}

type Hits = Vec<(DocId, Score)>;

impl Word {
    /// The word itself and those that begin with it.
    fn beginnings(&self, index: &InvertedIndexReader, worth: Score, hits: &mut Hits) -> tantivy::Result<()> {
        if let Some(beginning) = &self.beginning {
            for (term, score) in [(&self.term, EXACT), (beginning, PREFIX + PREFIX_MORE / 2.0)] {
                if let Some(term) = index.terms().get(term)? {
                    add(index, &term, score * worth, hits)?;
                }
            }
            return Ok(());
        }
        let mut end = self.term.clone().into_bytes();
        // No byte of UTF-8 is 255.
        end.push(u8::MAX);
        let mut terms = index.terms().range().ge(&self.term).lt(&end).into_stream()?;
        let asked = length(self.term.len() - self.key_length);
        while terms.advance() {
            let score = if terms.key().len() == self.term.len() {
                EXACT
            } else {
                PREFIX + PREFIX_MORE * asked / length(terms.key().len() - self.key_length)
            };
            add(index, terms.value(), score * worth, hits)?;
        }
        Ok(())
    }

    /// The words that differ by a typing error.
    fn errors(&self, index: &InvertedIndexReader, worth: Score, hits: &mut Hits) -> tantivy::Result<()> {
        let key = self.term.as_bytes().get(..self.key_length).unwrap_or_default();
        for (number, (automaton, score)) in self.errors.iter().enumerate() {
            let nearer = self.errors.get(..number).unwrap_or_default();
            let mut terms = index.terms().search(OfTenant { key, automaton }).into_stream()?;
            while terms.advance() {
                let word = terms.key().get(self.key_length..).unwrap_or_default();
                let known = terms.key().starts_with(self.term.as_bytes())
                    || nearer.iter().any(|(automaton, _)| accepts(automaton, word));
                if !known {
                    add(index, terms.value(), score * worth, hits)?;
                }
            }
        }
        Ok(())
    }
}

fn accepts(automaton: &DfaWrapper, word: &[u8]) -> bool {
    let end = word.iter().fold(automaton.start(), |state, byte| automaton.accept(&state, *byte));
    automaton.is_match(&end)
}

/// A word's length in bytes as a number to divide by; words are cut far below where that would lose anything.
fn length(bytes: usize) -> Score {
    Score::from(u16::try_from(bytes).unwrap_or(u16::MAX))
}

fn add(index: &InvertedIndexReader, term: &TermInfo, score: Score, hits: &mut Hits) -> tantivy::Result<()> {
    let mut postings = index.read_block_postings_from_terminfo(term, IndexRecordOption::Basic)?;
    while !postings.docs().is_empty() {
        hits.extend(postings.docs().iter().map(|doc| (*doc, score)));
        postings.advance();
    }
    Ok(())
}

/// Each document once with its best score, by document.
fn best(mut hits: Hits, max_doc: DocId) -> Hits {
    let many = usize::try_from(max_doc / 16).unwrap_or(usize::MAX);
    if hits.len() < many {
        hits.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
        hits.dedup_by_key(|(doc, _)| *doc);
        return hits;
    }
    let mut scores: Vec<Score> = vec![0.0; usize::try_from(max_doc).unwrap_or_default()];
    for (doc, score) in hits {
        if let Some(known) = usize::try_from(doc).ok().and_then(|doc| scores.get_mut(doc)) {
            *known = known.max(score);
        }
    }
    (0..max_doc).zip(scores).filter(|(_, score)| *score > 0.0).collect()
}

struct WordScorer {
    docs: Hits,
    at: usize,
}

impl DocSet for WordScorer {
    fn advance(&mut self) -> DocId {
        self.at = self.docs.len().min(self.at + 1);
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|(doc, _)| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).map_or(TERMINATED, |(doc, _)| *doc)
    }

    fn size_hint(&self) -> u32 {
        u32::try_from(self.docs.len()).unwrap_or(u32::MAX)
    }
}

impl Scorer for WordScorer {
    fn score(&mut self) -> Score {
        self.docs.get(self.at).map_or(0.0, |(_, score)| *score)
    }
}

/// An automaton on the words of one tenant: first the tenant's key, byte by byte, then the word.
struct OfTenant<'a, A> {
    key: &'a [u8],
    automaton: &'a A,
}

#[derive(Clone)]
enum Place<S> {
    /// So many bytes of the key were seen.
    Key(usize),
    Word(S),
    Elsewhere,
}

impl<A: Automaton> OfTenant<'_, A> {
    fn at(&self, seen: usize) -> Place<A::State> {
        if seen == self.key.len() { Place::Word(self.automaton.start()) } else { Place::Key(seen) }
    }
}

impl<A: Automaton> Automaton for OfTenant<'_, A> {
    type State = Place<A::State>;

    fn start(&self) -> Self::State {
        self.at(0)
    }

    fn is_match(&self, state: &Self::State) -> bool {
        matches!(state, Place::Word(inner) if self.automaton.is_match(inner))
    }

    fn can_match(&self, state: &Self::State) -> bool {
        match state {
            Place::Key(_) => true,
            Place::Word(inner) => self.automaton.can_match(inner),
            Place::Elsewhere => false,
        }
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            Place::Key(seen) if self.key.get(*seen) == Some(&byte) => self.at(seen + 1),
            Place::Key(_) | Place::Elsewhere => Place::Elsewhere,
            Place::Word(inner) => Place::Word(self.automaton.accept(inner, byte)),
        }
    }
}
