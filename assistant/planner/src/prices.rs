//! Prices beside quantities: "at 17.50 each", "@ 9.5", "zu 8,90", "für 12 € das Stück", "9.50 per bottle", "for 700 in total".

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::lexicon::{self, Roles};
use crate::numerals::multiplier;
use crate::tokens::Token;

/// What a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Basis {
    /// One unit.
    Unit,
    /// All units of the line.
    Total,
    /// One or all: not said.
    Unsaid,
}

/// A price that was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Price {
    pub amount: Decimal,
    pub basis: Basis,
    /// ISO 4217 code of the currency said.
    pub currency: Option<String>,
    /// Said of all lines: "both at 18".
    pub all: bool,
}

pub(crate) fn currency(word: &str) -> Option<&'static str> {
    Some(match word {
        "€" | "eur" | "euro" | "euros" => "EUR",
        "$" | "usd" | "dollar" | "dollars" | "bucks" => "USD",
        "£" | "gbp" | "quid" => "GBP",
        "chf" | "franken" | "francs" => "CHF",
        _ => return None,
    })
}

/// Decimal places of a figure that can hardly be anything but money.
pub(crate) const CENTS: u32 = 2;

/// Words right before a figure that make it a price of one unit.
const UNIT_LEADS: &[&str] = &[
    "at",
    "@",
    "zu",
    "a",
    "costing",
    "price",
    "prices",
    "priced",
    "preis",
    "preise",
    "preisen",
    "stuckpreis",
    "einzelpreis",
    "einkaufspreis",
    "nettopreis",
    "ep",
    "ek",
    "netto",
    "kosten",
];

/// Words right before money that make it the price of a whole line.
const WHOLE: &[&str] =
    &["total", "gesamtpreis", "gesamtbetrag", "gesamt", "zusammen", "insgesamt", "altogether", "pauschal"];

/// Words between such a lead and the figure.
const BETWEEN: &[&str] = &[
    "no",
    "more",
    "than",
    "most",
    "max",
    "maximum",
    "maximal",
    "hochstens",
    "of",
    "von",
    "is",
    "ist",
    "a",
    "the",
    "at",
    "only",
    "nur",
    "je",
    "to",
    "auf",
    "around",
    "about",
    ":",
    "=",
];

/// A price around the figure at `figure..end`: the price and all tokens it takes. `spoken` is a currency said within the
/// figure.
pub(crate) fn read(
    tokens: &[Token],
    amount: Decimal,
    figure: usize,
    end: usize,
    spoken: Option<&'static str>,
) -> Option<(Price, std::ops::Range<usize>)> {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.fold.as_str());
    let before = |at: usize, back: usize| at.checked_sub(back).map_or("", word);
    let (mut start, mut end) = (figure, end);
    let mut said = currency(before(start, 1));
    if said.is_some() {
        start -= 1;
    }
    said = said.or(spoken);
    if let Some(after) = currency(word(end)) {
        said = said.or(Some(after));
        end += 1;
    }
    // "17,-".
    if matches!(word(end), "," | ".") && tokens.get(end + 1).is_some_and(Token::glued_dash) {
        said = said.or(Some("EUR"));
        end += 2;
        if let Some(after) = currency(word(end)) {
            said = Some(after);
            end += 1;
        }
    }
    let mut lead = start;
    let mut bound = false;
    while lead > 0 && BETWEEN.contains(&before(lead, 1)) && !unit_lead(tokens, lead) {
        bound |= ["most", "least", "max", "maximum", "maximal", "hochstens"].contains(&before(lead, 1));
        lead -= 1;
    }
    // "at most 30" bounds a quantity unless it speaks of money.
    let money = said.is_some() || amount.scale() > 0 || basis(tokens, end).0.is_some();
    let unit = unit_lead(tokens, lead) && (!bound || money);
    let each = ["each", "apiece", "ea"].contains(&word(end));
    let (basis, after) = basis(tokens, end);
    let (amount, basis, after) = match of_several(tokens, end) {
        Some((units, after)) => (amount.checked_div(units)?, Some(Basis::Unit), after),
        None => (amount, basis, after),
    };
    let labelled = if before(start, 1) == ":" { 2 } else { 1 };
    let whole = WHOLE.contains(&before(start, labelled))
        && (said.is_some() || amount.scale() == CENTS || before(start, labelled).contains("preis"));
    let led_for = ["for", "fur"].contains(&before(start, 1));
    let je = ["je", "jeweils"].contains(&before(start, 1));
    let counts = tokens.get(end).is_some_and(|next| {
        let roles = lexicon::roles(&next.fold);
        next.is_word() && (!roles.known() || roles.has(Roles::PACK.or(Roles::MEASURE).or(Roles::DESCRIPTION)))
    });
    let bracketed = before(start, 1) == "(" && word(end) == ")" && amount.scale() == CENTS;
    let announced = !unit && said.is_none() && (!counts || amount.scale() == CENTS) && is_announced(tokens, start);
    let priced = unit
        || said.is_some()
        || basis.is_some()
        || (each && (led_for || amount.scale() == CENTS))
        || announced
        || led_for && before(start, 2) == "stuck" && before(start, 3) == "das"
        || bracketed
        || whole;
    if !priced {
        return None;
    }
    // "at 12 boxes" counts; "at 12 a box" prices.
    if said.is_none() && basis.is_none() && lexicon::roles(word(end)).has(Roles::PACK.or(Roles::MEASURE)) {
        return None;
    }
    if unit {
        start = lead - 1;
        if ["unit", "purchase"].contains(&before(start, 1)) {
            start -= 1;
        }
    } else if led_for || je {
        start -= 1;
        if ["zu"].contains(&before(start, 1)) {
            start -= 1;
        }
    } else if whole {
        start -= labelled;
    }
    let basis = match basis {
        Some(basis) => basis,
        None if whole => Basis::Total,
        None if unit || each || je || announced => Basis::Unit,
        None => Basis::Unsaid,
    };
    let end = if each { end + 1 } else { after };
    // "das Stuck fur 12 €".
    if before(start, 2) == "das" && before(start, 1) == "stuck" {
        return Some((
            Price { amount, basis: Basis::Unit, currency: said.map(str::to_owned), all: false },
            start - 2..end,
        ));
    }
    let all = ["both", "all", "beide", "alle"].contains(&before(start, 1));
    Some((Price { amount, basis, currency: said.map(str::to_owned), all }, start..end))
}

/// "The price of the Chai is 17.20", "Chai kostet 17,10", "we agreed on 17.20": a word of prices in the same sentence, with
/// no other figure between.
pub(crate) fn is_announced(tokens: &[Token], figure: usize) -> bool {
    const WORDS: &[&str] = &[
        "price",
        "preis",
        "stuckpreis",
        "einzelpreis",
        "einkaufspreis",
        "cost",
        "costs",
        "kostet",
        "kosten",
        "agreed",
        "quoted",
        "charge",
        "charges",
        "charged",
        "zahlen",
        "vereinbart",
        "berechnet",
        "berechnen",
    ];
    let before = tokens.get(figure.saturating_sub(8)..figure).unwrap_or_default();
    let sentence = before.iter().rev().take_while(|token| {
        let ends = token.is_sign() && matches!(token.fold.as_str(), "." | ";" | "," | "!" | "?" | "\n" | "|");
        // "At this price please 30".
        let asks = lexicon::roles(&token.fold).has(Roles::ORDER) || token.is("bitte") || token.is("please");
        !(token.is_number() || ends || asks)
    });
    sentence.into_iter().any(|token| WORDS.contains(&token.fold.as_str()))
}

/// Whether the word before `at` makes a figure a unit price.
fn unit_lead(tokens: &[Token], at: usize) -> bool {
    let Some(token) = at.checked_sub(1).and_then(|before| tokens.get(before)) else { return false };
    // "à" is a price, "a" an article: the folded form is the same and the original has two bytes.
    UNIT_LEADS.contains(&token.fold.as_str()) && (!token.is("a") || token.span.len() == 2) && !is_level(tokens, at)
}

/// "Stock's at 4", "we're at 4": how many there are.
fn is_level(tokens: &[Token], at: usize) -> bool {
    const LEVELS: &[&str] = &["stock", "stocks", "level", "levels", "inventory", "count", "bestand"];
    const SITS: &[&str] =
        &["sitting", "sits", "hovering", "standing", "stands", "were", "down", "currently", "still", "steht", "liegt"];
    let word =
        |back: usize| at.checked_sub(back).and_then(|place| tokens.get(place)).map_or("", |token| token.fold.as_str());
    let verb = ["is", "are", "was", "now", "ist"].contains(&word(2)) || SITS.contains(&word(2));
    // "Let's keep it at 25".
    let kept = ["it", "that", "es"].contains(&word(2)) && ["keep", "leave", "hold", "wir"].contains(&word(3))
        || ["stay", "stick", "stop", "bleiben", "wir"].contains(&word(2));
    matches!(word(1), "at" | "bei")
        && (kept || LEVELS.contains(&word(2)) || SITS.contains(&word(2)) || verb && LEVELS.contains(&word(3)))
}

/// "210 a dozen", "pro Dutzend": the price of several, and how many they are.
fn of_several(tokens: &[Token], end: usize) -> Option<(Decimal, usize)> {
    const LEADS: &[&str] = &["per", "pro", "je", "a", "the", "das", "fur", "/"];
    let word = |at: usize| tokens.get(at).map_or("", |token| token.fold.as_str());
    let noun = end + 1 + usize::from(word(end) == "fur" && word(end + 1) == "das");
    let units = multiplier(word(noun)).filter(|_| LEADS.contains(&word(end)))?;
    Some((Decimal::from(units), noun + 1))
}

/// "per bottle", "a piece", "das Stück", "/Stk", "in total": the basis and the token after it.
pub(crate) fn basis(tokens: &[Token], end: usize) -> (Option<Basis>, usize) {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.fold.as_str());
    let packs = |at: usize| lexicon::roles(word(at)).has(Roles::PACK.or(Roles::MEASURE));
    match word(end) {
        "per" | "pro" | "je" if tokens.get(end + 1).is_some_and(Token::is_word) => (Some(Basis::Unit), end + 2),
        "p" if packs(end + 1) => (Some(Basis::Unit), end + 2),
        "p" if word(end + 1) == "." && packs(end + 2) => (Some(Basis::Unit), end + 3),
        "/" if packs(end + 1) || tokens.get(end + 1).is_some_and(|unit| unit.glued && unit.is_word()) => {
            (Some(Basis::Unit), end + 2)
        }
        "a" if ["pop", "go", "throw", "head"].contains(&word(end + 1)) => (Some(Basis::Unit), end + 2),
        "a" | "an" | "das" | "die" | "der" | "den" | "the" if packs(end + 1) => (Some(Basis::Unit), end + 2),
        "stuckpreis" => (Some(Basis::Unit), end + 1),
        // "12 for each of our shops" counts.
        "for" if ["each", "one"].contains(&word(end + 1)) && word(end + 2) != "of" => (Some(Basis::Unit), end + 2),
        "fur" if word(end + 1) == "das" && packs(end + 2) => (Some(Basis::Unit), end + 3),
        "total" | "altogether" | "insgesamt" | "gesamt" | "zusammen" | "overall" => (Some(Basis::Total), end + 1),
        "in" | "all" if ["total", "all", "in", "summe"].contains(&word(end + 1)) => (Some(Basis::Total), end + 2),
        "for"
            if word(end + 2) != "each"
                && (["all", "everything", "both"].contains(&word(end + 1))
                    || (word(end + 1) == "the"
                        && ["lot", "whole", "batch", "line", "set", "order", "entire"].contains(&word(end + 2)))) =>
        {
            (Some(Basis::Total), end + 2)
        }
        _ => (None, end),
    }
}
