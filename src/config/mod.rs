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
mod people;
mod programme;
mod schedules;
mod schema;
mod shape;
mod shown;
mod source;
mod values;
mod workbook;

pub use load::{ConfigError, FILES, load, load_with};
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
use crate::workdays::{AfterPeriod, Calendar};

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

/// `[mail]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Mail {
    pub transport: Transport,
    pub from: Mailbox,
    pub reply_to: Option<Mailbox>,
    pub operators: Vec<Mailbox>,
    /// Where the Maildir is, below the home.
    pub maildir: PathBuf,
    pub smtp: Option<Smtp>,
    /// First wait after a transient failure; it doubles, with jitter, up to `retry_ceiling`.
    pub retry_first: Duration,
    pub retry_ceiling: Duration,
    /// A delivery older than this becomes a dead letter.
    pub give_up_after: Duration,
    /// The most that a mail may weigh, in megabytes, as it goes over the line.
    pub max_mb: u32,
    /// What becomes of a mail above that, or above what the server takes.
    pub too_large: TooLarge,
    /// Where the archive's folder can be read, for links in place of attachments.
    pub archive_url: Option<String>,
    pub dkim: Option<Dkim>,
}

/// What becomes of a mail that is too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TooLarge {
    /// It is not sent, and the operators are told.
    Refuse,
    /// It goes without its attachment and with a link to the archive.
    Link,
}

/// `[mail.dkim]`: the signature by which a receiver knows that the domain sent the mail.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Dkim {
    pub domain: String,
    pub selector: String,
    pub key_file: PathBuf,
    /// The private key, as PEM; never shown.
    #[serde(skip)]
    pub key: String,
}

impl std::fmt::Debug for Dkim {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dkim").field("domain", &self.domain).field("selector", &self.selector).finish_non_exhaustive()
    }
}

/// So many mails in such a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rate {
    /// How many mails, at least one.
    pub mails: u32,
    /// In what span.
    pub per: Duration,
}

/// Which way mail leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Transport {
    /// Into the Maildir of the home.
    Maildir,
    /// To an SMTP server.
    Smtp,
}

/// A display name, perhaps, and an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the two parts of a mailbox")]
pub struct Mailbox {
    pub name: Option<String>,
    pub email: String,
}

impl std::fmt::Display for Mailbox {
    /// As it is typed: `Name <name@example.org>`, or the address alone.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.email),
            None => f.write_str(&self.email),
        }
    }
}

/// `[mail.smtp]`
#[derive(Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub username: Option<String>,
    /// From `password_file` or the environment; never shown.
    #[serde(skip)]
    pub password: Option<String>,
    pub connections: u32,
    /// How many mails the server takes in a span of time; no limit when unset.
    pub rate: Option<Rate>,
    /// Deadline of each step of the conversation.
    pub timeout: Duration,
    /// A certificate authority to trust beside the system's, as a PEM file.
    pub ca_file: Option<PathBuf>,
    /// Name to greet the server with; the machine's own when unset.
    pub hello: Option<String>,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Smtp")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .finish_non_exhaustive()
    }
}

/// How the connection to the server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// TLS from the first byte, port 465.
    Implicit,
    /// STARTTLS, demanded.
    Starttls,
    /// Plain text, to loopback only.
    None,
}

/// `[bounces]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Bounces {
    #[serde(flatten)]
    pub mailbox: Option<BounceBox>,
    /// How often it is looked into.
    pub every: Duration,
}

/// A mailbox that notifications of mails come to that did not arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BounceBox {
    /// A Maildir, absolute or below the home.
    Maildir(PathBuf),
    /// A mailbox on a server.
    Imap(Imap),
}

/// `[bounces.imap]`
#[derive(Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "config/rapporteur.toml documents every key")]
pub struct Imap {
    pub host: String,
    pub port: u16,
    /// TLS from the first byte, or none to this machine.
    pub tls: Tls,
    pub username: String,
    /// From `password_file`; never shown.
    #[serde(skip)]
    pub password: Option<String>,
    pub mailbox: String,
    pub ca_file: Option<PathBuf>,
}

impl std::fmt::Debug for Imap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Imap").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
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

/// `[[schedule]]`
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "config/schedules.toml documents every key")]
pub struct Schedule {
    pub name: String,
    pub report: String,
    #[serde(flatten)]
    pub due: Due,
    #[serde(serialize_with = "as_display")]
    pub timezone: chrono_tz::Tz,
    pub period: PeriodRule,
    /// Groups.
    pub recipients: Vec<String>,
    /// Languages of the editions; empty for the programme's.
    pub languages: Vec<Language>,
    pub editions: Editions,
    pub sign_off: SignOff,
    /// Groups.
    pub approvers: Vec<String>,
    pub approvals: Approvals,
    /// So many working days before it is due, contributors are reminded of what is missing; the
    /// longest first.
    #[serde(serialize_with = "as_working_days")]
    pub remind: Vec<u32>,
    pub wait: Wait,
    /// The working days after its instant that it waits at most.
    #[serde(serialize_with = "as_deadline")]
    pub deadline: u32,
    pub at_deadline: AtDeadline,
    pub misfire: Misfire,
    pub grace: Duration,
    pub max_age: Duration,
    /// After the end of its period.
    pub latest: Duration,
    pub overlap: Overlap,
    pub on_problems: OnProblems,
}

/// When a schedule is due, on its own clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// A five-field expression as typed; it has an occurrence within five years.
    Cron(String),
    /// So many working days after the end of each period.
    AfterPeriod(AfterPeriod),
}

impl Serialize for Due {
    /// With the keys that are typed.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Cron(expression) => map.serialize_entry("cron", expression)?,
            Self::AfterPeriod(rule) => {
                map.serialize_entry("after_period", &rule.to_string())?;
                map.serialize_entry("at", &rule.at.format("%H:%M").to_string())?;
                map.serialize_entry("holidays", &rule.holidays.keys().collect::<Vec<_>>())?;
            }
        }
        map.end()
    }
}

/// Which period an occurrence reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodRule {
    /// The period of the span that holds the occurrence's local date.
    This(crate::period::Span),
    /// The one before it.
    Previous(crate::period::Span),
    /// Always the same.
    Fixed(crate::period::ReportingPeriod),
}

impl std::fmt::Display for PeriodRule {
    /// As it is typed: `previous-quarter`, `this-year`, `2017-Q4`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (which, span) = match self {
            Self::This(span) => ("this", span),
            Self::Previous(span) => ("previous", span),
            Self::Fixed(period) => return write!(f, "{period}"),
        };
        let span = match span {
            crate::period::Span::Month => "month",
            crate::period::Span::Quarter => "quarter",
            crate::period::Span::Half => "half",
            crate::period::Span::Year => "year",
        };
        write!(f, "{which}-{span}")
    }
}

impl Serialize for PeriodRule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How the editions of a run are divided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Editions {
    /// One for each language.
    #[default]
    Language,
    /// Beside it, one for each country that recipients are of: each gets their own.
    Country,
}

/// Whether a person must release a compiled run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "config/schedules.toml documents every value")]
pub enum SignOff {
    Required,
    None,
}

/// Whose approval releases a run, where sign-off is required.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "config/schedules.toml documents every value")]
pub enum Approvals {
    #[default]
    Any,
    All,
}

/// Whether a run that is due waits for what contributors owe.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "config/schedules.toml documents every value")]
pub enum Wait {
    #[default]
    None,
    UntilReady,
}

/// What becomes of a run that has waited in vain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "config/schedules.toml documents every value")]
pub enum AtDeadline {
    Send,
    #[default]
    Hold,
}

/// What becomes of occurrences found later than their grace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "config/schedules.toml documents every value")]
pub enum Misfire {
    RunLatest,
    RunEach,
    Skip,
}

/// Whether two runs of one schedule may be compiled at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "config/schedules.toml documents every value")]
pub enum Overlap {
    Forbid,
    Allow,
}

/// What a run does whose period has held rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "config/schedules.toml documents every value")]
pub enum OnProblems {
    Hold,
    Send,
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

fn working_days(days: u32) -> String {
    format!("{days} working day{}", if days == 1 { "" } else { "s" })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn as_deadline<S: serde::Serializer>(days: &u32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&working_days(*days))
}

fn as_working_days<S: serde::Serializer>(all: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(all.iter().map(|days| working_days(*days)))
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
