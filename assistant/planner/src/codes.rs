//! Codes in a request: "PRD-0012", "product 12", "#12", and what looks like a code of nothing.

use std::ops::Range;

use crate::calendar::month;
use crate::lexicon::{self, Roles};
use crate::reading::{Grade, Part, Piece, Reader};
use crate::records::RecordKind;
use crate::tokens::{NUMBER_PREFIXES, Token, TokenKind};

impl Reader<'_> {
    /// Codes of records: "PRD-0012", "product 12", "#12"; and words that look like a code of none.
    pub(crate) fn codes(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            match self.code(at) {
                Some(piece) => {
                    at = piece.tokens.end;
                    pieces.push(piece);
                    for piece in self.more_codes(at) {
                        at = piece.tokens.end;
                        pieces.push(piece);
                    }
                }
                None => at += 1,
            }
        }
        pieces
    }

    fn code(&self, at: usize) -> Option<Piece> {
        let led = self.token(at)?;
        // "20 Chai, no 25": takes back.
        let comma = at.checked_sub(1).and_then(|before| self.token(before)).is_some_and(|before| before.is(","));
        if led.is("no") && comma && self.token(at + 1).is_some_and(Token::is_number) && at > 1 {
            return None;
        }
        let lead = (led.is("#") || self.roles(at).has(Roles::CODE_LEAD)).then(|| {
            let mut next = at + 1;
            while self.token(next).is_some_and(|token| {
                matches!(
                    token.fold.as_str(),
                    "." | "#" | ":" | "no" | "nr" | "number" | "nummer" | "code" | "with" | "mit" | "id"
                )
            }) && next < at + 4
            {
                next += 1;
            }
            next
        });
        if let Some(start) = lead
            && let Some(end) = self.glued_end(start, true)
            && let Some(piece) = self.coded(start..end, at..end)
        {
            return Some(piece);
        }
        if let Some(start) = lead
            && let Some(piece) = self.no_such_code(at, start)
        {
            return Some(piece);
        }
        let end = self.glued_end(at, false)?;
        let piece = self.coded(at..end, at..end);
        if piece.is_some() {
            return piece;
        }
        // "PRD-9999" or "X12" of no record: not a quantity of 9999.
        let digits = self.tokens.get(at..end)?.iter().any(|token| token.fold.chars().any(|c| c.is_ascii_digit()));
        let letters = led.is_word() && !led.is_number() && lexicon::roles(&led.fold) == Roles::default();
        let prefix = NUMBER_PREFIXES.contains(&led.fold.as_str())
            || month(&led.fold).is_some()
            || matches!(led.fold.as_str(), "q1" | "q2" | "q3" | "q4")
            || self.pool.names(RecordKind::Product, &led.fold);
        // "Quotation Q-2026-118".
        const PAPERS: &str = "quotation|quote|offer|angebot|ref|reference|po|order|bestellung|contract|vertrag|invoice|rechnung|\
            number|nummer|nr|no|angebotsnummer|auftrag|projekt|project|ticket";
        let paper = at
            .checked_sub(1)
            .and_then(|before| self.token(before))
            .is_some_and(|before| lexicon::is_one_of(&before.fold, PAPERS));
        let part = if paper { Part::Words(Roles::FILLER) } else { Part::Stray };
        (digits && letters && !prefix && led.fold.len() <= 5).then(|| self.piece(part, at..end))
    }

    /// "Artikel 33, 69 und 71": the codes that follow in one list, which "and" must close.
    fn more_codes(&self, from: usize) -> Vec<Piece> {
        let lead =
            |at: usize| self.token(at).is_some_and(|token| matches!(token.fold.as_str(), "," | "and" | "und" | "&"));
        let mut found = Vec::new();
        let mut at = from;
        let mut closed = false;
        while !closed && lead(at) {
            let figure =
                self.token(at + 1).filter(|token| token.is_number() && token.fold.chars().all(|c| c.is_ascii_digit()));
            let next = self.token(at + 2);
            let counts = next.is_some_and(|next| {
                let roles = lexicon::roles(&next.fold);
                let of = matches!(next.fold.as_str(), "of" | "von" | "x" | "#" | "×");
                of || next.is_word()
                    && (!roles.known() || roles.has(Roles::PACK.or(Roles::MEASURE).or(Roles::DESCRIPTION)))
            });
            let Some(piece) = figure.filter(|_| !counts).and_then(|_| self.coded(at + 1..at + 2, at + 1..at + 2))
            else {
                break;
            };
            closed = !self.token(at).is_some_and(|token| token.is(","));
            at = piece.tokens.end;
            found.push(piece);
        }
        if closed { found } else { Vec::new() }
    }

    /// "product 999", "#888": a figure that is the code of nothing, where no name follows that it could count.
    fn no_such_code(&self, at: usize, start: usize) -> Option<Piece> {
        const FIRM: &[&str] = &[
            "#",
            "product",
            "article",
            "item",
            "sku",
            "artikel",
            "produkt",
            "artikelnummer",
            "artikelnr",
            "produktnummer",
            "artnr",
            "productid",
            "itemid",
            "articleid",
            "itemcode",
            "productcode",
            "itemno",
            "code",
        ];
        let lead = self.token(at).filter(|token| FIRM.contains(&token.fold.as_str()))?;
        let figure =
            self.token(start).filter(|token| token.is_number() && token.fold.chars().all(|c| c.is_ascii_digit()))?;
        let between = self.tokens.get(at + 1..start).unwrap_or_default();
        let order = at
            .checked_sub(1)
            .and_then(|before| self.token(before))
            .is_some_and(|before| self.token(at).is_some_and(|at| at.glued) && before.is_word());
        // "Order #4711".
        const PAPERS: &[&str] =
            &["order", "po", "bestellung", "auftrag", "rechnung", "invoice", "ticket", "quote", "angebot"];
        let paper = at
            .checked_sub(1)
            .and_then(|before| self.token(before))
            .is_some_and(|before| PAPERS.contains(&before.fold.as_str()));
        let glued = (!lead.is("#") || figure.glued && !paper) && !order;
        let counts = self.token(start + 1).is_some_and(|next| {
            let roles = lexicon::roles(&next.fold);
            !next.is_sign() && (!roles.known() || roles.has(Roles::PACK.or(Roles::MEASURE).or(Roles::DESCRIPTION)))
        });
        let marked = between.iter().any(|token| token.is(":") || token.is("="));
        (glued && !counts && !marked).then(|| self.piece(Part::NoSuchCode, at..start + 1))
    }

    fn coded(&self, code: Range<usize>, whole: Range<usize>) -> Option<Piece> {
        let said = self.said(&code);
        for kind in [RecordKind::Product, RecordKind::Supplier] {
            let meant = self.pool.by_code(kind, &said);
            // An ordinary word that happens to be a code stays a word.
            let plain = code.len() == 1 && self.roles(code.start).known();
            if !meant.is_empty() && !plain {
                return Some(self.piece(Part::Name { kind, meant, general: false, grade: Grade::Whole }, whole));
            }
        }
        None
    }

    /// The end of the longest run of tokens without spaces that may be a code; figures alone only when `figures`.
    fn glued_end(&self, start: usize, figures: bool) -> Option<usize> {
        let first = self.token(start).filter(|token| token.kind != TokenKind::Sign)?;
        if first.is_number() && !figures {
            return None;
        }
        let mut end = start + 1;
        let mut next = end;
        while let Some(token) = self.token(next).filter(|token| token.glued && next < start + 6) {
            match token.kind {
                TokenKind::Sign if matches!(token.fold.as_str(), "-" | "." | "/" | "_") => {}
                TokenKind::Sign => break,
                _ => end = next + 1,
            }
            next += 1;
        }
        Some(end)
    }
}
