//! A column's or field's name, taken apart.

/// A name as lower-case words without accents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    words: Vec<String>,
}

impl Heading {
    /// Takes `companyName`, `company_name`, `Company name` and `COMPANY-NAME` as the same two words, and `supplierID` as
    /// `supplier id`.
    pub(crate) fn new(name: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut word = String::new();
        let mut letters = name.chars().peekable();
        let mut before = ' ';
        while let Some(letter) = letters.next() {
            let lower_follows = letters.peek().is_some_and(|next| next.is_lowercase());
            if !letter.is_alphanumeric() || begins_word(before, letter, lower_follows) {
                words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty()));
            }
            if letter.is_alphanumeric() {
                letter.to_lowercase().for_each(|lower| push_plain(lower, &mut word));
            }
            before = letter;
        }
        words.extend(Some(word).filter(|word| !word.is_empty()));
        Self { words }
    }

    /// The words written as one: what `zip code`, `zipcode` and `ZipCode` have in common.
    pub(crate) fn compact(&self) -> String {
        self.words.concat()
    }

    /// Without the leading words that only say whose field it is (`supplier` in `supplierName`), when any word is left.
    pub(crate) fn without_prefix(&self, nouns: &[String]) -> Option<Self> {
        let leading = self.words.iter().take_while(|word| nouns.contains(word)).count();
        let skip = leading.min(self.words.len().saturating_sub(1));
        let rest = self.words.get(skip..)?;
        (skip > 0).then(|| Self { words: rest.to_vec() })
    }

    /// Share of the words the two have in common among all they have, 0 to 1 (Jaccard).
    pub(crate) fn overlap(&self, other: &Self) -> f64 {
        let common = self.words.iter().filter(|word| other.words.contains(word)).count();
        let all = self.words.len() + other.words.len() - common;
        let share = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        if all == 0 { 0.0 } else { share(common) / share(all) }
    }
}

/// The words of an entity's collection in the singular: `product-categories` gives `product`, `category`.
pub(crate) fn nouns(collection: &str) -> Vec<String> {
    Heading::new(collection).words.iter().map(|word| singular(word)).collect()
}

fn singular(word: &str) -> String {
    match (word.strip_suffix("ies"), word.strip_suffix("sses"), word.strip_suffix('s')) {
        (Some(stem), _, _) => format!("{stem}y"),
        (_, Some(stem), _) => format!("{stem}ss"),
        (_, _, Some(stem)) if !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// Whether a letter begins a word within letters and digits: `company|Name`, `supplier|ID`, `ID|Number`, `address|1`.
fn begins_word(before: char, letter: char, lower_follows: bool) -> bool {
    let after_lower = before.is_lowercase() && letter.is_uppercase();
    let last_of_capitals = before.is_uppercase() && letter.is_uppercase() && lower_follows;
    let digits = before.is_alphabetic() && letter.is_numeric() || before.is_numeric() && letter.is_alphabetic();
    after_lower || last_of_capitals || digits
}

fn push_plain(letter: char, word: &mut String) {
    word.push_str(match letter {
        'ä' => "ae",
        'ö' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'à' | 'á' | 'â' | 'ã' | 'å' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' => "o",
        'ù' | 'ú' | 'û' => "u",
        _ => return word.push(letter),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_however_they_are_written() {
        for (name, words) in [
            ("companyName", "company name"),
            ("company_name", "company name"),
            ("  Company   Name ", "company name"),
            ("COMPANY-NAME", "company name"),
            ("supplierID", "supplier id"),
            ("IDNumber", "id number"),
            ("Address1", "address 1"),
            ("E-Mail", "e mail"),
            ("Straße (privat)", "strasse privat"),
            ("Währung", "waehrung"),
            ("***", ""),
        ] {
            assert_eq!(Heading::new(name).words.join(" "), words, "{name}");
        }
    }

    #[test]
    fn the_entitys_own_name_is_taken_off() {
        let bare = |name, collection| {
            Heading::new(name).without_prefix(&nouns(collection)).map(|heading| heading.words.join(" "))
        };
        assert_eq!(bare("supplierName", "suppliers"), Some("name".to_owned()));
        assert_eq!(bare("categoryID", "product-categories"), Some("id".to_owned()));
        assert_eq!(bare("productCategoryID", "product-categories"), Some("id".to_owned()));
        assert_eq!(bare("supplierID", "products"), None);
        assert_eq!(bare("supplier", "suppliers"), None);
        assert_eq!(bare("taxRate", "taxes"), None);
        assert_eq!(bare("addressCity", "addresses"), Some("city".to_owned()));
    }
}
