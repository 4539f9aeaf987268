#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::Duration;
use kontor_access::{
    AccessFault, Entered, InvitationAnswer, NewUser, OpenGate, SignUp, admit_member, grant_seats, invite_user,
    send_invitation,
};
use kontor_kernel::Fault;
use uuid::Uuid;

use crate::house::{House, PASSWORD, api, sign_up, violations};

const ANDREW: &str = "andrew@northwind.example";
const HIS: &str = "a crate of Boston crab meat";

async fn invite_andrew(house: &House, by: &Entered) -> Uuid {
    let mut tx = house.tx(by.member.tenant, by.member.user).await;
    let new = NewUser { name: "Andrew Fuller".to_owned(), email: ANDREW.to_owned(), roles: vec!["manager".to_owned()] };
    let id = invite_user(&mut tx, &new).await.unwrap();
    grant_seats(&mut tx, &OpenGate).await.unwrap();
    tx.commit().await.unwrap();
    id
}

fn answer(token: &str, password: &str) -> InvitationAnswer {
    InvitationAnswer { token: token.to_owned(), name: None, password: password.to_owned() }
}

#[tokio::test]
async fn an_invited_colleague_chooses_a_password_and_is_in() {
    let house = House::new().await;
    let nancy = house.northwind().await;
    let id = invite_andrew(&house, &nancy).await;
    house.log_in(ANDREW, HIS).await.unwrap_err();
    let mail = house.identity.recent_mails(1).await.unwrap().swap_remove(0);
    assert_eq!(
        (mail.recipient.as_str(), mail.subject.as_str()),
        (ANDREW, "Nancy Davolio lädt Sie zu Northwind Traders ein")
    );

    let token = house.mailed_token("invitation").await;
    let shown = house.identity.invitation(&token).await.unwrap();
    assert_eq!(
        (shown.company.as_str(), shown.name.as_str(), shown.known),
        ("Northwind Traders", "Andrew Fuller", false)
    );
    let weak = house.identity.accept_invitation(&answer(&token, "short"), &api(), &OpenGate).await.unwrap_err();
    assert_eq!(violations(&weak), ["password password_short"]);
    let entered = house.identity.accept_invitation(&answer(&token, HIS), &api(), &OpenGate).await.unwrap();
    let caller = house.caller(&entered).await.unwrap();
    assert_eq!((caller.user.0, caller.roles.as_slice()), (id, ["manager".to_owned()].as_slice()));
    assert!(caller.permissions.cover("purchasing.*") && !caller.permissions.cover("company.*"));
    house.log_in(ANDREW, HIS).await.unwrap();

    let again = house.identity.accept_invitation(&answer(&token, HIS), &api(), &OpenGate).await.unwrap_err();
    assert_eq!(violations(&again), ["token link_spent"]);
    let mut tx = house.tx(nancy.member.tenant, nancy.member.user).await;
    let new = NewUser { name: "Andrew".to_owned(), email: ANDREW.to_owned(), roles: vec!["viewer".to_owned()] };
    assert_eq!(violations(&invite_user(&mut tx, &new).await.unwrap_err()), ["email duplicate"]);
}

#[tokio::test]
async fn only_the_newest_invitation_counts_and_for_a_week() {
    let house = House::new().await;
    let nancy = house.northwind().await;
    let id = invite_andrew(&house, &nancy).await;
    let first = house.mailed_token("invitation").await;
    let mut tx = house.tx(nancy.member.tenant, nancy.member.user).await;
    send_invitation(&mut tx, id).await.unwrap();
    grant_seats(&mut tx, &OpenGate).await.unwrap();
    tx.commit().await.unwrap();
    let second = house.mailed_token("invitation").await;
    assert_ne!(first, second);
    assert_eq!(violations(&house.identity.invitation(&first).await.unwrap_err()), ["token link_spent"]);
    house.identity.invitation(&second).await.unwrap();
    house.clock.advance(Duration::days(7));
    assert_eq!(violations(&house.identity.invitation(&second).await.unwrap_err()), ["token link_spent"]);
}

#[tokio::test]
async fn who_has_a_log_in_already_joins_with_its_password() {
    let house = House::new().await;
    let nancy = house.northwind().await;
    let own = SignUp { email: ANDREW.to_owned(), name: "Andrew Fuller".to_owned(), ..sign_up("southwind") };
    house.identity.sign_up(&own, &api()).await.unwrap();
    invite_andrew(&house, &nancy).await;
    let token = house.mailed_token("invitation").await;
    assert!(house.identity.invitation(&token).await.unwrap().known);
    let refused = house.identity.accept_invitation(&answer(&token, HIS), &api(), &OpenGate).await.unwrap_err();
    assert!(refused.is(AccessFault::InvalidCredentials));
    let entered = house.identity.accept_invitation(&answer(&token, PASSWORD), &api(), &OpenGate).await.unwrap();
    assert_eq!(entered.member.tenant, nancy.member.tenant);
    let companies = house.identity.companies_of(entered.member.login).await.unwrap();
    assert_eq!(companies.len(), 2);
}

#[tokio::test]
async fn who_is_shut_out_is_out_at_once_and_may_come_back() {
    let house = House::new().await;
    let nancy = house.northwind().await;
    let id = invite_andrew(&house, &nancy).await;
    let token = house.mailed_token("invitation").await;
    let andrew = house.identity.accept_invitation(&answer(&token, HIS), &api(), &OpenGate).await.unwrap();
    house.caller(&andrew).await.unwrap();

    let mut tx = house.tx(nancy.member.tenant, nancy.member.user).await;
    admit_member(&mut tx, id, false).await.unwrap();
    tx.commit().await.unwrap();
    assert!(house.caller(&andrew).await.unwrap_err().is(Fault::SessionExpired));
    house.identity.refresh(&andrew.tokens().unwrap().refresh_token, &api()).await.unwrap_err();
    assert!(house.log_in(ANDREW, HIS).await.unwrap_err().is(AccessFault::InvalidCredentials));
    house.caller(&nancy).await.unwrap();

    let mut tx = house.tx(nancy.member.tenant, nancy.member.user).await;
    admit_member(&mut tx, id, true).await.unwrap();
    grant_seats(&mut tx, &OpenGate).await.unwrap();
    tx.commit().await.unwrap();
    house.log_in(ANDREW, HIS).await.unwrap();
}

#[tokio::test]
async fn a_company_s_own_connection_reaches_nobody_else() {
    let house = House::new().await;
    let nancy = house.northwind().await;
    let other = SignUp { email: "janet@tradewinds.example".to_owned(), ..sign_up("tradewinds") };
    let janet = house.identity.sign_up(&other, &api()).await.unwrap();

    let mut tx = house.tx(nancy.member.tenant, nancy.member.user).await;
    admit_member(&mut tx, janet.member.user.0, false).await.unwrap();
    tx.commit().await.unwrap();
    house.caller(&janet).await.unwrap();
    assert_eq!(house.db.count("select count(*) from platform.memberships where not active").await, 0);

    for forbidden in [
        "select * from platform.logins",
        "select * from platform.sessions",
        "insert into platform.mails (id) values (gen_random_uuid())",
        "select platform.outbox_trim('2100-01-01')",
        "select platform.tenant_table('users')",
    ] {
        let mut tx = house.tx(nancy.member.tenant, nancy.member.user).await;
        let refused = sqlx::query(forbidden).execute(tx.connection().await.unwrap()).await.unwrap_err();
        let code = refused.as_database_error().unwrap().code().unwrap().into_owned();
        assert_eq!(code, "42501", "{forbidden}");
    }
}
