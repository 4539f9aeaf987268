//! What a language model may do: tools made from the registered entities and reports, for one person.

mod run;
mod schema;

use kontor_access::{Caller, Verb};
use kontor_command::{Registered, Registry, Report};
use kontor_entity::EntityMeta;
use serde_json::{Value, json};

use crate::desk::allows;

pub(crate) use run::run_tool;
use schema::{draft_schema, parameters_schema};

/// Records that a search or a list gives a model.
const SHOWN: usize = 50;

/// What a tool does.
#[derive(Clone, Copy)]
pub enum ToolKind {
    /// Search for records by words.
    Find,
    /// One record with its lines.
    Read,
    /// A list, filtered and sorted.
    List,
    /// Rehearse a create and show it to the person as a card.
    Propose(&'static Registered),
    /// A report of a module.
    Report(&'static Report),
}

/// A tool as a model is told of it.
#[derive(Clone)]
pub struct Tool {
    pub name: String,
    pub description: String,
    /// JSON schema of its arguments.
    pub parameters: Value,
    pub kind: ToolKind,
}

/// The tools that a person has: nothing that their roles or their company's plan refuse.
///
/// `features` are the plan's; `*` is all of them.
pub fn tools_of(registry: &Registry, caller: &Caller, features: &[String]) -> Vec<Tool> {
    let in_plan = |feature: &str| features.iter().any(|known| known == "*" || known == feature);
    let entities: Vec<&'static Registered> =
        registry.entities().filter(|(feature, _)| in_plan(feature.name())).map(|(_, entity)| entity).collect();
    let readable: Vec<&'static EntityMeta> =
        entities.iter().map(|entity| entity.meta).filter(|meta| allows(caller, meta, Verb::Read)).collect();
    let mut tools = if readable.is_empty() { Vec::new() } else { reading(&readable) };
    let creatable =
        entities.into_iter().filter(|entity| entity.has(Verb::Create) && allows(caller, entity.meta, Verb::Create));
    tools.extend(creatable.map(proposing));
    let reports = registry.reports();
    let reports =
        reports.filter(|report| in_plan(report.feature.name()) && caller.permissions.allow(report.permission));
    tools.extend(reports.map(reporting));
    tools
}

fn reading(readable: &[&'static EntityMeta]) -> Vec<Tool> {
    let collections: Vec<&str> = readable.iter().map(|meta| meta.collection).collect();
    let collection = json!({ "type": "string", "enum": collections });
    let filters = json!({
        "type": "array",
        "description": "Conditions that all must hold",
        "items": {
            "type": "object",
            "properties": {
                "field": { "type": "string", "description": field_guide(readable) },
                "operator": { "type": "string", "enum": ["eq", "gte", "lte", "gt", "lt", "in", "null"] },
                "value": { "type": "string", "description": "For `in` comma-separated; for `null` true or false" }
            },
            "required": ["field", "value"]
        }
    });
    vec![
        Tool {
            name: "find_records".to_owned(),
            description: "Find records by words of their names, numbers or codes; typing errors are forgiven"
                .to_owned(),
            parameters: object(
                json!({ "collection": collection, "text": { "type": "string" } }),
                &["collection", "text"],
            ),
            kind: ToolKind::Find,
        },
        Tool {
            name: "read_record".to_owned(),
            description: "Read one record with all its fields and lines".to_owned(),
            parameters: object(
                json!({ "collection": collection, "id": { "type": "string", "format": "uuid" } }),
                &["collection", "id"],
            ),
            kind: ToolKind::Read,
        },
        Tool {
            name: "list_records".to_owned(),
            description: format!(
                "List records, filtered and sorted, up to {SHOWN}; more says whether there are others"
            ),
            parameters: object(
                json!({
                    "collection": collection,
                    "filters": filters,
                    "sort": { "type": "string", "description": "A field; a leading - turns the order around" },
                    "limit": { "type": "integer", "minimum": 1, "maximum": SHOWN }
                }),
                &["collection"],
            ),
            kind: ToolKind::List,
        },
    ]
}

/// The fields that each collection can be filtered by.
fn field_guide(readable: &[&'static EntityMeta]) -> String {
    let of = |meta: &&'static EntityMeta| {
        let names: Vec<&str> = meta.all_fields().filter(|field| field.filterable).map(|field| field.name).collect();
        (!names.is_empty()).then(|| format!("{}: {}", meta.collection, names.join(", ")))
    };
    readable.iter().filter_map(of).collect::<Vec<_>>().join("; ")
}

fn proposing(entity: &'static Registered) -> Tool {
    let meta = entity.meta;
    Tool {
        name: format!("propose_create_{}", snake(meta.name)),
        description: format!(
            "Show the person a card with a new {} to confirm. Nothing is written. Leave out what was not said; it is filled in. {}",
            meta.label.to_lowercase(),
            meta.help
        ),
        parameters: draft_schema(meta),
        kind: ToolKind::Propose(entity),
    }
}

fn reporting(report: &'static Report) -> Tool {
    Tool {
        name: format!("report_{}", report.name.replace(['.', '-'], "_")),
        description: report.summary.to_owned(),
        parameters: parameters_schema(report.parameters),
        kind: ToolKind::Report(report),
    }
}

pub(crate) fn object(properties: Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

/// `PurchaseOrder` → `purchase_order`.
fn snake(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.extend(letter.to_lowercase());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_named_after_its_entity() {
        assert_eq!(snake("PurchaseOrder"), "purchase_order");
        assert_eq!(snake("Unit"), "unit");
    }
}
