//! The assistant's sentences, in English and German. Names of records are quoted: data, never a part of the sentence.

use chrono::NaiveDate;
use kontor_access::Company;
use kontor_kernel::{Currency, Error, Locale};
use kontor_planner::Language;
use rust_decimal::Decimal;

/// Writes sentences in one language, with figures and dates as the company writes them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wording {
    language: Language,
    locale: Locale,
    /// Of the company's books: what prices are in.
    currency: Currency,
}

/// What a warehouse has of a product.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub name: String,
    pub on_hand: Decimal,
    pub available: Decimal,
}

/// An order in a list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct OrderLine {
    pub number: String,
    pub supplier: String,
    pub total: Decimal,
    pub currency: String,
    pub expected: Option<NaiveDate>,
    pub partly: bool,
}

/// A product that is to be ordered again.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Scarce {
    pub product: String,
    pub available: Decimal,
    pub point: Decimal,
}

impl Wording {
    pub fn new(language: Language, company: &Company) -> Self {
        Self { language, locale: Locale::from_tag(&company.locale), currency: company.currency }
    }

    fn pick(self, english: impl Into<String>, german: impl Into<String>) -> String {
        match self.language {
            Language::English => english.into(),
            Language::German => german.into(),
        }
    }

    fn quoted(self, text: &str) -> String {
        match self.language {
            Language::English => format!("“{text}”"),
            Language::German => format!("„{text}“"),
        }
    }

    pub fn looking(self) -> String {
        self.pick("Looking through your records", "Ich sehe in Ihren Daten nach")
    }

    pub fn drafting(self) -> String {
        self.pick("Drafting the order", "Ich entwerfe die Bestellung")
    }

    pub fn model_silent(self) -> String {
        self.pick(
            "The language model does not answer; going on without it",
            "Das Sprachmodell antwortet nicht; es geht ohne weiter",
        )
    }

    pub fn too_many_rounds(self) -> String {
        self.pick(
            "I could not finish this in a reasonable number of steps. Please ask for a smaller part of it.",
            "Ich konnte das nicht in vertretbar vielen Schritten erledigen. Bitte fragen Sie nach einem kleineren Teil.",
        )
    }

    pub fn forbidden(self, detail: &str) -> String {
        self.pick(
            format!("I can't do that for you: {detail}."),
            format!("Das kann ich nicht für Sie tun: Ihre Rollen erlauben es nicht ({detail})."),
        )
    }

    pub fn not_in_plan(self, detail: &str) -> String {
        self.pick(
            format!("I can't do that: {detail}."),
            format!("Das geht nicht: Der Tarif Ihres Unternehmens enthält es nicht ({detail})."),
        )
    }

    /// What a create refused, one violation a line.
    pub fn violations(self, error: &Error) -> String {
        let mut text = self.pick("This can't be drafted as it is:", "So lässt sich das nicht entwerfen:");
        if error.violations().is_empty() {
            text.push(' ');
            text.push_str(error.text());
        }
        for violation in error.violations() {
            text.push_str(&format!("\n- {}: {}", violation.field, violation.message));
        }
        text
    }

    pub fn other_currency(self, said: &str, order: &str) -> String {
        self.pick(
            format!("The order is in {order}; a price in {said} can't be used. Say the price in {order}."),
            format!(
                "Die Bestellung lautet auf {order}; ein Preis in {said} passt nicht. Nennen Sie den Preis in {order}."
            ),
        )
    }

    pub fn order(
        self,
        supplier: &str,
        lines: usize,
        total: Decimal,
        currency: &str,
        expected: Option<NaiveDate>,
        remarks: &[String],
    ) -> String {
        let total = self.locale.money(total, currency);
        let date = expected.map(|date| self.locale.date(date));
        let mut text = match self.language {
            Language::English => {
                let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
                let date = date.map(|date| format!(", expected {date}")).unwrap_or_default();
                format!("Here is the order for {supplier}: {lines}, {total}{date}.")
            }
            Language::German => {
                let lines = if lines == 1 { "1 Position".to_owned() } else { format!("{lines} Positionen") };
                let date = date.map(|date| format!(", erwartet am {date}")).unwrap_or_default();
                format!("Hier ist die Bestellung bei {supplier}: {lines}, {total}{date}.")
            }
        };
        for remark in remarks {
            text.push(' ');
            text.push_str(remark);
        }
        text.push(' ');
        text.push_str(&self.pick("Nothing is saved until you confirm.", "Gespeichert wird erst, wenn Sie bestätigen."));
        text
    }

    pub fn stock(self, product: &str, unit: Option<&str>, places: &[Place]) -> String {
        let product = self.quoted(product);
        if places.is_empty() {
            return self.pick(
                format!("There is no stock of {product}: 0 on hand."),
                format!("Von {product} ist nichts auf Lager: Bestand 0."),
            );
        }
        let on_hand: Decimal = places.iter().map(|place| place.on_hand).sum();
        let available: Decimal = places.iter().map(|place| place.available).sum();
        let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
        let (total, free) = (self.locale.quantity(on_hand), self.locale.quantity(available));
        let mut text = self.pick(
            format!("There are {total}{unit} of {product} on hand, {free} of them available."),
            format!("Von {product} sind {total}{unit} auf Lager, davon {free} verfügbar."),
        );
        for place in places {
            let (on_hand, free) = (self.locale.quantity(place.on_hand), self.locale.quantity(place.available));
            text.push_str(&match self.language {
                Language::English => format!("\n- {}: {on_hand} on hand, {free} available", place.name),
                Language::German => format!("\n- {}: {on_hand} auf Lager, {free} verfügbar", place.name),
            });
        }
        text
    }

    pub fn open_orders(self, supplier: Option<&str>, orders: &[OrderLine], count: usize, more: bool) -> String {
        let of = supplier.map(|name| self.quoted(name));
        let of = match (self.language, of) {
            (Language::English, Some(name)) => format!(" with {name}"),
            (Language::German, Some(name)) => format!(" bei {name}"),
            (_, None) => String::new(),
        };
        if orders.is_empty() {
            return self
                .pick(format!("There are no open orders{of}."), format!("Es gibt keine offenen Bestellungen{of}."));
        }
        let counted = self.count(count, more);
        let head = match (self.language, count) {
            (Language::English, 1) => format!("There is 1 open order{of}:"),
            (Language::English, _) => format!("There are {counted} open orders{of}:"),
            (Language::German, 1) => format!("Es gibt 1 offene Bestellung{of}:"),
            (Language::German, _) => format!("Es gibt {counted} offene Bestellungen{of}:"),
        };
        self.order_list(head, orders, count, supplier.is_none())
    }

    pub fn overdue(self, orders: &[OrderLine], count: usize, more: bool, today: NaiveDate) -> String {
        if orders.is_empty() {
            return self.pick("Nothing is overdue.", "Es ist nichts überfällig.");
        }
        let counted = self.count(count, more);
        let today = self.locale.date(today);
        let head = match (self.language, count) {
            (Language::English, 1) => format!("1 order is overdue on {today}:"),
            (Language::English, _) => format!("{counted} orders are overdue on {today}:"),
            (Language::German, 1) => format!("1 Bestellung ist am {today} überfällig:"),
            (Language::German, _) => format!("{counted} Bestellungen sind am {today} überfällig:"),
        };
        self.order_list(head, orders, count, true)
    }

    fn count(self, count: usize, more: bool) -> String {
        let counted = self.locale.quantity(Decimal::from(count));
        match (more, self.language) {
            (false, _) => counted,
            (true, Language::English) => format!("more than {counted}"),
            (true, Language::German) => format!("mehr als {counted}"),
        }
    }

    fn order_list(self, head: String, orders: &[OrderLine], count: usize, with_supplier: bool) -> String {
        let mut text = head;
        for order in orders {
            let total = self.locale.money(order.total, &order.currency);
            text.push_str(&format!("\n- {}", order.number));
            if with_supplier {
                text.push_str(&format!(" ({})", order.supplier));
            }
            text.push_str(&format!(": {total}"));
            if let Some(date) = order.expected.map(|date| self.locale.date(date)) {
                text.push_str(&self.pick(format!(", expected {date}"), format!(", erwartet am {date}")));
            }
            if order.partly {
                text.push_str(&self.pick(", partly received", ", teilweise geliefert"));
            }
        }
        self.rest(text, orders.len(), count)
    }

    /// Says that a list goes on.
    fn rest(self, mut text: String, named: usize, count: usize) -> String {
        if count > named {
            let rest = self.locale.quantity(Decimal::from(count - named));
            text.push_str(&self.pick(format!("\n- and {rest} more"), format!("\n- und {rest} weitere")));
        }
        text
    }

    pub fn price(self, product: &str, unit: Option<&str>, purchase: Option<Decimal>, sales: Option<Decimal>) -> String {
        let product = self.quoted(product);
        let currency = self.currency.code();
        let per = unit.map(|unit| self.pick(format!(" per {unit}"), format!(" je {unit}"))).unwrap_or_default();
        let purchase = purchase.map(|price| self.locale.price(price, currency));
        let sales = sales.map(|price| self.locale.price(price, currency));
        match (self.language, purchase, sales) {
            (Language::English, Some(buy), Some(sell)) => {
                format!("{product} costs {buy}{per} to buy and sells for {sell}.")
            }
            (Language::English, Some(buy), None) => {
                format!("{product} costs {buy}{per} to buy; it has no sales price.")
            }
            (Language::English, None, Some(sell)) => {
                format!("{product} sells for {sell}{per}; it has no purchase price.")
            }
            (Language::English, None, None) => format!("{product} has no price."),
            (Language::German, Some(buy), Some(sell)) => {
                format!("{product} kostet im Einkauf {buy}{per} und im Verkauf {sell}.")
            }
            (Language::German, Some(buy), None) => {
                format!("{product} kostet im Einkauf {buy}{per}; einen Verkaufspreis gibt es nicht.")
            }
            (Language::German, None, Some(sell)) => {
                format!("{product} kostet im Verkauf {sell}{per}; einen Einkaufspreis gibt es nicht.")
            }
            (Language::German, None, None) => format!("{product} hat keinen Preis."),
        }
    }

    pub fn supplier_of(self, product: &str, supplier: Option<&str>) -> String {
        let product = self.quoted(product);
        match supplier.map(|supplier| self.quoted(supplier)) {
            Some(supplier) => {
                self.pick(format!("{product} comes from {supplier}."), format!("{product} kommt von {supplier}."))
            }
            None => self.pick(
                format!("{product} has no supplier on record."),
                format!("Für {product} ist kein Lieferant hinterlegt."),
            ),
        }
    }

    pub fn products_of(self, supplier: &str, names: &[String], count: usize, more: bool) -> String {
        let supplier = self.quoted(supplier);
        if names.is_empty() {
            return self.pick(
                format!("There are no products of {supplier}."),
                format!("Von {supplier} gibt es keine Produkte."),
            );
        }
        let counted = self.count(count, more);
        let mut text = match (self.language, count) {
            (Language::English, 1) => format!("{supplier} supplies 1 product:"),
            (Language::English, _) => format!("{supplier} supplies {counted} products:"),
            (Language::German, 1) => format!("{supplier} liefert 1 Produkt:"),
            (Language::German, _) => format!("{supplier} liefert {counted} Produkte:"),
        };
        for name in names {
            text.push_str(&format!("\n- {name}"));
        }
        self.rest(text, names.len(), count)
    }

    pub fn low_stock(self, products: &[Scarce], count: usize, more: bool) -> String {
        if products.is_empty() {
            return self.pick(
                "No product is at or below its reorder point.",
                "Kein Produkt hat seinen Meldebestand erreicht.",
            );
        }
        let counted = self.count(count, more);
        let mut text = match (self.language, count) {
            (Language::English, 1) => "1 product is at or below its reorder point:".to_owned(),
            (Language::English, _) => format!("{counted} products are at or below their reorder point:"),
            (Language::German, 1) => "1 Produkt hat seinen Meldebestand erreicht:".to_owned(),
            (Language::German, _) => format!("{counted} Produkte haben ihren Meldebestand erreicht:"),
        };
        for product in products {
            let (here, point) = (self.locale.quantity(product.available), self.locale.quantity(product.point));
            text.push_str(&self.pick(
                format!("\n- {}: {here} available, reorder point {point}", product.product),
                format!("\n- {}: {here} verfügbar, Meldebestand {point}", product.product),
            ));
        }
        self.rest(text, products.len(), count)
    }
}
