//! What surrounds the body of a letter or an e-mail: its head, subject, salutation and signature.
//!
//! Nobody orders there, but the names of people and companies in them would be taken for products and suppliers.

use crate::tokens::Token;

/// Field names of an e-mail's head.
const HEAD: &[&str] = &["from", "to", "cc", "bcc", "date", "sent", "von", "an", "datum", "gesendet"];

const SUBJECT: &[&str] = &["subject", "subj", "betreff", "betr", "re", "fwd", "fw", "aw", "wg"];

/// First words of a salutation.
const SALUTATIONS: &[&str] = &[
    "dear", "hi", "hello", "hey", "hallo", "hej", "hiya", "liebe", "lieber", "liebes", "geehrte", "geehrter", "sehr",
    "guten", "good", "moin", "servus", "gruezi", "morning", "ladies", "to", "werte", "werter",
];

/// Closings after which only a signature comes.
const CLOSINGS: &[&str] = &[
    "kind regards",
    "best regards",
    "warm regards",
    "with kind regards",
    "with best regards",
    "regards",
    "many thanks and regards",
    "yours faithfully",
    "yours sincerely",
    "yours truly",
    "sincerely",
    "best wishes",
    "all the best",
    "mit freundlichen grussen",
    "mit freundlichem gruss",
    "mit besten grussen",
    "mit bestem gruss",
    "mit herzlichen grussen",
    "freundliche grusse",
    "viele grusse",
    "beste grusse",
    "herzliche grusse",
    "liebe grusse",
    "schone grusse",
    "besten gruss",
    "viele liebe grusse",
    "gruss",
    "grusse",
    "hochachtungsvoll",
    "mfg",
    "lg",
    "vg",
    "kr",
];

/// Closings that may as well open a sentence or stand before a list.
const WEAK_CLOSINGS: &[&str] = &[
    "thanks",
    "thank you",
    "many thanks",
    "thanks a lot",
    "thanks in advance",
    "thank you very much",
    "thx",
    "cheers",
    "best",
    "ta",
    "danke",
    "vielen dank",
    "danke schon",
    "besten dank",
    "herzlichen dank",
    "danke im voraus",
    "vielen dank im voraus",
    "danke und gruss",
];

/// The tokens of the body.
pub(crate) fn body(tokens: Vec<Token>) -> Vec<Token> {
    if !tokens.iter().any(|token| token.is("\n")) {
        return tokens;
    }
    let lines: Vec<Vec<Token>> = tokens.split_inclusive(|token| token.is("\n")).map(<[Token]>::to_vec).collect();
    let end = signature(&lines);
    let counted = |lines: &[Vec<Token>]| lines.iter().flatten().any(Token::is_number);
    let headed = lines.iter().take(6).any(|line| labelled(line, SUBJECT));
    let mut body: Vec<Token> = Vec::new();
    let mut greeted = false;
    for (at, line) in lines.iter().enumerate().take(end) {
        let rest = lines.get(at + 1..end).unwrap_or_default();
        let has_more = rest.iter().flatten().any(|token| !token.is_sign());
        let opens = body.iter().all(Token::is_sign);
        if labelled(line, SUBJECT) && opens && has_more {
            // What the subject repeats is not ordered twice.
            if !counted(std::slice::from_ref(line)) || !counted(rest) {
                body.extend(line.iter().skip(2).cloned());
            }
        } else if headed && opens && labelled(line, HEAD) {
            continue;
        } else if !greeted && has_more && salutes(line) {
            greeted = true;
        } else {
            body.extend(line.iter().cloned());
        }
    }
    if body.iter().any(|token| !token.is_sign()) { body } else { tokens }
}

fn labelled(line: &[Token], labels: &[&str]) -> bool {
    matches!(line, [label, colon, ..] if labels.contains(&label.fold.as_str()) && colon.is(":"))
}

/// "Dear Ms Baker,", "Sehr geehrte Damen und Herren,": a line for itself, without figures.
fn salutes(line: &[Token]) -> bool {
    let words: Vec<&Token> = line.iter().filter(|token| !token.is("\n")).collect();
    let closed = words.last().is_some_and(|last| matches!(last.fold.as_str(), "," | "!" | ":"));
    let bare = words.len() <= 3;
    let opens = words.first().is_some_and(|first| SALUTATIONS.contains(&first.fold.as_str()));
    opens && (closed || bare) && words.len() <= 10 && !words.iter().any(|token| token.is_number())
}

/// The line where the closing begins, or the number of lines.
fn signature(lines: &[Vec<Token>]) -> usize {
    let said = |line: &[Token]| {
        line.iter().filter(|token| !token.is_sign()).map(|token| token.fold.clone()).collect::<Vec<String>>().join(" ")
    };
    let lists = |lines: &[Vec<Token>]| {
        lines.iter().any(|line| line.iter().find(|token| !token.is_sign()).is_some_and(Token::is_number))
    };
    let closes = |(at, line): (usize, &Vec<Token>)| {
        let rest = lines.get(at + 1..).unwrap_or_default();
        let said = said(line);
        let begins = |closing: &&str| {
            said.strip_prefix(*closing)
                .is_some_and(|name| name.is_empty() || name.starts_with(' ') && name.split(' ').count() <= 4)
        };
        let firm = CLOSINGS.iter().any(begins) && !line.iter().any(Token::is_number);
        at > 0 && (firm || (WEAK_CLOSINGS.contains(&said.as_str()) && !lists(rest)))
    };
    lines.iter().enumerate().position(closes).unwrap_or(lines.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokenise;

    fn words(text: &str) -> String {
        let tokens = body(tokenise(text));
        tokens.into_iter().filter(|token| !token.is_sign()).map(|token| token.fold).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn salutation_and_signature_go() {
        assert_eq!(words("Dear Ms Baker,\n\n20 Chai please.\n\nKind regards,\nTom\n+49 30 1234"), "20 chai please");
        assert_eq!(words("Sehr geehrte Damen und Herren,\n20 Chai\nMit freundlichen Grüßen\nK. Weber"), "20 chai");
        assert_eq!(words("Hi\n20 Chai\nThanks!\nTom"), "20 chai");
    }

    #[test]
    fn what_orders_stays() {
        assert_eq!(words("Hello, 20 Chai\n10 Chang"), "hello 20 chai 10 chang");
        assert_eq!(words("Please order\nThanks\n20 Chai"), "please order thanks 20 chai");
        assert_eq!(words("Best regards,\nTom"), "best regards tom");
    }

    #[test]
    fn a_subject_counts_only_once() {
        assert_eq!(words("From: Ann\nSubject: 20 Chai\n\nPlease order 20 Chai"), "please order 20 chai");
        assert_eq!(words("Betreff: Karkki Oy\n\n20 Maxilaku"), "karkki oy 20 maxilaku");
    }
}
