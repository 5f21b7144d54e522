//! The line to the server: TCP without delay, encrypted from the first byte where that is asked for.
//!
//! lettre leaves Nagle's algorithm on. A mail goes out in pieces, its final dot in one of its own,
//! and each such piece would wait until the server has confirmed the one before, which a server may
//! put off for 40 ms.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};

#[expect(deprecated, reason = "the one way to begin TLS before the server's greeting on a stream of our own")]
use lettre::transport::smtp::client::AsyncNetworkStream;
use lettre::transport::smtp::client::{AsyncTokioStream, TlsParameters};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_util::compat::{Compat, FuturesAsyncReadCompatExt as _};

use super::verdict::{Failure, Stage};

/// Connects by TCP to the first address that answers.
pub(super) async fn tcp(server: (&str, u16)) -> Result<TcpStream, Failure> {
    let broken = |error: io::Error| Failure::unreachable(&error.to_string());
    let stream = TcpStream::connect(server).await.map_err(broken)?;
    stream.set_nodelay(true).map_err(broken)?;
    Ok(stream)
}

/// A line that is encrypted before anything is said on it.
#[derive(Debug)]
#[expect(deprecated, reason = "see above")]
pub(super) struct Encrypted {
    stream: Compat<AsyncNetworkStream>,
    peer: SocketAddr,
}

impl Encrypted {
    pub(super) async fn begin(tcp: TcpStream, tls: TlsParameters) -> Result<Self, Failure> {
        let peer = tcp.peer_addr().map_err(|error| Failure::unreachable(&error.to_string()))?;
        #[expect(deprecated, reason = "see above")]
        let mut stream = AsyncNetworkStream::use_existing_tokio1(Box::new(tcp));
        stream.upgrade_tls(tls).await.map_err(|error| Failure::of(Stage::Connecting, &error))?;
        Ok(Self { stream: stream.compat(), peer })
    }
}

impl AsyncTokioStream for Encrypted {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.peer)
    }
}

impl AsyncRead for Encrypted {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Encrypted {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
