//! Configuration: every mistake told once, with its line and what mends it.

use std::path::Path;

use rapporteur::config::{Config, load_with};
use rapporteur::diagnostic::{Checked, Diagnostic};
use rapporteur::locale::Locale;
use rapporteur::recipient::Language;

fn home(files: &[(&str, &str)]) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("config")).unwrap();
    // The template that the examples name, whether it is embedded or not.
    let template = home.path().join("templates/report/rsg-quarterly");
    std::fs::create_dir_all(&template).unwrap();
    std::fs::write(template.join("report.md"), "# Report\n").unwrap();
    for (name, text) in files {
        std::fs::write(home.path().join("config").join(name), text).unwrap();
    }
    home
}

fn load(home: &Path) -> Checked<Config> {
    load_with(home, &|_| None).unwrap()
}

/// `(file, line, code)` of every diagnostic; a message without words would be a bug of ours.
fn told(diagnostics: &[Diagnostic]) -> Vec<(String, u32, String)> {
    for language in Language::ALL {
        let locale = Locale::embedded(language);
        for diagnostic in diagnostics {
            let told = locale.diagnostic(diagnostic);
            assert!(!told.message.contains(['‹', '{']) || told.message.contains('`'), "{}", told.message);
            assert!(!told.hint.is_empty(), "{language}: {} has no hint", diagnostic.code);
            assert!(!told.message.contains("‹"), "{language}: {}", told.message);
        }
    }
    diagnostics
        .iter()
        .map(|d| {
            let file = d.place.file.clone().unwrap_or_default();
            (file.trim_start_matches("config/").to_owned(), d.place.line.unwrap_or(0), d.code.clone())
        })
        .collect()
}

fn expect(files: &[(&str, &str)], expected: &[(&str, u32, &str)]) {
    let home = home(files);
    let checked = load(home.path());
    let found = told(&checked.diagnostics);
    let expected: Vec<_> = expected.iter().map(|(f, l, c)| ((*f).to_owned(), *l, (*c).to_owned())).collect();
    assert_eq!(found, expected);
}

const PEOPLE: &str = r#"[[recipient]]
name = "Example Member"
email = "member@example.org"
groups = ["steering-group"]
"#;

fn schedule(lines: &str) -> String {
    format!(
        "[[schedule]]\nname = \"q\"\nreport = \"rsg-quarterly\"\ncron = \"0 9 15 1,4,7,10 *\"\nrecipients = [\"steering-group\"]\n{lines}\n"
    )
}

#[test]
fn a_home_without_files_works_on_defaults() {
    let home = tempfile::tempdir().unwrap();
    let checked = load(home.path());
    assert_eq!(checked.diagnostics, []);
    assert_eq!(checked.output, Config::defaults(home.path()));
}

#[test]
fn eight_mistakes_are_eight_diagnostics() {
    expect(
        &[
            (
                "rapporteur.toml",
                r#"[programme]
code = "BOMCA 9"
timezone = "Asia/Bishkekk"
start = "2019-12-14"
end = "2015-06-15"

[inbox]
setle = "10s"

[mail]
operators = ["operators@example"]
[mail.smtp]
host = "mail.example.org"
port = "465"
"#,
            ),
            (
                "schedules.toml",
                r#"[[schedule]]
name = "q"
report = "rsg-quarterly"
cron = "0 0 7 1 1,4,7,10 *"
recipients = ["steering-grup"]

[[schedule]]
name = "never"
report = "rsg-quarterly"
cron = "0 9 30 2 *"
recipients = ["steering-group"]
"#,
            ),
            ("recipients.toml", PEOPLE),
        ],
        &[
            ("rapporteur.toml", 3, "timezone-unknown"),
            ("rapporteur.toml", 5, "programme-backwards"),
            ("rapporteur.toml", 8, "key-unknown"),
            ("rapporteur.toml", 11, "email-address"),
            ("rapporteur.toml", 14, "value-kind"),
            ("schedules.toml", 4, "schedule-fields"),
            ("schedules.toml", 5, "group-empty"),
            ("schedules.toml", 10, "schedule-never-fires"),
        ],
    );
}

#[test]
fn eight_others_in_people_and_mail() {
    expect(
        &[
            (
                "rapporteur.toml",
                r#"[mail]
transport = "smtp"
from = "Secretariat\r\nBcc: x <reports@example.org>"
[mail.smtp]
host = "mail.example.org"
tls = "none"
username = "reports"
password = "not-so-secret"
"#,
            ),
            ("schedules.toml", &schedule("misfire = \"run-latest\"\nsign_off = \"required\"")),
            (
                "recipients.toml",
                r#"[[recipient]]
name = "A\u0000B"
email = "member@example.org"
groups = ["steering-group"]
[[recipient]]
name = "Example Member"
email = "Member@example.org"
groups = []
country = "Tajikistan"
"#,
            ),
        ],
        &[
            ("rapporteur.toml", 3, "line-break"),
            ("rapporteur.toml", 6, "tls-none-beyond-loopback"),
            ("rapporteur.toml", 8, "password-in-file"),
            ("schedules.toml", 6, "word-unknown"),
            ("schedules.toml", 7, "approvers-missing"),
            ("recipients.toml", 2, "line-break"),
            ("recipients.toml", 7, "email-twice"),
            ("recipients.toml", 8, "recipient-in-no-group"),
            ("recipients.toml", 9, "country-code"),
        ],
    );
}

#[test]
fn the_hint_is_the_repair() {
    let home = home(&[
        ("schedules.toml", &schedule("timezone = \"Tashkent\"\nrecipents = [\"x\"]").replace("0 9 15", "0 0 9 15")),
        ("recipients.toml", PEOPLE),
    ]);
    let locale = Locale::embedded(Language::En);
    let told: Vec<String> = load(home.path())
        .diagnostics
        .iter()
        .map(|d| format!("{}: {} | {}", d.place, locale.diagnostic(d).message, locale.diagnostic(d).hint))
        .collect();
    assert_eq!(
        told,
        [
            "config/schedules.toml:4:8: expected 5 schedule fields, found 6: `0 0 9 15 1,4,7,10 *` | \
             drop the seconds: `0 9 15 1,4,7,10 *`",
            "config/schedules.toml:6:12: expected a time zone by its IANA name, found `Tashkent` | \
             perhaps you meant `Asia/Tashkent`",
            "config/schedules.toml:7:1: expected a key of `[[schedule]]`, found `recipents` | \
             take it out, or use one of `name`, `report`, `cron`, `after_period`, `at`, `holidays`, `timezone`, `period`, \
             `recipients`, `languages`, `editions`, `sign_off`, `approvers`, `approvals`, `remind`, `wait`, `deadline`, `at_deadline`, `misfire`, `grace`, `max_age`, \
             `latest`, `overlap`, `on_problems`",
        ]
    );
}

#[test]
fn a_misspelt_key_is_one_mistake_and_not_three() {
    let files = [
        ("schedules.toml", schedule("").replace("recipients", "recipents")),
        ("recipients.toml", PEOPLE.replace("groups", "group")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    expect(&files, &[("schedules.toml", 5, "key-unknown"), ("recipients.toml", 4, "key-unknown")]);
}

#[test]
fn a_slip_of_syntax_hides_nothing_and_adds_nothing() {
    expect(
        &[
            ("schedules.toml", &schedule("grace = \"1 fortnight\"")),
            ("recipients.toml", "[[recipient]]\nname = \"Example\nemail = \"member@example.org\"\nlanguage = \"de\"\n"),
        ],
        &[
            ("schedules.toml", 6, "duration-unreadable"),
            ("recipients.toml", 2, "toml-syntax"),
            ("recipients.toml", 4, "language-unknown"),
        ],
    );
}

#[test]
fn what_later_versions_understand_is_refused_and_not_ignored() {
    expect(
        &[("rapporteur.toml", "[ledger]\nurl = \"postgres://u:p@host/db\"\n")],
        &[("rapporteur.toml", 2, "not-yet")],
    );
}

#[test]
fn more_single_mistakes() {
    for (file, text, line, code) in [
        ("rapporteur.toml", "[programme]\nlanguages = [\"en\", \"de\"]\n", 2, "language-unknown"),
        ("rapporteur.toml", "[programme]\nfunding_line = { en = \"Funded\" }\n", 2, "wording-missing"),
        ("rapporteur.toml", "[programme]\nname = \"Plain\"\n", 2, "value-kind"),
        ("rapporteur.toml", "[programme]\ncountries = [\"KZ\", \"kg\"]\n", 2, "country-code"),
        ("rapporteur.toml", "[programme]\nend = \"2019-13-01\"\n", 2, "day-unreadable"),
        ("rapporteur.toml", "[programe]\ncode = \"X\"\n", 1, "key-unknown"),
        ("rapporteur.toml", "code = \"X\"\n", 1, "key-unknown"),
        ("rapporteur.toml", "[mail]\ntransport = \"smtp\"\n", 2, "smtp-missing"),
        ("rapporteur.toml", "[mail.smtp]\nhost = \"h.example.org\"\nport = 70000\n", 3, "number-out-of-range"),
        ("rapporteur.toml", "[mail.smtp]\nport = 465\n", 1, "key-missing"),
        ("rapporteur.toml", "[dashboard]\nlisten = \"8010\"\n", 2, "listen-address"),
        ("rapporteur.toml", "[dashboard]\nlisten = \"0.0.0.0:8010\"\n", 2, "dashboard-open"),
        ("rapporteur.toml", "[dashboard]\nproxy = \"127.0.0.1\"\n", 1, "dashboard-hosts-missing"),
        ("rapporteur.toml", "[dashboard]\nproxy = \"nginx\"\n", 2, "dashboard-proxy"),
        ("rapporteur.toml", "[dashboard]\nhosts = [\"https://a.example\"]\n", 2, "dashboard-host"),
        ("rapporteur.toml", "[inbox]\nsettle = 10\n", 2, "value-kind"),
        ("rapporteur.toml", "inbox = \"inbox\"\n", 1, "value-kind"),
        (
            "rapporteur.toml",
            "[[programme.component]]\nnumber = 1\ntitle = { en = \"A\", ru = \"А\" }\n\n[[programme.component]]\nnumber = 1\ntitle = { en = \"B\", ru = \"Б\" }\n",
            6,
            "component-number-twice",
        ),
        (
            "rapporteur.toml",
            "[mail]\ntransport = \"smtp\"\n[mail.smtp]\nhost = \"h.example.org\"\nusername = \"u\"\npassword_file = \"nowhere\"\n",
            6,
            "password-file",
        ),
        (
            "recipients.toml",
            "[[recipient]]\nname = \"A\"\nemail = \"Example <a@example.org>\"\ngroups = [\"g\"]\n",
            3,
            "email-address",
        ),
        ("recipients.toml", "[[contributor]]\nname = \"A\"\nemail = \"a@example.org\"\n", 1, "key-missing"),
        ("workbook.toml", "[types]\n\"round table\" = \"meetin\"\n", 2, "alias-unknown"),
        ("workbook.toml", "[countries]\n\"Tajik Republic\" = \"TJK\"\n", 2, "alias-unknown"),
        (
            "workbook.toml",
            "[[agency]]\nname = \"A\"\nfrom = \"2018-03-14\"\nuntil = \"2018-03-13\"\nnow = \"B\"\n",
            4,
            "name-backwards",
        ),
        ("workbook.toml", "[[town]]\nname = \"A\"\nuntil = \"2018-03-13\"\n", 2, "name-without-successor"),
    ] {
        let home = home(&[(file, text)]);
        let found = told(&load(home.path()).diagnostics);
        assert_eq!(found, [(file.to_owned(), line, code.to_owned())], "{text}");
    }
    for (lines, code) in [
        ("period = \"last-quarter\"", "period-unknown"),
        ("on_problems = \"stop\"", "word-unknown"),
        ("languages = \"ru\"", "value-kind"),
        ("editions = \"person\"", "word-unknown"),
    ] {
        let home = home(&[("schedules.toml", &schedule(lines)), ("recipients.toml", PEOPLE)]);
        let found = told(&load(home.path()).diagnostics);
        assert_eq!(found, [("schedules.toml".to_owned(), 6, code.to_owned())], "{lines}");
    }
    // One pair of brackets too few is told once, and what stands below is read all the same.
    let single = schedule("misfire = \"never\"").replace("[[schedule]]", "[schedule]");
    expect(
        &[("schedules.toml", &single), ("recipients.toml", PEOPLE)],
        &[("schedules.toml", 1, "value-kind"), ("schedules.toml", 6, "word-unknown")],
    );
    let unknown = schedule("").replace("\"rsg-quarterly\"", "\"rsg-quaterly\"");
    expect(&[("schedules.toml", &unknown), ("recipients.toml", PEOPLE)], &[("schedules.toml", 3, "report-unknown")]);
}

/// What is told of one line of a schedule in place of its `cron`, as `code: message | hint`.
fn told_of(lines: &str, holidays: &str) -> Vec<String> {
    let text = schedule(lines).replace("cron = \"0 9 15 1,4,7,10 *\"\n", "");
    let home = home(&[("schedules.toml", &text), ("recipients.toml", PEOPLE), ("holidays.toml", holidays)]);
    let diagnostics = load(home.path()).diagnostics;
    let locale = Locale::embedded(Language::En);
    let words = |d: &Diagnostic| {
        let told = locale.diagnostic(d);
        format!("{}:{}: {} | {}", d.place.line.unwrap(), d.place.column.unwrap(), told.message, told.hint)
    };
    // Both languages have words for it.
    assert_eq!(told(&diagnostics).len(), diagnostics.len());
    diagnostics.iter().map(words).collect()
}

#[test]
fn a_schedule_that_can_never_be_due_is_refused_with_its_repair() {
    let holidays = "[[country]]\ncode = \"KG\"\nfixed = [\"02-23\"]\n";
    let said = |lines: &str| told_of(lines, holidays);
    for (lines, expected) in [
        (
            "cron = \"0 9 31 2 *\"",
            "5:8: no day of the next five years fits `0 9 31 2 *` | choose a day that its month has; for the last day of \
             a month write L, such as `0 9 L * *`",
        ),
        ("cron = \"@quaterly\"", "5:8: there is no shortcut `@quaterly` | perhaps you meant `@quarterly`"),
        (
            "cron = \"0 9 * * MON#6\"",
            "5:8: expected 0 to 7, SUN to SAT, `MON#2` or `FRI#L` as the day of the week, found `MON#6` in \
             `0 9 * * MON#6` | correct the day of the week",
        ),
        (
            "cron = \"10 working days\"",
            "5:8: expected a cron expression, found `10 working days` | working days have a key of their own: \
             `after_period = \"10 working days\"`",
        ),
        (
            "after_period = \"10 workingdays\"",
            "5:16: expected a number of working days, found `10 workingdays` | perhaps you meant `10 working days`",
        ),
        (
            "after_period = \"ten\"",
            "5:16: expected a number of working days, found `ten` | write a number and the words, such as \
             `after_period = \"10 working days\"`",
        ),
        (
            "after_period = \"20 working days\"\nperiod = \"previous-month\"",
            "5:16: `20 working days` can never be met: some months have only 19 working days | write at most \
             `after_period = \"19 working days\"`, so that each report is out before the next period ends",
        ),
        (
            "after_period = \"0 working days\"",
            "5:16: expected at least 1 working day, found `0 working days` | write `after_period = \"1 working day\"` \
             for the first one",
        ),
        (
            "after_period = \"10 working days\"\nperiod = \"this-quarter\"",
            "6:10: working days are counted from the end of a period, and `this-quarter` is not over by then | use \
             `period = \"previous-quarter\"`",
        ),
        (
            "after_period = \"10 working days\"\nperiod = \"2017-Q4\"",
            "6:10: working days are counted after every period, and `2017-Q4` is one alone | use \
             `period = \"previous-quarter\"`; for a single report: rapporteur runs start",
        ),
        (
            "after_period = \"10 working days\"\nholidays = [\"LV\"]",
            "6:13: config/holidays.toml has no days off for `LV` | add a `[[country]]` with `code = \"LV\"` there, or take \
             it out here",
        ),
        (
            "after_period = \"10 working days\"\nat = \"9 o'clock\"",
            "6:6: expected a time of day for `at`, found `9 o'clock` | write hour and minute, such as \"09:00\" or \
             \"17:30\"",
        ),
        (
            "cron = \"@quarterly\"\nat = \"09:00\"",
            "6:6: `at` belongs to `after_period`, and there is none | take it out, or put \
             `after_period = \"10 working days\"` in place of `cron`",
        ),
        (
            "cron = \"@quarterly\"\nafter_period = \"1 working day\"",
            "6:16: a schedule is due by `cron` or by `after_period`, found both | take one of the two out",
        ),
        (
            "cron = \"@quarterly\"\ngrace = \"2 days\"\nmax_age = \"1 day\"",
            "7:11: `max_age` (1 day) is shorter than `grace` (2 days) | an occurrence within its grace is still on time: \
             make `max_age` as long, or longer",
        ),
    ] {
        assert_eq!(said(lines), [expected], "{lines}");
    }
    assert_eq!(said("after_period = \"10 working days\"\nat = \"17:30\"\nholidays = [\"KG\"]"), Vec::<String>::new());
    let without = told_of("after_period = \"10 working days\"", "");
    assert!(without[0].contains("only Saturdays and Sundays are taken as days off"), "{without:?}");
    assert_eq!(told_of("after_period = \"10 working days\"\nholidays = []", ""), Vec::<String>::new());
}

#[test]
fn holidays_are_read_and_slips_in_them_told() {
    expect(
        &[(
            "holidays.toml",
            "[[country]]\ncode = \"KG\"\nweekend = [\"sturday\"]\nfixed = [\"21-03\", \"2026-03-21\", \"02-29\"]\n\
             days = [2026-03-20, \"20.03.2026\"]\nworking = [2026-02-30]\n[[country]]\ncode = \"KG\"\n",
        )],
        // The 30th of February is no day to TOML either.
        &[
            ("holidays.toml", 3, "weekday-unknown"),
            ("holidays.toml", 4, "holiday-fixed"),
            ("holidays.toml", 4, "holiday-fixed"),
            ("holidays.toml", 5, "holiday-day"),
            ("holidays.toml", 6, "toml-syntax"),
            ("holidays.toml", 8, "holidays-country-twice"),
        ],
    );
}

#[test]
fn secrets_are_read_and_never_shown() {
    let home = home(&[(
        "rapporteur.toml",
        "[mail]\ntransport = \"smtp\"\n[mail.smtp]\nhost = \"h.example.org\"\nusername = \"u\"\npassword_file = \"smtp-secret\"\n",
    )]);
    std::fs::write(home.path().join("smtp-secret"), "hunter2 \n").unwrap();
    let checked = load(home.path());
    assert_eq!(checked.diagnostics, []);
    let smtp = checked.output.mail.smtp.clone().unwrap();
    assert_eq!(smtp.password.as_deref(), Some("hunter2 "));
    let shown = format!("{:?}{}", checked.output, serde_json::to_string(&checked.output).unwrap());
    assert!(!shown.contains("hunter2"));
    let from_environment = load_with(home.path(), &|_| Some("other".to_owned())).unwrap();
    assert_eq!(from_environment.output.mail.smtp.unwrap().password.as_deref(), Some("other"));
}

/// The files of the repository, which `init` writes too.
fn ours(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("config").join(name)).unwrap()
}

#[test]
fn every_file_in_config_parses_and_the_reference_is_the_defaults() {
    let names = ["rapporteur.toml", "schedules.toml", "holidays.toml", "recipients.toml", "workbook.toml"];
    let texts: Vec<(&str, String)> = names.iter().map(|name| (*name, ours(name))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let home = home(&files);
    let checked = load(home.path());
    assert_eq!(told(&checked.diagnostics), []);
    let defaults = Config::defaults(home.path());
    assert_eq!(checked.output.programme, defaults.programme);
    assert_eq!(checked.output.inbox, defaults.inbox);
    assert_eq!(checked.output.ledger, defaults.ledger);
    assert_eq!(checked.output.mail, defaults.mail);
    assert_eq!(checked.output.dashboard, defaults.dashboard);
    assert_eq!(checked.output.workbook, defaults.workbook);
    assert_eq!(checked.output.schedules.len(), 1);
}

/// A certificate that is none is told; the dashboard is not then called open as well.
#[test]
fn the_dashboard_s_certificate_is_looked_at() {
    let text = "[dashboard]\nlisten = \"0.0.0.0:8010\"\n\
        tls = { certificate = \"none.pem\", key = \"config/rapporteur.toml\" }\n";
    let place = ("rapporteur.toml", 3, "dashboard-pem");
    expect(&[("rapporteur.toml", text)], &[place, place]);
}

#[test]
fn the_mail_server_in_comments_shows_the_defaults() {
    let minimal = home(&[("rapporteur.toml", "[mail.smtp]\nhost = \"mail.example.org\"\n")]);
    let ours_all = ours("rapporteur.toml");
    // A mailbox for bounces has no default, and only one of the two that are shown can be.
    let (before, bounces) = ours_all.split_once("#[bounces]").unwrap();
    let after = bounces.split_once("[dashboard]").unwrap().1;
    let text: String = format!("{before}[dashboard]{after}")
        .lines()
        .filter(|line| {
            !["#username", "#password_file", "#ca_file", "#hello", "#rate", "#archive_url", "#tls", "#proxy"]
                .iter()
                .any(|key| line.starts_with(key))
        })
        .map(|line| match line.strip_prefix('#') {
            Some(rest) if rest.starts_with('[') || rest.contains(" = ") && !rest.starts_with(' ') => {
                format!("{rest}\n")
            }
            _ => format!("{line}\n"),
        })
        .collect();
    let full = home(&[("rapporteur.toml", &text)]);
    assert_eq!(told(&load(full.path()).diagnostics), []);
    assert_eq!(load(full.path()).output.mail, load(minimal.path()).output.mail);
    // And every commented key is one that the reader knows.
    let all = ours("rapporteur.toml")
        .replace("\n#", "\n")
        .lines()
        .filter(|l| l.starts_with('[') || l.contains(" = ") && !l.contains(". "))
        .collect::<Vec<_>>()
        .join("\n");
    let all = home(&[("rapporteur.toml", &all)]);
    assert!(load(all.path()).diagnostics.iter().all(|d| d.code != "key-unknown"));
}

#[test]
fn the_defaults_named_in_the_comments_of_schedules_are_true() {
    let text = ours("schedules.toml");
    let mut default = None;
    let mut lines = String::new();
    for line in text.lines() {
        if let Some((_, value)) = line.split_once("Default: ").filter(|_| line.starts_with('#')) {
            default = Some(value.to_owned());
        } else if let Some((key, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#'))
            && let Some(value) = default.take()
            && !value.starts_with("the programme")
        {
            lines.push_str(&format!("{key} = {value}\n"));
        }
    }
    assert_eq!(lines.lines().count(), 13, "{lines}");
    let documented = home(&[("schedules.toml", &schedule(&lines)), ("recipients.toml", PEOPLE)]);
    let minimal = home(&[("schedules.toml", &schedule("")), ("recipients.toml", PEOPLE)]);
    assert_eq!(load(documented.path()).output.schedules, load(minimal.path()).output.schedules);
}

#[test]
fn the_contract_s_own_example_has_no_false_alarm() {
    let text = r#"[programme]
code = "BOMCA 9"
languages = ["en", "ru"]
timezone = "Asia/Bishkek"
start = "2015-06-15"
end = 2019-12-14
countries = ["KZ", "KG", "TJ", "TM", "UZ"]
funding_line = { en = "Funded by the European Union", ru = "Финансируется Европейским союзом" }
handling = { en = "", ru = "" }
[inbox]
folder = "inbox"
settle = "10s"
[mail]
transport = "maildir"
from = "BOMCA Secretariat <reports@example.org>"
[mail.smtp]
host = "mail.example.org"
port = 465
tls = "implicit"
username = "reports"
password_file = "secrets/smtp"
connections = 4
"#;
    expect(&[("rapporteur.toml", text)], &[]);
}

/// As much of JSON Schema as our own uses.
fn fits(schema: &serde_json::Value, root: &serde_json::Value, value: &serde_json::Value) -> bool {
    use serde_json::Value;
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return fits(root.pointer(&reference[1..]).unwrap(), root, value);
    }
    if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
        return any.iter().any(|one| fits(one, root, value));
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words.contains(value);
    }
    match schema["type"].as_str().unwrap() {
        "object" => value.as_object().is_some_and(|object| {
            let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
            required.iter().all(|key| object.contains_key(key.as_str().unwrap()))
                && object.iter().all(|(key, value)| match schema["properties"].get(key) {
                    Some(property) => fits(property, root, value),
                    None => {
                        schema["additionalProperties"].is_object() && fits(&schema["additionalProperties"], root, value)
                    }
                })
        }),
        "array" => value.as_array().is_some_and(|items| items.iter().all(|item| fits(&schema["items"], root, item))),
        "integer" => value
            .as_i64()
            .is_some_and(|n| n >= schema["minimum"].as_i64().unwrap() && n <= schema["maximum"].as_i64().unwrap()),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        other => panic!("a type that this test does not know: {other}"),
    }
}

#[test]
fn the_schema_takes_our_files_and_refuses_others() {
    let schema = rapporteur::config::schema();
    let read = |text: &str| serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap();
    for name in ["rapporteur", "schedules", "recipients", "workbook"] {
        let definition = &schema["$defs"][name];
        let value = read(&ours(&format!("{name}.toml")));
        assert!(fits(definition, &schema, &value), "{name}");
        assert!(fits(&schema, &schema, &value), "{name}");
    }
    for bad in [
        "[programme]\ncolour = \"blue\"",
        "[mail.smtp]\nhost = \"h\"\nport = 70000",
        "[[schedule]]\nname = \"q\"",
        "[mail]\ntransport = \"pigeon\"",
        "[mail.smtp]\nhost = \"h\"\npassword = \"p\"",
    ] {
        assert!(!fits(&schema, &schema, &read(bad)), "{bad}");
    }
}
