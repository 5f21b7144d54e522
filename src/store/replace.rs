//! What a file replaces, in one transaction: the same source, sheet and period.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use sqlx::sqlite::SqliteConnection;

use super::text::{Columns, instant, sheet_key, sheet_of, write_json};
use super::{Change, IncomingFile, Result, corrections};
use crate::record::{FileSummary, Sheet};

/// Period of the activity that entry `e` refers to, as told by the best source that is asked:
/// this file first, then the same source, then the others.
macro_rules! period_by_activity {
    ($also:literal) => {
        concat!(
            "(SELECT a.period FROM entries AS a JOIN files AS fa ON fa.id = a.file_id \
              WHERE a.sheet = 'activities' AND a.activity_id = e.activity_id AND a.period IS NOT NULL ",
            $also,
            " ORDER BY a.file_id = ?1 DESC, fa.source = ?2 DESC, fa.source, a.file_id DESC, a.id LIMIT 1)"
        )
    };
}
pub(super) use period_by_activity;

/// What the new file speaks of: each sheet and period it has a row of, accepted or held.
const SCOPE: &str = "
    SELECT DISTINCT sheet, period FROM entries WHERE file_id = ?1 AND period IS NOT NULL
    UNION SELECT sheet, period FROM held_rows WHERE file_id = ?1 AND sheet IS NOT NULL AND period IS NOT NULL";

/// The same, of the rows whose activity decides.
const SCOPE_BY_ACTIVITY: &str = concat!(
    "SELECT DISTINCT sheet, period FROM (SELECT e.sheet AS sheet, ",
    period_by_activity!(""),
    " AS period FROM entries AS e WHERE e.file_id = ?1 AND e.period IS NULL) WHERE period IS NOT NULL"
);

/// Earlier rows of the source that the new file tells again. A row without a period of its own is
/// told again with its activity, or with the period that its activity has or had.
const LEAVING: &str = concat!(
    "INSERT INTO leaving (id) SELECT e.id FROM entries AS e JOIN files AS f ON f.id = e.file_id \
     WHERE f.source = ?2 AND e.file_id <> ?1 AND CASE WHEN e.period IS NOT NULL \
       THEN EXISTS (SELECT 1 FROM scope WHERE scope.sheet = e.sheet AND scope.period = e.period) \
       ELSE EXISTS (SELECT 1 FROM retold WHERE retold.sheet = e.sheet AND retold.activity_id IS e.activity_id) \
         OR EXISTS (SELECT 1 FROM scope WHERE scope.sheet = e.sheet AND scope.period IN (",
    period_by_activity!(""),
    ", ",
    period_by_activity!("AND a.file_id <> ?1"),
    ")) END"
);

/// Earlier held rows of the source that the new file tells again: of its sheets and periods; of a
/// period nobody knew, where it has the sheet; of no sheet. And a row whose period was corrected:
/// the same row of the same sheet of a file of the same name, accepted now, where everything else
/// that the earlier file had on the sheet is told again too.
const HELD_LEAVING: &str = "
    INSERT INTO held_leaving (id) SELECT h.id FROM held_rows AS h JOIN files AS f ON f.id = h.file_id
    WHERE f.source = ?2 AND h.file_id <> ?1 AND (
        h.sheet IS NULL
        OR (h.period IS NULL AND h.sheet IN (SELECT value FROM json_each(?3)))
        OR EXISTS (SELECT 1 FROM scope WHERE scope.sheet = h.sheet AND scope.period = h.period)
        OR (f.file = ?4
            AND EXISTS (SELECT 1 FROM entries AS n WHERE n.file_id = ?1 AND n.sheet = h.sheet AND n.row = h.row - 1)
            AND EXISTS (SELECT 1 FROM entries AS e JOIN leaving ON leaving.id = e.id
                        WHERE e.file_id = h.file_id AND e.sheet = h.sheet)
            AND NOT EXISTS (SELECT 1 FROM entries AS e WHERE e.file_id = h.file_id AND e.sheet = h.sheet
                            AND e.id NOT IN (SELECT id FROM leaving))))";

/// What leaves, a page of it. It is few among all that the ledger has, and `CROSS JOIN` has `SQLite` begin
/// with it: by itself it walks through all entries, in the order that is asked for, and looks each up.
const BEFORE: &str = "SELECT id, sheet, key, digest FROM leaving CROSS JOIN entries USING (id)
    WHERE id > ? ORDER BY id LIMIT 1000";

/// Files of which something leaves, in the same way.
const REPLACED: &str = "UPDATE files SET replaced_by = ? WHERE replaced_by IS NULL AND id IN (
    SELECT file_id FROM leaving CROSS JOIN entries USING (id)
    UNION SELECT file_id FROM held_leaving CROSS JOIN held_rows USING (id))";

/// Made once on a connection, outside any transaction, and emptied with each file.
pub(super) const TABLES: &str = "
    CREATE TEMP TABLE scope (sheet TEXT, period TEXT, first_day TEXT, last_day TEXT,
        PRIMARY KEY (sheet, period)) WITHOUT ROWID;
    CREATE TEMP TABLE retold (sheet TEXT, activity_id TEXT, UNIQUE (sheet, activity_id));
    CREATE TEMP TABLE leaving (id INTEGER PRIMARY KEY);
    CREATE TEMP TABLE held_leaving (id INTEGER PRIMARY KEY);
    CREATE TEMP TABLE changed (period TEXT PRIMARY KEY, first_day TEXT, last_day TEXT) WITHOUT ROWID;";
/// See [`TABLES`].
pub(super) const CLEARING: &str =
    "DELETE FROM scope; DELETE FROM retold; DELETE FROM leaving; DELETE FROM held_leaving; DELETE FROM changed;";

/// A row as far as changes are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Told {
    pub(super) sheet: Sheet,
    /// See [`super::key::key`].
    pub(super) key: i64,
    /// See [`super::key::digest`].
    pub(super) digest: i64,
}

/// Writes the file itself, and gives its number.
pub(super) async fn insert_file(
    tx: &mut SqliteConnection,
    incoming: &IncomingFile,
    summary: &FileSummary,
) -> Result<i64> {
    let done = sqlx::query("INSERT INTO files (source, file, sha256, received_at, summary) VALUES (?, ?, ?, ?, ?)")
        .bind(&incoming.source)
        .bind(&incoming.file)
        .bind(&incoming.sha256)
        .bind(instant(incoming.received_at))
        .bind(write_json(summary)?)
        .execute(tx)
        .await?;
    Ok(done.last_insert_rowid())
}

/// Moves the staged rows over, and takes away what they replace.
pub(super) async fn replace(
    tx: &mut SqliteConnection,
    file: i64,
    incoming: &IncomingFile,
    summary: &FileSummary,
    told: Vec<Told>,
) -> Result<Change> {
    for statement in [
        "INSERT INTO entries (file_id, header, row, sheet, period, first_day, last_day, activity_id, key, digest, \
         faults, content, event) SELECT ?1, header, row, sheet, period, first_day, last_day, activity_id, key, digest, \
         faults, content, event FROM staged ORDER BY rowid",
        "INSERT INTO held_rows (file_id, sheet, period, first_day, last_day, row, activity_id) \
         SELECT ?1, sheet, period, first_day, last_day, row, activity_id FROM staged_held ORDER BY rowid",
        "INSERT INTO diagnostics (file_id, number, content) SELECT ?1, number, content FROM staged_diagnostics",
    ] {
        sqlx::query(statement).bind(file).execute(&mut *tx).await?;
    }
    fill_scope(tx, file, &incoming.source).await?;
    sqlx::query(
        "INSERT OR IGNORE INTO retold SELECT sheet, activity_id FROM entries WHERE file_id = ? AND period IS NULL",
    )
    .bind(file)
    .execute(&mut *tx)
    .await?;
    sqlx::query(LEAVING).bind(file).bind(&incoming.source).execute(&mut *tx).await?;
    let sheets = sheets_of(tx, file, summary).await?;
    sqlx::query(HELD_LEAVING)
        .bind(file)
        .bind(&incoming.source)
        .bind(write_json(&sheets)?)
        .bind(&incoming.file)
        .execute(&mut *tx)
        .await?;
    let change = count_changes(tx, told).await?;
    wake_runs(tx, incoming).await?;
    corrections::begin(tx, file, incoming).await?;
    sqlx::query(REPLACED).bind(file).execute(&mut *tx).await?;
    sqlx::raw_sql(
        "DELETE FROM entries WHERE id IN (SELECT id FROM leaving); \
         DELETE FROM held_rows WHERE id IN (SELECT id FROM held_leaving);",
    )
    .execute(&mut *tx)
    .await?;
    Ok(change)
}

async fn fill_scope(tx: &mut SqliteConnection, file: i64, source: &str) -> Result<()> {
    let mut rows = sqlx::query(SCOPE).bind(file).fetch_all(&mut *tx).await?;
    rows.extend(sqlx::query(SCOPE_BY_ACTIVITY).bind(file).bind(source).fetch_all(&mut *tx).await?);
    for row in &rows {
        let period = row.period("period")?;
        sqlx::query("INSERT OR IGNORE INTO scope (sheet, period, first_day, last_day) VALUES (?, ?, ?, ?)")
            .bind(row.text("sheet")?)
            .bind(period.to_string())
            .bind(period.first_day().to_string())
            .bind(period.last_day().to_string())
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

/// The sheets that the file has, with rows or without.
async fn sheets_of(tx: &mut SqliteConnection, file: i64, summary: &FileSummary) -> Result<BTreeSet<String>> {
    let mut sheets: BTreeSet<String> = summary.sheets.keys().map(|s| sheet_key(*s).to_owned()).collect();
    let rows = sqlx::query(
        "SELECT DISTINCT sheet FROM entries WHERE file_id = ?1 \
         UNION SELECT sheet FROM held_rows WHERE file_id = ?1 AND sheet IS NOT NULL",
    )
    .bind(file)
    .fetch_all(tx)
    .await?;
    for row in &rows {
        sheets.insert(row.text("sheet")?);
    }
    Ok(sheets)
}

/// Compares what the file says with what it replaces.
async fn count_changes(tx: &mut SqliteConnection, mut after: Vec<Told>) -> Result<Change> {
    let mut before: Vec<Told> = Vec::new();
    let mut last = i64::MIN;
    // In pages: a fetched row takes a hundred times what is kept of it.
    loop {
        let rows = sqlx::query(BEFORE).bind(last).fetch_all(&mut *tx).await?;
        for row in &rows {
            last = row.number("id")?;
            let sheet = sheet_of(&row.text("sheet")?)?;
            before.push(Told { sheet, key: row.number("key")?, digest: row.number("digest")? });
        }
        if rows.is_empty() {
            break;
        }
    }
    before.sort_unstable();
    after.sort_unstable();
    let same = in_both(&before, &after, |told| (told.sheet, told.key, told.digest));
    let matched = in_both(&before, &after, |told| (told.sheet, told.key, 0));
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Change {
        added: number(after.len() - matched),
        changed: number(matched - same),
        gone: number(before.len() - matched),
        same: number(same),
    })
}

/// How many of two sorted lists can be paired, each once, by what `part` gives of them.
fn in_both<K: Ord>(a: &[Told], b: &[Told], part: impl Fn(&Told) -> K) -> usize {
    let (mut a, mut b) = (a.iter().map(&part).peekable(), b.iter().map(&part).peekable());
    let mut pairs = 0;
    while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
        match left.cmp(right) {
            Ordering::Less => drop(a.next()),
            Ordering::Greater => drop(b.next()),
            Ordering::Equal => {
                pairs += 1;
                a.next();
                b.next();
            }
        }
    }
    pairs
}

/// Runs that are not released, were not held by a person, and whose data this file changes are
/// due again: what a person is asked to sign off is never older than what was accepted. One that is
/// being compiled is fenced off, and begins anew.
async fn wake_runs(tx: &mut SqliteConnection, incoming: &IncomingFile) -> Result<()> {
    sqlx::query(
        "UPDATE runs SET state = 'due', reason = NULL, updated_at = ?, fence = fence + (state = 'compiling'), \
         claimed_by = NULL, lease_until = NULL \
         WHERE state IN ('held', 'awaiting_approval', 'compiling') AND decided_by IS NULL \
         AND EXISTS (SELECT 1 FROM ( \
             SELECT first_day, last_day FROM scope \
             UNION SELECT first_day, last_day FROM held_leaving CROSS JOIN held_rows USING (id)) AS touched \
           WHERE touched.first_day IS NULL \
             OR (touched.first_day >= runs.first_day AND touched.last_day <= runs.last_day))",
    )
    .bind(instant(incoming.received_at))
    .execute(&mut *tx)
    .await?;
    // What was compiled before and has not left yet is not shown to the approvers any more.
    sqlx::query(
        "UPDATE deliveries SET state = 'cancelled' WHERE purpose = 'sign_off' AND state IN ('pending', 'waiting') \
         AND run_id IN (SELECT id FROM runs WHERE state = 'due')",
    )
    .execute(tx)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two thousand files of one day took as long again as they should: each walked through all before it.
    #[tokio::test]
    async fn what_leaves_is_found_without_walking_through_the_ledger() {
        use sqlx::{Connection as _, Row as _};
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        for tables in super::super::connect::MIGRATIONS.iter().copied().chain([TABLES]) {
            sqlx::raw_sql(tables).execute(&mut connection).await.unwrap();
        }
        for statement in [BEFORE, REPLACED, LEAVING, HELD_LEAVING] {
            let plan = format!("EXPLAIN QUERY PLAN {statement}");
            let steps = sqlx::query(sqlx::AssertSqlSafe(plan)).fetch_all(&mut connection).await.unwrap();
            assert!(!steps.is_empty());
            for step in steps {
                let told: String = step.get("detail");
                let walks = told.starts_with("SCAN") || told.contains("rowid>?");
                let table = told.split(' ').nth(1).unwrap_or_default();
                assert!(!walks || !["entries", "held_rows", "e", "h"].contains(&table), "{statement}: {told}");
            }
        }
    }

    #[test]
    fn rows_are_paired_once() {
        let told = |key, digest| Told { sheet: Sheet::Plan, key, digest };
        let a = [told(1, 1), told(1, 2), told(2, 1), told(4, 1)];
        let b = [told(1, 2), told(1, 3), told(1, 4), told(3, 1), told(4, 1)];
        assert_eq!(in_both(&a, &b, |t| (t.key, t.digest)), 2);
        assert_eq!(in_both(&a, &b, |t| (t.key, 0)), 3);
        assert_eq!(in_both(&a, &[], |t| (t.key, 0)), 0);
    }
}
