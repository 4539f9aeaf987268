#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kontor_kernel::{Quantity, UnitPrice, Unrounded};
use proptest::prelude::*;

use super::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn eur() -> Currency {
    Currency::EUR
}

fn money(text: &str, currency: Currency) -> Money {
    Unrounded::new(decimal(text), currency).round(Rounding::HalfUp).unwrap()
}

fn percent(text: &str) -> Percent {
    Percent::new(decimal(text))
}

fn on_net(method: TaxMethod, lines: &[(&str, &str)]) -> TaxTotals {
    let lines: Vec<NetLine> =
        lines.iter().map(|(net, rate)| NetLine { net: money(net, eur()), percent: percent(rate) }).collect();
    tax_on_net(eur(), method, Rounding::HalfUp, &lines).unwrap()
}

fn total(totals: &TaxTotals) -> String {
    totals.total.amount().to_string()
}

#[test]
fn base_and_tax_are_rounded_separately() {
    let price = UnitPrice::new(decimal("348.35"));
    let exact = price.times(Quantity::new(decimal("16")), eur()).unwrap();
    let net = exact.times(percent("4").remainder()).unwrap().round(Rounding::HalfUp).unwrap();
    let line = NetLine { net, percent: percent("22") };
    for method in [TaxMethod::PerLine, TaxMethod::PerDocument] {
        let totals = tax_on_net(eur(), method, Rounding::HalfUp, &[line]).unwrap();
        assert_eq!(totals.untaxed.amount().to_string(), "5350.66");
        assert_eq!(totals.tax.amount().to_string(), "1177.15");
        assert_eq!(total(&totals), "6527.81");
    }
}

#[test]
fn ten_lines_differ_by_line_and_by_document() {
    let lines = [("3.60", "5.5"); 10];
    assert_eq!(total(&on_net(TaxMethod::PerLine, &lines)), "38.00");
    assert_eq!(total(&on_net(TaxMethod::PerDocument, &lines)), "37.98");
    assert_eq!(total(&on_net(TaxMethod::PerLine, &[("36.00", "5.5")])), "37.98");
}

#[test]
fn the_yen_follows_the_rounding_rule() {
    let line = NetLine { net: money("12345", Currency::JPY), percent: percent("10") };
    for (rounding, tax, total) in
        [(Rounding::HalfUp, "1235", "13580"), (Rounding::HalfEven, "1234", "13579"), (Rounding::Down, "1234", "13579")]
    {
        let totals = tax_on_net(Currency::JPY, TaxMethod::PerLine, rounding, &[line]).unwrap();
        assert_eq!(totals.tax.amount().to_string(), tax);
        assert_eq!(totals.total.amount().to_string(), total);
    }
}

#[test]
fn each_rate_is_told_apart() {
    let totals = on_net(TaxMethod::PerDocument, &[("100.00", "19"), ("50.00", "7"), ("1.00", "19.0")]);
    let parts: Vec<String> =
        totals.parts.iter().map(|p| format!("{} {} {}", p.percent, p.net.amount(), p.tax.amount())).collect();
    assert_eq!(parts, ["7 50.00 3.50", "19 101.00 19.19"]);
}

#[test]
fn no_lines_come_to_nothing() {
    assert_eq!(total(&on_net(TaxMethod::PerLine, &[])), "0.00");
}

#[test]
fn a_line_in_another_currency_is_refused() {
    let line = NetLine { net: money("1", Currency::JPY), percent: percent("10") };
    assert!(tax_on_net(eur(), TaxMethod::PerLine, Rounding::HalfUp, &[line]).is_err());
}

#[test]
fn prices_with_tax_keep_their_sum() {
    let line = GrossLine { gross: money("99.99", eur()), percent: percent("19") };
    for method in [TaxMethod::PerLine, TaxMethod::PerDocument] {
        let totals = tax_in_gross(eur(), method, Rounding::HalfUp, &[line; 3]).unwrap();
        assert_eq!(total(&totals), "299.97");
    }
    let per_line = tax_in_gross(eur(), TaxMethod::PerLine, Rounding::HalfUp, &[line; 3]).unwrap();
    let per_document = tax_in_gross(eur(), TaxMethod::PerDocument, Rounding::HalfUp, &[line; 3]).unwrap();
    assert_eq!(per_line.tax.amount().to_string(), "47.88");
    assert_eq!(per_document.tax.amount().to_string(), "47.89");
}

fn lines() -> impl Strategy<Value = Vec<(i64, u32)>> {
    proptest::collection::vec((0_i64..10_000_000, 0_u32..3_000), 0..30)
}

proptest! {
    #[test]
    fn totals_are_the_sums_of_their_parts(lines in lines(), per_line in any::<bool>()) {
        let method = if per_line { TaxMethod::PerLine } else { TaxMethod::PerDocument };
        let net: Vec<NetLine> = lines
            .iter()
            .map(|(minor, rate)| NetLine {
                net: money(&Decimal::new(*minor, 2).to_string(), eur()),
                percent: Percent::new(Decimal::new(i64::from(*rate), 2)),
            })
            .collect();
        let totals = tax_on_net(eur(), method, Rounding::HalfUp, &net).unwrap();
        let untaxed: Decimal = net.iter().map(|l| l.net.amount().value()).sum();
        prop_assert_eq!(totals.untaxed.amount().value(), untaxed);
        let tax: Decimal = totals.parts.iter().map(|p| p.tax.amount().value()).sum();
        prop_assert_eq!(totals.tax.amount().value(), tax);
        prop_assert_eq!(totals.total.amount().value(), untaxed + tax);
        // Half a minor unit for each rounding.
        let exact: Decimal = net.iter().map(|l| l.net.amount().value() * l.percent.rate().value()).sum();
        let roundings = if per_line { net.len() } else { totals.parts.len() };
        prop_assert!((exact - tax).abs() <= Decimal::new(5, 3) * Decimal::from(roundings));
    }

    #[test]
    fn gross_amounts_are_kept(lines in lines(), per_line in any::<bool>()) {
        let method = if per_line { TaxMethod::PerLine } else { TaxMethod::PerDocument };
        let gross: Vec<GrossLine> = lines
            .iter()
            .map(|(minor, rate)| GrossLine {
                gross: money(&Decimal::new(*minor, 2).to_string(), eur()),
                percent: Percent::new(Decimal::new(i64::from(*rate), 2)),
            })
            .collect();
        let totals = tax_in_gross(eur(), method, Rounding::HalfUp, &gross).unwrap();
        let sum: Decimal = gross.iter().map(|l| l.gross.amount().value()).sum();
        prop_assert_eq!(totals.total.amount().value(), sum);
        prop_assert_eq!(totals.untaxed.amount().value() + totals.tax.amount().value(), sum);
        prop_assert!(!totals.tax.is_negative());
    }
}
