//! How far the indexer has come, for those who wait for it.

use std::time::Duration;

use tokio::sync::watch;

/// Cycles of the indexer, counted from 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Cycles {
    begun: u64,
    /// The last one that ended well.
    done: u64,
}

#[derive(Debug)]
pub(crate) struct Progress(watch::Sender<Cycles>);

impl Progress {
    pub fn new() -> Self {
        Self(watch::Sender::new(Cycles::default()))
    }

    /// Counts a cycle that begins. It must read nothing before this call.
    pub fn begin(&self) -> u64 {
        let mut number = 0;
        self.0.send_modify(|cycles| {
            cycles.begun += 1;
            number = cycles.begun;
        });
        number
    }

    pub fn done(&self, number: u64) {
        self.0.send_modify(|cycles| cycles.done = number);
    }

    /// Waits until a cycle that begins after this call is done, at most `patience`. `false`: not yet.
    pub async fn wait(&self, patience: Duration, wake: impl FnOnce()) -> bool {
        let mut cycles = self.0.subscribe();
        let next = cycles.borrow_and_update().begun + 1;
        wake();
        let done = tokio::time::timeout(patience, cycles.wait_for(|cycles| cycles.done >= next)).await;
        matches!(done, Ok(Ok(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Duration = Duration::from_millis(20);

    #[tokio::test]
    async fn a_cycle_that_had_begun_before_does_not_count() {
        let progress = Progress::new();
        let before = progress.begin();
        assert!(!progress.wait(SHORT, || progress.done(before)).await);
        assert!(progress.wait(SHORT, || progress.done(progress.begin())).await);
    }

    #[tokio::test]
    async fn a_failed_cycle_is_made_good_by_the_next() {
        let progress = Progress::new();
        let wake = || {
            progress.begin();
            progress.done(progress.begin());
        };
        assert!(progress.wait(SHORT, wake).await);
    }
}
