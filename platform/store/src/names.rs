use std::collections::HashMap;

use kontor_entity::{EntityMeta, Record};
use kontor_kernel::Result;
use sqlx::{Row as _, postgres::PgRow};
use uuid::Uuid;

use crate::{
    constraint::sql_error,
    sql::{EntitySql, Links},
    write::NewRecord,
};

/// Codes and names of the records that a record points to, as far as a command has come to know them. A record whose
/// links are all named is written without being read back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LinkNames(HashMap<Uuid, LinkName>);

/// What a link shows beside its id.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkName {
    pub code: Option<String>,
    pub name: Option<String>,
}

impl LinkNames {
    pub fn add(&mut self, id: Uuid, code: impl Into<String>, name: impl Into<String>) {
        self.0.insert(id, LinkName { code: Some(code.into()), name: Some(name.into()) });
    }

    pub fn get(&self, id: Uuid) -> Option<&LinkName> {
        self.0.get(&id)
    }

    /// Takes them from a row that was read with its links' codes and names, which begin at column `names`.
    pub(crate) fn read(&mut self, row: &PgRow, links: &Links, values: &Record, names: usize) -> Result<()> {
        for (number, (index, _)) in links.iter().enumerate() {
            let Some(id) = values.get(*index).as_id() else { continue };
            let column = names + 2 * number;
            let (code, name) = (row.try_get(column), row.try_get(column + 1));
            self.0.insert(id, LinkName { code: code.map_err(sql_error)?, name: name.map_err(sql_error)? });
        }
        Ok(())
    }

    /// Whether every link of a record and of its lines is named.
    pub fn cover(&self, meta: &'static EntityMeta, record: &NewRecord) -> bool {
        let sql = EntitySql::of(meta);
        let named = |links: &Links, values: &Record| {
            links.iter().filter_map(|(index, _)| values.get(*index).as_id()).all(|id| self.0.contains_key(&id))
        };
        let lines_named = |links: &Links| record.lines.iter().all(|line| named(links, &line.values));
        named(&sql.links, &record.values) && sql.lines.as_ref().is_none_or(|lines| lines_named(&lines.links))
    }
}
