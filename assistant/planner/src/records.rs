//! What the planner asks of the tenant's records.

use std::future::Future;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The kinds of record a request can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// Something we buy.
    Product,
    /// A company we buy from.
    Supplier,
}

/// A record that may be meant by some words of a request.
///
/// Its text is data: the planner compares and repeats it, and never acts on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// The record's id.
    pub id: Uuid,
    /// What it is.
    pub kind: RecordKind,
    /// The short unique code people also call it by; may be empty.
    pub code: String,
    /// The name people call it by.
    pub name: String,
    /// The unit a product is counted in, as shown to people.
    pub unit: Option<String>,
    /// A product's own supplier: id and name.
    pub supplier: Option<(Uuid, String)>,
    /// A product's purchase price for one unit, in the tenant's currency.
    pub price: Option<Decimal>,
}

/// The tenant's records, looked up by words.
///
/// Implemented over the search index. The planner calls it a few times a request (once or twice for each run of words
/// that could be a name) and scores the answers itself, so recall matters more than order.
pub trait Records {
    /// Why a look-up failed; [`plan`](crate::plan) hands it through, so that an outage is never read as "unknown".
    type Error;

    /// Up to about 20 records of `kind` for a span of words from a request.
    ///
    /// A record should come back when its code equals the span, or when any word of its name equals, begins with or is
    /// a near misspelling of a word in the span, accents aside. The best come first; archived records do not come.
    fn find(&self, kind: RecordKind, text: &str) -> impl Future<Output = Result<Vec<Candidate>, Self::Error>> + Send;
}
