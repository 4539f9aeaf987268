//! Conversations: whose they are, what may be said, how the answer comes.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use poem::http::Method;
use serde_json::{Value, json};

use crate::house::{House, count, text};

#[tokio::test]
async fn a_conversation_is_named_by_its_first_message_and_kept() {
    let house = House::new().await;
    let (status, named) = house.post("nancy", "/assistant/conversations", &json!({ "title": "Tea" })).await;
    assert_eq!((status, text(&named, "/title")), (201, "Tea"));
    let id = house.begin("nancy").await;
    house.ask("nancy", &id, "How many Chai do we have?").await;
    let (status, page) = house.get("nancy", &format!("/assistant/conversations/{id}")).await;
    assert_eq!(status, 200);
    assert_eq!(text(&page, "/title"), "How many Chai do we have?");
    assert_eq!(count(&page, "/messages"), 2);
    assert_eq!((text(&page, "/messages/0/author"), text(&page, "/messages/1/author")), ("user", "assistant"));
    let (_, first) = house.get("nancy", "/assistant/conversations?limit=1").await;
    assert_eq!((count(&first, "/data"), text(&first, "/data/0/id")), (1, id.as_str()));
    let (_, rest) =
        house.get("nancy", &format!("/assistant/conversations?cursor={}", text(&first, "/next_cursor"))).await;
    assert_eq!((count(&rest, "/data"), rest.pointer("/next_cursor")), (1, Some(&Value::Null)));
}

#[tokio::test]
async fn another_persons_conversation_does_not_exist() {
    let house = House::new().await;
    let id = house.begin("nancy").await;
    for who in ["viewer", "stranger"] {
        let (status, _) = house.get(who, &format!("/assistant/conversations/{id}")).await;
        assert_eq!(status, 404, "{who}");
        for said in ["Hello", ""] {
            let path = format!("/assistant/conversations/{id}/messages");
            assert_eq!(house.post(who, &path, &json!({ "text": said })).await.0, 404, "{who}");
        }
        assert_eq!(count(&house.get(who, "/assistant/conversations").await.1, "/data"), 0, "{who}");
    }
    assert_eq!(house.get("nancy", "/assistant/conversations/none").await.0, 404);
}

#[tokio::test]
async fn who_may_not_use_the_assistant_is_told_so() {
    let house = House::new().await;
    assert_eq!(house.post("outsider", "/assistant/conversations", &json!({})).await.0, 403);
    assert_eq!(house.get("outsider", "/assistant/conversations").await.0, 403);
}

#[tokio::test]
async fn an_empty_or_endless_message_is_a_violation_on_text() {
    let house = House::new().await;
    let id = house.begin("nancy").await;
    let path = format!("/assistant/conversations/{id}/messages");
    for (said, code) in [
        (json!({ "text": "" }), "required"),
        (json!({ "text": "  " }), "required"),
        (json!({}), "required"),
        (json!({ "text": "a".repeat(20_000) }), "too_long"),
        (json!({ "text": "a".repeat(4_001) }), "too_long"),
    ] {
        let (status, problem) = house.post("nancy", &path, &said).await;
        assert_eq!((status, text(&problem, "/code")), (422, "invalid_fields"));
        assert_eq!((text(&problem, "/errors/0/field"), text(&problem, "/errors/0/code")), ("text", code));
    }
    let (status, problem) = house.post("nancy", &path, &json!({ "text": "Hello", "model": "other" })).await;
    assert_eq!((status, text(&problem, "/errors/0/field")), (422, "model"));
    assert_eq!(house.post("nancy", &path, &json!({ "text": "ä".repeat(4_000) })).await.0, 200);
    assert_eq!(house.db.count("select count(*) from messages").await, 2);
}

#[tokio::test]
async fn the_answer_is_streamed_in_steps_tokens_cards_and_done() {
    let house = House::new().await;
    let id = house.begin("nancy").await;
    let path = format!("/assistant/conversations/{id}/messages");
    let body = json!({ "text": "Order 40 Chai from Exotic Liquids" });
    let response = house.send("nancy", Method::POST, &path, Some(&body), &[]).await;
    assert!(response.0.content_type().unwrap().starts_with("text/event-stream"));
    let events = parse_events(&response.0.into_body().into_string().await.unwrap());
    let names: Vec<&str> = events.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.first(), Some(&"step"));
    assert_eq!((names.iter().rev().nth(1), names.last()), (Some(&"card"), Some(&"done")));
    let told: String = events.iter().filter(|(name, _)| name == "token").map(|(_, data)| text(data, "/text")).collect();
    let done = &events.last().unwrap().1;
    assert_eq!(told, text(done, "/text"));
    let card = &events.iter().find(|(name, _)| name == "card").unwrap().1;
    assert_eq!(text(card, "/proposal/id"), text(done, "/proposals/0/id"));
}

#[tokio::test]
async fn the_answer_is_stored_when_nobody_waits_for_it() {
    let house = House::new().await;
    let id = house.begin("nancy").await;
    let path = format!("/assistant/conversations/{id}/messages");
    let body = json!({ "text": "Order 40 Chai from Exotic Liquids" });
    drop(house.send("nancy", Method::POST, &path, Some(&body), &[]).await);
    for _ in 0..100 {
        if house.db.count("select count(*) from proposals").await == 1 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("the answer was not stored");
}

#[tokio::test]
async fn a_retried_message_gets_the_same_answer() {
    let house = House::new().await;
    let id = house.begin("nancy").await;
    let path = format!("/assistant/conversations/{id}/messages");
    let body = json!({ "text": "Order 40 Chai from Exotic Liquids" });
    let headers = [("idempotency-key", "order-tea"), ("accept", "application/json")];
    let mut answers = Vec::new();
    for _ in 0..2 {
        let response = house.send("nancy", Method::POST, &path, Some(&body), &headers).await;
        answers.push(response.0.into_body().into_string().await.unwrap());
    }
    assert_eq!(answers.first(), answers.last());
    assert_eq!(house.db.count("select count(*) from messages").await, 2);
    assert_eq!(house.db.count("select count(*) from proposals").await, 1);
}

fn parse_events(stream: &str) -> Vec<(String, Value)> {
    stream
        .split("\n\n")
        .filter_map(|event| {
            let name = event.lines().find_map(|line| line.strip_prefix("event: "))?;
            let data = event.lines().find_map(|line| line.strip_prefix("data: "))?;
            Some((name.to_owned(), serde_json::from_str(data).unwrap()))
        })
        .collect()
}
