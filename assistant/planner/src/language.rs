//! English or German: which a request is written in.

use serde::{Deserialize, Serialize};

use crate::lexicon::{self, Roles};
use crate::tokens::{Token, tokenise};

/// A language the planner reads and answers in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
}

/// The language a request is written in; `preferred` when its words don't tell.
#[must_use]
pub fn language_of(text: &str, preferred: Language) -> Language {
    detect(&tokenise(text), preferred)
}

/// The language most of the known words belong to; `preferred` when they don't tell.
pub(crate) fn detect(tokens: &[Token], preferred: Language) -> Language {
    // Words of grammar tell more than those of goods, which names of records bring along.
    let goods = Roles::PACK.or(Roles::MEASURE).or(Roles::GENERAL).or(Roles::DESCRIPTION);
    let mut english = 0_u32;
    let mut german = 0_u32;
    for token in tokens.iter().filter(|token| token.is_word()) {
        let roles = lexicon::roles(&token.fold);
        let weight = if roles.has(goods) { 1 } else { 2 };
        match (roles.has(Roles::ENGLISH), roles.has(Roles::GERMAN)) {
            (true, false) => english += weight,
            (false, true) => german += weight,
            _ if crate::numerals::is_german_word(&token.fold) => german += weight,
            _ => {}
        }
    }
    match english.cmp(&german) {
        std::cmp::Ordering::Greater => Language::English,
        std::cmp::Ordering::Less => Language::German,
        std::cmp::Ordering::Equal => preferred,
    }
}
