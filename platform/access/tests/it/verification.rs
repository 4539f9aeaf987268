#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use chrono::Duration;
use futures_util::future::join_all;
use kontor_access::AccessFault;
use kontor_kernel::Fault;

use crate::house::{House, api};

const SENT: &str = "select count(*) from platform.mails where subject = 'Bitte bestätigen Sie Ihre E-Mail-Adresse'";

#[tokio::test]
async fn the_mail_that_confirms_an_address_is_sent_again_until_it_is_confirmed() {
    let house = House::new().await;
    let nancy = house.northwind().await;
    let caller = house.caller(&nancy).await.unwrap();
    assert!(!caller.email_verified);
    let first = house.mailed_token("verify-email").await;
    house.identity.resend_verification(&caller, &api()).await.unwrap();
    let second = house.mailed_token("verify-email").await;
    assert_ne!(first, second);
    assert_eq!(house.db.count(SENT).await, 2);
    assert_eq!(house.db.count("select count(*) from audit_log where action = 'verification_sent'").await, 1);

    house.identity.verify_email(&first).await.unwrap();
    assert!(house.caller(&nancy).await.unwrap().email_verified, "seen at once");
    let done = house.identity.resend_verification(&caller, &api()).await.unwrap_err();
    assert!(done.is(AccessFault::AlreadyVerified.info()));
    assert_eq!(house.db.count(SENT).await, 2);
}

#[tokio::test]
async fn five_such_mails_an_hour_are_enough() {
    let house = House::new().await;
    let caller = house.caller(&house.northwind().await).await.unwrap();
    house.clock.advance(Duration::minutes(10));
    let visit = api();
    // The one of the sign-up counts.
    let asked = join_all((0..8).map(|_| house.identity.resend_verification(&caller, &visit))).await;
    assert_eq!(asked.iter().filter(|sent| sent.is_ok()).count(), 4);
    for refusal in asked.iter().filter_map(|sent| sent.as_ref().err()) {
        assert!(refusal.is(Fault::RateLimited), "{refusal}");
        assert_eq!(refusal.retry_after_seconds(), Some(50 * 60 + 1), "until the first is an hour old");
    }
    assert_eq!(house.db.count(SENT).await, 5);
    house.clock.advance(Duration::minutes(51));
    house.identity.resend_verification(&caller, &visit).await.unwrap();
    house.identity.resend_verification(&caller, &visit).await.unwrap_err();
}

#[tokio::test]
async fn of_two_that_ask_for_the_last_mail_at_the_same_moment_one_gets_it() {
    let house = Arc::new(House::new().await);
    let caller = house.caller(&house.northwind().await).await.unwrap();
    for _ in 0..3 {
        house.identity.resend_verification(&caller, &api()).await.unwrap();
    }
    let admin = house.db.admin().await;
    let mut holding = admin.begin().await.unwrap();
    sqlx::query("select from platform.logins for no key update").execute(&mut *holding).await.unwrap();
    let ask = || {
        let (house, caller) = (Arc::clone(&house), Arc::clone(&caller));
        tokio::spawn(async move { house.identity.resend_verification(&caller, &api()).await })
    };
    let (one, other) = (ask(), ask());
    let waiting = "select count(*) from pg_stat_activity
                   where wait_event_type = 'Lock' and datname = current_database()";
    while !one.is_finished() && !other.is_finished() && house.db.count(waiting).await < 2 {
        tokio::task::yield_now().await;
    }
    holding.commit().await.unwrap();
    assert!(one.await.unwrap().is_ok() != other.await.unwrap().is_ok());
    assert_eq!(house.db.count(SENT).await, 5);
}
