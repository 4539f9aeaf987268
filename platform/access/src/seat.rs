//! A seat is a person who may come in, or an invitation to. A plan has so many of them.

use kontor_kernel::{Result, TenantId};
use kontor_store::{Tx, sql_error};

use crate::Gate;

/// How many seats of a company are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeatsTaken {
    /// Of people who may come in.
    pub active: i64,
    /// Of people who were invited and have not accepted.
    pub invited: i64,
}

impl SeatsTaken {
    pub const fn all(self) -> i64 {
        self.active + self.invited
    }
}

/// The seats that are taken, with what the transaction did to them.
pub async fn seats_taken(tx: &mut Tx) -> Result<SeatsTaken> {
    let tenant = tx.tenant();
    let (active, invited) = sqlx::query_as(
        "select count(*) filter (where state = 'active'), count(*) filter (where state = 'invited')
         from users where tenant_id = $1",
    )
    .bind(tenant)
    .fetch_one(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    Ok(SeatsTaken { active, invited })
}

/// Holds the plan's limit against the seats that the transaction claims; does nothing where it claims none.
///
/// Called after the work and before the commit. Of several at a time, each counts what those before it left.
pub async fn grant_seats(tx: &mut Tx, gate: &dyn Gate) -> Result<()> {
    if !tx.seat_claimed() {
        return Ok(());
    }
    let taken = counted_alone(tx).await?;
    gate.check_seats(TenantId(tx.tenant()), taken.all()).await?;
    tx.grant_seats();
    Ok(())
}

/// The same for somebody who accepts an invitation: its seat was taken when it was sent, so that only people count. A plan
/// that became smaller meanwhile has no room for all who were invited.
pub(crate) async fn grant_invited_seat(tx: &mut Tx, gate: &dyn Gate) -> Result<()> {
    let taken = counted_alone(tx).await?;
    gate.check_seats(TenantId(tx.tenant()), taken.active).await
}

/// The seats that are taken, while whoever else claims one of the company's waits until this transaction ends.
async fn counted_alone(tx: &mut Tx) -> Result<SeatsTaken> {
    let tenant = tx.tenant();
    sqlx::query("select from companies where tenant_id = $1 for no key update")
        .bind(tenant)
        .execute(tx.connection().await?)
        .await
        .map_err(sql_error)?;
    seats_taken(tx).await
}
