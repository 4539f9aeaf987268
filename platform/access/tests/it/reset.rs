#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::Duration;
use kontor_access::{NewPassword, PasswordReset};
use kontor_kernel::Fault;

use crate::house::{House, PASSWORD, api, violations};

const NANCY: &str = "nancy@northwind.example";
const OTHER: &str = "forty tins of smoked herring";

fn reset(email: &str) -> PasswordReset {
    PasswordReset { email: email.to_owned() }
}

fn new_password(token: &str, password: &str) -> NewPassword {
    NewPassword { token: token.to_owned(), password: password.to_owned() }
}

#[tokio::test]
async fn a_new_password_ends_every_session_and_opens_the_lock() {
    let house = House::new().await;
    let entered = house.northwind().await;
    house.caller(&entered).await.unwrap();
    for _ in 0..10 {
        house.log_in(NANCY, "not the password").await.unwrap_err();
    }
    house.identity.request_password_reset(&reset("NANCY@northwind.example"), &api()).await.unwrap();
    let token = house.mailed_token("reset-password").await;

    let weak = house.identity.reset_password(&new_password(&token, "nancy davolio"), &api()).await.unwrap_err();
    assert_eq!(violations(&weak), ["password password_personal"]);
    house.identity.reset_password(&new_password(&token, OTHER), &api()).await.unwrap();
    assert!(house.caller(&entered).await.unwrap_err().is(Fault::SessionExpired));
    house.identity.refresh(&entered.tokens().unwrap().refresh_token, &api()).await.unwrap_err();
    house.log_in(NANCY, PASSWORD).await.unwrap_err();
    let back = house.log_in(NANCY, OTHER).await.unwrap();
    assert!(house.identity.is_verified(back.member.login).await.unwrap(), "the link came to the mailbox");
    let notice = house.identity.recent_mails(1).await.unwrap();
    assert_eq!(notice.first().unwrap().subject, "Ihr Passwort wurde geändert");

    let again = house.identity.reset_password(&new_password(&token, PASSWORD), &api()).await.unwrap_err();
    assert_eq!(violations(&again), ["token link_spent"]);
}

#[tokio::test]
async fn a_reset_link_is_good_for_an_hour_and_the_newest_password_spends_the_others() {
    let house = House::new().await;
    house.northwind().await;
    house.identity.request_password_reset(&reset(NANCY), &api()).await.unwrap();
    let first = house.mailed_token("reset-password").await;
    house.clock.advance(Duration::minutes(59));
    house.identity.request_password_reset(&reset(NANCY), &api()).await.unwrap();
    let second = house.mailed_token("reset-password").await;
    house.clock.advance(Duration::minutes(1));
    let late = house.identity.reset_password(&new_password(&first, OTHER), &api()).await.unwrap_err();
    assert_eq!(violations(&late), ["token link_spent"]);
    house.identity.reset_password(&new_password(&second, OTHER), &api()).await.unwrap();
    // A link for one purpose does nothing for another.
    let verify = house.mailed_token("verify-email").await;
    let crossed = house.identity.reset_password(&new_password(&verify, PASSWORD), &api()).await.unwrap_err();
    assert_eq!(violations(&crossed), ["token link_spent"]);
}

#[tokio::test]
async fn asking_for_a_stranger_s_password_says_and_does_nothing() {
    let house = House::new().await;
    house.northwind().await;
    house.identity.request_password_reset(&reset("stranger@example.com"), &api()).await.unwrap();
    house.identity.request_password_reset(&reset("no address"), &api()).await.unwrap();
    assert_eq!(house.db.count("select count(*) from platform.mail_links where purpose = 'reset'").await, 0);
    for _ in 0..8 {
        house.identity.request_password_reset(&reset(NANCY), &api()).await.unwrap();
    }
    let sent = "select count(*) from platform.mail_links where purpose = 'reset'";
    assert_eq!(house.db.count(sent).await, 5, "nobody's mailbox is flooded");
}
