use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

use futures_util::future::BoxFuture;
use kontor_kernel::Result;
use kontor_store::Tx;
use kontor_transfer::{Background, ImportJob, ImportState, ImportStatus, Imports, NewImport};

use crate::world::{Firm, World, came_to, errors, new, northwind};

async fn wait(firm: &Firm<'_>, status: ImportStatus) -> (ImportStatus, Vec<i32>) {
    let (mut status, mut seen) = (status, Vec::new());
    let started = Instant::now();
    while status.summary.state == ImportState::Running {
        assert!(started.elapsed() < Duration::from_secs(120), "still running: {status:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
        status = firm.world.imports.status(&firm.call, status.summary.id).await.unwrap();
        seen.push(status.summary.processed);
    }
    (status, seen)
}

fn products(rows: usize) -> String {
    let mut file = "code,name,supplierID,categoryID,unitPrice,reorderLevel\n".to_owned();
    for row in 1..=rows {
        let (supplier, category) = (row % 29 + 1, row % 8 + 1);
        file.push_str(&format!("X{row},Product {row},{supplier},{category},{row}.50,10\n"));
    }
    file
}

#[tokio::test]
async fn ten_thousand_rows_come_in_with_progress() {
    let world = World::new().await;
    let firm = world.northwind().await;
    firm.import("suppliers", northwind("suppliers.csv")).await;
    firm.import("product-categories", northwind("categories.csv")).await;
    let file = products(10_000);
    let started = Instant::now();
    let status = firm.import("products", &file).await;
    assert_eq!((status.summary.state, status.summary.rows), (ImportState::Running, 10_000));
    let (status, seen) = wait(&firm, status).await;
    let first = started.elapsed();
    assert_eq!(errors(&status), Vec::<String>::new());
    assert_eq!(came_to(&status), (ImportState::Done, 10_000, 0, 0));
    assert!(seen.iter().any(|done| (1..10_000).contains(done)), "progress is seen: {seen:?}");
    assert!(first < Duration::from_secs(60), "took {first:?}");
    let again = firm.import("products", &file).await;
    let (again, _) = wait(&firm, again).await;
    assert_eq!(came_to(&again), (ImportState::Done, 0, 0, 10_000));
    println!("10,000 rows created in {first:?}, found unchanged in {:?}", started.elapsed() - first);
}

#[tokio::test]
async fn a_large_file_with_one_wrong_row_leaves_nothing() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let mut file = "code,name,barcode\n".to_owned();
    (1..=1_200).for_each(|row| file.push_str(&format!("X{row},Product {row},{}\n", row.min(1_199))));
    let (status, _) = {
        let started = firm.import("products", &file).await;
        wait(&firm, started).await
    };
    assert_eq!(
        (status.summary.state, errors(&status)),
        (ImportState::Rejected, vec!["1200 barcode duplicate".to_owned()])
    );
    assert_eq!(firm.count("select count(*) from products where tenant_id = {}").await, 0);
}

/// Keeps the jobs, as a queue of another process does.
#[derive(Default)]
struct Queue {
    enqueued: Mutex<Vec<ImportJob>>,
}

impl Background for Queue {
    fn enqueue<'t>(&'t self, _: &'t mut Tx, job: &'t ImportJob) -> BoxFuture<'t, Result<()>> {
        self.enqueued.lock().unwrap().push(job.clone());
        Box::pin(async { Ok(()) })
    }
}

#[tokio::test]
async fn an_import_whose_process_died_is_rejected_at_the_next_start() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let queue = std::sync::Arc::new(Queue::default());
    let imports = Imports::new(world.runner.clone(), world.registry.clone(), queue.clone());
    let status = imports.start(&firm.call, new("products", products(1_001))).await.unwrap();
    assert_eq!(status.summary.state, ImportState::Running);
    assert_eq!(imports.recover().await.unwrap(), 1);
    let status = imports.status(&firm.call, status.summary.id).await.unwrap();
    assert_eq!((status.summary.state, errors(&status)), (ImportState::Rejected, vec!["0 - interrupted".to_owned()]));
    let job = queue.enqueued.lock().unwrap().pop().unwrap();
    imports.run(&job).await.unwrap();
    assert_eq!(firm.count("select count(*) from products where tenant_id = {}").await, 0);
    assert_eq!(imports.recover().await.unwrap(), 0);
}

#[tokio::test]
async fn a_queue_may_deliver_an_import_twice_at_once() {
    let world = World::new().await;
    let firm = world.northwind().await;
    let queue = std::sync::Arc::new(Queue::default());
    let imports = Imports::new(world.runner.clone(), world.registry.clone(), queue.clone());
    let mut file = "name\n".to_owned();
    (1..=1_001).for_each(|row| file.push_str(&format!("Product {row}\n")));
    let new = NewImport { dry_run: false, ..new("products", file) };
    let status = imports.start(&firm.call, new).await.unwrap();
    let job = queue.enqueued.lock().unwrap().pop().unwrap();
    let (first, second) = tokio::join!(imports.run(&job), imports.run(&job));
    first.unwrap();
    second.unwrap();
    imports.run(&job).await.unwrap();
    let status = imports.status(&firm.call, status.summary.id).await.unwrap();
    assert_eq!(came_to(&status), (ImportState::Done, 1_001, 0, 0));
    assert_eq!(firm.count("select count(*) from products where tenant_id = {}").await, 1_001);
}
