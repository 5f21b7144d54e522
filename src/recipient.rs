//! The people a report goes to, and those who owe workbooks for it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::sheet::Sheet;

/// A language that reports, mails and answers are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English, `en`.
    #[default]
    En,
    /// Russian, `ru`.
    Ru,
}

impl Language {
    /// All languages, in the order of preference.
    pub const ALL: [Self; 2] = [Self::En, Self::Ru];

    /// ISO 639-1 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The text names no language of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected `en` or `ru`")]
pub struct NotALanguage;

impl FromStr for Language {
    type Err = NotALanguage;

    fn from_str(text: &str) -> Result<Self, NotALanguage> {
        Self::ALL.into_iter().find(|l| l.code() == text).ok_or(NotALanguage)
    }
}

/// A country by its ISO 3166-1 alpha-2 code, such as `KG`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// A country by two capital Latin letters. Whether such a country exists is not asked.
    #[must_use]
    pub fn new(code: &str) -> Option<Self> {
        match code.as_bytes() {
            [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Some(Self([*a, *b])),
            _ => None,
        }
    }

    /// The two letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Country {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = String::deserialize(deserializer)?;
        Self::new(&code).ok_or_else(|| serde::de::Error::custom("expected two capital letters"))
    }
}

/// Somebody a report is mailed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// Name for the mail's `To`, without line breaks.
    pub name: String,
    /// Mailbox, `user@example.org`.
    pub email: String,
    /// Language of the edition and the mail.
    pub language: Language,
    /// Country whose pages concern them, where there is one.
    pub country: Option<Country>,
    /// Groups they belong to.
    pub groups: Vec<String>,
}

/// Somebody who owes a workbook for a period, such as a country's focal point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contributor {
    /// Name, for the answer.
    pub name: String,
    /// Mailbox, for the answer.
    pub email: String,
    /// Language of the answer.
    pub language: Language,
    /// Country they report for.
    pub country: Option<Country>,
    /// Pattern of file names that are theirs, such as `*TJ*` (`*` and `?`); matched against
    /// the file's name and against its folder below the inbox.
    pub files: String,
    /// The sheets that they owe for each period.
    pub sheets: Vec<Sheet>,
}
