//! How long a search over 100,000 documents takes: `cargo run --release -p kontor-search --example latency`.
//!
//! Makes a PostgreSQL of its own with 100,000 suppliers of one company, indexes them and asks for beginnings of one to
//! eight letters, for words with errors and for several words.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a measurement fails by panicking")]

use std::{env, fs, sync::Arc, time::Instant};

use kontor_access::Feature;
use kontor_command::{
    Action, FindQuery, Invariant, Module, ModuleInfo, RecordFinder, Registered, Registry, Report, Setup, Writable,
    entity,
};
use kontor_entity::{Entity, Rules};
use kontor_kernel::{CodeInfo, Country, TenantId, new_id};
use kontor_search::{Indexer, Search};
use kontor_telemetry::Metrics;
use kontor_testing::TestDb;

const DOCUMENTS: i32 = 100_000;

/// A company we buy from.
#[derive(Debug, Clone, PartialEq, Entity)]
#[entity(
    table = "partners",
    collection = "suppliers",
    role = "is_supplier",
    label = "Supplier",
    plural = "Suppliers",
    permission = "partners.supplier",
    section = "purchasing"
)]
pub struct Supplier {
    #[field(search)]
    pub code: String,
    #[field(search)]
    pub name: String,
    #[field(search)]
    pub contact_name: Option<String>,
    #[field(search)]
    pub city: Option<String>,
    #[field(country)]
    pub country: Option<Country>,
}

impl Rules for Supplier {}
impl Writable for Supplier {}

struct Partners;

impl Module for Partners {
    const NAME: &'static str = "partners";
    const FEATURE: Feature = Feature::new("partners");
    const ENTITIES: &'static [Registered] = &[entity::<Supplier>()];
    const ACTIONS: &'static [Action] = &[];
    const REPORTS: &'static [Report] = &[];
    const CODES: &'static [&'static CodeInfo] = &[];
    const INVARIANTS: &'static [Invariant] = &[];
    const SETUP: Setup = |_, _| Box::pin(async { Ok(()) });
}

/// Words of two to four syllables, some 20,000 different ones, unevenly spread as in real names.
const FILL: &str = "
with syllables as (
    select array['ba','che','di','fro','gu','ha','ik','jo','ka','li','mo','nu','or','pa','que','ros','si','tor','ul','vin',
                 'wa','xe','yo','zan','schu','tra','ber','mar','len','ton'] as s
), word as (
    select n, k, initcap(string_agg(s[1 + floor(30 * power(random(), 1.5))::int], '')) as w
    from syllables, generate_series(1, $2::int) n, generate_series(1, 4) k, generate_series(1, 2 + (n * k) % 3) p
    group by n, k
)
insert into partners (tenant_id, id, is_supplier, code, name, contact_name, city, country, created_at, updated_at)
select $1, gen_random_uuid(), true, 'S-' || lpad(n::text, 6, '0'),
       string_agg(w, ' ' order by k) filter (where k <= 2), max(w) filter (where k = 3), max(w) filter (where k = 4),
       'DE', now(), now()
from word group by n";

#[tokio::main]
async fn main() {
    let db = Box::pin(TestDb::new()).await;
    let tenant = TenantId::new();
    sqlx::query(FILL).bind(tenant.0).bind(DOCUMENTS).execute(&db.admin().await).await.unwrap();
    let folder = env::temp_dir().join(format!("kontor-search-{}", new_id().simple()));
    let registry = Arc::new(Registry::new(vec![ModuleInfo::of::<Partners>()]));
    let indexer = Indexer::open(&folder, registry, db.databases().clone(), Metrics::new().unwrap()).unwrap();
    let started = Instant::now();
    indexer.run_once().await.unwrap();
    let search = indexer.search();
    println!("indexed {} documents in {} ms", search.count(), started.elapsed().as_millis());
    let names: Vec<String> = sqlx::query_scalar("select name from partners order by id limit 400")
        .fetch_all(&db.admin().await)
        .await
        .unwrap();
    for letters in [1, 2, 3, 4, 6, 8] {
        let asked = names.iter().map(|name| name.chars().take(letters).collect()).collect();
        measure(&search, tenant, &format!("{letters} letters"), asked).await;
    }
    measure(&search, tenant, "whole name", names.clone()).await;
    let misspelt =
        names.iter().map(|name| name.chars().enumerate().filter(|(at, _)| *at != 3).map(|(_, c)| c).collect());
    measure(&search, tenant, "name with an error", misspelt.collect()).await;
    let begun = names.iter().map(|name| name.split(' ').map(|word| &word[..3]).collect::<Vec<_>>().join(" ")).collect();
    measure(&search, tenant, "two beginnings", begun).await;
    drop((indexer, search));
    fs::remove_dir_all(folder).unwrap();
}

async fn measure(search: &Search, tenant: TenantId, what: &str, asked: Vec<String>) {
    let mut times = Vec::with_capacity(asked.len());
    for text in asked {
        let query = FindQuery { tenant, text, collections: vec!["suppliers"], limit: 20 };
        let started = Instant::now();
        let found = search.find(query).await.unwrap();
        times.push(started.elapsed());
        assert!(!found.is_empty(), "{what}");
    }
    times.sort();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1_000.0;
    println!("{what:>20}: p50 {:.2} ms, p95 {:.2} ms, most {:.2} ms", at(50), at(95), at(100));
}
