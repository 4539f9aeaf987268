//! Nothing is lost and nothing skipped, whatever ends when.

use std::fs;

use kontor_kernel::TenantId;
use uuid::Uuid;

use crate::house::{House, insert_partner, tell, titles};

#[tokio::test]
async fn a_restart_goes_on_where_the_last_commit_was() {
    let house = House::new().await;
    let indexer = house.indexer().await;
    house.supplier("Exotic Liquids").await;
    indexer.run_once().await.unwrap();
    drop(indexer);
    // Not told of: a rebuild would find it, going on does not.
    let mut connection = house.admin.acquire().await.unwrap();
    insert_partner(&mut connection, house.tenant, "Silent Supplier", true, false).await;
    house.supplier("Tokyo Traders").await;

    let indexer = house.open().unwrap();
    assert_eq!(titles(&indexer, house.tenant, "exotic").await, ["Exotic Liquids"], "before it reads anything");
    indexer.run_once().await.unwrap();
    assert_eq!(titles(&indexer, house.tenant, "tokyo").await, ["Tokyo Traders"]);
    assert!(titles(&indexer, house.tenant, "silent").await.is_empty());
}

#[tokio::test]
async fn a_kill_at_any_commit_loses_nothing() {
    let house = House::new().await;
    let indexer = house.indexer().await;
    // The folder as a kill leaves it: of two indexes that a batch touches, one committed and the other not.
    let (one, other) = (tenant_of(0), tenant_of(1));
    let mut tx = house.admin.begin().await.unwrap();
    for tenant in [one, other] {
        let id = insert_partner(&mut tx, tenant, "Exotic Liquids", true, false).await;
        tell(&mut tx, tenant, "suppliers", id).await;
    }
    tx.commit().await.unwrap();
    let before = house.folder.with_extension("before");
    copy(&house.folder.join("1"), &before);
    indexer.run_once().await.unwrap();
    drop(indexer);
    fs::remove_dir_all(house.folder.join("1")).unwrap();
    fs::rename(&before, house.folder.join("1")).unwrap();

    let indexer = house.open().unwrap();
    assert_eq!(titles(&indexer, one, "exotic").await.len(), 1);
    assert_eq!(titles(&indexer, other, "exotic").await.len(), 0);
    indexer.run_once().await.unwrap();
    assert_eq!(titles(&indexer, one, "exotic").await.len(), 1, "read twice, there once");
    assert_eq!(titles(&indexer, other, "exotic").await.len(), 1);
}

/// A tenant whose records lie in the index with this number.
fn tenant_of(number: u8) -> TenantId {
    let mut bytes = *Uuid::new_v4().as_bytes();
    bytes[15] = number;
    TenantId(Uuid::from_bytes(bytes))
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[tokio::test]
async fn a_transaction_that_commits_late_is_not_skipped() {
    let house = House::new().await;
    let indexer = house.indexer().await;
    let mut slow = house.admin.begin().await.unwrap();
    let id = insert_partner(&mut slow, house.tenant, "Slow Import", true, false).await;
    tell(&mut slow, house.tenant, "suppliers", id).await;
    house.supplier("Quick Order").await;
    indexer.run_once().await.unwrap();
    assert_eq!(titles(&indexer, house.tenant, "quick").await.len(), 1, "the open transaction holds nobody back");
    assert_eq!(titles(&indexer, house.tenant, "slow").await.len(), 0);
    slow.commit().await.unwrap();
    indexer.run_once().await.unwrap();
    assert_eq!(titles(&indexer, house.tenant, "slow").await.len(), 1);
}

#[tokio::test]
async fn a_lost_index_is_built_anew_beside_the_others() {
    let house = House::new().await;
    for _ in 0..8 {
        let mut connection = house.admin.acquire().await.unwrap();
        insert_partner(&mut connection, TenantId::new(), "Somebody", true, false).await;
    }
    drop(house.indexer().await);
    fs::remove_dir_all(house.folder.join("2")).unwrap();
    let mut connection = house.admin.acquire().await.unwrap();
    insert_partner(&mut connection, tenant_of(2), "Somebody", true, false).await;
    let indexer = house.indexer().await;
    assert_eq!(indexer.search().count(), 9);
}

#[tokio::test]
async fn a_second_owner_of_the_folder_is_refused() {
    let house = House::new().await;
    let indexer = house.open().unwrap();
    let error = house.open().err().unwrap();
    assert!(format!("{error:?}").contains("is open in another process"), "{error:?}");
    drop(indexer);
    assert!(house.open().is_ok());
}
