//! Text that a spreadsheet would take for a formula.
//!
//! A cell beginning with `=`, `+`, `-`, `@`, a tab or a line break can run as a formula where the file is opened (OWASP,
//! *CSV Injection*, <https://owasp.org/www-community/attacks/CSV_Injection>). An apostrophe before it makes it text. Text
//! that already looks escaped gets one more, so that [`unescape`] gives back exactly what [`escape`] was given.

use std::borrow::Cow;

/// Puts an apostrophe before text that could run, that already has one before such text, or that would be read as absent
/// (`NULL`). Negative numbers cannot run and stay as they are.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if needs_apostrophe(text) && !is_negative_number(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Takes off the one apostrophe that [`escape`] put on.
pub(crate) fn unescape(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if needs_apostrophe(rest) => rest,
        _ => text,
    }
}

fn needs_apostrophe(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare == crate::sheet::ABSENT || bare.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

/// `-12` or `-12.50`, nothing else.
fn is_negative_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(number) = text.strip_prefix('-') else { return false };
    match number.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(number),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_could_run_gets_an_apostrophe() {
        for (text, escaped) in [
            ("=1+1", "'=1+1"),
            ("+49 30 1234", "'+49 30 1234"),
            ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("-", "'-"),
            ("'=x", "''=x"),
            ("NULL", "'NULL"),
            ("-12", "-12"),
            ("-12.50", "-12.50"),
            ("'s-Hertogenbosch", "'s-Hertogenbosch"),
            ("12-3", "12-3"),
            ("", ""),
        ] {
            assert_eq!(escape(text), escaped);
            assert_eq!(unescape(escaped), text);
        }
    }

    #[test]
    fn what_others_wrote_unescaped_is_kept() {
        for text in ["=1+1", "+49", "-5", "@x", "'quoted'", "'"] {
            assert_eq!(unescape(text), text);
        }
    }

    proptest! {
        #[test]
        fn unescape_undoes_escape(text in "['=+@\t\r0-9.x-]{0,6}|'{0,3}NULL|.*") {
            let escaped = escape(&text);
            prop_assert_eq!(unescape(&escaped), &text);
        }

        #[test]
        fn nothing_escaped_can_run(text in "['=+@\t\r0-9.x-]{0,6}") {
            let escaped = escape(&text);
            prop_assert!(is_negative_number(&escaped) || !escaped.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
        }
    }
}
