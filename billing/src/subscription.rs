use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::plan::{FREE, StoredSubscription};

/// How a company stands to its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SubscriptionState {
    /// Trying a plan for nothing, until the trial ends.
    Trial,
    Active,
    /// Cancelled; what the free plan includes goes on.
    Ended,
}

/// A company's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The plan's code.
    pub plan: String,
    pub state: SubscriptionState,
    /// When the trial ends or ended.
    pub trial_ends_at: Option<DateTime<Utc>>,
}

impl Subscription {
    /// What was stored; a company without any is on the free plan, as nothing fails open.
    pub(crate) fn from_stored(stored: Option<StoredSubscription>) -> Self {
        let Some((plan, state, trial_ends_at)) = stored else {
            return Self { plan: FREE.to_owned(), state: SubscriptionState::Active, trial_ends_at: None };
        };
        match state.as_str() {
            "trial" => Self { plan, state: SubscriptionState::Trial, trial_ends_at },
            "active" => Self { plan, state: SubscriptionState::Active, trial_ends_at },
            _ => Self { plan: FREE.to_owned(), state: SubscriptionState::Ended, trial_ends_at },
        }
    }

    /// How it stands at a moment: a trial that is over is the free plan.
    #[must_use]
    pub fn at(&self, now: DateTime<Utc>) -> Self {
        let over = self.state == SubscriptionState::Trial && self.trial_ends_at.is_none_or(|end| end <= now);
        if over {
            return Self { plan: FREE.to_owned(), state: SubscriptionState::Active, trial_ends_at: self.trial_ends_at };
        }
        self.clone()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_trial_holds_to_its_last_moment() {
        let end = at("2026-03-15T09:00:00Z");
        let trial = Subscription::from_stored(Some(("growth".to_owned(), "trial".to_owned(), Some(end))));
        assert_eq!(trial.at(at("2026-03-15T08:59:59Z")).plan, "growth");
        let over = trial.at(end);
        assert_eq!((over.plan.as_str(), over.state), (FREE, SubscriptionState::Active));
    }

    #[test]
    fn a_plan_that_is_paid_knows_no_end() {
        let paid = Subscription::from_stored(Some((
            "starter".to_owned(),
            "active".to_owned(),
            Some(at("2020-01-01T00:00:00Z")),
        )));
        assert_eq!(paid.at(at("2026-01-01T00:00:00Z")).plan, "starter");
    }

    #[test]
    fn nothing_fails_open() {
        let unknown = |state: &str| Subscription::from_stored(Some(("growth".to_owned(), state.to_owned(), None)));
        assert_eq!(unknown("ended").plan, FREE);
        assert_eq!(unknown("trial").at(at("2026-01-01T00:00:00Z")).plan, FREE);
        assert_eq!(Subscription::from_stored(None).plan, FREE);
    }
}
