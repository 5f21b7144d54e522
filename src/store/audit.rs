//! Who did what: written before it is done.

use chrono::{DateTime, Utc};
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use super::text::{Columns, instant};
use super::{Result, Store, StoreError};
use crate::account::Role;

/// Something that somebody is about to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The name of the account, or who it is where there is none.
    pub who: String,
    /// What they may do; `None` for a stranger.
    pub role: Option<Role>,
    /// Where they are; empty for the command line.
    pub address: String,
    /// What kind of thing, such as `POST /runs/{id}/hold` or `user add`.
    pub action: String,
    /// To what, such as `/runs/12/hold` or the name of an account.
    pub subject: String,
}

/// A deed in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRecord {
    /// Number in the ledger.
    pub id: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// What, and by whom.
    pub deed: Deed,
    /// How it ended, `done` or why not; `None` where it is under way or a crash ended it.
    pub outcome: Option<String>,
}

impl Store {
    /// Writes down what is about to be done; gives the number to tell its end by.
    pub async fn begin_deed(&self, deed: &Deed, now: DateTime<Utc>) -> Result<i64> {
        let written = sqlx::query(
            "INSERT INTO audit (at, who, role, address, action, subject) VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(instant(now))
        .bind(&deed.who)
        .bind(deed.role.map(Role::word))
        .bind(&deed.address)
        .bind(&deed.action)
        .bind(&deed.subject)
        .fetch_one(self.writer())
        .await?;
        Ok(written.try_get(0)?)
    }

    /// How it ended; `who` where that is known only now.
    pub async fn end_deed(&self, id: i64, outcome: &str, who: Option<&str>) -> Result<()> {
        sqlx::query("UPDATE audit SET outcome = ?, who = COALESCE(?, who) WHERE id = ?")
            .bind(outcome)
            .bind(who)
            .bind(id)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// Deeds, the newest first: `count` of those before the number `before`.
    pub async fn audit(&self, before: Option<i64>, count: u32) -> Result<Vec<AuditRecord>> {
        let rows = sqlx::query("SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?")
            .bind(before.unwrap_or(i64::MAX))
            .bind(count)
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(record).collect()
    }
}

fn record(row: &SqliteRow) -> Result<AuditRecord> {
    Ok(AuditRecord {
        id: row.number("id")?,
        at: row.at("at")?,
        deed: Deed {
            who: row.text("who")?,
            role: row.maybe_text("role")?.as_deref().map(role_of).transpose()?,
            address: row.text("address")?,
            action: row.text("action")?,
            subject: row.text("subject")?,
        },
        outcome: row.maybe_text("outcome")?,
    })
}

/// A role by its word.
pub(super) fn role_of(word: &str) -> Result<Role> {
    Role::from_word(word).ok_or_else(|| StoreError::unreadable("role", word))
}
