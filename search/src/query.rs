//! A question to the index.

use std::ops::Bound;

use kontor_command::FindQuery;
use tantivy::{
    Score, Term,
    query::{BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, Query, RangeQuery, TermQuery},
    schema::IndexRecordOption,
};

use crate::{
    schema::{Fields, tenant_key},
    word::WordQuery,
    words::{Chunk, chunks},
};

/// Words of a question that count.
const WORDS_AT_MOST: usize = 10;
/// Added when title or code is the whole question, and when the title begins with it.
const WHOLE_TITLE: Score = 100.0;
const WHOLE_CODE: Score = 50.0;
const TITLE_BEGINS: Score = 5.0;

/// The question as tantivy takes it; nothing when it can have no answer.
pub(crate) fn query(fields: &Fields, find: &FindQuery) -> tantivy::Result<Option<BooleanQuery>> {
    let mut asked = chunks(&find.text);
    asked.truncate(WORDS_AT_MOST);
    if asked.is_empty() || find.collections.is_empty() {
        return Ok(None);
    }
    let mut clauses = vec![
        (Occur::Must, filter(term(fields.tenant_term(find.tenant)))),
        (Occur::Must, filter(collections(fields, &find.collections))),
    ];
    let unfinished = find.text.ends_with(|c: char| !c.is_whitespace());
    let key = tenant_key(find.tenant);
    let share = 1.0 / Score::from(u16::try_from(asked.len()).unwrap_or(1));
    for (number, chunk) in asked.iter().enumerate() {
        let last = unfinished && number + 1 == asked.len();
        clauses.push((Occur::Must, piece(fields, &key, chunk, last, share)?));
    }
    let joined: Vec<&str> = asked.iter().map(|chunk| chunk.joined.as_str()).collect();
    let whole = joined.join(" ");
    let begins = RangeQuery::new(
        Bound::Included(fields.title_term(find.tenant, &whole, "")),
        Bound::Excluded(fields.title_term(find.tenant, &whole, "\u{10ffff}")),
    );
    clauses.push((Occur::Should, worth(term(fields.title_term(find.tenant, &whole, "")), WHOLE_TITLE)));
    clauses.push((Occur::Should, worth(term(fields.code_term(find.tenant, &whole)), WHOLE_CODE)));
    clauses.push((Occur::Should, worth(Box::new(begins), TITLE_BEGINS)));
    Ok(Some(BooleanQuery::new(clauses)))
}

/// What was written in one piece: as one word, or all of its parts.
fn piece(fields: &Fields, key: &str, chunk: &Chunk, last: bool, share: Score) -> tantivy::Result<Box<dyn Query>> {
    let joined = WordQuery::new(fields, key, &chunk.joined, last, share)?;
    if chunk.parts.len() == 1 && chunk.parts.first() == Some(&chunk.joined) {
        return Ok(Box::new(joined));
    }
    let share = share / Score::from(u16::try_from(chunk.parts.len()).unwrap_or(1));
    let mut parts: Vec<(Occur, Box<dyn Query>)> = Vec::with_capacity(chunk.parts.len());
    for (number, part) in chunk.parts.iter().enumerate() {
        let last = last && number + 1 == chunk.parts.len();
        parts.push((Occur::Must, Box::new(WordQuery::new(fields, key, part, last, share)?)));
    }
    Ok(Box::new(DisjunctionMaxQuery::new(vec![Box::new(joined), Box::new(BooleanQuery::new(parts))])))
}

fn collections(fields: &Fields, names: &[&str]) -> Box<dyn Query> {
    let terms = names.iter().map(|name| (Occur::Should, term(fields.collection_term(name))));
    Box::new(BooleanQuery::new(terms.collect()))
}

fn term(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// Narrows the answer and leaves the scores alone.
fn filter(query: Box<dyn Query>) -> Box<dyn Query> {
    worth(query, 0.0)
}

fn worth(query: Box<dyn Query>, score: Score) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, score))
}

#[cfg(test)]
mod tests;
