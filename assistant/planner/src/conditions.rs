//! What an order hangs on that was not said: a price to come, a case to arise, a level to reach, somebody's answer.

use crate::clauses::{counts, word};
use crate::lexicon::{Roles, is_one_of};
use crate::lines::{Named, Wish};
use crate::reading::{Part, Piece};
use crate::records::RecordKind;

/// Whether what is wanted hangs on something else.
pub(crate) fn hangs(pieces: &[Piece], lines: &[Wish]) -> bool {
    let here = |at: usize| {
        is_conditional(pieces, at)
            || awaits(pieces, at)
            || falls_back(pieces, at)
            || offers_otherwise(pieces, at)
            || discounts(pieces, at)
            || is_bound(pieces, at)
            || multiplies(pieces, at)
    };
    changes_price(pieces)
        || is_level(pieces)
        || depends(pieces, lines)
        || is_excess(pieces, lines)
        || is_asked(pieces)
        || (0..pieces.len()).any(here)
}

/// "40 Chai if they come at 17, at 18 just 30": one product twice, under a condition.
fn depends(pieces: &[Piece], lines: &[Wish]) -> bool {
    const IF: &str = "if|unless|provided|falls|wenn|sofern";
    let product = |line: &Wish| match &line.product {
        Some(Named::Records { meant, .. }) => meant.first().map(|one| one.id),
        _ => None,
    };
    let again = |(at, line): (usize, &Wish)| {
        let earlier = lines.get(..at).unwrap_or_default();
        let same = |other: &Wish| product(other) == product(line) || line.product.is_none() && line.price.is_some();
        line.amount.is_some() && earlier.iter().any(|other| other.amount.is_some() && same(other))
    };
    pieces.iter().any(|piece| is_one_of(&word(piece), IF)) && lines.iter().enumerate().any(again)
}

/// "… only if they cost less than 10", "if it is still 46": the order hangs on a price.
fn is_conditional(pieces: &[Piece], at: usize) -> bool {
    const IF: &str = "if|unless|provided|providing|only if|as long as|assuming|wenn|sofern|falls|solange|vorausgesetzt";
    const COURTESY: &str =
        "possible|moglich|you|you can|can|needed|geht|es geht|notig|need be|available|verfugbar|ordered|we|wir";
    let Some(piece) = pieces.get(at).filter(|piece| is_one_of(&word(piece), IF)) else { return false };
    let rest = pieces.get(at + 1..).unwrap_or_default();
    let ends = |piece: &Piece| matches!(piece.part, Part::Break(_));
    let clause: Vec<&Piece> = rest.iter().take_while(|piece| !ends(piece)).collect();
    let lead =
        clause.first().is_some_and(|next| next.has(Roles::ORDER) || counts(next) || is_one_of(&word(next), COURTESY));
    let money = clause.iter().any(|piece| matches!(piece.part, Part::Price(_)))
        || clause.iter().any(|piece| counts(piece)) && clause.iter().any(|piece| piece.has(Roles::PRICE));
    let compared = is_one_of(&word(piece), "unless") && clause.iter().any(|piece| piece.has(Roles::MORE));
    !lead && money || compared
}

/// "As soon as Ikura is cheaper", "if Exotic has Chai": the order waits for it.
fn awaits(pieces: &[Piece], at: usize) -> bool {
    const WHEN: &str = "if|once|as soon as|sobald|falls|sofern|wenn";
    const TURN: &str = "cheaper|billiger|gunstiger|back|wieder|has|hat|have|haben|drops|sinkt|available|lieferbar";
    let said = |at: usize, list: &str| pieces.get(at).is_some_and(|piece| is_one_of(&word(piece), list));
    let soon = said(at, "as") && said(at + 1, "soon") && said(at + 2, "as");
    let rest = pieces.get(at + 1..).unwrap_or_default();
    let clause = || rest.iter().take_while(|piece| !matches!(piece.part, Part::Break(_)));
    let named = clause().take_while(|piece| !counts(piece)).any(|piece| matches!(piece.part, Part::Name { .. }));
    (soon || said(at, WHEN)) && named && clause().any(|piece| is_one_of(&word(piece), TURN))
}

/// "Falls Exotic nicht liefern kann, bei Leka": another company for another case.
fn falls_back(pieces: &[Piece], at: usize) -> bool {
    let company = |piece: &&Piece| matches!(piece.part, Part::Name { kind: RecordKind::Supplier, .. });
    let sentence = pieces.get(at + 1..).unwrap_or_default().iter();
    pieces.get(at).is_some_and(|piece| is_one_of(&word(piece), "if|unless|falls|wenn|sofern"))
        && sentence.take_while(|piece| !matches!(piece.part, Part::Break('.' | '\n'))).filter(company).count() > 1
}

/// "20 Chai, otherwise 10", "is there enough? If not, order 20": another quantity for another case.
fn offers_otherwise(pieces: &[Piece], at: usize) -> bool {
    const ELSE: &str = "otherwise|else|or else|failing that|if not|sonst|andernfalls|ansonsten|wenn nicht|falls nicht";
    let said = |at: usize, list: &str| pieces.get(at).is_some_and(|piece| is_one_of(&word(piece), list));
    let not = said(at, "if|wenn|falls") && said(at + 1, "not|nicht|no|so");
    if !not && !said(at, ELSE) {
        return false;
    }
    let from = if not { at + 2 } else { at + 1 };
    let passes = |piece: &Piece| piece.has(Roles::FILLER.or(Roles::ORDER)) || matches!(piece.part, Part::Break(','));
    let next = pieces.get(from..).unwrap_or_default().iter().find(|piece| !passes(piece) || counts(piece));
    next.is_some_and(counts)
}

/// "At 18 minus 10 %": what that comes to is not said.
fn discounts(pieces: &[Piece], at: usize) -> bool {
    let lead = at.checked_sub(1).and_then(|before| pieces.get(before)).map(word).unwrap_or_default();
    let said = pieces.get(at).map(word).unwrap_or_default();
    let percent = ["%", "percent", "prozent"].iter().any(|sign| said.ends_with(sign));
    let priced = || pieces.get(..at).unwrap_or_default().iter().any(|piece| matches!(piece.part, Part::Price(_)));
    percent && (said.starts_with("minus") || is_one_of(&lead, "minus|less|abzuglich|abzgl|weniger")) && priced()
}

/// "Bring the Chai up to 60", "Chai auf 40 aufstocken", "order the difference": how far, not how many.
fn is_level(pieces: &[Piece]) -> bool {
    const RAISE: &str = "bring|top|fill|raise|build|reach|reaching|get back|back up|aufstocken|bringen|bringt";
    const REST: &str =
        "difference|shortfall|balance|missing|remainder|differenz|fehlmenge|fehlende|fehlenden|restmenge";
    let bound = |four: &[Piece]| {
        matches!(four, [name, far, to, amount] if matches!(name.part, Part::Name { .. })
            && word(far) == "up" && word(to) == "to" && counts(amount))
    };
    let is = |piece: &Piece, list: &str| is_one_of(&word(piece), list);
    let to = |pair: &[Piece]| matches!(pair, [to, amount] if is(to, "to|auf|reach|up to") && counts(amount));
    let corrected = pieces.iter().any(|piece| piece.has(Roles::CORRECT.or(Roles::CHANGE)));
    let raised = pieces.iter().any(|piece| is(piece, RAISE)) && pieces.windows(2).any(to) && !corrected;
    let names = pieces.iter().any(|piece| matches!(piece.part, Part::Name { kind: RecordKind::Product, .. }));
    let rest = pieces.iter().any(|piece| is(piece, REST)) && !pieces.iter().any(|piece| piece.has(Roles::PAST));
    pieces.windows(4).any(bound) || raised || rest && names
}

/// "More than 20", "weniger als 20", "über 20", "20 or more": a bound that leaves the quantity open.
fn is_bound(pieces: &[Piece], at: usize) -> bool {
    const OPEN: &str =
        "less than|fewer than|more than|weniger als|mehr als|over|uber|upwards of|in excess of|under|below|unter";
    let said = |at: Option<usize>| at.and_then(|at| pieces.get(at)).map(word).unwrap_or_default();
    let money = pieces.get(at).is_some_and(|piece| matches!(piece.part, Part::Price(_)));
    if !money && !pieces.get(at).is_some_and(counts) {
        return false;
    }
    let (first, second, third) = (said(at.checked_sub(1)), said(at.checked_sub(2)), said(at.checked_sub(3)));
    let pair = is_one_of(&second, "more|less|fewer|mehr|weniger") && is_one_of(&first, "than|als");
    let denied = is_one_of(if pair { &third } else { &second }, "not|no|nicht|nie");
    // "Eine Bestellung über 15 Geitost" tells what of.
    let of = at.checked_sub(2).and_then(|at| pieces.get(at)).is_some_and(|noun| noun.has(Roles::ORDER_NOUN));
    let open = pair || !of && is_one_of(&first, OPEN);
    let or = pieces
        .get(at + 1..)
        .unwrap_or_default()
        .iter()
        .skip_while(|piece| matches!(piece.part, Part::Name { .. }) || piece.has(Roles::PACK));
    let more = !money
        && matches!(or.take(2).collect::<Vec<_>>().as_slice(), [or, more] if or.has(Roles::OR) && is_one_of(&word(more), "more|mehr"));
    open && !denied || more
}

/// "They raised Ikura from 31 to 33": told, and yet what is to be paid.
fn changes_price(pieces: &[Piece]) -> bool {
    const CHANGES: &str = "raised|increased|lowered|reduced|cut|hiked|upped|erhoht|erhohten|gesenkt|senkten|angehoben|verteuert|verbilligt";
    let ends = |piece: &Piece| matches!(piece.part, Part::Break(_));
    let changes = |clause: &[Piece]| {
        clause.iter().any(|piece| is_one_of(&word(piece), CHANGES))
            && clause.iter().any(|piece| matches!(piece.part, Part::Amount { .. }))
            && !clause.iter().any(|piece| matches!(piece.part, Part::Price(_)))
    };
    pieces.split(ends).any(changes)
}

/// "12 Chai per shop", "each of our three shops needs 12": how many shops there are is not reckoned in.
fn multiplies(pieces: &[Piece], at: usize) -> bool {
    const EACH: &str =
        "each|every|per|pro|je|both|beide|beiden|jede|jeder|jedes|jeden|each of|of each|for each|each for|for both";
    const PLACES: &str = "shop|shops|store|stores|branch|branches|site|sites|location|locations|restaurant|restaurants|outlet|\
        outlets|filiale|filialen|standort|standorte|standorten|laden|haus|hauser|hausern|person|personen|guest|guests|gast|\
        gaste|table|tables|tisch|tische|head|kopf|nase|room|rooms|zimmer|house|houses|hotel|hotels|kitchen|kitchens|kuche|\
        kuchen|kunde|kunden|customer|customers|cafe|cafes|bar|bars|canteen|kantine";
    let said = |piece: &Piece, list: &str| is_one_of(&word(piece), list);
    let passes = |piece: &&Piece| matches!(piece.part, Part::Words(_)) && !said(piece, PLACES) || counts(piece);
    let rest = pieces.get(at + 1..).unwrap_or_default().iter();
    pieces.get(at).is_some_and(|piece| said(piece, EACH))
        && rest.take(5).find(|piece| !passes(piece)).is_some_and(|next| said(next, PLACES))
}

/// "20 Chai is too much", "zu viel": what was said is not what is wanted.
fn is_excess(pieces: &[Piece], lines: &[Wish]) -> bool {
    const EXCESS: &[&str] = &[
        "too much",
        "too many",
        "too few",
        "too little",
        "not enough",
        "isnt enough",
        "zu viel",
        "zu viele",
        "zuviel",
        "zu wenig",
        "zu wenige",
        "nicht genug",
        "reicht nicht",
        "reichen nicht",
    ];
    let ordered = |piece: &Piece| match &piece.part {
        Part::Amount { amount, .. } => lines.iter().any(|line| line.amount.as_ref() == Some(amount)),
        _ => false,
    };
    let ends = |piece: &Piece| matches!(piece.part, Part::Break(_) | Part::Colon);
    let exceeds = |clause: &[Piece]| {
        let said: Vec<String> = clause.iter().map(word).collect();
        let said = format!(" {} ", said.join(" "));
        EXCESS.iter().any(|excess| said.contains(&format!(" {excess} ")))
    };
    pieces.split(ends).any(|clause| exceeds(clause) && clause.iter().any(ordered))
}

/// "Should we order 20 Chai?", "reichen 20 Chai?", "hast du 20 Chai bestellt?": a question to people, not an order.
fn is_asked(pieces: &[Piece]) -> bool {
    const HEADS: &str = "should|shall|sollen|sollten|soll|sollte|reichen|reicht|did|hast|habt|why|warum|wieso";
    const ENOUGH: &str = "enough|sufficient|genug|ausreichend|reichen|reicht|too much|too many|zu viel";
    let ends = |piece: &Piece| matches!(piece.part, Part::Break('.' | '\n'));
    let question = |sentence: &[Piece]| {
        let asks = sentence.last().is_some_and(|last| last.said == "?") && sentence.iter().any(counts);
        let said = |list: &str| sentence.iter().any(|piece| is_one_of(&word(piece), list));
        let head = sentence.iter().find(|piece| {
            !matches!(piece.part, Part::Break(_))
                && !is_one_of(&word(piece), "and|und|so|also|or|hi|hey|hello|hallo|moin")
        });
        let to_people =
            head.is_some_and(|head| word(head).split(' ').next().is_some_and(|first| is_one_of(first, HEADS)));
        asks && (to_people || said(ENOUGH))
    };
    pieces.split_inclusive(ends).any(question)
}
