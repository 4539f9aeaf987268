//! The audit trail of a record, in words.

use chrono::{DateTime, Utc};
use kontor_entity::{EntityMeta, FieldMeta, Kind};
use kontor_kernel::Result;
use kontor_store::{Tx, sql_error};
use serde_json::{Map, Value as Json};
use sqlx::Row;
use uuid::Uuid;

use super::{
    display::{Display, stored_value},
    names::Names,
};
use crate::view::{Activity, ActivityChange, Icon};

/// Entries that a page shows.
const SHOWN: i64 = 20;

/// One row of the audit trail.
#[derive(Debug, Clone)]
pub(crate) struct AuditEntry {
    pub at: DateTime<Utc>,
    pub actor: String,
    via: String,
    action: String,
    changes: Map<String, Json>,
}

/// The latest entries of a record, newest first, in one statement.
pub(crate) async fn read_activity(tx: &mut Tx, meta: &EntityMeta, id: Uuid) -> Result<Vec<AuditEntry>> {
    let rows = sqlx::query(
        "select a.at, a.via, a.action, a.changes, u.name
         from audit_log a left join users u on u.tenant_id = a.tenant_id and u.id = a.actor_id
         where a.tenant_id = $1 and a.entity = $2 and a.entity_id = $3 order by a.id desc limit $4",
    )
    .bind(tx.tenant())
    .bind(meta.collection)
    .bind(id)
    .bind(SHOWN)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let entries = rows.iter().map(|row| {
        let changes: Json = row.try_get(3)?;
        Ok(AuditEntry {
            at: row.try_get(0)?,
            via: row.try_get(1)?,
            action: row.try_get(2)?,
            changes: changes.as_object().cloned().unwrap_or_default(),
            actor: row.try_get::<Option<String>, _>(4)?.unwrap_or_else(|| "Kontor".to_owned()),
        })
    });
    entries.collect::<sqlx::Result<_>>().map_err(sql_error)
}

/// The records that the trail mentions: what links pointed to before and after.
pub(crate) fn mentioned(meta: &EntityMeta, entries: &[AuditEntry]) -> Vec<(&'static EntityMeta, Uuid)> {
    let mut mentioned = Vec::new();
    for entry in entries {
        for (field, pair) in entry.fields(meta) {
            let Kind::Link(target) = field.kind else { continue };
            let ids = pair.iter().filter_map(|json| stored_value(field, json).as_id());
            mentioned.extend(ids.map(|id| (target(), id)));
        }
    }
    mentioned
}

impl AuditEntry {
    /// The fields that changed, each with its value before and after.
    fn fields<'e>(&'e self, meta: &EntityMeta) -> impl Iterator<Item = (&'static FieldMeta, &'e [Json])> {
        let fields: Vec<_> = self
            .changes
            .iter()
            .filter_map(|(name, change)| {
                let pair = change.as_array().filter(|pair| pair.len() == 2)?;
                // Totals follow from what people change, and are on the page anyway.
                let field = meta.fields.iter().find(|field| field.name == name)?;
                Some((field, pair.as_slice()))
            })
            .collect();
        fields.into_iter()
    }

    fn changed_lines(&self) -> usize {
        self.changes.keys().filter(|name| name.starts_with("lines.")).count()
    }
}

/// The trail in words.
pub(crate) fn activity(meta: &EntityMeta, entries: &[AuditEntry], names: &Names, display: &Display) -> Vec<Activity> {
    entries.iter().map(|entry| told(meta, entry, names, display)).collect()
}

fn told(meta: &EntityMeta, entry: &AuditEntry, names: &Names, display: &Display) -> Activity {
    let changes: Vec<ActivityChange> = match entry.action.as_str() {
        "updated" | "locked" | "unlocked" => {
            entry.fields(meta).map(|(field, pair)| change(field, pair, names, display)).collect()
        }
        _ => Vec::new(),
    };
    let which = if meta.single { "the" } else { "this" };
    let (icon, what) = in_words(&format!("{which} {}", meta.label.to_lowercase()), entry, changes.len());
    let way = match entry.via.as_str() {
        "api" => " through the API",
        "import" => " from a file",
        "assistant" => " with the assistant",
        _ => "",
    };
    Activity { icon, actor: entry.actor.clone(), text: format!("{what}{way}"), at: display.moment(entry.at), changes }
}

fn in_words(record: &str, entry: &AuditEntry, fields: usize) -> (Icon, String) {
    match entry.action.as_str() {
        "created" => (Icon::Plus, format!("created {record}")),
        "updated" => (Icon::Pencil, changed(fields, entry.changed_lines())),
        "confirmed" => (Icon::Send, format!("confirmed {record}")),
        "cancelled" => (Icon::Ban, format!("cancelled {record}")),
        "received" => (Icon::PackageCheck, "received goods".to_owned()),
        "archived" => (Icon::Trash, format!("archived {record}")),
        "restored" => (Icon::RotateCcw, format!("restored {record}")),
        "locked" => (Icon::CircleCheck, "locked the books".to_owned()),
        "unlocked" => (Icon::RotateCcw, "unlocked the books".to_owned()),
        "posted" => (Icon::BookOpen, format!("posted {record}")),
        other => (Icon::CircleDot, format!("{} {record}", other.replace('_', " "))),
    }
}

fn changed(fields: usize, lines: usize) -> String {
    let count = |count: usize, noun: &str| match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        more => Some(format!("{more} {noun}s")),
    };
    let parts: Vec<String> = [count(fields, "field"), count(lines, "line")].into_iter().flatten().collect();
    if parts.is_empty() { "changed nothing to see".to_owned() } else { format!("changed {}", parts.join(" and ")) }
}

fn change(field: &FieldMeta, pair: &[Json], names: &Names, display: &Display) -> ActivityChange {
    let text = |json: Option<&Json>| {
        let value = json.map(|json| stored_value(field, json)).unwrap_or_default();
        match (field.kind, value.as_id()) {
            (Kind::Link(_), Some(id)) => names.get(&id).cloned().unwrap_or_else(|| "a removed record".to_owned()),
            _ => display.text(field, &value, &display.currency),
        }
    };
    ActivityChange { label: field.title(), before: text(pair.first()), after: text(pair.last()) }
}
