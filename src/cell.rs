//! Where in a sheet: cells as a spreadsheet user points to them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One cell, by zero-based row and column; printed as `H14`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Zero-based row: row 1 of the sheet is 0.
    pub row: u32,
    /// Zero-based column: column A is 0.
    pub column: u32,
}

/// A rectangle of cells, both corners included; printed as `H14` or `H14:J14`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRange {
    /// Upper left corner.
    pub first: CellRef,
    /// Lower right corner.
    pub last: CellRef,
}

impl CellRef {
    /// The cell at a zero-based row and column.
    #[must_use]
    pub const fn new(row: u32, column: u32) -> Self {
        Self { row, column }
    }
}

impl CellRange {
    /// The rectangle between two corners, in whatever order they come.
    #[must_use]
    pub fn new(a: CellRef, b: CellRef) -> Self {
        Self {
            first: CellRef::new(a.row.min(b.row), a.column.min(b.column)),
            last: CellRef::new(a.row.max(b.row), a.column.max(b.column)),
        }
    }

    /// Whether the rectangle holds `cell`.
    #[must_use]
    pub const fn contains(&self, cell: CellRef) -> bool {
        self.first.row <= cell.row
            && cell.row <= self.last.row
            && self.first.column <= cell.column
            && cell.column <= self.last.column
    }
}

impl From<CellRef> for CellRange {
    fn from(cell: CellRef) -> Self {
        Self { first: cell, last: cell }
    }
}

/// The letters of a zero-based column: 0 is `A`, 27 is `AB`.
#[must_use]
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// How many lines a text takes in a cell so many letters wide, roughly; at least one. Not every
/// program finds the height of a row by itself.
#[must_use]
pub fn lines(text: &str, width: usize) -> usize {
    text.lines().map(|line| line.chars().count().div_ceil(width.max(1)).max(1)).sum::<usize>().max(1)
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), u64::from(self.row) + 1)
    }
}

impl fmt::Display for CellRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}:{}", self.first, self.last) }
    }
}

/// The text is no cell in A1 notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a cell such as H14")]
pub struct NotACell;

impl FromStr for CellRef {
    type Err = NotACell;

    fn from_str(text: &str) -> Result<Self, NotACell> {
        let digits_at = text.find(|c: char| c.is_ascii_digit()).ok_or(NotACell)?;
        let (letters, digits) = text.split_at(digits_at);
        if letters.is_empty() || letters.len() > 6 {
            return Err(NotACell);
        }
        let mut column: u32 = 0;
        for letter in letters.bytes() {
            if !letter.is_ascii_uppercase() {
                return Err(NotACell);
            }
            column =
                column.checked_mul(26).and_then(|c| c.checked_add(u32::from(letter - b'A') + 1)).ok_or(NotACell)?;
        }
        let row: u32 = digits.parse().map_err(|_| NotACell)?;
        if row == 0 || digits.starts_with('0') {
            return Err(NotACell);
        }
        Ok(Self::new(row - 1, column - 1))
    }
}

impl FromStr for CellRange {
    type Err = NotACell;

    fn from_str(text: &str) -> Result<Self, NotACell> {
        match text.split_once(':') {
            None => Ok(text.parse::<CellRef>()?.into()),
            Some((a, b)) => Ok(Self::new(a.parse()?, b.parse()?)),
        }
    }
}

impl Serialize for CellRange {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CellRange {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn prints_and_parses(row in 0u32..2_000_000, column in 0u32..20_000) {
            let cell = CellRef::new(row, column);
            prop_assert_eq!(cell.to_string().parse(), Ok(cell));
        }
    }

    #[test]
    fn speaks_as_a_spreadsheet_does() {
        assert_eq!(CellRef::new(13, 7).to_string(), "H14");
        assert_eq!(CellRef::new(0, 27).to_string(), "AB1");
        assert_eq!(CellRef::new(1_048_575, 16_383).to_string(), "XFD1048576");
        assert_eq!("H14:J14".parse::<CellRange>().map(|r| r.to_string()), Ok("H14:J14".to_owned()));
        assert_eq!("h14".parse::<CellRef>(), Err(NotACell));
    }
}
