//! What a request tells of the browser: cookies that people set by clicking, and which part of a page it wants.

use kontor_http::Incoming;
use poem::http::header;

use crate::view::{Density, Theme, Toast, Tone};

/// The cookie of a notice that the next page shows once.
pub const NOTICE: &str = "notice";

/// One cookie, decoded.
pub fn cookie(incoming: &Incoming, name: &str) -> Option<String> {
    let lines = incoming.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(known, _)| *known == name).map(|(_, value)| decode(value))
}

pub fn theme(incoming: &Incoming) -> Theme {
    match cookie(incoming, "theme").as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

pub fn density(incoming: &Incoming) -> Density {
    match cookie(incoming, "density").as_deref() {
        Some("compact") => Density::Compact,
        _ => Density::Comfortable,
    }
}

/// Columns of a list that the person hid; nothing when they never chose.
pub fn hidden_columns(incoming: &Incoming, list: &str) -> Option<Vec<String>> {
    let names = cookie(incoming, &format!("columns-{list}"))?;
    Some(names.split('.').filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// The notice that the last action left.
pub fn notice(incoming: &Incoming) -> Option<Toast> {
    let text = cookie(incoming, NOTICE)?;
    let (tone, text) = text.split_once(':')?;
    let tone = if tone == "danger" { Tone::Danger } else { Tone::Success };
    let text: String = text.chars().take(300).collect();
    (!text.is_empty()).then_some(Toast { text, tone })
}

/// Whether the request came from a script that swaps the answer in.
pub fn swaps(incoming: &Incoming) -> bool {
    incoming.header("hx-request") == Some("true")
}

/// Whether the answer will be swapped into the element with this id.
pub fn swaps_into(incoming: &Incoming, id: &str) -> bool {
    let target = incoming.header("hx-target").and_then(|target| target.split_once('#'));
    swaps(incoming) && target.is_some_and(|(_, known)| known == id)
}

/// Whether the request wants JSON rather than a page.
pub fn wants_json(incoming: &Incoming) -> bool {
    incoming.header("accept").is_some_and(|accept| accept.starts_with("application/json"))
}

/// Percent-encoding for an address or a cookie: letters, digits and `-._~` stay.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(byte) = rest.bytes().next() {
        let escaped = rest.get(1..3).filter(|_| byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(escaped.unwrap_or(byte));
        let step = if escaped.is_some() { 3 } else { 1 };
        rest = match rest.get(step..) {
            Some(rest) => rest,
            // A byte inside a character: a cookie is ASCII, so what is not is dropped.
            None => break,
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encoded_is_decoded() {
        for text in ["success:Supplier “Süß” created", "a b&c=d;e%", ""] {
            assert_eq!(decode(&encode(text)), text);
        }
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz"), "%zz");
    }
}
