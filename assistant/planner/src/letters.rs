//! What surrounds the body of a letter or an e-mail: its head, subject, salutation, signature and addresses.
//!
//! Nobody orders there, but the names of people and companies in them would be taken for products and suppliers.

use crate::lexicon;
use crate::tokens::Token;

/// Field names of an e-mail's head.
const HEAD: &str = "from|to|cc|bcc|date|sent|von|an|datum|gesendet";

const SUBJECT: &str = "subject|subj|betreff|betr|re|fwd|fw|aw|wg";

/// Field names of an address.
const ADDRESS: &str = "\
    tel|telefon|telephone|phone|fon|fax|mobil|mobile|cell|handy|email|mail|www|http|https|iban|bic|web|website";

/// First words of a salutation.
const SALUTATIONS: &str = "\
    dear|hi|hello|hey|hallo|hej|hiya|liebe|lieber|liebes|geehrte|geehrter|geehrtes|sehr|guten|gutn|good|moin|\
    servus|gruezi|gruss|grusse|morning|afternoon|evening|ladies|werte|werter|greetings|howdy|heya|yo|tach|hoi|\
    mahlzeit";

/// Who is greeted, besides names.
const GREETED: &str = "\
    team|all|everyone|everybody|there|folks|guys|sir|sirs|madam|gentlemen|ladies|colleague|colleagues|mr|mrs|ms|\
    miss|dr|prof|and|or|und|damen|herren|frau|herr|herrn|kollege|kollegen|kollegin|kolleginnen|zusammen|leute|\
    liebe|lieber|liebes|geehrte|geehrter|geehrtes|tag|morgen|abend|morning|day|afternoon|evening|gott|dich|euch|\
    sie|again|chef|chefin|koch|whom|it|may|concern|the|an|alle|ihr|einkauf|purchasing|dir";

/// Closings after which only a signature comes.
const CLOSINGS: &str = "\
    kind regards|best regards|warm regards|warmest regards|kindest regards|with kind regards|with best regards|\
    regards|many thanks and regards|thanks and regards|thanks and best regards|yours faithfully|yours sincerely|\
    yours truly|sincerely|respectfully|best wishes|all the best|mit freundlichen grussen|mit freundlichem gruss|\
    mit besten grussen|mit bestem gruss|mit herzlichen grussen|freundliche grusse|viele grusse|beste grusse|\
    herzliche grusse|liebe grusse|schone grusse|besten gruss|viele liebe grusse|sonnige grusse|gruss|grusse|\
    hochachtungsvoll|herzlichst|mfg|lg|vg|bg|kr|br|sg";

/// Closings that may as well open a sentence or stand before a list.
const WEAK_CLOSINGS: &str = "\
    thanks|thank you|many thanks|thanks a lot|thanks so much|thanks in advance|thank you very much|thx|ty|\
    cheers|best|ta|merci|danke|vielen dank|danke schon|dankeschon|besten dank|herzlichen dank|tausend dank|\
    danke im voraus|vielen dank im voraus|danke und gruss|danke dir|danke euch|bis dann|schonen tag|\
    have a nice day";

/// A letter without what surrounds it.
#[derive(Debug, Default)]
pub(crate) struct Letter {
    pub body: Vec<Token>,
    /// The salutation, which may name the company the order goes to.
    pub salutation: Vec<Token>,
}

/// Parts a letter from what surrounds it.
pub(crate) fn letter(text: &str, tokens: Vec<Token>) -> Letter {
    let tokens = without_addresses(tokens);
    let lines: Vec<Vec<Token>> = tokens.split_inclusive(|token| token.is("\n")).map(unquoted).collect();
    let end = signature(&lines);
    let counted = |lines: &[Vec<Token>]| lines.iter().flatten().any(Token::is_number);
    let headed = lines.iter().any(|line| labelled(line, SUBJECT));
    let Letter { mut body, salutation: mut greeting } = Letter::default();
    // Figures above the salutation are of the address and the day of the letter.
    let head = lines.iter().take(end).position(|line| salutes(line)).unwrap_or(0);
    for (at, line) in lines.iter().enumerate().take(end) {
        let rest = lines.get(at + 1..end).unwrap_or_default();
        let has_more = rest.iter().flatten().any(|token| !token.is_sign());
        let opens = body.iter().all(Token::is_sign);
        let inner = lines.get(at.saturating_sub(1)..at + 2).unwrap_or_default();
        let block = inner.iter().filter(|line| labelled(line, HEAD) || labelled(line, SUBJECT)).count() > 1;
        if labelled(line, SUBJECT) && (opens || block) && has_more {
            // What the subject repeats is not ordered twice.
            if opens && (!counted(std::slice::from_ref(line)) || !counted(rest)) {
                body.extend(subject(line).iter().cloned());
            }
        } else if headed && (opens || block) && labelled(line, HEAD)
            || forwards(line)
            || is_address(line)
            || at < head && line.iter().any(Token::is_number)
        {
            continue;
        } else if greeting.is_empty() && has_more && salutes(line) {
            greeting.extend(line.iter().cloned());
        } else {
            let from = if opens { salutation(line) } else { 0 };
            greeting.extend(line.iter().take(from).cloned());
            body.extend(line.iter().skip(from).cloned());
        }
    }
    body.truncate(parting(text, &body));
    if body.iter().all(Token::is_sign) {
        return Letter { body: tokens, salutation: Vec::new() };
    }
    Letter { body, salutation: greeting }
}

/// A line without the signs that mark it as quoted: "> 20 Chai".
fn unquoted(line: &[Token]) -> Vec<Token> {
    line.iter().skip_while(|token| token.is(">")).cloned().collect()
}

/// "-----Original message-----", "Weitergeleitete Nachricht:".
fn forwards(line: &[Token]) -> bool {
    const RULES: &str = "original message|forwarded message|begin forwarded message|ursprungliche nachricht|\
        weitergeleitete nachricht|anfang der weitergeleiteten nachricht|original nachricht";
    lexicon::is_one_of(&said(line), RULES)
}

/// What a line says behind "Re: Fwd:".
fn subject(line: &[Token]) -> &[Token] {
    let mut rest = line;
    while let Some(next) = rest.get(2..).filter(|_| labelled(rest, SUBJECT)) {
        rest = next;
    }
    rest
}

fn labelled(line: &[Token], labels: &str) -> bool {
    matches!(line, [label, colon, ..] if lexicon::is_one_of(&label.fold, labels) && colon.is(":"))
}

/// "Tel. 0221 / 55 43 21".
fn is_address(line: &[Token]) -> bool {
    matches!(line, [label, next, ..] if lexicon::is_one_of(&label.fold, ADDRESS) && (next.is_number() || next.is_sign() && !next.is("\n")))
}

/// Drops "ann@example.com" and what is written onto it.
fn without_addresses(tokens: Vec<Token>) -> Vec<Token> {
    let is_mail = |at: usize| {
        let glued_word = |at: usize| tokens.get(at).is_some_and(|token| token.glued && token.is_word());
        tokens.get(at).is_some_and(|token| token.is("@") && token.glued)
            && glued_word(at + 1)
            && at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(Token::is_word)
    };
    let mut dropped = vec![false; tokens.len()];
    for at in (0..tokens.len()).filter(|at| is_mail(*at)) {
        let first = (0..at).rev().find(|before| tokens.get(*before).is_some_and(|token| !token.glued)).unwrap_or(at);
        let run = (at + 1..tokens.len())
            .take_while(|next| tokens.get(*next).is_some_and(|token| token.glued && !token.is("\n")));
        let last = run.last().unwrap_or(at);
        dropped.iter_mut().take(last + 1).skip(first).for_each(|dropped| *dropped = true);
    }
    tokens.into_iter().zip(dropped).filter(|(_, dropped)| !dropped).map(|(token, _)| token).collect()
}

/// Whether a word greets somebody or may be a name.
fn is_greeted(word: &Token) -> bool {
    word.is_word() && (lexicon::is_one_of(&word.fold, GREETED) || !lexicon::roles(&word.fold).known())
}

fn opens(line: &[Token]) -> bool {
    let word = |at: usize| line.get(at).map_or("", |token| token.fold.as_str());
    lexicon::is_one_of(word(0), SALUTATIONS) || (word(0) == "to" && word(1) == "whom")
}

/// "Dear Ms Baker,", "Sehr geehrte Damen und Herren,": a line for itself, without figures.
fn salutes(line: &[Token]) -> bool {
    let words: Vec<&Token> = line.iter().filter(|token| !token.is("\n")).collect();
    let closed = words.last().is_some_and(|last| matches!(last.fold.as_str(), "," | "!" | ":" | "."));
    let bare = words.len() <= 3;
    opens(line) && (closed || bare) && words.len() <= 10 && !words.iter().any(|token| token.is_number())
}

/// "Hi Alice, could you …": how many tokens of the first line only greet.
fn salutation(line: &[Token]) -> usize {
    let end = line.iter().position(|token| token.is_sign() && !token.is(".")).unwrap_or(0);
    let closed = line.get(end).is_some_and(|sign| matches!(sign.fold.as_str(), "," | "!" | ":" | "-" | "–" | "—"));
    let greets = line.get(1..end).is_some_and(|names| names.iter().all(|name| is_greeted(name) || name.is(".")));
    if opens(line) && closed && greets && end <= 6 { end + 1 } else { 0 }
}

fn said(line: &[Token]) -> String {
    line.iter().filter(|token| !token.is_sign()).map(|token| token.fold.clone()).collect::<Vec<String>>().join(" ")
}

/// The line where the closing begins, or the number of lines.
fn signature(lines: &[Vec<Token>]) -> usize {
    // A name, a firm, a number to call: few words to the line, and no sentence.
    let signs = |lines: &[Vec<Token>]| {
        let brief = |line: &Vec<Token>| line.iter().filter(|token| !token.is_sign()).count() <= 4;
        lines.iter().all(|line| brief(line) && !line.iter().any(Token::is_number))
    };
    let lists = |lines: &[Vec<Token>]| {
        lines.iter().any(|line| line.iter().find(|token| !token.is_sign()).is_some_and(Token::is_number))
    };
    let closes = |(at, line): (usize, &Vec<Token>)| {
        let rest = lines.get(at + 1..).unwrap_or_default();
        let said = said(line);
        let begins = |closing: &str| {
            said.strip_prefix(closing)
                .is_some_and(|name| name.is_empty() || name.starts_with(' ') && name.split(' ').count() <= 4)
        };
        let firm = CLOSINGS.split('|').any(begins) && !line.iter().any(Token::is_number);
        let thanks = |closing: &str| said.strip_prefix(closing).is_some_and(|more| more.starts_with(' '));
        let wishes = WEAK_CLOSINGS.split('|').any(thanks) && said.split(' ').count() <= 7;
        let parts = wishes && !line.iter().any(Token::is_number) && !rest.is_empty() && signs(rest);
        at > 0 && (firm || parts || (lexicon::is_one_of(&said, WEAK_CLOSINGS) && !lists(rest)))
    };
    lines.iter().enumerate().position(closes).unwrap_or(lines.len())
}

/// Where "… Regards, Ines" or "Danke! Uwe" begins at the end of the text: a closing and a name.
fn parting(text: &str, tokens: &[Token]) -> usize {
    const NAME: usize = 5;
    let is_name = |token: &Token| {
        let capital = text.get(token.span.clone()).and_then(|word| word.chars().next()).is_some_and(char::is_uppercase);
        token.is_sign() || (token.is_word() && capital && is_greeted(token))
    };
    let begins = |at: usize| {
        let border = at
            .checked_sub(1)
            .and_then(|before| tokens.get(before))
            .is_some_and(|before| before.is_sign() && !before.glued_dash() && !before.is("("));
        let rest = tokens.get(at..).unwrap_or_default();
        let closing = |phrase: &str| {
            let words: Vec<&str> = phrase.split(' ').collect();
            let matches = rest.len() >= words.len() && words.iter().zip(rest).all(|(word, token)| token.is(word));
            let name = rest.get(words.len()..).unwrap_or_default();
            matches && name.iter().all(is_name) && name.iter().filter(|token| !token.is_sign()).count() <= NAME
        };
        border && CLOSINGS.split('|').chain(WEAK_CLOSINGS.split('|')).any(closing)
    };
    (1..tokens.len()).find(|at| begins(*at)).unwrap_or(tokens.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::tokenise;

    fn words(text: &str) -> String {
        said(&letter(text, tokenise(text)).body)
    }

    #[test]
    fn salutation_and_signature_go() {
        assert_eq!(words("Dear Ms Baker,\n\n20 Chai please.\n\nKind regards,\nTom\n+49 30 1234"), "20 chai please");
        assert_eq!(words("Sehr geehrte Damen und Herren,\n20 Chai\nMit freundlichen Grüßen\nK. Weber"), "20 chai");
        assert_eq!(words("Hi\n20 Chai\nThanks!\nTom"), "20 chai");
    }

    #[test]
    fn the_salutation_is_kept_apart() {
        let greeted = |text: &str| said(&letter(text, tokenise(text)).salutation);
        assert_eq!(greeted("Dear Exotic Liquids,\n\n20 Chai please."), "dear exotic liquids");
        assert_eq!(greeted("Hi Alice, 20 Chai please"), "hi alice");
        assert_eq!(greeted("20 Chai please"), "");
    }

    #[test]
    fn salutation_and_parting_within_a_line_go() {
        assert_eq!(words("Hi Alice, 20 Chai please. Regards, Ines"), "20 chai please");
        assert_eq!(words("Good morning Alice! 20 Chai. Cheers, Chef Anton"), "20 chai");
        assert_eq!(words("Liebe Kollegen, bitte 20 Chai. LG Miri"), "bitte 20 chai");
        assert_eq!(words("20 Chai bitte. Danke! Uwe"), "20 chai bitte");
    }

    #[test]
    fn the_head_of_a_letter_counts_nothing() {
        let text = "Canteen\n12 Harbour Road\n\n20 November 2026\n\nDear Sirs,\n\n20 Chai please.";
        assert_eq!(words(text), "canteen 20 chai please");
    }

    #[test]
    fn addresses_go() {
        assert_eq!(words("To: ann@example.com\nSubject: order\n\n20 Chai\n\nTel. 0221 / 55 43 21"), "order 20 chai");
    }

    #[test]
    fn what_orders_stays() {
        assert_eq!(words("Hello, 20 Chai\n10 Chang"), "20 chai 10 chang");
        assert_eq!(words("Please order\nThanks\n20 Chai"), "please order thanks 20 chai");
        assert_eq!(words("Best regards,\nTom"), "best regards tom");
        assert_eq!(words("Hi can we get chai, 20 boxes"), "hi can we get chai 20 boxes");
        assert_eq!(words("20 Chai, thanks, Monday"), "20 chai thanks monday");
    }

    #[test]
    fn a_subject_counts_only_once() {
        assert_eq!(words("From: Ann\nSubject: 20 Chai\n\nPlease order 20 Chai"), "please order 20 chai");
        assert_eq!(words("Betreff: Karkki Oy\n\n20 Maxilaku"), "karkki oy 20 maxilaku");
    }
}
