use kontor_kernel::Currency;

/// Signs of money that may stand before or after a number.
const CURRENCY_SIGNS: [char; 9] = ['€', '$', '£', '¥', '₹', '₽', '₩', '₺', '฿'];

/// A number with a point and nothing else beside its sign, or nothing when the text is none.
///
/// A comma before exactly three digits groups thousands, else it is the decimal sign; where both point and comma occur,
/// the last one is the decimal sign. Spaces and apostrophes group. Brackets are a minus. A currency may stand around it.
pub(super) fn plain(text: &str) -> Option<String> {
    let text = text.trim();
    let (bracketed, text) = match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => (true, inner.trim()),
        None => (false, text),
    };
    let (outer, text) = sign(text);
    let (inner, text) = sign(bare(text));
    let negative = match (bracketed, outer, inner) {
        (negative, None, None) => negative,
        (false, Some(negative), None) | (false, None, Some(negative)) => negative,
        _ => return None,
    };
    let (digits, fraction) = parts(text)?;
    let minus = if negative { "-" } else { "" };
    Some(if fraction.is_empty() { format!("{minus}{digits}") } else { format!("{minus}{digits}.{fraction}") })
}

/// Whether a sign stands in front, and the rest.
fn sign(text: &str) -> (Option<bool>, &str) {
    let mut letters = text.chars();
    match letters.next() {
        Some('-' | '\u{2212}') => (Some(true), letters.as_str().trim_start()),
        Some('+') => (Some(false), letters.as_str().trim_start()),
        _ => (None, text),
    }
}

/// Without the currency before or after.
fn bare(text: &str) -> &str {
    let text = text.trim_matches(CURRENCY_SIGNS).trim();
    let is_letter = |letter: char| letter.is_ascii_alphabetic();
    let number = text.trim_matches(is_letter);
    let (before, after) = text.split_once(number).unwrap_or_default();
    let known = |word: &str| word.is_empty() || Currency::parse(word).is_some();
    if !number.is_empty() && before.is_empty() != after.is_empty() && known(before) && known(after) {
        number.trim()
    } else {
        text
    }
}

/// The digits before and after the decimal sign.
fn parts(text: &str) -> Option<(String, &str)> {
    let point = decimal_sign(text);
    let (whole, fraction) = match point {
        Some(at) => {
            let (whole, rest) = text.split_at(at);
            (whole, rest.get(1..)?)
        }
        None => (text, ""),
    };
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = ungroup(whole)?;
    match (digits.is_empty(), fraction.is_empty()) {
        (true, true) => None,
        (true, false) => Some(("0".to_owned(), fraction)),
        _ => Some((digits, fraction)),
    }
}

/// Where the decimal sign stands, if there is one.
fn decimal_sign(text: &str) -> Option<usize> {
    let (points, commas) = (text.matches('.').count(), text.matches(',').count());
    match (points, commas) {
        (0, 0) => None,
        (0, 1) => text.find(',').filter(|at| !groups_thousands(text, *at)),
        (1, 0) => text.find('.'),
        (0, _) | (_, 0) => None,
        _ => text.rfind(['.', ',']),
    }
}

/// Whether a lone comma stands between one to three digits, not beginning with zero, and exactly three.
fn groups_thousands(text: &str, comma: usize) -> bool {
    let (before, after) = text.split_at(comma);
    let before = before.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    after.len() == 4 && (1..=3).contains(&before.len()) && !before.starts_with('0')
}

/// The digits of a whole number, groups put together. One separator throughout, three digits after each.
fn ungroup(text: &str) -> Option<String> {
    let separates = |letter: char| matches!(letter, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}');
    let mut used = text.chars().filter(|letter| separates(*letter));
    let first = used.next();
    if used.any(|other| Some(other) != first) {
        return None;
    }
    let mut digits = String::with_capacity(text.len());
    for (number, group) in text.split(separates).enumerate() {
        let fits = match (first, number) {
            (None, _) => true,
            (Some(_), 0) => (1..=3).contains(&group.len()),
            (Some(_), _) => group.len() == 3,
        };
        if !fits || !group.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}
