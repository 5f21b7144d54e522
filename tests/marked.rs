//! The conversation about a workbook: dropped, answered with a marked copy, mended, dropped again.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use calamine::{Reader, Xlsx, open_workbook};
use chrono::{DateTime, TimeDelta, Utc};
use rapporteur::clock::Clock;
use rapporteur::config::Config;
use rapporteur::intake::Intake;
use rapporteur::intake::reading::ReadingRoom;
use rapporteur::mail::Postman;
use rapporteur::outbox::{Delivery, Purpose};
use rapporteur::recipient::{Contributor, Country, Language};
use rapporteur::step::Step;
use rapporteur::store::{DeliveryFilter, Store};
use rust_xlsxwriter::{Color, Format, Note, Workbook};

struct Home {
    folder: tempfile::TempDir,
    clock: Clock,
    store: Store,
    intake: Intake,
    config: Arc<Config>,
}

async fn home() -> Home {
    let folder = tempfile::tempdir().unwrap();
    let mut config = Config::defaults(folder.path());
    config.inbox.settle = Duration::from_secs(10);
    config.contributors = vec![Contributor {
        name: "Example Focal Point".to_owned(),
        email: "focal.tj@example.org".to_owned(),
        language: Language::Ru,
        country: Country::new("TJ"),
        files: "*TJ*".to_owned(),
        sheets: vec![rapporteur::record::Sheet::Activities],
    }];
    let clock = Clock::pretended("2018-01-12T04:00:00Z".parse::<DateTime<Utc>>().unwrap());
    let store = Store::open("sqlite:state/ledger.db", folder.path()).await.unwrap();
    let room = ReadingRoom::with_program(env!("CARGO_BIN_EXE_rapporteur"));
    let config = Arc::new(config);
    let intake = Intake::with_room(Arc::clone(&config), store.clone(), clock.clone(), room);
    Home { folder, clock, store, intake, config }
}

impl Home {
    fn inbox(&self, name: &str) -> PathBuf {
        self.folder.path().join("inbox").join(name)
    }

    /// Steps until nothing is left, letting files settle once; gives how many were taken.
    async fn settle(&self) -> u32 {
        let mut worked = 0;
        for _ in 0..2 {
            while self.intake.step().await.unwrap() == Step::Worked {
                worked += 1;
            }
            self.clock.advance(TimeDelta::seconds(10));
        }
        worked
    }

    async fn drop(&self, name: &str, bytes: &[u8]) {
        fs::create_dir_all(self.inbox("")).unwrap();
        fs::write(self.inbox(name), bytes).unwrap();
        assert_eq!(self.settle().await, 1, "{name}");
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.inbox(name)).unwrap_or_else(|e| panic!("{name}: {e}; {:?}", self.files()))
    }

    fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        for folder in ["", "accepted", "needs-fixing"] {
            let Ok(entries) = fs::read_dir(self.inbox(folder)) else { continue };
            let files = entries.map(|e| e.unwrap()).filter(|e| e.file_type().unwrap().is_file());
            found.extend(files.map(|e| format!("{folder}/{}", e.file_name().to_string_lossy())));
        }
        found.sort();
        found
    }

    async fn mails(&self) -> Vec<Delivery> {
        let mails = self.store.deliveries(&DeliveryFilter::default()).await.unwrap();
        assert!(mails.iter().all(|mail| mail.order.purpose == Purpose::Answer));
        mails
    }

    async fn rows(&self) -> usize {
        self.store.period_data("2017-Q4".parse().unwrap()).await.unwrap().entries.len()
    }
}

/// Two seminars; the second cannot be counted.
fn workbook(second_day: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let own = Format::new().set_background_color(Color::RGB(0x00D9_EAD3)).set_bold();
    let sheet = book.add_worksheet().set_name("Мероприятия").unwrap();
    let heads = ["Номер", "Название", "Вид", "Дата начала", "Дата окончания", "Место", "Страны", "Участники"];
    for (column, head) in (0..).zip(heads) {
        sheet.write_with_format(0, column, head, &own).unwrap();
    }
    let rows = [
        ["TJ-1", "Семинар по защите документов", "Семинар", "14.11.2017", "16.11.2017", "Душанбе", "TJ"],
        ["TJ-2", "Семинар по рискам", "Семинар", second_day, "01.12.2017", "Худжанд", "TJ"],
    ];
    for (row, cells) in (1..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).unwrap();
        }
        sheet.write(row, 7, 20).unwrap();
    }
    sheet.insert_note(1, 0, &Note::new("наша заметка")).unwrap();
    book.save_to_buffer().unwrap()
}

/// The marked copy as somebody saves it who has changed one word.
fn mended(copy: &Path, from: &str, to: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(fs::File::open(copy).unwrap()).unwrap();
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut found = false;
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        let (name, mut text) = (entry.name().unwrap().into_owned(), String::new());
        entry.read_to_string(&mut text).unwrap();
        if name == "xl/sharedStrings.xml" {
            found = text.contains(from);
            text = text.replace(from, to);
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    assert!(found, "{from}");
    out.finish().unwrap().into_inner()
}

const COPY: &str = "needs-fixing/отчёт_TJ (с пометками).xlsx";

#[tokio::test]
async fn a_wrong_cell_is_marked_mended_and_dropped_again() {
    let home = home().await;
    home.drop("отчёт_TJ.xlsx", &workbook("31.11.2017")).await;
    assert_eq!(
        home.files(),
        [
            "needs-fixing/отчёт_TJ (с пометками).xlsx",
            "needs-fixing/отчёт_TJ.xlsx",
            "needs-fixing/отчёт_TJ.xlsx.answer.txt"
        ]
    );
    let answer = home.text("needs-fixing/отчёт_TJ.xlsx.answer.txt");
    assert!(answer.contains("Мероприятия!D3") && answer.contains("копия книги"), "{answer}");

    let mut copy: Xlsx<_> = open_workbook(home.inbox(COPY)).unwrap();
    assert_eq!(copy.sheet_names(), ["Замечания", "Мероприятия"]);
    let list = copy.worksheet_range("Замечания").unwrap();
    let words: Vec<String> = list.used_cells().map(|(.., cell)| cell.to_string()).collect();
    for expected in ["Мероприятия!D3", "В ноябре 30 дней", "Исправьте день."] {
        let expected = expected.to_lowercase();
        assert!(words.iter().any(|w| w.to_lowercase().contains(&expected)), "{expected} in {words:?}");
    }

    // Dropped again with the same mistake it is read like any other, and marked anew.
    let unchanged = fs::read(home.inbox(COPY)).unwrap();
    home.drop("отчёт_TJ (с пометками).xlsx", &unchanged).await;
    let answer = home.text("needs-fixing/отчёт_TJ (2).xlsx.answer.txt");
    assert!(answer.contains("Мероприятия!D3") && !answer.contains("Замечания"), "{answer}");
    let again = home.inbox("needs-fixing/отчёт_TJ (2) (с пометками).xlsx");
    let again: Xlsx<_> = open_workbook(again).unwrap();
    assert_eq!(again.sheet_names(), ["Замечания", "Мероприятия"]);

    // Mended and dropped under the name that a browser gives to a copy.
    let mended = mended(&home.inbox(COPY), "31.11.2017", "30.11.2017");
    home.drop("отчёт_TJ (с пометками) (1).xlsx", &mended).await;
    let answer = home.text("accepted/отчёт_TJ.xlsx.answer.txt");
    for expected in ["Спасибо", "прочитано 2, принято 2", "добавлено 1"] {
        assert!(answer.contains(expected), "{expected} in {answer}");
    }
    assert!(!answer.contains("копия книги"), "nothing is to be marked: {answer}");
    assert_eq!(home.rows().await, 2);
}

#[tokio::test]
async fn a_copy_may_be_mended_where_it_lies() {
    let home = home().await;
    home.drop("отчёт_TJ.xlsx", &workbook("31.11.2017")).await;
    assert_eq!(home.settle().await, 0, "nobody has touched it");
    let mended = mended(&home.inbox(COPY), "31.11.2017", "30.11.2017");
    fs::write(home.inbox(COPY), mended).unwrap();
    let answer = home.inbox("needs-fixing/отчёт_TJ.xlsx.answer.txt");
    let later = fs::metadata(answer).unwrap().modified().unwrap() + Duration::from_secs(2);
    fs::File::options().write(true).open(home.inbox(COPY)).unwrap().set_modified(later).unwrap();
    assert_eq!(home.settle().await, 1);
    assert!(home.text("accepted/отчёт_TJ.xlsx.answer.txt").contains("Спасибо"));
    assert_eq!(home.settle().await, 0, "{:?}", home.files());
    assert_eq!(home.rows().await, 2);
}

#[tokio::test]
async fn a_csv_is_answered_with_a_workbook_that_takes_its_place() {
    let home = home().await;
    let text = "ID;Title;Type;Start date;End date;Countries\nA-1;Seminar;Workshop;2017-11-14;2017-11-16;TJ\n\
                A-2;Visit;Study visit;2017-11-31;2017-12-06;TJ\n";
    home.drop("activities.csv", text.as_bytes()).await;
    assert_eq!(home.rows().await, 1);
    let copy = home.inbox("needs-fixing/activities.csv (marked).xlsx");
    let mended = mended(&copy, "2017-11-31", "2017-11-30");
    home.drop("activities.csv (marked).xlsx", &mended).await;
    assert_eq!(home.rows().await, 2, "replaced, not doubled: {:?}", home.files());
    assert!(home.text("accepted/activities.csv.xlsx.answer.txt").contains("1 added"));
}

#[tokio::test]
async fn without_a_marked_copy_the_answer_says_why() {
    let home = home().await;
    // The reader is real, the marking is not.
    let script = home.folder.path().join("reads-only");
    let program = env!("CARGO_BIN_EXE_rapporteur");
    fs::write(&script, format!("#!/bin/sh\n[ \"$1\" = __read ] && exec {program} \"$@\"\nkill -9 $$\n")).unwrap();
    fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let config = Arc::new(Config::defaults(home.folder.path()));
    let intake = Intake::with_room(config, home.store.clone(), home.clock.clone(), ReadingRoom::with_program(script));
    let home = Home { intake, ..home };
    home.drop("activities.xlsx", &workbook("31.11.2017")).await;
    let answer = home.text("needs-fixing/activities.xlsx.answer.txt");
    assert!(answer.contains("could not be made") && answer.contains("Мероприятия!D3"), "{answer}");
    assert_eq!(home.files().len(), 2, "{:?}", home.files());
    assert_eq!(home.rows().await, 1, "the good row is in");
}

#[tokio::test]
async fn the_contributor_is_written_to_with_the_copy_attached() {
    let home = home().await;
    home.drop("отчёт_TJ.xlsx", &workbook("31.11.2017")).await;
    home.drop("activities_KG.xlsx", &workbook("30.11.2017")).await;
    let mails = home.mails().await;
    assert_eq!(mails.len(), 1, "nobody has sent the second file");
    let order = &mails[0].order;
    assert_eq!((order.email.as_str(), order.letter.language), ("focal.tj@example.org", Language::Ru));
    assert_eq!(order.letter.subject, "[BOMCA 9] отчёт_TJ.xlsx: 1 строку нужно исправить");
    for expected in ["Здравствуйте, Example Focal Point!", "приложена ваша книга", "Мероприятия!D3: Даты «31.11.2017»"]
    {
        assert!(order.letter.text.contains(expected), "{expected} in\n{}", order.letter.text);
        assert!(order.letter.html.contains(expected), "{expected} in\n{}", order.letter.html);
    }
    assert!(!order.letter.text.contains('‹'), "{}", order.letter.text);

    let mut postman = Postman::new(home.store.clone(), Arc::clone(&home.config), home.clock.clone());
    while postman.step().await.unwrap() == Step::Worked {}
    let sent = fs::read_dir(home.folder.path().join("mail/new")).unwrap().next().unwrap().unwrap();
    let sent = fs::read(sent.path()).unwrap();
    let mail = mail_parser::MessageParser::default().parse(&sent).unwrap();
    let copy = mail.attachment(0).unwrap();
    let name = mail_parser::MimeHeaders::attachment_name(copy);
    assert_eq!(name, Some("отчёт_TJ (с пометками).xlsx"));
    assert_eq!(copy.contents(), fs::read(home.inbox(COPY)).unwrap());

    // The mended attachment, dropped under the name it had in the mail.
    let mended = mended(&home.inbox(COPY), "31.11.2017", "30.11.2017");
    home.drop("отчёт_TJ (с пометками).xlsx", &mended).await;
    let mails = home.mails().await;
    let thanks = &mails[1].order;
    assert_eq!(thanks.letter.subject, "[BOMCA 9] отчёт_TJ (с пометками).xlsx: спасибо, всё прочитано");
    assert!(thanks.letter.text.contains("добавлено 1") && thanks.attachments.is_empty(), "{}", thanks.letter.text);
}

#[tokio::test]
async fn a_crash_before_the_file_is_moved_sends_no_second_mail() {
    let home = home().await;
    // Something else where the folder should be: the file cannot be moved there.
    fs::create_dir_all(home.inbox("")).unwrap();
    std::os::unix::fs::symlink("nowhere", home.inbox("needs-fixing")).unwrap();
    fs::write(home.inbox("отчёт_TJ.xlsx"), workbook("31.11.2017")).unwrap();
    home.intake.step().await.unwrap();
    home.clock.advance(TimeDelta::seconds(20));
    let mut failed = 0;
    for _ in 0..3 {
        failed += u32::from(home.intake.step().await.is_err());
        home.clock.advance(TimeDelta::minutes(20));
    }
    assert!(failed > 0);
    assert_eq!(home.mails().await.len(), 1);
    fs::remove_file(home.inbox("needs-fixing")).unwrap();
    assert_eq!(home.settle().await, 1);
    assert_eq!(home.mails().await.len(), 1, "the same drop, the same mail");
    // The same bytes dropped by somebody again are another matter.
    home.drop("отчёт_TJ.xlsx", &workbook("31.11.2017")).await;
    assert_eq!(home.mails().await.len(), 2);
}

#[tokio::test]
async fn no_mail_is_written_where_none_is_wanted() {
    let home = home().await;
    let mut config = (*home.config).clone();
    config.inbox.answer_by_mail = false;
    let config = Arc::new(config);
    let room = ReadingRoom::with_program(env!("CARGO_BIN_EXE_rapporteur"));
    let intake = Intake::with_room(Arc::clone(&config), home.store.clone(), home.clock.clone(), room);
    let home = Home { intake, config, ..home };
    home.drop("отчёт_TJ.xlsx", &workbook("31.11.2017")).await;
    assert!(home.mails().await.is_empty());
    let aside = home.folder.path().join("отчёт_TJ.xlsx");
    fs::write(&aside, workbook("31.11.2017")).unwrap();
    home.intake.take(&aside, true).await.unwrap();
    assert!(home.mails().await.is_empty());
}

/// A workbook as an office has it: a chart, a drop-down, a condition, a merged title, a note.
fn office_workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let own = Format::new().set_background_color(Color::RGB(0x00D9_EAD3)).set_bold();
    let sheet = book.add_worksheet().set_name("Мероприятия").unwrap();
    sheet.merge_range(0, 0, 0, 7, "Таджикистан, IV квартал 2017 г.", &own).unwrap();
    let heads = ["Номер", "Название", "Вид", "Дата начала", "Дата окончания", "Место", "Страны", "Участники"];
    for (column, head) in (0..).zip(heads) {
        sheet.write_with_format(1, column, head, &own).unwrap();
    }
    let rows = [
        ["TJ-1", "Семинар по защите документов", "Семинар", "14.11.2017", "16.11.2017", "Душанбе", "TJ"],
        ["TJ-2", "Семинар по рискам", "Семинар", "31.11.2017", "01.12.2017", "Худжанд", "TJ"],
    ];
    for (row, cells) in (2..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).unwrap();
        }
        sheet.write(row, 7, 20 + row).unwrap();
    }
    sheet.insert_note(3, 3, &Note::new("спросить ещё раз")).unwrap();
    let mut chart = rust_xlsxwriter::Chart::new(rust_xlsxwriter::ChartType::Column);
    chart.add_series().set_values(("Мероприятия", 2, 7, 3, 7));
    sheet.insert_chart(6, 1, &chart).unwrap();
    let list = rust_xlsxwriter::DataValidation::new().allow_list_strings(&["Семинар", "Тренинг"]).unwrap();
    sheet.add_data_validation(2, 2, 20, 2, &list).unwrap();
    let rule = rust_xlsxwriter::ConditionalFormatCell::new()
        .set_rule(rust_xlsxwriter::ConditionalFormatCellRule::GreaterThan(22))
        .set_format(Format::new().set_bold());
    sheet.add_conditional_format(2, 7, 20, 7, &rule).unwrap();
    book.save_to_buffer().unwrap()
}

/// Has `soffice` convert a file into a folder.
fn convert(file: &Path, kind: &str, folder: &Path) -> PathBuf {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let made = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", kind, "--outdir"])
        .args([folder, file])
        .output()
        .expect("libreoffice-calc is needed for this test: tests/run installs it");
    let ending = kind.split(':').next().unwrap();
    let result = folder.join(file.with_extension(ending).file_name().unwrap());
    assert!(result.exists(), "{}", String::from_utf8_lossy(&made.stderr));
    result
}

#[tokio::test]
async fn other_programs_open_the_copy_and_what_they_save_is_read() {
    let home = home().await;
    home.drop("отчёт_TJ.xlsx", &office_workbook()).await;
    let (copy, aside) = (home.inbox(COPY), tempfile::tempdir().unwrap());

    let saved = aside.path().join("saved.xlsx");
    let python = std::env::var("RAPPORTEUR_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/marked_copy.py");
    let said = Command::new(python)
        .args([&script, &copy, &saved])
        .args(["Мероприятия", "D4", "30.11.2017"])
        .output()
        .expect("Python is needed for this test");
    assert!(said.status.success(), "openpyxl, which tests/run installs: {}", String::from_utf8_lossy(&said.stderr));
    let found: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!(found["sheets"], serde_json::json!(["Замечания", "Мероприятия"]));
    assert_eq!(found["active"], "Замечания");
    assert_eq!(found["merged"], serde_json::json!(["A1:H1"]));
    for kept in ["charts", "lists", "conditions"] {
        assert_eq!(found[kept], 1, "{kept}: {found}");
    }
    assert_eq!(found["links"], serde_json::json!(["'Мероприятия'!D4"]));
    let note = found["notes"]["D4"].as_str().unwrap();
    assert!(note.contains("спросить ещё раз\n\nrapporteur:") && note.contains("в ноябре 30 дней"), "{note}");
    assert_eq!((found["fills"]["D4"].as_str(), found["fills"]["A2"].as_str()), (Some("FFFFC000"), Some("FFD9EAD3")));

    // On paper, as LibreOffice sees it.
    let printed = convert(&copy, "pdf", aside.path());
    let words = Command::new("pdftotext").args(["-layout"]).arg(&printed).arg("-").output().unwrap();
    let words = String::from_utf8_lossy(&words.stdout).into_owned();
    for expected in
        ["Замечания к файлу отчёт_TJ.xlsx", "Исправьте день.", "Таджикистан, IV квартал 2017 г.", "31.11.2017"]
    {
        assert!(words.contains(expected), "{expected} in {words}");
    }

    // Saved by LibreOffice with nothing mended: read like any other, and marked anew.
    let again = convert(&copy, "xlsx:Calc MS Excel 2007 XML", aside.path());
    home.drop("отчёт_TJ (с пометками) (1).xlsx", &fs::read(again).unwrap()).await;
    let answer = home.text("needs-fixing/отчёт_TJ (2).xlsx.answer.txt");
    assert!(answer.contains("Мероприятия!D4") && answer.contains("Исправить (1)"), "{answer}");
    let marked: Xlsx<_> = open_workbook(home.inbox("needs-fixing/отчёт_TJ (2) (с пометками).xlsx")).unwrap();
    assert_eq!(marked.sheet_names(), ["Замечания", "Мероприятия"]);
    let mut zip =
        zip::ZipArchive::new(fs::File::open(home.inbox("needs-fixing/отчёт_TJ (2) (с пометками).xlsx")).unwrap())
            .unwrap();
    let mut notes = String::new();
    for index in 0..zip.len() {
        let mut entry = zip.by_index(index).unwrap();
        if entry.name().unwrap().contains("comments") {
            entry.read_to_string(&mut notes).unwrap();
        }
    }
    assert_eq!((notes.matches("rapporteur:").count(), notes.matches("спросить ещё раз").count()), (1, 1), "{notes}");

    // An ODS is answered with a workbook that is not one.
    let original = aside.path().join("итоги_TJ.xlsx");
    fs::write(&original, office_workbook()).unwrap();
    let ods = convert(&original, "ods", aside.path());
    home.drop("итоги_TJ.ods", &fs::read(ods).unwrap()).await;
    let answered = home.inbox("needs-fixing/итоги_TJ.ods (с пометками).xlsx");
    let mut answered: Xlsx<_> = open_workbook(answered).unwrap();
    assert_eq!(answered.sheet_names(), ["Замечания", "Мероприятия"]);
    assert_eq!(answered.merge_cells_by_sheet_name("Мероприятия").unwrap().len(), 1);

    // Saved by another library, mended.
    home.drop("отчёт_TJ (с пометками).xlsx", &fs::read(saved).unwrap()).await;
    assert!(home.text("accepted/отчёт_TJ.xlsx.answer.txt").contains("Спасибо"), "{:?}", home.files());
    assert_eq!(home.rows().await, 2);
}

#[tokio::test]
async fn the_sender_of_another_file_is_asked_once_about_one_event() {
    let home = home().await;
    let mut config = (*home.config).clone();
    let second = Contributor {
        email: "focal.kg@example.org".to_owned(),
        language: Language::En,
        ..config.contributors[0].clone()
    };
    config.contributors.push(Contributor { country: Country::new("KG"), files: "*KG*".to_owned(), ..second });
    let config = Arc::new(config);
    let room = ReadingRoom::with_program(env!("CARGO_BIN_EXE_rapporteur"));
    let intake = Intake::with_room(Arc::clone(&config), home.store.clone(), home.clock.clone(), room);
    let home = Home { intake, config, ..home };
    let text = |id: &str, people: u32| {
        format!(
            "ID;Title;Type;Start date;End date;Place;Countries;Participants\n\
             {id};Workshop on document security;Workshop;2017-11-14;2017-11-16;Dushanbe;KG, TJ;{people}\n"
        )
    };
    home.drop("activities_KG.csv", text("KG-1", 12).as_bytes()).await;
    home.drop("activities_TJ.csv", text("TJ-1", 20).as_bytes()).await;
    let to_the_first = |mails: &[Delivery]| {
        let mine = mails.iter().filter(|m| m.order.email == "focal.kg@example.org");
        mine.map(|m| m.order.letter.clone()).collect::<Vec<_>>()
    };
    let letters = to_the_first(&home.mails().await);
    assert_eq!(letters.len(), 2, "{letters:?}");
    assert_eq!(letters[1].subject, "[BOMCA 9] activities_KG.csv: is it the same event?");
    for expected in ["Dear Example Focal Point", "must not be counted twice", "Activities!B2", "activities_TJ.csv"] {
        assert!(letters[1].text.contains(expected), "{expected} in\n{}", letters[1].text);
    }
    // The second sender corrects something else: the first is not asked again.
    home.drop("activities_TJ.csv", text("TJ-1", 21).as_bytes()).await;
    assert_eq!(to_the_first(&home.mails().await).len(), 2);
}
