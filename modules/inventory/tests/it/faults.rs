//! Every invariant holds on a sound stock and finds the fault that was planted.

use crate::*;

/// The invariants that a fault, planted in a sound stock, breaks.
async fn broken_by(sql: &str) -> Vec<&'static str> {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    shop.receive("2026-11-18", &[(chai, "10", "100")]).await.unwrap();
    shop.deliver("2026-11-19", &[(chai, "4")]).await.unwrap();
    shop.assert_sound().await;
    shop.company.tamper(sql).await;
    shop.company.broken(Inventory::INVARIANTS).await
}

#[tokio::test]
async fn i1_a_quantity_that_was_edited_is_found() {
    assert_eq!(broken_by("update stock_levels set on_hand = 7, average_cost = round(60 / 7.0, 6)").await, ["I1"]);
}

#[tokio::test]
async fn i1_a_move_that_was_removed_is_found() {
    assert_eq!(broken_by("delete from stock_moves where date = '2026-11-19'").await, ["I1", "I4", "I8"]);
}

#[tokio::test]
async fn i1_a_level_that_was_removed_is_found() {
    assert_eq!(broken_by("delete from stock_levels").await, ["I1", "I4"]);
}

#[tokio::test]
async fn i4_a_value_that_was_edited_is_found() {
    assert_eq!(broken_by("update stock_levels set value = 61, average_cost = round(61 / 6.0, 6)").await, ["I4"]);
}

#[tokio::test]
async fn i5_an_average_that_was_edited_is_found() {
    assert_eq!(broken_by("update stock_levels set average_cost = 10.01").await, ["I5"]);
}

#[tokio::test]
async fn i8_an_entry_that_was_moved_to_another_day_is_found() {
    let sql = "update journal_lines set date = '2026-11-20' where date = '2026-11-19'";
    assert_eq!(broken_by(sql).await, ["I8"]);
}

#[tokio::test]
async fn i8_an_entry_that_was_removed_is_found() {
    assert_eq!(broken_by("delete from journal_lines where date = '2026-11-19'").await, ["I8"]);
}

#[tokio::test]
async fn i14_stock_below_zero_or_over_reserved_is_found() {
    let below = "alter table stock_levels drop constraint stock_levels_on_hand_check, drop constraint stock_levels_reserved_check;
                 update stock_levels set on_hand = -6, average_cost = -10";
    assert_eq!(broken_by(below).await, ["I1", "I14"]);
    let reserved =
        "alter table stock_levels drop constraint stock_levels_reserved_check; update stock_levels set reserved = 7";
    assert_eq!(broken_by(reserved).await, ["I14"]);
}

#[tokio::test]
async fn the_database_refuses_stock_below_zero_by_itself() {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    shop.receive("2026-11-18", &[(chai, "10", "100")]).await.unwrap();
    assert_eq!(shop.company.refusal("update stock_levels set on_hand = -1").await, "23514");
    assert_eq!(shop.company.refusal("update stock_levels set reserved = 11").await, "23514");
}
