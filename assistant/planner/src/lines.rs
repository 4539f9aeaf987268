//! What a request, or one part of it, wants: products with quantities and prices, a supplier, a day.

use std::collections::VecDeque;

use rust_decimal::Decimal;

use crate::dates::DateReading;
use crate::dealing::{deal, relate, reprice, respective};
use crate::doubts::is_unclear;
use crate::numbers::Amount;
use crate::pairing::{alternative, join, pair, spread};
use crate::prices::{Basis, Price};
use crate::reading::Piece;
use crate::records::Candidate;
use crate::segments::{Atom, Segment, segments};

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
    /// The amount counts packages: "24 bottles each".
    pub packed: bool,
    /// The name came before the amount.
    pub name_first: bool,
    /// Only told of, not asked for: "we have 5 Chai left".
    pub told: bool,
    /// So many fewer than of another: "five fewer".
    pub less: bool,
    /// Said with a day and no verb: "10 now, 10 next month".
    pub dated: bool,
    /// A part of a name said in passing, which may be no product at all: "our Perth branch".
    pub faint: bool,
    /// The product whose quantity a relative amount refers to; the line before if empty.
    pub like: Vec<Candidate>,
}

/// A day that was said.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Day {
    pub reading: DateReading,
    /// Said of the delivery: "by", "until", "Lieferung".
    pub firm: bool,
    /// May be said of an occasion: "on", "for".
    pub occasion: bool,
    /// One of several to choose from.
    pub choice: bool,
    /// The earliest that will do: "not before".
    pub earliest: bool,
    /// Said where nothing is ordered.
    pub told_of: bool,
}

/// What a part of a request wants.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wishes {
    pub lines: Vec<Wish>,
    pub supplier: Option<Named>,
    pub dates: Vec<Day>,
    /// Products that others take the place of.
    pub replaced: Vec<Vec<Candidate>>,
    /// Products that are not wanted: "no tofu".
    pub excluded: Vec<Vec<Candidate>>,
    /// A price of all lines.
    pub price_of_all: Option<Price>,
    /// "double that".
    pub factor: Option<Decimal>,
    /// What it is of; the last line if empty.
    pub factor_of: Vec<Candidate>,
    /// Something said comes to nothing, so that the request may not have been understood.
    pub unclear: bool,
}

impl Wishes {
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty()
            && self.supplier.is_none()
            && self.dates.is_empty()
            && self.replaced.is_empty()
            && self.excluded.is_empty()
            && self.price_of_all.is_none()
            && self.factor.is_none()
    }
}

/// "20 Chai, 10 Chang, each at 17.50": a price said of all the lines before, none of which has one.
fn price_of_each(segment: &Segment, lines: &[Wish]) -> Option<Price> {
    let open = |line: &Wish| line.product.is_some() && line.amount.is_some() && line.price.is_none();
    match segment.atoms.as_slice() {
        [Atom::Price(price)] if segment.each && !segment.told && lines.len() > 1 && lines.iter().all(open) => {
            Some(price.clone())
        }
        _ => None,
    }
}

/// "20 Chai and 10 Chang, the Chai only in January": a day of one line, and none of the other.
fn is_of_one(segment: &Segment, lines: &[Wish]) -> bool {
    let held = |meant: &[Candidate]| {
        lines.iter().any(|line| match &line.product {
            Some(Named::Records { meant: known, .. }) => {
                meant.iter().any(|one| known.iter().any(|other| other.id == one.id))
            }
            _ => false,
        })
    };
    let counted = lines.iter().filter(|line| line.amount.is_some()).count() > 1;
    match segment.atoms.as_slice() {
        [Atom::Name(Named::Records { meant, .. })] => counted && !segment.told && held(meant),
        _ => false,
    }
}

/// "15 Konbu, the 2 kg ones": a weight behind a whole line describes it.
fn describes(segment: &Segment, lines: &[Wish]) -> bool {
    let whole = lines.last().is_some_and(|line| line.product.is_some() && line.amount.is_some());
    whole && !segment.order && matches!(segment.atoms.as_slice(), [Atom::Amount { weak: true, .. }])
}

/// What was named in passing gives way to what is ordered, unless a quantity waits for it.
fn drop_faint(lines: &mut Vec<Wish>) {
    let lone = lines.iter().filter(|line| line.product.is_none() && line.amount.is_some() && !line.told).count();
    let firm = |line: &&Wish| line.product.is_some() && !line.faint && !line.removed;
    let waiting = lines.iter().filter(firm).filter(|line| line.amount.is_none()).count();
    if lines.iter().any(|line| firm(&line)) && lone <= waiting {
        lines.retain(|line| !(line.faint && line.amount.is_none() && line.price.is_none()));
    }
}

/// Reads wishes from pieces.
pub(crate) fn wishes(pieces: &[Piece]) -> Wishes {
    let mut wishes = Wishes::default();
    let mut segments = VecDeque::from(segments(pieces, &mut wishes));
    let figures: Vec<Decimal> = segments.iter().flat_map(Segment::figures).collect();
    let mut lines: Vec<Wish> = Vec::new();
    let (mut joined, mut alone) = (false, false);
    let mut ahead: Option<Price> = None;
    while let Some(mut segment) = segments.pop_front() {
        let dated = !segment.dates.is_empty() && !segment.order;
        wishes.dates.append(&mut segment.dates);
        // "… and, at 12 euros each, 20 Chocolade": the price of what follows.
        if let (true, [Atom::Price(price)]) = (joined, segment.atoms.as_slice()) {
            ahead = Some(price.clone());
            continue;
        }
        joined = (segment.and || joined) && segment.atoms.is_empty();
        respective(&mut segment, &mut segments, &mut lines);
        wishes.dates.append(&mut segment.dates);
        let one = is_of_one(&segment, &lines);
        wishes.unclear |= dated && (one || alone && segment.atoms.is_empty());
        alone = one;
        if describes(&segment, &lines) {
            continue;
        }
        // "20 Chai\n15 Chang\nTotal 640 EUR": the sum of all of them.
        if matches!(segment.atoms.as_slice(), [Atom::Price(price)] if price.basis == Basis::Total) && lines.len() > 1 {
            continue;
        }
        if let Some(price) = price_of_each(&segment, &lines) {
            wishes.price_of_all = Some(price);
            continue;
        }
        let (told, or) = (segment.told, segment.or);
        let mut found = pair(segment, &mut wishes, lines.last_mut());
        for wish in &mut found {
            wish.told = told;
            wish.dated = dated;
        }
        if let Some(wish) = found.first_mut().filter(|wish| wish.product.is_some() && wish.price.is_none()) {
            wish.price = ahead.take();
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
    drop_faint(&mut lines);
    wishes.unclear |= !join(&mut lines);
    drop_faint(&mut lines);
    let asked = lines.iter().any(|wish| !wish.told);
    lines.retain(|wish| !(wish.told && wish.amount.is_none() && asked));
    wishes.unclear |= ahead.is_some() || is_unclear(pieces, &figures, &lines);
    wishes.lines = lines;
    wishes
}
