use kontor_command::read_only;
use kontor_inventory::{Receipt, ReceivedLine, StockMove, stock_on_hand};
use kontor_kernel::new_id;
use serde_json::json;
use sqlx::Row as _;

use crate::*;

#[tokio::test]
async fn received_goods_are_in_stock_in_the_moves_and_in_the_ledger() {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    let source = shop.receive("2026-11-20", &[(chai, "40", "720")]).await.unwrap();
    assert_eq!(shop.level(chai).await, level("40", "18", "720.00"));
    let admin = shop.company.db.admin().await;
    let id: Uuid = sqlx::query("select id from stock_moves").fetch_one(&admin).await.unwrap().get(0);
    let moved = shop.company.read(read_only::<StockMove>(), id).await;
    assert_eq!(moved["source"], json!({ "type": "goods-receipts", "id": source }));
    assert_eq!(moved["from_location"]["code"], "Suppliers");
    assert_eq!(moved["to_location"]["code"], "WH/Stock");
    let figures = ["quantity", "unit_cost", "value", "balance"].map(|name| moved[name].as_str().unwrap().to_owned());
    assert_eq!(figures, ["40", "18", "720.00", "40"]);
    let ledger = [("1605", "-720.00"), ("3980", "720.00")].map(|(code, sum)| (code.to_owned(), sum.to_owned()));
    assert_eq!(shop.ledger().await, ledger);
    shop.assert_sound().await;
}

#[tokio::test]
async fn the_same_product_on_several_lines_moves_line_by_line() {
    let shop = Shop::new().await;
    let (chai, syrup) = (shop.product(chai()).await, shop.product(json!({ "name": "Aniseed Syrup" })).await);
    shop.receive("2026-11-20", &[(chai, "2", "10"), (syrup, "1", "7"), (chai, "1", "20.01")]).await.unwrap();
    assert_eq!(shop.level(chai).await, level("3", "10.003333", "30.01"));
    let balances: Vec<String> =
        sqlx::query_scalar("select balance::text from stock_moves where product_id = $1 order by id")
            .bind(chai.id())
            .fetch_all(&shop.company.db.admin().await)
            .await
            .unwrap();
    assert_eq!(balances, ["2", "3"]);
    assert_eq!(shop.company.db.count("select count(*) from journal_entries").await, 1);
    let mut tx = shop.company.begin().await;
    let stock = stock_on_hand(&mut tx, &[chai, syrup]).await.unwrap();
    assert_eq!(stock.iter().map(|stock| stock.available.value().to_string()).collect::<Vec<_>>(), ["3", "1"]);
    shop.assert_sound().await;
}

#[tokio::test]
async fn products_whose_stock_is_not_kept_are_an_expense() {
    let shop = Shop::new().await;
    let (chai, advice) =
        (shop.product(chai()).await, shop.product(json!({ "name": "Advice", "tracked": false })).await);
    shop.receive("2026-11-20", &[(chai, "1", "18"), (advice, "2", "100")]).await.unwrap();
    assert_eq!(shop.company.db.count("select count(*) from stock_moves").await, 1);
    let ledger = [("1605", "-118.00"), ("3200", "100.00"), ("3980", "18.00")];
    assert_eq!(shop.ledger().await, ledger.map(|(code, sum)| (code.to_owned(), sum.to_owned())));
    shop.assert_sound().await;
}

#[tokio::test]
async fn goods_for_nothing_are_posted_nowhere() {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    shop.receive("2026-11-20", &[(chai, "5", "0")]).await.unwrap();
    assert_eq!(shop.level(chai).await, level("5", "0", "0.00"));
    assert_eq!(shop.company.db.count("select count(*) from journal_entries").await, 0);
    shop.assert_sound().await;
}

#[tokio::test]
async fn a_line_is_received_once() {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    let line = ReceivedLine { source_line_id: new_id(), product: chai, quantity: quantity("1"), value: eur("18") };
    let receipt = |source_id| Receipt {
        warehouse: shop.warehouse,
        date: shop.company.today(),
        source_type: "goods-receipts",
        source_id,
        lines: vec![line],
    };
    let mut tx = shop.company.begin().await;
    take_in(&mut tx, receipt(new_id())).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = shop.company.begin().await;
    take_in(&mut tx, receipt(new_id())).await.unwrap();
    assert_eq!(tx.commit().await.unwrap_err().code(), "already_moved");
    assert_eq!(shop.level(chai).await, level("1", "18", "18.00"));
}

#[tokio::test]
async fn i8_a_backdated_receipt_changes_stock_and_ledger_of_its_own_date() {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    shop.receive("2026-11-20", &[(chai, "10", "100")]).await.unwrap();
    shop.deliver("2026-11-20", &[(chai, "4")]).await.unwrap();
    shop.receive("2026-10-01", &[(chai, "10", "140")]).await.unwrap();
    assert_eq!(shop.level(chai).await, level("16", "12.5", "200.00"));
    shop.assert_sound().await;
}

#[tokio::test]
async fn i11_nothing_is_received_on_or_before_the_lock_date() {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    shop.company.tamper("update accounting_settings set locked_through = '2026-10-31'").await;
    // Also what is worth nothing and would be posted nowhere.
    for value in ["18", "0"] {
        let error = shop.receive("2026-10-31", &[(chai, "1", value)]).await.unwrap_err();
        assert_eq!(error.code(), "period_locked");
    }
    assert_eq!(shop.company.db.count("select count(*) from stock_levels").await, 0);
    shop.receive("2026-11-01", &[(chai, "1", "18")]).await.unwrap();
}

#[tokio::test]
async fn i10_moves_refuse_any_change() {
    let shop = Shop::new().await;
    let chai = shop.product(chai()).await;
    shop.receive("2026-11-20", &[(chai, "1", "18")]).await.unwrap();
    for sql in ["update stock_moves set quantity = 2", "delete from stock_moves", "truncate stock_moves"] {
        assert_eq!(shop.company.refusal(sql).await, "42501");
        let error = sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&shop.company.db.admin().await).await.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().code().unwrap(), "KT001", "{sql}");
    }
}
