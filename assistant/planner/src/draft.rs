//! The draft as it grows: wishes are applied to it, then it is checked.

use chrono::NaiveDate;
use kontor_kernel::Locale;
use rust_decimal::Decimal;

use crate::lines::{Named, Wish, Wishes};
use crate::mentions::Pool;
use crate::numbers::Amount;
use crate::plan::{About, Pending, PendingLine, QUANTITY_LIMIT, Reason, Refusal};
use crate::prices::{Basis, Price};
use crate::records::{Candidate, RecordKind};
use crate::wording::Wording;

/// How a part of a request relates to what is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The first of a request.
    Fresh,
    /// A following message that adds and completes.
    Follow,
    /// A correction.
    Correct,
}

/// A draft being put together.
#[derive(Debug)]
pub(crate) struct Draft<'d> {
    pub pending: Pending,
    pub today: NaiveDate,
    locale: Locale,
    pub pool: &'d Pool,
    /// Suppliers that fit equally.
    pub suppliers: Vec<Candidate>,
    /// Quantities to choose from, by line.
    pub amounts: Vec<(usize, Vec<Decimal>)>,
    /// Days to choose from.
    pub days: Vec<NaiveDate>,
    /// A day was said that no calendar has, or none that was understood.
    pub unclear_day: bool,
    /// Suppliers said not to be wanted.
    pub rejected: Vec<Candidate>,
    /// Something said comes to nothing.
    pub unclear: bool,
    /// The first reason not to go on.
    pub refusal: Option<Refusal>,
    /// What the suppliers were called; two names are joined by a slash.
    said_supplier: String,
}

impl<'d> Draft<'d> {
    pub(crate) fn new(pending: Pending, today: NaiveDate, locale: Locale, pool: &'d Pool) -> Self {
        Self {
            pending,
            today,
            locale,
            pool,
            suppliers: Vec::new(),
            amounts: Vec::new(),
            days: Vec::new(),
            unclear_day: false,
            rejected: Vec::new(),
            unclear: false,
            refusal: None,
            said_supplier: String::new(),
        }
    }

    /// Whether two suppliers were named to choose from, rather than one unclearly.
    pub(crate) fn chose_suppliers(&self) -> bool {
        self.said_supplier.contains(" / ")
    }

    /// Takes a product for a line.
    pub(crate) fn take(&mut self, line: usize, product: Candidate) -> bool {
        let Some(line) = self.pending.lines.get_mut(line) else { return false };
        line.product = Some(product);
        line.options.clear();
        true
    }

    /// Takes all products a line may mean, each in the line's quantity.
    pub(crate) fn take_all(&mut self, line: usize, products: &[Candidate]) -> bool {
        let Some(model) = self.pending.lines.get(line).cloned() else { return false };
        let lines = products.iter().map(|product| PendingLine {
            product: Some(product.clone()),
            options: Vec::new(),
            ..model.clone()
        });
        self.pending.lines.splice(line..=line, lines);
        true
    }

    /// Says what the price of a line is for.
    pub(crate) fn basis(&mut self, line: usize, basis: Basis) -> bool {
        let Some(price) = self.pending.lines.get_mut(line).and_then(|line| line.price.as_mut()) else {
            return false;
        };
        price.basis = basis;
        true
    }

    pub(crate) fn wording(&self) -> Wording {
        Wording { language: self.pending.language, locale: self.locale }
    }

    pub(crate) fn refuse(&mut self, reason: Reason, text: String, suggestions: Vec<Candidate>) {
        self.refusal.get_or_insert(Refusal { reason, text, suggestions, pending: None });
    }

    /// Applies what a part of a request wants.
    pub(crate) fn apply(&mut self, wishes: Wishes, mode: Mode) {
        let Wishes { lines, supplier, dates, replaced, excluded, price_of_all, factor, factor_of, unclear } = wishes;
        if mode == Mode::Correct {
            // What is corrected no longer counts against the request.
            self.refusal = None;
            self.unclear = false;
        }
        // "Double what we had: it was 20, so 40": both the factor and what it comes to.
        let worked_out = factor.is_some_and(|factor| factor != Decimal::ONE)
            && lines.iter().any(|wish| matches!(wish.amount, Some(Amount::Exact(_))));
        let companies = replaced.iter().chain(&excluded).flatten().filter(|one| one.kind == RecordKind::Supplier);
        self.rejected.extend(companies.cloned());
        self.unclear |= (unclear || worked_out) && mode == Mode::Fresh;
        self.supplier(supplier);
        self.dates(dates, mode);
        let mut first = true;
        let held = (mode == Mode::Correct && !lines.is_empty()).then(|| self.pending.lines.clone());
        let mut replaced = replaced.into_iter();
        for wish in lines {
            if wish.product.is_none() && wish.amount.is_none() && wish.price.is_none() {
                continue;
            }
            match replaced.next() {
                Some(old) if wish.product.is_some() && self.place_of(&old).is_some() => self.swap(&old, wish),
                _ => self.wish(wish, mode, first),
            }
            first = false;
        }
        for old in replaced.chain(excluded) {
            self.remove(&old);
        }
        // "Actually, only the Chang": a correction that corrects nothing.
        let named = |line: &PendingLine| line.product.is_some() && line.quantity.is_some();
        self.unclear |= held.is_some_and(|held| {
            held.len() > 1 && held.iter().all(named) && held == self.pending.lines && factor.is_none()
        });
        if let Some(price) = price_of_all {
            for line in &mut self.pending.lines {
                line.price = Some(price.clone());
            }
        }
        let place = self.place_of(&factor_of).or(self.pending.lines.len().checked_sub(1));
        if let (Some(factor), Some(line)) = (factor, place.and_then(|at| self.pending.lines.get_mut(at))) {
            line.quantity = line.quantity.map(|quantity| quantity.saturating_mul(factor));
        }
    }

    fn supplier(&mut self, named: Option<Named>) {
        match named {
            None => {}
            Some(Named::Records { said, meant }) => {
                self.said_supplier = said;
                self.suppliers.clear();
                let asked = self.pending.asked == Some(About::Supplier);
                let offered: Vec<Candidate> = meant
                    .iter()
                    .filter(|one| asked && self.pending.options.iter().any(|option| option.id == one.id))
                    .cloned()
                    .collect();
                match if offered.is_empty() { meant } else { offered }.as_slice() {
                    [one] => self.pending.supplier = Some(one.clone()),
                    many => {
                        self.pending.supplier = None;
                        self.suppliers = many.to_vec();
                    }
                }
            }
            Some(Named::Unknown { said } | Named::General { said } | Named::Partly { said, .. }) => {
                let nearest = self.pool.nearest(RecordKind::Supplier, &said);
                let text = self.wording().unknown(false, &said, nearest.as_ref());
                self.refuse(Reason::UnknownSupplier, text, nearest.into_iter().collect());
            }
        }
    }

    /// The line of one of these products.
    fn place_of(&self, products: &[Candidate]) -> Option<usize> {
        let same = |line: &PendingLine| {
            line.product.as_ref().is_some_and(|product| products.iter().any(|other| other.id == product.id))
        };
        self.pending.lines.iter().position(same)
    }

    fn remove(&mut self, products: &[Candidate]) {
        if let Some(at) = self.place_of(products) {
            self.pending.lines.remove(at);
        }
    }

    fn swap(&mut self, old: &[Candidate], wish: Wish) {
        let Some(at) = self.place_of(old) else { return };
        self.put(at, wish, false);
    }

    fn wish(&mut self, wish: Wish, mode: Mode, first: bool) {
        let there = match &wish.product {
            Some(Named::Records { meant, .. } | Named::Partly { meant, .. }) => self.place_of(meant),
            _ => None,
        };
        if wish.removed {
            if let Some(at) = there {
                self.pending.lines.remove(at);
            }
            return;
        }
        if let Some(at) = there {
            return if mode == Mode::Fresh && self.prices_apart(at, &wish) {
                self.push(wish)
            } else {
                self.again(at, wish, mode)
            };
        }
        if mode == Mode::Fresh && self.goes_on(&wish) {
            return self.push_alike(wish);
        }
        let last = self.pending.lines.len().checked_sub(1);
        if wish.product.is_none() && wish.each && mode != Mode::Fresh && self.each(&wish) {
            return;
        }
        if wish.product.is_none() && mode == Mode::Correct && self.reprices(&wish) {
            return;
        }
        if wish.product.is_none() {
            match self.asked_line().or(last.filter(|_| mode != Mode::Fresh)) {
                Some(at) => return self.put(at, wish, true),
                None => return self.push(wish),
            }
        }
        if mode == Mode::Follow
            && first
            && let Some(at) = self.asked_line().filter(|at| self.answers(*at, &wish))
        {
            return self.put(at, wish, true);
        }
        match last {
            Some(at) if mode == Mode::Correct && first && !wish.also => {
                let at = self.asked_line().filter(|at| self.answers(*at, &wish)).unwrap_or(at);
                self.put(at, wish, true);
            }
            _ => self.push(wish),
        }
    }

    /// "30 Chai at 17.50 and 10 Chai at 15": two prices are two lines.
    fn prices_apart(&self, at: usize, wish: &Wish) -> bool {
        let held = self.pending.lines.get(at).and_then(|line| line.price.as_ref());
        wish.amount.is_some() && held.zip(wish.price.as_ref()).is_some_and(|(held, said)| held != said)
    }

    /// "Chai: 30 at 17.50 and 10 at 15": a quantity at a price of its own, of the product before.
    fn goes_on(&self, wish: &Wish) -> bool {
        let last = self.pending.lines.last();
        let whole = last.is_some_and(|line| line.quantity.is_some() && line.price.is_some() && line.product.is_some());
        whole && wish.product.is_none() && wish.price.is_some() && matches!(wish.amount, Some(Amount::Exact(_)))
    }

    fn push_alike(&mut self, wish: Wish) {
        let last = self.pending.lines.last();
        let (said, product) = last.map(|line| (line.said.clone(), line.product.clone())).unwrap_or_default();
        self.push(wish);
        if let Some(line) = self.pending.lines.last_mut() {
            line.said = said;
            line.product = product;
        }
    }

    /// "no, 16.50 each" behind a price or with decimals is a price; "make that 30 each" is a quantity of all lines.
    fn each(&mut self, wish: &Wish) -> bool {
        let Some(Amount::Exact(value)) = wish.amount else { return false };
        let Some(last) = self.pending.lines.last_mut().filter(|line| line.quantity.is_some()) else {
            return false;
        };
        if last.price.is_some() || value.fract() != Decimal::ZERO {
            last.price = Some(Price { amount: value, basis: Basis::Unit, currency: None, all: false });
        } else {
            for line in &mut self.pending.lines {
                line.quantity = Some(value);
            }
        }
        true
    }

    /// "15 Konbu at 5.80, sorry, 5.60": a figure with decimals after a price with decimals is the new price.
    fn reprices(&mut self, wish: &Wish) -> bool {
        let Some(Amount::Exact(value)) = wish.amount else { return false };
        let last = self
            .pending
            .lines
            .last_mut()
            .filter(|line| line.quantity.is_some_and(|held| held.fract() == Decimal::ZERO));
        let Some(price) = last.and_then(|line| line.price.as_mut()).filter(|_| value.fract() != Decimal::ZERO) else {
            return false;
        };
        price.amount = value;
        true
    }

    /// The line the last question was about.
    fn asked_line(&self) -> Option<usize> {
        match self.pending.asked {
            Some(About::Product { line } | About::Quantity { line } | About::UnitPrice { line }) => {
                Some(line).filter(|line| *line < self.pending.lines.len())
            }
            _ => None,
        }
    }

    /// Whether a named product answers the question about a line's product.
    fn answers(&self, at: usize, wish: &Wish) -> bool {
        let open = self.pending.lines.get(at).is_some_and(|line| line.product.is_none());
        open && matches!(self.pending.asked, Some(About::Product { .. })) && !wish.also
    }

    /// A product that is there already is named again.
    fn again(&mut self, at: usize, wish: Wish, mode: Mode) {
        if wish.amount.is_none()
            && wish.price.is_none()
            && mode != Mode::Fresh
            && self.asked_line().is_some_and(|asked| asked != at)
        {
            // "just the Chai then": the line in question is given up.
            self.pending.lines.retain(|line| line.product.is_some());
            return;
        }
        let Some(line) = self.pending.lines.get_mut(at) else { return };
        let adds = wish.more || (wish.also && mode != Mode::Correct) || mode == Mode::Fresh;
        // "20 Chai. 30 Chai.": added up, or put right?
        self.unclear |=
            mode == Mode::Fresh && line.quantity.is_some() && wish.amount.is_some() && !wish.also && !wish.more;
        match (&wish.amount, line.quantity) {
            (Some(Amount::Exact(more)), Some(held)) if adds => line.quantity = Some(held.saturating_add(*more)),
            _ => self.amount(at, wish.amount),
        }
        if let (Some(price), Some(line)) = (wish.price, self.pending.lines.get_mut(at)) {
            line.price = Some(price);
        }
    }

    /// Lays a wish over a line; what it does not say stays.
    fn put(&mut self, at: usize, wish: Wish, narrow: bool) {
        if wish.more
            && let (Some(Amount::Exact(more)), Some(line)) = (&wish.amount, self.pending.lines.get_mut(at))
            && let (Some(held), None) = (line.quantity, &wish.product)
        {
            line.quantity = Some(held.saturating_add(*more));
            return;
        }
        if let Some(named) = wish.product {
            self.product(at, named, narrow);
        }
        self.amount(at, wish.amount);
        if let (Some(price), Some(line)) = (wish.price, self.pending.lines.get_mut(at)) {
            line.price = Some(price);
        }
    }

    fn push(&mut self, mut wish: Wish) {
        self.pending.lines.push(PendingLine::default());
        wish.more = false;
        self.put(self.pending.lines.len() - 1, wish, false);
    }

    fn product(&mut self, at: usize, named: Named, narrow: bool) {
        let wording = self.wording();
        let Some(line) = self.pending.lines.get_mut(at) else { return };
        match named {
            Named::Records { said, mut meant } => {
                if narrow
                    && !line.options.is_empty()
                    && meant.iter().any(|one| line.options.iter().any(|option| option.id == one.id))
                {
                    meant.retain(|one| line.options.iter().any(|option| option.id == one.id));
                }
                line.said = said;
                line.product = if let [one] = meant.as_slice() { Some(one.clone()) } else { None };
                line.options = if line.product.is_some() { Vec::new() } else { meant };
            }
            Named::General { said } => {
                *line =
                    PendingLine { said, quantity: line.quantity, price: line.price.take(), ..PendingLine::default() };
            }
            Named::Unknown { said } => {
                line.said.clone_from(&said);
                let nearest = self.pool.nearest(RecordKind::Product, &said);
                line.options = nearest.iter().cloned().collect();
                let text = wording.unknown(true, &said, nearest.as_ref());
                self.refuse(Reason::UnknownProduct, text, nearest.into_iter().collect());
            }
            Named::Partly { said, meant } => {
                line.said.clone_from(&said);
                line.options.clone_from(&meant);
                let nearest = if let [one] = meant.as_slice() { Some(one.clone()) } else { None };
                let text = wording.unknown(true, &said, nearest.as_ref());
                self.refuse(Reason::UnknownProduct, text, meant);
            }
        }
    }

    fn amount(&mut self, at: usize, amount: Option<Amount>) {
        self.amounts.retain(|(line, _)| amount.is_none() || *line != at);
        let Some(line) = self.pending.lines.get_mut(at) else { return };
        match amount {
            None => {}
            Some(Amount::Exact(value)) => line.quantity = Some(value),
            Some(Amount::OneOf(values)) => {
                line.quantity = None;
                self.amounts.push((at, values));
            }
            Some(Amount::Vague | Amount::Relative(_)) => line.quantity = None,
        }
    }

    /// Refuses quantities and prices nobody can mean.
    pub(crate) fn check_figures(&mut self) {
        let wording = self.wording();
        let lines = std::mem::take(&mut self.pending.lines);
        for line in &lines {
            let label = line.label();
            let quantities = line.quantity.iter();
            for quantity in quantities {
                if *quantity <= Decimal::ZERO {
                    self.refuse(
                        Reason::QuantityNotPositive,
                        wording.quantity_not_positive(label, *quantity),
                        Vec::new(),
                    );
                } else if *quantity >= QUANTITY_LIMIT {
                    self.refuse(Reason::QuantityAbsurd, wording.quantity_absurd(label), Vec::new());
                }
            }
            if let Some(price) =
                line.price.as_ref().filter(|price| price.amount <= Decimal::ZERO || price.amount >= QUANTITY_LIMIT)
            {
                self.refuse(Reason::PriceUnusable, wording.price_unusable(label, price.amount), Vec::new());
            }
        }
        self.pending.lines = lines;
    }
}
