//! The hold on the whole mail channel: why no mail leaves, until when, and what lifts it.

use chrono::{DateTime, Utc};

use super::text::{Columns, instant};
use super::{Result, Store};

impl Store {
    /// Why the whole mail channel is held, and until when it is not tried.
    pub async fn channel_hold(&self) -> Result<Option<(String, DateTime<Utc>)>> {
        let row = sqlx::query("SELECT reason, until FROM channel_hold").fetch_optional(self.readers()).await?;
        row.map(|row| Ok((row.text("reason")?, row.at("until")?))).transpose()
    }

    /// Holds the channel until a person lifts the hold or its time is over; a longer hold that is
    /// in force stays.
    pub async fn hold_channel(&self, reason: &str, until: DateTime<Utc>) -> Result<()> {
        self.hold(reason, until, None).await
    }

    /// Holds the channel because of mail settings, of which `settings` is a mark: others lift it.
    pub async fn hold_channel_for(&self, reason: &str, until: DateTime<Utc>, settings: i64) -> Result<()> {
        self.hold(reason, until, Some(settings)).await
    }

    async fn hold(&self, reason: &str, until: DateTime<Utc>, settings: Option<i64>) -> Result<()> {
        sqlx::query(
            "INSERT INTO channel_hold (id, reason, until, settings) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE \
             SET reason = excluded.reason, until = excluded.until, settings = excluded.settings \
             WHERE excluded.until > until",
        )
        .bind(reason)
        .bind(instant(until))
        .bind(settings)
        .execute(self.writer())
        .await?;
        Ok(())
    }

    /// Lifts a hold that is due to other mail settings than these; says whether there was one.
    pub async fn release_changed(&self, settings: i64) -> Result<bool> {
        let done =
            sqlx::query("DELETE FROM channel_hold WHERE settings <> ?").bind(settings).execute(self.writer()).await?;
        Ok(done.rows_affected() > 0)
    }

    /// Lifts the hold, whatever its reason.
    pub async fn release_channel(&self) -> Result<()> {
        sqlx::query("DELETE FROM channel_hold").execute(self.writer()).await?;
        Ok(())
    }
}
