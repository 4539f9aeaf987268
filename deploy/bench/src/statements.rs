use std::collections::BTreeMap;

use kontor_postgres::Cluster;
use sqlx::{Connection, PgConnection};

use crate::{
    client::Connection as Http,
    data::{DATABASE, Data},
    load::{Work, one_of},
    server::Server,
};

/// Calls of each kind that are counted.
const CALLS: i64 = 20;

/// Sets what PostgreSQL counts: `none` while times are taken, so that counting costs neither side.
pub async fn track(cluster: &Cluster, what: &str) -> anyhow::Result<()> {
    let mut admin = PgConnection::connect(&cluster.url("postgres", DATABASE)).await?;
    let statement = format!("alter system set pg_stat_statements.track = '{what}'");
    sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut admin).await?;
    sqlx::query("select pg_reload_conf()").execute(&mut admin).await?;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    Ok(())
}

/// Statements per call, begin and commit among them.
pub async fn count(cluster: &Cluster, server: &Server, data: &Data) -> anyhow::Result<BTreeMap<Work, f64>> {
    track(cluster, "top").await?;
    let mut admin = PgConnection::connect(&cluster.url("postgres", DATABASE)).await?;
    let mut http = Http::open(&server.address, &data.token).await?;
    let mut counts = BTreeMap::new();
    for work in Work::ALL {
        one_of(work, &mut http, data).await?;
        sqlx::query("select pg_stat_statements_reset()").execute(&mut admin).await?;
        for _ in 0..CALLS {
            one_of(work, &mut http, data).await?;
        }
        let total: i64 = sqlx::query_scalar(
            "select coalesce(sum(calls), 0)::int8 from pg_stat_statements s join pg_roles r on r.oid = s.userid
             where r.rolname = 'kontor_app'",
        )
        .fetch_one(&mut admin)
        .await?;
        counts.insert(work, f64::from(i32::try_from(total)?) / f64::from(i32::try_from(CALLS)?));
    }
    track(cluster, "none").await?;
    Ok(counts)
}
