//! How the daemon is, for whoever watches it: alive, ready, and in figures.

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use chrono::{DateTime, TimeDelta, Utc};
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use serde::Serialize;

use super::Desk;
use super::problem::Problem;
use crate::config::Config;
use crate::schedule::bell::SILENT_FOR;
use crate::schedule::last_ring;

/// Under which name the ledger keeps when its integrity was looked at last.
pub const CHECKED: &str = "ledger-checked";

/// Whether the daemon does its work, and what of it not.
#[derive(Debug, Serialize)]
pub(super) struct Ready {
    ready: bool,
    /// The ledger answers.
    ledger: bool,
    /// The schedules were looked at within the last minute.
    bell: bool,
    /// A configuration is in force. One that is refused leaves the one before.
    configuration: bool,
    /// There is as much room on the disk as there should be.
    disk: bool,
}

/// `GET /healthz`: somebody answers.
pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// `GET /readyz`
pub(super) async fn ready(State(desk): State<Desk>) -> impl IntoResponse {
    let config = desk.config();
    let now = desk.clock().now();
    let ledger = desk.store().note(CHECKED).await.is_ok();
    let bell = rang_of_late(last_ring(&config.home), now);
    let disk = free_bytes(&config).is_none_or(|free| free / 1_000_000 >= config.ledger.least_free_mb);
    let ready = Ready { ready: ledger && bell && disk, ledger, bell, configuration: true, disk };
    let status = if ready.ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(ready))
}

/// `GET /metrics`, as Prometheus reads them.
pub(super) async fn metrics(State(desk): State<Desk>) -> Result<impl IntoResponse, Problem> {
    let config = desk.config();
    let now = desk.clock().now();
    let store = desk.store();
    let counted = store.measures().await?;
    let known = store.configuration(&config.home.display().to_string()).await?;
    let mut all = Registry::with_prefix("rapporteur");

    let runs = Family::<Vec<(&'static str, &'static str)>, Gauge>::default();
    for (state, number) in &counted.runs {
        runs.get_or_create(&vec![("state", state.word())]).set(*number);
    }
    all.register("runs", "Report runs by state", runs);
    let deliveries = Family::<Vec<(&'static str, &'static str)>, Gauge>::default();
    for (state, number) in &counted.deliveries {
        deliveries.get_or_create(&vec![("state", state.word())]).set(*number);
    }
    all.register("deliveries", "Mails by state", deliveries);
    let version = Family::<Vec<(&'static str, &'static str)>, Gauge>::default();
    version.get_or_create(&vec![("version", env!("CARGO_PKG_VERSION"))]).set(1);
    all.register("build", "The version of the program", version);

    let mut one = |name: &str, help: &str, unit: Option<Unit>, value: i64| {
        let gauge: Gauge = Gauge::default();
        gauge.set(value);
        match unit {
            Some(unit) => all.register_with_unit(name, help, unit, gauge),
            None => all.register(name, help, gauge),
        }
    };
    let age = counted.oldest_waiting.map_or(0, |since| (now - since).num_seconds().max(0));
    one("oldest_waiting", "Age of the oldest mail that has not left; 0 where none waits", Some(Unit::Seconds), age);
    one("rows_held", "Rows of workbooks that are held because of an error", None, counted.rows_held);
    one("ledger", "Size of the ledger", Some(Unit::Bytes), counted.ledger_bytes);
    if let Some(free) = free_bytes(&config) {
        one("disk_free", "Room left where the home is", Some(Unit::Bytes), i64::try_from(free).unwrap_or(i64::MAX));
    }
    let held = store.channel_hold().await?.is_some();
    one("mail_held", "1 while no mail leaves at all", None, held.into());
    let unread = crate::mail::bounces::unread(store, &config).await?.is_some();
    one("bounces_unread", "1 while the mailbox of returned mails cannot be read", None, unread.into());
    let refused = known.is_some_and(|known| known.refused.is_some());
    one("configuration_refused", "1 while a changed configuration is refused", None, refused.into());
    let notices = store.open_notices().await?.len();
    one("notices_open", "What needs a person and is not over", None, i64::try_from(notices).unwrap_or(i64::MAX));
    if let Some(rang) = last_ring(&config.home) {
        one("bell_last_ring", "When the schedules were looked at last", Some(Unit::Seconds), rang.timestamp());
    }
    let checked = store.note(CHECKED).await?.and_then(|at| at.parse::<DateTime<Utc>>().ok());
    if let Some(at) = checked {
        one("ledger_checked", "When the ledger was found sound last", Some(Unit::Seconds), at.timestamp());
    }

    let mut text = String::new();
    encode(&mut text, &all).map_err(|_| Problem::ours())?;
    Ok(([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text))
}

fn rang_of_late(last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    let silence = TimeDelta::from_std(SILENT_FOR).unwrap_or(TimeDelta::MAX);
    last.is_some_and(|at| now - at <= silence)
}

/// Room left where the home is; `None` where the system does not say.
fn free_bytes(config: &Config) -> Option<u64> {
    let room = rustix::fs::statvfs(&config.home).ok()?;
    Some(room.f_bavail.saturating_mul(room.f_frsize))
}
