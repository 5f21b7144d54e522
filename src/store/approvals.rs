//! Verdicts of approvers: each is a row, for the bytes that were shown.

use std::collections::BTreeMap;

#[cfg(test)]
use chrono::{DateTime, Utc};
use sqlx::sqlite::{SqliteConnection, SqliteRow};

use super::outbox::insert_delivery;
use super::runs::{document_of, not_in_state};
use super::text::{Columns, instant, write_json};
use super::{Result, Store, StoreError};
use crate::approval::{self, Approval, Brief, Verdict, Way};
use crate::crash;
use crate::outbox::NewDelivery;
use crate::recipient::Language;
use crate::report::{ArchivedDocument, ReportRun, RunState};

/// What becomes of a run with a verdict.
#[derive(Clone, Copy, Debug)]
pub enum Decision<'a> {
    /// Nothing yet: others have to approve as well.
    Note,
    /// It goes out.
    Release {
        /// Who released it: all whose approval it took.
        by: &'a str,
        /// Its editions where they lie once released.
        documents: &'a [ArchivedDocument],
        /// The mails to its recipients.
        deliveries: &'a [NewDelivery],
    },
    /// It is held until what is amiss has been put right: rows that come then wake it.
    SendBack {
        /// Why, as a sentence with who said so, in the programme's first language.
        reason: &'a str,
        /// The same in each language.
        in_each: &'a BTreeMap<Language, String>,
    },
}

/// What a decision rests on. The run and its verdicts are read one after the other, so each may be older than
/// the other.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The state of the run.
    pub state: RunState,
    /// How many verdicts there were on the bytes that were shown.
    pub verdicts: usize,
}

impl Store {
    /// Writes a verdict and what becomes of the run, in one transaction. `link` is the hash of the
    /// link by which it came; `seen` what the decision rests on. `false`, and nothing is written, where there
    /// is another verdict by now or the run is held where it was waiting: then it is to be decided anew.
    ///
    /// # Errors
    /// [`StoreError::NotInState`] where the run was taken away or compiled anew in the meantime, so that its bytes
    /// are no longer those that were shown, or where the link was used already: nothing is written.
    pub async fn sign_run(
        &self,
        verdict: &Approval,
        link: Option<&str>,
        seen: Seen,
        decision: Decision<'_>,
    ) -> Result<bool> {
        let (run, now) = (verdict.run, verdict.at);
        let mut tx = self.writer().begin_with("BEGIN IMMEDIATE").await?;
        if shown_now(&mut tx, run).await? != verdict.shown {
            return Err(not_in_state(&mut tx, run, "as it was looked at").await);
        }
        let given: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM approvals WHERE run_id = ? AND shown = ?")
            .bind(run)
            .bind(&verdict.shown)
            .fetch_one(&mut *tx)
            .await?;
        let state: String =
            sqlx::query_scalar("SELECT state FROM runs WHERE id = ?").bind(run).fetch_one(&mut *tx).await?;
        let state = RunState::from_word(&state);
        let is_other = matches!(state, Some(RunState::Held | RunState::AwaitingApproval)) && state != Some(seen.state);
        if is_other || usize::try_from(given).ok() != Some(seen.verdicts) {
            return Ok(false);
        }
        let done = match decision {
            Decision::Note => {
                sqlx::query("UPDATE runs SET updated_at = ? WHERE id = ? AND state IN ('held', 'awaiting_approval')")
                    .bind(instant(now))
                    .bind(run)
            }
            Decision::Release { by, .. } => sqlx::query(
                "UPDATE runs SET state = 'released', decided_by = ?, decided_at = ?, updated_at = ? \
                 WHERE id = ? AND state IN ('held', 'awaiting_approval')",
            )
            .bind(by)
            .bind(instant(now))
            .bind(instant(now))
            .bind(run),
            Decision::SendBack { reason, in_each } => sqlx::query(
                "UPDATE runs SET state = 'held', reason = ?, brief = json_set(brief, '$.held', json(?)), \
                 decided_by = NULL, decided_at = NULL, updated_at = ? \
                 WHERE id = ? AND state IN ('held', 'awaiting_approval')",
            )
            .bind(reason)
            .bind(write_json(in_each)?)
            .bind(instant(now))
            .bind(run),
        };
        if done.execute(&mut *tx).await?.rows_affected() == 0 {
            return Err(not_in_state(&mut tx, run, "held or awaiting_approval").await);
        }
        if let Decision::Release { documents, deliveries, .. } = decision {
            move_documents(&mut tx, run, documents).await?;
            for delivery in deliveries {
                insert_delivery(&mut tx, delivery, now).await?;
            }
        }
        let approval = insert_approval(&mut tx, verdict).await?;
        if let Some(token) = link {
            let used = sqlx::query("INSERT OR IGNORE INTO used_links (token, approval_id) VALUES (?, ?)")
                .bind(token)
                .bind(approval)
                .execute(&mut *tx)
                .await?;
            if used.rows_affected() == 0 {
                let (what, found, expected) = ("link to run", "used already".to_owned(), "unused");
                return Err(StoreError::NotInState { what, id: run, found, expected });
            }
        }
        crash::point("release-before-commit");
        tx.commit().await?;
        Ok(true)
    }

    /// The verdicts on a run, in the order they came.
    pub async fn approvals(&self, run: i64) -> Result<Vec<Approval>> {
        let rows = sqlx::query("SELECT * FROM approvals WHERE run_id = ? ORDER BY id")
            .bind(run)
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(approval_of).collect()
    }

    /// Puts the reasons of held runs into a language, as far as the ledger has them in it. A reason that was given since
    /// in another way stays as it is.
    pub async fn tell_reasons(&self, language: Language, runs: &mut [ReportRun]) -> Result<()> {
        if runs.iter().all(|run| run.state != RunState::Held) {
            return Ok(());
        }
        let rows = sqlx::query(
            "SELECT id, brief ->> ('$.held.' || ?) AS reason FROM runs WHERE state = 'held' \
             AND reason IN (SELECT value FROM json_each(runs.brief, '$.held'))",
        )
        .bind(language.code())
        .fetch_all(self.readers())
        .await?;
        for row in &rows {
            let (id, reason) = (row.number("id")?, row.maybe_text("reason")?);
            if let (Some(run), Some(reason)) = (runs.iter_mut().find(|run| run.id == id), reason) {
                run.reason = Some(reason);
            }
        }
        Ok(())
    }

    /// The verdict that a link was used for, if it was used.
    pub async fn link_used(&self, token: &str) -> Result<Option<Approval>> {
        let row =
            sqlx::query("SELECT * FROM approvals WHERE id = (SELECT approval_id FROM used_links WHERE token = ?)")
                .bind(token)
                .fetch_optional(self.readers())
                .await?;
        row.as_ref().map(approval_of).transpose()
    }

    /// What the approvers of a run are told beside its editions; empty where it was never compiled.
    pub async fn brief(&self, run: i64) -> Result<Brief> {
        let row = sqlx::query("SELECT brief FROM runs WHERE id = ?").bind(run).fetch_optional(self.readers()).await?;
        let text = row.map_or(Ok(None), |row| row.maybe_text("brief"))?;
        text.map_or_else(|| Ok(Brief::default()), |text| super::text::read_json("brief", &text))
    }
}

/// The hash over the editions as they are at this moment.
async fn shown_now(tx: &mut SqliteConnection, run: i64) -> Result<String> {
    let rows = sqlx::query("SELECT * FROM documents WHERE run_id = ?").bind(run).fetch_all(tx).await?;
    let documents: Vec<ArchivedDocument> = rows.iter().map(document_of).collect::<Result<_>>()?;
    Ok(approval::shown(&documents))
}

/// Released editions lie elsewhere, and say who signed them off: they are those that were shown, with more at
/// their end.
async fn move_documents(tx: &mut SqliteConnection, run: i64, documents: &[ArchivedDocument]) -> Result<()> {
    for document in documents {
        let size = i64::try_from(document.size).unwrap_or(i64::MAX);
        let statement =
            "UPDATE documents SET path = ?, sha256 = ?, size = ? WHERE run_id = ? AND edition = ? AND language = ?";
        let moved = sqlx::query(statement)
            .bind(&document.path)
            .bind(&document.sha256)
            .bind(size)
            .bind(run)
            .bind(&document.edition)
            .bind(document.language.code())
            .execute(&mut *tx)
            .await?;
        if moved.rows_affected() == 0 {
            return Err(not_in_state(tx, run, "as it was looked at").await);
        }
    }
    Ok(())
}

async fn insert_approval(tx: &mut SqliteConnection, verdict: &Approval) -> Result<i64> {
    let done = sqlx::query(
        "INSERT INTO approvals (run_id, approver, name, shown, verdict, reason, way, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(verdict.run)
    .bind(&verdict.approver)
    .bind(&verdict.name)
    .bind(&verdict.shown)
    .bind(verdict.verdict.word())
    .bind(&verdict.reason)
    .bind(verdict.way.word())
    .bind(instant(verdict.at))
    .execute(tx)
    .await?;
    Ok(done.last_insert_rowid())
}

fn approval_of(row: &SqliteRow) -> Result<Approval> {
    let (verdict, way) = (row.text("verdict")?, row.text("way")?);
    Ok(Approval {
        run: row.number("run_id")?,
        approver: row.text("approver")?,
        name: row.text("name")?,
        shown: row.text("shown")?,
        verdict: Verdict::from_word(&verdict).ok_or_else(|| StoreError::unreadable("verdict", &verdict))?,
        reason: row.maybe_text("reason")?,
        way: Way::from_word(&way).ok_or_else(|| StoreError::unreadable("way", &way))?,
        at: row.at("at")?,
    })
}

#[cfg(test)]
impl Store {
    /// A release by somebody who was shown the editions as they are.
    pub(crate) async fn release_run(
        &self,
        run: i64,
        by: &str,
        now: DateTime<Utc>,
        documents: &[ArchivedDocument],
        deliveries: &[NewDelivery],
    ) -> Result<()> {
        let verdict = Approval {
            run,
            approver: by.to_owned(),
            name: by.to_owned(),
            shown: approval::shown(&self.documents(run).await?),
            verdict: Verdict::Approved,
            reason: None,
            way: Way::Command,
            at: now,
        };
        let verdicts = self.approvals(run).await?.into_iter().filter(|one| one.shown == verdict.shown).count();
        let seen = Seen { state: self.run(run).await?.state, verdicts };
        self.sign_run(&verdict, None, seen, Decision::Release { by, documents, deliveries }).await.map(drop)
    }
}
