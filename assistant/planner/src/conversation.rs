//! One turn of a conversation: from a text to a plan.

use crate::calendar::ordinal;
use crate::correction::{Stretch, stretches};
use crate::draft::{Draft, Mode};
use crate::language;
use crate::letters::{self, Letter};
use crate::lexicon::{self, Roles};
use crate::lines::{Named, Wishes, wishes};
use crate::lookup::gather;
use crate::numbers::Amount;
use crate::plan::{About, Context, Pending, Plan, Query, Question, Reason, Refusal, Topic};
use crate::prices::Basis;
use crate::questions::{self, Asked, Form};
use crate::reading::{Part, Piece, Reader};
use crate::records::{Candidate, RecordKind, Records};
use crate::scope;
use crate::tables;
use crate::tokens::{Token, tokenise};
use crate::verdict::verdict;
use crate::wording::Wording;

/// Longer texts are refused.
pub const TEXT_LIMIT: usize = 4_000;

/// Understands one message.
///
/// Reads nothing but `records` and writes nothing. Text of records is compared and repeated, never obeyed.
///
/// # Errors
/// Only those of `records`.
pub async fn plan<R: Records>(text: &str, context: &Context<'_>, records: &R) -> Result<Plan, R::Error> {
    let preferred = context.pending.map_or(context.language, |pending| pending.language);
    if text.trim().is_empty() {
        return Ok(refuse(Reason::Empty, context.wording(preferred).empty(), context.pending));
    }
    if text.chars().count() > TEXT_LIMIT {
        return Ok(refuse(Reason::TooLong, context.wording(preferred).too_long(), context.pending));
    }
    let text = &*tables::spelled_out(text);
    let mut tokens = tokenise(text);
    let language = language::detect(&tokens, preferred);
    let note = take_note(text, &mut tokens);
    let Letter { body: tokens, salutation } = letters::letter(text, tokens);
    let pool = gather(text, &[salutation.as_slice(), tokens.as_slice()].concat(), context.pending, records).await?;
    let expects = match context.pending.and_then(|pending| pending.asked) {
        Some(About::Supplier | About::Query(Topic::OpenOrders | Topic::ProductsOf)) => Some(RecordKind::Supplier),
        Some(About::Product { .. }) => Some(RecordKind::Product),
        _ => None,
    };
    let reader = Reader { text, tokens: &tokens, pool: &pool, language, today: context.today, expects };
    let pieces = reader.read();
    let turn = Turn { text, tokens: &tokens, pieces: &pieces, context, wording: context.wording(language) };
    if let Some(plan) = turn.aside() {
        return Ok(plan);
    }
    let start = Pending { language, ..Pending::default() };
    let mut draft = Draft::new(start, context.today, context.locale, &pool);
    if let Some(plan) = turn.fill(&mut draft) {
        return Ok(plan);
    }
    if draft.pending.supplier.is_none() && draft.suppliers.is_empty() {
        draft.pending.supplier =
            Reader { tokens: &salutation, expects: Some(RecordKind::Supplier), ..reader }.company();
    }
    draft.pending.note = note.or(draft.pending.note.take());
    verdict(draft, records).await
}

fn refuse(reason: Reason, text: impl Into<String>, pending: Option<&Pending>) -> Plan {
    Plan::Decline(Refusal { reason, text: text.into(), suggestions: Vec::new(), pending: pending.cloned() })
}

/// Cuts "note: …" off the tokens, up to the end of its line.
fn take_note(text: &str, tokens: &mut Vec<Token>) -> Option<String> {
    let leads =
        |pair: &[Token]| matches!(pair, [word, colon] if lexicon::roles(&word.fold).has(Roles::NOTE) && colon.is(":"));
    // "Voice memo: …" is the message itself.
    let spoken = |at: usize| {
        at.checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|before| before.is("voice") || before.is("audio"))
    };
    let at = tokens.windows(2).position(leads).filter(|at| !spoken(*at))?;
    let from = tokens.get(at + 1)?.span.end;
    let after = tokens.get(at + 2..)?;
    let count = after.iter().take_while(|token| !token.is("\n")).count();
    let to = after.get(count).map_or(text.len(), |token| token.span.start);
    tokens.drain(at..at + 2 + count);
    let note = text.get(from..to)?.trim();
    (!note.is_empty()).then(|| note.to_owned())
}

/// What one message is made of.
struct Turn<'t> {
    text: &'t str,
    tokens: &'t [Token],
    pieces: &'t [Piece],
    context: &'t Context<'t>,
    wording: Wording,
}

impl Turn<'_> {
    fn pending(&self) -> Option<&Pending> {
        self.context.pending
    }

    fn names(&self) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece.part, Part::Name { .. } | Part::Amount { amount: Amount::Exact(_), .. }))
    }

    /// Everything but an order: giving up, things outside, questions.
    fn aside(&self) -> Option<Plan> {
        let drops = self.pieces.iter().any(|piece| piece.has(Roles::DROP));
        if drops && !self.names() && self.pending().is_some() {
            return Some(Plan::Decline(Refusal {
                reason: Reason::Dropped,
                text: self.wording.dropped().to_owned(),
                suggestions: Vec::new(),
                pending: None,
            }));
        }
        if scope::is_outside(self.pieces, self.pending().is_some_and(|pending| !pending.lines.is_empty())) {
            return Some(refuse(Reason::OutsideTools, self.wording.outside(), self.pending()));
        }
        if let Some(pending) = self.pending()
            && let Some(About::Query(topic)) = pending.asked
            && let Some(plan) = self.answered_query(pending, topic)
        {
            return Some(plan);
        }
        match questions::form(self.pieces, self.text) {
            Form::Known(asked) => Some(self.query(asked)),
            Form::Unknown { topic, said } => Some(self.unknown(topic, &said)),
            Form::Other if (self.pending().is_none() || !self.names()) && !self.hesitates() => {
                Some(refuse(Reason::OutsideTools, self.wording.outside(), self.pending()))
            }
            Form::Other | Form::Statement => None,
        }
    }

    /// "10 or 15 Chai, what do you think?"
    fn hesitates(&self) -> bool {
        self.pieces.iter().any(|piece| piece.has(Roles::DOUBT)) && questions::counts(self.pieces)
    }

    fn answered_query(&self, pending: &Pending, topic: Topic) -> Option<Plan> {
        if self.pieces.iter().any(|piece| piece.has(Roles::ORDER) || matches!(piece.part, Part::Amount { .. })) {
            return self.chosen(pending).map(|one| self.query(Asked { topic, about: vec![one], said: String::new() }));
        }
        if let Some(one) = self.chosen(pending) {
            return Some(self.query(Asked { topic, about: vec![one], said: String::new() }));
        }
        let kind = kind_of(topic);
        let named = self.pieces.iter().find_map(|piece| match &piece.part {
            Part::Name { kind: found, meant, .. } if *found == kind => Some((meant, &piece.said)),
            _ => None,
        });
        let (meant, said) = named?;
        let offered: Vec<Candidate> =
            meant.iter().filter(|one| pending.options.iter().any(|option| option.id == one.id)).cloned().collect();
        let about = if offered.is_empty() { meant.clone() } else { offered };
        Some(self.query(Asked { topic, about, said: said.clone() }))
    }

    fn query(&self, asked: Asked) -> Plan {
        let Asked { topic, about, said } = asked;
        let one = if let [one] = about.as_slice() { Some(one.clone()) } else { None };
        let query = match (topic, one) {
            (Topic::Overdue, _) => Some(Query::Overdue),
            (Topic::LowStock, _) => Some(Query::LowStock),
            (Topic::OpenOrders, supplier) if about.len() < 2 => Some(Query::OpenOrders { supplier }),
            (Topic::Stock, Some(product)) => Some(Query::Stock { product }),
            (Topic::Price, Some(product)) => Some(Query::Price { product }),
            (Topic::SupplierOf, Some(product)) => Some(Query::SupplierOf { product }),
            (Topic::ProductsOf, Some(supplier)) => Some(Query::ProductsOf { supplier }),
            _ => None,
        };
        if let Some(query) = query {
            return Plan::Query(query);
        }
        let text = match kind_of(topic) {
            RecordKind::Product => self.wording.which_product(&said, &about),
            RecordKind::Supplier => self.wording.which_supplier(&about),
        };
        let pending = Pending {
            language: self.wording.language,
            asked: Some(About::Query(topic)),
            options: about.clone(),
            ..Pending::default()
        };
        Plan::Ask(Question { about: About::Query(topic), text, options: about, pending })
    }

    fn unknown(&self, topic: Topic, said: &str) -> Plan {
        let product = kind_of(topic) == RecordKind::Product;
        let reason = if product { Reason::UnknownProduct } else { Reason::UnknownSupplier };
        refuse(reason, self.wording.unknown(product, said, None), self.pending())
    }

    /// The option an answer such as "the second", "2" or "yes" picks.
    fn chosen(&self, pending: &Pending) -> Option<Candidate> {
        let telling: Vec<&Token> = self
            .tokens
            .iter()
            .filter(|token| {
                !token.is_sign()
                    && !matches!(
                        token.fold.as_str(),
                        "the"
                            | "one"
                            | "please"
                            | "bitte"
                            | "die"
                            | "der"
                            | "das"
                            | "den"
                            | "option"
                            | "number"
                            | "nummer"
                            | "take"
                            | "nehme"
                            | "ich"
                    )
            })
            .collect();
        if let ([only], true) = (pending.options.as_slice(), self.pieces.iter().any(|piece| piece.has(Roles::YES))) {
            return Some(only.clone());
        }
        let [token] = telling.as_slice() else { return None };
        if matches!(token.fold.as_str(), "last" | "latter" | "letzte" | "letzten" | "letzteres") {
            return pending.options.last().cloned();
        }
        let place = match token.fold.as_str() {
            "former" | "ersteres" | "erstere" => 1,
            fold => ordinal(fold).and_then(|place| usize::try_from(place).ok()).or_else(|| fold.parse().ok())?,
        };
        pending.options.get(place.checked_sub(1)?).cloned()
    }

    /// Fills the draft from the message; a plan when there is nothing in it.
    fn fill(&self, draft: &mut Draft<'_>) -> Option<Plan> {
        let stretches = stretches(self.pieces);
        let mut parts: Vec<(Wishes, bool)> =
            stretches.iter().map(|Stretch { pieces, corrects }| (wishes(pieces), *corrects)).collect();
        let follows = self.pending().filter(|pending| self.continues(pending, &parts));
        if let Some(pending) = follows {
            draft.pending = Pending { language: self.wording.language, ..pending.clone() };
            if self.answer(pending, draft) {
                return None;
            }
        }
        if parts.iter().all(|(part, _)| part.is_empty()) {
            return self.nothing(draft);
        }
        if follows.is_none() && self.says_nothing(&parts) {
            return Some(refuse(Reason::NotUnderstood, self.wording.not_understood(), self.pending()));
        }
        let changes = self.pieces.iter().any(|piece| piece.has(Roles::CHANGE.or(Roles::INSTEAD)));
        let mut said = follows.is_some();
        for (part, corrects) in parts.drain(..) {
            let mode = match (said, corrects || (follows.is_some() && changes)) {
                (true, true) => Mode::Correct,
                (true, false) if follows.is_some() => Mode::Follow,
                _ => Mode::Fresh,
            };
            said |= !part.is_empty();
            draft.apply(part, mode);
        }
        // "Or make it 12? Not sure."
        let last = stretches.last().is_some_and(|last| last.pieces.iter().any(|piece| piece.has(Roles::DOUBT)));
        draft.unclear |= last && stretches.len() > 1;
        None
    }

    /// Whether the message goes on with what is pending instead of beginning anew.
    fn continues(&self, pending: &Pending, parts: &[(Wishes, bool)]) -> bool {
        if pending.lines.is_empty() {
            return false;
        }
        let orders =
            self.pieces.iter().any(|piece| piece.has(Roles::ORDER) && !piece.has(Roles::CORRECT.or(Roles::ALSO)));
        let Some((first, corrects)) = parts.iter().find(|(part, _)| !part.is_empty()) else {
            return true;
        };
        let new = first.lines.iter().any(|wish| {
            let there = match &wish.product {
                Some(Named::Records { meant, .. }) => meant.iter().any(|one| known(pending, one)),
                Some(_) => false,
                None => true,
            };
            !there && wish.amount.is_some() && !wish.also && !wish.more
        });
        !(orders && new && !corrects)
    }

    /// Takes a bare answer to the last question: a choice, or what a price is for.
    fn answer(&self, pending: &Pending, draft: &mut Draft<'_>) -> bool {
        match pending.asked {
            Some(About::Product { line }) => {
                let every =
                    self.pieces.iter().any(|piece| piece.has(Roles::ALL)) && !self.names() && pending.options.len() > 1;
                if every {
                    return draft.take_all(line, &pending.options);
                }
                self.chosen(pending).is_some_and(|one| draft.take(line, one))
            }
            Some(About::Supplier) => {
                draft.pending.supplier = self.chosen(pending).or(draft.pending.supplier.take());
                draft.pending.supplier.is_some() && self.chosen(pending).is_some()
            }
            Some(About::UnitPrice { line }) => {
                let unit = self
                    .pieces
                    .iter()
                    .any(|piece| piece.has(Roles::EACH.or(Roles::PACK)) || piece.said.eq_ignore_ascii_case("one"));
                let total = self.tokens.iter().any(|token| {
                    matches!(
                        token.fold.as_str(),
                        "total"
                            | "whole"
                            | "all"
                            | "line"
                            | "altogether"
                            | "insgesamt"
                            | "ganze"
                            | "gesamt"
                            | "position"
                            | "alle"
                            | "zusammen"
                    )
                });
                let basis = match (unit, total) {
                    (_, true) => Basis::Total,
                    (true, false) => Basis::Unit,
                    (false, false) => return false,
                };
                draft.basis(line, basis)
            }
            _ => false,
        }
    }

    /// Nothing was wished for: an order without content is asked about, the rest is not understood.
    fn nothing(&self, draft: &Draft<'_>) -> Option<Plan> {
        let strays = self.pieces.iter().any(|piece| matches!(piece.part, Part::Stray));
        let orders = self.pieces.iter().any(|piece| piece.has(Roles::ORDER.or(Roles::ORDER_NOUN)));
        let strong = self.tokens.iter().any(|token| is_order_word(&token.fold));
        if strong || (orders && !strays) {
            return None;
        }
        if !draft.pending.lines.is_empty()
            && self.pieces.iter().any(|piece| piece.has(Roles::YES))
            && draft.pending.asked.is_none()
        {
            return None;
        }
        Some(refuse(Reason::NotUnderstood, self.wording.not_understood(), self.pending()))
    }

    /// "Sorry, make that 30" with nothing before it: an order, of something to be asked for.
    fn corrects_nothing(&self) -> bool {
        let has = |wanted: fn(&Piece) -> bool| self.pieces.iter().any(wanted);
        has(|piece| piece.has(Roles::CORRECT)) && has(|piece| matches!(piece.part, Part::Amount { .. } | Part::Date(_)))
    }

    /// A bare number, day or company without a word of ordering.
    fn says_nothing(&self, parts: &[(Wishes, bool)]) -> bool {
        let product = parts.iter().any(|(part, _)| part.lines.iter().any(|wish| wish.product.is_some()));
        let orders = self.pieces.iter().any(|piece| piece.has(Roles::ORDER.or(Roles::ORDER_NOUN).or(Roles::PACK)))
            || self.corrects_nothing()
            || self.pieces.windows(2).any(|pair| matches!(pair, [amount, thing] if matches!(amount.part, Part::Amount { .. }) && thing.has(Roles::DESCRIPTION)));
        let unknown = parts
            .iter()
            .all(|(part, _)| part.lines.iter().all(|wish| matches!(wish.product, Some(Named::Unknown { .. }) | None)));
        let counted =
            parts.iter().any(|(part, _)| part.lines.iter().any(|wish| matches!(wish.amount, Some(Amount::Exact(_)))));
        !orders && (!product || (unknown && !counted))
    }
}

fn known(pending: &Pending, candidate: &Candidate) -> bool {
    let of_lines = pending.lines.iter().flat_map(|line| line.product.iter().chain(&line.options));
    of_lines.chain(&pending.options).any(|one| one.id == candidate.id)
}

fn kind_of(topic: Topic) -> RecordKind {
    match topic {
        Topic::OpenOrders | Topic::ProductsOf => RecordKind::Supplier,
        _ => RecordKind::Product,
    }
}

/// Words that speak of an order and nothing else.
fn is_order_word(word: &str) -> bool {
    matches!(word, "order" | "reorder" | "buy" | "purchase" | "restock" | "replenish" | "requisition" | "ordering")
        || ["bestell", "nachbestell", "kaufe", "ordere", "beschaff"].iter().any(|stem| word.starts_with(stem))
}
