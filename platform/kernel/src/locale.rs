//! Figures and dates as the tenant writes them.
//!
//! The tenant's locale decides, never the browser's: two people of one company read the same text.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Serialize, Serializer};

use crate::Currency;

/// Between a figure and its symbol: a line never breaks there.
const NO_BREAK: char = '\u{a0}';
/// The true minus sign, as wide as a plus.
const MINUS: char = '\u{2212}';

const ENGLISH_MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How a tenant writes figures and dates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Locale {
    /// `1,234.50`, `€ 1,234.50`, `20 Nov 2026`.
    #[default]
    En,
    /// `1.234,50`, `1.234,50 €`, `20.11.2026`.
    De,
}

impl Serialize for Locale {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl Locale {
    /// The locale of a language tag such as `de` or `de-AT`; English for any other.
    #[must_use]
    pub fn from_tag(tag: &str) -> Self {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("de") { Self::De } else { Self::En }
    }

    /// `en` or `de`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
        }
    }

    /// The sign before decimals.
    #[must_use]
    pub const fn decimal_sign(self) -> char {
        match self {
            Self::En => '.',
            Self::De => ',',
        }
    }

    /// The sign between groups of three digits.
    #[must_use]
    pub const fn group_sign(self) -> char {
        match self {
            Self::En => ',',
            Self::De => '.',
        }
    }

    /// A figure with `least` to `most` decimals: zeros after `least` are dropped, more than `most`
    /// are rounded half away from zero.
    #[must_use]
    pub fn number(self, figure: Decimal, least: u32, most: u32) -> String {
        let rounded = figure.round_dp_with_strategy(most, RoundingStrategy::MidpointAwayFromZero).normalize();
        let plain = rounded.abs().to_string();
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut text = String::with_capacity(plain.len() + 8);
        if rounded.is_sign_negative() && !rounded.is_zero() {
            text.push(MINUS);
        }
        self.push_grouped(&mut text, whole);
        let least = usize::try_from(least).unwrap_or(0);
        if !fraction.is_empty() || least > 0 {
            text.push(self.decimal_sign());
            text.push_str(fraction);
            text.extend(std::iter::repeat_n('0', least.saturating_sub(fraction.len())));
        }
        text
    }

    fn push_grouped(self, text: &mut String, digits: &str) {
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                text.push(self.group_sign());
            }
            text.push(digit);
        }
    }

    /// A quantity, price or rate: as many decimals as it has, at most six.
    #[must_use]
    pub fn quantity(self, figure: Decimal) -> String {
        self.number(figure, 0, 6)
    }

    /// A unit price: at least the currency's decimals, at most six.
    #[must_use]
    pub fn unit_price(self, price: Decimal, currency: &str) -> String {
        self.number(price, minor_places(currency), 6)
    }

    /// A unit price with its symbol: `€ 24.50`, `24,50 €`.
    #[must_use]
    pub fn price(self, price: Decimal, currency: &str) -> String {
        self.money_pattern(currency).replace("{}", &self.unit_price(price, currency))
    }

    /// A whole number, as in `1–50 of 10,000`.
    #[must_use]
    pub fn count(self, count: u64) -> String {
        self.number(Decimal::from(count), 0, 0)
    }

    /// An amount without its symbol, with exactly the currency's decimals.
    #[must_use]
    pub fn amount(self, amount: Decimal, currency: &str) -> String {
        let places = minor_places(currency);
        self.number(amount, places, places)
    }

    /// An amount with its symbol: `€ 1,234.50`, `1.234,50 €`, `−€ 20.00`.
    #[must_use]
    pub fn money(self, amount: Decimal, currency: &str) -> String {
        let figure = self.amount(amount.abs(), currency);
        let text = self.money_pattern(currency).replace("{}", &figure);
        let rounds_to_zero =
            amount.round_dp_with_strategy(minor_places(currency), RoundingStrategy::MidpointAwayFromZero).is_zero();
        if amount.is_sign_negative() && !rounds_to_zero { format!("{MINUS}{text}") } else { text }
    }

    /// An amount without decimals, for headlines: `€ 412,860`.
    #[must_use]
    pub fn money_rounded(self, amount: Decimal, currency: &str) -> String {
        let figure = self.number(amount.abs(), 0, 0);
        let text = self.money_pattern(currency).replace("{}", &figure);
        if amount.is_sign_negative() && figure != "0" { format!("{MINUS}{text}") } else { text }
    }

    /// Where the figure stands to the currency's symbol; `{}` is the figure.
    #[must_use]
    pub fn money_pattern(self, currency: &str) -> String {
        let symbol = symbol(currency);
        match self {
            Self::En => format!("{symbol}{NO_BREAK}{{}}"),
            Self::De => format!("{{}}{NO_BREAK}{symbol}"),
        }
    }

    /// A rate in percent: `21 %`.
    #[must_use]
    pub fn percent(self, rate: Decimal) -> String {
        format!("{}{NO_BREAK}%", self.quantity(rate))
    }

    /// `20 Nov 2026` or `20.11.2026`.
    #[must_use]
    pub fn date(self, date: NaiveDate) -> String {
        match self {
            Self::En => format!("{} {} {}", date.day(), english_month(date), date.year()),
            Self::De => format!("{:02}.{:02}.{}", date.day(), date.month(), date.year()),
        }
    }

    /// `20 Nov` or `20.11.`: within a year nobody doubts.
    #[must_use]
    pub fn day(self, date: NaiveDate) -> String {
        match self {
            Self::En => format!("{} {}", date.day(), english_month(date)),
            Self::De => format!("{:02}.{:02}.", date.day(), date.month()),
        }
    }

    /// `20 Nov 2026, 09:42`; the caller brings the time in the tenant's zone.
    #[must_use]
    pub fn datetime(self, moment: DateTime<FixedOffset>) -> String {
        format!("{}, {}", self.date(moment.date_naive()), moment.format("%H:%M"))
    }

    /// `Today, 09:42`, `Yesterday, 16:25`, else date and time; `today` is the tenant's.
    #[must_use]
    pub fn moment(self, moment: DateTime<FixedOffset>, today: NaiveDate) -> String {
        let day = moment.date_naive();
        let name = match (today - day).num_days() {
            0 => "Today".to_owned(),
            1 => "Yesterday".to_owned(),
            _ => self.date(day),
        };
        format!("{name}, {}", moment.format("%H:%M"))
    }
}

/// How late a date is, in words: `3 d late`; none when it is not.
#[must_use]
pub fn lateness(due: NaiveDate, today: NaiveDate) -> Option<String> {
    let days = (today - due).num_days();
    (days > 0).then(|| format!("{days} d late"))
}

fn english_month(date: NaiveDate) -> &'static str {
    usize::try_from(date.month0()).ok().and_then(|index| ENGLISH_MONTHS.get(index)).copied().unwrap_or_default()
}

/// Decimals of a currency's minor unit; two for what is no currency.
#[must_use]
pub fn minor_places(currency: &str) -> u32 {
    Currency::parse(currency).map_or(2, Currency::exponent)
}

/// A currency's symbol, or its code where a symbol would be mistaken for another's.
#[must_use]
pub fn symbol(currency: &str) -> &str {
    match Currency::parse(currency) {
        Some(known) => known.symbol(),
        None => currency,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn money_has_the_tenants_signs_and_the_currencys_decimals() {
        assert_eq!(Locale::En.money(decimal("1234.5"), "EUR"), "€\u{a0}1,234.50");
        assert_eq!(Locale::De.money(decimal("1234.5"), "EUR"), "1.234,50\u{a0}€");
        assert_eq!(Locale::De.money(decimal("-20"), "CHF"), "\u{2212}20,00\u{a0}CHF");
        assert_eq!(Locale::En.money(decimal("-20"), "USD"), "\u{2212}$\u{a0}20.00");
        assert_eq!(Locale::En.money(decimal("12345"), "JPY"), "¥\u{a0}12,345");
        assert_eq!(Locale::En.money(decimal("1.2345"), "KWD"), "KWD\u{a0}1.235");
    }

    #[test]
    fn nothing_is_ever_minus_zero() {
        assert_eq!(Locale::En.money(decimal("-0.001"), "EUR"), "€\u{a0}0.00");
        assert_eq!(Locale::En.number(decimal("-0.001"), 2, 2), "0.00");
    }

    #[test]
    fn numbers_group_by_three_and_keep_what_was_asked() {
        assert_eq!(Locale::En.number(decimal("1234567.891"), 0, 2), "1,234,567.89");
        assert_eq!(Locale::De.number(decimal("1234567.891"), 0, 2), "1.234.567,89");
        assert_eq!(Locale::En.quantity(decimal("40.000")), "40");
        assert_eq!(Locale::En.quantity(decimal("0.125")), "0.125");
        assert_eq!(Locale::En.unit_price(decimal("18"), "EUR"), "18.00");
        assert_eq!(Locale::En.unit_price(decimal("0.0375"), "EUR"), "0.0375");
        assert_eq!(Locale::En.price(decimal("18"), "EUR"), "€\u{a0}18.00");
        assert_eq!(Locale::De.price(decimal("0.0375"), "EUR"), "0,0375\u{a0}€");
        assert_eq!(Locale::De.count(10_000), "10.000");
        assert_eq!(Locale::En.money_rounded(decimal("412860.4"), "EUR"), "€\u{a0}412,860");
        assert_eq!(Locale::De.percent(decimal("7.5")), "7,5\u{a0}%");
    }

    #[test]
    fn dates_are_written_the_tenants_way() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        assert_eq!(Locale::En.date(date), "20 Nov 2026");
        assert_eq!(Locale::De.date(date), "20.11.2026");
        assert_eq!(Locale::En.day(date), "20 Nov");
        assert_eq!(Locale::De.day(date), "20.11.");
    }

    #[test]
    fn moments_near_today_are_said_in_words() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap();
        assert_eq!(Locale::En.moment(at("2026-11-20T09:42:00+01:00"), today), "Today, 09:42");
        assert_eq!(Locale::En.moment(at("2026-11-19T16:25:00+01:00"), today), "Yesterday, 16:25");
        assert_eq!(Locale::De.moment(at("2026-11-02T08:00:00+01:00"), today), "02.11.2026, 08:00");
        assert_eq!(Locale::En.datetime(at("2026-11-02T08:00:00+01:00")), "2 Nov 2026, 08:00");
    }

    #[test]
    fn lateness_counts_days_and_is_silent_in_time() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        assert_eq!(lateness(day(17), day(20)).as_deref(), Some("3 d late"));
        assert_eq!(lateness(day(20), day(20)), None);
    }

    #[test]
    fn a_tag_names_its_language() {
        assert_eq!(Locale::from_tag("de-AT"), Locale::De);
        assert_eq!(Locale::from_tag("en_GB"), Locale::En);
        assert_eq!(Locale::from_tag("fr"), Locale::En);
    }
}
