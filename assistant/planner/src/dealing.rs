//! Figures told by their place among others: "twice as many", "30 and 12", "at 5.90 and 22.80 respectively".

use std::collections::VecDeque;

use rust_decimal::Decimal;

use crate::lines::{Named, Wish};
use crate::numbers::Amount;
use crate::prices::{Basis, CENTS, Price};
use crate::segments::{Atom, Segment};

/// "at 5.90 and 22.80 respectively", "Preise 5,90 bzw. 22,80": as many prices as products without one, dealt in order. The
/// first may have met the last product already: "20 Chai and 10 Chang at 17.50 and 18.20".
pub(crate) fn respective(segment: &mut Segment, rest: &mut VecDeque<Segment>, lines: &mut [Wish]) {
    let met = lines.last_mut().filter(|line| line.price.is_some() && segment.and);
    let met = met.and_then(|line| line.price.clone());
    let Some(first) = lone_price(segment, met.is_none()) else { return };
    let mut prices: Vec<Price> = met.iter().cloned().chain([first]).collect();
    let mut taken = 0;
    for (at, segment) in rest.iter().enumerate() {
        match lone_price(segment, false) {
            Some(price) => {
                prices.push(price);
                taken = at + 1;
            }
            None if segment.atoms.is_empty() && segment.dates.is_empty() => {}
            None => break,
        }
    }
    let last = lines.len();
    let open = |(at, line): &(usize, &mut Wish)| {
        let priced = line.price.is_some() && !(met.is_some() && at + 1 == last);
        line.product.is_some() && !priced && !line.told && !line.removed
    };
    let open: Vec<&mut Wish> = lines.iter_mut().enumerate().filter(open).map(|(_, line)| line).collect();
    if prices.len() < 2 || open.len() != prices.len() {
        return;
    }
    segment.atoms.clear();
    for mut dealt in rest.drain(..taken) {
        segment.dates.append(&mut dealt.dates);
    }
    for (line, price) in open.into_iter().zip(prices) {
        line.price = Some(price);
    }
}

/// The price a segment says, and nothing else; a bare figure too unless it is the `first`.
fn lone_price(segment: &Segment, first: bool) -> Option<Price> {
    match segment.atoms.as_slice() {
        [Atom::Price(price)] if !segment.told => Some(price.clone()),
        [Atom::Amount { amount: Amount::Exact(amount), .. }] if !segment.told && !first => {
            Some(Price { amount: *amount, basis: Basis::Unit, currency: None, all: false })
        }
        _ => None,
    }
}

/// Works out "twice as many" and "five fewer" from the line they refer to. A factor without one is told of what was there
/// before.
pub(crate) fn relate(lines: &mut Vec<Wish>) -> Option<Decimal> {
    let mut factor = None;
    let mut index = 0;
    while let Some(wish) = lines.get(index) {
        let differs = wish.less || (wish.more && !wish.like.is_empty());
        let (times, more) = match wish.amount {
            Some(Amount::Relative(times)) => (times, Decimal::ZERO),
            Some(Amount::Exact(less)) if wish.less => (Decimal::ONE, -less),
            Some(Amount::Exact(more)) if differs => (Decimal::ONE, more),
            _ => {
                index += 1;
                continue;
            }
        };
        let known = lines.get(..index).unwrap_or_default().iter().rev();
        let held =
            known.filter(|line| wish.like.is_empty() || is_like(line, wish)).find_map(|line| match line.amount {
                Some(Amount::Exact(value)) => Some(value),
                _ => None,
            });
        if wish.product.is_none() && (held.is_none() || differs) {
            // "… that is five fewer than last time" says nothing new.
            factor = factor.or(Some(times).filter(|_| !differs));
            let each = lines.remove(index).each;
            // "The same amount of each, namely 16: …".
            if let Some(next) = lines.get_mut(index).filter(|next| next.amount.is_some()) {
                next.each |= each;
            }
            continue;
        }
        if let Some(wish) = lines.get_mut(index) {
            let amount = held.and_then(|held| held.checked_mul(times)).map(|amount| amount.saturating_add(more));
            wish.amount = Some(amount.map_or(Amount::Vague, Amount::Exact));
            wish.more = false;
        }
        index += 1;
    }
    factor
}

/// Whether the line is of the product a wish is measured by.
fn is_like(line: &Wish, wish: &Wish) -> bool {
    match &line.product {
        Some(Named::Records { meant, .. }) => meant.iter().any(|one| wish.like.iter().any(|like| like.id == one.id)),
        _ => false,
    }
}

/// "… Chai kostet 17,10, Chang 18,40": after the price of one ordered product the figure of another is its price as well.
pub(crate) fn reprice(lines: &mut [Wish]) {
    for index in 1..lines.len() {
        let (before, after) = lines.split_at_mut(index);
        let Some((wish, previous)) = after.first_mut().zip(before.last()) else { continue };
        let priced = previous.product.is_some() && previous.amount.is_none() && previous.price.is_some();
        let same = |line: &Wish| match (&line.product, &wish.product) {
            (Some(Named::Records { meant: a, .. }), Some(Named::Records { meant: b, .. })) => {
                a.iter().any(|one| b.iter().any(|other| other.id == one.id))
            }
            _ => false,
        };
        let ordered = before.iter().any(|line| line.amount.is_some() && same(line));
        let cents = matches!(wish.amount, Some(Amount::Exact(amount)) if amount.scale() == CENTS);
        if let (true, Some(Amount::Exact(amount))) =
            ((priced || cents) && ordered && wish.name_first && wish.price.is_none(), &wish.amount)
        {
            wish.price = Some(Price { amount: *amount, basis: Basis::Unit, currency: None, all: false });
            wish.amount = None;
        }
    }
}

/// "Chai and Chang, 30 and 12": as many amounts after the names as there are names, dealt in order; prices alike.
pub(crate) fn deal(lines: &mut Vec<Wish>) {
    let name_only = |line: &Wish| line.product.is_some() && line.amount.is_none() && !line.removed;
    let amount_only = |line: &Wish| line.product.is_none() && line.amount.is_some() && !line.each && !line.more;
    let mut start = 0;
    while start < lines.len() {
        let rest = lines.get(start..).unwrap_or_default();
        let names = rest.iter().take_while(|line| name_only(line)).count();
        // The last name and the first amount may have met already: "Chai and Chang: 30 and 12".
        let met =
            rest.get(names).is_some_and(|line| line.name_first && line.product.is_some() && line.amount.is_some());
        let from = names + usize::from(met);
        let amounts = rest.iter().skip(from).take_while(|line| amount_only(line)).count();
        if names > 0 && from > 1 && amounts == names {
            let dealt: Vec<Wish> = lines.drain(start + from..start + from + amounts).collect();
            let first = lines.get_mut(start + names).filter(|_| met).and_then(|line| line.amount.take());
            let dealt: Vec<Option<Amount>> =
                first.map(Some).into_iter().chain(dealt.into_iter().map(|wish| wish.amount)).collect();
            for (line, amount) in lines.iter_mut().skip(start).zip(dealt) {
                line.amount = amount;
            }
        }
        start += names.max(1);
    }
}
