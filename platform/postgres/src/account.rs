use std::fs::{self, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::error::{Error, Result};

/// Plain accounts that root lets PostgreSQL run as, best first.
const PLAIN_ACCOUNTS: [&str; 2] = ["postgres", "nobody"];

/// The operating-system account that the server runs as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Account {
    /// The account of this process.
    Own { uid: u32 },
    /// A plain account, taken because this process is root's.
    Plain { uid: u32, gid: u32 },
}

impl Account {
    /// Chooses the account: our own, unless we are root; then the one that owns `data` if that
    /// exists already, else the first of [`PLAIN_ACCOUNTS`].
    pub fn choose(data: &Path) -> Result<Self> {
        let uid = id(&["-u"]).ok_or_else(|| Error::Io {
            action: "find out the current account with `id -u`".to_owned(),
            source: ErrorKind::NotFound.into(),
        })?;
        if uid != 0 {
            return Ok(Self::Own { uid });
        }
        if let Ok(meta) = fs::metadata(data)
            && meta.uid() != 0
        {
            return Ok(Self::Plain { uid: meta.uid(), gid: meta.gid() });
        }
        PLAIN_ACCOUNTS
            .iter()
            .find_map(|name| Some(Self::Plain { uid: id(&["-u", name])?, gid: id(&["-g", name])? }))
            .ok_or(Error::NoPlainAccount)
    }

    /// A command that will run as this account, in `directory`, with messages in English.
    pub fn command(self, program: &Path, directory: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(directory).stdin(Stdio::null()).env("LC_ALL", "C");
        if let Self::Plain { uid, gid } = self {
            // The standard library drops root's supplementary groups along with the user id.
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Whether the account can enter `directory`.
    ///
    /// Asked of the kernel, by entering it, since modes alone do not tell (access lists,
    /// containers).
    pub fn reaches(self, directory: &Path) -> bool {
        let mut probe = self.command(Path::new("true"), directory);
        probe.status().is_ok_and(|status| status.success())
    }

    /// Makes `directory` (parents too) for the account's eyes only.
    pub fn make_directory(self, directory: &Path) -> Result<()> {
        fs::create_dir_all(directory).map_err(Error::io("create", directory))?;
        fs::set_permissions(directory, Permissions::from_mode(0o700))
            .map_err(Error::io("set the mode of", directory))?;
        self.own(directory)
    }

    /// Hands `path` to the account.
    pub fn own(self, path: &Path) -> Result<()> {
        match self {
            Self::Own { .. } => Ok(()),
            Self::Plain { uid, gid } => {
                chown(path, Some(uid), Some(gid)).map_err(Error::io("change the owner of", path))
            }
        }
    }

    /// Whether `path` belongs to the account.
    pub fn owns(self, path: &Path) -> bool {
        let (Self::Own { uid } | Self::Plain { uid, .. }) = self;
        fs::symlink_metadata(path).is_ok_and(|meta| meta.uid() == uid)
    }
}

/// The number that `id` prints; none when there is no such account.
fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).stderr(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    std::str::from_utf8(&output.stdout).ok()?.trim().parse().ok()
}
