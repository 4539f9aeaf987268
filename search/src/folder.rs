//! The folder with the indexes, which belongs to one process.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
};

use kontor_kernel::{Error, Result, TenantId};

use crate::shard::Shard;

/// How many indexes the tenants share. Each has a writer with threads and buffers of its own; one for all would let a
/// large import of one tenant hold back all the others.
const SHARDS: usize = 4;

/// The indexes of one process.
pub(crate) struct Folder {
    shards: Vec<Arc<Shard>>,
    /// Held as long as the process lives; the system lets go of it however the process ends.
    _lock: File,
}

impl Folder {
    /// Opens the indexes, made where they are missing.
    ///
    /// Errors when another process has them open.
    pub fn open(path: &Path) -> Result<Self> {
        fs::create_dir_all(path).map_err(|error| unusable(path, error))?;
        let lock = lock(path)?;
        let shards = (0..SHARDS).map(|number| {
            let folder = path.join(number.to_string());
            Shard::open(&folder).map(Arc::new).map_err(|error| unusable(&folder, error))
        });
        Ok(Self { shards: shards.collect::<Result<_>>()?, _lock: lock })
    }

    pub fn shards(&self) -> &[Arc<Shard>] {
        &self.shards
    }

    /// The number of a tenant's index. The last bits of an id are random.
    pub fn number(tenant: TenantId) -> usize {
        let [.., last] = *tenant.0.as_bytes();
        usize::from(last) % SHARDS
    }

    pub fn shard(&self, tenant: TenantId) -> Result<&Arc<Shard>> {
        self.shards.get(Self::number(tenant)).ok_or_else(|| Error::internal("a tenant without a search index"))
    }
}

fn lock(path: &Path) -> Result<File> {
    let file: PathBuf = path.join("lock");
    let lock = File::create(&file).map_err(|error| unusable(&file, error))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(Error::internal(format!(
            "the search folder {} is open in another process; give each process a folder of its own",
            path.display()
        ))),
        Err(TryLockError::Error(error)) => Err(unusable(&file, error)),
    }
}

fn unusable(path: &Path, error: impl std::fmt::Display) -> Error {
    Error::internal(format!("the search folder {} cannot be used: {error}", path.display()))
}
