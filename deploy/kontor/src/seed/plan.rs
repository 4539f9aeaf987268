//! What the demo company ordered, as seen from a day: two years of trade that has come to an end, and some that is going on.

use chrono::{Datelike as _, Days, NaiveDate};

/// How far an order has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Draft,
    Confirmed,
    /// Half of its first line came on a day.
    Partly(NaiveDate),
    /// Everything came on a day.
    Received(NaiveDate),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Planned {
    pub date: NaiveDate,
    pub expected: NaiveDate,
    pub progress: Progress,
    /// What the goods cost, more or less, in euros.
    pub worth: u32,
}

/// Days of a month on which is ordered.
const DAYS: [u32; 3] = [4, 13, 22];
/// How many days after the expected one goods came, order by order.
const DELAYS: [i64; 9] = [0, 0, 3, -1, 0, 0, 12, 0, 1];
/// What an order of each month costs: the year ends with a feast.
const WORTH: [u32; 12] = [2600, 2400, 2900, 2700, 3200, 3300, 2900, 2200, 3300, 3700, 4100, 3500];
/// The orders of last year and this one, the oldest first. The same day always gives the same.
pub(super) fn plan(today: NaiveDate) -> Vec<Planned> {
    let months = (today.year() - 1..=today.year()).flat_map(|year| (1..=12).map(move |month| (year, month)));
    let days = months.flat_map(|(year, month)| DAYS.map(|day| NaiveDate::from_ymd_opt(year, month, day)));
    let ended = days.flatten().zip(0..).filter_map(|(date, number)| ended(date, number, today));
    let mut plan: Vec<Planned> = ended.chain(open(today)).collect();
    plan.sort_by_key(|order| order.date);
    plan
}

/// An order whose goods have come by now.
fn ended(date: NaiveDate, number: u64, today: NaiveDate) -> Option<Planned> {
    let date = date + Days::new(number % 3);
    let expected = date + Days::new(6 + number % 8);
    let delay = DELAYS.iter().cycle().nth(usize::try_from(number).ok()?)?;
    let arrived = after(expected, *delay);
    let progress = Progress::Received(arrived);
    (arrived < today).then(|| Planned { date, expected, progress, worth: worth(date, number, today) })
}

/// What is going on: two late, one come in part, some due in the next days, some not yet sent.
fn open(today: NaiveDate) -> [Planned; 11] {
    let order = |days_ago: i64, due_in_days: i64, worth, progress| Planned {
        date: after(today, -days_ago),
        expected: after(today, due_in_days),
        progress,
        worth,
    };
    [
        order(31, -9, 900, Progress::Confirmed),
        order(17, 1, 2400, Progress::Partly(after(today, -2))),
        order(13, -2, 1300, Progress::Confirmed),
        order(9, 0, 1900, Progress::Confirmed),
        order(8, 2, 800, Progress::Confirmed),
        order(6, 4, 2700, Progress::Confirmed),
        order(5, 6, 1100, Progress::Confirmed),
        order(3, 9, 1600, Progress::Draft),
        order(1, 12, 3400, Progress::Draft),
        order(0, 8, 700, Progress::Confirmed),
        order(0, 10, 500, Progress::Draft),
    ]
}

fn after(day: NaiveDate, days: i64) -> NaiveDate {
    day + chrono::TimeDelta::days(days)
}

/// The month's usual, a fifth more or less, and an eighth more than in the year before.
fn worth(date: NaiveDate, number: u64, today: NaiveDate) -> u32 {
    let usual = WORTH.iter().zip(1..).find(|(_, month)| *month == date.month()).map_or(0, |(worth, _)| *worth);
    let varied = usual * u32::try_from(80 + number * 17 % 41).unwrap_or(100) / 100;
    if date.year() == today.year() { varied * 9 / 8 } else { varied }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every day of two years, one of them a leap year.
    fn days() -> impl Iterator<Item = NaiveDate> {
        NaiveDate::from_ymd_opt(2027, 1, 1).into_iter().flat_map(|first| first.iter_days().take(731))
    }

    fn is_ordered(order: &Planned) -> bool {
        order.progress != Progress::Draft
    }

    #[test]
    fn every_month_of_two_years_has_spend() {
        for today in days() {
            let ordered = plan(today).into_iter().filter(is_ordered);
            let months: BTreeSet<(i32, u32)> = ordered.map(|order| (order.date.year(), order.date.month())).collect();
            let all = 12 + usize::try_from(today.month()).unwrap_or(0);
            assert_eq!(months.len(), all, "as seen on {today}");
        }
    }

    #[test]
    fn some_deliveries_are_late_some_come_this_week_and_one_came_in_part() {
        for today in days() {
            let plan = plan(today);
            let waits = |order: &&Planned| matches!(order.progress, Progress::Confirmed | Progress::Partly(_));
            let due: Vec<i64> = plan.iter().filter(waits).map(|order| (order.expected - today).num_days()).collect();
            assert_eq!(due.iter().filter(|days| **days < 0).count(), 2, "late on {today}");
            assert!(due.iter().filter(|days| (0..=7).contains(*days)).count() >= 4, "due from {today}");
            assert_eq!(plan.iter().filter(|order| matches!(order.progress, Progress::Partly(_))).count(), 1);
            assert_eq!(plan.iter().filter(|order| !is_ordered(order)).count(), 3);
        }
    }

    #[test]
    fn nothing_happens_tomorrow_or_before_its_order() {
        for today in days() {
            let plan = plan(today);
            assert!(plan.is_sorted_by_key(|order| order.date), "on {today}");
            for order in plan {
                assert!(order.date <= today && order.expected > order.date, "{order:?} on {today}");
                if let Progress::Partly(came) | Progress::Received(came) = order.progress {
                    assert!(came > order.date && came < today, "{order:?} on {today}");
                }
            }
        }
    }
}
