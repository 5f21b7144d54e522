//! TOML as typed, into a configuration that can be trusted.
//!
//! [`load()`] reads the files of a home. `source` keeps where everything stands, `keys`
//! lists every key there is, `shape` holds a file against that list; one module for each file
//! then asks what the values mean.

mod bounces;
mod dashboard;
mod defaults;
mod due;
mod holidays;
mod keys;
mod load;
mod mail;
mod mail_settings;
mod people;
mod programme;
mod schedule_settings;
mod schedules;
mod schema;
mod shape;
mod shown;
mod source;
mod values;
mod workbook;

pub use load::{ConfigError, FILES, load, load_with};
pub use mail_settings::{BounceBox, Bounces, Dkim, Imap, Mail, Mailbox, Rate, Smtp, Tls, TooLarge, Transport};
pub use schedule_settings::{
    Approvals, AtDeadline, Due, Editions, Misfire, OnProblems, Overlap, PeriodRule, Schedule, SignOff, Wait,
};
pub use schema::schema;
pub use shown::{Change, changes, shown};

use values::shortened;
pub use values::{duration_words, nearest};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::NaiveDate;
use serde::Serialize;

use crate::recipient::{Contributor, Country, Language, Recipient};
use crate::workdays::Calendar;

/// A text in each language it was given in.
pub type Wording = BTreeMap<Language, String>;

/// Everything an admin can set, resolved and checked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Config {
    /// The working folder, absolute.
    #[serde(skip)]
    pub home: PathBuf,
    /// What the programme is called, and the wordings that the donor asks for.
    pub programme: Programme,
    /// Where workbooks are dropped.
    pub inbox: Inbox,
    /// The ledger's address, `sqlite:state/ledger.db`.
    pub ledger: Ledger,
    /// How mail leaves.
    pub mail: Mail,
    /// Where mails come that did not arrive.
    pub bounces: Bounces,
    /// The page served by the daemon.
    pub dashboard: Dashboard,
    /// When what is reported, to whom.
    pub schedules: Vec<Schedule>,
    /// People who get reports.
    pub recipients: Vec<Recipient>,
    /// People who owe workbooks.
    pub contributors: Vec<Contributor>,
    /// Further headings, words and names that workbooks may use.
    pub workbook: Workbook,
    /// Days off of each country.
    #[serde(rename = "country", serialize_with = "as_countries")]
    pub holidays: BTreeMap<Country, Calendar>,
}

/// `[programme]`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Programme {
    pub code: String,
    pub name: Wording,
    pub languages: Vec<Language>,
    #[serde(serialize_with = "as_display")]
    pub timezone: chrono_tz::Tz,
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub countries: Vec<Country>,
    pub funding_line: Wording,
    pub disclaimer: Wording,
    pub handling: Wording,
    /// Whether reports draw maps, or list the places alone.
    #[serde(serialize_with = "as_switch")]
    pub map: bool,
    /// What stands under every map.
    pub map_note: Wording,
    pub contact: String,
    pub components: Vec<Component>,
    pub indicators: Vec<Indicator>,
    pub logos: Vec<Logo>,
}

/// `[[programme.component]]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Component {
    pub number: u32,
    pub title: Wording,
}

/// `[[programme.indicator]]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Indicator {
    pub code: String,
    /// Name of a figure.
    pub counts: String,
}

/// `[[programme.logo]]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Logo {
    /// Name of a file in `templates/logos/`.
    pub file: String,
    pub alt: Wording,
    pub donor: bool,
    /// Line of the configuration, for what is told of it.
    #[serde(skip)]
    pub line: u32,
}

/// `[inbox]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Inbox {
    /// Absolute, or below the home.
    pub folder: PathBuf,
    pub settle: Duration,
    /// How often the folder is scanned when no event comes.
    pub scan_every: Duration,
    pub max_file_bytes: u64,
    pub max_rows: u32,
    pub legacy_xls: bool,
    /// Whether contributors get the answer also by mail.
    pub answer_by_mail: bool,
}

/// `[ledger]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Ledger {
    pub url: String,
    /// With less room than this the operators are told.
    pub least_free_mb: u64,
}

/// `[dashboard]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Dashboard {
    pub listen: std::net::SocketAddr,
    /// Names under which it is opened, beside those of this machine.
    pub hosts: Vec<String>,
    pub tls: Option<DashboardTls>,
    /// Who alone may say for whom it asks.
    pub proxy: Option<std::net::IpAddr>,
    /// Where people reach the page, without a slash at its end; `None` for the address it listens on.
    pub public_url: Option<String>,
    /// How long a link to a sign-off is good for.
    pub links_valid_for: Duration,
}

/// `[dashboard] tls`: PEM files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct DashboardTls {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl Dashboard {
    /// Whether whoever gets here sits at this machine, so that no accounts are needed.
    #[must_use]
    pub const fn is_local(&self) -> bool {
        self.listen.ip().is_loopback() && self.proxy.is_none()
    }

    /// Whether browsers reach it by TLS, ours or the proxy's.
    #[must_use]
    pub const fn is_encrypted(&self) -> bool {
        self.tls.is_some() || self.proxy.is_some()
    }
}

/// `config/workbook.toml`: aliases, all compared without regard to case and spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Workbook {
    /// Heading as written → heading's English name.
    pub headings: BTreeMap<String, String>,
    /// Sheet name as written → sheet's English name.
    pub sheets: BTreeMap<String, String>,
    /// Activity type as written → vocabulary key.
    pub types: BTreeMap<String, String>,
    /// Status as written → vocabulary key.
    pub statuses: BTreeMap<String, String>,
    /// Country as written → ISO code.
    pub countries: BTreeMap<String, String>,
    /// Place as written → place's usual name.
    pub places: BTreeMap<String, String>,
    /// Agencies that changed their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agencies: Vec<NameInTime>,
    /// Towns that changed their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub towns: Vec<NameInTime>,
}

/// A name that an agency or a town had for a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
pub struct NameInTime {
    /// The name.
    pub name: String,
    /// What else it is written as: abbreviations, other languages.
    #[serde(default)]
    pub also: Vec<String>,
    /// Whose it is.
    #[serde(default)]
    pub country: Option<Country>,
    /// First day of the name; before it, another one held.
    #[serde(default)]
    pub first: Option<NaiveDate>,
    /// Last day of the name.
    #[serde(default)]
    pub last: Option<NaiveDate>,
    /// The name of today, where it is another one.
    #[serde(default)]
    pub now: Option<String>,
}

impl NameInTime {
    /// Whether the name held on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }
}

/// A switch as the file has it.
fn as_switch<S: serde::Serializer>(on: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(if *on { "on" } else { "off" })
}

/// The countries as `config/holidays.toml` has them.
fn as_countries<S: serde::Serializer>(
    holidays: &BTreeMap<Country, Calendar>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(holidays.iter().map(|(country, calendar)| {
        let fixed: Vec<String> = calendar.fixed.iter().map(|(month, day)| format!("{month:02}-{day:02}")).collect();
        serde_json::json!({
            "code": country, "weekend": calendar.weekend, "fixed": fixed,
            "days": calendar.days, "working": calendar.working,
        })
    }))
}

fn as_display<T: std::fmt::Display, S: serde::Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

impl Config {
    /// A path below the home, where `path` is not absolute.
    #[must_use]
    pub fn at_home(&self, path: &Path) -> PathBuf {
        self.home.join(path)
    }

    /// The file of the ledger.
    #[must_use]
    pub fn ledger_file(&self) -> PathBuf {
        let rest = self.ledger.url.strip_prefix("sqlite:").unwrap_or(&self.ledger.url);
        // Without the dots that somebody may have typed.
        self.at_home(Path::new(rest.strip_prefix("//").unwrap_or(rest))).components().collect()
    }

    /// The people of the given groups, each once, in the order of the file.
    #[must_use]
    pub fn members(&self, groups: &[String]) -> Vec<&Recipient> {
        self.recipients.iter().filter(|r| r.groups.iter().any(|g| groups.contains(g))).collect()
    }

    /// Where people reach the dashboard, without a slash at its end.
    #[must_use]
    pub fn public_url(&self) -> String {
        let page = &self.dashboard;
        page.public_url.clone().unwrap_or_else(|| match page.hosts.first() {
            Some(host) if page.tls.is_some() && page.listen.port() != 443 => {
                format!("https://{host}:{}", page.listen.port())
            }
            Some(host) if page.is_encrypted() => format!("https://{host}"),
            _ => format!("http://{}", page.listen),
        })
    }

    /// Whose holidays count for a schedule: those that it names, else the programme's, as far as they are known.
    #[must_use]
    pub fn holidays_of(&self, schedule: &Schedule) -> BTreeMap<Country, Calendar> {
        match &schedule.due {
            Due::AfterPeriod(rule) => rule.holidays.clone(),
            Due::Cron(_) => {
                let of_programme = self.holidays.iter().filter(|(one, _)| self.programme.countries.contains(one));
                of_programme.map(|(country, calendar)| (*country, calendar.clone())).collect()
            }
        }
    }

    /// A schedule by its name.
    #[must_use]
    pub fn schedule(&self, name: &str) -> Option<&Schedule> {
        self.schedules.iter().find(|s| s.name == name)
    }
}

/// `Name <name@example.org>`, or an address alone; `None` where it is no mailbox.
#[must_use]
pub fn mailbox(text: &str) -> Option<Mailbox> {
    values::mailbox(text).ok()
}

/// Why the system refused a file, in words and without its error number.
fn reason_of(problem: &std::io::Error) -> String {
    match problem.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read by this user".to_owned(),
        std::io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        std::io::ErrorKind::InvalidData => "it is not text".to_owned(),
        _ => problem.to_string(),
    }
}
