use std::sync::Arc;

use rust_decimal::Decimal;

use crate::*;

/// A small generator of its own, so that a failing run can be run again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

#[tokio::test]
async fn i1_i4_i5_i8_i14_hold_with_eight_at_a_time() {
    let shop = Arc::new(Shop::new().await);
    let mut products = Vec::new();
    for number in 0..4 {
        products.push(shop.product(serde_json::json!({ "name": format!("Product {number}") })).await);
    }
    let products = Arc::new(products);
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let (shop, products) = (Arc::clone(&shop), Arc::clone(&products));
            tokio::spawn(async move { work(&shop, &products, Dice(task)).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    shop.assert_sound().await;
    assert!(shop.company.db.count("select count(*) from stock_moves").await > 100);
}

async fn work(shop: &Shop, products: &[Ref<Product>], mut dice: Dice) {
    for _ in 0..15 {
        let day = format!("2026-11-{:02}", 10 + dice.roll(10));
        let mut pick = || products[usize::try_from(dice.roll(4)).unwrap()];
        let (first, second) = (pick(), pick());
        let (one, two) = ((1 + dice.roll(9)).to_string(), (1 + dice.roll(9)).to_string());
        if dice.roll(5) < 3 {
            let mut value = || Decimal::new(i64::try_from(dice.roll(10_000)).unwrap(), 2).to_string();
            let (cost, other) = (value(), value());
            shop.receive(&day, &[(first, &one, &cost), (second, &two, &other)]).await.unwrap();
        } else if let Err(error) = shop.deliver(&day, &[(first, &one), (second, &two)]).await {
            assert_eq!(error.code(), "insufficient_stock");
        }
    }
}
