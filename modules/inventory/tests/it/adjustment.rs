use kontor_command::RecordAction as _;
use kontor_inventory::AdjustStock;
use kontor_kernel::UnitPrice;
use serde_json::json;

use crate::*;

async fn count(shop: &Shop, product: Ref<Product>, counted: &str, unit_cost: Option<&str>) -> Result<Value> {
    let count = AdjustStock {
        warehouse_id: shop.warehouse,
        quantity_counted: quantity(counted),
        unit_cost: unit_cost.map(|cost| UnitPrice::new(cost.parse().unwrap())),
        reason: "Stocktaking".to_owned(),
    };
    let mut tx = shop.company.begin().await;
    let written = AdjustStock::run(count.on(product.id(), None), &mut tx).await?;
    tx.commit().await?;
    Ok(serde_json::from_str(&written.json).unwrap())
}

#[tokio::test]
async fn a_count_sets_the_stock_and_posts_the_difference() {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    shop.receive("2026-11-20", &[(chai, "10", "100")]).await.unwrap();
    let answer = count(&shop, chai, "8", None).await.unwrap();
    assert_eq!((&answer["on_hand"], &answer["value"]), (&json!("8"), &json!("80.00")));
    assert_eq!(answer["product"]["name"], "Chai");
    count(&shop, chai, "9", Some("19")).await.unwrap();
    assert_eq!(shop.level(chai).await, level("9", "11", "99.00"));
    let ledger = [("1605", "-100.00"), ("3960", "1.00"), ("3980", "99.00")];
    assert_eq!(shop.ledger().await, ledger.map(|(code, sum)| (code.to_owned(), sum.to_owned())));
    count(&shop, chai, "0", None).await.unwrap();
    assert_eq!(shop.level(chai).await, level("0", "11", "0.00"));
    shop.assert_sound().await;
}

#[tokio::test]
async fn a_count_that_agrees_moves_nothing() {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    shop.receive("2026-11-20", &[(chai, "10", "100")]).await.unwrap();
    let answer = count(&shop, chai, "10", Some("99")).await.unwrap();
    assert_eq!(answer["average_cost"], "10");
    assert_eq!(shop.company.db.count("select count(*) from stock_moves").await, 1);
}

#[tokio::test]
async fn the_first_count_takes_the_purchase_price() {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    count(&shop, chai, "2", None).await.unwrap();
    assert_eq!(shop.level(chai).await, level("2", "18", "36.00"));
    let unpriced = shop.product(json!({ "name": "Chang" })).await;
    let error = count(&shop, unpriced, "2", None).await.unwrap_err();
    assert_eq!((error.code(), error.violations()[0].field.as_ref()), ("cost_unknown", "unit_cost"));
    count(&shop, unpriced, "2", Some("1.25")).await.unwrap();
    shop.assert_sound().await;
}

#[tokio::test]
async fn what_cannot_be_counted_is_refused() {
    let shop = Shop::new().await;
    let (chai, advice) =
        (shop.product(chai()).await, shop.product(json!({ "name": "Advice", "tracked": false })).await);
    assert_eq!(count(&shop, chai, "1.5", None).await.unwrap_err().code(), "quantity_too_fine");
    assert_eq!(count(&shop, advice, "1", None).await.unwrap_err().code(), "not_tracked");
    assert_eq!(count(&shop, Ref::new(new_id()), "1", None).await.unwrap_err().code(), "not_found");
    let elsewhere = Shop { warehouse: Ref::new(new_id()), company: shop.company };
    let error = count(&elsewhere, chai, "1", None).await.unwrap_err();
    assert_eq!((error.code(), error.violations()[0].field.as_ref()), ("unknown_link", "warehouse_id"));
}
