//! Quantities in figures and words.

use rust_decimal::Decimal;

use crate::language::Language;
use crate::lexicon::{self, Roles};
use crate::numerals::{self, SMALL, TENS, german, german_half, lookup, multiplier, written_out};
use crate::prices::CENTS;
use crate::relatives;
use crate::tokens::Token;

/// How much of something a request asks for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Amount {
    /// One number.
    Exact(Decimal),
    /// One of several: "10 or 12", "2 cases of 12". To be asked back.
    OneOf(Vec<Decimal>),
    /// So many times another one: "twice as many".
    Relative(Decimal),
    /// "some", "a few". To be asked back.
    Vague,
}

/// An amount and the index of the token after it.
pub(crate) type Read = (Amount, usize);

/// The value of digits with separators.
///
/// A comma before exactly three digits groups thousands, else it is the decimal sign; in German a dot does the same.
/// A group never follows a leading zero ("0,125"). Digits beyond what a decimal holds give its greatest value.
pub(crate) fn decimal(text: &str, language: Language) -> Option<Decimal> {
    let text: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (whole, part) = match text.rfind(['.', ',']) {
        None => (text.as_str(), ""),
        Some(at) => {
            let (whole, part) = text.split_at(at);
            let sign = part.chars().next();
            let part = part.get(1..).unwrap_or_default();
            let mixed = (sign == Some(',') && whole.contains('.')) || (sign == Some('.') && whole.contains(','));
            let repeated = sign.is_some_and(|sign| whole.contains(sign));
            let groups = sign == Some(',') || language == Language::German;
            let grouped = part.len() == 3 && !whole.starts_with('0') && whole.len() <= 3 && groups;
            if (grouped || repeated) && !mixed { (text.as_str(), "") } else { (whole, part) }
        }
    };
    let plain = if part.is_empty() { digits(whole) } else { format!("{}.{part}", digits(whole)) };
    if plain.is_empty() {
        return None;
    }
    Some(plain.parse().unwrap_or(Decimal::MAX))
}

/// Reads amounts from tokens; stops at tokens that belong to something else.
pub(crate) struct Numbers<'t> {
    pub tokens: &'t [Token],
    pub language: Language,
    /// Tokens already read as something else, by index.
    pub taken: &'t [bool],
}

impl Numbers<'_> {
    fn word(&self, at: usize) -> Option<&str> {
        self.token(at).map(|token| token.fold.as_str())
    }

    fn token(&self, at: usize) -> Option<&Token> {
        if self.taken.get(at).copied().unwrap_or(true) { None } else { self.tokens.get(at) }
    }

    /// The amount that begins at this token.
    pub(crate) fn read(&self, at: usize) -> Option<Read> {
        if let Some((factor, end)) = relatives::read(&|at: usize| self.word(at).unwrap_or_default(), at) {
            return Some((Amount::Relative(factor), end));
        }
        if let Some(read) = self.vague(at) {
            return Some(read);
        }
        if self.word(at).is_some_and(|word| matches!(word, "between" | "zwischen"))
            && let Some((low, joint)) = self.single(at + 1)
            && self.word(joint).is_some_and(|word| matches!(word, "and" | "und"))
            && let Some((high, end)) = self.single(joint + 1)
        {
            return Some((Amount::OneOf(vec![low, high]), end));
        }
        // "Ein bis zwei Dutzend".
        if self.word(at).is_some_and(|word| matches!(word, "ein" | "eine" | "einen"))
            && let Some((other, end)) = self.range(at + 1)
        {
            return Some((Amount::OneOf(vec![Decimal::ONE, other]), end));
        }
        let (value, end) = self.signed(at)?;
        let changes = at.checked_sub(1).and_then(|before| self.word(before)).is_some_and(|word| {
            lexicon::roles(word).has(Roles::CHANGE)
                || matches!(word, "from" | "von" | "not" | "nicht" | "at" | "zu" | "@")
        });
        if !changes && let Some((other, end)) = self.range(end) {
            return Some((Amount::OneOf(vec![value, other]), end));
        }
        Some((Amount::Exact(value), end))
    }

    /// The upper end of "10-12", "10 to 12", "10 or 12".
    fn range(&self, at: usize) -> Option<(Decimal, usize)> {
        let joint = self.token(at)?;
        let joins = joint.is_dash() || matches!(joint.fold.as_str(), "to" | "or" | "bis" | "oder");
        let (other, end) = if joins { self.single(at + 1) } else { None }?;
        // "10 - 17.50": how many and what for.
        let money = joint.is_dash() && other.scale() == CENTS;
        (other > Decimal::ZERO && !money).then_some((other, end))
    }

    fn vague(&self, at: usize) -> Option<Read> {
        let rest = self.tokens.get(at..)?;
        self.token(at)?;
        match lexicon::phrase(rest) {
            Some((length, roles)) if roles.has(Roles::VAGUE) => {
                return Some((Amount::Vague, at + length));
            }
            _ => {}
        }
        let word = self.word(at)?;
        // "As many Chai as fit on a pallet".
        let next = self.word(at + 1).unwrap_or_default();
        let compared = matches!((word, next), ("as" | "so", "many" | "much" | "viel" | "viele"));
        if compared && (at + 2..at + 6).any(|at| self.word(at).is_some_and(|word| matches!(word, "as" | "wie"))) {
            return Some((Amount::Vague, at + 2));
        }
        // "20 would be enough" says how many.
        let told = at.checked_sub(1).and_then(|before| self.word(before)).is_some_and(|before| {
            matches!(
                before,
                "be" | "is" | "are" | "sein" | "ist" | "sind" | "theres" | "have" | "haben" | "gibts" | "got"
            )
        });
        if told && matches!(word, "enough" | "sufficient" | "plenty" | "genug" | "ausreichend") {
            return None;
        }
        // "a couple" and "several dozen" are read by value and as vague respectively.
        (lexicon::roles(word).has(Roles::VAGUE) && word != "couple").then_some((Amount::Vague, at + 1))
    }

    fn signed(&self, at: usize) -> Option<(Decimal, usize)> {
        let token = self.token(at)?;
        let dash = token.is_dash() && self.tokens.get(at + 1).is_some_and(|next| next.glued && next.is_number());
        let negative = match token.fold.as_str() {
            "minus" | "negative" | "negativ" => true,
            _ => dash && (!token.glued || at == 0),
        };
        if negative && let Some((value, end)) = self.single(at + 1) {
            return Some((-value, end));
        }
        self.single(at)
    }

    /// One number without sign or range.
    pub(crate) fn single(&self, at: usize) -> Option<(Decimal, usize)> {
        if let Some(read) = self.half(at).or_else(|| self.quarters(at)) {
            return Some(read);
        }
        // "A round two hundred".
        let rounded = self.word(at) == Some("a")
            && self
                .word(at + 1)
                .is_some_and(|word| matches!(word, "round" | "good" | "cool" | "full" | "whopping" | "mere"));
        if rounded
            && let Some(read) =
                self.figures(at + 2).or_else(|| self.english(at + 2).map(|(value, end)| (Decimal::from(value), end)))
        {
            return Some(read);
        }
        let (mut value, mut end) = match self.figures(at) {
            Some(read) => read,
            None => self.words(at)?,
        };
        let counts = |end: usize| end.checked_sub(1).and_then(|last| self.word(last)).and_then(multiplier);
        let halved =
            |end: usize| self.word(end).is_some_and(|word| matches!(word, "and" | "einhalb")) && self.is_half(end + 1);
        if halved(end) && counts(end).is_none() {
            value = value.saturating_add(Decimal::new(5, 1));
            end += 3;
        }
        // "two-dozen".
        if self.token(end).is_some_and(Token::glued_dash) && self.word(end + 1).and_then(multiplier).is_some() {
            end += 1;
        }
        while let Some(factor) = self.word(end).and_then(multiplier) {
            value = value.checked_mul(Decimal::from(factor)).unwrap_or(Decimal::MAX);
            end += 1;
        }
        // "a dozen and a half".
        if let Some(unit) = counts(end).filter(|_| halved(end)) {
            value = value.saturating_add(Decimal::from(unit) / Decimal::TWO);
            end += 3;
        }
        // "two dozen and six".
        if let Some(unit) = counts(end)
            && self.word(end).is_some_and(|word| matches!(word, "and" | "plus" | "und"))
            && let Some((more, after)) = self.figures(end + 1).or_else(|| self.words(end + 1))
            && more < Decimal::from(unit)
            && self
                .token(after)
                .is_none_or(|next| next.is_word() && !lexicon::roles(&next.fold).has(Roles::AND.or(Roles::EACH)))
            && self.word(after).and_then(multiplier).is_none()
        {
            return Some((value.saturating_add(more), after));
        }
        Some((value, end))
    }

    fn is_half(&self, at: usize) -> bool {
        self.word(at) == Some("a") && self.word(at + 1) == Some("half")
    }

    /// "half a dozen", "a half dozen", "ein halbes Dutzend", "half a".
    fn half(&self, at: usize) -> Option<(Decimal, usize)> {
        let article = |word: &str| matches!(word, "a" | "an" | "ein" | "eine" | "einen");
        let half = |word: &str| matches!(word, "half" | "halb" | "halbe" | "halbes" | "halben" | "halber");
        let start = if self.word(at).is_some_and(article) { at + 1 } else { at };
        if !self.word(start).is_some_and(half) {
            return None;
        }
        let mut next = start + 1;
        while self.word(next).is_some_and(|word| article(word) || word == "of")
            || self.token(next).is_some_and(Token::is_dash)
        {
            next += 1;
        }
        match self.word(next).and_then(multiplier) {
            Some(factor) => Some((Decimal::from(factor) / Decimal::TWO, next + 1)),
            // "half as many" without what it refers to.
            None if self.word(next) == Some("as") => None,
            // "At half price" says neither how many nor how much.
            None if self.word(next).is_some_and(|word| matches!(word, "price" | "preis" | "preise" | "rate")) => None,
            None => Some((Decimal::new(5, 1), start + 1)),
        }
    }

    /// "a quarter of a hundred", "three quarters of a dozen", "ein viertel Hundert".
    fn quarters(&self, at: usize) -> Option<(Decimal, usize)> {
        let (count, noun) = match self.word(at)? {
            "a" | "one" | "ein" | "1" => (1, at + 1),
            "three" | "drei" | "3" => (3, at + 1),
            "dreiviertel" => (3, at),
            _ => (1, at),
        };
        if !matches!(self.word(noun)?, "quarter" | "quarters" | "viertel" | "dreiviertel") {
            return None;
        }
        let mut next = noun + 1;
        while self.word(next).is_some_and(|word| matches!(word, "of" | "a" | "the")) {
            next += 1;
        }
        let unit = self.word(next).and_then(multiplier)?;
        Some((Decimal::from(count * unit) / Decimal::from(4), next + 1))
    }

    fn figures(&self, at: usize) -> Option<(Decimal, usize)> {
        let token = self.token(at).filter(|token| token.is_number())?;
        // A sign such as ½ is stored by its decimal text.
        let sign_fraction = |fold: &str| matches!(fold, "0.5" | "0.25" | "0.75");
        let mut value = if token.span.len() == 2 && sign_fraction(&token.fold) {
            token.fold.parse().ok()?
        } else {
            decimal(&token.fold, self.language)?
        };
        let mut end = at + 1;
        if let Some(group) = self.spaced_group(at) {
            return Some((value * Decimal::ONE_THOUSAND + group, at + 2));
        }
        if let Some(divided) = self.slash(at) {
            return Some(divided);
        }
        if let Some(next) = self.token(end).filter(|next| next.span.len() == 2 && sign_fraction(&next.fold)) {
            value = value.saturating_add(next.fold.parse::<Decimal>().ok()?);
            end += 1;
        } else if let Some((part, after)) = self.slash(end) {
            value = value.saturating_add(part);
            end = after;
        }
        Some((value, end))
    }

    /// "1 000": a group of three digits after a space, unless it measures ("5 500 g").
    fn spaced_group(&self, at: usize) -> Option<Decimal> {
        let digits = |token: &&Token| token.is_number() && token.fold.chars().all(|c| c.is_ascii_digit());
        let head =
            self.token(at).filter(digits).filter(|token| token.fold.len() <= 3 && !token.fold.starts_with('0'))?;
        let group = self.token(at + 1).filter(digits).filter(|group| group.fold.len() == 3 && !group.glued)?;
        let near = group.span.start == head.span.end + 1;
        let measures = self.word(at + 2).is_some_and(|word| lexicon::roles(word).has(Roles::MEASURE));
        if near && !measures { group.fold.parse().ok() } else { None }
    }

    /// "1/2", "3/4".
    fn slash(&self, at: usize) -> Option<(Decimal, usize)> {
        let glued = |at: usize| self.token(at).filter(|token| token.glued);
        let above = self.token(at).filter(|token| token.is_number())?;
        glued(at + 1).filter(|token| token.is("/"))?;
        let below = glued(at + 2)?;
        let value = match (above.fold.as_str(), below.fold.as_str()) {
            ("1", "2") => Decimal::new(5, 1),
            ("1", "4") => Decimal::new(25, 2),
            ("3", "4") => Decimal::new(75, 2),
            _ => return None,
        };
        Some((value, at + 3))
    }

    fn words(&self, at: usize) -> Option<(Decimal, usize)> {
        let word = self.word(at)?;
        if !self.token(at)?.is_word() {
            return None;
        }
        if let Some(read) = self.counted_noun(at) {
            return Some(read);
        }
        // "Zweimal Raclette".
        if let Some(times) =
            word.strip_suffix("mal").and_then(|count| german(&written_out(count))).filter(|times| *times > 1)
        {
            return Some((Decimal::from(times), at + 1));
        }
        if let Some(value) = german_half(word) {
            return Some((value, at + 1));
        }
        if let Some((value, end)) = self.english(at) {
            return Some((Decimal::from(value), end));
        }
        // "ein", "eine" alone are articles: the reader of lines decides about them.
        if matches!(word, "ein" | "eine" | "eins") {
            return None;
        }
        german(&written_out(word)).map(|value| (Decimal::from(value), at + 1))
    }

    /// "a dozen", "a couple of", "ein Dutzend", "dozen", "a hundred".
    fn counted_noun(&self, at: usize) -> Option<(Decimal, usize)> {
        let article =
            self.word(at).is_some_and(|word| matches!(word, "a" | "an" | "ein" | "eine" | "einen" | "another"));
        let noun = if article { at + 1 } else { at };
        let full = |word: &str| matches!(word, "round" | "good" | "full" | "rundes" | "gutes" | "volles" | "ganzes");
        let noun = if article && self.word(noun).is_some_and(full) { noun + 1 } else { noun };
        if self.word(noun) == Some("bakers") && self.word(noun + 1) == Some("dozen") {
            return Some((Decimal::from(13), noun + 2));
        }
        let value = match self.word(noun)? {
            "couple" | "pair" => 2,
            word if article || matches!(word, "dozen" | "dutzend" | "hundert" | "tausend" | "hundred" | "thousand") => {
                multiplier(word)?
            }
            _ => return None,
        };
        // "a couple dozen", "a couple of hundred".
        let unit = if self.word(noun + 1) == Some("of") { noun + 2 } else { noun + 1 };
        let factor = self.word(unit).filter(|_| value == 2).and_then(multiplier);
        let end = if factor.is_some() { unit + 1 } else { noun + 1 };
        let value = value * factor.unwrap_or(1);
        if value == 100 || value == 1000 {
            // "a hundred and twenty": the rest is read as English words.
            if let Some((rest, end)) = self.tail(end, value) {
                return Some((Decimal::from(value + rest), end));
            }
        }
        Some((Decimal::from(value), end))
    }

    /// What may follow a hundred or a thousand: "and twenty", "five hundred".
    fn tail(&self, at: usize, below: i64) -> Option<(i64, usize)> {
        let joined = self.word(at) == Some("and");
        let (rest, end) = self.english(if joined { at + 1 } else { at })?;
        (rest > 0 && rest < below).then_some((rest, end))
    }

    /// "twenty-five", "three hundred and twelve", "one thousand two hundred".
    fn english(&self, at: usize) -> Option<(i64, usize)> {
        let word = self.word(at)?;
        let (mut value, mut end) = if let Some(value) = numerals::english(word) {
            (value, at + 1)
        } else {
            let tens = lookup(TENS, word)?;
            let next =
                if self.token(at + 1).is_some_and(|token| token.is_dash() && token.glued) { at + 2 } else { at + 1 };
            match self.word(next).and_then(|word| lookup(SMALL, word)).filter(|ones| (1..10).contains(ones)) {
                Some(ones) => (tens + ones, next + 1),
                None => (tens, at + 1),
            }
        };
        for (mark, factor) in [("hundred", 100), ("thousand", 1000)] {
            if self.word(end) == Some(mark) {
                value *= factor;
                end += 1;
                if let Some((rest, after)) = self.tail(end, factor) {
                    return Some((value + rest, after));
                }
            }
        }
        Some((value, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokenise;

    fn read(text: &str, language: Language) -> Option<String> {
        let tokens = tokenise(text);
        let taken = vec![false; tokens.len()];
        let numbers = Numbers { tokens: &tokens, language, taken: &taken };
        numbers.read(0).map(|(amount, end)| match amount {
            Amount::Exact(value) => format!("{}/{}", value.normalize(), tokens.len() - end),
            Amount::OneOf(values) => format!("{values:?}"),
            Amount::Relative(factor) => format!("{factor} times"),
            Amount::Vague => format!("vague/{}", tokens.len() - end),
        })
    }

    #[test]
    fn english_amounts() {
        for (text, wanted) in [
            ("40", "40/0"),
            ("1,200", "1200/0"),
            ("1,200.50", "1200.5/0"),
            ("2.5", "2.5/0"),
            ("2,5", "2.5/0"),
            ("1.200", "1.2/0"),
            ("0,125", "0.125/0"),
            ("1,200,000", "1200000/0"),
            ("a dozen", "12/0"),
            ("half a dozen", "6/0"),
            ("two dozen", "24/0"),
            ("3 dozen", "36/0"),
            ("twenty-five", "25/0"),
            ("twenty five", "25/0"),
            ("one hundred and twelve", "112/0"),
            ("a hundred and twenty", "120/0"),
            ("two thousand five hundred", "2500/0"),
            ("two hundred and fifty boxes", "250/1"),
            ("a couple of", "2/1"),
            ("a couple dozen", "24/0"),
            ("-5", "-5/0"),
            ("minus five", "-5/0"),
            ("2½", "2.5/0"),
            ("1 1/2 dozen", "18/0"),
            ("2k", "2000/0"),
            ("a few boxes", "vague/1"),
            ("some", "vague/0"),
            ("half", "0.5/0"),
            ("two and a half", "2.5/0"),
            ("a million", "1000000/0"),
            ("99999999999999999999999999999999", "79228162514264337593543950335/0"),
        ] {
            assert_eq!(read(text, Language::English).as_deref(), Some(wanted), "{text}");
        }
        assert_eq!(read("10-12", Language::English).as_deref(), Some("[10, 12]"));
        assert_eq!(read("between 10 and 20", Language::English).as_deref(), Some("[10, 20]"));
        assert_eq!(read("boxes", Language::English), None);
    }

    #[test]
    fn german_amounts() {
        for (text, wanted) in [
            ("1.200", "1200/0"),
            ("1.200,50", "1200.5/0"),
            ("2,5", "2.5/0"),
            ("zweihundertfünfzig", "250/0"),
            ("ein Dutzend", "12/0"),
            ("ein halbes Dutzend", "6/0"),
            ("zwei Dutzend", "24/0"),
            ("einundzwanzig", "21/0"),
            ("fuenfundzwanzig", "25/0"),
            ("dreißig", "30/0"),
            ("tausendzweihundert", "1200/0"),
            ("anderthalb", "1.5/0"),
            ("zweieinhalb", "2.5/0"),
            ("ein paar", "vague/0"),
            ("hundert", "100/0"),
            ("zwölf Flaschen", "12/1"),
        ] {
            assert_eq!(read(text, Language::German).as_deref(), Some(wanted), "{text}");
        }
        assert_eq!(read("10 bis 12", Language::German).as_deref(), Some("[10, 12]"));
    }
}
