//! Encrypted ways to the mail server, and what happens where they cannot be trusted.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rapporteur::config::{Smtp, Tls};
use rapporteur::mail::Courier;
use rapporteur::outbox::Outcome;

use crate::sink::{Sink, free_port};

/// A front that speaks TLS, with a certificate of its own authority for "localhost".
pub(crate) struct Front {
    child: Child,
    pub(crate) port: u16,
}

impl Drop for Front {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn openssl(folder: &Path, arguments: &str) {
    let done = Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

pub(crate) fn certificates(folder: &Path) {
    openssl(
        folder,
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test-authority \
         -keyout ca.key -out ca.pem",
    );
    openssl(
        folder,
        "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost \
         -addext subjectAltName=DNS:localhost -keyout server.key -out server.csr",
    );
    openssl(folder, "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -days 2 -copy_extensions copy -out server.pem");
}

pub(crate) fn front(folder: &Path, backend: u16, mode: &str) -> Front {
    let port = free_port();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tls_front.py");
    let child = Command::new("python3")
        .arg(script)
        .args([port.to_string(), backend.to_string()])
        .args([folder.join("server.pem"), folder.join("server.key")])
        .arg(mode)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(10), "the front does not listen");
        std::thread::sleep(Duration::from_millis(10));
    }
    Front { child, port }
}

fn settings(port: u16, tls: Tls, ca_file: Option<PathBuf>) -> Smtp {
    Smtp {
        host: "localhost".to_owned(),
        port,
        tls,
        username: Some("reports".to_owned()),
        password: Some("secret".to_owned()),
        connections: 1,
        rate: None,
        timeout: Duration::from_secs(5),
        ca_file,
        hello: None,
    }
}

#[tokio::test]
async fn mail_goes_encrypted_to_a_server_that_can_be_trusted_and_to_no_other() {
    let folder = tempfile::tempdir().unwrap();
    certificates(folder.path());
    let ca = folder.path().join("ca.pem");
    let dumps = folder.path().join("dumps");
    let sink = Sink::start(&dumps, &[]);
    let mail = b"Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\n\r\nbody\r\n--x--\r\n";
    for (mode, tls) in [("implicit", Tls::Implicit), ("starttls", Tls::Starttls)] {
        let front = front(folder.path(), sink.port, mode);
        let before = sink.received().len();
        let mut courier = Courier::new(settings(front.port, tls, Some(ca.clone())));
        for _ in 0..2 {
            let outcome = courier.send("a@example.org", "b@example.org", mail).await;
            assert!(matches!(outcome, Outcome::Delivered { .. }), "{mode}: {outcome:?}");
        }
        courier.rest().await;
        assert!(courier.greet().await.is_ok(), "{mode}: `check --online` says so too");
        assert_eq!(sink.received().len(), before + 2);

        // Without our authority, or under another name, the server could be anybody.
        let stranger = settings(front.port, tls, None);
        let elsewhere = Smtp { host: "127.0.0.1".to_owned(), ..settings(front.port, tls, Some(ca.clone())) };
        let lost = settings(front.port, tls, Some(folder.path().join("missing.pem")));
        for settings in [stranger, elsewhere, lost] {
            let outcome = Courier::new(settings).send("a@example.org", "b@example.org", mail).await;
            assert!(matches!(outcome, Outcome::ChannelAtFault { .. }), "{mode}: {outcome:?}");
        }
        assert_eq!(sink.received().len(), before + 2, "nothing went to a stranger");
    }
}
