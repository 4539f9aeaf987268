//! Every filter and every order that the API offers finds its records through an index.

use std::fmt::Write as _;

use kontor_entity::{EntityMeta, FieldMeta, Kind, Value};
use kontor_store::{Condition, ListQuery, Operator, Pool, Sort, Transaction, Tx};
use serde_json::Value as Json;
use sqlx::{AssertSqlSafe, PgConnection, Row as _};
use uuid::Uuid;

use crate::server::Server;

const ROWS: i64 = 5_000;
/// Records that a page of 50 may look at: its own, and those that a filter on a common value passes over.
const LOOKED_AT_MOST: f64 = 500.0;

/// Columns whose rows must agree with others, by the tables' constraints; `n` is the row's number from 1.
const AGREED: &[(&str, &str, &str)] = &[
    ("partners", "is_supplier", "n % 3 <> 0"),
    ("partners", "is_customer", "n % 3 <> 1"),
    ("accounts", "purpose", "null::text"),
    ("locations", "warehouse_id", "case when kind = 'internal' then md5('warehouses' || n % 200 + 1)::uuid end"),
    ("product_categories", "parent_id", "case when n > 200 then md5('product_categories' || n % 200 + 1)::uuid end"),
    ("users", "state", "'active'"),
    ("purchase_orders", "tax", "0"),
    ("purchase_orders", "total", "n % 1000"),
    ("purchase_orders", "untaxed", "n % 1000"),
    ("purchase_orders", "cancelled_at", "case when state = 'cancelled' then now() end"),
    ("stock_levels", "product_id", "md5('products' || n)::uuid"),
    ("stock_levels", "on_hand", "n % 1000 + 1"),
    ("stock_levels", "reserved", "0"),
    ("journal_entries", "reverses_id", "null::uuid"),
];

/// A value for one column of row `n`, of the kind that the description says or, for what it does not describe, the type.
fn value_of(meta: &'static EntityMeta, column: &str, data_type: &str, ordinal: i32) -> String {
    if let Some((_, _, agreed)) = AGREED.iter().find(|(table, name, _)| *table == meta.table && *name == column) {
        return (*agreed).to_owned();
    }
    match column {
        "tenant_id" => return "$1".to_owned(),
        "id" => return format!("md5('{}' || n)::uuid", meta.table),
        "archived_at" => return "null::timestamptz".to_owned(),
        _ => {}
    }
    let field = meta.field(column);
    match field.map(|field| field.kind) {
        Some(Kind::Choice(choices)) => {
            let values: Vec<_> = choices.iter().map(|choice| format!("'{}'", choice.value)).collect();
            format!("(array[{}])[n % {} + 1]", values.join(", "), values.len())
        }
        Some(Kind::Link(target)) => format!("md5('{}' || (n * 7 + {ordinal}) % 200 + 1)::uuid", target().table),
        Some(Kind::Integer) => bounded(field),
        _ => match data_type {
            "text" if ["code", "name", "number", "email", "barcode"].contains(&column) => format!("'{column}-' || n"),
            "text" => format!("'{column}-' || n % 200"),
            "uuid" => "gen_random_uuid()".to_owned(),
            "boolean" => "n % 2 = 0".to_owned(),
            "integer" | "bigint" => "1".to_owned(),
            "numeric" => "n % 100 + 1".to_owned(),
            "date" => "date '2020-01-01' + (n % 1500)::integer".to_owned(),
            "timestamp with time zone" => "timestamptz '2020-01-01' + n * interval '1 minute'".to_owned(),
            "ARRAY" => "'{}'::text[]".to_owned(),
            "xid8" => "pg_current_xact_id()".to_owned(),
            other => panic!("no value for {}.{column}, a {other}", meta.table),
        },
    }
}

fn bounded(field: Option<&FieldMeta>) -> String {
    let from = field.and_then(|field| field.min_number).unwrap_or(0);
    let to = field.and_then(|field| field.max_number).unwrap_or(99);
    format!("{from} + n % {}", (to - from + 1).min(200))
}

/// Fills the entity's table by what is known of its columns.
async fn fill(admin: &mut PgConnection, meta: &'static EntityMeta, tenant: Uuid) {
    let columns = sqlx::query(
        "select column_name::text, data_type::text, ordinal_position::integer from information_schema.columns
         where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position",
    )
    .bind(meta.table)
    .fetch_all(&mut *admin)
    .await
    .unwrap();
    let (mut names, mut plain, mut dependent) = (Vec::new(), Vec::new(), Vec::new());
    for column in &columns {
        let name: String = column.get(0);
        let value = value_of(meta, &name, column.get(1), column.get(2));
        if value.starts_with("case") {
            dependent.push((name.clone(), value))
        } else {
            plain.push(format!("{value} as {name}"))
        }
        names.push(name);
    }
    let mut statement = format!("insert into {} ({}) select ", meta.table, names.join(", "));
    let values: Vec<_> = names
        .iter()
        .map(|name| dependent.iter().find(|(known, _)| known == name).map_or(name.clone(), |(_, value)| value.clone()))
        .collect();
    write!(
        statement,
        "{} from (select n, {} from generate_series(1, {ROWS}) n) made on conflict do nothing",
        values.join(", "),
        plain.join(", ")
    )
    .unwrap();
    let done = sqlx::query(AssertSqlSafe(statement)).bind(tenant).execute(&mut *admin).await;
    let rows = done.unwrap_or_else(|error| panic!("{}: {error}", meta.table)).rows_affected();
    assert!(rows > 4_900, "{} has only {rows} rows", meta.table);
}

/// Rows of the table that a plan reads, those it throws away included, and whether it sorts more than a page of anything.
fn work(plan: &Json, table: &str) -> (f64, bool) {
    let number = |name: &str| plan[name].as_f64().unwrap_or(0.0);
    let loops = number("Actual Loops");
    let mut read = 0.0;
    if plan["Relation Name"] == table && plan["Alias"] == "t" {
        read = (number("Actual Rows") + number("Rows Removed by Filter") + number("Rows Removed by Index Recheck"))
            * loops;
    }
    let mut sorts = false;
    for part in plan["Plans"].as_array().into_iter().flatten() {
        let (more, sorts_too) = work(part, table);
        read += more;
        sorts |=
            sorts_too || (plan["Node Type"] == "Sort" && part["Actual Rows"].as_f64().unwrap_or(0.0) > LOOKED_AT_MOST);
    }
    (read, sorts)
}

/// The plan of one list, carried out as the server does it: as its role, under row-level security.
async fn plan(pool: &Pool, tenant: Uuid, meta: &'static EntityMeta, list: &ListQuery, value: Option<&str>) -> Json {
    let mut text = Tx::list_statement(meta, list).replace("$1", &format!("'{tenant}'::uuid"));
    if let Some(value) = value {
        text = text.replace("$2", &format!("'{value}'"));
    }
    let begin = format!("begin; select set_config('app.tenant_id', '{tenant}', true)");
    let mut transaction = Transaction::begin(pool, AssertSqlSafe(begin)).await.unwrap();
    let explain = AssertSqlSafe(format!("explain (analyze, format json) {text}"));
    let plan: Json = sqlx::query_scalar(explain).fetch_one(transaction.connection().unwrap()).await.unwrap();
    transaction.rollback().await.unwrap();
    plan[0]["Plan"].clone()
}

/// A value that the rarest and one that the most rows have.
async fn values(admin: &mut PgConnection, meta: &'static EntityMeta, field: &str) -> Vec<String> {
    let role = meta.role.map(|role| format!(" and {role}")).unwrap_or_default();
    let text = format!(
        "(select {field}::text from {table} where {field} is not null{role} group by {field} order by count(*), {field} limit 1)
         union (select {field}::text from {table} where {field} is not null{role}
                group by {field} order by count(*) desc, {field} limit 1)",
        table = meta.table
    );
    sqlx::query_scalar(AssertSqlSafe(text)).fetch_all(&mut *admin).await.unwrap()
}

/// PostgreSQL does not hold the comparison of two numerics leakproof, so under row-level security it never looks them up in
/// an index: a filter on an amount passes over the company's own rows, in the order of the list.
fn can_be_found_by_index(field: &FieldMeta) -> bool {
    !field.is_decimal()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_filter_and_every_order_goes_through_an_index() {
    let server = Server::start().await;
    server.company().await;
    let mut admin = server.db.admin().await.acquire().await.unwrap().detach();
    let tenant: Uuid = sqlx::query_scalar("select id from platform.tenants").fetch_one(&mut admin).await.unwrap();
    sqlx::query("set session_replication_role = replica").execute(&mut admin).await.unwrap();
    let registry = kontor::modules::registry();
    // A company has one row about itself, and one of each of its settings.
    let many = |meta: &&'static EntityMeta| meta.table != "companies" && !meta.single;
    let entities: Vec<_> = registry.entities().map(|(_, entity)| entity.meta).filter(many).collect();
    let mut filled: Vec<&str> = Vec::new();
    for meta in &entities {
        if !filled.contains(&meta.table) {
            fill(&mut admin, meta, tenant).await;
            filled.push(meta.table);
        }
    }
    sqlx::raw_sql("analyze").execute(&mut admin).await.unwrap();
    let pool = server.db.databases().pool(kontor_kernel::TenantId(tenant));
    let mut slow = Vec::new();
    let mut looked_at = 0;
    for meta in entities {
        for field in meta.all_fields().filter(|field| field.filterable && can_be_found_by_index(field)) {
            for value in values(&mut admin, meta, field.name).await {
                let condition = Condition { field: field.name, operator: Operator::Equal, values: vec![Value::Null] };
                let list = ListQuery { conditions: vec![condition], ..ListQuery::all(meta) };
                let plan = plan(pool, tenant, meta, &list, Some(&value)).await;
                let (read, _) = work(&plan, meta.table);
                let found = plan["Actual Rows"].as_f64().unwrap_or(0.0);
                // A page that is not full has seen everything that fits.
                if read > LOOKED_AT_MOST.max(found * 10.0) {
                    slow.push(format!("{} by {} = {value}: {read} rows read for {found}", meta.collection, field.name));
                }
                looked_at += 1;
            }
        }
        let sorts = meta.all_fields().filter(|field| field.sortable).map(|field| field.name);
        for name in sorts.chain([meta.code, "created_at"]) {
            for order in [name.to_owned(), format!("-{name}")] {
                let Some(sort) = Sort::parse(meta, &order) else { continue };
                let list = ListQuery { sort, ..ListQuery::all(meta) };
                let (read, sorts) = work(&plan(pool, tenant, meta, &list, None).await, meta.table);
                if read > LOOKED_AT_MOST || sorts {
                    slow.push(format!("{} in the order {order}: {read} rows read", meta.collection));
                }
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 200, "only {looked_at} lists were looked at");
    assert_eq!(slow, Vec::<String>::new());
}
