//! One cell of an ODF spreadsheet, as its elements come by.

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use super::super::raw::RawValue;
use super::xlsx::iso_date;

/// Longest text of one cell, in bytes.
const CELL_BYTES: usize = 4 << 20;

/// The content is no well-formed XML, or holds more than a sheet may.
pub(super) struct Broken;

/// A cell whose text is coming in.
#[derive(Default)]
pub(super) struct Cell {
    pub(super) kind: String,
    pub(super) is_error: bool,
    pub(super) value: Option<String>,
    pub(super) formula: bool,
    pub(super) is_struck: bool,
    pub(super) repeat: u32,
    pub(super) text: String,
    pub(super) paragraphs: u32,
    pub(super) comment: Option<String>,
}

impl Cell {
    pub(super) fn begin(tag: &BytesStart<'_>, repeat: u32) -> Self {
        let kind = value(tag, "office:value-type").unwrap_or_default();
        let attribute = match kind.as_str() {
            "float" | "percentage" | "currency" => "office:value",
            "date" => "office:date-value",
            "time" => "office:time-value",
            "boolean" => "office:boolean-value",
            _ => "office:string-value",
        };
        Self {
            value: value(tag, attribute),
            is_error: value(tag, "calcext:value-type").as_deref() == Some("error"),
            formula: value(tag, "table:formula").is_some(),
            kind,
            repeat,
            ..Self::default()
        }
    }

    pub(super) fn element(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<(), Broken> {
        match name {
            "p" | "h" => {
                self.paragraphs += 1;
                if self.paragraphs > 1 {
                    self.add("\n")?;
                }
            }
            "line-break" => self.add("\n")?,
            "tab" => self.add("\t")?,
            "s" => {
                let count = repeat(tag, "text:c").min(1_000);
                self.add(&" ".repeat(usize::try_from(count).unwrap_or(1)))?;
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn add(&mut self, text: &str) -> Result<(), Broken> {
        // Blanks between the elements of a cell are no text.
        if self.paragraphs > 0 {
            self.text.push_str(text);
        }
        if self.text.len() > CELL_BYTES { Err(Broken) } else { Ok(()) }
    }

    pub(super) fn finish(self) -> Option<(RawValue, bool)> {
        let shown = self.text;
        let text =
            |shown: String, value: Option<String>| if shown.is_empty() { value.unwrap_or_default() } else { shown };
        let value = if self.is_error {
            RawValue::Error(shown)
        } else {
            match (self.kind.as_str(), self.value) {
                ("float" | "percentage" | "currency", Some(value)) => {
                    value.trim().parse().map_or(RawValue::Text(shown), RawValue::Number)
                }
                ("date", Some(value)) => iso_date(&value).map_or(RawValue::Text(value), RawValue::Date),
                ("boolean", Some(value)) => RawValue::Bool(value == "true"),
                ("", None) if self.formula && shown.is_empty() => RawValue::Uncalculated,
                (_, value) => {
                    let text = text(shown, value);
                    if text.is_empty() {
                        return None;
                    }
                    RawValue::Text(text)
                }
            }
        };
        Some((value, self.formula))
    }
}

pub(super) fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = tag.try_get_attribute(name).ok()??;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

pub(super) fn repeat(tag: &BytesStart<'_>, name: &str) -> u32 {
    value(tag, name).and_then(|v| v.trim().parse().ok()).unwrap_or(1).max(1)
}
