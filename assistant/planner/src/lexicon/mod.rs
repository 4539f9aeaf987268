//! The words the planner knows, in English and German, and what each may do in a request.
//!
//! All entries are folded (lower case, no accents, `ß` as `ss`, no apostrophes). A word may have several roles; the
//! readers decide by its neighbours. Lists live in [`english`], [`german`],
//! [`talk`] and [`trade`].

mod english;
mod german;
mod talk;
mod trade;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::tokens::{Token, loosen};

/// What a word may do, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Roles(u64);

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Roles {
            $($(#[$doc])* pub(crate) const $name: Self = Self(1 << $bit);)*
        }
    };
}

roles! {
    /// Carries no meaning for an order: courtesies, determiners, auxiliaries, adverbs.
    FILLER = 0;
    /// May stand for one: "a case", "eine Kiste".
    ARTICLE = 1;
    /// A verb that asks for an order.
    ORDER = 2;
    /// The noun "order" and its kin, harmless objects of create, write, send.
    ORDER_NOUN = 3;
    /// A packing or counting word: boxes, pieces.
    PACK = 4;
    /// A weight or volume: kg, ml.
    MEASURE = 5;
    /// Introduces a supplier: from, bei.
    SUPPLIER_LEAD = 6;
    /// Joins list items.
    AND = 7;
    /// Offers a choice.
    OR = 8;
    /// Spreads a quantity over several products, or makes a price a unit price.
    EACH = 9;
    /// An indefinite quantity: some, a few.
    VAGUE = 10;
    /// A thing too general to be a product: something, beer.
    GENERAL = 11;
    /// Announces a correction.
    CORRECT = 12;
    /// Announces an addition.
    ALSO = 13;
    /// Takes a line out.
    REMOVE = 14;
    /// What follows is replaced by what went before: instead of.
    INSTEAD = 15;
    /// An action outside the planner's tools when said as a request.
    FOREIGN = 16;
    /// Such an action when said anywhere (German infinitives at the end of a sentence, unmistakable nouns).
    FOREIGN_ANYWHERE = 17;
    /// Makes or sends something; harmless with an order noun.
    MAKE = 18;
    /// Opens a question that wants an answer, not an order.
    INTERROGATIVE = 19;
    /// Opens a question that may as well be a polite order.
    SOFT_QUESTION = 20;
    /// Asks about stock.
    STOCK = 21;
    /// Asks about price.
    PRICE = 22;
    /// Open, outstanding.
    OPEN = 23;
    /// Late.
    OVERDUE = 24;
    /// Running out.
    LOW = 25;
    /// Who supplies.
    SUPPLIES = 26;
    /// The range of a supplier.
    RANGE = 27;
    /// A description that may follow or precede a product's name: tea, beer, fresh.
    DESCRIPTION = 28;
    /// Begins something that is no list item: which, because.
    BREAK = 29;
    /// Agrees.
    YES = 30;
    /// Gives up the started draft.
    DROP = 31;
    /// A record or a field that can be changed elsewhere: supplier, customer, price.
    THING = 32;
    /// Introduces a code: article, no.
    CODE_LEAD = 33;
    /// Changes a draft when there is one: change, set.
    CHANGE = 34;
    /// More of the same.
    MORE = 35;
    /// Words that say a number was of stock and not of an order: left, only have.
    LEFT = 36;
    /// A place in our own company after "to" or "for".
    PLACE = 37;
    /// The default supplier: usual.
    USUAL = 38;
    /// Both, all: spreads over all products.
    ALL = 39;
    /// "to" and its kin: a receiver.
    TO = 40;
    /// Introduces a note that is kept word for word.
    NOTE = 41;
    /// A thing of every day that is talk unless it is counted: fridge, plate.
    NOUN = 42;
    /// Those goods are for: guests, branches.
    PEOPLE = 43;
    /// Tells what was: had, bought, kamen.
    PAST = 44;
    /// Tells what is usual: normally, sonst.
    HABIT = 45;
    /// What figures number: shelf, table, Regal.
    ROOM = 46;
    /// Prepositions, determiners and conjunctions, which end what stands before them.
    JOINT = 47;
    /// A verb, which ends what is counted before it.
    VERB = 48;
    /// Says that the person has not decided.
    DOUBT = 49;
    /// Written in English.
    ENGLISH = 62;
    /// Written in German.
    GERMAN = 63;
}

impl Roles {
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the word is in the lists at all.
    pub(crate) const fn known(self) -> bool {
        self.0 != 0
    }
}

/// Entries of one language: a role and its words or phrases, separated by `|`.
pub(crate) type Entries = &'static [(Roles, &'static str)];

struct Lexicon {
    words: HashMap<&'static str, Roles>,
    /// Phrases of several words by their first word, longest first.
    phrases: HashMap<&'static str, Vec<(Vec<&'static str>, Roles)>>,
}

const LISTS: [(Entries, Roles); 6] = [
    (english::ENTRIES, Roles::ENGLISH),
    (talk::ENGLISH, Roles::ENGLISH),
    (trade::ENGLISH, Roles::ENGLISH),
    (german::ENTRIES, Roles::GERMAN),
    (talk::GERMAN, Roles::GERMAN),
    (trade::GERMAN, Roles::GERMAN),
];

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon { words: HashMap::new(), phrases: HashMap::new() };
    for (entries, language) in LISTS {
        for (role, list) in entries {
            for entry in list.split('|').map(str::trim).filter(|entry| !entry.is_empty()) {
                lexicon.add(entry, role.or(language));
            }
        }
    }
    for phrases in lexicon.phrases.values_mut() {
        phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    lexicon
});

impl Lexicon {
    fn add(&mut self, entry: &'static str, role: Roles) {
        let words: Vec<&'static str> = entry.split(' ').collect();
        match words.as_slice() {
            [word] => {
                let known = self.words.entry(word).or_default();
                *known = known.or(role);
            }
            [first, ..] => {
                let phrases = self.phrases.entry(first).or_default();
                match phrases.iter_mut().find(|(known, _)| *known == words) {
                    Some((_, known)) => *known = known.or(role),
                    None => phrases.push((words, role)),
                }
            }
            [] => {}
        }
    }
}

/// Last parts of German compounds, which mean what the whole means: "Lieferdatum", "Einkaufsliste", "Mittagskarte".
const HEAD_NOUNS: &[&str] = &[
    "termin",
    "datum",
    "bestellung",
    "bestellungen",
    "lieferung",
    "auftrag",
    "bedarf",
    "liste",
    "zettel",
    "menge",
    "wunsch",
    "anforderung",
    "meldung",
    "entwurf",
    "preis",
    "preise",
    "nummer",
    "geschaft",
    "betrieb",
    "kuche",
    "keller",
    "karte",
    "menu",
    "feier",
    "fest",
    "saison",
    "buffet",
    "abend",
    "essen",
    "markt",
    "aktion",
    "woche",
    "wochen",
    "party",
    "messe",
    "fruhstuck",
    "brunch",
    "leitung",
    "chef",
];

/// The same of verbs: "mitbestellen".
const HEAD_VERBS: &[&str] = &["bestellen", "bestellt", "ordern", "kaufen"];

/// The roles of one folded word.
pub(crate) fn roles(word: &str) -> Roles {
    let listed = |word: &str| LEXICON.words.get(word).copied().unwrap_or_default();
    let known = listed(word);
    if known.known() {
        return known;
    }
    let loose = listed(&loosen(word));
    if loose.known() {
        return loose;
    }
    let noun = head(word, HEAD_NOUNS).map(|head| listed(head).or(Roles::NOUN));
    let verb = || head(word, HEAD_VERBS).map(listed);
    noun.or_else(verb).or_else(|| inflected(word)).unwrap_or_default()
}

/// "schönes", "war's": a German word of talk with an ending.
fn inflected(word: &str) -> Option<Roles> {
    const SHORTEST: usize = 4;
    let stem =
        |ending: &str| word.strip_suffix(ending).and_then(|stem| LEXICON.words.get(stem).map(|roles| (stem, *roles)));
    if let Some((_, verb)) = stem("s").filter(|(_, roles)| roles.has(Roles::VERB) && roles.has(Roles::GERMAN)) {
        return Some(verb);
    }
    let talk = |(stem, roles): &(&str, Roles)| {
        let means = Roles::PACK.or(Roles::NOUN).or(Roles::ORDER).or(Roles::ENGLISH).or(Roles::GENERAL);
        stem.len() >= SHORTEST && roles.has(Roles::FILLER) && roles.has(Roles::GERMAN) && !roles.has(means)
    };
    ["es", "er", "en", "em", "e"].iter().filter_map(|ending| stem(ending)).find(talk).map(|(_, roles)| roles)
}

/// The last part of a German compound, when it is one of these.
fn head<'h>(word: &str, heads: &[&'h str]) -> Option<&'h str> {
    const FIRST_PART: usize = 3;
    let fits = |head: &&&str| word.strip_suffix(**head).is_some_and(|first| first.len() >= FIRST_PART);
    heads.iter().filter(fits).max_by_key(|head| head.len()).copied()
}

/// Whether a word counts by its last part: "Glasflaschen", "Bierkästen".
pub(crate) fn is_compound_pack(word: &str) -> bool {
    const PACKS: &[&str] = &[
        "flasche",
        "flaschen",
        "kiste",
        "kisten",
        "kasten",
        "karton",
        "kartons",
        "dose",
        "dosen",
        "beutel",
        "glas",
        "glaser",
        "packung",
        "packungen",
        "paket",
        "pakete",
        "tute",
        "tuten",
        "eimer",
        "sack",
        "sacke",
        "schachtel",
        "schachteln",
        "palette",
        "paletten",
        "stuck",
        "packs",
        "pack",
        "rolle",
        "rollen",
        "schale",
        "schalen",
        "becher",
        "laib",
        "laibe",
        "fass",
        "fasser",
        "steige",
        "steigen",
    ];
    head(word, PACKS).is_some()
}

/// Without doubled letters, which are the commonest slip: "bite" and "bitte" are alike.
fn squeezed(word: &str) -> String {
    let mut last = None;
    word.chars().filter(|c| last.replace(*c) != Some(*c)).collect()
}

/// A short word two letters of which, but not the first, changed places: "adn", "udn".
fn transposed(word: &str) -> Option<Roles> {
    const LONGEST: usize = 5;
    let letters: Vec<char> = word.chars().collect();
    let swapped = (2..letters.len()).map(|at| {
        let mut letters = letters.clone();
        letters.swap(at - 1, at);
        letters.into_iter().collect::<String>()
    });
    let known = |word: String| LEXICON.words.get(word.as_str()).copied();
    if (3..=LONGEST).contains(&letters.len()) { swapped.filter_map(known).next() } else { None }
}

/// The roles of a word that may be misspelt: by a doubled letter, by two letters that changed places, by one letter in
/// longer words, by two in long ones.
pub(crate) fn roles_misspelt(word: &str) -> Roles {
    const SHORTEST: usize = 4;
    let exact = roles(word);
    let length = word.chars().count();
    if exact.known() {
        return exact;
    }
    if let Some(roles) = transposed(word) {
        return roles;
    }
    if length < SHORTEST {
        return exact;
    }
    let allowed = match length {
        0..6 => 0,
        6..10 => 1,
        _ => 2,
    };
    let said = squeezed(word);
    // A slip in the first letter is rare: "flowers" are not "lowers".
    let first = word.chars().next();
    let near = LEXICON.words.iter().filter(|(known, _)| {
        known.len() >= SHORTEST && known.len().abs_diff(word.len()) <= 3 && known.chars().next() == first
    });
    near.filter_map(|(known, roles)| {
        // In a short word only a letter of a pair may be missing, never one too many: "latte" is not "late".
        let (plain, said) =
            if length < 6 { (squeezed(known), word.to_owned()) } else { (squeezed(known), said.clone()) };
        let distance = strsim::osa_distance(&plain, &said);
        let reach = if known.len() < 6 { 0 } else { allowed };
        (distance <= reach).then_some((distance, *known, *roles))
    })
    .min_by_key(|(distance, known, _)| (*distance, *known))
    .map(|(_, _, roles)| roles)
    .unwrap_or_default()
}

/// Whether a word is one of a list whose entries are separated by `|`.
pub(crate) fn is_one_of(word: &str, list: &str) -> bool {
    !word.is_empty() && list.split('|').any(|entry| entry == word)
}

/// The longest phrase that begins at the first of these tokens: its length in tokens and its roles.
pub(crate) fn phrase(tokens: &[Token]) -> Option<(usize, Roles)> {
    let (first, rest) = tokens.split_first()?;
    let phrases = LEXICON.phrases.get(first.fold.as_str())?;
    phrases.iter().find_map(|(words, roles)| {
        let tail = words.get(1..)?;
        let matches = rest.len() >= tail.len() && tail.iter().zip(rest).all(|(word, token)| token.is(word));
        matches.then_some((words.len(), *roles))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::{fold, tokenise};

    #[test]
    fn entries_are_folded() {
        for (_, list) in LISTS.iter().flat_map(|(entries, _)| entries.iter()) {
            for entry in list.split('|').map(str::trim) {
                assert_eq!(fold(entry), entry);
                assert!(!entry.contains("  "), "{entry}");
            }
        }
    }

    #[test]
    fn the_longest_phrase_wins() {
        let tokens = tokenise("day after tomorrow");
        assert!(phrase(&tokens).is_none());
        let tokens = tokenise("no wait, 25");
        assert_eq!(phrase(&tokens).map(|(length, roles)| (length, roles.has(Roles::CORRECT))), Some((2, true)));
    }

    #[test]
    fn a_compound_means_what_its_last_part_means() {
        assert!(roles("wochenbedarf").known());
        assert!(roles("lieferdatum").known());
        assert!(!roles("gabelstapler").known());
        assert!(is_compound_pack("glasflaschen"));
        assert!(!is_compound_pack("flaschen"));
    }

    #[test]
    fn slips_of_the_keyboard_are_forgiven_in_longer_words() {
        assert!(roles_misspelt("bite").has(Roles::GERMAN));
        assert!(roles_misspelt("besteln").has(Roles::ORDER));
        assert!(roles_misspelt("delivrey").has(Roles::FILLER));
        assert!(roles_misspelt("adn").has(Roles::AND));
        assert!(!roles_misspelt("acme").known());
        assert!(!roles_misspelt("bolt").known());
        assert!(!roles_misspelt("latte").known());
        assert!(!roles_misspelt("laptop").known());
    }

    #[test]
    fn german_words_of_talk_take_endings() {
        assert!(roles("schones").known());
        assert!(roles("wars").has(Roles::VERB));
        assert!(!roles("messer").known());
    }

    #[test]
    fn umlauts_may_be_written_out() {
        assert!(roles("stueck").has(Roles::PACK));
        assert!(roles("benoetige").has(Roles::ORDER));
    }
}
