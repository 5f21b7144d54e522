//! The dashboard's door, as somebody finds it who means no good, and as whoever watches the daemon does.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::daemon::{Daemon, rapporteur};

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

fn change(home: &Path, from: &str, to: &str) {
    let path = home.join("config/rapporteur.toml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

impl Daemon {
    /// Where the dashboard is.
    fn address(&mut self) -> SocketAddr {
        let line = self.wait_for("the dashboard is served");
        line.split("http://").nth(1).unwrap().split('/').next().unwrap().parse().unwrap()
    }

    /// Most memory it ever had, in kB.
    fn most_memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
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
    let mut daemon = Daemon::of(&mut rapporteur(home.path()));
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
    let daemon = Daemon::of(command.env("NOTIFY_SOCKET", &socket).env("WATCHDOG_USEC", "600000"));
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
    let mut daemon = Daemon::of(&mut rapporteur(home.path()));
    daemon.wait_for("the dashboard cannot be served; reports go out all the same");
    let status = rapporteur(home.path()).arg("status").output().unwrap();
    let told = String::from_utf8(status.stdout).unwrap();
    assert!(told.contains("The daemon is running.") && told.contains("The dashboard cannot be served at"), "{told}");
    drop(other);
    daemon.wait_for("the dashboard is served");
    assert!(get(address, "/healthz").ends_with("alive\n"));
}

/// The token that a page carries.
fn token(address: SocketAddr) -> String {
    let answer = get(address, "/api/v1/me");
    let body = answer.split("\r\n\r\n").nth(1).unwrap();
    serde_json::from_str::<serde_json::Value>(body).unwrap()["token"].as_str().unwrap().to_owned()
}

/// Two gigabytes, announced and not: refused before they have come, and never held in memory.
#[test]
fn two_gigabytes_are_refused_early() {
    let home = home();
    let mut daemon = Daemon::of(&mut rapporteur(home.path()));
    let address = daemon.address();
    let token = token(address);
    let before = daemon.most_memory();
    let boundary = "content-type: multipart/form-data; boundary=edge";
    let raw = "content-type: application/octet-stream";
    for (path, kind, first) in [
        ("/api/v1/files?name=large_TJ.xlsx", raw, ""),
        ("/workbooks", boundary, "--edge\r\ncontent-disposition: form-data; name=\"token\"\r\n\r\n"),
    ] {
        for announced in [true, false] {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let size = if announced { "content-length: 2147483648" } else { "transfer-encoding: chunked" };
            let head = format!(
                "POST {path} HTTP/1.1\r\nhost: {address}\r\nx-rapporteur-token: {token}\r\n{kind}\r\n{size}\r\n\r\n"
            );
            stream.write_all(head.as_bytes()).unwrap();
            let chunk = vec![b'x'; 1 << 20];
            let mut sent = 0_u64;
            let part = |bytes: &[u8]| {
                let mut all = if announced { Vec::new() } else { format!("{:x}\r\n", bytes.len()).into_bytes() };
                all.extend_from_slice(bytes);
                all.extend_from_slice(if announced { b"" } else { b"\r\n" });
                all
            };
            if !first.is_empty() {
                let _ = stream.write_all(&part(first.as_bytes()));
            }
            while sent < 1 << 31 && stream.write_all(&part(&chunk)).is_ok() {
                sent += 1 << 20;
            }
            assert!(sent < 64 << 20, "{path} took {sent} bytes");
        }
    }
    let after = daemon.most_memory();
    assert!(after - before < 24 * 1024, "{before} kB, then {after} kB");
    assert!(get(address, "/healthz").ends_with("alive\n"));
    let left: Vec<_> = fs::read_dir(home.path().join("inbox")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains("large")), "{left:?}");
}

/// Hands in a workbook as a script does; gives the whole answer.
fn hand_in(address: SocketAddr, token: &str, name: &str, text: &str) -> String {
    let head = format!(
        "POST /api/v1/files?name={name} HTTP/1.1\r\nx-rapporteur-token: {token}\r\ncontent-type: application/octet-stream"
    );
    ask(address, &head, text)
}

/// Names that lead elsewhere lead nowhere, and what stands in cells is text: on the page, in what scripts get
/// and in the copy that goes back.
#[test]
fn what_somebody_writes_into_names_and_cells_stays_text() {
    let home = home();
    let mut daemon = Daemon::of(&mut rapporteur(home.path()));
    let address = daemon.address();
    let token = token(address);
    let secret = home.path().join("state/dashboard.key");
    assert!(secret.exists());
    for path in [
        "/fonts/..%2f..%2fstate%2fdashboard.key",
        "/fonts/%2e%2e/%2e%2e/etc/passwd",
        "/../../../../etc/passwd",
        "/runs/..%2f..%2f1",
        "/runs/1/editions/..%2f..%2f..%2fetc%2fpasswd",
        "/runs/1/editions/en?edition=..%2f..%2f..%2fstate%2fledger.db",
        "/readiness?period=..%2f..%2fetc",
        "/readiness?period=2017-Q4%00",
        "/workbooks/1/marked/..%2f..%2fstate%2fledger.db",
        "/workbooks/..%2f..%2fstate%2fledger.db/marked",
        "/sign-off/..%2f..%2fstate%2fdashboard.key",
    ] {
        let answer = get(address, path);
        assert!(!answer.starts_with("HTTP/1.1 5") && !answer.contains("root:"), "{path}: {answer}");
        assert!(!answer.contains("SQLite format"), "{path}");
    }

    let rows = "Title;Type;Start date;End date;Countries;Participants;Women;Men\n\
        <script>alert(1)</script>;workshop;2017-11-20;2017-11-21;TJ;9;<img src=x onerror=alert(2)>;4\n\
        =HYPERLINK(\"http://evil.example\");@SUM(1+1);2017-11-20;2017-11-21;TJ;9;5;4\n";
    let answer = hand_in(address, &token, "..%2F..%2F..%2Ftmp%2Factivities_TJ_2017-Q4.csv", rows);
    assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
    assert!(
        answer.contains("\"file\":\"activities_TJ_2017-Q4.csv\"") && answer.contains("application/json"),
        "{answer}"
    );
    // A picture is none that rows are looked for in.
    let answer = hand_in(address, &token, "workshop_TJ.PNG", "no picture, in truth");
    assert!(answer.contains("\"is_picture\":true") && answer.contains("\"diagnostics\":[]"), "{answer}");
    for name in ["", ".", "..%2F", "~%24open.xlsx", ".hidden.csv"] {
        let answer = hand_in(address, &token, name, rows);
        assert!(answer.starts_with("HTTP/1.1 4"), "{name}: {answer}");
    }

    let begun = Instant::now();
    let page = loop {
        let page = get(address, "/workbooks/1");
        if page.starts_with("HTTP/1.1 200") {
            break page;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "{page}");
        std::thread::sleep(Duration::from_millis(200));
    };
    assert!(page.contains("&lt;img src=x onerror=alert(2)&gt;"), "{page}");
    assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "{page}");
    assert!(page.contains("default-src 'self'"), "no script of a page runs, whatever it says");

    // The copy that goes back, as the sender opens it: no formula came of what was typed.
    let mails = home.path().join("mail/new");
    while fs::read_dir(&mails).map_or(0, Iterator::count) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(40), "the answer is not mailed");
        std::thread::sleep(Duration::from_millis(200));
    }
    let mut copies = 0;
    let mut folders = vec![home.path().join("inbox/needs-fixing")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "xlsx") {
                copies += 1;
                let mut book = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
                for number in 0..book.len() {
                    let mut part = book.by_index(number).unwrap();
                    let name = part.name().unwrap().into_owned();
                    let mut text = String::new();
                    if !name.ends_with(".xml") || part.read_to_string(&mut text).is_err() {
                        continue;
                    }
                    let formulas =
                        text.split("<f>").skip(1).filter(|rest| rest.contains("evil") || rest.starts_with("SUM"));
                    assert_eq!(formulas.count(), 0, "{name} in {}", path.display());
                }
            }
        }
    }
    assert_eq!(copies, 1);
}

/// The short form of `tests/api`.
#[test]
fn no_request_to_the_interface_is_answered_by_a_fault() {
    let seed = std::process::id();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = Command::new(root.join("tests/api"))
        .args(["3", &seed.to_string(), "--phases", "examples,fuzzing,stateful"])
        .env("RAPPORTEUR_PROGRAM", env!("CARGO_BIN_EXE_rapporteur"))
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "seed {seed}:\n{told}\n{}", String::from_utf8_lossy(&ran.stderr));
    assert!(told.contains("passed"), "{told}");
}

/// By TLS, with a certificate of its own: the cookie is for TLS alone, and nothing else is spoken at the port.
#[test]
fn beyond_this_machine_it_speaks_tls_alone() {
    let home = home();
    let secrets = home.path().join("secrets");
    fs::create_dir_all(&secrets).unwrap();
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout"])
        .arg(secrets.join("key.pem"))
        .arg("-out")
        .arg(secrets.join("certificate.pem"))
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    change(
        home.path(),
        "listen = \"127.0.0.1:0\"",
        "listen = \"0.0.0.0:0\"\nhosts = [\"localhost\"]\n\
         tls = { certificate = \"secrets/certificate.pem\", key = \"secrets/key.pem\" }",
    );
    let mut add =
        rapporteur(home.path()).args(["user", "add", "aida", "--role", "admin"]).stdin(Stdio::piped()).spawn().unwrap();
    add.stdin.take().unwrap().write_all(b"three words and a bird\n").unwrap();
    assert!(add.wait().unwrap().success());
    let mut daemon = Daemon::of(&mut rapporteur(home.path()));
    let line = daemon.wait_for("the dashboard is served");
    let port = line.split("https://0.0.0.0:").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let script = r#"
import re, ssl, sys, urllib.parse, urllib.request
context = ssl.create_default_context(cafile=sys.argv[2])
base = f"https://localhost:{sys.argv[1]}"
page = urllib.request.urlopen(base + "/login", context=context)
token = re.search(r'name="token" value="([^"]+)"', page.read().decode()).group(1)
class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_): return None
opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), Stay)
form = urllib.parse.urlencode({"token": token, "name": "aida", "password": "three words and a bird"}).encode()
try:
    opener.open(urllib.request.Request(base + "/login", form, {"Origin": base}))
except urllib.error.HTTPError as answer:
    print(answer.code, answer.headers["set-cookie"])
"#;
    let said =
        Command::new("python3").args(["-c", script, &port]).arg(secrets.join("certificate.pem")).output().unwrap();
    let told = String::from_utf8_lossy(&said.stdout);
    assert!(told.starts_with("303 __Host-rapporteur=") && told.contains("; Secure"), "{told}{said:?}");
    let plain: SocketAddr = format!("127.0.0.1:{port}").parse().unwrap();
    let mut stream = TcpStream::connect(plain).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    write!(stream, "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
}

/// A thousand connections that say nothing, or begin and do not end: people are answered meanwhile, a
/// workbook is read and its answer mailed, and they are let go.
#[test]
fn a_thousand_silent_connections_keep_nobody_out() {
    let home = home();
    let _ = rlimit::increase_nofile_limit(8192);
    let mut daemon = Daemon::of(&mut rapporteur(home.path()));
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
