//! How alike a word of a request and a word of a name are.

use crate::tokens::loosen;

/// From this likeness on a word is equal or only inflected.
pub(crate) const EXACT: f64 = 0.96;

/// The likeness of a word that is hardly half said: "mozz". Beside other words of the name it tells, alone only with the
/// supplier: "Fanta" is no "Fantástica".
pub(crate) const CLIPPED: f64 = 0.87;

/// Whether two words can't be alike, told by their first letters without comparing the rest: where those differ only one
/// slip is forgiven.
fn is_far(said: &str, name: &str) -> bool {
    let (mut said, mut name) = (said.chars(), name.chars());
    let (a, b) = (said.next(), name.next());
    let (second, other) = (said.next(), name.next());
    a != b && second != other && second != b && a != other
}

/// How well one word of the request matches one word of a name, from 0 to 1.
///
/// 1 is equality, from 0.96 an inflection, below it a misspelling or a beginning. `None` is no match.
pub(crate) fn likeness(said: &str, name: &str) -> Option<f64> {
    if said == name {
        return Some(1.0);
    }
    if is_far(said, name) {
        return None;
    }
    let (said_loose, name_loose) = (loosen(said), loosen(name));
    if said_loose == name_loose {
        return Some(0.99);
    }
    let inflected = |stem: &str, form: &str| {
        let short = stem.len() >= 3 && form.strip_prefix(stem).is_some_and(|end| matches!(end, "s" | "es"));
        short || stem.len() >= 5 && form.strip_prefix(stem).is_some_and(|end| matches!(end, "n" | "en" | "e" | "er"))
    };
    if inflected(&said_loose, &name_loose) || inflected(&name_loose, &said_loose) {
        return Some(0.97);
    }
    let (said_length, name_length) = (said_loose.chars().count(), name_loose.chars().count());
    let shorter = said_length.min(name_length);
    let begins =
        said_length >= 3 && said_length * 2 > name_length || said_length >= 6 && said_length * 5 >= name_length * 2;
    if begins && name_loose.starts_with(&said_loose) {
        return Some(0.9);
    }
    if said_length >= 4 && said_length * 5 >= name_length * 2 && name_loose.starts_with(&said_loose) {
        return Some(CLIPPED);
    }
    let allowed = match shorter {
        0..=3 => 0,
        4..=6 => 1,
        7..=10 => 2,
        _ => 3,
    };
    if said_length.abs_diff(name_length) > allowed || said_loose.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let distance = strsim::osa_distance(&said_loose, &name_loose);
    // "Deli" is not "Heli": a slip in the first letter is rare.
    let elsewhere = distance > 1 || shorter <= 4;
    if distance > allowed || (elsewhere && said_loose.chars().next() != name_loose.chars().next()) {
        return None;
    }
    let longer = u32::try_from(said_length.max(name_length)).ok()?;
    let distance = u32::try_from(distance).ok()?;
    Some(0.95 - 0.7 * f64::from(distance) / f64::from(longer))
}

/// The likeness of a word of five or six letters with two slips, too far to stand alone.
pub(crate) fn slipped_twice(said: &str, name: &str) -> Option<f64> {
    const SLIPPED: f64 = 0.62;
    let (said, name) = (loosen(said), loosen(name));
    let shorter = said.chars().count().min(name.chars().count());
    let alike = said.chars().next() == name.chars().next() && !said.chars().any(|c| c.is_ascii_digit());
    (matches!(shorter, 5 | 6) && alike && strsim::osa_distance(&said, &name) <= 2).then_some(SLIPPED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_orders_equality_inflection_and_misspelling() {
        assert_eq!(likeness("chai", "chai"), Some(1.0));
        assert!(likeness("roessle", "rossle").is_some_and(|value| value > 0.96));
        assert!(likeness("lagers", "lager").is_some_and(|value| value > 0.96));
        assert!(likeness("chnag", "chang").is_some_and(|value| value < 0.96));
        assert_eq!(likeness("fanta", "fantastica"), Some(CLIPPED));
        assert_eq!(likeness("nutella", "nunuca"), None);
        assert_eq!(likeness("cola", "chai"), None);
    }

    #[test]
    fn a_second_slip_is_forgiven_only_beside_other_words() {
        assert_eq!(likeness("shoju", "shouyu"), None);
        assert!(slipped_twice("shoju", "shouyu").is_some());
        assert!(slipped_twice("juice", "shouyu").is_none());
    }
}
