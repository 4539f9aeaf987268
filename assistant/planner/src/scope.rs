//! Requests for what the planner has no tool for: mail, payments, deletions, the weather.
//!
//! Only words of the person count. Words that are part of a record's name never do: they are read as names before.

use crate::lexicon::{Roles, is_one_of};
use crate::numbers::Amount;
use crate::reading::{Part, Piece};
use crate::records::RecordKind;

/// Things people send that are no goods.
const LETTERS: &[&str] = &[
    "email",
    "e-mail",
    "e-mails",
    "emails",
    "mail",
    "mails",
    "message",
    "reminder",
    "letter",
    "fax",
    "sms",
    "nachricht",
    "mahnung",
    "brief",
    "invoice",
    "rechnung",
    "angebot",
    "quote",
];

/// Whether the request, or a part of it, asks for something else than an order or an answer.
pub(crate) fn is_outside(pieces: &[Piece], continuing: bool) -> bool {
    let exact = |piece: &Piece| matches!(piece.part, Part::Amount { amount: Amount::Exact(_), .. });
    let orders = pieces.iter().any(|piece| piece.has(Roles::ORDER) && !piece.has(Roles::FOREIGN))
        && pieces.iter().any(exact)
        || counts_products(pieces);
    pieces
        .iter()
        .enumerate()
        .any(|(index, piece)| anywhere(piece, orders) || imperative(pieces, index, continuing, orders))
}

/// Phrases and German infinitives tell wherever they stand; a single noun only when nothing is ordered.
fn anywhere(piece: &Piece, orders: bool) -> bool {
    let firm = piece.said.contains(' ')
        || (piece.has(Roles::GERMAN)
            && piece.said.ends_with("en")
            && piece.said.chars().next().is_some_and(char::is_lowercase));
    piece.has(Roles::FOREIGN_ANYWHERE) && (firm || !orders)
}

/// Whether the piece is said as a request for another action.
fn imperative(pieces: &[Piece], index: usize, continuing: bool, orders: bool) -> bool {
    let Some(piece) = pieces.get(index).filter(|_| opens(pieces, index)) else { return false };
    let after = pieces.get(index + 1..).unwrap_or_default();
    let clause: Vec<&Piece> = after.iter().take_while(|piece| !matches!(piece.part, Part::Break(_))).collect();
    let object = clause
        .iter()
        .find(|piece| piece.has(Roles::ORDER_NOUN.or(Roles::THING)) || !matches!(piece.part, Part::Words(_)));
    let noun = clause.iter().find(|piece| piece.has(Roles::ORDER_NOUN.or(Roles::THING)));
    let makes = piece.has(Roles::MAKE) || piece.said.eq_ignore_ascii_case("set up a");
    let makes_order = makes && noun.is_some_and(|noun| noun.has(Roles::ORDER_NOUN));
    if makes_order {
        return false;
    }
    let sends = piece.has(Roles::MAKE.or(Roles::ORDER))
        && clause.iter().take(4).any(|piece| LETTERS.contains(&piece.said.to_lowercase().as_str()));
    if sends {
        return true;
    }
    // "… plus tell me a joke".
    let amuses = clause.iter().any(|piece| piece.has(Roles::FOREIGN_ANYWHERE));
    if amuses && piece.has(Roles::FOREIGN.or(Roles::INTERROGATIVE)) && !clause.iter().any(|piece| is_product(piece)) {
        return true;
    }
    if writes(piece) && counts_products(after) {
        return false;
    }
    // With a draft, "change", "set", "remove", "drop" work on the draft.
    let edits = piece.has(Roles::CHANGE.or(Roles::REMOVE));
    if edits && (continuing || leaves_out(pieces, index)) {
        return false;
    }
    if edits && !orders && !earlier_amount(pieces, index) {
        return true;
    }
    // "Tell the system 80 Chai": this very planner.
    const PLANNER: &str = "system|computer|program|programme|software|machine|kontor|assistant|bot";
    let told = clause.iter().find(|next| !is_one_of(&next.said.to_lowercase(), "the|our|your"));
    let acts = clause.iter().any(|next| next.has(Roles::FOREIGN.or(Roles::FOREIGN_ANYWHERE)));
    if orders && !acts && told.is_some_and(|next| is_one_of(&next.said.to_lowercase(), PLANNER)) {
        return false;
    }
    // "tell me" asks, "tell them" does not.
    if piece.said.eq_ignore_ascii_case("tell")
        && !clause.first().is_some_and(|next| ["me", "us"].contains(&next.said.to_lowercase().as_str()))
    {
        return true;
    }
    if piece.has(Roles::MAKE)
        && !piece.has(Roles::ORDER)
        && object.is_some_and(|object| object.has(Roles::THING))
        && !orders
    {
        return true;
    }
    // "Ruf nicht erst an, leg eine Bestellung an".
    let forbidden =
        clause.iter().take(3).any(|piece| is_one_of(&piece.said.to_lowercase(), "nicht|not|nichts|nix|nothing"))
            && orders;
    let addresses = orders && piece.said.to_lowercase() == "ship to";
    // "Look up how many Ikura we have".
    let answers = clause.first().is_some_and(|next| {
        next.has(Roles::INTERROGATIVE) || next.has(Roles::STOCK.or(Roles::PRICE)) && next.said.contains(' ')
    });
    let excused =
        forbidden || answers || addresses || piece.has(Roles::INTERROGATIVE) || edits && earlier_amount(pieces, index);
    piece.has(Roles::FOREIGN) && !excused
}

/// "schreib 20 Chai auf", "note 20 Chai": what people say who keep an order by hand.
fn writes(piece: &Piece) -> bool {
    const VERBS: &str = "schreib|schreibe|setz|setze|notier|notiere|trag|trage|note|log|enter|record|mark|add|put|dispatch|forward|\
                         provide|book|release";
    is_one_of(&piece.said.to_lowercase(), VERBS)
}

fn is_product(piece: &Piece) -> bool {
    matches!(piece.part, Part::Name { kind: RecordKind::Product, .. })
}

/// Whether a quantity stands right beside a product.
pub(crate) fn counts_products(pieces: &[Piece]) -> bool {
    // "set the stock of Chai to 500" counts nothing.
    let moves = |piece: &Piece| matches!(piece.said.to_lowercase().as_str(), "to" | "auf");
    let passes = |piece: &Piece| matches!(piece.part, Part::Words(_) | Part::Colon | Part::Break(_)) && !moves(piece);
    let telling: Vec<&Piece> = pieces.iter().filter(|piece| !passes(piece)).collect();
    let beside = |pair: &[&Piece]| {
        let amount = |piece: &Piece| matches!(piece.part, Part::Amount { amount: Amount::Exact(_), .. });
        let name = |piece: &Piece| matches!(piece.part, Part::Name { kind: RecordKind::Product, .. });
        matches!(pair, [a, b] if amount(a) && name(b) || name(a) && amount(b))
    };
    telling.windows(2).any(beside)
}

/// "no tofu, 15 Konbu", "skip the tofu. 15 Konbu": leaves a product out of the order that follows.
fn leaves_out(pieces: &[Piece], index: usize) -> bool {
    let after = pieces.get(index + 1..).unwrap_or_default();
    let named = after.iter().find(|piece| !piece.has(Roles::FILLER.or(Roles::DESCRIPTION)));
    let product = named.is_some_and(|piece| matches!(piece.part, Part::Name { kind: RecordKind::Product, .. }));
    let clause = after.iter().position(|piece| matches!(piece.part, Part::Break(_))).unwrap_or(after.len());
    let (clause, rest) = after.split_at(clause);
    product && !clause.iter().any(|piece| matches!(piece.part, Part::Amount { .. })) && counts_products(rest)
}

/// "40 Chai and 12 Chang, drop the Chang": edits what this very request said.
fn earlier_amount(pieces: &[Piece], index: usize) -> bool {
    pieces.get(..index).unwrap_or_default().iter().any(|piece| matches!(piece.part, Part::Amount { .. }))
}

/// Whether a sentence or clause begins here, courtesies aside.
fn opens(pieces: &[Piece], index: usize) -> bool {
    let before = pieces.get(..index).unwrap_or_default();
    for piece in before.iter().rev() {
        match piece.part {
            Part::Break(_) | Part::Colon => return true,
            Part::Words(roles) if roles.has(Roles::AND) => return true,
            Part::Words(_) if is_courtesy(&piece.said) => {}
            _ => return false,
        }
    }
    true
}

pub(crate) fn is_courtesy(said: &str) -> bool {
    matches!(
        said.to_lowercase().as_str(),
        "please"
            | "can"
            | "could"
            | "would"
            | "will"
            | "you"
            | "i"
            | "we"
            | "want"
            | "need"
            | "to"
            | "like"
            | "id"
            | "i'd"
            | "lets"
            | "let's"
            | "us"
            | "just"
            | "now"
            | "then"
            | "also"
            | "immediately"
            | "bitte"
            | "kannst"
            | "könntest"
            | "koenntest"
            | "du"
            | "sofort"
            | "dann"
            | "auch"
            | "mal"
            | "hi"
            | "hello"
            | "hey"
            | "hallo"
            | "must"
            | "should"
            | "have"
            | "me"
            | "ok"
            | "okay"
            | "so"
            | "go"
            | "ahead"
            | "kindly"
            | "n"
            | "mir"
            | "uns"
            | "einmal"
            | "noch"
    )
}
