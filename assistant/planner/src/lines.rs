//! What a request, or one part of it, wants: products with quantities and prices, a supplier, a day.

use std::collections::VecDeque;

use rust_decimal::Decimal;

use crate::dates::DateReading;
use crate::dealing::{deal, relate, reprice, respective};
use crate::numbers::Amount;
use crate::pairing::{alternative, join, pair, spread};
use crate::prices::Price;
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
    /// The name came before the amount.
    pub name_first: bool,
    /// Only told of, not asked for: "we have 5 Chai left".
    pub told: bool,
    /// So many fewer than of another: "five fewer".
    pub less: bool,
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

/// Reads wishes from pieces.
pub(crate) fn wishes(pieces: &[Piece]) -> Wishes {
    let mut wishes = Wishes::default();
    let mut segments = VecDeque::from(segments(pieces, &mut wishes));
    let mut lines: Vec<Wish> = Vec::new();
    while let Some(mut segment) = segments.pop_front() {
        respective(&mut segment, &mut segments, &mut lines);
        wishes.dates.append(&mut segment.dates);
        if let Some(price) = price_of_each(&segment, &lines) {
            wishes.price_of_all = Some(price);
            continue;
        }
        let (told, or) = (segment.told, segment.or);
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
