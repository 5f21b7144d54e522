//! The fixed words of a workbook: types, states and scopes, in English and Russian.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::collections::HashMap;

use crate::intake::raw::ReadComponent;
use crate::record::{ActivityType, Scope, Status};

use super::text::{nearest, plain, skeleton};

use ActivityType as T;

/// English and Russian words for a type; the first of each is what the blank workbook offers.
#[must_use]
pub const fn type_names(kind: ActivityType) -> (&'static str, &'static str) {
    match kind {
        T::Workshop => ("Workshop", "Семинар"),
        T::Training => ("Training", "Тренинг"),
        T::TrainingOfTrainers => ("Training of trainers", "Тренинг для тренеров"),
        T::StudyVisit => ("Study visit", "Учебный визит"),
        T::EquipmentHandover => ("Equipment handover", "Передача оборудования"),
        T::SteeringGroupMeeting => ("Steering group meeting", "Заседание руководящей группы"),
        T::Meeting => ("Meeting", "Встреча"),
        T::Conference => ("Conference", "Конференция"),
        T::Mission => ("Mission", "Миссия"),
        T::Other => ("Other", "Другое"),
    }
}

/// English and Russian words for a state.
#[must_use]
pub const fn status_names(status: Status) -> (&'static str, &'static str) {
    match status {
        Status::Planned => ("Planned", "Запланировано"),
        Status::Ongoing => ("Ongoing", "Выполняется"),
        Status::Done => ("Done", "Выполнено"),
        Status::Postponed => ("Postponed", "Перенесено"),
        Status::Cancelled => ("Cancelled", "Отменено"),
    }
}

/// English and Russian words for a scope.
#[must_use]
pub const fn scope_names(scope: Scope) -> (&'static str, &'static str) {
    match scope {
        Scope::National => ("National", "Национальное"),
        Scope::Bilateral => ("Bilateral", "Двустороннее"),
        Scope::Regional => ("Regional", "Региональное"),
    }
}

const TYPES: [(ActivityType, &str); 10] = [
    (
        T::Workshop,
        "workshops|national workshop|bilateral workshop|regional workshop|practical workshop|interagency workshop|seminar|national seminar|regional seminar|bilateral seminar|webinar|online workshop|семинары|национальный семинар|двусторонний семинар|региональный семинар|практический семинар|межведомственный семинар|рабочий семинар|семинар практикум|воркшоп|обучающий семинар|учебный семинар|вебинар|онлайн семинар",
    ),
    (
        T::Training,
        "trainings|training course|course|training session|on the job training|practical training|basic training|advanced training|national training|regional training|pilot lecture|lecture|distance learning|e learning|pilot lecture distance learning|refresher training|online training|тренинги|обучение|курс|курсы|обучающий курс|учебный курс|обучение на рабочем месте|лекция|пробная лекция|дистанционное обучение|повышение квалификации|курсы повышения квалификации|курс повышения квалификации|практическое обучение|стажировка|онлайн обучение|национальный тренинг|региональный тренинг",
    ),
    (
        T::TrainingOfTrainers,
        "tot|t o t|training for trainers|train the trainers|train the trainer|trainers training|training of trainers tot|тренинг тренеров|обучение тренеров|подготовка тренеров|подготовка инструкторов|тот|тренинг для инструкторов",
    ),
    (
        T::StudyVisit,
        "study visits|study tour|study trip|exchange visit|familiarisation visit|учебные визиты|ознакомительный визит|ознакомительная поездка|учебная поездка|обучающий визит|визит по обмену опытом|обмен опытом|поездка по обмену опытом",
    ),
    (
        T::EquipmentHandover,
        "handover|equipment handover and launch|equipment delivery|equipment|handover and launch|handover of equipment|handover ceremony|equipment hand over|hand over|hand over of equipment|handing over of equipment|handover launch|equipment handover ceremony|delivery of equipment|передача|поставка оборудования|вручение оборудования|церемония передачи|церемония передачи оборудования|передача и запуск|оборудование|передача техники|торжественная передача оборудования|торжественная передача|церемония вручения",
    ),
    (
        T::SteeringGroupMeeting,
        "rsg|nsg|rsg meeting|nsg meeting|regional steering group|national steering group|regional steering group meeting|national steering group meeting|steering group|steering committee meeting|steering committee|steering meeting|заседание региональной руководящей группы|заседание национальной руководящей группы|руководящая группа|региональная руководящая группа|национальная руководящая группа|заседание ррг|заседание нрг|ррг|нрг|заседание координационной группы|координационная группа",
    ),
    (
        T::Meeting,
        "meetings|donor coordination meeting|coordination meeting|working meeting|bilateral meeting|expert meeting|round table|roundtable|working group meeting|working group|consultation|consultations|kick off meeting|online meeting|technical meeting|встречи|совещание|рабочая встреча|рабочее совещание|координационная встреча|координационное совещание|круглый стол|заседание рабочей группы|рабочая группа|консультация|консультации|встреча доноров|донорская встреча|заседание|онлайн встреча",
    ),
    (
        T::Conference,
        "conferences|regional conference|international conference|forum|symposium|opening conference|closing conference|closing event|launch event|конференции|региональная конференция|международная конференция|форум|заключительная конференция|симпозиум",
    ),
    (
        T::Mission,
        "missions|technical assistance mission|ta mission|technical assistance|expert visit|expert mission|assessment mission|evaluation mission|monitoring mission|advisory mission|needs assessment mission|needs assessment|fact finding mission|миссии|миссия технической помощи|техническая помощь|экспертная миссия|визит экспертов|оценочная миссия|миссия по оценке|миссия экспертов|мониторинговая миссия|мониторинговый визит|экспертный визит|оценка потребностей|monitoring visit|expert visits",
    ),
    (
        T::Other,
        "others|other activity|joint exercise|exercise|online event|grant monitoring|event|visibility event|visibility|information event|campaign|иное|прочее|другое мероприятие|совместные учения|учения|онлайн мероприятие|мероприятие|кампания",
    ),
];

const STATUSES: [(Status, &str); 5] = [
    (
        Status::Planned,
        "implied|scheduled|to be done|not started|not yet started|upcoming|foreseen|expected|confirmed|tbc|tbd|to be confirmed|under procurement|procurement ongoing|on order|на согласовании|в стадии закупки|закупка|ordered|in preparation|plan|planed|запланирован|запланирована|запланированы|планируется|план|ожидается|не начато|предстоит|в плане|заказано|заказан|намечено|уточняется|подготовка",
    ),
    (
        Status::Ongoing,
        "in progress|started|under way|underway|on going|running|open|in implementation|under implementation|delivered|in process|partly done|partially done|в процессе|в работе|идет|начато|проводится|реализуется|исполняется|открыто|открыт|на исполнении|доставлено|частично выполнено|в стадии реализации|в ходе реализации",
    ),
    (
        Status::Done,
        "completed|complete|implemented|conducted|held|finished|finalised|finalized|carried out|handed over|executed|closed|took place|yes|realised|realized|delivered and handed over|выполнен|выполнена|завершено|завершен|завершена|ok|100%|✓|✔|+|проведено|проведен|проведена|проведены|состоялось|состоялся|состоялась|реализовано|исполнено|передано|передан|переданы|закрыто|закрыт|сделано|да|готово|осуществлено|окончено",
    ),
    (
        Status::Postponed,
        "moved|delayed|rescheduled|moved to next quarter|moved to next period|moved to another period|deferred|shifted|on hold|перенесен|перенесена|перенесены|отложено|отложен|отложена|задерживается|перенесено на следующий квартал|перенесено на другой период",
    ),
    (
        Status::Cancelled,
        "canceled|dropped|called off|withdrawn|rejected|not held|not done|no longer planned|отменен|отменена|отменены|снято|не состоялось|не состоялся|аннулировано|не проведено|исключено",
    ),
];

const SCOPES: [(Scope, &str); 3] = [
    (
        Scope::National,
        "nat|country|one country|domestic|local|национальный|национальная|национальные|нац|на национальном уровне|одна страна|внутреннее|местное",
    ),
    (
        Scope::Bilateral,
        "bi lateral|two countries|двусторонний|двусторонняя|двустор|две страны|двухстороннее|двухсторонний",
    ),
    (
        Scope::Regional,
        "region|ca|central asia|multilateral|multi country|international|all countries|региональный|региональная|регион|рег|многостороннее|многосторонний|международное|международный|на региональном уровне|центральная азия",
    ),
];

/// Titles by their skeletons, each with the number of its component.
type Titles = Vec<(String, u32)>;

/// All words, by their skeletons.
#[derive(Debug)]
pub(super) struct Vocabulary {
    types: HashMap<String, ActivityType>,
    statuses: HashMap<String, Status>,
    scopes: HashMap<String, Scope>,
    /// Titles of the components that were asked for first, with their skeletons: they are
    /// asked for in every row.
    titles: OnceCell<(Vec<ReadComponent>, Titles)>,
    /// Agencies that were asked for, and what was meant: there are few, in many rows.
    agencies: RefCell<HashMap<String, Option<String>>>,
    /// Further names of agencies, of the configuration.
    usual_agencies: Vec<String>,
}

/// Most agencies that are remembered.
const MOST_AGENCIES: usize = 2_000;

impl Vocabulary {
    pub(super) fn new(
        types: &BTreeMap<String, String>,
        statuses: &BTreeMap<String, String>,
        usual_agencies: Vec<String>,
    ) -> Self {
        let mut this = Self {
            types: HashMap::new(),
            statuses: HashMap::new(),
            scopes: HashMap::new(),
            titles: OnceCell::new(),
            agencies: RefCell::default(),
            usual_agencies,
        };
        for (kind, others) in TYPES {
            let (english, russian) = type_names(kind);
            for name in [kind.key(), english, russian].into_iter().chain(others.split('|')) {
                this.types.entry(skeleton(name)).or_insert(kind);
            }
        }
        for (status, others) in STATUSES {
            let (english, russian) = status_names(status);
            for name in [status.key(), english, russian].into_iter().chain(others.split('|')) {
                let name = if name.chars().any(char::is_alphabetic) { skeleton(name) } else { name.to_owned() };
                this.statuses.entry(name).or_insert(status);
            }
        }
        for (scope, others) in SCOPES {
            let (english, russian) = scope_names(scope);
            for name in [scope.key(), english, russian].into_iter().chain(others.split('|')) {
                this.scopes.entry(skeleton(name)).or_insert(scope);
            }
        }
        for (written, key) in types {
            if let Some(kind) = T::ALL.into_iter().find(|k| k.key() == key) {
                this.types.insert(skeleton(written), kind);
            }
        }
        for (written, key) in statuses {
            if let Some(status) = Status::ALL.into_iter().find(|s| s.key() == key) {
                this.statuses.insert(skeleton(written), status);
            }
        }
        this
    }

    /// A type, and whether it is one of a kind that we only know as "other".
    pub(super) fn activity_type(&self, text: &str) -> Option<ActivityType> {
        look_up(&self.types, text).or_else(|| {
            let inside = text.split_once('(').and_then(|(_, rest)| rest.split(')').next());
            if inside.is_some_and(|inside| self.types.get(&skeleton(inside)) == Some(&T::TrainingOfTrainers)) {
                return Some(T::TrainingOfTrainers);
            }
            // `Other: joint exercise`, `Другое (учения)`
            let plain = plain(text);
            let other = plain
                .split_once([':', '(', '-', ','])
                .is_some_and(|(head, _)| self.types.get(&skeleton(head)) == Some(&T::Other));
            if other {
                return Some(T::Other);
            }
            // `Joint workshop (two days)`, but not `Joint workshop (training)`.
            let bare = plain.split('(').next().unwrap_or_default().trim();
            let found = by_noun(bare)?;
            let said = inside.and_then(|inside| self.types.get(&skeleton(inside)));
            said.is_none_or(|said| *said == found).then_some(found)
        })
    }

    pub(super) fn status(&self, text: &str) -> Option<Status> {
        // A tick, a plus, `100%`.
        if !text.chars().any(char::is_alphabetic) {
            return self.statuses.get(text.trim().replace(' ', "").as_str()).copied();
        }
        look_up(&self.statuses, text).or_else(|| {
            // `Postponed to Q1 2018`, `Перенесено на 2018 год`, `Done (see report)`: the first
            // words decide.
            let plain = plain(text);
            let (head, _) = plain.split_once([',', '(', ';', ':', '.']).unwrap_or((&plain, ""));
            self.statuses.get(&skeleton(head)).copied().or_else(|| {
                let mut words = plain.split(' ');
                let first = self.statuses.get(&skeleton(words.next()?)).copied()?;
                let next = words.next()?;
                matches!(
                    next,
                    "to" | "until"
                        | "till"
                        | "on"
                        | "in"
                        | "for"
                        | "due"
                        | "by"
                        | "at"
                        | "на"
                        | "до"
                        | "в"
                        | "из-за"
                        | "по"
                        | "-"
                        | "полностью"
                        | "fully"
                )
                .then_some(first)
            })
        })
    }

    /// The agency that was meant, where a name is a letter or two from a usual one.
    pub(super) fn misspelt_agency(&self, name: &str) -> Option<String> {
        let mut asked = self.agencies.borrow_mut();
        if let Some(known) = asked.get(name) {
            return known.clone();
        }
        let meant = super::agencies::misspelt(name, &self.usual_agencies);
        if asked.len() < MOST_AGENCIES {
            asked.insert(name.to_owned(), meant.clone());
        }
        meant
    }

    pub(super) fn scope(&self, text: &str) -> Option<Scope> {
        look_up(&self.scopes, text)
    }

    /// A component's number: `2`, `C2`, `Component II`, its title in any language; `None`
    /// where the text says that it is of no single one.
    ///
    /// # Errors
    /// The title that comes nearest, where one is near.
    pub(super) fn component(&self, text: &str, known: &[ReadComponent]) -> Result<Option<u32>, Option<String>> {
        let plain = plain(text);
        let cross = [
            "all",
            "cross-cutting",
            "crosscutting",
            "horizontal",
            "все",
            "сквозной",
            "сквозное",
            "общее",
            "general",
            "none",
            "programme",
        ];
        if cross.contains(&plain.as_str()) {
            return Ok(None);
        }
        let skeletons = |known: &[ReadComponent]| -> Titles {
            known.iter().flat_map(|c| c.titles.iter().map(|t| (skeleton(t), c.number))).collect()
        };
        let (asked_first, kept) = self.titles.get_or_init(|| (known.to_vec(), skeletons(known)));
        let others = (asked_first != known).then(|| skeletons(known));
        let titles = others.as_ref().unwrap_or(kept);
        let titled = |text: &str| {
            let wanted = skeleton(text);
            titles.iter().find(|(title, _)| *title == wanted).map(|(_, number)| *number)
        };
        if let Some(number) = titled(text) {
            return Ok(Some(number));
        }
        let bare = ["component", "comp", "компонент", "комп", "c", "к", "№", "no"].iter().fold(
            plain.as_str(),
            |rest, word| {
                rest.strip_prefix(word)
                    .filter(|r| r.is_empty() || r.starts_with(|c: char| c.is_ascii_digit() || !c.is_alphabetic()))
                    .map_or(rest, |r| r.trim_start_matches(['.', ' ', ':', '№', '-']))
            },
        );
        // `1.0` is a number whose format got lost on the way.
        let bare = bare.strip_suffix(".0").unwrap_or(bare);
        let head: String = bare.chars().take_while(|c| c.is_alphanumeric()).collect();
        let rest = bare.get(head.len()..).unwrap_or_default().trim_matches(['.', ' ', ':', '-', ')', '(', ',', '"']);
        let number = head.parse::<u32>().ok().or_else(|| super::periods::roman(&head));
        match number {
            Some(number) if known.is_empty() || known.iter().any(|c| c.number == number) => {
                // `2. Trade facilitation` must not contradict itself; `1, 2` names two.
                let agrees = rest.is_empty()
                    || rest.chars().any(char::is_alphabetic) && titled(rest).is_none_or(|t| t == number);
                if agrees { Ok(Some(number)) } else { Err(None) }
            }
            Some(_) => Err(None),
            None if known.is_empty() => Ok(None),
            None => {
                let titles: Vec<&str> = known.iter().flat_map(|c| c.titles.iter().map(String::as_str)).collect();
                let near = nearest(text, titles).map(str::to_owned);
                // A slip in a long title leaves no doubt which one is meant, but is told.
                Err(near)
            }
        }
    }

    /// The type's name that comes nearest to what was typed.
    pub(super) fn nearest_type(text: &str) -> Option<&'static str> {
        nearest(text, T::ALL.into_iter().flat_map(|k| <[&str; 2]>::from(type_names(k))))
    }

    pub(super) fn nearest_status(text: &str) -> Option<&'static str> {
        nearest(text, Status::ALL.into_iter().flat_map(|k| <[&str; 2]>::from(status_names(k))))
    }

    pub(super) fn nearest_scope(text: &str) -> Option<&'static str> {
        nearest(text, Scope::ALL.into_iter().flat_map(|k| <[&str; 2]>::from(scope_names(k))))
    }
}

/// `National training workshop` is a workshop, `Семинар по таможне` too: the noun decides,
/// which stands last in English and first in Russian.
fn by_noun(plain: &str) -> Option<ActivityType> {
    let words: Vec<&str> = plain.split(' ').collect();
    if words.len() < 2 || words.len() > 5 {
        return None;
    }
    match *words.last()? {
        "workshop" | "seminar" | "webinar" => return Some(T::Workshop),
        "training" | "course" => return Some(T::Training),
        "meeting" => return Some(T::Meeting),
        "conference" | "forum" => return Some(T::Conference),
        "mission" => return Some(T::Mission),
        _ => {}
    }
    match *words.first()? {
        "семинар" | "вебинар" => Some(T::Workshop),
        "тренинг" | "обучение" | "курс" => Some(T::Training),
        "встреча" | "совещание" => Some(T::Meeting),
        "конференция" | "форум" => Some(T::Conference),
        "миссия" => Some(T::Mission),
        _ => None,
    }
}

/// The whole text, either half of a bilingual one, or what stands before brackets.
fn look_up<T: Copy + PartialEq>(words: &HashMap<String, T>, text: &str) -> Option<T> {
    if let Some(found) = words.get(&skeleton(text)) {
        return Some(*found);
    }
    let plain = plain(text).replace(" - ", "/").replace(['|', '\n'], "/");
    let (bare, inside) =
        plain.split_once('(').map_or((plain.as_str(), None), |(bare, rest)| (bare, rest.split(')').next()));
    if let Some(found) = words.get(&skeleton(bare)) {
        // What the brackets say may be something else: `Training (ToT)`.
        let other = inside.and_then(|inside| words.get(&skeleton(inside))).filter(|other| *other != found);
        return other.is_none().then_some(*found);
    }
    let mut halves = bare.split('/').map(|half| words.get(&skeleton(half)).copied());
    let first = halves.next()??;
    let second = halves.next()??;
    (first == second && halves.next().is_none()).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_itself() {
        let words = Vocabulary::new(&BTreeMap::new(), &BTreeMap::new(), Vec::new());
        for kind in T::ALL {
            let (english, russian) = type_names(kind);
            for text in [english, russian, kind.key(), &english.to_uppercase(), &format!("{english} / {russian}")] {
                assert_eq!(words.activity_type(text), Some(kind), "{text}");
            }
        }
        for status in Status::ALL {
            let (english, russian) = status_names(status);
            for text in [english, russian, status.key()] {
                assert_eq!(words.status(text), Some(status), "{text}");
            }
        }
        for scope in Scope::ALL {
            let (english, russian) = scope_names(scope);
            for text in [english, russian, scope.key()] {
                assert_eq!(words.scope(text), Some(scope), "{text}");
            }
        }
    }

    #[test]
    fn the_words_of_the_programme() {
        let words = Vocabulary::new(&BTreeMap::new(), &BTreeMap::new(), Vec::new());
        for (text, kind) in [
            ("ToT", T::TrainingOfTrainers),
            ("Handover and launch", T::EquipmentHandover),
            ("Practical workshop", T::Workshop),
            ("Donor coordination meeting", T::Meeting),
            ("Other: joint exercise", T::Other),
            ("On-the-job training", T::Training),
            ("National training workshop", T::Workshop),
            ("Семинар по таможне", T::Workshop),
            ("Миссия технической помощи", T::Mission),
        ] {
            assert_eq!(words.activity_type(text), Some(kind), "{text}");
        }
        assert_eq!(words.activity_type("Picnic"), None);
        assert_eq!(Vocabulary::nearest_type("Workshp"), Some("Workshop"));
        assert_eq!(words.status("Implied"), Some(Status::Planned));
        assert_eq!(words.status("Postponed to Q1 2018"), Some(Status::Postponed));
        assert_eq!(words.status("Handed over"), Some(Status::Done));
        assert_eq!(words.status("Mostly harmless"), None);
    }
}
