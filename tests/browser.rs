//! The dashboard in a real Chromium, with axe-core on every page: the quarter as its people live it.

use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use rapporteur::recipient::Language;
use serde_json::{Value, json};

use crate::quarter::{AFTERWARDS, BAD, CORRECTED, GOOD, LATE, PATIENCE, Quarter, UNKNOWN};

/// A headless Chromium behind its driver; both end with the test.
struct Browser {
    driver: Child,
    client: Client,
    base: String,
    axe: String,
    audited: Vec<String>,
}

/// Where `tests/run` puts axe-core.
fn axe() -> String {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let cache = cache.unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cache"));
    let path = cache.join("rapporteur-checkers/axe/node_modules/axe-core/axe.min.js");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("tests/run installs {}: {error}", path.display()))
}

/// A driver, and its port. The one that it finds free may be taken by another before it listens: then it ends.
fn driver() -> (Child, String) {
    for _ in 0..20 {
        let mut driver = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.ok()?;
            line.split_once("started successfully on port ").map(|(_, port)| port.trim_end_matches('.').to_owned())
        });
        match port {
            Some(port) => return (driver, port),
            None => drop(driver.wait()),
        }
    }
    panic!("no driver starts")
}

impl Browser {
    /// As wide as a desk or as a phone, by day or by night.
    async fn start(base: &str, width: u32, dark: bool) -> Self {
        let (driver, port) = driver();
        let mut arguments = vec![
            "--headless=new".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            format!("--window-size={width},1200"),
        ];
        if dark {
            arguments.push("--blink-settings=preferredColorScheme=0".to_owned());
        }
        if std::fs::metadata("/proc/self").unwrap().uid() == 0 {
            arguments.push("--no-sandbox".to_owned());
        }
        let asked = json!({ "goog:chromeOptions": { "args": arguments } });
        let Value::Object(capabilities) = asked else { unreachable!() };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        Self { driver, client, base: base.to_owned(), axe: axe(), audited: Vec::new() }
    }

    async fn goto(&self, path: &str) {
        self.client.goto(&format!("{}{path}", self.base)).await.unwrap();
    }

    /// What the page shows; nothing while one follows another.
    async fn text(&self) -> String {
        let shown = self.client.execute("return document.body ? document.body.innerText : ''", Vec::new()).await;
        shown.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Fails unless the page comes to show each of `words`.
    async fn sees(&self, words: &[&str]) {
        let begun = std::time::Instant::now();
        loop {
            let text = self.text().await;
            let missing: Vec<_> = words.iter().filter(|word| !text.contains(**word)).collect();
            if missing.is_empty() {
                return;
            }
            assert!(begun.elapsed() < PATIENCE / 4, "{missing:?} on the page:\n{text}");
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }

    /// Loads a page until it shows `word`.
    async fn wait_on(&self, path: &str, word: &str) {
        let begun = std::time::Instant::now();
        loop {
            self.goto(path).await;
            let text = self.text().await;
            if text.contains(word) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "no `{word}` on {path}:\n{text}");
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
    }

    async fn press(&self, selector: &str) {
        self.client.find(Locator::Css(selector)).await.unwrap().click().await.unwrap();
    }

    async fn fill(&self, selector: &str, text: &str) {
        let field = self.client.find(Locator::Css(selector)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Axe's rules, all of them, on the page as it stands; and nothing that must be scrolled to the side.
    async fn audit(&mut self, what: &str) {
        self.client.execute(&self.axe, Vec::new()).await.unwrap();
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, { resultTypes: ['violations'] }).then((found) => done({
              violations: found.violations.map((v) => v.id + ': ' + v.help + ' ' + v.nodes.map((n) => n.html).join(' | ')),
              passes: found.passes.length,
              wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
              dark: matchMedia('(prefers-color-scheme: dark)').matches,
            }), (fault) => done({ violations: [String(fault)], passes: 0, wide: 0 }));";
        let found = self.client.execute_async(script, Vec::new()).await.unwrap();
        assert_eq!(found["violations"], json!([]), "{what}");
        assert!(found["passes"].as_u64().unwrap() > 10, "axe looked at {what}: {found}");
        assert!(found["wide"].as_i64().unwrap() <= 0, "{what} is wider than its window by {}", found["wide"]);
        self.audited.push(what.to_owned());
    }

    async fn close(mut self) {
        let _ = self.client.clone().close().await;
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A file let go over the form, as from a file manager.
const DROP: &str = "const transfer = new DataTransfer();
    transfer.items.add(new File([arguments[1]], arguments[0], { type: 'text/csv' }));
    const form = document.querySelector('form.drop');
    for (const name of ['dragenter', 'dragover', 'drop']) {
      form.dispatchEvent(new DragEvent(name, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }";

#[tokio::test(flavor = "multi_thread")]
async fn the_quarter_as_its_people_live_it_in_russian() {
    let quarter = Quarter::begin(Language::Ru).await;
    live(&quarter, Language::Ru).await;

    // The same pages on a phone, by night.
    let mut phone = Browser::start(&quarter.base, 500, true).await;
    for path in [
        "/?language=ru",
        "/workbooks",
        "/workbooks/1",
        "/readiness?period=2017-Q4",
        "/runs",
        "/runs/1",
        "/deliveries",
        "/deliveries/1",
        "/configuration",
        "/health",
        "/notices",
        "/audit",
    ] {
        phone.goto(path).await;
        phone.audit(&format!("{path} on a phone")).await;
    }
    let dark = phone.client.execute("return matchMedia('(prefers-color-scheme: dark)').matches", Vec::new()).await;
    assert_eq!(dark.unwrap(), json!(true), "the phone's pages were looked at by night");
    phone.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_quarter_as_its_people_live_it_in_english() {
    let quarter = Quarter::begin(Language::En).await;
    live(&quarter, Language::En).await;
}

/// From the bad workbook to version 2, on pages of one language; each is audited.
async fn live(quarter: &Quarter, language: Language) {
    let mut browser = Browser::start(&quarter.base, 1280, false).await;
    let in_words = |en: &'static str, ru: &'static str| match language {
        Language::En => en,
        Language::Ru => ru,
    };

    // A bad workbook is dropped on the page, and answered at once.
    browser.goto(&format!("/?language={}", language.code())).await;
    browser.sees(&[in_words("Nothing needs you at the moment.", "Сейчас от вас ничего не требуется.")]).await;
    browser.audit("today, nothing to do").await;
    browser.client.execute(DROP, vec![json!("activities_KG.csv"), json!(BAD)]).await.unwrap();
    browser.client.wait().at_most(PATIENCE).for_element(Locator::Css("ol.problems")).await.unwrap();
    browser.sees(&["Activities!G2:I2", in_words("12 men", "Мужчины (12)")]).await;
    browser.sees(&[in_words("Correct one of the three", "Исправьте одно из трёх чисел")]).await;
    browser.audit("what was dropped").await;
    quarter.wait("its sender is answered", || quarter.last_mail("focal.kg@example.org").is_some());
    browser.wait_on("/workbooks", in_words("2 errors", "2 ошибки")).await;
    browser.audit("workbooks").await;
    browser.press("table a.main").await;
    browser.sees(&[in_words("Two errors wait to be fixed", "Исправления ждут две ошибки")]).await;
    browser.sees(&[in_words("Download the marked copy", "Скачать копию с пометками")]).await;
    browser.press("details summary").await;
    // The answer is in its reader's language.
    browser.sees(&["Здравствуйте, Focal point, Kyrgyzstan"]).await;
    browser.audit("a workbook with errors").await;
    browser.goto("/").await;
    browser.sees(&[in_words("One matter needs you", "Вашего внимания ждёт одно дело"), "activities_KG.csv"]).await;
    browser.audit("today, a workbook waits").await;

    // Who has sent what.
    browser.goto("/readiness?period=2017-Q4").await;
    browser.sees(&["Focal point, Tajikistan", in_words("Missing", "Не получено")]).await;
    browser.sees(&[in_words("One row held", "Задержано строк: 1")]).await;

    // It is mended and handed in by the form.
    browser.goto("/workbooks").await;
    let path = quarter.workbook("activities_KG.csv", GOOD);
    let input = browser.client.find(Locator::Css("input[type=file]")).await.unwrap();
    input.send_keys(path.to_str().unwrap()).await.unwrap();
    browser.press("form.drop button").await;
    browser.sees(&[in_words("nothing in it needs fixing", "Исправлять ничего не нужно")]).await;
    let fixed = in_words("No workbook needs fixing", "Исправлять ничего не нужно");
    browser.wait_on("/workbooks?show=to-fix", fixed).await;

    // The other is reminded, and nobody else.
    quarter.remind();
    let words = ["Still missing for", "October–December 2017"];
    let words = if language == Language::En {
        words
    } else {
        ["Ещё не поступило за", "октябрь–декабрь 2017"]
    };
    quarter.expect_reminder(&words);
    let reminded = in_words("Reminded on", "Напоминание от");
    browser.wait_on("/readiness?period=2017-Q4", reminded).await;
    browser.sees(&[in_words("2 rows accepted", "Принято строк: 2"), in_words("Missing", "Не получено")]).await;
    browser.audit("readiness").await;
    browser.press("table.matrix th a").await;
    browser.sees(&[LATE, in_words("Reminder", "Напоминание"), "workbook-"]).await;
    browser.audit("a reminder").await;

    // The report is begun, read and released.
    browser.goto("/runs").await;
    browser.audit("reports, none yet").await;
    browser.fill("#period", "autumn").await;
    browser.press("#start ~ .body button").await;
    browser.sees(&[in_words("That is no period", "Такого периода нет")]).await;
    browser.audit("reports, with a field at fault").await;
    browser.fill("#period", "2017-Q4").await;
    browser.press("#start ~ .body button").await;
    browser.sees(&[in_words("It is begun.", "Отчёт начат.")]).await;
    browser.wait_on("/runs/1", in_words("Waits for sign-off", "Ждёт согласования")).await;
    browser.sees(&[in_words("Open the PDF: Russian", "Открыть PDF: на русском языке")]).await;
    browser.sees(&[in_words("Key figures", "Основные показатели"), in_words("Release it", "Выпустить")]).await;
    browser.audit("a report that waits").await;
    quarter.wait("the approver is asked", || quarter.link().is_some());
    let first = quarter.link().unwrap();
    browser.goto(&first).await;
    let asked = "Example Chair, this report waits for your word.";
    browser.sees(&[in_words(asked, "Example Chair, отчёт ждёт вашего решения.")]).await;
    browser.audit("an approver's link").await;
    // A row changes while it is read.
    quarter.drop_into_the_inbox("activities_KG.csv", CORRECTED);
    quarter.wait("the approver is asked again", || quarter.link().is_some_and(|link| link != first));
    browser.press("#decision ~ .body form button").await;
    browser.sees(&[in_words("Nothing was decided", "Решение не принято")]).await;
    browser.audit("an approval that came too late").await;
    browser.goto(&quarter.link().unwrap()).await;
    browser.sees(&[in_words("Changed since it was compiled last", "Изменилось с прошлого составления")]).await;
    browser.press("#decision ~ .body form button").await;
    browser.sees(&[in_words("The report is released", "Отчёт выпущен")]).await;
    browser.audit("an approval that is taken").await;
    browser.goto("/runs/1").await;
    browser.sees(&[in_words("Released", "Выпущен"), in_words("by the link of the mail", "по ссылке из письма")]).await;
    browser.audit("a report that is released").await;

    // A mail comes to grief, and is sent again once the server is mended.
    browser.wait_on("/deliveries?state=dead_letter", UNKNOWN).await;
    browser.audit("mails that were given up").await;
    browser.press("table a.main").await;
    browser.sees(&[in_words("Given up", "Не отправлено"), "550 5.1.1 no such mailbox here"]).await;
    browser.audit("a mail that was given up").await;
    quarter.mend_the_server();
    browser.press("form[action$='/retry'] button").await;
    browser.sees(&[in_words("It is sent again.", "Отправляется ещё раз.")]).await;
    quarter.wait("it is delivered after all", || quarter.last_mail(UNKNOWN).is_some());
    // One that the server took comes back.
    quarter.return_mail("member@example.org");
    browser.wait_on("/deliveries?state=bounced", "member@example.org").await;
    browser.sees(&[in_words("Came back", "Вернулось"), "User unknown"]).await;
    browser.audit("mails that came back").await;

    // What is found out afterwards makes version 2.
    let released = quarter.link();
    quarter.drop_into_the_inbox("activities_KG.csv", AFTERWARDS);
    quarter.wait("the approver is asked for version 2", || quarter.link() != released);
    browser.goto(&quarter.link().unwrap()).await;
    let changed = "Changed since the version that it replaces";
    browser.sees(&[in_words(changed, "Изменилось по сравнению с заменяемой версией")]).await;
    browser.audit("the link of a correction").await;
    browser.press("#decision ~ .body form button").await;
    browser.sees(&[in_words("Thank you", "Спасибо")]).await;
    browser.goto("/runs/2").await;
    browser.sees(&[in_words("version 2", "версия 2"), in_words("Other versions", "Другие версии")]).await;
    let note = "it corrects what was released: activities_KG.csv";
    browser.sees(&[in_words(note, "исправление выпущенного: файл activities_KG.csv")]).await;
    browser.audit("version 2").await;
    for (path, what) in [
        ("/", "today"),
        ("/deliveries", "mails"),
        ("/configuration", "settings"),
        ("/health", "health"),
        ("/notices", "notices"),
        ("/audit", "who did what"),
        ("/no-such-page", "nothing here"),
    ] {
        browser.goto(path).await;
        browser.audit(what).await;
    }
    browser.close().await;
}
