//! Brackets: what they add to the order, and what they only remark.
//!
//! "Ikura (14)" counts and "(by Friday)" dates; "(24 bottles each)" behind a product that has its quantity, "(the small
//! jars)" and "(only 3 left)" say nothing of the order and fall away.

use std::ops::Range;

use crate::lexicon::Roles;
use crate::numbers::Amount;
use crate::prices::{Basis, Price};
use crate::reading::{Part, Piece};
use crate::tokens::Token;

/// Longer brackets are sentences of their own.
const LONGEST: usize = 30;

/// The pieces without those that only remark.
pub(crate) fn without(tokens: &[Token], mut pieces: Vec<Piece>) -> Vec<Piece> {
    let brackets = brackets(tokens);
    priced_alike(&mut pieces, &brackets);
    for bracket in brackets {
        let inside = |piece: &Piece| bracket.start <= piece.tokens.start && piece.tokens.end <= bracket.end;
        let from = pieces.iter().position(inside).unwrap_or(pieces.len());
        let to = pieces.iter().rposition(inside).map_or(from, |last| last + 1);
        if remarks(&pieces, from..to) {
            pieces.drain(from..to);
        }
    }
    pieces
}

/// The tokens between brackets that open and close in one line.
fn brackets(tokens: &[Token]) -> Vec<Range<usize>> {
    let opens = tokens.iter().enumerate().filter(|(_, token)| token.is("("));
    let closed = |open: usize| {
        let rest = tokens.get(open + 1..)?;
        let length = rest.iter().take(LONGEST).position(|token| matches!(token.fold.as_str(), ")" | "(" | "\n"))?;
        rest.get(length).is_some_and(|end| end.is(")")).then_some(open + 1..open + 1 + length)
    };
    opens.filter_map(|(open, _)| closed(open)).collect()
}

/// Whether the pieces of a bracket add nothing to the order.
fn remarks(pieces: &[Piece], bracket: Range<usize>) -> bool {
    let inner = pieces.get(bracket.clone()).unwrap_or_default();
    let acts = Roles::FOREIGN_ANYWHERE.or(Roles::REMOVE).or(Roles::INSTEAD).or(Roles::CORRECT).or(Roles::OR);
    let adds =
        |piece: &Piece| matches!(piece.part, Part::Name { .. } | Part::Price(_) | Part::Date(_) | Part::NoSuchCode);
    if inner.iter().any(|piece| adds(piece) || piece.has(acts)) {
        return false;
    }
    let amounts = inner.iter().filter(|piece| is_amount(piece)).count();
    let plain = |piece: &Piece| match piece.part {
        Part::Amount { weak, .. } => !weak,
        Part::Words(roles) => {
            roles.has(Roles::PACK.or(Roles::EACH).or(Roles::FILLER))
                && !roles.has(Roles::VERB.or(Roles::LEFT).or(Roles::PEOPLE))
        }
        _ => false,
    };
    // "40 Chai (20)": a bare figure may be a price.
    !(amounts == 1 && inner.iter().all(plain) && (inner.len() == 1 || awaited(pieces, bracket)))
}

/// "12 Chartreuse (17,50), 2 Blaye (260)": where one bracket holds a price, so does the next.
fn priced_alike(pieces: &mut [Piece], brackets: &[Range<usize>]) {
    let place = |pieces: &[Piece], bracket: &Range<usize>| {
        pieces.iter().position(|piece| piece.tokens.start == bracket.start && piece.tokens.end == bracket.end)
    };
    let priced = |pieces: &[Piece], bracket: &Range<usize>| {
        let inside = |piece: &&Piece| bracket.start <= piece.tokens.start && piece.tokens.end <= bracket.end;
        pieces.iter().filter(inside).any(|piece| matches!(piece.part, Part::Price(_)))
    };
    if !brackets.iter().any(|bracket| priced(pieces, bracket)) {
        return;
    }
    for bracket in brackets {
        let Some(at) = place(pieces, bracket).filter(|at| !awaited(pieces, *at..*at + 1)) else { continue };
        if let Some(piece) = pieces.get_mut(at)
            && let Part::Amount { amount: Amount::Exact(amount), .. } = piece.part
        {
            piece.part = Part::Price(Price { amount, basis: Basis::Unit, currency: None, all: false });
        }
    }
}

/// Whether the product before the bracket still lacks its quantity, or repeats it: "Ikura (14)", "forty (40) boxes".
fn awaited(pieces: &[Piece], bracket: Range<usize>) -> bool {
    let before = pieces.get(..bracket.start).unwrap_or_default();
    if before.last().is_none_or(is_amount) {
        return true;
    }
    let joins = |piece: &&Piece| !matches!(piece.part, Part::Break(_)) && !piece.has(Roles::AND.or(Roles::OR));
    let counted = before.iter().rev().take_while(joins).any(|piece| is_amount(piece) && !is_one(piece));
    // "Chai (20 bags) 30": the figure behind counts.
    let behind = pieces.get(bracket.end..).unwrap_or_default();
    let follows = behind.iter().find(|piece| !matches!(piece.part, Part::Colon)).is_some_and(is_amount);
    !counted && !follows
}

fn is_amount(piece: &Piece) -> bool {
    matches!(piece.part, Part::Amount { .. })
}

/// "1. Chai (20)": the number of an item, or an article.
fn is_one(piece: &Piece) -> bool {
    matches!(&piece.part, Part::Amount { amount: Amount::Exact(value), .. } if *value == rust_decimal::Decimal::ONE)
}
