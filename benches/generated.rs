//! Activities that nobody held, by the thousand: for benches, and for whoever measures.
//!
//! All of it is invented. The same number of rows gives the same rows on every machine, and
//! all of them are right: their vocabulary, sums, dates and scopes agree, so that what is
//! measured is the reading of good rows.

use chrono::{Days, NaiveDate};

/// The headings of the sheet, as the blank workbook has them.
pub(crate) const HEADINGS: [&str; 17] = [
    "ID",
    "Title",
    "Type",
    "Component",
    "Start date",
    "End date",
    "Status",
    "Place",
    "Host country",
    "Scope",
    "Countries",
    "Agencies",
    "Participants",
    "Women",
    "Men",
    "Summary",
    "Outputs",
];

/// A cell of a generated row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Number(u32),
    /// A day.
    Day(NaiveDate),
    /// Nothing was filled in.
    Blank,
}

/// Towns with the countries they lie in.
const TOWNS: [(&str, &str); 12] = [
    ("Astana", "KZ"),
    ("Almaty", "KZ"),
    ("Bishkek", "KG"),
    ("Osh", "KG"),
    ("Karakol", "KG"),
    ("Dushanbe", "TJ"),
    ("Khujand", "TJ"),
    ("Ashgabat", "TM"),
    ("Mary", "TM"),
    ("Tashkent", "UZ"),
    ("Samarkand", "UZ"),
    ("Bukhara", "UZ"),
];

const COUNTRIES: [&str; 5] = ["KZ", "KG", "TJ", "TM", "UZ"];

const TYPES: [(&str, &str); 5] = [
    ("Workshop", "Workshop on"),
    ("Training", "Training in"),
    ("Training of trainers", "Training of trainers in"),
    ("Meeting", "Working meeting on"),
    ("Conference", "Conference on"),
];

const SUBJECTS: [&str; 12] = [
    "interagency cooperation at crossing points",
    "the examination of travel documents",
    "risk analysis for cargo and vehicles",
    "the control of plants and animals in transit",
    "first-line interviews with travellers",
    "the care of service dogs in mountain posts",
    "the exchange of advance cargo data",
    "the protection of people on the move",
    "radio procedures of mobile units",
    "simplified customs declarations",
    "the maintenance of detection equipment",
    "joint contingency planning in valleys",
];

const AGENCIES: [&str; 5] =
    ["Border service", "Customs service", "Migration service", "Phytosanitary service", "Veterinary service"];

/// Sentences of 11 to 17 words; four or five of them make a narrative of about 60.
const SENTENCES: [&str; 16] = [
    "Officers of the participating services compared their practice and agreed on a common list of steps.",
    "Visiting experts showed how similar posts elsewhere had shortened the time that lorries wait.",
    "The first day was given to theory, the second to exercises at a working crossing point.",
    "Participants drafted a text on the exchange of information, which now goes to the legal departments.",
    "Two of the exercises were observed by the other shift, so that more people could learn from them.",
    "The evaluation names eleven lessons, of which the most urgent concerns radio procedures at night.",
    "Each service left with a plan for three local courses and an officer responsible for each.",
    "The equipment that had been handed over earlier was used, checked and, where needed, adjusted.",
    "Interpretation was provided in three languages, and the materials were printed in two of them.",
    "Questions that could not be answered on the spot were written down and will be answered in writing.",
    "Several participants asked for a second part, with more time for practice and less for slides.",
    "Trainers from the border institute of Oʻzbekiston led one group, colleagues from Қазақстан another.",
    "A short test at the beginning and at the end showed that most had learnt what was intended.",
    "The hosts presented the reconstruction of their training centre, which is due to open in spring.",
    "Colleagues from Rēzekne described how their own unit had introduced the same procedure in stages.",
    "The services will report on what they put into practice at the next meeting of the working group.",
];

const OUTPUTS: [&str; 6] = [
    "Draft agreement on the exchange of information",
    "Common list of steps for the second line",
    "Plan for three local courses in each service",
    "Eleven lessons with an officer responsible for each",
    "Training materials in two languages",
    "Protocol signed by all participating services",
];

fn pick<'a, T>(random: &mut fastrand::Rng, from: &'a [T]) -> &'a T {
    &from[random.usize(..from.len())]
}

fn narrative(random: &mut fastrand::Rng) -> String {
    let mut order: Vec<usize> = (0..SENTENCES.len()).collect();
    random.shuffle(&mut order);
    let count = random.usize(3..=5);
    let chosen: Vec<&str> = order.iter().take(count).map(|&at| SENTENCES[at]).collect();
    chosen.join(" ")
}

/// `count` activities of the fourth quarter of 2017, cells in the order of [`HEADINGS`].
pub(crate) fn rows(count: usize) -> impl Iterator<Item = [Value; 17]> {
    let mut random = fastrand::Rng::with_seed(2017);
    (1..=count).map(move |number| row(number, &mut random))
}

fn row(number: usize, random: &mut fastrand::Rng) -> [Value; 17] {
    let text = |text: &str| Value::Text(text.to_owned());
    let &(town, host) = pick(random, &TOWNS);
    let &(kind, opening) = pick(random, &TYPES);
    let subject = *pick(random, &SUBJECTS);
    // A week of the quarter, from its Monday: nothing begins or ends on a day off.
    let monday = NaiveDate::from_ymd_opt(2017, 10, 2).expect("a day") + Days::new(7 * random.u64(..13));
    let first = random.u64(..4);
    let last = random.u64(first..5);
    let mut countries: Vec<&str> =
        COUNTRIES.iter().copied().filter(|code| *code == host || random.u8(..4) == 0).collect();
    countries.sort_by_key(|code| COUNTRIES.iter().position(|known| known == code));
    let scope = match countries.len() {
        1 => "National",
        2 => "Bilateral",
        _ => "Regional",
    };
    let people = random.u32(8..40);
    let women = random.u32(..=people);
    // One in six says nothing of its participants, as real sheets do.
    let (people, women, men) = match random.u8(..6) {
        0 => (Value::Blank, Value::Blank, Value::Blank),
        1 => (Value::Number(people), Value::Blank, Value::Blank),
        _ => (Value::Number(people), Value::Number(women), Value::Number(people - women)),
    };
    let first_agency = random.usize(..AGENCIES.len());
    let second_agency = (first_agency + random.usize(1..AGENCIES.len())) % AGENCIES.len();
    [
        Value::Text(format!("G-{number:06}")),
        Value::Text(format!("{opening} {subject}, group {number}")),
        text(kind),
        Value::Number(random.u32(1..=3)),
        Value::Day(monday + Days::new(first)),
        Value::Day(monday + Days::new(last)),
        text("done"),
        text(town),
        text(host),
        text(scope),
        Value::Text(countries.join("; ")),
        Value::Text(format!("{}; {}", AGENCIES[first_agency], AGENCIES[second_agency])),
        people,
        women,
        men,
        Value::Text(narrative(random)),
        Value::Text((*pick(random, &OUTPUTS)).to_owned()),
    ]
}
