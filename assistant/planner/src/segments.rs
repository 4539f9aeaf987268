//! A request in segments between its separators, with what counts in each: amounts, names, prices, days.

use rust_decimal::Decimal;

use crate::clauses::{Clauses, word};
use crate::dates::DateReading;
use crate::delivery::{day, is_now, is_told_of};
use crate::doubts::{removes_unknown, trails};
use crate::lexicon::{Roles, is_one_of};
use crate::lines::{Day, Named, Wishes};
use crate::numbers::Amount;
use crate::prices::{CENTS, Price};
use crate::reading::{Grade, Part, Piece};
use crate::records::{Candidate, RecordKind};
use crate::standing::{
    compares, contradicts, follows_name, general, has_run_out, is_running_out, stands_for_product, takes_all,
    wants_something,
};
use crate::strays::{self, Stray};

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
    /// Tells what is usual or was before.
    pub habit: bool,
    /// Tells of what was ordered just before.
    pub comments: bool,
    /// Its figure counts packages: "24 bottles each".
    pub packed: bool,
    /// Only tells something.
    pub told: bool,
    pub remove: bool,
    pub change: bool,
    pub more: bool,
    pub less: bool,
    pub also: bool,
    pub dates: Vec<Day>,
    pub like: Vec<Candidate>,
    /// Its product is named in passing.
    pub faint: bool,
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
        }
        // "Chang we skip this week" wants nothing this week; "that's nine, for Wednesday" goes on.
        if self.told && !self.comments || self.remove {
            self.dates.clear();
        }
    }

    /// "We had agreed on 17.40": money in a clause that only tells, and not of other times.
    fn tells_price(&self) -> bool {
        let money = |atom: &Atom| match atom {
            Atom::Amount { amount: Amount::Exact(value), .. } => value.scale() == CENTS,
            _ => false,
        };
        self.told && !self.habit && !self.left && self.atoms.iter().any(money)
    }

    /// Figures said as quantities, each of which must come to something.
    pub(crate) fn figures(&self) -> Vec<Decimal> {
        if self.told || self.more || self.less || self.change || self.remove || !self.like.is_empty() {
            return Vec::new();
        }
        let exact = |atom: &Atom| match atom {
            Atom::Amount { amount: Amount::Exact(value), weak: false } => Some(*value),
            _ => None,
        };
        self.atoms.iter().filter_map(exact).collect()
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
        segment.comments |= clauses.is_comment(index);
        match &piece.part {
            Part::Words(roles) => {
                segment.each |= roles.has(Roles::EACH);
                segment.order |= roles.has(Roles::ORDER) && !roles.has(Roles::LEFT);
                segment.left |= roles.has(Roles::LEFT);
                segment.habit |= roles.has(Roles::HABIT);
                segment.remove |= takes_out(pieces, index);
                if denies(pieces, index)
                    && let Some(meant) = segment.uncounted()
                {
                    wishes.excluded.push(meant);
                } else if denies(pieces, index) && !told {
                    wishes.unclear |= segment.atoms.iter().any(|atom| matches!(atom, Atom::Amount { .. }));
                }
                segment.change |= roles.has(Roles::CHANGE);
                segment.more |= roles.has(Roles::MORE);
                segment.less |= is_one_of(&piece.said.to_lowercase(), "fewer|less|weniger");
                segment.also |= roles.has(Roles::ALSO);
                let checks = pieces.get(index + 1).is_some_and(|next| word(next).starts_with("check"));
                if let Some(factor) = factor(&piece.said).filter(|_| !checks) {
                    wishes.factor = Some(factor);
                    wishes.factor_of = factor_of(pieces, index);
                }
                if general(pieces, index) && segment.atoms.iter().all(|atom| !matches!(atom, Atom::Name(_))) {
                    segment.atoms.push(Atom::Name(Named::General { said: piece.said.clone() }));
                }
            }
            Part::Amount { amount, weak } if !replaced(pieces, index) && !numbering(pieces, index) => {
                segment.packed |= pieces.get(index + 1).is_some_and(|next| next.has(Roles::PACK));
                segment.atoms.push(Atom::Amount { amount: amount.clone(), weak: *weak });
            }
            Part::Price(_) if is_budget(pieces, index) => {}
            Part::Price(price) if price.all && !told => wishes.price_of_all = Some(price.clone()),
            Part::Price(price) => segment.atoms.push(Atom::Price(price.clone())),
            Part::Date(reading)
                if *reading != DateReading::Nothing
                    && !replaced(pieces, index)
                    && !clauses.is_rejected(index)
                    && !is_now(pieces, index) =>
            {
                let told_of = told || is_told_of(pieces, index);
                segment.dates.push(Day { told_of, ..day(pieces, index, reading.clone(), segment.or) });
            }
            Part::Name { kind, meant, .. } => {
                let named = Named::Records { said: piece.said.clone(), meant: meant.clone() };
                if replaced(pieces, index) {
                    wishes.replaced.push(meant.clone());
                } else if *kind == RecordKind::Supplier && is_excluded(pieces, index) {
                    wishes.excluded.push(meant.clone());
                } else if *kind == RecordKind::Supplier {
                    if let Some(said) = contradicted_company(pieces, index) {
                        wishes.supplier = Some(Named::Unknown { said });
                    } else if !mentioned.contains(&index) && !told {
                        supplier(wishes, named, supplier_or);
                    }
                } else {
                    product(pieces, index, segment, wishes);
                }
            }
            Part::NoSuchCode => segment.atoms.push(Atom::Name(Named::Unknown { said: piece.said.clone() })),
            Part::Stray if has_run_out(pieces, index) => {
                segment.atoms.push(Atom::Name(Named::Unknown { said: piece.said.clone() }));
            }
            Part::Stray if !told => stray(pieces, index, segment, wishes),
            _ => {}
        }
    }
    wishes.unclear |= segments.iter().any(Segment::tells_price);
    wishes.unclear |= removes_unknown(pieces, &clauses) || trails(&segments) || clauses.only_report();
    for segment in &mut segments {
        segment.settle();
    }
    segments
}

/// Takes up a product named here, unless it is none that is wanted.
fn product(pieces: &[Piece], index: usize, segment: &mut Segment, wishes: &mut Wishes) {
    let Some(piece) = pieces.get(index) else { return };
    let Part::Name { meant, general, grade, .. } = &piece.part else { return };
    if is_excluded(pieces, index) {
        wishes.excluded.push(meant.clone());
        return;
    }
    if let (true, Some(Atom::Name(Named::Records { said, meant: named }))) =
        (contradicts(pieces, index), segment.atoms.last_mut())
    {
        said.push_str(&format!(" {}", piece.said));
        named.extend(meant.iter().cloned());
        return;
    }
    if compares(pieces, index) {
        segment.like = meant.clone();
        return;
    }
    let passing = *general && follows_name(pieces, index)
        || *grade == Grade::Guess && !stands_for_product(pieces, index)
        || meant.len() > 1 && wants_something(pieces, index);
    if passing {
        return;
    }
    let faint = *grade != Grade::Whole && !stands_for_product(pieces, index);
    // "Giovanni called: ravioli are 18.50".
    if segment.faint && matches!(segment.atoms.as_slice(), [Atom::Name(_)]) {
        segment.atoms.clear();
    }
    segment.faint = faint;
    let named = |meant: Vec<Candidate>| Atom::Name(Named::Records { said: piece.said.clone(), meant });
    // "both Louisiana products": each of them.
    if takes_all(pieces, index, meant.len()) {
        segment.atoms.extend(meant.iter().map(|one| named(vec![one.clone()])));
    } else {
        segment.atoms.push(named(meant.clone()));
    }
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

/// "Exotic Fruits": a part of a company's name with a word that is none of it.
fn contradicted_company(pieces: &[Piece], index: usize) -> Option<String> {
    let (piece, next) = (pieces.get(index)?, pieces.get(index + 1)?);
    let partly = matches!(piece.part, Part::Name { grade, .. } if grade != Grade::Whole);
    let english = next.has(Roles::ENGLISH) && next.has(Roles::GENERAL.or(Roles::DESCRIPTION));
    let named = (matches!(next.part, Part::Stray) || english) && next.said.starts_with(char::is_uppercase);
    let touches = piece.tokens.end == next.tokens.start;
    (partly && named && touches).then(|| format!("{} {}", piece.said, next.said))
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
pub(crate) fn takes_out(pieces: &[Piece], index: usize) -> bool {
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

/// "Budget is 500 euros": no price of anything.
fn is_budget(pieces: &[Piece], index: usize) -> bool {
    const BUDGET: &str = "budget|limit|rahmen|obergrenze|guthaben|gutschein|voucher|minimum order|mindestbestellwert|porto|versandkosten|freight|shipping";
    let near = pieces.get(index.saturating_sub(4)..index).unwrap_or_default().iter().rev();
    near.take_while(|piece| matches!(piece.part, Part::Words(_) | Part::Colon | Part::Stray) && !ends_segment(piece))
        .any(|piece| is_one_of(&word(piece), BUDGET))
}

/// Words that deny what stands beside them, and nothing else in the clause.
fn is_determiner(said: &str) -> bool {
    matches!(said, "no" | "none" | "without" | "except" | "ohne" | "ausser" | "außer" | "nix" | "nichts" | "minus")
        || said.starts_with("kein")
        || said.starts_with("none of")
}

pub(crate) fn ends_segment(piece: &Piece) -> bool {
    matches!(piece.part, Part::Break(_)) || piece.has(Roles::AND.or(Roles::OR))
}

/// "no Chang", "keinen Chang", "Chang: none": the product is not wanted.
fn is_excluded(pieces: &[Piece], index: usize) -> bool {
    let denies = |piece: &Piece| {
        let said = piece.said.to_lowercase();
        (piece.has(Roles::REMOVE) || said == "no") && is_determiner(&said)
    };
    let before = pieces.get(..index).unwrap_or_default();
    let mut back =
        before.iter().rev().skip_while(|piece| strip(piece) || piece.has(Roles::DESCRIPTION.or(Roles::MORE)));
    // "Don't order 20 Chai", "noch keine 20 Chai".
    let mut beyond = before.iter().rev().skip_while(|piece| {
        strip(piece) || piece.has(Roles::DESCRIPTION.or(Roles::PACK)) || matches!(piece.part, Part::Amount { .. })
    });
    let verb = beyond.next();
    let never = |piece: &Piece| is_one_of(&word(piece), "dont|do not|never|not|nicht|niemals|nie");
    let refused = verb.is_some_and(|verb| {
        word(verb).starts_with("kein") || verb.has(Roles::ORDER) && beyond.next().is_some_and(never)
    });
    let lead = back.next();
    // "Don't order Chai".
    let forbids = |piece: &Piece| is_one_of(&word(piece), "dont|do not|never|not|nicht");
    let forbidden = lead.is_some_and(|lead| lead.has(Roles::ORDER)) && back.next().is_some_and(forbids);
    let led = refused || forbidden || lead.is_some_and(denies) || is_dismissed(pieces, index);
    let after = pieces.get(index + 1..).unwrap_or_default();
    let mut rest =
        after.iter().skip_while(|piece| matches!(piece.part, Part::Colon) || piece.said.starts_with(['-', '–', '—']));
    let followed =
        rest.next().is_some_and(denies) && rest.next().is_none_or(|next| !matches!(next.part, Part::Name { .. }));
    led || followed
}

/// "Forget what I said about Chang": wants none, when nothing is counted.
fn is_dismissed(pieces: &[Piece], index: usize) -> bool {
    const DISMISS: &str = "forget|forget about|forget the|forget about the|disregard|ignore|vergiss|vergesst|ignoriere";
    let ends = |piece: &&Piece| !matches!(piece.part, Part::Break(_) | Part::Colon);
    let before = pieces.get(..index).unwrap_or_default().iter().rev().take_while(ends);
    let after = pieces.get(index + 1..).unwrap_or_default().iter().take_while(ends);
    let keeps = |piece: &Piece| matches!(piece.part, Part::Amount { .. }) || is_one_of(&word(piece), "not|nicht|dont");
    before.clone().any(|piece| is_one_of(&word(piece), DISMISS)) && !before.chain(after).any(keeps)
}

/// Whether a new segment begins with this piece.
fn separates(pieces: &[Piece], index: usize) -> bool {
    let Some(piece) = pieces.get(index) else { return false };
    match piece.part {
        Part::Break(_) => true,
        Part::Colon => is_running_out(pieces, index),
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
    // "Statt wie üblich 20".
    const USUAL: &str = "wie ublich|wie sonst|wie immer|wie gewohnt|wie bisher|as usual|sonst|ublich|ublicherweise|normalerweise|gewohnten|normalen|normal|planned|geplanten|bisherigen";
    let last = before.iter().rev().find(|piece| !strip(piece) && !is_one_of(&word(piece), USUAL));
    // "not before 7 December" names the day all the same.
    let from_then = pieces.get(index).is_some_and(|piece| {
        let said = piece.said.to_lowercase();
        let limits = ["before ", "vor ", "later ", "spater ", "später ", "after ", "nach ", "than ", "als "];
        matches!(piece.part, Part::Date(_)) && limits.iter().any(|limit| said.starts_with(limit))
    });
    !from_then && last.is_some_and(|piece| piece.has(Roles::INSTEAD))
}

pub(crate) fn strip(piece: &Piece) -> bool {
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
