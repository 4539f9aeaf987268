use kontor_entity::{EntityMeta, Kind};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::row::Row;

/// A record that an answer's figure came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The collection's name: `purchase-orders`.
    #[serde(rename = "type")]
    pub kind: String,
    pub id: Uuid,
    /// Its name or number.
    pub title: String,
    /// Its page in the web app.
    pub url: String,
}

impl Citation {
    /// The citation of a record as the API gives it; nothing for what has no id.
    pub fn of(meta: &EntityMeta, record: &Value) -> Option<Self> {
        let row = Row(record);
        let id = row.id("id")?;
        Some(Self { kind: meta.collection.to_owned(), id, title: title_of(meta, row), url: meta.url(id) })
    }

    pub(crate) fn named(meta: &EntityMeta, id: Uuid, title: &str) -> Self {
        Self { kind: meta.collection.to_owned(), id, title: title.to_owned(), url: meta.url(id) }
    }
}

/// A record's name, else its number, else the names of what it joins: a stock level is "Chai, Main warehouse".
fn title_of(meta: &EntityMeta, row: Row<'_>) -> String {
    let own = [meta.title, meta.code].into_iter().filter(|name| *name != "id").find_map(|name| row.text(name));
    if let Some(own) = own {
        return own.to_owned();
    }
    let links = meta.all_fields().filter(|field| field.listed && matches!(field.kind, Kind::Link(_)));
    let names: Vec<&str> = links.filter_map(|field| row.link(field)).collect();
    if names.is_empty() { meta.label.to_owned() } else { names.join(", ") }
}
