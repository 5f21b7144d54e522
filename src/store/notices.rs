//! Notices to the operators: raised, over, told.
//!
//! A stage that meets a matter which stays in no other table says so with [`Store::raise_notice`], or with [`raise`] in the
//! transaction of the change that caused it, and takes it back with [`Store::clear_notice`]. What other tables say
//! anyway (runs held or failed, dead letters, a channel held) is looked for by [`Store::troubles`] and
//! needs no word of anybody.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::outbox::insert_delivery;
use super::text::{Columns, instant, write_json};
use super::{Result, Store};
use crate::crash;
use crate::notice::{LostMail, Notice, NoticeRecord, SAME_MATTER};
use crate::outbox::NewDelivery;
use crate::period::ReportingPeriod;

/// A run that is due for this long, and not compiled, is stuck; so long is an occurrence late that the operators
/// should know of.
pub(super) const LONG: TimeDelta = TimeDelta::hours(1);

/// A mail that was tried and has not left after this long is one that somebody may ask for. Greylisting takes minutes.
const LONG_FOR_A_MAIL: TimeDelta = TimeDelta::hours(4);

/// How many lost mails of one run a notice carries.
const MOST_LOST: i64 = 500;

impl Store {
    /// Says that something needs a person. Of a cause that is open already, the content is renewed;
    /// what comes again within an hour of its end goes on.
    pub async fn raise_notice(&self, notice: &Notice, now: DateTime<Utc>) -> Result<()> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        raise(&mut tx, notice, "raised", now, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Says that a cause is over; `false` where it was not open.
    pub async fn clear_notice(&self, cause: &str, now: DateTime<Utc>) -> Result<bool> {
        let mut connection = self.writer().acquire().await?;
        clear(&mut connection, cause, now).await
    }

    /// Brings the notices that are looked for up to date: `seen` are those that are so, and since
    /// when; the others of their kind are over. Gives those that are news, and those that are over.
    pub async fn keep_notices(
        &self,
        seen: &[(Notice, DateTime<Utc>)],
        now: DateTime<Utc>,
    ) -> Result<(Vec<Notice>, Vec<NoticeRecord>)> {
        let causes: Vec<String> = seen.iter().map(|(notice, _)| notice.cause()).collect();
        let gone = self.not_in(&causes).await?;
        let mut news = Vec::new();
        let known = self.open_notices().await?;
        let is_known = |notice: &Notice| known.iter().any(|record| record.notice == *notice);
        let changed: Vec<_> = seen.iter().filter(|(notice, _)| !is_known(notice)).collect();
        // Looking changes nothing, unless something has changed.
        if gone.is_empty() && changed.is_empty() {
            return Ok((news, gone));
        }
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        for (notice, since) in changed {
            if raise(&mut tx, notice, "seen", *since, now).await? {
                news.push(notice.clone());
            }
        }
        for record in &gone {
            clear(&mut tx, &record.notice.cause(), now).await?;
        }
        tx.commit().await?;
        Ok((news, gone))
    }

    async fn not_in(&self, causes: &[String]) -> Result<Vec<NoticeRecord>> {
        let rows = sqlx::query(
            "SELECT * FROM notices WHERE over_at IS NULL AND origin = 'seen' \
             AND cause NOT IN (SELECT value FROM json_each(?)) ORDER BY id",
        )
        .bind(write_json(&causes)?)
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(record_of).collect()
    }

    /// What is so now, the oldest first.
    pub async fn open_notices(&self) -> Result<Vec<NoticeRecord>> {
        let rows = sqlx::query("SELECT * FROM notices WHERE over_at IS NULL ORDER BY since, id")
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(record_of).collect()
    }

    /// Those of which something may have to be told yet, the oldest first.
    pub async fn notices_not_done(&self) -> Result<Vec<NoticeRecord>> {
        let rows =
            sqlx::query("SELECT * FROM notices WHERE is_done = 0 ORDER BY since, id").fetch_all(self.readers()).await?;
        rows.iter().map(record_of).collect()
    }

    /// Writes the mails about a notice, and that they are written, in one transaction; with none,
    /// that nothing remains to be told. `false` where somebody else did it in the meantime.
    pub async fn tell_notice(
        &self,
        record: &NoticeRecord,
        mails: &[NewDelivery],
        is_done: bool,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query(
            "UPDATE notices SET is_done = ?1 AND over_at IS NOT NULL, mails = mails + ?2, \
             told_at = IIF(?2, ?3, told_at), told = IIF(?2, ?4, told) \
             WHERE id = ?5 AND mails = ?6 AND is_done = 0 AND over_at IS ?7",
        )
        .bind(is_done)
        .bind(!mails.is_empty())
        .bind(instant(now))
        .bind(write_json(&record.notice)?)
        .bind(record.id)
        .bind(record.mails)
        .bind(record.over_at.map(instant))
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        for mail in mails {
            insert_delivery(&mut tx, mail, now).await?;
        }
        crash::point("notice-before-commit");
        tx.commit().await?;
        crash::point("notice-committed");
        Ok(true)
    }

    /// What the tables of runs and mails say that the operators should know, and since when.
    pub async fn troubles(&self, now: DateTime<Utc>) -> Result<Vec<(Notice, DateTime<Utc>)>> {
        let mut found = Vec::new();
        let rows = sqlx::query(
            "SELECT id, fence, state, period, reason, updated_at FROM runs \
             WHERE state = 'failed' OR (state = 'held' AND decided_by IS NULL) \
             OR (state IN ('due', 'compiling') AND MAX(due_at, COALESCE(waits_until, due_at)) <= ?1 AND updated_at <= ?1) \
             ORDER BY id",
        )
        .bind(instant(now - LONG))
        .fetch_all(self.readers())
        .await?;
        for row in &rows {
            found.push(of_run(row)?);
        }
        found.extend(self.lost_mails().await?);
        match self.channel_hold().await? {
            Some((reason, _)) => found.push((Notice::ChannelHeld { reason }, now)),
            None => found.extend(self.waiting_mails(now).await?),
        }
        Ok(found)
    }

    /// The periods that end after `since` and of which runs were planned or begun, none was released,
    /// and the newest has not moved for a day and was not cancelled by a person: schedule, period,
    /// that run, and the word of its state.
    pub async fn unsent(
        &self,
        since: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Vec<(String, ReportingPeriod, i64, String)>> {
        let rows = sqlx::query(
            "SELECT schedule, period, state, decided_by, id AS run FROM runs WHERE updated_at <= ?2 AND id IN ( \
               SELECT MAX(id) FROM runs WHERE last_day >= ?1 GROUP BY report, period \
               HAVING SUM(state = 'released') = 0) ORDER BY id",
        )
        .bind(since.to_string())
        .bind(instant(now - TimeDelta::days(1)))
        .fetch_all(self.readers())
        .await?;
        let mut found = Vec::new();
        for row in &rows {
            let state = row.text("state")?;
            if state != "skipped" || row.maybe_text("decided_by")?.is_none() {
                found.push((row.text("schedule")?, row.period("period")?, row.number("run")?, state));
            }
        }
        Ok(found)
    }

    /// Mails that were tried and have not left for hours, while others may. A notice that is one itself is none
    /// of these.
    async fn waiting_mails(&self, now: DateTime<Utc>) -> Result<Option<(Notice, DateTime<Utc>)>> {
        let rows = sqlx::query(
            "SELECT COUNT(*) OVER () AS count, created_at, last_reply FROM deliveries \
             WHERE state IN ('pending', 'waiting', 'unknown') AND attempts > 0 AND purpose <> 'notice' \
             AND created_at <= ? ORDER BY created_at, id LIMIT 1",
        )
        .bind(instant(now - LONG_FOR_A_MAIL))
        .fetch_all(self.readers())
        .await?;
        let Some(row) = rows.first() else { return Ok(None) };
        let oldest = row.at("created_at")?;
        let reply = row.maybe_text("last_reply")?.unwrap_or_default();
        let notice = Notice::MailsWaiting { count: row.small("count")?, oldest, reply };
        Ok(Some((notice, oldest + LONG_FOR_A_MAIL)))
    }

    /// Dead letters by run. A notice that is one itself is none of these: its own notice would
    /// fare no better.
    async fn lost_mails(&self) -> Result<Vec<(Notice, DateTime<Utc>)>> {
        let rows = sqlx::query(
            "SELECT d.id, d.run_id, d.name, d.email, d.letter ->> 'subject' AS subject, d.last_reply, \
             COALESCE(d.bounced_at, (SELECT MAX(ended_at) FROM attempts WHERE delivery_id = d.id), d.created_at) AS at \
             FROM deliveries AS d WHERE d.state IN ('dead_letter', 'bounced') AND d.purpose <> 'notice' \
             ORDER BY d.run_id, d.id LIMIT ?",
        )
        .bind(MOST_LOST)
        .fetch_all(self.readers())
        .await?;
        let mut found: Vec<(Notice, DateTime<Utc>)> = Vec::new();
        for row in &rows {
            let (run, at) = (row.maybe_number("run_id")?, row.at("at")?);
            let name = row.text("name")?;
            let mail = LostMail {
                delivery: row.number("id")?,
                recipient: format!("{name} <{}>", row.text("email")?).trim_start().to_owned(),
                subject: row.text("subject")?,
                reply: row.maybe_text("last_reply")?.unwrap_or_default(),
            };
            match found.last_mut() {
                Some((Notice::DeadLetters { run: Some(same), mails }, _)) if Some(*same) == run => mails.push(mail),
                _ => found.push((Notice::DeadLetters { run, mails: vec![mail] }, at)),
            }
        }
        Ok(found)
    }
}

fn of_run(row: &SqliteRow) -> Result<(Notice, DateTime<Utc>)> {
    let (run, compiling, period) = (row.number("id")?, row.number("fence")?, row.period("period")?);
    let reason = row.maybe_text("reason")?.unwrap_or_default();
    let notice = match row.text("state")?.as_str() {
        "failed" => Notice::RunFailed { run, compiling, period, reason },
        "held" => Notice::RunHeld { run, compiling, period, reason },
        _ => Notice::RunStuck { run, period },
    };
    Ok((notice, row.at("updated_at")?))
}

/// Writes a notice in the transaction of the change that caused it; `true` where it is news.
pub(super) async fn raise(
    tx: &mut SqliteConnection,
    notice: &Notice,
    origin: &str,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let (cause, content) = (notice.cause(), write_json(notice)?);
    let last = sqlx::query("SELECT * FROM notices WHERE cause = ? ORDER BY id DESC LIMIT 1")
        .bind(&cause)
        .fetch_optional(&mut *tx)
        .await?;
    let last = last.as_ref().map(record_of).transpose()?;
    match last {
        Some(record) if notice.has_happened() || record.over_at.is_none() => {
            sqlx::query("UPDATE notices SET content = ? WHERE id = ?")
                .bind(content)
                .bind(record.id)
                .execute(tx)
                .await?;
            Ok(false)
        }
        // Over only just now: the same matter again. That it was called over makes it news.
        Some(record) if record.over_at.is_some_and(|over| now < over + SAME_MATTER) => {
            sqlx::query(
                "UPDATE notices SET content = ?, over_at = NULL, told = IIF(is_done, NULL, told), is_done = 0 \
                 WHERE id = ?",
            )
            .bind(content)
            .bind(record.id)
            .execute(tx)
            .await?;
            Ok(true)
        }
        _ => {
            let over = notice.has_happened().then(|| instant(now));
            sqlx::query("INSERT INTO notices (cause, origin, content, since, over_at) VALUES (?, ?, ?, ?, ?)")
                .bind(cause)
                .bind(origin)
                .bind(content)
                .bind(instant(since))
                .bind(over)
                .execute(tx)
                .await?;
            Ok(true)
        }
    }
}

/// Ends a notice in the transaction of the change that ended it.
pub(super) async fn clear(tx: &mut SqliteConnection, cause: &str, now: DateTime<Utc>) -> Result<bool> {
    let done = sqlx::query("UPDATE notices SET over_at = ? WHERE cause = ? AND over_at IS NULL")
        .bind(instant(now))
        .bind(cause)
        .execute(tx)
        .await?;
    Ok(done.rows_affected() > 0)
}

fn record_of(row: &SqliteRow) -> Result<NoticeRecord> {
    Ok(NoticeRecord {
        id: row.number("id")?,
        notice: row.json("content")?,
        since: row.at("since")?,
        over_at: row.maybe_at("over_at")?,
        told_at: row.maybe_at("told_at")?,
        told: row.maybe_text("told")?.map(|told| super::text::read_json("told", &told)).transpose()?,
        mails: row.small("mails")?,
    })
}
