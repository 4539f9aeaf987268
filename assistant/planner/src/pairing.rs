//! Amounts, names and prices of a list put together: "40 Chai", "Chai: 40", "10 each of Chai and Chang", "Chai or Chang".

use rust_decimal::Decimal;

use crate::lines::{Named, Wish, Wishes};
use crate::numbers::Amount;
use crate::prices::{Basis, CENTS, Price};
use crate::segments::{Atom, Segment};

/// Pairs amounts with names inside one segment.
pub(crate) fn pair(segment: Segment, wishes: &mut Wishes, mut earlier: Option<&mut Wish>) -> Vec<Wish> {
    let Segment { mut atoms, each, remove, change, more, less, also, like, faint, packed, .. } = segment;
    drop_measures(&mut atoms);
    if change {
        drop_changed(&mut atoms, wishes);
    }
    let name_first = atoms.iter().find_map(|atom| match atom {
        Atom::Amount { .. } => Some(false),
        Atom::Name(_) => Some(true),
        Atom::Price(_) => None,
    });
    let name_first = name_first.unwrap_or(false);
    let template = Wish { each, more, less, also, name_first, removed: remove, faint, packed, like, ..Wish::default() };
    let mut lines: Vec<Wish> = Vec::new();
    let mut waiting: Option<(Amount, bool)> = None;
    let mut price: Option<Price> = None;
    // "17.20 for the Chai": the price is of the name that follows, not of the line before.
    let led_by_price = matches!(
        atoms.as_slice(),
        [Atom::Price(_), Atom::Name(_), ..] | [Atom::Price(_), Atom::Amount { .. }, Atom::Name(_), ..]
    );
    for atom in atoms {
        match atom {
            Atom::Amount { amount, weak } => {
                let whole = lines.last().is_some_and(|last| last.amount.is_some() && last.price.is_none());
                let open = lines.last_mut().filter(|last| name_first && last.amount.is_none());
                match open {
                    Some(last) => last.amount = Some(amount),
                    // "Chai - 10 - 17.50".
                    None if name_first && whole && is_money(&amount) => {
                        if let (Some(last), Amount::Exact(amount)) = (lines.last_mut(), amount) {
                            last.price = Some(Price { amount, basis: Basis::Unsaid, currency: None, all: false });
                        }
                    }
                    None => waiting = Some(combine(waiting, amount, weak)),
                }
            }
            Atom::Name(named) => {
                let amount = waiting.take().map(|(amount, _)| amount);
                match lines.last_mut() {
                    // An unknown word right before a name contradicts it.
                    Some(Wish { product: Some(product @ Named::Unknown { .. }), .. })
                        if amount.is_none() && matches!(named, Named::Records { .. }) =>
                    {
                        *product = contradicted(product, named);
                    }
                    _ => lines.push(Wish { product: Some(named), amount, price: price.take(), ..template.clone() }),
                }
            }
            Atom::Price(said) => {
                match lines
                    .last_mut()
                    .or(earlier.as_deref_mut().filter(|_| !led_by_price))
                    .filter(|line| line.price.is_none())
                {
                    Some(line) => line.price = Some(said),
                    None => price = Some(said),
                }
            }
        }
    }
    // "List 18.00, discounted 17.80": two prices of one line.
    if let (Some(price), Some(line)) = (&price, lines.last()) {
        wishes.unclear |= !agrees(line, price);
    }
    match (waiting, lines.last_mut()) {
        (None, None) if price.is_some() => lines.push(Wish { price, ..template }),
        (None, _) => {}
        (Some((_, true)), Some(last)) if last.amount.is_some() => {}
        // "some Konbu, about 20" says how many after all.
        (Some((amount, _)), Some(last)) if matches!(last.amount, None | Some(Amount::Vague)) => {
            last.amount = Some(amount)
        }
        (Some((amount, _)), _) => lines.push(Wish { amount: Some(amount), price, ..template }),
    }
    lines
}

/// Whether a price said after another says the same, of one or of all.
fn agrees(line: &Wish, price: &Price) -> bool {
    let Some(held) = &line.price else { return true };
    let quantity = match line.amount {
        Some(Amount::Exact(quantity)) => quantity,
        _ => Decimal::ONE,
    };
    let total = held.amount.checked_mul(quantity) == Some(price.amount);
    held.amount == price.amount || total || price.amount.checked_mul(quantity) == Some(held.amount)
}

/// "Chai (2 kg bags): 10": a weight describes the product where another figure counts it.
fn drop_measures(atoms: &mut Vec<Atom>) {
    let names = atoms.iter().filter(|atom| matches!(atom, Atom::Name(_))).count();
    let amounts = |weak: bool| {
        atoms.iter().filter(|atom| matches!(atom, Atom::Amount { weak: found, .. } if *found == weak)).count()
    };
    if names > 0 && amounts(false) >= names {
        atoms.retain(|atom| !matches!(atom, Atom::Amount { weak: true, .. }));
    }
}

/// "change Chai to Chang", "change 40 to 30": what stands first is replaced.
fn drop_changed(atoms: &mut Vec<Atom>, wishes: &mut Wishes) {
    let amounts = atoms.iter().filter(|atom| matches!(atom, Atom::Amount { .. })).count();
    let names = atoms.iter().filter(|atom| matches!(atom, Atom::Name(_))).count();
    let first = |wanted: fn(&Atom) -> bool| atoms.iter().position(wanted);
    if amounts > 1 {
        if let Some(at) = first(|atom| matches!(atom, Atom::Amount { .. })) {
            atoms.remove(at);
        }
    } else if names > 1
        && let Some(at) = first(|atom| matches!(atom, Atom::Name(_)))
        && let Atom::Name(Named::Records { meant, .. }) = atoms.remove(at)
    {
        wishes.replaced.push(meant);
    }
}

fn contradicted(product: &Named, named: Named) -> Named {
    match (product, named) {
        (Named::Unknown { said }, Named::Records { said: name, meant }) => {
            Named::Partly { said: format!("{said} {name}"), meant }
        }
        (_, named) => named,
    }
}

/// Two amounts before one name: "5 x 500 g", "2 cases of 12 bottles".
fn combine(waiting: Option<(Amount, bool)>, amount: Amount, weak: bool) -> (Amount, bool) {
    match waiting {
        None | Some((Amount::Vague, _)) | Some((_, true)) => (amount, weak),
        Some(first) if weak || amount == Amount::Vague => first,
        // "forty (40) boxes".
        Some((Amount::Exact(first), _)) if amount == Amount::Exact(first) => (amount, weak),
        Some((Amount::Exact(first), _)) => match amount {
            Amount::Exact(second) => (Amount::OneOf(vec![first, first.saturating_mul(second)]), false),
            other => (other, false),
        },
        Some(first) => first,
    }
}

/// "Chai or Chang", "10 Chai or 20": one of two.
pub(crate) fn alternative(last: &mut Wish, other: Wish) {
    let numbers = |amount: Option<Amount>| match amount {
        Some(Amount::Exact(value)) => vec![value],
        Some(Amount::OneOf(values)) => values,
        _ => Vec::new(),
    };
    match (&mut last.product, other.product) {
        (Some(Named::Records { said, meant }), Some(Named::Records { said: second, meant: others })) => {
            *said = format!("{said} / {second}");
            meant.extend(others);
            if last.amount.is_none() {
                last.amount = other.amount;
            } else if other.amount.is_some() && other.amount != last.amount {
                last.amount = None;
            }
        }
        (_, None) => {
            let mut values = numbers(last.amount.take());
            values.extend(numbers(other.amount));
            last.amount = if values.len() > 1 {
                Some(Amount::OneOf(values))
            } else {
                values.first().map(|value| Amount::Exact(*value))
            };
        }
        (slot @ None, named) => *slot = named,
        (_, Some(_)) => {}
    }
}

/// Gives an amount said "each" to the products around it.
pub(crate) fn spread(lines: &mut Vec<Wish>) {
    let mut index = 0;
    while let Some(wish) = lines.get(index) {
        let (each, amount, orphan, name_first) =
            (wish.each, wish.amount.clone(), wish.product.is_none(), wish.name_first);
        if !each || (amount.is_none() && orphan) {
            index += 1;
            continue;
        }
        let packages = wish.packed;
        let open = |line: &Wish| line.product.is_some() && line.amount.is_none();
        let Some(amount) = amount else {
            // "10 Chai and Chang each".
            let before = index.checked_sub(1).and_then(|before| lines.get(before)).and_then(|line| line.amount.clone());
            if let Some(line) = lines.get_mut(index) {
                line.amount = before;
            }
            index += 1;
            continue;
        };
        let mut given = false;
        let (before, after) = lines.split_at_mut(index);
        if orphan || name_first {
            let own = after.first().and_then(|wish| wish.price.clone()).filter(|_| orphan);
            let price = before.last().and_then(|last| last.price.clone()).or(own);
            for line in before.iter_mut().rev().take_while(|line| open(line)) {
                line.amount = Some(amount.clone());
                // "Both Chai and Chang at 18, 20 of each".
                line.price = line.price.take().or(price.clone());
                given = true;
            }
        }
        if !(given || name_first && !orphan) {
            let alike = 1 + after.iter().skip(1).take_while(|line| open(line)).count();
            for line in after.iter_mut().take(alike).skip(1) {
                line.amount = Some(amount.clone());
                given = true;
            }
            // "15 each of Ale, Stout and Lager at 13.50": of all of them.
            if let Some((last, others)) = after.get_mut(..alike).and_then(|alike| alike.split_last_mut())
                && others.iter().all(|line| line.price.is_none())
            {
                others.iter_mut().for_each(|line| line.price.clone_from(&last.price));
            }
        }
        if orphan {
            let last = before.last_mut().filter(|line| line.product.is_some() && line.price.is_none() && !packages);
            if let (false, Some(last), Amount::Exact(value)) = (given, last, &amount) {
                // "40 Chai, 17.50 each": the quantity is there, so this is the price.
                last.price = Some(Price { amount: *value, basis: Basis::Unit, currency: None, all: false });
                given = true;
            }
            if given {
                lines.remove(index);
                continue;
            }
        }
        index += 1;
    }
}

fn is_money(amount: &Amount) -> bool {
    matches!(amount, Amount::Exact(value) if value.scale() == CENTS && !may_be_day(*value))
}

/// "12.10" may be the 12th of October as well as a price.
pub(crate) fn may_be_day(amount: Decimal) -> bool {
    let month = amount.fract() * Decimal::ONE_HUNDRED;
    (Decimal::ONE..=Decimal::from(31)).contains(&amount.trunc()) && (Decimal::ONE..=Decimal::from(12)).contains(&month)
}

/// Joins a name and an amount that stand in neighbouring segments: "Chai, 40".
///
/// Whether all prices found their lines, or said the same as those there.
pub(crate) fn join(lines: &mut Vec<Wish>) -> bool {
    let mut agreed = true;
    let mut index = 0;
    while index + 1 < lines.len() {
        let open = |line: &Wish| matches!(line.amount, None | Some(Amount::Vague));
        let name_only = |line: &Wish| line.product.is_some() && open(line) && !line.removed;
        let amount_only = |line: &Wish| line.product.is_none() && line.amount.is_some();
        let (first, second) = (lines.get(index), lines.get(index + 1));
        let fits = match (first, second) {
            (Some(a), Some(b)) => (name_only(a) && amount_only(b)) || (amount_only(a) && name_only(b)),
            _ => false,
        };
        // "… if we take 60, so let's take 60" says it twice.
        let twice = matches!((first, second), (Some(a), Some(b)) if a.product.is_some()
            && amount_only(b) && !b.dated && b.price.is_none() && !b.each && !b.more && !b.also && a.amount == b.amount
            && matches!(b.amount, Some(Amount::Exact(_))));
        if twice {
            lines.remove(index + 1);
            continue;
        }
        if fits {
            let second = lines.remove(index + 1);
            if let Some(first) = lines.get_mut(index) {
                first.product = first.product.take().or(second.product);
                first.amount = first.amount.take().filter(|amount| *amount != Amount::Vague).or(second.amount);
                first.price = first.price.take().or(second.price);
                first.told = false;
            }
            continue;
        }
        index += 1;
    }
    // "Should the price be 19.45, take thirty Konbu": a price before the only line.
    if let [Wish { product: None, amount: None, price: said @ Some(_), .. }, line] = lines.as_mut_slice()
        && line.price.is_none()
    {
        line.price = said.take();
        lines.remove(0);
    }
    // A price that found no line goes to the one before; so does a figure in cents: "20 Chai, 17.50".
    let mut index = 1;
    while index < lines.len() {
        let whole = lines
            .get(index - 1)
            .is_some_and(|line| line.product.is_some() && line.amount.is_some() && line.price.is_none());
        if let Some(line) = lines.get_mut(index)
            && let (true, None, None, Some(Amount::Exact(amount))) = (whole, &line.product, &line.price, &line.amount)
            && amount.scale() == CENTS
            && !may_be_day(*amount)
        {
            line.price = Some(Price { amount: *amount, basis: Basis::Unsaid, currency: None, all: false });
            line.amount = None;
        }
        let lone = lines.get(index).is_some_and(|line| line.product.is_none() && line.amount.is_none());
        if lone {
            let price = lines.remove(index).price;
            let Some(before) = lines.get_mut(index - 1) else { continue };
            agreed &= price.as_ref().is_none_or(|price| agrees(before, price));
            before.price = before.price.take().or(price);
        } else {
            index += 1;
        }
    }
    agreed
}
