//! Words nobody knows: a product or supplier that isn't there, part of a name, or talk.

use crate::lexicon::Roles;
use crate::reading::{Part, Piece};
use crate::records::RecordKind;

/// What an unknown run of words is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stray {
    /// Says nothing about the order.
    Talk,
    /// Stands where a product would.
    Product,
    /// Stands where a supplier would.
    Supplier,
    /// Belongs to the product named right before or after it, which it contradicts.
    PartOfName,
}

/// English endings of adverbs and participles, which describe no product on their own.
fn is_circumstance(said: &str) -> bool {
    let word = said.to_lowercase();
    word.len() > 5 && ["ly", "ing", "ed", "lich", "weise"].iter().any(|ending| word.ends_with(ending))
}

/// Nouns are written with a capital in German, so a small word behind a name there is no part of it.
fn is_german_aside(pieces: &[Piece], stray: &Piece) -> bool {
    is_german(pieces) && !is_capital(stray) && pieces.iter().any(|piece| is_product(piece) && is_capital(piece))
}

fn is_german(pieces: &[Piece]) -> bool {
    let known = |roles: Roles| pieces.iter().filter(|piece| piece.has(roles)).count();
    known(Roles::GERMAN) > known(Roles::ENGLISH)
}

/// "Acme: 40 Chai": products follow the colon, so what stands before it is none.
fn heads_list(after: &[Piece]) -> bool {
    let colon = after.iter().position(|piece| matches!(piece.part, Part::Colon)).unwrap_or(0);
    let clause = after.iter().skip(colon + 1).skip_while(|piece| matches!(piece.part, Part::Break('\n')));
    clause
        .into_iter()
        .take_while(|piece| !matches!(piece.part, Part::Break(_)) && !piece.has(Roles::AND))
        .any(is_product)
}

fn is_capital(piece: &Piece) -> bool {
    piece.said.chars().next().is_some_and(char::is_uppercase)
}

/// "send an order to …".
fn follows_order_noun(before: &[Piece]) -> bool {
    let nouns = before.iter().rev().skip_while(|piece| !piece.has(Roles::TO)).nth(1);
    nouns.is_some_and(|piece| piece.has(Roles::ORDER_NOUN))
}

fn is_product(piece: &Piece) -> bool {
    matches!(piece.part, Part::Name { kind: RecordKind::Product, .. })
}

/// Whether the planner may step over a piece when it looks for neighbours.
fn transparent(piece: &Piece) -> bool {
    matches!(piece.part, Part::Words(roles) if !roles.has(
        Roles::SUPPLIER_LEAD.or(Roles::AND).or(Roles::OR).or(Roles::ORDER).or(Roles::PACK).or(Roles::TO).or(Roles::BREAK).or(Roles::EACH)
            .or(Roles::INTERROGATIVE).or(Roles::ORDER_NOUN).or(Roles::VAGUE).or(Roles::MEASURE))
        || is_determiner(&piece.said))
}

fn is_determiner(said: &str) -> bool {
    matches!(
        said.to_lowercase().as_str(),
        "the"
            | "of"
            | "our"
            | "your"
            | "some"
            | "a"
            | "an"
            | "der"
            | "die"
            | "das"
            | "den"
            | "dem"
            | "unserem"
            | "unserer"
            | "me"
            | "us"
            | "mir"
            | "uns"
            | "firma"
            | "company"
            | "that"
            | "this"
            | "those"
            | "these"
            | "their"
    )
}

/// Judges the unknown words at `index`.
pub(crate) fn judge(pieces: &[Piece], index: usize) -> Stray {
    let Some(stray) = pieces.get(index) else { return Stray::Talk };
    let before = pieces.get(..index).unwrap_or_default();
    let after = pieces.get(index + 1..).unwrap_or_default();
    let previous = before.iter().rev().find(|piece| !transparent(piece));
    let next = after.iter().find(
        |piece| !matches!(piece.part, Part::Words(roles) if roles.has(Roles::DESCRIPTION) && !roles.has(Roles::PACK)),
    );
    let touches = |other: &Piece| other.tokens.end == stray.tokens.start || stray.tokens.end == other.tokens.start;
    if let Some(last) = before.last()
        && is_product(last)
        && touches(last)
    {
        return if is_circumstance(&stray.said) || is_german_aside(pieces, stray) {
            Stray::Talk
        } else {
            Stray::PartOfName
        };
    }
    if after.first().is_some_and(|next| is_product(next) && touches(next)) {
        let counted = !is_circumstance(&stray.said)
            && previous.is_some_and(|piece| matches!(piece.part, Part::Amount { .. }) || piece.has(Roles::PACK));
        return if counted { Stray::PartOfName } else { Stray::Talk };
    }
    if next.is_some_and(|next| matches!(next.part, Part::Colon)) && heads_list(after) {
        return if is_capital(stray) && !is_german(pieces) { Stray::Supplier } else { Stray::Talk };
    }
    let measured = next.is_some_and(|next| matches!(next.part, Part::Colon | Part::Amount { .. }));
    match previous {
        Some(previous) => match &previous.part {
            Part::Amount { .. } => Stray::Product,
            // "Anna from accounting needs …" tells who asks.
            Part::Words(roles)
                if roles.has(Roles::SUPPLIER_LEAD)
                    && before.iter().all(|piece| !matches!(piece.part, Part::Amount { .. }))
                    && after.first().is_some_and(|next| next.has(Roles::ORDER)) =>
            {
                Stray::Talk
            }
            Part::Words(roles)
                if firm_supplier_lead(previous, *roles) || (roles.has(Roles::SUPPLIER_LEAD) && is_capital(stray)) =>
            {
                Stray::Supplier
            }
            // "can" is a tin only after a number.
            Part::Words(_) if previous.said.eq_ignore_ascii_case("can") => Stray::Talk,
            Part::Words(roles) if roles.has(Roles::TO) && is_capital(stray) && follows_order_noun(before) => {
                Stray::Supplier
            }
            Part::Words(roles) if roles.has(Roles::PACK.or(Roles::EACH).or(Roles::VAGUE).or(Roles::MEASURE)) => {
                Stray::Product
            }
            Part::Words(roles) if roles.has(Roles::ORDER) && !roles.has(Roles::BREAK) => Stray::Product,
            Part::Words(roles) if roles.has(Roles::AND) && listed(before) => Stray::Product,
            Part::Break(',' | '\n' | ';' | '.') if measured => Stray::Product,
            Part::Break(',')
                if listed(before)
                    && next.is_some_and(|next| next.has(Roles::AND) || matches!(next.part, Part::Break(_)))
                    && each(pieces) =>
            {
                Stray::Product
            }
            Part::Words(roles) if roles.has(Roles::AND) && measured => Stray::Product,
            _ => Stray::Talk,
        },
        None if measured => Stray::Product,
        None => Stray::Talk,
    }
}

/// "from", "bei", "supplier": what follows is a company. "with" and "at" may be anything.
fn firm_supplier_lead(piece: &Piece, roles: Roles) -> bool {
    roles.has(Roles::SUPPLIER_LEAD)
        && !matches!(piece.said.to_lowercase().as_str(), "with" | "at" | "by" | "durch" | "über" | "ueber" | "through")
}

/// Whether a product, known or counted, stands before in the list.
fn listed(before: &[Piece]) -> bool {
    let clause = before.iter().rev().take_while(|piece| !matches!(piece.part, Part::Break('.' | '\n')));
    let mut items = clause.skip(1).take(3);
    items.any(|piece| is_product(piece) || matches!(piece.part, Part::Stray))
}

fn each(pieces: &[Piece]) -> bool {
    pieces.iter().any(|piece| piece.has(Roles::EACH))
}
