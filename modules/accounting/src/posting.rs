//! Into the ledger. Every entry of the product goes through [`post`].

use chrono::{Datelike, NaiveDate};
use kontor_entity::{Choices, Entity as _, Ref};
use kontor_kernel::{Currency, Error, Fault, Money, Result, Rounding, Unrounded, new_id};
use kontor_store::{Tx, sql_error};
use rust_decimal::Decimal;
use serde_json::json;
use sqlx::Row;
use uuid::Uuid;

use crate::{Balanced, Code, JournalEntry, JournalKind, Line, Side, settings::period_locked};

/// What is to be posted, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub journal: JournalKind,
    pub date: NaiveDate,
    /// The collection of the record that leads to it: `goods-receipts`.
    pub source_type: &'static str,
    pub source_id: Uuid,
    /// Which of the entries of its source it is: `stock`. A source has one entry for each purpose.
    pub purpose: &'static str,
    /// What people read in the journal.
    pub description: String,
    pub lines: Balanced,
}

/// An entry that takes another one back, and that one's own journal.
#[derive(Debug, Clone, Copy)]
struct Reversal {
    entry: Uuid,
    journal: Uuid,
}

/// Posts an entry and returns its id.
///
/// Call it last in a command: the journal's next number is taken with it, so other postings of the same journal wait from
/// here until the transaction ends. A rollback gives the number back.
///
/// Errors with `period_locked` on or before the lock date, `already_posted` when the source has an entry for the purpose,
/// and `journal_missing` when no journal is of the kind.
pub async fn post(tx: &mut Tx, entry: Entry) -> Result<Uuid> {
    insert(tx, entry, None).await
}

/// Posts the opposite of an entry on a date, and returns the new entry's id.
///
/// Errors with `not_found` and `already_reversed` beside the errors of [`post`].
pub async fn reverse(tx: &mut Tx, entry: Ref<JournalEntry>, date: NaiveDate) -> Result<Uuid> {
    let tenant = tx.tenant();
    let rows = sqlx::query(
        "select e.journal_id, e.number, l.account_id, l.partner_id, l.debit, l.credit
         from journal_entries e
         join journal_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
         where e.tenant_id = $1 and e.id = $2
         order by l.position",
    )
    .bind(tenant)
    .bind(entry.id())
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let first = rows.first().ok_or_else(|| Fault::NotFound.error())?;
    let currency = tx.currency();
    let reversal = Reversal { entry: entry.id(), journal: first.try_get(0).map_err(sql_error)? };
    let number: String = first.try_get(1).map_err(sql_error)?;
    let lines: Result<Vec<Line>> = rows
        .iter()
        .map(|row| {
            let (debit, credit) = (amount(row.try_get(4), currency)?, amount(row.try_get(5), currency)?);
            let (side, amount) = if credit.is_zero() { (Side::Debit, debit) } else { (Side::Credit, credit) };
            let partner: Option<Uuid> = row.try_get(3).map_err(sql_error)?;
            let account = Ref::new(row.try_get(2).map_err(sql_error)?);
            Ok(Line { account, partner: partner.map(Ref::new), side, amount })
        })
        .collect();
    let entry = Entry {
        journal: JournalKind::General,
        date,
        source_type: "journal-entries",
        source_id: entry.id(),
        purpose: "reversal",
        description: format!("Reversal of {number}"),
        lines: Balanced::new(lines?)?.reversed(),
    };
    insert(tx, entry, Some(reversal)).await
}

fn amount(value: sqlx::Result<Decimal>, currency: Currency) -> Result<Money> {
    Ok(Unrounded::new(value.map_err(sql_error)?, currency).round(Rounding::HalfUp)?)
}

/// Number, entry and lines in one statement. Without a journal it writes nothing. `round` keeps the decimal places of a
/// zero, which the driver drops.
const INSERT: &str = "
with journal as (
    select j.id, j.code from journals j
    where j.tenant_id = $1 and (j.id = $3 or ($3::uuid is null and j.kind = $2 and j.archived_at is null))
    order by j.code limit 1
), taken as (
    insert into number_sequences as n (tenant_id, name, next)
    select $1, format('journal:%s:%s', j.id, $4::text), 2 from journal j
    on conflict (tenant_id, name) do update set next = n.next + 1
    returning (next - 1)::text as number
), entry as (
    insert into journal_entries (tenant_id, id, number, journal_id, date, source_type, source_id, purpose, description,
                                 amount, reverses_id, created_at, created_by, updated_at, updated_by)
    select $1, $5, format('%s-%s-%s', j.code, $4::text, lpad(t.number, greatest(length(t.number), 5), '0')), j.id, $6,
           $7, $8, $9, $10, round($20, $19), $11, $12, $13, $12, $13
    from journal j, taken t
    returning id, number
), line as (
    insert into journal_lines (tenant_id, id, entry_id, position, date, account_id, partner_id, debit, credit)
    select $1, l.id, e.id, l.position, $6, l.account_id, l.partner_id, round(l.debit, $19), round(l.credit, $19)
    from entry e,
         (select unnest($14::uuid[]) as id, unnest($15::uuid[]) as account_id, unnest($16::uuid[]) as partner_id,
                 unnest($17::numeric[]) as debit, unnest($18::numeric[]) as credit,
                 generate_series(1, cardinality($14::uuid[])) as position) l
)
select number from entry";

async fn insert(tx: &mut Tx, entry: Entry, reversal: Option<Reversal>) -> Result<Uuid> {
    if entry.lines.currency() != tx.currency() {
        return Err(Error::internal("a journal entry in another currency than the books"));
    }
    let (tenant, user, now) = (tx.tenant(), tx.user(), tx.now());
    let (id, zero) = (new_id(), Money::zero(entry.lines.currency()).amount().value());
    let lines = entry.lines.lines();
    let on = |side: Side| -> Vec<Decimal> {
        lines.iter().map(|line| if line.side == side { line.amount.amount().value() } else { zero }).collect()
    };
    let number: Option<String> = sqlx::query_scalar(INSERT)
        .bind(tenant)
        .bind(entry.journal.as_str())
        .bind(reversal.map(|reversal| reversal.journal))
        .bind(format!("{:04}", entry.date.year()))
        .bind(id)
        .bind(entry.date)
        .bind(entry.source_type)
        .bind(entry.source_id)
        .bind(entry.purpose)
        .bind(&entry.description)
        .bind(reversal.map(|reversal| reversal.entry))
        .bind(now)
        .bind(user)
        .bind(lines.iter().map(|_| new_id()).collect::<Vec<_>>())
        .bind(lines.iter().map(|line| line.account.id()).collect::<Vec<_>>())
        .bind(lines.iter().map(|line| line.partner.map(Ref::id)).collect::<Vec<_>>())
        .bind(on(Side::Debit))
        .bind(on(Side::Credit))
        .bind(i32::try_from(tx.currency().exponent()).unwrap_or(0))
        .bind(entry.lines.amount().amount().value())
        .fetch_optional(tx.connection().await?)
        .await
        .map_err(|error| refusal(error, &entry, reversal.is_some()))?;
    let number = number.ok_or_else(|| missing(&entry))?;
    tell(tx, id, &number, &entry);
    Ok(id)
}

/// The triggers and unique keys of the ledger as a user's error.
fn refusal(error: sqlx::Error, entry: &Entry, reversal: bool) -> Error {
    let database = error.as_database_error();
    let code = database.and_then(|e| e.code()).unwrap_or_default().into_owned();
    let constraint = database.and_then(|e| e.constraint()).unwrap_or_default().to_owned();
    match (code.as_str(), constraint.as_str()) {
        ("KT004", _) => period_locked(entry.date).caused_by(error),
        (_, "journal_entries_source_key" | "journal_entries_reverses_id_key") if reversal => {
            Code::AlreadyReversed.error().caused_by(error)
        }
        (_, "journal_entries_source_key") => Code::AlreadyPosted.error().caused_by(error),
        _ => sql_error(error),
    }
}

fn missing(entry: &Entry) -> Error {
    let kind = entry.journal.label();
    Code::JournalMissing.error().with_detail(format!("there is no journal of the kind “{kind}”; add one"))
}

fn tell(tx: &mut Tx, id: Uuid, number: &str, entry: &Entry) {
    let facts = json!({
        "number": number,
        "date": entry.date,
        "description": entry.description,
        "source_type": entry.source_type,
        "source_id": entry.source_id,
        "purpose": entry.purpose,
        "amount": entry.lines.amount().amount(),
        "lines": entry.lines.lines().len(),
    });
    tx.tell(JournalEntry::META.collection, "posted", id, 1, &facts);
}
