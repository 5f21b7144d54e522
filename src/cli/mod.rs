//! One file for each command.
//!
//! A command reads its arguments (`args`), does its work with the stages, and prints by
//! `output`, which is the only place that prints. It ends in one of three ways: done, done
//! with faults in what it was given, or not done.

mod args;
mod audit;
mod backup;
mod check;
mod compile;
mod config;
mod daemon;
mod demo;
mod explain;
mod generated;
mod home;
mod init;
mod intake;
mod logging;
mod missed;
mod next;
mod outbox;
mod output;
mod progress;
mod runs;
mod send;
mod simulate;
mod status;
mod user;
mod verify;
mod watch;
mod workbook;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser as _;

use crate::clock::Clock;
use crate::locale::Locale;
use args::{Cli, Command, LogLevel};
use output::Output;

/// How a command ended that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    /// Exit code 0.
    Well,
    /// Something that was given needs fixing: exit code 1.
    WithFaults,
}

/// What every command needs.
struct Session {
    home: PathBuf,
    output: Output,
    locale: Locale,
    clock: Clock,
}

/// Runs the command line of this process. Exit code 0: done; 1: done, but something that was
/// given needs fixing; 2: could not do it.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let usual = if matches!(cli.command, Command::Run) { LogLevel::Info } else { LogLevel::Warn };
    logging::begin(cli.log_format, cli.log, usual);
    let (locale, clock) = home::of_the_command_line();
    let session = Session { home: cli.home, output: Output::new(cli.format), locale, clock };
    let result = run(&session, cli.command);
    match result {
        Ok(_) if !session.output.is_whole() => {
            session.output.failure("the output could not be written");
            ExitCode::from(2)
        }
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::WithFaults) => ExitCode::from(1),
        Err(problem) => {
            session.output.failure(&format!("{problem:#}"));
            ExitCode::from(2)
        }
    }
}

fn run(session: &Session, command: Command) -> anyhow::Result<Done> {
    match command {
        Command::Demo(arguments) => block_on(demo::run(session, &arguments)),
        Command::Init(arguments) => init::run(session, &arguments),
        Command::Check(arguments) => block_on(check::run(session, &arguments)),
        Command::Run => block_on(daemon::run(session)),
        Command::Intake(arguments) => block_on(intake::run(session, &arguments)),
        Command::Next(arguments) => next::run(session, &arguments),
        Command::Simulate(arguments) => block_on(simulate::run(session, &arguments)),
        Command::Send(arguments) => block_on(send::run(session, &arguments)),
        Command::Status => block_on(status::run(session)),
        Command::Compile(arguments) if arguments.watch => block_on(watch::run(session, &arguments)),
        Command::Compile(arguments) => block_on(compile::run(session, &arguments)),
        Command::Explain(arguments) => block_on(explain::run(session, &arguments)),
        Command::Verify(arguments) => block_on(verify::run(session, &arguments)),
        Command::Workbook(arguments) => workbook::run(session, &arguments),
        Command::Config(command) => block_on(config::run(session, command)),
        Command::Runs(arguments) => block_on(runs::run(session, arguments)),
        Command::Outbox(arguments) => block_on(outbox::run(session, arguments)),
        Command::User(arguments) => block_on(user::run(session, arguments)),
        Command::Audit(arguments) => block_on(audit::run(session, &arguments)),
        Command::Backup(arguments) => block_on(backup::write(session, &arguments)),
        Command::Restore(arguments) => block_on(backup::restore(session, &arguments)),
        Command::Completions(arguments) => Ok(generated::completions(session, &arguments)),
        Command::Man(arguments) => generated::man(session, &arguments),
    }
}

/// Runs a command that waits for the ledger or a child.
fn block_on<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(work)
}
