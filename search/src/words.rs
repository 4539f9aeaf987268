//! Texts to words, the same way for what is stored and for what is asked.

use std::collections::BTreeSet;

use tantivy::tokenizer::{AsciiFoldingFilter, LowerCaser, RawTokenizer, TextAnalyzer};

/// Letters of a word that count; the rest is cut off, in the index as in the question.
const LONGEST: usize = 60;

/// Something written in one piece: `Kelly's` has the parts `kelly` and, joined, is `kellys`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chunk {
    pub joined: String,
    pub parts: Vec<String>,
}

/// Lower case without accents: `Rössle` is `rossle`, `Straße` is `strasse`, `Côte` is `cote`.
fn fold(text: &str) -> String {
    let mut analyzer =
        TextAnalyzer::builder(RawTokenizer::default()).filter(LowerCaser).filter(AsciiFoldingFilter).build();
    let mut stream = analyzer.token_stream(text);
    let mut folded = String::with_capacity(text.len());
    while stream.advance() {
        folded.push_str(&stream.token().text);
    }
    // Accents that are characters of their own follow their letter.
    folded.retain(|c| !('\u{300}'..='\u{36f}').contains(&c));
    folded
}

/// Marks inside a word, after folding.
const fn is_joiner(c: char) -> bool {
    matches!(c, '\'' | '-' | '.' | '_' | '/')
}

/// The pieces of a text in order.
pub(crate) fn chunks(text: &str) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut open = OpenChunk::default();
    for c in fold(text).chars() {
        if c.is_alphanumeric() {
            open.part.push(c);
        } else if is_joiner(c) {
            open.end_part();
            open.joiner = Some(c);
        } else {
            chunks.extend(open.end());
        }
    }
    chunks.extend(open.end());
    chunks
}

#[derive(Debug, Default)]
struct OpenChunk {
    parts: Vec<String>,
    joined: String,
    part: String,
    /// What stood before the part.
    joiner: Option<char>,
}

impl OpenChunk {
    fn end_part(&mut self) {
        if self.part.is_empty() {
            return;
        }
        self.joined.push_str(&self.part);
        let part = cut(std::mem::take(&mut self.part));
        // The English genitive is no word.
        let genitive = part == "s" && self.joiner == Some('\'') && !self.parts.is_empty();
        if !genitive {
            self.parts.push(part);
        }
        self.joiner = None;
    }

    fn end(&mut self) -> Option<Chunk> {
        self.end_part();
        let Self { parts, joined, .. } = std::mem::take(self);
        (!parts.is_empty()).then(|| Chunk { joined: cut(joined), parts })
    }
}

fn cut(mut word: String) -> String {
    if let Some((at, _)) = word.char_indices().nth(LONGEST) {
        word.truncate(at);
    }
    word
}

/// Every word under which a text is found.
pub(crate) fn words(text: &str) -> BTreeSet<String> {
    chunks(text).into_iter().flat_map(|chunk| chunk.parts.into_iter().chain([chunk.joined])).collect()
}

/// Every word under which a code is found: its numbers without leading zeros too, so that `12` finds `PO-00012`.
pub(crate) fn code_words(code: &str) -> BTreeSet<String> {
    let mut words = words(code);
    let bare: Vec<String> = words.iter().filter_map(|word| bare_number(word)).collect();
    words.extend(bare);
    words
}

fn bare_number(word: &str) -> Option<String> {
    let bare = word.trim_start_matches('0');
    (bare.len() < word.len() && !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit())).then(|| bare.to_owned())
}

/// The whole text in one form: what is equal but for case, accents and marks is the same.
pub(crate) fn whole(text: &str) -> String {
    let joined: Vec<String> = chunks(text).into_iter().map(|chunk| chunk.joined).collect();
    joined.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<String> {
        words(text).into_iter().collect()
    }

    #[test]
    fn words_are_folded_and_split_on_marks() {
        assert_eq!(list("Grandma Kelly's Homestead"), ["grandma", "homestead", "kelly", "kellys"]);
        assert_eq!(list("Grandma Kelly’s"), ["grandma", "kelly", "kellys"]);
        assert_eq!(list("Côte de Blaye"), ["blaye", "cote", "de"]);
        assert_eq!(list("Co\u{302}te"), ["cote"]);
        assert_eq!(list("Rössle Sauerkraut"), ["rossle", "sauerkraut"]);
        assert_eq!(list("Weiße Bohnen, groß"), ["bohnen", "gross", "weisse"]);
        assert_eq!(list("Louisiana Hot-Spiced Okra"), ["hot", "hotspiced", "louisiana", "okra", "spiced"]);
        assert!(list(" – !? ").is_empty());
    }

    #[test]
    fn a_number_is_found_without_its_zeros() {
        assert_eq!(code_words("PO-00012").into_iter().collect::<Vec<_>>(), ["00012", "12", "po", "po00012"]);
        assert_eq!(code_words("000").into_iter().collect::<Vec<_>>(), ["000"]);
    }

    #[test]
    fn the_whole_text_has_one_form() {
        assert_eq!(whole("Grandma Kelly's  HOMESTEAD"), whole("grandma kelly’s homestead"));
        assert_eq!(whole("Sir Rodney's Scones"), "sir rodneys scones");
    }

    #[test]
    fn a_very_long_word_is_cut() {
        let long = "ä".repeat(500);
        assert_eq!(chunks(&long), [Chunk { joined: "a".repeat(LONGEST), parts: vec!["a".repeat(LONGEST)] }]);
    }
}
