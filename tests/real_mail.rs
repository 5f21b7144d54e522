//! A report through a real Postfix, over TLS and with a password, into a real Dovecot, and back
//! over IMAP: its PDF is the archived one, byte by byte, and its signature is valid. One to a mailbox that
//! does not exist comes back, and is found on its delivery.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use mail_parser::MimeHeaders as _;
use rapporteur::clock::Clock;
use rapporteur::config::{BounceBox, Config, Imap, Smtp, Tls};
use rapporteur::mail::Courier;
use rapporteur::mail::bounces::Bounces;
use rapporteur::store::Store;

use crate::running::{Daemon, Home, address, wait_for};

/// A mailbox that the server does not have, though it takes mail for it.
const NOBODY: &str = "nobody-here@example.org";

/// Debian's own: the checker of signatures is a package of Debian's.
const PYTHON: &str = "/usr/bin/python3";

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/real_mail.py")
}

/// Both servers; they stop, and take their folder with them, when their input ends.
struct Servers {
    child: Child,
    told: serde_json::Value,
}

impl Servers {
    fn start() -> Self {
        // Postfix belongs to root.
        let is_root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.starts_with(b"0\n"));
        let mut command = if is_root { Command::new(PYTHON) } else { Command::new("sudo") };
        if !is_root {
            command.args(["-n", PYTHON]);
        }
        let command = command.arg(script()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("python3; tests/run installs postfix, dovecot-imapd and python3-dkim");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let told = serde_json::from_str(&line).unwrap_or_else(|_| {
            let mut problem = String::new();
            child.stderr.as_mut().unwrap().read_to_string(&mut problem).unwrap();
            panic!("the mail servers do not start: {problem}")
        });
        Self { child, told }
    }

    fn port(&self, name: &str) -> u16 {
        self.told[name].as_u64().unwrap().try_into().unwrap()
    }

    fn ca(&self) -> &str {
        self.told["ca"].as_str().unwrap()
    }

    /// The mails of the one recipient, once there are so many.
    fn read(&self, folder: &Path, mails: usize) -> Vec<Vec<u8>> {
        let mut given = self.told.clone();
        given["mails"] = mails.into();
        given["folder"] = folder.to_str().unwrap().into();
        fs::write(folder.join("box.json"), given.to_string()).unwrap();
        python(&["read", folder.join("box.json").to_str().unwrap()]);
        (1..=mails).map(|number| fs::read(folder.join(format!("{number}.eml"))).unwrap()).collect()
    }
}

impl Drop for Servers {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

fn python(arguments: &[&str]) -> String {
    let done = Command::new(PYTHON).arg(script()).args(arguments).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn openssl(folder: &Path, arguments: &[&str]) {
    let done = Command::new("openssl").args(arguments).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[tokio::test]
async fn a_report_goes_through_postfix_and_comes_back_from_dovecot_as_it_was() {
    let servers = Servers::start();
    let home = Home::new(servers.port("implicit"), 1, None);
    let secrets = home.path().join("secrets");
    fs::create_dir(&secrets).unwrap();
    fs::write(secrets.join("smtp"), "correct horse\n").unwrap();
    openssl(&secrets, &["genrsa", "-out", "dkim.pem", "2048"]);
    openssl(&secrets, &["rsa", "-in", "dkim.pem", "-pubout", "-out", "public.pem"]);
    fs::write(
        home.path().join("config/rapporteur.toml"),
        format!(
            "[inbox]\nsettle = \"1s\"\nscan_every = \"1s\"\n\
             [mail]\ntransport = \"smtp\"\nfrom = \"Секретариат <reports@example.org>\"\n\
             [mail.smtp]\nhost = \"localhost\"\nport = {}\ntls = \"implicit\"\nusername = \"reports\"\n\
             password_file = \"secrets/smtp\"\nca_file = \"{}\"\nhello = \"reports.example.org\"\n\
             [mail.dkim]\ndomain = \"example.org\"\nselector = \"reports\"\nkey_file = \"secrets/dkim.pem\"\n\
             [bounces]\nevery = \"1s\"\n[bounces.imap]\nhost = \"localhost\"\nport = {}\ntls = \"starttls\"\n\
             username = \"reports@example.org\"\npassword_file = \"secrets/imap\"\nca_file = \"{}\"\n",
            servers.port("implicit"),
            servers.ca(),
            servers.port("imap"),
            servers.ca()
        ),
    )
    .unwrap();
    fs::write(secrets.join("imap"), "staple\n").unwrap();
    let people = home.path().join("config/recipients.toml");
    let mut known = fs::read_to_string(&people).unwrap();
    known.push_str(&known.replace(&address(0), NOBODY));
    fs::write(&people, known).unwrap();
    let checked = home.command(&["check", "--online", "--format", "json"]);
    assert_eq!(checked["diagnostics"], serde_json::json!([]), "the server lets us in");

    home.drop_workbooks();
    let daemon = Daemon::start(&home);
    wait_for("the workbooks are taken", Duration::from_secs(60), &home, || home.all_taken());
    home.command(&["runs", "start", "seed", "--period", "2017-Q4", "--format", "json"]);
    let stands = |email: &str, wanted: &str| home.outbox().iter().any(|(to, state)| to == email && state == wanted);
    wait_for("the report is out", Duration::from_secs(60), &home, || stands(&address(0), "delivered"));
    wait_for("the other comes back", Duration::from_secs(60), &home, || stands(NOBODY, "bounced"));
    daemon.stop();
    let outbox = home.command(&["outbox", "list", "--state", "bounced", "--format", "json"]);
    let reason = outbox["deliveries"][0]["last_reply"].as_str().unwrap();
    assert!(reason.starts_with("5.1.1") && reason.contains("unknown user"), "{reason}");
    let status = home.command(&["status", "--format", "json"]);
    assert!(status["notices"].as_array().unwrap().iter().any(|notice| notice["kind"] == "dead-letters"), "{status}");

    let folder = tempfile::tempdir().unwrap();
    let mail = servers.read(folder.path(), 1).remove(0);
    let parsed = mail_parser::MessageParser::default().parse(&mail).unwrap();
    assert_eq!(parsed.to().unwrap().first().unwrap().address(), Some(address(0).as_str()));
    assert_eq!(parsed.from().unwrap().first().unwrap().name(), Some("Секретариат"));
    let pdf = parsed.attachment(0).unwrap();
    assert!(pdf.attachment_name().is_some_and(|name| name.ends_with(".pdf")));
    assert!(home.archived().iter().any(|archived| archived == pdf.contents()), "byte by byte");
    // ESMTPSA: with TLS and with a password (RFC 3848).
    assert!(String::from_utf8_lossy(&mail).contains("with ESMTPSA"));

    let key = fs::read_to_string(secrets.join("public.pem")).unwrap();
    let key: String = key.lines().filter(|line| !line.starts_with("-----")).collect();
    let (record, message) = (folder.path().join("record"), folder.path().join("1.eml"));
    fs::write(&record, format!("v=DKIM1; k=rsa; p={key}")).unwrap();
    let asked = python(&["verify", record.to_str().unwrap(), message.to_str().unwrap()]);
    assert_eq!(asked.trim(), "reports._domainkey.example.org.");

    // The mailbox that it came back to was read by STARTTLS; by TLS from the first byte it is read as well, and by
    // nobody who does not know the server's authority.
    let reader = |store: &Store, tls, port: &str, password: &str, ca_file| {
        let mut config = Config::defaults(home.path());
        config.bounces.mailbox = Some(BounceBox::Imap(Imap {
            host: "localhost".to_owned(),
            port: servers.port(port),
            tls,
            username: "reports@example.org".to_owned(),
            password: Some(password.to_owned()),
            mailbox: "INBOX".to_owned(),
            ca_file,
        }));
        Bounces::new(store.clone(), Arc::new(config), Clock::system())
    };
    let fresh = tempfile::tempdir().unwrap();
    let store = Store::open("sqlite:ledger.db", fresh.path()).await.unwrap();
    for (tls, port, ca_file) in [
        (Tls::Implicit, "imaps", None),
        (Tls::Starttls, "imap", None),
        (Tls::Implicit, "imaps", Some(servers.ca().into())),
    ] {
        let is_trusted = ca_file.is_some();
        let looked = reader(&store, tls, port, "staple", ca_file).step().await;
        assert_eq!(looked.is_ok(), is_trusted, "{tls:?}: {looked:?}");
        let last = store.note("bounces/localhost/reports@example.org/INBOX").await.unwrap();
        assert_eq!(last.is_some(), is_trusted, "{tls:?}: {last:?}");
    }
    // One that lets nobody in is said where somebody looks.
    assert_eq!(status["health"]["bounces_unread"], serde_json::Value::Null);
    let store = Store::open("sqlite:state/ledger.db", home.path()).await.unwrap();
    let refused = reader(&store, Tls::Starttls, "imap", "wrong", Some(servers.ca().into())).step().await;
    assert!(refused.unwrap_err().to_string().contains("AUTHENTICATIONFAILED"));
    store.close().await;
    let status = home.command(&["status", "--format", "json"]);
    let unread = &status["health"]["bounces_unread"];
    assert_eq!(unread["mailbox"], format!("localhost:{}", servers.port("imap")), "{status}");

    // And where the server knows STARTTLS alone.
    let mut courier = Courier::new(Smtp {
        host: "localhost".to_owned(),
        port: servers.port("starttls"),
        tls: Tls::Starttls,
        username: Some("reports".to_owned()),
        password: Some("correct horse".to_owned()),
        connections: 1,
        rate: None,
        timeout: Duration::from_secs(20),
        ca_file: Some(servers.ca().into()),
        hello: None,
    });
    let begun = courier.size_limit().await;
    assert_eq!(begun, Ok(Some(20_000_000)), "what the server takes is known before a mail is sent");
    courier.rest().await;
}
