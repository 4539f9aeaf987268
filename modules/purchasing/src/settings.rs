use kontor_kernel::{Percent, Result};
use kontor_store::{Tx, sql_error};
use rust_decimal::Decimal;

/// The first settings of a company: nothing above the ordered quantity is received.
pub(crate) async fn lay_down(tx: &mut Tx) -> Result<()> {
    let tenant = tx.tenant();
    sqlx::query("insert into purchasing_settings (tenant_id) values ($1)")
        .bind(tenant)
        .execute(tx.connection())
        .await
        .map_err(sql_error)?;
    Ok(())
}

/// How much more than ordered may be received.
pub(crate) async fn receipt_tolerance(tx: &mut Tx) -> Result<Percent> {
    let tenant = tx.tenant();
    let tolerance: Decimal =
        sqlx::query_scalar("select receipt_tolerance from purchasing_settings where tenant_id = $1")
            .bind(tenant)
            .fetch_one(tx.connection())
            .await
            .map_err(sql_error)?;
    Ok(Percent::new(tolerance))
}
