//! Words, numbers and signs of a request, with their places in the text.

use std::ops::Range;

use crate::calendar::month;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters, perhaps with digits among them ("chai", "p12a").
    Word,
    /// Digits with their separators ("1,200", "15.12.2026").
    Number,
    /// One other visible sign, or a line break.
    Sign,
}

/// The smallest piece of a request.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    pub kind: TokenKind,
    /// Lower case without accents or apostrophes; what comparisons use.
    pub fold: String,
    /// Bytes of the original text.
    pub span: Range<usize>,
    /// Whether it follows the previous token without a space.
    pub glued: bool,
}

impl Token {
    pub(crate) fn is(&self, fold: &str) -> bool {
        self.fold == fold
    }

    pub(crate) fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    pub(crate) fn is_number(&self) -> bool {
        self.kind == TokenKind::Number
    }

    pub(crate) fn is_sign(&self) -> bool {
        self.kind == TokenKind::Sign
    }

    /// A dash without a space before it.
    pub(crate) fn glued_dash(&self) -> bool {
        self.glued && self.is_dash()
    }

    /// A dash of any width.
    pub(crate) fn is_dash(&self) -> bool {
        self.is_sign() && matches!(self.fold.as_str(), "-" | "–" | "—" | "−" | "‐" | "‑")
    }
}

/// Words that may be written onto a number without a space: "12x", "40pcs", "4th", "9am", "2k".
const NUMBER_SUFFIXES: &[&str] = &[
    "x", "st", "nd", "rd", "th", "k", "kg", "g", "ml", "cl", "l", "oz", "lb", "lbs", "pcs", "pc", "stk", "stck",
    "stuck", "box", "boxes", "bottles", "cases", "ea", "er", "am", "pm", "h", "uhr", "eur", "usd", "gbp", "chf",
    "euro", "tagen", "days", "weeks", "wochen", "units", "mal", "ish",
];

/// Words that may be written onto the front of a number: "x40", "KW49", "EUR12".
pub(crate) const NUMBER_PREFIXES: &[&str] = &["x", "kw", "wk", "w", "eur", "usd", "gbp", "chf"];

/// Lower case, without accents; `ß` becomes `ss`, ligatures become two letters.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'ď' | 'đ' | 'ð' => folded.push('d'),
            'è'..='ë' | 'ē' | 'ę' | 'ě' | 'ė' => folded.push('e'),
            'ğ' => folded.push('g'),
            'ì'..='ï' | 'ī' | 'į' | 'ı' => folded.push('i'),
            'ł' | 'ľ' => folded.push('l'),
            'ñ' | 'ń' | 'ň' => folded.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => folded.push('o'),
            'ř' => folded.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => folded.push('s'),
            'ť' | 'ț' | 'ţ' => folded.push('t'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ź' | 'ż' | 'ž' => folded.push('z'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            // Combining marks: text in decomposed form.
            '\u{300}'..='\u{36f}' => {}
            _ if is_unseen(c) => {}
            _ => folded.push(c),
        }
    }
    folded
}

/// The folded form with `ae`, `oe`, `ue` read as umlauts, so that "Roessle" equals "Rössle".
pub(crate) fn loosen(folded: &str) -> String {
    folded.replace("ae", "a").replace("oe", "o").replace("ue", "u")
}

/// Marks within a word that nobody sees: where it may be parted, or must not.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ')
}

/// The decimal text of a vulgar fraction sign.
fn fraction(c: char) -> Option<&'static str> {
    match c {
        '½' => Some("0.5"),
        '¼' => Some("0.25"),
        '¾' => Some("0.75"),
        _ => None,
    }
}

/// Splits a text; never fails, whatever the text.
pub(crate) fn tokenise(text: &str) -> Vec<Token> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    Scanner { text, chars, at: 0, glued: false, tokens: Vec::new() }.run()
}

/// The words and numbers of a record's name, folded, in order; `&` is read as "and".
pub(crate) fn name_words(name: &str) -> Vec<String> {
    tokenise(name)
        .into_iter()
        .filter(|token| !token.is_sign() || token.is("&"))
        .map(|token| if token.is("&") { "and".to_owned() } else { token.fold })
        .collect()
}

/// "20chai": letters enough to be a word, where a code has a few.
fn is_name(suffix: &str) -> bool {
    const SHORTEST: usize = 4;
    suffix.chars().count() >= SHORTEST && suffix.chars().all(char::is_alphabetic)
}

struct Scanner<'t> {
    text: &'t str,
    chars: Vec<(usize, char)>,
    at: usize,
    glued: bool,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn run(mut self) -> Vec<Token> {
        while let Some(c) = self.peek(0) {
            if c == '\n' || (c == '\t' && self.tokens.last().is_some_and(|last| !last.is("\n"))) {
                self.sign();
                self.glued = false;
            } else if c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}' | '\u{feff}') {
                self.at += 1;
                self.glued = false;
            } else if c.is_ascii_digit() {
                self.number();
            } else if c.is_alphabetic() {
                self.word();
            } else {
                self.sign();
            }
        }
        self.join();
        self.tokens
    }

    /// Words written with a sign inside become one: "e-mail", and "w/" for "with".
    fn join(&mut self) {
        let mut at = 0;
        while let Some(rest) = self.tokens.get(at..) {
            let joined = match rest {
                [] => break,
                [e, dash, mail, ..] if e.is("e") && dash.is_dash() && mail.glued && mail.fold.starts_with("mail") => {
                    Some((3, format!("e{}", mail.fold)))
                }
                [w, slash, end, ..] if w.is("w") && slash.is("/") && slash.glued && end.glued => {
                    match end.fold.as_str() {
                        "o" => Some((3, "without".to_owned())),
                        "in" => Some((3, "within".to_owned())),
                        "c" => Some((3, "wc".to_owned())),
                        "e" => Some((3, "ending".to_owned())),
                        _ => Some((2, "with".to_owned())),
                    }
                }
                [w, slash, ..] if w.is("w") && slash.is("/") && slash.glued => Some((2, "with".to_owned())),
                _ => None,
            };
            if let Some((length, fold)) = joined {
                let end = self.tokens.drain(at + 1..at + length).next_back().map(|last| last.span.end);
                if let (Some(token), Some(end)) = (self.tokens.get_mut(at), end) {
                    token.span.end = end;
                    token.fold = fold;
                }
            }
            at += 1;
        }
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).map(|(_, c)| *c)
    }

    fn offset(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.text.len(), |(offset, _)| *offset)
    }

    fn push(&mut self, kind: TokenKind, from: usize, to: usize) {
        let span = self.offset(from)..self.offset(to);
        let raw = self.text.get(span.clone()).unwrap_or_default();
        let fold: String = fold(raw).chars().filter(|c| kind == TokenKind::Sign || !is_apostrophe(*c)).collect();
        self.tokens.push(Token { kind, fold, span, glued: self.glued });
        self.glued = true;
    }

    fn sign(&mut self) {
        let from = self.at;
        let fraction = self.peek(0).and_then(fraction);
        self.at += 1;
        self.push(TokenKind::Sign, from, self.at);
        if let (Some(decimal), Some(token)) = (fraction, self.tokens.last_mut()) {
            token.kind = TokenKind::Number;
            token.fold = decimal.to_owned();
        }
    }

    fn number(&mut self) {
        let from = self.at;
        while let Some(c) = self.peek(0) {
            let separates = matches!(c, '.' | ',' | '\u{a0}' | '\u{202f}') || is_apostrophe(c);
            let digit_follows = self.peek(1).is_some_and(|next| next.is_ascii_digit());
            if c.is_ascii_digit() || (separates && digit_follows) {
                self.at += 1;
            } else {
                break;
            }
        }
        let digits_end = self.at;
        while self.peek(0).is_some_and(|c| c.is_alphabetic() || c.is_ascii_digit()) {
            self.at += 1;
        }
        let suffix: String = self.chars.get(digits_end..self.at).unwrap_or_default().iter().map(|(_, c)| *c).collect();
        let suffix = fold(&suffix);
        if suffix.is_empty() {
            self.push(TokenKind::Number, from, digits_end);
        } else if NUMBER_SUFFIXES.contains(&suffix.as_str()) || is_name(&suffix) || month(&suffix).is_some() {
            self.push(TokenKind::Number, from, digits_end);
            self.push(TokenKind::Word, digits_end, self.at);
        } else {
            self.push(TokenKind::Word, from, self.at);
        }
    }

    fn word(&mut self) {
        let from = self.at;
        let mut digits_from = None;
        while let Some(c) = self.peek(0) {
            let inside = is_apostrophe(c) && self.peek(1).is_some_and(char::is_alphanumeric);
            let mark = is_unseen(c) || matches!(c, '\u{300}'..='\u{36f}');
            if !c.is_alphabetic() && !c.is_ascii_digit() && !inside && !mark {
                break;
            }
            if c.is_ascii_digit() && digits_from.is_none() {
                digits_from = Some(self.at);
                let prefix: String =
                    self.chars.get(from..self.at).unwrap_or_default().iter().map(|(_, c)| *c).collect();
                let ends = !self
                    .chars
                    .get(self.at..)
                    .unwrap_or_default()
                    .iter()
                    .take_while(|(_, c)| c.is_alphanumeric())
                    .any(|(_, c)| !c.is_ascii_digit());
                if NUMBER_PREFIXES.contains(&fold(&prefix).as_str()) || ends && is_name(&prefix) {
                    self.push(TokenKind::Word, from, self.at);
                    return self.number();
                }
            }
            self.at += 1;
        }
        self.push(TokenKind::Word, from, self.at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folds(text: &str) -> Vec<String> {
        tokenise(text).into_iter().map(|token| token.fold).collect()
    }

    #[test]
    fn accents_and_apostrophes_are_folded_away() {
        assert_eq!(folds("Jack’s Rössle, G'day"), ["jacks", "rossle", ",", "gday"]);
        assert_eq!(folds("Soße"), ["sosse"]);
        assert_eq!(folds("Ro\u{308}ssle"), ["rossle"]);
    }

    #[test]
    fn numbers_keep_their_separators_and_lose_their_suffix() {
        assert_eq!(folds("1,200 2.5 40x x12 4th KW49"), ["1,200", "2.5", "40", "x", "x", "12", "4", "th", "kw", "49"]);
        assert_eq!(folds("P12A 12ab"), ["p12a", "12ab"]);
    }

    #[test]
    fn words_with_a_sign_inside_are_one() {
        assert_eq!(folds("e-mail w/ Ann w/o tea w/in"), ["email", "with", "ann", "without", "tea", "within"]);
    }

    #[test]
    fn a_hyphen_splits_and_is_glued() {
        let tokens = tokenise("Nuß-Nougat");
        assert_eq!(tokens.iter().map(|t| t.glued).collect::<Vec<_>>(), [false, true, true]);
    }
}
