//! Which column is which field.

mod fit;

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::Serialize;

use crate::error::{RowError, code};
use crate::heading::{Heading, nouns};
use crate::sheet::{Row, Sheet};
use crate::vocabulary::{same_meaning, synonyms};

/// A field that a column can be mapped to.
#[derive(Debug, Clone, Copy)]
pub struct Target<'t> {
    /// As in the API: `postal_code`.
    pub name: &'t str,
    /// As on the page: `Postal code`.
    pub label: &'t str,
    /// What others call it: `unit price`, `Meldebestand`. In any spelling; one alias can be given to several targets, and
    /// the first of them in the list then has it.
    pub aliases: &'t [&'t str],
    pub kind: TargetKind,
    /// Whether a new record needs it.
    pub required: bool,
}

/// What values a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    Text,
    Integer,
    Decimal,
    Date,
    Bool,
    Email,
    Phone,
    Url,
    Country,
    Currency,
    /// Another record, by its code or name.
    Link,
}

/// One column with the field it goes to, as the import page shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MappedColumn {
    /// The column's name in the file.
    pub column: String,
    /// The field's name; `None` when the column is ignored.
    pub field: Option<String>,
    /// 1 for sure (or said by the person), 0 for no field.
    pub confidence: f64,
    /// The first few different values.
    pub samples: Vec<String>,
}

/// All columns of a sheet, in its order, each with at most one field and each field at most once.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Mapping {
    pub columns: Vec<MappedColumn>,
}

/// Below this a guess is more likely wrong than right.
const LEAST: f64 = 0.55;

impl Mapping {
    /// Guesses from the columns' names, helped by their values.
    ///
    /// `collection` is the entity's in its path (`suppliers`), so that `supplierName` is understood as the name of a
    /// supplier. The best pairs are taken first; a column that resembles no field is ignored.
    pub fn guess(sheet: &Sheet, collection: &str, targets: &[Target<'_>]) -> Self {
        let mut prefixes = nouns(collection);
        // Tables of people and firms often call their own name that of a company.
        prefixes.push("company".to_owned());
        let known: Vec<Known> = targets.iter().map(|target| Known::new(target, &prefixes)).collect();

        let mut pairs = Vec::new();
        for (at, column) in sheet.columns.iter().enumerate() {
            let names = Names::new(column, &prefixes);
            for (place, (target, known)) in targets.iter().zip(&known).enumerate() {
                let score = fit::weigh(known.score(&names), target.kind, sheet, at);
                if score >= LEAST {
                    pairs.push((percent(score), at, place));
                }
            }
        }
        // Columns and targets that come first win among equals.
        pairs.sort_by_key(|&(score, at, place)| (Reverse(score), at, place));
        let mut chosen: HashMap<usize, (usize, u32)> = HashMap::new();
        for (score, at, place) in pairs {
            if !chosen.contains_key(&at) && chosen.values().all(|&(taken, _)| taken != place) {
                chosen.insert(at, (place, score));
            }
        }
        Self::of(sheet, |at| {
            let &(place, score) = chosen.get(&at)?;
            Some((targets.get(place)?.name, f64::from(score) / 100.0))
        })
    }

    /// Takes what a person said, as pairs of column and field, and ignores all other columns. An empty field ignores its
    /// column too.
    ///
    /// # Errors
    ///
    /// One for each column the sheet does not have, field that is no target, and field given twice.
    pub fn given<'p>(
        sheet: &Sheet,
        targets: &[Target<'_>],
        pairs: impl IntoIterator<Item = (&'p str, &'p str)>,
    ) -> Result<Self, Vec<RowError>> {
        let mut errors = Vec::new();
        let mut fields: HashMap<usize, &str> = HashMap::new();
        for (column, field) in pairs.into_iter().filter(|(_, field)| !field.is_empty()) {
            let refuse = |code, message| RowError::file(code, message).on(column);
            let Some(at) = sheet.column(column.trim()) else {
                errors.push(refuse(code::UNKNOWN_COLUMN, format!("the file has no column {column:?}")));
                continue;
            };
            if targets.iter().all(|target| target.name != field) {
                errors.push(refuse(code::UNKNOWN_FIELD, format!("there is no field {field:?} to put the column in")));
            } else if fields.values().any(|&taken| taken == field) {
                errors.push(refuse(code::DUPLICATE_FIELD, format!("the field {field:?} has a column already")));
            } else {
                fields.insert(at, field);
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self::of(sheet, |at| fields.get(&at).map(|&field| (field, 1.0))))
    }

    fn of<'f>(sheet: &Sheet, field: impl Fn(usize) -> Option<(&'f str, f64)>) -> Self {
        let columns = sheet.columns.iter().enumerate().map(|(at, column)| {
            let found = field(at);
            MappedColumn {
                column: column.clone(),
                field: found.map(|(name, _)| name.to_owned()),
                confidence: found.map_or(0.0, |(_, confidence)| confidence),
                samples: samples(sheet, at),
            }
        });
        Self { columns: columns.collect() }
    }

    /// The column that goes to a field.
    pub fn column(&self, field: &str) -> Option<&str> {
        self.columns.iter().find(|column| column.field.as_deref() == Some(field)).map(|column| column.column.as_str())
    }

    /// The required targets that no column goes to.
    pub fn missing<'t>(&self, targets: &[Target<'t>]) -> Vec<&'t str> {
        let unmet = targets.iter().filter(|target| target.required && self.column(target.name).is_none());
        unmet.map(|target| target.name).collect()
    }

    /// A row of the sheet as fields with their values, `None` for an absent one; ignored columns left out.
    pub fn fields<'m>(&'m self, row: &'m Row) -> impl Iterator<Item = (&'m str, Option<&'m str>)> {
        self.columns.iter().zip(row.values()).filter_map(|(column, value)| Some((column.field.as_deref()?, value)))
    }
}

/// The first three different values of a column, cut to what a page shows.
fn samples(sheet: &Sheet, column: usize) -> Vec<String> {
    const COUNT: usize = 3;
    const LETTERS: usize = 60;
    let mut samples: Vec<String> = Vec::with_capacity(COUNT);
    for value in sheet.rows.iter().filter_map(|row| row.get(column)) {
        let value: String = value.chars().take(LETTERS).collect();
        if !samples.contains(&value) {
            samples.push(value);
        }
        if samples.len() == COUNT {
            break;
        }
    }
    samples
}

/// A name in full and without the words that only say whose it is.
struct Names {
    full: Heading,
    bare: Option<Heading>,
}

impl Names {
    fn new(name: &str, prefixes: &[String]) -> Self {
        let full = Heading::new(name);
        let bare = full.without_prefix(prefixes);
        Self { full, bare }
    }
}

/// Everything a target is called.
struct Known {
    names: Vec<Names>,
}

impl Known {
    fn new(target: &Target<'_>, prefixes: &[String]) -> Self {
        let mut names: Vec<Names> = [target.name, target.label]
            .into_iter()
            .chain(target.aliases.iter().copied())
            .map(|name| Names::new(name, prefixes))
            .collect();
        if let (TargetKind::Link, Some(base)) = (target.kind, target.name.strip_suffix("_id")) {
            let ways = [base.to_owned(), format!("{base}_code"), format!("{base}_name"), format!("{base}_number")];
            // Whose it is must stay here: the code of a supplier is not that of the product.
            names.extend(ways.iter().map(|name| Names::new(name, &[])));
        }
        Self { names }
    }

    fn score(&self, column: &Names) -> f64 {
        self.names.iter().map(|name| resemblance(column, name)).fold(0.0, f64::max)
    }
}

/// How much a column's name is like one of a target's, 0 to 1.
fn resemblance(column: &Names, name: &Names) -> f64 {
    let (whole, wanted) = (column.full.compact(), name.full.compact());
    if wanted.is_empty() || whole.is_empty() {
        return 0.0;
    }
    if whole == wanted {
        return 1.0;
    }
    let bare = column.bare.as_ref().map(Heading::compact);
    let bare_wanted = name.bare.as_ref().map(Heading::compact);
    let is_same = |test: &dyn Fn(&str, &str) -> bool| {
        let pairs = [(bare.as_deref(), Some(wanted.as_str())), (Some(whole.as_str()), bare_wanted.as_deref())];
        pairs.into_iter().any(|(one, other)| one.zip(other).is_some_and(|(one, other)| test(one, other)))
    };
    if is_same(&|one, other| one == other) {
        return 0.95;
    }
    if same_meaning(&whole, &wanted) {
        return 0.9;
    }
    if is_same(&same_meaning) {
        return 0.85;
    }
    let overlap = 0.9 * column.full.overlap(&name.full);
    let misspelt = synonyms(&wanted).iter().map(|word| 0.95 * likeness(&whole, word));
    let bare_misspelt = bare.map(|bare| 0.95 * likeness(&bare, &wanted));
    misspelt.chain(bare_misspelt).fold(overlap.max(likeness(&whole, &wanted)), f64::max)
}

/// For names misspelt: few letters changed in a word long enough for that to mean something.
fn likeness(one: &str, other: &str) -> f64 {
    const LETTERS: usize = 6;
    const ALIKE: f64 = 0.8;
    let (one_letters, other_letters) = (one.chars().count(), other.chars().count());
    let (fewer, more) = (one_letters.min(other_letters), one_letters.max(other_letters));
    // With over a quarter more letters the two cannot be alike enough, and a header of megabytes must not be compared
    // letter by letter.
    if fewer < LETTERS || more > fewer + fewer / 4 {
        return 0.0;
    }
    let alike = strsim::normalized_damerau_levenshtein(one, other);
    if alike < ALIKE { 0.0 } else { 0.8 * alike }
}

#[expect(clippy::as_conversions, reason = "a share between 0 and 1 as whole percent; the cast saturates")]
fn percent(share: f64) -> u32 {
    (share * 100.0).round() as u32
}
