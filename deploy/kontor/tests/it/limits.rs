use serde_json::json;

use crate::server::Server;

#[tokio::test]
async fn a_token_that_calls_too_often_is_told_when_to_come_back() {
    let server = Server::start_with(&[("KONTOR_LIMIT_CALLS", "5")]).await;
    let (one, other) = (server.company().await, server.company().await);
    for left in (0..5).rev() {
        let answer = one.get("/api/v1/suppliers").await.expect(200);
        assert_eq!(
            (answer.header("ratelimit-limit"), answer.header("ratelimit-remaining")),
            ("5", left.to_string().as_str())
        );
        assert!(answer.header("ratelimit-reset").parse::<u64>().unwrap() >= 1);
    }
    let refused = one.get("/api/v1/suppliers").await.expect(429);
    assert_eq!((refused.code(), refused.header("content-type")), ("rate_limited", "application/problem+json"));
    assert_eq!((refused.header("ratelimit-limit"), refused.header("ratelimit-remaining")), ("5", "0"));
    let wait: u64 = refused.header("retry-after").parse().unwrap();
    // Five a minute grow back one every twelve seconds.
    assert!((1..=13).contains(&wait), "{wait}");
    assert_eq!(refused.header("ratelimit-reset"), refused.header("retry-after"));
    other.get("/api/v1/suppliers").await.expect(200);
}

#[tokio::test]
async fn a_message_to_the_assistant_counts_as_a_call_too() {
    let server = Server::start_with(&[("KONTOR_LIMIT_CALLS", "3"), ("KONTOR_LIMIT_ASSISTANT", "2")]).await;
    let spender = server.company().await;
    let conversation = spender.post("/api/v1/assistant/conversations", &json!({})).await.expect(201).id();
    for _ in 0..2 {
        spender.get("/api/v1/suppliers").await.expect(200);
    }
    let path = format!("/api/v1/assistant/conversations/{conversation}/messages");
    let refused = spender.post(&path, &json!({"text": "hello"})).await.expect(429);
    assert_eq!(refused.header("ratelimit-limit"), "3", "the calls are used up, not the messages");
}

#[tokio::test]
async fn an_address_signs_up_so_many_companies_an_hour() {
    let server = Server::start_with(&[("KONTOR_LIMIT_SIGN_UPS", "2")]).await;
    let anonymous = crate::client::Client::anonymous(&server.url);
    for _ in 0..2 {
        anonymous.post("/api/v1/sign-up", &json!({})).await.expect(422);
    }
    let refused = anonymous.post("/api/v1/sign-up", &json!({})).await.expect(429);
    assert_eq!(refused.header("ratelimit-limit"), "2");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 60, "an hour's limit grows back slowly");
}
