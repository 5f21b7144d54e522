use std::fs;
use std::io::Write as _;

use super::*;
use crate::config;
use crate::store::{PlannedRun, Store, waits_for_a_person};

fn noon() -> DateTime<Utc> {
    "2018-01-15T06:00:00Z".parse().unwrap()
}

/// A home with a ledger that somebody is writing to, and a file in each folder.
async fn home(folder: &Path) -> (config::Config, Store) {
    for name in ["config", "archive/2017-Q4", "inbox/accepted", "state/spool", "secrets", "mail/new"] {
        fs::create_dir_all(folder.join(name)).unwrap();
    }
    fs::write(folder.join("config/rapporteur.toml"), "[programme]\ncode = \"TEST 1\"\n").unwrap();
    fs::write(folder.join("archive/2017-Q4/report.pdf"), [0_u8, 159, 146, 150]).unwrap();
    fs::write(folder.join("archive/2017-Q4/.writing-x"), "half").unwrap();
    fs::write(folder.join("inbox/accepted/a.csv"), "ID\n1\n").unwrap();
    fs::write(folder.join("state/spool/ff"), "ID\n1\n").unwrap();
    fs::write(folder.join("secrets/smtp"), "secret").unwrap();
    fs::write(folder.join("mail/new/1"), "a mail").unwrap();
    let config = config::load(folder).unwrap().output;
    let store = Store::open(&config.ledger.url, folder).await.unwrap();
    start_run(&store).await;
    (config, store)
}

async fn start_run(store: &Store) {
    let order = PlannedRun {
        report: "rsg-quarterly".to_owned(),
        period: "2017-Q4".parse().unwrap(),
        due_at: noon(),
        note: String::new(),
        skipped: None,
        waits_until: None,
    };
    store.start_run("rsg", order).await.unwrap();
}

#[tokio::test]
async fn a_home_comes_back_as_it_was_with_sending_held() {
    let folder = tempfile::tempdir().unwrap();
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    let (config, store) = home(&old).await;
    let file = folder.path().join("home.backup");
    let written = write(&config, &store, &file, noon()).await.unwrap();
    assert_eq!(written.files, 5, "the ledger and a file in each of four folders");
    // What comes later is not in it.
    start_run(&store).await;

    let restored = restore(&file, &new, noon()).await.unwrap();
    assert_eq!((restored.made_at, restored.files, restored.runs), (noon(), 5, 1));
    for name in ["config/rapporteur.toml", "archive/2017-Q4/report.pdf", "inbox/accepted/a.csv", "state/spool/ff"] {
        assert_eq!(fs::read(old.join(name)).unwrap(), fs::read(new.join(name)).unwrap(), "{name}");
    }
    for name in ["secrets", "mail", "archive/2017-Q4/.writing-x", ASIDE] {
        assert!(!new.join(name).exists(), "{name}");
    }
    let store = Store::open(&config.ledger.url, &new).await.unwrap();
    assert_eq!(store.runs(&[], 10).await.unwrap().len(), 1);
    let (reason, until) = store.channel_hold().await.unwrap().unwrap();
    assert!(reason.contains("from a backup of 2018-01-15 06:00 UTC") && waits_for_a_person(until, noon()), "{reason}");
    assert!(store.claim_delivery(noon(), crate::store::LONGEST_LEASE).await.unwrap().is_none());
}

const ASIDE: &str = ".restoring";

#[tokio::test]
async fn nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let (config, store) = home(&folder.path().join("old")).await;
    let file = folder.path().join("home.backup");
    write(&config, &store, &file, noon()).await.unwrap();
    let before = fs::read(&file).unwrap();
    assert!(matches!(write(&config, &store, &file, noon()).await, Err(BackupError::Exists(_))));
    assert_eq!(fs::read(&file).unwrap(), before);
    let refused = restore(&file, &config.home, noon()).await.unwrap_err().to_string();
    assert!(refused.starts_with("expected an empty folder, found `"), "{refused}");
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 2, "nothing is left beside the backup");
}

#[tokio::test]
async fn what_is_not_what_was_written_is_refused_and_leaves_the_home_empty() {
    let folder = tempfile::tempdir().unwrap();
    let (config, store) = home(&folder.path().join("old")).await;
    let file = folder.path().join("home.backup");
    write(&config, &store, &file, noon()).await.unwrap();
    let whole = fs::read(&file).unwrap();
    let at = |needle: &[u8]| whole.windows(needle.len()).position(|window| window == needle).unwrap();

    let mut flipped = whole.clone();
    flipped[at(&[0, 159, 146, 150])] ^= 1;
    let cut = whole[..whole.len() / 2].to_vec();
    let mut astray = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let sum = r#"{"sha256":"","size":1}"#;
    let list = format!(
        r#"{{"format":1,"program":"0","made_at":"2018-01-15T06:00:00Z","files":{{"ledger.db":{sum},"../evil":{sum}}}}}"#
    );
    astray.start_file(LIST, zip::write::SimpleFileOptions::default()).unwrap();
    astray.write_all(list.as_bytes()).unwrap();
    let mut newer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    newer.start_file(LIST, zip::write::SimpleFileOptions::default()).unwrap();
    newer.write_all(list.replace("\"format\":1", "\"format\":2").as_bytes()).unwrap();
    for (bytes, told) in [
        (flipped, "`archive/2017-Q4/report.pdf` in the backup is damaged"),
        (cut, "expected a backup of rapporteur"),
        (b"PK".to_vec(), "expected a backup of rapporteur"),
        (astray.finish().unwrap().into_inner(), "leads out of the home"),
        (newer.finish().unwrap().into_inner(), "the backup is of format 2"),
    ] {
        fs::write(&file, bytes).unwrap();
        let home = folder.path().join("new");
        let refused = restore(&file, &home, noon()).await.unwrap_err().to_string();
        assert!(refused.contains(told), "{refused}");
        assert_eq!(fs::read_dir(&home).unwrap().count(), 0, "{told}");
    }
}

#[tokio::test]
async fn a_damaged_ledger_is_neither_copied_nor_opened_in_silence() {
    let folder = tempfile::tempdir().unwrap();
    let (config, store) = home(&folder.path().join("old")).await;
    for _ in 0..200 {
        start_run(&store).await;
    }
    store.close().await;
    let ledger = config.ledger_file();
    let mut bytes = fs::read(&ledger).unwrap();
    // The last pages are rows; what the ledger's tables are stands further ahead.
    let rows = bytes.len() - 3 * 4096;
    bytes[rows..].fill(0xA5);
    fs::write(&ledger, bytes).unwrap();
    // Opening may come upon it, and else the check does.
    let (told, refused) = match Store::open(&config.ledger.url, &config.home).await {
        Err(told) => (told.to_string(), told.to_string()),
        Ok(store) => {
            let told = store.check().await.unwrap_err().to_string();
            let refused = write(&config, &store, &folder.path().join("b"), noon()).await.unwrap_err().to_string();
            (told, refused)
        }
    };
    assert!(told.starts_with("the ledger is damaged (") && told.contains("restore the last backup"), "{told}");
    assert!(refused.starts_with("the ledger is damaged ("), "{refused}");
    assert!(!folder.path().join("b").exists());

    fs::write(&ledger, "this is no ledger at all, whatever its name says, and long enough to look like one".repeat(9))
        .unwrap();
    let told = Store::open(&config.ledger.url, &config.home).await.unwrap_err().to_string();
    assert!(told.starts_with("the ledger is damaged ("), "{told}");
}
