//! Listening, and letting go.

use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{Desk, router};

/// Takes the port of the configuration in force.
///
/// # Errors
/// The port is taken, or the address is not this machine's.
pub async fn bind(desk: &Desk) -> std::io::Result<TcpListener> {
    TcpListener::bind(desk.config().dashboard.listen).await
}

/// Serves the dashboard on `listener` until `stop` is cancelled; requests under way are finished.
pub async fn serve(desk: Desk, listener: TcpListener, stop: CancellationToken) {
    let service = router(desk).into_make_service_with_connect_info::<SocketAddr>();
    let served = axum::serve(listener, service).with_graceful_shutdown(stop.cancelled_owned()).await;
    if let Err(error) = served {
        tracing::error!(%error, "the dashboard has stopped");
    }
}
