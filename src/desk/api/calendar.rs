//! iCalendar (RFC 5545), as much of it as a feed of instants needs.

use chrono::{DateTime, Utc};

/// No line of the file is longer, in bytes.
const LINE: usize = 75;

/// An entry of the calendar.
pub(super) struct Entry<'a> {
    /// Always the same for the same matter.
    pub(super) name: &'a str,
    pub(super) at: DateTime<Utc>,
    pub(super) now: DateTime<Utc>,
    pub(super) title: &'a str,
    pub(super) text: &'a str,
}

/// The head of a calendar.
pub(super) fn begin(name: &str) -> String {
    let mut text = String::new();
    for (key, value) in [("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", "-//rapporteur//coming reports//EN")] {
        line(&mut text, key, value);
    }
    line(&mut text, "X-WR-CALNAME", &escaped(name));
    line(&mut text, "REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
    text
}

pub(super) fn entry(text: &mut String, entry: &Entry<'_>) {
    let instant = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
    line(text, "BEGIN", "VEVENT");
    line(text, "UID", &escaped(&format!("{}@rapporteur", entry.name)));
    line(text, "DTSTAMP", &instant(entry.now));
    line(text, "DTSTART", &instant(entry.at));
    line(text, "SUMMARY", &escaped(entry.title));
    line(text, "DESCRIPTION", &escaped(entry.text));
    line(text, "TRANSP", "TRANSPARENT");
    line(text, "END", "VEVENT");
}

pub(super) fn end(text: &mut String) {
    line(text, "END", "VCALENDAR");
}

/// One property, folded where it is long; never within a character.
fn line(text: &mut String, key: &str, value: &str) {
    let mut width = 0;
    for c in key.chars().chain(std::iter::once(':')).chain(value.chars()) {
        if width + c.len_utf8() > LINE {
            text.push_str("\r\n ");
            width = 1;
        }
        text.push(c);
        width += c.len_utf8();
    }
    text.push_str("\r\n");
}

/// Text as a value: nothing in it ends the line or the value.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters_and_nothing_breaks_out() {
        let mut text = begin("BOMCA 9");
        let at = "2018-01-15T03:00:00Z".parse().unwrap();
        let title = "Отчёт; руководящей группе, за октябрь – декабрь 2017 года\r\nEND:VCALENDAR";
        entry(&mut text, &Entry { name: "rsg-20180115", at, now: at, title, text: "a\\b" });
        end(&mut text);
        assert!(text.lines().all(|line| line.len() <= LINE && !line.contains('\r')), "{text}");
        assert_eq!(text.matches("\r\nEND:VCALENDAR\r\n").count(), 1, "{text}");
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains("SUMMARY:Отчёт\\; руководящей группе\\, за октябрь – декабрь 2017 года\\nEND:"));
        assert!(unfolded.contains("DTSTART:20180115T030000Z\r\n") && unfolded.contains("DESCRIPTION:a\\\\b\r\n"));
    }
}
