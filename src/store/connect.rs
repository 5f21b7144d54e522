//! Opening the ledger: where it is, how it is kept, and its migrations.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Row};

use super::settle::Log;
use super::{Result, StoreError};

/// All migrations, in order. The number of those applied is kept in `PRAGMA user_version`.
pub(super) const MIGRATIONS: [&str; 13] = [
    include_str!("migrations/0001_ledger.sql"),
    include_str!("migrations/0002_across_files.sql"),
    include_str!("migrations/0003_answers.sql"),
    include_str!("migrations/0004_schedules.sql"),
    include_str!("migrations/0005_outbox.sql"),
    include_str!("migrations/0006_notices.sql"),
    include_str!("migrations/0007_held_activities.sql"),
    include_str!("migrations/0008_sign_off.sql"),
    include_str!("migrations/0009_readiness.sql"),
    include_str!("migrations/0010_bounces.sql"),
    include_str!("migrations/0011_accounts.sql"),
    include_str!("migrations/0012_audit.sql"),
    include_str!("migrations/0013_lists.sql"),
];

/// How long one writer waits for another, across processes. A large file takes about a second.
const BUSY_FOR: Duration = Duration::from_secs(30);

/// After so many pages of its log the outbox writes them into the ledger; by default it would every forty mails.
const OUTBOX_CHECKPOINT: &str = "4000";

/// The connections of one process to the ledger.
#[derive(Debug)]
pub(super) struct Connections {
    /// Readers; in WAL mode they neither wait for the writer nor keep it waiting.
    pub(super) readers: SqlitePool,
    /// The one writer of this process; others of the machine wait by `busy_timeout`.
    pub(super) writer: SqlitePool,
    /// The writer of the outbox, of which several connections to a mail server want something at once: it does not
    /// sync, and whoever has committed waits for the log.
    pub(super) outbox: SqlitePool,
    pub(super) log: Log,
    options: SqliteConnectOptions,
    /// A connection on which a file was written, for the next one: its pages are still warm.
    staging: Mutex<Option<SqliteConnection>>,
}

impl Connections {
    pub(super) async fn open(url: &str, home: &Path) -> Result<Self> {
        let path = path_of(url, home)?;
        create_private(&path).map_err(|error| StoreError::File { path: path.clone(), error })?;
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .journal_mode(SqliteJournalMode::Wal)
            // FULL: what was committed survives a power cut. NORMAL might lose the last
            // commits, among them that a mail had left.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_FOR)
            .foreign_keys(true)
            .disable_statement_logging();
        let pool = |connections| {
            SqlitePoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(BUSY_FOR * 2)
                // A file does not go away like a server does.
                .test_before_acquire(false)
                .max_lifetime(None)
        };
        let writer = pool(1).idle_timeout(None).connect_with(options.clone()).await?;
        migrate(&writer).await?;
        let readers = pool(4).connect_lazy_with(options.clone());
        let outbox = pool(1).idle_timeout(None).connect_lazy_with(
            options.clone().synchronous(SqliteSynchronous::Normal).pragma("wal_autocheckpoint", OUTBOX_CHECKPOINT),
        );
        Ok(Self { readers, writer, outbox, log: Log::of(&path), options, staging: Mutex::default() })
    }

    /// The connection on which files are staged, where nobody else has it.
    pub(super) fn staging(&self) -> Option<SqliteConnection> {
        self.staging.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Keeps a connection, whose staging tables are empty, for the next file.
    pub(super) fn keep_staging(&self, connection: SqliteConnection) {
        // One is kept. A second one, of two files written at once, is closed as it is dropped.
        *self.staging.lock().unwrap_or_else(PoisonError::into_inner) = Some(connection);
    }

    /// A connection outside the pools, for work with temporary tables of its own.
    pub(super) async fn separate(&self) -> Result<SqliteConnection> {
        Ok(self.options.connect().await?)
    }
}

/// Notices that somebody changed the ledger, this process or another.
pub struct ChangeWatch {
    connection: SqliteConnection,
    seen: i64,
}

impl ChangeWatch {
    /// Whether anything was committed since this was asked last.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub async fn has_changed(&mut self) -> Result<bool> {
        let version = data_version(&mut self.connection).await?;
        Ok(std::mem::replace(&mut self.seen, version) != version)
    }
}

impl super::Store {
    /// Begins to watch for changes; asking is cheap enough for once a second.
    ///
    /// # Errors
    /// When the ledger cannot be opened once more.
    pub async fn watch(&self) -> Result<ChangeWatch> {
        let mut connection = self.connections().separate().await?;
        let seen = data_version(&mut connection).await?;
        Ok(ChangeWatch { connection, seen })
    }
}

/// Changes when another connection commits.
async fn data_version(connection: &mut SqliteConnection) -> Result<i64> {
    Ok(sqlx::query("PRAGMA data_version").fetch_one(connection).await?.try_get(0)?)
}

/// The file that an address such as `sqlite:state/ledger.db` or `sqlite:///var/ledger.db` means.
pub(super) fn path_of(url: &str, home: &Path) -> Result<PathBuf> {
    let refuse = || StoreError::Address(url.to_owned());
    let rest = url.strip_prefix("sqlite:").ok_or_else(refuse)?;
    let path = rest.strip_prefix("//").unwrap_or(rest);
    // In memory, each connection would have a ledger of its own.
    if path.is_empty() || path.contains(":memory:") || path.contains('?') {
        return Err(refuse());
    }
    Ok(home.join(path))
}

/// Makes the folder and the file, for their owner alone; `SQLite` gives its side files the same mode.
fn create_private(path: &Path) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new();
    file.create(true).append(true);
    let mut folder = std::fs::DirBuilder::new();
    folder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        file.mode(0o600);
        folder.mode(0o700);
    }
    if let Some(parent) = path.parent() {
        folder.create(parent)?;
    }
    file.open(path).map(drop)
}

async fn migrate(writer: &SqlitePool) -> Result<()> {
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    if version(writer).await? == known {
        return Ok(());
    }
    // Under the write lock, so that two processes that start together migrate once.
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    let found: i64 = sqlx::query("PRAGMA user_version").fetch_one(&mut *tx).await?.try_get(0)?;
    if found > known {
        return Err(StoreError::Newer { found, known });
    }
    let done = usize::try_from(found).unwrap_or(0);
    for migration in MIGRATIONS.iter().skip(done) {
        sqlx::raw_sql(*migration).execute(&mut *tx).await?;
    }
    sqlx::raw_sql(sqlx::AssertSqlSafe(format!("PRAGMA user_version = {known}"))).execute(&mut *tx).await?;
    tx.commit().await?;
    Ok(())
}

async fn version(pool: &SqlitePool) -> Result<i64> {
    Ok(sqlx::query("PRAGMA user_version").fetch_one(pool).await?.try_get(0)?)
}
