//! What a workbook says: typed rows, each with its provenance.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::cell::CellRef;
use crate::period::ReportingPeriod;
use crate::recipient::Country;
pub use crate::sheet::Sheet;

/// What kind of activity it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the vocabulary of the contract, word for word")]
pub enum ActivityType {
    Workshop,
    Training,
    TrainingOfTrainers,
    StudyVisit,
    EquipmentHandover,
    SteeringGroupMeeting,
    Meeting,
    Conference,
    Mission,
    Other,
}

impl ActivityType {
    /// All types, in the contract's order.
    pub const ALL: [Self; 10] = [
        Self::Workshop,
        Self::Training,
        Self::TrainingOfTrainers,
        Self::StudyVisit,
        Self::EquipmentHandover,
        Self::SteeringGroupMeeting,
        Self::Meeting,
        Self::Conference,
        Self::Mission,
        Self::Other,
    ];

    /// Vocabulary key in kebab-case.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Workshop => "workshop",
            Self::Training => "training",
            Self::TrainingOfTrainers => "training-of-trainers",
            Self::StudyVisit => "study-visit",
            Self::EquipmentHandover => "equipment-handover",
            Self::SteeringGroupMeeting => "steering-group-meeting",
            Self::Meeting => "meeting",
            Self::Conference => "conference",
            Self::Mission => "mission",
            Self::Other => "other",
        }
    }
}

/// How many countries an activity brings together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "one, two, three or more countries")]
pub enum Scope {
    National,
    Bilateral,
    Regional,
}

impl Scope {
    /// All scopes, from narrow to wide.
    pub const ALL: [Self; 3] = [Self::National, Self::Bilateral, Self::Regional];

    /// Vocabulary key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::National => "national",
            Self::Bilateral => "bilateral",
            Self::Regional => "regional",
        }
    }
}

/// Where an activity, a handover or a planned item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the vocabulary of domain.md 2.2, word for word")]
pub enum Status {
    Planned,
    Ongoing,
    Done,
    Postponed,
    Cancelled,
}

impl Status {
    /// All states.
    pub const ALL: [Self; 5] = [Self::Planned, Self::Ongoing, Self::Done, Self::Postponed, Self::Cancelled];

    /// Vocabulary key.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Ongoing => "ongoing",
            Self::Done => "done",
            Self::Postponed => "postponed",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Participants of an activity. `None` means *not reported* and is never zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadCount {
    /// All participants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
    /// Women among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub women: Option<u32>,
    /// Men among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub men: Option<u32>,
    /// The total was written as an estimate (`~20`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub estimated: bool,
}

/// An amount of money, in euro cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cents(pub i64);

/// One row of work done: a meeting, a workshop, a handover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of the Activities sheet, as in the contract")]
pub struct Activity {
    pub id: Option<String>,
    pub title: String,
    pub kind: ActivityType,
    /// The type as typed, kept for `Other`.
    pub kind_as_written: Option<String>,
    /// Number of the programme's component; `None` is "not stated".
    pub component: Option<u32>,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    /// As stated; `None` lets the dates and the as-of date decide.
    pub status: Option<Status>,
    pub place: Option<String>,
    pub host_country: Option<Country>,
    /// As stated; `None` follows from the countries.
    pub scope: Option<Scope>,
    /// The Countries cell, in the order written; empty is "not named".
    pub countries: Vec<Country>,
    pub agencies: Vec<String>,
    pub partners: Vec<String>,
    pub head_count: HeadCount,
    pub summary: Option<String>,
    pub outputs: Option<String>,
    pub photo: Option<String>,
    /// Why the row was changed, where its sender says so; a correction prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Activity {
    /// The day that decides its period and month: its end, else its start.
    #[must_use]
    pub fn counting_day(&self) -> Option<NaiveDate> {
        self.end.or(self.start)
    }

    /// First day, also where only the end is known.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.start.or(self.end)
    }

    /// Inclusive days of a dated activity.
    #[must_use]
    pub fn days(&self) -> Option<i64> {
        let (first, last) = (self.first_day()?, self.counting_day()?);
        Some((last - first).num_days() + 1)
    }

    /// Scope as stated, else from the number of countries, else unknown.
    #[must_use]
    pub fn scope(&self) -> Option<Scope> {
        self.scope.or(match self.countries.len() {
            0 => None,
            1 => Some(Scope::National),
            2 => Some(Scope::Bilateral),
            _ => Some(Scope::Regional),
        })
    }

    /// Whether it counts as done on `as_of`: by its status, else because its dates, or for
    /// want of them its `period`, are past.
    #[must_use]
    pub fn is_done(&self, period: Option<ReportingPeriod>, as_of: NaiveDate) -> bool {
        match self.status {
            Some(status) => status == Status::Done,
            None => match self.counting_day() {
                Some(day) => day <= as_of,
                None => period.is_some_and(|p| p.last_day() < as_of),
            },
        }
    }
}

/// How many came to an activity from one country and agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of the Participants sheet")]
pub struct Participation {
    pub activity_id: String,
    pub country: Option<Country>,
    pub agency: Option<String>,
    pub head_count: HeadCount,
    /// Why the row was changed, where its sender says so; a correction prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Equipment given or to be given to an agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of the Equipment sheet")]
pub struct Equipment {
    pub id: Option<String>,
    pub activity_id: Option<String>,
    pub item: String,
    pub maker: Option<String>,
    pub quantity: Option<u32>,
    pub unit_value: Option<Cents>,
    pub total_value: Option<Cents>,
    pub recipient_country: Option<Country>,
    pub recipient_agency: Option<String>,
    pub handover_date: Option<NaiveDate>,
    pub place: Option<String>,
    pub status: Option<Status>,
    pub purpose: Option<String>,
    /// Why the row was changed, where its sender says so; a correction prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Equipment {
    /// Total value as stated, else quantity times unit value.
    #[must_use]
    pub fn value(&self) -> Option<Cents> {
        self.total_value.or_else(|| {
            let (unit, quantity) = (self.unit_value?, self.quantity?);
            unit.0.checked_mul(i64::from(quantity)).map(Cents)
        })
    }
}

/// One agenda item, decision or action point of a steering group meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of the Meetings sheet")]
pub struct MeetingItem {
    pub body: String,
    pub number: Option<String>,
    pub date: NaiveDate,
    pub place: Option<String>,
    pub agenda_item: Option<String>,
    pub decision: Option<String>,
    pub action_point: Option<String>,
    pub responsible: Option<String>,
    pub due: Option<NaiveDate>,
    /// `Done` closes the action point.
    pub status: Option<Status>,
    /// Why the row was changed, where its sender says so; a correction prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One item of the work plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of the Plan sheet")]
pub struct PlanItem {
    pub id: Option<String>,
    pub component: Option<u32>,
    pub kind: Option<ActivityType>,
    pub kind_as_written: Option<String>,
    pub title: String,
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    /// The dates name a month and no day.
    pub month_only: bool,
    pub countries: Vec<Country>,
    pub place: Option<String>,
    pub responsible: Option<String>,
    pub status: Option<Status>,
    pub reason: Option<String>,
}

/// A difficulty, and what is done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of the Challenges sheet")]
pub struct Challenge {
    pub challenge: String,
    pub countries: Vec<Country>,
    pub component: Option<u32>,
    pub mitigation: Option<String>,
    pub responsible: Option<String>,
    pub status: Option<String>,
    /// Why the row was changed, where its sender says so; a correction prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What a country asks of the programme next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of the Priorities sheet")]
pub struct Priority {
    pub country: Country,
    pub priority: String,
    pub component: Option<u32>,
    pub horizon: Option<String>,
    /// Why the row was changed, where its sender says so; a correction prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A row of the logical framework. Values keep two decimals and are held in hundredths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of the Indicators sheet")]
pub struct Indicator {
    pub code: String,
    pub indicator: String,
    pub unit: String,
    pub level: Option<String>,
    pub component: Option<u32>,
    pub baseline: Option<i64>,
    pub baseline_year: Option<i32>,
    pub target: Option<i64>,
    pub target_year: Option<i32>,
    pub current: Option<i64>,
    pub as_of: Option<NaiveDate>,
    pub source: Option<String>,
    /// Why the row was changed, where its sender says so; a correction prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A risk with its likelihood and impact, each 1 to 5.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of the Risks sheet")]
pub struct Risk {
    pub risk: String,
    pub category: Option<String>,
    pub likelihood: u8,
    pub impact: u8,
    pub mitigation: Option<String>,
    pub responsible: Option<String>,
    pub trend: Option<String>,
    /// Why the row was changed, where its sender says so; a correction prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A heading of the budget.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of the Budget sheet")]
pub struct BudgetLine {
    pub heading: String,
    pub budget: Cents,
    pub spent_in_period: Option<Cents>,
    pub spent_to_date: Option<Cents>,
    pub committed: Option<Cents>,
    /// Why the row was changed, where its sender says so; a correction prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A typed row of any sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "sheet", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "one for each sheet")]
pub enum Record {
    Activities(Activity),
    Participants(Participation),
    Equipment(Equipment),
    Meetings(MeetingItem),
    Plan(PlanItem),
    Challenges(Challenge),
    Priorities(Priority),
    Indicators(Indicator),
    Risks(Risk),
    Budget(BudgetLine),
}

impl Record {
    /// The sheet it belongs to.
    #[must_use]
    pub const fn sheet(&self) -> Sheet {
        match self {
            Self::Activities(_) => Sheet::Activities,
            Self::Participants(_) => Sheet::Participants,
            Self::Equipment(_) => Sheet::Equipment,
            Self::Meetings(_) => Sheet::Meetings,
            Self::Plan(_) => Sheet::Plan,
            Self::Challenges(_) => Sheet::Challenges,
            Self::Priorities(_) => Sheet::Priorities,
            Self::Indicators(_) => Sheet::Indicators,
            Self::Risks(_) => Sheet::Risks,
            Self::Budget(_) => Sheet::Budget,
        }
    }

    /// Why the row was changed; of the plan, why it was put off.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Activities(row) => row.reason.as_deref(),
            Self::Participants(row) => row.reason.as_deref(),
            Self::Equipment(row) => row.reason.as_deref(),
            Self::Meetings(row) => row.reason.as_deref(),
            Self::Plan(row) => row.reason.as_deref(),
            Self::Challenges(row) => row.reason.as_deref(),
            Self::Priorities(row) => row.reason.as_deref(),
            Self::Indicators(row) => row.reason.as_deref(),
            Self::Risks(row) => row.reason.as_deref(),
            Self::Budget(row) => row.reason.as_deref(),
        }
    }

    /// Id of the activity that decides the row's period, where it has no date of its own.
    #[must_use]
    pub fn activity_id(&self) -> Option<&str> {
        match self {
            Self::Participants(p) => Some(&p.activity_id),
            Self::Equipment(e) => e.activity_id.as_deref(),
            _ => None,
        }
    }
}

/// Where a row came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// File name as dropped.
    pub file: String,
    /// Sheet name as written.
    pub sheet: String,
    /// Zero-based row of the sheet.
    pub row: u32,
    /// Zero-based column of each heading that was read, by the heading's English name in
    /// kebab-case (`women`, `start-date`). The same for all rows under one header row.
    pub columns: std::sync::Arc<BTreeMap<String, u32>>,
}

impl Origin {
    /// File, sheet and zero-based row: what tells this row from every other.
    #[must_use]
    pub fn place(&self) -> (&str, &str, u32) {
        (&self.file, &self.sheet, self.row)
    }

    /// The cell of a heading in this row.
    #[must_use]
    pub fn cell(&self, heading: &str) -> Option<CellRef> {
        self.columns.get(heading).map(|column| CellRef::new(self.row, *column))
    }
}

/// A row as accepted: what it says, when it counts and where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where it came from.
    pub origin: Origin,
    /// The period it belongs to; `None` where its activity decides.
    pub period: Option<ReportingPeriod>,
    /// What it says.
    pub record: Record,
    /// Errors that keep the row but hold the run (V14, V15), by code.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<String>,
}

/// What reading one file came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSummary {
    /// File name as dropped.
    pub file: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Rows with content under a header row, placeholder, total and group rows left out.
    pub rows_read: u32,
    /// Rows whose content is in.
    pub rows_accepted: u32,
    /// Rows held because of an error.
    pub rows_held: u32,
    /// Warnings told.
    pub warnings: u32,
    /// Period stated by, or inferred from, the workbook as a whole.
    pub period: Option<ReportingPeriod>,
    /// The sheets that were recognised, with the periods of their rows.
    #[serde(default)]
    pub sheets: BTreeMap<Sheet, Vec<ReportingPeriod>>,
}
