//! Plans and what they include, what was used, trials.
//!
//! [`PlanGate`] is the gate that the runner asks, [`CallCounter`] the meter of calls that write nothing; [`usage`] sums
//! what was metered, and [`endpoints`] shows it.

mod counter;
mod endpoint;
mod event;
mod gate;
mod plan;
mod subscription;
mod trial;
mod usage;

pub use counter::CallCounter;
pub use endpoint::{USAGE, USAGE_READ, endpoints};
pub use event::MeterEvent;
pub use gate::PlanGate;
pub use plan::{Limits, Plan, Plans};
pub use subscription::{Subscription, SubscriptionState};
pub use trial::EndTrials;
pub use usage::{MeterUsage, Period, meter_label, usage};
