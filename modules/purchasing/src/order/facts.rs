use chrono::{DateTime, Utc};
use kontor_accounting::TaxMethod;
use kontor_command::States;
use kontor_entity::{Shape, choices};
use kontor_kernel::{Amount, Percent, Quantity};
use uuid::Uuid;

choices! {
    /// Where an order stands. Set by people.
    pub enum OrderState {
        Draft = "draft" "Draft",
        Confirmed = "confirmed" "Confirmed",
        Done = "done" "Done",
        Cancelled = "cancelled" "Cancelled",
    }
}

impl States for OrderState {
    const DOCUMENT: &'static str = "purchase_orders";
    const MOVES: &'static [(Self, Self)] = &[
        (Self::Draft, Self::Confirmed),
        (Self::Draft, Self::Cancelled),
        (Self::Confirmed, Self::Done),
        (Self::Confirmed, Self::Cancelled),
    ];
}

choices! {
    /// How far something has come. Derived from the lines.
    pub enum Progress {
        None = "none" "None",
        Partial = "partial" "Partial",
        Full = "full" "Full",
    }
}

impl Progress {
    /// From pairs of (done, wanted).
    pub fn of(parts: impl Iterator<Item = (Quantity, Quantity)>) -> Self {
        let (mut any, mut all, mut some) = (false, true, false);
        for (done, wanted) in parts {
            some = true;
            any |= !done.is_zero();
            all &= done >= wanted;
        }
        match (some && all, any) {
            (true, _) => Self::Full,
            (false, true) => Self::Partial,
            (false, false) => Self::None,
        }
    }
}

/// What only the server sets on an order.
#[derive(Debug, Clone, PartialEq, Shape)]
pub struct OrderFacts {
    #[field(search, sort, list)]
    pub number: String,
    #[field(list)]
    pub state: OrderState,
    /// How much of it has arrived.
    #[field(label = "Received", list)]
    pub receipt: Progress,
    /// How much of it was billed.
    #[field(label = "Billed")]
    pub billing: Progress,
    /// How its taxes are rounded; kept, so that the totals can be computed again.
    pub tax_method: TaxMethod,
    pub untaxed: Amount,
    pub tax: Amount,
    #[field(sort, list)]
    pub total: Amount,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub confirmed_by: Option<Uuid>,
    pub cancelled_at: Option<DateTime<Utc>>,
}

impl Default for OrderFacts {
    fn default() -> Self {
        Self {
            number: String::new(),
            state: OrderState::Draft,
            receipt: Progress::None,
            billing: Progress::None,
            tax_method: TaxMethod::PerLine,
            untaxed: Amount::ZERO,
            tax: Amount::ZERO,
            total: Amount::ZERO,
            confirmed_at: None,
            confirmed_by: None,
            cancelled_at: None,
        }
    }
}

/// What only the server sets on a line.
#[derive(Debug, Clone, PartialEq, Default, Shape)]
pub struct LineFacts {
    /// The rate of the tax as it was when the line was written.
    #[field(label = "Tax %")]
    pub tax_percent: Percent,
    /// Quantity × price less discount, rounded.
    pub amount: Amount,
    pub received: Quantity,
    pub billed: Quantity,
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::*;

    fn progress(parts: &[(i64, i64)]) -> Progress {
        let quantity = |n: i64| Quantity::new(Decimal::from(n));
        Progress::of(parts.iter().map(|(done, wanted)| (quantity(*done), quantity(*wanted))))
    }

    #[test]
    fn an_order_is_full_only_when_every_line_is() {
        assert_eq!(progress(&[(0, 5), (0, 1)]), Progress::None);
        assert_eq!(progress(&[(5, 5), (0, 1)]), Progress::Partial);
        assert_eq!(progress(&[(6, 5), (1, 1)]), Progress::Full);
        assert_eq!(progress(&[]), Progress::None);
    }
}
