use std::fs::{self, File, OpenOptions, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{OpenOptionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process;

use crate::account::Account;
use crate::error::{Error, Result};

/// Where root keeps the data of clusters whose own directory a plain account cannot reach.
const SYSTEM_STATE: &str = "/var/lib/kontor";

/// A unix socket's path has at most 104 to 108 bytes, depending on the system.
const SOCKET_PATH_BYTES_MAX: usize = 100;

/// The longest file name that PostgreSQL gives a socket.
const SOCKET_FILE: &str = ".s.PGSQL.65535.lock";

/// The files of one cluster, locked for as long as this value lives.
///
/// ```text
/// <directory>/lock                  held by the process that runs the cluster
/// <directory>/cluster/              for the server's account only; a link if it lies elsewhere
/// <directory>/cluster/data/         PostgreSQL's own
/// <directory>/cluster/run/          the unix socket
/// <directory>/cluster/password      of the superuser, for TCP
/// <directory>/cluster/postgres.log  of the present run
/// ```
#[derive(Debug)]
pub(crate) struct Home {
    directory: PathBuf,
    cluster: PathBuf,
    pub socket_directory: PathBuf,
    pub account: Account,
    _lock: File,
}

impl Home {
    /// Makes the directories and takes the lock.
    pub fn open(directory: &Path) -> Result<Self> {
        fs::create_dir_all(directory).map_err(Error::io("create", directory))?;
        let directory = directory.canonicalize().map_err(Error::io("find", directory))?;
        let lock = lock(&directory)?;
        let account = Account::choose(&directory.join("cluster/data"))?;
        let cluster = cluster_directory(&directory, account)?;
        let socket_directory = socket_directory(&cluster, account)?;
        Ok(Self { directory, cluster, socket_directory, account, _lock: lock })
    }

    /// Makes a fresh directory for a cluster that nobody needs afterwards.
    pub fn temporary() -> Result<Self> {
        let base = std::env::temp_dir();
        let name = format!("kontor-pg-{}-{}", process::id(), random_hex()?.get(..8).unwrap_or(""));
        Self::open(&base.join(name))
    }

    /// What the server's account owns, and its working directory.
    pub fn cluster(&self) -> &Path {
        &self.cluster
    }

    pub fn data(&self) -> PathBuf {
        self.cluster.join("data")
    }

    pub fn log(&self) -> PathBuf {
        self.cluster.join("postgres.log")
    }

    pub fn password_file(&self) -> PathBuf {
        self.cluster.join("password")
    }

    /// Everything that has to go when the cluster goes.
    pub fn all(&self) -> [&Path; 3] {
        [&self.socket_directory, &self.cluster, &self.directory]
    }

    /// Deletes the cluster; what is gone already is no error.
    pub fn remove(&self) -> Result<()> {
        for path in self.all() {
            match fs::remove_dir_all(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(Error::io("remove", path)(error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The major version that wrote the data; none when there is no data yet.
    pub fn data_version(&self) -> Result<Option<u32>> {
        let file = self.data().join("PG_VERSION");
        match fs::read_to_string(&file) {
            Ok(version) => Ok(version.trim().parse().ok()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::io("read", &file)(error)),
        }
    }

    /// The superuser's password, made up at the first call.
    pub fn password(&self) -> Result<String> {
        let file = self.password_file();
        match fs::read_to_string(&file) {
            Ok(password) => return Ok(password.trim().to_owned()),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(Error::io("read", &file)(error)),
        }
        let password = random_hex()?;
        let mut options = OpenOptions::new();
        options
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&file)
            .and_then(|mut opened| writeln!(opened, "{password}"))
            .map_err(Error::io("write", &file))?;
        self.account.own(&file)?;
        Ok(password)
    }
}

/// Takes the lock of `directory`, which the operating system releases when this process ends.
fn lock(directory: &Path) -> Result<File> {
    let path = directory.join("lock");
    let file = File::create(&path).map_err(Error::io("open", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(directory.to_owned())),
        Err(TryLockError::Error(error)) => Err(Error::io("lock", &path)(error)),
    }
}

/// Finds or makes the directory that the account owns.
fn cluster_directory(directory: &Path, account: Account) -> Result<PathBuf> {
    let cluster = directory.join("cluster");
    match fs::read_link(&cluster) {
        Ok(target) => {
            account.make_directory(&target)?;
            return Ok(target);
        }
        // It exists and is no link.
        Err(error) if error.kind() == ErrorKind::InvalidInput => return Ok(cluster),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(Error::io("read", &cluster)(error)),
    }
    if account.reaches(directory) {
        account.make_directory(&cluster)?;
        return Ok(cluster);
    }
    let target = Path::new(SYSTEM_STATE).join(format!("pg-{:016x}", hash(directory)));
    // The link is gone, so whoever removed it wanted the data gone too.
    match fs::remove_dir_all(&target) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(Error::io("remove", &target)(error));
        }
        _ => account.make_directory(&target)?,
    }
    symlink(&target, &cluster).map_err(Error::io("link", &cluster))?;
    tracing::info!("the server's account cannot enter {}: its data is in {}", directory.display(), target.display());
    Ok(target)
}

/// Finds or makes a directory for the socket whose path is short enough.
fn socket_directory(cluster: &Path, account: Account) -> Result<PathBuf> {
    let within = cluster.join("run");
    let bytes = within.as_os_str().len() + 1 + SOCKET_FILE.len();
    let directory = if bytes <= SOCKET_PATH_BYTES_MAX {
        within
    } else {
        Path::new("/tmp").join(format!("kontor-pg-{:016x}", hash(cluster)))
    };
    // The name below /tmp can be guessed, so somebody else may have taken it.
    if fs::symlink_metadata(&directory).is_ok_and(|meta| !meta.is_dir())
        || (directory.exists() && !account.owns(&directory))
    {
        return Err(Error::SocketDirectory(directory));
    }
    account.make_directory(&directory)?;
    Ok(directory)
}

/// A short name for a path; it need not be the same in another release of Kontor.
fn hash(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    hasher.finish()
}

/// 128 random bits as 32 digits.
fn random_hex() -> Result<String> {
    let source = Path::new("/dev/urandom");
    let mut bytes = [0; 16];
    File::open(source).and_then(|mut file| file.read_exact(&mut bytes)).map_err(Error::io("read", source))?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn a_long_path_gets_a_short_socket_directory() {
        let home = Home::temporary().unwrap();
        let deep = home.cluster().join("a-directory-with-a-rather-long-name/".repeat(4));
        let directory = socket_directory(&deep, home.account).unwrap();
        assert!(directory.as_os_str().len() + SOCKET_FILE.len() < SOCKET_PATH_BYTES_MAX);
        fs::remove_dir(directory).unwrap();
        home.remove().unwrap();
    }

    #[test]
    fn the_password_is_random_and_kept() {
        let home = Home::temporary().unwrap();
        let password = home.password().unwrap();
        assert_eq!(password.len(), 32);
        assert_eq!(home.password().unwrap(), password);
        home.remove().unwrap();
    }

    #[test]
    fn a_second_owner_is_refused() {
        let home = Home::temporary().unwrap();
        let refused = Home::open(&home.directory).unwrap_err();
        assert!(matches!(refused, Error::InUse(_)), "{refused}");
        home.remove().unwrap();
    }
}
