//! What is counted for whoever watches the daemon.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::Row as _;

use super::text::Columns;
use super::{Result, Store, StoreError};
use crate::outbox::DeliveryState;
use crate::report::RunState;

/// Counts, each read from an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measures {
    /// Runs in each state that any is in.
    pub runs: BTreeMap<RunState, i64>,
    /// Deliveries in each state that any is in.
    pub deliveries: BTreeMap<DeliveryState, i64>,
    /// Since when the oldest delivery waits that has not left.
    pub oldest_waiting: Option<DateTime<Utc>>,
    /// Rows that are held.
    pub rows_held: i64,
    /// Size of the ledger's file.
    pub ledger_bytes: i64,
}

impl Store {
    /// Counts everything that is measured.
    pub async fn measures(&self) -> Result<Measures> {
        let mut tx = self.readers().begin().await?;
        let mut found = Measures::default();
        for row in sqlx::query("SELECT state, COUNT(*) AS n FROM runs GROUP BY state").fetch_all(&mut *tx).await? {
            let word = row.text("state")?;
            let state = RunState::from_word(&word).ok_or_else(|| StoreError::unreadable("state", &word))?;
            found.runs.insert(state, row.number("n")?);
        }
        // MIN(id) of one state is read from its index; the instant then from that one row.
        let rows = sqlx::query("SELECT state, COUNT(*) AS n, MIN(id) AS first FROM deliveries GROUP BY state")
            .fetch_all(&mut *tx)
            .await?;
        let mut oldest: Option<i64> = None;
        for row in rows {
            let word = row.text("state")?;
            let state = DeliveryState::from_word(&word).ok_or_else(|| StoreError::unreadable("state", &word))?;
            found.deliveries.insert(state, row.number("n")?);
            if matches!(state, DeliveryState::Pending | DeliveryState::Waiting | DeliveryState::Unknown) {
                let first = row.number("first")?;
                oldest = Some(oldest.map_or(first, |known| known.min(first)));
            }
        }
        if let Some(id) = oldest {
            let row =
                sqlx::query("SELECT created_at FROM deliveries WHERE id = ?").bind(id).fetch_one(&mut *tx).await?;
            found.oldest_waiting = Some(row.at("created_at")?);
        }
        found.rows_held = sqlx::query("SELECT COUNT(*) FROM held_rows").fetch_one(&mut *tx).await?.try_get(0)?;
        let pages: i64 = sqlx::query("PRAGMA page_count").fetch_one(&mut *tx).await?.try_get(0)?;
        let size: i64 = sqlx::query("PRAGMA page_size").fetch_one(&mut *tx).await?.try_get(0)?;
        found.ledger_bytes = pages.saturating_mul(size);
        Ok(found)
    }
}
