//! What may be typed, and the help that tells it.
#![allow(clippy::doc_markdown, reason = "these comments are the help: backticks would be printed")]

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::styling::{AnsiColor, Effects, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};

use crate::period::ReportingPeriod;
use crate::recipient::Language;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Blue.on_default().effects(Effects::BOLD))
    .usage(AnsiColor::Blue.on_default().effects(Effects::BOLD))
    .literal(AnsiColor::Cyan.on_default())
    .placeholder(AnsiColor::Green.on_default());

/// Reads activity spreadsheets, compiles steering-group reports as PDF, and mails them
#[derive(Debug, Parser)]
#[command(
    name = "rapporteur",
    version,
    styles = STYLES,
    max_term_width = 100,
    propagate_version = false,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = true,
    long_about = "Reads activity spreadsheets, compiles steering-group reports as PDF, and mails them.\n\n\
        Workbooks are dropped into the inbox of a home. What is wrong in them is told cell by cell; what is right \
        goes into the ledger. When a report is due, it is compiled in every language, shown to whoever signs it off, \
        archived and mailed.",
    after_help = "A first look:\n  \
        rapporteur demo                 the whole chain on example data, to look at\n  \
        rapporteur init reports         an empty home, with commented configuration\n  \
        rapporteur --home reports check what is still to be filled in\n  \
        rapporteur --home reports run   watch the inbox, compile and mail what is due\n\n\
        A single report, without a home:\n  \
        rapporteur compile rsg-quarterly --period 2017-Q4 --from workbook.xlsx\n\n\
        Exit codes: 0 done; 1 done, but something you gave needs fixing; 2 could not do it."
)]
pub(super) struct Cli {
    /// Home folder, with config/, inbox/, archive/ and state/
    #[arg(long, global = true, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub(super) home: PathBuf,

    /// How lists and diagnostics are printed
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Format,

    /// How much is logged to standard error: error, warn, info, debug or trace [default: info for `run`, else warn]
    ///
    /// RUST_LOG, where it is set, says it more finely.
    #[arg(long, global = true, value_name = "LEVEL", help_heading = "Logging")]
    pub(super) log: Option<LogLevel>,

    /// How log lines are written
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text", help_heading = "Logging")]
    pub(super) log_format: Format,

    #[command(subcommand)]
    pub(super) command: Command,
}

/// How something is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

impl LogLevel {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show the whole chain: two homes with workbooks, answers, reports and mails to look at
    Demo(DemoArgs),
    /// Make an empty home: commented configuration and the blank workbook
    Init(InitArgs),
    /// Tell everything that is wrong with configuration, templates and locales; sends nothing
    Check(CheckArgs),
    /// Run the daemon: watch the inbox, compile and mail what is due, until SIGTERM
    Run,
    /// Read workbooks now, and tell what is wrong in them
    Intake(IntakeArgs),
    /// Compile one report as a PDF, from the ledger or straight from workbooks
    Compile(CompileArgs),
    /// Say where a figure comes from: file, sheet and cells
    Explain(ExplainArgs),
    /// Compile a PDF again from what it carries and the archive holds: identical, or where not
    Verify(VerifyArgs),
    /// List the coming occurrences, with the period each reports and to whom
    Next(NextArgs),
    /// Rehearse a stretch of time with the real stages on a pretended clock, and print its calendar
    Simulate(SimulateArgs),
    /// Send a trial copy of a compiled run to one address
    Send(SendArgs),
    /// Say how things stand: what is ready, held, in trouble, and what comes next
    Status,
    /// Show the configuration as it is understood, its changes, or its JSON Schema
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Write the blank workbook, with drop-downs and notes
    Workbook(WorkbookArgs),
    /// List, show, approve, hold, retry, cancel or start report runs, and decide about missed ones
    #[command(args_conflicts_with_subcommands = true)]
    Runs(RunsArgs),
    /// List, show, retry, cancel or release deliveries
    #[command(args_conflicts_with_subcommands = true)]
    Outbox(OutboxArgs),
    /// Say who may use the dashboard: add, list, password, role, remove, token, revoke
    #[command(args_conflicts_with_subcommands = true)]
    User(UserArgs),
    /// List who did what on the dashboard, the newest first
    Audit(AuditArgs),
    /// Copy ledger, archive, spool, inbox and configuration into one file, while the daemon runs
    Backup(BackupArgs),
    /// Make a home of a backup, in an empty folder; sending is held until you release it
    Restore(RestoreArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
}

#[derive(Debug, Args)]
pub(super) struct DemoArgs {
    /// Folder to make the homes in; one that an earlier demonstration made is made anew [default: rapporteur-demo]
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) folder: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// Folder to make the home in; files that are there stay as they are [default: the home]
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) folder: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Also reach for the mail server and the ledger; sends nothing
    #[arg(long)]
    pub(super) online: bool,
}

#[derive(Debug, Args)]
pub(super) struct IntakeArgs {
    /// Workbooks: .xlsx, .xlsm, .ods or .csv
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub(super) files: Vec<PathBuf>,
    /// Read and tell, and write nothing down
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct CompileArgs {
    /// The report: a folder of templates/report/, such as rsg-quarterly
    #[arg(value_name = "REPORT")]
    pub(super) report: String,
    /// The period: 2017-Q4, 2017-H2, 2017-M11 or 2017
    #[arg(long, value_name = "PERIOD")]
    pub(super) period: ReportingPeriod,
    /// Language, en or ru [default: the programme's first]
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) language: Option<Language>,
    /// A country's own edition, by its code such as TJ [default: the whole programme]
    #[arg(long, value_name = "KEY")]
    pub(super) edition: Option<String>,
    /// Workbooks to read, in place of the ledger
    #[arg(long, value_name = "FILE", num_args = 1.., value_hint = ValueHint::FilePath)]
    pub(super) from: Vec<PathBuf>,
    /// Day up to which data counts, such as 2018-01-15; what is planned after it is not done [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<NaiveDate>,
    /// File to write [default: a name made of programme, report, period and language, in the current folder]
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) output: Option<PathBuf>,
    /// Also write the figures, as JSON
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) facts: Option<PathBuf>,
    /// Compile again whenever a template, the configuration or a workbook is saved, until Ctrl-C
    #[arg(long)]
    pub(super) watch: bool,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The figure, such as participants.total; without one all are listed
    #[arg(value_name = "FIGURE")]
    pub(super) figure: Option<String>,
    /// The period: 2017-Q4, 2017-H2, 2017-M11 or 2017
    #[arg(long, value_name = "PERIOD")]
    pub(super) period: ReportingPeriod,
    /// Workbooks to read, in place of the ledger
    #[arg(long, value_name = "FILE", num_args = 1.., value_hint = ValueHint::FilePath)]
    pub(super) from: Vec<PathBuf>,
    /// Day up to which data counts [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// A report, as it was mailed or archived
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) file: PathBuf,
    /// Workbooks it was compiled from, where the archive of the home does not hold its rows
    #[arg(long, value_name = "FILE", num_args = 1.., value_hint = ValueHint::FilePath)]
    pub(super) from: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct NextArgs {
    /// Up to and with this day, such as 2026-12-31
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) until: Option<NaiveDate>,
    /// At most so many [default: 10, with --until all]
    #[arg(long, value_name = "N")]
    pub(super) count: Option<usize>,
}

#[derive(Debug, Args)]
pub(super) struct SimulateArgs {
    /// First day, on the programme's clock
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) from: NaiveDate,
    /// Last day
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) until: NaiveDate,
    /// Folder for everything that is made, the Maildir among it; one that an earlier rehearsal made is
    /// made anew [default: rehearsal/FROM--UNTIL in the home]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct SendArgs {
    /// Number of the run, as `runs list` shows it
    pub(super) run: i64,
    /// Whom to send it to
    #[arg(long, value_name = "ADDRESS", value_hint = ValueHint::EmailAddress)]
    pub(super) to: String,
    /// Language, en or ru [default: theirs where config/recipients.toml has them, else the programme's first]
    #[arg(long, value_name = "LANGUAGE")]
    pub(super) language: Option<Language>,
}

#[derive(Clone, Copy, Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Show every value as it is understood; secrets are masked
    Show,
    /// List what was changed, when and by whom, and what was refused
    Changes {
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = 20)]
        count: u32,
    },
    /// Print a JSON Schema for the files
    Schema,
}

#[derive(Debug, Args)]
pub(super) struct WorkbookArgs {
    /// Language of headings, drop-downs and notes: en or ru
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    pub(super) language: Language,
    /// File to write, .xlsx
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) output: PathBuf,
    /// Write over a file that is there
    #[arg(long)]
    pub(super) force: bool,
}

#[derive(Debug, Args)]
pub(super) struct RunsArgs {
    #[command(subcommand)]
    pub(super) command: Option<RunsCommand>,
}

#[derive(Debug, Subcommand)]
pub(super) enum RunsCommand {
    /// List the newest runs
    List {
        /// Only runs in this state: due, compiling, held, awaiting_approval, released, failed, skipped
        #[arg(long, value_name = "STATE")]
        state: Vec<String>,
        /// At most so many
        #[arg(long, value_name = "N", default_value_t = 20)]
        count: u32,
    },
    /// Show one run with its editions and deliveries
    Show {
        /// Number of the run, as `runs list` shows it
        run: i64,
    },
    /// Release a held or waiting run as it is: its editions go to the recipients. Where the schedule asks for
    /// all approvers, each says so once
    Approve {
        /// Number of the run
        run: i64,
        /// Who says so; the archive and the mails name them [default: the user of this machine]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Send a held or waiting run back, and say what is wrong with it: it is shown again once rows have
    /// been put right
    SendBack {
        /// Number of the run
        run: i64,
        /// What is wrong; the operators are told
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// Who says so [default: the user of this machine]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Keep back a run that waits for sign-off
    Hold {
        /// Number of the run
        run: i64,
        /// Who says so [default: the user of this machine]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Compile a held, waiting or failed run again
    Retry {
        /// Number of the run
        run: i64,
    },
    /// Give up a run that is not released
    Cancel {
        /// Number of the run
        run: i64,
        /// Who says so [default: the user of this machine]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Make up for missed occurrences that wait because they are more than 100: what the schedule's
    /// misfire policy says
    Release {
        /// Name of the schedule
        schedule: String,
        /// Who says so [default: the user of this machine]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Skip missed occurrences that wait because they are more than 100
    Drop {
        /// Name of the schedule
        schedule: String,
        /// Who says so [default: the user of this machine]
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
    },
    /// Begin a run by hand; it goes the same way as one that is due
    Start {
        /// Name of the schedule
        schedule: String,
        /// The period to report [default: the one that would be reported now]
        #[arg(long, value_name = "PERIOD")]
        period: Option<ReportingPeriod>,
    },
}

#[derive(Debug, Args)]
pub(super) struct OutboxArgs {
    #[command(subcommand)]
    pub(super) command: Option<OutboxCommand>,
}

#[derive(Debug, Subcommand)]
pub(super) enum OutboxCommand {
    /// List deliveries
    List {
        /// Only deliveries in this state: pending, sending, waiting, unknown, delivered, dead_letter, cancelled
        #[arg(long, value_name = "STATE")]
        state: Vec<String>,
        /// Only those of one run
        #[arg(long, value_name = "RUN")]
        run: Option<i64>,
    },
    /// Show one delivery with every attempt and the server's answers
    Show {
        /// Number of the delivery, as `outbox list` shows it
        delivery: i64,
    },
    /// Try a dead letter, or a delivery that waits, again at once
    Retry {
        /// Number of the delivery
        #[arg(required_unless_present = "failed")]
        delivery: Vec<i64>,
        /// All dead letters
        #[arg(long, conflicts_with = "delivery")]
        failed: bool,
    },
    /// Take back a delivery that is not sent yet, or let one rest that was given up
    Cancel {
        /// Number of the delivery
        delivery: i64,
    },
    /// Let mail go out again after the whole channel was held
    Release,
}

#[derive(Debug, Args)]
pub(super) struct BackupArgs {
    /// File to write; one that is there stays as it is
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct RestoreArgs {
    /// File that `rapporteur backup` wrote; the folder to fill is the home (--home)
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct ManArgs {
    /// Write one page for each command into this folder, in place of the main page to standard output
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: Option<PathBuf>,
}

/// A date as `2017-12-31`.
fn date(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| "expected year, month and day, such as 2017-12-31".to_owned())
}

#[derive(Debug, Args)]
pub(super) struct UserArgs {
    #[command(subcommand)]
    pub(super) command: Option<UserCommand>,
}

#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Add an account; the password is asked for twice, or read from standard input
    ///
    /// While there is no account, whoever sits at this machine may do everything on the dashboard. From the
    /// first one on, everybody has to log in.
    Add {
        /// Name to log in with
        #[arg(value_name = "NAME")]
        name: String,
        /// What they may do: viewer, secretariat, approver or admin
        #[arg(long, value_name = "ROLE")]
        role: String,
    },
    /// List the accounts
    List,
    /// Set another password; open sessions end
    Password {
        /// Name of the account
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Set another role, at once
    Role {
        /// Name of the account
        #[arg(value_name = "NAME")]
        name: String,
        /// viewer, secretariat, approver or admin
        #[arg(value_name = "ROLE")]
        role: String,
    },
    /// Remove an account, with its sessions and tokens
    Remove {
        /// Name of the account
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Make a token with which a script may do what the account may; it is printed once
    Token {
        /// Name of the account
        #[arg(value_name = "NAME")]
        name: String,
        /// What it is for, to know it by
        #[arg(long = "for", value_name = "TEXT", default_value = "")]
        purpose: String,
        /// How many days it is good
        #[arg(long, value_name = "DAYS", default_value_t = 365, value_parser = clap::value_parser!(u16).range(1..=3650))]
        days: u16,
    },
    /// End all sessions and tokens of an account
    Revoke {
        /// Name of the account
        #[arg(value_name = "NAME")]
        name: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct AuditArgs {
    /// How many
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(super) count: u32,
}
