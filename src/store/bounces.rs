//! Mails that came back.

use chrono::{DateTime, Utc};

use super::text::{Columns, instant};
use super::{Result, Store};

/// So many mails in a row that came back mark an address.
const IN_A_ROW: i64 = 3;

/// What a notification says of one mail.
#[derive(Clone, Copy, Debug)]
pub struct Bounce<'a> {
    /// Hash of the notification itself.
    pub mail: &'a str,
    /// `Message-ID` of the mail that came back, with its angle brackets.
    pub message_id: &'a str,
    /// Why, as the server said it.
    pub reason: &'a str,
}

/// An address whose mails come back.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct BadAddress {
    /// The address.
    pub email: String,
    /// How many of its newest mails came back, one after the other.
    pub mails: u32,
    /// What was said of the last.
    pub reason: String,
}

impl Store {
    /// Marks the mail that a notification is about as come back, and gives its number; `None` where the
    /// notification is known, or about no mail of ours that was sent.
    pub async fn bounce(&self, bounce: Bounce<'_>, now: DateTime<Utc>) -> Result<Option<i64>> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let is_new = sqlx::query("INSERT OR IGNORE INTO bounces (mail, reason, at) VALUES (?, ?, ?)")
            .bind(bounce.mail)
            .bind(bounce.reason)
            .bind(instant(now))
            .execute(&mut *tx)
            .await?;
        if is_new.rows_affected() == 0 {
            return Ok(None);
        }
        let marked = sqlx::query(
            "UPDATE deliveries SET state = 'bounced', bounced_at = ?, last_reply = ? \
             WHERE message_id = ? AND state IN ('delivered', 'unknown') RETURNING id",
        )
        .bind(instant(now))
        .bind(bounce.reason)
        .bind(bounce.message_id)
        .fetch_all(&mut *tx)
        .await?;
        let delivery = marked.first().map(|row| row.number("id")).transpose()?;
        sqlx::query("UPDATE bounces SET delivery_id = ? WHERE mail = ?")
            .bind(delivery)
            .bind(bounce.mail)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(delivery)
    }

    /// Addresses of which the newest mails came back, three in a row or more.
    pub async fn bad_addresses(&self) -> Result<Vec<BadAddress>> {
        let rows = sqlx::query(
            "SELECT LOWER(d.email) AS email, COUNT(*) AS n, d.last_reply, MAX(d.id) AS last FROM deliveries AS d \
             WHERE d.state = 'bounced' AND NOT EXISTS (SELECT 1 FROM deliveries AS later \
               WHERE later.email = d.email COLLATE NOCASE AND later.id > d.id AND later.state = 'delivered') \
             GROUP BY LOWER(d.email) HAVING COUNT(*) >= ? ORDER BY 1",
        )
        .bind(IN_A_ROW)
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| {
                let reason = row.maybe_text("last_reply")?.unwrap_or_default();
                Ok(BadAddress { email: row.text("email")?, mails: row.small("n")?, reason })
            })
            .collect()
    }
}
