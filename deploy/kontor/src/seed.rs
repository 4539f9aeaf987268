//! The demo company: Northwind Traders, filled through the same import and the same commands that customers use.

use std::{process::ExitCode, sync::Arc};

use anyhow::Context as _;
use chrono::{Datelike as _, Days, NaiveDate};
use kontor_access::{SessionKind, SignUp, Visit};
use kontor_command::{Call, Need, Operation};
use kontor_entity::{Entity as _, Mode, parse_draft};
use kontor_purchasing::{ConfirmOrder, PurchaseOrder, ReceiveGoods};
use kontor_store::{Meter, Origin};
use kontor_transfer::NewImport;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    compose::{Product, compose},
    config::Config,
};

pub const SLUG: &str = "northwind";
pub const EMAIL: &str = "demo@kontor.example";
pub const PASSWORD: &str = "chai-and-syrup-for-friday";

/// In the order in which they point to each other.
const FILES: [(&str, &str, &[u8]); 4] = [
    ("suppliers", "suppliers.csv", include_bytes!("../demo/northwind/suppliers.csv")),
    ("product-categories", "categories.csv", include_bytes!("../demo/northwind/categories.csv")),
    ("products", "products.csv", include_bytes!("../demo/northwind/products.csv")),
    ("customers", "customers.csv", include_bytes!("../demo/northwind/customers.csv")),
];

/// Orders of the last year.
const ORDERS: u32 = 60;

/// Makes the demo company unless it is there.
pub async fn run(config: &Config) -> anyhow::Result<ExitCode> {
    let product = compose(config).await?;
    match demo(&product).await? {
        Some(orders) => println!("the demo company {SLUG} is filled: {orders} orders"),
        None => println!("the demo company {SLUG} was there already"),
    }
    product.close().await;
    Ok(ExitCode::SUCCESS)
}

/// How many orders were made; nothing when the company was there.
pub async fn demo(product: &Product) -> anyhow::Result<Option<u32>> {
    let known: bool = sqlx::query_scalar("select exists (select from platform.tenants where slug = $1)")
        .bind(SLUG)
        .fetch_one(product.app.runner.databases().identity())
        .await?;
    if known {
        return Ok(None);
    }
    let call = sign_up(product).await?;
    for (entity, file, content) in FILES {
        import(product, &call, entity, file, content).await?;
    }
    let catalog = catalog(product, &call).await?;
    let today = call.caller.company.today(product.app.runner.clock().now());
    for number in 0..ORDERS {
        order(product, &call, &catalog, number, today).await.with_context(|| format!("demo order {number}"))?;
    }
    Ok(Some(ORDERS))
}

async fn sign_up(product: &Product) -> anyhow::Result<Call> {
    let sign_up = SignUp {
        company: "Northwind Traders".to_owned(),
        slug: SLUG.to_owned(),
        country: "DE".to_owned(),
        currency: Some("EUR".to_owned()),
        name: "Nancy Davolio".to_owned(),
        email: EMAIL.to_owned(),
        password: PASSWORD.to_owned(),
    };
    let visit = Visit { kind: SessionKind::Api, request_id: "seed".to_owned(), address: None, user_agent: None };
    let entered = product.identity.sign_up(&sign_up, &visit).await?;
    let caller = product.identity.authenticate_bearer(&entered.tokens()?.access_token).await?;
    Ok(Call { caller, origin: Origin::System, request_id: "seed".to_owned(), address: None, idempotency: None })
}

async fn import(product: &Product, call: &Call, entity: &str, file: &str, content: &[u8]) -> anyhow::Result<()> {
    let new = NewImport {
        entity: entity.to_owned(),
        file_name: file.to_owned(),
        content: content.to_vec(),
        mapping: None,
        dry_run: false,
    };
    let status = product.imports.start(call, new).await?;
    anyhow::ensure!(status.errors.is_empty(), "{file} was not imported: {:?}", status.errors);
    Ok(())
}

/// The products of each supplier.
type Catalog = Vec<(Uuid, Vec<Uuid>)>;

async fn catalog(product: &Product, call: &Call) -> anyhow::Result<Catalog> {
    let operation = Operation {
        name: "seed",
        feature: kontor_purchasing::FEATURE,
        need: Need::Verb(PurchaseOrder::META.permission, kontor_access::Verb::Read),
        meter: Meter::Free,
    };
    let rows: Vec<(Uuid, Vec<Uuid>)> = product
        .app
        .runner
        .read(call, operation, &|tx| {
            Box::pin(async move {
                let tenant = tx.tenant();
                sqlx::query_as(
                    "select supplier_id, array_agg(id order by code) from products
                     where tenant_id = $1 and supplier_id is not null and purchase_price is not null and archived_at is null
                     group by supplier_id order by supplier_id",
                )
                .bind(tenant)
                .fetch_all(tx.connection())
                .await
                .map_err(kontor_store::sql_error)
            })
        })
        .await?;
    Ok(rows)
}

/// One order, spread over the past year: old ones received whole, recent ones in part or not at all, the last as drafts.
async fn order(product: &Product, call: &Call, catalog: &Catalog, number: u32, today: NaiveDate) -> anyhow::Result<()> {
    let age = u64::from((ORDERS - number) * 350 / ORDERS);
    let date = today.checked_sub_days(Days::new(age)).unwrap_or(today);
    let expected = date.checked_add_days(Days::new(5 + u64::from(number % 9))).unwrap_or(date);
    let place = usize::try_from(number * 7 + date.ordinal()).unwrap_or(0) % catalog.len().max(1);
    let (supplier, products) = catalog.get(place).context("the demo company has no products to order")?;
    let lines: Vec<Value> = products
        .iter()
        .take(1 + usize::try_from(number % 4).unwrap_or(0))
        .zip(1_u32..)
        .map(|(product, line)| json!({ "product_id": product, "quantity": (10 + (number * 13 + line * 7) % 60).to_string() }))
        .collect();
    let body = json!({ "supplier_id": supplier, "order_date": date, "expected_date": expected, "lines": lines });
    let id = create(product, call, &body).await?;
    if number + 3 >= ORDERS {
        return Ok(());
    }
    let runner = &product.app.runner;
    runner.run(call, ConfirmOrder { order: id, version: None }).await?;
    if number + 8 >= ORDERS {
        return Ok(());
    }
    let arrived = expected.min(today);
    let lines = if number + 12 >= ORDERS { first_line(product, call, id).await? } else { Vec::new() };
    runner.run(call, ReceiveGoods { order: id, version: None, date: Some(arrived), lines }).await?;
    Ok(())
}

async fn create(product: &Product, call: &Call, body: &Value) -> anyhow::Result<Uuid> {
    let meta = PurchaseOrder::META;
    let (feature, entity) = product.app.registry.entity(meta.collection).context("no purchase orders")?;
    let draft = Arc::new(parse_draft(meta, body.to_string().as_bytes(), Mode::Create)?);
    let operation = Operation {
        name: meta.permission,
        feature,
        need: Need::Verb(meta.permission, kontor_access::Verb::Create),
        meter: Meter::Write,
    };
    let written = product
        .app
        .runner
        .write(call, operation, &|tx| {
            let draft = Arc::clone(&draft);
            Box::pin(async move { entity.create(tx, (*draft).clone()).await })
        })
        .await?;
    Ok(written.id)
}

/// Half of the first line, for an order that is received in part.
async fn first_line(
    product: &Product,
    call: &Call,
    order: Uuid,
) -> anyhow::Result<Vec<kontor_purchasing::ReceiveLine>> {
    let operation = Operation {
        name: "seed",
        feature: kontor_purchasing::FEATURE,
        need: Need::Verb(PurchaseOrder::META.permission, kontor_access::Verb::Read),
        meter: Meter::Free,
    };
    let stored =
        product.app.runner.read(call, operation, &|tx| Box::pin(tx.record_json(PurchaseOrder::META, order))).await?;
    let stored: Value = serde_json::from_str(&stored.json)?;
    let line = stored.pointer("/lines/0").context("an order without lines")?;
    let line_id = line.get("id").and_then(Value::as_str).context("a line without an id")?.parse()?;
    let quantity: i64 = line.get("quantity").and_then(Value::as_str).context("a line without a quantity")?.parse()?;
    let half = kontor_kernel::Quantity::new((quantity / 2).max(1).into());
    Ok(vec![kontor_purchasing::ReceiveLine { line_id, quantity: half }])
}
