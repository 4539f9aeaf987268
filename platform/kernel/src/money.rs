//! Money, prices and quantities. Rounding happens in one place: [`Unrounded::round`].

use std::{fmt, ops};

use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use crate::Currency;

/// How an exact result becomes whole minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Rounding {
    /// Half away from zero: what invoices and tax offices of most countries use.
    #[default]
    HalfUp,
    /// Half to even, without bias over many amounts.
    HalfEven,
    /// Towards zero.
    Down,
}

impl From<Rounding> for RoundingStrategy {
    fn from(rounding: Rounding) -> Self {
        match rounding {
            Rounding::HalfUp => Self::MidpointAwayFromZero,
            Rounding::HalfEven => Self::MidpointNearestEven,
            Rounding::Down => Self::ToZero,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    /// Amounts of two currencies were added or compared.
    CurrencyMismatch,
    /// The result has more digits than can be kept.
    Overflow,
    /// An allocation had no weight above zero, or one below.
    NoWeight,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CurrencyMismatch => "amounts are of different currencies",
            Self::Overflow => "the amount is too large",
            Self::NoWeight => "an allocation needs weights of which one is above zero",
        })
    }
}

impl std::error::Error for MoneyError {}

impl From<MoneyError> for crate::Error {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::Overflow => crate::Fault::TooBig.error().caused_by(error),
            other => Self::internal(other),
        }
    }
}

macro_rules! decimal {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
        #[serde(transparent)]
        pub struct $name(Decimal);

        impl $name {
            pub const ZERO: Self = Self(Decimal::ZERO);

            pub const fn new(value: Decimal) -> Self {
                Self(value)
            }

            pub const fn value(self) -> Decimal {
                self.0
            }

            pub fn is_zero(self) -> bool {
                self.0.is_zero()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

decimal!(
    /// How many or how much of a product, in its unit. Up to six decimal places.
    Quantity
);
decimal!(
    /// The price of one unit, in the currency of the document or the company. Up to six decimal places.
    UnitPrice
);
decimal!(
    /// A share in hundredths: 19 is nineteen per cent.
    Percent
);
decimal!(
    /// A plain factor: 0.19 is nineteen per cent.
    Rate
);
decimal!(
    /// Units of the company's currency for one unit of the foreign one.
    FxRate
);

impl ops::Add for Quantity {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl ops::Sub for Quantity {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl ops::Neg for Quantity {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Percent {
    /// The same share as a factor.
    pub fn rate(self) -> Rate {
        Rate(self.0 / Decimal::ONE_HUNDRED)
    }

    /// What remains after taking this share off: 15 % gives 0.85.
    pub fn remainder(self) -> Rate {
        Rate(Decimal::ONE - self.0 / Decimal::ONE_HUNDRED)
    }
}

impl UnitPrice {
    /// Price × quantity, exact.
    pub fn times(self, quantity: Quantity, currency: Currency) -> Result<Unrounded, MoneyError> {
        let value = self.0.checked_mul(quantity.0).ok_or(MoneyError::Overflow)?;
        Ok(Unrounded { value, currency })
    }
}

/// An exact result that nobody has rounded yet. It can be neither stored nor sent.
#[derive(Debug, Clone, Copy, PartialEq)]
#[must_use]
pub struct Unrounded {
    value: Decimal,
    currency: Currency,
}

impl Unrounded {
    pub fn new(value: Decimal, currency: Currency) -> Self {
        Self { value, currency }
    }

    pub fn times(self, rate: Rate) -> Result<Self, MoneyError> {
        let value = self.value.checked_mul(rate.0).ok_or(MoneyError::Overflow)?;
        Ok(Self { value, ..self })
    }

    /// Whole minor units of the currency.
    pub fn round(self, rounding: Rounding) -> Result<Money, MoneyError> {
        let places = self.currency.exponent();
        let mut amount = self.value.round_dp_with_strategy(places, rounding.into());
        amount.rescale(places);
        if amount.scale() != places || amount.abs() >= Money::LIMIT {
            return Err(MoneyError::Overflow);
        }
        Ok(Money { amount, currency: self.currency })
    }
}

/// A rounded amount without its currency, as it stands in a column beside the document's currency.
///
/// Only [`Money::amount`] makes one, so nothing unrounded reaches a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
#[serde(transparent)]
pub struct Amount(Decimal);

impl Amount {
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// An amount read back from a column that was filled from [`Money`].
    pub const fn stored(value: Decimal) -> Self {
        Self(value)
    }

    pub const fn value(self) -> Decimal {
        self.0
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A rounded amount: whole minor units of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    amount: Decimal,
    currency: Currency,
}

impl Money {
    /// Amounts stay below this, in major units, so that sums of millions of rows stay exact.
    pub const LIMIT: Decimal = Decimal::from_parts(2_764_472_320, 232_830, 0, false, 0);

    pub fn zero(currency: Currency) -> Self {
        let mut amount = Decimal::ZERO;
        amount.rescale(currency.exponent());
        Self { amount, currency }
    }

    pub fn amount(self) -> Amount {
        Amount(self.amount)
    }

    pub fn currency(self) -> Currency {
        self.currency
    }

    pub fn is_zero(self) -> bool {
        self.amount.is_zero()
    }

    pub fn is_negative(self) -> bool {
        self.amount < Decimal::ZERO
    }

    /// The exact value again, to compute on.
    pub fn exact(self) -> Unrounded {
        Unrounded { value: self.amount, currency: self.currency }
    }

    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch);
        }
        let amount = self.amount.checked_add(other.amount).ok_or(MoneyError::Overflow)?;
        Ok(Self { amount, ..self })
    }

    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.checked_add(Self { amount: -other.amount, ..other })
    }

    /// Splits into parts in proportion to `weights`; the parts always sum to the whole.
    ///
    /// Largest remainder method; the earliest part wins a tie. Errors when no weight is above zero.
    pub fn allocate(self, weights: &[Decimal]) -> Result<Vec<Self>, MoneyError> {
        let total: Decimal = weights.iter().sum();
        if total <= Decimal::ZERO || weights.iter().any(|w| *w < Decimal::ZERO) {
            return Err(MoneyError::NoWeight);
        }
        let places = self.currency.exponent();
        let unit = Decimal::new(1, places);
        let mut parts = Vec::with_capacity(weights.len());
        let mut remainders = Vec::with_capacity(weights.len());
        for (index, weight) in weights.iter().enumerate() {
            let exact = self.amount.abs().checked_mul(*weight).ok_or(MoneyError::Overflow)? / total;
            let mut part = exact.round_dp_with_strategy(places, RoundingStrategy::ToZero);
            part.rescale(places);
            remainders.push((std::cmp::Reverse(exact - part), index));
            parts.push(part);
        }
        remainders.sort();
        let mut left = self.amount.abs() - parts.iter().sum::<Decimal>();
        for (_, index) in remainders {
            if left.is_zero() {
                break;
            }
            if let Some(part) = parts.get_mut(index) {
                *part += unit;
                left -= unit;
            }
        }
        let sign = if self.is_negative() { -Decimal::ONE } else { Decimal::ONE };
        Ok(parts.into_iter().map(|part| Self { amount: part * sign, ..self }).collect())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn money(text: &str, currency: &str) -> Money {
        Unrounded::new(decimal(text), Currency::parse(currency).unwrap()).round(Rounding::HalfUp).unwrap()
    }

    #[test]
    fn the_yen_has_no_minor_unit() {
        assert_eq!(money("31.2", "JPY").amount().to_string(), "31");
    }

    #[test]
    fn amounts_keep_the_scale_of_their_currency() {
        assert_eq!(money("10", "EUR").amount().to_string(), "10.00");
        assert_eq!(Money::zero(Currency::parse("EUR").unwrap()).amount().to_string(), "0.00");
    }

    #[test]
    fn five_lines_of_84_03_at_19_per_cent_differ_by_line_and_by_document() {
        let line = money("84.03", "EUR");
        let vat = Percent::new(decimal("19")).rate();
        let per_line = line.exact().times(vat).unwrap().round(Rounding::HalfUp).unwrap();
        assert_eq!(per_line.amount().value() * decimal("5"), decimal("79.85"));
        let document = money("420.15", "EUR").exact().times(vat).unwrap().round(Rounding::HalfUp).unwrap();
        assert_eq!(document.amount().value(), decimal("79.83"));
    }

    #[test]
    fn two_currencies_do_not_add() {
        assert_eq!(money("1", "EUR").checked_add(money("1", "JPY")), Err(MoneyError::CurrencyMismatch));
    }

    #[test]
    fn the_limit_is_a_quadrillion() {
        assert_eq!(Money::LIMIT, decimal("1000000000000000"));
    }

    proptest! {
        #[test]
        fn an_allocation_sums_to_the_whole(
            minor in -10_000_000_i64..10_000_000,
            weights in proptest::collection::vec(0_u32..10_000, 1..12),
        ) {
            let whole = Money { amount: Decimal::new(minor, 2), currency: Currency::parse("EUR").unwrap() };
            let weights: Vec<Decimal> = weights.into_iter().map(Decimal::from).collect();
            prop_assume!(weights.iter().any(|w| *w > Decimal::ZERO));
            let parts = whole.allocate(&weights).unwrap();
            prop_assert_eq!(parts.iter().map(|p| p.amount).sum::<Decimal>(), whole.amount);
            prop_assert!(parts.iter().all(|p| p.is_zero() || p.is_negative() == whole.is_negative()));
        }
    }
}
