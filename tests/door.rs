//! The dashboard's door, as somebody finds it who means no good, and as whoever watches the daemon does.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

/// A home whose dashboard takes whatever port is free, and whose inbox does not wait.
fn home() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let made = rapporteur(folder.path()).arg("init").arg(folder.path()).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    change(folder.path(), "127.0.0.1:8010", "127.0.0.1:0");
    change(folder.path(), "settle = \"10s\"", "settle = \"1s\"");
    change(folder.path(), "scan_every = \"5s\"", "scan_every = \"1s\"");
    change(folder.path(), "max_file_mb = 100", "max_file_mb = 8");
    folder
}

fn rapporteur(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.arg("--home").arg(home).env("NO_COLOR", "1");
    command
}

fn change(home: &Path, from: &str, to: &str) {
    let path = home.join("config/rapporteur.toml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// A daemon that is ended with the test, however that ends.
pub(crate) struct Daemon {
    child: Child,
    log: BufReader<ChildStderr>,
}

impl Daemon {
    fn start(command: &mut Command) -> Self {
        let mut child = command.arg("run").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let log = BufReader::new(child.stderr.take().unwrap());
        Self { child, log }
    }

    fn wait_for(&mut self, words: &str) -> String {
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

    /// Where the dashboard is.
    fn address(&mut self) -> SocketAddr {
        let line = self.wait_for("the dashboard is served");
        line.split("http://").nth(1).unwrap().split('/').next().unwrap().parse().unwrap()
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Most memory it ever had, in kB.
    fn most_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What is answered to a request that is closed after it.
fn ask(address: SocketAddr, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let length = if body.is_empty() { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    write!(stream, "{head}\r\nhost: {address}\r\nconnection: close\r\n{length}\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn get(address: SocketAddr, path: &str) -> String {
    ask(address, &format!("GET {path} HTTP/1.1"), "")
}

#[test]
fn whoever_watches_the_daemon_sees_how_it_is() {
    let home = home();
    let mut daemon = Daemon::start(&mut rapporteur(home.path()));
    let address = daemon.address();
    assert!(get(address, "/healthz").ends_with("alive\n"));
    let ready = get(address, "/readyz");
    assert!(ready.starts_with("HTTP/1.1 200") && ready.contains("\"bell\":true"), "{ready}");
    let figures = get(address, "/metrics");
    for name in ["rapporteur_rows_held 0", "rapporteur_ledger_bytes ", "rapporteur_bell_last_ring_seconds ", "# EOF"] {
        assert!(figures.contains(name), "{name} in {figures}");
    }
    let status = rapporteur(home.path()).arg("status").output().unwrap();
    let told = String::from_utf8(status.stdout).unwrap();
    assert!(told.contains(&format!("The dashboard: http://{address}/")), "{told}");
    daemon.signal("TERM");
    daemon.wait_for("stopped");
}

/// Its order of words, as systemd has them: ready, fed, reloading and ready again, stopping.
#[test]
fn the_service_manager_is_told() {
    let home = home();
    let socket = home.path().join("notify");
    let manager = UnixDatagram::bind(&socket).unwrap();
    manager.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut command = rapporteur(home.path());
    let daemon = Daemon::start(command.env("NOTIFY_SOCKET", &socket).env("WATCHDOG_USEC", "600000"));
    let next = |words: &str| {
        let mut bytes = [0; 4096];
        for _ in 0..200 {
            let size = manager.recv(&mut bytes).unwrap();
            let told = String::from_utf8_lossy(&bytes[..size]).into_owned();
            if told.contains(words) {
                return told;
            }
        }
        panic!("never told `{words}`");
    };
    assert!(next("READY=1").contains("STATUS="));
    next("WATCHDOG=1");
    daemon.signal("HUP");
    assert!(next("RELOADING=1").contains("MONOTONIC_USEC="));
    next("READY=1");
    daemon.signal("TERM");
    next("STOPPING=1");
}

#[test]
fn a_taken_port_keeps_no_report() {
    let home = home();
    let other = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap();
    change(home.path(), "127.0.0.1:0", &address.to_string());
    let mut daemon = Daemon::start(&mut rapporteur(home.path()));
    daemon.wait_for("the dashboard cannot be served; reports go out all the same");
    let status = rapporteur(home.path()).arg("status").output().unwrap();
    let told = String::from_utf8(status.stdout).unwrap();
    assert!(told.contains("The daemon is running.") && told.contains("The dashboard cannot be served at"), "{told}");
    drop(other);
    daemon.wait_for("the dashboard is served");
    assert!(get(address, "/healthz").ends_with("alive\n"));
}

/// A thousand connections that say nothing, or begin and do not end: people are answered meanwhile, a
/// workbook is read and its answer mailed, and they are let go.
#[test]
fn a_thousand_silent_connections_keep_nobody_out() {
    let home = home();
    let _ = rlimit::increase_nofile_limit(8192);
    let mut daemon = Daemon::start(&mut rapporteur(home.path()));
    let address = daemon.address();
    let begun = Instant::now();
    let mut silent: Vec<TcpStream> = (0..1000)
        .map(|number| {
            let mut stream = TcpStream::connect(address).unwrap();
            if number % 2 == 0 {
                let _ = write!(stream, "GET / HTTP/1.1\r\nhost: {address}\r\nx-slow: ");
            }
            stream
        })
        .collect();
    fs::write(
        home.path().join("inbox/activities_TJ_2017-Q4.csv"),
        "Title;Type;Start date;End date;Countries\nWorkshop;workshop;2017-11-20;2017-11-21;TJ\n",
    )
    .unwrap();
    let asked = Instant::now();
    assert!(get(address, "/healthz").ends_with("alive\n"));
    assert!(asked.elapsed() < Duration::from_secs(5), "answered after {:?}", asked.elapsed());
    let mails = home.path().join("mail/new");
    while fs::read_dir(&mails).map_or(0, Iterator::count) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(40), "the answer is not mailed");
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(daemon.most_memory() < 200 * 1024, "{} kB, of a debug build", daemon.most_memory());
    // The last ones have had their time by now, or soon.
    let last = silent.last_mut().unwrap();
    last.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut answer = Vec::new();
    let _ = last.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&answer));
}
