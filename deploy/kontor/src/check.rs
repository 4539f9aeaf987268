use std::process::ExitCode;

use kontor_kernel::TenantId;
use sqlx::Row as _;

use crate::{
    compose::{Product, compose},
    config::Config,
};

/// Checks the invariants of one company, or of all. The exit code is 1 when one is violated.
pub async fn run(config: &Config, tenant: Option<&str>) -> anyhow::Result<ExitCode> {
    let product = compose(config).await?;
    let companies = companies(&product, tenant).await?;
    if companies.is_empty() {
        anyhow::bail!("there is no company{}", tenant.map(|slug| format!(" {slug:?}")).unwrap_or_default());
    }
    let mut violations = 0_usize;
    for (tenant, slug) in &companies {
        for violation in product.check(*tenant).await? {
            violations += 1;
            println!("{slug}: {violation}");
        }
    }
    println!("{} companies checked, {violations} violations", companies.len());
    product.close().await;
    Ok(if violations == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn companies(product: &Product, slug: Option<&str>) -> anyhow::Result<Vec<(TenantId, String)>> {
    let rows = sqlx::query("select id, slug from platform.tenants where $1::text is null or slug = $1 order by slug")
        .bind(slug)
        .fetch_all(product.app.runner.databases().identity())
        .await?;
    rows.iter().map(|row| Ok((TenantId(row.try_get(0)?), row.try_get(1)?))).collect()
}
