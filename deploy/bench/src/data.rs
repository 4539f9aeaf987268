use anyhow::Context as _;
use kontor_postgres::Cluster;
use serde_json::{Value, json};
use sqlx::{Connection as _, PgConnection};
use uuid::Uuid;

use crate::{client::Connection, server::Server};

pub const DATABASE: &str = "kontor_bench";
/// Of the database's roles.
pub const PASSWORD: &str = "bench";

/// What both sides work on.
pub struct Data {
    pub tenant: Uuid,
    pub token: String,
    pub warehouse: Uuid,
    pub suppliers: Vec<Uuid>,
    pub products: Vec<Uuid>,
    pub orders: Vec<Uuid>,
}

/// 50 suppliers, 1,000 products, 10,000 orders of five lines, all of one company, with UUIDv7 keys.
pub async fn load(cluster: &Cluster, server: &Server) -> anyhow::Result<Data> {
    let mut anonymous = Connection::open(&server.address, "").await?;
    let body = json!({
        "company": "Bench", "slug": "bench", "country": "DE", "currency": "EUR", "name": "Bench Owner",
        "email": "bench@example.com", "password": "a long bench password 42",
    });
    let (status, answer) = anonymous.send("POST", "/api/v1/sign-up", None, &body.to_string()).await?;
    anyhow::ensure!(status == 201, "sign-up answered {status}: {answer}");
    let answer: Value = serde_json::from_str(&answer)?;
    let tenant: Uuid = answer.pointer("/tenant/id").and_then(Value::as_str).context("no tenant")?.parse()?;
    let token = answer.get("access_token").and_then(Value::as_str).context("no token")?.to_owned();
    let mut admin = PgConnection::connect(&cluster.url("postgres", DATABASE)).await?;
    let warehouse: Uuid =
        sqlx::query_scalar("select id from warehouses where tenant_id = $1").bind(tenant).fetch_one(&mut admin).await?;
    let unit: Uuid = sqlx::query_scalar("select id from units where tenant_id = $1 order by code limit 1")
        .bind(tenant)
        .fetch_one(&mut admin)
        .await?;
    let (suppliers, products, orders) = (ids(50)?, ids(1_000)?, ids(10_000)?);
    insert_masters(&mut admin, tenant, unit, &suppliers, &products).await?;
    insert_orders(&mut admin, tenant, warehouse, &suppliers, &products, &orders).await?;
    sqlx::query("create extension if not exists pg_stat_statements").execute(&mut admin).await?;
    let data = Data { tenant, token, warehouse, suppliers, products, orders };
    crate::pgbench::prepare(&mut admin).await?;
    sqlx::query("vacuum analyze").execute(&mut admin).await?;
    Ok(data)
}

/// Keys of the product's kind, version 7, of one moment; where the product's end is random, theirs counts from 1, in
/// decimal figures, so that pgbench can name the nth.
pub fn ids(count: usize) -> anyhow::Result<Vec<Uuid>> {
    let moment = Uuid::now_v7().to_string();
    let moment = moment.get(..13).context("a UUID's text")?;
    (1..=count).map(|number| Ok(format!("{moment}-7000-8000-{number:012}").parse()?)).collect()
}

async fn insert_masters(
    admin: &mut PgConnection,
    tenant: Uuid,
    unit: Uuid,
    suppliers: &[Uuid],
    products: &[Uuid],
) -> anyhow::Result<()> {
    sqlx::query(
        "insert into partners (tenant_id, id, is_supplier, code, name, payment_days, created_at, updated_at)
         select $1, id, true, 'S' || n, 'Supplier ' || n, 30, now(), now() from unnest($2::uuid[]) with ordinality s (id, n)",
    )
    .bind(tenant)
    .bind(suppliers)
    .execute(&mut *admin)
    .await?;
    sqlx::query(
        "insert into products (tenant_id, id, code, name, unit_id, purchase_price, created_at, updated_at)
         select $1, id, 'SKU' || n, 'Product ' || n, $3, (n % 97) + 0.99, now(), now()
         from unnest($2::uuid[]) with ordinality p (id, n)",
    )
    .bind(tenant)
    .bind(products)
    .bind(unit)
    .execute(admin)
    .await?;
    Ok(())
}

async fn insert_orders(
    admin: &mut PgConnection,
    tenant: Uuid,
    warehouse: Uuid,
    suppliers: &[Uuid],
    products: &[Uuid],
    orders: &[Uuid],
) -> anyhow::Result<()> {
    sqlx::query(
        "insert into purchase_orders (tenant_id, id, number, supplier_id, order_date, warehouse_id, currency, tax_method,
                                      untaxed, tax, total, created_at, updated_at)
         select $1, id, 'OLD-' || n, ($3::uuid[])[1 + n % 50], date '2026-01-01' + (n % 300)::int, $4, 'EUR', 'per_line',
                500, 0, 500, now(), now()
         from unnest($2::uuid[]) with ordinality o (id, n)",
    )
    .bind(tenant)
    .bind(orders)
    .bind(suppliers)
    .bind(warehouse)
    .execute(&mut *admin)
    .await?;
    sqlx::query(
        "insert into purchase_order_lines (tenant_id, id, order_id, position, product_id, description, quantity, unit_price,
                                           discount_percent, tax_percent, amount)
         select $1, gen_random_uuid(), o.id, p, ($3::uuid[])[1 + (o.n * 7 + p) % 1000], 'Line', 2, 50, 0, 0, 100
         from unnest($2::uuid[]) with ordinality o (id, n), generate_series(1, 5) p",
    )
    .bind(tenant)
    .bind(orders)
    .bind(products)
    .execute(admin)
    .await?;
    Ok(())
}
