//! The headings of the ten sheets, in English and Russian, and what else people call them.
//!
//! This is also where the blank workbook takes its columns from.

use crate::record::Sheet;

use super::heading_names::NAMES;

/// A column that a sheet may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the headings of the contract, word for word")]
pub enum Heading {
    Title,
    Type,
    Id,
    ReportingPeriod,
    Component,
    StartDate,
    EndDate,
    Status,
    Place,
    HostCountry,
    Scope,
    Countries,
    Agencies,
    Partners,
    Participants,
    Women,
    Men,
    Summary,
    Outputs,
    Photo,
    ActivityId,
    Country,
    Agency,
    Item,
    RecipientCountry,
    Maker,
    Quantity,
    UnitValueEur,
    TotalValueEur,
    RecipientAgency,
    HandoverDate,
    Purpose,
    Body,
    Date,
    Number,
    AgendaItem,
    Decision,
    ActionPoint,
    Responsible,
    DueDate,
    PlannedStart,
    PlannedEnd,
    Reason,
    Challenge,
    Mitigation,
    Priority,
    Horizon,
    Code,
    Indicator,
    Unit,
    Level,
    Baseline,
    BaselineYear,
    Target,
    TargetYear,
    Current,
    AsOf,
    Source,
    Risk,
    Likelihood,
    Impact,
    Category,
    Trend,
    Heading,
    BudgetEur,
    SpentInPeriodEur,
    SpentToDateEur,
    CommittedEur,
    /// The month, where a column of its own tells it for days like `2-4`.
    Month,
    /// `№`: a row number, or an id where there is no other.
    RowNumber,
    /// A remark; never kept, and never content.
    Note,
}

use Heading as H;

impl Heading {
    /// How many headings there are.
    pub(super) const COUNT: usize = H::Note as usize + 1;

    /// English name, as in the blank workbook.
    #[must_use]
    pub fn english(self) -> &'static str {
        NAMES.get(self as usize).map_or("", |n| n.0)
    }

    /// Russian name, as in the blank workbook.
    #[must_use]
    pub fn russian(self) -> &'static str {
        NAMES.get(self as usize).map_or("", |n| n.1)
    }

    /// English name in kebab-case, as [`crate::record::Origin::columns`] has it.
    #[must_use]
    pub fn key(self) -> String {
        self.english().to_lowercase().replace(' ', "-")
    }

    /// Whether it is words that a report prints, which may have a column for either language.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(
            self,
            H::Title
                | H::Summary
                | H::Outputs
                | H::Item
                | H::Purpose
                | H::AgendaItem
                | H::Decision
                | H::ActionPoint
                | H::Reason
                | H::Challenge
                | H::Mitigation
                | H::Priority
                | H::Indicator
                | H::Risk
                | H::Heading
        )
    }

    /// Whether it is an amount of money.
    #[must_use]
    pub const fn is_money(self) -> bool {
        matches!(
            self,
            H::UnitValueEur
                | H::TotalValueEur
                | H::BudgetEur
                | H::SpentInPeriodEur
                | H::SpentToDateEur
                | H::CommittedEur
        )
    }

    /// Whether it is text, dates or codes: then a merged cell speaks for all its rows. A
    /// number in a merged cell is one number, and stays in the first row.
    pub(super) const fn fills_down(self) -> bool {
        !self.is_money() && !matches!(self, H::Participants | H::Women | H::Men | H::Quantity | H::RowNumber | H::Note)
    }
}

/// Headings of a sheet in the order of the blank workbook, and how many of the first ones a
/// row cannot do without. (For Participants one of Country and Agency is needed as well.)
#[must_use]
pub const fn of(sheet: Sheet) -> (&'static [Heading], usize) {
    match sheet {
        Sheet::Activities => (
            &[
                H::Title,
                H::Type,
                H::Id,
                H::ReportingPeriod,
                H::Component,
                H::StartDate,
                H::EndDate,
                H::Status,
                H::Place,
                H::HostCountry,
                H::Scope,
                H::Countries,
                H::Agencies,
                H::Partners,
                H::Participants,
                H::Women,
                H::Men,
                H::Summary,
                H::Outputs,
                H::Photo,
                H::Reason,
            ],
            2,
        ),
        Sheet::Participants => (
            &[H::ActivityId, H::Country, H::Agency, H::Participants, H::Women, H::Men, H::ReportingPeriod, H::Reason],
            1,
        ),
        Sheet::Equipment => (
            &[
                H::Item,
                H::RecipientCountry,
                H::Id,
                H::ActivityId,
                H::Maker,
                H::Quantity,
                H::UnitValueEur,
                H::TotalValueEur,
                H::RecipientAgency,
                H::HandoverDate,
                H::Place,
                H::Status,
                H::Purpose,
                H::ReportingPeriod,
                H::Reason,
            ],
            2,
        ),
        Sheet::Meetings => (
            &[
                H::Body,
                H::Date,
                H::Number,
                H::Place,
                H::AgendaItem,
                H::Decision,
                H::ActionPoint,
                H::Responsible,
                H::DueDate,
                H::Status,
                H::ReportingPeriod,
                H::Reason,
            ],
            2,
        ),
        Sheet::Plan => (
            &[
                H::Title,
                H::Id,
                H::Component,
                H::Type,
                H::PlannedStart,
                H::PlannedEnd,
                H::Country,
                H::Place,
                H::Responsible,
                H::Status,
                H::Reason,
                H::ReportingPeriod,
            ],
            1,
        ),
        Sheet::Challenges => (
            &[
                H::Challenge,
                H::Country,
                H::Component,
                H::Mitigation,
                H::Responsible,
                H::Status,
                H::ReportingPeriod,
                H::Reason,
            ],
            1,
        ),
        Sheet::Priorities => (&[H::Country, H::Priority, H::Component, H::Horizon, H::ReportingPeriod, H::Reason], 2),
        Sheet::Indicators => (
            &[
                H::Code,
                H::Indicator,
                H::Unit,
                H::Level,
                H::Component,
                H::Baseline,
                H::BaselineYear,
                H::Target,
                H::TargetYear,
                H::Current,
                H::AsOf,
                H::Source,
                H::ReportingPeriod,
                H::Reason,
            ],
            3,
        ),
        Sheet::Risks => (
            &[
                H::Risk,
                H::Likelihood,
                H::Impact,
                H::Category,
                H::Mitigation,
                H::Responsible,
                H::Trend,
                H::ReportingPeriod,
                H::Reason,
            ],
            3,
        ),
        Sheet::Budget => (
            &[
                H::Heading,
                H::BudgetEur,
                H::SpentInPeriodEur,
                H::SpentToDateEur,
                H::CommittedEur,
                H::ReportingPeriod,
                H::Reason,
            ],
            2,
        ),
    }
}

/// The headings that a row of the sheet cannot do without.
#[must_use]
pub fn required(sheet: Sheet) -> &'static [Heading] {
    let (all, needed) = of(sheet);
    all.get(..needed).unwrap_or(all)
}
