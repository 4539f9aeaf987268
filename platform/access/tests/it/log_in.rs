#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::Duration;
use futures_util::future::join_all;
use kontor_access::{AccessFault, Visit};
use kontor_kernel::Fault;

use crate::house::{House, PASSWORD, api, credentials};

const NANCY: &str = "nancy@northwind.example";

#[tokio::test]
async fn every_failure_looks_the_same() {
    let house = House::new().await;
    house.northwind().await;
    house.log_in(" NANCY@Northwind.example ", PASSWORD).await.unwrap();
    let failures =
        [(NANCY, "not the password"), ("nobody@northwind.example", PASSWORD), ("no address", PASSWORD), (NANCY, "")];
    for (email, password) in failures {
        let error = house.log_in(email, password).await.unwrap_err();
        assert_eq!(error.to_string(), AccessFault::InvalidCredentials.error().to_string(), "{email}");
    }
}

#[tokio::test]
async fn ten_failures_lock_a_log_in_and_one_more_afterwards_for_longer() {
    let house = House::new().await;
    house.northwind().await;
    for _ in 0..9 {
        house.log_in(NANCY, "not the password").await.unwrap_err();
    }
    house.log_in(NANCY, PASSWORD).await.unwrap();
    for _ in 0..10 {
        house.log_in(NANCY, "not the password").await.unwrap_err();
    }
    let locked = house.log_in(NANCY, PASSWORD).await.unwrap_err();
    assert!(locked.is(AccessFault::InvalidCredentials));
    house.clock.advance(Duration::minutes(15));
    house.log_in(NANCY, "not the password").await.unwrap_err();
    house.clock.advance(Duration::minutes(29));
    house.log_in(NANCY, PASSWORD).await.unwrap_err();
    house.clock.advance(Duration::minutes(1));
    house.log_in(NANCY, PASSWORD).await.unwrap();
    assert_eq!(house.db.count("select failed_attempts::int8 from platform.logins").await, 0);
}

#[tokio::test]
async fn guessing_at_many_places_at_once_gets_no_more_answers() {
    let house = House::new().await;
    house.northwind().await;
    let places: Vec<Visit> =
        (0..40).map(|number| Visit { address: Some(format!("198.51.100.{number}")), ..api() }).collect();
    let guess = credentials(NANCY, "not the password", None);
    join_all(places.iter().map(|place| house.identity.log_in(&guess, place))).await;
    let failed = house.db.count("select failed_attempts::int8 from platform.logins").await;
    assert_eq!(failed, 10);
    house.log_in(NANCY, PASSWORD).await.unwrap_err();
}

#[tokio::test]
async fn an_address_that_fails_too_often_is_told_to_wait() {
    let house = House::new().await;
    house.northwind().await;
    for number in 0..50 {
        house.log_in(&format!("somebody{number}@northwind.example"), "not the password").await.unwrap_err();
    }
    let refused = house.log_in(NANCY, PASSWORD).await.unwrap_err();
    assert!(refused.is(Fault::RateLimited));
    assert_eq!(refused.retry_after_seconds(), Some(900));
    let elsewhere = Visit { address: Some("203.0.113.9".to_owned()), ..api() };
    house.identity.log_in(&credentials(NANCY, PASSWORD, None), &elsewhere).await.unwrap();
}
