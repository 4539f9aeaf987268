//! Records for fields that point to one, and the search over all of them: JSON for the page's scripts.

use kontor_access::Verb;
use kontor_command::{FindQuery, Found, RecordFinder};
use kontor_http::{Endpoint, Incoming, json_response};
use kontor_kernel::{Error, Fault, Result};
use kontor_store::{ListQuery, Origin, Tx, sql_error};
use poem::Response;
use rust_decimal::Decimal;
use serde::Serialize;
use sqlx::Row as _;
use tracing::warn;
use uuid::Uuid;

use super::{SETTINGS, Target, list::Row};
use crate::{Web, shell::includes};

/// Records offered at once.
const OFFERED: u16 = 8;
const FOUND: usize = 20;
/// Letters of a question that count.
const LETTERS: usize = 200;

pub(super) fn endpoints(web: &Web) -> Vec<Endpoint> {
    vec![web.get("/lookup/{collection}", lookup), web.get("/search", search)]
}

#[derive(Debug, Serialize)]
struct Answer<T> {
    data: Vec<T>,
}

#[derive(Debug, Clone, Serialize)]
struct Offer {
    id: Uuid,
    code: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra: Option<Extra>,
}

/// What a line takes over from its product. Figures are plain decimals.
#[derive(Debug, Clone, Serialize)]
struct Extra {
    price: Option<Decimal>,
    unit: String,
    /// Available; nothing for products whose stock is not kept.
    stock: Option<Decimal>,
    tax_id: Option<Uuid>,
}

fn answer<T: Serialize>(data: Vec<T>) -> Result<Response> {
    Ok(json_response(200, serde_json::to_string(&Answer { data }).map_err(Error::internal)?))
}

fn words(incoming: &Incoming) -> String {
    incoming.query_value("q").unwrap_or_default().replace('\0', "").trim().chars().take(LETTERS).collect()
}

/// `GET /lookup/suppliers?q=`: at most eight records, the best first. Without words: the first ones by name.
async fn lookup(web: Web, incoming: Incoming) -> Result<Response> {
    let target =
        Target::of(&web.app.registry, incoming.path_value("collection")).ok_or_else(|| Fault::NotFound.error())?;
    let text = words(&incoming);
    let call = incoming.call(Origin::Web)?;
    web.app.runner.admit(&call, target.operation(Verb::Read)).await?;
    let found = find(&web, &incoming, vec![target.meta().collection], &text, usize::from(OFFERED)).await?;
    let found: Vec<Offer> = found
        .into_iter()
        .map(|found| Offer { id: found.id, code: found.code, name: found.title, extra: None })
        .collect();
    let of_products = target.meta().collection == "products";
    let offers = web
        .read(&incoming, target, &|tx| {
            let (mut offers, text) = (found.clone(), text.clone());
            Box::pin(async move {
                // The index may be behind by a moment; the list never is.
                if offers.is_empty() {
                    offers = listed(tx, target, &text).await?;
                }
                if of_products {
                    add_extras(tx, &mut offers).await?;
                }
                Ok(offers)
            })
        })
        .await?;
    answer(offers)
}

async fn listed(tx: &mut Tx, target: Target, text: &str) -> Result<Vec<Offer>> {
    let meta = target.meta();
    let sort = kontor_store::Sort::parse(meta, meta.title).unwrap_or_else(|| kontor_store::Sort::standard(meta));
    let text = Some(text.to_owned()).filter(|text| !text.is_empty());
    let list = ListQuery { text, sort, limit: OFFERED, ..ListQuery::all(meta) };
    let (listed, _) = tx.list_records(meta, &list).await?;
    let offers = listed.iter().map(|listed| {
        let row = Row { meta, listed };
        Offer { id: row.id(), code: row.text(meta.code).to_owned(), name: row.title(), extra: None }
    });
    Ok(offers.collect())
}

async fn add_extras(tx: &mut Tx, offers: &mut [Offer]) -> Result<()> {
    let ids: Vec<Uuid> = offers.iter().map(|offer| offer.id).collect();
    let rows = sqlx::query(
        "select p.id, p.purchase_price, u.name, p.purchase_tax_id,
                case when p.tracked then coalesce((select sum(l.available) from stock_levels l
                                                   where l.tenant_id = p.tenant_id and l.product_id = p.id), 0) end
         from products p join units u on u.tenant_id = p.tenant_id and u.id = p.unit_id
         where p.tenant_id = $1 and p.id = any ($2)",
    )
    .bind(tx.tenant())
    .bind(ids)
    .fetch_all(tx.connection().await?)
    .await
    .map_err(sql_error)?;
    for row in &rows {
        let id: Uuid = row.try_get(0).map_err(sql_error)?;
        let Some(offer) = offers.iter_mut().find(|offer| offer.id == id) else { continue };
        offer.extra = Some(Extra {
            price: row.try_get::<Option<Decimal>, _>(1).map_err(sql_error)?.map(|price| price.normalize()),
            unit: row.try_get(2).map_err(sql_error)?,
            tax_id: row.try_get(3).map_err(sql_error)?,
            stock: row.try_get::<Option<Decimal>, _>(4).map_err(sql_error)?.map(|stock| stock.normalize()),
        });
    }
    Ok(())
}

#[derive(Debug, Serialize)]
struct Hit {
    #[serde(rename = "type")]
    kind: String,
    id: Uuid,
    title: String,
    subtitle: String,
    url: String,
}

/// `GET /search?q=`: records of every collection that the caller may read and that has a page.
async fn search(web: Web, incoming: Incoming) -> Result<Response> {
    let caller = incoming.caller()?;
    let features = web.app.runner.gate().features(caller.tenant()).await?;
    let collections: Vec<&'static str> = Target::all(&web)
        .filter(|target| target.meta().section != SETTINGS && includes(&features, target.feature))
        .filter(|target| target.allows(caller, Verb::Read))
        .map(|target| target.meta().collection)
        .collect();
    let found = find(&web, &incoming, collections, &words(&incoming), FOUND).await?;
    let hits = found.into_iter().filter_map(|found| {
        let target = Target::of(&web.app.registry, &found.collection)?;
        let url = target.meta().url(found.id);
        Some(Hit { kind: found.collection, id: found.id, title: found.title, subtitle: found.subtitle, url })
    });
    answer(hits.collect())
}

/// Asks the index. Its failure is no failure of the page: people can still type and choose from lists.
async fn find(
    web: &Web,
    incoming: &Incoming,
    collections: Vec<&'static str>,
    text: &str,
    limit: usize,
) -> Result<Vec<Found>> {
    let Some(finder) = web.finder.as_ref().filter(|_| !text.is_empty() && !collections.is_empty()) else {
        return Ok(Vec::new());
    };
    let finder: &dyn RecordFinder = &**finder;
    let query = FindQuery { tenant: incoming.caller()?.tenant(), text: text.to_owned(), collections, limit };
    Ok(finder.find(query).await.unwrap_or_else(|error| {
        warn!(request.id = incoming.request_id, "the search did not answer: {error:?}");
        Vec::new()
    }))
}
