//! A home in which a quarter is lived through: two who owe workbooks, an approver, recipients of two languages, and a
//! mail server that turns one of them away until it is mended.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::{Datelike as _, TimeDelta, Weekday};
use mail_parser::MimeHeaders as _;
use rapporteur::recipient::Language;

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

/// Who is late.
pub(crate) const LATE: &str = "focal.tj@example.org";

/// The home, its daemon and its mail server.
pub(crate) struct Quarter {
    pub(crate) home: Home,
    pub(crate) server: Server,
    /// Where the dashboard is.
    pub(crate) base: String,
    language: Language,
    _daemon: Daemon,
}

impl Quarter {
    /// The approver and the one who is late read `language`, the other contributor Russian.
    pub(crate) async fn begin(language: Language) -> Self {
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
        // The 29th of February of a leap year is as far away as a schedule may be.
        write("schedules.toml", &schedule("0 0 29 2 *", None));
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
                person("Example Chair", APPROVER, language.code(), "secretariat"),
                owes("Focal point, Kyrgyzstan", "KG", "ru"),
                owes("Focal point, Tajikistan", "TJ", language.code()),
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
        Self { home, server, base, language, _daemon: daemon }
    }

    /// Waits until something is so.
    pub(crate) fn wait(&self, what: &str, is_so: impl Fn() -> bool) {
        wait_for(what, PATIENCE, &self.home, is_so);
    }

    /// The unknown mailbox is known from now on.
    pub(crate) fn mend_the_server(&self) {
        self.server.is_well.store(true, Ordering::SeqCst);
    }

    /// The secretariat has the report fall due in a week, and those who are late reminded from today on.
    pub(crate) fn remind(&self) {
        let today = rapporteur::clock::Clock::system().now().with_timezone(&chrono_tz::Asia::Bishkek).date_naive();
        let due = today + TimeDelta::days(7);
        // Between a working day and the same of the next week lie five; seen from a weekend, six lead to the Friday.
        let (time, days) = match today.weekday() {
            Weekday::Sat | Weekday::Sun => ("59 23", 6),
            _ => ("0 0", 5),
        };
        let cron = format!("{time} {} {} *", due.day(), due.month());
        fs::write(self.home.path().join("config/schedules.toml"), schedule(&cron, Some(days))).unwrap();
    }

    /// Waits for the reminder, which is for her who is late and for nobody else, and has `words` and the blank workbook.
    pub(crate) fn expect_reminder(&self, words: &[&str]) {
        self.wait("the one who is late is reminded", || !self.server.copies(LATE).is_empty());
        let mail = self.server.copies(LATE).remove(0);
        let mail = mail_parser::MessageParser::default().parse(mail.as_bytes()).unwrap();
        let text = format!("{}\n{}", mail.subject().unwrap(), mail.body_text(0).unwrap());
        for word in words {
            assert!(text.contains(word), "`{word}` in the reminder:\n{text}");
        }
        let blank: Vec<_> = mail.attachments().map(|one| (one.attachment_name(), &one.contents()[..2])).collect();
        let code = self.language.code();
        assert_eq!(blank, [(Some(format!("workbook-{code}.xlsx").as_str()), b"PK".as_slice())]);
        // The secretariat is told with it: whoever else was to be reminded would have been.
        self.wait("the secretariat is told", || {
            self.last_mail(APPROVER).is_some_and(|text| text.contains("Tajikistan"))
        });
        let others = ["focal.kg@example.org", "member@example.org", "member.ru@example.org"];
        let reminded = others.into_iter().filter(|to| {
            let mails = self.server.copies(to);
            mails.iter().any(|mail| mail.contains("workbook-"))
        });
        assert_eq!(reminded.collect::<Vec<_>>(), Vec::<&str>::new(), "only who is late is reminded");
        assert_eq!(self.server.copies(LATE).len(), 1, "and once");
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

/// The report of the quarter, and how many working days before it is due who is late is reminded.
fn schedule(cron: &str, remind: Option<u32>) -> String {
    let remind = remind.map_or_else(String::new, |days| format!("remind = [\"{days} working days\"]\n"));
    format!(
        "[[schedule]]\nname = \"rsg\"\nreport = \"rsg-quarterly\"\ncron = \"{cron}\"\ntimezone = \"Asia/Bishkek\"\n\
         period = \"2017-Q4\"\nrecipients = [\"steering-group\"]\nsign_off = \"required\"\napprovers = [\"secretariat\"]\n{remind}"
    )
}
