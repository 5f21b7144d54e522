//! The whole road: workbooks into the inbox, a schedule that comes due, mails with the PDF.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{TimeDelta, Timelike, Utc};
use mail_parser::MimeHeaders;

use crate::running::{Daemon, Home, wait_for};
use crate::sink::Sink;

/// The next full minute that leaves a daemon time to start.
pub(crate) fn next_minute() -> chrono::DateTime<Utc> {
    let now = system_now() + TimeDelta::seconds(5);
    now - TimeDelta::seconds(i64::from(now.second())) - TimeDelta::nanoseconds(i64::from(now.nanosecond()))
        + TimeDelta::minutes(1)
}

fn system_now() -> chrono::DateTime<Utc> {
    rapporteur::clock::Clock::system().now()
}

#[test]
fn a_schedule_due_in_the_next_minute_mails_everybody_once_in_their_language() {
    let dumps = tempfile::tempdir().unwrap();
    let sink = Sink::start(dumps.path(), &[]);
    let due = next_minute();
    let home = Home::new(sink.port, 4, Some(due));
    let daemon = Daemon::start(&home);
    home.drop_workbooks();
    wait_for("the workbooks are taken", Duration::from_secs(60), &home, || home.all_taken());
    wait_for("the mails are out", Duration::from_secs(120), &home, || home.is_all_delivered());
    daemon.stop();

    let mut received = sink.received();
    received.sort_by(|a, b| a.recipient.cmp(&b.recipient));
    let to: Vec<_> = received.iter().map(|mail| mail.recipient.clone()).collect();
    assert_eq!(to, home.recipients(), "each once");
    let archived = home.archived();
    assert_eq!(archived.len(), 2, "an edition for each language");
    let mut by_language = BTreeSet::new();
    for (number, mail) in received.iter().enumerate() {
        let parsed = mail.parsed();
        let subject = parsed.subject().unwrap();
        let text = parsed.body_text(0).unwrap();
        let (language, words) = if number % 2 == 0 { ("EN", "not reported") } else { ("RU", "нет данных") };
        assert!(subject.contains(&format!("– {language}, v1")), "{subject}");
        assert!(text.contains(words), "{text}");
        assert_eq!(parsed.attachment_count(), 1);
        let pdf = parsed.attachment(0).unwrap();
        assert!(archived.iter().any(|bytes| bytes == pdf.contents()), "byte for byte what the archive holds");
        assert!(pdf.attachment_name().unwrap().is_ascii());
        assert!(pdf.attachment_name().unwrap().contains(&format!("_{language}")));
        by_language.insert((language, pdf.contents().to_vec()));
        let others = home.recipients().into_iter().filter(|address| *address != mail.recipient);
        for other in others {
            assert!(!String::from_utf8_lossy(&mail.bytes).contains(&other), "nobody sees another's address");
        }
    }
    assert_eq!(by_language.len(), 2, "everybody of a language has the same edition");
    let log = home.log();
    assert!(!log.contains("member-0@example.org"), "no address in the log:\n{log}");
}
