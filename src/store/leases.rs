//! Items in hand: how long they may be, and how they are given back after a crash.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::text::instant;
use super::{Result, Store};

/// No lease is longer, whatever is asked for (the contract's promise).
pub const LONGEST_LEASE: Duration = Duration::from_secs(30);

/// A lease that ends later than this from now was written by a clock that has since gone back.
const IMPOSSIBLE_LEASE: TimeDelta = TimeDelta::seconds(60);

/// When a lease taken now ends.
pub(super) fn lease_end(now: DateTime<Utc>, lease: Duration) -> String {
    instant(now + lease.min(LONGEST_LEASE))
}

impl Store {
    /// Makes the leases of what this worker has in hand last until `lease` from now. The daemon
    /// calls it while a step is under way, so that a slow server costs nobody a second mail.
    pub async fn renew(&self, now: DateTime<Utc>, lease: Duration) -> Result<()> {
        for statement in [
            "UPDATE runs SET lease_until = ? WHERE claimed_by = ? AND state = 'compiling'",
            "UPDATE deliveries SET lease_until = ? WHERE claimed_by = ? AND state = 'sending'",
        ] {
            sqlx::query(statement).bind(lease_end(now, lease)).bind(self.worker()).execute(self.writer()).await?;
        }
        Ok(())
    }

    /// Gives back items whose lease is over; with `predecessor_is_dead`, every item in hand.
    /// Gives their number.
    ///
    /// A run is due again. A delivery waits, to be tried at once; where its mail had been
    /// composed, a copy may have left, and it is marked as a possible duplicate.
    pub async fn rescue(&self, now: DateTime<Utc>, predecessor_is_dead: bool) -> Result<u32> {
        self.give_back(now, predecessor_is_dead, None).await
    }

    /// Gives back what this worker has in hand, at once: its step ended without doing so.
    pub async fn give_up_in_hand(&self, now: DateTime<Utc>) -> Result<u32> {
        self.give_back(now, true, Some(self.worker())).await
    }

    /// Parks what this worker has in hand because its step failed by our own fault: a run has failed
    /// for `reason`, a delivery waits until `retry_at`. Gives their number.
    pub async fn park_in_hand(&self, now: DateTime<Utc>, reason: &str, retry_at: DateTime<Utc>) -> Result<u32> {
        let now = instant(now);
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let runs = sqlx::query(
            "UPDATE runs SET state = 'failed', reason = ?, fence = fence + 1, claimed_by = NULL, lease_until = NULL, \
             updated_at = ? WHERE state = 'compiling' AND claimed_by = ?",
        )
        .bind(reason)
        .bind(&now)
        .bind(self.worker())
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "UPDATE attempts SET outcome = 'interrupted', ended_at = ?, reply = ? WHERE outcome IS NULL \
             AND delivery_id IN (SELECT id FROM deliveries WHERE state = 'sending' AND claimed_by = ?)",
        )
        .bind(&now)
        .bind(reason)
        .bind(self.worker())
        .execute(&mut *tx)
        .await?;
        let deliveries = sqlx::query(
            "UPDATE deliveries SET state = 'waiting', fence = fence + 1, claimed_by = NULL, lease_until = NULL, \
             next_attempt_at = ?, last_reply = ?, possible_duplicate = MAX(possible_duplicate, composed IS NOT NULL) \
             WHERE state = 'sending' AND claimed_by = ?",
        )
        .bind(instant(retry_at))
        .bind(reason)
        .bind(self.worker())
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(u32::try_from(runs.rows_affected() + deliveries.rows_affected()).unwrap_or(u32::MAX))
    }

    async fn give_back(&self, now: DateTime<Utc>, all: bool, worker: Option<&str>) -> Result<u32> {
        let now_text = instant(now);
        let impossible = instant(now + IMPOSSIBLE_LEASE);
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let runs = sqlx::query(
            "UPDATE runs SET state = 'due', fence = fence + 1, claimed_by = NULL, lease_until = NULL, updated_at = ?1 \
             WHERE state = 'compiling' AND (?2 OR lease_until <= ?1 OR lease_until > ?3) \
             AND (?4 IS NULL OR claimed_by = ?4)",
        )
        .bind(&now_text)
        .bind(all)
        .bind(&impossible)
        .bind(worker)
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "UPDATE attempts SET outcome = 'interrupted' WHERE outcome IS NULL AND delivery_id IN ( \
               SELECT id FROM deliveries WHERE state = 'sending' AND (?2 OR lease_until <= ?1 OR lease_until > ?3) \
               AND (?4 IS NULL OR claimed_by = ?4))",
        )
        .bind(&now_text)
        .bind(all)
        .bind(&impossible)
        .bind(worker)
        .execute(&mut *tx)
        .await?;
        let deliveries = sqlx::query(
            "UPDATE deliveries SET state = 'waiting', fence = fence + 1, claimed_by = NULL, lease_until = NULL, \
             next_attempt_at = ?1, possible_duplicate = MAX(possible_duplicate, composed IS NOT NULL) \
             WHERE state = 'sending' AND (?2 OR lease_until <= ?1 OR lease_until > ?3) \
             AND (?4 IS NULL OR claimed_by = ?4)",
        )
        .bind(&now_text)
        .bind(all)
        .bind(&impossible)
        .bind(worker)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        Ok(u32::try_from(runs.rows_affected() + deliveries.rows_affected()).unwrap_or(u32::MAX))
    }

    /// A value kept under a name, for stages that must remember something small.
    pub async fn note(&self, key: &str) -> Result<Option<String>> {
        Ok(sqlx::query_scalar("SELECT value FROM notes WHERE key = ?").bind(key).fetch_optional(self.readers()).await?)
    }

    /// Keeps a value under a name.
    pub async fn set_note(&self, key: &str, value: &str) -> Result<()> {
        sqlx::query(
            "INSERT INTO notes (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )
        .bind(key)
        .bind(value)
        .execute(self.writer())
        .await?;
        Ok(())
    }
}
