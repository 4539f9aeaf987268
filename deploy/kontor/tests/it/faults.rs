use std::sync::Arc;

use kontor_kernel::SystemClock;
use kontor_store::Sealer;
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::server::Server;

/// A company with goods received and booked, sealed as the worker does it, and nothing wrong with it.
async fn sound_company() -> Server {
    let server = Server::start().await;
    let owner = server.company().await;
    let supplier = owner.post("/api/v1/suppliers", &json!({"name": "S"})).await.expect(201).id();
    let product =
        owner.post("/api/v1/products", &json!({"name": "P", "purchase_price": "2.50"})).await.expect(201).id();
    let order = owner
        .post(
            "/api/v1/purchase-orders",
            &json!({"supplier_id": supplier, "lines": [{"product_id": product, "quantity": "4"}]}),
        )
        .await
        .expect(201)
        .id();
    owner.post(&format!("/api/v1/purchase-orders/{order}/confirm"), &json!({})).await.expect(200);
    owner.post(&format!("/api/v1/purchase-orders/{order}/receipts"), &json!({})).await.expect(201);
    let sealed = kontor::modules::registry().sealed();
    let sealer = Sealer::new(server.db.databases().clone(), sealed, Arc::new(SystemClock));
    assert!(sealer.seal_new().await.unwrap() > 0, "nothing was sealed");
    assert_eq!(server.violations().await, Vec::<String>::new());
    server
}

/// Does what no part of the product can: changes rows past row-level security, triggers and constraints.
async fn plant(server: &Server, statements: &[&str]) {
    let mut admin = PgConnection::connect(&server.db.admin_url()).await.unwrap();
    sqlx::query("set session_replication_role = replica").execute(&mut admin).await.unwrap();
    for statement in statements {
        let done = sqlx::query(AssertSqlSafe(*statement)).execute(&mut admin).await.unwrap();
        if !statement.starts_with("alter") {
            assert!(done.rows_affected() > 0, "planted nothing: {statement}");
        }
    }
    admin.close().await.unwrap();
}

/// The ids of the promises that the check says are broken.
async fn broken(server: &Server) -> Vec<String> {
    let mut ids: Vec<_> =
        server.violations().await.iter().map(|text| text.split(' ').next().unwrap_or_default().to_owned()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Plants one fault in a sound company; exactly the promises that it breaks must be named.
async fn finds(expected: &[&str], statements: &[&str]) {
    let server = sound_company().await;
    plant(&server, statements).await;
    assert_eq!(broken(&server).await, expected, "{statements:?}");
}

#[tokio::test]
async fn stock_that_no_move_brought_is_found_i1() {
    // The average follows, so that the quantity alone is wrong.
    finds(&["I1"], &["update stock_levels set on_hand = on_hand + 1, average_cost = round(value / (on_hand + 1), 6)"])
        .await;
}

#[tokio::test]
async fn a_worth_that_no_move_brought_is_found_i4() {
    finds(&["I4"], &["update stock_levels set value = value + 1, average_cost = round((value + 1) / on_hand, 6)"])
        .await;
}

#[tokio::test]
async fn a_wrong_average_cost_is_found_i5() {
    finds(&["I5"], &["update stock_levels set average_cost = average_cost + 0.01"]).await;
}

#[tokio::test]
async fn an_entry_out_of_balance_is_found_i6() {
    // The books as a whole and the seal are broken by it as well.
    finds(&["I10", "I6", "I9"], &["update journal_lines set credit = credit + 0.01 where credit > 0"]).await;
}

#[tokio::test]
async fn stock_that_the_books_do_not_show_is_found_i8() {
    let to_another_account = "update journal_lines l set account_id = (select id from accounts a
         where a.tenant_id = l.tenant_id and a.kind = 'asset' and a.purpose is distinct from 'inventory' limit 1)
         where exists (select from accounts a where a.id = l.account_id and a.purpose = 'inventory')";
    finds(&["I10", "I8"], &[to_another_account]).await;
}

#[tokio::test]
async fn books_that_do_not_sum_to_zero_are_found_i9() {
    // A line without an entry: every entry balances, the books do not.
    let stray = "insert into journal_lines (tenant_id, id, entry_id, position, date, account_id, debit, credit)
         select l.tenant_id, gen_random_uuid(), gen_random_uuid(), 1, l.date, a.id, 5, 0
         from journal_lines l join accounts a on a.tenant_id = l.tenant_id and a.purpose = 'bank' limit 1";
    finds(&["I9"], &[stray]).await;
}

#[tokio::test]
async fn an_edited_journal_entry_is_found_i10() {
    finds(&["I10"], &["update journal_entries set description = description || '!'"]).await;
}

#[tokio::test]
async fn a_journal_entry_put_in_afterwards_is_found_i10() {
    let server = sound_company().await;
    let copy = "with entry as (
            insert into journal_entries (tenant_id, id, xid, number, journal_id, date, source_type, source_id, purpose,
                                         description, amount, created_at, updated_at)
            select tenant_id, gen_random_uuid(), xid, number || 'a', journal_id, date, source_type, gen_random_uuid(),
                   purpose, description, 5, created_at, updated_at
            from journal_entries limit 1 returning tenant_id, id, date)
        insert into journal_lines (tenant_id, id, entry_id, position, date, account_id, debit, credit)
        select e.tenant_id, gen_random_uuid(), e.id, side, e.date,
               (select a.id from accounts a where a.tenant_id = e.tenant_id and a.purpose = 'bank'),
               case side when 1 then 5 else 0 end, case side when 2 then 5 else 0 end
        from entry e, generate_series(1, 2) side";
    plant(&server, &[copy]).await;
    assert!(broken(&server).await.contains(&"I10".to_owned()));
}

#[tokio::test]
async fn a_deleted_journal_entry_is_found_i10() {
    let server = sound_company().await;
    plant(&server, &["delete from journal_lines", "delete from journal_entries"]).await;
    assert!(broken(&server).await.contains(&"I10".to_owned()));
}

#[tokio::test]
async fn a_receipt_cut_off_is_found_i10() {
    let server = sound_company().await;
    plant(&server, &["delete from goods_receipt_lines", "delete from goods_receipts"]).await;
    assert!(broken(&server).await.contains(&"I10".to_owned()));
}

#[tokio::test]
async fn more_received_than_ordered_is_found_i13() {
    finds(&["I13"], &["update purchase_order_lines set quantity = quantity - 1"]).await;
}

#[tokio::test]
async fn a_receipt_that_the_order_does_not_know_is_found_i13() {
    finds(&["I13"], &["update purchase_order_lines set received = received - 1"]).await;
}

#[tokio::test]
async fn more_reserved_than_on_hand_is_found_i14() {
    let without_constraint = "alter table stock_levels drop constraint stock_levels_reserved_check";
    finds(&["I14"], &[without_constraint, "update stock_levels set reserved = on_hand + 1"]).await;
}
