//! Every key that a configuration file may have, with its kind and an example.
//!
//! The reader checks files against these lists, and the JSON Schema is made of them, so the
//! schema cannot promise what the reader refuses.

/// A table of a file, with the keys it may have.
pub(super) struct Section {
    /// As written in the file, `[[schedule]]`; empty for the file itself.
    pub(super) head: &'static str,
    pub(super) keys: &'static [Key],
}

/// One key.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// A value as it would be typed, for hints.
    pub(super) example: &'static str,
    pub(super) required: bool,
}

/// What a key's value must be.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Text on one line.
    Text,
    /// Text in each language: `{ en = "…", ru = "…" }`.
    Wording,
    /// A list of texts.
    Texts,
    /// One of some words.
    Word(&'static [&'static str]),
    /// `true` or `false`.
    Bool,
    /// A whole number within bounds, both included.
    Whole(i64, i64),
    /// A span of time: `"10s"`, `"1h"`, `"5 days"`; the bounds are in seconds.
    Span(u64, u64),
    /// A day: `"2015-06-15"`, with or without quotes.
    Day,
    /// A list of days.
    Days,
    /// A mailbox, with or without a name.
    Mailbox,
    /// A list of mailboxes.
    Mailboxes,
    /// A key that must not stand in the file at all.
    Secret,
    /// A table within.
    Table(&'static Section),
    /// Tables within, `[[…]]`.
    Tables(&'static Section),
    /// Any names, each with a text.
    Names,
}

const fn key(name: &'static str, kind: Kind, example: &'static str) -> Key {
    Key { name, kind, example, required: false }
}

const fn required(name: &'static str, kind: Kind, example: &'static str) -> Key {
    Key { name, kind, example, required: true }
}

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

pub(super) static RAPPORTEUR: Section = Section {
    head: "",
    keys: &[
        key("programme", Kind::Table(&PROGRAMME), ""),
        key("inbox", Kind::Table(&INBOX), ""),
        key("ledger", Kind::Table(&LEDGER), ""),
        key("mail", Kind::Table(&MAIL), ""),
        key("bounces", Kind::Table(&BOUNCES), ""),
        key("dashboard", Kind::Table(&DASHBOARD), ""),
    ],
};

static PROGRAMME: Section = Section {
    head: "[programme]",
    keys: &[
        key("code", Kind::Text, r#""BOMCA 9""#),
        key("name", Kind::Wording, r#"{ en = "Border Management Programme", ru = "…" }"#),
        key("languages", Kind::Texts, r#"["en", "ru"]"#),
        key("timezone", Kind::Text, r#""Asia/Bishkek""#),
        key("start", Kind::Day, r#""2015-06-15""#),
        key("end", Kind::Day, r#""2019-12-14""#),
        key("countries", Kind::Texts, r#"["KZ", "KG"]"#),
        key("funding_line", Kind::Wording, r#"{ en = "Funded by the European Union", ru = "…" }"#),
        key("disclaimer", Kind::Wording, r#"{ en = "…", ru = "…" }"#),
        key("handling", Kind::Wording, r#"{ en = "For members of the steering group", ru = "…" }"#),
        key("map", Kind::Word(&["on", "off"]), r#""on""#),
        key("map_note", Kind::Wording, r#"{ en = "Boundaries shown do not imply any opinion …", ru = "…" }"#),
        key("contact", Kind::Text, r#""secretariat@example.org""#),
        key("component", Kind::Tables(&COMPONENT), ""),
        key("indicator", Kind::Tables(&INDICATOR), ""),
        key("logo", Kind::Tables(&LOGO), ""),
    ],
};

static COMPONENT: Section = Section {
    head: "[[programme.component]]",
    keys: &[
        required("number", Kind::Whole(1, 99), "1"),
        required("title", Kind::Wording, r#"{ en = "Trade facilitation at borders", ru = "…" }"#),
    ],
};

static INDICATOR: Section = Section {
    head: "[[programme.indicator]]",
    keys: &[required("code", Kind::Text, r#""OP1.1""#), required("counts", Kind::Text, r#""activities.total""#)],
};

static LOGO: Section = Section {
    head: "[[programme.logo]]",
    keys: &[
        required("file", Kind::Text, r#""partner.svg""#),
        required("alt", Kind::Wording, r#"{ en = "Logo of the Example Partner", ru = "…" }"#),
        key("donor", Kind::Bool, "true"),
    ],
};

static INBOX: Section = Section {
    head: "[inbox]",
    keys: &[
        key("folder", Kind::Text, r#""inbox""#),
        key("answer_by_mail", Kind::Bool, "true"),
        key("settle", Kind::Span(0, HOUR), r#""10s""#),
        key("scan_every", Kind::Span(1, HOUR), r#""5s""#),
        key("max_file_mb", Kind::Whole(1, 2000), "100"),
        key("max_rows", Kind::Whole(1, 10_000_000), "500000"),
        key("legacy_xls", Kind::Bool, "false"),
    ],
};

static LEDGER: Section = Section {
    head: "[ledger]",
    keys: &[
        key("url", Kind::Text, r#""sqlite:state/ledger.db""#),
        key("least_free_mb", Kind::Whole(0, 1_000_000_000), "500"),
    ],
};

static MAIL: Section = Section {
    head: "[mail]",
    keys: &[
        key("transport", Kind::Word(&["maildir", "smtp"]), r#""maildir""#),
        key("from", Kind::Mailbox, r#""BOMCA Secretariat <reports@example.org>""#),
        key("reply_to", Kind::Mailbox, r#""secretariat@example.org""#),
        key("operators", Kind::Mailboxes, r#"["operators@example.org"]"#),
        key("maildir", Kind::Text, r#""mail""#),
        key("retry_first", Kind::Span(1, DAY), r#""1m""#),
        key("retry_ceiling", Kind::Span(1, 7 * DAY), r#""4h""#),
        key("give_up_after", Kind::Span(1, 30 * DAY), r#""5 days""#),
        key("max_mb", Kind::Whole(1, 1000), "25"),
        key("too_large", Kind::Word(&["refuse", "link"]), r#""refuse""#),
        key("archive_url", Kind::Text, r#""https://reports.example.org/archive""#),
        key("smtp", Kind::Table(&SMTP), ""),
        key("dkim", Kind::Table(&DKIM), ""),
    ],
};

static SMTP: Section = Section {
    head: "[mail.smtp]",
    keys: &[
        required("host", Kind::Text, r#""mail.example.org""#),
        key("port", Kind::Whole(1, 65_535), "465"),
        key("tls", Kind::Word(&["implicit", "starttls", "none"]), r#""implicit""#),
        key("username", Kind::Text, r#""reports""#),
        key("password_file", Kind::Text, r#""secrets/smtp""#),
        key("password", Kind::Secret, ""),
        key("connections", Kind::Whole(1, 64), "4"),
        key("rate", Kind::Text, r#""100 per minute""#),
        key("timeout", Kind::Span(1, HOUR), r#""60s""#),
        key("ca_file", Kind::Text, r#""secrets/ca.pem""#),
        key("hello", Kind::Text, r#""reports.example.org""#),
    ],
};

static DKIM: Section = Section {
    head: "[mail.dkim]",
    keys: &[
        required("domain", Kind::Text, r#""example.org""#),
        required("selector", Kind::Text, r#""reports""#),
        required("key_file", Kind::Text, r#""secrets/dkim.pem""#),
    ],
};

static BOUNCES: Section = Section {
    head: "[bounces]",
    keys: &[
        key("maildir", Kind::Text, r#""/var/mail/reports""#),
        key("every", Kind::Span(1, DAY), r#""5m""#),
        key("imap", Kind::Table(&IMAP), ""),
    ],
};

static IMAP: Section = Section {
    head: "[bounces.imap]",
    keys: &[
        required("host", Kind::Text, r#""mail.example.org""#),
        key("port", Kind::Whole(1, 65_535), "993"),
        key("tls", Kind::Word(&["implicit", "starttls", "none"]), r#""implicit""#),
        required("username", Kind::Text, r#""reports@example.org""#),
        required("password_file", Kind::Text, r#""secrets/imap""#),
        key("password", Kind::Secret, ""),
        key("mailbox", Kind::Text, r#""INBOX""#),
        key("ca_file", Kind::Text, r#""secrets/ca.pem""#),
    ],
};

static DASHBOARD: Section = Section {
    head: "[dashboard]",
    keys: &[
        key("listen", Kind::Text, r#""127.0.0.1:8010""#),
        key("hosts", Kind::Texts, r#"["reports.example.org"]"#),
        key("tls", Kind::Table(&DASHBOARD_TLS), ""),
        key("proxy", Kind::Text, r#""127.0.0.1""#),
        key("public_url", Kind::Text, r#""https://reports.example.org""#),
        key("links_valid_for", Kind::Span(HOUR, 366 * DAY), r#""14 days""#),
    ],
};

static DASHBOARD_TLS: Section = Section {
    head: "[dashboard.tls]",
    keys: &[
        required("certificate", Kind::Text, r#""secrets/dashboard.pem""#),
        required("key", Kind::Text, r#""secrets/dashboard.key""#),
    ],
};

pub(super) static SCHEDULES: Section = Section { head: "", keys: &[key("schedule", Kind::Tables(&SCHEDULE), "")] };

static SCHEDULE: Section = Section {
    head: "[[schedule]]",
    keys: &[
        required("name", Kind::Text, r#""rsg-quarterly""#),
        required("report", Kind::Text, r#""rsg-quarterly""#),
        required("cron", Kind::Text, r#""0 9 15 1,4,7,10 *""#),
        key("after_period", Kind::Text, r#""10 working days""#),
        key("at", Kind::Text, r#""09:00""#),
        key("holidays", Kind::Texts, r#"["KG"]"#),
        key("timezone", Kind::Text, r#""Asia/Bishkek""#),
        key("period", Kind::Text, r#""previous-quarter""#),
        required("recipients", Kind::Texts, r#"["steering-group"]"#),
        key("languages", Kind::Texts, r#"["en", "ru"]"#),
        key("editions", Kind::Word(&["language", "country"]), r#""language""#),
        key("sign_off", Kind::Word(&["required", "none"]), r#""required""#),
        key("approvers", Kind::Texts, r#"["secretariat"]"#),
        key("approvals", Kind::Word(&["any", "all"]), r#""any""#),
        key("remind", Kind::Texts, r#"["10 working days", "3 working days"]"#),
        key("wait", Kind::Word(&["none", "until-ready"]), r#""until-ready""#),
        key("deadline", Kind::Text, r#""5 working days""#),
        key("at_deadline", Kind::Word(&["send", "hold"]), r#""hold""#),
        key("misfire", Kind::Word(&["run_latest", "run_each", "skip"]), r#""run_latest""#),
        key("grace", Kind::Span(0, 366 * DAY), r#""1h""#),
        key("max_age", Kind::Span(MINUTE, 3660 * DAY), r#""92 days""#),
        key("latest", Kind::Span(DAY, 3660 * DAY), r#""60 days""#),
        key("overlap", Kind::Word(&["forbid", "allow"]), r#""forbid""#),
        key("on_problems", Kind::Word(&["hold", "send"]), r#""hold""#),
    ],
};

pub(super) static HOLIDAYS: Section = Section { head: "", keys: &[key("country", Kind::Tables(&COUNTRY), "")] };

static COUNTRY: Section = Section {
    head: "[[country]]",
    keys: &[
        required("code", Kind::Text, r#""KG""#),
        key("weekend", Kind::Texts, r#"["saturday", "sunday"]"#),
        key("fixed", Kind::Texts, r#"["01-01", "03-21"]"#),
        key("days", Kind::Days, r#"["2026-03-20"]"#),
        key("working", Kind::Days, r#"["2026-03-28"]"#),
    ],
};

pub(super) static PEOPLE: Section = Section {
    head: "",
    keys: &[key("recipient", Kind::Tables(&RECIPIENT), ""), key("contributor", Kind::Tables(&CONTRIBUTOR), "")],
};

static RECIPIENT: Section = Section {
    head: "[[recipient]]",
    keys: &[
        required("name", Kind::Text, r#""Example Member""#),
        required("email", Kind::Text, r#""member@example.org""#),
        key("language", Kind::Text, r#""ru""#),
        key("country", Kind::Text, r#""TJ""#),
        key("groups", Kind::Texts, r#"["steering-group"]"#),
    ],
};

static CONTRIBUTOR: Section = Section {
    head: "[[contributor]]",
    keys: &[
        required("name", Kind::Text, r#""Example Focal Point""#),
        required("email", Kind::Text, r#""focal.tj@example.org""#),
        key("language", Kind::Text, r#""ru""#),
        key("country", Kind::Text, r#""TJ""#),
        required("files", Kind::Text, r#""*TJ*""#),
        key("sheets", Kind::Texts, r#"["Activities"]"#),
    ],
};

pub(super) static WORKBOOK: Section = Section {
    head: "",
    keys: &[
        key("headings", Kind::Names, ""),
        key("sheets", Kind::Names, ""),
        key("types", Kind::Names, ""),
        key("statuses", Kind::Names, ""),
        key("countries", Kind::Names, ""),
        key("places", Kind::Names, ""),
        key("agency", Kind::Tables(&AGENCY), ""),
        key("town", Kind::Tables(&TOWN), ""),
    ],
};

static AGENCY: Section = Section {
    head: "[[agency]]",
    keys: &[
        required("name", Kind::Text, r#""State Security Service""#),
        key("also", Kind::Texts, r#"["SSS", "СГБ"]"#),
        key("country", Kind::Text, r#""UZ""#),
        key("from", Kind::Day, r#""2018-03-14""#),
        key("until", Kind::Day, r#""2018-03-13""#),
        key("now", Kind::Text, r#""State Security Service""#),
    ],
};

static TOWN: Section = Section {
    head: "[[town]]",
    keys: &[
        required("name", Kind::Text, r#""Nur-Sultan""#),
        key("also", Kind::Texts, r#"["Нур-Султан"]"#),
        key("country", Kind::Text, r#""KZ""#),
        key("from", Kind::Day, r#""2019-03-23""#),
        key("until", Kind::Day, r#""2022-09-16""#),
        key("now", Kind::Text, r#""Astana""#),
    ],
};
