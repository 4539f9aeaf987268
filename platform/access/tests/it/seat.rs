#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use futures_util::future::{BoxFuture, join_all};
use kontor_access::{
    Entered, Feature, Gate, InvitationAnswer, NewUser, OpenGate, admit_member, grant_seats, invite_user,
};
use kontor_kernel::{Fault, Result, TenantId};
use kontor_store::Meter;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::house::{House, api};

/// A plan with so many seats.
struct Seats(i64);

impl Gate for Seats {
    fn check(&self, _: TenantId, _: Feature, _: Meter) -> BoxFuture<'_, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn check_seats(&self, _: TenantId, taken: i64) -> BoxFuture<'_, Result<()>> {
        Box::pin(async move { if taken <= self.0 { Ok(()) } else { Err(Fault::PlanRequired.error()) } })
    }

    fn features(&self, _: TenantId) -> BoxFuture<'_, Result<Vec<String>>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

fn person(first: &str) -> NewUser {
    let email = format!("{first}@northwind.example");
    NewUser { name: first.to_owned(), email, roles: vec!["viewer".to_owned()] }
}

async fn invite(house: &House, by: &Entered, first: &str, gate: &dyn Gate) -> Result<Uuid> {
    let mut tx = house.tx(by.member.tenant, by.member.user).await;
    let id = invite_user(&mut tx, &person(first)).await?;
    grant_seats(&mut tx, gate).await?;
    tx.commit().await?;
    Ok(id)
}

fn answer(token: String) -> InvitationAnswer {
    InvitationAnswer { token, name: None, password: "a crate of Boston crab meat".to_owned() }
}

#[tokio::test]
async fn of_many_invitations_at_a_time_as_many_are_sent_as_there_are_seats() {
    let house = House::new().await;
    let nancy = house.northwind().await;
    let gate = Seats(4);
    let people: Vec<String> = (0..10).map(|number| format!("colleague{number}")).collect();
    let outcomes = join_all(people.iter().map(|first| invite(&house, &nancy, first, &gate))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 3);
    for refusal in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        assert!(refusal.is(Fault::PlanRequired), "{refusal}");
    }
    assert_eq!(house.db.count("select count(*) from users").await, 4);
    assert_eq!(house.db.count("select count(*) from platform.memberships").await, 4);
}

/// Until the other task has come to its end, or waits for a row that somebody else holds.
async fn until_it_waits<T>(house: &House, task: &JoinHandle<T>) {
    let waiting = "select count(*) from pg_stat_activity
                   where wait_event_type = 'Lock' and datname = current_database()";
    while !task.is_finished() && house.db.count(waiting).await == 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn an_invitation_waits_for_the_one_that_takes_the_last_seat() {
    let house = Arc::new(House::new().await);
    let nancy = Arc::new(house.northwind().await);
    let mut first = house.tx(nancy.member.tenant, nancy.member.user).await;
    invite_user(&mut first, &person("andrew")).await.unwrap();
    grant_seats(&mut first, &Seats(2)).await.unwrap();
    let second = {
        let (house, nancy) = (Arc::clone(&house), Arc::clone(&nancy));
        tokio::spawn(async move { invite(&house, &nancy, "janet", &Seats(2)).await })
    };
    until_it_waits(&house, &second).await;
    first.commit().await.unwrap();
    assert!(second.await.unwrap().unwrap_err().is(Fault::PlanRequired));
    assert_eq!(house.db.count("select count(*) from users").await, 2);
}

#[tokio::test]
async fn an_acceptance_waits_for_who_takes_the_last_seat() {
    let house = Arc::new(House::new().await);
    let nancy = house.northwind().await;
    let andrew = invite(&house, &nancy, "andrew", &OpenGate).await.unwrap();
    invite(&house, &nancy, "janet", &OpenGate).await.unwrap();
    let token = house.mailed_token("invitation").await;
    let mut first = house.tx(nancy.member.tenant, nancy.member.user).await;
    admit_member(&mut first, andrew, true).await.unwrap();
    let in_again = "update users set state = 'active', joined_at = created_at where id = $1";
    sqlx::query(in_again).bind(andrew).execute(first.connection().await.unwrap()).await.unwrap();
    grant_seats(&mut first, &OpenGate).await.unwrap();
    let second = {
        let house = Arc::clone(&house);
        tokio::spawn(async move { house.identity.accept_invitation(&answer(token), &api(), &Seats(2)).await })
    };
    until_it_waits(&house, &second).await;
    first.commit().await.unwrap();
    assert!(second.await.unwrap().unwrap_err().is(Fault::PlanRequired));
    assert_eq!(house.db.count("select count(*) from users where state = 'active'").await, 2);
}

#[tokio::test]
async fn who_is_shut_out_leaves_a_seat_and_needs_one_to_come_back() {
    let house = House::new().await;
    let nancy = house.northwind().await;
    let andrew = invite(&house, &nancy, "andrew", &Seats(2)).await.unwrap();
    invite(&house, &nancy, "janet", &Seats(2)).await.unwrap_err();
    let shut_out = "update users set state = 'deactivated' where id = $1";
    sqlx::query(shut_out).bind(andrew).execute(&house.db.admin().await).await.unwrap();
    invite(&house, &nancy, "janet", &Seats(2)).await.unwrap();

    let mut tx = house.tx(nancy.member.tenant, nancy.member.user).await;
    admit_member(&mut tx, andrew, true).await.unwrap();
    sqlx::query("update users set state = 'invited' where id = $1")
        .bind(andrew)
        .execute(tx.connection().await.unwrap())
        .await
        .unwrap();
    assert!(grant_seats(&mut tx, &Seats(2)).await.unwrap_err().is(Fault::PlanRequired));
    grant_seats(&mut tx, &Seats(3)).await.unwrap();
}

#[tokio::test]
async fn an_invitation_is_accepted_as_long_as_the_plan_has_a_seat_for_one_more_person() {
    let house = House::new().await;
    let nancy = house.northwind().await;
    let mut tokens = Vec::new();
    for first in ["andrew", "janet", "margaret"] {
        invite(&house, &nancy, first, &OpenGate).await.unwrap();
        tokens.push(house.mailed_token("invitation").await);
    }
    // The plan has become smaller since: of three who were invited at a time, there is room for one.
    let (visit, gate) = (api(), Seats(2));
    let outcomes = join_all(
        tokens
            .iter()
            .map(|token| async { house.identity.accept_invitation(&answer(token.clone()), &visit, &gate).await }),
    )
    .await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    for refusal in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        assert!(refusal.is(Fault::PlanRequired), "{refusal}");
    }
    assert_eq!(house.db.count("select count(*) from users where state = 'active'").await, 2);
    assert_eq!(
        house
            .db
            .count("select count(*) from platform.mail_links where purpose = 'invitation' and used_at is null")
            .await,
        2
    );
    for token in &tokens {
        // Whoever was refused comes in with the same link once there is room.
        let _ = house.identity.accept_invitation(&answer(token.clone()), &visit, &Seats(4)).await;
    }
    assert_eq!(house.db.count("select count(*) from users where state = 'active'").await, 4);
}

#[tokio::test]
async fn a_seat_that_nobody_held_the_limit_against_is_not_given() {
    let house = House::new().await;
    let nancy = house.northwind().await;
    let mut tx = house.tx(nancy.member.tenant, nancy.member.user).await;
    invite_user(&mut tx, &person("andrew")).await.unwrap();
    assert!(tx.commit().await.unwrap_err().is(Fault::Internal));
    assert_eq!(house.db.count("select count(*) from users").await, 1);
}
