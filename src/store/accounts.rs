//! Accounts of the dashboard, their sessions and the tokens of scripts.

use chrono::{DateTime, TimeDelta, Utc};

use super::audit::role_of;
use super::text::{Columns, instant};
use super::{Result, Store};
use crate::account::Role;

/// A session nobody used for this long is over.
const IDLE: TimeDelta = TimeDelta::hours(2);

/// No session lasts longer.
const LONGEST: TimeDelta = TimeDelta::hours(12);

/// How often a use is written down.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(1);

/// An account, for people to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its name, in small letters.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Since when there is one.
    pub created_at: DateTime<Utc>,
    /// When its password was set.
    pub password_at: DateTime<Utc>,
    /// When a session or a token of it was used last.
    pub seen_at: Option<DateTime<Utc>>,
    /// How many tokens it has that are good.
    pub tokens: u32,
}

impl Store {
    /// Whether there is any account.
    pub async fn has_accounts(&self) -> Result<bool> {
        Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM accounts)").fetch_one(self.readers()).await?)
    }

    /// All accounts, by name.
    pub async fn accounts(&self, now: DateTime<Utc>) -> Result<Vec<Account>> {
        let rows = sqlx::query(
            "SELECT name, role, created_at, password_at, \
               (SELECT MAX(at) FROM (SELECT MAX(seen_at) AS at FROM sessions WHERE account = name \
                 UNION ALL SELECT MAX(used_at) FROM tokens WHERE account = name)) AS seen_at, \
               (SELECT COUNT(*) FROM tokens WHERE account = name AND expires_at > ?) AS tokens \
             FROM accounts ORDER BY name",
        )
        .bind(instant(now))
        .fetch_all(self.readers())
        .await?;
        rows.iter()
            .map(|row| {
                Ok(Account {
                    name: row.text("name")?,
                    role: role_of(&row.text("role")?)?,
                    created_at: row.at("created_at")?,
                    password_at: row.at("password_at")?,
                    seen_at: row.maybe_at("seen_at")?,
                    tokens: row.small("tokens")?,
                })
            })
            .collect()
    }

    /// Adds an account; `false` where there is one of that name.
    pub async fn add_account(&self, name: &str, role: Role, password: &str, now: DateTime<Utc>) -> Result<bool> {
        let done = sqlx::query(
            "INSERT INTO accounts (name, role, password, created_at, password_at) VALUES (?, ?, ?, ?, ?) \
             ON CONFLICT (name) DO NOTHING",
        )
        .bind(name)
        .bind(role.word())
        .bind(password)
        .bind(instant(now))
        .bind(instant(now))
        .execute(self.writer())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Another password; all sessions of the account end. `false` where there is none of that name.
    pub async fn set_password(&self, name: &str, password: &str, now: DateTime<Utc>) -> Result<bool> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query("UPDATE accounts SET password = ?, password_at = ? WHERE name = ?")
            .bind(password)
            .bind(instant(now))
            .bind(name)
            .execute(&mut *tx)
            .await?;
        sqlx::query("DELETE FROM sessions WHERE account = ?").bind(name).execute(&mut *tx).await?;
        tx.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Another role, at once, in open sessions too. `false` where there is none of that name.
    pub async fn set_role(&self, name: &str, role: Role) -> Result<bool> {
        let done = sqlx::query("UPDATE accounts SET role = ? WHERE name = ?")
            .bind(role.word())
            .bind(name)
            .execute(self.writer())
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Removes an account with its sessions and tokens. `false` where there is none of that name.
    pub async fn remove_account(&self, name: &str) -> Result<bool> {
        let done = sqlx::query("DELETE FROM accounts WHERE name = ?").bind(name).execute(self.writer()).await?;
        Ok(done.rows_affected() > 0)
    }

    /// Ends all sessions and tokens of an account; gives their number.
    pub async fn end_sessions(&self, name: &str) -> Result<u64> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let mut ended = 0;
        for statement in ["DELETE FROM sessions WHERE account = ?", "DELETE FROM tokens WHERE account = ?"] {
            ended += sqlx::query(statement).bind(name).execute(&mut *tx).await?.rows_affected();
        }
        tx.commit().await?;
        Ok(ended)
    }

    /// The password of an account, as its hash.
    pub async fn password_of(&self, name: &str) -> Result<Option<String>> {
        let found = sqlx::query_scalar("SELECT password FROM accounts WHERE name = ?").bind(name);
        Ok(found.fetch_optional(self.readers()).await?)
    }

    /// Begins a session, known by a hash; those that are over are forgotten.
    pub async fn begin_session(&self, name: &str, hash: &str, now: DateTime<Utc>) -> Result<()> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("DELETE FROM sessions WHERE seen_at <= ? OR created_at <= ?")
            .bind(instant(now - IDLE))
            .bind(instant(now - LONGEST))
            .execute(&mut *tx)
            .await?;
        sqlx::query("INSERT INTO sessions (hash, account, created_at, seen_at) VALUES (?, ?, ?, ?)")
            .bind(hash)
            .bind(name)
            .bind(instant(now))
            .bind(instant(now))
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Whose session it is, where it is not over.
    pub async fn session(&self, hash: &str, now: DateTime<Utc>) -> Result<Option<(String, Role)>> {
        let row = sqlx::query(
            "SELECT accounts.name, accounts.role, sessions.seen_at FROM sessions JOIN accounts ON accounts.name = \
             sessions.account WHERE hash = ? AND sessions.seen_at > ? AND sessions.created_at > ?",
        )
        .bind(hash)
        .bind(instant(now - IDLE))
        .bind(instant(now - LONGEST))
        .fetch_optional(self.readers())
        .await?;
        let Some(row) = row else { return Ok(None) };
        if now - row.at("seen_at")? >= SEEN_EVERY {
            self.mark_used("UPDATE sessions SET seen_at = ? WHERE hash = ?", hash, now).await?;
        }
        Ok(Some((row.text("name")?, role_of(&row.text("role")?)?)))
    }

    /// Ends a session.
    pub async fn end_session(&self, hash: &str) -> Result<()> {
        sqlx::query("DELETE FROM sessions WHERE hash = ?").bind(hash).execute(self.writer()).await?;
        Ok(())
    }

    /// Keeps a token of a script by its hash. `false` where there is no such account.
    pub async fn add_token(
        &self,
        name: &str,
        hash: &str,
        purpose: &str,
        now: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<bool> {
        let done = sqlx::query(
            "INSERT INTO tokens (hash, account, purpose, created_at, expires_at) \
             SELECT ?, name, ?, ?, ? FROM accounts WHERE name = ?",
        )
        .bind(hash)
        .bind(purpose)
        .bind(instant(now))
        .bind(instant(expires_at))
        .bind(name)
        .execute(self.writer())
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Whose token it is, where it is not over.
    pub async fn token(&self, hash: &str, now: DateTime<Utc>) -> Result<Option<(String, Role)>> {
        let row = sqlx::query(
            "SELECT accounts.name, accounts.role, tokens.used_at FROM tokens JOIN accounts ON accounts.name = \
             tokens.account WHERE hash = ? AND expires_at > ?",
        )
        .bind(hash)
        .bind(instant(now))
        .fetch_optional(self.readers())
        .await?;
        let Some(row) = row else { return Ok(None) };
        if row.maybe_at("used_at")?.is_none_or(|used| now - used >= SEEN_EVERY) {
            self.mark_used("UPDATE tokens SET used_at = ? WHERE hash = ?", hash, now).await?;
        }
        Ok(Some((row.text("name")?, role_of(&row.text("role")?)?)))
    }

    async fn mark_used(&self, statement: &'static str, hash: &str, now: DateTime<Utc>) -> Result<()> {
        sqlx::query(statement).bind(instant(now)).bind(hash).execute(self.writer()).await?;
        Ok(())
    }

    /// Ends all sessions and tokens: a restored copy opens nothing.
    pub(super) async fn forget_sessions(&self) -> Result<()> {
        for statement in ["DELETE FROM sessions", "DELETE FROM tokens"] {
            sqlx::query(statement).execute(self.writer()).await?;
        }
        Ok(())
    }
}
