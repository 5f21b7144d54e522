//! From nothing to "ready for MAIL FROM": connect, encrypt, greet, authenticate.

use std::net::IpAddr;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream, Certificate, TlsParameters};
use lettre::transport::smtp::commands::Ehlo;
use lettre::transport::smtp::extension::ClientId;
use tokio::time::{Instant, timeout};

use super::line::{self, Encrypted};
use super::verdict::{Failure, Stage};
use super::{Open, step};
use crate::config::{Smtp, Tls};

/// What to trust, where the connection is to be encrypted.
pub(super) fn tls(settings: &Smtp) -> Result<Option<TlsParameters>, Failure> {
    if settings.tls == Tls::None {
        return Ok(None);
    }
    let mut builder = TlsParameters::builder(settings.host.clone());
    if let Some(path) = &settings.ca_file {
        let trouble = |problem: String| Failure::said(Stage::Encrypting, &format!("{}: {problem}", path.display()));
        let pem = std::fs::read(path).map_err(|error| trouble(error.to_string()))?;
        let certificate = Certificate::from_pem(&pem).map_err(|error| trouble(error.to_string()))?;
        builder = builder.add_root_certificate(certificate);
    }
    builder.build().map(Some).map_err(|error| Failure::of(Stage::Encrypting, &error))
}

pub(super) async fn connect(settings: &Smtp, tls: Option<&TlsParameters>) -> Result<Open, Failure> {
    let deadline = settings.timeout;
    let hello = settings.hello.clone().map_or_else(ClientId::default, ClientId::Domain);
    let server = (settings.host.as_str(), settings.port);
    if settings.tls == Tls::None {
        only_loopback(server, deadline).await?;
    }
    let late = |_| Failure::late(Stage::Connecting, deadline);
    let tcp = timeout(deadline, line::tcp(server)).await.map_err(late)??;
    let stream: Box<dyn AsyncTokioStream> = match tls.filter(|_| settings.tls == Tls::Implicit) {
        None => Box::new(tcp),
        Some(tls) => Box::new(timeout(deadline, Encrypted::begin(tcp, tls.clone())).await.map_err(late)??),
    };
    let greeting = AsyncSmtpConnection::connect_with_transport(stream, &hello);
    let mut connection = match timeout(deadline, greeting).await.map_err(late)? {
        Err(error) => return Err(Failure::of(Stage::Connecting, &error)),
        Ok(connection) => connection,
    };
    if let Some(parameters) = tls.filter(|_| settings.tls == Tls::Starttls) {
        if !connection.can_starttls() {
            return Err(Failure::said(Stage::Encrypting, "the mail server does not offer STARTTLS, which is required"));
        }
        match timeout(deadline, connection.starttls(parameters.clone(), &hello)).await {
            Err(_) => return Err(Failure::late(Stage::Connecting, deadline)),
            Ok(Err(error)) => return Err(Failure::of(Stage::Encrypting, &error)),
            Ok(Ok(())) => {}
        }
    }
    // lettre greets the server itself but keeps no word of SIZE, so we ask once more.
    let greeting = connection.command(Ehlo::new(hello));
    let offered = step(Stage::Greeting, deadline, greeting, |r| r.has_code(250)).await?;
    let size = offered.message().find_map(size_of);
    if let Some(username) = &settings.username {
        let password = settings.password.clone().unwrap_or_default();
        let credentials = Credentials::new(username.clone(), password);
        let mechanisms = [Mechanism::Plain, Mechanism::Login];
        let proving = connection.auth(&mechanisms, &credentials);
        // RFC 4954 says 235; some servers say 250, and mean yes.
        step(Stage::Authenticating, deadline, proving, |r| r.has_code(235) || r.has_code(250)).await?;
    }
    Ok(Open { connection, size_limit: size.flatten(), announces_size: size.is_some(), used_at: Instant::now() })
}

/// `SIZE 10240000`; `SIZE` alone or `SIZE 0` set no limit (RFC 1870, section 3).
fn size_of(line: &str) -> Option<Option<usize>> {
    let mut words = line.split_ascii_whitespace();
    if !words.next()?.eq_ignore_ascii_case("SIZE") {
        return None;
    }
    Some(words.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0))
}

/// Plain text goes to this machine and nowhere else, whatever the name resolves to today.
async fn only_loopback(server: (&str, u16), deadline: std::time::Duration) -> Result<(), Failure> {
    let found = timeout(deadline, tokio::net::lookup_host(server))
        .await
        .map_err(|_| Failure::late(Stage::Connecting, deadline))?
        .map_err(|error| Failure::network(Stage::Connecting, &error.to_string()))?;
    let elsewhere: Vec<IpAddr> = found.map(|address| address.ip()).filter(|ip| !ip.is_loopback()).collect();
    match elsewhere.first() {
        None => Ok(()),
        Some(ip) => {
            Err(Failure::said(Stage::Encrypting, &format!("without TLS mail goes to this machine only, not to {ip}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::size_of;

    #[test]
    fn a_size_limit_is_read_from_what_the_server_offers() {
        assert_eq!(size_of("SIZE 10240000"), Some(Some(10_240_000)));
        assert_eq!(size_of("size 5"), Some(Some(5)));
        assert_eq!(size_of("SIZE"), Some(None));
        assert_eq!(size_of("SIZE 0"), Some(None));
        assert_eq!(size_of("SIZEABLE 5"), None);
        assert_eq!(size_of("8BITMIME"), None);
    }
}
