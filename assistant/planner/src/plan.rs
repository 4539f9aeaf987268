//! What the planner answers with.

use chrono::NaiveDate;
use kontor_kernel::Locale;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::prices::Price;
use crate::records::Candidate;
use crate::wording::Wording;

/// What surrounds a request.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Today in the tenant's time zone.
    pub today: NaiveDate,
    /// The language to answer in when the request does not tell.
    pub language: Language,
    /// How figures and dates are written, in whichever language.
    pub locale: Locale,
    /// What the conversation left open: [`Plan::pending`] of the previous turn.
    pub pending: Option<&'a Pending>,
}

impl Context<'_> {
    pub(crate) const fn wording(&self, language: Language) -> Wording {
        Wording { language, locale: self.locale }
    }
}

/// What a request comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// A purchase order, complete; to be shown and confirmed before anything is written.
    Draft(OrderDraft),
    /// Something is missing or fits several records.
    Ask(Question),
    /// The request can't be done, and why.
    Decline(Refusal),
    /// A question about the records.
    Query(Query),
}

impl Plan {
    /// What the next message may answer, complete or correct. Store it with the conversation and hand it to the next
    /// [`plan`](crate::plan) in [`Context::pending`].
    pub fn pending(&self) -> Option<&Pending> {
        match self {
            Self::Draft(draft) => Some(&draft.pending),
            Self::Ask(question) => Some(&question.pending),
            Self::Decline(refusal) => refusal.pending.as_ref(),
            Self::Query(_) => None,
        }
    }
}

/// A purchase order as understood.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderDraft {
    /// The supplier that was named, else the one all products share.
    pub supplier: Candidate,
    /// At least one.
    pub lines: Vec<DraftLine>,
    /// The day the goods are wanted; never in the past.
    pub expected_date: Option<NaiveDate>,
    /// Text after "note:", word for word.
    pub note: Option<String>,
    /// What the person should know before confirming, in the request's language.
    pub remarks: Vec<String>,
    /// The language of the request.
    pub language: Language,
    /// The state a following correction applies to.
    pub pending: Pending,
}

/// A line of an [`OrderDraft`].
#[derive(Debug, Clone, PartialEq)]
pub struct DraftLine {
    /// What to buy.
    pub product: Candidate,
    /// How many of the product's own unit; above zero and below [`QUANTITY_LIMIT`].
    pub quantity: Decimal,
    /// The price of one unit, if it was said.
    pub unit_price: Option<Decimal>,
    /// The ISO 4217 code of the currency said with the price; the caller checks it against the order's.
    pub currency: Option<String>,
}

/// Quantities and prices from this on are taken for slips of the keyboard.
pub const QUANTITY_LIMIT: Decimal = Decimal::from_parts(1_000_000, 0, 0, false, 0);

/// A question back.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What is asked.
    pub about: About,
    /// The question, in the request's language. Names of records in it are data.
    pub text: String,
    /// The records to choose from, if it is a choice.
    pub options: Vec<Candidate>,
    /// What was understood so far.
    pub pending: Pending,
}

/// What a question is about. Lines count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Which product a line means.
    Product {
        /// The line.
        line: usize,
    },
    /// How many.
    Quantity {
        /// The line.
        line: usize,
    },
    /// Whether a price is for one or for all.
    UnitPrice {
        /// The line.
        line: usize,
    },
    /// Which supplier.
    Supplier,
    /// Which day.
    ExpectedDate,
    /// Which record a [`Query`] means.
    Query(Topic),
}

/// A refusal and its reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// Why, for programs.
    pub reason: Reason,
    /// Why, for people, in the request's language.
    pub text: String,
    /// The nearest records, when something was not found.
    pub suggestions: Vec<Candidate>,
    /// A started draft the refusal leaves standing.
    pub pending: Option<Pending>,
}

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Nothing was said.
    Empty,
    /// More than [`TEXT_LIMIT`](crate::TEXT_LIMIT) characters.
    TooLong,
    /// Neither an order nor a known question.
    NotUnderstood,
    /// An action the planner has no tool for.
    OutsideTools,
    /// The person gave the draft up.
    Dropped,
    /// No such product.
    UnknownProduct,
    /// No such supplier.
    UnknownSupplier,
    /// Zero or less.
    QuantityNotPositive,
    /// [`QUANTITY_LIMIT`] or more.
    QuantityAbsurd,
    /// Zero, negative, or [`QUANTITY_LIMIT`] or more.
    PriceUnusable,
    /// Before today.
    DatePast,
    /// More than five years ahead.
    DateTooFar,
}

/// A question about the records, with the record it is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// How much of a product there is.
    Stock {
        /// The product.
        product: Candidate,
    },
    /// Orders not fully received, of one supplier or of all.
    OpenOrders {
        /// The supplier, if one was named.
        supplier: Option<Candidate>,
    },
    /// Orders whose expected day has passed.
    Overdue,
    /// What a product costs.
    Price {
        /// The product.
        product: Candidate,
    },
    /// Who supplies a product.
    SupplierOf {
        /// The product.
        product: Candidate,
    },
    /// What a supplier sells.
    ProductsOf {
        /// The supplier.
        supplier: Candidate,
    },
    /// Products at or below their reorder point.
    LowStock,
}

/// The kind of a [`Query`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// [`Query::Stock`].
    Stock,
    /// [`Query::OpenOrders`].
    OpenOrders,
    /// [`Query::Overdue`].
    Overdue,
    /// [`Query::Price`].
    Price,
    /// [`Query::SupplierOf`].
    SupplierOf,
    /// [`Query::ProductsOf`].
    ProductsOf,
    /// [`Query::LowStock`].
    LowStock,
}

/// A draft not finished, as the conversation keeps it between two messages.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Pending {
    /// The lines so far.
    pub lines: Vec<PendingLine>,
    /// The supplier, if one was named.
    pub supplier: Option<Candidate>,
    /// The day wanted.
    pub expected_date: Option<NaiveDate>,
    /// The note.
    pub note: Option<String>,
    /// The language of the conversation.
    pub language: Language,
    /// What was asked last.
    pub asked: Option<About>,
    /// The records to choose from in that question.
    pub options: Vec<Candidate>,
}

/// A line not finished.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct PendingLine {
    /// What the person called it.
    pub said: String,
    /// The product, when it is clear.
    pub product: Option<Candidate>,
    /// The products it may be, when it is not.
    pub options: Vec<Candidate>,
    /// How many, when it was said.
    pub quantity: Option<Decimal>,
    /// The price as said.
    pub(crate) price: Option<Price>,
}

impl PendingLine {
    /// What to call the line in a text.
    pub(crate) fn label(&self) -> &str {
        self.product.as_ref().map_or(self.said.as_str(), |product| product.name.as_str())
    }
}
