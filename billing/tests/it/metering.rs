//! What was used is counted once and whole.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use chrono::Duration;
use kontor_billing::{CallCounter, MeterEvent};
use kontor_http::UsageMeter;
use kontor_kernel::Clock;
use kontor_store::{Databases, Meter};
use kontor_testing::at;
use proptest::{
    prelude::{Strategy, any},
    strategy::ValueTree,
    test_runner::TestRunner,
};
use tokio::{sync::oneshot, task::JoinSet};

use crate::support::World;

#[tokio::test]
async fn m1_an_event_sent_many_times_in_any_order_across_a_restart_counts_once() {
    let world = World::new().await;
    let company = world.company("growth", None).await;
    let events: Vec<MeterEvent> =
        (1..=20).map(|quantity| MeterEvent::new(company, Meter::AssistantToken, quantity, world.clock.now())).collect();
    let mut tasks = JoinSet::new();
    for turn in 0..8 {
        let mut events = events.clone();
        events.rotate_left(turn * 2);
        if turn % 2 == 1 {
            events.reverse();
        }
        let databases = world.db.databases().clone();
        tasks.spawn(async move {
            for event in events {
                event.send(&databases).await.unwrap();
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    let restarted = Databases::open(&world.db.urls()).unwrap();
    for event in &events {
        assert!(!event.send(&restarted).await.unwrap());
    }
    assert_eq!(world.used(company, Meter::AssistantToken).await, (1..=20).sum::<i64>());
}

#[tokio::test]
async fn m2_usage_is_the_exact_sum_of_the_raw_events_of_the_month() {
    let world = World::new().await;
    let (company, other) = (world.company("growth", None).await, world.company("growth", None).await);
    let mut runner = TestRunner::deterministic();
    // Minutes around March, and quantities to the size of a long conversation.
    let uses = proptest::collection::vec((any::<bool>(), 0..3_usize, -2_000..50_000_i64, 1..2_000_000_i64), 400);
    let uses = uses.new_tree(&mut runner).unwrap().current();
    let (start, end) = (at("2026-03-01T00:00:00Z"), at("2026-04-01T00:00:00Z"));
    let mut expected = [0_i64; 3];
    for (own, meter, minutes, quantity) in uses {
        let tenant = if own { company } else { other };
        let kind = *Meter::ALL.get(meter).unwrap();
        let event = MeterEvent::new(tenant, kind, quantity, start + Duration::minutes(minutes));
        assert!(event.send(world.db.databases()).await.unwrap());
        if own && event.at >= start && event.at < end {
            *expected.get_mut(meter).unwrap() += quantity;
        }
    }
    let listed = world.usage(company).await;
    let used: Vec<i64> = listed.iter().filter(|usage| !usage.is_seats()).map(|usage| usage.used).collect();
    assert_eq!(used, expected);
}

#[tokio::test]
async fn m2_every_call_of_64_callers_is_counted() {
    let world = World::new().await;
    let (one, other) = (world.company("growth", None).await, world.company("growth", None).await);
    let counter = Arc::new(CallCounter::new(world.db.databases().clone(), Arc::new(world.clock.clone())));
    let mut callers = JoinSet::new();
    for caller in 0..64 {
        let counter = Arc::clone(&counter);
        callers.spawn(async move {
            for call in 0..50 {
                counter.api_call(if caller % 4 == 0 { other } else { one });
                if call % 20 == 0 {
                    counter.flush().await.unwrap();
                }
            }
        });
    }
    while let Some(done) = callers.join_next().await {
        done.unwrap();
    }
    counter.flush().await.unwrap();
    assert_eq!(world.used(one, Meter::ApiCall).await, 48 * 50);
    assert_eq!(world.used(other, Meter::ApiCall).await, 16 * 50);
    let events = world.db.count("select count(*) from meter_events").await;
    counter.flush().await.unwrap();
    assert_eq!(world.db.count("select count(*) from meter_events").await, events);
}

#[tokio::test]
async fn m1_a_flush_that_fails_is_made_good_by_the_next() {
    let world = World::new().await;
    let company = world.company("growth", None).await;
    let counter = CallCounter::new(world.db.databases().clone(), Arc::new(world.clock.clone()));
    let admin = world.db.admin().await;
    for _ in 0..7 {
        counter.api_call(company);
    }
    sqlx::query("revoke insert on meter_events from kontor_app").execute(&admin).await.unwrap();
    assert!(counter.flush().await.is_err());
    counter.api_call(company);
    assert!(counter.flush().await.is_err());
    sqlx::query("grant insert on meter_events to kontor_app").execute(&admin).await.unwrap();
    counter.flush().await.unwrap();
    assert_eq!(world.used(company, Meter::ApiCall).await, 8);
}

#[tokio::test]
async fn a_stop_writes_what_was_counted() {
    let world = World::new().await;
    let company = world.company("growth", None).await;
    let counter = Arc::new(CallCounter::new(world.db.databases().clone(), Arc::new(world.clock.clone())));
    let (stop, stopped) = oneshot::channel::<()>();
    let running = {
        let counter = Arc::clone(&counter);
        tokio::spawn(async move {
            counter
                .run(async {
                    let _ = stopped.await;
                })
                .await;
        })
    };
    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    counter.api_call(company);
    counter.api_call(company);
    stop.send(()).unwrap();
    running.await.unwrap();
    assert_eq!(world.used(company, Meter::ApiCall).await, 2);
}
