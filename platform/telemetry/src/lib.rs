//! Logs and metrics: what an operator sees. No tenant is ever a label.

mod logs;
mod metrics;

pub use logs::{LogFormat, init_logs};
pub use metrics::Metrics;
