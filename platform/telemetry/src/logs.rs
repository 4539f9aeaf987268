use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people at a terminal.
    Text,
    /// One JSON object a line, for a collector.
    Json,
}

/// Starts logging to standard error. `filter` is in the syntax of `RUST_LOG`; a second call changes nothing.
pub fn init_logs(format: LogFormat, filter: &str) {
    // The jobs' library logs whole payloads, and each of its migrations; our own lines about jobs say what matters.
    let filter = format!("graphile_worker=off,graphile_worker_migrations=off,sqlx=warn,poem=warn,{filter}");
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let registry = tracing_subscriber::registry().with(filter);
    let started = match format {
        LogFormat::Text => registry.with(fmt::layer().with_writer(std::io::stderr).with_target(false)).try_init(),
        LogFormat::Json => {
            registry.with(fmt::layer().json().flatten_event(true).with_writer(std::io::stderr)).try_init()
        }
    };
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}
