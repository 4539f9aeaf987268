//! The amounts of an order. Pure.

use kontor_accounting::{NetLine, TaxMethod, TaxTotals, tax_on_net};
use kontor_kernel::{Currency, Money, Percent, Quantity, Result, Rounding, UnitPrice};

/// Quantity × price less discount, rounded to the currency.
pub(crate) fn line_amount(
    price: UnitPrice,
    quantity: Quantity,
    discount: Percent,
    currency: Currency,
) -> Result<Money> {
    Ok(price.times(quantity, currency)?.times(discount.remainder())?.round(Rounding::HalfUp)?)
}

/// The totals over the lines' amounts and tax rates.
pub(crate) fn order_totals(currency: Currency, method: TaxMethod, lines: &[NetLine]) -> Result<TaxTotals> {
    tax_on_net(currency, method, Rounding::HalfUp, lines)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn amount(price: &str, quantity: &str, discount: &str) -> String {
        let line = line_amount(
            UnitPrice::new(price.parse().unwrap()),
            Quantity::new(quantity.parse().unwrap()),
            Percent::new(discount.parse().unwrap()),
            Currency::EUR,
        );
        line.unwrap().amount().to_string()
    }

    #[test]
    fn a_discount_is_taken_before_rounding() {
        assert_eq!(amount("348.35", "16", "4"), "5350.66");
        assert_eq!(amount("0.333", "3", "0"), "1.00");
    }

    #[test]
    fn base_and_tax_are_rounded_apart() {
        let net = line_amount(
            UnitPrice::new("348.35".parse().unwrap()),
            Quantity::new("16".parse().unwrap()),
            Percent::new("4".parse().unwrap()),
            Currency::EUR,
        );
        let line = NetLine { net: net.unwrap(), percent: Percent::new("22".parse().unwrap()) };
        let totals = order_totals(Currency::EUR, TaxMethod::PerLine, &[line]).unwrap();
        assert_eq!(totals.total.amount().to_string(), "6527.81");
    }
}
