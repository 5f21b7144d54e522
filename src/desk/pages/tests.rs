//! Every page over an empty home and over one with something of everything, in both languages.

use std::collections::BTreeSet;

use axum::http::StatusCode;

use crate::desk::tests::{desk, desk_of, page};
use crate::desk::visitor::Visitor;
use crate::locale::Locale;
use crate::recipient::Language;

/// The messages that the sources name whole; those put together are seen by the tests of the pages themselves.
#[test]
fn every_message_of_a_page_is_there_in_both_languages() {
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/desk")];
    let mut ids = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let quoted = text.split('"').skip(1).step_by(2);
            ids.extend(
                quoted
                    .filter(|text| text.starts_with("desk-") && !text.ends_with('-'))
                    .filter(|text| text.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
                    .map(str::to_owned),
            );
        }
    }
    assert!(ids.len() > 100, "only {} messages were found", ids.len());
    for language in Language::ALL {
        let locale = Locale::embedded(language);
        let missing: Vec<_> = ids.iter().filter(|id| !locale.has(id)).collect();
        assert!(missing.is_empty(), "{language} lacks {missing:?}");
    }
}

#[test]
fn both_languages_say_the_same_messages() {
    let ids = |language: Language| -> BTreeSet<String> {
        let name = format!("{language}.desk.ftl");
        let files = crate::templates::locale_files(language, None);
        let (_, text) = files.into_iter().find(|(file, _)| file.ends_with(&name)).unwrap();
        text.lines().filter_map(|line| line.split_once(" = ")).map(|(id, _)| id.trim().to_owned()).collect()
    };
    assert_eq!(ids(Language::En), ids(Language::Ru));
}

#[tokio::test]
async fn every_page_of_an_empty_home_says_that_there_is_nothing() {
    let (_home, desk) = desk().await;
    for path in [
        "/",
        "/readiness",
        "/readiness?period=2017-Q4",
        "/workbooks",
        "/workbooks?show=to-fix",
        "/runs",
        "/deliveries",
        "/notices",
        "/configuration",
        "/health",
        "/audit",
    ] {
        for language in Language::ALL {
            let sign = if path.contains('?') { '&' } else { '?' };
            let (status, body) = page(&desk, &format!("{path}{sign}language={language}")).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert!(!body.contains('‹'), "{path} lacks a message in {language}: {body}");
        }
    }
    for path in ["/workbooks/7", "/runs/7", "/deliveries/7", "/runs/7/editions/en", "/workbooks/7/marked"] {
        assert_eq!(page(&desk, path).await.0, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/workbooks/x", "/runs/-", "/runs/1/editions/de", "/deliveries?before=x"] {
        assert!(page(&desk, path).await.0.is_client_error(), "{path}");
    }
}

/// Each way in which a link is of no use has a page that says what is so and what to do, and shows nothing else.
#[tokio::test]
async fn every_refusal_of_a_link_is_a_page_that_says_what_to_do() {
    use crate::approval::Verdict;
    use crate::compile::sign_off::Refusal;

    let (_home, desk) = desk().await;
    let at = desk.clock().now();
    let by = Some("Example Chair".to_owned());
    let refusals = [
        (Refusal::Forged, StatusCode::FORBIDDEN),
        (Refusal::Used { verdict: Verdict::Approved, at }, StatusCode::CONFLICT),
        (Refusal::Expired { run: 1, at }, StatusCode::GONE),
        (Refusal::Changed { run: 1 }, StatusCode::CONFLICT),
        (Refusal::Released { run: 1, by: by.clone(), at: Some(at) }, StatusCode::CONFLICT),
        (Refusal::Cancelled { run: 1, by: by.clone() }, StatusCode::CONFLICT),
        (Refusal::Held { run: 1, by }, StatusCode::CONFLICT),
    ];
    for language in Language::ALL {
        let config = desk.config();
        let (parts, ()) = axum::http::Request::builder().uri("/sign-off/x").body(()).unwrap().into_parts();
        let visitor = Visitor { language, ..Visitor::stranger(&config, &parts) };
        for (refusal, status) in &refusals {
            let told = refusal.told(desk.locale(language), config.programme.timezone);
            let response = super::sign_off::refused(&desk, &visitor, refusal);
            assert_eq!(response.status(), *status, "{refusal:?}");
            let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
            let page = String::from_utf8_lossy(&body).into_owned();
            let ends = [&told.message, &told.hint].map(|text| text.chars().rev().take(12).collect::<String>());
            for end in ends {
                let end: String = end.chars().rev().collect();
                assert!(page.contains(&end), "{end} in {page}");
            }
            assert!(!page.contains("class=\"ways\"") && !page.contains("<form"), "{page}");
        }
    }
}

#[tokio::test]
async fn a_link_that_is_none_of_ours_opens_nothing() {
    let (_home, desk) = desk().await;
    for path in ["/sign-off/x", "/sign-off/x.y", "/sign-off/x/editions/en", "/sign-off/%2e%2e"] {
        let (status, body) = page(&desk, path).await;
        assert!(status.is_client_error(), "{path}: {status}");
        assert!(!body.contains("<form"), "{body}");
    }
}

#[tokio::test]
async fn a_mailbox_that_cannot_be_read_is_said_on_the_page_of_health_and_in_the_measures() {
    use crate::config::{BounceBox, Config};

    let home = tempfile::tempdir().unwrap();
    let mut config = Config { schedules: Vec::new(), ..Config::defaults(home.path()) };
    config.bounces.mailbox = Some(BounceBox::Maildir("returned".into()));
    let desk = desk_of(config).await;
    let look = || async {
        let bounces = crate::mail::bounces::Bounces::new(desk.store().clone(), desk.config(), desk.clock().clone());
        (bounces.step().await.is_ok(), page(&desk, "/health?language=ru").await.1, page(&desk, "/metrics").await.1)
    };
    let (is_read, health, measures) = look().await;
    assert!(is_read && health.contains("Ящик для них читается"), "{health}");
    assert!(measures.contains("rapporteur_bounces_unread 0"), "{measures}");
    std::fs::write(home.path().join("returned"), "no folder").unwrap();
    let (is_read, health, measures) = look().await;
    assert!(!is_read && health.contains("Ящик для них недоступен") && health.contains("returned/new"), "{health}");
    assert!(measures.contains("rapporteur_bounces_unread 1"), "{measures}");
}
