#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use kontor_access::{AccessFault, Entered, Verb};
use kontor_command::{Operation, RecordAction as _};
use kontor_company::{DeactivateUser, Role};
use kontor_entity::{Entity, Mode, parse_draft};
use kontor_kernel::{Fault, Result};
use kontor_store::Written;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::house::{House, violations};

fn operation(verb: Verb) -> Operation {
    Operation::on_records(Role::META.permission, kontor_company::FEATURE, verb)
}

async fn create(house: &House, by: &Entered, body: Value) -> Result<Written> {
    let draft = parse_draft(Role::META, body.to_string().as_bytes(), Mode::Create)?;
    let (_, entity) = house.registry.entity("roles").unwrap();
    let call = house.call(by).await;
    house.runner.write(&call, operation(Verb::Create), &|tx| Box::pin(entity.create(tx, draft.clone()))).await
}

async fn update(house: &House, by: &Entered, id: Uuid, body: Value) -> Result<Written> {
    let draft = parse_draft(Role::META, body.to_string().as_bytes(), Mode::Patch)?;
    let (_, entity) = house.registry.entity("roles").unwrap();
    let call = house.call(by).await;
    let saved = house
        .runner
        .write(&call, operation(Verb::Update), &|tx| Box::pin(entity.update(tx, id, None, draft.clone())))
        .await?;
    Ok(saved.into_written())
}

async fn role_id(house: &House, code: &'static str) -> Uuid {
    let admin = house.db.admin().await;
    sqlx::query_scalar("select id from roles where code = $1").bind(code).fetch_one(&admin).await.unwrap()
}

#[tokio::test]
async fn a_role_of_our_own_is_made_given_and_changed() {
    let house = House::new().await;
    let body = json!({ "code": "buyer", "name": "Buyer", "permissions": ["purchasing.*", "*.read", "purchasing.*"] });
    let role = create(&house, &house.nancy, body).await.unwrap();
    assert_eq!(house.record("roles", role.id).await["permissions"], json!(["*.read", "purchasing.*"]));
    let andrew = house.colleague("andrew", &["buyer"]).await;
    assert!(!house.call(&andrew).await.caller.permissions.cover("company.user.*"));
    update(&house, &house.nancy, role.id, json!({ "permissions": ["purchasing.*", "company.user.*"] })).await.unwrap();
    assert!(house.call(&andrew).await.caller.permissions.cover("company.user.*"));
}

#[tokio::test]
async fn a_role_names_permissions_that_exist() {
    let house = House::new().await;
    let body = json!({ "code": "buyer", "name": "Buyer", "permissions": ["purchasing.ordre.read", "purchasing.*", "*.fly", "Purch"] });
    let refused = create(&house, &house.nancy, body).await.unwrap_err();
    let expected =
        ["permissions[0] unknown_permission", "permissions[2] unknown_permission", "permissions[3] unknown_permission"];
    assert_eq!(violations(&refused), expected);
    let body = json!({ "code": "The Buyer", "name": "Buyer", "permissions": [] });
    let refused = create(&house, &house.nancy, body).await.unwrap_err();
    assert_eq!(violations(&refused), ["code not_allowed", "permissions not_allowed"]);
    let body = json!({ "code": "owner", "name": "Owner", "permissions": ["*.read"] });
    assert_eq!(violations(&create(&house, &house.nancy, body).await.unwrap_err()), ["code duplicate"]);
}

#[tokio::test]
async fn a_role_is_no_way_to_more_rights() {
    let house = House::new().await;
    let admin = house.colleague("andrew", &["admin"]).await;
    let body = json!({ "code": "king", "name": "King", "permissions": ["*"] });
    let made = create(&house, &admin, body).await.unwrap_err();
    assert!(made.is(AccessFault::RightsExceeded));
    let own = role_id(&house, "admin").await;
    let widened = update(&house, &admin, own, json!({ "permissions": ["company.*", "*"] })).await.unwrap_err();
    assert!(widened.is(AccessFault::RightsExceeded));
    let owner = role_id(&house, "owner").await;
    for by in [&admin, &house.nancy] {
        let narrowed = update(&house, by, owner, json!({ "permissions": ["*.read"] })).await.unwrap_err();
        assert!(narrowed.is(AccessFault::RoleBuiltIn));
    }
    let renamed = update(&house, &house.nancy, own, json!({ "code": "boss" })).await.unwrap_err();
    assert_eq!(violations(&renamed), ["code read_only_field"]);
}

async fn archive(house: &House, code: &'static str) -> Result<()> {
    let (_, entity) = house.registry.entity("roles").unwrap();
    let (call, id) = (house.call(&house.nancy).await, role_id(house, code).await);
    house.runner.write(&call, operation(Verb::Archive), &|tx| Box::pin(entity.archive(tx, id, None, true))).await
}

#[tokio::test]
async fn a_role_is_archived_once_nobody_has_it() {
    let house = House::new().await;
    let andrew = house.colleague("andrew", &["manager"]).await;
    assert!(archive(&house, "manager").await.unwrap_err().is(Fault::InUse));
    house.run(&house.nancy, DeactivateUser.on(andrew.member.user.0, None)).await.unwrap();
    archive(&house, "manager").await.unwrap();
    assert!(archive(&house, "owner").await.unwrap_err().is(AccessFault::RoleBuiltIn));
}

#[tokio::test]
async fn an_archived_role_allows_nothing_except_that_of_the_owner() {
    let house = House::new().await;
    let andrew = house.colleague("andrew", &["manager"]).await;
    let admin = house.db.admin().await;
    sqlx::query("update roles set archived_at = now() where code in ('manager', 'owner')")
        .execute(&admin)
        .await
        .unwrap();
    kontor_access::access_changed(house.nancy.member.tenant.0);
    assert!(house.call(&andrew).await.caller.permissions.patterns().is_empty());
    assert!(house.call(&house.nancy).await.caller.permissions.cover("*"));
}
