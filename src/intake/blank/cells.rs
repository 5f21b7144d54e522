//! What a column holds: how wide it is, how it is written, what Excel checks.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, FormatAlign,
};

use crate::config::Programme;
use crate::intake::interpret::headings::Heading;
use crate::intake::interpret::vocabulary;
use crate::locale::Locale;
use crate::recipient::Language;
use crate::record::{ActivityType, Scope, Sheet, Status};

/// Excel's limit for a drop-down that is written out, in characters.
const LIST_LIMIT: usize = 255;

/// The kinds of columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Sentences.
    Long,
    /// A name, a code.
    Short,
    Date,
    /// A whole number that is not negative.
    Count,
    /// An amount of money, or a value with decimals.
    Amount,
    Year,
    /// 1 to 5.
    Grade,
    Type,
    Status,
    Scope,
    /// One country.
    Country,
    Component,
}

impl Kind {
    pub(super) const ALL: [Self; 12] = [
        Self::Long,
        Self::Short,
        Self::Date,
        Self::Count,
        Self::Amount,
        Self::Year,
        Self::Grade,
        Self::Type,
        Self::Status,
        Self::Scope,
        Self::Country,
        Self::Component,
    ];

    pub(super) fn of(sheet: Sheet, heading: Heading) -> Self {
        use Heading as H;
        match heading {
            words if words.is_text() => Self::Long,
            H::StartDate | H::EndDate | H::HandoverDate | H::Date | H::DueDate | H::AsOf => Self::Date,
            H::Participants | H::Women | H::Men | H::Quantity => Self::Count,
            money if money.is_money() => Self::Amount,
            H::Baseline | H::Target | H::Current => Self::Amount,
            H::BaselineYear | H::TargetYear => Self::Year,
            H::Likelihood | H::Impact => Self::Grade,
            H::Type => Self::Type,
            // The status of a challenge is free text.
            H::Status if sheet != Sheet::Challenges => Self::Status,
            H::Scope => Self::Scope,
            H::HostCountry | H::RecipientCountry => Self::Country,
            H::Country if matches!(sheet, Sheet::Participants | Sheet::Priorities) => Self::Country,
            H::Component => Self::Component,
            _ => Self::Short,
        }
    }

    pub(super) const fn letters(self) -> usize {
        match self {
            Self::Long => 42,
            Self::Short | Self::Type => 22,
            Self::Status | Self::Scope | Self::Country => 18,
            Self::Date | Self::Amount | Self::Count | Self::Component => 14,
            Self::Year | Self::Grade => 11,
        }
    }

    pub(super) fn format(self) -> Format {
        let plain = Format::new().set_align(FormatAlign::Top);
        match self {
            Self::Long => plain.set_text_wrap(),
            Self::Date => plain.set_num_format("yyyy-mm-dd"),
            Self::Amount => plain.set_num_format("#,##0.00"),
            Self::Count | Self::Year | Self::Grade | Self::Component => plain.set_num_format("0"),
            _ => plain,
        }
    }

    /// What Excel checks. It stops what cannot be right, and only asks where an unusual answer
    /// may be meant: a host country outside the region, a date as text.
    pub(super) fn check(self, programme: &Programme, locale: &Locale) -> super::Result<Option<DataValidation>> {
        let language = locale.language();
        let word = |pair: (&'static str, &'static str)| match language {
            Language::En => pair.0,
            Language::Ru => pair.1,
        };
        let list = |words: Vec<String>| -> super::Result<Option<DataValidation>> {
            let length: usize = words.iter().map(|w| w.encode_utf16().count() + 1).sum();
            if words.is_empty() || length > LIST_LIMIT || words.iter().any(|w| w.contains(',')) {
                return Ok(None);
            }
            Ok(Some(DataValidation::new().allow_list_strings(&words)?))
        };
        let stop = DataValidationErrorStyle::Stop;
        let ask = DataValidationErrorStyle::Warning;
        let (check, style) = match self {
            Self::Long | Self::Short => return Ok(None),
            Self::Date => {
                let first = ExcelDateTime::from_ymd(2000, 1, 1)?;
                let last = ExcelDateTime::from_ymd(2099, 12, 31)?;
                (Some(DataValidation::new().allow_date(DataValidationRule::Between(first, last))), ask)
            }
            Self::Count => {
                let rule = DataValidationRule::Between(0, 1_000_000);
                (Some(DataValidation::new().allow_whole_number(rule)), stop)
            }
            Self::Amount => {
                let rule = DataValidationRule::Between(-1e12, 1e12);
                (Some(DataValidation::new().allow_decimal_number(rule)), ask)
            }
            Self::Year => {
                (Some(DataValidation::new().allow_whole_number(DataValidationRule::Between(2000, 2099))), stop)
            }
            Self::Grade => (Some(DataValidation::new().allow_whole_number(DataValidationRule::Between(1, 5))), stop),
            Self::Type => (list(ActivityType::ALL.map(|t| word(vocabulary::type_names(t)).to_owned()).to_vec())?, ask),
            Self::Status => (list(Status::ALL.map(|s| word(vocabulary::status_names(s)).to_owned()).to_vec())?, ask),
            Self::Scope => (list(Scope::ALL.map(|s| word(vocabulary::scope_names(s)).to_owned()).to_vec())?, ask),
            Self::Country => (list(programme.countries.iter().map(|c| locale.country(*c)).collect())?, ask),
            Self::Component => (list(programme.components.iter().map(|c| c.number.to_string()).collect())?, ask),
        };
        let Some(check) = check else { return Ok(None) };
        Ok(Some(
            check
                .set_error_style(style)
                .set_error_title(locale.word("workbook-check-title"))?
                .set_error_message(locale.word(&format!("workbook-check-{}", self.key())))?,
        ))
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Count => "count",
            Self::Amount => "amount",
            Self::Year => "year",
            Self::Grade => "grade",
            Self::Long | Self::Short | Self::Type | Self::Status | Self::Scope | Self::Country | Self::Component => {
                "list"
            }
        }
    }
}
