//! The configuration that a daemon works by, and how it came to be what it is.

use chrono::{DateTime, Utc};

use super::text::{Columns, instant, read_json, write_json};
use super::{Result, Store};

/// The configuration of a home's daemon.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredConfiguration {
    /// As `config show` has it, without secrets.
    pub content: serde_json::Value,
    /// Since when it is in force.
    pub taken_at: DateTime<Utc>,
    /// What is wrong with the one on the disk, where it is refused, and since when.
    pub refused: Option<(Vec<String>, DateTime<Utc>)>,
}

/// One change of the configuration, or one that was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfigurationChange {
    /// When it was found.
    pub at: DateTime<Utc>,
    /// Whose the file is.
    pub by: String,
    /// `start`, `files` or `signal`.
    pub cause: String,
    /// Whether it was taken; else it was refused.
    pub is_taken: bool,
    /// What changed, as a list of key, before and after; or sentences on what is wrong.
    pub details: serde_json::Value,
}

impl Store {
    /// What the daemon of a home works by; `None` where none ever ran.
    pub async fn configuration(&self, home: &str) -> Result<Option<StoredConfiguration>> {
        let row = sqlx::query("SELECT * FROM configurations WHERE home = ?")
            .bind(home)
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| {
            let refused = row.maybe_text("refused")?.map(|text| read_json("configuration", &text)).transpose()?;
            Ok(StoredConfiguration {
                content: row.json("content")?,
                taken_at: row.at("taken_at")?,
                refused: refused.zip(row.maybe_at("refused_at")?),
            })
        })
        .transpose()
    }

    /// A configuration is in force from now on, and what changed with it is written down. One
    /// without a change ends a refusal, and is else not worth a row.
    pub async fn take_configuration(
        &self,
        home: &str,
        content: &serde_json::Value,
        change: &ConfigurationChange,
    ) -> Result<()> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query(
            "INSERT INTO configurations (home, content, taken_at) VALUES (?1, ?2, ?3) ON CONFLICT (home) DO UPDATE \
             SET content = excluded.content, refused = NULL, refused_at = NULL, taken_at = excluded.taken_at",
        )
        .bind(home)
        .bind(write_json(content)?)
        .bind(instant(change.at))
        .execute(&mut *tx)
        .await?;
        insert_change(&mut tx, home, change).await?;
        tx.commit().await?;
        Ok(())
    }

    /// A configuration is refused: the one before stays in force.
    pub async fn refuse_configuration(&self, home: &str, change: &ConfigurationChange) -> Result<()> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("UPDATE configurations SET refused = ?, refused_at = ? WHERE home = ?")
            .bind(write_json(&change.details)?)
            .bind(instant(change.at))
            .bind(home)
            .execute(&mut *tx)
            .await?;
        insert_change(&mut tx, home, change).await?;
        tx.commit().await?;
        Ok(())
    }

    /// The changes of a home's configuration, the newest first.
    pub async fn configuration_changes(&self, home: &str, limit: u32) -> Result<Vec<ConfigurationChange>> {
        let rows = sqlx::query("SELECT * FROM configuration_changes WHERE home = ? ORDER BY id DESC LIMIT ?")
            .bind(home)
            .bind(limit)
            .fetch_all(self.readers())
            .await?;
        rows.iter()
            .map(|row| {
                Ok(ConfigurationChange {
                    at: row.at("at")?,
                    by: row.text("by")?,
                    cause: row.text("cause")?,
                    is_taken: row.text("outcome")? == "taken",
                    details: row.json("details")?,
                })
            })
            .collect()
    }
}

async fn insert_change(
    tx: &mut sqlx::sqlite::SqliteConnection,
    home: &str,
    change: &ConfigurationChange,
) -> Result<()> {
    sqlx::query("INSERT INTO configuration_changes (home, at, by, cause, outcome, details) VALUES (?, ?, ?, ?, ?, ?)")
        .bind(home)
        .bind(instant(change.at))
        .bind(&change.by)
        .bind(&change.cause)
        .bind(if change.is_taken { "taken" } else { "refused" })
        .bind(write_json(&change.details)?)
        .execute(tx)
        .await?;
    Ok(())
}
