//! Countries by ISO 3166-1, understood as people write them.

mod table;

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::{Locale, currency::Currency};
use table::{ROWS, Row};

/// A country of ISO 3166-1, kept and shown by its two-letter code.
///
/// Ordered by that code.
#[derive(Clone, Copy)]
pub struct Country(&'static Row);

/// Every spelling that is understood, folded, with its country.
///
/// About 1,500 entries, made at the first use.
static SPELLINGS: LazyLock<HashMap<String, &'static Row>> = LazyLock::new(|| {
    let mut spellings = HashMap::with_capacity(ROWS.len() * 7);
    for row in &ROWS {
        let names = [row.alpha2, row.alpha3, row.english, row.german];
        for name in names.into_iter().chain(row.aliases.iter().copied()) {
            spellings.insert(fold(name), row);
            spellings.insert(fold(&umlauts_spelt_out(name)), row);
        }
    }
    spellings
});

impl Country {
    /// The country with this ISO 3166-1 alpha-2 code in upper case.
    pub fn from_code(code: &str) -> Option<Self> {
        let at = ROWS.binary_search_by(|row| row.alpha2.cmp(code)).ok()?;
        ROWS.get(at).map(Self)
    }

    /// Understands a code (`NL`, `nld`), an English, German or native name, a formal one or a common alias (`Holland`,
    /// `UK`).
    ///
    /// Case, accents, spaces and punctuation do not matter; `Österreich`, `Osterreich` and `Oesterreich` are one. A name
    /// two countries claim (`Korea`, `Congo`) is not guessed.
    pub fn parse(text: &str) -> Option<Self> {
        SPELLINGS.get(&fold(text)).copied().map(Self)
    }

    /// All countries, by code.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        ROWS.iter().map(Self)
    }

    /// ISO 3166-1 alpha-2, for example `DE`.
    pub fn code(self) -> &'static str {
        self.0.alpha2
    }

    /// ISO 3166-1 alpha-3, for example `DEU`.
    pub fn alpha3(self) -> &'static str {
        self.0.alpha3
    }

    /// The short English name.
    pub fn name(self) -> &'static str {
        self.0.english
    }

    /// The short German name.
    pub fn name_german(self) -> &'static str {
        self.0.german
    }

    /// The short name in a tenant's language.
    pub fn name_in(self, locale: Locale) -> &'static str {
        match locale {
            Locale::En => self.0.english,
            Locale::De => self.0.german,
        }
    }

    /// The currency a new company in this country most likely keeps its books in.
    pub fn currency(self) -> Currency {
        // A test holds every row's currency against the table of currencies.
        Currency::parse(self.0.currency).unwrap_or(Currency::EUR)
    }

    /// The BCP 47 locale a new company most likely wants, for example `de-CH`.
    pub fn locale(self) -> &'static str {
        self.0.locale
    }

    /// The IANA time zone most of its companies are in, for example `America/New_York`.
    pub fn zone(self) -> &'static str {
        self.0.zone
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Country({})", self.code())
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl PartialEq for Country {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Country {}

impl PartialOrd for Country {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Country {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.code().cmp(other.code())
    }
}

impl std::hash::Hash for Country {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.code().hash(state);
    }
}

/// The text names no country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownCountry;

impl fmt::Display for UnknownCountry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("is no country: give its name or its two-letter code")
    }
}

impl std::error::Error for UnknownCountry {}

impl FromStr for Country {
    type Err = UnknownCountry;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or(UnknownCountry)
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom(UnknownCountry))
    }
}

/// The letters and digits of a name in lower case without accents, `&` as `and`: what two spellings have in common.
fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        match base(letter) {
            Some(base) => folded.push_str(base),
            None if letter.is_alphanumeric() => folded.push(letter),
            None => {}
        }
    }
    folded
}

/// The plain letters of an accented one of the Latin script, as far as names of countries use them.
fn base(letter: char) -> Option<&'static str> {
    Some(match letter {
        '&' => "and",
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'ệ' | 'ə' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

/// The name as it is written where umlauts cannot be: `Oesterreich`.
fn umlauts_spelt_out(name: &str) -> String {
    name.replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
        .replace('Ä', "Ae")
        .replace('Ö', "Oe")
        .replace('Ü', "Ue")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn code(text: &str) -> Option<&'static str> {
        Country::parse(text).map(Country::code)
    }

    #[test]
    fn the_table_is_sorted_complete_and_unambiguous() {
        assert!(ROWS.is_sorted_by(|a, b| a.alpha2 < b.alpha2));
        assert_eq!(Country::all().len(), 249, "ISO 3166-1 has 249 entries");
        let mut claimed = HashMap::new();
        for row in &ROWS {
            assert_eq!((row.alpha2.len(), row.alpha3.len()), (2, 3), "{}", row.alpha2);
            assert!(Currency::parse(row.currency).is_some(), "{} of {}", row.currency, row.alpha2);
            assert!(row.locale.ends_with(row.alpha2), "{} of {}", row.locale, row.alpha2);
            assert!(row.zone.contains('/'), "{} of {}", row.zone, row.alpha2);
            let names = [row.alpha2, row.alpha3, row.english, row.german];
            for name in names.into_iter().chain(row.aliases.iter().copied()) {
                for spelling in [fold(name), fold(&umlauts_spelt_out(name))] {
                    assert!(!spelling.is_empty(), "{name} of {}", row.alpha2);
                    let first = *claimed.entry(spelling).or_insert(row.alpha2);
                    assert_eq!(first, row.alpha2, "{name} is claimed twice");
                }
            }
        }
    }

    #[test]
    fn codes_names_and_aliases_are_understood() {
        for (text, expected) in [
            ("DE", "DE"),
            ("de", "DE"),
            ("DEU", "DE"),
            ("Germany", "DE"),
            (" deutschland ", "DE"),
            ("UK", "GB"),
            ("U.K.", "GB"),
            ("Great Britain", "GB"),
            ("USA", "US"),
            ("U.S.A.", "US"),
            ("united states of america", "US"),
            ("Holland", "NL"),
            ("The Netherlands", "NL"),
            ("Österreich", "AT"),
            ("OSTERREICH", "AT"),
            ("Oesterreich", "AT"),
            ("Osterreich", "AT"),
            ("O\u{308}sterreich", "AT"),
            ("Côte d’Ivoire", "CI"),
            ("cote d'ivoire", "CI"),
            ("Trinidad & Tobago", "TT"),
            ("Turkey", "TR"),
            ("Türkiye", "TR"),
            ("Czech Republic", "CZ"),
            ("Brasil", "BR"),
            ("日本", "JP"),
            ("Россия", "RU"),
            ("Korea, Republic of", "KR"),
        ] {
            assert_eq!(code(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_country_or_could_be_two_is_not_guessed() {
        for text in ["", " ", "-", "Atlantis", "XX", "Korea", "Congo", "Germ", "Europe"] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn every_country_of_the_northwind_data_is_understood() {
        for name in [
            "Argentina",
            "Australia",
            "Austria",
            "Belgium",
            "Brazil",
            "Canada",
            "Denmark",
            "Finland",
            "France",
            "Germany",
            "Ireland",
            "Italy",
            "Japan",
            "Mexico",
            "Netherlands",
            "Norway",
            "Poland",
            "Portugal",
            "Singapore",
            "Spain",
            "Sweden",
            "Switzerland",
            "UK",
            "USA",
            "Venezuela",
        ] {
            assert!(code(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_new_company_starts_with_the_usual_settings_of_its_country() {
        for (code, currency, locale, zone) in [
            ("DE", "EUR", "de-DE", "Europe/Berlin"),
            ("US", "USD", "en-US", "America/New_York"),
            ("GB", "GBP", "en-GB", "Europe/London"),
            ("IN", "INR", "en-IN", "Asia/Kolkata"),
            ("CH", "CHF", "de-CH", "Europe/Zurich"),
            ("JP", "JPY", "ja-JP", "Asia/Tokyo"),
            ("BR", "BRL", "pt-BR", "America/Sao_Paulo"),
            ("AU", "AUD", "en-AU", "Australia/Sydney"),
            ("CA", "CAD", "en-CA", "America/Toronto"),
            ("HR", "EUR", "hr-HR", "Europe/Zagreb"),
        ] {
            let country = Country::from_code(code).unwrap();
            assert_eq!(country.currency().code(), currency);
            assert_eq!((country.locale(), country.zone()), (locale, zone));
        }
    }
}
