//! Callers are kept in memory for half a minute; what changes their rights says so here and is seen at once.

use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use moka::sync::Cache;
use uuid::Uuid;

/// How long a caller is kept without asking the database: another process sees a change after at most this.
pub(crate) const KEPT: Duration = Duration::from_secs(30);
/// A change is announced inside its transaction. What was read until this much later may still be from before its commit.
const SETTLES: Duration = Duration::from_secs(5);

/// When something about a company, a login or a session changed last, as far as anything kept may be older.
static CHANGES: LazyLock<Cache<Uuid, Instant>> =
    LazyLock::new(|| Cache::builder().max_capacity(100_000).time_to_live(KEPT + SETTLES + SETTLES).build());

/// Announces that rights or names changed: of everybody in a company (its id), of a person (the login's id) or of one
/// session (its id).
///
/// Said by a command before it commits, since nothing of it runs afterwards; for a few seconds callers are read from the
/// database at every request, then kept again.
pub fn access_changed(subject: Uuid) {
    CHANGES.insert(subject, Instant::now());
}

/// Whether what was read at `read` about any of these may be from before a change.
pub(crate) fn is_stale(read: Instant, subjects: &[Uuid]) -> bool {
    subjects.iter().filter_map(|subject| CHANGES.get(subject)).any(|changed| read <= changed + SETTLES)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn what_was_read_before_a_change_is_stale() {
        let (company, other) = (Uuid::now_v7(), Uuid::now_v7());
        let before = Instant::now();
        assert!(!is_stale(before, &[company, other]));
        access_changed(company);
        assert!(is_stale(before, &[other, company]));
        assert!(is_stale(Instant::now(), &[company]), "the change may not have committed yet");
        assert!(!is_stale(Instant::now().checked_add(SETTLES * 2).unwrap(), &[company]));
        assert!(!is_stale(before, &[other]));
    }
}
