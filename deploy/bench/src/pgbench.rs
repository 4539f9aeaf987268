use std::process::Stdio;

use anyhow::Context as _;
use kontor_postgres::Cluster;
use tokio::{io::AsyncWriteExt as _, process::Command};
use uuid::Uuid;

use crate::data::{DATABASE, Data};

/// The bare SQL that each kind of work is measured against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Header and lines in two statements, in a transaction.
    Insert,
    List,
    Read,
}

/// What pgbench says.
#[derive(Debug, Clone, Copy)]
pub struct Yardstick {
    pub tps: f64,
    pub latency_ms: f64,
}

impl Script {
    /// The script. It picks among the same records as the load does, evenly.
    fn text(self, data: &Data) -> String {
        let (tenant, warehouse) = (data.tenant, data.warehouse);
        match self {
            Self::Insert => format!(
                "\\set s random(1, 50)\n\\set b random(1, 990)\nbegin;\n\
                 insert into purchase_orders (tenant_id, id, number, supplier_id, order_date, warehouse_id, currency, tax_method, untaxed, tax, total, created_at, updated_at)
                 values ('{tenant}', bench_uuid7(), 'PB-' || nextval('bench_number'), {supplier}, '2026-11-20', '{warehouse}', 'EUR', 'per_line', 500, 0, 500, now(), now()) returning id \\gset\n\
                 insert into purchase_order_lines (tenant_id, id, order_id, position, product_id, description, quantity, unit_price, discount_percent, tax_percent, amount)
                 select '{tenant}', bench_uuid7(), :id::uuid, p, {product}, 'Line', 2, 50, 0, 0, 100 from generate_series(1, 5) p;\ncommit;\n",
                supplier = nth(&data.suppliers, ":s"),
                product = nth(&data.products, "(:b::int + p)"),
            ),
            Self::List => format!(
                "\\set s random(1, 50)\nselect id, number, supplier_id, order_date, state, currency, total, version, created_at from purchase_orders where tenant_id = '{tenant}' and supplier_id = {supplier} order by order_date desc, id desc limit 50;\n",
                supplier = nth(&data.suppliers, ":s"),
            ),
            Self::Read => format!(
                "\\set o random(1, {})\nselect id, number, supplier_id, order_date, state, currency, total, version, created_at from purchase_orders where tenant_id = '{tenant}' and id = {order};\nselect id, position, product_id, quantity, unit_price, amount from purchase_order_lines where tenant_id = '{tenant}' and order_id = {order} order by position;\n",
                data.orders.len(),
                order = nth(&data.orders, ":o"),
            ),
        }
    }
}

/// SQL for the id of the `number`th of those that [`ids`](crate::data::ids) made.
fn nth(ids: &[Uuid], number: &str) -> String {
    let first = ids.first().map(ToString::to_string).unwrap_or_default();
    let prefix = first.get(..24).unwrap_or_default();
    format!("('{prefix}' || lpad({number}::text, 12, '0'))::uuid")
}

/// The numbers and keys of the scripts, beside the product's tables.
pub async fn prepare(admin: &mut sqlx::PgConnection) -> anyhow::Result<()> {
    for statement in [
        "create sequence if not exists bench_number",
        // A time-ordered key, as the product makes them: milliseconds, then random.
        "create or replace function bench_uuid7() returns uuid language sql volatile as $$
           select encode(set_byte(set_byte(overlay(uuid_send(gen_random_uuid()) placing
             substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
             6, 112), 8, 128), 'hex')::uuid $$",
    ] {
        sqlx::query(statement).execute(&mut *admin).await?;
    }
    Ok(())
}

pub async fn run(
    cluster: &Cluster,
    data: &Data,
    script: Script,
    clients: usize,
    seconds: u64,
) -> anyhow::Result<Yardstick> {
    let jobs = clients.min(2);
    let mut child = Command::new("pgbench")
        .args([
            "-n",
            "-M",
            "prepared",
            "-f",
            "-",
            "-c",
            &clients.to_string(),
            "-j",
            &jobs.to_string(),
            "-T",
            &seconds.to_string(),
        ])
        .arg(cluster.tcp_url(DATABASE))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("pgbench is not installed")?;
    let mut input = child.stdin.take().context("no input")?;
    input.write_all(script.text(data).as_bytes()).await?;
    drop(input);
    let output = child.wait_with_output().await?;
    let text = String::from_utf8_lossy(&output.stdout);
    let figure =
        |name: &str| text.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse().ok());
    Ok(Yardstick {
        tps: figure("tps = ").with_context(|| format!("pgbench said {text}"))?,
        latency_ms: figure("latency average = ").context("no latency")?,
    })
}
