//! The ledger's own health: its integrity, a copy of it, and what a restored one begins with.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection as _, Row as _, SqliteConnection};

use super::text::instant;
use super::{Result, Store, StoreError};

/// How many faults of a damaged ledger are named.
const NAMED: i64 = 5;

/// How long a hold lasts that only a person lifts.
const FOR_A_PERSON: TimeDelta = TimeDelta::days(365 * 200);

/// A hold that lasts longer than this from now waits for a person.
const NOBODY_WAITS_SO_LONG: TimeDelta = TimeDelta::days(365);

/// Whether a hold until this instant is one that only a person lifts.
#[must_use]
pub fn waits_for_a_person(until: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    until - now > NOBODY_WAITS_SO_LONG
}

impl Store {
    /// Looks whether the ledger is sound: every page, every row's place, every reference.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with the first faults.
    pub async fn check(&self) -> Result<()> {
        let mut connection = self.readers().acquire().await?;
        check(&mut connection).await
    }

    /// Copies the ledger as it is at this instant into a new file, whatever else goes on in it. The
    /// copy is checked whole; a damaged one is none.
    ///
    /// # Errors
    /// A damaged ledger; a file that is there; the disk.
    pub async fn copy_to(&self, target: &Path) -> Result<()> {
        let mut connection = self.connections().separate().await?;
        sqlx::query("VACUUM INTO ?").bind(target.to_string_lossy().as_ref()).execute(&mut connection).await?;
        connection.close().await?;
        let mut copy = SqliteConnectOptions::new().filename(target).disable_statement_logging().connect().await?;
        let checked = check(&mut copy).await;
        copy.close().await?;
        checked
    }

    /// Makes a restored ledger careful: sending is held until a person releases it, and every mail
    /// that had not left is a possible duplicate, because the home that the copy was made of may have
    /// sent it since. Nobody is logged in. Gives the number of runs and of those mails.
    pub async fn hold_after_restore(&self, made_at: DateTime<Utc>, now: DateTime<Utc>) -> Result<(usize, usize)> {
        self.check().await?;
        let reason = format!(
            "restored on {} from a backup of {}; mails may have been sent since",
            now.format("%Y-%m-%d"),
            made_at.format("%Y-%m-%d %H:%M UTC")
        );
        self.forget_sessions().await?;
        self.release_channel().await?;
        self.hold_channel(&reason, now + FOR_A_PERSON).await?;
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let mails = sqlx::query(
            "UPDATE deliveries SET possible_duplicate = 1 \
             WHERE state IN ('pending', 'sending', 'waiting', 'unknown')",
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query("INSERT OR REPLACE INTO notes (key, value) VALUES ('restored', ?)")
            .bind(instant(now))
            .execute(&mut *tx)
            .await?;
        let runs: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM runs").fetch_one(&mut *tx).await?;
        tx.commit().await?;
        let mails = usize::try_from(mails.rows_affected()).unwrap_or(usize::MAX);
        Ok((usize::try_from(runs).unwrap_or(usize::MAX), mails))
    }
}

async fn check(connection: &mut SqliteConnection) -> Result<()> {
    let rows = sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA integrity_check({NAMED})")))
        .fetch_all(&mut *connection)
        .await?;
    let mut faults: Vec<String> =
        rows.iter().filter_map(|row| row.try_get(0).ok()).filter(|word| word != "ok").collect();
    if faults.is_empty() {
        let rows = sqlx::query("PRAGMA foreign_key_check").fetch_all(connection).await?;
        let tables = rows.iter().filter_map(|row| row.try_get::<String, _>(0).ok());
        faults.extend(
            tables.take(1).map(|table| format!("{} rows refer to nothing, the first in `{table}`", rows.len())),
        );
    }
    if faults.is_empty() { Ok(()) } else { Err(StoreError::Damaged(faults.join("; "))) }
}
