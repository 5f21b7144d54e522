use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::facts::{Figure, Unit};
use crate::locale::Locale;
use crate::recipient::Language;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn desk(language: Language) -> Desk {
    Desk::new(Arc::new(Locale::embedded(language)), None).unwrap()
}

fn programme() -> Programme {
    let both = |en: &str, ru: &str| Wording::from([(Language::En, en.to_owned()), (Language::Ru, ru.to_owned())]);
    Programme {
        code: "BOMCA 9".to_owned(),
        name: both("Border <Management> & Programme", "Программа"),
        languages: vec![Language::En, Language::Ru],
        timezone: chrono_tz::UTC,
        start: day(2015, 6, 15),
        end: day(2019, 12, 14),
        countries: Vec::new(),
        funding_line: both("Funded by the European Union", "Финансируется Европейским союзом"),
        disclaimer: both(
            "The contents are the sole responsibility of the consortium.",
            "Ответственность несёт консорциум.",
        ),
        handling: Wording::new(),
        map: true,
        map_note: Wording::new(),
        contact: "secretariat@example.org".to_owned(),
        components: Vec::new(),
        indicators: Vec::new(),
        logos: Vec::new(),
    }
}

fn facts() -> Facts {
    let figures: BTreeMap<_, _> = [
        ("activities.total", Some(9), 9, 9),
        ("activities.by_type.workshop", Some(4), 9, 9),
        ("activities.by_type.equipment-handover", Some(2), 9, 9),
        ("activity_days.total", Some(23), 8, 9),
        ("participants.total", Some(32), 2, 9),
        ("participants.women", None, 0, 9),
        ("equipment.items", Some(2), 2, 2),
        ("equipment.value_eur", None, 0, 2),
    ]
    .into_iter()
    .map(|(name, value, reported_by, of)| {
        let figure = Figure { value, unit: Unit::Count, reported_by, of, citations: Vec::new() };
        (name.to_owned(), figure)
    })
    .collect();
    Facts { period: "2017-Q4".parse().unwrap(), as_of: day(2018, 1, 15), figures }
}

fn document(language: Language) -> ArchivedDocument {
    ArchivedDocument {
        run: 12,
        language,
        edition: String::new(),
        path: "archive/2017-Q4/x.pdf".to_owned(),
        file_name: "BOMCA9_RSG-Report_2017-Q4_v1_EN.pdf".to_owned(),
        sha256: String::new(),
        size: 1_234_567,
        pages: 14,
    }
}

fn context(programme: &Programme) -> LetterContext<'_> {
    LetterContext {
        programme,
        title: "RSG quarterly report",
        revision: 1,
        changes: "",
        recipient: "Example Member",
        reply_to: "secretariat@example.org",
        reply_by: Some(day(2018, 1, 29)),
        released: Some(("Example Approver", day(2018, 1, 16))),
        late_since: None,
        trial: false,
    }
}

/// The words of an HTML letter as a reader sees them.
fn seen(html: &str) -> String {
    let body = html.split_once("<body").unwrap().1.split_once('>').unwrap().1;
    let body = match body.split_once("<div data-part=\"preheader\"") {
        Some((before, after)) => format!("{before}{}", after.split_once("</div>").unwrap().1),
        None => body.to_owned(),
    };
    let mut out = String::new();
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => {
                inside = true;
                out.push(' ');
            }
            '>' => inside = false,
            _ if !inside => out.push(c),
            _ => {}
        }
    }
    for (entity, c) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")]
    {
        out = out.replace(entity, c);
    }
    squeezed(&out)
}

fn squeezed(text: &str) -> String {
    let words = text.split([' ', '\n']).filter(|w| !w.is_empty() && !["--", "-"].contains(w));
    words.collect::<Vec<_>>().join(" ").replace("( ", "(").replace(" )", ")")
}

#[test]
fn the_text_and_the_html_say_the_same_word_for_word() {
    let programme = programme();
    for language in Language::ALL {
        let desk = desk(language);
        let mut context = context(&programme);
        for (revision, late, trial, recipient) in
            [(1, None, false, "Example Member"), (2, Some(day(2018, 1, 15)), true, "O'Brien <b> & Sons")]
        {
            context = LetterContext { revision, late_since: late, trial, recipient, changes: "two rows", ..context };
            let letter = report_letter(&facts(), &document(language), &context, &desk).unwrap();
            assert_eq!(squeezed(&letter.text), seen(&letter.html));
            assert_eq!(letter.text.contains("two rows."), revision > 1, "a sentence: {}", letter.text);
            assert!(!letter.html.contains("<b> & Sons"), "markup of a name is escaped");
            let problems = vec!["activities_TJ.xlsx, Activities!H14: 12 men & 9 women".to_owned(); 23];
            let editions = [document(Language::En), document(Language::Ru)];
            for problems in [&problems[..], &problems[..1], &[]] {
                let change = [FigureChange { label: "Activities".into(), before: "8".into(), after: "9".into() }];
                let everybody = ["A. Person".to_owned(), "B. Person".to_owned()];
                let waiting = Waiting {
                    run: 12,
                    editions: &editions,
                    problems,
                    recipients: 7,
                    changes: [&change, &[], &change],
                    period_before: "2017-Q3".parse().ok(),
                    all_of: &everybody,
                    link: "https://reports.example.org/sign-off/a.b",
                    link_until: day(2018, 1, 29),
                };
                let letter = sign_off_letter(&facts(), &waiting, &context, &desk).unwrap();
                assert_eq!(squeezed(&letter.text), seen(&letter.html));
                assert!(letter.text.contains("rapporteur runs approve 12"));
            }
        }
    }
}

#[test]
fn a_report_reads_as_it_should() {
    let programme = programme();
    let letter = report_letter(&facts(), &document(Language::En), &context(&programme), &desk(Language::En)).unwrap();
    assert!(letter.subject.starts_with("[BOMCA 9] RSG quarterly report "), "{}", letter.subject);
    assert!(letter.subject.ends_with(" (Oct–Dec) – EN, v1"), "{}", letter.subject);
    let text = letter.text.replace('\u{a0}', " ");
    for line in [
        "  Activities             9",
        "    Workshops            4",
        "  Activity days          23 (reported by 8 of 9 activities)",
        "  Participants           32 (reported by 2 of 9 activities)",
        "    Women                not reported",
        "  Equipment items        2",
        "    Value                not reported",
        "Funded by the European Union",
    ] {
        assert!(text.lines().any(|found| found == line), "`{line}` in\n{text}");
    }
    assert!(text.starts_with("Dear Example Member,\n\n"), "{text}");
    assert!(text.contains("English, 14 pages, 1.2 MB"), "{text}");
    assert!(!text.contains('‹') && !text.contains("\n\n\n"), "{text}");
}

#[test]
fn letters_load_nothing_from_elsewhere_and_fit_a_narrow_screen() {
    let programme = programme();
    for language in Language::ALL {
        let letter = report_letter(&facts(), &document(language), &context(&programme), &desk(language)).unwrap();
        for forbidden in ["http:", "https:", "<img", "url(", "<script", "src="] {
            assert!(!letter.html.contains(forbidden), "{forbidden}");
        }
        assert!(letter.html.contains("max-width:568px") && letter.html.contains("prefers-color-scheme: dark"));
    }
}

#[test]
fn a_countrys_own_edition_says_whose_it_is() {
    let programme = programme();
    let document = ArchivedDocument { edition: "TJ".to_owned(), ..document(Language::En) };
    let desk = desk(Language::En);
    let name = desk.locale().country(crate::recipient::Country::new("TJ").unwrap());
    let letter = report_letter(&facts(), &document, &context(&programme), &desk).unwrap();
    assert!(letter.subject.contains(&format!(" – {name} – EN, v1")), "{}", letter.subject);
    assert!(letter.text.contains(&format!("pages for {name}, is attached")), "{}", letter.text);
}
