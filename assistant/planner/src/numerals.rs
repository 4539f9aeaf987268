//! Number words of one token: "seven", "zweihundertfünfzig", "anderthalb", "dozen".

use rust_decimal::Decimal;

/// English numbers below twenty.
pub(crate) const SMALL: &[(&str, i64)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
];

/// English tens.
pub(crate) const TENS: &[(&str, i64)] = &[
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fourty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

const GERMAN_SMALL: &[(&str, i64)] = &[
    ("null", 0),
    ("ein", 1),
    ("eins", 1),
    ("eine", 1),
    ("zwei", 2),
    ("zwo", 2),
    ("zwoa", 2),
    ("drei", 3),
    ("vier", 4),
    ("funf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("elf", 11),
    ("zwolf", 12),
    ("dreizehn", 13),
    ("vierzehn", 14),
    ("funfzehn", 15),
    ("sechzehn", 16),
    ("siebzehn", 17),
    ("achtzehn", 18),
    ("neunzehn", 19),
    ("zwanzig", 20),
    ("dreissig", 30),
    ("vierzig", 40),
    ("funfzig", 50),
    ("sechzig", 60),
    ("siebzig", 70),
    ("achtzig", 80),
    ("neunzig", 90),
];

/// An English number below a hundred in one word: "twenty", "twentyfive".
pub(crate) fn english(word: &str) -> Option<i64> {
    let joined = || {
        let (tens, ones) = TENS.iter().find_map(|(tens, value)| Some((*value, word.strip_prefix(tens)?)))?;
        lookup(SMALL, ones).filter(|ones| (1..10).contains(ones)).map(|ones| tens + ones)
    };
    lookup(SMALL, word).or_else(joined)
}

/// The value of a word in a list.
pub(crate) fn lookup(list: &[(&str, i64)], word: &str) -> Option<i64> {
    list.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

/// Whether a word is a German number word of more than one syllable of counting ("dreissig", not "eine").
pub(crate) fn is_german_word(word: &str) -> bool {
    lookup(SMALL, word).is_none() && !matches!(word, "ein" | "eine") && german(&written_out(word)).is_some()
}

/// "fuenf" is "funf" and "zwoelf" is "zwolf"; other words keep their letters ("neuen" is not "neun").
pub(crate) fn written_out(word: &str) -> String {
    const SPOKEN: &[(&str, &str)] = &[
        ("fuenf", "funf"),
        ("zwoelf", "zwolf"),
        ("fuffz", "funfz"),
        ("fuchz", "funfz"),
        ("siebenzehn", "siebzehn"),
        ("siebenzig", "siebzig"),
        ("sechszehn", "sechzehn"),
        ("sechszig", "sechzig"),
        ("zich", "zig"),
    ];
    SPOKEN.iter().fold(word.to_owned(), |word, (spoken, written)| word.replace(spoken, written))
}

/// "zweihundertfunfzig", "eintausendzweihundert", "einundzwanzig".
pub(crate) fn german(word: &str) -> Option<i64> {
    if word.len() > 60 {
        return None;
    }
    if let Some(value) = lookup(GERMAN_SMALL, word) {
        return Some(value);
    }
    for (mark, factor) in [("tausend", 1000), ("hundert", 100)] {
        if let Some((left, right)) = word.split_once(mark) {
            let left = if left.is_empty() { 1 } else { german(left)? };
            let right = right.strip_prefix("und").unwrap_or(right);
            let right = if right.is_empty() { 0 } else { german(right)? };
            return (left < 1000 && right < factor).then_some(left * factor + right);
        }
    }
    let (ones, tens) = word.split_once("und")?;
    let ones = lookup(GERMAN_SMALL, ones).filter(|ones| (1..10).contains(ones))?;
    let tens = lookup(GERMAN_SMALL, tens).filter(|tens| *tens >= 20)?;
    Some(tens + ones)
}

/// "anderthalb", "zweieinhalb".
pub(crate) fn german_half(word: &str) -> Option<Decimal> {
    let stem = word.strip_suffix("en").or_else(|| word.strip_suffix('e')).unwrap_or(word);
    if stem == "anderthalb" {
        return Some(Decimal::new(15, 1));
    }
    let whole = stem.strip_suffix("einhalb").and_then(|whole| lookup(GERMAN_SMALL, whole))?;
    Some(Decimal::from(whole) + Decimal::new(5, 1))
}

/// Multiplies the number before it, or stands for one of itself.
pub(crate) fn multiplier(word: &str) -> Option<i64> {
    Some(match word {
        "dozen" | "dutzend" | "doz" | "dz" => 12,
        "score" => 20,
        "hundred" | "hundert" => 100,
        "viertelhundert" => 25,
        "schock" => 60,
        "gross" | "gros" => 144,
        "thousand" | "tausend" | "k" => 1000,
        "million" | "millions" | "millionen" | "mio" => 1_000_000,
        "billion" | "milliarde" | "milliarden" | "trillion" => 1_000_000_000,
        _ => return None,
    })
}
