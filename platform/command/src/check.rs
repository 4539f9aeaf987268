//! What must always hold, asked of the data itself.

use std::fmt;

use kontor_kernel::{Result, TenantId};
use kontor_store::{CheckTx, Databases, SealedTable, sealed_positions, verify};

use crate::Invariant;

/// One thing that should hold and does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The promise's id in the catalogue of invariants: `I6`.
    pub id: &'static str,
    /// What should hold, in a sentence.
    pub says: &'static str,
    /// Where it does not, and by how much.
    pub detail: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} violated ({}): {}", self.id, self.says, self.detail)
    }
}

/// Checks a tenant's data, as it stands at one moment, against every invariant and every chain of seals.
///
/// Only finds; a violation is never repaired silently. Errors when a check itself cannot be done.
pub async fn check_tenant(
    databases: &Databases,
    tenant: TenantId,
    invariants: &[Invariant],
    sealed: &[SealedTable],
) -> Result<Vec<Violation>> {
    let positions = sealed_positions(databases, sealed).await?;
    let mut tx = CheckTx::begin(databases, tenant).await?;
    let mut violations = Vec::new();
    for invariant in invariants {
        let details = tx.ask(invariant.sql).await?;
        violations.extend(details.into_iter().map(|detail| Violation {
            id: invariant.id,
            says: invariant.says,
            detail,
        }));
    }
    for (table, position) in sealed.iter().zip(&positions) {
        let faults = verify(&mut tx, table, position.as_ref()).await?;
        violations.extend(faults.into_iter().map(|fault| Violation {
            id: table.invariant,
            says: "rows that were sealed never change",
            detail: format!("{}: {fault}", table.chain),
        }));
    }
    tx.end().await?;
    Ok(violations)
}
