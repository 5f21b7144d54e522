//! `[mail]` of `config/rapporteur.toml`: which way mail leaves, and what it may weigh.

use std::path::{Path, PathBuf};

use super::programme::Environment;
use super::shape::Fields;
use super::{Dkim, Mail, Smtp, Tls, TooLarge, Transport, values};

/// The environment variable that holds the mail server's password.
pub(super) const PASSWORD_VARIABLE: &str = "RAPPORTEUR_SMTP_PASSWORD";

/// Reads the table over the defaults in `mail`.
pub(super) fn read(fields: &Fields<'_>, mail: &mut Mail, home: &Path, environment: Environment<'_>) {
    let transport = fields.word("transport");
    if transport == Some("smtp") {
        mail.transport = Transport::Smtp;
    }
    if let Some(from) = fields.mailbox("from") {
        mail.from = from;
    }
    if let Some(reply_to) = fields.mailbox("reply_to") {
        mail.reply_to = Some(reply_to);
    }
    if let Some(operators) = fields.mailboxes("operators") {
        mail.operators = operators;
    }
    if let Some((folder, _)) = fields.text("maildir") {
        mail.maildir = PathBuf::from(folder);
    }
    if let Some(span) = fields.duration("retry_first") {
        mail.retry_first = span;
    }
    if let Some(span) = fields.duration("retry_ceiling") {
        mail.retry_ceiling = span;
    }
    if let Some(span) = fields.duration("give_up_after") {
        mail.give_up_after = span;
    }
    if let Some(most) = fields.whole("max_mb") {
        mail.max_mb = most;
    }
    read_too_large(fields, mail);
    mail.dkim = fields.table("dkim").and_then(|dkim| read_dkim(&dkim, mail, home));
    match fields.table("smtp") {
        Some(smtp) => mail.smtp = read_smtp(&smtp, mail.transport, home, environment),
        None if mail.transport == Transport::Smtp && !fields.has("smtp") && !fields.reader.damaged => {
            fields.reader.report(fields.reader.error("smtp-missing", &fields.span_of("transport")));
        }
        None => {}
    }
}

/// What becomes of a mail that is too large; a link needs somewhere to point.
fn read_too_large(fields: &Fields<'_>, mail: &mut Mail) {
    if let Some((url, node)) = fields.text("archive_url") {
        if values::is_web_address(url) {
            mail.archive_url = Some(url.trim_end_matches('/').to_owned());
        } else {
            fields.reader.report(fields.reader.error("archive-url", &node.span).with("found", url));
        }
    }
    if fields.word("too_large") == Some("link") {
        if !fields.has("archive_url") && !fields.reader.damaged {
            fields.reader.report(fields.reader.error("archive-url-missing", &fields.span_of("too_large")));
        }
        mail.too_large = TooLarge::Link;
    }
}

/// The signature; a key that cannot be read is told where mail really goes out by SMTP.
fn read_dkim(fields: &Fields<'_>, mail: &Mail, home: &Path) -> Option<Dkim> {
    let domain = fields.text("domain");
    let selector = fields.text("selector");
    let is_name = |text: &str| {
        !text.is_empty() && text.split('.').all(|part| !part.is_empty() && part.chars().all(is_of_a_host_name))
    };
    for (text, node) in [domain, selector].into_iter().flatten() {
        if !is_name(text) {
            fields.reader.report(fields.reader.error("dkim-name", &node.span).with("found", text));
            return None;
        }
    }
    if let Some((domain, node)) = domain {
        let sender = mail.from.email.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
        let signed = domain.to_ascii_lowercase();
        if sender != signed && !sender.ends_with(&format!(".{signed}")) {
            let told = fields.reader.error("dkim-domain", &node.span).with("found", domain);
            fields.reader.report(told.with("sender", mail.from.email.as_str()));
        }
    }
    let (path, node) = fields.text("key_file")?;
    let problem = match std::fs::read_to_string(home.join(path)) {
        Ok(key) if key.contains("-----BEGIN ") && key.contains("PRIVATE KEY-----") => {
            let (domain, selector) = (domain?.0.to_owned(), selector?.0.to_owned());
            return Some(Dkim { domain, selector, key_file: home.join(path), key });
        }
        Ok(_) => fields.reader.error("dkim-key", &node.span),
        Err(problem) => fields
            .reader
            .error("dkim-key", &node.span)
            .worded("dkim-key-unreadable")
            .with("problem", super::reason_of(&problem)),
    };
    if mail.transport == Transport::Smtp {
        fields.reader.report(problem.with("path", path));
    }
    None
}

const fn is_of_a_host_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

fn read_smtp(fields: &Fields<'_>, transport: Transport, home: &Path, environment: Environment<'_>) -> Option<Smtp> {
    let host = fields.text("host");
    let tls_word = fields.word("tls");
    let tls = match tls_word {
        Some("starttls") => Tls::Starttls,
        Some("none") => Tls::None,
        _ => Tls::Implicit,
    };
    if let Some((name, node)) = host {
        let odd = |c: char| !(c.is_ascii_alphanumeric() || "-._[]:".contains(c));
        if name.contains(odd) || name.contains("://") {
            fields.reader.report(fields.reader.error("host-name", &node.span).with("found", name));
        } else if tls == Tls::None && !is_loopback(name) {
            fields
                .reader
                .report(fields.reader.error("tls-none-beyond-loopback", &fields.span_of("tls")).with("host", name));
        }
    }
    let usual_port = match tls {
        Tls::Implicit => 465,
        Tls::Starttls => 587,
        Tls::None => 25,
    };
    let port = fields.whole("port").unwrap_or(usual_port);
    let username = fields.text("username").map(|(name, _)| name.to_owned());
    let password = read_password(fields, transport, username.as_deref(), home, environment);
    let ca_file = fields.text("ca_file").and_then(|(path, node)| {
        let full = home.join(path);
        let sound = transport != Transport::Smtp
            || std::fs::read(&full)
                .is_ok_and(|text| String::from_utf8_lossy(&text).contains("-----BEGIN CERTIFICATE-----"));
        if !sound {
            fields.reader.report(fields.reader.error("certificate-unreadable", &node.span).with("path", path));
        }
        sound.then_some(full)
    });
    Some(Smtp {
        host: host.map(|(name, _)| name.to_owned())?,
        port,
        tls,
        username,
        password,
        connections: fields.whole("connections").unwrap_or(4),
        rate: read_rate(fields),
        timeout: fields.duration("timeout").unwrap_or(std::time::Duration::from_secs(60)),
        ca_file,
        hello: fields.text("hello").map(|(name, _)| name.to_owned()),
    })
}

/// How many mails the server takes in a span of time, where it limits them.
fn read_rate(fields: &Fields<'_>) -> Option<super::Rate> {
    let (text, node) = fields.text("rate")?;
    let rate = values::rate(text);
    if rate.is_none() {
        fields.reader.report(fields.reader.error("mail-rate", &node.span).with("found", text));
    }
    rate
}

/// The password, from the environment or its file; what hinders a login is told only where
/// mail really goes out by SMTP.
fn read_password(
    fields: &Fields<'_>,
    transport: Transport,
    username: Option<&str>,
    home: &Path,
    environment: Environment<'_>,
) -> Option<String> {
    let used = transport == Transport::Smtp;
    if let Some(password) = environment(PASSWORD_VARIABLE).filter(|p| !p.is_empty()) {
        return Some(password);
    }
    if let Some((path, node)) = fields.text("password_file") {
        let told = match std::fs::read_to_string(home.join(path)) {
            Ok(text) if !text.trim().is_empty() => {
                return Some(text.trim_end_matches(['\r', '\n']).to_owned());
            }
            Ok(_) => fields.reader.error("password-file", &node.span).worded("password-file-empty"),
            Err(problem) => {
                fields.reader.error("password-file", &node.span).with("problem", super::reason_of(&problem))
            }
        };
        if used {
            fields.reader.report(told.with("path", path));
        }
        return None;
    }
    let refused = fields.has("password") || fields.has("password_file");
    if let (true, false, Some(name)) = (used, refused || fields.reader.damaged, username) {
        fields
            .reader
            .report(fields.reader.error("password-missing", &fields.span_of("username")).with("username", name));
    }
    None
}

/// Whether a host is this machine, by its name or number.
pub(super) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_matches(['[', ']']);
    host == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
