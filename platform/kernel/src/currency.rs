//! Currencies by ISO 4217.

mod table;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use table::{ROWS, Row};

/// A currency of ISO 4217, kept by its three-letter code.
///
/// A value always is one of the table: there is no way to make another. Ordered by code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    pub const CHF: Self = Self(*b"CHF");
    pub const EUR: Self = Self(*b"EUR");
    pub const GBP: Self = Self(*b"GBP");
    pub const INR: Self = Self(*b"INR");
    pub const JPY: Self = Self(*b"JPY");
    pub const USD: Self = Self(*b"USD");

    /// Understands the alphabetic code in any case, with spaces around it: `EUR`, `eur`.
    ///
    /// Symbols are not understood: `$` and `kr` are the sign of many currencies.
    pub fn parse(text: &str) -> Option<Self> {
        let mut code: [u8; 3] = text.trim().as_bytes().try_into().ok()?;
        code.make_ascii_uppercase();
        find(code).map(|_| Self(code))
    }

    /// All currencies in use, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().filter_map(|row| Self::parse(row.code))
    }

    /// The alphabetic code, for example `EUR`.
    pub fn code(self) -> &'static str {
        find(self.0).map_or("", |row| row.code)
    }

    /// Decimal places of the minor unit by ISO 4217: 2 for most, 0 for `JPY`, 3 for `KWD`, 4 for `CLF`.
    pub fn exponent(self) -> u32 {
        find(self.0).map_or(2, |row| row.exponent)
    }

    /// The sign that stands for this currency and no other: `€`, `$` for the US dollar, `CA$`; the code where it has
    /// none.
    pub fn symbol(self) -> &'static str {
        find(self.0).map_or("¤", |row| row.symbol)
    }

    /// The English name, for example `Swiss Franc`.
    pub fn name(self) -> &'static str {
        find(self.0).map_or("", |row| row.english)
    }
}

fn find(code: [u8; 3]) -> Option<&'static Row> {
    let at = ROWS.binary_search_by(|row| row.code.as_bytes().cmp(&code)).ok()?;
    ROWS.get(at)
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Currency({})", self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// The text is no ISO 4217 code of a currency in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownCurrency;

impl fmt::Display for UnknownCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("is no currency in use: give its three-letter code, such as EUR")
    }
}

impl std::error::Error for UnknownCurrency {}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or(UnknownCurrency)
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom(UnknownCurrency))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn the_table_is_sorted_and_its_codes_and_symbols_are_unique() {
        assert!(ROWS.is_sorted_by(|a, b| a.code < b.code));
        let mut symbols = std::collections::HashSet::new();
        for row in &ROWS {
            assert!(row.code.len() == 3 && row.code.bytes().all(|b| b.is_ascii_uppercase()), "{}", row.english);
            assert!(matches!(row.exponent, 0 | 2 | 3 | 4), "{}", row.english);
            assert!(symbols.insert(row.symbol), "{} is used twice", row.symbol);
        }
    }

    #[test]
    fn every_currency_is_found_by_its_own_code() {
        assert_eq!(Currency::all().count(), ROWS.len());
        for currency in Currency::all() {
            assert_eq!(Currency::parse(currency.code()), Some(currency));
            assert_eq!(currency.to_string().parse(), Ok(currency));
        }
        for known in [Currency::CHF, Currency::EUR, Currency::GBP, Currency::INR, Currency::JPY, Currency::USD] {
            assert_eq!(Currency::parse(known.code()), Some(known));
        }
    }

    #[test]
    fn minor_units_are_those_of_iso_4217() {
        for (code, exponent) in [
            ("EUR", 2),
            ("USD", 2),
            ("HUF", 2),
            ("IDR", 2),
            ("JPY", 0),
            ("ISK", 0),
            ("KRW", 0),
            ("KWD", 3),
            ("TND", 3),
            ("CLF", 4),
        ] {
            assert_eq!(Currency::parse(code).unwrap().exponent(), exponent, "{code}");
        }
    }

    #[test]
    fn what_is_no_code_in_use_is_refused() {
        for text in ["", "E", "EURO", "€", "XXX", "DEM", "HRK", "BGN", "ANG", "SLL", "ZWL", "CUC", "EÜ", "123", "XAU"]
        {
            assert_eq!(Currency::parse(text), None, "{text}");
        }
        for successor in ["EUR", "XCG", "SLE", "ZWG", "VED"] {
            assert!(Currency::parse(successor).is_some(), "{successor}");
        }
        assert_eq!(Currency::parse(" eur "), Some(Currency::EUR));
    }

    #[test]
    fn a_currency_is_a_string_in_json() {
        let value = serde::de::value::StrDeserializer::<serde::de::value::Error>::new("jpy");
        assert_eq!(Currency::deserialize(value).unwrap(), Currency::JPY);
        assert_eq!(format!("{:>5}|{:?}", Currency::JPY, Currency::JPY), "  JPY|Currency(JPY)");
    }
}
