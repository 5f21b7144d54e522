use super::*;
use crate::diagnostic::{Diagnostic, Place};

fn q4(records: Vec<Record>) -> Vec<(Option<&'static str>, Record)> {
    records.into_iter().map(|r| (Some("2017-Q4"), r)).collect()
}

#[tokio::test]
async fn the_ledger_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, store) = ledger().await;
    store.set_note("a", "b").await.unwrap();
    for file in ["ledger.db", "ledger.db-wal"] {
        let mode = std::fs::metadata(folder.path().join("state").join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
}

#[tokio::test]
async fn an_address_of_another_kind_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for address in ["postgres://x", "state/ledger.db", "sqlite:", "sqlite::memory:"] {
        let refused = Store::open(address, folder.path()).await;
        assert!(matches!(refused, Err(StoreError::Address(_))), "{address}");
    }
}

#[tokio::test]
async fn a_ledger_of_a_newer_program_is_left_alone() {
    let (folder, store) = ledger().await;
    sqlx::query("PRAGMA user_version = 99").execute(store.writer()).await.unwrap();
    store.close().await;
    let refused = Store::open("sqlite:state/ledger.db", folder.path()).await;
    assert!(matches!(refused, Err(StoreError::Newer { found: 99, .. })));
}

#[tokio::test]
async fn rows_come_back_as_they_went_in() {
    let (_folder, store) = ledger().await;
    let incoming = IncomingFile {
        source: "tj@example.org".to_owned(),
        file: "TJ.xlsx".to_owned(),
        sha256: "ab".to_owned(),
        received_at: noon(),
    };
    let mut sent = entry("TJ.xlsx", 13, Some("2017-Q4"), activity(Some("A-1"), "«Школа» O'Brien"));
    sent.faults = vec!["women-and-men-exceed-total".to_owned()];
    let told = Diagnostic::warning("weekend", Place::file("TJ.xlsx")).with("row", 14_u32);
    let mut writer = store.begin_file(incoming).await.unwrap();
    writer.entry(sent.clone()).await.unwrap();
    writer
        .held(HeldRow { file: "TJ.xlsx".to_owned(), sheet: Some(Sheet::Plan), period: None, row: 9, activity_id: None })
        .await
        .unwrap();
    writer.diagnostic(told.clone()).await.unwrap();
    let summary = FileSummary { file: "TJ.xlsx".to_owned(), rows_read: 2, rows_held: 1, ..FileSummary::default() };
    assert!(store.files(9).await.unwrap().is_empty(), "nothing is there before the commit");
    let change = writer.commit(&summary).await.unwrap();

    assert_eq!(change, Change { added: 1, ..Change::default() });
    let data = store.period_data(period("2017-Q4")).await.unwrap();
    assert_eq!(data.entries, [sent.clone()]);
    assert_eq!(data.entries[0].origin.cell("participants").unwrap().to_string(), "E14");
    assert_eq!(data.held.len(), 1);
    assert_eq!(data.files[0].diagnostics, [told]);
    assert_eq!(data.files[0].summary, summary);
    assert_eq!(store.period_data(period("2017")).await.unwrap().entries, [sent]);
    assert!(store.period_data(period("2018-Q1")).await.unwrap().entries.is_empty());
    let found = store.file_with_bytes("tj@example.org", "ab").await.unwrap().unwrap();
    assert_eq!((found.received_at, found.id), (noon(), data.files[0].id));
    assert!(store.file_with_bytes("kg@example.org", "ab").await.unwrap().is_none());
}

#[tokio::test]
async fn a_writer_that_is_dropped_leaves_nothing() {
    let (_folder, store) = ledger().await;
    let incoming = IncomingFile { source: "a".into(), file: "a".into(), sha256: "a".into(), received_at: noon() };
    let mut writer = store.begin_file(incoming).await.unwrap();
    for row in 0..1000 {
        writer.entry(entry("a", row, Some("2017-Q4"), activity(None, "x"))).await.unwrap();
    }
    // Another writer is not kept waiting.
    store.set_note("still", "free").await.unwrap();
    drop(writer);
    assert!(store.files(9).await.unwrap().is_empty());
    assert!(told(&store, "2017-Q4").await.is_empty());
}

#[tokio::test]
async fn the_same_source_sheet_and_period_replaces() {
    let (_folder, store) = ledger().await;
    let tj = "tj@example.org";
    let rows = vec![
        (Some("2017-Q3"), activity(Some("A-1"), "old third")),
        (Some("2017-Q4"), activity(Some("A-2"), "kept")),
        (Some("2017-Q4"), activity(Some("A-3"), "to be mended")),
        (Some("2017-Q4"), activity(None, "to go")),
    ];
    drop_file(&store, Dropped { source: tj, file: "TJ.xlsx", rows, ..Dropped::default() }).await;
    let kg = q4(vec![activity(Some("K-1"), "of KG")]);
    drop_file(&store, Dropped { source: "kg@example.org", file: "KG.xlsx", rows: kg, ..Dropped::default() }).await;

    let rows = q4(vec![
        activity(Some("A-2"), "kept"),
        activity(Some("A-3"), "mended"),
        activity(None, "new"),
        activity(None, "newer"),
    ]);
    let change = drop_file(&store, Dropped { source: tj, file: "TJ 2.xlsx", rows, ..Dropped::default() }).await;

    assert_eq!(change, Change { added: 2, changed: 1, gone: 1, same: 1 });
    assert_eq!(told(&store, "2017-Q3").await, ["TJ.xlsx:old third"]);
    assert_eq!(
        told(&store, "2017-Q4").await,
        ["KG.xlsx:of KG", "TJ 2.xlsx:kept", "TJ 2.xlsx:mended", "TJ 2.xlsx:new", "TJ 2.xlsx:newer"]
    );
}

#[tokio::test]
async fn other_sheets_and_periods_are_left_alone() {
    let (_folder, store) = ledger().await;
    let rows = vec![
        (Some("2017-Q4"), activity(Some("A-1"), "one")),
        (Some("2017-Q4"), participation("A-1", "Border Guard")),
        (Some("2017"), activity(Some("A-9"), "of the year")),
    ];
    drop_file(&store, Dropped { source: "s", file: "f", rows, ..Dropped::default() }).await;
    let rows = q4(vec![activity(Some("A-2"), "two")]);
    drop_file(&store, Dropped { source: "s", file: "g", rows, ..Dropped::default() }).await;
    assert_eq!(told(&store, "2017-Q4").await, ["g:two", "f:A-1/Border Guard"]);
    assert_eq!(told(&store, "2017").await, ["f:of the year", "g:two", "f:A-1/Border Guard"]);
}

#[tokio::test]
async fn bytes_are_in_force_until_something_of_them_is_replaced() {
    let (_folder, store) = ledger().await;
    let send = async |sha: &str, rows: Vec<(Option<&str>, Record)>| {
        let incoming = IncomingFile { source: "s".into(), file: "f".into(), sha256: sha.into(), received_at: noon() };
        let mut writer = store.begin_file(incoming).await.unwrap();
        for (row, (period, record)) in (1..).zip(rows) {
            writer.entry(entry("f", row, period, record)).await.unwrap();
        }
        writer.commit(&FileSummary::default()).await.unwrap()
    };
    send("one", q4(vec![activity(Some("A"), "first")])).await;
    send("other", vec![(Some("2018-Q1"), activity(Some("B"), "elsewhere"))]).await;
    assert!(store.file_with_bytes("s", "one").await.unwrap().is_some());
    send("two", q4(vec![activity(Some("A"), "second")])).await;
    assert!(store.file_with_bytes("s", "one").await.unwrap().is_none(), "going back to it is a change");
    assert!(store.file_with_bytes("s", "other").await.unwrap().is_some());
}

#[tokio::test]
async fn rows_without_a_period_stand_with_their_activity() {
    let (_folder, store) = ledger().await;
    let rows = vec![(None, participation("A-1", "Customs")), (None, participation("nowhere", "Customs"))];
    drop_file(&store, Dropped { source: "p", file: "participants.csv", rows, ..Dropped::default() }).await;
    assert!(told(&store, "2017-Q4").await.is_empty());
    let rows = q4(vec![activity(Some("A-1"), "one")]);
    drop_file(&store, Dropped { source: "a", file: "activities.csv", rows, ..Dropped::default() }).await;
    assert_eq!(told(&store, "2017-Q4").await, ["activities.csv:one", "participants.csv:A-1/Customs"]);
    assert_eq!(store.period_of_activity("x", "A-1").await.unwrap(), Some(period("2017-Q4")));
    assert_eq!(store.period_of_activity("x", "nowhere").await.unwrap(), None);
}

#[tokio::test]
async fn two_sources_of_one_activity_are_each_believed_on_their_own_rows() {
    let (_folder, store) = ledger().await;
    let kg = vec![(Some("2017-Q4"), activity(Some("A-1"), "one")), (None, participation("A-1", "KG Customs"))];
    drop_file(&store, Dropped { source: "kg", file: "KG", rows: kg, ..Dropped::default() }).await;
    let tj = vec![(Some("2018-Q1"), activity(Some("A-1"), "one")), (None, participation("A-1", "TJ Customs"))];
    drop_file(&store, Dropped { source: "tj", file: "TJ", rows: tj, ..Dropped::default() }).await;
    assert_eq!(told(&store, "2017-Q4").await, ["KG:one", "KG:A-1/KG Customs"]);
    assert_eq!(told(&store, "2018-Q1").await, ["TJ:one", "TJ:A-1/TJ Customs"]);
    assert_eq!(store.period_of_activity("tj", "A-1").await.unwrap(), Some(period("2018-Q1")));
    assert_eq!(store.period_of_activity("regional", "A-1").await.unwrap(), Some(period("2017-Q4")));
}

#[tokio::test]
async fn rows_without_a_period_are_replaced_with_their_activity_or_its_period() {
    let (_folder, store) = ledger().await;
    let rows = vec![
        (Some("2017-Q4"), activity(Some("A-1"), "one")),
        (Some("2017-Q4"), activity(Some("A-2"), "two")),
        (Some("2017-Q3"), activity(Some("A-0"), "zero")),
        (None, participation("A-0", "stays")),
        (None, participation("A-1", "told again")),
        (None, participation("A-2", "not told again")),
    ];
    drop_file(&store, Dropped { source: "s", file: "f", rows, ..Dropped::default() }).await;
    let rows = vec![(None, participation("A-1", "new"))];
    let change = drop_file(&store, Dropped { source: "s", file: "g", rows, ..Dropped::default() }).await;
    assert_eq!(told(&store, "2017-Q4").await, ["f:one", "f:two", "g:A-1/new"]);
    assert_eq!(told(&store, "2017-Q3").await, ["f:zero", "f:A-0/stays"]);
    assert_eq!(change, Change { added: 1, gone: 2, ..Change::default() });
}

#[tokio::test]
async fn held_rows_go_when_their_period_is_told_again() {
    let (_folder, store) = ledger().await;
    let held = vec![
        (Some(Sheet::Activities), Some("2017-Q4"), 5),
        (Some(Sheet::Activities), Some("2017-Q3"), 6),
        (Some(Sheet::Plan), Some("2017-Q4"), 7),
        (Some(Sheet::Activities), None, 8),
        (None, None, 1),
    ];
    drop_file(&store, Dropped { source: "s", file: "f", held, ..Dropped::default() }).await;
    let rows = async |wanted: &str| -> Vec<u32> {
        store.period_data(period(wanted)).await.unwrap().held.iter().map(|h| h.row).collect()
    };
    assert_eq!(rows("2017-Q4").await, [1, 5, 8, 7]);
    assert_eq!(rows("2018-Q4").await, [1, 8], "a row of an unknown period may be of any");
    let again = q4(vec![activity(Some("A-1"), "mended")]);
    drop_file(&store, Dropped { source: "other", file: "f", rows: again.clone(), ..Dropped::default() }).await;
    assert_eq!(rows("2017-Q4").await, [1, 5, 8, 7], "another source mends nothing");
    drop_file(&store, Dropped { source: "s", file: "g", rows: again, ..Dropped::default() }).await;
    assert_eq!(rows("2017-Q4").await, [7]);
    assert_eq!(rows("2017-Q3").await, [6]);
}

#[tokio::test]
async fn a_held_row_whose_period_was_the_mistake_goes_with_the_corrected_file() {
    let (_folder, store) = ledger().await;
    let sent = || q4(vec![activity(Some("A-1"), "good")]);
    let held = || vec![(Some(Sheet::Activities), Some("2016-Q4"), 3)];
    let first = Dropped { source: "s", file: "f", rows: sent(), held: held() };
    drop_file(&store, first).await;
    // The same file with row 3 mended (rows of this test begin at the second).
    let mut rows = sent();
    rows.push((Some("2018-Q1"), activity(Some("A-2"), "mended")));
    drop_file(&store, Dropped { source: "s", file: "f", rows, ..Dropped::default() }).await;
    assert!(store.period_data(period("2016-Q4")).await.unwrap().held.is_empty());

    // A file that leaves a period alone leaves what is held for it, too.
    let mut rows = sent();
    rows.push((Some("2017-Q3"), activity(Some("A-0"), "third quarter")));
    drop_file(&store, Dropped { source: "t", file: "f", rows, held: held() }).await;
    drop_file(&store, Dropped { source: "t", file: "f", rows: sent(), ..Dropped::default() }).await;
    assert_eq!(store.period_data(period("2016-Q4")).await.unwrap().held.len(), 1);
}

#[tokio::test]
async fn the_order_does_not_depend_on_the_order_of_arrival() {
    let mut orders = Vec::new();
    for files in [["b", "a"], ["a", "b"]] {
        let (_folder, store) = ledger().await;
        for file in files {
            let rows = q4(vec![activity(None, "x"), participation("x", "y"), activity(None, "z")]);
            drop_file(&store, Dropped { source: file, file, rows, ..Dropped::default() }).await;
        }
        let data = store.period_data(period("2017-Q4")).await.unwrap();
        let names: Vec<_> = data.files.iter().map(|f| f.source.clone()).collect();
        orders.push((data.entries, names));
    }
    assert_eq!(orders[0], orders[1]);
    assert_eq!(orders[0].1, ["a", "b"]);
}

#[tokio::test]
async fn companions_are_files_of_nobody() {
    let (_folder, store) = ledger().await;
    let rows = vec![(Some("2018-Q1"), activity(None, "x")); 5];
    drop_file(&store, Dropped { source: "tj@example.org", file: "TJ", rows, ..Dropped::default() }).await;
    assert_eq!(store.companion_period(noon()).await.unwrap(), None);
    let rows = vec![(Some("2017-Q4"), activity(None, "x")); 2];
    drop_file(&store, Dropped { source: "a.csv", file: "a.csv", rows, ..Dropped::default() }).await;
    let rows = vec![(Some("2017-Q3"), activity(None, "x"))];
    drop_file(&store, Dropped { source: "b.csv", file: "b.csv", rows, ..Dropped::default() }).await;
    let found = store.companion_period(noon()).await.unwrap();
    assert_eq!(found, Some((period("2017-Q4"), "a.csv".to_owned())));
    assert_eq!(store.companion_period(noon() + seconds(1)).await.unwrap(), None);
}

#[tokio::test]
async fn a_state_that_does_not_exist_is_refused_by_the_tables() {
    let (_folder, store) = ledger().await;
    let run = due_run(&store).await;
    store.post(&delivery("k"), noon()).await.unwrap();
    for statement in [
        "UPDATE runs SET state = 'finished'",
        "UPDATE runs SET state = 'compiling'",
        "UPDATE runs SET revision = 0",
        "UPDATE deliveries SET state = 'sent'",
        "UPDATE deliveries SET state = 'sending'",
        "UPDATE deliveries SET run_id = 77",
        "UPDATE deliveries SET purpose = 'spam'",
        "INSERT INTO entries (file_id, header, row, sheet, key, digest, content) VALUES (1, 0, 0, 'plan', 1, 1, '{}')",
    ] {
        assert!(sqlx::query(statement).execute(store.writer()).await.is_err(), "{statement}");
    }
    assert_eq!(store.run(run.id).await.unwrap(), run);
}
