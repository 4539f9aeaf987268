use std::time::Duration;

use kontor_command::Locked;
use kontor_kernel::{Quantity, TenantId};
use kontor_purchasing::PurchaseOrder;
use kontor_store::Tx;
use kontor_testing::context;
use serde_json::json;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use crate::server::Server;

/// A header is locked as it is when its lock is got, but read beside lines as they were when the statement began.
#[tokio::test(flavor = "multi_thread")]
async fn who_waited_for_a_document_sees_the_lines_of_who_had_it() {
    let server = Server::start().await;
    let owner = server.company().await;
    let supplier = owner.post("/api/v1/suppliers", &json!({"name": "S"})).await.expect(201).id();
    let product = owner.post("/api/v1/products", &json!({"name": "P"})).await.expect(201).id();
    let line = json!({"product_id": product, "quantity": "4", "unit_price": "1"});
    let order = json!({"supplier_id": supplier, "lines": [line, line]});
    let order: Uuid = owner.post("/api/v1/purchase-orders", &order).await.expect(201).id().parse().unwrap();
    let mut admin = server.db.admin().await.acquire().await.unwrap().detach();
    let tenant: Uuid = sqlx::query_scalar("select id from platform.tenants").fetch_one(&mut admin).await.unwrap();
    let (databases, sequences) = (server.db.databases().clone(), server.db.sequences());
    let begin = async || Tx::begin(&databases, sequences.clone(), context(TenantId(tenant))).await.unwrap();

    let mut first = begin().await;
    let mut held = Locked::<PurchaseOrder>::load(&mut first, order, None).await.unwrap();
    let mut second = begin().await;
    let waiting = tokio::spawn(async move {
        let read = Locked::<PurchaseOrder>::load(&mut second, order, None).await.unwrap();
        second.rollback().await.unwrap();
        read
    });
    let waits = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    let queued = async {
        while server.db.count(waits).await == 0 {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(Duration::from_secs(10), queued).await.unwrap();
    held.lines.truncate(1);
    held.lines[0].fields.quantity = Quantity::new(9.into());
    held.save_only(&mut first, "updated").await.unwrap();
    first.commit().await.unwrap();

    let read = waiting.await.unwrap();
    let quantities: Vec<_> = read.lines.iter().map(|line| line.fields.quantity).collect();
    assert_eq!(quantities, [Quantity::new(9.into())]);
}
