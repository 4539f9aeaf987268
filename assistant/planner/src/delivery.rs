//! Which of the days said is the one of the delivery.

use chrono::{Datelike, NaiveDate};

use crate::clauses::word;
use crate::dates::{DateReading, LABELS};
use crate::draft::{Draft, Mode};
use crate::lexicon::{Roles, is_one_of};
use crate::lines::Day;
use crate::plan::Reason;
use crate::reading::{Part, Piece};
use crate::tokens::fold;

/// Words that make a day the delivery's.
const DELIVERY: &str = "\
    delivery|deliver|delivered|delivering|delivers|arrive|arrives|arriving|arrival|eta|due|here|ship|\
    lieferung|liefern|geliefert|liefertermin|lieferdatum|anlieferung|ankunft|eintreffen|termin|\
    wunschtermin|da|hier|latest|spatestens|us|uns";

/// Whether the clause of a day says nothing of the order: "following our tasting on 12 November".
pub(crate) fn is_told_of(pieces: &[Piece], index: usize) -> bool {
    let ends = |piece: &&Piece| !matches!(piece.part, Part::Break(_));
    let orders = |piece: &Piece| {
        matches!(piece.part, Part::Name { .. } | Part::Amount { .. } | Part::Price(_) | Part::Stray)
            || piece.has(Roles::ORDER.or(Roles::ORDER_NOUN))
    };
    let before = pieces.get(..index).unwrap_or_default().iter().rev().take_while(ends);
    let after = pieces.get(index + 1..).unwrap_or_default().iter().take_while(ends);
    let says = |piece: &&Piece| matches!(piece.part, Part::Words(_));
    let (before, after): (Vec<&Piece>, Vec<&Piece>) = (before.collect(), after.collect());
    let words = before.iter().chain(&after).filter(|piece| says(piece)).count();
    let labelled =
        before.first().is_some_and(|label| is_one_of(word(label).rsplit(' ').next().unwrap_or_default(), LABELS));
    words > 1 && !labelled && !before.into_iter().chain(after).any(orders)
}

/// "Today I only need 20 Chai", "nothing fancy today, just 20 Chai", "that's all for today": when it is said, and not when
/// goods are to come.
pub(crate) fn is_now(pieces: &[Piece], index: usize) -> bool {
    const NOW: &str = "today|tonight|this evening|this morning|heute|heute abend|heute morgen|for today|fur heute";
    const ALL: &str = "all|it|everything|alles|wars|ware|war";
    let goods = |piece: &Piece| matches!(piece.part, Part::Name { .. } | Part::Amount { .. });
    let ends = |piece: &&Piece| !matches!(piece.part, Part::Break('.' | '\n'));
    let before = pieces.get(..index).unwrap_or_default();
    let clause = || before.iter().rev().take_while(|piece| !matches!(piece.part, Part::Break(_) | Part::Colon));
    let sums_up = clause().any(|piece| word(piece).split(' ').any(|said| is_one_of(said, ALL))) && !clause().any(goods);
    let follows = pieces.get(index + 1..).unwrap_or_default().iter().take_while(ends).any(goods);
    let delivered = clause().any(|piece| word(piece).split(' ').any(|said| is_one_of(said, DELIVERY)));
    let said = pieces.get(index).is_some_and(|piece| is_one_of(&word(piece), NOW));
    // "Heute noch", "noch heute": that is when.
    let beside = [index.checked_sub(1), Some(index + 1)].into_iter().flatten().filter_map(|at| pieces.get(at));
    let urgent = beside.into_iter().any(|piece| is_one_of(&word(piece), "noch|still|already"));
    said && !urgent && !delivered && (sums_up || follows && !clause().any(goods) || !before.iter().any(goods))
}

/// A day with what is said of it: "by Friday" and "Lieferung am 4." are of the delivery, "on the 12th" may be of a feast.
pub(crate) fn day(pieces: &[Piece], index: usize, reading: DateReading, or: bool) -> Day {
    const BY: &str = "by|until|till|bis|spatestens|before|vor|no|latest|due";
    const ON: &str = "on|for|at|am|an|fur|im|in";
    const BEGINS: &str = "starts|begins|opens|ends|beginnt|startet|endet|offnet";
    const HAPPENS: &str = "is|ist|findet|steht|beginnt|startet|we|haben|feiern|kommt|kommen|comes|come";
    const ELSE: &str = "otherwise|else|alternatively|sonst|andernfalls|notfalls|ersatzweise";
    let words = |piece: &Piece| fold(&piece.said).split(' ').map(str::to_owned).collect::<Vec<String>>();
    let said = |piece: &Piece, known: &str| words(piece).iter().any(|word| is_one_of(word, known));
    let first = pieces.get(index).and_then(|piece| words(piece).into_iter().next()).unwrap_or_default();
    let before = pieces.get(..index).unwrap_or_default().iter().rev().take(3);
    let shifted = match reading {
        DateReading::Shift(days) => {
            earlier_day(pieces, index).and_then(|day| day.checked_add_signed(chrono::TimeDelta::days(days)))
        }
        _ => None,
    };
    let near: Vec<&Piece> = before.take_while(|piece| matches!(piece.part, Part::Words(_) | Part::Colon)).collect();
    let behind = pieces.get(index + 1).is_some_and(|next| said(next, "latest|spatestens"));
    let denied = near.first().is_some_and(|piece| said(piece, "not|nicht") || piece.has(Roles::INSTEAD));
    let earliest = denied && is_one_of(&first, "before|vor")
        || near.first().is_some_and(|piece| said(piece, "earlier|before|vor|fruhestens|fruher|earliest"));
    Day {
        reading: shifted.map_or(reading, DateReading::On),
        earliest,
        told_of: false,
        firm: shifted.is_some() || is_one_of(&first, BY) || near.iter().any(|piece| said(piece, DELIVERY)) || behind,
        occasion: is_one_of(&first, ON)
            || near.first().is_some_and(|piece| said(piece, ON) || said(piece, BEGINS))
            || pieces.get(index + 1).is_some_and(|next| said(next, HAPPENS)),
        choice: or || near.iter().any(|piece| said(piece, ELSE)),
    }
}

/// The day named last before: "booked on 5 December, … here the day before".
fn earlier_day(pieces: &[Piece], index: usize) -> Option<chrono::NaiveDate> {
    pieces.get(..index)?.iter().rev().find_map(|piece| match &piece.part {
        Part::Date(DateReading::On(day)) => Some(*day),
        _ => None,
    })
}

impl Draft<'_> {
    pub(crate) fn dates(&mut self, mut dates: Vec<Day>, mode: Mode) {
        let past = |day: &Day| matches!(day.reading, DateReading::On(on) if on < self.today);
        dates.retain(|day| !(day.told_of && !day.firm && past(day)));
        let mut days: Vec<NaiveDate> = Vec::new();
        if dates.iter().all(|day| !day.choice) {
            // "Not before the 1st, on the 4th".
            if !dates.iter().all(|day| day.earliest) {
                dates.retain(|day| !day.earliest);
            }
            // "for the feast on the 12th, delivered by the 10th"; "order today for Monday".
            if dates.iter().any(|day| day.firm) {
                dates.retain(|day| day.firm || !day.occasion);
            }
            // "Lager is the thing this month! … before the 12th."
            if dates.iter().any(|day| day.firm && !day.told_of) {
                dates.retain(|day| day.firm || !day.told_of);
            }
            let today = |day: &Day| day.reading == DateReading::On(self.today);
            if !dates.iter().all(today) {
                dates.retain(|day| !today(day));
            }
        }
        for day in dates {
            match day.reading {
                DateReading::On(day) => days.push(day),
                DateReading::OneOf(choice) => days.extend(choice),
                DateReading::Unclear | DateReading::Shift(_) => self.unclear_day = true,
                DateReading::Nothing => {}
            }
        }
        days.dedup();
        // "after our talk yesterday … by Friday": a day past beside one to come is only told of.
        if days.iter().any(|day| *day >= self.today) {
            days.retain(|day| *day >= self.today);
        }
        if days.is_empty() {
            return;
        }
        self.unclear_day = false;
        if mode == Mode::Correct {
            days = days.split_off(days.len() - 1);
        }
        self.days.clear();
        match days.as_slice() {
            [day] => self.day(*day),
            _ => self.days = days,
        }
    }

    fn day(&mut self, day: NaiveDate) {
        if day < self.today {
            let text = self.wording().date_past(day);
            self.refuse(Reason::DatePast, text, Vec::new());
        } else if day.year() > self.today.year() + 5 {
            let text = self.wording().date_too_far(day);
            self.refuse(Reason::DateTooFar, text, Vec::new());
        } else {
            self.pending.expected_date = Some(day);
        }
    }
}
