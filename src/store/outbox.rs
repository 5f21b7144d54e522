//! The outbox: deliveries and their attempts.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::text::{Columns, instant, write_json};
use super::{AttemptRecord, DeliveryFilter, Result, Store, StoreError};
use crate::outbox::{Delivery, DeliveryState, NewDelivery, Outcome, Purpose};
use crate::report::ReportRun;

impl Store {
    /// Takes the delivery that is most due, writes down the beginning of an attempt, and gives it.
    /// While the channel is held nothing is due. The lease lasts at most 30 seconds.
    pub async fn claim_delivery(&self, now: DateTime<Utc>, lease: Duration) -> Result<Option<Delivery>> {
        self.claim_delivery_within(now, lease, None, |_| None).await
    }

    /// As [`Store::claim_delivery`]; with a `rate`, only while fewer attempts than its number were
    /// begun since its instant. A mail that was never composed is, and is kept in the same
    /// transaction, where `compose` gives it.
    pub async fn claim_delivery_within(
        &self,
        now: DateTime<Utc>,
        lease: Duration,
        rate: Option<(u32, DateTime<Utc>)>,
        compose: impl FnOnce(&Delivery) -> Option<Vec<u8>>,
    ) -> Result<Option<Delivery>> {
        let mut tx = self.outbox_writer().begin_with("BEGIN IMMEDIATE").await?;
        let row = sqlx::query(
            "UPDATE deliveries SET state = 'sending', fence = fence + 1, attempts = attempts + 1, \
             claimed_by = ?2, lease_until = ?3 \
             WHERE state IN ('pending', 'waiting', 'unknown') AND id = (SELECT id FROM deliveries INDEXED BY deliveries_due \
               WHERE state IN ('pending', 'waiting', 'unknown') AND next_attempt_at <= ?1 \
               AND NOT EXISTS (SELECT 1 FROM channel_hold WHERE until > ?1) \
               AND (?4 IS NULL OR ?4 > (SELECT COUNT(*) FROM attempts WHERE begun_at > ?5 AND begun_at <= ?1)) \
               ORDER BY next_attempt_at, id LIMIT 1) \
             RETURNING *",
        )
        .bind(instant(now))
        .bind(self.worker())
        .bind(super::lease_end(now, lease))
        .bind(rate.map(|(most, _)| most))
        .bind(rate.map(|(_, since)| instant(since)))
        .fetch_optional(&mut *tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let mut delivery = delivery_of(&row)?;
        delivery.composed = row.try_get("composed")?;
        let is_new = delivery.composed.is_none();
        delivery.composed = delivery.composed.take().or_else(|| compose(&delivery));
        // Two statements at once: others wait for this transaction, and each turn of the ledger's thread counts.
        const BEGUN: &str = "INSERT INTO attempts (delivery_id, number, begun_at) \
             SELECT ?1, 1 + COALESCE(MAX(number), 0), ?2 FROM attempts WHERE delivery_id = ?1; \
             UPDATE deliveries SET composed = ?3 WHERE id = ?1 AND ?4";
        sqlx::query(BEGUN)
            .bind(delivery.id)
            .bind(instant(now))
            .bind(delivery.composed.as_deref())
            .bind(is_new && delivery.composed.is_some())
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        self.settle().await?;
        Ok(Some(delivery))
    }

    /// Keeps the mail as composed, before the first connection is opened.
    pub async fn keep_composed(&self, delivery: i64, fence: i64, composed: &[u8]) -> Result<()> {
        self.keep(delivery, fence, composed, false).await
    }

    /// Keeps the mail as composed anew, with links in place of attachments that no server takes.
    pub async fn keep_linked(&self, delivery: i64, fence: i64, composed: &[u8]) -> Result<()> {
        self.keep(delivery, fence, composed, true).await
    }

    async fn keep(&self, delivery: i64, fence: i64, composed: &[u8], linked: bool) -> Result<()> {
        let done = sqlx::query(
            "UPDATE deliveries SET composed = ?, linked = MAX(linked, ?) WHERE id = ? AND state = 'sending' AND fence = ?",
        )
        .bind(composed)
        .bind(linked)
        .bind(delivery)
        .bind(fence)
        .execute(self.outbox_writer())
        .await?;
        if done.rows_affected() == 0 {
            let mut connection = self.outbox_writer().acquire().await?;
            return Err(not_in_state(&mut connection, delivery, "sending").await);
        }
        self.settle().await
    }

    /// Ends the attempt, and says where the delivery stands now.
    ///
    /// A transient failure waits until `retry_at`; without one it has become too old and is a dead
    /// letter. No answer after the final dot is `unknown`, and tried again at `retry_at` (or at once)
    /// with the same bytes. A channel at fault spends no attempt.
    pub async fn finish_attempt(
        &self,
        delivery: &Delivery,
        outcome: &Outcome,
        now: DateTime<Utc>,
        retry_at: Option<DateTime<Utc>>,
    ) -> Result<DeliveryState> {
        let (word, reply) = parts(outcome);
        let state = match outcome {
            Outcome::Delivered { .. } => DeliveryState::Delivered,
            Outcome::Permanent { .. } => DeliveryState::DeadLetter,
            Outcome::Transient { .. } if retry_at.is_none() => DeliveryState::DeadLetter,
            Outcome::Transient { .. } | Outcome::ChannelAtFault { .. } => DeliveryState::Waiting,
            Outcome::NoAnswer { .. } => DeliveryState::Unknown,
        };
        let mut tx = self.outbox_writer().begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query(
            "UPDATE deliveries SET state = ?, next_attempt_at = ?, last_reply = ?, \
             possible_duplicate = MAX(possible_duplicate, ?), attempts = attempts - ?, \
             claimed_by = NULL, lease_until = NULL WHERE id = ? AND state = 'sending' AND fence = ?",
        )
        .bind(state.word())
        .bind(instant(retry_at.unwrap_or(now)))
        .bind(reply)
        .bind(matches!(outcome, Outcome::NoAnswer { .. }))
        .bind(matches!(outcome, Outcome::ChannelAtFault { .. }))
        .bind(delivery.id)
        .bind(delivery.fence)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Err(not_in_state(&mut tx, delivery.id, "sending").await);
        }
        // Where it was delivered the channel works again. A hold that is still in force is a person's to lift.
        sqlx::query(
            "UPDATE attempts SET ended_at = ?1, outcome = ?2, reply = ?3 WHERE delivery_id = ?4 \
             AND number = (SELECT MAX(number) FROM attempts AS last WHERE last.delivery_id = attempts.delivery_id); \
             DELETE FROM channel_hold WHERE until <= ?1 AND ?5",
        )
        .bind(instant(now))
        .bind(word)
        .bind(reply)
        .bind(delivery.id)
        .bind(state == DeliveryState::Delivered)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        self.settle().await?;
        Ok(state)
    }

    /// Writes a notice or other delivery that belongs to no transaction of a run; `false` where
    /// its key was there already.
    pub async fn post(&self, delivery: &NewDelivery, now: DateTime<Utc>) -> Result<bool> {
        let mut connection = self.writer().acquire().await?;
        insert_delivery(&mut connection, delivery, now).await
    }

    /// `Message-ID`s of the reports on a period that were sent before a run, by the recipients'
    /// addresses in small letters, the oldest first.
    pub async fn threads(&self, run: &ReportRun) -> Result<BTreeMap<String, Vec<String>>> {
        let rows = sqlx::query(
            "SELECT LOWER(d.email) AS email, d.message_id FROM deliveries AS d JOIN runs AS r ON r.id = d.run_id \
             WHERE r.report = ? AND r.period = ? AND r.id <> ? AND r.state = 'released' AND d.purpose = 'report' \
             AND d.state IN ('delivered', 'unknown', 'bounced') ORDER BY d.id",
        )
        .bind(&run.report)
        .bind(run.period.to_string())
        .bind(run.id)
        .fetch_all(self.readers())
        .await?;
        let mut threads: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in &rows {
            threads.entry(row.text("email")?).or_default().push(row.text("message_id")?);
        }
        Ok(threads)
    }

    /// The deliveries of a filter, in the order they were written, without their composed mails.
    pub async fn deliveries(&self, filter: &DeliveryFilter) -> Result<Vec<Delivery>> {
        let words: Vec<&str> = filter.states.iter().map(|s| s.word()).collect();
        let rows = sqlx::query(
            "SELECT id, run_id, purpose, name, email, letter, attachments, message_id, unique_key, state, created_at, \
             attempts, next_attempt_at, last_reply, possible_duplicate, linked, fence FROM deliveries \
             WHERE (?1 IS NULL OR run_id = ?1) AND (?2 = '[]' OR state IN (SELECT value FROM json_each(?2))) \
             ORDER BY id",
        )
        .bind(filter.run)
        .bind(write_json(&words)?)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(delivery_of).collect()
    }

    /// How many deliveries are in a state.
    pub async fn deliveries_in(&self, state: DeliveryState) -> Result<usize> {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM deliveries WHERE state = ?")
            .bind(state.word())
            .fetch_one(self.readers())
            .await?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// One delivery, with its composed mail.
    ///
    /// # Errors
    /// [`StoreError::Missing`] where there is none of that number.
    pub async fn delivery(&self, id: i64) -> Result<Delivery> {
        let row = sqlx::query("SELECT * FROM deliveries WHERE id = ?").bind(id).fetch_optional(self.readers()).await?;
        let row = row.ok_or(StoreError::Missing { what: "delivery", id })?;
        let mut delivery = delivery_of(&row)?;
        delivery.composed = row.try_get("composed")?;
        Ok(delivery)
    }

    /// The attempts of a delivery, the first one first.
    pub async fn attempts(&self, delivery: i64) -> Result<Vec<AttemptRecord>> {
        let rows = sqlx::query("SELECT * FROM attempts WHERE delivery_id = ? ORDER BY number")
            .bind(delivery)
            .fetch_all(self.readers())
            .await?;
        rows.iter()
            .map(|row| {
                Ok(AttemptRecord {
                    number: row.small("number")?,
                    begun_at: row.at("begun_at")?,
                    ended_at: row.maybe_at("ended_at")?,
                    outcome: row.maybe_text("outcome")?,
                    reply: row.maybe_text("reply")?,
                })
            })
            .collect()
    }

    /// A person revives a dead letter, or a mail that came back, whose attempts are then counted anew, or hurries a waiting
    /// delivery.
    pub async fn retry_delivery(&self, id: i64, now: DateTime<Utc>) -> Result<()> {
        let mut connection = self.writer().acquire().await?;
        let done = sqlx::query(
            "UPDATE deliveries SET next_attempt_at = ?, \
             attempts = IIF(state IN ('dead_letter', 'bounced'), 0, attempts), \
             state = IIF(state IN ('dead_letter', 'bounced'), 'pending', state) \
             WHERE id = ? AND state IN ('dead_letter', 'bounced', 'pending', 'waiting', 'unknown')",
        )
        .bind(instant(now))
        .bind(id)
        .execute(&mut *connection)
        .await?;
        if done.rows_affected() == 0 {
            return Err(not_in_state(&mut connection, id, "dead_letter, bounced, pending, waiting or unknown").await);
        }
        Ok(())
    }

    /// A person takes back a delivery that has not left, or says of one that was given up that it is not wanted
    /// any more.
    pub async fn cancel_delivery(&self, id: i64) -> Result<()> {
        let mut connection = self.writer().acquire().await?;
        let done = sqlx::query(
            "UPDATE deliveries SET state = 'cancelled' WHERE id = ? AND state IN ('pending', 'waiting', 'bounced', 'dead_letter')",
        )
        .bind(id)
        .execute(&mut *connection)
        .await?;
        if done.rows_affected() == 0 {
            return Err(not_in_state(&mut connection, id, "pending, waiting, bounced or dead_letter").await);
        }
        Ok(())
    }

    /// The earliest instant at which a delivery is due again, the channel's hold considered.
    pub async fn next_delivery_at(&self) -> Result<Option<DateTime<Utc>>> {
        let row = sqlx::query(
            "SELECT MAX(next_attempt_at, COALESCE((SELECT until FROM channel_hold), next_attempt_at)) AS at FROM ( \
               SELECT MIN(next_attempt_at) AS next_attempt_at FROM deliveries INDEXED BY deliveries_due \
               WHERE state IN ('pending', 'waiting', 'unknown'))",
        )
        .fetch_one(self.readers())
        .await?;
        row.maybe_at("at")
    }
}

/// Writes a delivery, unless its key is there: one cause, one mail.
pub(super) async fn insert_delivery(
    tx: &mut SqliteConnection,
    delivery: &NewDelivery,
    now: DateTime<Utc>,
) -> Result<bool> {
    let done = sqlx::query(
        "INSERT INTO deliveries (run_id, purpose, name, email, letter, attachments, message_id, unique_key, state, \
         created_at, next_attempt_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'pending', ?9, ?9) \
         ON CONFLICT (unique_key) DO NOTHING",
    )
    .bind(delivery.run)
    .bind(delivery.purpose.word())
    .bind(&delivery.name)
    .bind(&delivery.email)
    .bind(write_json(&delivery.letter)?)
    .bind(write_json(&delivery.attachments)?)
    .bind(&delivery.message_id)
    .bind(&delivery.unique_key)
    .bind(instant(now))
    .execute(tx)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Why an update of a delivery met no row.
async fn not_in_state(tx: &mut SqliteConnection, id: i64, expected: &'static str) -> StoreError {
    match sqlx::query("SELECT state FROM deliveries WHERE id = ?").bind(id).fetch_optional(tx).await {
        Err(error) => error.into(),
        Ok(None) => StoreError::Missing { what: "delivery", id },
        Ok(Some(row)) => match row.text("state") {
            // The same word: it is there, but in another worker's hands.
            Ok(found) if found == expected => {
                StoreError::NotInState { what: "delivery", id, found: "in other hands".to_owned(), expected }
            }
            Ok(found) => StoreError::NotInState { what: "delivery", id, found, expected },
            Err(error) => error,
        },
    }
}

fn parts(outcome: &Outcome) -> (&'static str, &str) {
    match outcome {
        Outcome::Delivered { reply } => ("delivered", reply),
        Outcome::Transient { reply } => ("transient", reply),
        Outcome::Permanent { reply } => ("permanent", reply),
        Outcome::NoAnswer { reply } => ("no_answer", reply),
        Outcome::ChannelAtFault { reply } => ("channel_at_fault", reply),
    }
}

/// A delivery without its composed mail.
fn delivery_of(row: &SqliteRow) -> Result<Delivery> {
    let (state, purpose) = (row.text("state")?, row.text("purpose")?);
    Ok(Delivery {
        id: row.number("id")?,
        order: NewDelivery {
            run: row.try_get("run_id")?,
            purpose: Purpose::from_word(&purpose).ok_or_else(|| StoreError::unreadable("purpose", &purpose))?,
            name: row.text("name")?,
            email: row.text("email")?,
            letter: row.json("letter")?,
            attachments: row.json("attachments")?,
            message_id: row.text("message_id")?,
            unique_key: row.text("unique_key")?,
        },
        state: DeliveryState::from_word(&state).ok_or_else(|| StoreError::unreadable("state", &state))?,
        created_at: row.at("created_at")?,
        attempts: row.small("attempts")?,
        next_attempt_at: row.at("next_attempt_at")?,
        last_reply: row.maybe_text("last_reply")?,
        possible_duplicate: row.number("possible_duplicate")? != 0,
        linked: row.number("linked")? != 0,
        fence: row.number("fence")?,
        composed: None,
    })
}
