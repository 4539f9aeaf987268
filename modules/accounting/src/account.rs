use kontor_command::Writable;
use kontor_entity::{Choices as _, Entity, Rules, SequenceMeta, choices};
use kontor_kernel::{Fault, Result, Violations};
use kontor_store::{Tx, sql_error};
use uuid::Uuid;

use crate::Code;

choices! {
    /// Where an account stands in the balance sheet or in the statement of profit and loss.
    pub enum AccountKind {
        Asset = "asset" "Asset",
        Liability = "liability" "Liability",
        Equity = "equity" "Equity",
        Income = "income" "Income",
        Expense = "expense" "Expense",
    }
}

choices! {
    /// What the system posts to an account by itself. At most one account has each purpose.
    pub enum Purpose {
        Bank = "bank" "Bank",
        Receivable = "receivable" "Accounts receivable",
        Inventory = "inventory" "Inventory",
        InputTax = "input_tax" "Input tax",
        Payable = "payable" "Accounts payable",
        GoodsReceived = "goods_received" "Goods received, not invoiced",
        OutputTax = "output_tax" "Output tax",
        RetainedEarnings = "retained_earnings" "Retained earnings",
        Sales = "sales" "Sales",
        CostOfSales = "cost_of_sales" "Cost of sales",
        StockAdjustment = "stock_adjustment" "Stock adjustment",
        ExchangeDifference = "exchange_difference" "Exchange difference",
    }
}

/// An account of the general ledger.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "accounts",
    collection = "accounts",
    label = "Account",
    plural = "Accounts",
    permission = "accounting.account",
    sequence = SequenceMeta::new("accounts", "A-", 4),
    section = "accounting",
    icon = "landmark"
)]
pub struct Account {
    /// The account's number; the next one is taken when left empty.
    #[field(filled, label = "Number", search, list, max = 20, aliases = &["account number", "account no", "Konto", "Kontonummer"])]
    pub code: String,
    #[field(search, sort, list, max = 200, aliases = &["account name", "Kontobezeichnung"])]
    pub name: String,
    #[field(sort, list, aliases = &["type", "account type"])]
    pub kind: AccountKind,
    /// What the system posts to it by itself.
    #[field(list)]
    pub purpose: Option<Purpose>,
}

impl Rules for Account {}

impl Writable for Account {
    /// Kind and purpose of an account that was posted to stay: another would rewrite reports of the past.
    async fn prepare(&mut self, tx: &mut Tx, before: Option<&Self>, violations: &mut Violations) -> Result<()> {
        let Some(before) = before.filter(|b| b.kind != self.kind || b.purpose != self.purpose) else {
            return Ok(());
        };
        let tenant = tx.tenant();
        let used: bool = sqlx::query_scalar(
            "select exists (select from journal_lines l join accounts a on a.tenant_id = l.tenant_id and a.id = l.account_id
                            where a.tenant_id = $1 and a.code = $2)",
        )
        .bind(tenant)
        .bind(&before.code)
        .fetch_one(tx.connection().await?)
        .await
        .map_err(sql_error)?;
        if used && before.kind != self.kind {
            violations.add(Code::AlreadyUsed, "kind");
        }
        if used && before.purpose != self.purpose {
            violations.add(Code::AlreadyUsed, "purpose");
        }
        Ok(())
    }

    /// Without the account of a purpose nothing could be posted for it any more.
    async fn may_archive(&self, _: &mut Tx, _: Uuid) -> Result<()> {
        match self.purpose {
            None => Ok(()),
            Some(purpose) => {
                let detail = format!("the system posts “{}” to this account", purpose.label().to_lowercase());
                Err(Fault::InUse.error().with_detail(detail))
            }
        }
    }
}
