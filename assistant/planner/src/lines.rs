//! What a request, or one part of it, wants: products with quantities and prices, a supplier, a day.

use rust_decimal::Decimal;

use crate::dates::DateReading;
use crate::lexicon::Roles;
use crate::numbers::Amount;
use crate::pairing::{alternative, deal, join, pair, relate, reprice, spread};
use crate::prices::Price;
use crate::reading::{Part, Piece};
use crate::records::{Candidate, RecordKind};
use crate::strays::{self, Stray};

/// What was called by a name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Named {
    /// Records that fit: one, or several equally.
    Records { said: String, meant: Vec<Candidate> },
    /// Nothing fits.
    Unknown { said: String },
    /// A name with words that contradict it: "Chai latte".
    Partly { said: String, meant: Vec<Candidate> },
    /// Something too general: "beer".
    General { said: String },
}

/// One line that was asked for, as far as it was said.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wish {
    pub product: Option<Named>,
    pub amount: Option<Amount>,
    pub price: Option<Price>,
    /// To be added to what is there: "10 more".
    pub more: bool,
    /// To be taken out.
    pub removed: bool,
    /// Announced as an addition: "also".
    pub also: bool,
    /// The amount is for each of several products, or the price of each unit.
    pub each: bool,
    /// The name came before the amount.
    pub name_first: bool,
    /// Only told of, not asked for: "we have 5 Chai left".
    pub told: bool,
    /// The product whose quantity a relative amount refers to; the line before if empty.
    pub like: Vec<Candidate>,
}

/// What a part of a request wants.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wishes {
    pub lines: Vec<Wish>,
    pub supplier: Option<Named>,
    pub dates: Vec<DateReading>,
    /// Products that others take the place of.
    pub replaced: Vec<Vec<Candidate>>,
    /// A price of all lines.
    pub price_of_all: Option<Price>,
    /// "double that".
    pub factor: Option<Decimal>,
}

impl Wishes {
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
            && self.supplier.is_none()
            && self.dates.is_empty()
            && self.replaced.is_empty()
            && self.price_of_all.is_none()
            && self.factor.is_none()
    }
}

/// What counts in a list.
pub(crate) enum Atom {
    Amount { amount: Amount, weak: bool },
    Name(Named),
    Price(Price),
}

/// Pieces between two separators.
#[derive(Default)]
pub(crate) struct Segment {
    pub atoms: Vec<Atom>,
    pub each: bool,
    pub or: bool,
    pub order: bool,
    pub left: bool,
    pub remove: bool,
    pub change: bool,
    pub more: bool,
    pub also: bool,
    pub dates: Vec<DateReading>,
    pub like: Vec<Candidate>,
}

/// Reads wishes from pieces.
pub(crate) fn wishes(pieces: &[Piece]) -> Wishes {
    let mut wishes = Wishes::default();
    let segments = segments(pieces, &mut wishes);
    let mut lines: Vec<Wish> = Vec::new();
    for mut segment in segments {
        if segment.left && !segment.order {
            segment.atoms.retain(|atom| !matches!(atom, Atom::Amount { .. } | Atom::Price(_)));
        }
        if !segment.left || segment.order {
            wishes.dates.append(&mut segment.dates);
        }
        let (told, or) = (segment.left && !segment.order, segment.or);
        let mut found = pair(segment, &mut wishes, lines.last_mut());
        for wish in &mut found {
            wish.told = told;
        }
        if or && let (Some(last), true) = (lines.last_mut(), !found.is_empty()) {
            alternative(last, found.remove(0));
        }
        lines.extend(found);
    }
    wishes.factor = relate(&mut lines).or(wishes.factor);
    spread(&mut lines);
    reprice(&mut lines);
    deal(&mut lines);
    join(&mut lines);
    let asked = lines.iter().any(|wish| !wish.told);
    lines.retain(|wish| !(wish.told && wish.amount.is_none() && asked));
    wishes.lines = lines;
    wishes
}

fn segments(pieces: &[Piece], wishes: &mut Wishes) -> Vec<Segment> {
    let mut segments = vec![Segment::default()];
    let mut supplier_or = false;
    let mentioned = mentioned_suppliers(pieces);
    for (index, piece) in pieces.iter().enumerate() {
        let opens = separates(pieces, index);
        if opens {
            segments.push(Segment { or: piece.has(Roles::OR), ..Segment::default() });
            supplier_or = piece.has(Roles::OR);
        }
        let Some(segment) = segments.last_mut() else { continue };
        match &piece.part {
            Part::Words(roles) => {
                segment.each |= roles.has(Roles::EACH);
                segment.order |= roles.has(Roles::ORDER) && !roles.has(Roles::LEFT);
                segment.left |= roles.has(Roles::LEFT);
                segment.remove |= roles.has(Roles::REMOVE) || takes_out(pieces, index);
                segment.change |= roles.has(Roles::CHANGE);
                segment.more |= roles.has(Roles::MORE);
                segment.also |= roles.has(Roles::ALSO);
                wishes.factor = wishes.factor.or(factor(&piece.said));
                if general(pieces, index) && segment.atoms.iter().all(|atom| !matches!(atom, Atom::Name(_))) {
                    segment.atoms.push(Atom::Name(Named::General { said: piece.said.clone() }));
                }
            }
            Part::Amount { amount, weak } if !replaced(pieces, index) && !numbering(pieces, index) => {
                segment.atoms.push(Atom::Amount { amount: amount.clone(), weak: *weak });
            }
            Part::Price(price) if price.all => wishes.price_of_all = Some(price.clone()),
            Part::Price(price) => segment.atoms.push(Atom::Price(price.clone())),
            Part::Date(reading) if *reading != DateReading::Nothing && !replaced(pieces, index) => {
                segment.dates.push(reading.clone());
            }
            Part::Name { kind, meant, general, sure } => {
                let named = Named::Records { said: piece.said.clone(), meant: meant.clone() };
                if replaced(pieces, index) {
                    wishes.replaced.push(meant.clone());
                } else if *kind == RecordKind::Supplier {
                    if !mentioned.contains(&index) {
                        supplier(wishes, named, supplier_or);
                    }
                } else if compares(pieces, index) {
                    segment.like = meant.clone();
                } else if !(*general && follows_name(pieces, index))
                    && (*sure || stands_for_product(pieces, index))
                    && !(meant.len() > 1 && wants_something(pieces, index))
                {
                    segment.atoms.push(Atom::Name(named));
                }
            }
            Part::NoSuchCode => segment.atoms.push(Atom::Name(Named::Unknown { said: piece.said.clone() })),
            Part::Stray => stray(pieces, index, segment, wishes),
            _ => {}
        }
    }
    segments
}

fn stray(pieces: &[Piece], index: usize, segment: &mut Segment, wishes: &mut Wishes) {
    let Some(piece) = pieces.get(index) else { return };
    let said = piece.said.clone();
    match strays::judge(pieces, index) {
        Stray::Talk => {}
        Stray::Product => segment.atoms.push(Atom::Name(Named::Unknown { said })),
        Stray::Supplier => wishes.supplier = Some(Named::Unknown { said }),
        Stray::PartOfName => match segment.atoms.last_mut() {
            Some(Atom::Name(Named::Records { said: name, meant }))
                if pieces.get(index.wrapping_sub(1)).is_some_and(|before| matches!(before.part, Part::Name { .. })) =>
            {
                let said = format!("{name} {said}");
                let meant = std::mem::take(meant);
                segment.atoms.pop();
                segment.atoms.push(Atom::Name(Named::Partly { said, meant }));
            }
            // Before the name: kept until the name comes.
            _ => segment.atoms.push(Atom::Name(Named::Unknown { said })),
        },
    }
}

fn supplier(wishes: &mut Wishes, named: Named, or: bool) {
    match (&mut wishes.supplier, named) {
        (Some(Named::Records { said, meant }), Named::Records { said: other, meant: others }) => {
            let same = meant.iter().any(|one| others.iter().any(|other| other.id == one.id));
            if same && !or {
                meant.retain(|one| others.iter().any(|other| other.id == one.id));
            } else {
                *said = format!("{said} / {other}");
                meant.extend(others);
            }
        }
        (Some(Named::Unknown { .. }), _) => {}
        (slot, named) => *slot = Some(named),
    }
}

/// Suppliers only told of, "Tokyo Traders had none", where another is asked for: "from Exotic Liquids".
fn mentioned_suppliers(pieces: &[Piece]) -> Vec<usize> {
    let led = |index: usize| {
        let before = pieces.get(..index).unwrap_or_default();
        before
            .iter()
            .rev()
            .find(|piece| !strip(piece) || piece.has(Roles::SUPPLIER_LEAD))
            .is_some_and(|piece| piece.has(Roles::SUPPLIER_LEAD.or(Roles::OR)) && !piece.has(Roles::BREAK))
    };
    // Something is said of it: "had none", "can't deliver".
    let told = |index: usize| {
        pieces.get(index + 1).is_some_and(|next| match next.part {
            Part::Words(roles) => {
                !roles.has(Roles::SUPPLIER_LEAD.or(Roles::AND).or(Roles::OR).or(Roles::EACH).or(Roles::BREAK))
            }
            Part::Stray => true,
            _ => false,
        })
    };
    let named = |(_, piece): &(usize, &Piece)| matches!(piece.part, Part::Name { kind: RecordKind::Supplier, .. });
    let suppliers: Vec<usize> = pieces.iter().enumerate().filter(named).map(|(index, _)| index).collect();
    if !suppliers.iter().any(|index| led(*index)) {
        return Vec::new();
    }
    suppliers.into_iter().filter(|index| !led(*index) && told(*index)).collect()
}

/// "no Chang": the product is not wanted after all.
fn takes_out(pieces: &[Piece], index: usize) -> bool {
    let no = pieces.get(index).is_some_and(|piece| piece.said.eq_ignore_ascii_case("no"));
    no && pieces.get(index + 1).is_some_and(|next| matches!(next.part, Part::Name { kind: RecordKind::Product, .. }))
}

/// Whether a new segment begins with this piece.
fn separates(pieces: &[Piece], index: usize) -> bool {
    let Some(piece) = pieces.get(index) else { return false };
    match piece.part {
        Part::Break(_) => true,
        Part::Words(roles) => {
            let so = matches!(
                piece.said.to_lowercase().as_str(),
                "so" | "therefore" | "deshalb" | "daher" | "darum" | "please" | "bitte" | "then"
            );
            roles.has(Roles::AND.or(Roles::OR)) || so
        }
        _ => false,
    }
}

/// "instead of X", "not X": the piece right before says that this one no longer holds.
fn replaced(pieces: &[Piece], index: usize) -> bool {
    let before = pieces.get(..index).unwrap_or_default();
    let last = before.iter().rev().find(|piece| !strip(piece));
    // "not before 7 December" names the day all the same.
    let from_then = pieces.get(index).is_some_and(|piece| {
        let said = piece.said.to_lowercase();
        matches!(piece.part, Part::Date(_)) && (said.starts_with("before ") || said.starts_with("vor "))
    });
    !from_then && last.is_some_and(|piece| piece.has(Roles::INSTEAD))
}

fn strip(piece: &Piece) -> bool {
    matches!(
        piece.said.to_lowercase().as_str(),
        "the"
            | "for"
            | "from"
            | "den"
            | "die"
            | "das"
            | "von"
            | "on"
            | "am"
            | "der"
            | "bei"
            | "beim"
            | "vom"
            | "dem"
            | "usual"
            | "the usual"
            | "our"
            | "our usual"
            | "üblichen"
            | "original"
    )
}

/// "1. 40 Chai": the number of a list item. "Chai: 1. Chang: 2." has none.
fn numbering(pieces: &[Piece], index: usize) -> bool {
    let one = matches!(pieces.get(index).map(|piece| &piece.part), Some(Part::Amount { amount: Amount::Exact(value), .. }) if *value == Decimal::ONE);
    let starts = index.checked_sub(1).and_then(|before| pieces.get(before)).is_none_or(|before| match before.part {
        Part::Break('\n') => true,
        Part::Colon => one,
        _ => false,
    });
    let dot = pieces.get(index + 1).is_some_and(|next| matches!(next.part, Part::Break('.')));
    let counted =
        pieces.get(index + 2).is_some_and(|next| matches!(next.part, Part::Amount { .. } | Part::Name { .. }));
    let heads = pieces.get(index + 3).is_some_and(|next| matches!(next.part, Part::Colon));
    starts && dot && counted && !(heads && one)
}

/// "beer", "something": a thing too general, where a product would stand.
fn general(pieces: &[Piece], index: usize) -> bool {
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
    previous.is_some_and(counts) && !named && !piece.has(Roles::ORDER_NOUN)
}

/// "Genen Shouyu soy sauce": a description right after a name is no second product.
fn follows_name(pieces: &[Piece], index: usize) -> bool {
    let neighbour = |piece: Option<&Piece>| {
        piece.is_some_and(|piece| matches!(piece.part, Part::Name { kind: RecordKind::Product, general: false, .. }))
    };
    let before = pieces.get(..index).unwrap_or_default().iter().rev().find(|piece| !piece.has(Roles::DESCRIPTION));
    neighbour(before) || neighbour(pieces.get(index + 1))
}

/// "twice as many Chang as Chai": the second name only tells how many.
fn compares(pieces: &[Piece], index: usize) -> bool {
    let before = pieces.get(..index).unwrap_or_default();
    let led =
        before.last().is_some_and(|piece| matches!(piece.said.to_lowercase().as_str(), "as" | "wie" | "than" | "als"));
    let relative = |piece: &Piece| matches!(piece.part, Part::Amount { amount: Amount::Relative(_), .. });
    led && before.iter().rev().take_while(|piece| !matches!(piece.part, Part::Break(_))).any(relative)
}

/// "our chef wants 18": who orders, although several names share the word.
fn wants_something(pieces: &[Piece], index: usize) -> bool {
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
fn stands_for_product(pieces: &[Piece], index: usize) -> bool {
    let before = pieces.get(..index).unwrap_or_default();
    let previous =
        before.iter().rev().find(|piece| !strip(piece) && !piece.has(Roles::DESCRIPTION) || piece.has(Roles::TO));
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
                matches!(piece.part, Part::Amount { .. } | Part::Break(_) | Part::Colon) || piece.has(leads.or(edits))
            }
        }
}

fn factor(said: &str) -> Option<Decimal> {
    match said.to_lowercase().as_str() {
        "double" | "verdopple" => Some(Decimal::TWO),
        "halve" | "halbiere" => Some(Decimal::new(5, 1)),
        _ => None,
    }
}
