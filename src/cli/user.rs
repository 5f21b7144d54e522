//! `rapporteur user`: who may use the dashboard.

use std::io::{BufRead as _, IsTerminal as _};

use anyhow::Context as _;
use chrono::TimeDelta;

use super::args::{UserArgs, UserCommand};
use super::home::{decider, local};
use super::output::Tone;
use super::{Done, Session};
use crate::account::Role;
use crate::config::Config;
use crate::desk::{password, session};
use crate::store::{Account, Deed, Store};

pub(super) async fn run(session: &Session, arguments: UserArgs) -> anyhow::Result<Done> {
    let config = session.config()?;
    let store = session.store(&config).await?;
    let command = arguments.command.unwrap_or(UserCommand::List);
    let done = match written(&command) {
        None => list(session, &config, &store).await,
        Some((verb, name)) => {
            let deed = Deed {
                who: decider(None),
                role: None,
                address: String::new(),
                action: format!("user {verb}"),
                subject: name.to_owned(),
            };
            let number = store.begin_deed(&deed, session.now()).await?;
            let done = change(session, &store, command).await;
            store.end_deed(number, if done.is_ok() { "done" } else { "not-done" }, None).await?;
            done
        }
    };
    store.close().await;
    done.map(|()| Done::Well)
}

/// What goes into the audit table of a command that changes something.
fn written(command: &UserCommand) -> Option<(&'static str, &str)> {
    Some(match command {
        UserCommand::List => return None,
        UserCommand::Add { name, .. } => ("add", name),
        UserCommand::Password { name } => ("password", name),
        UserCommand::Role { name, .. } => ("role", name),
        UserCommand::Remove { name } => ("remove", name),
        UserCommand::Token { name, .. } => ("token", name),
        UserCommand::Revoke { name } => ("revoke", name),
    })
}

async fn change(session: &Session, store: &Store, command: UserCommand) -> anyhow::Result<()> {
    let now = session.now();
    match command {
        UserCommand::List => {}
        UserCommand::Add { name, role } => {
            let (name, role) = (named(&name)?, role_of(&role)?);
            let is_first = !store.has_accounts().await?;
            if store.accounts(now).await?.iter().any(|known| known.name == name) {
                anyhow::bail!(
                    "there is an account `{name}` already; for another password: rapporteur user password {name}"
                );
            }
            let hash = password::hash(&ask(&name)?)?;
            if !store.add_account(&name, role, &hash, now).await? {
                anyhow::bail!("there is an account `{name}` already");
            }
            let first = if is_first { "; from now on everybody logs in to the dashboard" } else { "" };
            told(session, &name, "added", &format!("{name} may log in as {role}{first}"));
        }
        UserCommand::Password { name } => {
            let name = known(store, &name, session).await?;
            let hash = password::hash(&ask(&name)?)?;
            store.set_password(&name, &hash, now).await?;
            told(session, &name, "password", &format!("{name} has another password, and has to log in again"));
        }
        UserCommand::Role { name, role } => {
            let (name, role) = (known(store, &name, session).await?, role_of(&role)?);
            store.set_role(&name, role).await?;
            told(session, &name, "role", &format!("{name} is {role} now"));
        }
        UserCommand::Remove { name } => {
            let name = known(store, &name, session).await?;
            store.remove_account(&name).await?;
            let rest = if store.has_accounts().await? {
                ""
            } else {
                "; it was the last one: whoever sits at this machine may do everything again"
            };
            told(session, &name, "removed", &format!("{name} is removed, with all sessions and tokens{rest}"));
        }
        UserCommand::Token { name, purpose, days } => {
            let name = known(store, &name, session).await?;
            let (token, hash) = session::new_token();
            let until = now + TimeDelta::days(i64::from(days));
            store.add_token(&name, &hash, &purpose, now, until).await?;
            if session.output.is_json() {
                session.output.json(&serde_json::json!({ "token": token, "account": name, "expires_at": until }));
            } else {
                session.output.line(&token);
                session.output.error_line(&format!(
                    "A script that sends it as `Authorization: Bearer …` may do what {name} may, until {}. \
                     It is shown this once.",
                    until.format("%Y-%m-%d")
                ));
            }
        }
        UserCommand::Revoke { name } => {
            let name = known(store, &name, session).await?;
            let ended = store.end_sessions(&name).await?;
            told(session, &name, "revoked", &format!("{ended} sessions and tokens of {name} have ended"));
        }
    }
    Ok(())
}

fn told(session: &Session, name: &str, verb: &str, text: &str) {
    if session.output.is_json() {
        session.output.json(&serde_json::json!({ verb: name }));
    } else {
        session.output.line(text);
    }
}

async fn list(session: &Session, config: &Config, store: &Store) -> anyhow::Result<()> {
    let accounts = store.accounts(session.now()).await?;
    if session.output.is_json() {
        let all: Vec<_> = accounts.iter().map(as_json).collect();
        session.output.json(&serde_json::json!({ "accounts": all }));
        return Ok(());
    }
    if accounts.is_empty() {
        session.output.line("no accounts: on this machine nobody logs in, and from elsewhere nobody can");
        session.output.line("  the first one: rapporteur user add NAME --role admin");
        return Ok(());
    }
    let rows: Vec<_> = accounts
        .into_iter()
        .map(|account| {
            let seen = account.seen_at.map_or_else(|| "–".to_owned(), |at| local(config, at));
            vec![
                (Tone::Strong, account.name),
                (Tone::Plain, account.role.to_string()),
                (Tone::Plain, local(config, account.created_at)),
                (Tone::Plain, seen),
                (Tone::Plain, account.tokens.to_string()),
            ]
        })
        .collect();
    session.output.table(&["name", "role", "since", "last seen", "tokens"], &rows);
    Ok(())
}

fn as_json(account: &Account) -> serde_json::Value {
    serde_json::json!({
        "name": account.name,
        "role": account.role,
        "created_at": account.created_at,
        "password_at": account.password_at,
        "seen_at": account.seen_at,
        "tokens": account.tokens,
    })
}

/// A name as it is kept: what is typed in capitals is the same.
fn named(typed: &str) -> anyhow::Result<String> {
    let name = typed.trim().to_lowercase();
    let is_plain = |c: char| c.is_alphanumeric() || "._-@".contains(c);
    if name.is_empty() || name.chars().count() > 64 || !name.chars().all(is_plain) {
        anyhow::bail!("expected a name of up to 64 letters, digits and `.`, `_`, `-`, `@`, found `{typed}`");
    }
    Ok(name)
}

/// The name of an account that there is.
async fn known(store: &Store, typed: &str, session: &Session) -> anyhow::Result<String> {
    let name = typed.trim().to_lowercase();
    let all = store.accounts(session.now()).await?;
    if all.iter().any(|account| account.name == name) {
        return Ok(name);
    }
    let names: Vec<&str> = all.iter().map(|account| account.name.as_str()).collect();
    let hint = match crate::config::nearest(&name, &names) {
        Some(near) => format!("; perhaps you meant `{near}`"),
        None => String::new(),
    };
    anyhow::bail!("there is no account `{typed}`{hint}")
}

fn role_of(word: &str) -> anyhow::Result<Role> {
    Role::from_word(word).with_context(|| {
        let all = Role::ALL.map(Role::word).join(", ");
        format!("expected one of {all} as the role, found `{word}`")
    })
}

/// A password: typed twice without being shown, or the first line of standard input. Never an argument,
/// which every user of the machine can read.
fn ask(name: &str) -> anyhow::Result<String> {
    let given = if std::io::stdin().is_terminal() {
        let typed = rpassword::prompt_password(format!("Password for {name}: "))?;
        password::is_sound(&typed, name)?;
        if rpassword::prompt_password("The same again: ")? != typed {
            anyhow::bail!("the two are not the same; nothing was changed");
        }
        typed
    } else {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).context("standard input")?;
        line.trim_end_matches(['\r', '\n']).to_owned()
    };
    password::is_sound(&given, name)?;
    Ok(given)
}
