//! A tenant's health: invariants and chains, asked together.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use kontor_command::{Invariant, Violation, check_tenant};
use kontor_kernel::{SystemClock, TenantId, new_id};
use kontor_store::{SealedTable, Sealer, Tx};
use kontor_testing::{TestDb, context};

/// A promise for the test: no sequence runs past a hundred.
const SHORT: Invariant = Invariant {
    id: "I12",
    says: "a sequence stays below a hundred",
    sql: "select format('%s is at %s', name, next) from number_sequences where next >= 100 order by name",
};

async fn sequence(db: &TestDb, tenant: TenantId, name: &str, next: i64) {
    let mut tx = Tx::begin(db.databases(), db.sequences(), context(tenant)).await.unwrap();
    sqlx::query("insert into number_sequences (tenant_id, name, next) values ($1, $2, $3)")
        .bind(tenant.0)
        .bind(name)
        .bind(next)
        .execute(tx.connection().await.unwrap())
        .await
        .unwrap();
    tx.audit("create", "sequence", new_id(), &serde_json::json!({ "name": name }));
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_check_tells_what_does_not_hold_of_this_tenant_alone() {
    let (db, tenant, other) = (TestDb::new().await, TenantId::new(), TenantId::new());
    let check = async || check_tenant(db.databases(), tenant, &[SHORT], &[SealedTable::AUDIT]).await.unwrap();
    sequence(&db, tenant, "orders", 7).await;
    sequence(&db, other, "orders", 700).await;
    Sealer::new(db.databases().clone(), vec![SealedTable::AUDIT], Arc::new(SystemClock)).seal_new().await.unwrap();
    assert_eq!(check().await, []);

    sequence(&db, tenant, "receipts", 100).await;
    let detail = "receipts is at 100".to_owned();
    assert_eq!(check().await, [Violation { id: "I12", says: "a sequence stays below a hundred", detail }]);

    let mut admin = db.admin().await.acquire().await.unwrap();
    sqlx::raw_sql("set session_replication_role = replica; delete from audit_log").execute(&mut *admin).await.unwrap();
    let found = check().await;
    assert_eq!(found.iter().map(|violation| violation.id).collect::<Vec<_>>(), ["I12", "T4"]);
    assert!(found.last().unwrap().detail.starts_with("audit: row "), "{found:?}");
}

#[tokio::test]
async fn a_check_that_cannot_be_done_is_an_error_and_not_a_clean_bill() {
    let db = TestDb::new().await;
    let broken = Invariant { id: "I0", says: "nothing", sql: "select name from no_such_table" };
    assert!(check_tenant(db.databases(), TenantId::new(), &[broken], &[]).await.is_err());
}

#[tokio::test]
async fn a_check_cannot_change_anything() {
    let db = TestDb::new().await;
    let greedy = Invariant { id: "I0", says: "nothing", sql: "delete from number_sequences returning name" };
    assert!(check_tenant(db.databases(), TenantId::new(), &[greedy], &[]).await.is_err());
}
