#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kontor_kernel::Currency;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;

fn quantity(text: &str) -> Quantity {
    Quantity::new(text.parse().unwrap())
}

fn eur(text: &str) -> Money {
    Unrounded::new(text.parse().unwrap(), Currency::EUR).round(Rounding::HalfUp).unwrap()
}

fn holding() -> Holding {
    let (none, free) = (Quantity::ZERO, UnitPrice::ZERO);
    Holding { on_hand: none, reserved: none, value: Money::zero(Currency::EUR), average_cost: free }
}

#[test]
fn the_average_moves_with_what_comes_in() {
    let mut chai = holding();
    chai.take_in(quantity("10"), eur("100.00")).unwrap();
    chai.take_in(quantity("20"), eur("260.00")).unwrap();
    assert_eq!(chai.average_cost.to_string(), "12");
    assert_eq!(chai.take_out(quantity("5")).unwrap(), eur("60.00"));
    assert_eq!((chai.on_hand, chai.value), (quantity("25"), eur("300.00")));
}

#[test]
fn the_last_ones_take_all_that_is_left() {
    let mut chai = holding();
    chai.take_in(quantity("3"), eur("10.00")).unwrap();
    assert_eq!(chai.average_cost.to_string(), "3.333333");
    assert_eq!(chai.take_out(quantity("1")).unwrap(), eur("3.33"));
    assert_eq!(chai.take_out(quantity("1")).unwrap(), eur("3.34"));
    assert_eq!(chai.take_out(quantity("1")).unwrap(), eur("3.33"));
    assert!(chai.value.is_zero());
    assert_eq!(chai.average_cost.to_string(), "3.33", "the last cost is remembered");
}

#[test]
fn more_than_there_is_cannot_leave() {
    let mut chai = holding();
    chai.take_in(quantity("3"), eur("10.00")).unwrap();
    chai.reserved = quantity("2");
    let before = chai;
    assert!(chai.take_out(quantity("1.5")).unwrap_err().is(Code::InsufficientStock));
    assert_eq!(chai, before);
    chai.take_out(quantity("1")).unwrap();
}

#[test]
fn goods_may_come_for_nothing() {
    let mut gift = holding();
    gift.take_in(quantity("4"), eur("0")).unwrap();
    assert_eq!(gift.average_cost.to_string(), "0");
    assert!(gift.take_out(quantity("4")).unwrap().is_zero());
}

proptest! {
    /// I1, I4 and I5 for any sequence of moves.
    #[test]
    fn value_and_quantity_are_the_sums_of_their_moves(
        moves in proptest::collection::vec((any::<bool>(), 1_i64..10_000, 0_i64..1_000_000), 1..40),
    ) {
        let mut held = holding();
        let (mut on_hand, mut value) = (Decimal::ZERO, Decimal::ZERO);
        for (inward, thousandths, minor) in moves {
            let moved = Quantity::new(Decimal::new(thousandths, 3));
            if inward {
                held.take_in(moved, eur(&Decimal::new(minor, 2).to_string())).unwrap();
                on_hand += moved.value();
                value += Decimal::new(minor, 2);
            } else if let Ok(cost) = held.take_out(moved) {
                prop_assert!(!cost.is_negative());
                on_hand -= moved.value();
                value -= cost.amount().value();
            }
            prop_assert_eq!(held.on_hand.value(), on_hand);
            prop_assert_eq!(held.value.amount().value(), value);
            prop_assert!(!held.value.is_negative());
            prop_assert!(!held.on_hand.is_zero() || held.value.is_zero());
            if !on_hand.is_zero() {
                let average = held.average_cost.value();
                prop_assert!((average - value / on_hand).abs() <= Decimal::new(5, 7));
            }
        }
    }
}
