//! Words for the same thing that columns of contacts and addresses are named with, in English and German.
//!
//! Only what has the same meaning in every table stands here; what a module calls its own fields comes with its
//! [`Target`](crate::Target)s as aliases.

/// Each line is one meaning; words are written without spaces, as [`Heading::compact`](crate::heading::Heading::compact)
/// gives them.
#[rustfmt::skip]
const MEANINGS: [&[&str]; 19] = [
    &["code", "id", "number", "no", "nr", "num", "key", "identifier", "nummer", "kennung"],
    &["name", "company", "companyname", "businessname", "bezeichnung", "firma", "firmenname"],
    &["street", "address", "streetaddress", "addressline", "addressline1", "address1", "street1", "strasse", "str", "strassenr", "strasseundhausnummer", "adresse", "anschrift"],
    &["street2", "address2", "addressline2", "adresszusatz"],
    &["city", "town", "ort", "stadt", "wohnort"],
    &["region", "state", "province", "county", "stateprovince", "stateregion", "bundesland", "kanton", "provinz"],
    &["postalcode", "postcode", "zip", "zipcode", "pincode", "zippostalcode", "plz", "postleitzahl"],
    &["country", "countrycode", "countryname", "land", "staat", "laendercode"],
    &["phone", "telephone", "tel", "phonenumber", "phoneno", "telephonenumber", "telefon", "telefonnummer", "telefonnr", "fon"],
    &["mobile", "cell", "cellphone", "mobilephone", "mobilenumber", "mobil", "mobiltelefon", "handy"],
    &["fax", "faxnumber", "faxno", "telefax", "faxnummer"],
    &["email", "mail", "emailaddress", "mailaddress", "emailadresse", "mailadresse"],
    &["website", "homepage", "url", "web", "webpage", "webaddress", "webseite", "internet", "www"],
    &["contactname", "contact", "contactperson", "ansprechpartner", "kontakt", "kontaktperson"],
    &["contacttitle", "jobtitle", "position", "funktion", "berufsbezeichnung"],
    &["description", "longdescription", "beschreibung"],
    &["note", "notes", "comment", "comments", "remark", "remarks", "bemerkung", "bemerkungen", "notiz", "notizen", "anmerkung"],
    &["currency", "currencycode", "waehrung", "waehrungscode"],
    &["taxnumber", "taxid", "taxno", "vatnumber", "vatid", "vatno", "vatregistrationnumber", "ustid", "ustidnr", "umsatzsteuerid", "steuernummer"],
];

/// Whether two compact names mean the same in every table.
pub(crate) fn same_meaning(one: &str, other: &str) -> bool {
    MEANINGS.iter().any(|words| words.contains(&one) && words.contains(&other))
}

/// All words of the meaning that a compact name has.
pub(crate) fn synonyms(name: &str) -> &'static [&'static str] {
    MEANINGS.iter().find(|words| words.contains(&name)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_has_two_meanings() {
        let mut seen = std::collections::HashSet::new();
        for word in MEANINGS.iter().copied().flatten() {
            assert!(seen.insert(word), "{word} stands twice");
        }
    }

    #[test]
    fn english_and_german_words_meet() {
        assert!(same_meaning("plz", "postalcode"));
        assert!(!same_meaning("phone", "fax"));
    }
}
