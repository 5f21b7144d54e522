//! A home in which a quarter is lived through: two who owe workbooks, an approver, recipients of two languages, and a
//! mail server that turns one of them away until it is mended.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::running::{Daemon, Home, wait_for};
use crate::server::{Act, Server, Stage};

/// Nothing in the daemon takes longer, on the slowest machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// Men and women that do not make the total, and an end before its beginning.
pub(crate) const BAD: &str = "Title;Type;Start date;End date;Host country;Countries;Participants;Women;Men\n\
    Workshop on risk analysis;workshop;2017-10-24;2017-10-26;KG;KG;20;9;12\n\
    Training of border guides;training;2017-11-16;2017-11-14;KG;KG;12;5;7\n";

/// The same, put right.
pub(crate) const GOOD: &str = "Title;Type;Start date;End date;Host country;Countries;Participants;Women;Men\n\
    Workshop on risk analysis;workshop;2017-10-24;2017-10-26;KG;KG;20;9;11\n\
    Training of border guides;training;2017-11-14;2017-11-16;KG;KG;12;5;7\n";

/// What is found out while the report waits.
pub(crate) const CORRECTED: &str = "Title;Type;Start date;End date;Host country;Countries;Participants;Women;Men\n\
    Workshop on risk analysis;workshop;2017-10-24;2017-10-26;KG;KG;24;11;13\n\
    Training of border guides;training;2017-11-14;2017-11-16;KG;KG;12;5;7\n";

/// What is found out after the report has gone out.
pub(crate) const AFTERWARDS: &str = "Title;Type;Start date;End date;Host country;Countries;Participants;Women;Men\n\
    Workshop on risk analysis;workshop;2017-10-24;2017-10-26;KG;KG;24;11;13\n\
    Training of border guides;training;2017-11-14;2017-11-16;KG;KG;15;6;9\n";

/// The mailbox that the server does not know at first.
pub(crate) const UNKNOWN: &str = "moved@example.org";

/// Who releases the report.
pub(crate) const APPROVER: &str = "chair@example.org";

/// The home, its daemon and its mail server.
pub(crate) struct Quarter {
    pub(crate) home: Home,
    pub(crate) server: Server,
    /// Where the dashboard is.
    pub(crate) base: String,
    _daemon: Daemon,
}

impl Quarter {
    pub(crate) async fn begin() -> Self {
        let server = Server::start(|moment| {
            if moment.stage == Stage::Rcpt && moment.line.to_lowercase().contains(UNKNOWN) {
                Act::Say("550 5.1.1 no such mailbox here")
            } else {
                Act::Usual
            }
        })
        .await;
        let home = Home::empty();
        let config = home.path().join("config");
        fs::create_dir_all(&config).unwrap();
        let write = |name: &str, text: &str| fs::write(config.join(name), text).unwrap();
        write(
            "rapporteur.toml",
            &format!(
                "[programme]\ncode = \"EXAMPLE 10\"\nname = {{ en = \"Example Programme\", ru = \"Примерная программа\" }}\n\
                 languages = [\"en\", \"ru\"]\ntimezone = \"Asia/Bishkek\"\ncountries = [\"KG\", \"TJ\"]\n\
                 start = \"2015-01-01\"\nend = \"2019-12-31\"\n\
                 [inbox]\nsettle = \"1s\"\nscan_every = \"1s\"\n\
                 [mail]\ntransport = \"smtp\"\nfrom = \"Example Secretariat <reports@example.org>\"\n\
                 operators = [\"operators@example.org\"]\n\
                 [mail.smtp]\nhost = \"127.0.0.1\"\nport = {}\ntls = \"none\"\ntimeout = \"10s\"\n\
                 [bounces]\nmaildir = \"returned\"\nevery = \"1s\"\n\
                 [dashboard]\nlisten = \"127.0.0.1:0\"\n",
                server.port
            ),
        );
        write(
            "schedules.toml",
            "[[schedule]]\nname = \"rsg\"\nreport = \"rsg-quarterly\"\ncron = \"0 0 29 2 *\"\ntimezone = \"Asia/Bishkek\"\n\
             period = \"2017-Q4\"\nrecipients = [\"steering-group\"]\nsign_off = \"required\"\napprovers = [\"secretariat\"]\n",
        );
        let person = |name: &str, email: &str, language: &str, group: &str| {
            format!(
                "[[recipient]]\nname = \"{name}\"\nemail = \"{email}\"\nlanguage = \"{language}\"\ngroups = [\"{group}\"]\n"
            )
        };
        let owes = |name: &str, country: &str, language: &str| {
            format!(
                "[[contributor]]\nname = \"{name}\"\nemail = \"focal.{}@example.org\"\nlanguage = \"{language}\"\n\
                 country = \"{country}\"\nfiles = \"*{country}*\"\nsheets = [\"activities\"]\n",
                country.to_lowercase()
            )
        };
        write(
            "recipients.toml",
            &[
                person("Example Member", "member@example.org", "en", "steering-group"),
                person("Пример Участника", "member.ru@example.org", "ru", "steering-group"),
                person("Example Former Member", UNKNOWN, "en", "steering-group"),
                person("Example Chair", APPROVER, "en", "secretariat"),
                owes("Focal point, Kyrgyzstan", "KG", "ru"),
                owes("Focal point, Tajikistan", "TJ", "en"),
            ]
            .concat(),
        );
        let daemon = Daemon::start(&home);
        let served = |log: &str| {
            let line = log.lines().find(|line| line.contains("the dashboard is served"))?;
            let at = line.rsplit_once("127.0.0.1:")?.1;
            Some(at.chars().take_while(char::is_ascii_digit).collect::<String>())
        };
        wait_for("the dashboard", PATIENCE, &home, || served(&home.log()).is_some());
        let base = format!("http://127.0.0.1:{}", served(&home.log()).unwrap());
        Self { home, server, base, _daemon: daemon }
    }

    /// Waits until something is so.
    pub(crate) fn wait(&self, what: &str, is_so: impl Fn() -> bool) {
        wait_for(what, PATIENCE, &self.home, is_so);
    }

    /// The unknown mailbox is known from now on.
    pub(crate) fn mend_the_server(&self) {
        self.server.is_well.store(true, Ordering::SeqCst);
    }

    /// A workbook on the disk of whoever hands it in.
    pub(crate) fn workbook(&self, name: &str, text: &str) -> PathBuf {
        let folder = self.home.path().join("desktop");
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// The last mail to somebody comes back, as a server says so after it has taken it.
    pub(crate) fn return_mail(&self, to: &str) {
        let mail = self.server.copies(to).pop().unwrap();
        let parsed = mail_parser::MessageParser::default().parse(mail.as_bytes()).unwrap();
        let message_id = parsed.message_id().unwrap();
        let returned = format!(
            "From: MAILER-DAEMON@example.org\nTo: reports@example.org\nSubject: Undelivered Mail Returned to Sender\n\
             MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n\
             --b\nContent-Type: text/plain\n\nIt could not be delivered.\n\n\
             --b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.org\n\n\
             Final-Recipient: rfc822; {to}\nAction: failed\nStatus: 5.1.1\n\
             Diagnostic-Code: smtp; 550 5.1.1 User unknown\n\n\
             --b\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{message_id}>\nSubject: Report\n\n--b--\n"
        );
        let folder = self.home.path().join("returned");
        for part in ["tmp", "new", "cur"] {
            fs::create_dir_all(folder.join(part)).unwrap();
        }
        fs::write(folder.join("new/1.returned.example"), returned).unwrap();
    }

    /// A workbook that somebody puts into the inbox folder.
    pub(crate) fn drop_into_the_inbox(&self, name: &str, text: &str) {
        fs::write(self.home.path().join("inbox").join(name), text).unwrap();
    }

    /// The path of the link in the last mail to the approver, where it has one.
    pub(crate) fn link(&self) -> Option<String> {
        let text = self.last_mail(APPROVER)?;
        let at = text.find("/sign-off/")?;
        Some(text[at..].split_whitespace().next()?.to_owned())
    }

    /// The text of the last mail that somebody got, as its reader sees it.
    pub(crate) fn last_mail(&self, to: &str) -> Option<String> {
        let mail = self.server.copies(to).pop()?;
        let parsed = mail_parser::MessageParser::default().parse(mail.as_bytes())?;
        parsed.body_text(0).map(std::borrow::Cow::into_owned)
    }
}
