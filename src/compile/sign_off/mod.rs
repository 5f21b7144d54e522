//! Sign-off: one way to look at a compiled run, to approve it, and to send it back, whoever asks:
//! the link of an approver's mail, the command line, the dashboard.
//!
//! A verdict counts for the bytes that were shown, and for no others. Whatever changes afterwards,
//! rows or a compiling, asks again; and nobody's silence releases anything.

mod link;
mod refusal;

use chrono::{DateTime, Utc};

pub(super) use link::{Key, Link};
pub use refusal::{Refusal, Told};

use super::deliver::each_once;
use super::release::{Released, prepare};
use super::step::CompileError;
use crate::approval::{self, Approval, Brief, Verdict, Way};
use crate::clock::Clock;
use crate::config::{Approvals, Config, SignOff};
use crate::locale::Locale;
use crate::recipient::{Language, Recipient};
use crate::report::{ArchivedDocument, ReportRun, RunState};
use crate::store::{Decision, Seen, Store, StoreError};

/// So many others may decide about the same run at the same moment.
const MOST_AT_ONCE: usize = 20;

/// Why somebody's decision was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SignOffError {
    /// It may not be taken, and the reason says what to do.
    #[error("{}: {}", .0.code(), .0)]
    Refused(Box<Refusal>),
    /// The ledger, the archive or a template.
    #[error(transparent)]
    Failed(#[from] CompileError),
}

impl From<Refusal> for SignOffError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<StoreError> for SignOffError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// Who decides, and by what right.
#[derive(Clone, Copy, Debug)]
pub enum Hand<'a> {
    /// Whoever holds the link of an approver's mail.
    Link {
        /// The last part of its address.
        token: &'a str,
    },
    /// Somebody whose right has been asked about already.
    Person {
        /// The run.
        run: i64,
        /// Their name, or their address.
        name: &'a str,
        /// Where they are.
        way: Way,
        /// The hash of what they looked at, where they were shown something.
        shown: Option<&'a str>,
    },
}

/// A run as an approver looks at it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The run.
    pub run: ReportRun,
    /// Its editions.
    pub documents: Vec<ArchivedDocument>,
    /// The hash over their bytes: to be given back with the verdict.
    pub shown: String,
    /// Open problems, and what has changed.
    pub brief: Brief,
    /// Whose link it is.
    pub approver: Option<Recipient>,
    /// Until when the link is good.
    pub expires_at: Option<DateTime<Utc>>,
    /// What others have said of these bytes.
    pub given: Vec<Approval>,
    /// What was said of earlier ones.
    pub before: Vec<Approval>,
    /// Whose approval is still wanted, by name; one of them is enough unless the schedule asks for
    /// all.
    pub waits_for: Vec<String>,
    /// Whether all of them have to approve.
    pub all: bool,
    /// How many people it will go to.
    pub recipients: usize,
}

/// What came of an approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approved {
    /// The run goes out: so many mails.
    Released(usize),
    /// It is noted, and the run waits for these people as well.
    Noted(Vec<String>),
}

/// The desk at which runs are signed off.
#[derive(Clone, Copy, Debug)]
pub struct SignOffDesk<'a> {
    store: &'a Store,
    config: &'a Config,
    clock: &'a Clock,
}

/// A decision that may be taken: who takes it, about what.
struct Matter {
    run: ReportRun,
    documents: Vec<ArchivedDocument>,
    shown: String,
    approver: Option<Recipient>,
    /// As the ledger has them: address or name.
    who: String,
    name: String,
    way: Way,
    /// What the ledger marks as used.
    link: Option<String>,
    expires_at: Option<DateTime<Utc>>,
    given: Vec<Approval>,
    before: Vec<Approval>,
}

impl<'a> SignOffDesk<'a> {
    /// A desk of a home.
    #[must_use]
    pub const fn new(store: &'a Store, config: &'a Config, clock: &'a Clock) -> Self {
        Self { store, config, clock }
    }

    /// What there is to look at, or why nothing can be decided any more. Looking changes nothing,
    /// however often it is done.
    ///
    /// # Errors
    /// A refusal; the ledger.
    pub async fn look(&self, hand: Hand<'_>) -> Result<Shown, SignOffError> {
        let matter = self.matter(hand).await?;
        let brief = self.store.brief(matter.run.id).await?;
        let waits_for = self.waits_for(&matter, None);
        let schedule = self.config.schedule(&matter.run.schedule);
        Ok(Shown {
            brief,
            waits_for,
            all: schedule.is_some_and(|s| s.approvals == Approvals::All),
            recipients: schedule.map_or(0, |s| each_once(self.config.members(&s.recipients)).len()),
            run: matter.run,
            documents: matter.documents,
            shown: matter.shown,
            approver: matter.approver,
            expires_at: matter.expires_at,
            given: matter.given,
            before: matter.before,
        })
    }

    /// An approval. Where it is the last that was wanted, the run goes out.
    ///
    /// # Errors
    /// A refusal; the ledger, the archive, a mail template.
    pub async fn approve(&self, hand: Hand<'_>) -> Result<Approved, SignOffError> {
        for _ in 0..MOST_AT_ONCE {
            if let Some(approved) = self.approve_once(hand).await? {
                return Ok(approved);
            }
        }
        Err(self.too_many(hand).await)
    }

    /// `None` where somebody else has decided at the same moment: the matter is to be looked at anew.
    async fn approve_once(&self, hand: Hand<'_>) -> Result<Option<Approved>, SignOffError> {
        let matter = self.matter(hand).await?;
        let schedule = super::step::schedule_of(self.config, &matter.run)?;
        let takes_all = schedule.sign_off == SignOff::Required && schedule.approvals == Approvals::All;
        if takes_all && matter.approver.is_none() {
            return Err(self.not_an_approver(&matter.run, matter.name.clone()));
        }
        let now = self.clock.now();
        let verdict = matter.verdict(Verdict::Approved, None, now);
        let waits_for = if takes_all { self.waits_for(&matter, Some(&verdict)) } else { Vec::new() };
        if !waits_for.is_empty() {
            let is_noted = self.sign(&matter, &verdict, Decision::Note).await?;
            tracing::info!(run.id = matter.run.id, more = waits_for.len(), "approved by one; others are waited for");
            return Ok(is_noted.then_some(Approved::Noted(waits_for)));
        }
        let mut given = matter.given.clone();
        given.push(verdict.clone());
        let by = if takes_all { names(&given) } else { matter.name.clone() };
        let released = prepare(self.config, &matter.run, &matter.documents, self.store, (&by, &given), now).await?;
        let Released { documents, deliveries } = &released;
        if !self.sign(&matter, &verdict, Decision::Release { by: &by, documents, deliveries }).await? {
            return Ok(None);
        }
        super::release::note(self.config, &matter.run, documents, &by, &given, now);
        Ok(Some(Approved::Released(deliveries.len())))
    }

    /// A run is sent back, with the reason: it is held, the operators are told, and once rows have been
    /// put right it is compiled and shown anew.
    ///
    /// # Errors
    /// A refusal; the ledger.
    pub async fn send_back(&self, hand: Hand<'_>, reason: &str) -> Result<(), SignOffError> {
        let reason = crate::letter::one_line(reason);
        for _ in 0..MOST_AT_ONCE {
            let matter = self.matter(hand).await?;
            if reason.is_empty() {
                return Err(Refusal::NoReason.into());
            }
            let verdict = matter.verdict(Verdict::SentBack, Some(reason.clone()), self.clock.now());
            let args = [("name", matter.name.as_str()), ("reason", reason.as_str())];
            let args = args.map(|(name, value)| (name.to_owned(), value.into())).into();
            let sentence = |language| {
                let locale = super::locale(self.config, language).unwrap_or_else(|_| Locale::embedded(language));
                locale.text("run-sent-back", &args)
            };
            let language = self.config.programme.languages.first().copied().unwrap_or_default();
            let in_each = Language::ALL.into_iter().map(|language| (language, sentence(language))).collect();
            let decision = Decision::SendBack { reason: &sentence(language), in_each: &in_each };
            if self.sign(&matter, &verdict, decision).await? {
                tracing::info!(run.id = matter.run.id, "an approver has sent the report back");
                return Ok(());
            }
        }
        Err(self.too_many(hand).await)
    }

    /// Others decide faster than this one can: what they decided is told.
    async fn too_many(&self, hand: Hand<'_>) -> SignOffError {
        match self.matter(hand).await {
            Ok(matter) => Refusal::Changed { run: matter.run.id }.into(),
            Err(error) => error,
        }
    }

    /// Writes the verdict down; whatever came between looking and deciding is told as what it is. `false`
    /// where that is another verdict on the same bytes.
    async fn sign(&self, matter: &Matter, verdict: &Approval, decision: Decision<'_>) -> Result<bool, SignOffError> {
        let seen = Seen { state: matter.run.state, verdicts: matter.given.len() };
        match self.store.sign_run(verdict, matter.link.as_deref(), seen, decision).await {
            Ok(is_written) => Ok(is_written),
            Err(error @ StoreError::NotInState { .. }) => {
                if let Some(token) = &matter.link {
                    self.refuse_used(token).await?;
                }
                self.refuse(&self.store.run(matter.run.id).await?).await?;
                match matter.link {
                    Some(_) => Err(Refusal::Changed { run: matter.run.id }.into()),
                    None => Err(error.into()),
                }
            }
            Err(error) => Err(error.into()),
        }
    }

    /// What the hand is about, unless it may not decide.
    async fn matter(&self, hand: Hand<'_>) -> Result<Matter, SignOffError> {
        match hand {
            Hand::Link { token } => self.by_link(token).await,
            Hand::Person { run, name, way, shown } => {
                let run = self.store.run(run).await?;
                let known = self
                    .approvers(&run)
                    .into_iter()
                    .find(|person| person.email.eq_ignore_ascii_case(name) || person.name.eq_ignore_ascii_case(name));
                let (who, name) = match known {
                    Some(person) => (person.email.to_lowercase(), person.name.clone()),
                    None => (name.to_owned(), name.to_owned()),
                };
                let approver = known.cloned();
                let matter = self.about(run, approver, who, name, way).await?;
                if shown.is_some_and(|shown| shown != matter.shown) {
                    return Err(Refusal::Changed { run: matter.run.id }.into());
                }
                Ok(matter)
            }
        }
    }

    async fn by_link(&self, token: &str) -> Result<Matter, SignOffError> {
        let key = Key::of_home(&self.config.home).map_err(CompileError::from)?;
        let link = key.read(token).ok_or(Refusal::Forged)?;
        let mark = link::mark(token);
        self.refuse_used(&mark).await?;
        if self.clock.now() > link.expires_at {
            return Err(Refusal::Expired { run: link.run, at: link.expires_at }.into());
        }
        let run = self.store.run(link.run).await?;
        self.refuse(&run).await?;
        let approver = self.approvers(&run).into_iter().find(|p| p.email.eq_ignore_ascii_case(&link.approver)).cloned();
        let Some(approver) = approver else {
            return Err(self.not_an_approver(&run, link.approver));
        };
        let name = approver.name.clone();
        let mut matter = self.about(run, Some(approver), link.approver, name, Way::Link).await?;
        if matter.shown != link.shown {
            return Err(Refusal::Changed { run: matter.run.id }.into());
        }
        if matter.run.state == RunState::Held {
            let sent_back = matter.given.iter().rev().find(|a| a.verdict == Verdict::SentBack);
            return Err(match sent_back {
                Some(a) => Refusal::SentBack {
                    run: matter.run.id,
                    by: a.name.clone(),
                    reason: a.reason.clone().unwrap_or_default(),
                    at: a.at,
                },
                None => Refusal::Held { run: matter.run.id, by: matter.run.decided_by.clone() },
            }
            .into());
        }
        // Two mails about the same bytes are two links, and one approval.
        if let Some(earlier) = matter.given.iter().find(|a| a.approver == matter.who) {
            return Err(Refusal::Used { verdict: earlier.verdict, at: earlier.at }.into());
        }
        matter.link = Some(mark);
        matter.expires_at = Some(link.expires_at);
        Ok(matter)
    }

    async fn about(
        &self,
        run: ReportRun,
        approver: Option<Recipient>,
        who: String,
        name: String,
        way: Way,
    ) -> Result<Matter, SignOffError> {
        self.refuse(&run).await?;
        let documents = self.store.documents(run.id).await?;
        if documents.is_empty() {
            return Err(CompileError::NotCompiled(run.id).into());
        }
        let shown = approval::shown(&documents);
        let all = self.store.approvals(run.id).await?;
        let (given, before) = all.into_iter().partition(|approval| approval.shown == shown);
        Ok(Matter { run, documents, shown, approver, who, name, way, link: None, expires_at: None, given, before })
    }

    async fn refuse_used(&self, mark: &str) -> Result<(), SignOffError> {
        match self.store.link_used(mark).await? {
            Some(earlier) => Err(Refusal::Used { verdict: earlier.verdict, at: earlier.at }.into()),
            None => Ok(()),
        }
    }

    /// Refuses a run about which there is nothing to decide.
    async fn refuse(&self, run: &ReportRun) -> Result<(), SignOffError> {
        let refusal = match run.state {
            RunState::Held | RunState::AwaitingApproval => return Ok(()),
            RunState::Released => Refusal::Released { run: run.id, by: run.decided_by.clone(), at: run.decided_at },
            RunState::Skipped => Refusal::Cancelled { run: run.id, by: run.decided_by.clone() },
            RunState::Due | RunState::Compiling if self.store.documents(run.id).await?.is_empty() => {
                return Err(CompileError::NotCompiled(run.id).into());
            }
            RunState::Due | RunState::Compiling | RunState::Failed => Refusal::Changed { run: run.id },
        };
        Err(refusal.into())
    }

    /// The approvers of a run, each once.
    fn approvers(&self, run: &ReportRun) -> Vec<&'a Recipient> {
        let schedule = self.config.schedule(&run.schedule);
        schedule.map(|schedule| each_once(self.config.members(&schedule.approvers))).unwrap_or_default()
    }

    fn not_an_approver(&self, run: &ReportRun, name: String) -> SignOffError {
        let approvers = self.approvers(run).into_iter().map(|person| person.name.clone()).collect();
        Refusal::NotAnApprover { name, approvers }.into()
    }

    /// Who has not approved these bytes yet, by name.
    fn waits_for(&self, matter: &Matter, also: Option<&Approval>) -> Vec<String> {
        let approved = |person: &&Recipient| {
            let given = matter.given.iter().chain(also).filter(|a| a.verdict == Verdict::Approved);
            given.clone().any(|a| a.approver.eq_ignore_ascii_case(&person.email))
        };
        let missing = self.approvers(&matter.run).into_iter().filter(|person| !approved(person));
        missing.map(|person| person.name.clone()).collect()
    }
}

impl Matter {
    fn verdict(&self, verdict: Verdict, reason: Option<String>, at: DateTime<Utc>) -> Approval {
        Approval {
            run: self.run.id,
            approver: self.who.clone(),
            name: self.name.clone(),
            shown: self.shown.clone(),
            verdict,
            reason,
            way: self.way,
            at,
        }
    }
}

/// All who approved, each once, in the order they did.
fn names(given: &[Approval]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for approval in given.iter().filter(|a| a.verdict == Verdict::Approved) {
        if !names.contains(&approval.name.as_str()) {
            names.push(&approval.name);
        }
    }
    names.join(", ")
}
