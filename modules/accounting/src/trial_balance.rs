//! `GET /reports/trial-balance`: every account's debits and credits up to a date.

use chrono::NaiveDate;
use kontor_access::Permission;
use kontor_command::Report;
use kontor_entity::{FieldMeta, Kind, Record, Shape, Value};
use kontor_kernel::{Amount, Error, Result};
use kontor_store::{Tx, sql_error};
use rust_decimal::Decimal;
use serde::Serialize;
use sqlx::Row;
use uuid::Uuid;

use crate::FEATURE;

/// What the report is asked with.
#[derive(Debug, Shape)]
struct Parameters {
    /// The last day counted; today when left out.
    date: Option<NaiveDate>,
}

#[derive(Serialize)]
struct TrialBalance {
    lines: Vec<TrialBalanceLine>,
    total_debit: Decimal,
    total_credit: Decimal,
}

#[derive(Serialize)]
struct TrialBalanceLine {
    account: AccountName,
    debit: Decimal,
    credit: Decimal,
    balance: Decimal,
}

#[derive(Serialize)]
struct AccountName {
    id: Uuid,
    code: String,
    name: String,
}

const ACCOUNT: &[FieldMeta] = &[
    FieldMeta::of::<Uuid>("id", "The account."),
    FieldMeta::of::<String>("code", "Its number."),
    FieldMeta::of::<String>("name", "Its name."),
];

const LINE: &[FieldMeta] = &[
    FieldMeta { kind: Kind::Object(|| ACCOUNT), ..FieldMeta::of::<String>("account", "The account.") },
    FieldMeta::of::<Amount>("debit", "What was posted to its debit side."),
    FieldMeta::of::<Amount>("credit", "What was posted to its credit side."),
    FieldMeta::of::<Amount>("balance", "Debit minus credit."),
];

const ANSWER: &[FieldMeta] = &[
    FieldMeta {
        kind: Kind::List(|| LINE),
        ..FieldMeta::of::<String>("lines", "Every account that was posted to, by number.")
    },
    FieldMeta::of::<Amount>("total_debit", "The sum of the debits."),
    FieldMeta::of::<Amount>("total_credit", "The sum of the credits; equal to the debits."),
];

pub(crate) const TRIAL_BALANCE: Report = Report {
    path: "trial-balance",
    name: "trial_balance",
    summary: "Every account's debits, credits and balance up to a date",
    feature: FEATURE,
    permission: Permission::new("accounting.trial_balance.read"),
    parameters: Parameters::FIELDS,
    answer: ANSWER,
    run: |tx, parameters| Box::pin(run(tx, parameters)),
};

async fn run(tx: &mut Tx, parameters: Record) -> Result<String> {
    let date = match parameters.get(0) {
        Value::Date(date) => *date,
        _ => tx.today(),
    };
    let report = trial_balance(tx, date).await?;
    serde_json::to_string(&report).map_err(Error::internal)
}

async fn trial_balance(tx: &mut Tx, date: NaiveDate) -> Result<TrialBalance> {
    let places = tx.currency().exponent();
    let tenant = tx.tenant();
    let rows = sqlx::query(
        "select a.id, a.code, a.name, l.debit, l.credit
         from (select account_id, sum(debit) as debit, sum(credit) as credit
               from journal_lines where tenant_id = $1 and date <= $2 group by account_id) l
         join accounts a on a.tenant_id = $1 and a.id = l.account_id
         order by a.code",
    )
    .bind(tenant)
    .bind(date)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let mut report = TrialBalance {
        lines: Vec::with_capacity(rows.len()),
        total_debit: scaled(Decimal::ZERO, places),
        total_credit: scaled(Decimal::ZERO, places),
    };
    for row in &rows {
        let debit = scaled(row.try_get(3).map_err(sql_error)?, places);
        let credit = scaled(row.try_get(4).map_err(sql_error)?, places);
        report.total_debit += debit;
        report.total_credit += credit;
        let account = AccountName {
            id: row.try_get(0).map_err(sql_error)?,
            code: row.try_get(1).map_err(sql_error)?,
            name: row.try_get(2).map_err(sql_error)?,
        };
        report.lines.push(TrialBalanceLine { account, debit, credit, balance: debit - credit });
    }
    Ok(report)
}

/// With the decimal places of the books' currency.
fn scaled(mut value: Decimal, places: u32) -> Decimal {
    value.rescale(places);
    value
}
