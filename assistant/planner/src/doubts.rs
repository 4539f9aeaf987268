//! What keeps a request from being drafted although every line seems complete: a figure that came to nothing, a day that
//! was not read, a condition, an open question.

use rust_decimal::Decimal;

use crate::calendar::{month, month_is_doubtful, weekday};
use crate::clauses::{Clauses, word};
use crate::conditions::hangs;
use crate::lexicon::{Roles, is_one_of};
use crate::lines::Wish;
use crate::numbers::Amount;
use crate::prices::Basis;
use crate::reading::{Part, Piece};
use crate::segments::{Atom, Segment, ends_segment, strip, takes_out};

/// Whether something said is in none of the lines, or leaves them open.
pub(crate) fn is_unclear(pieces: &[Piece], figures: &[Decimal], lines: &[Wish]) -> bool {
    leaves_open(figures, lines)
        || is_total_of_all(lines)
        || hesitates(pieces)
        || misses_day(pieces)
        || wonders(pieces)
        || hangs(pieces, lines)
}

/// "We have decided on 40 Chai and 12 Chang": the first half would be told, the second asked for.
pub(crate) fn trails(segments: &[Segment]) -> bool {
    let whole = |segment: &Segment| {
        let has = |wanted: fn(&Atom) -> bool| segment.atoms.iter().any(wanted);
        has(|atom| matches!(atom, Atom::Amount { .. })) && has(|atom| matches!(atom, Atom::Name(_)))
    };
    let parted = |pair: &[Segment]| match pair {
        [first, second] => {
            first.left
                && !first.order
                && !first.told
                && whole(first)
                && second.and
                && !second.order
                && !second.told
                && whole(second)
        }
        _ => false,
    };
    segments.windows(2).any(parted)
}

/// "20 Chai and 15 Chang for 640 in total": of the last, or of both.
fn is_total_of_all(lines: &[Wish]) -> bool {
    let open = |line: &Wish| line.product.is_some() && line.price.is_none() && !line.told && !line.removed;
    let total = |line: &Wish| line.price.as_ref().is_some_and(|price| price.basis == Basis::Total);
    lines.split_last().is_some_and(|(last, others)| total(last) && others.iter().any(open))
}

/// Whether a figure said as a quantity is in no line: as its quantity, its price, or what all add up to.
fn leaves_open(figures: &[Decimal], lines: &[Wish]) -> bool {
    let values = |line: &Wish| match &line.amount {
        Some(Amount::Exact(value)) => vec![*value],
        Some(Amount::OneOf(values)) => values.clone(),
        _ => Vec::new(),
    };
    let mut said: Vec<Decimal> = lines.iter().flat_map(values).collect();
    said.push(said.iter().fold(Decimal::ZERO, |sum, value| sum.saturating_add(*value)));
    said.extend(lines.iter().filter_map(|line| line.price.as_ref()).map(|price| price.amount));
    let vague = lines.iter().any(|line| matches!(line.amount, None | Some(Amount::Vague | Amount::Relative(_))));
    !vague && figures.iter().any(|figure| !said.contains(figure))
}

/// "Not sure", "was meinst du": the person has not decided.
fn hesitates(pieces: &[Piece]) -> bool {
    let compares = |piece: &Piece| {
        matches!(piece.part, Part::Amount { amount: Amount::Vague, .. })
            && is_one_of(&word(piece), "as many|as much|so viel|so viele")
    };
    // "Half of them": of what?
    let half = |piece: &Piece| match &piece.part {
        Part::Amount { amount: Amount::Exact(value), .. } => {
            *value == Decimal::new(5, 1) && word(piece).contains("hal")
        }
        _ => false,
    };
    pieces.iter().any(|piece| piece.has(Roles::DOUBT) || compares(piece) || half(piece))
}

/// "Is it still 46? Then 10", "check whether the price is 46": the order waits for an answer.
fn wonders(pieces: &[Piece]) -> bool {
    const WHETHER: &str = "whether|ob|if";
    let priced = |piece: &Piece| matches!(piece.part, Part::Price(_)) || piece.has(Roles::PRICE);
    let asks = |sentence: &[Piece]| {
        let open = sentence.iter().find(|piece| !piece.has(Roles::FILLER) || piece.has(Roles::SOFT_QUESTION));
        let head = open.is_some_and(|piece| piece.has(Roles::SOFT_QUESTION.or(Roles::INTERROGATIVE)));
        head && !sentence.iter().any(|piece| piece.has(Roles::ORDER))
    };
    let ends = |piece: &Piece| matches!(piece.part, Part::Break('.' | '\n') | Part::Colon);
    let questions =
        pieces.split_inclusive(ends).filter(|sentence| sentence.last().is_some_and(|last| last.said == "?"));
    let whether = |(at, piece): (usize, &Piece)| {
        let checks = at
            .checked_sub(1)
            .and_then(|before| pieces.get(before))
            .is_some_and(|before| is_one_of(&word(before), "check|see|ask|prufe|pruf|frag|frage|schau|verify|confirm"));
        let rest = pieces.get(at..).unwrap_or_default();
        checks && is_one_of(&word(piece), WHETHER) && rest.iter().take_while(|piece| !ends(piece)).any(priced)
    };
    questions.into_iter().any(|sentence| asks(sentence) && sentence.iter().any(priced))
        || pieces.iter().enumerate().any(whether)
}

/// A weekday or month that no day was read from.
fn misses_day(pieces: &[Piece]) -> bool {
    let read = pieces.iter().any(|piece| matches!(piece.part, Part::Date(_)));
    let names_day = |said: &str| {
        weekday(said, false).is_some() || month(said).is_some() && !month_is_doubtful(said) && said.len() > 3
    };
    let telling = |piece: &Piece| matches!(piece.part, Part::Words(_) | Part::Stray);
    let named = pieces.iter().filter(|piece| telling(piece)).any(|piece| word(piece).split(' ').any(names_day));
    !read && (named || (0..pieces.len()).any(|at| leads_to_day(pieces, at)))
}

/// "Bis Fasching", "until the harvest", "by the end of the quarter": a day of a name nobody knows.
fn leads_to_day(pieces: &[Piece], at: usize) -> bool {
    const LEADS: &str =
        "bis|until|till|before|spatestens|no later than|not later than|at the latest by|ready by|here by|due by";
    const TIMES: &str = "month|months|week|weeks|quarter|year|years|season|term|semester|fortnight|monat|monats|monate|quartal|quartals|\
        woche|wochen|jahr|jahres|saison|semester|halbjahr|ersten|letzten|abend|fest|ferien|feiertage|feiertagen|holidays|eve|harvest|fasching|karneval|kirmes|kirchweih|oktoberfest|ernte|sommer|winter|fruhling|fruhjahr|herbst|summer|spring|autumn|carnival|easter break";
    const BY: &str = "by|due|due by|for delivery by|delivery by";
    let Some(lead) = pieces.get(at).map(word) else { return false };
    let rest = pieces.get(at + 1..).unwrap_or_default();
    let Some(next) = rest.iter().find(|piece| {
        !strip(piece) && !is_one_of(&word(piece), "to|zum|zur|our|unser|unserem|end|ende|of|des|next|nachsten")
    }) else {
        return false;
    };
    let times = matches!(next.part, Part::Words(_)) && word(next).split(' ').any(|said| is_one_of(said, TIMES));
    let stray = matches!(next.part, Part::Stray);
    // "20 Chai in spring", and not "in summer we sell more".
    let goods = at
        .checked_sub(1)
        .and_then(|before| pieces.get(before))
        .is_some_and(|before| matches!(before.part, Part::Name { .. } | Part::Price(_)) || before.has(Roles::PACK));
    if goods && times && is_one_of(&lead, "in|im|within|innerhalb|during|wahrend") {
        return true;
    }
    is_one_of(&lead, LEADS) && (times || stray) || is_one_of(&lead, BY) && times
}

/// "Streich den Kaffee", where no product is called so: what is to be left out is not clear.
pub(crate) fn removes_unknown(pieces: &[Piece], clauses: &Clauses) -> bool {
    let names = |piece: &&Piece| matches!(piece.part, Part::Name { .. } | Part::Amount { .. });
    let unknown = |index: usize| {
        let clause = |piece: &&Piece| !ends_segment(piece);
        let before = pieces.get(..index).unwrap_or_default();
        let after = pieces.get(index + 1..).unwrap_or_default();
        let alone =
            !before.iter().rev().take_while(clause).chain(after.iter().take_while(clause)).any(|piece| names(&piece));
        let described = after
            .iter()
            .take_while(clause)
            .any(|piece| matches!(piece.part, Part::Stray) || piece.has(Roles::DESCRIPTION.or(Roles::GENERAL)));
        takes_out(pieces, index) && alone && described && !clauses.is_told(index)
    };
    let orders = |index: usize| pieces.get(..index).unwrap_or_default().iter().any(|piece| names(&piece));
    (0..pieces.len()).any(|index| unknown(index) && orders(index))
}
