use kontor_kernel::{Error, Result};
use prometheus::{
    Encoder, HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, IntGaugeVec, Opts, Registry,
    TextEncoder, core::Collector,
};

/// Every measure of one process, on a registry of its own.
#[derive(Debug, Clone)]
pub struct Metrics {
    registry: Registry,
    /// Seconds per request, by route template, method and status.
    pub requests: HistogramVec,
    /// Connections of the tenants' pool, by state: `open`, `idle`.
    pub pool: IntGaugeVec,
    /// Jobs ended, by queue and outcome.
    pub jobs: IntCounterVec,
    /// Events in the outbox that search has not read yet.
    pub outbox_lag: IntGauge,
    /// Milliseconds from an event to its place in the search index, the last batch.
    pub search_lag_ms: IntGauge,
    pub sign_ups: IntCounter,
    pub assistant_turns: IntCounter,
    /// Tokens of a language model, by direction: `in`, `out`.
    pub assistant_tokens: IntCounterVec,
    /// Requests refused by a rate limit, by the limit's name.
    pub limits_hit: IntCounterVec,
}

/// Upper bounds in seconds: half a millisecond to ten seconds.
const BUCKETS: [f64; 14] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

impl Metrics {
    pub fn new() -> Result<Self> {
        let registry = Registry::new();
        let latency =
            HistogramOpts::new("kontor_http_request_seconds", "Time to answer a request").buckets(BUCKETS.to_vec());
        Ok(Self {
            requests: add(&registry, HistogramVec::new(latency, &["route", "method", "status"]))?,
            pool: add(
                &registry,
                IntGaugeVec::new(Opts::new("kontor_pool_connections", "Database connections"), &["state"]),
            )?,
            jobs: add(
                &registry,
                IntCounterVec::new(Opts::new("kontor_jobs_total", "Jobs ended"), &["queue", "outcome"]),
            )?,
            outbox_lag: add(&registry, IntGauge::new("kontor_outbox_lag_events", "Events not yet read by search"))?,
            search_lag_ms: add(&registry, IntGauge::new("kontor_search_lag_milliseconds", "From event to index"))?,
            sign_ups: add(&registry, IntCounter::new("kontor_sign_ups_total", "Companies signed up"))?,
            assistant_turns: add(
                &registry,
                IntCounter::new("kontor_assistant_turns_total", "Messages to the assistant"),
            )?,
            assistant_tokens: add(
                &registry,
                IntCounterVec::new(Opts::new("kontor_assistant_tokens_total", "Tokens of a model"), &["direction"]),
            )?,
            limits_hit: add(
                &registry,
                IntCounterVec::new(
                    Opts::new("kontor_limits_hit_total", "Requests refused by a rate limit"),
                    &["limit"],
                ),
            )?,
            registry,
        })
    }

    /// The text that Prometheus reads.
    pub fn encode(&self) -> Result<String> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text).map_err(Error::internal)?;
        String::from_utf8(text).map_err(Error::internal)
    }
}

fn add<C: Collector + Clone + 'static>(registry: &Registry, collector: prometheus::Result<C>) -> Result<C> {
    let collector = collector.map_err(Error::internal)?;
    registry.register(Box::new(collector.clone())).map_err(Error::internal)?;
    Ok(collector)
}
