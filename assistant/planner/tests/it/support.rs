//! All of Northwind in memory, and plans written as one line, so that tests are tables.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions, reason = "a test fails by panicking")]

use std::convert::Infallible;
use std::future::Future;
use std::pin::pin;
use std::task::{Poll, Waker};

use chrono::NaiveDate;
use kontor_kernel::Locale;
use kontor_planner::{About, Candidate, Context, Language, Pending, Plan, Query, RecordKind, Records, plan};
use uuid::Uuid;

/// A Wednesday.
pub const TODAY: &str = "2026-11-18";

pub struct Northwind {
    records: Vec<Candidate>,
}

impl Northwind {
    pub fn load() -> Self {
        let read = |name: &str| {
            let mut reader = csv::Reader::from_path(format!("tests/data/{name}")).unwrap();
            reader.records().map(Result::unwrap).collect::<Vec<_>>()
        };
        let mut records = Vec::new();
        let supplier_id = |number: &str| Uuid::from_u128(1000 + number.parse::<u128>().unwrap());
        let suppliers: Vec<(Uuid, String)> =
            read("suppliers.csv").iter().map(|row| (supplier_id(&row[0]), row[1].to_owned())).collect();
        for (index, (id, name)) in suppliers.iter().enumerate() {
            records.push(Candidate {
                id: *id,
                kind: RecordKind::Supplier,
                code: format!("S-{:04}", index + 1),
                name: name.clone(),
                unit: None,
                supplier: None,
                price: None,
            });
        }
        for row in read("products.csv") {
            let supplier = suppliers.iter().find(|(id, _)| *id == supplier_id(&row[2])).cloned();
            records.push(Candidate {
                id: Uuid::from_u128(row[0].parse().unwrap()),
                kind: RecordKind::Product,
                code: format!("PRD-{:05}", row[0].parse::<u32>().unwrap()),
                name: row[1].to_owned(),
                unit: Some("Unit".to_owned()),
                supplier,
                price: Some(row[5].parse().unwrap()),
            });
        }
        Self { records }
    }

    pub fn add(&mut self, kind: RecordKind, name: &str) {
        let id = Uuid::from_u128(5000 + self.records.len() as u128);
        let supplier = (kind == RecordKind::Product).then(|| (Uuid::from_u128(1001), "Exotic Liquids".to_owned()));
        self.records.push(Candidate {
            id,
            kind,
            code: String::new(),
            name: name.to_owned(),
            unit: None,
            supplier,
            price: None,
        });
    }
}

fn plain(text: &str) -> Vec<String> {
    let folded: String = text
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '\'' | '’'))
        .map(|c| match c {
            'ä' | 'á' | 'à' | 'â' => 'a',
            'ö' | 'ô' | 'ø' => 'o',
            'ü' => 'u',
            'é' | 'è' | 'ê' => 'e',
            _ => c,
        })
        .collect();
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

impl Records for Northwind {
    type Error = Infallible;

    /// Every record that shares a code, the beginning of a word, or nearly a word.
    fn find(&self, kind: RecordKind, text: &str) -> impl Future<Output = Result<Vec<Candidate>, Infallible>> + Send {
        let words = plain(text);
        let near = |word: &String, other: &String| {
            let start = |text: &String| text.chars().take(3).collect::<String>();
            word == other
                || (word.len() >= 3 && start(word) == start(other))
                || (word.len() > 3 && strsim::osa_distance(word, other) <= 2)
        };
        let found = self.records.iter().filter(|record| {
            let bare = |code: &str| code.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
            let code =
                bare(&record.code) == bare(text) || text.parse().is_ok_and(|n: u128| record.id == Uuid::from_u128(n));
            record.kind == kind
                && (code || plain(&record.name).iter().any(|name| words.iter().any(|word| near(word, name))))
        });
        let found: Vec<Candidate> = found.cloned().collect();
        async move { Ok(found) }
    }
}

/// Runs a future that never waits.
pub fn now<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut std::task::Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the records in memory never wait"),
    }
}

pub fn ask(records: &Northwind, today: &str, text: &str, pending: Option<&Pending>) -> Plan {
    let today: NaiveDate = today.parse().unwrap();
    let context = Context { today, language: Language::English, locale: Locale::En, pending };
    now(plan(text, &context, records)).unwrap()
}

/// One line for a plan.
pub fn line(plan: &Plan) -> String {
    let names = |options: &[Candidate]| {
        let mut names: Vec<&str> = options.iter().map(|option| option.name.as_str()).collect();
        names.sort_unstable();
        names.join(" / ")
    };
    match plan {
        Plan::Draft(draft) => {
            let lines: Vec<String> = draft
                .lines
                .iter()
                .map(|line| {
                    let price = line.unit_price.map(|price| format!(" @ {}", price.normalize())).unwrap_or_default();
                    format!("{} {}{price}", line.quantity.normalize(), line.product.name)
                })
                .collect();
            let date = draft.expected_date.map(|date| format!(" | {date}")).unwrap_or_default();
            format!("{}: {}{date}", draft.supplier.name, lines.join(", "))
        }
        Plan::Ask(question) => {
            let about = match question.about {
                About::Product { .. } => "product".to_owned(),
                About::Quantity { .. } => "quantity".to_owned(),
                About::UnitPrice { .. } => "price".to_owned(),
                About::Supplier => "supplier".to_owned(),
                About::ExpectedDate => "date".to_owned(),
                About::Query(topic) => format!("{topic:?}"),
            };
            let names = names(&question.options);
            if names.is_empty() { format!("ask {about}") } else { format!("ask {about}: {names}") }
        }
        Plan::Decline(refusal) => format!("decline {:?}", refusal.reason),
        Plan::Query(query) => match query {
            Query::Stock { product } => format!("stock {}", product.name),
            Query::OpenOrders { supplier: Some(supplier) } => {
                format!("open orders {}", supplier.name)
            }
            Query::OpenOrders { supplier: None } => "open orders".to_owned(),
            Query::Overdue => "overdue".to_owned(),
            Query::Price { product } => format!("price {}", product.name),
            Query::SupplierOf { product } => format!("supplier of {}", product.name),
            Query::ProductsOf { supplier } => format!("products of {}", supplier.name),
            Query::LowStock => "low stock".to_owned(),
        },
    }
}

/// Runs a table of texts and wanted plans, and reports every difference at once.
pub fn check(table: &[(&str, &str)]) {
    check_on(TODAY, table);
}

/// The same on another day.
pub fn check_on(today: &str, table: &[(&str, &str)]) {
    let records = Northwind::load();
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(text, wanted)| {
            let plan = ask(&records, today, text, None);
            let got = line(&plan);
            let why = match &plan {
                Plan::Decline(refusal) => format!(" ({})", refusal.text),
                Plan::Ask(question) => format!(" ({})", question.text),
                _ => String::new(),
            };
            (got != *wanted).then(|| format!("{text}\n  wanted {wanted}\n  got    {got}{why}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}
