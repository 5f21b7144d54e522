//! Files held against each other: the same event in two of them, a total in one and its rows in the
//! other, this quarter's values and the last one's.

use rapporteur::diagnostic::Diagnostic;
use rapporteur::facts::{gather, select};

use crate::intake_files::{Home, home};

const OF_ONE: &str = "Title;Type;Start date;End date;Place;Countries;Participants\n\
    Workshop on risk analysis;Workshop;14.11.2017;16.11.2017;Bishkek;KG;12\n\
    Workshop on dogs;Workshop;21.11.2017;22.11.2017;Bishkek;KG;5\n";
const OF_ALL: &str = "Title;Type;Start date;End date;Place;Countries;Participants\n\
    Regional workshop: risk analysis;Workshop;14.11.2017;16.11.2017;Bishkek;KZ, KG, TJ;20\n";

/// Diagnostics of a code, as an operator would read their places.
fn told(diagnostics: &[Diagnostic], code: &str) -> Vec<String> {
    diagnostics.iter().filter(|d| d.code == code).map(|d| d.place.to_string()).collect()
}

async fn count(home: &Home, figure: &str) -> Option<i64> {
    let data = home.store.period_data("2017-Q4".parse().unwrap()).await.unwrap();
    let selection = select(&data.entries, "2017-Q4".parse().unwrap(), "2018-01-15".parse().unwrap());
    gather(&selection, &[]).value(figure)
}

#[tokio::test]
async fn one_event_in_two_files_is_asked_of_both_and_counted_once() {
    let home = home().await;
    home.drop("activities_TJ.csv", OF_ONE);
    home.settle().await;
    assert_eq!(count(&home, "activities.total").await, Some(2));
    let path = home.path("activities_Regional.csv");
    std::fs::write(&path, OF_ALL).unwrap();
    let taken = home.intake.take(&path, false).await.unwrap();
    assert_eq!(told(&taken.diagnostics, "event-in-two-files"), ["activities_Regional.csv, Activities!A2"]);
    let asked: Vec<_> = taken.questions.iter().map(|q| (q.source.as_str(), q.question.place.to_string())).collect();
    assert_eq!(asked, [("focal.tj@example.org", "activities_TJ.csv, Activities!A2".to_owned())]);
    assert_eq!(count(&home, "activities.total").await, Some(2), "neither three nor one");
    assert_eq!(count(&home, "participants.total").await, Some(25), "never added");
    // The country takes its row out: no question is left.
    home.drop("activities_TJ.csv", OF_ONE.replace("Workshop on risk analysis;", "Workshop on veterinary control;"));
    home.settle().await;
    let answer = home.answer("accepted/activities_TJ (2).csv");
    assert!(!answer.contains("Regional"), "{answer}");
    assert_eq!(count(&home, "activities.total").await, Some(3));
}

#[tokio::test]
async fn the_question_is_asked_in_the_sender_s_language() {
    let home = home().await;
    home.drop("activities_Regional.csv", OF_ALL);
    home.settle().await;
    home.drop("activities_TJ.csv", OF_ONE);
    home.settle().await;
    let answer = home.answer("accepted/activities_TJ.csv");
    assert!(
        answer.contains("похоже на `Regional workshop: risk analysis` в файле `activities_Regional.csv`"),
        "{answer}"
    );
}

#[tokio::test]
async fn participants_are_held_against_a_total_of_another_file() {
    let home = home().await;
    let activities = home.path("activities.csv");
    std::fs::write(&activities, "ID;Title;Type;Start date;Participants\nA;On borders;Workshop;14.11.2017;20\n")
        .unwrap();
    let participants = home.path("participants.csv");
    let rows = |n: u32| format!("Activity ID;Country;Participants\nA;KG;12\nA;TJ;{n}\n");
    for (written, number, expected) in [(true, 9, 1), (true, 8, 0), (false, 7, 1), (false, 8, 0)] {
        std::fs::write(&participants, rows(number)).unwrap();
        let taken = home.intake.take_all(&[participants.clone(), activities.clone()], !written).await.unwrap();
        let told = told(&taken[0].diagnostics, "participation-rows-do-not-add-up");
        assert_eq!(told.len(), expected, "{number}: {told:?}");
        assert!(told.iter().all(|place| place == "participants.csv, Participants!A2"), "{told:?}");
    }
    // A country's own rows wait for those of the others.
    let own = home.path("participants_TJ.csv");
    std::fs::write(&own, "Activity ID;Country;Participants\nA;TJ;8\n").unwrap();
    let taken = home.intake.take(&own, true).await.unwrap();
    assert_eq!(told(&taken.diagnostics, "participation-rows-do-not-add-up"), Vec::<String>::new());
}

#[tokio::test]
async fn a_quarter_is_held_against_the_one_before() {
    let home = home().await;
    home.drop("budget_2017-Q3.csv", "Heading;Budget EUR;Spent to date EUR\nTravel;1000;500\n");
    home.drop("indicators_2017-Q3.csv", "Code;Indicator;Unit;Target;Current\n1.1;Officers trained;persons;500;320\n");
    home.drop(
        "plan_2017-Q3.csv",
        "ID;Title;Planned start;Status\nP-1;On dogs;14.08.2017;Planned\nP-2;On ports;15.08.2017;Planned\n",
    );
    home.settle().await;
    for (name, text, code, place) in [
        (
            "budget_2017-Q4.csv",
            "Heading;Budget EUR;Spent to date EUR\ntravel;1000;499\n",
            "cumulative-fell",
            "budget_2017-Q4.csv, Budget!C2",
        ),
        (
            "indicators_2017-Q4.csv",
            "Code;Indicator;Unit;Target;Current\n1.1;Officers trained;persons;500;300\n",
            "indicator-fell",
            "indicators_2017-Q4.csv, Indicators!E2",
        ),
        (
            "activities_2017-Q4.csv",
            "ID;Title;Type;Start date;Participants\nX;On dogs;Workshop;14.11.2017;5\n",
            "plan-left-open",
            "activities_2017-Q4.csv",
        ),
    ] {
        let path = home.path(name);
        std::fs::write(&path, text).unwrap();
        let taken = home.intake.take(&path, true).await.unwrap();
        assert_eq!(told(&taken.diagnostics, code), [place], "{name}: {:?}", taken.diagnostics);
    }
    // A contributor's figures are their own: nobody else's are held against them.
    let path = home.path("budget_TJ_2017-Q4.csv");
    std::fs::write(&path, "Heading;Budget EUR;Spent to date EUR\nTravel;1000;20\n").unwrap();
    let taken = home.intake.take(&path, true).await.unwrap();
    assert_eq!(told(&taken.diagnostics, "cumulative-fell"), Vec::<String>::new());
}
