//! Writes that wait. Nothing was asked of them since, so all of them go in one statement: before the next question of their
//! transaction, or with what it leaves behind at its commit.

use std::{borrow::Cow, fmt::Write as _};

use kontor_entity::EntityMeta;
use kontor_kernel::{Error, Fault, Result};
use sqlx::{AssertSqlSafe, PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;

use crate::{
    constraint::{concerns, entity_error, is_violated, sql_error, unclaimed_error},
    effects::{Answered, Effects, KEY_CONSTRAINT, bind_effects, effects_sql},
    numbering::{highest, renumbered},
    sql::{EntitySql, WriteSql},
    tx::{Tx, TxContext},
    value::PgQuery,
    write::{NewRecord, bind_fields, bind_lines},
};

/// A write that can wait: members of a statement's `with`, beside those of others.
///
/// It sees what was there before any write that it waits with. `$1` is the tenant, `$2` now and `$3` the user; what it
/// binds itself follows from `$4`.
pub struct LateWrite {
    table: &'static str,
    members: Cow<'static, str>,
    written: Cow<'static, str>,
    bind: Box<dyn for<'q> FnOnce(PgQuery<'q>) -> PgQuery<'q> + Send + Sync>,
    facts: Option<&'static str>,
    outcome: Outcome,
}

struct Outcome {
    /// The user's error for a failure of this write; the failure itself when it is another's.
    refusal: Box<dyn FnOnce(sqlx::Error) -> std::result::Result<Error, sqlx::Error> + Send + Sync>,
    unwritten: Box<dyn FnOnce() -> Error + Send + Sync>,
}

/// What a failed write of a record means to who asked for it.
pub type Refusal = fn(Error, &'static EntityMeta) -> Error;

impl LateWrite {
    /// `table` is the one whose rows it writes, or the first of them: two writes of one table never wait together.
    /// `written` is a condition over the members: whether all was written.
    pub fn new(
        table: &'static str,
        members: impl Into<Cow<'static, str>>,
        written: impl Into<Cow<'static, str>>,
        bind: impl for<'q> FnOnce(PgQuery<'q>) -> PgQuery<'q> + Send + Sync + 'static,
    ) -> Self {
        Self {
            table,
            members: members.into(),
            written: written.into(),
            bind: Box::new(bind),
            facts: None,
            outcome: Outcome {
                refusal: Box::new(Err),
                unwritten: Box::new(move || Error::internal(format!("{table}: not everything was written"))),
            },
        }
    }

    /// Adds to the audit row of a record what only the statement knows: a select of its `id` and `facts`, an object.
    #[must_use]
    pub fn telling(mut self, facts: &'static str) -> Self {
        self.facts = Some(facts);
        self
    }

    /// The error when it was not written.
    #[must_use]
    pub fn unwritten(mut self, error: impl FnOnce() -> Error + Send + Sync + 'static) -> Self {
        self.outcome.unwritten = Box::new(error);
        self
    }

    /// The user's error for a failed statement; what is another write's failure is given back.
    #[must_use]
    pub fn refusing(
        mut self,
        refusal: impl FnOnce(sqlx::Error) -> std::result::Result<Error, sqlx::Error> + Send + Sync + 'static,
    ) -> Self {
        self.outcome.refusal = Box::new(refusal);
        self
    }

    /// A record, inserted or changed.
    pub(crate) fn record(meta: &'static EntityMeta, kind: WriteKind, record: NewRecord, refusal: Refusal) -> Self {
        let sql = EntitySql::of(meta);
        let WriteSql { members, written } = kind.sql(&sql);
        Self::new(meta.table, members.clone(), written.clone(), move |query| kind.bind(query, meta, &record))
            .unwritten(|| Fault::StaleVersion.error())
            .refusing(move |error| match concerns(meta, &error) {
                true => Ok(refusal(entity_error(meta, error), meta)),
                false => Err(error),
            })
    }
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum WriteKind {
    Insert,
    /// Of a record that this transaction has locked at this version.
    Update(i64),
    /// The same; its lines stay as they are.
    UpdateHeader(i64),
}

impl WriteKind {
    /// The parameters after tenant, now and user: id, the version it was read at, its fields, and its lines' arrays.
    pub fn bind<'q>(self, query: PgQuery<'q>, meta: &'static EntityMeta, record: &NewRecord) -> PgQuery<'q> {
        let mut query = query.bind(record.id);
        if let Self::Update(version) | Self::UpdateHeader(version) = self {
            query = query.bind(version);
        }
        query = bind_fields(query, meta, &record.values);
        match self {
            Self::UpdateHeader(_) => query,
            Self::Insert | Self::Update(_) => bind_lines(query, meta, &record.lines),
        }
    }

    fn sql(self, sql: &EntitySql) -> &WriteSql {
        match self {
            Self::Insert => &sql.insert_only,
            Self::Update(_) => &sql.update_only,
            Self::UpdateHeader(_) => &sql.update_header,
        }
    }
}

impl Tx {
    /// Lets a write wait for the next question or the commit.
    pub async fn later(&mut self, write: LateWrite) -> Result<()> {
        if self.late.iter().any(|waiting| waiting.table == write.table) {
            self.settle().await?;
        }
        self.late.push(write);
        Ok(())
    }
}

/// Writes what waits, and adds the facts that came of it to the audit rows.
pub(crate) async fn settle(
    late: Vec<LateWrite>,
    effects: &mut Effects,
    connection: &mut PgConnection,
    context: &TxContext,
) -> Result<()> {
    if late.is_empty() {
        return Ok(());
    }
    let (writes, told) = (late.len(), late.iter().filter(|write| write.facts.is_some()).count());
    let text = statement(&late, false);
    let row = write(text, late, connection, context, |query| query).await?;
    for column in (0..told).map(|told| writes + 2 * told) {
        let (id, facts): (Uuid, String) =
            (row.try_get(column).map_err(sql_error)?, row.try_get(column + 1).map_err(sql_error)?);
        effects.add_facts(id, &facts)?;
    }
    Ok(())
}

/// Writes what waits and what the transaction leaves behind.
pub(crate) async fn finish(
    late: Vec<LateWrite>,
    mut effects: Effects,
    connection: &mut PgConnection,
    context: &TxContext,
    answered: Option<Answered<'_>>,
) -> Result<()> {
    if effects.is_empty() && answered.is_none() {
        return settle(late, &mut effects, connection, context).await;
    }
    let text = statement(&late, true);
    write(text, late, connection, context, |query| bind_effects(query, effects, context, answered)).await?;
    Ok(())
}

async fn write<'q>(
    text: String,
    late: Vec<LateWrite>,
    connection: &mut PgConnection,
    context: &TxContext,
    rest: impl FnOnce(PgQuery<'q>) -> PgQuery<'q>,
) -> Result<PgRow> {
    let user = context.user.map(|user| user.0);
    let mut query = sqlx::query(AssertSqlSafe(text)).bind(context.tenant.0).bind(context.now).bind(user);
    let mut outcomes = Vec::with_capacity(late.len());
    for write in late {
        query = (write.bind)(query);
        outcomes.push(write.outcome);
    }
    match rest(query).fetch_one(connection).await {
        Ok(row) => {
            for (column, outcome) in outcomes.into_iter().enumerate() {
                if !row.try_get::<bool, _>(column).map_err(sql_error)? {
                    return Err((outcome.unwritten)());
                }
            }
            Ok(row)
        }
        Err(error) => Err(refused(error, outcomes)),
    }
}

fn refused(mut error: sqlx::Error, outcomes: Vec<Outcome>) -> Error {
    if is_violated(&error, KEY_CONSTRAINT) {
        return Fault::ConcurrentChange.error().caused_by(error);
    }
    for outcome in outcomes {
        match (outcome.refusal)(error) {
            Ok(refused) => return refused,
            Err(other) => error = other,
        }
    }
    unclaimed_error(error)
}

/// Tenant, now and user.
const SHARED: usize = 3;

/// One row, for each write a column: whether it was written. Without effects, then id and facts of those that tell some.
fn statement(late: &[LateWrite], with_effects: bool) -> String {
    let (mut text, mut written, mut taken) = (String::from("with "), String::from(" select true"), 0);
    for (number, write) in late.iter().enumerate() {
        if number == 0 {
            written.truncate(" select ".len());
        } else {
            text.push_str(", ");
            written.push_str(", ");
        }
        text.push_str(&renumbered(&write.members, SHARED, taken));
        written.push_str(&renumbered(&write.written, SHARED, taken));
        taken += highest(&write.members) - SHARED;
    }
    let facts: Vec<_> = late.iter().filter_map(|write| write.facts).collect();
    if with_effects {
        if !late.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&renumbered(&effects_sql(&facts), SHARED, taken));
    } else {
        for facts in facts {
            let _ = write!(
                written,
                ", (select id from ({facts}) f (id, facts)), (select facts::text from ({facts}) f (id, facts))"
            );
        }
    }
    text + &written
}

#[cfg(test)]
mod tests {
    use super::{LateWrite, statement};

    #[test]
    fn writes_stand_beside_each_other_with_parameters_of_their_own() {
        let write =
            |name| LateWrite::new(name, format!("{name} as (insert $1, $2, $4, $5)"), format!("ok $5 {name}"), |q| q);
        assert_eq!(statement(&[write("a")], false), "with a as (insert $1, $2, $4, $5) select ok $5 a");
        assert_eq!(
            statement(&[write("a"), write("b")], false),
            "with a as (insert $1, $2, $4, $5), b as (insert $1, $2, $6, $7) select ok $5 a, ok $7 b"
        );
        let all = statement(&[write("a")], true);
        assert!(all.starts_with("with a as (insert $1, $2, $4, $5), audit as ("), "{all}");
        assert!(all.contains("unnest($9::uuid[])"), "{all}");
        assert!(statement(&[], true).ends_with(" select true"));
    }
}
