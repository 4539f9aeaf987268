use kontor_command::Writable;
use kontor_entity::{Entity, Rules, SequenceMeta, choices};
use kontor_kernel::{Result, Violations};
use kontor_store::{Tx, sql_error};

use crate::Code;

choices! {
    /// Which entries a journal takes.
    pub enum JournalKind {
        General = "general" "General",
        Stock = "stock" "Stock",
        Purchase = "purchase" "Purchases",
        Sales = "sales" "Sales",
        Bank = "bank" "Bank",
    }
}

/// A book of entries of one kind, numbered without gaps within each year.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "journals",
    collection = "journals",
    label = "Journal",
    plural = "Journals",
    permission = "accounting.journal",
    sequence = SequenceMeta::new("journals", "J", 2),
    section = "accounting",
    icon = "book-open"
)]
pub struct Journal {
    /// Begins the number of each entry: STK gives STK-2026-00001.
    #[field(filled, search, list, max = 10)]
    pub code: String,
    #[field(search, sort, list, max = 200)]
    pub name: String,
    /// Of several journals of a kind, the first by code takes what the system posts.
    #[field(list)]
    pub kind: JournalKind,
}

impl Rules for Journal {}

impl Writable for Journal {
    /// Code and kind of a journal with entries stay: legal numbers were made of them.
    async fn prepare(&mut self, tx: &mut Tx, before: Option<&Self>, violations: &mut Violations) -> Result<()> {
        let Some(before) = before.filter(|b| b.code != self.code || b.kind != self.kind) else {
            return Ok(());
        };
        let tenant = tx.tenant();
        let used: bool = sqlx::query_scalar(
            "select exists (select from journal_entries e join journals j on j.tenant_id = e.tenant_id and j.id = e.journal_id
                            where j.tenant_id = $1 and j.code = $2)",
        )
        .bind(tenant)
        .bind(&before.code)
        .fetch_one(tx.connection().await?)
        .await
        .map_err(sql_error)?;
        if used && before.code != self.code {
            violations.add(Code::AlreadyUsed, "code");
        }
        if used && before.kind != self.kind {
            violations.add(Code::AlreadyUsed, "kind");
        }
        Ok(())
    }
}
