use kontor_accounting::{
    Accounting, Balanced, Entry, JournalEntry, JournalKind, Line, Purpose, Side, account_for, post, reverse,
};
use kontor_command::{Module as _, Registered, read_only};
use kontor_entity::Ref;
use kontor_kernel::{Currency, Rounding, Unrounded, new_id};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use sqlx::Executor as _;

use crate::{company, date, eur, post_any, post_stock};

const ENTRIES: Registered = read_only::<JournalEntry>();

#[tokio::test]
async fn a_posted_entry_shows_its_lines_and_its_source() {
    let company = company().await;
    let source = new_id();
    let id = post_stock(&company, "2026-11-20", "720", source).await.unwrap();
    let entry = company.read(ENTRIES, id).await;
    assert_eq!(entry["number"], "STK-2026-00001");
    assert_eq!(entry["source"], json!({ "type": "goods-receipts", "id": source }));
    assert_eq!(entry["date"], "2026-11-20");
    assert_eq!(entry["amount"], "720.00");
    let amount = |line: &Value, side: &str| line[side].as_str().unwrap().parse::<Decimal>().unwrap();
    let side = |line: &Value| (line["account"]["code"].clone(), amount(line, "debit"), amount(line, "credit"));
    let lines: Vec<_> = entry["lines"].as_array().unwrap().iter().map(side).collect();
    assert_eq!(
        lines,
        [(json!("3980"), Decimal::from(720), Decimal::ZERO), (json!("1605"), Decimal::ZERO, Decimal::from(720)),]
    );
    assert_eq!(entry["lines"][0]["partner_id"], Value::Null);
    let places = "select count(*) from journal_lines where scale(debit) = 2 and scale(credit) = 2";
    assert_eq!(company.db.count(places).await, 2, "amounts keep the places of their currency, also a zero");
    assert_eq!(company.db.count("select count(*) from audit_log where action = 'posted'").await, 1);
    assert_eq!(company.db.count("select count(*) from outbox where topic = 'journal-entries.posted'").await, 1);
}

#[tokio::test]
async fn each_year_of_a_journal_counts_from_one() {
    let company = company().await;
    let mut numbers = Vec::new();
    for day in ["2026-11-20", "2025-12-31", "2026-01-01"] {
        let id = post_any(&company, day, "1").await;
        numbers.push(company.read(ENTRIES, id).await["number"].clone());
    }
    assert_eq!(numbers, ["STK-2026-00001", "STK-2025-00001", "STK-2026-00002"]);
}

#[tokio::test]
async fn a_rolled_back_posting_leaves_no_gap() {
    let company = company().await;
    let source = new_id();
    post_stock(&company, "2026-11-20", "1", source).await.unwrap();
    let error = post_stock(&company, "2026-11-20", "1", source).await.unwrap_err();
    assert_eq!(error.code(), "already_posted");
    let next = post_any(&company, "2026-11-20", "1").await;
    assert_eq!(company.read(ENTRIES, next).await["number"], "STK-2026-00002");
}

#[tokio::test]
async fn numbers_pass_99999() {
    let company = company().await;
    post_any(&company, "2026-11-20", "1").await;
    company.tamper("update number_sequences set next = 100000 where name like 'journal:%'").await;
    let id = post_any(&company, "2026-11-20", "1").await;
    assert_eq!(company.read(ENTRIES, id).await["number"], "STK-2026-100000");
}

#[tokio::test]
async fn i12_many_at_a_time_leave_no_gap() {
    let company = std::sync::Arc::new(company().await);
    let tasks: Vec<_> = (0..8)
        .map(|task| {
            let company = std::sync::Arc::clone(&company);
            tokio::spawn(async move {
                for number in 0..10 {
                    let source = new_id();
                    post_stock(&company, "2026-11-20", "1", source).await.unwrap();
                    if (task + number) % 3 == 0 {
                        post_stock(&company, "2026-11-20", "1", source).await.unwrap_err();
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(company.db.count("select count(*) from journal_entries").await, 80);
    assert_eq!(company.db.count("select max(substring(number from '[0-9]+$')::bigint) from journal_entries").await, 80);
}

#[tokio::test]
async fn i11_nothing_is_posted_on_or_before_the_lock_date() {
    let company = company().await;
    company.tamper("update accounting_settings set locked_through = '2026-10-31'").await;
    for day in ["2026-10-31", "2024-01-01"] {
        let error = post_stock(&company, day, "1", new_id()).await.unwrap_err();
        assert_eq!(error.code(), "period_locked");
        assert!(error.text().contains(day), "{error}");
    }
    post_any(&company, "2026-11-01", "1").await;
}

#[tokio::test]
async fn i6_an_entry_out_of_balance_cannot_be_made() {
    let company = company().await;
    let mut tx = company.begin().await;
    let accounts = account_for(&mut tx, &[Purpose::Inventory, Purpose::GoodsReceived]).await.unwrap();
    let (debit, credit) = (|m: &str| Line::debit(accounts[0], eur(m)), |m: &str| Line::credit(accounts[1], eur(m)));
    for lines in [
        vec![],
        vec![debit("1")],
        vec![debit("1"), credit("0.99")],
        vec![debit("1"), debit("1")],
        vec![debit("0"), credit("0")],
        vec![debit("-1"), credit("-1")],
    ] {
        assert_eq!(Balanced::new(lines).unwrap_err().code(), "unbalanced_entry");
    }
    let balanced = Balanced::new(vec![debit("1.50"), credit("1"), credit("0.50")]).unwrap();
    assert_eq!(balanced.reversed().lines()[0].side, Side::Credit);
}

/// An entry of 1, its two lines on the given sides, past the code that posts.
async fn insert_by_force(debits: &str, credits: &str) -> String {
    let sql = format!(
        "with entry as (
             insert into journal_entries (tenant_id, id, number, journal_id, date, source_type, source_id, purpose,
                                          description, amount, created_at, updated_at)
             select tenant_id, gen_random_uuid(), 'X-1', id, '2026-11-20', 'x', id, 'x', 'x', 1, now(), now()
             from journals where code = 'GEN' returning tenant_id, id)
         insert into journal_lines (tenant_id, id, entry_id, position, date, account_id, debit, credit)
         select e.tenant_id, gen_random_uuid(), e.id, p, '2026-11-20', a.id, (array[{debits}])[p], (array[{credits}])[p]
         from entry e, accounts a, generate_series(1, 2) p where a.code = '1200'"
    );
    company().await.refusal(&sql).await
}

#[tokio::test]
async fn i6_an_entry_out_of_balance_is_refused_by_the_database() {
    assert_eq!(insert_by_force("1, 1", "0, 0").await, "KT003");
}

#[tokio::test]
async fn i6_an_entry_of_another_amount_than_its_lines_is_refused_by_the_database() {
    assert_eq!(insert_by_force("2, 0", "0, 2").await, "KT003");
}

#[tokio::test]
async fn i10_posted_rows_refuse_any_change() {
    let company = company().await;
    post_any(&company, "2026-11-20", "1").await;
    for sql in ["update journal_entries set description = 'x'", "delete from journal_lines", "truncate journal_lines"] {
        assert_eq!(company.refusal(sql).await, "42501");
    }
    let late = "insert into journal_lines (tenant_id, id, entry_id, position, date, account_id, debit, credit)
                select e.tenant_id, gen_random_uuid(), e.id, 2 + p, e.date, a.id, p % 2, 1 - p % 2
                from journal_entries e, accounts a, generate_series(1, 2) p where a.code = '1200'";
    assert_eq!(company.refusal(late).await, "KT001");
    let admin = company.db.admin().await;
    for sql in ["update journal_lines set debit = 2", "delete from journal_entries", "truncate journal_lines"] {
        let error = sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&admin).await.unwrap_err();
        assert_eq!(error.as_database_error().unwrap().code().unwrap(), "KT001", "{sql}");
    }
}

#[tokio::test]
async fn a_reversal_takes_everything_back_once() {
    let company = company().await;
    let id = post_any(&company, "2026-11-02", "7.50").await;
    let reverse_it = async || {
        let mut tx = company.begin().await;
        let reversal = reverse(&mut tx, Ref::new(id), date("2026-11-20")).await?;
        tx.commit().await?;
        Ok::<_, kontor_kernel::Error>(reversal)
    };
    let reversal = company.read(ENTRIES, reverse_it().await.unwrap()).await;
    assert_eq!(reversal["number"], "STK-2026-00002");
    assert_eq!(reversal["description"], "Reversal of STK-2026-00001");
    assert_eq!(reversal["reverses"]["code"], "STK-2026-00001");
    assert_eq!(reversal["lines"][0]["credit"], "7.50");
    assert_eq!(reversal["amount"], "7.50");
    assert_eq!(company.db.count("select count(*) from (select account_id from journal_lines group by 1 having sum(debit) <> sum(credit)) x").await, 0);
    assert_eq!(reverse_it().await.unwrap_err().code(), "already_reversed");
    let mut tx = company.begin().await;
    assert_eq!(reverse(&mut tx, Ref::new(new_id()), date("2026-11-20")).await.unwrap_err().code(), "not_found");
}

/// The migration that gave entries their amount, on entries that were there before it.
#[tokio::test]
async fn entries_from_before_amounts_get_theirs_and_stay_closed() {
    let company = company().await;
    for amount in ["12.34", "0.10"] {
        post_any(&company, "2026-11-20", amount).await;
    }
    let mut admin = company.db.admin().await.acquire().await.unwrap().detach();
    let before = "alter table journal_entries drop column amount; grant create on schema public to kontor_owner; set role kontor_owner";
    admin.execute(sqlx::raw_sql(before)).await.unwrap();
    let migration = include_str!("../../../../migrations/0010_entry_amount.sql");
    admin.execute(sqlx::raw_sql(migration)).await.unwrap();
    assert_eq!(company.broken(Accounting::INVARIANTS).await, [""; 0]);
    assert_eq!(company.db.count("select count(*) from journal_entries where amount in (12.34, 0.10)").await, 2);
    assert_eq!(company.refusal("update journal_entries set amount = 1").await, "42501");
    let error = admin.execute(sqlx::raw_sql("reset role; update journal_entries set amount = 1")).await.unwrap_err();
    assert_eq!(error.as_database_error().unwrap().code().unwrap(), "KT001");
    let forced =
        "select count(*) from pg_class where relname in ('journal_entries', 'journal_lines') and relforcerowsecurity";
    assert_eq!(company.db.count(forced).await, 2);
}

#[tokio::test]
async fn an_entry_in_a_foreign_currency_is_refused() {
    let company = company().await;
    let mut tx = company.begin().await;
    let accounts = account_for(&mut tx, &[Purpose::Inventory, Purpose::GoodsReceived]).await.unwrap();
    let yen = Unrounded::new("5".parse().unwrap(), Currency::JPY).round(Rounding::HalfUp).unwrap();
    let entry = Entry {
        journal: JournalKind::Stock,
        date: date("2026-11-20"),
        source_type: "goods-receipts",
        source_id: new_id(),
        purpose: "stock",
        description: "Goods received".to_owned(),
        lines: Balanced::new(vec![Line::debit(accounts[0], yen), Line::credit(accounts[1], yen)]).unwrap(),
    };
    assert_eq!(post(&mut tx, entry).await.unwrap_err().code(), "internal");
    assert!(Balanced::new(vec![Line::debit(accounts[0], yen), Line::credit(accounts[1], eur("5"))]).is_err());
}
