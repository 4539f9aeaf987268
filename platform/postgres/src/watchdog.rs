use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// Waits for the end of its input, which comes when the owner ends in whatever way, then signals
/// the process, waits up to 30 s for its end and removes the paths given.
///
/// A process that has ended keeps its id until its parent asks for it, which the first process of
/// many a container never does; such a one has no `exe` in /proc.
const SCRIPT: &str = r#"
read -r _
kill -s "$1" "$2" 2>/dev/null
pid=$2
shift 2
alive() {
    kill -0 "$pid" 2>/dev/null && { [ ! -e /proc/self/exe ] || [ -e "/proc/$pid/exe" ]; }
}
tenths=0
while [ "$tenths" -lt 300 ] && alive; do
    sleep 0.1
    tenths=$((tenths + 1))
done
[ $# -eq 0 ] || rm -rf -- "$@"
"#;

/// A signal that tells a server to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// PostgreSQL: roll back, write a checkpoint, stop ("fast").
    Interrupt,
    /// PostgreSQL: stop at once, recover at the next start ("immediate").
    Quit,
    /// The usual request to stop.
    Terminate,
}

impl Signal {
    fn name(self) -> &'static str {
        match self {
            Self::Interrupt => "INT",
            Self::Quit => "QUIT",
            Self::Terminate => "TERM",
        }
    }

    /// Sends the signal to the process; that it has ended already is no error.
    ///
    /// # Errors
    /// When no shell could be run.
    pub fn send(self, pid: u32) -> io::Result<()> {
        // The shell's own `kill` is on every system; the program of that name is not.
        Command::new("sh")
            .args(["-c", r#"kill -s "$1" "$2" 2>/dev/null || true"#, "kill", self.name()])
            .arg(pid.to_string())
            .status()
            .map(drop)
    }
}

/// Ends a server when this process ends, even by `kill -9`, so that no orphan stays behind.
#[derive(Debug)]
pub struct Watchdog {
    /// Its input is a pipe whose other end is open for as long as we live.
    shell: Child,
}

impl Watchdog {
    /// Watches over the server `pid`: when this process ends first, the server gets `signal` and
    /// `remove` (files or whole directories) is deleted.
    ///
    /// # Errors
    /// When no shell could be run.
    pub fn over(pid: u32, signal: Signal, remove: &[&Path]) -> io::Result<Self> {
        let shell = Command::new("sh")
            .args(["-c", SCRIPT, "watchdog", signal.name()])
            .arg(pid.to_string())
            .args(remove)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // Ctrl-C at the terminal must not reach it.
            .process_group(0)
            .spawn()?;
        Ok(Self { shell })
    }
}

impl Drop for Watchdog {
    /// The server has been stopped in the ordinary way: nothing is left to watch.
    fn drop(&mut self) {
        // It may have ended by itself; there is nobody to tell either way.
        let _ = self.shell.kill();
        let _ = self.shell.wait();
    }
}
