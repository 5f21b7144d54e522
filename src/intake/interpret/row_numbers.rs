//! Reading a row's numbers: counts, amounts, decimals, years.

use chrono::Datelike;

use crate::diagnostic::Diagnostic;
use crate::intake::raw::RawValue;
use crate::record::{Cents, HeadCount};

use super::counts::{self, Count, NoCount};
use super::headings::Heading;
use super::money::{self, NoAmount};
use super::row::{Read, Row, as_text};
use super::text::{excerpt, is_nothing, line};

/// A number without the mark of a footnote behind it (V30), and whether there was one.
fn without_footnote(text: &str) -> (String, bool) {
    let text = line(text);
    let bare = text.trim_end_matches(['*', '†', '‡', '¹', '²', '³', ' ']);
    let marked = bare.len() < text.trim_end().len() && bare.ends_with(|c: char| c.is_ascii_digit());
    if marked { (bare.to_owned(), true) } else { (text, false) }
}

/// Whether a number is still to come: then it is not reported, whatever word says so.
fn is_open(text: &str) -> bool {
    !text.bytes().any(|b| b.is_ascii_digit()) && super::date_phrases::is_to_be_confirmed(&super::text::plain(text))
}

/// A cross, which in tables of the region says that a cell is not to be filled in.
fn is_crossed(text: &str) -> bool {
    matches!(text.trim(), "x" | "X" | "х" | "Х" | "×")
}

impl Row<'_> {
    /// A whole number of people or things.
    pub(super) fn count(&mut self, heading: Heading) -> Read<Count> {
        let mut is_date = false;
        let (text, result) = match self.value(heading)? {
            None => return Ok(None),
            Some(RawValue::Number(number)) => {
                (number.to_string(), counts::of_number(*number).map(|number| Count { number, ..Count::default() }))
            }
            Some(RawValue::Text(text)) if is_nothing(text) || is_open(text) || is_crossed(text) => return Ok(None),
            Some(RawValue::Text(text)) if heading == Heading::Quantity => (line(text), counts::of_things(text)),
            Some(RawValue::Text(text)) => (line(text), counts::of_text(text)),
            Some(value) => {
                is_date = matches!(value, RawValue::Date(_));
                (as_text(value), Err(NoCount::Unclear))
            }
        };
        match result.and_then(|count| match heading {
            Heading::Participants if count.of_one_sex => Err(NoCount::Unclear),
            _ => Ok(count),
        }) {
            Ok(count) => {
                if count.footnote {
                    self.warn_at("footnote-in-number", heading, &text);
                }
                if count.summed {
                    let place = self.place(heading);
                    self.note(Diagnostic::info("participants-computed", place).with("sum", count.number));
                }
                if count.estimated {
                    self.warn_at("count-estimated", heading, &text);
                }
                if count.ambiguous {
                    let place = self.place(heading);
                    self.note(
                        Diagnostic::warning("number-ambiguous", place)
                            .with("found", excerpt(&text))
                            .with("read", count.number.to_string()),
                    );
                }
                Ok(Some(count))
            }
            Err(problem) => {
                let place = self.place(heading);
                let base = |code: &str| {
                    Diagnostic::error(code, place.clone())
                        .with("found", excerpt(&text))
                        .with("heading", heading.english())
                        .with("heading-ru", heading.russian())
                };
                let diagnostic = match problem {
                    NoCount::Unclear if is_date => base("count-unclear").worded("count-is-date"),
                    NoCount::Unclear => base("count-unclear"),
                    NoCount::Words => base("count-in-words"),
                    NoCount::Fraction => base("count-not-whole"),
                    NoCount::Negative => base("count-negative"),
                    NoCount::TooLarge => base("count-too-large"),
                    NoCount::Sum(a, b) => {
                        base("count-sum").with("first", a).with("second", b).with("sum", u64::from(a) + u64::from(b))
                    }
                    NoCount::Beside(first) => base("count-sum").with("first", first).worded("count-and-others"),
                    NoCount::TwoNumbers(a, b) => base("count-two-numbers").with("first", a).with("second", b),
                };
                Err(self.error(diagnostic))
            }
        }
    }

    /// Total, women and men: checked against each other (V14).
    pub(super) fn head_count(&mut self) -> HeadCount {
        const ALL: [Heading; 3] = [Heading::Participants, Heading::Women, Heading::Men];
        let (total, women, men) =
            (self.count(Heading::Participants), self.count(Heading::Women), self.count(Heading::Men));
        if total.is_err() || women.is_err() || men.is_err() {
            return HeadCount::default();
        }
        let total = total.ok().flatten();
        let mut head = HeadCount {
            total: total.map(|t| t.number),
            women: women.ok().flatten().map(|w| w.number).or(total.and_then(|t| t.women)),
            men: men.ok().flatten().map(|m| m.number).or(total.and_then(|t| t.men)),
            estimated: total.is_some_and(|t| t.estimated),
        };
        let split = u64::from(head.women.unwrap_or(0)) + u64::from(head.men.unwrap_or(0));
        match head.total {
            Some(all) if split > u64::from(all) => {
                let place = self.span(&ALL);
                let wording = match (head.women, head.men) {
                    (Some(_), Some(_)) => "participants-do-not-add-up",
                    (Some(_), None) => "participants-women-above-total",
                    _ => "participants-men-above-total",
                };
                // The row is kept, its split is not; the run is held until it is mended.
                self.note(
                    Diagnostic::error("participants-do-not-add-up", place)
                        .worded(wording)
                        .with("women", head.women.unwrap_or(0))
                        .with("men", head.men.unwrap_or(0))
                        .with("sum", split)
                        .with("total", all),
                );
                self.faults.push("participants-do-not-add-up".to_owned());
                (head.women, head.men) = (None, None);
            }
            Some(all) if head.women.is_some() && head.men.is_some() && split < u64::from(all) && !head.estimated => {
                let place = self.span(&ALL);
                self.note(
                    Diagnostic::warning("participants-rest-unknown", place)
                        .with("women", head.women.unwrap_or(0))
                        .with("men", head.men.unwrap_or(0))
                        .with("total", all)
                        .with("rest", u64::from(all) - split),
                );
            }
            None if head.women.is_some() && head.men.is_some() => {
                head.total = u32::try_from(split).ok();
                let place = self.span(&ALL);
                self.note(Diagnostic::info("participants-computed", place).with("sum", split));
            }
            _ => {}
        }
        head
    }

    /// An amount in euro.
    pub(super) fn money(&mut self, heading: Heading) -> Read<Cents> {
        let times = self.ctx.table.times(heading);
        let (text, result) = match self.value(heading)? {
            None => return Ok(None),
            Some(RawValue::Number(number)) => {
                #[expect(clippy::cast_precision_loss, reason = "one, a thousand or a million")]
                let cents = money::of_number(*number * times as f64).ok_or(NoAmount::Unclear);
                let cents = cents.and_then(|c| if c < 0 { Err(NoAmount::Negative) } else { Ok((Cents(c), false)) });
                (number.to_string(), cents)
            }
            Some(RawValue::Text(text)) if is_nothing(text) || is_open(text) => return Ok(None),
            Some(RawValue::Text(text)) => {
                let (bare, footnote) = without_footnote(text);
                if footnote {
                    self.warn_at("footnote-in-number", heading, text);
                }
                (line(text), money::of_text(&bare, times))
            }
            Some(value) => (as_text(value), Err(NoAmount::Unclear)),
        };
        match result {
            Ok((cents, ambiguous)) => {
                if ambiguous {
                    let place = self.place(heading);
                    self.note(
                        Diagnostic::warning("number-ambiguous", place)
                            .with("found", excerpt(&text))
                            .with("read", (cents.0 / 100).to_string()),
                    );
                }
                Ok(Some(cents))
            }
            Err(NoAmount::Currency) => Err(self.error_at("amount-not-in-euro", heading, &text)),
            Err(NoAmount::Negative) => Err(self.error_at("amount-negative", heading, &text)),
            Err(NoAmount::Unclear) => Err(self.error_at("amount-unclear", heading, &text)),
        }
    }

    /// A number with decimals, in hundredths.
    pub(super) fn decimal(&mut self, heading: Heading) -> Read<i64> {
        let (text, result) = match self.value(heading)? {
            None => return Ok(None),
            Some(RawValue::Number(number)) => (number.to_string(), money::of_number(*number)),
            Some(RawValue::Text(text)) if is_nothing(text) || is_open(text) => return Ok(None),
            Some(RawValue::Text(text)) => {
                let (bare, footnote) = without_footnote(text);
                if footnote {
                    self.warn_at("footnote-in-number", heading, text);
                }
                let (bare, bound) = counts::without_bound(&bare);
                if bound && heading != Heading::Target {
                    self.warn_at("count-estimated", heading, text);
                }
                (line(text), money::measured(&bare))
            }
            Some(value) => (as_text(value), None),
        };
        match result {
            Some(number) => Ok(Some(number)),
            None => Err(self.error_at("number-unclear", heading, &text)),
        }
    }

    /// A year.
    pub(super) fn year(&mut self, heading: Heading) -> Read<i32> {
        let text = match self.value(heading)? {
            None => return Ok(None),
            Some(RawValue::Date(at)) => return Ok(Some(at.year())),
            Some(value) => line(&as_text(value)),
        };
        if is_nothing(&text) {
            return Ok(None);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        match digits.parse::<i32>() {
            Ok(year) if (1990..=2100).contains(&year) => Ok(Some(year)),
            _ => Err(self.error_at("year-unclear", heading, &text)),
        }
    }
}
