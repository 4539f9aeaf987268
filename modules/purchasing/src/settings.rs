use kontor_kernel::{Error, Percent, Result};
use kontor_store::{Question, Tx, sql_error};
use rust_decimal::Decimal;

/// The first settings of a company: nothing above the ordered quantity is received.
pub(crate) async fn lay_down(tx: &mut Tx) -> Result<()> {
    let tenant = tx.tenant();
    sqlx::query("insert into purchasing_settings (tenant_id) values ($1)")
        .bind(tenant)
        .execute(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    Ok(())
}

/// How much more than ordered may be received.
pub(crate) fn receipt_tolerance() -> Question<Percent> {
    Question::new("select receipt_tolerance from purchasing_settings where tenant_id = $1", |row: Option<Decimal>| {
        row.map(Percent::new).ok_or_else(|| Error::internal("the company has no purchasing settings"))
    })
}
