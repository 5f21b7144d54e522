//! A copy of the ledger to rehearse on.

use std::path::Path;

use sqlx::ConnectOptions;
use sqlx::sqlite::SqliteConnectOptions;

use super::connect::path_of;
use super::{Result, Store};

/// What a rehearsal begins without: it plans, compiles and sends anew.
const LEFT_OUT: [&str; 15] = [
    "attempts",
    "deliveries",
    "documents",
    "runs",
    "schedules",
    "backlogs",
    "notices",
    "channel_hold",
    "configurations",
    "configuration_changes",
    "notes",
    "sessions",
    "tokens",
    "accounts",
    "audit",
];

impl Store {
    /// Opens a copy of the ledger at `url` (below `home`) as `state/ledger.db` of another home:
    /// its rows, without anything that was planned, compiled or sent. The ledger itself is only
    /// read. Where there is none yet, the copy is empty.
    ///
    /// # Errors
    /// When the ledger cannot be read, or the copy not be written.
    pub async fn rehearsal(url: &str, home: &Path, stage: &Path) -> Result<Self> {
        let ledger = path_of(url, home)?;
        let copy = stage.join("state/ledger.db");
        if ledger.is_file() {
            let options = SqliteConnectOptions::new().filename(&ledger).read_only(true).disable_statement_logging();
            let mut connection = options.connect().await?;
            sqlx::query("VACUUM INTO ?").bind(copy.to_string_lossy()).execute(&mut connection).await?;
            sqlx::Connection::close(connection).await?;
        }
        let store = Self::open("sqlite:state/ledger.db", stage).await?;
        for table in LEFT_OUT {
            sqlx::raw_sql(sqlx::AssertSqlSafe(format!("DELETE FROM {table}"))).execute(store.writer()).await?;
        }
        // A rehearsal that a power cut ends is begun again.
        sqlx::raw_sql("PRAGMA synchronous = OFF").execute(store.writer()).await?;
        Ok(store)
    }
}
