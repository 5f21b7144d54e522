use std::path::Path;

use mail_parser::{HeaderValue as Parsed, MessageParser, MimeHeaders};
use proptest::prelude::*;

use super::super::attachment::Shelf;
use super::*;
use crate::config::Transport;
use crate::outbox::{Letter, Outcome, Purpose};
use crate::recipient::Language;

fn settings(from_name: &str) -> Mail {
    let box_of = |name: &str, email: &str| config::Mailbox { name: Some(name.to_owned()), email: email.to_owned() };
    Mail {
        transport: Transport::Maildir,
        from: box_of(from_name, "reports@example.org"),
        reply_to: Some(box_of("Секретариат", "secretariat@example.org")),
        operators: Vec::new(),
        maildir: "mail".into(),
        smtp: None,
        retry_first: std::time::Duration::from_secs(60),
        retry_ceiling: std::time::Duration::from_secs(3600),
        give_up_after: std::time::Duration::from_secs(432_000),
        max_mb: 25,
        too_large: config::TooLarge::Refuse,
        archive_url: None,
        dkim: None,
    }
}

fn order(name: &str, subject: &str, text: &str, attachments: Vec<Attachment>) -> NewDelivery {
    NewDelivery {
        run: Some(1),
        purpose: Purpose::Report,
        name: name.to_owned(),
        email: "member@example.org".to_owned(),
        letter: Letter {
            language: Language::Ru,
            subject: subject.to_owned(),
            text: text.to_owned(),
            html: format!("<p>{text}</p>"),
            thread: Vec::new(),
            attached: None,
        },
        attachments,
        message_id: "<1.report@example.org>".to_owned(),
        unique_key: "run:1:report:member@example.org".to_owned(),
    }
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap()
}

async fn whole(order: &NewDelivery, home: &Path) -> Vec<u8> {
    completed(&compose(order, at(1_516_000_000), &settings("BOMCA Secretariat")).unwrap(), order, home).await.unwrap()
}

/// As a postman does it, with an empty shelf.
async fn completed(composed: &Composed, order: &NewDelivery, home: &Path) -> Result<Vec<u8>, Outcome> {
    let bodies = Shelf::default().bodies(home, &order.attachments).await?;
    composed.complete(order, &bodies).map_err(|problem| Outcome::Permanent { reply: problem.to_string() })
}

fn archived(home: &Path, name: &str, bytes: &[u8]) -> Attachment {
    std::fs::write(home.join(name), bytes).unwrap();
    Attachment { path: name.to_owned(), file_name: name.to_owned(), sha256: digest::of(bytes) }
}

#[tokio::test]
async fn a_mail_program_reads_back_what_was_meant() {
    let home = tempfile::tempdir().unwrap();
    let pdf: Vec<u8> = (0..100_000u32).map(|n| u8::try_from(n * 7 % 251).unwrap()).collect();
    let files = vec![archived(home.path(), "Report_EN.pdf", &pdf), archived(home.path(), "Report_RU.pdf", b"%PDF-")];
    let subject = "[BOMCA 9] Квартальный отчёт РРГ, IV квартал 2017 г. (окт.–дек.) – RU, v1";
    let order = order("Имя, Фамилия", subject, "Здравствуйте!\n\n.точка в начале строки\n", files);
    let mail = whole(&order, home.path()).await;

    assert!(mail.is_ascii(), "any server takes it");
    let lines: Vec<&[u8]> = mail.split(|b| *b == b'\n').collect();
    assert!(lines.iter().all(|line| line.len() <= 999), "RFC 5322, section 2.1.1");
    assert!(lines[..lines.len() - 1].iter().all(|line| line.ends_with(b"\r")), "no bare line feed");

    let parsed = MessageParser::default().parse(&mail).unwrap();
    assert_eq!(parsed.subject(), Some(subject));
    let to = parsed.to().unwrap().first().unwrap();
    assert_eq!((to.name(), to.address()), (Some("Имя, Фамилия"), Some("member@example.org")));
    assert_eq!(parsed.to().unwrap().iter().count(), 1);
    assert_eq!(parsed.reply_to().unwrap().first().unwrap().address(), Some("secretariat@example.org"));
    assert_eq!(parsed.date().unwrap().to_timestamp(), 1_516_000_000);
    assert_eq!(parsed.message_id(), Some("1.report@example.org"));
    assert!(matches!(parsed.header("Auto-Submitted"), Some(Parsed::Text(t)) if t == "auto-generated"));
    assert_eq!(parsed.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), order.letter.text.trim_end());
    assert_eq!(parsed.body_html(0).unwrap().replace("\r\n", "\n").trim_end(), order.letter.html.trim_end());
    assert_eq!(parsed.attachment_count(), 2);
    let first = parsed.attachment(0).unwrap();
    assert_eq!((first.attachment_name(), first.contents()), (Some("Report_EN.pdf"), pdf.as_slice()));
    assert!(first.is_content_type("application", "pdf"));
    assert_eq!(parsed.attachment(1).unwrap().contents(), b"%PDF-");
}

#[tokio::test]
async fn every_attempt_has_the_same_bytes_whatever_the_configuration_says_by_then() {
    let home = tempfile::tempdir().unwrap();
    let order = order("Anna", "s", "text\n", vec![archived(home.path(), "a.pdf", b"%PDF-1")]);
    let first = compose(&order, at(5), &settings("Before")).unwrap();
    let kept = Composed::kept(first.as_bytes().to_vec());
    assert!(!first.as_bytes().windows(8).any(|w| w == b"JVBERi0x"), "the outbox keeps no PDF");
    let again = completed(&kept, &order, home.path()).await.unwrap();
    assert_eq!(completed(&first, &order, home.path()).await.unwrap(), again);
    assert_eq!(first, compose(&order, at(5), &settings("Before")).unwrap());
    std::fs::write(home.path().join("a.pdf"), b"%PDF-2").unwrap();
    let refused = completed(&first, &order, home.path()).await.unwrap_err();
    assert!(matches!(&refused, Outcome::Permanent { reply } if reply.contains("not the file that was released")));
    let damaged = Composed::kept(b"nothing".to_vec()).complete(&order, &[Arc::from(*b"JVBE")]);
    assert!(matches!(damaged, Err(ComposeError::Damaged(_))));
}

#[test]
fn names_that_would_break_a_header_do_not() {
    let order = order("Eve\r\nBcc: all@example.org\0", "s\r\nX-Evil: 1", "text\n", Vec::new());
    let mail = compose(&order, at(5), &settings("a\nb")).unwrap();
    let parsed = MessageParser::default().parse(mail.as_bytes()).unwrap();
    assert!(parsed.bcc().is_none() && parsed.header("X-Evil").is_none());
    assert!(matches!(
        compose(&NewDelivery { email: "nobody".to_owned(), ..order }, at(5), &settings("x")),
        Err(ComposeError::Address(_))
    ));
}

#[test]
fn attachments_have_names_that_every_mail_program_takes() {
    assert_eq!(ascii_name("BOMCA9_RSG-Report_2017-Q4_v1_EN.pdf"), "BOMCA9_RSG-Report_2017-Q4_v1_EN.pdf");
    assert_eq!(ascii_name("a\"b\r\n;é.pdf"), "a_b____.pdf");
    assert_eq!(ascii_name("…"), "attachment");
    for (name, safe) in
        [("отчёт_TJ (с пометками).xlsx", "отчёт_TJ (с пометками).xlsx"), ("../a\"b\r\n.xlsx", ".._a_b .xlsx")]
    {
        let sent = Attachment { path: "a".to_owned(), file_name: name.to_owned(), sha256: String::new() };
        let mail = compose(&order("A", "s", "t\n", vec![sent]), at(5), &settings("x")).unwrap();
        let parsed = MessageParser::default().parse(mail.as_bytes()).unwrap();
        assert_eq!(parsed.attachment(0).and_then(|part| part.attachment_name()), Some(safe));
    }
}

proptest! {
    #[test]
    fn no_name_or_text_makes_the_composer_panic(name in ".{0,80}", subject in "\\PC{0,200}", text in "(?s).{0,300}") {
        let order = order(&name, &subject, &text, Vec::new());
        let mail = compose(&order, at(5), &settings(&name)).unwrap();
        let parsed = MessageParser::default().parse(mail.as_bytes()).unwrap();
        prop_assert_eq!(parsed.to().unwrap().iter().count(), 1);
        prop_assert_eq!(parsed.message_id(), Some("1.report@example.org"));
    }
}
