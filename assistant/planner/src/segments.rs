//! A request in segments between its separators, with what counts in each: amounts, names, prices, days.

use rust_decimal::Decimal;

use crate::clauses::Clauses;
use crate::dates::DateReading;
use crate::lexicon::{Roles, is_one_of};
use crate::lines::{Day, Named, Wishes};
use crate::numbers::Amount;
use crate::prices::Price;
use crate::reading::{Part, Piece};
use crate::records::{Candidate, RecordKind};
use crate::strays::{self, Stray};
use crate::tokens::fold;

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
    pub and: bool,
    pub order: bool,
    pub left: bool,
    /// Only tells something.
    pub told: bool,
    pub remove: bool,
    pub change: bool,
    pub more: bool,
    pub less: bool,
    pub also: bool,
    pub dates: Vec<Day>,
    pub like: Vec<Candidate>,
}

impl Segment {
    /// Takes out the last product when no quantity stands before it.
    fn uncounted(&mut self) -> Option<Vec<Candidate>> {
        match self.atoms.as_slice() {
            [Atom::Name(Named::Records { meant, .. })]
            | [.., Atom::Name(_) | Atom::Price(_), Atom::Name(Named::Records { meant, .. })] => {
                let meant = meant.clone();
                self.atoms.pop();
                Some(meant)
            }
            _ => None,
        }
    }

    /// What is only told of counts and dates nothing.
    fn settle(&mut self) {
        self.told |= self.left && !self.order;
        if self.told {
            self.atoms.retain(|atom| matches!(atom, Atom::Name(_)));
            self.dates.clear();
        }
    }
}

/// Parts pieces into segments and says what counts in each.
pub(crate) fn segments(pieces: &[Piece], wishes: &mut Wishes) -> Vec<Segment> {
    let clauses = Clauses::of(pieces);
    let mut segments = vec![Segment::default()];
    let mut supplier_or = false;
    let mentioned = mentioned_suppliers(pieces);
    for (index, piece) in pieces.iter().enumerate() {
        let told = clauses.is_told(index);
        let parts = separates(pieces, index) || (index > 0 && clauses.begins(index));
        if parts {
            segments.push(Segment { or: piece.has(Roles::OR), and: piece.has(Roles::AND), ..Segment::default() });
            supplier_or = piece.has(Roles::OR);
        }
        let Some(segment) = segments.last_mut() else { continue };
        segment.told |= told;
        match &piece.part {
            Part::Words(roles) => {
                segment.each |= roles.has(Roles::EACH);
                segment.order |= roles.has(Roles::ORDER) && !roles.has(Roles::LEFT);
                segment.left |= roles.has(Roles::LEFT);
                segment.remove |= takes_out(pieces, index);
                if denies(pieces, index)
                    && let Some(meant) = segment.uncounted()
                {
                    wishes.excluded.push(meant);
                }
                segment.change |= roles.has(Roles::CHANGE);
                segment.more |= roles.has(Roles::MORE);
                segment.less |= is_one_of(&piece.said.to_lowercase(), "fewer|less|weniger");
                segment.also |= roles.has(Roles::ALSO);
                if let Some(factor) = factor(&piece.said) {
                    wishes.factor = Some(factor);
                    wishes.factor_of = factor_of(pieces, index);
                }
                if general(pieces, index) && segment.atoms.iter().all(|atom| !matches!(atom, Atom::Name(_))) {
                    segment.atoms.push(Atom::Name(Named::General { said: piece.said.clone() }));
                }
            }
            Part::Amount { amount, weak } if !replaced(pieces, index) && !numbering(pieces, index) => {
                segment.atoms.push(Atom::Amount { amount: amount.clone(), weak: *weak });
            }
            Part::Price(price) if price.all && !told => wishes.price_of_all = Some(price.clone()),
            Part::Price(price) => segment.atoms.push(Atom::Price(price.clone())),
            Part::Date(reading)
                if *reading != DateReading::Nothing && !replaced(pieces, index) && !clauses.is_rejected(index) =>
            {
                segment.dates.push(day(pieces, index, reading.clone(), segment.or));
            }
            Part::Name { kind, meant, general, sure } => {
                let named = Named::Records { said: piece.said.clone(), meant: meant.clone() };
                if replaced(pieces, index) {
                    wishes.replaced.push(meant.clone());
                } else if *kind == RecordKind::Supplier {
                    if !mentioned.contains(&index) && !told {
                        supplier(wishes, named, supplier_or);
                    }
                } else if is_excluded(pieces, index) {
                    wishes.excluded.push(meant.clone());
                } else if compares(pieces, index) {
                    segment.like = meant.clone();
                } else if !(*general && follows_name(pieces, index))
                    && (*sure || stands_for_product(pieces, index))
                    && !(meant.len() > 1 && wants_something(pieces, index))
                {
                    match named {
                        // "both Louisiana products": each of them.
                        Named::Records { said, meant } if takes_all(pieces, index, meant.len()) => {
                            let one = |one| Atom::Name(Named::Records { said: said.clone(), meant: vec![one] });
                            segment.atoms.extend(meant.into_iter().map(one));
                        }
                        named => segment.atoms.push(Atom::Name(named)),
                    }
                }
            }
            Part::NoSuchCode => segment.atoms.push(Atom::Name(Named::Unknown { said: piece.said.clone() })),
            Part::Stray if !told => stray(pieces, index, segment, wishes),
            _ => {}
        }
    }
    for segment in &mut segments {
        segment.settle();
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
    // "switch from Leka to Exotic".
    let left = |index: usize| {
        let next = pieces.get(index + 1..).unwrap_or_default();
        matches!(next, [to, name, ..] if to.has(Roles::TO) && matches!(name.part, Part::Name { kind: RecordKind::Supplier, .. }))
    };
    let suppliers: Vec<usize> = pieces.iter().enumerate().filter(named).map(|(index, _)| index).collect();
    let led = |index: usize| led(index) || suppliers.iter().any(|from| *from + 2 == index && left(*from));
    if !suppliers.iter().any(|index| led(*index)) {
        return Vec::new();
    }
    suppliers.iter().copied().filter(|index| left(*index) || !led(*index) && told(*index)).collect()
}

/// Whether the words here take products out of the order: "skip the Chang", "die lassen wir weg".
fn takes_out(pieces: &[Piece], index: usize) -> bool {
    const LET: &str = "lass|lasse|lassen|lasst|fallt|fallen|fällt|entfallt";
    const AWAY: &str = "weg|raus|aus|heraus|flach|drin";
    let Some(piece) = pieces.get(index) else { return false };
    let said = piece.said.to_lowercase();
    let rest = pieces.get(index + 1..).unwrap_or_default();
    let clause = rest.iter().take_while(|next| !ends_segment(next));
    if piece.has(Roles::REMOVE) {
        return !is_determiner(&said);
    }
    is_one_of(&said, LET) && clause.into_iter().any(|next| is_one_of(&next.said.to_lowercase(), AWAY))
}

/// "den Chang brauchen wir nicht": denies the clause it ends.
fn denies(pieces: &[Piece], index: usize) -> bool {
    let rest = pieces.get(index + 1..).unwrap_or_default();
    let mut clause = rest.iter().take_while(|next| !ends_segment(next));
    let not = |piece: &Piece| {
        let said = piece.said.to_lowercase();
        matches!(said.rsplit(' ').next(), Some("not" | "nicht")) && !piece.has(Roles::ORDER)
    };
    pieces.get(index).is_some_and(not)
        && clause.all(|next| matches!(next.part, Part::Words(roles) if !roles.has(Roles::ORDER)))
}

/// A day with what is said of it: "by Friday" and "Lieferung am 4." are of the delivery, "on the 12th" may be of a feast.
fn day(pieces: &[Piece], index: usize, reading: DateReading, or: bool) -> Day {
    const BY: &str = "by|until|till|bis|spatestens|before|vor|no|latest|due";
    const ON: &str = "on|for|at|am|an|fur|im|in";
    const DELIVERY: &str = "\
        delivery|deliver|delivered|delivering|delivers|arrive|arrives|arriving|arrival|eta|due|here|ship|\
        lieferung|liefern|geliefert|liefertermin|lieferdatum|anlieferung|ankunft|eintreffen|termin|\
        wunschtermin|da|hier|latest|spatestens";
    const ELSE: &str = "otherwise|else|alternatively|sonst|andernfalls|notfalls|ersatzweise";
    let words = |piece: &Piece| fold(&piece.said).split(' ').map(str::to_owned).collect::<Vec<String>>();
    let said = |piece: &Piece, known: &str| words(piece).iter().any(|word| is_one_of(word, known));
    let first = pieces.get(index).and_then(|piece| words(piece).into_iter().next()).unwrap_or_default();
    let before = pieces.get(..index).unwrap_or_default().iter().rev().take(3);
    let near: Vec<&Piece> = before.take_while(|piece| matches!(piece.part, Part::Words(_) | Part::Colon)).collect();
    let behind = pieces.get(index + 1).is_some_and(|next| said(next, "latest|spatestens"));
    Day {
        reading,
        firm: is_one_of(&first, BY) || near.iter().any(|piece| said(piece, DELIVERY)) || behind,
        occasion: is_one_of(&first, ON) || near.first().is_some_and(|piece| said(piece, ON)),
        choice: or || near.iter().any(|piece| said(piece, ELSE)),
    }
}

/// "both Rodney's", "beide Louisiana": all the products that fit are meant.
fn takes_all(pieces: &[Piece], index: usize, fitting: usize) -> bool {
    let before = pieces.get(..index).unwrap_or_default();
    let led = before.iter().rev().find(|piece| !strip(piece) && !piece.has(Roles::DESCRIPTION));
    let both = led.is_some_and(|piece| {
        let said = piece.said.to_lowercase();
        ["both", "beide", "beiden"].iter().any(|word| said.ends_with(word))
    });
    both && fitting == 2
}

/// Words that deny what stands beside them, and nothing else in the clause.
fn is_determiner(said: &str) -> bool {
    matches!(said, "no" | "none" | "without" | "except" | "ohne" | "ausser" | "außer" | "nix" | "nichts" | "minus")
        || said.starts_with("kein")
        || said.starts_with("none of")
}

fn ends_segment(piece: &Piece) -> bool {
    matches!(piece.part, Part::Break(_)) || piece.has(Roles::AND.or(Roles::OR))
}

/// "no Chang", "keinen Chang", "Chang: none": the product is not wanted.
fn is_excluded(pieces: &[Piece], index: usize) -> bool {
    let denies = |piece: &Piece| {
        let said = piece.said.to_lowercase();
        (piece.has(Roles::REMOVE) || said == "no") && is_determiner(&said)
    };
    let before = pieces.get(..index).unwrap_or_default();
    let led = before
        .iter()
        .rev()
        .find(|piece| !(strip(piece) || piece.has(Roles::DESCRIPTION.or(Roles::MORE))))
        .is_some_and(denies);
    let after = pieces.get(index + 1..).unwrap_or_default();
    let mut rest =
        after.iter().skip_while(|piece| matches!(piece.part, Part::Colon) || piece.said.starts_with(['-', '–', '—']));
    let followed =
        rest.next().is_some_and(denies) && rest.next().is_none_or(|next| !matches!(next.part, Part::Name { .. }));
    led || followed
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
    let relative = |piece: &Piece| {
        let differs = is_one_of(&piece.said.to_lowercase(), "more|fewer|less|mehr|weniger");
        differs || matches!(piece.part, Part::Amount { amount: Amount::Relative(_), .. })
    };
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

/// "double the Chai": what is to be doubled.
fn factor_of(pieces: &[Piece], index: usize) -> Vec<Candidate> {
    let after = pieces.get(index + 1..).unwrap_or_default();
    match after.iter().find(|piece| !strip(piece)).map(|piece| &piece.part) {
        Some(Part::Name { kind: RecordKind::Product, meant, .. }) => meant.clone(),
        _ => Vec::new(),
    }
}

fn factor(said: &str) -> Option<Decimal> {
    match said.to_lowercase().as_str() {
        "double" | "verdopple" => Some(Decimal::TWO),
        "halve" | "halbiere" => Some(Decimal::new(5, 1)),
        _ => None,
    }
}
