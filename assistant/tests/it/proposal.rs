//! S1: nothing is written without a confirmation of exactly what was shown.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use chrono::Duration;
use poem::http::Method;
use serde_json::{Value, json};

use crate::house::{House, count, items, text};

async fn drafted(house: &House) -> Value {
    let answer =
        house.ask_anew("nancy", "Order 40 Chai and 12 Aniseed Syrup from Exotic Liquids for next Friday").await;
    assert_eq!(count(&answer, "/proposals"), 1, "{answer}");
    answer.pointer("/proposals/0").unwrap().clone()
}

async fn confirm(house: &House, who: &str, proposal: &Value) -> (u16, Value) {
    house.call(who, Method::POST, &format!("/assistant/proposals/{}/confirm", text(proposal, "/id")), None).await
}

#[tokio::test]
async fn s1_what_was_shown_is_written_once() {
    let house = House::new().await;
    let proposal = drafted(&house).await;
    assert_eq!(text(&proposal, "/command"), "purchase-orders.create");
    assert_eq!(count(&proposal, "/preview/lines"), 2);
    assert_eq!(items(&proposal, "/preview/fields"), ["Supplier: Exotic Liquids", "Expected: 2026-11-27"]);
    assert_eq!(
        (text(&proposal, "/preview/lines/0/label"), text(&proposal, "/preview/lines/0/value")),
        ("Chai", "720.00")
    );
    assert_eq!(text(&proposal, "/preview/lines/0/detail"), "40 × 18.00");
    assert_eq!(house.orders().await, 0);
    let (status, result) = confirm(&house, "nancy", &proposal).await;
    assert_eq!((status, text(&result, "/type"), text(&result, "/title")), (201, "purchase-orders", "PO-00001"));
    assert!(text(&result, "/url").starts_with("/purchasing/") && text(&result, "/url").ends_with(text(&result, "/id")));
    let (_, order) = house.get("nancy", &format!("/purchase-orders/{}", text(&result, "/id"))).await;
    assert_eq!((text(&order, "/state"), text(&order, "/expected_date")), ("draft", "2026-11-27"));
    assert_eq!(text(&order, "/total"), text(&proposal, "/preview/total"));
    assert_eq!(confirm(&house, "nancy", &proposal).await.0, 409);
    assert_eq!(house.orders().await, 1);
    let by_assistant = "select count(*) from audit_log where via = 'assistant' and action = 'created'
                        and entity = 'purchase-orders' and actor_id is not null";
    assert_eq!(house.db.count(by_assistant).await, 1);
}

#[tokio::test]
async fn a_card_takes_no_number_and_is_not_metered() {
    let house = House::new().await;
    let before = house.db.count("select count(*) from meter_events where meter = 'writes'").await;
    for _ in 0..3 {
        drafted(&house).await;
    }
    let proposal = drafted(&house).await;
    assert_eq!(house.db.count("select count(*) from number_sequences where name = 'purchase_orders'").await, 0);
    assert_eq!(house.db.count("select count(*) from meter_events where meter = 'writes'").await, before);
    assert_eq!(house.db.count("select count(*) from outbox where entity = 'purchase-orders'").await, 0);
    assert!(!proposal.to_string().contains("PO-"), "{proposal}");
    assert_eq!(text(&confirm(&house, "nancy", &proposal).await.1, "/title"), "PO-00001");
}

#[tokio::test]
async fn a_card_names_the_warehouse_where_there_are_several_and_a_currency_that_is_not_the_companys() {
    let house = House::new().await;
    house.create("warehouses", json!({ "name": "Cold store" })).await;
    let supplier = house.supplier("Exotic Liquids").await;
    house.change(&format!("/suppliers/{supplier}"), json!({ "currency": "USD" })).await;
    let proposal = drafted(&house).await;
    let fields = items(&proposal, "/preview/fields");
    assert_eq!(fields.len(), 4, "{fields:?}");
    assert!(fields.iter().any(|field| field.starts_with("Deliver to: ")), "{fields:?}");
    assert!(fields.contains(&"Currency: USD".to_owned()), "{fields:?}");
    assert_eq!(confirm(&house, "nancy", &proposal).await.0, 201);
}

#[tokio::test]
async fn a_card_tells_what_the_total_is_made_of_where_there_is_tax() {
    let house = House::new().await;
    let chai = format!("/products/{}", house.product("Chai").await);
    for (percent, amounts, total) in [("0", &[][..], "720.00"), ("19", &["Untaxed: 720.00", "Tax: 136.80"], "856.80")] {
        let tax = house.create("taxes", json!({ "name": format!("At {percent} %"), "percent": percent })).await;
        house.change(&chai, json!({ "purchase_tax_id": tax.get("id") })).await;
        let answer = house.ask_anew("nancy", "Order 40 Chai from Exotic Liquids").await;
        assert_eq!(items(&answer, "/proposals/0/preview/fields"), ["Supplier: Exotic Liquids"]);
        assert_eq!(text(&answer, "/proposals/0/preview/lines/0/detail"), "40 × 18.00");
        assert_eq!(items(&answer, "/proposals/0/preview/amounts"), amounts);
        assert_eq!(text(&answer, "/proposals/0/preview/total"), total);
        let proposal = answer.pointer("/proposals/0").unwrap();
        assert_eq!(confirm(&house, "nancy", proposal).await.0, 201);
    }
}

#[tokio::test]
async fn s1_a_tax_that_changed_since_is_not_written() {
    let house = House::new().await;
    let tax = house.create("taxes", json!({ "name": "VAT", "percent": "19" })).await;
    let chai = house.product("Chai").await;
    house.change(&format!("/products/{chai}"), json!({ "purchase_tax_id": tax.get("id") })).await;
    let proposal = drafted(&house).await;
    house.change(&format!("/taxes/{}", text(&tax, "/id")), json!({ "percent": "16" })).await;
    let (status, problem) = confirm(&house, "nancy", &proposal).await;
    assert_eq!((status, text(&problem, "/code")), (409, "proposal_outdated"));
    assert_eq!(house.orders().await, 0);
}

#[tokio::test]
async fn s1_two_confirms_at_once_write_one_order() {
    let house = Arc::new(House::new().await);
    let proposal = drafted(&house).await;
    let tries = (0..8).map(|_| {
        let (house, proposal) = (Arc::clone(&house), proposal.clone());
        async move { confirm(&house, "nancy", &proposal).await.0 }
    });
    let mut statuses = futures_util::future::join_all(tries).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
    assert_eq!(house.orders().await, 1);
}

#[tokio::test]
async fn s1_a_confirm_retried_under_its_key_gets_the_same_answer() {
    let house = House::new().await;
    let proposal = drafted(&house).await;
    let path = format!("/assistant/proposals/{}/confirm", text(&proposal, "/id"));
    for _ in 0..2 {
        let response = house.send("nancy", Method::POST, &path, None, &[("idempotency-key", "once")]).await;
        response.assert_status(poem::http::StatusCode::CREATED);
    }
    assert_eq!(house.orders().await, 1);
}

#[tokio::test]
async fn s1_an_old_card_is_refused() {
    let house = House::new().await;
    let proposal = drafted(&house).await;
    house.clock.advance(Duration::minutes(15));
    let (status, problem) = confirm(&house, "nancy", &proposal).await;
    assert_eq!((status, text(&problem, "/code")), (409, "proposal_expired"));
    assert_eq!(house.orders().await, 0);
}

#[tokio::test]
async fn s1_a_changed_proposal_is_refused() {
    let house = House::new().await;
    let proposal = drafted(&house).await;
    let forged = "update proposals set input = replace(input::text, '\"40\"', '\"400\"')::json";
    sqlx::query(forged).execute(&house.admin).await.unwrap();
    assert_eq!(confirm(&house, "nancy", &proposal).await.0, 500);
    assert_eq!(house.orders().await, 0);
}

#[tokio::test]
async fn s1_a_new_price_does_not_change_what_was_shown() {
    let house = House::new().await;
    let proposal = drafted(&house).await;
    let chai = house.product("Chai").await;
    house.change(&format!("/products/{chai}"), json!({ "purchase_price": "99.00" })).await;
    let (status, result) = confirm(&house, "nancy", &proposal).await;
    assert_eq!(status, 201, "{result}");
    let (_, order) = house.get("nancy", &format!("/purchase-orders/{}", text(&result, "/id"))).await;
    assert_eq!(text(&order, "/total"), text(&proposal, "/preview/total"));
}

#[tokio::test]
async fn s1_a_record_that_would_differ_from_what_was_shown_is_not_written() {
    let house = House::new().await;
    let proposal = drafted(&house).await;
    sqlx::query("update partners set name = 'Exotic Liquids Ltd' where name = 'Exotic Liquids'")
        .execute(&house.admin)
        .await
        .unwrap();
    let (status, problem) = confirm(&house, "nancy", &proposal).await;
    assert_eq!((status, text(&problem, "/code")), (409, "proposal_outdated"));
    assert_eq!(house.orders().await, 0);
}

#[tokio::test]
async fn s1_rights_are_checked_again() {
    let house = House::new().await;
    let proposal = drafted(&house).await;
    // As if Nancy had been made a viewer since: the proposal is now the viewer's.
    sqlx::query("update proposals set user_id = (select id from users where name = 'viewer')")
        .execute(&house.admin)
        .await
        .unwrap();
    assert_eq!(confirm(&house, "viewer", &proposal).await.0, 403);
    assert_eq!(house.orders().await, 0);
}

#[tokio::test]
async fn another_persons_proposal_does_not_exist() {
    let house = House::new().await;
    let proposal = drafted(&house).await;
    let path = format!("/assistant/proposals/{}/dismiss", text(&proposal, "/id"));
    for who in ["viewer", "stranger"] {
        assert_eq!(confirm(&house, who, &proposal).await.0, 404, "{who}");
        assert_eq!(house.call(who, Method::POST, &path, None).await.0, 404, "{who}");
    }
    assert_eq!(house.orders().await, 0);
}

#[tokio::test]
async fn a_dismissed_proposal_is_never_written() {
    let house = House::new().await;
    let proposal = drafted(&house).await;
    let path = format!("/assistant/proposals/{}/dismiss", text(&proposal, "/id"));
    for _ in 0..2 {
        let (status, answer) = house.call("nancy", Method::POST, &path, None).await;
        assert_eq!((status, text(&answer, "/state")), (200, "dismissed"));
    }
    let (status, problem) = confirm(&house, "nancy", &proposal).await;
    assert_eq!((status, text(&problem, "/code")), (409, "proposal_closed"));
    assert_eq!(house.orders().await, 0);
}

#[tokio::test]
async fn a_corrected_draft_takes_the_place_of_the_old_one() {
    let house = House::new().await;
    let conversation = house.begin("nancy").await;
    let first = house.ask("nancy", &conversation, "Order 40 Chai from Exotic Liquids").await;
    let second = house.ask("nancy", &conversation, "Sorry, make that 30").await;
    assert_eq!(text(&second, "/proposals/0/preview/lines/0/detail"), "30 × 18.00", "{second}");
    assert_eq!(confirm(&house, "nancy", first.pointer("/proposals/0").unwrap()).await.0, 409);
    assert_eq!(confirm(&house, "nancy", second.pointer("/proposals/0").unwrap()).await.0, 201);
    assert_eq!(house.orders().await, 1);
}
