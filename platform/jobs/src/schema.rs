//! The jobs' own tables. The library that owns their shape brings them up to date; we say who may touch them.

use std::time::Duration;

use graphile_worker::WorkerUtils;
use kontor_kernel::{Error, Result};
use kontor_store::sql_error;
use sqlx::postgres::PgPoolOptions;

/// The schema of the jobs' tables.
pub(crate) const SCHEMA: &str = "jobs";

/// What the worker's role needs. The library enables row-level security on its tables without any policy, so that only
/// their owner sees rows; the worker is not the owner.
const GRANTS: &str = "
do $$
declare part record;
begin
    grant usage on schema jobs to kontor_identity;
    grant select, insert, update, delete on all tables in schema jobs to kontor_identity;
    grant usage, select on all sequences in schema jobs to kontor_identity;
    revoke insert, update, delete on jobs.migrations from kontor_identity;
    revoke execute on all functions in schema jobs from public;
    grant execute on all functions in schema jobs to kontor_identity;
    for part in select c.oid::regclass as name from pg_class c
        where c.relnamespace = 'jobs'::regnamespace and c.relrowsecurity
          and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'worker')
    loop
        execute format('create policy worker on %s to kontor_identity using (true) with check (true)', part.name);
    end loop;
end $$";

/// Days of the outbox that get their partition at once, so that a new installation has them before its first event.
const FIRST_DAYS: &str = "
do $$
begin
    for ahead in 0..7 loop
        begin
            perform platform.outbox_partition((now() at time zone 'UTC')::date + ahead);
        exception when check_violation then
            -- The day began without its partition: its events stay in the rest.
        end;
    end loop;
end $$";

/// Brings the jobs' schema up to date, as its owner, after `kontor_store::migrate`.
///
/// Several at a time wait for each other.
pub async fn migrate(owner_url: &str) -> Result<()> {
    let pool = PgPoolOptions::new()
        .max_connections(2)
        .acquire_timeout(Duration::from_secs(30))
        .connect(owner_url)
        .await
        .map_err(sql_error)?;
    let mut own = pool.acquire().await.map_err(sql_error)?;
    sqlx::query("select pg_advisory_lock(hashtext('kontor jobs'), 0)").execute(&mut *own).await.map_err(sql_error)?;
    WorkerUtils::new(pool.clone(), SCHEMA).migrate().await.map_err(Error::internal)?;
    for statement in [GRANTS, FIRST_DAYS] {
        sqlx::query(statement).execute(&mut *own).await.map_err(sql_error)?;
    }
    // Closing the connection gives the lock back.
    own.close().await.map_err(sql_error)?;
    pool.close().await;
    Ok(())
}
