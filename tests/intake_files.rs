//! Files through the real reader, a child process of the real binary, into a real ledger.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use rapporteur::clock::Clock;
use rapporteur::config::Config;
use rapporteur::diagnostic::Diagnostic;
use rapporteur::intake::reading::ReadingRoom;
use rapporteur::intake::{Intake, Taken, read_together};
use rapporteur::recipient::{Contributor, Country, Language};
use rapporteur::record::{Record, Sheet};
use rapporteur::step::Step;
use rapporteur::store::Store;
use rust_xlsxwriter::Workbook;

const SETTLE: TimeDelta = TimeDelta::seconds(10);

pub(crate) struct Home {
    folder: tempfile::TempDir,
    clock: Clock,
    pub(crate) store: Store,
    pub(crate) intake: Intake,
    config: Arc<Config>,
}

fn reader() -> ReadingRoom {
    ReadingRoom::with_program(env!("CARGO_BIN_EXE_rapporteur"))
}

fn config(home: &Path) -> Config {
    let mut config = Config::defaults(home);
    config.inbox.settle = Duration::from_secs(10);
    config.programme.languages = vec![Language::En, Language::Ru];
    config.contributors = vec![Contributor {
        name: "Example Focal Point".to_owned(),
        email: "focal.tj@example.org".to_owned(),
        language: Language::Ru,
        country: Country::new("TJ"),
        files: "*TJ*".to_owned(),
        sheets: vec![rapporteur::record::Sheet::Activities],
    }];
    config
}

pub(crate) async fn home() -> Home {
    home_with(|_| {}).await
}

/// The same, with its configuration changed.
pub(crate) async fn home_with(change: impl FnOnce(&mut Config)) -> Home {
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(folder.path());
    change(&mut config);
    let config = Arc::new(config);
    let clock = Clock::pretended("2018-01-12T04:00:00Z".parse::<DateTime<Utc>>().unwrap());
    let store = Store::open("sqlite:state/ledger.db", folder.path()).await.unwrap();
    let intake = Intake::with_room(Arc::clone(&config), store.clone(), clock.clone(), reader());
    Home { folder, clock, store, intake, config }
}

impl Home {
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn drop(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path("inbox").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Steps until there is nothing left to do, letting files settle once.
    pub(crate) async fn settle(&self) -> u32 {
        let mut worked = 0;
        for _ in 0..2 {
            while self.intake.step().await.unwrap() == Step::Worked {
                worked += 1;
            }
            self.clock.advance(SETTLE);
        }
        worked
    }

    pub(crate) fn answer(&self, name: &str) -> String {
        fs::read_to_string(self.path("inbox").join(format!("{name}.answer.txt"))).unwrap()
    }

    fn has(&self, name: &str) -> bool {
        self.path("inbox").join(name).is_file()
    }

    async fn taken(&self, name: &str, bytes: impl AsRef<[u8]>) -> Taken {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        self.intake.take(&path, true).await.unwrap()
    }
}

pub(crate) fn codes(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|d| d.code.as_str()).collect()
}

const ACTIVITIES: &str = "ID;Title;Type;Start date;End date;Countries;Participants\n\
    A-1;Seminar on document security;Workshop;2017-11-14;2017-11-16;TJ;20\n\
    A-2;Visit to a training centre;Study visit;2017-12-04;2017-12-06;TJ; 12\n";

#[tokio::test]
async fn a_dropped_file_is_taken_answered_and_moved() {
    let home = home().await;
    home.drop("activities.csv", ACTIVITIES);
    assert_eq!(home.intake.step().await.unwrap(), Step::Idle, "it has not settled");
    assert_eq!(home.settle().await, 1);
    assert!(home.has("accepted/activities.csv") && !home.has("activities.csv"));
    let answer = home.answer("accepted/activities.csv");
    assert!(answer.contains("Thank you") && answer.contains("32"), "{answer}");
    let data = home.store.period_data("2017-Q4".parse().unwrap()).await.unwrap();
    assert_eq!(data.entries.len(), 2);
    let cell = data.entries[1].origin.cell("title").unwrap();
    assert_eq!((data.entries[1].origin.file.as_str(), cell.to_string().as_str()), ("activities.csv", "B3"));
    let spooled: Vec<_> = fs::read_dir(home.path("state/spool")).unwrap().collect();
    assert_eq!(spooled.len(), 1);
}

#[tokio::test]
async fn the_same_bytes_are_taken_once_and_a_new_version_replaces() {
    let home = home().await;
    home.drop("activities.csv", ACTIVITIES);
    home.settle().await;
    home.drop("activities (1).csv", ACTIVITIES);
    home.settle().await;
    assert_eq!(home.store.files(10).await.unwrap().len(), 1);
    assert!(home.answer("accepted/activities (1).csv").contains("12 January 2018"));
    home.drop("activities.csv", ACTIVITIES.replace("; 12", ";15"));
    home.settle().await;
    let data = home.store.period_data("2017-Q4".parse().unwrap()).await.unwrap();
    assert_eq!(data.entries.len(), 2, "replaced, not doubled");
    assert!(home.has("accepted/activities (2).csv"));
    let answer = home.answer("accepted/activities (2).csv");
    assert!(answer.contains("1 changed"), "{answer}");
}

#[tokio::test]
async fn what_was_read_ahead_is_read_again_where_it_has_changed_meanwhile() {
    let home = home().await;
    let of = |n: u32, people: u32| ACTIVITIES.replace("A-", &format!("B{n}-")).replace("; 12", &format!(";{people}"));
    for n in 0..4 {
        home.drop(&format!("activities_{n}.csv"), of(n, 12));
    }
    assert_eq!(home.intake.step().await.unwrap(), Step::Idle);
    home.clock.advance(SETTLE);
    assert_eq!(home.intake.step().await.unwrap(), Step::Worked);
    assert!(home.has("accepted/activities_0.csv"));
    // The second has been read by now. It is saved anew, and the third is taken away.
    home.drop("activities_1.csv", of(1, 500));
    fs::remove_file(home.path("inbox/activities_2.csv")).unwrap();
    home.settle().await;
    let data = home.store.period_data("2017-Q4".parse().unwrap()).await.unwrap();
    let totals = |file: &str| -> Vec<u32> {
        let theirs = data.entries.iter().filter(|e| e.origin.file == file);
        let people = theirs.map(|e| match &e.record {
            Record::Activities(activity) => activity.head_count.total.unwrap(),
            other => panic!("{other:?}"),
        });
        people.collect()
    };
    assert_eq!(totals("activities_0.csv"), [20, 12]);
    assert_eq!(totals("activities_1.csv"), [20, 500]);
    assert!(totals("activities_2.csv").is_empty());
    assert_eq!(totals("activities_3.csv"), [20, 12]);
    assert!(!home.has("activities_1.csv") && home.has("accepted/activities_1.csv"));
}

#[tokio::test]
async fn a_crash_between_the_commit_and_the_move_loses_and_doubles_nothing() {
    let home = home().await;
    home.drop("activities.csv", ACTIVITIES);
    home.settle().await;
    // As if the move had never happened.
    fs::rename(home.path("inbox/accepted/activities.csv"), home.path("inbox/activities.csv")).unwrap();
    let again = Intake::with_room(Arc::clone(&home.config), home.store.clone(), home.clock.clone(), reader());
    let home = Home { intake: again, ..home };
    assert_eq!(home.settle().await, 1);
    assert!(home.has("accepted/activities.csv") && !home.has("activities.csv"));
    let data = home.store.period_data("2017-Q4".parse().unwrap()).await.unwrap();
    assert_eq!((data.entries.len(), data.files.len()), (2, 1));
}

#[tokio::test]
async fn what_cannot_be_read_goes_where_it_is_mended() {
    let home = home().await;
    home.drop("activities_TJ.xlsx", b"%PDF-1.7");
    home.drop("TJ/empty.xlsx", b"");
    home.drop("notes.csv", "a;b\n1;2\n");
    assert_eq!(home.settle().await, 3);
    let answer = home.answer("needs-fixing/activities_TJ.xlsx");
    assert!(answer.contains("PDF") && answer.contains("Здравствуйте, Example Focal Point"), "{answer}");
    assert!(home.has("needs-fixing/TJ/empty.xlsx"));
    assert!(home.has("needs-fixing/notes.csv"));
    assert!(!home.answer("needs-fixing/notes.csv").contains("Thank you"));
}

#[tokio::test]
async fn files_dropped_together_are_one_workbook() {
    let home = home().await;
    home.drop("challenges.csv", "Challenge;Country\nRoads are long;TJ\n");
    home.drop("participants.csv", "Activity ID;Country;Participants\nA-1;TJ;20\nA-9;TJ;3\n");
    home.drop("activities.csv", ACTIVITIES);
    home.settle().await;
    let data = home.store.period_data("2017-Q4".parse().unwrap()).await.unwrap();
    let count = |sheet| data.entries.iter().filter(|e| e.record.sheet() == sheet).count();
    assert_eq!((count(Sheet::Activities), count(Sheet::Challenges), count(Sheet::Participants)), (2, 1, 1));
    let answer = home.answer("accepted/participants.csv");
    assert!(answer.contains("A-9") && !answer.contains("A-1\""), "{answer}");
}

#[tokio::test]
async fn a_hostile_file_takes_nothing_down() {
    let home = home().await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Activities").unwrap();
    sheet.write(0, 0, "Title").unwrap();
    sheet.write(1_048_575, 16_383, "x").unwrap();
    let taken = home.taken("corners.xlsx", book.save_to_buffer().unwrap()).await;
    assert!(!codes(&taken.diagnostics).contains(&"reading-failed"));
    for (name, bytes) in [("random.xlsx", [7_u8, 0, 255, 3].repeat(500)), ("zero.ods", Vec::new())] {
        let taken = home.taken(name, bytes).await;
        assert!(taken.needs_fixing());
        assert_eq!(taken.diagnostics.len(), 1);
        assert!(taken.diagnostics[0].is_error() && taken.diagnostics[0].place.cells.is_none());
        assert_eq!(taken.diagnostics[0].place.file.as_deref(), Some(name));
    }
}

#[tokio::test]
async fn a_reader_that_dies_or_hangs_costs_one_file() {
    let home = home().await;
    for (program, code) in [("/bin/false", "reading-failed"), ("/bin/yes", "reading-failed")] {
        let room = ReadingRoom::with_program(program);
        let intake = Intake::with_room(Arc::clone(&home.config), home.store.clone(), home.clock.clone(), room);
        let path = home.path("activities.csv");
        fs::write(&path, ACTIVITIES).unwrap();
        let taken = intake.take(&path, true).await.unwrap();
        assert_eq!(codes(&taken.diagnostics), [code], "{program}");
    }
    let script = home.path("hangs");
    fs::write(&script, "#!/bin/sh\nexec /bin/sleep 1000\n").unwrap();
    fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let room = ReadingRoom::with_program(script).with_wall(Duration::from_millis(50));
    let intake = Intake::with_room(Arc::clone(&home.config), home.store.clone(), home.clock.clone(), room);
    let taken = intake.take(&home.path("activities.csv"), true).await.unwrap();
    assert_eq!(codes(&taken.diagnostics), ["reading-took-too-long"]);
}

#[tokio::test]
async fn more_rows_than_allowed_are_refused_as_a_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut config = config(folder.path());
    config.inbox.max_rows = 1;
    let path = folder.path().join("activities.csv");
    fs::write(&path, ACTIVITIES).unwrap();
    let day = "2018-01-12".parse().unwrap();
    let together = read_together(&reader(), &[path], &config, "2017-Q4".parse().unwrap(), day).await.unwrap();
    assert!(together.entries.is_empty());
    assert_eq!(codes(&together.files[0].1), ["too-many-rows"]);
}

#[tokio::test]
async fn the_seed_is_read_without_a_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/demo/seed-2017-q4");
    let names = ["activities", "participants", "equipment", "meetings", "plan"];
    let paths: Vec<PathBuf> = names.iter().map(|n| seed.join(format!("{n}.csv"))).collect();
    let period = "2017-Q4".parse().unwrap();
    let config = config(folder.path());
    let day = "2018-01-12".parse().unwrap();
    let together = read_together(&reader(), &paths, &config, period, day).await.unwrap();
    let files: Vec<&str> = together.files.iter().map(|(s, _)| s.file.as_str()).collect();
    assert_eq!(files, ["activities.csv", "participants.csv", "equipment.csv", "meetings.csv", "plan.csv"]);
    assert!(together.held.is_empty(), "{:?}", together.files);
    assert!(together.entries.iter().all(|e| e.period.is_some()));
    let count = |sheet: Sheet| together.entries.iter().filter(|e| e.record.sheet() == sheet).count();
    assert!(count(Sheet::Activities) > 5 && count(Sheet::Participants) > 5);
    let women = |r: &Record| matches!(r, Record::Activities(a) if a.head_count.women.is_some());
    assert!(!together.entries.iter().any(|e| women(&e.record)), "the seed reports no women");
}

#[tokio::test]
async fn what_is_mended_under_a_new_name_is_taken_and_an_old_version_is_not() {
    let home = home().await;
    home.drop("activities.csv", ACTIVITIES.replace("2017-12-04", "2017-12-44"));
    home.settle().await;
    let (folder, answer) = (home.path("inbox/needs-fixing"), home.path("inbox/needs-fixing/activities.csv.answer.txt"));
    let later = fs::metadata(&answer).unwrap().modified().unwrap() + Duration::from_secs(5);
    let mended = folder.join("activities v2.csv");
    fs::write(&mended, ACTIVITIES).unwrap();
    fs::File::options().write(true).open(&mended).unwrap().set_modified(later).unwrap();
    assert_eq!(home.settle().await, 1);
    assert!(home.has("accepted/activities v2.csv"), "{}", home.answer("accepted/activities v2.csv"));
    // Its answer deleted, and its date that of a newer file: the old version stays where it is.
    fs::write(folder.join("other.csv.answer.txt"), "x").unwrap();
    fs::remove_file(answer).unwrap();
    let old = fs::File::options().write(true).open(folder.join("activities.csv")).unwrap();
    old.set_modified(later + Duration::from_secs(5)).unwrap();
    home.settle().await;
    assert!(home.has("needs-fixing/activities.csv") && !home.has("accepted/activities.csv"));
}

#[tokio::test]
async fn participants_wait_with_their_activity() {
    let home = home().await;
    let rows = "Activity ID;Country;Participants\nA-2;TJ;12\nA-9;TJ;5\n";
    home.drop("TJ_activities.csv", ACTIVITIES.replace("2017-12-04", "2017-12-44"));
    home.settle().await;
    home.drop("TJ_participants.csv", rows);
    home.settle().await;
    let answer = home.answer("accepted/TJ_participants.csv");
    assert!(answer.contains("строка мероприятия «A-2» ждёт исправления"), "{answer}");
    assert!(answer.contains("о мероприятии с кодом «A-9» пока никто не сообщил"), "{answer}");
}

#[tokio::test]
async fn notes_on_cells_stand_as_footnotes_and_ours_do_not() {
    let mut book = Workbook::new();
    let note = |text: &str| rust_xlsxwriter::Note::new(text).set_author("Example Author");
    let sheet = book.add_worksheet().set_name("Activities").unwrap();
    let heads =
        ["ID", "Title", "Type", "Start date", "End date", "Place", "Countries", "Participants", "Summary", "Phone"];
    sheet.write_row(0, 0, heads).unwrap();
    let rows = [
        ["TJ-1", "Seminar on risks", "Seminar", "2017-11-14", "2017-11-16", "Dushanbe", "TJ", "20", "A seminar.", ""],
        ["TJ-2", "Seminar on forms", "Seminar", "2017-11-21", "2017-11-44", "Dushanbe", "TJ", "12", "", ""],
        ["TJ-3", "Seminar on goods", "Seminar", "2017-11-27", "2017-11-29", "Dushanbe", "TJ", "15", "", ""],
    ];
    for (row, cells) in (1..).zip(rows) {
        sheet.write_row(row, 0, cells).unwrap();
    }
    sheet.insert_note(0, 7, &note("how to fill this in")).unwrap();
    sheet.insert_note(1, 7, &note("без наблюдателей")).unwrap();
    sheet.insert_note(1, 9, &note("of the column that is not read")).unwrap();
    sheet.insert_note(3, 8, &note("as told by the host")).unwrap();
    sheet.insert_note(3, 1, &note("ask focal@example.org")).unwrap();
    let plan = book.add_worksheet().set_name("Plan").unwrap();
    plan.write_row(0, 0, ["ID", "Title", "Start date", "Status"]).unwrap();
    plan.write_row(1, 0, ["TJ-9", "Seminar on rules", "2018-02-14", "planned"]).unwrap();
    plan.insert_note(1, 2, &note("to be confirmed")).unwrap();

    let home = home().await;
    home.drop("activities_TJ.xlsx", book.save_to_buffer().unwrap());
    home.settle().await;
    let summaries = async || -> Vec<(String, Option<String>)> {
        let period = "2017-Q4".parse().unwrap();
        let entries = home.store.period_data(period).await.unwrap().entries;
        let told = entries.into_iter().filter_map(|entry| match entry.record {
            Record::Activities(a) => Some((a.id.unwrap(), a.summary)),
            _ => None,
        });
        told.collect()
    };
    let expected = |id: &str, text: Option<&str>| (id.to_owned(), text.map(str::to_owned));
    let (first, third) = (Some("A seminar.\n* Участники: без наблюдателей"), Some("* as told by the host"));
    assert_eq!(summaries().await, [expected("TJ-1", first), expected("TJ-3", third)]);
    let answer = home.answer("needs-fixing/activities_TJ.xlsx");
    for line in [
        "Activities!H2: `без наблюдателей`: это примечание",
        "Plan!C2: `to be confirmed`",
        "Activities!B4: `ask focal@",
    ] {
        assert!(answer.contains(line), "{line}\n{answer}");
    }
    assert!(!answer.contains("how to fill this in") && !answer.contains("of the column"), "{answer}");

    // The copy has a note of ours on the cell at fault, and the others as they were.
    let copy = fs::read(home.path("inbox/needs-fixing/activities_TJ.xlsx (с пометками).xlsx"));
    let copy = copy.or_else(|_| fs::read(home.path("inbox/needs-fixing/activities_TJ (с пометками).xlsx"))).unwrap();
    home.drop("activities_TJ.xlsx", copy);
    home.settle().await;
    assert_eq!(summaries().await, [expected("TJ-1", first), expected("TJ-3", third)]);
    let answer = home.answer("needs-fixing/activities_TJ.xlsx");
    assert!(!answer.contains("rapporteur:"), "{answer}");
}
