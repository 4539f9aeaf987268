//! The planner's sentences, in English and German.
//!
//! Names of records and words of the person are put in quotation marks and are data, never a part of the sentence.

use chrono::NaiveDate;
use kontor_kernel::Locale;
use rust_decimal::Decimal;

use crate::conversation::TEXT_LIMIT;
use crate::language::Language;
use crate::plan::QUANTITY_LIMIT;
use crate::records::Candidate;

/// Writes sentences in one language, with figures and dates as the company writes them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wording {
    pub language: Language,
    pub locale: Locale,
}

impl Wording {
    fn pick<'a>(self, english: &'a str, german: &'a str) -> &'a str {
        match self.language {
            Language::English => english,
            Language::German => german,
        }
    }

    fn quoted(self, text: &str) -> String {
        match self.language {
            Language::English => format!("“{text}”"),
            Language::German => format!("„{text}“"),
        }
    }

    /// "A, B or C".
    fn choice(self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => {
                format!("{} {} {last}", first.join(", "), self.pick("or", "oder"))
            }
        }
    }

    fn names(self, options: &[Candidate]) -> String {
        let names: Vec<String> = options.iter().take(6).map(|option| self.quoted(&option.name)).collect();
        self.choice(&names)
    }

    pub(crate) fn which_product(self, said: &str, options: &[Candidate]) -> String {
        if options.is_empty() {
            return self.pick("Which product do you need?", "Welches Produkt brauchen Sie?").to_owned();
        }
        let (said, names) = (self.quoted(said), self.names(options));
        match self.language {
            Language::English => {
                format!("{said} fits several products: {names}. Which one do you mean?")
            }
            Language::German => {
                format!("{said} passt auf mehrere Produkte: {names}. Welches meinen Sie?")
            }
        }
    }

    pub(crate) fn which_product_of(self, said: &str) -> String {
        let said = self.quoted(said);
        match self.language {
            Language::English => format!("Which product do you mean by {said}?"),
            Language::German => format!("Welches Produkt meinen Sie mit {said}?"),
        }
    }

    pub(crate) fn how_many_then(self, label: &str) -> String {
        let label = self.quoted(label);
        match self.language {
            Language::English => format!("I did not understand all of it. How many of {label} do you need?"),
            Language::German => {
                format!("Ich habe nicht alles verstanden. Wie viele Einheiten von {label} brauchen Sie?")
            }
        }
    }

    pub(crate) fn how_many(self, label: &str, options: &[Decimal]) -> String {
        let label = self.quoted(label);
        if options.is_empty() {
            return match self.language {
                Language::English => format!("How many of {label} do you need?"),
                Language::German => format!("Wie viele Einheiten von {label} brauchen Sie?"),
            };
        }
        let numbers: Vec<String> = options.iter().map(|value| self.locale.quantity(*value)).collect();
        let numbers = self.choice(&numbers);
        match self.language {
            Language::English => format!("How many of {label}: {numbers}?"),
            Language::German => format!("Wie viele Einheiten von {label}: {numbers}?"),
        }
    }

    pub(crate) fn which_supplier(self, options: &[Candidate]) -> String {
        let names = self.names(options);
        match (self.language, options.is_empty()) {
            (Language::English, true) => "Which supplier should the order go to?".to_owned(),
            (Language::German, true) => "Bei welchem Lieferanten soll bestellt werden?".to_owned(),
            (Language::English, false) => {
                format!("Which supplier should the order go to: {names}?")
            }
            (Language::German, false) => {
                format!("Bei welchem Lieferanten soll bestellt werden: {names}?")
            }
        }
    }

    pub(crate) fn which_day(self, options: &[NaiveDate]) -> String {
        let days: Vec<String> = options.iter().map(|day| self.locale.date(*day)).collect();
        let days = self.choice(&days);
        match self.language {
            Language::English => format!("Which day do you mean: {days}?"),
            Language::German => format!("Welchen Tag meinen Sie: {days}?"),
        }
    }

    pub(crate) fn unit_or_total(self, label: &str, price: Decimal) -> String {
        let (label, price) = (self.quoted(label), self.locale.quantity(price));
        match self.language {
            Language::English => {
                format!("Is {price} the price of one unit of {label} or of the whole line?")
            }
            Language::German => {
                format!("Gilt der Preis {price} für eine Einheit von {label} oder für die ganze Position?")
            }
        }
    }

    pub(crate) fn unknown(self, product: bool, said: &str, suggestion: Option<&Candidate>) -> String {
        let said = self.quoted(said);
        let mut text = match (self.language, product) {
            (Language::English, true) => format!("There is no product {said}."),
            (Language::English, false) => format!("There is no supplier {said}."),
            (Language::German, true) => format!("Es gibt kein Produkt {said}."),
            (Language::German, false) => format!("Es gibt keinen Lieferanten {said}."),
        };
        if let Some(candidate) = suggestion {
            let name = self.quoted(&candidate.name);
            text.push_str(&match self.language {
                Language::English => format!(" The nearest is {name}."),
                Language::German => format!(" Am ähnlichsten ist {name}."),
            });
        }
        text
    }

    pub(crate) fn quantity_not_positive(self, label: &str, value: Decimal) -> String {
        let (label, value) = (self.quoted(label), self.locale.quantity(value));
        match self.language {
            Language::English => format!("A quantity of {value} for {label} can't be ordered; it must be above zero."),
            Language::German => {
                format!("Die Menge {value} für {label} lässt sich nicht bestellen; sie muss über null liegen.")
            }
        }
    }

    pub(crate) fn quantity_absurd(self, label: &str) -> String {
        let (label, limit) = (self.quoted(label), self.locale.quantity(QUANTITY_LIMIT));
        match self.language {
            Language::English => {
                format!("The quantity for {label} is too large to be meant: a line must stay below {limit}.")
            }
            Language::German => {
                format!(
                    "Die Menge für {label} ist zu groß, um gemeint zu sein: eine Position muss unter {limit} bleiben."
                )
            }
        }
    }

    pub(crate) fn price_unusable(self, label: &str, value: Decimal) -> String {
        let (label, value) = (self.quoted(label), self.locale.quantity(value));
        let limit = self.locale.quantity(QUANTITY_LIMIT);
        match self.language {
            Language::English => {
                format!("A price of {value} for {label} can't be used; it must be above zero and below {limit}.")
            }
            Language::German => {
                format!(
                    "Der Preis {value} für {label} ist nicht brauchbar; er muss über null und unter {limit} liegen."
                )
            }
        }
    }

    pub(crate) fn date_past(self, day: NaiveDate) -> String {
        let day = self.locale.date(day);
        match self.language {
            Language::English => format!("{day} has passed; an order needs a day from today on."),
            Language::German => {
                format!("Der {day} liegt in der Vergangenheit; eine Bestellung braucht einen Tag ab heute.")
            }
        }
    }

    pub(crate) fn no_such_day(self) -> &'static str {
        self.pick(
            "What you wrote is no day of the calendar. Which day do you mean?",
            "Was Sie geschrieben haben, ist kein Tag im Kalender. Welchen Tag meinen Sie?",
        )
    }

    pub(crate) fn date_too_far(self, day: NaiveDate) -> String {
        let day = self.locale.date(day);
        match self.language {
            Language::English => {
                format!("{day} is more than five years ahead; that can't be a delivery date.")
            }
            Language::German => {
                format!("Der {day} liegt mehr als fünf Jahre in der Zukunft; das kann kein Liefertermin sein.")
            }
        }
    }

    pub(crate) fn empty(self) -> &'static str {
        match self.language {
            Language::English => "The message is empty. Write what to order, for example: 40 Chai for next Friday.",
            Language::German => {
                "Die Nachricht ist leer. Schreiben Sie, was bestellt werden soll, zum Beispiel: 40 Chai bis nächsten Freitag."
            }
        }
    }

    pub(crate) fn too_long(self) -> String {
        let limit = self.locale.quantity(Decimal::from(TEXT_LIMIT));
        match self.language {
            Language::English => format!("The message is too long. Please shorten it to at most {limit} characters."),
            Language::German => {
                format!("Die Nachricht ist zu lang. Bitte kürzen Sie sie auf höchstens {limit} Zeichen.")
            }
        }
    }

    pub(crate) fn outside(self) -> &'static str {
        match self.language {
            Language::English => {
                "I can't do that. I can draft purchase orders and answer questions about stock, prices, suppliers, open and overdue orders."
            }
            Language::German => {
                "Das kann ich nicht. Ich kann Bestellungen entwerfen und Fragen zu Bestand, Preisen, Lieferanten, offenen und überfälligen Bestellungen beantworten."
            }
        }
    }

    pub(crate) fn not_understood(self) -> &'static str {
        match self.language {
            Language::English => {
                "I did not understand that. I can draft purchase orders (“order 40 Chai for next Friday”) and answer questions about stock, prices, suppliers, open and overdue orders."
            }
            Language::German => {
                "Das habe ich nicht verstanden. Ich kann Bestellungen entwerfen („bestelle 40 Chai bis nächsten Freitag“) und Fragen zu Bestand, Preisen, Lieferanten, offenen und überfälligen Bestellungen beantworten."
            }
        }
    }

    pub(crate) fn dropped(self) -> &'static str {
        match self.language {
            Language::English => "All right, the draft is dropped. Nothing was ordered.",
            Language::German => "In Ordnung, der Entwurf ist verworfen. Es wurde nichts bestellt.",
        }
    }

    pub(crate) fn other_supplier(self, product: &str, own: &str, named: &str) -> String {
        let (product, own, named) = (self.quoted(product), self.quoted(own), self.quoted(named));
        match self.language {
            Language::English => format!("{product} usually comes from {own}, not from {named}."),
            Language::German => format!("{product} kommt sonst von {own}, nicht von {named}."),
        }
    }
}
