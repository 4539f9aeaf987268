//! One suite for every limiter.

use std::time::Duration;

use kontor_http::{GovernorLimiter, LimitClass, Limiter, Limits, RedisLimiter, Verdict};
use kontor_kernel::new_id;

use crate::redis_server::RedisServer;

/// An assistant's turn grows back every 100 ms: soon enough to be waited for, too slow to grow back by itself while a few
/// calls are made.
const LIMITS: Limits = Limits { calls_a_minute: 7, assistant_a_minute: 600, sign_ups_an_hour: 3, log_ins_a_minute: 5 };

async fn ask(limiter: &dyn Limiter, class: LimitClass, key: &str) -> Verdict {
    limiter.check(class, key).await.unwrap().unwrap()
}

async fn as_many_as_allowed(limiter: &dyn Limiter) {
    for (class, limit, longest) in
        [(LimitClass::Calls, 7, 60), (LimitClass::SignUp, 3, 3_600), (LimitClass::LogIn, 5, 60)]
    {
        let key = new_id().to_string();
        for number in 1..=limit {
            let verdict = ask(limiter, class, &key).await;
            assert!(verdict.allowed, "{class:?}: call {number} of {limit}");
            assert_eq!((verdict.limit, verdict.remaining), (limit, limit - number), "{class:?}");
            assert!((1..=longest).contains(&verdict.reset_seconds), "{class:?}: {verdict:?}");
        }
        for _ in 0..3 {
            let refused = ask(limiter, class, &key).await;
            assert!(!refused.allowed, "{class:?}: more than {limit}");
            assert_eq!((refused.limit, refused.remaining), (limit, 0));
            assert!((1..=longest / u64::from(limit) + 1).contains(&refused.reset_seconds), "{class:?}: {refused:?}");
        }
    }
}

async fn keys_and_classes_apart(limiter: &dyn Limiter) {
    let (one, other) = (new_id().to_string(), new_id().to_string());
    while ask(limiter, LimitClass::LogIn, &one).await.allowed {}
    assert!(ask(limiter, LimitClass::LogIn, &other).await.allowed, "another key has its own allowance");
    assert!(ask(limiter, LimitClass::Calls, &one).await.allowed, "another class has its own allowance");
    assert!(!ask(limiter, LimitClass::LogIn, &one).await.allowed);
    assert_eq!(limiter.check(LimitClass::None, &one).await.unwrap(), None);
}

async fn grows_back(limiter: &dyn Limiter) {
    let key = new_id().to_string();
    while ask(limiter, LimitClass::Assistant, &key).await.allowed {}
    tokio::time::sleep(Duration::from_millis(550)).await;
    let mut allowed = 0;
    while ask(limiter, LimitClass::Assistant, &key).await.allowed {
        allowed += 1;
    }
    // Slow machines only make it more, by one for every 100 ms.
    assert!((5..60).contains(&allowed), "{allowed} grew back in half a second");
}

/// Two at the same moment never get the same last call.
async fn exact_under_concurrency(limiter: std::sync::Arc<dyn Limiter>) {
    let key = new_id().to_string();
    let callers: Vec<_> = (0..32)
        .map(|_| {
            let (limiter, key) = (std::sync::Arc::clone(&limiter), key.clone());
            tokio::spawn(async move { ask(limiter.as_ref(), LimitClass::SignUp, &key).await.allowed })
        })
        .collect();
    let mut allowed = 0;
    for caller in callers {
        allowed += u32::from(caller.await.unwrap());
    }
    assert_eq!(allowed, LIMITS.sign_ups_an_hour);
}

async fn suite(limiter: std::sync::Arc<dyn Limiter>) {
    as_many_as_allowed(limiter.as_ref()).await;
    keys_and_classes_apart(limiter.as_ref()).await;
    grows_back(limiter.as_ref()).await;
    exact_under_concurrency(limiter).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_this_process() {
    suite(std::sync::Arc::new(GovernorLimiter::new(LIMITS))).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn through_redis() {
    let redis = RedisServer::start();
    suite(std::sync::Arc::new(RedisLimiter::connect(&redis.url, LIMITS).await.unwrap())).await;
}

/// Several nodes have one allowance together.
#[tokio::test]
async fn nodes_share_an_allowance_through_redis() {
    let redis = RedisServer::start();
    let one = RedisLimiter::connect(&redis.url, LIMITS).await.unwrap();
    let other = RedisLimiter::connect(&redis.url, LIMITS).await.unwrap();
    let key = new_id().to_string();
    for number in 0..LIMITS.sign_ups_an_hour {
        let node = if number % 2 == 0 { &one } else { &other };
        assert!(ask(node, LimitClass::SignUp, &key).await.allowed);
    }
    assert!(!ask(&one, LimitClass::SignUp, &key).await.allowed);
    assert!(!ask(&other, LimitClass::SignUp, &key).await.allowed);
}
