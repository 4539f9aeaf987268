//! Clauses that only tell something: why goods are wanted, what was ordered before, what is there, which day is too late.
//!
//! Nothing in them is ordered. A product named there stays the topic: "normally we take 20 Chai, this time 35".

use std::ops::Range;

use crate::dates::DateReading;
use crate::lexicon::{Roles, is_one_of};
use crate::numbers::Amount;
use crate::reading::{Part, Piece};
use crate::records::RecordKind;
use crate::tokens::fold;

/// Pieces of the longest clause that is read as one.
const LONGEST: usize = 60;

const PRONOUNS: &str = "we|i|they|he|she|it|you|wir|ich|sie|er|es|man|ihr|du";

/// Words that open a clause of reason wherever they stand.
const REASONS: &str = "because|weil|nachdem|although|though|obwohl|denn|whereas|wahrend";

/// The same, but only at the beginning of a clause and before its subject.
const DOUBTFUL_REASONS: &str = "since|as|while|da|after|now that";

/// The clauses of a request, with what they are for.
#[derive(Debug)]
pub(crate) struct Clauses {
    clauses: Vec<(Range<usize>, bool)>,
    /// Clauses that say more of what was just ordered: "that's nine, not five".
    comments: Vec<Range<usize>>,
    /// Days said not to be meant.
    rejected: Vec<usize>,
    /// Nothing is asked for, only told: "we received 20 Chai".
    reports: bool,
}

impl Clauses {
    pub(crate) fn of(pieces: &[Piece]) -> Self {
        let german = is_german(pieces);
        let ranges = split(pieces);
        let part = |range: &Range<usize>| pieces.get(range.clone()).unwrap_or_default();
        let said_of = |range: &Range<usize>| {
            let start = range.start + part(range).iter().position(|piece| !ends(piece)).unwrap_or(0);
            comments(pieces, start)
        };
        let mut moods: Vec<Mood> = ranges.iter().map(|range| mood(part(range), german, said_of(range))).collect();
        let counted = |range: &Range<usize>| part(range).iter().any(counts);
        let asked =
            |moods: &[Mood]| ranges.iter().zip(moods).any(|(range, mood)| *mood == Mood::Asked && counted(range));
        // "Usually 20 Chai": what is usual is asked for when nothing else is.
        let firm: Vec<Mood> = moods.iter().map(|mood| if *mood == Mood::Usual { Mood::Told } else { *mood }).collect();
        if asked(&firm) {
            moods = firm;
        }
        let told = |mood: &Mood| *mood == Mood::Told || (*mood == Mood::Weak && asked(&moods));
        let clauses = ranges.iter().zip(&moods).map(|(range, mood)| (range.clone(), told(mood))).collect();
        let comments = ranges.iter().filter(|range| said_of(range)).cloned().collect();
        let whole = |(range, mood): (&Range<usize>, &Mood)| {
            *mood == Mood::Weak && counted(range) && part(range).iter().any(is_product)
        };
        let reports =
            !asked(&moods) && !ranges.iter().any(|range| asks(part(range))) && ranges.iter().zip(&moods).any(whole);
        Self { clauses, comments, rejected: rejected_days(pieces, &ranges), reports }
    }

    /// Whether the request only reports quantities.
    pub(crate) fn only_report(&self) -> bool {
        self.reports
    }

    /// Whether the piece says more of what was just ordered.
    pub(crate) fn is_comment(&self, at: usize) -> bool {
        self.comments.iter().any(|range| range.contains(&at))
    }

    /// Whether a clause begins at this piece.
    pub(crate) fn begins(&self, at: usize) -> bool {
        self.clauses.iter().any(|(range, _)| range.start == at)
    }

    /// Whether the piece only tells something.
    pub(crate) fn is_told(&self, at: usize) -> bool {
        self.clauses.iter().any(|(range, told)| *told && range.contains(&at))
    }

    /// Whether the piece is a day said not to be meant.
    pub(crate) fn is_rejected(&self, at: usize) -> bool {
        self.rejected.contains(&at)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Asked,
    /// Told, whatever else is said.
    Told,
    /// Told when something is asked for elsewhere.
    Weak,
    /// Says what is usual.
    Usual,
}

pub(crate) fn word(piece: &Piece) -> String {
    fold(&piece.said).replace(['\'', '’'], "")
}

fn is_said(piece: &Piece, list: &str) -> bool {
    is_one_of(&word(piece), list)
}

fn is_said_at(pieces: &[Piece], at: usize, list: &str) -> bool {
    pieces.get(at).is_some_and(|piece| is_said(piece, list))
}

fn is_german(pieces: &[Piece]) -> bool {
    let known = |roles: Roles| pieces.iter().filter(|piece| piece.has(roles)).count();
    known(Roles::GERMAN) > known(Roles::ENGLISH)
}

pub(crate) fn counts(piece: &Piece) -> bool {
    matches!(piece.part, Part::Amount { amount: Amount::Exact(_) | Amount::OneOf(_), .. })
}

fn is_day(piece: &Piece) -> bool {
    matches!(&piece.part, Part::Date(reading) if *reading != DateReading::Nothing)
}

fn is_product(piece: &Piece) -> bool {
    matches!(piece.part, Part::Name { kind: RecordKind::Product, .. })
}

fn ends(piece: &Piece) -> bool {
    matches!(piece.part, Part::Break(_) | Part::Colon) || is_dash(piece)
}

fn is_dash(piece: &Piece) -> bool {
    piece.said.starts_with(['-', '–', '—', '…'])
}

/// "bräuchte", "hätten", "wären": a wish, where the same word without its umlaut tells what was.
fn is_wish(piece: &Piece) -> bool {
    let said = piece.said.to_lowercase();
    said.contains(['ä', 'ö', 'ü']) || ["ae", "oe", "ue"].iter().any(|written| said.contains(written))
}

fn asks(clause: &[Piece]) -> bool {
    let gladly = clause.iter().any(|piece| is_said(piece, "gern|gerne|lieber"));
    clause.iter().any(|piece| match word(piece).as_str() {
        "hatte" | "hatten" => gladly || is_wish(piece),
        "stocks" => false,
        _ => piece.has(Roles::ORDER) && !participle(piece),
    })
}

/// "ordered", "bestellt": what has been done, behind "have" or a subject.
fn participle(piece: &Piece) -> bool {
    is_said(piece, "bestellt|ordert|kauft|arranged|ordered|reordered|restocked|purchased")
}

fn split(pieces: &[Piece]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut start = 0;
    for at in 1..pieces.len() {
        if opens(pieces, start, at) {
            ranges.push(start..at);
            start = at;
        }
    }
    ranges.push(start..pieces.len());
    ranges
}

/// Whether a new clause begins at this piece.
fn opens(pieces: &[Piece], start: usize, at: usize) -> bool {
    let (Some(piece), Some(before)) = (pieces.get(at), at.checked_sub(1).and_then(|before| pieces.get(before))) else {
        return false;
    };
    // Longer runs without a break are no clause of anybody's, and reading each anew would take too long.
    let start = start.max(at.saturating_sub(LONGEST));
    if ends(before) && !ends(piece) {
        // A name before a colon or dash and its amount behind belong together.
        let clause = pieces.get(start..at).unwrap_or_default();
        let rest = pieces.get(at..).unwrap_or_default();
        let next = rest.get(..rest.iter().position(ends).unwrap_or(rest.len())).unwrap_or_default();
        let habit = |clause: &[Piece]| clause.iter().any(|piece| piece.has(Roles::HABIT));
        return matches!(before.part, Part::Break(_))
            || [clause, next].iter().any(|side| tells(side, false) || is_reason(side) || habit(side));
    }
    let next = pieces.get(at + 1..).unwrap_or_default();
    let soon = next.iter().take(3);
    if piece.has(Roles::AND) {
        let clause = pieces.get(start..at).unwrap_or_default();
        let clause_ahead =
            next.get(..next.iter().take(LONGEST).take_while(|piece| !ends(piece)).count()).unwrap_or_default();
        return tells(clause, false)
            && (is_level(clause_ahead)
                || soon.clone().any(|next| next.has(Roles::ORDER) || is_said(next, "please|bitte|now")));
    }
    is_said(piece, "but|aber|sondern|jedoch|therefore|deshalb|daher|darum|hence")
        || is_said(piece, REASONS)
        || is_said(piece, DOUBTFUL_REASONS)
            && next.first().is_some_and(|next| is_said(next, PRONOUNS) || is_said(next, "there|theres"))
        || comments(pieces, at) && !pieces.get(start..at).is_some_and(leaves_open)
        || (is_said(piece, "so|also") && soon.clone().any(|next| next.has(Roles::ORDER) || counts(next)))
}

/// "… that's 4 more than last month": says something of what was ordered.
fn comments(pieces: &[Piece], at: usize) -> bool {
    let word = |at: usize| pieces.get(at).map(word).unwrap_or_default();
    let pair = matches!(
        (word(at).as_str(), word(at + 1).as_str()),
        ("that" | "this" | "which", "is") | ("das", "sind" | "ist" | "waren")
    );
    let was = is_said_at(pieces, at, "was|were|war|waren")
        && pieces.get(at + 1).is_some_and(counts)
        && !at.checked_sub(1).and_then(|before| pieces.get(before)).is_some_and(is_day);
    let parts =
        is_said_at(pieces, at, "of which|davon|darunter|thereof|hiervon") && pieces.get(at + 1).is_some_and(counts);
    // "40 Chai, 20 of them for Perth", "12 Chai, 4 davon für Bonn".
    let earlier = pieces.get(..at).unwrap_or_default().iter().rev();
    let counted = earlier.take_while(|piece| !matches!(piece.part, Part::Break('.' | '\n'))).any(counts);
    let of_them = is_said_at(pieces, at + 1, "of") && is_said_at(pieces, at + 2, "them|those|these|which");
    let share = pieces.get(at).is_some_and(counts)
        && counted
        && !at.checked_sub(1).and_then(|before| pieces.get(before)).is_some_and(|before| {
            before.has(Roles::ORDER.or(Roles::MORE))
                || is_said(before, "another|further|additional|nochmal|nochmals|noch")
        })
        && (of_them || is_said_at(pieces, at + 1, "davon|hiervon|darunter|of which"));
    // "40 Chai, 10 more than usual".
    let differs = pieces.get(at).is_some_and(counts)
        && counted
        && is_said_at(pieces, at + 1, "more|fewer|less|mehr|weniger")
        && (is_said_at(pieces, at + 2, "than|als")
            || pieces
                .get(at + 2)
                .is_some_and(|next| ["than ", "als "].iter().any(|than| fold(&next.said).starts_with(than))));
    pair || was
        || parts
        || share
        || differs
        || matches!(word(at).as_str(), "thats" | "that is" | "das sind" | "das ist")
}

/// "Or was it 50?"
fn leaves_open(clause: &[Piece]) -> bool {
    clause.iter().find(|piece| !ends(piece)).is_some_and(|first| first.has(Roles::OR))
}

fn is_reason(clause: &[Piece]) -> bool {
    let mut words = clause.iter().skip_while(|piece| ends(piece));
    let (first, second) = (words.next(), words.next());
    let subject = second.is_some_and(|second| {
        is_said(second, PRONOUNS)
            || is_said(second, "the|our|there|theres|der|die|das|unser|unsere")
            || second.said.contains(' ')
    });
    first.is_some_and(|first| is_said(first, REASONS) || (is_said(first, DOUBTFUL_REASONS) && subject))
}

/// "we have", "haben wir noch": what is there. "We have to order" and "I have an order" ask.
fn has_something(clause: &[Piece]) -> bool {
    let has = |piece: &Piece| is_said(piece, "have|haben|habe|hab|ve");
    let subject = |piece: &Piece| is_said(piece, "we|i|wir|ich|they");
    clause.iter().enumerate().any(|(at, piece)| {
        let next = clause.get(at + 1);
        let pair = next.is_some_and(|next| (has(piece) && subject(next)) || (subject(piece) && has(next)));
        let joined = is_said(piece, "we have|weve|ive|weve got|haben wir|ich habe");
        let after = clause.get(at + if joined { 1 } else { 2 }..).unwrap_or_default();
        let must = after.first().is_some_and(|next| is_said(next, "to"));
        let orders = after.iter().take(2).any(|next| next.has(Roles::ORDER_NOUN) && !counts(next));
        // "we have decided on 40" asks for them.
        let decided = after.iter().take(3).any(|next| {
            is_said(next, "decided|chosen|opted|settled|agreed|entschieden|beschlossen|geeinigt|need|demand|bedarf|vor")
        });
        (pair || joined) && !must && !orders && !decided
    })
}

/// "ordered", "finished", "bought": what somebody did; not what is wished for or how goods are to come.
pub(crate) fn is_past_verb(piece: &Piece) -> bool {
    const IRREGULAR: &str = "bought|sold|lost|kept|left|sent|got|used|made|paid";
    const WISHES: &str = "\
        wanted|needed|asked|liked|hoped|wished|required|decided|agreed|expected|requested|delivered|shipped|\
        scheduled|planned|preferred|desired|promised|confirmed|dated|dried|spiced|fried|supposed|received|\
        arrived|reserved|quoted|offered|charged|priced|negotiated|arranged|reduced";
    let said = word(piece);
    let said = said.rsplit(' ').next().unwrap_or_default();
    let verb = is_one_of(said, IRREGULAR) || (said.len() > 4 && said.ends_with("ed"));
    verb && !is_one_of(said, WISHES) && matches!(piece.part, Part::Words(_) | Part::Stray)
}

/// "we ordered", "they just delivered": a subject and what it did.
fn did_something(clause: &[Piece]) -> bool {
    let did = |piece: &Piece| is_past_verb(piece) || is_said(piece, "delivered|received|shipped");
    let between = |piece: &&Piece| is_said(piece, "just|already|only|still|recently");
    clause.iter().enumerate().any(|(at, piece)| {
        let next = clause.get(at + 1..).unwrap_or_default().iter().find(|next| !between(next));
        // "Please have it delivered": how it is to come.
        let object =
            at.checked_sub(1).is_some_and(|before| is_said_at(clause, before, "have|get|having|getting|want|need"));
        is_said(piece, PRONOUNS) && !object && next.is_some_and(did)
    })
}

/// "my colleague ordered 12 yesterday": a deed on a day past.
fn was_done_before(clause: &[Piece]) -> bool {
    const BEFORE: &str = "yesterday|gestern|vorgestern|last|letzte|letzten|letztes|vorige|vorigen|ago";
    let day = |piece: &Piece| is_day(piece) && fold(&piece.said).split(' ').any(|said| is_one_of(said, BEFORE));
    let was = |piece: &Piece| is_past_verb(piece) || is_said(piece, "was|were|war|waren|wars|warens");
    clause.iter().any(day) && clause.iter().any(was)
}

/// "at first I thought of 40", "zuerst wollte ich 40": what is meant no more.
fn intended(clause: &[Piece]) -> bool {
    const FIRST: &str = "first|at first|initially|originally|zuerst|erst|anfangs|ursprunglich|eigentlich";
    const MEANT: &str = "thought|wanted|planned|asked|said|dachte|dachten|wollte|wollten|plante";
    let is = |words: &str| clause.iter().any(|piece| is_said(piece, words));
    is(FIRST) && is(MEANT)
}

/// Whether the clause tells what was or is there.
fn tells(clause: &[Piece], german: bool) -> bool {
    let was = |piece: &Piece| {
        let foreign = german && is_said(piece, "was");
        // "Waren" are goods, "we're" is no "were".
        let goods = piece.said.starts_with("Waren") || piece.said.contains(['\'', '’']);
        piece.has(Roles::PAST) && !is_wish(piece) && !foreign && !goods
    };
    let tells = clause.iter().any(was)
        || was_done_before(clause)
        || intended(clause)
        || has_something(clause)
        || did_something(clause)
        || has_done(clause)
        || has_come(clause)
        || is_level(clause)
        || is_fine(clause)
        || is_refused(clause);
    !asks(clause) && tells && !prices(clause)
}

/// "The price we settled on was 6.80": is said of this order, unless it is of the last one.
fn prices(clause: &[Piece]) -> bool {
    clause.iter().any(|piece| matches!(piece.part, Part::Price(_)))
        && clause.iter().any(|piece| piece.has(Roles::PRICE))
        && !clause.iter().any(|piece| piece.has(Roles::HABIT.or(Roles::LEFT)))
}

/// "Mindestbestand 25", "40 are on their way", "da liegen noch 9": how many there are or are to come.
fn is_level(clause: &[Piece]) -> bool {
    const LEVELS: &str = "minimum order|minimum order quantity|moq|mindestbestellmenge|mindestmenge|stocks|stock|lagerstand|minimum stock|mindestbestand|meldebestand|bestand|lagerbestand|vorrat|restbestand|minimum|inventory|reorder point|\
        reorder level|stock level|safety stock";
    const COMING: &str = "on its way|on their way|on the way|unterwegs|im zulauf|on order|in transit";
    const STILL: &str = "noch|still|only|nur";
    const THERE: &str = "da|dort|liegen|liegt|stehen|steht|vorhanden|ubrig|left|there|remaining|auf lager|im lager";
    const MUST: &str = "muss|mussen|soll|sollen|sollten|sollte|should|must|to";
    let is = |list: &str| clause.iter().any(|piece| is_said(piece, list));
    // "Chai: have 6, need 40".
    let mut words = clause.iter().skip_while(|piece| ends(piece));
    if words.next().is_some_and(|first| is_said(first, "have|got|ist|habe|haben|hab"))
        && words.next().is_some_and(counts)
        && words.all(ends)
    {
        return true;
    }
    const ORDERS: &str = "put|place|pop|stick|please|bitte";
    clause.iter().any(counts) && !is(MUST) && !is(ORDERS) && (is(LEVELS) || is(COMING) || is(STILL) && is(THERE))
}

/// "die Gäste haben … ausgetrunken": the German perfect, with its participle at the end.
fn has_done(clause: &[Piece]) -> bool {
    let has = clause.iter().any(|piece| is_said(piece, "haben|hat|habe|hab|hatten|hatte") && !is_wish(piece));
    let last = clause.iter().rev().find(|piece| !ends(piece)).map(word).unwrap_or_default();
    const IRREGULAR: &str = "bestellt|bekommen|erhalten|verkauft|verbraucht|vergessen|bezahlt|reserviert|besorgt";
    let participle = last.rsplit(' ').next().is_some_and(|last| {
        is_one_of(last, IRREGULAR)
            || last.len() > 5 && last.contains("ge") && (last.ends_with('t') || last.ends_with("en"))
    });
    has && participle
}

/// "20 Chai arrived broken", "20 Chai fehlten": what became of goods.
fn has_come(clause: &[Piece]) -> bool {
    const COME: &str =
        "arrived|came|missing|broken|damaged|kam|kamen|fehlten|beschadigt|kaputt|zerbrochen|eingetroffen|angekommen";
    let goods = clause.iter().position(is_product);
    let counted = goods.is_some_and(|at| clause.get(..at).unwrap_or_default().iter().any(counts));
    counted && clause.iter().skip(goods.unwrap_or(0)).any(|piece| is_said(piece, COME))
}

/// "Chang is fine", "Chang reicht noch": nothing is wanted of it.
fn is_fine(clause: &[Piece]) -> bool {
    const BE: &str = "is|are|ist|sind|reicht|reichen";
    const FINE: &str = "fine|ok|okay|enough|full|covered|noch|genug|gut|voll|ausreichend|alright|good";
    let mut rest = clause.iter().skip_while(|piece| !is_product(piece)).skip(1);
    let be = rest.next().is_some_and(|piece| is_said(piece, BE));
    be && rest.any(|piece| is_said(piece, FINE)) && !clause.iter().any(counts)
}

/// "40 Chai is too much", "20 reichen nicht": a quantity said not to be meant.
fn is_refused(clause: &[Piece]) -> bool {
    const JUDGED: &str = "much|many|few|little|viel|viele|wenig|wenige|knapp";
    const ENOUGH: &str = "enough|suffice|do|reichen|reicht|genugen|genugt|langen|langt";
    const NOT: &str = "not|nicht|wont|isnt|arent|wouldnt|never|dont|doesnt";
    let last = |piece: &Piece| word(piece).rsplit(' ').next().map(str::to_owned).unwrap_or_default();
    let too = clause.windows(2).any(|pair| match pair {
        [too, much] => is_said(too, "too|zu") && is_one_of(&last(much), JUDGED),
        _ => false,
    });
    let is = |list: &str| clause.iter().any(|piece| is_one_of(&last(piece), list));
    clause.iter().any(counts) && (too || is(ENOUGH) && clause.iter().any(|piece| is_said(piece, NOT)))
}

fn mood(clause: &[Piece], german: bool, comments: bool) -> Mood {
    // "Sonst Dienstag" offers another day.
    let offers = |at: usize| is_said_at(clause, at, "sonst|ansonsten") && clause.get(at + 1).is_some_and(is_day);
    let habit = clause.iter().enumerate().any(|(at, piece)| piece.has(Roles::HABIT) && !offers(at));
    let names = clause.iter().any(is_product) && clause.iter().any(counts);
    if clause.iter().any(counts) && leaves_open(clause) {
        return Mood::Asked;
    }
    if tells(clause, german) {
        return if habit || clause.iter().any(|piece| piece.has(Roles::LEFT)) { Mood::Told } else { Mood::Weak };
    }
    if is_reason(clause) && !(asks(clause) && names) && !prices(clause) {
        return Mood::Told;
    }
    if comments && !names {
        return Mood::Weak;
    }
    if habit { Mood::Usual } else { Mood::Asked }
}

/// "the 7th is too late", "Friday doesn't work", "am Montag haben wir zu": days said not to be meant, where others are.
fn rejected_days(pieces: &[Piece], clauses: &[Range<usize>]) -> Vec<usize> {
    const NO: &str = "too|zu|not|nicht|holiday|feiertag|closed|geschlossen|wont|cant|doesnt|isnt";
    const BE: &str = "is|was|would|be|will|wont|doesnt|isnt|does|cant|ist|ware|war|geht|passt|haben|klappt|reicht";
    let judged = |range: &Range<usize>| {
        let clause = pieces.get(range.clone()).unwrap_or_default();
        let is = |piece: &Piece| is_said(piece, BE);
        let be = clause.iter().position(is)?;
        let day = clause.get(..be)?.iter().rposition(is_day).or_else(|| clause.iter().position(is_day))?;
        let after = clause.get(day.min(be) + 1..)?;
        let rejects = after.iter().any(|piece| is_said(piece, NO)) && !after.iter().any(counts);
        rejects.then_some(range.start + day)
    };
    // "Our regulars finished off the last of it on Saturday".
    let past = |range: &Range<usize>| {
        let clause = pieces.get(range.clone()).unwrap_or_default();
        let day = clause.iter().position(is_day)?;
        let told = clause.get(..day)?.iter().any(is_past_verb) && !clause.iter().any(counts) && !asks(clause);
        told.then_some(range.start + day)
    };
    let rejected: Vec<usize> = clauses.iter().filter_map(|range| judged(range).or_else(|| past(range))).collect();
    let days = pieces.iter().filter(|piece| is_day(piece)).count();
    if days > rejected.len() { rejected } else { Vec::new() }
}
