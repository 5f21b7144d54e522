//! Listening, and letting go.
//!
//! Connections have an end: a head that does not come, and, when all places are taken, the one that has
//! been silent longest. Where the port is taken or a certificate is at fault, it is tried again and the
//! operators are told; reports go out all the same.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt as _;

use super::{Desk, router};
use crate::config::{Config, Dashboard, DashboardTls};
use crate::notice::Notice;

/// So many connections at one time; each costs some 20 kB.
const PLACES: usize = 512;

/// The head of a request comes within this time, and a connection without one is let go.
const HEAD: Duration = Duration::from_secs(10);

/// A TLS handshake takes no longer.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// A head that is larger is refused.
const HEAD_BYTES: usize = 32 * 1024;

/// How long requests under way are waited for at the end.
const FAREWELL: Duration = Duration::from_secs(5);

/// What could not be served is tried again this often.
const AGAIN: Duration = Duration::from_secs(5);

/// The operators are told of what lasts this long: a restart may leave the port taken for a moment.
const PATIENCE: Duration = Duration::from_secs(60);

/// Under which name the ledger keeps where the dashboard is served.
const NOTE: &str = "dashboard";

/// Where the dashboard is, or why it is not.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Served {
    /// Its address, `http://127.0.0.1:8010/`.
    pub url: String,
    /// Why it is not served there.
    pub problem: Option<String>,
}

/// Where the last daemon served the dashboard.
///
/// # Errors
/// When the ledger cannot be read.
pub async fn served(store: &crate::store::Store) -> Result<Option<Served>, crate::store::StoreError> {
    Ok(store.note(NOTE).await?.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Serves the dashboard until `stop` is cancelled, on the address of the configuration in force; where
/// that changes, on the new one.
pub async fn keep(desk: Desk, stop: CancellationToken) {
    let mut failing_since: Option<Instant> = None;
    let mut told: Option<(Served, bool)> = None;
    while !stop.is_cancelled() {
        let wanted = desk.config().dashboard.clone();
        match open(&wanted).await {
            Ok((listener, tls)) => {
                failing_since = None;
                let address = listener.local_addr().unwrap_or(wanted.listen);
                note(&desk, &wanted, address, None, &mut told).await;
                let ended = stop.child_token();
                let (here, until) = (desk.clone(), ended.clone());
                tokio::select! {
                    () = serve(here, listener, tls, until) => {}
                    () = other_than(&desk, &wanted) => ended.cancel(),
                }
            }
            Err(problem) => {
                let since = *failing_since.get_or_insert_with(Instant::now);
                let is_lasting = since.elapsed() >= PATIENCE;
                note(&desk, &wanted, wanted.listen, Some((problem, is_lasting)), &mut told).await;
                stop.run_until_cancelled(tokio::time::sleep(AGAIN)).await;
            }
        }
    }
}

/// Takes the port, and reads the certificate.
async fn open(wanted: &Dashboard) -> Result<(TcpListener, Option<TlsAcceptor>), String> {
    let tls = wanted.tls.as_ref().map(acceptor).transpose()?;
    let listener = TcpListener::bind(wanted.listen).await.map_err(|error| error.to_string())?;
    Ok((listener, tls))
}

fn acceptor(tls: &DashboardTls) -> Result<TlsAcceptor, String> {
    let at = |path: &std::path::Path, problem: &dyn std::fmt::Display| format!("{}: {problem}", path.display());
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(&tls.certificate)
        .and_then(Iterator::collect)
        .map_err(|problem| at(&tls.certificate, &problem))?;
    let key = PrivateKeyDer::from_pem_file(&tls.key).map_err(|problem| at(&tls.key, &problem))?;
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|problem| problem.to_string())?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|problem| at(&tls.certificate, &problem))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Waits until the configuration in force asks for something else, or names files that are others now.
async fn other_than(desk: &Desk, wanted: &Dashboard) {
    let mut news = desk.news();
    let files =
        |config: &Config| config.dashboard.tls.as_ref().map(|tls| [written(&tls.certificate), written(&tls.key)]);
    let first = files(&desk.config());
    loop {
        let _ = tokio::time::timeout(AGAIN, news.changed()).await;
        let config = desk.config();
        if config.dashboard != *wanted || files(&config) != first {
            return;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

fn written(path: &std::path::Path) -> Option<std::time::SystemTime> {
    std::fs::metadata(path).and_then(|file| file.modified()).ok()
}

/// Tells where it is served, or why not: in the log, to `status`, and, where that lasts, to the operators.
async fn note(
    desk: &Desk,
    wanted: &Dashboard,
    address: SocketAddr,
    problem: Option<(String, bool)>,
    told: &mut Option<(Served, bool)>,
) {
    let scheme = if wanted.tls.is_some() { "https" } else { "http" };
    let url = format!("{scheme}://{address}/");
    let is_lasting = problem.as_ref().is_some_and(|(_, is_lasting)| *is_lasting);
    let now = Served { url, problem: problem.map(|(problem, _)| problem) };
    let before = told.replace((now.clone(), is_lasting));
    if before == *told {
        return;
    }
    let notice =
        Notice::DashboardDown { address: wanted.listen.to_string(), problem: now.problem.clone().unwrap_or_default() };
    let at = desk.clock().now();
    let store = desk.store();
    let noticed = match &now.problem {
        None => store.clear_notice(&notice.cause(), at).await.map(drop),
        Some(_) if is_lasting => store.raise_notice(&notice, at).await,
        Some(_) => Ok(()),
    };
    if let Err(error) = noticed {
        tracing::debug!(%error, "the operators are not told of the dashboard this time");
    }
    if before.is_some_and(|(before, _)| before == now) {
        return;
    }
    match &now.problem {
        None => tracing::info!(url = now.url, "the dashboard is served"),
        Some(problem) => {
            tracing::error!(url = now.url, problem, "the dashboard cannot be served; reports go out all the same");
        }
    }
    if let Ok(text) = serde_json::to_string(&now)
        && let Err(error) = store.set_note(NOTE, &text).await
    {
        tracing::debug!(%error, "where the dashboard is could not be noted");
    }
}

/// Serves on a listener until `stop` is cancelled; requests under way are finished.
pub async fn serve(desk: Desk, listener: TcpListener, tls: Option<TlsAcceptor>, stop: CancellationToken) {
    let app = router(desk);
    let tasks = TaskTracker::new();
    let mut places = Places::default();
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Too many open files, most likely: those that are let go make room.
                tracing::warn!(%error, "a connection could not be taken");
                places.make_room();
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let seat = places.take();
        let (app, tls, stop) = (app.clone(), tls.clone(), stop.clone());
        tasks.spawn(async move {
            let over = seat.over.clone();
            over.run_until_cancelled(connection(app, stream, peer, tls, &seat, stop)).await;
            seat.over.cancel();
        });
    }
    tasks.close();
    let _ = tokio::time::timeout(FAREWELL, tasks.wait()).await;
}

async fn connection(
    app: Router,
    stream: TcpStream,
    peer: SocketAddr,
    tls: Option<TlsAcceptor>,
    seat: &Seat,
    stop: CancellationToken,
) {
    let _ = stream.set_nodelay(true);
    match tls {
        None => talk(app, stream, peer, seat, stop).await,
        Some(tls) => match tokio::time::timeout(HANDSHAKE, tls.accept(stream)).await {
            Ok(Ok(stream)) => talk(app, stream, peer, seat, stop).await,
            Ok(Err(error)) => tracing::debug!(%error, "no TLS came about"),
            Err(_) => {}
        },
    }
}

async fn talk(
    app: Router,
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    seat: &Seat,
    stop: CancellationToken,
) {
    let under_way = Arc::clone(&seat.under_way);
    let service = hyper::service::service_fn(move |mut request: Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        let (app, under_way) = (app.clone(), UnderWay::begin(&under_way));
        async move {
            let answered = app.oneshot(request).await;
            drop(under_way);
            answered
        }
    });
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(HEAD_BYTES);
    let conversation = http.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(conversation);
    tokio::select! {
        ended = conversation.as_mut() => {
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended");
            }
            return;
        }
        () = stop.cancelled() => conversation.as_mut().graceful_shutdown(),
    }
    let _ = conversation.await;
}

/// Somebody's place among the connections.
#[derive(Clone, Default)]
struct Seat {
    over: CancellationToken,
    under_way: Arc<AtomicUsize>,
}

/// Counts a request for as long as it is answered.
struct UnderWay(Arc<AtomicUsize>);

impl UnderWay {
    fn begin(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(count))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// All places, in the order in which they were taken.
#[derive(Default)]
struct Places(VecDeque<Seat>);

impl Places {
    fn take(&mut self) -> Seat {
        self.0.retain(|seat| !seat.over.is_cancelled());
        if self.0.len() >= PLACES {
            self.make_room();
        }
        let seat = Seat::default();
        self.0.push_back(seat.clone());
        seat
    }

    /// Lets the oldest go that asks for nothing; the oldest of all where each does.
    fn make_room(&mut self) {
        let idle = self.0.iter().position(|seat| seat.under_way.load(Ordering::Relaxed) == 0).unwrap_or(0);
        if let Some(seat) = self.0.remove(idle) {
            seat.over.cancel();
        }
    }
}
