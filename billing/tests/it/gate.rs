//! What a plan lets through.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use chrono::Duration;
use kontor_access::{Feature, Gate};
use kontor_billing::{EndTrials, MeterEvent, PlanGate};
use kontor_jobs::Job;
use kontor_kernel::{Clock, Fault, TenantId};
use kontor_store::Meter;
use kontor_testing::at;

use crate::support::World;

const ASSISTANT: Feature = Feature::new("assistant");
const PURCHASING: Feature = Feature::new("purchasing");
const CATALOG: Feature = Feature::new("catalog");

async fn refusal(gate: &PlanGate, tenant: TenantId, feature: Feature, meter: Meter) -> Option<String> {
    let refused = gate.check(tenant, feature, meter).await.err()?;
    assert!(refused.is(Fault::PlanRequired), "{refused:?}");
    Some(refused.text().to_owned())
}

#[tokio::test]
async fn a_trial_is_growth_to_its_last_second_and_then_free() {
    let world = World::new().await;
    let company = world.company("growth", Some(at("2026-03-16T09:00:00Z"))).await;
    assert_eq!(refusal(&world.gate, company, ASSISTANT, Meter::AssistantToken).await, None);
    world.clock.advance(Duration::days(14) - Duration::seconds(1));
    assert_eq!(refusal(&world.gate, company, PURCHASING, Meter::Write).await, None);
    world.clock.advance(Duration::seconds(1));
    let said = refusal(&world.gate, company, PURCHASING, Meter::Write).await.unwrap();
    assert_eq!(said, "purchasing is not in the plan Free; it is part of Starter and Growth");
    let said = refusal(&world.gate, company, ASSISTANT, Meter::AssistantToken).await.unwrap();
    assert_eq!(said, "assistant is not in the plan Free; it is part of Growth");
    assert_eq!(refusal(&world.gate, company, CATALOG, Meter::Write).await, None);
}

#[tokio::test]
async fn a_company_without_a_plan_has_what_is_free() {
    let world = World::new().await;
    assert!(refusal(&world.gate, TenantId::new(), PURCHASING, Meter::Free).await.is_some());
    assert_eq!(
        world.gate.features(TenantId::new()).await.unwrap(),
        ["core", "partners", "catalog", "inventory", "search"]
    );
}

#[tokio::test]
async fn a_feature_that_no_plan_has_is_refused() {
    let world = World::new().await;
    let company = world.company("growth", None).await;
    let said = refusal(&world.gate, company, Feature::new("payroll"), Meter::Free).await.unwrap();
    assert_eq!(said, "payroll is not in the plan Growth; it is in none of the plans");
}

#[tokio::test]
async fn an_upgrade_counts_at_once_where_it_is_made() {
    let world = World::new().await;
    let company = world.company("free", None).await;
    assert!(refusal(&world.gate, company, PURCHASING, Meter::Write).await.is_some());
    sqlx::query("update platform.subscriptions set plan_code = 'starter'")
        .execute(world.db.databases().identity())
        .await
        .unwrap();
    assert!(refusal(&world.gate, company, PURCHASING, Meter::Write).await.is_some());
    world.gate.invalidate(company);
    assert_eq!(refusal(&world.gate, company, PURCHASING, Meter::Write).await, None);
}

#[tokio::test]
async fn a_meter_that_is_used_up_closes_writes_until_the_next_month_and_leaves_reads_open() {
    let world = World::new().await;
    let company = world.company("free", None).await;
    let event = |quantity| MeterEvent::new(company, Meter::Write, quantity, world.clock.now());
    event(999).send(world.db.databases()).await.unwrap();
    assert_eq!(refusal(&world.gate, company, CATALOG, Meter::Write).await, None);
    event(1).send(world.db.databases()).await.unwrap();
    world.gate.invalidate(company);
    let said = refusal(&world.gate, company, CATALOG, Meter::Write).await.unwrap();
    assert_eq!(
        said,
        "Records written: the 1000 a month of the plan Free are used up; there is room in Starter and Growth"
    );
    assert_eq!(refusal(&world.gate, company, CATALOG, Meter::Free).await, None);
    world.clock.advance(Duration::days(30));
    assert_eq!(refusal(&world.gate, company, CATALOG, Meter::Write).await, None);
}

#[tokio::test]
async fn seats_are_refused_above_the_plans_number_and_the_plans_with_room_are_named() {
    let world = World::new().await;
    let company = world.company("free", None).await;
    let refused = async |taken| world.gate.check_seats(company, taken).await.err();
    assert!(refused(2).await.is_none());
    let said = refused(3).await.unwrap();
    assert!(said.is(Fault::PlanRequired));
    assert_eq!(said.text(), "Users: the 2 of the plan Free are taken; there is room in Starter and Growth");
    assert_eq!(refused(6).await.unwrap().text(), "Users: the 2 of the plan Free are taken; there is room in Growth");
    assert_eq!(refused(26).await.unwrap().text(), "Users: the 2 of the plan Free are taken; no plan has more");
    let growing = world.company("growth", Some(at("2026-03-16T09:00:00Z"))).await;
    assert!(world.gate.check_seats(growing, 25).await.is_ok());
    world.clock.advance(Duration::days(14));
    assert!(world.gate.check_seats(growing, 3).await.is_err(), "the trial is over");
    sqlx::query("update platform.plans set limits = limits - 'users' where code = 'free'")
        .execute(&world.db.admin().await)
        .await
        .unwrap();
    let other = PlanGate::new(world.db.databases().clone(), Arc::new(world.clock.clone()));
    assert!(other.check_seats(company, 1_000).await.is_ok(), "what is not named has no limit");
}

#[tokio::test]
async fn trials_that_are_over_become_free_and_others_stay() {
    let world = World::new().await;
    let over = world.company("growth", Some(at("2026-03-02T09:00:00Z"))).await;
    let running = world.company("growth", Some(at("2026-03-02T09:00:01Z"))).await;
    let paid = world.company("starter", None).await;
    let context = kontor_jobs::JobContext { id: 1, tenant: None, attempt: 1, max_attempts: 5 };
    EndTrials {}.run(Arc::new(world.gate.clone()), context).await.unwrap();
    let stored = async |tenant: TenantId| -> (String, String) {
        sqlx::query_as("select plan_code, state from platform.subscriptions where tenant_id = $1")
            .bind(tenant.0)
            .fetch_one(world.db.databases().identity())
            .await
            .unwrap()
    };
    assert_eq!(stored(over).await, ("free".to_owned(), "active".to_owned()));
    assert_eq!(stored(running).await, ("growth".to_owned(), "trial".to_owned()));
    assert_eq!(stored(paid).await, ("starter".to_owned(), "active".to_owned()));
}
