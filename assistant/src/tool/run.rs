//! A model's call of a tool, run as the person. What a tool answers, also a refusal, is JSON for the model.

use kontor_command::Report;
use kontor_entity::{Record, Value as FieldValue, parse_text};
use kontor_kernel::{Error, ErrorKind, Fault, Result, Violations};
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{SHOWN, Tool, ToolKind};
use crate::{Citation, Desk};

/// Characters of one tool's answer.
const LONGEST: usize = 24_000;

/// What a tool's call came to.
pub(crate) struct Outcome {
    /// For the model.
    pub text: String,
    /// The records it saw, to be cited if the answer speaks of them.
    pub seen: Vec<Citation>,
}

#[derive(Deserialize)]
struct FindArguments {
    collection: String,
    text: String,
}

#[derive(Deserialize)]
struct ReadArguments {
    collection: String,
    id: Uuid,
}

#[derive(Deserialize)]
struct ListArguments {
    collection: String,
    #[serde(default)]
    filters: Vec<Filter>,
    sort: Option<String>,
    limit: Option<usize>,
}

#[derive(Deserialize)]
struct Filter {
    field: String,
    operator: Option<String>,
    value: Value,
}

/// Runs one call. Refusals (permission, plan, violations, an unknown tool or record) are answers; failures are errors.
///
/// `tools` are those that were offered: another name is refused, whatever it is.
pub(crate) async fn run_tool(desk: &mut Desk, tools: &[Tool], name: &str, arguments: &str) -> Result<Outcome> {
    let Some(tool) = tools.iter().find(|tool| tool.name == name) else {
        return Ok(refusal(json!({ "error": "unknown_tool", "detail": "there is no such tool for this person" })));
    };
    match run(desk, tool.kind, arguments).await {
        Ok(outcome) => Ok(outcome),
        Err(error) if matches!(error.kind(), ErrorKind::Internal | ErrorKind::Unavailable) => Err(error),
        Err(error) => Ok(refusal(refused(&error))),
    }
}

fn refusal(answer: Value) -> Outcome {
    Outcome { text: answer.to_string(), seen: Vec::new() }
}

fn refused(error: &Error) -> Value {
    let violations: Vec<Value> =
        error.violations().iter().map(|one| json!({ "field": one.field, "message": one.message })).collect();
    json!({ "error": error.code(), "detail": error.text(), "violations": violations })
}

async fn run(desk: &mut Desk, kind: ToolKind, arguments: &str) -> Result<Outcome> {
    match kind {
        ToolKind::Find => find(desk, parse(arguments)?).await,
        ToolKind::Read => read(desk, parse(arguments)?).await,
        ToolKind::List => list(desk, parse(arguments)?).await,
        ToolKind::Propose(entity) => {
            let body: Value = parse(arguments)?;
            let record = desk.propose(entity.meta.collection, &body).await?;
            let told = json!({ "shown_to_the_person": record, "note": "nothing is written until the person confirms the card" });
            Ok(Outcome { text: cut(told.to_string()), seen: Vec::new() })
        }
        ToolKind::Report(report) => {
            let parameters = report_parameters(report, &parse(arguments)?)?;
            Ok(Outcome { text: cut(desk.report(report, parameters).await?), seen: Vec::new() })
        }
    }
}

fn parse<T: for<'de> Deserialize<'de>>(arguments: &str) -> Result<T> {
    let arguments = if arguments.trim().is_empty() { "{}" } else { arguments };
    serde_json::from_str(arguments).map_err(|error| {
        Fault::MalformedBody.error().with_detail(format!("the arguments do not fit the schema: {error}"))
    })
}

async fn find(desk: &mut Desk, arguments: FindArguments) -> Result<Outcome> {
    let meta = desk.entity(&arguments.collection)?.1.meta;
    desk.catch_up().await;
    let found = desk.find(vec![meta.collection], &arguments.text, SHOWN).await?;
    let seen = found.iter().map(|one| Citation::named(meta, one.id, &one.title)).collect();
    let rows: Vec<Value> = found
        .iter()
        .map(|one| json!({ "id": one.id, "code": one.code, "title": one.title, "subtitle": one.subtitle }))
        .collect();
    Ok(Outcome { text: cut(json!({ "records": rows }).to_string()), seen })
}

async fn read(desk: &Desk, arguments: ReadArguments) -> Result<Outcome> {
    let meta = desk.entity(&arguments.collection)?.1.meta;
    let record = desk.record(meta.collection, arguments.id).await?;
    let seen = Citation::of(meta, &record).into_iter().collect();
    Ok(Outcome { text: cut(json!({ "record": record }).to_string()), seen })
}

async fn list(desk: &Desk, arguments: ListArguments) -> Result<Outcome> {
    let meta = desk.entity(&arguments.collection)?.1.meta;
    let mut parameters = vec![("limit".to_owned(), arguments.limit.unwrap_or(SHOWN).clamp(1, SHOWN).to_string())];
    parameters.extend(arguments.sort.map(|sort| ("sort".to_owned(), sort)));
    for filter in arguments.filters {
        let name = match filter.operator.as_deref() {
            None | Some("eq") => format!("filter[{}]", filter.field),
            Some(operator) => format!("filter[{}][{operator}]", filter.field),
        };
        parameters.push((name, filter.value.as_str().map_or_else(|| filter.value.to_string(), str::to_owned)));
    }
    let (rows, next) = desk.page(meta.collection, &parameters).await?;
    let seen = rows.iter().filter_map(|row| Citation::of(meta, row)).collect();
    Ok(Outcome { text: cut(json!({ "records": rows, "more": next.is_some() }).to_string()), seen })
}

fn report_parameters(report: &Report, arguments: &Value) -> Result<Record> {
    let mut violations = Violations::new();
    let mut values = Vec::with_capacity(report.parameters.len());
    for field in report.parameters {
        let given = arguments.get(field.name).filter(|value| !value.is_null());
        let text = given.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        values.push(match text {
            None if field.required => {
                violations.add(Fault::Required, field.name);
                FieldValue::Null
            }
            None => FieldValue::Null,
            Some(text) => parse_text(field, &text).unwrap_or_else(|problem| {
                violations.add_text(problem.0, field.name, problem.1);
                FieldValue::Null
            }),
        });
    }
    violations.into_result()?;
    Ok(Record::new(values))
}

/// A long answer is cut, and says so.
fn cut(mut text: String) -> String {
    if let Some((at, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(at);
        text.push_str(" … cut: ask for less");
    }
    text
}
