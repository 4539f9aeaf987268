//! Where a request corrects itself or the draft before it: "sorry, make that 30", "nein, doch 25 Chang".

use crate::clauses::word;
use crate::lexicon::{Roles, is_one_of};
use crate::reading::{Part, Piece};
use crate::records::RecordKind;

/// A stretch of a request.
#[derive(Debug)]
pub(crate) struct Stretch<'p> {
    pub pieces: &'p [Piece],
    /// Whether it replaces what was said before.
    pub corrects: bool,
}

/// Splits a request where a correction begins.
pub(crate) fn stretches(pieces: &[Piece]) -> Vec<Stretch<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut corrects = false;
    let mut at = 0;
    while at < pieces.len() {
        if !announces(pieces, at) {
            at += 1;
            continue;
        }
        // "…, 30 instead", "Chang lieber 16": the word stands behind what it announces.
        let behind = closes(pieces, at) || names_first(pieces, at) || suffices(pieces, at);
        let border = if behind { clause_start(pieces, at).max(start) } else { at };
        if let Some(before) = pieces.get(start..border).filter(|before| !before.is_empty()) {
            found.push(Stretch { pieces: before, corrects });
        }
        corrects = true;
        start = if behind { border } else { at + 1 };
        at += 1;
    }
    if let Some(rest) = pieces.get(start..).filter(|rest| !rest.is_empty()) {
        found.push(Stretch { pieces: rest, corrects });
    }
    found.into_iter().flat_map(resumed).collect()
}

/// "… make it two dozen. Outback Lager: 48": a new sentence that orders goes on where the correction has said its own.
fn resumed(stretch: Stretch<'_>) -> Vec<Stretch<'_>> {
    let ends = |piece: &Piece| matches!(piece.part, Part::Break('.' | '\n'));
    let figure = |piece: &Piece| matches!(piece.part, Part::Amount { .. } | Part::Price(_));
    let name = |piece: &Piece| matches!(piece.part, Part::Name { kind: RecordKind::Product, .. });
    let parted = |at: &usize| {
        let (before, after) = stretch.pieces.split_at(*at);
        let sentence = after.iter().skip(1).take_while(|piece| !ends(piece));
        let mut telling = sentence.clone().filter(|piece| figure(piece) || name(piece));
        before.iter().any(figure)
            && !before.iter().any(name)
            && telling.next().is_some_and(name)
            && sentence.clone().any(figure)
    };
    let places = stretch.pieces.iter().enumerate().filter(|(_, piece)| ends(piece)).map(|(at, _)| at);
    match places.filter(|_| stretch.corrects).find(parted) {
        Some(at) => {
            let (before, after) = stretch.pieces.split_at(at);
            vec![Stretch { pieces: before, corrects: true }, Stretch { pieces: after, corrects: false }]
        }
        None => vec![stretch],
    }
}

/// Whether the word or phrase at `at` announces a correction here.
fn announces(pieces: &[Piece], at: usize) -> bool {
    if suffices(pieces, at) || contrasts(pieces, at) {
        return true;
    }
    let Some(piece) = pieces.get(at).filter(|piece| piece.has(Roles::CORRECT)) else {
        return false;
    };
    let next = pieces.get(at + 1);
    // "20 Lager and, wait, 30 Chai" goes on.
    const HESITATES: &str = "um|uhm|uh|erm|er|well|maybe|perhaps|hm|hmm|ah|ahm|aeh|vielleicht|also";
    let pauses = |piece: &Piece| matches!(piece.part, Part::Break(',')) || is_one_of(&word(piece), HESITATES);
    let before = pieces.get(..at).unwrap_or_default().iter().rev().find(|piece| !pauses(piece));
    let joined = before.is_some_and(|before| before.has(Roles::AND));
    if joined && !piece.said.contains(' ') && !remakes(pieces, at) {
        return false;
    }
    let opens = at.checked_sub(1).and_then(|before| pieces.get(before)).is_none_or(|before| {
        matches!(before.part, Part::Break(_))
            || before.has(Roles::CORRECT.or(Roles::AND).or(Roles::YES))
            || before.said.starts_with(['-', '–', '—', '…'])
    });
    match piece.said.to_lowercase().as_str() {
        // "no Chang" takes out, "no, Chang" corrects.
        "no" | "nein" | "nope" => {
            next.is_some_and(|next| {
                matches!(next.part, Part::Break(_) | Part::Colon | Part::Amount { .. } | Part::Date(_) | Part::Words(_))
            }) && !next.is_some_and(|next| next.has(Roles::PACK))
        }
        // "ne Kiste" is an article, ", ne, " takes back.
        "better" => next.is_some_and(|next| matches!(next.part, Part::Amount { .. } | Part::Date(_))),
        "ne" => opens && next.is_some_and(|next| matches!(next.part, Part::Break(_))),
        // "Ach ne, mach 50 draus" takes back with its first words.
        "draus" | "daraus" => {
            let clause = pieces.get(clause_start(pieces, at)..at).unwrap_or_default();
            closes(pieces, at) && !clause.iter().any(|piece| piece.has(Roles::CORRECT))
        }
        "make" => opens && !pieces.iter().skip(at + 1).take(4).any(|piece| piece.has(Roles::ORDER_NOUN)),
        // Particles of German that only colour a sentence unless they open a clause.
        "doch" | "halt" => opens,
        _ => true,
    }
}

/// "… and make the Chai 25": a product that has been counted already.
fn remakes(pieces: &[Piece], at: usize) -> bool {
    let named = |piece: &Piece| match &piece.part {
        Part::Name { kind: RecordKind::Product, meant, .. } => meant.first().map(|one| one.id),
        _ => None,
    };
    let before = pieces.get(..at).unwrap_or_default();
    let mut rest = pieces.get(at + 1..).unwrap_or_default().iter().skip_while(|piece| piece.has(Roles::FILLER));
    let again = rest.next().and_then(named);
    let counted = rest.next().is_some_and(|next| matches!(next.part, Part::Amount { .. }));
    let makes = pieces.get(at).is_some_and(|piece| word(piece) == "make");
    makes && counted && again.is_some_and(|again| before.iter().any(|piece| named(piece) == Some(again)))
}

/// Whether nothing of weight follows in the clause, for the words that may stand at its end.
fn closes(pieces: &[Piece], at: usize) -> bool {
    let Some(piece) = pieces.get(at) else { return false };
    let may = matches!(
        piece.said.to_lowercase().as_str(),
        "instead"
            | "stattdessen"
            | "rather"
            | "lieber"
            | "actually"
            | "besser"
            | "sorry"
            | "i meant"
            | "i mean"
            | "meinte"
            | "ich meinte"
            | "ich meine"
            | "draus"
            | "daraus"
    );
    let rest = pieces.get(at + 1..).unwrap_or_default();
    let weighty = rest
        .iter()
        .take_while(|piece| !matches!(piece.part, Part::Break('.' | '\n')))
        .any(|piece| !matches!(piece.part, Part::Words(_) | Part::Break(_) | Part::Stray));
    may && !weighty && at > 0
}

/// "My colleague said 50 Chai but 20 are enough", "… aber 20 reichen": a quantity of the one product named before.
fn suffices(pieces: &[Piece], at: usize) -> bool {
    const ENOUGH: &str = "enough|plenty|sufficient|suffice|suffices|do|reichen|reicht|genugen|genugt|langen|langt";
    let said = |piece: &Piece| word(piece).rsplit(' ').next().is_some_and(|last| is_one_of(last, ENOUGH));
    let figure = |piece: &Piece| matches!(piece.part, Part::Amount { .. });
    let name = |piece: &Piece| matches!(piece.part, Part::Name { kind: RecordKind::Product, .. });
    let ends = |piece: &&Piece| !matches!(piece.part, Part::Break('.' | '\n'));
    if !pieces.get(at).is_some_and(said) {
        return false;
    }
    let start = clause_start(pieces, at);
    let clause = pieces.get(start..at).unwrap_or_default();
    let before = pieces.get(..start).unwrap_or_default();
    let rest = || pieces.get(at + 1..).unwrap_or_default().iter().take_while(ends);
    // "5 a day are enough" is of the day, "5 for the bar" of a part.
    const TIMES: &str = "day|week|month|tag|woche|monat|per day|per week";
    let spread = |piece: &Piece| piece.has(Roles::EACH.or(Roles::TO).or(Roles::LEFT)) || is_one_of(&word(piece), TIMES);
    let alone = clause.iter().filter(|piece| figure(piece)).count() == 1
        && !clause.iter().any(|piece| name(piece) || spread(piece) || matches!(piece.part, Part::Price(_)))
        && !rest().any(|piece| figure(piece) || name(piece) || spread(piece) || said(piece));
    let counted = before.iter().any(figure) && before.iter().filter(|piece| name(piece)).count() == 1;
    alone && counted
}

/// "The note says 24 Chai but we only need 18", "… wir brauchen aber nur 18".
fn contrasts(pieces: &[Piece], at: usize) -> bool {
    let figure = |piece: &Piece| matches!(piece.part, Part::Amount { .. });
    let name = |piece: &Piece| matches!(piece.part, Part::Name { kind: RecordKind::Product, .. });
    if !pieces.get(at).is_some_and(|piece| is_one_of(&word(piece), "but|aber")) {
        return false;
    }
    let breaks = |piece: &Piece| matches!(piece.part, Part::Break(_));
    let start = pieces.get(..at).unwrap_or_default().iter().rposition(breaks).map_or(0, |position| position + 1);
    let inner = pieces.get(start..at).unwrap_or_default();
    let opening = if inner.iter().any(|piece| figure(piece) || name(piece)) { at } else { start };
    let before = pieces.get(..opening).unwrap_or_default();
    let clause: Vec<&Piece> =
        pieces.get(opening..).unwrap_or_default().iter().take_while(|piece| !breaks(piece)).collect();
    let bars = |piece: &&Piece| {
        let other = matches!(piece.part, Part::Name { .. } | Part::Price(_) | Part::Date(_) | Part::Stray);
        other
            || piece.has(Roles::EACH.or(Roles::TO).or(Roles::LEFT).or(Roles::MORE))
            || is_one_of(&word(piece), "have|got|haben|hab|more")
    };
    let is = |list: &str| clause.iter().any(|piece| is_one_of(&word(piece), list));
    let asks = clause.iter().any(|piece| piece.has(Roles::ORDER)) && is("only|just|really|nur|bloss|eigentlich");
    let follows = pieces.get(opening + clause.len()).is_none_or(|next| matches!(next.part, Part::Break('.' | '\n')));
    let counted = before.iter().any(figure) && before.iter().filter(|piece| name(piece)).count() == 1;
    asks && follows && counted && clause.iter().filter(|piece| figure(piece)).count() == 1 && !clause.iter().any(bars)
}

/// "Chang doch lieber 16": a product without a quantity opens the clause that corrects it.
fn names_first(pieces: &[Piece], at: usize) -> bool {
    let clause = pieces.get(clause_start(pieces, at)..at).unwrap_or_default();
    let mut telling = clause.iter().filter(|piece| !matches!(piece.part, Part::Words(_)));
    let product = |piece: &Piece| matches!(piece.part, Part::Name { kind: RecordKind::Product, .. });
    let quantity = pieces.get(at + 1).is_some_and(|next| matches!(next.part, Part::Amount { .. }));
    telling.next().is_some_and(product) && telling.next().is_none() && quantity
}

/// The first piece of the clause that ends at `at`.
fn clause_start(pieces: &[Piece], at: usize) -> usize {
    let before = pieces.get(..at).unwrap_or_default();
    let parts = |piece: &Piece| matches!(piece.part, Part::Break(_)) || is_one_of(&word(piece), "but|aber|though");
    before.iter().rposition(parts).map_or(0, |position| position + 1)
}
