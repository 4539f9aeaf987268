//! Which words of a request name records, by what stands around them, and which only places and people.

use std::collections::HashSet;

use crate::lexicon::{self, Roles};
use crate::mentions::{Span, Wanted};
use crate::reading::{Grade, Part, Piece, Reader};
use crate::records::{Candidate, RecordKind};
use crate::tokens::Token;

impl Reader<'_> {
    /// The records named. Where no product is, a part of a company's name that is one of a product as well is that product:
    /// "von den Escargots 24 Stück".
    pub(crate) fn named(&self, taken: &[bool], pieces: &[Piece]) -> Vec<Piece> {
        let spans = self.spans(taken, pieces, false);
        let counted = pieces.iter().any(|piece| matches!(piece.part, Part::Amount { .. }));
        let products = |spans: &[Span]| spans.iter().any(|span| span.kind == RecordKind::Product);
        let partly = |span: &Span| span.kind == RecordKind::Supplier && !span.is_whole_name();
        let coded = pieces.iter().any(|piece| matches!(piece.part, Part::Name { .. }));
        let spans = if counted && !coded && !products(&spans) && spans.iter().any(partly) {
            let others = self.spans(taken, pieces, true);
            if products(&others) { others } else { spans }
        } else {
            spans
        };
        spans.iter().map(|span| self.name(span)).collect()
    }

    /// The company named here, by its whole name or by more than one word of it.
    pub(crate) fn company(&self) -> Option<Candidate> {
        let spans = self.spans(&vec![false; self.tokens.len()], &[], false);
        let named = spans.iter().find(|span| {
            span.kind == RecordKind::Supplier && (span.is_whole_name() || span.tokens.len() > 1 && span.is_sure())
        })?;
        match self.pool.meant(named).as_slice() {
            [one] => Some(one.clone()),
            _ => None,
        }
    }

    fn name(&self, span: &Span) -> Piece {
        let general = span.tokens.clone().all(|at| self.roles(at).has(Roles::DESCRIPTION.or(Roles::GENERAL)));
        let grade = match (span.is_whole_name(), span.is_sure(), span.is_near()) {
            (true, _, _) => Grade::Whole,
            (false, true, _) => Grade::Part,
            (false, false, true) => Grade::Misspelt,
            (false, false, false) => Grade::Guess,
        };
        let part = Part::Name { kind: span.kind, meant: self.pool.meant(span), general, grade };
        self.piece(part, span.tokens.clone())
    }

    pub(crate) fn spans(&self, taken: &[bool], pieces: &[Piece], products: bool) -> Vec<Span> {
        let free = |at: usize| !taken.get(at).copied().unwrap_or(true);
        let idioms = self.idioms();
        let telling = |at: usize| {
            let roles = self.roles(at);
            // "No, hang on" is no slip of "Chang".
            let named = |kind: RecordKind| self.token(at).is_some_and(|token| self.pool.names(kind, &token.fold));
            if idioms.contains(&at) && !named(RecordKind::Product) && !named(RecordKind::Supplier) {
                return false;
            }
            let word = self.token(at).is_some_and(Token::is_word);
            let led = at
                .checked_sub(1)
                .and_then(|before| self.token(before))
                .is_some_and(|before| matches!(before.fold.as_str(), "from" | "bei" | "von"));
            word && (!roles.known() || roles.has(Roles::DESCRIPTION.or(Roles::GENERAL)) || (led && self.is_capital(at)))
        };
        // Asked of every word for every record.
        let tellings: Vec<bool> = (0..self.tokens.len()).map(telling).collect();
        let telling = |at: usize| tellings.get(at).copied().unwrap_or(false);
        let wanted =
            |at: usize, supplier: bool| if products { Wanted::Product } else { self.wanted(at, supplier, pieces) };
        let mut spans = self.pool.spans(self.tokens, &free, &telling, &wanted);
        spans.retain(|span| span.is_full() || !self.names_place(span));
        let suppliers: Vec<Span> = spans.iter().filter(|span| span.kind == RecordKind::Supplier).cloned().collect();
        spans.retain(|span| !span.is_clipped() || suppliers.iter().any(|supplier| self.pool.sells(supplier, span)));
        spans
    }

    /// Tokens that belong to a phrase of the lexicon.
    fn idioms(&self) -> HashSet<usize> {
        let phrase = |at: usize| {
            let found = self.tokens.get(at..).and_then(lexicon::phrase);
            found.map(|(length, _)| at..at + length)
        };
        (0..self.tokens.len()).filter_map(phrase).flatten().collect()
    }

    /// "Our Perth branch", "the Tokyo office": a part of a name says where, not what.
    fn names_place(&self, span: &Span) -> bool {
        let ours = Roles::PLACE.or(Roles::PEOPLE);
        const WITHIN: &str = "im|ins|vom|am|zum|unser|unserem|unseren|unserm|eigenen";
        let before = span.tokens.start.checked_sub(1).and_then(|before| self.token(before));
        let next = self.token(span.tokens.end).filter(|next| next.is_word() && !next.glued);
        // "Vom Lager": the store, not the beer.
        let within = self.roles(span.tokens.start).has(Roles::PLACE)
            && before.is_some_and(|before| lexicon::is_one_of(&before.fold, WITHIN));
        let beside = next.is_some_and(|next| lexicon::roles(&next.fold).has(ours));
        // "20 for Perth", "in Boston".
        let preceded = |list: &str| before.is_some_and(|before| lexicon::is_one_of(&before.fold, list));
        let earlier = span.tokens.start.checked_sub(2).and_then(|at| self.token(at));
        let counts =
            earlier.is_some_and(|earlier| earlier.is_number() || matches!(earlier.fold.as_str(), "them" | "davon"));
        if span.tokens.len() == 1
            && self.is_capital(span.tokens.start)
            && (preceded("in") || counts && preceded("for|fur"))
        {
            return true;
        }
        span.tokens.len() == 1 && (within || beside && !before.is_some_and(Token::is_number))
    }

    /// "Frau Winkler", "Mr. Tanaka": somebody, and no company nobody knows.
    pub(crate) fn persons(&self, taken: &[bool]) -> Vec<Piece> {
        const TITLES: &str = "frau|fr|herr|herrn|hr|mr|mrs|ms|miss|mme|madame|mlle|monsieur|signor|signora|senor|senora|\
            dr|prof|kollege|kollegin|colleague";
        let mut pieces = Vec::new();
        for at in 0..self.tokens.len() {
            if !self.token(at).is_some_and(|token| lexicon::is_one_of(&token.fold, TITLES)) {
                continue;
            }
            let name = at + 1 + usize::from(self.token(at + 1).is_some_and(|dot| dot.is(".") && dot.glued));
            let is_name = |at: usize| {
                let free = !taken.get(at).copied().unwrap_or(true);
                free && self.token(at).is_some_and(|token| {
                    let named = self.pool.names(RecordKind::Product, &token.fold);
                    token.is_word() && !named && !lexicon::roles(&token.fold).known()
                })
            };
            if is_name(name) {
                let end = name + 1 + usize::from(is_name(name + 1) && self.is_capital(name + 1));
                pieces.push(self.piece(Part::Words(Roles::FILLER), at..end));
            }
        }
        pieces
    }

    /// "Exotic's": the goods of somebody follow.
    fn is_possessive(&self, at: usize) -> bool {
        let said = self.said(&(at..at + 1));
        ["'s", "’s", "s'", "s’"].iter().any(|ending| said.ends_with(ending))
            && self.token(at + 1).is_some_and(|next| next.is_word() && !self.roles(at + 1).has(Roles::VERB))
    }

    /// What kind of record may begin here, by the words before.
    fn wanted(&self, at: usize, supplier: bool, pieces: &[Piece]) -> Wanted {
        let counts = |at: usize| {
            pieces.iter().any(|piece| piece.tokens.contains(&at) && matches!(piece.part, Part::Amount { .. }))
        };
        let mut before = at;
        while let Some(previous) = before.checked_sub(1) {
            let Some(token) = self.token(previous) else { break };
            let word = token.fold.as_str();
            let roles = self.roles(previous);
            // "Can Grandma Kelly's ship …": no tin without a figure before it.
            let tin = word != "can" || previous.checked_sub(1).is_some_and(&counts);
            if counts(previous) || (tin && roles.has(Roles::PACK) && before == at) || word == "of" {
                // "30 of Exotic's Chai".
                return if supplier && self.is_possessive(at) { Wanted::Either } else { Wanted::Product };
            }
            match word {
                "from" | "via" | "through" | "bei" | "beim" | "supplier" | "lieferant" | "vendor" | "lieferanten" => {
                    return Wanted::Supplier;
                }
                "von" | "vom" | "uber" => {
                    let of = Roles::PACK.or(Roles::STOCK).or(Roles::PRICE).or(Roles::SUPPLIES);
                    let named = |at: usize| {
                        self.token(at).is_some_and(|token| self.pool.names(RecordKind::Product, &token.fold))
                    };
                    let counted =
                        previous.checked_sub(1).is_some_and(|at| counts(at) || (self.roles(at).has(of) && !named(at)));
                    return match (counted, supplier) {
                        (true, false) => Wanted::Product,
                        // "35 Packungen von G'day Mate": the product may have been said before.
                        (true, true) => Wanted::Either,
                        (false, true) => Wanted::Supplier,
                        (false, false) => Wanted::Either,
                    };
                }
                "with" | "at" | "by" | "to" | "an" | "durch" => {
                    return if supplier { Wanted::Supplier } else { Wanted::Either };
                }
                "the" | "our" | "their" | "der" | "dem" | "den" | "die" | "das" | "unserem" | "unserer" | "firma"
                | "friends" | "people" | "folks" | "guys" | "same" | "(" | "company" | "good" | "\"" | "“" | "”"
                | "„" | "«" | "'" => {}
                _ if roles.has(Roles::DESCRIPTION) && before != at => {}
                _ => break,
            }
            before = previous;
        }
        if self.expects == Some(RecordKind::Supplier) || (supplier && self.heads_list(at)) {
            Wanted::Supplier
        } else {
            Wanted::Either
        }
    }

    /// Whether a list follows the words from here: "Pavlova: 10 Outback Lager".
    fn heads_list(&self, at: usize) -> bool {
        let starts = at
            .checked_sub(1)
            .and_then(|before| self.token(before))
            .is_none_or(|token| token.is_sign() && !token.is(","));
        let Some(colon) = (at..at + 7).find(|next| self.token(*next).is_some_and(|token| token.is(":"))) else {
            return false;
        };
        let rest = self.tokens.get(colon + 1..).unwrap_or_default();
        let clause: Vec<&Token> = rest.iter().take_while(|token| !token.is_sign() || token.is_dash()).collect();
        let names = clause.iter().any(|token| token.is_word() && !lexicon::roles(&token.fold).known());
        starts && (names || clause.is_empty())
    }

    /// "8 Vegie-spread. Pavlova, please": a name without a quantity that is a company's as well, whose goods are all the
    /// others, is the company.
    pub(crate) fn companies(&self, pieces: &mut [Piece]) {
        let products: Vec<usize> = (0..pieces.len()).filter(|at| pieces.get(*at).is_some_and(is_product)).collect();
        let amounts = pieces.iter().filter(|piece| matches!(piece.part, Part::Amount { .. })).count();
        let supplier = |piece: &Piece| matches!(piece.part, Part::Name { kind: RecordKind::Supplier, .. });
        if products.len() < 2 || amounts + 1 != products.len() || pieces.iter().any(supplier) {
            return;
        }
        let border = |piece: Option<&Piece>| piece.is_none_or(|piece| matches!(piece.part, Part::Break(_)));
        // "…; pavlova, 16 boxes": a name whose quantity follows is a product.
        let counts = |at: Option<usize>| {
            at.and_then(|at| pieces.get(at)).is_some_and(|piece| matches!(piece.part, Part::Amount { .. }))
        };
        let waits = |at: usize| {
            let mut rest = pieces.get(at + 1..).unwrap_or_default().iter().skip_while(|piece| piece.has(Roles::PACK));
            counts(Some(at)) && !rest.next().is_some_and(is_product)
        };
        let lone = |at: &&usize| {
            let before = at.checked_sub(1).and_then(|before| pieces.get(before));
            // "Zaanse again."
            let talk = pieces.get(**at + 1).is_some_and(|next| {
                lexicon::is_one_of(&next.said.to_lowercase(), "again|please|bitte|wieder|nochmal|then|here|first|pls")
            });
            let after = **at + 1 + usize::from(talk);
            border(before) && border(pieces.get(after)) && !waits(after + 1) && !counts(at.checked_sub(2))
        };
        let Some(at) = products.iter().find(lone).copied() else { return };
        let Some(place) = pieces.get(at).map(|piece| piece.tokens.clone()) else { return };
        let usable = |token: usize| place.contains(&token);
        let spans = self.pool.spans(self.tokens, &usable, &usable, &|_, _| Wanted::Supplier);
        let meant =
            spans.first().filter(|span| span.tokens == place).map(|span| self.pool.meant(span)).unwrap_or_default();
        let [company] = meant.as_slice() else { return };
        let sold = |piece: &Piece| match &piece.part {
            Part::Name { meant, .. } => {
                meant.iter().any(|one| one.supplier.as_ref().is_some_and(|(id, _)| *id == company.id))
            }
            _ => false,
        };
        let all = products.iter().filter(|other| **other != at).all(|other| pieces.get(*other).is_some_and(sold));
        if let (true, Some(piece)) = (all, pieces.get_mut(at)) {
            piece.part = Part::Name {
                kind: RecordKind::Supplier,
                meant: vec![company.clone()],
                general: false,
                grade: Grade::Part,
            };
        }
    }
}

fn is_product(piece: &Piece) -> bool {
    matches!(piece.part, Part::Name { kind: RecordKind::Product, .. })
}
