//! Documents to look at and to test with. All names, places and figures in them are invented.

use super::document::{
    Align, Bar, Block, Column, Cover, CoverLogo, Document, Drawing, Figure, Inline, Row, Running, Strip, Style, Table,
    Target, Tile, Words,
};
use crate::recipient::Language;

/// A document without blocks.
pub(super) fn empty() -> Document {
    Document {
        title: "Quarterly report".into(),
        language: Language::En,
        author: "Secretariat".into(),
        subject: "Q4 2017".into(),
        cover: Cover::default(),
        blocks: vec![],
        running: Running::default(),
        words: Words {
            page_of: "Page {page} of {pages}".into(),
            continued: "continued".into(),
            contents: "Contents".into(),
        },
    }
}

/// Bars by country.
pub(super) fn bars() -> Drawing {
    let bar = |label: &str, value: f64, code: &[u8; 2]| Bar {
        label: label.into(),
        value,
        text: value.to_string(),
        country: Some(*code),
    };
    Drawing::Bars(vec![
        bar("KG Kyrgyzstan", 14.0, b"KG"),
        bar("KZ Kazakhstan", 9.0, b"KZ"),
        bar("TJ Tajikistan", 9.0, b"TJ"),
        bar("UZ Uzbekistan", 6.0, b"UZ"),
        bar("TM Turkmenistan", 3.0, b"TM"),
    ])
}

/// Words of one language that the sample is made of.
struct Say {
    language: Language,
    programme: &'static str,
    period: &'static str,
    title: &'static str,
    subtitle: &'static str,
    facts: [(&'static str, &'static str); 3],
    months: [&'static str; 3],
    caption: &'static str,
    funding: &'static str,
    mark: &'static str,
    foot: &'static str,
    words: [&'static str; 3],
    sections: [&'static str; 6],
    disclaimer: &'static str,
    summary: [&'static str; 2],
    tiles: [(&'static str, &'static str, &'static str); 6],
    figure: [&'static str; 3],
    components: [&'static str; 2],
    entries: [[&'static str; 6]; 4],
    outputs: [&'static str; 2],
    heads: [&'static str; 6],
    groups: [&'static str; 2],
    kinds: [&'static str; 3],
    missing: &'static str,
    total: &'static str,
    note: &'static str,
}

fn quiet() -> Style {
    Style { quiet: true, ..Style::default() }
}

fn heading(level: u8, id: &str, text: &str) -> Block {
    Block::Heading { level, id: id.into(), content: vec![Inline::text(text)] }
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(vec![Inline::text(text)])
}

fn code(code: &str) -> Inline {
    let mut letters = [0; 2];
    letters.copy_from_slice(code.as_bytes());
    Inline::styled(code, Style { country: Some(letters), strong: true, ..Style::default() })
}

fn entry(say: &Say, at: usize, [date, place, codes, title, who, story]: [&str; 6]) -> Block {
    let mut countries = Vec::new();
    for one in codes.split(' ') {
        if !countries.is_empty() {
            countries.push(Inline::text(" "));
        }
        countries.push(code(one));
    }
    Block::Entry {
        label: vec![
            vec![Inline::styled(date, Style { strong: true, ..Style::default() })],
            vec![Inline::text(place)],
            countries,
        ],
        body: vec![
            heading(3, &format!("activity-{at}"), title),
            Block::Paragraph(vec![Inline::styled(who, quiet())]),
            paragraph(story),
            Block::List { ordered: false, items: say.outputs.iter().map(|text| vec![paragraph(text)]).collect() },
        ],
    }
}

fn annex(say: &Say) -> Block {
    let row = |number: usize| Row {
        cells: vec![
            vec![Inline::text(format!("Q4-{number:02}"))],
            vec![Inline::text(say.entries[number % 4][3])],
            vec![Inline::text(say.kinds[number % 3])],
            vec![Inline::text(say.entries[number % 4][0])],
            vec![code(["KZ", "KG", "TJ", "TM", "UZ"][number % 5])],
            if number % 4 == 1 {
                vec![Inline::styled(say.missing, quiet())]
            } else {
                vec![Inline::text((number * 7 % 83).to_string())]
            },
        ],
        total: false,
        group: false,
    };
    let mut rows = Vec::new();
    for (group, name) in say.groups.iter().enumerate() {
        rows.push(Row { cells: vec![vec![Inline::text(*name)]], total: false, group: true });
        rows.extend((group * 30 + 1..group * 30 + 31).map(row));
    }
    let mut total: Vec<Vec<Inline>> = vec![vec![], vec![Inline::text(say.total)], vec![], vec![], vec![]];
    total.push(vec![Inline::text("1\u{a0}843")]);
    rows.push(Row { cells: total, total: true, group: false });
    Block::Table(Table {
        title: say.sections[5].into(),
        columns: say
            .heads
            .iter()
            .enumerate()
            .map(|(at, head)| Column {
                head: (*head).into(),
                align: if at == 5 { Align::Number } else { Align::Left },
                weight: if at == 1 { 1.0 } else { 0.0 },
            })
            .collect(),
        rows,
        notes: vec![vec![Inline::text(say.note)]],
    })
}

fn money(say: &Say) -> Block {
    let decimal = if say.language == Language::Ru { "," } else { "." };
    let row = |label: &str, value: &str, total: bool| Row {
        cells: vec![vec![Inline::text(label)], vec![Inline::text(value.replace('.', decimal))]],
        total,
        group: false,
    };
    Block::Table(Table {
        title: say.figure[0].into(),
        columns: vec![
            Column { head: say.heads[2].into(), align: Align::Left, weight: 0.0 },
            Column { head: "EUR".into(), align: Align::Number, weight: 0.0 },
        ],
        rows: vec![
            row(say.kinds[0], "1\u{a0}250", false),
            row(say.kinds[1], "86.5", false),
            row(say.kinds[2], "312.75", false),
            row(say.total, "1\u{a0}649.25", true),
        ],
        notes: vec![],
    })
}

fn document(say: &Say) -> Document {
    let [summary, results, equipment, plan, ..] = say.sections;
    let figure = |drawing| {
        Block::Figure(Figure {
            title: say.figure[0].into(),
            subtitle: say.figure[1].into(),
            source: say.figure[2].into(),
            alt: say.figure[0].into(),
            drawing,
        })
    };
    let mut blocks = vec![
        heading(2, "about", say.sections[4]),
        paragraph(say.disclaimer),
        Block::Paragraph(vec![
            Inline::text(say.facts[1].0),
            Inline::text(": "),
            Inline::Text {
                text: "secretariat@example.org".into(),
                style: Style::default(),
                link: Some(Target::External("mailto:secretariat@example.org".into())),
            },
        ]),
        Block::Contents { depth: 2 },
        Block::PageBreak,
        heading(1, "summary", summary),
        paragraph(say.summary[0]),
        paragraph(say.summary[1]),
        Block::Tiles(
            say.tiles
                .iter()
                .map(|(value, label, note)| Tile {
                    value: (*value).into(),
                    label: (*label).into(),
                    notes: vec![(*note).into()],
                    quiet: *value == say.missing,
                })
                .collect(),
        ),
        figure(bars()),
        heading(1, "results", results),
    ];
    for (at, name) in say.components.iter().enumerate() {
        blocks.push(heading(2, &format!("component-{at}"), name));
        blocks.push(paragraph(say.summary[at]));
        for (number, one) in say.entries.iter().enumerate() {
            blocks.push(entry(say, at * 10 + number, *one));
        }
    }
    blocks.extend([
        heading(1, "equipment", equipment),
        paragraph(say.summary[1]),
        money(say),
        Block::Note(vec![Inline::text(say.note)]),
        heading(1, "plan", plan),
        Block::List { ordered: true, items: say.entries.iter().map(|one| vec![paragraph(one[3])]).collect() },
        heading(1, "annex", say.sections[5]),
        annex(say),
    ]);
    let mut days = vec![0; 92];
    for (from, until) in
        [(1, 4), (2, 5), (12, 15), (30, 33), (43, 46), (44, 45), (44, 48), (57, 61), (58, 60), (72, 76)]
    {
        for day in days.iter_mut().take(until).skip(from) {
            *day += 1;
        }
    }
    Document {
        title: say.title.into(),
        language: say.language,
        author: say.programme.into(),
        subject: say.period.into(),
        cover: Cover {
            programme: say.programme.into(),
            logos: logos(),
            period: say.period.into(),
            title: say.title.into(),
            subtitle: say.subtitle.into(),
            facts: say.facts.iter().map(|(label, text)| ((*label).into(), (*text).into())).collect(),
            strip: Some(Strip {
                days,
                labels: vec![(0, say.months[0].into()), (31, say.months[1].into()), (61, say.months[2].into())],
                caption: say.caption.into(),
                alt: say.caption.into(),
            }),
            funding: say.funding.into(),
            mark: say.mark.into(),
        },
        blocks,
        running: Running {
            head: say.programme.into(),
            foot: say.foot.into(),
            funding: say.funding.into(),
            mark: say.mark.into(),
        },
        words: Words { page_of: say.words[0].into(), continued: say.words[1].into(), contents: say.words[2].into() },
    }
}

/// The sample in English.
pub(super) fn english() -> Document {
    document(&Say {
        language: Language::En,
        programme: "Border Programme of the Example Lakes",
        period: "Q4 2017",
        title: "Quarterly report to the Regional Steering Group",
        subtitle: "October to December 2017",
        facts: [
            ("Version", "1, of 15 January 2018"),
            ("Contact", "secretariat@example.org"),
            ("Data as of", "12 January 2018"),
        ],
        months: ["October", "November", "December"],
        caption: "Activities under way on each of the 92 days of the quarter",
        funding: "Funded by the Example Union",
        mark: "Fictional example data: no name, place or figure is real",
        foot: "Q4 2017 · version 1",
        words: ["Page {page} of {pages}", "continued", "Contents"],
        sections: [
            "Summary",
            "Results by component",
            "Equipment",
            "Plan for the next quarter",
            "About this report",
            "Annex: all activities",
        ],
        disclaimer: "This report was compiled from the workbooks that the focal points of the five countries sent in. It tells what they reported, and says where they reported nothing; a blank is never counted as zero. The views in it are not those of the funding body.",
        summary: [
            "Forty-one activities ended in October–December 2017; thirty-eight of them have dates and took 112 days together. Twenty-nine reported their participants, 1,843 in all, of whom 611 were women. Border and customs staff of all five countries worked side by side in seven of them, and three crossing points now share one document-examination procedure.",
            "The steering group is asked to confirm the dates of the spring training cycle, to name a host for the regional conference, and to decide on the use of the equipment that has been handed over but not yet installed at two crossing points, because the agencies’ reports on their readiness differ.",
        ],
        tiles: [
            ("41", "activities", "6 more than in Q3 2017"),
            ("112", "activity days", "38 of 41 have dates"),
            ("1,843", "participants", "29 of 41 reported"),
            ("611", "women among them", "22 of 41 reported"),
            ("7", "regional activities", "3 or more countries"),
            ("not reported", "value of equipment", "0 of 4 reported"),
        ],
        figure: [
            "Kyrgyzstan took part in fourteen of forty-one activities",
            "Activities involving each country; one activity may involve several",
            "Source: workbooks of five focal points; countries reported for 39 of 41 activities",
        ],
        components: ["Component 1: Institutional development of border agencies", "Component 3: Trade facilitation"],
        entries: [
            [
                "2–4 October 2017",
                "Astana",
                "KZ",
                "Workshop on interagency cooperation at border crossing points",
                "Workshop · 24 participants, 9 of them women · border service, customs service",
                "Border and customs staff worked with visiting experts on integrated border management, compared their practice and drafted agreement texts on cooperation and information exchange. The drafts go to the legal departments of both services in January; the second reading is planned for the spring session.",
            ],
            [
                "14–16 November 2017",
                "Place not reported",
                "KZ KG TJ UZ",
                "Advanced training of trainers on document security",
                "Training of trainers · 16 participants",
                "Experts brought in by the programme coached trainers from border training institutions and serving officers on checking documents at an advanced level. Each of them left with a plan for three local courses. At https://example.org/training/document-security/materials-for-trainers the materials may be read.",
            ],
            [
                "Undated",
                "Tashkent",
                "UZ",
                "First equipment handover of the series",
                "Equipment handover · participants not reported",
                "A document-examination device was handed over, opening a series of deliveries that is planned for every country of the programme. Rēzekne and Oʻzbekiston, Қызылорда and Ýaşlyk, Ҷиргатол and Жеңиш are spelt here as their readers spell them.",
            ],
            [
                "27 November – 1 December 2017",
                "Bishkek and Osh",
                "KG TJ",
                "Joint exercise of mobile units in the valley, with an evaluation on the last day by both services",
                "Training · 38 participants, 4 of them women",
                "Two mobile units exercised together for five days. The evaluation lists eleven lessons, of which the most urgent concerns radio procedures: the units could not reach each other in two of the nine places where they tried.",
            ],
        ],
        outputs: [
            "Draft agreement on information exchange, in two languages",
            "Eleven lessons for the joint procedure, with a responsible officer for each of them and a date by which it is to be closed",
        ],
        heads: ["ID", "Title", "Type", "Date", "Countries", "Participants"],
        groups: ["Component 1: Institutional development", "Component 3: Trade facilitation"],
        kinds: ["Workshop", "Training of trainers", "Equipment handover"],
        missing: "not reported",
        total: "All activities",
        note: "Participants are counted once for each activity. “Not reported” means that the workbook’s cell was blank.",
    })
}

/// The sample in Russian.
pub(super) fn russian() -> Document {
    document(&Say {
        language: Language::Ru,
        programme: "Программа пограничного сотрудничества Примерных озёр",
        period: "IV квартал 2017",
        title: "Квартальный отчёт Региональной руководящей группе",
        subtitle: "Октябрь – декабрь 2017 г.",
        facts: [
            ("Версия", "1, от 15 января 2018 г."),
            ("Контакт", "secretariat@example.org"),
            ("Данные по состоянию на", "12 января 2018 г."),
        ],
        months: ["октябрь", "ноябрь", "декабрь"],
        caption: "Мероприятия, проходившие в каждый из 92 дней квартала",
        funding: "Финансируется Примерным союзом",
        mark: "Вымышленные данные: имена, места и числа не настоящие",
        foot: "IV квартал 2017 г. · версия 1",
        words: ["Стр. {page} из {pages}", "продолжение", "Содержание"],
        sections: [
            "Краткий обзор",
            "Результаты по компонентам",
            "Оборудование",
            "План на следующий квартал",
            "Об этом отчёте",
            "Приложение: все мероприятия",
        ],
        disclaimer: "Отчёт составлен по рабочим книгам, которые прислали координаторы пяти стран. Он передаёт то, о чём они сообщили, и говорит, где сведений нет; пустая ячейка никогда не считается нулём. Изложенные взгляды не являются взглядами финансирующей организации.",
        summary: [
            "В октябре–декабре 2017 г. завершилось сорок одно мероприятие; у тридцати восьми из них указаны даты, вместе они заняли 112 дней. О числе участников сообщили по двадцати девяти мероприятиям — всего 1843 человека, из них 611 женщин. В семи мероприятиях сотрудники пограничных и таможенных служб всех пяти стран работали бок о бок, и три пункта пропуска теперь пользуются единым порядком проверки документов.",
            "Руководящую группу просят подтвердить сроки весеннего цикла обучения, назвать принимающую сторону региональной конференции и решить, как использовать оборудование, которое передано, но ещё не установлено в двух пунктах пропуска, поскольку сведения ведомств об их готовности расходятся.",
        ],
        tiles: [
            ("41", "мероприятие", "на 6 больше, чем в III квартале"),
            ("112", "дней мероприятий", "даты указаны у 38 из 41"),
            ("1843", "участника", "сведения по 29 из 41"),
            ("611", "женщин среди них", "сведения по 22 из 41"),
            ("7", "региональных мероприятий", "три страны или больше"),
            ("нет сведений", "стоимость оборудования", "сведения по 0 из 4"),
        ],
        figure: [
            "Кыргызстан участвовал в четырнадцати мероприятиях из сорока одного",
            "Мероприятия с участием страны; в одном могут участвовать несколько стран",
            "Источник: рабочие книги пяти координаторов; страны указаны по 39 из 41 мероприятия",
        ],
        components: [
            "Компонент 1. Институциональное развитие пограничных ведомств",
            "Компонент 3. Содействие торговле",
        ],
        entries: [
            [
                "2–4 октября 2017 г.",
                "Астана",
                "KZ",
                "Семинар по межведомственному взаимодействию в пунктах пропуска",
                "Семинар · 24 участника, из них 9 женщин · пограничная служба, таможенная служба",
                "Сотрудники пограничной и таможенной служб вместе с приглашёнными экспертами рассмотрели комплексное управление границами, сравнили свою практику и подготовили проекты соглашений о взаимодействии и обмене информацией. В январе проекты поступят в правовые управления обеих служб; второе чтение намечено на весеннюю сессию.",
            ],
            [
                "14–16 ноября 2017 г.",
                "Место не указано",
                "KZ KG TJ UZ",
                "Углублённая подготовка инструкторов по защите документов",
                "Подготовка инструкторов · 16 участников",
                "Приглашённые программой эксперты обучали инструкторов пограничных учебных заведений и действующих сотрудников углублённой проверке документов. Каждый уехал с планом трёх курсов у себя на месте. Материалы можно прочитать по адресу https://example.org/training/document-security/materials-for-trainers.",
            ],
            [
                "Без даты",
                "Ташкент",
                "UZ",
                "Первая передача оборудования из серии",
                "Передача оборудования · число участников не указано",
                "Передан прибор для исследования документов; им открывается серия поставок, намеченная для каждой страны программы. Rēzekne и Oʻzbekiston, Қызылорда и Ýaşlyk, Ҷиргатол и Жеңиш пишутся здесь так, как их пишут читатели.",
            ],
            [
                "27 ноября – 1 декабря 2017 г.",
                "Бишкек и Ош",
                "KG TJ",
                "Совместные учения мобильных групп в долине с оценкой в последний день обеими службами",
                "Обучение · 38 участников, из них 4 женщины",
                "Две мобильные группы пять дней учились вместе. В оценке перечислены одиннадцать уроков, самый неотложный из которых касается порядка радиосвязи: в двух из девяти мест группы не смогли связаться друг с другом.",
            ],
        ],
        outputs: [
            "Проект соглашения об обмене информацией на двух языках",
            "Одиннадцать уроков для единого порядка действий, за каждый из которых назначен ответственный сотрудник и указан срок исполнения",
        ],
        heads: ["№", "Название", "Вид", "Дата", "Страны", "Участники"],
        groups: ["Компонент 1. Институциональное развитие", "Компонент 3. Содействие торговле"],
        kinds: ["Семинар", "Подготовка инструкторов", "Передача оборудования"],
        missing: "нет сведений",
        total: "Все мероприятия",
        note: "Участники считаются по одному разу на каждом мероприятии. «Нет сведений» значит, что ячейка рабочей книги пуста.",
    })
}

/// A donor's emblem and a partner's logo, plainly invented.
fn logos() -> Vec<CoverLogo> {
    let star = "M3 0l.9 2h2l-1.6 1.3.6 2L3 4.1l-1.9 1.2.6-2L.1 2h2z";
    let emblem = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 20'><path d='M0 0h30v20H0z' fill='#124'/><path transform='translate(12 7)' fill='#fd6' d='{star}'/></svg>"
    );
    let partner = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 60 20'><circle cx='10' cy='10' r='9' fill='none' stroke='#a33' stroke-width='2'/><path d='M25 4h30v4H25zM25 12h20v4H25z' fill='#a33' opacity='.6'/></svg>";
    let read = |svg: &str| std::sync::Arc::new(crate::logo::read(svg.as_bytes()).unwrap().logo);
    vec![
        CoverLogo { logo: read(&emblem), alt: "Emblem of an invented donor".into(), is_donor: true },
        CoverLogo { logo: read(partner), alt: "Logo of an invented partner".into(), is_donor: false },
    ]
}
