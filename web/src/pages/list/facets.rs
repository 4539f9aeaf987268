//! What a list's page needs beside its rows, in one statement: counts of views, choices of link filters, shares.

use std::fmt::Write as _;

use kontor_entity::EntityMeta;
use kontor_kernel::Result;
use kontor_store::{Tx, sql_error};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use sqlx::{AssertSqlSafe, Row as _};
use uuid::Uuid;

/// A link filter offers its records only while they are few.
pub(super) const FEW: usize = 20;

/// A link that the list is filtered by, or may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct LinkFacet {
    pub field: &'static str,
    pub target: &'static EntityMeta,
    pub selected: Option<Uuid>,
}

#[derive(Debug)]
struct Fact {
    facet: String,
    key: String,
    label: String,
    figure: Option<Decimal>,
}

/// The answers.
#[derive(Debug, Default)]
pub(crate) struct Facets(Vec<Fact>);

impl Facets {
    /// Reads them; asks nothing where a list has none.
    pub async fn read(tx: &mut Tx, own: Option<&'static str>, links: &[LinkFacet], ids: &[Uuid]) -> Result<Self> {
        let mut parts: Vec<String> = own.into_iter().map(str::to_owned).collect();
        let mut selected = Vec::new();
        for link in links {
            parts.push(choices_of(link));
            if let Some(id) = link.selected {
                selected.push(id);
                parts.push(chosen_of(link, selected.len() + 3));
            }
        }
        if parts.is_empty() {
            return Ok(Self::default());
        }
        let text = format!("with p as (select $2::date as today, $3::uuid[] as ids) {}", parts.join(" union all "));
        let mut query = sqlx::query(AssertSqlSafe(text)).bind(tx.tenant()).bind(tx.today()).bind(ids);
        for id in selected {
            query = query.bind(id);
        }
        let rows = query.fetch_all(tx.connection().await?).await.map_err(sql_error)?;
        let facts = rows.iter().map(|row| {
            Ok(Fact {
                facet: row.try_get(0)?,
                key: row.try_get::<Option<String>, _>(1)?.unwrap_or_default(),
                label: row.try_get(2)?,
                figure: row.try_get(3)?,
            })
        });
        facts.collect::<sqlx::Result<_>>().map(Self).map_err(sql_error)
    }

    fn find(&self, facet: &str, key: &str) -> Option<&Fact> {
        self.0.iter().find(|fact| fact.facet == facet && fact.key == key)
    }

    pub fn count(&self, facet: &str, key: &str) -> Option<u64> {
        self.find(facet, key)?.figure?.to_u64()
    }

    /// A share from 0 to 100; nothing known is 0.
    pub fn percent(&self, facet: &str, key: &str) -> u8 {
        let figure = self.find(facet, key).and_then(|fact| fact.figure);
        figure.and_then(|figure| figure.min(Decimal::ONE_HUNDRED).to_u8()).unwrap_or(0)
    }

    /// The one key that a facet has; nothing when there are several.
    pub fn only(&self, facet: &str) -> Option<&str> {
        let fact = self.0.iter().find(|fact| fact.facet == facet)?;
        (fact.figure == Some(Decimal::ONE)).then_some(fact.key.as_str())
    }

    /// Ids and names to choose from, without doubles.
    pub fn choices(&self, facet: &str) -> Vec<(&str, &str)> {
        let mut choices: Vec<(&str, &str)> = Vec::new();
        for fact in self.0.iter().filter(|fact| fact.facet == facet) {
            if choices.iter().all(|(key, _)| *key != fact.key) {
                choices.push((&fact.key, &fact.label));
            }
        }
        choices
    }
}

fn role(target: &EntityMeta) -> String {
    target.role.map(|role| format!(" and {role}")).unwrap_or_default()
}

fn choices_of(link: &LinkFacet) -> String {
    let LinkFacet { field, target, .. } = link;
    format!(
        "(select '{field}', id::text, {title}::text, null::numeric from {table}
          where tenant_id = $1 and archived_at is null{role} order by {title}, id limit {limit})",
        title = target.title,
        table = target.table,
        role = role(target),
        limit = FEW + 1,
    )
}

fn chosen_of(link: &LinkFacet, parameter: usize) -> String {
    let LinkFacet { field, target, .. } = link;
    let mut text = format!("select '{field}', id::text, {}::text, null::numeric from {}", target.title, target.table);
    let _ = write!(text, " where tenant_id = $1 and id = ${parameter}{}", role(target));
    text
}
