//! The lock date: locking moves it on, unlocking moves it back. Each is a right of its own.
//!
//! Both lock the row of the settings, which every posting holds until its commit: a lock waits for postings that are under
//! way, and postings that come later see it.

use chrono::NaiveDate;
use kontor_access::{Feature, Permission};
use kontor_command::{OnRecord, RecordAction, changed_fields};
use kontor_entity::{Entity, Shape};
use kontor_kernel::Result;
use kontor_store::{Meter, NewRecord, Stored, Tx, Written};

use super::AccountingSettings;
use crate::{Code, FEATURE};

/// Moves the lock date on: nothing more is posted on or before it.
#[derive(Debug, Clone, Copy, Shape)]
pub struct LockBooks {
    /// The last locked day; today at most, and not before the present one.
    pub through: NaiveDate,
}

impl RecordAction for LockBooks {
    const NAME: &'static str = "accounting.settings.lock";
    const FEATURE: Feature = FEATURE;
    const PERMISSION: Permission = Permission::new("accounting.settings.lock");
    const METER: Meter = Meter::Write;
    const PATH: &'static str = "lock";
    const SUMMARY: &'static str = "Lock the books: nothing more is posted on or before a day";
    const CREATES: bool = false;

    type On = AccountingSettings;
    type Answer = AccountingSettings;

    async fn run(call: OnRecord<Self>, tx: &mut Tx) -> Result<Written> {
        let through = call.body.through;
        let stored = tx.lock_record(AccountingSettings::META, call.id, call.version).await?;
        let settings = stored.typed::<AccountingSettings>()?;
        if through > tx.today() {
            return Err(Code::LockAhead.on("through"));
        }
        if let Some(present) = settings.locked_through.filter(|present| through < *present) {
            let text = format!("is before {present}, through which the books are locked; an earlier day unlocks them");
            return Err(Code::LockDirection.on("through").with_detail(text));
        }
        move_to(tx, &stored, settings, Some(through), "locked").await
    }
}

/// Moves the lock date back, or takes it away.
#[derive(Debug, Clone, Copy, Shape)]
pub struct UnlockBooks {
    /// The last day that stays locked; left out, every day is open again.
    pub through: Option<NaiveDate>,
}

impl RecordAction for UnlockBooks {
    const NAME: &'static str = "accounting.settings.unlock";
    const FEATURE: Feature = FEATURE;
    /// Of the company's area: whoever closes a period does not open it again, though all of accounting be theirs.
    const PERMISSION: Permission = Permission::new("company.books.unlock");
    const METER: Meter = Meter::Write;
    const PATH: &'static str = "unlock";
    const SUMMARY: &'static str = "Move the lock date back, or take it away";
    const CREATES: bool = false;

    type On = AccountingSettings;
    type Answer = AccountingSettings;

    async fn run(call: OnRecord<Self>, tx: &mut Tx) -> Result<Written> {
        let through = call.body.through;
        let stored = tx.lock_record(AccountingSettings::META, call.id, call.version).await?;
        let settings = stored.typed::<AccountingSettings>()?;
        match (through, settings.locked_through) {
            (Some(_), None) => {
                let text = "must be left out: the books are not locked";
                Err(Code::LockDirection.on("through").with_detail(text))
            }
            (Some(through), Some(present)) if through > present => {
                let text = format!("is after {present}, through which the books are locked; a later day locks more");
                Err(Code::LockDirection.on("through").with_detail(text))
            }
            _ => move_to(tx, &stored, settings, through, "unlocked").await,
        }
    }
}

async fn move_to(
    tx: &mut Tx,
    stored: &Stored,
    settings: AccountingSettings,
    through: Option<NaiveDate>,
    action: &str,
) -> Result<Written> {
    let meta = AccountingSettings::META;
    if settings.locked_through == through {
        return tx.record_json(meta, stored.id).await;
    }
    let values = AccountingSettings { locked_through: through, ..settings }.into_record();
    let record = NewRecord { id: stored.id, values, lines: Vec::new() };
    let written = tx.update_record(meta, stored.version, &record).await?;
    let changes = changed_fields(meta, &stored.values, &record.values);
    tx.tell(meta.collection, action, stored.id, written.version, &changes);
    Ok(written)
}
