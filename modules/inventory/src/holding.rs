//! What goods at one place are worth, at moving average. Pure.

use kontor_kernel::{Money, MoneyError, Quantity, Result, Rounding, UnitPrice, Unrounded};
use rust_decimal::RoundingStrategy;

use crate::Code;

/// Decimal places of an average cost.
const COST_PLACES: u32 = 6;

/// A quantity at one place with its worth.
///
/// The value is exact to the minor unit, the average follows from it: after any moves in and out the value is the sum of
/// what they added and took, and nothing on hand is worth nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Holding {
    pub on_hand: Quantity,
    pub reserved: Quantity,
    pub value: Money,
    pub average_cost: UnitPrice,
}

impl Holding {
    /// On hand and not promised.
    pub fn available(&self) -> Quantity {
        self.on_hand - self.reserved
    }

    /// Adds goods of a known value.
    pub fn take_in(&mut self, quantity: Quantity, value: Money) -> Result<()> {
        self.value = self.value.checked_add(value)?;
        self.on_hand = self.on_hand + quantity;
        self.average_cost = unit_cost(self.value, self.on_hand).unwrap_or(self.average_cost);
        Ok(())
    }

    /// Takes goods out and returns what they were worth: the last ones all that is left.
    ///
    /// Errors with `insufficient_stock` when more is asked for than is on hand and not reserved.
    pub fn take_out(&mut self, quantity: Quantity) -> Result<Money> {
        let left = self.on_hand - quantity;
        if left < self.reserved {
            return Err(Code::InsufficientStock.error());
        }
        let value = if left.is_zero() { self.value } else { self.share(quantity)? };
        self.value = self.value.checked_sub(value)?;
        self.on_hand = left;
        self.average_cost = unit_cost(self.value, left).unwrap_or(self.average_cost);
        Ok(value)
    }

    fn share(&self, quantity: Quantity) -> Result<Money> {
        let product = self.value.amount().value().checked_mul(quantity.value()).ok_or(MoneyError::Overflow)?;
        Ok(Unrounded::new(product / self.on_hand.value(), self.value.currency()).round(Rounding::HalfUp)?)
    }
}

/// Value divided by quantity, to six places; nothing for no quantity.
pub(crate) fn unit_cost(value: Money, quantity: Quantity) -> Option<UnitPrice> {
    let cost = value.amount().value().checked_div(quantity.value())?;
    let cost = cost.round_dp_with_strategy(COST_PLACES, RoundingStrategy::MidpointAwayFromZero);
    Some(UnitPrice::new(cost.normalize()))
}

#[cfg(test)]
mod tests;
