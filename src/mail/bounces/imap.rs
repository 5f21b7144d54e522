//! A mailbox on an IMAP server that notifications come to.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use async_imap::Client;
use futures_util::StreamExt as _;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

use super::{BounceError, Bounces, LARGEST};
use crate::config::{Imap, Tls};
use crate::step::Step;

/// One look into a mailbox takes no longer than this.
const LONGEST: Duration = Duration::from_secs(120);

/// So many mails are looked at in one look; the others in the next.
const MOST: usize = 200;

/// What the conversation goes through.
trait Line: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Line for T {}

/// Reads the mails that have come since the last look. Those that were looked after are marked as read;
/// others stay as they are.
pub(super) async fn read(bounces: &Bounces, settings: &Imap) -> Result<Step, BounceError> {
    match timeout(LONGEST, look(bounces, settings)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(trouble(settings)(format!("no end within {} seconds", LONGEST.as_secs()))),
    }
}

fn trouble<E: std::fmt::Display>(settings: &Imap) -> impl Fn(E) -> BounceError {
    let host = format!("{}:{}", settings.host, settings.port);
    move |problem| BounceError::Server { host: host.clone(), problem: problem.to_string() }
}

async fn look(bounces: &Bounces, settings: &Imap) -> Result<Step, BounceError> {
    let client = greeted(settings).await?;
    let password = settings.password.clone().unwrap_or_default();
    let entered = client.login(&settings.username, &password).await;
    let mut session = entered.map_err(|(error, _)| trouble(settings)(error))?;
    let mailbox = session.select(&settings.mailbox).await.map_err(trouble(settings))?;
    let validity = mailbox.uid_validity.unwrap_or(0);
    let key = format!("bounces/{}/{}/{}", settings.host, settings.username, settings.mailbox);
    // Numbers that the server gave under another validity say nothing any more (RFC 9051, section 2.3.1.1).
    let last = bounces.store.note(&key).await?.and_then(|note| {
        let (of, last) = note.split_once(':')?;
        (of == validity.to_string()).then(|| last.parse::<u32>().ok()).flatten()
    });
    let last = last.unwrap_or(0);
    let found = session.uid_search(format!("UID {}:*", last.saturating_add(1))).await.map_err(trouble(settings))?;
    // "*" is the newest mail, also where its number is lower.
    let mut uids: Vec<u32> = found.into_iter().filter(|uid| *uid > last).collect();
    uids.sort_unstable();
    uids.truncate(MOST);
    let mut step = Step::Idle;
    for uid in uids {
        let mut mail = None;
        {
            let mut sizes = session.uid_fetch(uid.to_string(), "(UID RFC822.SIZE)").await.map_err(trouble(settings))?;
            while let Some(fetched) = sizes.next().await {
                let size = fetched.map_err(trouble(settings))?.size;
                mail = size.filter(|size| u64::from(*size) <= LARGEST).map(|_| Vec::new());
            }
        }
        if mail.is_some() {
            let mut bodies =
                session.uid_fetch(uid.to_string(), "(UID BODY.PEEK[])").await.map_err(trouble(settings))?;
            while let Some(fetched) = bodies.next().await {
                mail = fetched.map_err(trouble(settings))?.body().map(<[u8]>::to_vec);
            }
        }
        let is_ours = match mail {
            Some(mail) => bounces.take(&mail, &mut step).await?,
            None => false,
        };
        if is_ours {
            let mut marked = session.uid_store(uid.to_string(), "+FLAGS (\\Seen)").await.map_err(trouble(settings))?;
            while let Some(answer) = marked.next().await {
                answer.map_err(trouble(settings))?;
            }
        }
        bounces.store.set_note(&key, &format!("{validity}:{uid}")).await?;
    }
    // What is written down is written down, however the server takes the farewell.
    let _ = session.logout().await;
    Ok(step)
}

/// The connection, encrypted unless it goes to this machine, with the server's greeting read.
async fn greeted(settings: &Imap) -> Result<Client<Box<dyn Line>>, BounceError> {
    let server = (settings.host.as_str(), settings.port);
    let tcp = TcpStream::connect(server).await.map_err(trouble(settings))?;
    match settings.tls {
        Tls::None => {
            let peer: IpAddr = tcp.peer_addr().map_err(trouble(settings))?.ip();
            if !peer.is_loopback() {
                return Err(trouble(settings)("without TLS mail is read on this machine only"));
            }
            let plain: Box<dyn Line> = Box::new(tcp);
            greeting(settings, Client::new(plain)).await
        }
        Tls::Implicit => greeting(settings, Client::new(encrypted(settings, tcp).await?)).await,
        Tls::Starttls => {
            let mut client = greeting(settings, Client::new(tcp)).await?;
            // A server that does not offer it refuses here, before it has seen the password.
            client.run_command_and_check_ok("STARTTLS", None).await.map_err(trouble(settings))?;
            // What came in plain text before its answer ends with this client; the new one begins with TLS.
            Ok(Client::new(encrypted(settings, client.into_inner()).await?))
        }
    }
}

async fn greeting<T>(settings: &Imap, mut client: Client<T>) -> Result<Client<T>, BounceError>
where
    T: Line,
{
    match client.read_response().await.map_err(trouble(settings))? {
        Some(_) => Ok(client),
        None => Err(trouble(settings)("the server hangs up")),
    }
}

async fn encrypted(settings: &Imap, tcp: TcpStream) -> Result<Box<dyn Line>, BounceError> {
    let name = ServerName::try_from(settings.host.clone()).map_err(trouble(settings))?;
    let config = encryption(settings)?;
    let tls = TlsConnector::from(Arc::new(config)).connect(name, tcp).await.map_err(trouble(settings))?;
    Ok(Box::new(tls))
}

/// What to trust: the system's authorities, and the one that the configuration names.
fn encryption(settings: &Imap) -> Result<ClientConfig, BounceError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if let Some(path) = &settings.ca_file {
        let told = |problem: String| trouble(settings)(format!("{}: {problem}", path.display()));
        for certificate in CertificateDer::pem_file_iter(path).map_err(|error| told(error.to_string()))? {
            let certificate = certificate.map_err(|error| told(error.to_string()))?;
            roots.add(certificate).map_err(|error| told(error.to_string()))?;
        }
    }
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().map_err(trouble(settings))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
