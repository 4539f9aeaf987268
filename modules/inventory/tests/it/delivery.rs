use serde_json::json;

use crate::*;

#[tokio::test]
async fn goods_leave_at_their_average_cost() {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    shop.receive("2026-11-18", &[(chai, "10", "100")]).await.unwrap();
    shop.receive("2026-11-19", &[(chai, "20", "260")]).await.unwrap();
    assert_eq!(shop.deliver("2026-11-20", &[(chai, "5")]).await.unwrap(), eur("60"));
    assert_eq!(shop.level(chai).await, level("25", "12", "300.00"));
    let ledger = [("1605", "-360.00"), ("3200", "60.00"), ("3980", "300.00")];
    assert_eq!(shop.ledger().await, ledger.map(|(code, sum)| (code.to_owned(), sum.to_owned())));
    shop.assert_sound().await;
}

#[tokio::test]
async fn an_empty_place_is_worth_nothing() {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    shop.receive("2026-11-20", &[(chai, "3", "10")]).await.unwrap();
    for cost in ["3.33", "3.34", "3.33"] {
        assert_eq!(shop.deliver("2026-11-20", &[(chai, "1")]).await.unwrap(), eur(cost));
        shop.assert_sound().await;
    }
    assert_eq!(shop.level(chai).await, level("0", "3.33", "0.00"));
}

#[tokio::test]
async fn i14_more_than_there_is_cannot_leave() {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    let never_seen = shop.product(json!({ "name": "Chang" })).await;
    shop.receive("2026-11-20", &[(chai, "10", "100")]).await.unwrap();
    let error = shop.deliver("2026-11-20", &[(chai, "6"), (chai, "5")]).await.unwrap_err();
    assert_eq!(error.code(), "insufficient_stock");
    assert_eq!(error.text(), "5 of P-00001 Chai were asked for, 4 are available");
    assert_eq!(shop.deliver("2026-11-20", &[(never_seen, "1")]).await.unwrap_err().code(), "insufficient_stock");
    assert_eq!(shop.level(chai).await, level("10", "10", "100.00"));
    assert_eq!(shop.company.db.count("select count(*) from stock_levels").await, 1);
}

#[tokio::test]
async fn services_are_delivered_without_stock() {
    let shop = Shop::new().await;
    let advice = shop.product(json!({ "name": "Advice", "tracked": false })).await;
    assert!(shop.deliver("2026-11-20", &[(advice, "1")]).await.unwrap().is_zero());
    assert_eq!(shop.company.db.count("select count(*) from stock_moves").await, 0);
}
