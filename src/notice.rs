//! A notice: something that needs a person, told to the operators and to nobody else.
//!
//! A [`Notice`] says what is so; a [`NoticeRecord`] is one in the ledger, with what has been told
//! of it. [`NoticeRecord::telling`] decides which mail is due: one when the matter is news, one when it has become
//! more, a reminder at most daily and ever more rarely, and an all-clear where somebody waits for it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::period::ReportingPeriod;

/// Between two mails about one matter, however it changes.
const QUIET: TimeDelta = TimeDelta::hours(1);

/// A matter has been over for this long before it is called so; what comes again meanwhile goes on.
const CALM: TimeDelta = TimeDelta::minutes(10);

/// What comes again within this time after it was over is the same matter.
pub const SAME_MATTER: TimeDelta = TimeDelta::hours(1);

/// The first reminder; the wait for each further one doubles.
const REMINDER: TimeDelta = TimeDelta::days(1);

/// What the operators are to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// A run could not be compiled: a template or the data is at fault, or this program is.
    RunFailed {
        /// Number of the run.
        run: i64,
        /// Which compiling of it: the number of its claim.
        compiling: i64,
        /// Its period.
        period: ReportingPeriod,
        /// What was at fault, as a sentence.
        reason: String,
    },
    /// A run was compiled and is kept back, by the program and not by a person.
    RunHeld {
        /// Number of the run.
        run: i64,
        /// Which compiling of it.
        compiling: i64,
        /// Its period.
        period: ReportingPeriod,
        /// Why, as a sentence.
        reason: String,
    },
    /// A run that is due is not compiled: the disk or the ledger is at fault, and the log says how.
    RunStuck {
        /// Number of the run.
        run: i64,
        /// Its period.
        period: ReportingPeriod,
    },
    /// Occurrences were found long after their instants.
    OccurrencesLate {
        /// Name of the schedule.
        schedule: String,
        /// When they were found.
        found_at: DateTime<Utc>,
        /// How many are made up for.
        late: u32,
        /// How many are not, and no other occurrence reports their periods.
        skipped: u32,
        /// The instant of the first.
        first: DateTime<Utc>,
        /// The instant of the last.
        last: DateTime<Utc>,
    },
    /// The latest date for a period has passed, and nothing of it was sent.
    PeriodUnsent {
        /// Name of the schedule.
        schedule: String,
        /// The period.
        period: ReportingPeriod,
        /// The latest date.
        latest: NaiveDate,
        /// The newest run of it.
        run: i64,
        /// Where that stands, as the ledger's word.
        state: String,
    },
    /// So many occurrences were missed that a person must say what becomes of them.
    OccurrencesWaiting {
        /// Name of the schedule.
        schedule: String,
        /// How many.
        count: u32,
    },
    /// Mails were given up: those of one run, or one that belongs to none.
    DeadLetters {
        /// The run, if they belong to one.
        run: Option<i64>,
        /// Which mails, in the order of the ledger.
        mails: Vec<LostMail>,
    },
    /// Mails were put off by the server again and again, and are tried further.
    MailsWaiting {
        /// How many.
        count: u32,
        /// When the oldest was written.
        oldest: DateTime<Utc>,
        /// What the server last said of that one.
        reply: String,
    },
    /// No mail leaves at all.
    ChannelHeld {
        /// What the server, or our configuration of it, is at fault with.
        reason: String,
    },
    /// Little room is left where the home is.
    DiskLow {
        /// Which folder.
        folder: String,
        /// Free, in megabytes.
        free_mb: u64,
        /// What there should be at least, in megabytes.
        least_mb: u64,
    },
    /// A changed configuration has errors: the one before stays in force.
    ConfigurationRefused {
        /// What is wrong: place and sentence of each error.
        problems: Vec<String>,
    },
    /// The dashboard cannot be served.
    DashboardDown {
        /// Where it should be.
        address: String,
        /// What the system says.
        problem: String,
    },
    /// The mailbox that mails come back to cannot be read.
    BouncesUnread {
        /// Which one: a folder, or server and port.
        mailbox: String,
        /// What is in the way.
        problem: String,
    },
    /// The inbox cannot be looked into.
    InboxGone {
        /// Which folder.
        folder: String,
        /// What the system says.
        problem: String,
    },
    /// A workbook can be neither taken nor moved.
    FileStuck {
        /// The file, from the inbox.
        file: String,
        /// What the system says.
        problem: String,
    },
}

/// A mail that was given up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LostMail {
    /// Number of the delivery.
    pub delivery: i64,
    /// Whom it was for, with the address: an operator has to mend it.
    pub recipient: String,
    /// Its subject.
    pub subject: String,
    /// The server's last answer.
    pub reply: String,
}

/// What a matter does with time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nature {
    /// It happened, and is told once.
    Happened,
    /// It lasts until a person has decided; then nobody needs to be told.
    WaitsForSomebody,
    /// The same, without reminders: it is known, and harms nobody further.
    Lies,
    /// It lasts, and may end by itself: its end is told.
    MayPass,
}

/// Which mail is due about a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Telling {
    /// The first.
    News,
    /// It has become more, or something else.
    More,
    /// It lasts.
    Still,
    /// It is over.
    Over,
}

impl Notice {
    /// The cause of [`Self::BouncesUnread`]: there is one mailbox.
    pub const BOUNCES: &str = "bounces";

    /// What it is about: of each cause one notice is open at a time.
    #[must_use]
    pub fn cause(&self) -> String {
        match self {
            Self::RunFailed { run, compiling, .. } => format!("run-{run}/failed-{compiling}"),
            Self::RunHeld { run, compiling, .. } => format!("run-{run}/held-{compiling}"),
            Self::RunStuck { run, .. } => format!("run-{run}/stuck"),
            Self::OccurrencesLate { schedule, found_at, .. } => {
                format!("schedule/{schedule}/late/{}", found_at.format("%Y-%m-%dT%H:%M:%SZ"))
            }
            Self::PeriodUnsent { schedule, period, .. } => format!("schedule/{schedule}/{period}/unsent"),
            Self::OccurrencesWaiting { schedule, .. } => format!("schedule/{schedule}/waiting"),
            Self::DeadLetters { run: Some(run), .. } => format!("run-{run}/dead-letters"),
            Self::DeadLetters { run: None, mails } => {
                format!("delivery-{}/dead-letter", mails.first().map_or(0, |mail| mail.delivery))
            }
            Self::MailsWaiting { .. } => "mails-waiting".to_owned(),
            Self::ChannelHeld { .. } => "channel".to_owned(),
            Self::DiskLow { folder, .. } => format!("disk/{folder}"),
            Self::ConfigurationRefused { .. } => "configuration".to_owned(),
            Self::DashboardDown { .. } => "dashboard".to_owned(),
            Self::BouncesUnread { .. } => Self::BOUNCES.to_owned(),
            Self::InboxGone { .. } => "inbox".to_owned(),
            Self::FileStuck { file, .. } => format!("file/{file}"),
        }
    }

    /// The kind in words-with-hyphens, as the locale files name it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::RunFailed { .. } => "run-failed",
            Self::RunHeld { .. } => "run-held",
            Self::RunStuck { .. } => "run-stuck",
            Self::OccurrencesLate { .. } => "occurrences-late",
            Self::PeriodUnsent { .. } => "period-unsent",
            Self::OccurrencesWaiting { .. } => "occurrences-waiting",
            Self::DeadLetters { .. } => "dead-letters",
            Self::MailsWaiting { .. } => "mails-waiting",
            Self::ChannelHeld { .. } => "channel-held",
            Self::DiskLow { .. } => "disk-low",
            Self::ConfigurationRefused { .. } => "configuration-refused",
            Self::DashboardDown { .. } => "dashboard-down",
            Self::BouncesUnread { .. } => "bounces-unread",
            Self::InboxGone { .. } => "inbox-gone",
            Self::FileStuck { .. } => "file-stuck",
        }
    }

    /// Whether it is told once and is then history.
    #[must_use]
    pub const fn has_happened(&self) -> bool {
        matches!(self.nature(), Nature::Happened)
    }

    /// Whether a stage says that it is so and that it is over; the others are looked for.
    #[must_use]
    pub const fn is_raised(&self) -> bool {
        matches!(
            self,
            Self::ConfigurationRefused { .. }
                | Self::FileStuck { .. }
                | Self::OccurrencesWaiting { .. }
                | Self::DashboardDown { .. }
                | Self::BouncesUnread { .. }
        )
    }

    const fn nature(&self) -> Nature {
        match self {
            Self::OccurrencesLate { .. } => Nature::Happened,
            Self::RunFailed { .. }
            | Self::RunHeld { .. }
            | Self::PeriodUnsent { .. }
            | Self::OccurrencesWaiting { .. } => Nature::WaitsForSomebody,
            Self::DeadLetters { .. } => Nature::Lies,
            Self::MailsWaiting { .. }
            | Self::ChannelHeld { .. }
            | Self::DiskLow { .. }
            | Self::ConfigurationRefused { .. }
            | Self::DashboardDown { .. }
            | Self::BouncesUnread { .. }
            | Self::InboxGone { .. }
            | Self::FileStuck { .. }
            | Self::RunStuck { .. } => Nature::MayPass,
        }
    }

    /// Whether a mail can tell of it while it lasts: of a channel that is held, none can.
    const fn can_be_mailed(&self) -> bool {
        !matches!(self, Self::ChannelHeld { .. })
    }

    /// Whether it is more than, or other than, what was told.
    fn outgrows(&self, told: &Self) -> bool {
        match (self, told) {
            (Self::DeadLetters { mails, .. }, Self::DeadLetters { mails: told, .. }) => {
                mails.iter().any(|mail| !told.contains(mail))
            }
            (Self::ConfigurationRefused { problems }, Self::ConfigurationRefused { problems: told }) => {
                problems != told
            }
            (Self::OccurrencesWaiting { count, .. }, Self::OccurrencesWaiting { count: told, .. }) => {
                *count > told.saturating_mul(2)
            }
            // A few megabytes more or less, another word of the system: the same matter.
            _ => false,
        }
    }
}

/// A notice in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeRecord {
    /// Number in the ledger.
    pub id: i64,
    /// What is so.
    pub notice: Notice,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Since when no longer.
    pub over_at: Option<DateTime<Utc>>,
    /// The last mail about it.
    pub told_at: Option<DateTime<Utc>>,
    /// What that mail said; `None` where the next one is to say it all again.
    pub told: Option<Notice>,
    /// How many mails there were.
    pub mails: u32,
}

impl NoticeRecord {
    /// The mail that is due now, if any.
    #[must_use]
    pub fn telling(&self, now: DateTime<Utc>) -> Option<Telling> {
        let (telling, at) = self.next()?;
        (at <= now).then_some(telling)
    }

    /// When a mail will be due, if nothing changes.
    #[must_use]
    pub fn due_at(&self) -> Option<DateTime<Utc>> {
        self.next().map(|(_, at)| at)
    }

    /// Whether nothing remains to be told.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.over_at.is_some() && self.next().is_none()
    }

    fn next(&self) -> Option<(Telling, DateTime<Utc>)> {
        let nature = self.notice.nature();
        match (self.over_at, self.told_at) {
            (_, None) if nature == Nature::Happened => Some((Telling::News, self.since)),
            (_, Some(_)) if nature == Nature::Happened => None,
            // What could not be told while it lasted is told in one mail with its end.
            (Some(over), told) if !self.notice.can_be_mailed() => {
                Some((Telling::Over, told.map_or(over, |told| (told + QUIET).max(over)) + CALM))
            }
            (None, _) if !self.notice.can_be_mailed() => None,
            (None, None) => Some((Telling::News, self.since)),
            (None, Some(told_at)) => {
                let is_more = self.told.as_ref().is_none_or(|told| self.notice.outgrows(told));
                if is_more {
                    return Some((Telling::More, told_at + QUIET));
                }
                let times = 1_i32.checked_shl(self.mails.saturating_sub(1)).unwrap_or(i32::MAX).clamp(1, 1 << 10);
                (nature != Nature::Lies).then_some((Telling::Still, told_at + REMINDER * times))
            }
            // Over before anybody was told, or ended by a person who knows.
            (Some(_), None) => None,
            (Some(over), Some(_)) if nature == Nature::MayPass => Some((Telling::Over, over + CALM)),
            (Some(_), Some(_)) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minutes)
    }

    fn record(notice: Notice) -> NoticeRecord {
        NoticeRecord { id: 1, notice, since: at(0), over_at: None, told_at: None, told: None, mails: 0 }
    }

    fn told(record: &NoticeRecord, at: DateTime<Utc>) -> NoticeRecord {
        let mails = record.mails + 1;
        NoticeRecord { told_at: Some(at), told: Some(record.notice.clone()), mails, ..record.clone() }
    }

    fn lost(numbers: std::ops::Range<i64>) -> Notice {
        let mail =
            |delivery| LostMail { delivery, recipient: String::new(), subject: String::new(), reply: String::new() };
        Notice::DeadLetters { run: Some(1), mails: numbers.map(mail).collect() }
    }

    #[test]
    fn reminders_come_at_most_daily_and_ever_more_rarely() {
        let period = "2017-Q4".parse().unwrap();
        let mut held = record(Notice::RunHeld { run: 1, compiling: 1, period, reason: String::new() });
        assert_eq!(held.telling(at(0)), Some(Telling::News));
        held = told(&held, at(0));
        let mut days = Vec::new();
        for _ in 0..4 {
            let next = held.due_at().unwrap();
            assert_eq!(held.telling(next), Some(Telling::Still));
            assert_eq!(held.telling(next - TimeDelta::seconds(1)), None);
            days.push((next - at(0)).num_days());
            held = told(&held, next);
        }
        assert_eq!(days, [1, 3, 7, 15]);
        held.over_at = Some(at(60));
        assert!(held.is_done(), "a person has decided, and knows");
    }

    #[test]
    fn thirty_mails_given_up_are_two_mails_and_no_reminder() {
        let mut first = record(lost(1..2));
        first = told(&first, at(0));
        first.notice = lost(1..31);
        assert_eq!(first.telling(at(1)), None);
        assert_eq!(first.telling(at(60)), Some(Telling::More));
        let all = told(&first, at(60));
        assert_eq!(all.due_at(), None);
    }

    #[test]
    fn what_may_pass_has_an_all_clear_once_it_is_calm() {
        let mut low = record(Notice::DiskLow { folder: "/".to_owned(), free_mb: 1, least_mb: 2 });
        low = told(&low, at(0));
        low.over_at = Some(at(5));
        assert_eq!((low.telling(at(14)), low.telling(at(15))), (None, Some(Telling::Over)));
        low.told_at = None;
        assert!(low.is_done(), "nobody was told, nobody waits");
    }

    #[test]
    fn of_a_held_channel_one_mail_tells_beginning_and_end() {
        let mut held = record(Notice::ChannelHeld { reason: "535".to_owned() });
        assert_eq!(held.telling(at(10_000)), None);
        held.over_at = Some(at(20));
        assert_eq!(held.due_at(), Some(at(30)));
        assert_eq!(held.telling(at(30)), Some(Telling::Over));
        // On and off: the next end is told an hour later at the earliest.
        held = told(&held, at(30));
        held.over_at = Some(at(40));
        assert_eq!(held.due_at(), Some(at(100)));
    }
}
