//! The daemon as people run it: one for a home, small at rest, stopped by a signal.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

pub(crate) fn rapporteur(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.arg("--home").arg(home).env("NO_COLOR", "1");
    command
}

fn new_home() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_rapporteur")).arg("init").arg(folder.path()).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    folder
}

/// A daemon that is ended with the test, however that ends.
pub(crate) struct Daemon {
    child: Child,
    log: BufReader<ChildStderr>,
}

impl Daemon {
    fn start(home: &Path) -> Self {
        Self::of(&mut rapporteur(home))
    }

    pub(crate) fn of(command: &mut Command) -> Self {
        let mut child = command.arg("run").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        Self { child, log }
    }

    /// Reads the log up to the first line with `words`.
    pub(crate) fn wait_for(&mut self, words: &str) -> String {
        let mut told = String::new();
        loop {
            let mut line = String::new();
            assert!(self.log.read_line(&mut line).unwrap() > 0, "no `{words}` in:\n{told}");
            if line.contains(words) {
                return line;
            }
            told.push_str(&line);
        }
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_home_has_one_daemon_and_a_signal_stops_it() {
    let home = new_home();
    let mut daemon = Daemon::start(home.path());
    daemon.wait_for(" ready ");

    let second = rapporteur(home.path()).arg("run").output().unwrap();
    assert_eq!(second.status.code(), Some(2));
    let told = String::from_utf8(second.stderr).unwrap();
    assert!(told.contains("another rapporteur is running on"), "{told}");

    daemon.signal("TERM");
    daemon.wait_for("stopped");
    assert!(daemon.child.wait().unwrap().success());
}

#[test]
fn a_killed_daemon_leaves_its_home_to_the_next() {
    let home = new_home();
    let mut killed = Daemon::start(home.path());
    killed.wait_for(" ready ");
    killed.signal("KILL");
    killed.child.wait().unwrap();
    let mut next = Daemon::start(home.path());
    next.wait_for(" ready ");
    next.signal("INT");
    next.wait_for("stopped");
    assert!(next.child.wait().unwrap().success());
}

/// The promise is 40 MiB for the release build; what is checked here holds for this build too.
#[test]
fn at_rest_it_is_small() {
    let home = new_home();
    let mut daemon = Daemon::start(home.path());
    daemon.wait_for(" ready ");
    let status = std::fs::read_to_string(format!("/proc/{}/status", daemon.child.id())).unwrap();
    // Anonymous memory: what was asked for, without the mapped pages of a binary that debug
    // information makes large.
    let line = status.lines().find(|line| line.starts_with("RssAnon:")).unwrap();
    let kilobytes: u32 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    assert!(kilobytes < 20 * 1024, "{line}");
}
