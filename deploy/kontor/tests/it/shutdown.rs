use serde_json::json;

use crate::server::Server;

#[tokio::test(flavor = "multi_thread")]
async fn requests_under_way_at_a_stop_are_answered() {
    let server = Server::start().await;
    let owner = server.company().await;
    let writers: Vec<_> = (0..8)
        .map(|number| {
            let owner = owner.clone();
            tokio::spawn(
                async move { owner.post("/api/v1/suppliers", &json!({"name": format!("S{number}")})).await.status },
            )
        })
        .collect();
    // The requests are on their way before the stop is said.
    tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    let admin = server.db.admin().await;
    server.stop().await;
    let mut answered = 0;
    for writer in writers {
        answered += i64::from(writer.await.is_ok_and(|status| status == 201));
    }
    let written: i64 = sqlx::query_scalar("select count(*) from partners").fetch_one(&admin).await.unwrap();
    assert_eq!(written, answered, "what was acknowledged is what was written");
}
