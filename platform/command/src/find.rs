use std::time::Duration;

use futures_util::future::BoxFuture;
use kontor_kernel::{Result, TenantId};
use uuid::Uuid;

/// Words to be found among a company's records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindQuery {
    pub tenant: TenantId,
    pub text: String,
    /// Only records of these collections: what the caller may read, or what is asked for of it.
    pub collections: Vec<&'static str>,
    pub limit: usize,
}

/// One record found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    pub collection: String,
    pub id: Uuid,
    pub code: String,
    pub title: String,
    /// A second line that tells like-named records apart.
    pub subtitle: String,
    pub score: f32,
}

/// Full-text search over all entities, as the rest of the system sees it. The search crate provides it.
pub trait RecordFinder: Send + Sync {
    /// The best matches first. Typing errors and unfinished words are forgiven.
    fn find(&self, query: FindQuery) -> BoxFuture<'_, Result<Vec<Found>>>;

    /// Waits until every record committed before this call can be found, at most `patience`. `false`: not yet.
    fn catch_up(&self, patience: Duration) -> BoxFuture<'_, bool>;
}
