use futures_util::future::join_all;
use serde_json::json;

use crate::{client::Client, server::Server};

async fn invite(owner: &Client, name: &str) -> crate::client::Answer {
    let body = json!({"name": name, "email": format!("{name}@example.com"), "roles": ["viewer"]});
    owner.post("/api/v1/users", &body).await
}

/// An owner whose company is on a plan from the beginning.
async fn owner_on(server: &Server, plan: &str) -> Client {
    let owner = server.company().await;
    sqlx::query("update platform.subscriptions set plan_code = $1, state = 'active'")
        .bind(plan)
        .execute(&server.db.admin().await)
        .await
        .unwrap();
    owner
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_invitations_at_the_same_moment_the_plan_s_number_is_sent() {
    let server = Server::start().await;
    let owner = owner_on(&server, "starter").await;
    let names: Vec<String> = (0..16).map(|number| format!("colleague{number}")).collect();
    let answers = join_all(names.iter().map(|name| invite(&owner, name))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 4, "with the owner five");
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!((answer.status, answer.code()), (402, "plan_required"));
        assert_eq!(answer.text("/detail"), "Users: the 5 of the plan Starter are taken; there is room in Growth");
    }
    let listed = owner.get("/api/v1/users?limit=200").await.expect(200);
    assert_eq!(listed.body["data"].as_array().unwrap().len(), 5);
    assert_eq!(server.db.count("select count(*) from platform.mails where subject like '%lädt Sie%'").await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_back_needs_a_seat_again() {
    let server = Server::start().await;
    let owner = owner_on(&server, "free").await;
    let janet = invite(&owner, "janet").await.expect(201).id();
    invite(&owner, "steven").await.expect(402);
    owner.post(&format!("/api/v1/users/{janet}/deactivate"), &json!({})).await.expect(200);
    let steven = invite(&owner, "steven").await.expect(201).id();
    let refused = owner.post(&format!("/api/v1/users/{janet}/reactivate"), &json!({})).await.expect(402);
    assert_eq!(refused.code(), "plan_required");
    owner.post(&format!("/api/v1/users/{steven}/deactivate"), &json!({})).await.expect(200);
    let back = owner.post(&format!("/api/v1/users/{janet}/reactivate"), &json!({})).await.expect(200);
    assert_eq!(back.text("/state"), "invited");
}
