//! A trial copy of a compiled run, to one address.

use std::sync::Arc;

use super::deliver::{Mailroom, attached};
use super::letter::report_letter;
use super::step::{CompileError, facts_of, told};
use super::{Press, archive, burst};
use crate::clock::Clock;
use crate::config::{Config, Mailbox};
use crate::locale::Locale;
use crate::outbox::{NewDelivery, Purpose, message_id};
use crate::recipient::Language;
use crate::store::Store;

/// Writes one mail with an edition of a run into the outbox, to `to` alone, whatever becomes of the
/// run. It says that it is a trial copy. Somebody of `config/recipients.toml` gets the edition that
/// is theirs; anybody else the whole, in `language` or the programme's first. Gives the mail.
///
/// # Errors
/// A run that was never compiled; a mail template at fault; the ledger.
pub async fn send_trial(
    store: &Store,
    config: &Config,
    run: i64,
    to: &Mailbox,
    language: Option<Language>,
    clock: &Clock,
) -> Result<NewDelivery, CompileError> {
    let run = store.run(run).await?;
    let documents = store.documents(run.id).await?;
    let facts = facts_of(&run, &documents)?;
    let press =
        Press::load(config).map_err(|fault| CompileError::Templates(told(&fault, &Locale::embedded(Language::En))))?;
    let now = clock.now();
    let titles = archive::titles(config, &run);
    let room = Mailroom::open(config, &run, now, titles, |language| Arc::clone(press.locale(language)))?;

    let known = config.recipients.iter().find(|person| person.email.eq_ignore_ascii_case(&to.email));
    let usual = known.map(|person| person.language).or_else(|| config.programme.languages.first().copied());
    let language = language.or(usual).unwrap_or_default();
    let key = match (known, config.schedule(&run.schedule)) {
        (Some(person), Some(schedule)) => burst::key_of(config, schedule, person),
        _ => String::new(),
    };
    let document = documents
        .iter()
        .find(|document| document.edition == key && document.language == language)
        .or_else(|| documents.iter().find(|document| document.edition == key))
        .or(documents.first())
        .ok_or(CompileError::NotCompiled(run.id))?;
    let desk = room.desk(language).ok_or(CompileError::NotCompiled(run.id))?;
    let title = room.title(desk);
    let name = to.name.clone().or_else(|| known.map(|person| person.name.clone())).unwrap_or_default();
    let context = super::letter::LetterContext { trial: true, ..room.context(&title, &name) };
    let letter = report_letter(&facts, document, &context, desk)?;
    let key = format!("run-{}/trial-{}/{}", run.id, now.timestamp_micros(), to.email.to_lowercase());
    let delivery = NewDelivery {
        // Not among the run's own mails: whoever counts those counts what the group got.
        run: None,
        purpose: Purpose::Report,
        name,
        email: to.email.clone(),
        letter,
        attachments: vec![attached(document)],
        message_id: message_id(&key, &config.mail.from.email, now),
        unique_key: key,
    };
    store.post(&delivery, now).await?;
    Ok(delivery)
}
