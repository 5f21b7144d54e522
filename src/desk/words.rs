//! What a page says, in its visitor's language and by the programme's clock.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};

use super::Desk;
use super::session::SOMEBODY;
use super::visitor::Visitor;
use crate::config::Config;
use crate::diagnostic::Arg;
use crate::letter;
use crate::locale::Locale;
use crate::outbox::DeliveryState;
use crate::recipient::Language;
use crate::report::{ReportRun, RunState};

/// The words of one page.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    letters: &'a letter::Desk,
    zone: Tz,
}

impl<'a> Words<'a> {
    /// For a visitor.
    pub(super) fn of(desk: &'a Desk, visitor: &Visitor) -> Self {
        Self::in_language(desk, visitor.language)
    }

    /// In a language.
    pub(super) fn in_language(desk: &'a Desk, language: Language) -> Self {
        Self { letters: desk.letters(language), zone: desk.config().programme.timezone }
    }

    /// What sentences of letters are made with.
    pub(super) const fn letters(&self) -> &'a letter::Desk {
        self.letters
    }

    pub(super) fn locale(&self) -> &'a Locale {
        self.letters.locale()
    }

    /// A message without arguments.
    pub(super) fn t(&self, id: &str) -> String {
        self.locale().word(id)
    }

    /// A message with arguments.
    pub(super) fn say(&self, id: &str, args: &[(&str, Arg)]) -> String {
        self.letters.say(id, args)
    }

    /// A message that need not be there.
    pub(super) fn maybe(&self, id: &str) -> Option<String> {
        self.locale().find(id, &crate::diagnostic::Args::new())
    }

    /// `24 November 2026, 21:04`, by the programme's clock.
    pub(super) fn time_text(&self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&self.zone);
        format!("{}, {}", self.locale().date(local.date_naive()), local.format("%H:%M"))
    }

    /// The same, for machines too.
    pub(super) fn time(&self, at: DateTime<Utc>) -> Markup {
        html! { time datetime=(at.format("%Y-%m-%dT%H:%M:%SZ")) { (self.time_text(at)) } }
    }

    /// On the clock of another zone, which is named where it is not the programme's.
    pub(super) fn time_in(&self, at: DateTime<Utc>, zone: Tz) -> Markup {
        let local = at.with_timezone(&zone);
        html! {
            time datetime=(at.format("%Y-%m-%dT%H:%M:%SZ")) {
                (self.locale().date(local.date_naive())) ", " (local.format("%H:%M"))
                @if zone != self.zone { " (" (zone.name()) ")" }
            }
        }
    }

    pub(super) fn day(&self, day: NaiveDate) -> Markup {
        html! { time datetime=(day) { (self.locale().date(day)) } }
    }

    pub(super) fn number(&self, number: impl Into<i64>) -> String {
        self.locale().number(number.into())
    }

    /// A list of words: `a, b and c`.
    pub(super) fn list(&self, items: &[String]) -> String {
        self.locale().list(items)
    }

    /// Who did something, as the ledger has it; whoever has no name is named in the page's language.
    pub(super) fn who(&self, name: &str) -> String {
        if name == SOMEBODY { self.t("desk-somebody") } else { name.to_owned() }
    }

    /// Where a run stands, as a word with its mark.
    pub(super) fn run_state(&self, run: &ReportRun) -> Markup {
        let (class, id) = run_state(run);
        html! { span class=(format!("state {class}")) { (self.t(&format!("desk-run-{id}"))) } }
    }

    /// Where a delivery stands, as a word with its mark.
    pub(super) fn delivery_state(&self, state: DeliveryState) -> Markup {
        let class = delivery_class(state);
        html! { span class=(format!("state {class}")) { (self.t(&format!("desk-delivery-{}", state.word().replace('_', "-")))) } }
    }

    /// `schedules` in words: what a report is to whom.
    pub(super) fn people(&self, config: &Config, groups: &[String]) -> String {
        let number = config.members(groups).len();
        self.say("desk-people", &[("groups", self.list(groups).into()), ("n", number.into())])
    }
}

/// Class and word of where a run stands. A run that a person took back is told apart from one that was skipped.
fn run_state(run: &ReportRun) -> (&'static str, &'static str) {
    match run.state {
        RunState::Due if run.waits_until.is_some() => ("careful", "waiting"),
        RunState::Due => ("", "due"),
        RunState::Compiling => ("", "compiling"),
        RunState::Held => ("careful", "held"),
        RunState::AwaitingApproval => ("careful", "awaiting-approval"),
        RunState::Released => ("good", "released"),
        RunState::Failed => ("bad", "failed"),
        RunState::Skipped if run.decided_by.is_some() => ("quiet", "cancelled"),
        RunState::Skipped => ("quiet", "skipped"),
    }
}

fn delivery_class(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Delivered => "good",
        DeliveryState::DeadLetter | DeliveryState::Bounced => "bad",
        DeliveryState::Waiting | DeliveryState::Unknown => "careful",
        DeliveryState::Cancelled => "quiet",
        DeliveryState::Pending | DeliveryState::Sending => "",
    }
}
