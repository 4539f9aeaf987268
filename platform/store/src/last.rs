use kontor_entity::EntityMeta;
use kontor_kernel::{Error, Fault, Result};
use sqlx::{AssertSqlSafe, PgConnection, Row as _};

use crate::{
    constraint::{entity_error, is_violated, sql_error},
    effects::{Answered, Effects, KEY_CONSTRAINT, bind_effects},
    sql::{EntitySql, WriteSql},
    tx::TxContext,
    value::PgQuery,
    write::{NewRecord, bind_fields, bind_lines},
};

/// What a failed write means to who asked for it.
pub type Refusal = fn(Error, &'static EntityMeta) -> Error;

/// A write that nothing was asked of since: it waits for the next statement of its transaction, or goes with the commit's
/// in one.
pub(crate) struct LastWrite {
    pub meta: &'static EntityMeta,
    pub record: NewRecord,
    pub kind: WriteKind,
    pub refusal: Refusal,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum WriteKind {
    Insert,
    /// Of a record that this transaction has locked at this version.
    Update(i64),
    /// The same; its lines stay as they are.
    UpdateHeader(i64),
}

impl LastWrite {
    /// Writes it alone.
    pub async fn write(self, connection: &mut PgConnection, context: &TxContext) -> Result<()> {
        let sql = EntitySql::of(self.meta);
        let query = sqlx::query(AssertSqlSafe(self.kind.sql(&sql).only.clone()));
        let row = self.kind.bind(query, context, self.meta, &self.record).fetch_optional(connection).await;
        match row.map_err(|error| self.refused(error))? {
            Some(_) => Ok(()),
            None => Err(Fault::StaleVersion.error()),
        }
    }

    /// Writes it together with what the transaction leaves behind.
    pub async fn write_with(
        self,
        effects: Effects,
        connection: &mut PgConnection,
        context: &TxContext,
        answered: Option<Answered<'_>>,
    ) -> Result<()> {
        if effects.is_empty() && answered.is_none() {
            return self.write(connection, context).await;
        }
        let sql = EntitySql::of(self.meta);
        let query = sqlx::query(AssertSqlSafe(self.kind.sql(&sql).with_effects.clone()));
        let query = self.kind.bind(query, context, self.meta, &self.record);
        let query = bind_effects(query, effects, context, answered);
        let row = query.fetch_one(connection).await.map_err(|error| {
            if is_violated(&error, KEY_CONSTRAINT) {
                return Fault::ConcurrentChange.error().caused_by(error);
            }
            self.refused(error)
        })?;
        let written: bool = row.try_get(0).map_err(sql_error)?;
        if written { Ok(()) } else { Err(Fault::StaleVersion.error()) }
    }

    fn refused(&self, error: sqlx::Error) -> Error {
        (self.refusal)(entity_error(self.meta, error), self.meta)
    }
}

impl WriteKind {
    /// The parameters of a write: tenant, id, now, user, the version it was read at, its fields, and its lines' arrays.
    pub fn bind<'q>(
        self,
        query: PgQuery<'q>,
        context: &TxContext,
        meta: &'static EntityMeta,
        record: &NewRecord,
    ) -> PgQuery<'q> {
        let user = context.user.map(|user| user.0);
        let mut query = query.bind(context.tenant.0).bind(record.id).bind(context.now).bind(user);
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
