use kontor_entity::{FieldMeta, Value, parse_text};

/// An e-mail address as it is kept: trimmed and in lower case; nothing for what is none.
pub(crate) fn email_address(text: &str) -> Option<String> {
    match parse_text(&FieldMeta::of::<String>("email", "").email(), text) {
        Ok(Value::Text(email)) => Some(email.to_lowercase()),
        _ => None,
    }
}
