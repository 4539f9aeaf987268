//! One connection, and what becomes of it when a transaction ends in one way or another.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use kontor_kernel::{Result, TenantId};
use kontor_store::{DatabaseUrls, Databases, Transaction, Tx};
use kontor_testing::{TestDb, context};
use tokio::{
    task::JoinHandle,
    time::{sleep, timeout},
};

struct Pool {
    db: TestDb,
    databases: Databases,
}

impl Pool {
    async fn new() -> Self {
        let db = TestDb::new().await;
        let databases = Databases::open(&DatabaseUrls { app_connections: 1, ..db.urls() }).unwrap();
        Self { db, databases }
    }

    async fn begin(&self) -> Transaction {
        Transaction::begin(self.databases.pool(TenantId::new()), "begin").await.unwrap()
    }

    async fn begin_read(&self) -> Tx {
        Tx::begin_read(&self.databases, self.db.sequences(), context(TenantId::new())).await.unwrap()
    }

    /// The session of the one connection.
    async fn session(&self) -> i32 {
        let mut tx = self.begin().await;
        let session = sqlx::query_scalar("select pg_backend_pid()").fetch_one(tx.connection().unwrap()).await.unwrap();
        tx.commit().await.unwrap();
        session
    }

    /// Somebody who waits for the one connection.
    async fn somebody_waits(&self) -> JoinHandle<Result<Transaction>> {
        let databases = self.databases.clone();
        let waiting = tokio::spawn(async move { Transaction::begin(databases.pool(TenantId::new()), "begin").await });
        sleep(Duration::from_millis(20)).await;
        waiting
    }

    /// Waits until no session of the pool's role has a transaction open.
    async fn rests(&self) {
        let open = "select count(*) from pg_stat_activity
                    where datname = current_database() and usename = 'kontor_app' and xact_start is not null";
        let rest = async {
            while self.db.count(open).await > 0 {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(Duration::from_secs(10), rest).await.unwrap();
    }
}

#[tokio::test]
async fn a_read_that_ends_leaves_nothing_open() {
    let pool = Pool::new().await;
    let session = pool.session().await;
    let tenant = TenantId::new();
    for _ in 0..50 {
        let mut tx = Tx::begin_read(&pool.databases, pool.db.sequences(), context(tenant)).await.unwrap();
        let seen: String = sqlx::query_scalar("select current_setting('app.tenant_id')")
            .fetch_one(tx.connection().await.unwrap())
            .await
            .unwrap();
        assert_eq!(seen, tenant.0.to_string());
        tx.end_read().unwrap();
    }
    pool.rests().await;
    assert_eq!(pool.session().await, session, "the connection was given up");
    let mut tx = pool.begin().await;
    let left: Option<String> = sqlx::query_scalar("select nullif(current_setting('app.tenant_id', true), '')")
        .fetch_one(tx.connection().unwrap())
        .await
        .unwrap();
    assert_eq!(left, None, "the next transaction sees the tenant of the last");
}

#[tokio::test]
async fn a_write_begins_on_the_connection_of_a_read_that_just_ended() {
    let pool = Pool::new().await;
    let session = pool.session().await;
    pool.begin_read().await.end_read().unwrap();
    let mut tx = pool.begin().await;
    let (now, read_only): (i32, String) =
        sqlx::query_as("select pg_backend_pid(), current_setting('transaction_read_only')")
            .fetch_one(tx.connection().unwrap())
            .await
            .unwrap();
    assert_eq!((now, read_only.as_str()), (session, "off"));
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn who_waits_gets_the_connection_of_a_read_that_ends() {
    let pool = Pool::new().await;
    let session = pool.session().await;
    let read = pool.begin_read().await;
    let waiting = pool.somebody_waits().await;
    read.end_read().unwrap();
    timeout(Duration::from_secs(1), waiting).await.unwrap().unwrap().unwrap().commit().await.unwrap();
    assert_eq!(pool.session().await, session);
    // Nobody ends what was left for somebody who is gone but the pool itself.
    let read = pool.begin_read().await;
    let waiting = pool.somebody_waits().await;
    read.end_read().unwrap();
    waiting.abort();
    pool.rests().await;
    pool.session().await;
}

#[tokio::test]
async fn a_transaction_given_up_is_rolled_back_and_its_connection_used_again() {
    let pool = Pool::new().await;
    let session = pool.session().await;
    let mut tx = pool.begin().await;
    sqlx::query("select pg_advisory_xact_lock(4711)").execute(tx.connection().unwrap()).await.unwrap();
    drop(tx);
    pool.rests().await;
    // Given up in the middle of a statement, which has to end before the connection is good for another.
    let mut tx = pool.begin().await;
    let slow = sqlx::query("select pg_sleep(0.3)").execute(tx.connection().unwrap());
    assert!(timeout(Duration::from_millis(50), slow).await.is_err());
    drop(tx);
    assert_eq!(pool.session().await, session, "the connection was given up");
    pool.rests().await;
}

#[tokio::test]
async fn a_session_that_the_server_ended_is_replaced() {
    let pool = Pool::new().await;
    let session = pool.session().await;
    let ended = "select count(pg_terminate_backend(pid)) from pg_stat_activity
                 where datname = current_database() and usename = 'kontor_app'";
    assert_eq!(pool.db.count(ended).await, 1);
    sleep(Duration::from_millis(100)).await;
    // Who meets it first may fail; nobody after.
    let databases = pool.databases.pool(TenantId::new());
    if let Ok(tx) = Transaction::begin(databases, "begin").await {
        tx.rollback().await.unwrap();
    }
    assert_ne!(pool.session().await, session);
    // After a rest the connection is asked before it is used: nobody fails.
    assert_eq!(pool.db.count(ended).await, 1);
    sleep(Duration::from_millis(1_100)).await;
    pool.session().await;
}
