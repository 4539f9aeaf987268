//! The taxes on sales of countries, as a company there meets them first.

use kontor_kernel::{Country, Percent};
use rust_decimal::Decimal;

/// Rates in tenths of a per cent, standard rate first.
///
/// Member states of the European Union: European Commission, Taxes in Europe Database, position of 29 September 2026. The
/// others: their tax authorities, same position. Where rates differ within a country, as in Canada or the United States, or
/// on islands and in overseas departments, only what all of it has stands here. A company that signed up earlier keeps its
/// rates: it adds a new one, and archives what is no longer used.
#[rustfmt::skip]
const RATES: [(&str, &[i64]); 51] = [
    ("AL", &[200, 100, 60]),
    ("AT", &[200, 130, 100, 49]),
    ("AU", &[100]),
    ("BA", &[170]),
    ("BE", &[210, 120, 60]),
    ("BG", &[200, 90]),
    ("CA", &[50]),
    ("CH", &[81, 38, 26]),
    ("CY", &[190, 90, 50, 30]),
    ("CZ", &[210, 120]),
    ("DE", &[190, 70]),
    ("DK", &[250]),
    ("EE", &[240, 130, 90]),
    ("ES", &[210, 100, 40]),
    ("FI", &[255, 135, 100]),
    ("FR", &[200, 100, 55, 21]),
    ("GB", &[200, 50]),
    ("GE", &[180]),
    ("GR", &[240, 130, 60]),
    ("HR", &[250, 130, 50]),
    ("HU", &[270, 180, 50]),
    ("IE", &[230, 135, 90, 48]),
    ("IN", &[180, 50]),
    ("IS", &[240, 110]),
    ("IT", &[220, 100, 50, 40]),
    ("JP", &[100, 80]),
    ("KR", &[100]),
    ("LI", &[81, 38, 26]),
    ("LT", &[210, 120, 50]),
    ("LU", &[170, 140, 80, 30]),
    ("LV", &[210, 120, 50]),
    ("MC", &[200, 100, 55, 21]),
    ("MD", &[200, 80]),
    ("ME", &[210, 150, 70]),
    ("MK", &[180, 100, 50]),
    ("MT", &[180, 120, 70, 50]),
    ("MX", &[160]),
    ("NL", &[210, 90]),
    ("NO", &[250, 150, 120]),
    ("NZ", &[150]),
    ("PL", &[230, 80, 50]),
    ("PT", &[230, 130, 60]),
    ("RO", &[210, 110]),
    ("RS", &[200, 100]),
    ("SE", &[250, 120, 60]),
    ("SG", &[90]),
    ("SI", &[220, 95, 50]),
    ("SK", &[230, 190, 50]),
    ("TR", &[200, 100, 10]),
    ("UA", &[200, 140, 70]),
    ("ZA", &[150]),
];

/// The rates of a country, standard rate first, and zero last. A country that is not known has zero alone.
pub(crate) fn rates(country: Country) -> Vec<Percent> {
    let known = RATES.binary_search_by(|(code, _)| (*code).cmp(country.code())).ok().and_then(|at| RATES.get(at));
    let tenths = known.map_or(&[][..], |(_, tenths)| tenths);
    tenths.iter().chain(&[0]).map(|tenths| Percent::new(Decimal::new(*tenths, 1).normalize())).collect()
}

/// The rate that holds where no other does; nothing where a country has no tax that all of it has.
pub(crate) fn standard_rate(country: Country) -> Option<Percent> {
    rates(country).into_iter().next().filter(|rate| *rate != Percent::ZERO)
}

/// What the tax is called there.
pub(crate) fn name(country: Country, german: bool) -> &'static str {
    match country.code() {
        "AU" | "CA" | "IN" | "NZ" | "SG" => "GST",
        "CH" | "LI" if german => "MWST",
        "JP" if !german => "Consumption tax",
        "US" if !german => "Sales tax",
        _ if german => "USt.",
        _ => "VAT",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(country: &str) -> Vec<String> {
        Country::from_code(country).map(rates).unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn rates_are_those_of_the_country_and_zero() {
        assert_eq!(texts("DE"), ["19", "7", "0"]);
        assert_eq!(texts("FR"), ["20", "10", "5.5", "2.1", "0"]);
        assert_eq!(texts("FI"), ["25.5", "13.5", "10", "0"]);
        assert_eq!(texts("AT"), ["20", "13", "10", "4.9", "0"]);
        assert_eq!(texts("RO"), ["21", "11", "0"]);
        assert_eq!(texts("US"), ["0"]);
    }

    #[test]
    fn the_standard_rate_is_the_highest_and_never_zero() {
        let standard = |country| Country::from_code(country).and_then(standard_rate).map(|rate| rate.to_string());
        assert_eq!(standard("EE").as_deref(), Some("24"));
        assert_eq!(standard("CH").as_deref(), Some("8.1"));
        assert_eq!(standard("US"), None);
    }

    #[test]
    fn the_table_is_sorted_and_each_country_falls_from_its_standard_rate() {
        assert!(RATES.is_sorted_by(|a, b| a.0 < b.0));
        assert!(
            RATES.iter().all(|(code, rates)| Country::from_code(code).is_some() && rates.is_sorted_by(|a, b| a > b))
        );
    }

    #[test]
    fn all_member_states_are_there() {
        let union = [
            "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU",
            "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
        ];
        for code in union {
            assert!(RATES.iter().any(|(known, _)| *known == code), "{code}");
        }
    }
}
