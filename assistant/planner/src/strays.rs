//! Words nobody knows: a product or supplier that isn't there, part of a name, or talk.

use crate::lexicon::{self, Roles};
use crate::reading::{Grade, Part, Piece};
use crate::records::RecordKind;
use crate::scope;
use crate::standing::stands_for_product;
use crate::tokens::fold;

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
    const JOURNEYS: &str = "delivery|deliveries|shipment|lieferung|lieferungen|anlieferung";
    nouns.is_some_and(|piece| piece.has(Roles::ORDER_NOUN) && !lexicon::is_one_of(&piece.said.to_lowercase(), JOURNEYS))
}

fn is_product(piece: &Piece) -> bool {
    matches!(piece.part, Part::Name { kind: RecordKind::Product, .. })
}

/// Whether the planner may step over a piece when it looks for neighbours.
fn transparent(piece: &Piece) -> bool {
    matches!(piece.part, Part::Words(roles) if !roles.has(
        Roles::SUPPLIER_LEAD.or(Roles::AND).or(Roles::OR).or(Roles::ORDER).or(Roles::PACK).or(Roles::TO).or(Roles::BREAK).or(Roles::EACH)
            .or(Roles::INTERROGATIVE).or(Roles::ORDER_NOUN).or(Roles::VAGUE).or(Roles::MEASURE).or(Roles::VERB))
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
    let touches = |other: &Piece| other.tokens.end == stray.tokens.start || stray.tokens.end == other.tokens.start;
    if let Some(last) = before.last()
        && is_product(last)
        && touches(last)
    {
        // "Küchenchef Anton Huber": a part of a name in passing.
        let passing = !matches!(last.part, Part::Name { grade: Grade::Whole, .. })
            && !stands_for_product(pieces, index - 1)
            && !before
                .get(..index - 1)
                .unwrap_or_default()
                .last()
                .is_some_and(|lead| lead.has(Roles::PACK.or(Roles::MEASURE)));
        let aside = passing || is_circumstance(&stray.said) || is_german_aside(pieces, stray);
        return if aside { Stray::Talk } else { Stray::PartOfName };
    }
    let previous = before.iter().rev().find(|piece| !transparent(piece));
    let counted = previous.is_some_and(is_amount) || before.last().is_some_and(|pack| is_counted_pack(before, pack));
    if after.first().is_some_and(|next| is_product(next) && touches(next)) {
        let part = counted && !is_circumstance(&stray.said) && !is_pack(stray);
        return if part { Stray::PartOfName } else { Stray::Talk };
    }
    if counted && (is_unit_behind(pieces, index) || measures_name(after)) {
        return Stray::Talk;
    }
    let next = after.iter().find(
        |piece| !matches!(piece.part, Part::Words(roles) if roles.has(Roles::DESCRIPTION) && !roles.has(Roles::PACK)),
    );
    if next.is_some_and(|next| matches!(next.part, Part::Colon)) && heads_list(after) {
        return if is_capital(stray) && !is_german(pieces) { Stray::Supplier } else { Stray::Talk };
    }
    // "ETA 4 December": the label of a day.
    let opens = previous.is_none_or(|previous| matches!(previous.part, Part::Break(_) | Part::Colon));
    if opens && next.is_some_and(|next| matches!(next.part, Part::Date(_))) {
        return Stray::Talk;
    }
    // "Maria says 18 Chai": the quantity is of the product behind it.
    let claimed = next.is_some_and(is_amount)
        && !previous.is_some_and(leads_supplier)
        && after.iter().position(is_amount).is_some_and(|at| measures_name(after.get(at + 1..).unwrap_or_default()));
    if claimed || (!counted && is_circumstance(&stray.said) && !is_capital(stray)) {
        return Stray::Talk;
    }
    let headed =
        next.is_some_and(|next| matches!(next.part, Part::Colon)) && after.iter().skip(1).take(2).any(is_amount);
    let measured = headed || next.is_some_and(is_amount);
    match previous {
        Some(previous) => match behind(pieces, index, previous, next, measured) {
            // "Das war gesenkt": no noun.
            Stray::Product if !counted && is_german_aside(pieces, stray) => Stray::Talk,
            found => found,
        },
        None if measured => Stray::Product,
        None => Stray::Talk,
    }
}

/// Whether a product or a verb stands in the same part of a list as the stray at `index`.
fn is_explained(pieces: &[Piece], index: usize) -> bool {
    let ends = |piece: &Piece| matches!(piece.part, Part::Break(_)) || piece.has(Roles::AND.or(Roles::OR));
    let start = pieces.get(..index).unwrap_or_default().iter().rposition(ends).map_or(0, |end| end + 1);
    let rest = pieces.get(start..).unwrap_or_default();
    let says = |piece: &Piece| is_product(piece) || piece.has(Roles::VERB) && !piece.has(Roles::ORDER);
    rest.iter().take_while(|piece| !ends(piece)).any(says)
}

fn leads_supplier(piece: &Piece) -> bool {
    firm_supplier_lead(piece, piece.roles())
}

/// "Supplier is Acme", "Lieferant: Acme".
fn states_supplier(before: &[Piece]) -> bool {
    let states = |noun: &Piece| noun.has(Roles::SUPPLIER_LEAD) && noun.has(Roles::SUPPLIES);
    match before {
        [.., noun, joint] => {
            states(noun) && (matches!(joint.part, Part::Colon) || joint.has(Roles::VERB) && !joint.has(Roles::ORDER))
        }
        _ => false,
    }
}

/// Whether "from", "bei" or "with" at `lead` says who is to deliver, and not who wrote a note or agreed on a price.
fn asks_supplier(pieces: &[Piece], lead: usize, stray: &Piece) -> bool {
    let before = pieces.get(..lead).unwrap_or_default();
    let orders = |piece: &Piece| {
        is_amount(piece)
            || is_product(piece) && !matches!(piece.part, Part::Name { grade: Grade::Guess, .. })
            || piece.has(Roles::ORDER.or(Roles::ORDER_NOUN))
            || matches!(piece.part, Part::Price(_))
    };
    let firm = pieces.get(lead).is_some_and(leads_supplier);
    if !firm {
        return is_capital(stray) && before.iter().rev().find(|piece| !transparent(piece)).is_some_and(orders);
    }
    let sentence =
        || before.iter().rev().take_while(|piece| !matches!(piece.part, Part::Break('.' | '\n') | Part::Colon));
    let opens = sentence().all(|piece| matches!(piece.part, Part::Break(_)) || scope::is_courtesy(&piece.said));
    opens || sentence().any(orders)
}

/// "Our Singapore supplier", "our friends in Zaandam": tells of a company that is known.
fn describes_supplier(pieces: &[Piece], index: usize) -> bool {
    const OURS: &str = "our|my|the usual|our usual|unser|unsere|unserem|unseren|unserer";
    const PEOPLE: &str =
        "supplier|suppliers|vendor|people|friends|folks|guys|lieferant|lieferanten|freunde|freunden|leute|leuten";
    let before = pieces.get(..index).unwrap_or_default();
    let ours = before.iter().rev().take(2).any(|piece| lexicon::is_one_of(&piece.said.to_lowercase(), OURS));
    ours && pieces.get(index + 1).is_some_and(|next| lexicon::is_one_of(&next.said.to_lowercase(), PEOPLE))
}

/// Judges unknown words by what stands before them.
fn behind(pieces: &[Piece], index: usize, previous: &Piece, next: Option<&Piece>, measured: bool) -> Stray {
    let Some(stray) = pieces.get(index) else { return Stray::Talk };
    let before = pieces.get(..index).unwrap_or_default();
    let after = pieces.get(index + 1..).unwrap_or_default();
    let unexplained = || if is_explained(pieces, index) { Stray::Talk } else { Stray::Product };
    match &previous.part {
        // "18 jars of something sweet".
        _ if before.last().is_some_and(|last| last.has(Roles::GENERAL)) => Stray::Talk,
        Part::Amount { .. } => Stray::Product,
        // "Anna from accounting needs …" tells who asks.
        Part::Words(roles)
            if roles.has(Roles::SUPPLIER_LEAD)
                && before.iter().all(|piece| !is_amount(piece))
                && after.first().is_some_and(|next| next.has(Roles::ORDER)) =>
        {
            Stray::Talk
        }
        _ if describes_supplier(pieces, index) => Stray::Talk,
        _ if states_supplier(before) => Stray::Supplier,
        Part::Words(roles) if roles.has(Roles::SUPPLIER_LEAD) => {
            let lead = before.iter().rposition(|piece| piece.tokens == previous.tokens).unwrap_or(0);
            if asks_supplier(pieces, lead, stray) { Stray::Supplier } else { Stray::Talk }
        }
        // "can" is a tin only after a number.
        Part::Words(_) if previous.said.eq_ignore_ascii_case("can") => Stray::Talk,
        Part::Words(roles) if roles.has(Roles::TO) && is_capital(stray) && follows_order_noun(before) => {
            Stray::Supplier
        }
        Part::Words(roles) if roles.has(Roles::PACK.or(Roles::MEASURE)) && !roles.has(Roles::EACH.or(Roles::VAGUE)) => {
            if is_counted_pack(before, previous) {
                Stray::Product
            } else {
                Stray::Talk
            }
        }
        Part::Words(roles) if roles.has(Roles::EACH.or(Roles::VAGUE)) => unexplained(),
        Part::Words(roles) if roles.has(Roles::ORDER) && !roles.has(Roles::BREAK) => {
            if delivers(previous) && orders_already(before) { Stray::Talk } else { unexplained() }
        }
        Part::Words(roles) if roles.has(Roles::AND) && listed(before) => unexplained(),
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
    }
}

fn is_amount(piece: &Piece) -> bool {
    matches!(piece.part, Part::Amount { .. })
}

/// A word nobody knows that counts by its last part: "Glasflaschen".
fn is_pack(stray: &Piece) -> bool {
    lexicon::is_compound_pack(&fold(&stray.said))
}

/// Whether a packing word stands behind a quantity or a word that asks for goods: "the bar opens" counts nothing.
fn is_counted_pack(before: &[Piece], pack: &Piece) -> bool {
    if !pack.has(Roles::PACK.or(Roles::MEASURE)) {
        return false;
    }
    let earlier = before.iter().rev().skip_while(|piece| piece.tokens.start >= pack.tokens.start);
    let counts = |piece: &Piece| is_amount(piece) || piece.has(Roles::ORDER.or(Roles::VAGUE).or(Roles::EACH));
    earlier
        .into_iter()
        .find(|piece| counts(piece) || !transparent(piece) && !piece.has(Roles::PACK))
        .is_some_and(counts)
}

/// "… packs of Chai": what was counted before is counted of the product that follows.
fn measures_name(after: &[Piece]) -> bool {
    let passes = |piece: &&Piece| {
        piece.has(Roles::PACK.or(Roles::MEASURE).or(Roles::DESCRIPTION))
            || matches!(piece.said.as_str(), "of" | "the" | "von" | "vom" | "à")
    };
    after.iter().find(|piece| !passes(piece)).is_some_and(is_product)
}

/// "Chai 30 Pck,": a word behind the quantity of a product named before is a unit.
fn is_unit_behind(pieces: &[Piece], index: usize) -> bool {
    let before = pieces.get(..index).unwrap_or_default();
    let mut back = before.iter().rev();
    if !back.next().is_some_and(is_amount) {
        return false;
    }
    // "Chai, 30 Gläserkartons".
    let packs = pieces.get(index).is_some_and(is_pack);
    let joins = |piece: &&Piece| {
        matches!(piece.part, Part::Colon) || packs && matches!(piece.part, Part::Break(',')) || transparent(piece)
    };
    let mut rest = back.skip_while(joins);
    let named = rest.next().is_some_and(is_product);
    // "10 Chai 5 laptops": the product has its quantity already.
    let taken = rest.find(|piece| !transparent(piece) && !piece.has(Roles::PACK)).is_some_and(is_amount);
    let ends = pieces.get(index + 1).is_none_or(|next| !is_amount(next) && !matches!(next.part, Part::Name { .. }));
    named && !taken && ends
}

/// Verbs that say how goods come, not which.
fn delivers(piece: &Piece) -> bool {
    const VERBS: &[&str] =
        &["deliver", "send", "ship", "bring", "supply", "schick", "sende", "liefer", "arrange", "give", "gib"];
    let said = fold(&piece.said);
    VERBS.iter().any(|verb| said.starts_with(verb))
}

/// Whether a product and a quantity have been said.
fn orders_already(before: &[Piece]) -> bool {
    before.iter().any(is_product) && before.iter().any(is_amount)
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
