//! Figures in a request: which are amounts, which prices, and which count nothing that is ordered.

use crate::lexicon::Roles;
use crate::numbers::{Amount, Numbers};
use crate::prices::{self, Basis, Price};
use crate::reading::{Part, Piece, Reader};
use crate::tokens::Token;

impl Reader<'_> {
    /// Amounts and prices.
    pub(crate) fn amounts(&self, taken: &[bool]) -> (Vec<Piece>, Vec<Piece>) {
        let numbers = Numbers { tokens: self.tokens, language: self.language, taken };
        let cells = prices::cells(self.tokens);
        let (mut amounts, mut priced): (Vec<Piece>, Vec<Piece>) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < self.tokens.len() {
            let Some((amount, end)) = numbers.read(at).filter(|_| !self.is_pronoun(at)) else {
                at += 1;
                continue;
            };
            if let Some(end) = self.packing(at).or_else(|| self.sum(end)) {
                amounts.push(self.piece(Part::Words(Roles::FILLER), at..end));
                at = end;
                continue;
            }
            if self.is_item_number(at, end) {
                amounts.push(self.piece(Part::Words(Roles::FILLER), at..end));
                at = end;
                continue;
            }
            if let Some(end) = self.reference(at) {
                amounts.push(self.piece(Part::Words(Roles::FILLER), at..end));
                at = end;
                continue;
            }
            if self.counts_the_order(&amount, end) || self.counts_people(end) {
                at = end + usize::from(self.counts_people(end));
                continue;
            }
            if let Amount::Exact(value) = amount
                && cells.contains(&at)
            {
                let price = Price { amount: value, basis: Basis::Unit, currency: None, all: false };
                priced.push(self.piece(Part::Price(price), at..end));
                at = end;
                continue;
            }
            if let Amount::Exact(value) = amount
                && let Some((price, span)) = prices::read(self.tokens, value, at, end)
            {
                at = span.end.max(end);
                let from = priced.iter().chain(&amounts).map(|piece| piece.tokens.end).max().unwrap_or(0);
                priced.push(self.piece(Part::Price(price), span.start.max(from)..at));
                continue;
            }
            let weak = self.roles(end).has(Roles::MEASURE);
            amounts.push(self.piece(Part::Amount { amount, weak }, at..end));
            at = end;
        }
        (amounts, priced)
    }

    /// "1) 20 Chai", "(2) 10 Chang": the number of a list item.
    fn is_item_number(&self, at: usize, end: usize) -> bool {
        let back = |steps: usize| at.checked_sub(steps).and_then(|before| self.token(before));
        let opened = back(1).is_some_and(|token| token.is("("));
        let before = if opened { back(2) } else { back(1) };
        let starts = before.is_none_or(|token| token.is("\n") || token.is(":"));
        let figure = end == at + 1 && self.token(at).is_some_and(|token| token.is_number() && token.fold.len() <= 2);
        let counted = self.token(end + 1).is_some_and(|token| !token.is_sign());
        figure && starts && counted && self.token(end).is_some_and(|token| token.is(")") && token.glued)
    }

    /// "(10 boxes x 20 bags)": how the product is packed, up to the closing bracket.
    fn packing(&self, at: usize) -> Option<usize> {
        at.checked_sub(1).and_then(|before| self.token(before)).filter(|before| before.is("("))?;
        let end = (at..at + 10).find(|next| self.token(*next).is_some_and(|token| token.is(")")))?;
        let inside = (at..end).filter_map(|next| self.token(next));
        let figures = inside.filter(|token| token.is_number()).count();
        let packs = (at..end).all(|next| {
            self.roles(next).has(Roles::PACK.or(Roles::MEASURE).or(Roles::EACH).or(Roles::FILLER))
                || self.token(next).is_some_and(|token| token.is_number() || token.is_dash() || token.is("×"))
        });
        (figures > 1 && packs).then_some(end)
    }

    /// "30 bottles in total: …": the sum of what follows.
    fn sum(&self, end: usize) -> Option<usize> {
        let next = end + usize::from(self.roles(end).has(Roles::PACK));
        let word = |at: usize| self.token(at).map_or("", |token| token.fold.as_str());
        let after = match (word(next), word(next + 1)) {
            ("in", "total" | "all") | ("all", "told") => next + 2,
            ("altogether" | "insgesamt" | "zusammen", _) => next + 1,
            _ => return None,
        };
        (word(after) == ":").then_some(after)
    }

    /// "40 guests", "unsere 3 Filialen": who it is for, not how much.
    fn counts_people(&self, end: usize) -> bool {
        const PEOPLE: &[&str] = &[
            "guests",
            "people",
            "persons",
            "visitors",
            "customers",
            "kids",
            "children",
            "staff",
            "colleagues",
            "shops",
            "stores",
            "branches",
            "restaurants",
            "tables",
            "locations",
            "gaste",
            "gasten",
            "personen",
            "leute",
            "kunden",
            "kinder",
            "mitarbeiter",
            "kollegen",
            "filialen",
            "standorte",
            "laden",
            "tische",
            "besucher",
        ];
        self.token(end).is_some_and(|token| PEOPLE.contains(&token.fold.as_str()))
    }

    /// "PO #4711", "ref. 2026-118", "Bestellnummer 4711": the number of a document and where it ends.
    fn reference(&self, at: usize) -> Option<usize> {
        const REFERENCES: &[&str] = &[
            "ref",
            "reference",
            "referenz",
            "bestellnummer",
            "bestellnr",
            "auftragsnummer",
            "auftragsnr",
            "kundennummer",
            "kundennr",
            "aktenzeichen",
            "projekt",
            "kostenstelle",
        ];
        let mut lead = at.checked_sub(1)?;
        let mut marked = false;
        while self
            .token(lead)
            .is_some_and(|token| matches!(token.fold.as_str(), "#" | "." | "no" | "nr" | "number" | "nummer"))
        {
            marked |= self.token(lead).is_some_and(|token| token.is("#"));
            lead = lead.checked_sub(1)?;
        }
        let word = self.token(lead)?;
        let refers = REFERENCES.contains(&word.fold.as_str())
            || (marked && matches!(word.fold.as_str(), "po" | "order" | "bestellung" | "auftrag"));
        let figure = self.token(at).is_some_and(Token::is_number);
        let glued = |next: &usize| {
            self.token(*next)
                .is_some_and(|token| token.glued && (!token.is_sign() || matches!(token.fold.as_str(), "-" | "/")))
        };
        (refers && figure).then(|| (at + 1..).take_while(glued).last().map_or(at + 1, |last| last + 1))
    }

    /// "one order", "one supplier for everything": not a quantity of goods.
    fn counts_the_order(&self, amount: &Amount, end: usize) -> bool {
        let one = *amount == Amount::Exact(rust_decimal::Decimal::ONE);
        let supplier = self.token(end).is_some_and(|token| {
            matches!(token.fold.as_str(), "supplier" | "vendor" | "lieferant" | "lieferanten" | "company" | "firma")
        });
        one && (supplier || self.roles(end).has(Roles::ORDER_NOUN))
    }

    /// "one" as in "the red one", "no one", "this one".
    fn is_pronoun(&self, at: usize) -> bool {
        let one = self.token(at).is_some_and(|token| token.is("one"));
        let before = at.checked_sub(1).and_then(|before| self.token(before)).map_or("", |token| token.fold.as_str());
        one && matches!(
            before,
            "the" | "this" | "that" | "first" | "second" | "no" | "any" | "quick" | "which" | "last" | "other"
        )
    }
}
