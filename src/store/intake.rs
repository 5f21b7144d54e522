//! Writing one file's rows.
//!
//! Rows are staged as they come in a temporary table of a connection of their own: memory stays
//! small however large the file is, and nobody else waits for the ledger while a child process is
//! still reading. [`FileWriter::commit`] moves them over in one transaction.

use std::collections::BTreeMap;
use std::sync::Arc;

use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

use super::key::{digest, event, key};
use super::replace::{self, Told};
use super::text::{sheet_key, write_json};
use super::{Change, HeldRow, IncomingFile, Result, Store};
use crate::diagnostic::Diagnostic;
use crate::period::ReportingPeriod;
use crate::record::{Entry, FileSummary, Record};
use crate::twin;

/// Rows of one INSERT. `SQLite` takes 32,766 values in one statement; beyond a hundred rows or so
/// nothing is gained.
const BATCH: usize = 128;

/// A cache of 16 MiB for the one commit: the default of 2 MiB would read its own pages back.
const STAGING: &str = "
    PRAGMA cache_size = -16384;
    CREATE TEMP TABLE staged (
        header INTEGER, row INTEGER, sheet TEXT, period TEXT, first_day TEXT, last_day TEXT,
        activity_id TEXT, key INTEGER, digest INTEGER, faults TEXT, content TEXT, event INTEGER
    );
    CREATE TEMP TABLE staged_held (
        sheet TEXT, period TEXT, first_day TEXT, last_day TEXT, row INTEGER, activity_id TEXT
    );
    CREATE TEMP TABLE staged_diagnostics (number INTEGER PRIMARY KEY, content TEXT);
";

const CLEARING: &str = "DELETE FROM staged; DELETE FROM staged_held; DELETE FROM staged_diagnostics;";

/// Writes one file's rows; nothing is in the ledger before [`FileWriter::commit`]. A writer that
/// is dropped leaves nothing behind.
pub struct FileWriter<'a> {
    store: &'a Store,
    connection: SqliteConnection,
    incoming: IncomingFile,
    headers: Vec<Header>,
    entries: Vec<Staged>,
    held: Vec<HeldRow>,
    diagnostics: Vec<String>,
    /// Keys and digests of all rows, 24 bytes each.
    told: Vec<Told>,
}

/// One header row of a sheet, shared by the rows below it.
struct Header {
    sheet: String,
    columns: Arc<BTreeMap<String, u32>>,
}

/// A row ready to be bound.
struct Staged {
    header: i64,
    row: u32,
    sheet: &'static str,
    period: Option<ReportingPeriod>,
    activity_id: Option<String>,
    key: i64,
    digest: i64,
    faults: Option<String>,
    content: String,
    event: Option<i64>,
}

impl Store {
    /// Begins to write a file's rows.
    pub async fn begin_file(&self, file: IncomingFile) -> Result<FileWriter<'_>> {
        let connection = match self.connections().staging() {
            Some(connection) => connection,
            None => {
                let mut connection = self.connections().separate().await?;
                sqlx::raw_sql(STAGING).execute(&mut connection).await?;
                sqlx::raw_sql(replace::TABLES).execute(&mut connection).await?;
                connection
            }
        };
        Ok(FileWriter {
            store: self,
            connection,
            incoming: file,
            headers: Vec::new(),
            entries: Vec::with_capacity(BATCH),
            held: Vec::new(),
            diagnostics: Vec::new(),
            told: Vec::new(),
        })
    }
}

impl FileWriter<'_> {
    /// Adds an accepted row.
    pub async fn entry(&mut self, entry: Entry) -> Result<()> {
        let content = write_json(&entry.record)?;
        let faults = if entry.faults.is_empty() { None } else { Some(write_json(&entry.faults)?) };
        let activity_id = match &entry.record {
            Record::Activities(activity) => activity.id.clone(),
            other => other.activity_id().map(str::to_owned),
        };
        let event = match &entry.record {
            Record::Activities(activity) => twin::key(activity).map(|key| event(&key)),
            _ => None,
        };
        let staged = Staged {
            header: self.header(&entry)?,
            row: entry.origin.row,
            sheet: sheet_key(entry.record.sheet()),
            period: entry.period,
            activity_id,
            key: key(&entry.record),
            digest: digest(&entry, &content),
            faults,
            content,
            event,
        };
        self.told.push(Told { sheet: entry.record.sheet(), key: staged.key, digest: staged.digest });
        self.entries.push(staged);
        if self.entries.len() >= BATCH { self.flush_entries().await } else { Ok(()) }
    }

    /// Adds a held row.
    pub async fn held(&mut self, held: HeldRow) -> Result<()> {
        self.held.push(held);
        if self.held.len() >= BATCH { self.flush_held().await } else { Ok(()) }
    }

    /// Adds something told about the file, in the order told.
    pub async fn diagnostic(&mut self, diagnostic: Diagnostic) -> Result<()> {
        self.diagnostics.push(write_json(&diagnostic)?);
        if self.diagnostics.len() >= BATCH { self.flush_diagnostics().await } else { Ok(()) }
    }

    /// Replaces, sheet by sheet and period by period, what the source had sent before, and makes
    /// it all stand. Runs held for a period that it touches are due again, unless a person held them.
    pub async fn commit(mut self, summary: &FileSummary) -> Result<Change> {
        self.flush_entries().await?;
        self.flush_held().await?;
        self.flush_diagnostics().await?;
        // The writers of this process take turns here, those of others by `busy_timeout`.
        let turn = self.store.writer().acquire().await?;
        let mut tx = sqlx::Connection::begin_with(&mut self.connection, "BEGIN IMMEDIATE").await?;
        let file = replace::insert_file(&mut tx, &self.incoming, summary).await?;
        for (number, header) in self.headers.iter().enumerate() {
            sqlx::query("INSERT INTO headers (file_id, number, sheet_name, columns) VALUES (?, ?, ?, ?)")
                .bind(file)
                .bind(i64::try_from(number).unwrap_or(i64::MAX))
                .bind(&header.sheet)
                .bind(write_json(&*header.columns)?)
                .execute(&mut *tx)
                .await?;
        }
        let change = replace::replace(&mut tx, file, &self.incoming, summary, std::mem::take(&mut self.told)).await?;
        // With the rows, so that the tables are empty for the next file whenever these stand.
        sqlx::raw_sql(CLEARING).execute(&mut *tx).await?;
        sqlx::raw_sql(replace::CLEARING).execute(&mut *tx).await?;
        crate::crash::point("file-before-commit");
        tx.commit().await?;
        crate::crash::point("file-committed");
        drop(turn);
        self.store.connections().keep_staging(self.connection);
        Ok(change)
    }

    /// Number of the header row that an entry stands under.
    fn header(&mut self, entry: &Entry) -> Result<i64> {
        let origin = &entry.origin;
        // Nearly always the last one, and the very same map.
        let found = self.headers.iter().rposition(|h| {
            h.sheet == origin.sheet && (Arc::ptr_eq(&h.columns, &origin.columns) || h.columns == origin.columns)
        });
        let number = found.unwrap_or_else(|| {
            self.headers.push(Header { sheet: origin.sheet.clone(), columns: Arc::clone(&origin.columns) });
            self.headers.len() - 1
        });
        i64::try_from(number).map_err(|_| super::StoreError::unreadable("header", "too many"))
    }

    async fn flush_entries(&mut self) -> Result<()> {
        if self.entries.is_empty() {
            return Ok(());
        }
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO staged ");
        query.push_values(self.entries.drain(..), |mut values, entry| {
            let (period, first_day, last_day) = period_columns(entry.period);
            values
                .push_bind(entry.header)
                .push_bind(entry.row)
                .push_bind(entry.sheet)
                .push_bind(period)
                .push_bind(first_day)
                .push_bind(last_day)
                .push_bind(entry.activity_id)
                .push_bind(entry.key)
                .push_bind(entry.digest)
                .push_bind(entry.faults)
                .push_bind(entry.content)
                .push_bind(entry.event);
        });
        query.build().execute(&mut self.connection).await?;
        Ok(())
    }

    async fn flush_held(&mut self) -> Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO staged_held ");
        query.push_values(self.held.drain(..), |mut values, held| {
            let (period, first_day, last_day) = period_columns(held.period);
            values
                .push_bind(held.sheet.map(sheet_key))
                .push_bind(period)
                .push_bind(first_day)
                .push_bind(last_day)
                .push_bind(held.row)
                .push_bind(held.activity_id);
        });
        query.build().execute(&mut self.connection).await?;
        Ok(())
    }

    async fn flush_diagnostics(&mut self) -> Result<()> {
        if self.diagnostics.is_empty() {
            return Ok(());
        }
        let mut query = QueryBuilder::<Sqlite>::new("INSERT INTO staged_diagnostics (content) ");
        query.push_values(self.diagnostics.drain(..), |mut values, content| {
            values.push_bind(content);
        });
        query.build().execute(&mut self.connection).await?;
        Ok(())
    }
}

/// A period as the tables have it: its name, its first and its last day.
fn period_columns(period: Option<ReportingPeriod>) -> (Option<String>, Option<String>, Option<String>) {
    (period.map(|p| p.to_string()), period.map(|p| p.first_day().to_string()), period.map(|p| p.last_day().to_string()))
}
