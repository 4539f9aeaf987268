//! Chains of seals: they grow behind the writers, and whatever is changed under them is found. A table of notes with
//! lines stands for what modules seal.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use kontor_kernel::{SystemClock, TenantId, new_id};
use kontor_store::{CheckTx, SealFault, SealedLines, SealedTable, Sealer, Tx, sealed_positions, verify};
use kontor_testing::{TestDb, context};
use sqlx::{AssertSqlSafe, PgPool};
use uuid::Uuid;

const NOTES: SealedTable = SealedTable {
    chain: "notes",
    invariant: "I10",
    table: "notes",
    columns: &["title", "amount", "noted_at", "extra"],
    lines: Some(SealedLines {
        table: "note_lines",
        parent: "note_id",
        order: "position",
        columns: &["position", "word"],
    }),
};

const SCHEMA: &str = "
create table notes (
    tenant_id uuid not null, id uuid not null, xid xid8 not null default pg_current_xact_id(),
    title text not null, amount numeric, noted_at timestamptz not null, extra jsonb,
    primary key (tenant_id, id)
);
create index notes_xid_idx on notes (xid);
select platform.append_only_table('notes');
create table note_lines (
    tenant_id uuid not null, id uuid not null, note_id uuid not null, position integer not null, word text not null,
    primary key (tenant_id, id)
);
select platform.append_only_table('note_lines');";

struct World {
    db: TestDb,
    admin: PgPool,
    sealer: Sealer,
    tenant: TenantId,
}

impl World {
    async fn new() -> Self {
        let db = TestDb::new().await;
        let admin = db.admin().await;
        sqlx::raw_sql(SCHEMA).execute(&admin).await.unwrap();
        let sealer = sealer(&db);
        Self { db, admin, sealer, tenant: TenantId::new() }
    }

    /// A world with notes a to e, sealed, and f, not sealed yet.
    async fn sealed() -> Self {
        let world = Self::new().await;
        for title in ["a", "b", "c", "d", "e"] {
            world.note(world.tenant, title).await;
        }
        assert_eq!(world.sealer.seal_new().await.unwrap(), 5);
        world.note(world.tenant, "f").await;
        world
    }

    async fn begin(&self, tenant: TenantId) -> Tx {
        Tx::begin(self.db.databases(), self.db.sequences(), context(tenant)).await.unwrap()
    }

    async fn note(&self, tenant: TenantId, title: &str) -> Uuid {
        let mut tx = self.begin(tenant).await;
        let id = write_note(&mut tx, title).await;
        tx.commit().await.unwrap();
        id
    }

    async fn faults_of(&self, tenant: TenantId, table: &SealedTable) -> Vec<SealFault> {
        let positions = sealed_positions(self.db.databases(), &[*table]).await.unwrap();
        let mut tx = CheckTx::begin(self.db.databases(), tenant).await.unwrap();
        let faults = verify(&mut tx, table, positions.first().unwrap().as_ref()).await.unwrap();
        tx.end().await.unwrap();
        faults
    }

    async fn faults(&self) -> Vec<SealFault> {
        self.faults_of(self.tenant, &NOTES).await
    }

    /// Does what only somebody who owns the server can, past triggers and row-level security.
    async fn tamper(&self, statement: &str) {
        let mut connection = self.admin.acquire().await.unwrap();
        sqlx::raw_sql("set session_replication_role = replica").execute(&mut *connection).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(&mut *connection).await.unwrap();
        sqlx::raw_sql("reset session_replication_role").execute(&mut *connection).await.unwrap();
    }

    async fn id_of(&self, title: &str) -> Uuid {
        sqlx::query_scalar("select id from notes where title = $1").bind(title).fetch_one(&self.admin).await.unwrap()
    }
}

fn sealer(db: &TestDb) -> Sealer {
    Sealer::new(db.databases().clone(), vec![SealedTable::AUDIT, NOTES], Arc::new(SystemClock))
}

/// A note with two lines.
async fn write_note(tx: &mut Tx, title: &str) -> Uuid {
    let (tenant, id, now) = (tx.tenant(), new_id(), tx.now());
    sqlx::query(
        "with note as (
             insert into notes (tenant_id, id, title, amount, noted_at, extra)
             values ($1, $2, $3, 12.50, $4, '{\"b\": 1, \"a\": null}') returning id
         )
         insert into note_lines (tenant_id, id, note_id, position, word)
         select $1, gen_random_uuid(), note.id, n, 'word ' || n from note, generate_series(1, 2) n",
    )
    .bind(tenant)
    .bind(id)
    .bind(title)
    .bind(now)
    .execute(tx.connection().await.unwrap())
    .await
    .unwrap();
    id
}

#[tokio::test]
async fn i10_an_untouched_chain_is_sound_and_its_unsealed_tail_is_no_fault() {
    let world = World::sealed().await;
    assert_eq!(world.faults().await, []);
    assert_eq!(world.sealer.seal_new().await.unwrap(), 1);
    assert_eq!(world.sealer.seal_new().await.unwrap(), 0);
    assert_eq!(world.faults().await, []);
    assert_eq!(world.db.count("select max(position) from seals").await, 6);
}

#[tokio::test]
async fn i10_an_edit_is_found() {
    let world = World::sealed().await;
    world.tamper("update notes set amount = 1250 where title = 'c'").await;
    assert_eq!(world.faults().await, [SealFault::Changed { position: 3, row: world.id_of("c").await }]);
}

#[tokio::test]
async fn i10_an_edit_that_only_changes_how_a_value_is_written_is_found() {
    let world = World::sealed().await;
    world.tamper("update notes set amount = 12.5 where title = 'a'").await;
    world.tamper("update notes set extra = null where title = 'e'").await;
    let (a, e) = (world.id_of("a").await, world.id_of("e").await);
    let expected = [SealFault::Changed { position: 1, row: a }, SealFault::Changed { position: 5, row: e }];
    assert_eq!(world.faults().await, expected);
}

#[tokio::test]
async fn i10_an_edited_added_or_removed_line_is_found() {
    let world = World::sealed().await;
    let (a, b, c) = (world.id_of("a").await, world.id_of("b").await, world.id_of("c").await);
    world.tamper(&format!("update note_lines set word = 'other' where note_id = '{a}' and position = 2")).await;
    world.tamper(&format!("delete from note_lines where note_id = '{b}' and position = 1")).await;
    let tenant = world.tenant;
    world.tamper(&format!("insert into note_lines values ('{tenant}', gen_random_uuid(), '{c}', 3, 'more')")).await;
    let expected = [(1, a), (2, b), (3, c)].map(|(position, row)| SealFault::Changed { position, row });
    assert_eq!(world.faults().await, expected);
}

#[tokio::test]
async fn i10_a_deleted_row_is_found() {
    let world = World::sealed().await;
    let row = world.id_of("b").await;
    world.tamper("delete from notes where title = 'b'").await;
    assert_eq!(world.faults().await, [SealFault::Deleted { position: 2, row }]);
}

#[tokio::test]
async fn i10_a_row_put_in_afterwards_is_found() {
    let world = World::sealed().await;
    world
        .tamper(
            "insert into notes (tenant_id, id, xid, title, noted_at)
             select tenant_id, gen_random_uuid(), xid, 'forged', noted_at from notes where title = 'c'",
        )
        .await;
    assert_eq!(world.faults().await, [SealFault::Inserted { row: world.id_of("forged").await }]);
    // Nor does sealing take it in.
    world.sealer.seal_new().await.unwrap();
    assert_eq!(world.faults().await, [SealFault::Inserted { row: world.id_of("forged").await }]);
}

#[tokio::test]
async fn i10_a_truncated_table_is_found() {
    let world = World::sealed().await;
    world.tamper("truncate notes").await;
    let faults = world.faults().await;
    assert_eq!(faults.len(), 5);
    assert!(faults.iter().all(|fault| matches!(fault, SealFault::Deleted { .. })));
}

#[tokio::test]
async fn i10_a_truncated_chain_is_found() {
    let world = World::sealed().await;
    world.tamper("delete from seals where position > 3").await;
    let faults = world.faults().await;
    let (d, e) = (world.id_of("d").await, world.id_of("e").await);
    let expected =
        [SealFault::HeadDiffers { head: 5, last: 3 }, SealFault::Inserted { row: d }, SealFault::Inserted { row: e }];
    assert_eq!(faults, expected);
}

#[tokio::test]
async fn i10_a_truncated_chain_with_its_head_moved_back_is_found() {
    let world = World::sealed().await;
    world.tamper("delete from notes where title = 'e'").await;
    world.tamper("delete from seals where position > 3").await;
    world
        .tamper("update seal_heads h set position = 3, hash = s.hash from seals s where s.position = 3 and s.chain = h.chain")
        .await;
    assert_eq!(world.faults().await, [SealFault::Inserted { row: world.id_of("d").await }]);
}

#[tokio::test]
async fn i10_a_chain_that_is_gone_altogether_is_found() {
    let world = World::sealed().await;
    world.tamper("truncate seals, seal_heads").await;
    let faults = world.faults().await;
    assert_eq!(faults.len(), 5);
    assert!(faults.iter().all(|fault| matches!(fault, SealFault::Inserted { .. })));
}

#[tokio::test]
async fn i10_a_missing_seal_is_found() {
    let world = World::sealed().await;
    world.tamper("delete from seals where position = 2").await;
    let expected = [SealFault::Missing { from: 2, to: 2 }, SealFault::Inserted { row: world.id_of("b").await }];
    assert_eq!(world.faults().await, expected);
}

#[tokio::test]
async fn i10_reordered_seals_are_found() {
    let world = World::sealed().await;
    world.tamper("update seals set position = -position where position in (2, 3)").await;
    world.tamper("update seals set position = case position when -2 then 3 else 2 end where position < 0").await;
    let (b, c, d) = (world.id_of("b").await, world.id_of("c").await, world.id_of("d").await);
    // What follows them hangs on the wrong one too.
    let expected = [(2, c), (3, b), (4, d)].map(|(position, row)| SealFault::Changed { position, row });
    assert_eq!(world.faults().await, expected);
}

#[tokio::test]
async fn t4_the_audit_chain_detects_edit_delete_and_truncation() {
    let world = World::new().await;
    for number in 0..3 {
        let mut tx = world.begin(world.tenant).await;
        tx.audit("create", "note", new_id(), &serde_json::json!({ "title": number }));
        tx.commit().await.unwrap();
    }
    world.sealer.seal_new().await.unwrap();
    assert_eq!(world.faults_of(world.tenant, &SealedTable::AUDIT).await, []);
    world.tamper("update audit_log set changes = '{\"title\": 7}' where changes = '{\"title\": 1}'").await;
    let faults = world.faults_of(world.tenant, &SealedTable::AUDIT).await;
    assert!(matches!(faults.as_slice(), [SealFault::Changed { position: 2, .. }]), "{faults:?}");
    world.tamper("truncate audit_log").await;
    assert_eq!(world.faults_of(world.tenant, &SealedTable::AUDIT).await.len(), 3);
}

#[tokio::test]
async fn a_row_that_commits_late_is_sealed_after_those_that_came_before_it() {
    let world = World::new().await;
    let mut late = world.begin(world.tenant).await;
    write_note(&mut late, "late").await;
    world.note(world.tenant, "early").await;
    assert_eq!(world.sealer.seal_new().await.unwrap(), 1);
    late.commit().await.unwrap();
    assert_eq!(world.sealer.seal_new().await.unwrap(), 1);
    assert_eq!(world.faults().await, []);
}

#[tokio::test]
async fn many_sealers_and_writers_make_one_chain() {
    let world = Arc::new(World::new().await);
    let mut tasks = tokio::task::JoinSet::new();
    for writer in 0..4 {
        let world = Arc::clone(&world);
        tasks.spawn(async move {
            for number in 0..25 {
                world.note(world.tenant, &format!("{writer}/{number}")).await;
            }
        });
    }
    for _ in 0..4 {
        let world = Arc::clone(&world);
        tasks.spawn(async move {
            let sealer = sealer(&world.db);
            for _ in 0..25 {
                sealer.seal_new().await.unwrap();
            }
        });
    }
    while let Some(done) = tasks.join_next().await {
        done.unwrap();
    }
    world.sealer.seal_new().await.unwrap();
    assert_eq!(world.db.count("select count(*) from seals").await, 100);
    assert_eq!(world.faults().await, []);
}

#[tokio::test]
async fn a_long_history_is_sealed_and_verified_page_by_page() {
    let world = World::new().await;
    let mut tx = world.begin(world.tenant).await;
    sqlx::query("insert into notes (tenant_id, id, title, noted_at) select $1, gen_random_uuid(), 'n', now() from generate_series(1, 1203)")
        .bind(world.tenant.0)
        .execute(tx.connection().await.unwrap())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(world.sealer.seal_new().await.unwrap(), 1_203);
    assert_eq!(world.faults().await, []);
}

#[tokio::test]
async fn a_tenant_whose_chain_is_broken_does_not_stop_the_others() {
    let world = World::sealed().await;
    let other = TenantId::new();
    world.tamper("update seal_heads set position = 1").await;
    world.note(other, "other's").await;
    assert_eq!(world.sealer.seal_new().await.unwrap(), 1);
    assert_eq!(world.faults_of(other, &NOTES).await, []);
    assert!(!world.faults().await.is_empty());
}

#[tokio::test]
async fn a_chain_that_is_declared_later_takes_in_what_was_there_before() {
    let world = World::new().await;
    let audit_only = Sealer::new(world.db.databases().clone(), vec![SealedTable::AUDIT], Arc::new(SystemClock));
    let mut tx = world.begin(world.tenant).await;
    write_note(&mut tx, "old").await;
    tx.audit("create", "note", new_id(), &serde_json::json!({}));
    tx.commit().await.unwrap();
    assert_eq!(audit_only.seal_new().await.unwrap(), 1);
    assert_eq!(world.sealer.seal_new().await.unwrap(), 1);
    assert_eq!(world.faults().await, []);
}
