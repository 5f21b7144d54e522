//! `/health`: whether the daemon, the mail, the ledger and the disk are well.

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use maud::{Markup, html};

use crate::config::{Config, Transport};
use crate::desk::Desk;
use crate::desk::problem::Problem;
use crate::desk::sheet::Sheet;
use crate::desk::visitor::Visitor;
use crate::desk::words::Words;
use crate::mail::bounces::{self, Unread};
use crate::outbox::DeliveryState;
use crate::schedule;
use crate::schedule::bell::SILENT_FOR;
use crate::store::{Store, waits_for_a_person};

/// What was found.
struct Health {
    last_ring: Option<DateTime<Utc>>,
    is_silent: bool,
    hold: Option<(String, DateTime<Utc>)>,
    waits_for_a_person: bool,
    taken_at: Option<DateTime<Utc>>,
    is_refused: bool,
    unread: Option<Unread>,
    free: Option<u64>,
}

impl Health {
    async fn of(config: &Config, store: &Store, now: DateTime<Utc>) -> Result<Self, Problem> {
        let last_ring = schedule::last_ring(&config.home);
        let silence = TimeDelta::from_std(SILENT_FOR).unwrap_or(TimeDelta::MAX);
        let known = store.configuration(&config.home.display().to_string()).await?;
        let hold = store.channel_hold().await?;
        Ok(Self {
            last_ring,
            is_silent: last_ring.is_none_or(|at| now - at > silence),
            waits_for_a_person: hold.as_ref().is_some_and(|(_, until)| waits_for_a_person(*until, now)),
            hold,
            taken_at: known.as_ref().map(|known| known.taken_at),
            is_refused: known.is_some_and(|known| known.refused.is_some()),
            unread: bounces::unread(store, config).await?,
            free: free_bytes(config),
        })
    }

    fn bell(&self, words: &Words<'_>) -> Markup {
        html! {
            @if self.is_silent { span.state.bad { (words.t("desk-health-silent")) } }
            @else { span.state.good { (words.t("desk-health-running")) } }
            @if let Some(at) = self.last_ring { " " span.quiet { "· " (words.t("desk-health-looked")) " " (words.time(at)) } }
        }
    }

    fn mail(&self, words: &Words<'_>, config: &Config) -> Markup {
        html! {
            @match &self.hold {
                None => {
                    span.state.good { (words.t("desk-health-mail-goes")) } " "
                    span.quiet { (transport(words, config)) }
                }
                Some((reason, until)) => {
                    span.state.bad {
                        @if self.waits_for_a_person { (words.t("desk-mail-held")) }
                        @else { (words.say("desk-mail-held-until", &[("time", words.time_text(*until).into())])) }
                    }
                    p.quiet { (reason) }
                }
            }
        }
    }

    /// The mailbox of returned mails.
    fn bounces(&self, words: &Words<'_>, config: &Config) -> Markup {
        html! {
            @match (&self.unread, &config.bounces.mailbox) {
                (Some(unread), _) => {
                    span.state.bad { (words.t("desk-health-bounces-unread")) } " "
                    span.quiet { (words.say("desk-health-since", &[("time", words.time_text(unread.since).into())])) }
                    p.quiet { (unread.problem) }
                }
                (None, Some(_)) => span.state.good { (words.t("desk-health-bounces-read")) },
                (None, None) => span.quiet { (words.t("desk-health-bounces-none")) },
            }
        }
    }

    fn configuration(&self, words: &Words<'_>) -> Markup {
        html! {
            @if self.is_refused { span.state.bad { (words.t("desk-health-configuration-refused")) } }
            @else { span.state.good { (words.t("desk-health-configuration")) } }
            @if let Some(at) = self.taken_at { " " span.quiet { (words.say("desk-health-since", &[("time", words.time_text(at).into())])) } }
        }
    }
}

/// The state of health in three lines, for the first page.
pub(super) async fn line(words: &Words<'_>, desk: &Desk) -> Result<Markup, Problem> {
    let config = desk.config();
    let health = Health::of(&config, desk.store(), desk.clock().now()).await?;
    Ok(html! {
        dl.facts {
            dt { (words.t("desk-health-daemon")) }
            dd { (health.bell(words)) }
            dt { (words.t("desk-mail")) }
            dd { (health.mail(words, &config)) }
            dt { (words.t("desk-way-configuration")) }
            dd { a href="/configuration" { (health.configuration(words)) } }
        }
    })
}

/// The page.
pub(super) async fn show(State(desk): State<Desk>, visitor: Visitor) -> Result<Markup, Problem> {
    let (config, store, words) = (desk.config(), desk.store(), Words::of(&desk, &visitor));
    let health = Health::of(&config, store, desk.clock().now()).await?;
    let counts = store.delivery_counts(None).await?;
    let size = std::fs::metadata(config.ledger_file()).map(|file| file.len()).ok();
    let sheet = Sheet::new(&desk, &visitor, words.t("desk-way-health")).at("/health").live(10);
    Ok(sheet.render(&html! {
        section.part aria-labelledby="stages" {
            h2 id="stages" { (words.t("desk-health-works")) }
            div.body id="stages-body" data-live="" {
                dl.facts {
                    dt { (words.t("desk-health-daemon")) }
                    dd { (health.bell(&words)) }
                    dt { (words.t("desk-mail")) }
                    dd { (health.mail(&words, &config)) }
                    dt { (words.t("desk-health-bounces")) }
                    dd { (health.bounces(&words, &config)) }
                    dt { (words.t("desk-way-configuration")) }
                    dd { a href="/configuration" { (health.configuration(&words)) } }
                    dt { (words.t("desk-notices")) }
                    dd { a href="/notices" { (words.t("desk-health-look-notices")) } }
                }
            }
        }
        section.part aria-labelledby="outbox" {
            h2 id="outbox" { (words.t("desk-health-outbox")) }
            div.body id="outbox-body" data-live="" {
                @if counts.is_empty() { p { (words.t("desk-deliveries-none")) } }
                @else {
                    dl.facts {
                        @for state in DeliveryState::ALL {
                            @if let Some(number) = counts.get(&state) {
                                dt { (words.delivery_state(state)) }
                                dd { a href=(format!("/deliveries?state={}", state.word())) { (words.number(*number)) } }
                            }
                        }
                    }
                }
            }
        }
        section.part aria-labelledby="room" {
            h2 id="room" { (words.t("desk-health-room")) }
            div.body {
                dl.facts {
                    dt { (words.t("desk-health-ledger")) }
                    dd { @match size { Some(size) => (words.letters().size(size)), None => (words.t("desk-health-unknown")) } }
                    dt { (words.t("desk-health-free")) }
                    dd { @match health.free { Some(free) => (words.letters().size(free)), None => (words.t("desk-health-unknown")) } }
                    dt { (words.t("desk-health-zones")) }
                    dd { "tzdata " (chrono_tz::IANA_TZDB_VERSION) }
                    dt { (words.t("desk-health-home")) }
                    dd { code { (config.home.display()) } }
                }
            }
        }
    }))
}

fn transport(words: &Words<'_>, config: &Config) -> String {
    match (&config.mail.transport, &config.mail.smtp) {
        (Transport::Smtp, Some(smtp)) => words.say("desk-health-smtp", &[("host", smtp.host.clone().into())]),
        _ => words.t("desk-health-maildir"),
    }
}

/// Room on the disk of the home.
fn free_bytes(config: &Config) -> Option<u64> {
    let room = rustix::fs::statvfs(&config.home).ok()?;
    Some(room.f_bavail.saturating_mul(room.f_frsize))
}
