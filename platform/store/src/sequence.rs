use std::{sync::Arc, time::Duration};

use kontor_kernel::{Result, TenantId};
use moka::sync::Cache;
use tokio::sync::Mutex;

use crate::{Databases, constraint::sql_error};

/// Numbers that may have gaps, handed out from blocks taken in advance.
///
/// One counter row per tenant, updated by every order, would make all writers of a tenant wait for each other's commit.
/// So a process takes a block of numbers in a short transaction of its own and hands them out from memory.
#[derive(Debug)]
pub struct Sequences {
    databases: Databases,
    blocks: Cache<(TenantId, String), Arc<Mutex<Block>>>,
}

#[derive(Debug, Default)]
struct Block {
    next: i64,
    end: i64,
    /// The size of the last block: a busy series takes larger ones.
    size: i64,
}

const SMALLEST_BLOCK: i64 = 1;
const LARGEST_BLOCK: i64 = 64;

impl Sequences {
    pub fn new(databases: Databases) -> Self {
        let blocks = Cache::builder().max_capacity(50_000).time_to_idle(Duration::from_secs(3_600)).build();
        Self { databases, blocks }
    }

    /// The next number of `series`, from 1.
    pub async fn next(&self, tenant: TenantId, series: &str) -> Result<i64> {
        let block = self.blocks.get_with((tenant, series.to_owned()), Arc::default);
        let mut block = block.lock().await;
        if block.next >= block.end {
            let size = if block.size == 0 { SMALLEST_BLOCK } else { (block.size * 4).min(LARGEST_BLOCK) };
            let end = self.take(tenant, series, size).await?;
            *block = Block { next: end - size, end, size };
        }
        let number = block.next;
        block.next += 1;
        Ok(number)
    }

    /// Takes `size` numbers and returns the first number after them.
    async fn take(&self, tenant: TenantId, series: &str, size: i64) -> Result<i64> {
        sqlx::query_scalar(
            "with tenant as materialized (select set_config('app.tenant_id', $1::text, true))
             insert into number_sequences as s (tenant_id, name, next)
             select $1::uuid, $2, 1 + $3 from tenant
             on conflict (tenant_id, name) do update set next = s.next + $3
             returning next",
        )
        .bind(tenant.0.to_string())
        .bind(series)
        .bind(size)
        .fetch_one(self.databases.aside(tenant))
        .await
        .map_err(sql_error)
    }
}
