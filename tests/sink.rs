//! Postfix's `smtp-sink` as the witness: it keeps what it got, and refuses as it is told.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// One mail as the witness got it.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    /// The one address in `RCPT TO`.
    pub(crate) recipient: String,
    /// The bytes after the witness's own headers, lines ended by LF.
    pub(crate) bytes: Vec<u8>,
}

impl Received {
    pub(crate) fn parsed(&self) -> mail_parser::Message<'_> {
        mail_parser::MessageParser::default().parse(&self.bytes).unwrap()
    }

    pub(crate) fn message_id(&self) -> String {
        self.parsed().message_id().unwrap().to_owned()
    }
}

/// A running `smtp-sink`, ended with the test.
#[derive(Debug)]
pub(crate) struct Sink {
    child: Child,
    pub(crate) port: u16,
    folder: PathBuf,
}

/// A port of loopback that nobody uses at the moment.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}

/// A tool of Postfix.
pub(crate) fn tool(name: &str) -> PathBuf {
    let usual = Path::new("/usr/sbin").join(name);
    if usual.exists() { usual } else { PathBuf::from(name) }
}

/// Who `smtp-sink` is to be: it refuses to be root by itself.
fn user() -> &'static [&'static str] {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.starts_with(b"0\n"));
    if is_root { &["-u", "root"] } else { &[] }
}

fn wait_for(port: u16) {
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(10), "smtp-sink does not listen");
        std::thread::sleep(Duration::from_millis(10));
    }
}

impl Sink {
    /// Starts one that dumps into `folder`, with further options such as `-f RCPT`.
    pub(crate) fn start(folder: &Path, options: &[&str]) -> Self {
        Self::start_at(free_port(), folder, options)
    }

    pub(crate) fn start_at(port: u16, folder: &Path, options: &[&str]) -> Self {
        fs::create_dir_all(folder).unwrap();
        let dump = format!("{}/mail.", folder.display());
        let address = format!("127.0.0.1:{port}");
        let child = Command::new(tool("smtp-sink"))
            .args(user())
            .args(["-d", &dump])
            .args(options)
            .args([&address, "100"])
            .stderr(Stdio::null())
            .spawn()
            .expect("smtp-sink of Debian's package postfix; tests/run installs it");
        wait_for(port);
        Self { child, port, folder: folder.to_path_buf() }
    }

    /// Everything received whole so far, in no order.
    pub(crate) fn received(&self) -> Vec<Received> {
        received(&self.folder)
    }
}

/// A running `smtp-sink` that only counts, as fast as it can.
#[derive(Debug)]
pub(crate) struct Counter {
    child: Child,
    pub(crate) port: u16,
    said: tempfile::NamedTempFile,
}

impl Counter {
    pub(crate) fn start() -> Self {
        let port = free_port();
        let said = tempfile::NamedTempFile::new().unwrap();
        let child = Command::new(tool("smtp-sink"))
            .args(user())
            .args(["-c", &format!("127.0.0.1:{port}"), "100"])
            .stdout(said.reopen().unwrap())
            .stderr(Stdio::null())
            .spawn()
            .expect("smtp-sink of Debian's package postfix; tests/run installs it");
        wait_for(port);
        Self { child, port, said }
    }

    /// How many mails it has taken: what it last wrote is `sess=1 quit=1 mesg=1`.
    pub(crate) fn received(&self) -> usize {
        let said = fs::read_to_string(self.said.path()).unwrap();
        said.rsplit("mesg=").next().unwrap().trim().parse().unwrap()
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Sink {
    /// When each mail was there, after `begun`.
    pub(crate) fn arrivals(&self, begun: Instant) -> Vec<Duration> {
        let since = std::time::SystemTime::from(rapporteur::clock::Clock::system().now()) - begun.elapsed();
        let written = |entry: fs::DirEntry| entry.metadata().unwrap().modified().unwrap();
        let files = fs::read_dir(&self.folder).unwrap().map(|entry| written(entry.unwrap()));
        files.map(|at| at.duration_since(since).unwrap_or_default()).collect()
    }
}

/// What a witness left in its folder. A mail whose final dot did not come is not received.
pub(crate) fn received(folder: &Path) -> Vec<Received> {
    let files = fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap());
    files.filter_map(|dump| read(&dump)).collect()
}

fn read(dump: &[u8]) -> Option<Received> {
    let text = String::from_utf8_lossy(dump);
    let recipient = text.lines().find_map(|line| line.strip_prefix("X-Rcpt-Args: <"))?.split('>').next()?.to_owned();
    // The witness's headers end with `Received:` and its folded lines.
    let at = text.find("\nReceived: ")? + 1;
    let mut rest = text.get(at..)?;
    rest = rest.split_once('\n')?.1;
    while rest.starts_with(['\t', ' ']) {
        rest = rest.split_once('\n')?.1;
    }
    // The file of a mail without its final dot is taken away; one that is still being written
    // lacks the last boundary and the empty line.
    rest.ends_with("--\n\n").then(|| Received { recipient, bytes: rest.as_bytes().to_vec() })
}

/// What was received, by its `Message-ID`.
pub(crate) fn by_message(received: Vec<Received>) -> BTreeMap<String, Vec<Received>> {
    let mut found: BTreeMap<String, Vec<Received>> = BTreeMap::new();
    for mail in received {
        found.entry(mail.message_id()).or_default().push(mail);
    }
    found
}

/// A thin line to a server: each piece of what it answers comes some milliseconds late.
pub(crate) struct Slow {
    pub(crate) port: u16,
}

impl Slow {
    /// Listens for as long as the test runs.
    pub(crate) fn start(server: u16, late: Range<u64>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (Ok(client), Ok(server)) = (client, TcpStream::connect(("127.0.0.1", server))) else { continue };
                let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
                std::thread::spawn(move || pass(from, to, 0..1));
                let late = late.clone();
                std::thread::spawn(move || pass(server, client, late));
            }
        });
        Self { port }
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, late: Range<u64>) {
    let mut piece = [0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut piece) {
        std::thread::sleep(Duration::from_millis(fastrand::u64(late.clone())));
        if to.write_all(&piece[..length]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(std::net::Shutdown::Both);
    let _ = from.shutdown(std::net::Shutdown::Both);
}

impl Drop for Sink {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
