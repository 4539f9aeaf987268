//! Figures in a request: which are amounts, which prices, and which count nothing that is ordered.

use rust_decimal::Decimal;

use crate::dates::LABELS;
use crate::durations::Unit;
use crate::language::Language;
use crate::lexicon::{Roles, is_one_of};
use crate::numbers::{Amount, Numbers};
use crate::numerals::multiplier;
use crate::pairing::may_be_day;
use crate::prices::{self, Basis, CENTS, Price};
use crate::reading::{Part, Piece, Reader};
use crate::records::RecordKind;
use crate::tokens::Token;

impl Reader<'_> {
    /// Amounts and prices.
    pub(crate) fn amounts(&self, taken: &[bool]) -> (Vec<Piece>, Vec<Piece>) {
        let numbers = Numbers { tokens: self.tokens, language: self.language, taken };
        let (mut amounts, mut priced): (Vec<Piece>, Vec<Piece>) = (Vec::new(), Vec::new());
        let mut at = 0;
        while at < self.tokens.len() {
            let Some((amount, end)) = numbers.read(at).filter(|_| !self.is_pronoun(at)) else {
                at += 1;
                continue;
            };
            // "Chai 17.50 x 20": the price stands first.
            if let Amount::Exact(value) = amount
                && value.scale() == CENTS
                && self.token(end).is_some_and(|sign| matches!(sign.fold.as_str(), "x" | "×" | "*"))
                && self.token(end + 1).is_some_and(Token::is_number)
            {
                let price = Price { amount: value, basis: Basis::Unit, currency: None, all: false };
                priced.push(self.piece(Part::Price(price), at..end));
                at = end;
                continue;
            }
            if let Amount::Exact(_) = amount
                && let Some((value, end)) = self.repriced(&numbers, at, end)
            {
                let price = Price { amount: value, basis: Basis::Unit, currency: None, all: false };
                priced.push(self.piece(Part::Price(price), at..end));
                at = end;
                continue;
            }
            if let Some(end) = self.idle(at, end) {
                amounts.push(self.piece(Part::Words(Roles::FILLER), at..end));
                at = end;
                continue;
            }
            if self.counts_things(&amount, end) {
                amounts.push(self.piece(Part::Words(Roles::FILLER), at..end + 1));
                at = end + 1;
                continue;
            }
            if self.counts_the_order(&amount, end) || self.counts_people(end) {
                at = end + usize::from(self.counts_people(end));
                continue;
            }
            if let Amount::Exact(value) = amount {
                let (value, end, spoken) = self.with_cents(&numbers, at, value, end);
                if let Some((price, span)) = prices::read(self.tokens, value, at, end, spoken) {
                    at = span.end.max(end);
                    let from = priced.iter().chain(&amounts).map(|piece| piece.tokens.end).max().unwrap_or(0);
                    priced.push(self.piece(Part::Price(price), span.start.max(from)..at));
                    continue;
                }
            }
            if let Some(price) = self.plain_price(&amount, at, end) {
                priced.push(self.piece(Part::Price(price), at..end));
                at = end;
                continue;
            }
            let amount = self.grouped(at, end).map_or(amount, Amount::OneOf);
            let dash = usize::from(self.token(end).is_some_and(Token::glued_dash));
            let weak = self.roles(end + dash).has(Roles::MEASURE);
            amounts.push(self.piece(Part::Amount { amount, weak }, at..end));
            at = end;
        }
        (amounts, priced)
    }

    /// "Chai 17,50": money, where nothing follows that it could count and no day is meant.
    fn plain_price(&self, amount: &Amount, at: usize, end: usize) -> Option<Price> {
        let Amount::Exact(amount) = amount else { return None };
        let counts = self.token(end).is_some_and(|next| {
            let roles = self.roles(end);
            next.is_word() && (!roles.known() || roles.has(Roles::PACK.or(Roles::MEASURE).or(Roles::DESCRIPTION)))
                || next.is("×")
                || next.is("%")
        });
        let figure = self.token(at).is_some_and(Token::is_number) && end == at + 1;
        let changed = at.checked_sub(1).and_then(|before| self.token(before)).is_some_and(|before| {
            before.is_dash() || is_one_of(&before.fold, "to|auf|from|von|-|not|nicht|statt|instead|minus|than|als")
        });
        let each = is_one_of(self.token(end).map_or("", |next| &next.fold), "each|apiece|ea|je|jeweils");
        let money = figure && amount.scale() == CENTS && !counts && !changed && !each && !may_be_day(*amount);
        money.then_some(Price { amount: *amount, basis: Basis::Unsaid, currency: None, all: false })
    }

    /// "20.000" in an English text: twenty, or twenty thousand as others write it.
    fn grouped(&self, at: usize, end: usize) -> Option<Vec<Decimal>> {
        let token = self.token(at).filter(|token| end == at + 1 && token.is_number())?;
        let (whole, part) = token.fold.split_once('.')?;
        let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        let groups = digits(whole) && whole.len() <= 3 && whole != "0" && part.len() == 3 && digits(part);
        if self.language == Language::German || !groups || self.roles(end).has(Roles::MEASURE) {
            return None;
        }
        let value: Decimal = token.fold.parse().ok()?;
        Some(vec![value, value.checked_mul(Decimal::ONE_THOUSAND)?])
    }

    /// "the 2024 vintage", "der Jahrgang 2023": a year, and no quantity.
    fn is_vintage(&self, at: usize, end: usize) -> bool {
        const YEARLY: &str =
            "vintage|harvest|season|edition|catalogue|catalog|crop|jahrgang|ernte|saison|katalog|preisliste|saisonware";
        let figure = self.token(at).filter(|token| token.is_number() && token.fold.len() == 4);
        let year =
            figure.and_then(|token| token.fold.parse::<u32>().ok()).is_some_and(|year| (1950..=2100).contains(&year));
        let is = |at: usize| self.token(at).is_some_and(|token| is_one_of(&token.fold, YEARLY));
        year && (is(end) || at.checked_sub(1).is_some_and(is))
    }

    /// "Price lowered from 24 to 22.80": what it costs now.
    fn repriced(&self, numbers: &Numbers<'_>, at: usize, end: usize) -> Option<(Decimal, usize)> {
        let is = |at: usize, words: &[&str]| self.token(at).is_some_and(|token| words.contains(&token.fold.as_str()));
        let currency =
            |at: usize| usize::from(self.token(at).is_some_and(|token| prices::currency(&token.fold).is_some()));
        let from = at.checked_sub(1).is_some_and(|before| is(before, &["from", "von"]));
        let to = end + currency(end);
        if !from || !is(to, &["to", "auf"]) || !prices::is_announced(self.tokens, at) {
            return None;
        }
        let next = to + 1 + currency(to + 1);
        let (value, end) = numbers.single(next)?;
        Some((value, end + currency(end)))
    }

    /// Figures that count nothing ordered, and where they end.
    fn idle(&self, at: usize, end: usize) -> Option<usize> {
        let numbers = self.is_item_number(at, end) || self.is_label(at, end);
        let percent = self.token(end).is_some_and(|token| matches!(token.fold.as_str(), "%" | "percent" | "prozent"));
        // "40 packs à 20 bags".
        let pack = self.token(end).is_some_and(|_| self.roles(end).has(Roles::PACK));
        let pallets = |token: &Token| is_one_of(&token.fold, "palette|paletten|pallet|pallets");
        let line = self.tokens.get(..at).unwrap_or_default().iter().rev().take_while(|token| !token.is("\n"));
        let inner = pack
            && !line.into_iter().any(pallets)
            && at.checked_sub(1).is_some_and(|before| self.said(&(before..at)) == "à");
        let year = self.is_vintage(at, end);
        self.packing(at)
            .or_else(|| year.then_some(end))
            .or_else(|| inner.then_some(end + 1))
            .or_else(|| self.sum(at, end))
            .or_else(|| numbers.then_some(end))
            .or_else(|| percent.then_some(end + 1))
            .or_else(|| self.is_sale(at).then_some(end))
            .or_else(|| self.rate(end))
            .or_else(|| self.lasts(at, end))
            .or_else(|| self.is_party(at).then_some(end))
            .or_else(|| self.is_thanks(at, end).then_some(end))
            .or_else(|| self.reference(at))
            .or_else(|| self.address(at, end))
    }

    /// "twelve euros fifty", "zu neunzehn fünfzig das Stück": the cents said behind, and the currency between.
    fn with_cents(
        &self,
        numbers: &Numbers<'_>,
        at: usize,
        value: Decimal,
        end: usize,
    ) -> (Decimal, usize, Option<&'static str>) {
        let plain = (value, end, None);
        const CENT: &str = "cent|cents|ct|rappen|pence";
        if value.fract().is_zero() && self.token(end).is_some_and(|token| is_one_of(&token.fold, CENT)) {
            return (value / Decimal::ONE_HUNDRED, end + 1, Some("EUR"));
        }
        let spoken = self.token(end).and_then(|token| prices::currency(&token.fold));
        let joint = end + usize::from(spoken.is_some());
        let joint = joint
            + usize::from(
                spoken.is_some() && self.token(joint).is_some_and(|token| token.is("and") || token.is("und")),
            );
        let Some((cents, after)) = numbers.single(joint).filter(|(cents, _)| {
            cents.fract().is_zero()
                && *cents >= Decimal::ONE
                && *cents < Decimal::ONE_HUNDRED
                && value.fract().is_zero()
        }) else {
            return plain;
        };
        let word = |at: usize| self.token(at).is_some_and(Token::is_word);
        let cent = self.token(after).is_some_and(|token| is_one_of(&token.fold, CENT));
        let counts = self.token(after).is_some_and(|next| {
            let roles = self.roles(after);
            next.is_word()
                && !cent
                && !is_one_of(&next.fold, "each|apiece|ea")
                && (!roles.known() || roles.has(Roles::PACK.or(Roles::MEASURE).or(Roles::DESCRIPTION)))
        });
        // Without a currency only words are joined, and only where a price is: "at nineteen fifty a pack".
        let lead = at.checked_sub(1).and_then(|before| self.token(before));
        let priced = lead.is_some_and(|lead| {
            matches!(
                lead.fold.as_str(),
                "at" | "zu"
                    | "for"
                    | "fur"
                    | "je"
                    | "@"
                    | "price"
                    | "preis"
                    | "stuckpreis"
                    | "einzelpreis"
                    | "ep"
                    | "of"
                    | "von"
                    | "costs"
                    | "kostet"
                    | "is"
                    | "ist"
            ) || lead.is("a") && lead.span.len() == 2
        });
        let each = self.token(after).is_some_and(|token| is_one_of(&token.fold, "each|apiece|ea"));
        let priced = priced || each || prices::basis(self.tokens, after).0.is_some();
        let words = word(at) && word(joint) && priced && cents >= Decimal::TEN;
        if counts || !(spoken.is_some() || words) {
            return plain;
        }
        (value.saturating_add(cents / Decimal::ONE_HUNDRED), after + usize::from(cent), spoken)
    }

    /// "14 Mill Lane", "Hafenstr. 12, 50667 Köln".
    fn address(&self, at: usize, end: usize) -> Option<usize> {
        const STREETS: &str = "road|rd|street|lane|avenue|ave|boulevard|blvd|terrace|quay|crescent|loop|drive|close|square|park|row|hill|mews|court|place|highway|parade";
        const STRASSEN: &str = "strasse|str|weg|platz|allee|gasse|ufer|damm|chaussee";
        const POST_CODE: usize = 5;
        let words = (end..end + 4).take_while(|next| self.token(*next).is_some_and(Token::is_word));
        let named =
            |at: usize| self.token(at).is_some_and(|token| is_one_of(&token.fold, STREETS)) && self.is_capital(at);
        let street = words.skip(1).find(|next| named(*next));
        if let Some(street) = street {
            return Some(street + 1);
        }
        let dot = at.checked_sub(1).filter(|dot| self.token(*dot).is_some_and(|token| token.is(".")));
        let before = self.token(dot.unwrap_or(at).checked_sub(1)?)?;
        if !STRASSEN.split('|').any(|street| before.fold.ends_with(street)) || before.is("weg") {
            return None;
        }
        let next = end + usize::from(self.token(end).is_some_and(|token| token.is(",")));
        let post = self.token(next).is_some_and(|token| token.is_number() && token.fold.len() == POST_CODE);
        Some(if post { next + 1 + usize::from(self.token(next + 1).is_some_and(Token::is_word)) } else { end })
    }

    /// "1) 20 Chai", "(2) 10 Chang": the number of a list item.
    fn is_item_number(&self, at: usize, end: usize) -> bool {
        let back = |steps: usize| at.checked_sub(steps).and_then(|before| self.token(before));
        let opened = back(1).is_some_and(|token| token.is("("));
        let before = if opened { back(2) } else { back(1) };
        // "… 1) Chai 40 2) Chang 12": closes no bracket.
        let earlier = self.tokens.get(..at).unwrap_or_default().iter().rev().take_while(|token| !token.is("\n"));
        let open = earlier.into_iter().find(|token| token.is("(") || token.is(")")).is_some_and(|sign| sign.is("("));
        let starts = before.is_none_or(|token| token.is("\n") || token.is(":") || opened && token.is(";"))
            || !open && !self.token(at).is_some_and(|token| token.glued);
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

    /// "30 bottles in total: …", "a total of 30 bottles: …": the sum of what follows.
    fn sum(&self, at: usize, end: usize) -> Option<usize> {
        let next = end + usize::from(self.roles(end).has(Roles::PACK));
        let word = |at: usize| self.token(at).map_or("", |token| token.fold.as_str());
        let before = |back: usize| at.checked_sub(back).map_or("", word);
        let led = before(1) == "of" && before(2) == "total"
            || matches!(before(1), "insgesamt" | "zusammen" | "gesamt" | "total");
        let after = match (word(next), word(next + 1)) {
            ("in", "total" | "all") | ("all", "told") => next + 2,
            ("altogether" | "insgesamt" | "zusammen", _) => next + 1,
            _ if led => next,
            _ => return None,
        };
        (word(after) == ":").then_some(after)
    }

    /// "We use 2 a day", "5 pro Woche": what is used up, and where it ends.
    fn rate(&self, end: usize) -> Option<usize> {
        const LEADS: &str = "a|an|per|pro|each|every|am|die|jede|jeden|in der";
        let led = self.token(end).is_some_and(|token| is_one_of(&token.fold, LEADS));
        let unit = self.token(end + 1).and_then(|token| Unit::of(&token.fold));
        (led && unit.is_some()).then_some(end + 2)
    }

    /// "Shelf life 6 months", "reicht für 2 Wochen": how long something lasts, and where it ends.
    fn lasts(&self, at: usize, end: usize) -> Option<usize> {
        const LASTING: &str = "shelf|life|mhd|haltbarkeit|haltbar|lasts|last|keep|keeps|enough|reicht|reichen|takes|take|\
            dauert|old|alt|warranty|guarantee|garantie|for|fur|past|previous|letzten|vergangenen";
        let near = self.tokens.get(at.saturating_sub(4)..at).unwrap_or_default();
        let lasting = near.iter().any(|token| is_one_of(&token.fold, LASTING));
        let delivers = near.iter().any(|token| is_one_of(&token.fold, LABELS));
        let unit = self.token(end).and_then(|token| Unit::of(&token.fold));
        (unit.is_some() && lasting && !delivers).then_some(end + 1)
    }

    /// "A party of 40": who it is for.
    fn is_party(&self, at: usize) -> bool {
        const PARTIES: &str = "party|parties|group|groups|crowd|class|gruppe|gesellschaft|reisegruppe|feier";
        let is = |back: usize, list: &str| {
            at.checked_sub(back).and_then(|at| self.token(at)).is_some_and(|token| is_one_of(&token.fold, list))
        };
        is(1, "of|von|mit") && is(2, PARTIES)
    }

    /// "VK 29,90", "RRP: 30": what the goods are sold for.
    fn is_sale(&self, at: usize) -> bool {
        const SALES: &str = "vk|uvp|verkaufspreis|ladenpreis|endpreis|rrp|srp|msrp|retail";
        let passes = |token: &Token| is_one_of(&token.fold, "price|:|=|is|ist|at|of|von|€|eur|@");
        let before = self.tokens.get(..at).unwrap_or_default().iter().rev();
        before.into_iter().take(4).find(|token| !passes(token)).is_some_and(|token| is_one_of(&token.fold, SALES))
    }

    /// "a million thanks", "thanks a million", "tausend Dank".
    fn is_thanks(&self, at: usize, end: usize) -> bool {
        let is = |at: usize, list: &str| self.token(at).is_some_and(|token| is_one_of(&token.fold, list));
        let before = at.checked_sub(1).is_some_and(|before| is(before, "thanks|thank|thx|cheers|danke|dank"));
        let many = self.token(end - 1).is_some_and(|last| multiplier(&last.fold).is_some_and(|many| many >= 1000));
        is(end, "thanks|thankyous|dank") || before && many
    }

    /// "40 guests", "unsere 3 Filialen": who it is for, not how much.
    fn counts_people(&self, end: usize) -> bool {
        self.roles(end).has(Roles::PEOPLE)
    }

    /// "shelf 7", "Tisch 12", "Position 2:": a figure that numbers what stands before it and counts nothing behind it.
    fn is_label(&self, at: usize, end: usize) -> bool {
        const ITEMS: &str = "position|pos|posten|line|zeile|item";
        let dot = at.checked_sub(1).filter(|dot| self.token(*dot).is_some_and(|token| token.is(".") && token.glued));
        let Some(before) = dot.unwrap_or(at).checked_sub(1) else { return false };
        let whole = |token: &Token| token.is_number() && token.fold.chars().all(|c| c.is_ascii_digit());
        let figure = end == at + 1 && self.token(at).is_some_and(whole);
        let counts = self.token(end).is_some_and(|next| {
            let roles = self.roles(end);
            next.is("×")
                || !next.is_sign()
                    && (!roles.known() || roles.has(Roles::PACK.or(Roles::MEASURE).or(Roles::DESCRIPTION)))
        });
        let item = self.token(before).is_some_and(|token| is_one_of(&token.fold, ITEMS))
            && self.token(end).is_some_and(|token| matches!(token.fold.as_str(), ":" | ")" | "-" | "–"));
        figure && !counts && (self.roles(before).has(Roles::ROOM) || item)
    }

    /// "PO #4711", "ref. 2026-118", "Bestellnummer 4711": the number of a document and where it ends.
    fn reference(&self, at: usize) -> Option<usize> {
        const REFERENCES: &str = "\
            ref|reference|referenz|bestellnummer|bestellnr|auftragsnummer|auftragsnr|kundennummer|kundennr|\
            aktenzeichen|projekt|kostenstelle|vorgangsnummer|vertrag|vertragsnummer|lieferschein|contract|\
            centre|center|cc|ustid";
        const LONG: &str = "account|acct|konto|kontonummer|customer|tel|telefon|telephone|phone|mobile|mobil|fax|iban|\
            ticket|invoice|rechnung|rechnungsnummer|batch|charge|lot";
        let back = |steps: usize| at.checked_sub(steps).and_then(|before| self.token(before));
        let headed = back(1).is_some_and(|sign| sign.is(":") || sign.is("."))
            && back(2).is_some_and(|word| is_one_of(&word.fold, "no|nr|number|nummer"))
            && back(3).is_none_or(|token| token.is("\n"));
        let mut lead = at.checked_sub(1)?;
        let (mut marked, mut named) = (false, false);
        while self
            .token(lead)
            .is_some_and(|token| matches!(token.fold.as_str(), "#" | "." | ":" | "no" | "nr" | "number" | "nummer"))
        {
            marked |= self.token(lead).is_some_and(|token| token.is("#"));
            named |= self.token(lead).is_some_and(Token::is_word);
            let Some(before) = lead.checked_sub(1) else { break };
            lead = before;
        }
        let word = self.token(lead)?;
        let figure = self.token(at).is_some_and(Token::is_number);
        // "our PO 4711" numbers an order; "PO 20 Chai" is one.
        let long =
            self.token(at).is_some_and(|token| token.fold.len() >= 4) && self.token(at + 1).is_none_or(Token::is_sign);
        let numbered = headed && self.token(at).is_some_and(|token| token.fold.len() >= 4);
        let digits = self.token(at).is_some_and(|token| token.fold.len() >= 3);
        let refers = numbered
            || digits && is_one_of(&word.fold, LONG)
            || is_one_of(&word.fold, REFERENCES)
            || ((marked || named || long) && matches!(word.fold.as_str(), "po" | "order" | "bestellung" | "auftrag"));
        // "Tel 0171/555 12 34".
        let phone = is_one_of(&word.fold, "tel|telefon|telephone|phone|mobile|mobil|fax");
        let glued = |next: &usize| {
            self.token(*next).is_some_and(|token| {
                token.glued && (!token.is_sign() || matches!(token.fold.as_str(), "-" | "/"))
                    || phone && token.is_number()
            })
        };
        (refers && figure).then(|| (at + 1..).take_while(glued).last().map_or(at + 1, |last| last + 1))
    }

    /// "two items of Ma Maison", "three things:": counts what is listed elsewhere.
    fn counts_things(&self, amount: &Amount, end: usize) -> bool {
        const THINGS: &str = "items|things|sorts|kinds|sorten|dinge|sachen|punkte";
        let few = matches!(amount, Amount::Exact(count) if *count <= Decimal::TEN && *count > Decimal::ONE);
        let thing = self.token(end).is_some_and(|token| is_one_of(&token.fold, THINGS));
        let of = self.token(end + 1).is_some_and(|token| {
            matches!(token.fold.as_str(), "of" | "from" | "von" | "for" | "fur" | "bei" | "to" | "an")
        });
        let company = |at: usize| {
            let names = |kind: RecordKind| self.token(at).is_some_and(|token| self.pool.names(kind, &token.fold));
            names(RecordKind::Supplier) && !names(RecordKind::Product)
        };
        few && thing && (!of && self.token(end + 1).is_none_or(Token::is_sign) || of && company(end + 2))
    }

    /// "one order", "one supplier for everything", "two lines": not a quantity of goods.
    fn counts_the_order(&self, amount: &Amount, end: usize) -> bool {
        const PARTS: &str = "\
            lines|positions|products|articles|orders|deliveries|shipments|suppliers|options|instalments|parts|\
            zeilen|positionen|posten|produkte|artikel|bestellungen|lieferungen|teillieferungen|lieferanten|\
            raten";
        let few = matches!(amount, Amount::Exact(count) if *count <= Decimal::TEN);
        if few && self.token(end).is_some_and(|token| is_one_of(&token.fold, PARTS)) {
            return true;
        }
        let one = *amount == Amount::Exact(Decimal::ONE);
        let supplier = self.token(end).is_some_and(|token| {
            matches!(token.fold.as_str(), "supplier" | "vendor" | "lieferant" | "lieferanten" | "company" | "firma")
        });
        one && (supplier || self.roles(end).has(Roles::ORDER_NOUN))
    }

    /// "one" as in "the red one", "no one", "this one".
    fn is_pronoun(&self, at: usize) -> bool {
        let one = self.token(at).is_some_and(|token| token.is("one"));
        let before = at.checked_sub(1).and_then(|before| self.token(before)).map_or("", |token| token.fold.as_str());
        let after = |at: usize| self.token(at).map_or("", |token| token.fold.as_str());
        let again = matches!(after(at + 1), "more" | "last" | "final" | "quick")
            && matches!(after(at + 2), "time" | "thing" | "question" | "request");
        // "Please do one for 28 Chai": an order.
        let order = matches!(before, "do" | "make" | "place" | "create" | "up") && after(at + 1) == "for";
        one && (again
            || order
            || matches!(
                before,
                "the"
                    | "big"
                    | "small"
                    | "large"
                    | "good"
                    | "new"
                    | "old"
                    | "usual"
                    | "same"
                    | "this"
                    | "that"
                    | "first"
                    | "second"
                    | "no"
                    | "any"
                    | "quick"
                    | "which"
                    | "last"
                    | "other"
            ))
    }
}
