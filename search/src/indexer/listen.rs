use std::time::Duration;

use kontor_kernel::Result;
use kontor_store::sql_error;
use sqlx::postgres::PgListener;
use tracing::debug;

use super::Indexer;

/// On this channel other processes say that they committed. Nobody has to: the outbox is looked at anyway.
const CHANNEL: &str = "kontor_outbox";
const AFTER_FAILURE: Duration = Duration::from_secs(10);

/// Wakes the indexer when another process says that it committed. Never ends.
pub(super) async fn listen(indexer: Indexer) {
    loop {
        if let Err(error) = listen_once(&indexer).await {
            debug!(?error, "search does not hear other processes and relies on looking");
        }
        tokio::time::sleep(AFTER_FAILURE).await;
    }
}

async fn listen_once(indexer: &Indexer) -> Result<()> {
    let mut listener = PgListener::connect_with(indexer.0.databases.reader()).await.map_err(sql_error)?;
    listener.listen(CHANNEL).await.map_err(sql_error)?;
    loop {
        // Nothing is said of a lost connection that was made anew; what was missed is found by looking.
        listener.recv().await.map_err(sql_error)?;
        indexer.wake();
    }
}
