#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::Duration;
use futures_util::future::join_all;
use kontor_kernel::Fault;

use crate::house::{House, PASSWORD, api, credentials, sign_up, web};

#[tokio::test]
async fn a_refresh_token_is_good_once_and_its_second_use_ends_the_session() {
    let house = House::new().await;
    let entered = house.northwind().await;
    let first = entered.tokens().unwrap().clone();
    let second = house.identity.refresh(&first.refresh_token, &api()).await.unwrap();
    let third = house.identity.refresh(&second.refresh_token, &api()).await.unwrap();
    assert_eq!(third.expires_in, 900);
    house.identity.authenticate_bearer(&third.access_token).await.unwrap();

    let thief = house.identity.refresh(&first.refresh_token, &api()).await.unwrap_err();
    assert!(thief.is(Fault::SessionExpired));
    let ended = house.identity.refresh(&third.refresh_token, &api()).await.unwrap_err();
    assert!(ended.is(Fault::SessionExpired));
    for access in [&first.access_token, &second.access_token, &third.access_token] {
        let dead = house.identity.authenticate_bearer(access).await.unwrap_err();
        assert!(dead.is(Fault::SessionExpired));
    }
    house.log_in("nancy@northwind.example", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn of_many_refreshes_at_once_exactly_one_succeeds() {
    let house = House::new().await;
    let entered = house.northwind().await;
    let token = &entered.tokens().unwrap().refresh_token;
    let visit = api();
    let outcomes = join_all((0..8).map(|_| house.identity.refresh(token, &visit))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refusal in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        assert!(refusal.is(Fault::SessionExpired), "{refusal}");
    }
    let living = "select count(*) from platform.sessions where rotated_at is null";
    assert_eq!(house.db.count(living).await, 1);
}

#[tokio::test]
async fn the_loser_of_a_race_does_not_end_the_winner_s_session() {
    let house = House::new().await;
    let entered = house.northwind().await;
    let token = entered.tokens().unwrap().refresh_token.clone();
    // The winner's transaction is held open until the loser has seen the token as good.
    let admin = house.db.admin().await;
    let mut winner = admin.begin().await.unwrap();
    sqlx::query("update platform.sessions set rotated_at = now()").execute(&mut *winner).await.unwrap();
    let identity = house.identity.clone();
    let loser = tokio::spawn(async move { identity.refresh(&token, &api()).await });
    let waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'update platform.sessions%'
                   and datname = current_database()";
    while house.db.count(waiting).await == 0 {
        tokio::task::yield_now().await;
    }
    winner.commit().await.unwrap();
    assert!(loser.await.unwrap().unwrap_err().is(Fault::SessionExpired));
    assert_eq!(house.db.count("select count(*) from platform.sessions where revoked_at is not null").await, 0);
}

#[tokio::test]
async fn logging_out_ends_the_session_at_once() {
    let house = House::new().await;
    let entered = house.northwind().await;
    let elsewhere = house.log_in("nancy@northwind.example", PASSWORD).await.unwrap();
    house.caller(&entered).await.unwrap();
    house.identity.log_out(&entered.tokens().unwrap().refresh_token).await.unwrap();
    house.identity.log_out(&entered.tokens().unwrap().refresh_token).await.unwrap();
    house.identity.log_out("no token at all").await.unwrap();
    assert!(house.caller(&entered).await.unwrap_err().is(Fault::SessionExpired));
    house.identity.refresh(&entered.tokens().unwrap().refresh_token, &api()).await.unwrap_err();
    house.caller(&elsewhere).await.unwrap();
}

#[tokio::test]
async fn an_access_token_ends_after_a_quarter_of_an_hour_and_a_refresh_token_after_a_week() {
    let house = House::new().await;
    let entered = house.northwind().await;
    house.clock.advance(Duration::minutes(15));
    assert!(house.caller(&entered).await.unwrap_err().is(Fault::SessionExpired));
    house.clock.advance(Duration::days(6));
    let next = house.identity.refresh(&entered.tokens().unwrap().refresh_token, &api()).await.unwrap();
    house.clock.advance(Duration::days(7));
    let late = house.identity.refresh(&next.refresh_token, &api()).await.unwrap_err();
    assert!(late.is(Fault::SessionExpired));
}

#[tokio::test]
async fn a_browser_s_session_lasts_a_week_after_its_last_use() {
    let house = House::new().await;
    house.northwind().await;
    let credentials = credentials("nancy@northwind.example", PASSWORD, None);
    let entered = house.identity.log_in(&credentials, &web()).await.unwrap();
    let cookie = entered.cookie().unwrap();
    let (caller, csrf) = house.identity.authenticate_cookie(cookie, "localhost:8080").await.unwrap();
    assert_eq!(caller.company.slug, "northwind");
    assert!(csrf.len() == 64 && csrf != cookie);

    // Another node has nothing kept: it reads the session, and moves its end on.
    house.clock.advance(Duration::days(6));
    let node = House { identity: second_node(&house), db: house.db.clone(), clock: house.clock.clone() };
    let (_, same) = node.identity.authenticate_cookie(cookie, "northwind.localhost:8080").await.unwrap();
    assert_eq!(same, csrf);
    house.clock.advance(Duration::days(6));
    second_node(&house).authenticate_cookie(cookie, "localhost").await.unwrap();
    house.clock.advance(Duration::days(7));
    let late = second_node(&house).authenticate_cookie(cookie, "localhost").await.unwrap_err();
    assert!(late.is(Fault::SessionExpired));
}

fn second_node(house: &House) -> kontor_access::Identity {
    let mut config = house.identity.config().clone();
    config.password_cost = kontor_access::PasswordCost::CHEAP;
    let clock = std::sync::Arc::new(house.clock.clone());
    kontor_access::Identity::new(house.db.databases().clone(), house.db.sequences(), clock, config, Vec::new()).unwrap()
}

#[tokio::test]
async fn a_session_of_one_company_is_none_on_another_s_host() {
    let house = House::new().await;
    house.northwind().await;
    let login = credentials("nancy@northwind.example", PASSWORD, None);
    let entered = house.identity.log_in(&login, &web()).await.unwrap();
    house.identity.sign_up(&sign_up("southwind"), &api()).await.unwrap();
    let cookie = entered.cookie().unwrap();
    let refused = house.identity.authenticate_cookie(cookie, "southwind.localhost:8080").await.unwrap_err();
    assert!(refused.is(Fault::Unauthenticated));

    let (caller, _) = house.identity.authenticate_cookie(cookie, "localhost").await.unwrap();
    let switched = house.identity.switch(&caller, "southwind", &web()).await.unwrap();
    house.identity.authenticate_cookie(switched.cookie().unwrap(), "southwind.localhost:8080").await.unwrap();
    let left = house.identity.authenticate_cookie(cookie, "localhost").await.unwrap_err();
    assert!(left.is(Fault::SessionExpired));
    assert!(house.identity.authenticate_cookie("forged", "localhost").await.unwrap_err().is(Fault::SessionExpired));
}
