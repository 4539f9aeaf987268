//! A cell's text as a field's value: what people and programs of several countries write.

mod date;
mod number;

use std::borrow::Cow;

use kontor_entity::{Choice, FieldMeta, Kind, Value, parse_text};
use kontor_kernel::CodeInfo;

/// Why a cell is no value of its field.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub code: &'static CodeInfo,
    pub message: Cow<'static, str>,
}

impl Refusal {
    pub fn new(code: impl Into<&'static CodeInfo>, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code.into(), message: message.into() }
    }

    /// With the code's own text.
    pub fn of(code: impl Into<&'static CodeInfo>) -> Self {
        let code = code.into();
        Self { code, message: Cow::Borrowed(code.text) }
    }
}

/// The value of a cell by its field. What is written in no way that is known here is left to [`parse_text`], whose error
/// says what would be right.
pub(crate) fn parse_cell(field: &FieldMeta, text: &str) -> Result<Value, Refusal> {
    let plain = match field.kind {
        Kind::Integer => number::plain(text).map(|number| whole(&number).to_owned()),
        Kind::Percent => number::plain(text.trim().trim_end_matches('%')),
        _ if field.is_decimal() => number::plain(text),
        Kind::Date => date::plain(text)?,
        Kind::Boolean => boolean(text).map(str::to_owned),
        Kind::Choice(choices) => choice(choices, text).map(str::to_owned),
        _ => None,
    };
    parse_text(field, plain.as_deref().unwrap_or(text)).map_err(|problem| Refusal::new(problem.0, problem.1))
}

/// `12.00` is a whole number too.
fn whole(number: &str) -> &str {
    match number.split_once('.') {
        Some((digits, fraction)) if fraction.bytes().all(|byte| byte == b'0') => digits,
        _ => number,
    }
}

fn boolean(text: &str) -> Option<&'static str> {
    match text.trim().to_lowercase().as_str() {
        "1" | "yes" | "y" | "true" | "t" | "on" | "x" | "ja" | "j" | "wahr" => Some("true"),
        "0" | "no" | "n" | "false" | "f" | "off" | "nein" | "falsch" => Some("false"),
        _ => None,
    }
}

/// By the stored value or by what people call it, whatever the case.
fn choice(choices: &'static [Choice], text: &str) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    let same = |known: &str| known.to_lowercase() == text;
    choices.iter().find(|choice| same(choice.value) || same(choice.label)).map(|choice| choice.value)
}

#[cfg(test)]
mod tests {
    use kontor_kernel::{Percent, UnitPrice};

    use super::*;

    fn decimal(text: &str) -> String {
        parse_cell(&FieldMeta::of::<Option<UnitPrice>>("price", ""), text)
            .map_or_else(|r| r.code.id.to_owned(), |v| v.to_cell())
    }

    #[test]
    fn numbers_are_read_as_each_country_writes_them() {
        for (text, expected) in [
            ("18.0000", "18.0000"),
            ("1,234.50", "1234.50"),
            ("1.234,50", "1234.50"),
            ("1,234", "1234"),
            ("1,23", "1.23"),
            ("0,125", "0.125"),
            ("€ 12.50", "12.50"),
            ("12,50 €", "12.50"),
            ("EUR 1.234.567,8", "1234567.8"),
            ("-$1,234", "-1234"),
            ("(12.50)", "-12.50"),
            ("1 234,5", "1234.5"),
            ("1\u{a0}234", "1234"),
            ("1'234.50", "1234.50"),
            ("twelve", "wrong_type"),
            ("1,23,4", "wrong_type"),
            ("12,34.5", "wrong_type"),
            ("1.2.3", "wrong_type"),
            ("1 2", "wrong_type"),
            ("$", "wrong_type"),
            ("1e3", "1000"),
            ("0.1234567", "too_precise"),
        ] {
            assert_eq!(decimal(text), expected, "{text}");
        }
        let percent = FieldMeta::of::<Option<Percent>>("discount", "");
        assert_eq!(parse_cell(&percent, "12,5 %").map(|v| v.to_cell()).ok().as_deref(), Some("12.5"));
    }

    #[test]
    fn whole_numbers_may_have_a_fraction_of_zeros() {
        let read = |text| parse_cell(&FieldMeta::of::<i32>("days", ""), text).map_err(|r| r.code.id);
        assert_eq!(read("30.00"), Ok(Value::Integer(30)));
        assert_eq!(read("1,000"), Ok(Value::Integer(1_000)));
        assert_eq!(read("30.5"), Err("wrong_type"));
    }

    #[test]
    fn truth_is_said_in_two_languages() {
        let read = |text| parse_cell(&FieldMeta::of::<bool>("tracked", ""), text).map_err(|r| r.code.id);
        for text in ["1", "Yes", "TRUE", "ja", "x", "wahr"] {
            assert_eq!(read(text), Ok(Value::Boolean(true)), "{text}");
        }
        for text in ["0", "no", "False", "Nein"] {
            assert_eq!(read(text), Ok(Value::Boolean(false)), "{text}");
        }
        assert_eq!(read("maybe"), Err("wrong_type"));
    }
}
