//! One value from its text.

use std::{borrow::Cow, num::IntErrorKind, str::FromStr};

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use kontor_kernel::{Country, Currency, Fault};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::{FieldMeta, Format, Kind, Value};

/// Decimal places that prices, quantities and factors may have.
const MAX_SCALE: u32 = 6;
/// Digits before the point of any decimal.
const MAX_DECIMAL: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);

/// Why a text is no value of a field.
pub struct Problem(pub Fault, pub Cow<'static, str>);

impl Problem {
    pub(crate) fn new(code: Fault, message: impl Into<Cow<'static, str>>) -> Self {
        Self(code, message.into())
    }
}

/// One value from its text, as JSON strings, forms and imported cells give it.
///
/// Decimals use a point, dates are ISO 8601. Empty text of an optional field is nothing.
pub fn parse_text(field: &FieldMeta, text: &str) -> Result<Value, Problem> {
    match field.kind {
        Kind::Text(format) => parse_plain(field, format, text),
        Kind::Choice(choices) => match choices.iter().find(|choice| choice.value == text) {
            Some(choice) => Ok(Value::Text(choice.value.to_owned())),
            None => {
                let allowed: Vec<_> = choices.iter().map(|choice| choice.value).collect();
                Err(Problem::new(Fault::NotAllowed, format!("must be one of {}", allowed.join(", "))))
            }
        },
        _ if text.trim().is_empty() && field.nullable() => Ok(Value::Null),
        Kind::Boolean => parse_boolean(text),
        Kind::Integer => parse_integer(field, text),
        Kind::Amount | Kind::UnitPrice | Kind::Quantity | Kind::Percent | Kind::Factor => parse_decimal(field, text),
        Kind::Date => parse_date(text),
        Kind::Timestamp => DateTime::parse_from_rfc3339(text)
            .map(|time| Value::Timestamp(time.with_timezone(&Utc)))
            .map_err(|_| Problem::new(Fault::WrongType, "must be a time such as 2026-11-20T09:30:00Z")),
        Kind::Id | Kind::Link(_) => Uuid::try_parse(text)
            .map(Value::Id)
            .map_err(|_| Problem::new(Fault::WrongType, "must be the id of a record")),
        Kind::Texts => Ok(Value::Texts(text.split(',').map(|part| part.trim().to_owned()).collect())),
        Kind::List(_) | Kind::Object(_) => Err(Problem::new(Fault::WrongType, "must be an object")),
    }
}

fn parse_plain(field: &FieldMeta, format: Format, text: &str) -> Result<Value, Problem> {
    let keep = matches!(format, Format::Secret | Format::Verbatim);
    let text = if keep { text } else { text.trim() };
    if text.is_empty() {
        return if field.nullable() || field.filled {
            Ok(Value::Null)
        } else {
            Err(Problem::new(Fault::Required, "must not be empty"))
        };
    }
    if u32::try_from(text.chars().count()).unwrap_or(u32::MAX) > field.max {
        return Err(Problem::new(Fault::TooLong, format!("must have at most {} characters", field.max)));
    }
    let forbidden =
        |c: char| c == '\0' || (c.is_control() && !matches!((format, c), (Format::Note, '\n' | '\r' | '\t')));
    if text.contains(forbidden) {
        return Err(Problem::new(Fault::ControlCharacter, Fault::ControlCharacter.info().text));
    }
    let text = match format {
        Format::Email if !is_email(text) => {
            return Err(Problem::new(Fault::WrongType, "must be an e-mail address such as name@example.com"));
        }
        Format::Country => match Country::parse(text) {
            Some(country) => country.code().to_owned(),
            None => return Err(Problem::new(Fault::NotAllowed, "must be a country, by its code or name")),
        },
        Format::Currency => match Currency::parse(text) {
            Some(currency) => currency.to_string(),
            None => return Err(Problem::new(Fault::NotAllowed, "must be a currency code such as EUR")),
        },
        _ => text.to_owned(),
    };
    Ok(Value::Text(text))
}

/// One `@` between a local part and a domain, no spaces: delivery is the only real check.
fn is_email(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control() || "<>(),;:\"".contains(c))
    };
    text.split_once('@').is_some_and(|(local, domain)| {
        plain(local)
            && plain(domain)
            && !domain.contains('@')
            && !domain.starts_with(['.', '-'])
            && !domain.ends_with(['.', '-'])
            && !domain.contains("..")
    })
}

fn parse_boolean(text: &str) -> Result<Value, Problem> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" | "on" | "ja" => Ok(Value::Boolean(true)),
        "false" | "no" | "0" | "off" | "nein" => Ok(Value::Boolean(false)),
        _ => Err(Problem::new(Fault::WrongType, "must be true or false")),
    }
}

fn parse_integer(field: &FieldMeta, text: &str) -> Result<Value, Problem> {
    let number = i32::from_str(text.trim()).map_err(|error| match error.kind() {
        IntErrorKind::PosOverflow | IntErrorKind::NegOverflow => {
            Problem::new(Fault::WrongType, "must be a whole number between -2147483648 and 2147483647")
        }
        _ => Problem::new(Fault::WrongType, "must be a whole number"),
    })?;
    check_range(field, Decimal::from(number))?;
    Ok(Value::Integer(number.into()))
}

fn parse_decimal(field: &FieldMeta, text: &str) -> Result<Value, Problem> {
    let text = text.trim();
    let wrong = || Problem::new(Fault::WrongType, "must be a decimal number such as 12.50");
    let plain = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !plain || text.len() > 40 {
        return Err(wrong());
    }
    let exponent = text.contains(['e', 'E']);
    let parsed = if exponent { Decimal::from_scientific(text) } else { Decimal::from_str_exact(text) };
    let mut number = parsed.map_err(|error| match error {
        rust_decimal::Error::ExceedsMaximumPossibleValue | rust_decimal::Error::LessThanMinimumPossibleValue => {
            Problem::new(Fault::TooBig, Fault::TooBig.info().text)
        }
        rust_decimal::Error::Underflow | rust_decimal::Error::ScaleExceedsMaximumPrecision(_) => too_precise(),
        _ => wrong(),
    })?;
    if number.scale() > MAX_SCALE {
        number = number.normalize();
    }
    if number.scale() > MAX_SCALE {
        return Err(too_precise());
    }
    if number.abs() >= MAX_DECIMAL {
        return Err(Problem::new(Fault::TooBig, "must be below 1000000000000"));
    }
    if number.is_zero() {
        number.set_sign_positive(true);
    }
    check_range(field, number)?;
    Ok(Value::Decimal(number))
}

fn too_precise() -> Problem {
    Problem::new(Fault::TooPrecise, format!("must have at most {MAX_SCALE} decimal places"))
}

fn check_range(field: &FieldMeta, number: Decimal) -> Result<(), Problem> {
    if field.positive && number <= Decimal::ZERO {
        return Err(Problem::new(Fault::TooSmall, "must be greater than zero"));
    }
    if let Some(min) = field.min_number.filter(|min| number < Decimal::from(*min)) {
        return Err(Problem::new(Fault::TooSmall, format!("must be at least {min}")));
    }
    if let Some(max) = field.max_number.filter(|max| number > Decimal::from(*max)) {
        return Err(Problem::new(Fault::TooBig, format!("must be at most {max}")));
    }
    Ok(())
}

fn parse_date(text: &str) -> Result<Value, Problem> {
    let date = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
        .map_err(|_| Problem::new(Fault::WrongType, "must be a date such as 2026-11-20"))?;
    if !(1900..=2999).contains(&date.year()) {
        return Err(Problem::new(Fault::NotAllowed, "must lie between the years 1900 and 2999"));
    }
    Ok(Value::Date(date))
}
