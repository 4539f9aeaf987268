#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use futures_util::future::join;
use kontor_access::AccessFault;
use kontor_command::{OnRecord, RecordAction as _};
use kontor_company::{DeactivateUser, ReactivateUser, ResendInvitation, SetUserRoles};
use kontor_kernel::Fault;
use uuid::Uuid;

use crate::house::{House, invite, violations, visit};

fn deactivate(id: Uuid) -> OnRecord<DeactivateUser> {
    DeactivateUser.on(id, None)
}

fn set_roles(id: Uuid, roles: &[&str]) -> OnRecord<SetUserRoles> {
    SetUserRoles { roles: roles.iter().map(|role| (*role).to_owned()).collect() }.on(id, None)
}

#[tokio::test]
async fn a_deactivated_colleague_is_out_at_once_and_comes_back_with_the_same_roles() {
    let house = House::new().await;
    let andrew = house.colleague("andrew", &["manager"]).await;
    let id = andrew.member.user.0;
    let tokens = andrew.tokens().unwrap();
    house.identity.authenticate_bearer(&tokens.access_token).await.unwrap();

    house.run(&house.nancy, deactivate(id)).await.unwrap();
    let out = house.identity.authenticate_bearer(&tokens.access_token).await.unwrap_err();
    assert!(out.is(Fault::SessionExpired));
    house.identity.refresh(&tokens.refresh_token, &visit()).await.unwrap_err();
    let twice = house.run(&house.nancy, deactivate(id)).await.unwrap_err();
    assert!(twice.is(AccessFault::UserState));

    house.run(&house.nancy, ReactivateUser.on(id, None)).await.unwrap();
    let user = house.user(id).await;
    assert_eq!((user["state"].as_str(), user["roles"][0].as_str()), (Some("active"), Some("manager")));
    assert_eq!(
        house.db.count("select count(*) from audit_log where action in ('deactivated', 'reactivated')").await,
        2
    );
    let dead = house.identity.authenticate_bearer(&tokens.access_token).await.unwrap_err();
    assert!(dead.is(Fault::SessionExpired), "the old session stays ended");
}

#[tokio::test]
async fn other_roles_count_from_the_next_request() {
    let house = House::new().await;
    let andrew = house.colleague("andrew", &["viewer"]).await;
    assert!(!house.call(&andrew).await.caller.permissions.cover("purchasing.*"));
    house.run(&house.nancy, set_roles(andrew.member.user.0, &["manager", "viewer", "manager"])).await.unwrap();
    let caller = house.call(&andrew).await.caller;
    assert!(caller.permissions.cover("purchasing.*"));
    assert_eq!(caller.roles, ["manager", "viewer"]);
    let wrong =
        house.run(&house.nancy, set_roles(andrew.member.user.0, &["manager", "king", "queen"])).await.unwrap_err();
    assert_eq!(violations(&wrong), ["roles unknown_role", "roles unknown_role"]);
    let none = house.run(&house.nancy, set_roles(andrew.member.user.0, &[])).await.unwrap_err();
    assert_eq!(violations(&none), ["roles required"]);
}

#[tokio::test]
async fn the_last_owner_stays() {
    let house = House::new().await;
    let nancy = house.nancy.member.user.0;
    for refused in [
        house.run(&house.nancy, deactivate(nancy)).await.unwrap_err(),
        house.run(&house.nancy, set_roles(nancy, &["admin"])).await.unwrap_err(),
    ] {
        assert!(refused.is(AccessFault::LastOwner), "{refused}");
    }
    // An owner who has not accepted yet does not count.
    let invited = house.run(&house.nancy, invite("steven", &["owner"])).await.unwrap();
    house.run(&house.nancy, deactivate(nancy)).await.unwrap_err();
    house.run(&house.nancy, deactivate(invited.id)).await.unwrap();

    let andrew = house.colleague("andrew", &["owner"]).await;
    house.run(&house.nancy, set_roles(nancy, &["admin"])).await.unwrap();
    let left = house.run(&andrew, deactivate(andrew.member.user.0)).await.unwrap_err();
    assert!(left.is(AccessFault::LastOwner));
}

#[tokio::test]
async fn two_owners_cannot_remove_each_other_at_the_same_moment() {
    for _ in 0..5 {
        let house = House::new().await;
        let andrew = house.colleague("andrew", &["owner"]).await;
        let (by_nancy, by_andrew) = (house.call(&house.nancy).await, house.call(&andrew).await);
        let (one, two) = join(
            house.runner.run(&by_nancy, deactivate(andrew.member.user.0)),
            house.runner.run(&by_andrew, deactivate(house.nancy.member.user.0)),
        )
        .await;
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let owners = "select count(*) from users where state = 'active' and 'owner' = any(roles)";
        assert_eq!(house.db.count(owners).await, 1);
    }
}

#[tokio::test]
async fn nobody_gives_or_takes_rights_that_they_do_not_have() {
    let house = House::new().await;
    let admin = house.colleague("andrew", &["admin"]).await;
    let viewer = house.colleague("janet", &["viewer"]).await;
    let (nancy, janet) = (house.nancy.member.user.0, viewer.member.user.0);

    for refused in [
        house.run(&admin, set_roles(janet, &["owner"])).await.unwrap_err(),
        house.run(&admin, set_roles(admin.member.user.0, &["owner"])).await.unwrap_err(),
        house.run(&admin, set_roles(nancy, &["viewer"])).await.unwrap_err(),
        house.run(&admin, deactivate(nancy)).await.unwrap_err(),
        house.run(&admin, invite("laura", &["owner"])).await.unwrap_err(),
    ] {
        assert!(refused.is(AccessFault::RightsExceeded), "{refused}");
    }
    house.run(&admin, set_roles(janet, &["manager"])).await.unwrap();
    house.run(&admin, invite("laura", &["admin"])).await.unwrap();
    let refused = house.run(&viewer, invite("margaret", &["viewer"])).await.unwrap_err();
    assert!(refused.is(Fault::Forbidden));
}

#[tokio::test]
async fn an_invitation_taken_back_is_worth_nothing_until_it_is_sent_again() {
    let house = House::new().await;
    let invited = house.run(&house.nancy, invite("Steven", &["employee"])).await.unwrap();
    assert_eq!(house.user(invited.id).await["email"], "steven@northwind.example");
    let again = house.run(&house.nancy, invite("steven", &["employee"])).await.unwrap_err();
    assert_eq!(violations(&again), ["email duplicate"]);
    house.run(&house.nancy, ResendInvitation.on(invited.id, None)).await.unwrap();
    let mails = house.identity.recent_mails(1).await.unwrap();
    let token =
        mails.first().unwrap().text.split_once("token=").unwrap().1.split_whitespace().next().unwrap().to_owned();
    house.run(&house.nancy, deactivate(invited.id)).await.unwrap();
    let spent = house.identity.invitation(&token).await.unwrap_err();
    assert_eq!(violations(&spent), ["token link_spent"]);
    house.run(&house.nancy, ReactivateUser.on(invited.id, None)).await.unwrap();
    assert_eq!(house.user(invited.id).await["state"], "invited");
    let wrong = house.run(&house.nancy, ResendInvitation.on(house.nancy.member.user.0, None)).await.unwrap_err();
    assert!(wrong.is(AccessFault::UserState));
}
