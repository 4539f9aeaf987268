//! The endpoints that every entity, action and report has from its description.

use kontor_access::{Feature, Verb};
use kontor_command::{Action, ActionCall, Operation, Registered, Reply, Report};
use kontor_entity::{FieldMeta, Mode, Record, Value, parse_draft, parse_text};
use kontor_kernel::{Fault, Result, Violations};
use kontor_store::{Meter, Origin};
use poem::http::Method;
use uuid::Uuid;

use crate::{
    App, Endpoint, Incoming, Parameter, Schema,
    incoming::{json_response, reply_response},
    query::parse_list_query,
};

/// Every endpoint of the registry.
pub fn entity_endpoints(app: &App) -> Vec<Endpoint> {
    let mut endpoints = Vec::new();
    for (feature, entity) in app.registry.entities() {
        endpoints.push(list(app, feature, entity));
        endpoints.push(read(app, feature, entity));
        if entity.has(Verb::Create) {
            endpoints.push(create(app, feature, entity));
        }
        if entity.has(Verb::Update) {
            endpoints.push(update(app, feature, entity));
        }
        if entity.has(Verb::Archive) {
            endpoints.push(archive(app, feature, entity, true));
            endpoints.push(archive(app, feature, entity, false));
        }
    }
    endpoints.extend(app.registry.actions().map(|action| act(app, action)));
    endpoints.extend(app.registry.reports().map(|report| ask(app, report)));
    endpoints.extend(crate::printouts::printout_endpoints(app));
    endpoints
}

fn path_of(entity: &Registered, rest: &str) -> String {
    format!("/api/v1/{}{rest}", entity.meta.collection)
}

fn list(app: &App, feature: Feature, entity: &'static Registered) -> Endpoint {
    let (app, meta) = (app.clone(), entity.meta);
    let handler = move |incoming: Incoming| {
        let app = app.clone();
        async move {
            let list = parse_list_query(meta, &incoming.query, &[])?;
            let call = incoming.call(Origin::Api)?;
            let page = app
                .runner
                .read(&call, entity.operation(feature, Verb::Read), &|tx| {
                    let list = list.clone();
                    Box::pin(async move { tx.list_json(meta, &list).await })
                })
                .await?;
            let next = page.next_cursor.map_or("null".to_owned(), |cursor| format!("\"{cursor}\""));
            Ok(json_response(200, format!("{{\"data\":[{}],\"next_cursor\":{next}}}", page.json)))
        }
    };
    let endpoint = Endpoint::api(Method::GET, path_of(entity, ""), entity.meta.operation("list"), handler)
        .summary(format!("List {}", meta.plural.to_lowercase()))
        .tag(meta.plural)
        .answer(200, "A page of records", Schema::Page(meta));
    list_parameters(endpoint, entity)
}

fn list_parameters(mut endpoint: Endpoint, entity: &Registered) -> Endpoint {
    let text = |name| FieldMeta::of::<Option<String>>(name, "");
    let sorts: Vec<_> = entity.meta.all_fields().filter(|f| f.sortable).map(|f| f.name).collect();
    let help = format!("By one of {}, created_at; a leading - turns the order around", sorts.join(", "));
    endpoint = endpoint
        .parameter(Parameter::query("sort", text("sort"), help))
        .parameter(Parameter::query("q", text("q").max(200), "Words that must occur in the searchable fields"))
        .parameter(Parameter::query(
            "limit",
            FieldMeta::of::<Option<i32>>("limit", "").at_least(1).at_most(200),
            "Records a page, 50 unless set",
        ))
        .parameter(Parameter::query("cursor", text("cursor"), "next_cursor of the page before"))
        .parameter(Parameter::query(
            "archived",
            FieldMeta::of::<Option<bool>>("archived", ""),
            "true: the archived records instead",
        ));
    for field in entity.meta.all_fields().filter(|field| field.filterable) {
        let name = format!("filter[{}]", field.name);
        let help = "Equal to this; with [gte], [lte], [gt], [lt], [in] or [null] after the field for other comparisons";
        endpoint = endpoint.parameter(Parameter::query(name, *field, help));
    }
    endpoint
}

fn read(app: &App, feature: Feature, entity: &'static Registered) -> Endpoint {
    let (app, meta) = (app.clone(), entity.meta);
    let handler = move |incoming: Incoming| {
        let app = app.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            let operation = entity.operation(feature, Verb::Read);
            app.runner.admit(&call, operation).await?;
            let id = incoming.id("id")?;
            let written = app.runner.read(&call, operation, &|tx| Box::pin(tx.record_json(meta, id))).await?;
            Ok(reply_response(Reply::ok(written)))
        }
    };
    Endpoint::api(Method::GET, path_of(entity, "/{id}"), entity.meta.operation("get"), handler)
        .summary(format!("Read one of the {}", meta.plural.to_lowercase()))
        .tag(meta.plural)
        .parameter(Parameter::id("The record's id"))
        .answer(200, "The record", Schema::Record(meta))
}

fn create(app: &App, feature: Feature, entity: &'static Registered) -> Endpoint {
    let (app, meta) = (app.clone(), entity.meta);
    let handler = move |incoming: Incoming| {
        let app = app.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            let operation = entity.operation(feature, Verb::Create);
            app.runner.admit(&call, operation).await?;
            incoming.require_json()?;
            let draft = parse_draft(meta, &incoming.body, Mode::Create)?;
            let reply = app
                .runner
                .reply(&call, operation, &|tx| {
                    let draft = draft.clone();
                    Box::pin(async move { Ok(Reply::created(entity.create(tx, draft).await?, meta.collection)) })
                })
                .await?;
            Ok(reply_response(reply))
        }
    };
    Endpoint::api(Method::POST, path_of(entity, ""), entity.meta.operation("create"), handler)
        .summary(format!("Create a {}", meta.label.to_lowercase()))
        .tag(meta.plural)
        .parameter(Parameter::idempotency_key())
        .body(Schema::Create(meta))
        .answer(201, "The record as stored", Schema::Record(meta))
}

fn update(app: &App, feature: Feature, entity: &'static Registered) -> Endpoint {
    let (app, meta) = (app.clone(), entity.meta);
    let handler = move |incoming: Incoming| {
        let app = app.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            let operation = entity.operation(feature, Verb::Update);
            app.runner.admit(&call, operation).await?;
            incoming.require_json()?;
            let id = incoming.id("id")?;
            let version = incoming.if_match();
            let draft = parse_draft(meta, &incoming.body, Mode::Patch);
            exists(&app, &call, entity, feature, id, draft.is_err() || version.is_err()).await?;
            let (draft, version) = (draft?, version?);
            let reply = app
                .runner
                .reply(&call, operation, &|tx| {
                    let draft = draft.clone();
                    Box::pin(async move { Ok(Reply::ok(entity.update(tx, id, version, draft).await?.into_written())) })
                })
                .await?;
            Ok(reply_response(reply))
        }
    };
    let article = if meta.single { "the" } else { "a" };
    Endpoint::api(Method::PATCH, path_of(entity, "/{id}"), entity.meta.operation("update"), handler)
        .summary(format!("Change {article} {} by a JSON merge patch", meta.label.to_lowercase()))
        .tag(meta.plural)
        .parameter(Parameter::id("The record's id"))
        .parameter(Parameter::if_match())
        .body(Schema::Patch(meta))
        .answer(200, "The record as stored", Schema::Record(meta))
}

/// A record that is not there is 404 before anything is said about the body.
async fn exists(
    app: &App,
    call: &kontor_command::Call,
    entity: &'static Registered,
    feature: Feature,
    id: Uuid,
    asked: bool,
) -> Result<()> {
    if !asked {
        return Ok(());
    }
    let operation =
        Operation { need: entity.operation(feature, Verb::Update).need, ..entity.operation(feature, Verb::Read) };
    app.runner.read(call, operation, &|tx| Box::pin(tx.record_json(entity.meta, id))).await.map(|_| ())
}

fn archive(app: &App, feature: Feature, entity: &'static Registered, archived: bool) -> Endpoint {
    let (app, meta) = (app.clone(), entity.meta);
    let handler = move |incoming: Incoming| {
        let app = app.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            let operation = entity.operation(feature, Verb::Archive);
            app.runner.admit(&call, operation).await?;
            let id = incoming.id("id")?;
            let version = incoming.if_match()?;
            let reply = app
                .runner
                .reply(&call, operation, &|tx| {
                    Box::pin(async move {
                        entity.archive(tx, id, version, archived).await?;
                        if archived { Ok(Reply::empty()) } else { Ok(Reply::ok(tx.record_json(meta, id).await?)) }
                    })
                })
                .await?;
            Ok(reply_response(reply))
        }
    };
    let label = meta.label.to_lowercase();
    let endpoint = if archived {
        Endpoint::api(Method::DELETE, path_of(entity, "/{id}"), entity.meta.operation("archive"), handler)
            .summary(format!("Archive a {label}"))
            .answer_of(204, "Archived", Vec::new())
    } else {
        Endpoint::api(Method::POST, path_of(entity, "/{id}/restore"), entity.meta.operation("restore"), handler)
            .summary(format!("Restore an archived {label}"))
            .answer(200, "The record as stored", Schema::Record(meta))
    };
    endpoint.tag(meta.plural).parameter(Parameter::id("The record's id")).parameter(Parameter::if_match())
}

fn act(app: &App, action: &'static Action) -> Endpoint {
    let app = app.clone();
    let (on, answer) = ((action.on)(), (action.answer)());
    let handler = move |incoming: Incoming| {
        let app = app.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            app.runner.admit(&call, action.operation).await?;
            let id = incoming.id("id")?;
            let version = incoming.if_match();
            let input = incoming.parse_fields(action.input);
            if input.is_err() || version.is_err() {
                let read = Operation { meter: Meter::Free, ..action.operation };
                app.runner.read(&call, read, &|tx| Box::pin(tx.record_json(on, id))).await?;
            }
            let call_data = ActionCall { id, version: version?, input: input? };
            let reply = app.runner.reply(&call, action.operation, &|tx| action.run(tx, call_data.clone())).await?;
            Ok(reply_response(reply))
        }
    };
    let operation = on.operation(action.path);
    let name: &'static str = action.operation.name;
    let endpoint =
        Endpoint::api(Method::POST, format!("/api/v1/{}/{{id}}/{}", on.collection, action.path), operation, handler)
            .summary(action.summary)
            .tag(on.plural)
            .parameter(Parameter::id("The record's id"))
            .parameter(Parameter::idempotency_key())
            .parameter(Parameter::if_match())
            .answer(if action.creates { 201 } else { 200 }, "Done; the record as stored", Schema::Record(answer));
    endpoint.optional_body(Schema::Shape(name, action.input))
}

fn ask(app: &App, report: &'static Report) -> Endpoint {
    let app = app.clone();
    let handler = move |incoming: Incoming| {
        let app = app.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            app.runner.admit(&call, report.operation()).await?;
            let input = report_parameters(report, &incoming)?;
            let json = app.runner.read(&call, report.operation(), &|tx| (report.run)(tx, input.clone())).await?;
            Ok(json_response(200, json))
        }
    };
    let mut endpoint = Endpoint::api(
        Method::GET,
        format!("/api/v1/reports/{}", report.path),
        report.name.replace(['.', '-'], "_"),
        handler,
    )
    .summary(report.summary)
    .tag("Reports")
    .answer(200, "The report", Schema::Shape(report.name, report.answer));
    for field in report.parameters {
        endpoint = endpoint.parameter(Parameter::query(field.name, *field, field.help));
    }
    endpoint
}

fn report_parameters(report: &Report, incoming: &Incoming) -> Result<Record> {
    let mut violations = Violations::new();
    for (name, _) in &incoming.query {
        if report.parameters.iter().all(|field| field.name != name) {
            violations.add(Fault::UnknownField, name.clone());
        }
    }
    let mut values = Vec::with_capacity(report.parameters.len());
    for field in report.parameters {
        let value = match incoming.query_value(field.name) {
            None if field.required => {
                violations.add(Fault::Required, field.name);
                Value::Null
            }
            None => Value::Null,
            Some(text) => parse_text(field, text).unwrap_or_else(|problem| {
                violations.add_text(problem.0, field.name, problem.1);
                Value::Null
            }),
        };
        values.push(value);
    }
    violations.into_result()?;
    Ok(Record::new(values))
}
