//! What stands around a name, and so whether it is a product that is wanted.

use crate::clauses::is_past_verb;
use crate::lexicon::{Roles, is_one_of};
use crate::numbers::Amount;
use crate::reading::{Grade, Part, Piece};
use crate::records::RecordKind;
use crate::segments::{ends_segment, strip};

/// "both Rodney's", "beide Louisiana": all the products that fit are meant.
pub(crate) fn takes_all(pieces: &[Piece], index: usize, fitting: usize) -> bool {
    let before = pieces.get(..index).unwrap_or_default();
    let led = before.iter().rev().find(|piece| !strip(piece) && !piece.has(Roles::DESCRIPTION));
    let both = led.is_some_and(|piece| {
        let said = piece.said.to_lowercase();
        ["both", "beide", "beiden"].iter().any(|word| said.ends_with(word))
    });
    both && fitting == 2
}

/// "Genen Shouyu soy sauce": a description right after a name is no second product.
pub(crate) fn follows_name(pieces: &[Piece], index: usize) -> bool {
    let neighbour = |piece: Option<&Piece>| {
        piece.is_some_and(|piece| matches!(piece.part, Part::Name { kind: RecordKind::Product, general: false, .. }))
    };
    let before = pieces.get(..index).unwrap_or_default().iter().rev().find(|piece| !piece.has(Roles::DESCRIPTION));
    neighbour(before) || neighbour(pieces.get(index + 1))
}

/// "Sasquatch Stout", where the stout is Steeleye's: a word of another product's name right behind a part of a name.
pub(crate) fn contradicts(pieces: &[Piece], index: usize) -> bool {
    let (Some(piece), Some(before)) = (pieces.get(index), index.checked_sub(1).and_then(|before| pieces.get(before)))
    else {
        return false;
    };
    let touches = before.tokens.end == piece.tokens.start;
    match (&before.part, &piece.part) {
        (
            Part::Name { kind: RecordKind::Product, meant, general: false, grade },
            Part::Name { kind: RecordKind::Product, meant: others, general: true, grade: Grade::Part },
        ) => {
            let shared = meant.iter().any(|one| others.iter().any(|other| other.id == one.id));
            touches && !shared && *grade != Grade::Whole && others.len() < 3
        }
        _ => false,
    }
}

/// "twice as many Chang as Chai": the second name only tells how many.
pub(crate) fn compares(pieces: &[Piece], index: usize) -> bool {
    let before = pieces.get(..index).unwrap_or_default();
    let led =
        before.last().is_some_and(|piece| matches!(piece.said.to_lowercase().as_str(), "as" | "wie" | "than" | "als"));
    let relative = |piece: &Piece| {
        let differs = is_one_of(&piece.said.to_lowercase(), "more|fewer|less|mehr|weniger");
        differs || matches!(piece.part, Part::Amount { amount: Amount::Relative(_), .. })
    };
    led && before.iter().rev().take_while(|piece| !matches!(piece.part, Part::Break(_))).any(relative)
}

/// "our chef wants 18": who orders, although several names share the word.
pub(crate) fn wants_something(pieces: &[Piece], index: usize) -> bool {
    let uncounted = index.checked_sub(1).and_then(|before| pieces.get(before)).is_none_or(|before| {
        !matches!(before.part, Part::Amount { .. }) && !before.has(Roles::PACK.or(Roles::ORDER).or(Roles::AND))
    });
    let verb = pieces
        .get(index + 1..)
        .unwrap_or_default()
        .iter()
        .find(|next| !next.has(Roles::FILLER) || next.has(Roles::ORDER));
    uncounted && verb.is_some_and(|verb| verb.has(Roles::ORDER))
}

/// Whether a product is expected here. Elsewhere a part of a name misspelt is more likely no name at all: the boss is not
/// "Bob's", the gala no "Gula".
pub(crate) fn stands_for_product(pieces: &[Piece], index: usize) -> bool {
    let before = pieces.get(..index).unwrap_or_default();
    let previous = before
        .iter()
        .rev()
        .find(|piece| !strip(piece) && piece.said != "of" && !piece.has(Roles::DESCRIPTION) || piece.has(Roles::TO));
    let leads = Roles::PACK
        .or(Roles::EACH)
        .or(Roles::ORDER)
        .or(Roles::VAGUE)
        .or(Roles::AND)
        .or(Roles::OR)
        .or(Roles::CORRECT)
        .or(Roles::CHANGE);
    let edits = Roles::INSTEAD.or(Roles::REMOVE).or(Roles::ALSO).or(Roles::MEASURE);
    let next = pieces.get(index + 1);
    let counted = next.is_some_and(|next| matches!(next.part, Part::Amount { .. } | Part::Colon));
    counted
        || match previous {
            None => next.is_none_or(|next| matches!(next.part, Part::Break(_))),
            Some(piece) => {
                matches!(piece.part, Part::Amount { .. })
                    || matches!(piece.part, Part::Break(_) | Part::Colon) && !is_subject(pieces, index)
                    || piece.has(leads.or(edits))
            }
        }
}

/// "Giovanni just called", "Scones sind knapp": something is said of it, and nothing counted.
fn is_subject(pieces: &[Piece], index: usize) -> bool {
    let ends = |piece: &Piece| ends_segment(piece) || matches!(piece.part, Part::Colon);
    let clause = || pieces.get(index + 1..).unwrap_or_default().iter().take_while(|piece| !ends(piece));
    let counts = |piece: &Piece| matches!(piece.part, Part::Amount { .. } | Part::Price(_)) || piece.has(Roles::ORDER);
    let says = |piece: &Piece| piece.has(Roles::VERB.or(Roles::PAST)) || is_past_verb(piece);
    !clause().any(counts) && clause().any(says)
}

/// "Norwegian cheeses: 15 Geitost", "the usual people": names a list or a company, and no goods.
fn heads(pieces: &[Piece], index: usize) -> bool {
    const COMPANY: &str = "people|supplier|suppliers|place|places|guys|folks|lot|source|vendor|address|company|lieferant|lieferanten|adresse|leute|leuten|quelle|stelle|firma";
    let after = pieces.get(index + 1..).unwrap_or_default();
    let mut rest = after.iter().skip_while(|piece| piece.has(Roles::DESCRIPTION));
    let next = rest.next();
    if next.is_some_and(|next| is_one_of(&next.said.to_lowercase(), COMPANY)) {
        return true;
    }
    let colon = next.is_some_and(|next| matches!(next.part, Part::Colon) || next.said.starts_with(['-', '–', '—']));
    let named = |piece: &Piece| matches!(piece.part, Part::Name { kind: RecordKind::Product, .. });
    colon && rest.take_while(|piece| !matches!(piece.part, Part::Break('.'))).any(named)
}

/// "beer", "something": a thing too general, where a product would stand.
pub(crate) fn general(pieces: &[Piece], index: usize) -> bool {
    let Some(piece) = pieces.get(index).filter(|piece| piece.has(Roles::GENERAL)) else {
        return false;
    };
    let before = pieces.get(..index).unwrap_or_default();
    let counts = |piece: &Piece| {
        matches!(piece.part, Part::Amount { .. })
            || piece.has(Roles::PACK.or(Roles::ORDER).or(Roles::ORDER_NOUN)) && !piece.has(Roles::GENERAL)
    };
    let previous =
        before.iter().rev().find(|before| counts(before) || !before.has(Roles::FILLER.or(Roles::DESCRIPTION)));
    let named = pieces
        .get(index + 1..)
        .unwrap_or_default()
        .iter()
        .take(2)
        .any(|next| matches!(next.part, Part::Name { kind: RecordKind::Product, .. }));
    // "The cheese counter": where, and not what.
    let place = pieces.get(index + 1).is_some_and(|next| next.has(Roles::NOUN) && !next.has(Roles::PACK));
    previous.is_some_and(counts) && !named && !place && !heads(pieces, index) && !piece.has(Roles::ORDER_NOUN)
}

/// "Der Kaffee geht aus: 25 Ipoh Coffee": what stands before the colon is why.
pub(crate) fn is_running_out(pieces: &[Piece], colon: usize) -> bool {
    let before = pieces.get(..colon).unwrap_or_default().iter().rev();
    let clause: Vec<&Piece> = before.take_while(|piece| !matches!(piece.part, Part::Break(_))).collect();
    clause.iter().any(|piece| piece.has(Roles::LEFT))
        && !clause.iter().any(|piece| matches!(piece.part, Part::Amount { .. }))
}

/// "We're out of toilet paper, order 12 packs": what has run out is what is ordered, when nothing else is named.
pub(crate) fn has_run_out(pieces: &[Piece], index: usize) -> bool {
    let out = index
        .checked_sub(1)
        .and_then(|before| pieces.get(before))
        .is_some_and(|before| before.has(Roles::LEFT.or(Roles::LOW)));
    let named = |piece: &Piece| matches!(piece.part, Part::Name { kind: RecordKind::Product, .. } | Part::NoSuchCode);
    out && !pieces.iter().any(named)
}
