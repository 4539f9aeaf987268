//! Quantities told by another one: "twice as many", "the same amount of", "doppelt so viele", "halb so viel".

use rust_decimal::Decimal;

use crate::numerals::{SMALL, german, lookup, written_out};

/// Factors said by one word.
const FACTORS: &[(&str, i64)] = &[
    ("twice", 2),
    ("double", 2),
    ("thrice", 3),
    ("triple", 3),
    ("treble", 3),
    ("quadruple", 4),
    ("doppelt", 2),
    ("dreifach", 3),
    ("vierfach", 4),
    ("just", 1),
    ("exactly", 1),
    ("genau", 1),
];

/// What follows a factor.
const MEASURES: &[&[&str]] = &[
    &["as", "many"],
    &["as", "much"],
    &["that", "many"],
    &["that", "much"],
    &["that", "amount"],
    &["that", "number"],
    &["that", "quantity"],
    &["that", "of"],
    &["the", "amount"],
    &["the", "number"],
    &["the", "quantity"],
    &["so", "viele"],
    &["so", "viel"],
    &["die", "menge"],
    &["soviele"],
    &["soviel"],
];

/// Phrases that tell a factor by themselves, in tenths.
const PHRASES: &[(&[&str], i64)] = &[
    (&["the", "same", "amount"], 10),
    (&["the", "same", "number"], 10),
    (&["the", "same", "quantity"], 10),
    (&["the", "same", "again", "of"], 10),
    (&["the", "same", "of"], 10),
    (&["ditto"], 10),
    (&["dito"], 10),
    (&["dto"], 10),
    (&["desgleichen"], 10),
    (&["same", "amount"], 10),
    (&["same", "number"], 10),
    (&["same", "quantity"], 10),
    (&["same", "again", "of"], 10),
    (&["an", "equal", "amount"], 10),
    (&["an", "equal", "number"], 10),
    (&["an", "equal", "quantity"], 10),
    (&["equally", "many"], 10),
    (&["as", "many", "again", "of"], 10),
    (&["half", "the", "usual"], 5),
    (&["half", "as", "usual"], 5),
    (&["half", "of", "it"], 5),
    (&["half", "of", "this"], 5),
    (&["die", "halfte", "davon"], 5),
    (&["half", "the", "amount"], 5),
    (&["half", "the", "number"], 5),
    (&["half", "the", "quantity"], 5),
    (&["half", "as", "many"], 5),
    (&["half", "as", "much"], 5),
    (&["half", "that", "many"], 5),
    (&["half", "that", "amount"], 5),
    (&["half", "that", "of"], 5),
    (&["half", "that", "number"], 5),
    (&["half", "that"], 5),
    (&["halb", "so", "viele"], 5),
    (&["halb", "so", "viel"], 5),
    (&["die", "halfte", "an"], 5),
    (&["die", "halfte"], 5),
    (&["die", "halbe", "menge"], 5),
    (&["genauso", "viele"], 10),
    (&["genauso", "viel"], 10),
    (&["genausoviele"], 10),
    (&["genausoviel"], 10),
    (&["ebenso", "viele"], 10),
    (&["ebenso", "viel"], 10),
    (&["ebensoviele"], 10),
    (&["ebensoviel"], 10),
    (&["gleich", "viele"], 10),
    (&["gleich", "viel"], 10),
    (&["die", "gleiche", "menge"], 10),
    (&["die", "gleiche", "anzahl"], 10),
    (&["dieselbe", "menge"], 10),
    (&["dieselbe", "anzahl"], 10),
    (&["die", "doppelte", "menge"], 20),
    (&["die", "doppelte", "anzahl"], 20),
    (&["die", "dreifache", "menge"], 30),
    (&["das", "doppelte"], 20),
    (&["the", "double"], 20),
    (&["half", "of", "that"], 5),
];

/// The factor that begins at this token and the token after it. `word` gives the folded words, empty at the end.
pub(crate) fn read<'w>(word: &impl Fn(usize) -> &'w str, at: usize) -> Option<(Decimal, usize)> {
    let follows =
        |from: usize, words: &[&str]| words.iter().enumerate().all(|(index, wanted)| word(from + index) == *wanted);
    let of = |end: usize| end + usize::from(matches!(word(end), "of" | "an" | "von"));
    if let Some((words, tenths)) = PHRASES.iter().find(|(words, _)| follows(at, words)) {
        return Some((Decimal::new(*tenths, 1), of(at + words.len())));
    }
    // "30 Chai and as many Chang".
    if follows(at, &["as", "many"]) && !(at..at + 6).any(|next| next > at && word(next) == "as") {
        return Some((Decimal::ONE, of(at + 2)));
    }
    let (factor, next) = factor(word, at)?;
    let measure = MEASURES.iter().find(|words| follows(next, words))?;
    let end = next + measure.len();
    // "just as many as we need" says nothing.
    (word(end) != "as" && word(end) != "wie").then(|| (Decimal::from(factor), of(end)))
}

fn factor<'w>(word: &impl Fn(usize) -> &'w str, at: usize) -> Option<(i64, usize)> {
    if let Some(factor) = lookup(FACTORS, word(at)) {
        return Some((factor, at + 1));
    }
    if let Some(number) = word(at).strip_suffix("mal") {
        return german(&written_out(number)).map(|factor| (factor, at + 1));
    }
    let count = lookup(SMALL, word(at)).or_else(|| word(at).parse().ok()).filter(|count| (1..=20).contains(count))?;
    matches!(word(at + 1), "times" | "mal").then_some((count, at + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_in_both_languages() {
        for (text, wanted) in [
            ("twice as many chang", Some((Decimal::TWO, 3))),
            ("half as many", Some((Decimal::new(5, 1), 3))),
            ("three times as many", Some((Decimal::from(3), 4))),
            ("the same amount of tofu", Some((Decimal::ONE, 4))),
            ("doppelt so viele", Some((Decimal::TWO, 3))),
            ("dreimal so viel", Some((Decimal::from(3), 3))),
            ("just as many as we need", None),
            ("the same", None),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            let word = |at: usize| words.get(at).copied().unwrap_or("");
            assert_eq!(read(&word, 0), wanted, "{text}");
        }
    }
}
