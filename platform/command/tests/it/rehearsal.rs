//! A rehearsal tells what would come of a write, and leaves nothing.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use kontor_access::{Caller, Company, Feature, OpenGate, Permission, Permissions};
use kontor_command::{Call, Command, Operation, Runner};
use kontor_kernel::{Currency, FixedClock, Result, TenantId, UserId, new_id};
use kontor_store::{Meter, Origin, Tx};
use kontor_testing::{TestDb, at, context};
use serde_json::json;

/// Takes a number, writes a row, and leaves everything that a write can leave.
#[derive(Debug, Clone, Copy)]
struct Stamp;

impl Command for Stamp {
    const NAME: &'static str = "test.stamp";
    const FEATURE: Feature = Feature::new("test");
    const PERMISSION: Permission = Permission::new("test.stamp");
    const METER: Meter = Meter::Write;

    type Output = i64;

    async fn run(self, tx: &mut Tx) -> Result<i64> {
        let number = tx.next_number("stamps").await?;
        write_row(tx).await;
        tx.audit("stamped", "stamps", new_id(), &json!({ "number": number }));
        tx.emit("stamps.stamped", "stamps", new_id(), &json!({ "number": number }));
        tx.meter(Meter::AssistantToken, 7);
        Ok(number)
    }
}

async fn write_row(tx: &mut Tx) {
    let tenant = tx.tenant();
    sqlx::query("insert into number_sequences (tenant_id, name, next) values ($1, 'a row of the command', 1)")
        .bind(tenant)
        .execute(tx.connection().await.unwrap())
        .await
        .unwrap();
}

fn runner(db: &TestDb) -> Runner {
    Runner::new(db.databases().clone(), Arc::new(OpenGate), Arc::new(FixedClock::at(at("2026-03-02T09:00:00Z"))))
}

/// A call by somebody with one right.
fn call(right: &str) -> Call {
    let company = Company {
        tenant: TenantId::new(),
        slug: "northwind".to_owned(),
        name: "Northwind".to_owned(),
        currency: Currency::EUR,
        locale: "en".to_owned(),
        time_zone: chrono_tz::UTC,
        brand_version: 1,
        brand_color: "#0f766e".to_owned(),
    };
    let caller = Caller {
        user: UserId::new(),
        login: new_id(),
        session: new_id(),
        name: "Nancy".to_owned(),
        email: "nancy@northwind.example".to_owned(),
        email_verified: true,
        roles: Vec::new(),
        company: Arc::new(company),
        permissions: Arc::new(Permissions::new(vec![right.to_owned()])),
    };
    Call {
        caller: Arc::new(caller),
        origin: Origin::Assistant,
        request_id: "test".to_owned(),
        address: None,
        idempotency: None,
    }
}

async fn rehearse(runner: &Runner, call: &Call) -> Result<i64> {
    runner.rehearse(call, Operation::of::<Stamp>(), &|tx| Box::pin(Stamp.run(tx))).await
}

/// Rows of each kind that a write leaves.
async fn left(db: &TestDb) -> [i64; 4] {
    [
        db.count("select count(*) from number_sequences").await,
        db.count("select count(*) from audit_log").await,
        db.count("select count(*) from outbox").await,
        db.count("select count(*) from meter_events").await,
    ]
}

#[tokio::test]
async fn a_rehearsal_takes_no_number_and_leaves_nothing() {
    let db = TestDb::new().await;
    let (runner, nancy) = (runner(&db), call("test.stamp"));
    let (one, other) = tokio::join!(rehearse(&runner, &nancy), rehearse(&runner, &nancy));
    let (one, other) = (one.unwrap(), other.unwrap());
    assert!(one < 0 && other < 0 && one != other, "stand-ins, each its own: {one}, {other}");
    assert_eq!(left(&db).await, [0, 0, 0, 0]);
    assert_eq!(runner.run(&nancy, Stamp).await.unwrap(), 1, "the first number is still there");
    assert_eq!(left(&db).await, [2, 1, 1, 2]);
}

#[tokio::test]
async fn a_rehearsal_asks_for_the_same_right() {
    let db = TestDb::new().await;
    let refused = rehearse(&runner(&db), &call("test.read")).await.unwrap_err();
    assert_eq!(refused.code(), "forbidden");
}

#[tokio::test]
async fn a_rehearsal_cannot_be_committed() {
    let db = TestDb::new().await;
    let context = context(TenantId::new());
    for read in [false, true] {
        let mut tx = Tx::begin_rehearsal(db.databases(), context.clone()).await.unwrap();
        write_row(&mut tx).await;
        let ended = if read { tx.end_read() } else { tx.commit().await };
        assert!(ended.is_err());
    }
    assert_eq!(left(&db).await, [0, 0, 0, 0]);
}
