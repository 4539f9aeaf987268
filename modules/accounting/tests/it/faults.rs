//! Every invariant holds on sound books and finds the fault that was planted.

use kontor_accounting::Accounting;
use kontor_command::Module as _;

use crate::{company, company::Company, post_any};

const SOUND: [&str; 0] = [];

async fn books_with_entries() -> Company {
    let company = company().await;
    for day in ["2025-12-30", "2026-11-19", "2026-11-20", "2026-11-20"] {
        post_any(&company, day, "12.34").await;
    }
    assert_eq!(company.broken(Accounting::INVARIANTS).await, SOUND);
    company
}

async fn broken_by(sql: &str) -> Vec<&'static str> {
    let company = books_with_entries().await;
    company.tamper(sql).await;
    company.broken(Accounting::INVARIANTS).await
}

#[tokio::test]
async fn i6_an_amount_that_was_edited_is_found() {
    assert_eq!(
        broken_by("update journal_lines set debit = debit + 0.01 where debit > 0 and date = '2026-11-19'").await,
        ["I6", "I9"]
    );
}

#[tokio::test]
async fn i6_an_entry_of_another_amount_than_its_lines_is_found() {
    assert_eq!(broken_by("update journal_entries set amount = 12.35 where date = '2026-11-19'").await, ["I6"]);
}

#[tokio::test]
async fn i6_an_entry_without_lines_is_found() {
    assert_eq!(broken_by("delete from journal_lines where date = '2026-11-19'").await, ["I6"]);
}

#[tokio::test]
async fn i9_a_side_of_the_ledger_that_was_edited_is_found() {
    assert!(
        broken_by("update journal_lines set credit = 99 where credit > 0 and date = '2025-12-30'")
            .await
            .contains(&"I9")
    );
}

#[tokio::test]
async fn i10_an_entry_that_was_edited_is_found() {
    assert_eq!(
        broken_by("update journal_entries set updated_at = updated_at + interval '1 day' where date = '2026-11-19'")
            .await,
        ["I10"]
    );
}

#[tokio::test]
async fn i10_a_line_moved_to_another_day_is_found() {
    let sql = "update journal_lines set date = '2026-11-18' where date = '2026-11-19'";
    assert_eq!(broken_by(sql).await, ["I10"]);
}

#[tokio::test]
async fn i12_an_entry_that_was_removed_is_found() {
    for number in ["STK-2026-00001", "STK-2026-00002", "STK-2026-00003", "STK-2025-00001"] {
        let sql = format!(
            "delete from journal_lines where entry_id in (select id from journal_entries where number = '{number}');
             delete from journal_entries where number = '{number}'"
        );
        assert_eq!(broken_by(&sql).await, ["I12"], "{number}");
    }
}

#[tokio::test]
async fn a_violation_says_where_and_by_how_much() {
    let company = books_with_entries().await;
    company.tamper("update journal_lines set debit = 13 where debit > 0 and date = '2026-11-19'").await;
    let said = company.violations(&Accounting::INVARIANTS[0]).await;
    assert_eq!(said, ["journal entry STK-2026-00001 of 12.34: debits are 13.00, credits 12.34, on 2 lines"]);
}
