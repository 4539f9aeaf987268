//! Simple questions about the records: stock, prices, suppliers, open and overdue orders.

use rust_decimal::Decimal;

use crate::clauses;
use crate::lexicon::{self, Roles};
use crate::numbers::Amount;
use crate::plan::Topic;
use crate::reading::{Part, Piece};
use crate::records::{Candidate, RecordKind};
use crate::scope::counts_products;
use crate::tokens::fold;

/// A question that was recognised, with the records it may be about.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Asked {
    pub topic: Topic,
    /// Empty for questions about everything.
    pub about: Vec<Candidate>,
    /// What it was called.
    pub said: String,
}

/// What a text looks like.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Form {
    /// A question of a known kind.
    Known(Asked),
    /// A question of a known kind about something that is not there.
    Unknown { topic: Topic, said: String },
    /// A question of no known kind.
    Other,
    /// No question.
    Statement,
}

/// Whether a quantity or a choice of quantities is said.
pub(crate) fn counts(pieces: &[Piece]) -> bool {
    pieces.iter().any(clauses::counts)
}

/// What the pieces say, at a glance.
struct Glance<'p> {
    pieces: &'p [Piece],
    product: Option<&'p Piece>,
    supplier: Option<&'p Piece>,
    /// Begins with a word that wants an answer.
    wants_answer: bool,
    /// Begins with "do we", "is", or ends with a question mark.
    asks: bool,
    /// Asks for an order and says how many.
    orders: bool,
}

impl<'p> Glance<'p> {
    fn of(pieces: &'p [Piece], text: &str) -> Self {
        let named = |wanted: RecordKind| {
            pieces.iter().find(|piece| matches!(&piece.part, Part::Name { kind, .. } if *kind == wanted))
        };
        let head = |roles: Roles| heads(pieces).any(|piece| piece.has(roles));
        let counts = pieces.iter().any(clauses::counts);
        let known = |language: Roles| pieces.iter().filter(|piece| piece.has(language)).count();
        // "was" asks in German only.
        let english = known(Roles::ENGLISH) > known(Roles::GERMAN);
        let verb = pieces.iter().any(|piece| piece.has(Roles::ORDER));
        Self {
            pieces,
            product: named(RecordKind::Product),
            supplier: named(RecordKind::Supplier),
            wants_answer: heads(pieces)
                .filter(|piece| !labels(pieces, piece) && !relates(pieces, piece))
                .filter(|_| text.contains('?') || !counts_products(pieces) || counts_one(pieces))
                .any(|piece| asks_word(piece) && !(piece.said.eq_ignore_ascii_case("was") && english)),
            asks: head(Roles::SOFT_QUESTION) && !states_supplier(pieces) || text.trim_end().ends_with('?'),
            orders: verb && counts,
        }
    }

    fn has(&self, roles: Roles) -> bool {
        self.pieces.iter().any(|piece| piece.has(roles))
    }

    /// The words that stand where a record's name would.
    fn stray(&self) -> Option<String> {
        self.pieces
            .iter()
            .find(|piece| matches!(piece.part, Part::Stray | Part::NoSuchCode))
            .map(|piece| piece.said.clone())
    }
}

/// Whether a word or phrase begins with one that wants an answer: "who", "where do we".
fn asks_word(piece: &Piece) -> bool {
    let first = || fold(piece.said.split(' ').next().unwrap_or_default());
    let asks = Roles::SUPPLIES.or(Roles::STOCK).or(Roles::PRICE).or(Roles::RANGE).or(Roles::OPEN);
    piece.has(Roles::INTERROGATIVE) || piece.has(asks) && lexicon::roles(&first()).has(Roles::INTERROGATIVE)
}

/// The first telling word of each sentence.
fn heads(pieces: &[Piece]) -> impl Iterator<Item = &Piece> {
    let opens = |index: usize| {
        let before = pieces.get(..index).unwrap_or_default();
        let clause = before.iter().rev().take_while(|piece| !matches!(piece.part, Part::Break('.' | '\n')));
        clause.into_iter().all(|piece| match piece.part {
            Part::Words(roles) => {
                roles.has(Roles::FILLER.or(Roles::CORRECT)) && !roles.has(Roles::INTERROGATIVE.or(Roles::ORDER))
                    || greeting(piece)
            }
            Part::Break(_) => true,
            _ => false,
        })
    };
    pieces.iter().enumerate().filter(move |(index, _)| opens(*index)).map(|(_, piece)| piece)
}

/// "Supplier is Karkki Oy" beside a quantity tells and does not ask.
fn states_supplier(pieces: &[Piece]) -> bool {
    let states = |pair: &[Piece]| matches!(pair, [noun, verb] if noun.has(Roles::SUPPLIES) && noun.has(Roles::SUPPLIER_LEAD) && verb.has(Roles::SOFT_QUESTION));
    pieces.windows(2).any(states)
        && pieces.iter().any(|piece| matches!(piece.part, Part::Amount { amount: Amount::Exact(_), .. }))
}

/// "When: Monday", "how many: 20": the label of a field, no question.
fn labels(pieces: &[Piece], piece: &Piece) -> bool {
    let after = pieces.iter().skip_while(|next| next.tokens.start < piece.tokens.end);
    // "When? Monday."
    let alone = |next: &Piece| matches!(next.part, Part::Break(_)) && counts_products(pieces);
    after.into_iter().next().is_some_and(|next| matches!(next.part, Part::Colon) || alone(next))
}

/// "What we pay for one Chai": one is only what the price is of.
fn counts_one(pieces: &[Piece]) -> bool {
    let one = |piece: &Piece| !piece.said.starts_with(|c: char| c.is_ascii_digit());
    pieces.iter().filter(|piece| matches!(piece.part, Part::Amount { .. })).all(|piece| {
        one(piece) && matches!(piece.part, Part::Amount { amount: Amount::Exact(count), .. } if count == Decimal::ONE)
    }) && pieces.iter().any(|piece| piece.has(Roles::PRICE))
}

/// "what we need", "was wir brauchen": tells and does not ask.
fn relates(pieces: &[Piece], piece: &Piece) -> bool {
    let after = pieces.iter().skip_while(|next| next.tokens.start < piece.tokens.end);
    if after.clone().nth(1).is_some_and(|verb| verb.has(Roles::PRICE)) {
        return false;
    }
    after.into_iter().next().is_some_and(|next| {
        matches!(
            next.said.to_lowercase().as_str(),
            "we" | "i" | "wir" | "ich" | "besprochen" | "vereinbart" | "immer" | "gehabt"
        )
    })
}

fn greeting(piece: &Piece) -> bool {
    matches!(
        piece.said.to_lowercase().as_str(),
        "can"
            | "could"
            | "you"
            | "please"
            | "me"
            | "mir"
            | "bitte"
            | "tell"
            | "kannst"
            | "du"
            | "sag"
            | "i"
            | "need"
            | "to"
            | "know"
    )
}

/// Recognises a question.
pub(crate) fn form(pieces: &[Piece], text: &str) -> Form {
    let glance = Glance::of(pieces, text);
    if glance.orders && !glance.wants_answer {
        return Form::Statement;
    }
    match topic(&glance) {
        Some(topic) => about(&glance, topic),
        None if glance.wants_answer => Form::Other,
        None => Form::Statement,
    }
}

fn topic(glance: &Glance<'_>) -> Option<Topic> {
    let question = glance.wants_answer || glance.asks;
    let orders = glance.has(Roles::ORDER_NOUN);
    let (product, supplier) = (glance.product.is_some(), glance.supplier.is_some());
    // "stock ipoh coffee" tells of the stock as long as nobody says how many to stock.
    let verb = glance.pieces.iter().any(|piece| piece.has(Roles::ORDER) && !piece.said.eq_ignore_ascii_case("stock"));
    let imperative = verb && !question && !orders;
    let counted = glance.pieces.iter().any(clauses::counts);
    if glance.has(Roles::OVERDUE) && !product && !counted && !imperative {
        return Some(Topic::Overdue);
    }
    let open = glance.has(Roles::OPEN) || undelivered(glance);
    if open && (orders || supplier || question) && (!product || supplier || names_open_orders(glance)) && !counted {
        return Some(Topic::OpenOrders);
    }
    if supplier
        && !product
        && glance.wants_answer
        && glance.has(Roles::ORDER)
        && glance.has(Roles::ORDER_NOUN)
        && !glance.has(Roles::RANGE)
    {
        return Some(Topic::OpenOrders);
    }
    let stray = glance.stray().is_some();
    if glance.has(Roles::LOW) && !product && !counted && (question || !glance.has(Roles::ORDER)) && !stray {
        return Some(Topic::LowStock);
    }
    if glance.has(Roles::LOW) && product && question && !counted && !glance.has(Roles::MAKE) && !asks_to_order(glance) {
        return Some(Topic::Stock);
    }
    if imperative || counted && !question {
        return None;
    }
    if glance.has(Roles::PRICE) && !supplier_only(glance) {
        return Some(Topic::Price);
    }
    if glance.has(Roles::SUPPLIES) && product && question {
        return Some(Topic::SupplierOf);
    }
    // "When does Exotic deliver?"
    let time = heads(glance.pieces).any(|piece| {
        lexicon::is_one_of(&fold(&piece.said), "when|wann|how long|wie lange|how fast|wie schnell|how|wie")
    });
    if supplier && !product && question && !time && glance.has(Roles::RANGE.or(Roles::SUPPLIES)) {
        return Some(Topic::ProductsOf);
    }
    if supplier && !product && !question && glance.has(Roles::RANGE) {
        return Some(Topic::ProductsOf);
    }
    if glance.has(Roles::SUPPLIES) && (product || question && stray) {
        return Some(Topic::SupplierOf);
    }
    if glance.has(Roles::STOCK)
        && (product || stray || question)
        && (!supplier || product)
        && (question || !glance.has(Roles::LEFT) || !glance.has(Roles::ORDER))
    {
        return Some(Topic::Stock);
    }
    if glance.asks && product && !glance.has(Roles::ORDER) && glance.has(Roles::OPEN) {
        return Some(Topic::Stock);
    }
    None
}

/// "Which orders haven't been delivered?"
fn undelivered(glance: &Glance<'_>) -> bool {
    const NOT: &[&str] = &["not", "nicht", "havent", "hasnt", "arent", "isnt", "werent"];
    const HERE: &[&str] =
        &["delivered", "arrived", "received", "come", "geliefert", "eingetroffen", "angekommen", "gekommen", "da"];
    let says = |words: &[&str]| {
        glance.pieces.iter().any(|piece| words.contains(&piece.said.to_lowercase().replace(['\'', '’'], "").as_str()))
    };
    glance.has(Roles::ORDER_NOUN) && says(NOT) && says(HERE)
}

/// "an open order for Chai": of all orders, since none is told by its product.
fn names_open_orders(glance: &Glance<'_>) -> bool {
    let beside =
        |pair: &[Piece]| matches!(pair, [open, order] if open.has(Roles::OPEN) && order.has(Roles::ORDER_NOUN));
    glance.pieces.windows(2).any(beside)
}

/// "can you reorder Chai?" wants an order, "is Chai running low?" an answer.
fn asks_to_order(glance: &Glance<'_>) -> bool {
    glance.pieces.iter().any(|piece| piece.has(Roles::ORDER))
}

fn supplier_only(glance: &Glance<'_>) -> bool {
    glance.supplier.is_some() && glance.product.is_none()
}

fn about(glance: &Glance<'_>, topic: Topic) -> Form {
    let named = match topic {
        Topic::Overdue | Topic::LowStock => None,
        Topic::OpenOrders | Topic::ProductsOf => glance.supplier,
        Topic::Stock | Topic::Price | Topic::SupplierOf => glance.product,
    };
    if let Some(Piece { part: Part::Name { meant, .. }, said, .. }) = named {
        return Form::Known(Asked { topic, about: meant.clone(), said: said.clone() });
    }
    let alone = matches!(topic, Topic::Overdue | Topic::LowStock);
    match glance.stray() {
        Some(said) if !alone => Form::Unknown { topic, said },
        _ => Form::Known(Asked { topic, about: Vec::new(), said: String::new() }),
    }
}
