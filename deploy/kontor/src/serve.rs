use std::{process::ExitCode, time::Duration};

use kontor_http::{metrics_route, mount};
use poem::{EndpointExt, Server, listener::TcpListener, middleware::Compression, web::CompressionAlgo};
use tokio::{signal::unix::SignalKind, sync::watch, task::JoinHandle};
use tracing::{error, info};

use crate::{
    compose::{Product, compose},
    config::Config,
};

/// Which parts of the product a process runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    Web,
    Worker,
    /// Both in one process, for one machine.
    All,
}

/// Requests in flight at a shutdown are waited for this long.
const DRAIN: Duration = Duration::from_secs(20);

/// Runs until the process is told to stop, then lets requests and jobs end.
pub async fn run(config: &Config, parts: Parts) -> anyhow::Result<ExitCode> {
    let product = compose(config).await?;
    let (stop, stopped) = watch::channel(false);
    let running = start(config, product, parts, stopped)?;
    wait_for_signal().await?;
    info!("stopping: no new requests, those in flight may end");
    stop.send(true).ok();
    running.ended().await;
    Ok(ExitCode::SUCCESS)
}

/// The tasks of a running process.
#[derive(Debug)]
pub struct Running {
    tasks: Vec<JoinHandle<()>>,
    product: Product,
}

impl Running {
    /// Waits until everything has ended after the stop signal.
    pub async fn ended(self) {
        for task in self.tasks {
            if let Err(failure) = task.await {
                error!("a part of the server ended badly: {failure}");
            }
        }
        self.product.close().await;
    }
}

/// Starts the parts; they end when `stopped` turns true.
pub fn start(
    config: &Config,
    mut product: Product,
    parts: Parts,
    stopped: watch::Receiver<bool>,
) -> anyhow::Result<Running> {
    let mut tasks = Vec::new();
    if parts != Parts::Worker {
        // Poem's Brotli is set to its fastest, which packs half as well as gzip.
        let compression = Compression::new().algorithms([CompressionAlgo::GZIP]);
        let routes = mount(&product.app, std::mem::take(&mut product.endpoints)).with(compression);
        let server = Server::new(TcpListener::bind(config.listen)).idle_timeout(Duration::from_secs(75));
        let stop = until(stopped.clone());
        tasks.push(tokio::spawn(async move {
            if let Err(failure) = server.run_with_graceful_shutdown(routes, stop, Some(DRAIN)).await {
                error!("the web server failed: {failure}");
            }
        }));
        info!(address = %config.listen, "serving on {}", config.listen);
    }
    tasks.extend(product.start_background(parts, &stopped));
    let metrics = metrics_route(product.app.metrics.clone(), product.measure());
    let server = Server::new(TcpListener::bind(config.metrics_listen));
    let stop = until(stopped);
    tasks.push(tokio::spawn(async move {
        if let Err(failure) = server.run_with_graceful_shutdown(metrics, stop, Some(Duration::from_secs(1))).await {
            error!("the metrics' port failed: {failure}");
        }
    }));
    Ok(Running { tasks, product })
}

/// Ends when the process is told to stop.
pub async fn until(mut stopped: watch::Receiver<bool>) {
    // A sender that is gone means the same as its signal.
    while !*stopped.borrow_and_update() {
        if stopped.changed().await.is_err() {
            return;
        }
    }
}

/// Ctrl-C or a termination signal.
pub async fn wait_for_signal() -> anyhow::Result<()> {
    let mut terminate = tokio::signal::unix::signal(SignalKind::terminate())?;
    tokio::select! {
        outcome = tokio::signal::ctrl_c() => outcome?,
        _ = terminate.recv() => {}
    }
    Ok(())
}
