//! What is planned of each schedule, and the missed occurrences that wait for a person.

use chrono::{DateTime, Utc};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::runs::insert_run;
use super::text::{Columns, instant};
use super::{PlannedRun, Result, Store, StoreError, notices};
use crate::notice::Notice;

/// A schedule as the ledger knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownSchedule {
    /// The instant up to which it has been planned.
    pub last_planned_at: DateTime<Utc>,
    /// The rule by which it was planned, as JSON; `None` where an older program did.
    pub rule: Option<String>,
    /// Short for the rule.
    pub fingerprint: Option<String>,
}

/// A rule that a schedule is planned by, as JSON, and what is short for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRule {
    /// The rule.
    pub rule: String,
    /// Other where the rule is another.
    pub fingerprint: String,
}

/// Occurrences that were missed, too many to be decided about without a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// The rule that names them, as JSON.
    pub rule: String,
    /// Those after this instant …
    pub after: DateTime<Utc>,
    /// … and up to this one.
    pub until: DateTime<Utc>,
    /// How many there are; of very many, how many were counted.
    pub count: u32,
}

/// Missed occurrences that wait for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// Number in the ledger.
    pub id: i64,
    /// Name of the schedule.
    pub schedule: String,
    /// What was missed.
    pub missed: Missed,
    /// When that was found.
    pub found_at: DateTime<Utc>,
}

/// What a look at a schedule came to, to be written down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Planned<'a> {
    /// What is due, and what is skipped.
    pub runs: &'a [PlannedRun],
    /// What waits for a person.
    pub missed: Option<&'a Missed>,
    /// The rule by which it goes on, where that is new.
    pub rule: Option<&'a StoredRule>,
}

impl Store {
    /// What is known of a schedule; `None` for one never seen before.
    pub async fn known_schedule(&self, name: &str) -> Result<Option<KnownSchedule>> {
        let row = sqlx::query("SELECT last_planned_at, rule, fingerprint FROM schedules WHERE name = ?")
            .bind(name)
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| {
            Ok(KnownSchedule {
                last_planned_at: row.at("last_planned_at")?,
                rule: row.maybe_text("rule")?,
                fingerprint: row.maybe_text("fingerprint")?,
            })
        })
        .transpose()
    }

    /// The instant up to which a schedule has been planned; `None` for one never seen before.
    pub async fn last_planned_at(&self, schedule: &str) -> Result<Option<DateTime<Utc>>> {
        Ok(self.known_schedule(schedule).await?.map(|known| known.last_planned_at))
    }

    /// Writes runs and advances `last_planned_at`, in one transaction; a run that is there already
    /// stays. Where some are found long after their instants, or wait for a person, the operators
    /// are told with it. Gives the number of runs written.
    pub async fn plan(&self, schedule: &str, until: DateTime<Utc>, planned: Planned<'_>) -> Result<u32> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let mut written = Vec::new();
        for run in planned.runs {
            if insert_run(&mut tx, schedule, run, until).await?.is_some() {
                written.push(run);
            }
        }
        if let Some(notice) = late(schedule, until, &written) {
            notices::raise(&mut tx, &notice, "raised", until, until).await?;
        }
        if let Some(missed) = planned.missed {
            insert_backlog(&mut tx, schedule, missed, until).await?;
            let notice = waiting(schedule, missed.count);
            notices::raise(&mut tx, &notice, "raised", until, until).await?;
        }
        sqlx::query(
            "INSERT INTO schedules (name, last_planned_at, rule, fingerprint) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (name) DO UPDATE SET last_planned_at = excluded.last_planned_at, \
             rule = COALESCE(excluded.rule, rule), fingerprint = COALESCE(excluded.fingerprint, fingerprint)",
        )
        .bind(schedule)
        .bind(instant(until))
        .bind(planned.rule.map(|rule| rule.rule.as_str()))
        .bind(planned.rule.map(|rule| rule.fingerprint.as_str()))
        .execute(&mut *tx)
        .await?;
        crate::crash::point("plan-before-commit");
        tx.commit().await?;
        Ok(u32::try_from(written.len()).unwrap_or(u32::MAX))
    }

    /// Goes on planning from `now`, which is before the instant up to which it was planned: the
    /// clock went back. Missed occurrences that are yet to come are not missed.
    pub async fn plan_back(&self, schedule: &str, now: DateTime<Utc>) -> Result<()> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        for statement in [
            "DELETE FROM backlogs WHERE schedule = ?1 AND state = 'waiting' AND after >= ?2",
            "UPDATE backlogs SET until = ?2 WHERE schedule = ?1 AND state = 'waiting' AND until > ?2",
            "UPDATE schedules SET last_planned_at = ?2 WHERE name = ?1",
        ] {
            sqlx::query(statement).bind(schedule).bind(instant(now)).execute(&mut *tx).await?;
        }
        nothing_waits(&mut tx, schedule, now).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets schedules that are no longer configured: one that comes back is new, and owes
    /// nothing of the time between.
    pub async fn forget_schedules(&self, names: &[String]) -> Result<()> {
        sqlx::query("DELETE FROM schedules WHERE name IN (SELECT value FROM json_each(?))")
            .bind(super::text::write_json(&names)?)
            .execute(self.writer())
            .await?;
        Ok(())
    }

    /// Missed occurrences that wait for a person, the first found first.
    pub async fn backlogs(&self) -> Result<Vec<Backlog>> {
        let rows =
            sqlx::query("SELECT * FROM backlogs WHERE state = 'waiting' ORDER BY id").fetch_all(self.readers()).await?;
        rows.iter().map(backlog_of).collect()
    }

    /// A person's word on missed occurrences: the runs that come of them, and who said so, in one
    /// transaction. Gives the number of runs written.
    ///
    /// # Errors
    /// [`StoreError::NotInState`] where somebody else has decided in the meantime.
    pub async fn settle_backlog(
        &self,
        backlog: &Backlog,
        is_released: bool,
        by: &str,
        now: DateTime<Utc>,
        runs: &[PlannedRun],
    ) -> Result<u32> {
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query(
            "UPDATE backlogs SET state = ?, decided_by = ?, decided_at = ? WHERE id = ? AND state = 'waiting'",
        )
        .bind(if is_released { "released" } else { "dropped" })
        .bind(by)
        .bind(instant(now))
        .bind(backlog.id)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            let (what, found, expected) = ("backlog", "decided about already".to_owned(), "waiting");
            return Err(StoreError::NotInState { what, id: backlog.id, found, expected });
        }
        let mut written = 0;
        for run in runs {
            written += u32::from(insert_run(&mut tx, &backlog.schedule, run, now).await?.is_some());
        }
        nothing_waits(&mut tx, &backlog.schedule, now).await?;
        tx.commit().await?;
        Ok(written)
    }
}

/// What the operators are to know of occurrences that were found at `found_at`.
fn late(schedule: &str, found_at: DateTime<Utc>, runs: &[&PlannedRun]) -> Option<Notice> {
    let is_late = |run: &&&PlannedRun| found_at - run.due_at > notices::LONG;
    let is_made_up_for =
        |run: &PlannedRun| runs.iter().any(|other| other.skipped.is_none() && other.period == run.period);
    let late: Vec<&&PlannedRun> =
        runs.iter().filter(is_late).filter(|run| run.skipped.is_none() || !is_made_up_for(run)).collect();
    let (first, last) = (late.first()?.due_at, late.last()?.due_at);
    let skipped = late.iter().filter(|run| run.skipped.is_some()).count();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (late, skipped) = (count(late.len() - skipped), count(skipped));
    Some(Notice::OccurrencesLate { schedule: schedule.to_owned(), found_at, late, skipped, first, last })
}

async fn insert_backlog(tx: &mut SqliteConnection, schedule: &str, missed: &Missed, now: DateTime<Utc>) -> Result<()> {
    // Two daemons on one ledger may find the same.
    sqlx::query(
        "INSERT INTO backlogs (schedule, rule, after, until, missed, found_at, state) \
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, 'waiting' WHERE NOT EXISTS \
         (SELECT 1 FROM backlogs WHERE schedule = ?1 AND state = 'waiting' AND after <= ?3 AND until >= ?4)",
    )
    .bind(schedule)
    .bind(&missed.rule)
    .bind(instant(missed.after))
    .bind(instant(missed.until))
    .bind(missed.count)
    .bind(instant(now))
    .execute(tx)
    .await?;
    Ok(())
}

fn waiting(schedule: &str, count: u32) -> Notice {
    Notice::OccurrencesWaiting { schedule: schedule.to_owned(), count }
}

/// Ends the notice where no missed occurrence of the schedule waits any longer.
async fn nothing_waits(tx: &mut SqliteConnection, schedule: &str, now: DateTime<Utc>) -> Result<()> {
    let left = sqlx::query("SELECT 1 FROM backlogs WHERE schedule = ? AND state = 'waiting'")
        .bind(schedule)
        .fetch_optional(&mut *tx)
        .await?;
    if left.is_none() {
        notices::clear(tx, &waiting(schedule, 0).cause(), now).await?;
    }
    Ok(())
}

fn backlog_of(row: &SqliteRow) -> Result<Backlog> {
    Ok(Backlog {
        id: row.number("id")?,
        schedule: row.text("schedule")?,
        missed: Missed {
            rule: row.text("rule")?,
            after: row.at("after")?,
            until: row.at("until")?,
            count: row.small("missed")?,
        },
        found_at: row.at("found_at")?,
    })
}
