//! A server that answers by script stands in for what real ones do wrong.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::*;
use crate::config::Tls;

/// What the server does on a command that begins so.
#[derive(Clone, Debug)]
enum Act {
    Say(&'static str),
    Close,
    Stall,
}
use Act::{Close, Say, Stall};

/// What a script says about commands; the first that fits is used up unless it is the last.
type Script = Vec<(&'static str, VecDeque<Act>)>;

#[derive(Clone, Debug, Default)]
struct Seen {
    connections: usize,
    commands: Vec<String>,
    mails: Vec<String>,
}

async fn serve(mut stream: TcpStream, script: Arc<Mutex<Script>>, seen: Arc<Mutex<Seen>>) -> Option<()> {
    seen.lock().unwrap().connections += 1;
    let act = |command: &str| {
        let mut script = script.lock().unwrap();
        let (_, acts) = script.iter_mut().find(|(name, _)| command.to_ascii_uppercase().starts_with(name))?;
        if acts.len() > 1 { acts.pop_front() } else { acts.front().cloned() }
    };
    let (reader, mut writer) = stream.split();
    let mut lines = BufReader::new(reader).lines();
    let mut pending = "CONNECT".to_owned();
    let mut mail: Option<Vec<String>> = None;
    loop {
        let usual = match pending.split(' ').next()? {
            "CONNECT" => "220 test",
            "EHLO" => "250-test\r\n250-SIZE 10000000\r\n250 AUTH PLAIN LOGIN",
            "AUTH" => "235 ok",
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        let reply = match act(&pending).unwrap_or(Say(usual)) {
            Say(reply) => reply,
            Close => return Some(()),
            Stall => {
                let _ = lines.next_line().await;
                return Some(());
            }
        };
        writer.write_all(format!("{reply}\r\n").as_bytes()).await.ok()?;
        if pending == "DATA" && reply.starts_with("354") {
            mail = Some(Vec::new());
        }
        pending = loop {
            let line = lines.next_line().await.ok()??;
            match &mut mail {
                Some(_) if line == "." => {
                    let whole = mail.take().unwrap_or_default().join("\r\n");
                    seen.lock().unwrap().mails.push(whole);
                    break "DOT".to_owned();
                }
                Some(so_far) => so_far.push(line),
                None => {
                    seen.lock().unwrap().commands.push(line.clone());
                    break line;
                }
            }
        };
    }
}

async fn server(script: &[(&'static str, &[Act])]) -> (Smtp, Arc<Mutex<Seen>>) {
    let script: Script = script.iter().map(|(name, acts)| (*name, acts.iter().cloned().collect())).collect();
    let script = Arc::new(Mutex::new(script));
    let seen = Arc::new(Mutex::new(Seen::default()));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (s, w) = (script, Arc::clone(&seen));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream, Arc::clone(&s), Arc::clone(&w)));
        }
    });
    let settings = Smtp {
        host: "127.0.0.1".to_owned(),
        port,
        tls: Tls::None,
        username: None,
        password: None,
        connections: 1,
        rate: None,
        timeout: Duration::from_millis(300),
        ca_file: None,
        hello: Some("client.example.org".to_owned()),
    };
    (settings, seen)
}

const MAIL: &[u8] = b"Subject: x\r\n\r\n.one\r\n..two\r\nend\r\n";

async fn send(courier: &mut Courier) -> Outcome {
    courier.send("reports@example.org", "member@example.org", MAIL).await
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered { .. } => "delivered",
        Outcome::Transient { .. } => "transient",
        Outcome::Permanent { .. } => "permanent",
        Outcome::NoAnswer { .. } => "no answer",
        Outcome::ChannelAtFault { .. } => "channel",
    }
}

#[tokio::test]
async fn what_the_server_does_decides_what_becomes_of_the_mail() {
    let cases: &[(&str, &[Act], &str)] = &[
        ("NOTHING", &[Say("")], "delivered"),
        ("CONNECT", &[Say("421 busy")], "transient"),
        ("CONNECT", &[Say("554 go away")], "channel"),
        ("CONNECT", &[Stall], "transient"),
        ("EHLO", &[Stall], "transient"),
        ("MAIL", &[Say("550 not you")], "channel"),
        ("MAIL", &[Say("552 too big")], "permanent"),
        ("RCPT", &[Say("450 greylisted")], "transient"),
        ("RCPT", &[Say("550 no such user")], "permanent"),
        ("RCPT", &[Say("354 what?")], "transient"),
        ("RCPT", &[Close], "transient"),
        ("DATA", &[Say("250 what?")], "transient"),
        ("DATA", &[Stall], "transient"),
        ("DOT", &[Say("451 later")], "transient"),
        ("DOT", &[Say("554 spam")], "permanent"),
        ("DOT", &[Say("354 what?")], "no answer"),
        ("DOT", &[Say("251 what?")], "no answer"),
        ("DOT", &[Say("gibberish")], "no answer"),
        ("DOT", &[Close], "no answer"),
        ("DOT", &[Stall], "no answer"),
    ];
    for (command, acts, expected) in cases {
        let (settings, _) = server(&[(command, acts)]).await;
        let outcome = send(&mut Courier::new(settings)).await;
        assert_eq!(word(&outcome), *expected, "{command} {acts:?}: {outcome:?}");
    }
}

#[tokio::test]
async fn mails_go_over_one_connection_and_arrive_as_they_were() {
    let (settings, seen) = server(&[("RCPT", &[Say("250 ok"), Say("550 no such user"), Say("250 ok")])]).await;
    let mut courier = Courier::new(settings);
    let outcomes = [send(&mut courier).await, send(&mut courier).await, send(&mut courier).await];
    assert_eq!(outcomes.each_ref().map(word), ["delivered", "permanent", "delivered"]);
    courier.rest().await;
    let seen = seen.lock().unwrap().clone();
    assert_eq!(seen.connections, 1);
    // Doubled dots belong to the protocol (RFC 5321, section 4.5.2).
    assert_eq!(seen.mails, ["Subject: x\r\n\r\n..one\r\n...two\r\nend"; 2]);
    let mail_from = seen.commands.iter().find(|c| c.starts_with("MAIL")).unwrap();
    assert_eq!(mail_from, &format!("MAIL FROM:<reports@example.org> SIZE={}", MAIL.len()));
    assert!(seen.commands.iter().any(|c| c == "RSET") && seen.commands.last().unwrap() == "QUIT");
}

#[tokio::test]
async fn a_connection_that_went_away_between_two_mails_costs_no_attempt() {
    for goodbye in [Close, Say("421 idle for too long")] {
        let (settings, seen) = server(&[("MAIL", &[Say("250 ok"), goodbye, Say("250 ok")])]).await;
        let mut courier = Courier::new(settings);
        assert_eq!(word(&send(&mut courier).await), "delivered");
        assert_eq!(word(&send(&mut courier).await), "delivered");
        assert_eq!(seen.lock().unwrap().connections, 2);
    }
}

#[tokio::test]
async fn a_connection_that_missed_a_deadline_is_not_used_again() {
    let (settings, seen) = server(&[("DOT", &[Stall, Say("250 ok")])]).await;
    let mut courier = Courier::new(settings);
    assert_eq!(word(&send(&mut courier).await), "no answer");
    assert_eq!(word(&send(&mut courier).await), "delivered");
    assert_eq!(seen.lock().unwrap().connections, 2);
}

#[tokio::test]
async fn the_servers_limit_is_known_before_a_mail_is_begun() {
    let offer = "250-test\r\n250 SIZE 20";
    let (settings, seen) = server(&[("EHLO", &[Say(offer)])]).await;
    assert_eq!(Courier::new(settings).size_limit().await, Ok(Some(20)));
    assert!(!seen.lock().unwrap().commands.iter().any(|c| c.starts_with("MAIL")));
}

#[tokio::test]
async fn a_refused_password_is_the_channels_fault_and_is_not_told_on() {
    let (mut settings, _) = server(&[("AUTH", &[Say("535 5.7.8 no")])]).await;
    settings.username = Some("reports".to_owned());
    settings.password = Some("s3cret".to_owned());
    let mut courier = Courier::new(settings);
    let outcome = send(&mut courier).await;
    assert_eq!(word(&outcome), "channel", "{outcome:?}");
    assert!(!format!("{outcome:?}{courier:?}").contains("s3cret"));

    let (mut settings, _) = server(&[("EHLO", &[Say("250 test")])]).await;
    settings.username = Some("reports".to_owned());
    assert_eq!(word(&send(&mut Courier::new(settings)).await), "channel", "no way to authenticate is offered");
}

#[tokio::test]
async fn nothing_goes_out_unprotected() {
    let (mut settings, seen) = server(&[]).await;
    settings.tls = Tls::Starttls;
    let outcome = send(&mut Courier::new(settings.clone())).await;
    assert!(matches!(&outcome, Outcome::ChannelAtFault { reply } if reply.contains("STARTTLS")), "{outcome:?}");
    assert!(!seen.lock().unwrap().commands.iter().any(|c| c.starts_with("MAIL")));

    settings.tls = Tls::Implicit;
    let outcome = send(&mut Courier::new(settings.clone())).await;
    assert_eq!(word(&outcome), "channel", "the other side does not speak TLS: {outcome:?}");

    settings.tls = Tls::None;
    settings.host = "192.0.2.1".to_owned();
    let outcome = send(&mut Courier::new(settings)).await;
    assert!(matches!(&outcome, Outcome::ChannelAtFault { reply } if reply.contains("192.0.2.1")), "{outcome:?}");
}

#[tokio::test]
async fn a_server_that_is_down_is_tried_again() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let (mut settings, _) = server(&[]).await;
    settings.port = listener.local_addr().unwrap().port();
    drop(listener);
    let outcome = send(&mut Courier::new(settings)).await;
    assert_eq!(word(&outcome), "transient", "{outcome:?}");
}
