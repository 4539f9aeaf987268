//! Rate limits: how many calls in how long, by key. In process by default, shared through Redis when configured.

use std::{
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use futures_util::future::BoxFuture;
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
};
use kontor_kernel::{Error, Result};
use redis::{Script, aio::ConnectionManager};
use tracing::warn;

use crate::LimitClass;

/// How much is allowed in a window, for each class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub calls_a_minute: u32,
    pub assistant_a_minute: u32,
    pub sign_ups_an_hour: u32,
    pub log_ins_a_minute: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { calls_a_minute: 1_200, assistant_a_minute: 120, sign_ups_an_hour: 60, log_ins_a_minute: 60 }
    }
}

impl Limits {
    fn of(self, class: LimitClass) -> Option<(u32, Duration)> {
        let minute = Duration::from_secs(60);
        match class {
            LimitClass::Calls => Some((self.calls_a_minute, minute)),
            LimitClass::Assistant => Some((self.assistant_a_minute, minute)),
            LimitClass::SignUp => Some((self.sign_ups_an_hour, Duration::from_secs(3_600))),
            LimitClass::LogIn => Some((self.log_ins_a_minute, minute)),
            LimitClass::None => None,
        }
    }
}

/// What a limit says to one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    pub allowed: bool,
    pub limit: u32,
    pub remaining: u32,
    /// Seconds until the whole limit is there again, or until the next call is allowed.
    pub reset_seconds: u64,
}

/// Counts calls by class and key. All implementations pass one test suite.
///
/// The limit is a generic cell rate: a whole window's calls may come at once, and the allowance grows back evenly.
pub trait Limiter: Send + Sync {
    /// `None` where the class has no limit.
    fn check<'a>(&'a self, class: LimitClass, key: &'a str) -> BoxFuture<'a, Result<Option<Verdict>>>;
}

type Keyed = RateLimiter<
    String,
    governor::state::keyed::DefaultKeyedStateStore<String>,
    DefaultClock,
    StateInformationMiddleware,
>;

/// Keys whose allowance is whole again are forgotten after every so many calls, so that they do not pile up.
const FORGET_EVERY: u32 = 10_000;

/// In this process.
pub struct GovernorLimiter {
    limits: Limits,
    classes: Vec<(LimitClass, Keyed)>,
    clock: DefaultClock,
    checked: AtomicU32,
}

impl GovernorLimiter {
    pub fn new(limits: Limits) -> Self {
        let classes = [LimitClass::Calls, LimitClass::Assistant, LimitClass::SignUp, LimitClass::LogIn]
            .into_iter()
            .filter_map(|class| {
                let (limit, window) = limits.of(class)?;
                let burst = NonZeroU32::new(limit)?;
                let quota = Quota::with_period(window / limit)?.allow_burst(burst);
                let keyed = DefaultKeyedRateLimiter::keyed(quota).with_middleware::<StateInformationMiddleware>();
                Some((class, keyed))
            })
            .collect();
        Self { limits, classes, clock: DefaultClock::default(), checked: AtomicU32::new(0) }
    }

    fn forget_idle_at_times(&self) {
        if self.checked.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            for (_, keyed) in &self.classes {
                keyed.retain_recent();
            }
        }
    }
}

impl Limiter for GovernorLimiter {
    fn check<'a>(&'a self, class: LimitClass, key: &'a str) -> BoxFuture<'a, Result<Option<Verdict>>> {
        let Some((limit, window)) = self.limits.of(class) else { return Box::pin(async { Ok(None) }) };
        self.forget_idle_at_times();
        let keyed = self.classes.iter().find(|(known, _)| *known == class).map(|(_, keyed)| keyed);
        let verdict = match keyed.map(|keyed| keyed.check_key(&key.to_owned())) {
            None => Verdict { allowed: false, limit, remaining: 0, reset_seconds: window.as_secs() },
            Some(Ok(state)) => {
                let remaining = state.remaining_burst_capacity();
                Verdict {
                    allowed: true,
                    limit,
                    remaining,
                    reset_seconds: refill_seconds(limit - remaining.min(limit), limit, window),
                }
            }
            Some(Err(refused)) => {
                let wait = refused.wait_time_from(self.clock.now());
                Verdict { allowed: false, limit, remaining: 0, reset_seconds: wait.as_secs() + 1 }
            }
        };
        Box::pin(async move { Ok(Some(verdict)) })
    }
}

/// Seconds until `used` calls have grown back.
fn refill_seconds(used: u32, limit: u32, window: Duration) -> u64 {
    (window.as_secs() * u64::from(used)).div_ceil(u64::from(limit.max(1)))
}

/// Shared by all nodes through Redis: the theoretical arrival time per key, moved by one script.
pub struct RedisLimiter {
    limits: Limits,
    connection: ConnectionManager,
    script: Script,
}

/// KEYS[1]; ARGV: limit, window in ms. Returns allowed, remaining, reset in ms. Time is Redis's own.
const CELL_RATE: &str = r"
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local emission = window / limit
local tat = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now)
local next_tat = tat + emission
if next_tat - window > now then
  return {0, 0, math.ceil(next_tat - window - now)}
end
redis.call('SET', KEYS[1], next_tat, 'PX', math.ceil(next_tat - now) + 1000)
return {1, math.floor((window - (next_tat - now)) / emission), math.ceil(next_tat - now)}
";

impl RedisLimiter {
    pub async fn connect(url: &str, limits: Limits) -> Result<Self> {
        let client = redis::Client::open(url).map_err(Error::internal)?;
        let connection = ConnectionManager::new(client).await.map_err(Error::unavailable)?;
        Ok(Self { limits, connection, script: Script::new(CELL_RATE) })
    }
}

impl Limiter for RedisLimiter {
    fn check<'a>(&'a self, class: LimitClass, key: &'a str) -> BoxFuture<'a, Result<Option<Verdict>>> {
        Box::pin(async move {
            let Some((limit, window)) = self.limits.of(class) else { return Ok(None) };
            let mut connection = self.connection.clone();
            let outcome: redis::RedisResult<(i64, i64, i64)> = self
                .script
                .key(format!("kontor:limit:{}:{key}", class.name()))
                .arg(limit)
                .arg(u64::try_from(window.as_millis()).unwrap_or(u64::MAX))
                .invoke_async(&mut connection)
                .await;
            let (allowed, remaining, reset) = outcome.map_err(|error| {
                warn!("the shared limits do not answer: {error}");
                Error::unavailable(error)
            })?;
            Ok(Some(Verdict {
                allowed: allowed == 1,
                limit,
                remaining: u32::try_from(remaining).unwrap_or(0),
                reset_seconds: u64::try_from(reset).unwrap_or(0).div_ceil(1_000).max(1),
            }))
        })
    }
}

/// A limiter behind a pointer, as the app holds it.
pub(crate) type SharedLimiter = Arc<dyn Limiter>;

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[tokio::test]
    async fn keys_that_nobody_uses_are_forgotten() {
        let limiter = GovernorLimiter::new(Limits { calls_a_minute: 60_000_000, ..Limits::default() });
        for number in 0..FORGET_EVERY {
            limiter.check(LimitClass::Calls, &number.to_string()).await.unwrap();
        }
        let kept: usize = limiter.classes.iter().map(|(_, keyed)| keyed.len()).sum();
        assert!(kept < 100, "{kept} keys are kept");
    }
}
