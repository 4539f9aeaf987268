use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::error::{Error, Result};

/// The oldest major version of PostgreSQL that Kontor runs on.
pub(crate) const OLDEST: u32 = 15;

/// Names the directory that holds the binaries, before all other places.
const BIN_VARIABLE: &str = "KONTOR_POSTGRES_BIN";

/// Where distributions put one directory per major version.
const VERSIONED: [&str; 3] = ["/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt"];

/// One installed PostgreSQL: a directory with `initdb`, `postgres` and `psql`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Binaries {
    directory: PathBuf,
    pub major: u32,
}

impl Binaries {
    /// The newest PostgreSQL installed, or the one that `$KONTOR_POSTGRES_BIN` names.
    pub fn newest() -> Result<Self> {
        Self::installed()?.into_iter().max_by_key(|found| found.major).ok_or_else(not_installed)
    }

    /// The PostgreSQL of the major version that wrote the data in `directory`.
    pub fn of_version(data: u32, directory: &Path) -> Result<Self> {
        let installed = Self::installed()?;
        if installed.is_empty() {
            return Err(not_installed());
        }
        let directory = directory.to_owned();
        installed.into_iter().find(|found| found.major == data).ok_or(Error::DataVersion { data, directory })
    }

    pub fn program(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// All that are new enough, in the order of search.
    fn installed() -> Result<Vec<Self>> {
        if let Some(directory) = env::var_os(BIN_VARIABLE) {
            let found = Self::in_directory(Path::new(&directory)).ok_or_else(not_installed)?;
            return Ok(vec![found]);
        }
        Ok(candidates().iter().filter_map(|directory| Self::in_directory(directory)).collect())
    }

    fn in_directory(directory: &Path) -> Option<Self> {
        // A link in PATH may stand for a binary whose siblings are elsewhere.
        let postgres = directory.join("postgres").canonicalize().ok()?;
        let directory = postgres.parent()?.to_owned();
        if !["initdb", "psql"].iter().all(|name| directory.join(name).is_file()) {
            return None;
        }
        let output = Command::new(&postgres).arg("--version").output().ok()?;
        let major = major_version(std::str::from_utf8(&output.stdout).ok()?)?;
        (major >= OLDEST).then_some(Self { directory, major })
    }
}

/// Directories that may hold the binaries.
fn candidates() -> Vec<PathBuf> {
    let versioned = VERSIONED
        .iter()
        .filter_map(|base| fs::read_dir(base).ok())
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("postgres").exists());
    let path = env::var_os("PATH").unwrap_or_default();
    versioned.chain(env::split_paths(&path)).collect()
}

/// The major version in what `postgres --version` prints, such as `postgres (PostgreSQL) 17.5`
/// or `postgres (PostgreSQL) 18beta1`.
fn major_version(line: &str) -> Option<u32> {
    let (_, version) = line.split_once("(PostgreSQL) ")?;
    let digits = version.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

fn not_installed() -> Error {
    let looked = match env::var(BIN_VARIABLE) {
        Ok(directory) => format!("{BIN_VARIABLE}={directory}"),
        Err(_) => format!("{} and PATH", VERSIONED.join(", ")),
    };
    Error::NotInstalled { oldest: OLDEST, looked }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn the_major_version_is_read_from_releases_and_betas() {
        assert_eq!(major_version("postgres (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)\n"), Some(15));
        assert_eq!(major_version("postgres (PostgreSQL) 18beta1"), Some(18));
        assert_eq!(major_version("redis 7"), None);
    }

    #[test]
    fn data_of_a_version_that_is_not_installed_names_the_package() {
        let error = Binaries::of_version(9, Path::new("/srv/pg")).unwrap_err();
        assert!(error.to_string().contains("postgresql-9"), "{error}");
    }
}
