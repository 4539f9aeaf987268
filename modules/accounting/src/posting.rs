//! Into the ledger. Every entry of the product goes through [`post`].

use chrono::{Datelike, NaiveDate};
use kontor_entity::{Choices, Entity as _, Ref};
use kontor_kernel::{Currency, Error, Fault, Money, Result, Rounding, Unrounded, new_id};
use kontor_store::{LateWrite, PgQuery, Tx, sql_error};
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
/// Call it last in a command: the entry is written with what else waits, at best by the commit, and takes the journal's
/// next number, for which other postings of the same journal wait from then on. A rollback gives the number back. The
/// errors come with the writing.
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

/// Number, entry and lines. Without a journal it writes nothing. `round` keeps the decimal places of a zero, which the
/// driver drops.
const INSERT: &str = "
journal as (
    select j.id, j.code from journals j
    where j.tenant_id = $1 and (j.id = $5 or ($5::uuid is null and j.kind = $4 and j.archived_at is null))
    order by j.code limit 1
), journal_number as (
    insert into number_sequences as n (tenant_id, name, next)
    select $1, format('journal:%s:%s', j.id, $6::text), 2 from journal j
    on conflict (tenant_id, name) do update set next = n.next + 1
    returning (next - 1)::text as number
), journal_entry as (
    insert into journal_entries (tenant_id, id, number, journal_id, date, source_type, source_id, purpose, description,
                                 amount, reverses_id, created_at, created_by, updated_at, updated_by)
    select $1, $7, format('%s-%s-%s', j.code, $6::text, lpad(t.number, greatest(length(t.number), 5), '0')), j.id, $8,
           $9, $10, $11, $12, round($20, $19), $13, $2, $3, $2, $3
    from journal j, journal_number t
    returning id, number
), journal_line as (
    insert into journal_lines (tenant_id, id, entry_id, position, date, account_id, partner_id, debit, credit)
    select $1, l.id, e.id, l.position, $8, l.account_id, l.partner_id, round(l.debit, $19), round(l.credit, $19)
    from journal_entry e,
         (select unnest($14::uuid[]) as id, unnest($15::uuid[]) as account_id, unnest($16::uuid[]) as partner_id,
                 unnest($17::numeric[]) as debit, unnest($18::numeric[]) as credit,
                 generate_series(1, cardinality($14::uuid[])) as position) l
)";

const WRITTEN: &str = "exists (select from journal_entry)";

/// The number is known by the statement alone.
const NUMBER: &str = "select id, jsonb_build_object('number', number) from journal_entry";

async fn insert(tx: &mut Tx, entry: Entry, reversal: Option<Reversal>) -> Result<Uuid> {
    if entry.lines.currency() != tx.currency() {
        return Err(Error::internal("a journal entry in another currency than the books"));
    }
    let (id, exponent) = (new_id(), i32::try_from(tx.currency().exponent()).unwrap_or(0));
    tell(tx, id, &entry);
    let (date, kind, is_reversal) = (entry.date, entry.journal, reversal.is_some());
    let write = LateWrite::new("journal_entries", INSERT, WRITTEN, move |query| {
        bind_entry(query, id, &entry, reversal, exponent)
    });
    let write =
        write.telling(NUMBER).unwritten(move || missing(kind)).refusing(move |error| refusal(error, date, is_reversal));
    tx.later(write).await?;
    Ok(id)
}

fn bind_entry<'q>(
    query: PgQuery<'q>,
    id: Uuid,
    entry: &Entry,
    reversal: Option<Reversal>,
    exponent: i32,
) -> PgQuery<'q> {
    let zero = Money::zero(entry.lines.currency()).amount().value();
    let lines = entry.lines.lines();
    let on = |side: Side| -> Vec<Decimal> {
        lines.iter().map(|line| if line.side == side { line.amount.amount().value() } else { zero }).collect()
    };
    query
        .bind(entry.journal.as_str())
        .bind(reversal.map(|reversal| reversal.journal))
        .bind(format!("{:04}", entry.date.year()))
        .bind(id)
        .bind(entry.date)
        .bind(entry.source_type)
        .bind(entry.source_id)
        .bind(entry.purpose)
        .bind(entry.description.clone())
        .bind(reversal.map(|reversal| reversal.entry))
        .bind(lines.iter().map(|_| new_id()).collect::<Vec<_>>())
        .bind(lines.iter().map(|line| line.account.id()).collect::<Vec<_>>())
        .bind(lines.iter().map(|line| line.partner.map(Ref::id)).collect::<Vec<_>>())
        .bind(on(Side::Debit))
        .bind(on(Side::Credit))
        .bind(exponent)
        .bind(entry.lines.amount().amount().value())
}

/// The triggers and unique keys of the ledger as a user's error.
fn refusal(error: sqlx::Error, date: NaiveDate, reversal: bool) -> std::result::Result<Error, sqlx::Error> {
    let database = error.as_database_error();
    let code = database.and_then(|e| e.code()).unwrap_or_default().into_owned();
    let constraint = database.and_then(|e| e.constraint()).unwrap_or_default().to_owned();
    match (code.as_str(), constraint.as_str()) {
        ("KT004", _) => Ok(period_locked(date).caused_by(error)),
        (_, "journal_entries_source_key" | "journal_entries_reverses_id_key") if reversal => {
            Ok(Code::AlreadyReversed.error().caused_by(error))
        }
        (_, "journal_entries_source_key") => Ok(Code::AlreadyPosted.error().caused_by(error)),
        (_, name) if name.starts_with("journal_") => Ok(sql_error(error)),
        _ => Err(error),
    }
}

fn missing(kind: JournalKind) -> Error {
    let kind = kind.label();
    Code::JournalMissing.error().with_detail(format!("there is no journal of the kind “{kind}”; add one"))
}

fn tell(tx: &mut Tx, id: Uuid, entry: &Entry) {
    let facts = json!({
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
