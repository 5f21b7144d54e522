//! What comes after the release: a correction, and nothing silently.

use std::sync::Arc;

use chrono::TimeDelta;

use super::runs::Home;
use super::sample::seed;
use crate::approval::RowCounts;
use crate::compile::{Compiler, Material, Verdict, verify};
use crate::config::{OnProblems, SignOff};
use crate::outbox::{Delivery, Outcome, Purpose};
use crate::record::Record;
use crate::report::{ReportRun, RunState};
use crate::schedule;
use crate::step::Step;

/// The seed with one row less, and one that says something else.
fn corrected() -> Material {
    let mut material = seed();
    let first = material.entries.iter().position(|e| matches!(e.record, Record::Activities(_))).unwrap();
    material.entries.remove(first);
    let next = material.entries.iter_mut().find_map(|entry| match &mut entry.record {
        Record::Activities(activity) => Some(activity),
        _ => None,
    });
    let next = next.unwrap();
    next.place = Some("Naryn".to_owned());
    next.reason = Some("The venue was moved".to_owned());
    material
}

impl Home {
    /// What the stages do at this moment: schedule, compiling, and a server that takes every mail.
    async fn work(&self) -> Vec<ReportRun> {
        while schedule::step(&self.store, &self.config, &self.clock).await.unwrap() == Step::Worked {}
        let compiler = Compiler::new(Arc::clone(&self.config), self.store.clone(), self.clock.clone());
        while compiler.step().await.unwrap() == Step::Worked {}
        let (now, lease) = (self.clock.now(), std::time::Duration::from_secs(30));
        while let Some(mail) = self.store.claim_delivery(now, lease).await.unwrap() {
            let taken = Outcome::Delivered { reply: "250 2.0.0 Ok".to_owned() };
            self.store.finish_attempt(&mail, &taken, now, None).await.unwrap();
        }
        let mut runs = self.store.runs(&[], 9).await.unwrap();
        runs.sort_by_key(|run| run.id);
        runs
    }

    async fn reports(&self, run: i64) -> Vec<Delivery> {
        self.mails(run).await.into_iter().filter(|mail| mail.order.purpose == Purpose::Report).collect()
    }
}

#[tokio::test]
async fn rows_that_change_a_released_period_make_version_two_in_the_same_thread() {
    let home = Home::with(SignOff::None, OnProblems::Hold).await;
    home.take(seed()).await;
    home.begin().await;
    assert_eq!(home.work().await[0].state, RunState::Released);
    home.clock.advance(TimeDelta::hours(1));
    home.take(seed()).await;
    assert_eq!(home.work().await.len(), 1, "what says the same corrects nothing");

    home.take(corrected()).await;
    let runs = home.work().await;
    assert_eq!((runs.len(), runs[1].state, runs[1].is_correction()), (2, RunState::Due, true));
    home.clock.advance(TimeDelta::minutes(5));
    home.take(corrected()).await;
    assert_eq!(home.work().await.len(), 2, "files that come together make one correction");
    home.clock.advance(TimeDelta::minutes(5));
    let runs = home.work().await;
    assert_eq!((runs[1].state, runs[1].revision), (RunState::Released, 2));

    let (first, second) = (home.reports(1).await, home.reports(2).await);
    for (old, new) in first.iter().zip(&second) {
        assert_eq!(
            (&old.order.email, &new.order.letter.thread),
            (&new.order.email, &vec![old.order.message_id.clone()])
        );
        let name = &new.order.attachments[0].file_name;
        assert!(name.contains("_v2_"), "{name}");
        assert!(home.config.home.join(&old.order.attachments[0].path).exists(), "the archive keeps both");
    }
    let english = second[0].order.letter.text.replace('\u{a0}', " ");
    assert!(english.contains("version 2 of the report; it replaces version 1"), "{english}");
    assert!(english.contains("Activities: 8 (was 9)"), "{english}");
    assert!(english.contains("one row corrected; one row removed"), "{english}");
    assert_eq!(home.store.brief(2).await.unwrap().rows, RowCounts { added: 0, changed: 1, gone: 1 });

    let path = home.config.home.join(&second[0].order.attachments[0].path);
    let pdf = std::fs::read(path).unwrap();
    let again = verify(&pdf, &home.config, |_| None);
    let Verdict::Identical(manifest) = again else { panic!("{again:?}") };
    assert_eq!(manifest.revision, 2);
    let kept = home.config.home.join(format!("archive/inputs/{}.rows.json", manifest.material));
    let material: Material = serde_json::from_slice(&std::fs::read(kept).unwrap()).unwrap();
    for (language, words) in [
        (crate::recipient::Language::En, ["Row by row", "Place", "Naryn", "row removed", "The venue was moved"]),
        (crate::recipient::Language::Ru, ["Построчно", "Место", "Naryn", "строка удалена", "The venue was moved"]),
    ] {
        let text = super::sections::text_of_revision(language, &material, 2);
        for word in words {
            assert!(text.contains(word), "{language}: {word}: {text}");
        }
    }
}

#[tokio::test]
async fn a_correction_is_signed_off_by_the_rule_of_its_schedule() {
    let home = Home::with(SignOff::Required, OnProblems::Hold).await;
    home.take(seed()).await;
    home.begin().await;
    home.work().await;
    crate::compile::release(&home.store, &home.config, 1, "A. Person", &home.clock).await.unwrap();
    home.clock.advance(TimeDelta::hours(1));
    home.take(corrected()).await;
    let runs = home.work().await;
    assert_eq!((runs[1].state, runs[1].revision), (RunState::AwaitingApproval, 2), "approvers are asked at once");
    let shown = home.mails(2).await.remove(0).order.letter.text.replace('\u{a0}', " ");
    assert!(shown.contains("Changed against version 1") && shown.contains("Activities: 8 (was 9)"), "{shown}");
    assert_eq!(home.reports(2).await, []);
}

#[tokio::test]
async fn rows_that_come_while_a_run_is_compiled_send_it_back_to_the_start() {
    let home = Home::with(SignOff::Required, OnProblems::Hold).await;
    home.take(seed()).await;
    home.begin().await;
    let (run, fence) =
        home.store.claim_run(home.clock.now(), std::time::Duration::from_secs(30)).await.unwrap().unwrap();
    home.take(corrected()).await;
    assert_eq!(home.store.run(run.id).await.unwrap().state, RunState::Due);
    let late = home.store.fail_run(run.id, fence, "too late", home.clock.now()).await;
    assert!(matches!(late, Err(crate::store::StoreError::NotInState { .. })));
    assert_eq!(home.work().await[0].state, RunState::AwaitingApproval);
}
