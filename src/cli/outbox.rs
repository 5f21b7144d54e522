//! `rapporteur outbox`: deliveries, and what a person decides about them.

use super::args::{OutboxArgs, OutboxCommand};
use super::daemon::by_whom;
use super::home::local;
use super::output::{Tone, counted};
use super::{Done, Session};
use crate::config::Config;
use crate::outbox::{Delivery, DeliveryState};
use crate::store::{DeliveryFilter, Store, waits_for_a_person};

pub(super) async fn run(session: &Session, arguments: OutboxArgs) -> anyhow::Result<Done> {
    let config = session.config()?;
    let store = session.store(&config).await?;
    let now = session.now();
    match arguments.command.unwrap_or(OutboxCommand::List { state: Vec::new(), run: None }) {
        OutboxCommand::List { state, run } => list(session, &config, &store, &state, run).await?,
        OutboxCommand::Show { delivery } => show(session, &config, &store, delivery).await?,
        OutboxCommand::Retry { delivery, failed } => {
            let numbers = if failed {
                store.deliveries(&DeliveryFilter::failed()).await?.into_iter().map(|d| d.id).collect()
            } else {
                delivery
            };
            for id in &numbers {
                store.retry_delivery(*id, now).await?;
            }
            let told = counted(numbers.len(), "delivery", "deliveries");
            let sent = by_whom(&config.home, "sends them");
            report(session, "retried", &numbers, &format!("{told} to be tried again; {sent}"));
        }
        OutboxCommand::Cancel { delivery } => {
            store.cancel_delivery(delivery).await?;
            report(session, "cancelled", &[delivery], &format!("delivery {delivery} is taken back"));
        }
        OutboxCommand::Release => {
            let held = store.channel_hold().await?;
            store.release_channel().await?;
            let told = match &held {
                Some((reason, _)) => format!("mail goes out again; it was held because: {reason}"),
                None => "mail was not held".to_owned(),
            };
            if session.output.is_json() {
                session.output.json(&serde_json::json!({ "released": held.is_some() }));
            } else {
                session.output.line(&told);
            }
        }
    }
    store.close().await;
    Ok(Done::Well)
}

/// That mail is held, why, and until when it is not tried.
pub(super) fn held(
    config: &Config,
    reason: &str,
    until: chrono::DateTime<chrono::Utc>,
    now: chrono::DateTime<chrono::Utc>,
) -> String {
    if waits_for_a_person(until, now) {
        format!("All mail is held until somebody releases it: {reason}")
    } else {
        format!("All mail is held until {}: {reason}", local(config, until))
    }
}

fn report(session: &Session, verb: &str, numbers: &[i64], told: &str) {
    if session.output.is_json() {
        session.output.json(&serde_json::json!({ verb: numbers }));
    } else {
        session.output.line(told);
    }
}

fn states(words: &[String]) -> anyhow::Result<Vec<DeliveryState>> {
    words
        .iter()
        .map(|word| {
            DeliveryState::from_word(&word.replace('-', "_")).ok_or_else(|| {
                let known = DeliveryState::ALL.map(DeliveryState::word).join(", ");
                anyhow::anyhow!("expected one of {known} as the state, found `{word}`")
            })
        })
        .collect()
}

async fn list(
    session: &Session,
    config: &Config,
    store: &Store,
    words: &[String],
    run: Option<i64>,
) -> anyhow::Result<()> {
    let deliveries = store.deliveries(&DeliveryFilter { run, states: states(words)? }).await?;
    let hold = store.channel_hold().await?;
    if session.output.is_json() {
        let all: Vec<_> = deliveries.iter().map(as_json).collect();
        let hold = hold.map(|(reason, until)| serde_json::json!({ "reason": reason, "until": until }));
        session.output.json(&serde_json::json!({ "deliveries": all, "channel_held": hold }));
        return Ok(());
    }
    if let Some((reason, until)) = hold {
        let told = held(config, &reason, until, session.now());
        session.output.line(&session.output.toned(Tone::Bad, &told));
        session.output.line("Mend the cause, then: rapporteur outbox release");
    }
    if deliveries.is_empty() {
        session.output.line("no deliveries");
        return Ok(());
    }
    let rows: Vec<_> = deliveries
        .iter()
        .map(|delivery| {
            vec![
                (Tone::Strong, delivery.id.to_string()),
                (tone(delivery.state), delivery.state.word().to_owned()),
                (Tone::Plain, delivery.order.purpose.word().to_owned()),
                (Tone::Plain, delivery.order.run.map_or_else(String::new, |run| run.to_string())),
                (Tone::Plain, delivery.order.letter.language.to_string()),
                (Tone::Plain, delivery.order.email.clone()),
                (Tone::Plain, delivery.attempts.to_string()),
                (Tone::Plain, last_word(config, delivery)),
            ]
        })
        .collect();
    session.output.table(&["delivery", "state", "purpose", "run", "language", "to", "attempts", "last answer"], &rows);
    Ok(())
}

fn last_word(config: &Config, delivery: &Delivery) -> String {
    let reply = delivery.last_reply.clone().unwrap_or_default();
    let twice = if delivery.possible_duplicate { " (may have arrived twice)" } else { "" };
    match delivery.state {
        DeliveryState::Waiting | DeliveryState::Unknown => {
            format!("{reply}{twice}; again {}", local(config, delivery.next_attempt_at))
        }
        _ => format!("{reply}{twice}"),
    }
}

async fn show(session: &Session, config: &Config, store: &Store, id: i64) -> anyhow::Result<()> {
    let delivery = store.delivery(id).await?;
    let attempts = store.attempts(id).await?;
    if session.output.is_json() {
        let mut value = as_json(&delivery);
        if let Some(table) = value.as_object_mut() {
            let tries: Vec<_> = attempts
                .iter()
                .map(|a| {
                    serde_json::json!({
                        "number": a.number, "begun_at": a.begun_at, "ended_at": a.ended_at,
                        "outcome": a.outcome, "reply": a.reply,
                    })
                })
                .collect();
            table.insert("tries".to_owned(), tries.into());
        }
        session.output.json(&value);
        return Ok(());
    }
    let out = &session.output;
    let field = |name: &str, text: &str| out.line(&format!("{:<12} {text}", format!("{name}:")));
    let state = format!("delivery {id} {} ({})", phrase(delivery.state), delivery.state.word());
    out.line(&out.toned(Tone::Strong, &state));
    field("to", &format!("{} <{}>", delivery.order.name, delivery.order.email));
    field("subject", &delivery.order.letter.subject);
    field("Message-ID", &delivery.order.message_id);
    if let Some(run) = delivery.order.run {
        field("run", &run.to_string());
    }
    let travels = if delivery.linked { "linked" } else { "attached" };
    for attachment in &delivery.order.attachments {
        field(travels, &attachment.path);
    }
    if delivery.possible_duplicate {
        field("beware", "an attempt ended without an answer: it may have arrived twice, with the same Message-ID");
    }
    for attempt in &attempts {
        let ended = attempt.outcome.as_deref().map(|word| word.replace('_', " "));
        let ended = ended.unwrap_or_else(|| "not ended: under way, or the program stopped".to_owned());
        let reply = attempt.reply.as_deref().map(|reply| format!(": {reply}")).unwrap_or_default();
        field(&format!("attempt {}", attempt.number), &format!("{}, {ended}{reply}", local(config, attempt.begun_at)));
    }
    match delivery.state {
        DeliveryState::Waiting | DeliveryState::Unknown => field("next", &local(config, delivery.next_attempt_at)),
        DeliveryState::Bounced | DeliveryState::DeadLetter => {
            field("next", &format!("mend the cause, then: rapporteur outbox retry {id}"));
        }
        _ => {}
    }
    Ok(())
}

/// Where a delivery stands, after its name.
pub(super) const fn phrase(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Pending => "waits to be sent",
        DeliveryState::Sending => "is being sent",
        DeliveryState::Waiting => "waits to be tried again",
        DeliveryState::Unknown => "may have arrived, and is sent once more",
        DeliveryState::Delivered => "was taken by the mail server",
        DeliveryState::Bounced => "came back",
        DeliveryState::DeadLetter => "was given up",
        DeliveryState::Cancelled => "was taken back",
    }
}

const fn tone(state: DeliveryState) -> Tone {
    match state {
        DeliveryState::Delivered => Tone::Good,
        DeliveryState::Bounced | DeliveryState::DeadLetter => Tone::Bad,
        DeliveryState::Waiting | DeliveryState::Unknown => Tone::Careful,
        DeliveryState::Pending | DeliveryState::Sending | DeliveryState::Cancelled => Tone::Plain,
    }
}

fn as_json(delivery: &Delivery) -> serde_json::Value {
    serde_json::json!({
        "id": delivery.id,
        "run": delivery.order.run,
        "purpose": delivery.order.purpose,
        "state": delivery.state,
        "name": delivery.order.name,
        "email": delivery.order.email,
        "language": delivery.order.letter.language,
        "subject": delivery.order.letter.subject,
        "message_id": delivery.order.message_id,
        "created_at": delivery.created_at,
        "attempts": delivery.attempts,
        "next_attempt_at": delivery.next_attempt_at,
        "last_reply": delivery.last_reply,
        "possible_duplicate": delivery.possible_duplicate,
        "linked": delivery.linked,
    })
}
