//! Which words of a request are looked up in the records.

use crate::lexicon::{self, Roles};
use crate::mentions::Pool;
use crate::plan::Pending;
use crate::records::{RecordKind, Records};
use crate::tokens::{Token, TokenKind};

/// Runs of words looked up for one request; the rest of a longer one is not looked up.
const RUN_LIMIT: usize = 48;

/// All records that words of the request may name.
pub(crate) async fn gather<R: Records>(
    text: &str,
    tokens: &[Token],
    pending: Option<&Pending>,
    records: &R,
) -> Result<Pool, R::Error> {
    let mut pool = Pool::default();
    if let Some(pending) = pending {
        pool.add(pending.options.iter().chain(&pending.supplier).cloned());
        pool.add(pending.lines.iter().flat_map(|line| line.product.iter().chain(&line.options)).cloned());
    }
    for run in runs(text, tokens) {
        for kind in [RecordKind::Product, RecordKind::Supplier] {
            pool.add(records.find(kind, run).await?.into_iter().filter(|candidate| candidate.kind == kind));
        }
    }
    Ok(pool)
}

/// The runs of words that may be names: whole clauses, the unknown words inside them, and codes.
fn runs<'t>(text: &'t str, tokens: &[Token]) -> Vec<&'t str> {
    let telling = |token: &Token| {
        let roles = lexicon::roles(&token.fold);
        token.is_word() && (!roles.known() || roles.has(Roles::DESCRIPTION.or(Roles::GENERAL)))
    };
    let glue = |token: &Token| {
        token.is_sign() && token.glued && !matches!(token.fold.as_str(), "\n" | ":" | ";" | "(" | ")" | "/")
    };
    let clause = |token: &Token| token.is_word() || token.is("&") || glue(token);
    let lead = |token: &Token| token.is("#") || lexicon::roles(&token.fold).has(Roles::CODE_LEAD);
    let mut found: Vec<&str> = Vec::new();
    let mut add = |from: usize, to: usize| {
        let run = text.get(from..to).unwrap_or_default().trim();
        if !run.is_empty() && !found.contains(&run) && found.len() < RUN_LIMIT {
            found.push(run);
        }
    };
    let kinds: [&dyn Fn(&Token) -> bool; 2] = [&telling, &clause];
    for wanted in kinds {
        let mut from: Option<(usize, usize)> = None;
        let mut any = false;
        for token in tokens {
            let goes_on = wanted(token) || (from.is_some() && glue(token));
            match (&mut from, goes_on) {
                (Some((_, end)), true) => *end = token.span.end,
                (None, true) => from = Some((token.span.start, token.span.end)),
                (Some((start, end)), false) => {
                    if any {
                        add(*start, *end);
                    }
                    from = None;
                    any = false;
                }
                (None, false) => {}
            }
            any |= goes_on && telling(token);
        }
        if let Some((start, end)) = from.filter(|_| any) {
            add(start, end);
        }
    }
    // Codes: glued runs with a digit, and figures after "product", "no." or "#".
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind != TokenKind::Sign) {
        // "Artikel 33, 69 und 71".
        let lists = |token: &&Token| token.is_number() || matches!(token.fold.as_str(), "," | "and" | "und" | "&");
        let listed = tokens.get(..at).unwrap_or_default().iter().rev().find(|token| !lists(token)).is_some_and(lead);
        let led =
            listed || (1..=3).any(|back| at.checked_sub(back).and_then(|before| tokens.get(before)).is_some_and(lead));
        let rest = tokens.get(at + 1..).unwrap_or_default();
        let run: Vec<&Token> = rest
            .iter()
            .take_while(|next| next.glued && !matches!(next.fold.as_str(), "," | ":" | ";" | "(" | ")" | "?" | "!"))
            .collect();
        let digits = std::iter::once(token)
            .chain(run.iter().copied())
            .any(|token| token.fold.chars().any(|c| c.is_ascii_digit()));
        let opens = !token.glued
            || at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| before.is("#"));
        if digits && opens && (token.is_word() || led) {
            let end = run.iter().rev().find(|token| !token.is_sign()).map_or(token.span.end, |last| last.span.end);
            add(token.span.start, end);
        }
    }
    found
}
