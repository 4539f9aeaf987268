//! Records as PDF: `GET /api/v1/purchase-orders/{id}/pdf`.

use kontor_access::{Feature, Verb};
use kontor_command::{Call, Printout, Registered};
use kontor_kernel::{Country, Error, Locale, Result};
use kontor_print::{Letterhead, PrintJob, print};
use kontor_store::{Origin, Tx, sql_error};
use poem::{
    Response,
    http::{Method, header},
};
use sqlx::Row;
use uuid::Uuid;

use crate::{App, Endpoint, Incoming, Parameter, Schema};

/// The endpoint of every entity that has a printout.
pub(crate) fn printout_endpoints(app: &App) -> Vec<Endpoint> {
    let printed = app.registry.entities().filter(|(_, entity)| app.registry.printout(entity.meta).is_some());
    printed.map(|(feature, entity)| printout_endpoint(app, feature, entity)).collect()
}

fn printout_endpoint(app: &App, feature: Feature, entity: &'static Registered) -> Endpoint {
    let (app, meta) = (app.clone(), entity.meta);
    let handler = move |incoming: Incoming| {
        let app = app.clone();
        async move {
            let call = incoming.call(Origin::Api)?;
            print_record(&app, &call, feature, entity, incoming.id("id")?).await
        }
    };
    Endpoint::api(Method::GET, format!("/api/v1/{}/{{id}}/pdf", meta.collection), meta.operation("print"), handler)
        .summary(format!("A {} as PDF in the company's brand", meta.label.to_lowercase()))
        .tag(meta.plural)
        .parameter(Parameter::id("The record's id"))
        .answer_of(200, "The PDF", vec![("application/pdf", Schema::File)])
}

/// A record as a PDF response; the same for pages and the API.
pub async fn print_record(
    app: &App,
    call: &Call,
    feature: Feature,
    entity: &'static Registered,
    id: Uuid,
) -> Result<Response> {
    let meta = entity.meta;
    let printout: &'static Printout =
        app.registry.printout(meta).ok_or_else(|| kontor_kernel::Fault::NotFound.error())?;
    let operation = entity.operation(feature, Verb::Read);
    let locale = Locale::from_tag(&call.caller.company.locale);
    let (data, letterhead, logo) = app
        .runner
        .read(call, operation, &|tx| {
            Box::pin(async move {
                let data = (printout.data)(tx, id, locale).await?;
                let (letterhead, logo) = letterhead(tx, locale).await?;
                Ok((data, letterhead, logo))
            })
        })
        .await?;
    let number = data.get("number").and_then(serde_json::Value::as_str).unwrap_or("document").to_owned();
    let job = PrintJob { template: printout.template, data, letterhead, logo, now: app.runner.clock().now() };
    let pdf = print(job).await?;
    let name: String = number.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    Ok(Response::builder()
        .content_type("application/pdf")
        .header(header::CONTENT_DISPOSITION, format!("inline; filename=\"{name}.pdf\""))
        .body(pdf))
}

async fn letterhead(tx: &mut Tx, locale: Locale) -> Result<(Letterhead, Option<Vec<u8>>)> {
    let tenant = tx.tenant();
    let row = sqlx::query(
        "select coalesce(legal_name, name) as name, street, postal_code, city, country, email, phone, tax_number,
                document_footer, brand_color, logo
         from companies where tenant_id = $1",
    )
    .bind(tenant)
    .fetch_one(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    let text = |column: &str| row.try_get::<Option<String>, _>(column).map_err(sql_error);
    let place = [text("postal_code")?, text("city")?].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let country = text("country")?.and_then(|code| Country::parse(&code));
    let country = country.map(|country| country.name_in(locale));
    let logo: Option<Vec<u8>> = row.try_get("logo").map_err(sql_error)?;
    let letterhead = Letterhead {
        name: text("name")?.ok_or_else(|| Error::internal("a company without a name"))?,
        address: [text("street")?, (!place.is_empty()).then_some(place), country.map(str::to_owned)]
            .into_iter()
            .flatten()
            .collect(),
        email: text("email")?,
        phone: text("phone")?,
        tax_number: text("tax_number")?,
        footer: text("document_footer")?,
        color: text("brand_color")?.unwrap_or_default(),
        language: locale.code().to_owned(),
        has_logo: logo.is_some(),
    };
    Ok((letterhead, logo))
}
