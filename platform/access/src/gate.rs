use futures_util::future::BoxFuture;
use kontor_kernel::{Result, TenantId};
use kontor_store::Meter;

/// A part of the product that a plan includes or not. Each module declares its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Feature(&'static str);

impl Feature {
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    pub const fn name(self) -> &'static str {
        self.0
    }
}

/// Whether a company's plan includes a feature and leaves room on a meter. The runner asks before every command; no
/// module asks by itself.
pub trait Gate: Send + Sync {
    /// Errors with `plan_required`, naming the plans that lift it.
    fn check(&self, tenant: TenantId, feature: Feature, meter: Meter) -> BoxFuture<'_, Result<()>>;

    /// Errors with `plan_required`, naming the plans that have enough, where the company's plan has fewer than this many
    /// seats. Asked within the transaction that takes a seat, by [`grant_seats`](crate::grant_seats) alone.
    fn check_seats(&self, tenant: TenantId, taken: i64) -> BoxFuture<'_, Result<()>>;

    /// The features of the company's plan, for menus and for `me`.
    fn features(&self, tenant: TenantId) -> BoxFuture<'_, Result<Vec<String>>>;
}

/// Lets everything through: for tools and tests that are not about plans.
#[derive(Debug, Clone, Copy, Default)]
pub struct OpenGate;

impl Gate for OpenGate {
    fn check(&self, _tenant: TenantId, _feature: Feature, _meter: Meter) -> BoxFuture<'_, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn check_seats(&self, _tenant: TenantId, _taken: i64) -> BoxFuture<'_, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn features(&self, _tenant: TenantId) -> BoxFuture<'_, Result<Vec<String>>> {
        Box::pin(async { Ok(vec!["*".to_owned()]) })
    }
}
